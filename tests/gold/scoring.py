"""Gold × predicted rows → fields right, by field and by rule. Pure functions, standard library only.

    python -m tests.gold.scoring PREDICTED.jsonl [GOLD.jsonl]

prints the table and every field that is wrong, where PREDICTED is what
``geoevents extract --level incidents`` wrote for ``incidents.jsonl``. The conventions are in README.md.

- Predicted incidents are given to gold ones so that most fields come out right; a pair must agree in at least two of
  kind, first day, place and casualties to be a pair at all.
- A gold incident that nothing was given to has all its fields wrong.
- A predicted incident left over is wrong in every field it asserts among :data:`ASSERTED`.
- A text with no gold incident is one field, ``nothing``: right where nothing came out.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from tests.gold.naming import armed, named

Row = Mapping[str, Any]

ASSERTED: Final = ("sub_event_type", "date_start", "latitude", "killed", "injured")
#: a pair must agree in this many of kind, first day, place and casualties
ALIKE: Final = 2
#: UCDP events of one side against another, where which side is A is anybody's choice
TWO_SIDED: Final = "Battles"
EARTH_KM: Final = 6371.0088


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A field that came out wrong."""

    doc_id: str
    rule: str
    field: str
    gold: Any
    predicted: Any


@dataclass(kw_only=True)
class Score:
    """Fields right and in all, over everything and by field and rule."""

    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    total: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of all fields that are right, 0 to 1."""
        return sum(self.right.values()) / max(1, sum(self.total.values()))

    def by_field(self) -> dict[str, tuple[int, int]]:
        """Field → (right, total)."""
        return self._by(0)

    def by_rule(self) -> dict[str, tuple[int, int]]:
        """Rule → (right, total)."""
        return self._by(1)

    def _by(self, part: int) -> dict[str, tuple[int, int]]:
        right, total = (Counter[str](), Counter[str]())
        for key, n in self.total.items():
            total[key[part]] += n
            right[key[part]] += self.right[key]
        return {key: (right[key], total[key]) for key in sorted(total)}

    def add(self, doc: Row, name: str, ok: bool, gold: Any, predicted: Any) -> None:
        """Count one field of one document."""
        key = (name.split(".")[0], str(doc["rule"]))
        self.total[key] += 1
        if ok:
            self.right[key] += 1
        else:
            self.misses.append(Miss(doc_id=doc["id"], rule=doc["rule"], field=name, gold=gold, predicted=predicted))


def score_incidents(gold: Iterable[Row], predicted: Iterable[Row]) -> Score:
    """Score rows of ``--level incidents`` against gold documents."""
    rows: dict[str, list[Row]] = {}
    for row in predicted:
        rows.setdefault(str(row["doc_id"]), []).append(row)
    score = Score()
    for doc in gold:
        _score_document(score, doc, rows.get(str(doc["id"]), []))
    return score


def _score_document(score: Score, doc: Row, rows: Sequence[Row]) -> None:
    wanted: list[Row] = doc["incidents"]
    if not wanted:
        score.add(doc, "nothing", not rows, [], [_brief(row) for row in rows])
    given = assign(wanted, rows)
    for want, index in zip(wanted, given, strict=True):
        row = rows[index] if index is not None else None
        for name, ok, expected, got in compare(want, row):
            score.add(doc, name, ok, expected, got)
    for index, row in enumerate(rows):
        if index not in given:
            for name in ASSERTED:
                if row.get(name) is not None:
                    score.add(doc, "extra", False, None, {name: row[name]})


def assign(wanted: Sequence[Row], rows: Sequence[Row]) -> list[int | None]:
    """For each gold incident the index of its row, so that the most fields are right; None where none is alike."""
    gains = [[_gain(want, row) for row in rows] for want in wanted]

    def best(position: int, free: frozenset[int]) -> tuple[int, list[int | None]]:
        if position == len(wanted):
            return 0, []
        options: list[tuple[int, list[int | None]]] = []
        rest = best(position + 1, free)
        options.append((rest[0], [None, *rest[1]]))
        for index in sorted(free):
            if gains[position][index]:
                tail = best(position + 1, free - {index})
                options.append((gains[position][index] + tail[0], [index, *tail[1]]))
        return max(options, key=lambda option: option[0])

    # rows no gold incident resembles only widen the search
    return best(0, frozenset(i for i in range(len(rows)) if any(line[i] for line in gains)))[1]


def _gain(want: Row, row: Row) -> int:
    results = {name: ok for name, ok, _, _ in compare(want, row)}
    results["casualties"] = any(
        results[harm] and _options(want[harm]) != [None] and row.get(harm) is not None for harm in ("killed", "injured")
    )
    placed = want["place"] is not None and results["place"]
    alike = sum((results["event_type"], results["date_start"], placed, results["casualties"]))
    return sum(results.values()) if alike >= ALIKE else 0


# -- one incident ------------------------------------------------------------------------------------------------------

Result = tuple[str, bool, Any, Any]


def compare(want: Row, row: Row | None) -> Iterator[Result]:
    """Field, right or not, gold and predicted value for each scored field; all wrong without a row."""
    for name in ("event_type", "sub_event_type", "status", "event_clarity"):
        yield _plain(want, row, name)
    slack = want.get("date_slack_days", 0)
    for name in ("date_start", "date_end"):
        yield _checked(want, row, name, lambda w, g: _same_day(w, g, slack))
    yield _plain(want, row, "date_prec")
    yield from _place(want, row)
    for harm in ("killed", "injured"):
        yield _checked(want, row, harm, _same_count)
    yield from _optional(want, row)


def _optional(want: Row, row: Row | None) -> Iterator[Result]:
    for harm, count in want.get("harms", {}).items():
        yield _found(f"harms.{harm}", count, row, lambda g, h=harm, c=count: _claimed(g, {"harm": h, **c}))  # type: ignore[misc]
    for side, count in want.get("deaths", {}).items():
        yield _found(
            f"deaths.{side}",
            count,
            row,
            lambda g, s=side, c=count: _same_count(c, (g.get("deaths") or {}).get(s)),  # type: ignore[misc]
        )
    for claim in want.get("claims", ()):
        yield _found("claims", claim, row, lambda g, c=claim: _claimed(g, c))  # type: ignore[misc]
    if "weapon" in want:
        yield _found("weapon", want["weapon"], row, lambda g: armed(want["weapon"], g.get("weapon")), "weapon")
    for name in ("side_a", "side_b", "target"):
        if name in want:
            yield _found(name, want[name], row, lambda g, n=name: _actor(want, g, n), name)  # type: ignore[misc]


def _actor(want: Row, row: Row, name: str) -> bool:
    if named(want[name], row.get(name)):
        return True
    other = {"side_a": "side_b", "side_b": "side_a"}.get(name)
    battle = TWO_SIDED in _options(want["event_type"])
    return bool(other and battle and want[name] is not None and named(want[name], row.get(other)))


def _place(want: Row, row: Row | None) -> Iterator[Result]:
    place = want["place"]
    yield _found("place", place, row, lambda g: _same_place(place, g), "place_name")
    if place is not None:
        precs = place["where_prec"] if isinstance(place["where_prec"], list) else [place["where_prec"]]
        yield _found("where_prec", precs, row, lambda g: g.get("where_prec") in precs, "where_prec")
    yield _checked({"country": want["country"]}, _with_iso2(row), "country", lambda w, g: w == g)


def _same_place(place: Row | None, row: Row) -> bool:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if place is None or latitude is None or longitude is None:
        return place is None and latitude is None
    return km(place["latitude"], place["longitude"], latitude, longitude) <= place["tolerance_km"]


def _with_iso2(row: Row | None) -> Row | None:
    from geoevents.countries import iso2

    return row and {"country": iso2(row.get("iso3") or "")}


def _same_day(want: str | None, got: str | None, slack: int) -> bool:
    if want is None or got is None:
        return want is got
    return abs((date.fromisoformat(want) - date.fromisoformat(got)).days) <= slack


def _same_count(want: Row | None, got: Row | None) -> bool:
    if want is None or got is None:
        return want is got
    return bool(got["low"] == want["low"] and got["high"] == want["high"])


def _claimed(row: Row, want: Row) -> bool:
    """Whether one of the row's claims has this harm, count, speaker and stance, as far as gold states them."""
    return any(
        claim["harm"] == want["harm"]
        and _same_count(want, claim)
        and ("speaker" not in want or named(want["speaker"], claim.get("speaker")))
        and ("stance" not in want or claim.get("stance") in want["stance"])
        for claim in row.get("claims", ())
    )


def _plain(want: Row, row: Row | None, name: str) -> Result:
    return _checked(want, row, name, lambda w, g: w == g)


def _checked(want: Row, row: Row | None, name: str, same: Callable[[Any, Any], bool]) -> Result:
    return _found(name, want[name], row, lambda g: any(same(w, g.get(name)) for w in _options(want[name])), name)


def _found(name: str, expected: Any, row: Row | None, right: Callable[[Row], bool], shown: str = "claims") -> Result:
    if row is None:
        return name, False, expected, "no incident"
    return name, right(row), expected, row.get(shown)


def _options(value: Any) -> list[Any]:
    return list(value["any"]) if isinstance(value, dict) and set(value) == {"any"} else [value]


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in km."""
    p, q = math.radians(lat), math.radians(other_lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


# -- showing -----------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[dict[str, Any]]:
    """Objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def table(score: Score) -> str:
    """Readable summary: all, by field, by rule."""
    lines = [f"fields right: {sum(score.right.values())} of {sum(score.total.values())} = {score.share:.1%}"]
    for part in (score.by_field(), score.by_rule()):
        lines += ["", *(f"{right / total:7.1%} {right:5} of {total:<5} {key}" for key, (right, total) in part.items())]
    return "\n".join(lines)


def _brief(row: Row) -> str:
    return " | ".join(str(row.get(name)) for name in ("sub_event_type", "date_start", "place_name", "killed"))


def main(arguments: Sequence[str]) -> None:
    """Print the table and the misses of a file of predictions."""
    gold = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).with_name("incidents.jsonl")
    score = score_incidents(read(gold), read(Path(arguments[0])))
    for miss in score.misses:
        print(f"{miss.doc_id:32} {miss.field:16} want {miss.gold!r:.90} got {miss.predicted!r:.110}")
    print(table(score))


if __name__ == "__main__":
    main(sys.argv[1:])

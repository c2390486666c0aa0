"""Gold places × predicted rows → recognition, kinds, points and spatial phrases. Pure functions, standard library only.

    python -m tests.gold.scoring_places PREDICTED.jsonl

where PREDICTED is what ``geoevents extract --level places`` wrote for ``places.jsonl``. A mention matches by the rule
of the corpus scorer (same text, case aside; centres less than ten characters apart), and counts only with a kind that
stands for a place. Gold mentions that may as well be part of a name are neither missed nor too many.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.gold.marking import PLACED
from tests.gold.scoring import km, read

Row = Mapping[str, Any]
CENTRES: Final = 10  # characters; the rule of the corpus scorer


@dataclass(kw_only=True)
class PlaceScore:
    """Counts over documents; every mistake is listed as (document, what, gold, predicted)."""

    gold: int = 0
    found: int = 0
    extra: int = 0
    kind_right: int = 0
    point_right: int = 0
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 of recognition."""
        return 2 * self.found / max(1, self.gold + self.found + self.extra)

    @property
    def end_to_end(self) -> float:
        """F1 that counts a mention only with the right kind and the right point."""
        return 2 * self.point_right / max(1, self.gold + self.found + self.extra)

    def miss(self, doc: Row, what: str, gold: Any, predicted: Any) -> None:
        """Remember a mistake."""
        self.misses.append((str(doc["id"]), what, gold, predicted))


def score_places(gold: Iterable[Row], predicted: Iterable[Row]) -> PlaceScore:
    """Score rows of ``--level places`` against gold documents."""
    rows: dict[str, list[Row]] = {}
    for row in predicted:
        if row["kind"] in PLACED:
            rows.setdefault(str(row["doc_id"]), []).append(row)
    score = PlaceScore()
    for doc in gold:
        _score_document(score, doc, rows.get(str(doc["id"]), []))
    return score


def _score_document(score: PlaceScore, doc: Row, rows: list[Row]) -> None:
    rest = list(rows)
    for want in doc["toponyms"]:
        must = all(kind in PLACED for kind in want["kinds"])
        if not any(kind in PLACED for kind in want["kinds"]):
            continue  # a name that is no place: a row for it is left over below
        row = next((row for row in rest if same_mention(want, row)), None)
        if row is not None:
            rest.remove(row)
        if must:
            _score_mention(score, doc, want, row)
    for row in rest:
        score.extra += 1
        score.miss(doc, "extra", None, (row["text"], row["kind"]))


def _score_mention(score: PlaceScore, doc: Row, want: Row, row: Row | None) -> None:
    score.gold += 1
    if row is None:
        score.miss(doc, "missed", want["text"], None)
        return
    score.found += 1
    if row["kind"] in want["kinds"]:
        score.kind_right += 1
    else:
        score.miss(doc, "kind", (want["text"], want["kinds"]), row["kind"])
    if near(want, row):
        score.point_right += 1
    else:
        said = tuple(row.get(key) for key in ("name", "country_code", "latitude", "longitude"))
        score.miss(doc, "point", (want["text"], want["lat"], want["lon"], want["country"]), said)


def same_mention(want: Row, row: Row) -> bool:
    """Same text and about the same middle."""
    return bool(
        want["text"].casefold() == row["text"].casefold()
        and abs((want["start"] + want["end"]) - (row["start"] + row["end"])) / 2 < CENTRES
    )


def near(want: Row, row: Row) -> bool:
    """Whether the row's point is within gold's tolerance."""
    if row.get("latitude") is None:
        return False
    return km(want["lat"], want["lon"], row["latitude"], row["longitude"]) <= want["tolerance_km"]


def location_mistakes(want: Row, found: Sequence[Row]) -> list[str]:
    """What is wrong with the best of the predicted spatial phrases that touch gold's; empty where nothing is.

    A predicted phrase has ``start``, ``end``, ``latitude``, ``longitude``, ``where_prec`` and ``radius_km``.
    """
    touching = [row for row in found if row["start"] < want["end"] and want["start"] < row["end"]]
    if not touching:
        return ["no phrase"]
    return min((_mistakes(want, row) for row in touching), key=len)


def _mistakes(want: Row, row: Row) -> list[str]:
    least, most = want["radius_km"]
    wrong = {
        "point": not near(want, row),
        "where_prec": row["where_prec"] not in want["where_prec"],
        "radius_km": not least <= row["radius_km"] <= most,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def table(score: PlaceScore) -> str:
    """Readable summary."""
    found = max(1, score.found)
    return (
        f"recognition F1 {score.f1:.3f} ({score.found} of {score.gold} found, {score.extra} too many); "
        f"kind right {score.kind_right / found:.1%}; point right {score.point_right / found:.1%} of found; "
        f"end to end F1 {score.end_to_end:.3f}"
    )


def main(arguments: Sequence[str]) -> None:
    """Print mistakes and summary of a file of predictions."""
    score = score_places(read(Path(__file__).with_name("places.jsonl")), read(Path(arguments[0])))
    for doc_id, what, gold, predicted in score.misses:
        print(f"{doc_id:28} {what:7} want {gold!r:.80} got {predicted!r:.100}")
    print(table(score))


if __name__ == "__main__":
    main(sys.argv[1:])

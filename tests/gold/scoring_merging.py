"""Gold events × predicted incidents and events → which pairs of incidents are rightly joined. Pure functions.

    python -m tests.gold.scoring_merging INCIDENTS.jsonl EVENTS.jsonl

A predicted incident is given the gold event of its article that it lies nearest to in days and kilometres; one that
lies near none stands for none and is listed. Every two incidents so named are a pair that must be joined or kept apart.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from tests.gold.scoring import km, read

Row = Mapping[str, Any]
#: an incident farther than this from all events its article tells of is none of them
NEAR_DAYS: Final = 3
NEAR_KM: Final = 120
#: a day counts as many kilometres: the two bombs of Baghdad lie a day and three kilometres apart
KM_A_DAY: Final = 20


@dataclass(kw_only=True)
class MergeScore:
    """Pairs of incidents by whether they are, and were taken for, one event."""

    joined_right: int = 0
    apart_right: int = 0
    wrongly_joined: list[tuple[str, str]] = field(default_factory=list)
    wrongly_parted: list[tuple[str, str]] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    events_missing: list[str] = field(default_factory=list)
    ranges_wrong: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of joined pairs that are one event."""
        return self.joined_right / max(1, self.joined_right + len(self.wrongly_joined))

    @property
    def recall(self) -> float:
        """Share of pairs of one event that are joined."""
        return self.joined_right / max(1, self.joined_right + len(self.wrongly_parted))


def score_merging(gold: Sequence[Row], incidents: Iterable[Row], events: Sequence[Row]) -> MergeScore:
    """Score rows of ``--level incidents`` and ``--level events`` of the same run."""
    score = MergeScore()
    by_id = {event["id"]: event for event in gold}
    told = {doc["id"]: doc["events"] for event in gold for doc in event["docs"]}
    home = {incident: event["event_id"] for event in events for incident in event["incident_ids"]}
    named: list[tuple[str, str, str]] = []
    for row in incidents:
        name = nearest([by_id[key] for key in told.get(row["doc_id"], ())], row)
        if name is None:
            score.unnamed.append(f"{row['doc_id']}: {row['sub_event_type']} {row['date_start']} {row['place_name']}")
        else:
            named.append((row["incident_id"], row["doc_id"], name))
    _score_pairs(score, named, home)
    _score_events(score, gold, named, home, {event["event_id"]: event for event in events})
    return score


def nearest(candidates: Sequence[Row], row: Row) -> str | None:
    """Id of the gold event that a row most likely tells of; None where none is near."""
    distances = [(d, event["id"]) for event in candidates if (d := _distance(event, row)) is not None]
    return min(distances)[1] if distances else None


def _distance(event: Row, row: Row) -> float | None:
    days, away = 0.0, 0.0
    if row.get("date_start"):
        first, last, day = (date.fromisoformat(d) for d in (row["date_start"], row["date_end"], event["date"]))
        days = max((first - day).days, (day - last).days, 0)
    if row.get("latitude") is not None and event["lat"] is not None:
        away = km(event["lat"], event["lon"], row["latitude"], row["longitude"])
    slack = row.get("radius_km") or 0.0
    return None if days > NEAR_DAYS or away > NEAR_KM + slack else days * KM_A_DAY + away


def _score_pairs(score: MergeScore, named: Sequence[tuple[str, str, str]], home: Mapping[str, str]) -> None:
    for (one, one_doc, one_name), (other, other_doc, other_name) in combinations(named, 2):
        same, joined = one_name == other_name, home.get(one, one) == home.get(other, other)
        if same and joined:
            score.joined_right += 1
        elif not same and not joined:
            score.apart_right += 1
        else:
            (score.wrongly_parted if same else score.wrongly_joined).append((one_doc, other_doc))


def _score_events(
    score: MergeScore,
    gold: Iterable[Row],
    named: Sequence[tuple[str, str, str]],
    home: Mapping[str, str],
    events: Mapping[str, Row],
) -> None:
    for want in gold:
        ids = {home[incident] for incident, _, name in named if name == want["id"] and incident in home}
        if not ids:
            score.events_missing.append(want["id"])
            continue
        killed = next(iter(_ranges(ids, events)), None)
        if list(killed or ()) not in want["killed_range"]:
            score.ranges_wrong.append((want["id"], killed))


def _ranges(ids: Iterable[str], events: Mapping[str, Row]) -> Iterator[tuple[int, int | None]]:
    largest = sorted(ids, key=lambda key: (-len(events[key]["incident_ids"]), key))
    for key in largest:
        if killed := events[key]["killed"]:
            yield killed["low"], killed["high"]


def table(score: MergeScore) -> str:
    """Readable summary."""
    return (
        f"pairs of one event joined {score.recall:.1%}, joined pairs right {score.precision:.1%}; "
        f"{len(score.wrongly_joined)} wrongly joined, {len(score.wrongly_parted)} wrongly parted; "
        f"{len(score.events_missing)} events missing, {len(score.ranges_wrong)} killed ranges wrong, "
        f"{len(score.unnamed)} incidents of no gold event"
    )


def main(arguments: Sequence[str]) -> None:
    """Print mistakes and summary."""
    gold = read(Path(__file__).with_name("merging.jsonl"))
    score = score_merging(gold, read(Path(arguments[0])), read(Path(arguments[1])))
    for name in ("wrongly_joined", "wrongly_parted", "unnamed", "events_missing", "ranges_wrong"):
        for item in getattr(score, name):
            print(f"{name:15} {item}")
    print(table(score))


if __name__ == "__main__":
    main(sys.argv[1:])

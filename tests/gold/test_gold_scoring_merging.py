"""The scorer of merging: a perfect merge is perfect, joins and partings that are wrong are seen."""

from pathlib import Path
from typing import Any

from tests.gold.scoring import read
from tests.gold.scoring_merging import nearest, score_merging

GOLD = read(Path(__file__).with_name("merging.jsonl"))
BY_ID = {event["id"]: event for event in GOLD}


def incidents() -> list[dict[str, Any]]:
    return [
        {
            "incident_id": f"{doc['id']}/{name}",
            "doc_id": doc["id"],
            "sub_event_type": BY_ID[name]["sub_event_type"],
            "date_start": BY_ID[name]["date"],
            "date_end": BY_ID[name]["date"],
            "latitude": BY_ID[name]["lat"],
            "longitude": BY_ID[name]["lon"],
            "place_name": name,
        }
        for event in GOLD
        for doc in event["docs"]
        for name in doc["events"]
    ]


def events(rows: list[dict[str, Any]], home: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Predicted events that join rows by gold's own names, or by those of `home` instead."""
    joined: dict[str, list[str]] = {}
    for row in rows:
        name = row["incident_id"].split("/")[1]
        joined.setdefault((home or {}).get(name, name), []).append(row["incident_id"])
    return [{"event_id": name, "incident_ids": ids, "killed": killed(name)} for name, ids in joined.items()]


def killed(name: str) -> dict[str, int]:
    low, high = BY_ID[name]["killed_range"][0]
    return {"low": low, "high": high}


def test_a_perfect_merge_is_perfect() -> None:
    rows = incidents()
    score = score_merging(GOLD, rows, events(rows))
    assert (score.precision, score.recall) == (1, 1)
    assert score.wrongly_joined == score.wrongly_parted == score.unnamed == []
    assert score.events_missing == score.ranges_wrong == []


def test_two_bombs_a_day_apart_taken_for_one_are_seen() -> None:
    rows = incidents()
    score = score_merging(GOLD, rows, events(rows, {"new-baghdad": "karrada"}))
    assert score.precision < 1
    assert score.recall == 1
    assert all("karrada" in one + other or "new-baghdad" in one + other for one, other in score.wrongly_joined)


def test_a_follow_up_left_alone_is_seen() -> None:
    rows = incidents()
    predicted = events(rows)
    mosque = next(event for event in predicted if event["event_id"] == "dik-mosque")
    mosque["incident_ids"].remove("dik-mosque-3/dik-mosque")
    score = score_merging(GOLD, rows, predicted)
    assert score.precision == 1
    assert {"dik-mosque-3" in pair for pair in score.wrongly_parted} == {True}


def test_an_incident_far_from_all_its_article_tells_is_named_by_none() -> None:
    row = {"date_start": "2022-10-18", "date_end": "2022-10-18", "latitude": 0.0, "longitude": 0.0}
    assert nearest([BY_ID["karrada"]], row) is None
    row |= {"latitude": 33.3, "longitude": 44.4}
    assert nearest([BY_ID["karrada"], BY_ID["new-baghdad"]], row) == "karrada"
    row |= {"date_start": "2022-10-19", "date_end": "2022-10-19"}
    assert nearest([BY_ID["karrada"], BY_ID["new-baghdad"]], row) == "new-baghdad"

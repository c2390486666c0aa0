"""The scorer of places, and the marks it reads: perfect answers are perfect, each mistake is seen."""

from pathlib import Path
from typing import Any

import pytest

from tests.gold import marking
from tests.gold.scoring import read
from tests.gold.scoring_places import location_mistakes, score_places

GOLD = read(Path(__file__).with_name("places.jsonl"))
TABLE = {"Mosul": {"latitude": "36.34", "longitude": "43.13", "country": "IQ", "tolerance_km": "15"}}


def perfect(doc: dict[str, Any]) -> list[dict[str, Any]]:
    keys = ("start", "end", "text", "kind")
    return [
        {"doc_id": doc["id"], **{k: t[k] for k in keys}, "latitude": t["lat"], "longitude": t["lon"]}
        for t in doc["toponyms"]
    ]


def test_gold_itself_is_right_everywhere() -> None:
    score = score_places(GOLD, [row for doc in GOLD for row in perfect(doc)])
    assert score.misses == []
    assert score.f1 == score.end_to_end == 1


def test_silence_finds_nothing() -> None:
    score = score_places(GOLD, [])
    assert (score.found, score.f1) == (0, 0)
    assert score.gold > 300


def test_a_person_taken_for_a_place_is_one_too_many() -> None:
    doc = next(d for d in GOLD if d["id"] == "person-rhodes")
    rows = [{**row, "kind": "place"} if row["kind"] == "person" else row for row in perfect(doc)]
    assert {miss[1] for miss in score_places([doc], rows).misses} == {"extra"}


def test_namesake_in_the_wrong_country_is_seen() -> None:
    doc = next(d for d in GOLD if d["id"] == "namesake-tripoli-lebanon")
    rows = perfect(doc)
    rows[0] |= {"latitude": 32.89, "longitude": 13.19}
    score = score_places([doc], rows)
    assert [miss[1] for miss in score.misses] == ["point"]
    assert score.f1 == 1
    assert score.end_to_end < 1


def test_a_part_of_the_name_is_not_the_name() -> None:
    doc = next(d for d in GOLD if d["id"] == "dam-mosul")
    rows = perfect(doc)
    rows[0] |= {"text": "Mosul", "end": rows[0]["start"] + 5}
    assert {miss[1] for miss in score_places([doc], rows).misses} == {"missed", "extra"}


def test_marks_become_spans() -> None:
    text, toponyms, locations = marking.unmark(
        "He is <<near [[Mosul]] = 36.3,43.1 p2 r5-30 t20>>, says [[Ben Mosul=x]].", TABLE
    )
    assert text == "He is near Mosul, says Ben Mosul."
    assert [(t["text"], t["kind"], t["lat"]) for t in toponyms] == [
        ("Mosul", "place", 36.34),
        ("Ben Mosul", "person", None),
    ]
    assert locations[0]["text"] == text[6:16] == "near Mosul"
    assert locations[0]["where_prec"] == [2]


@pytest.mark.parametrize(
    ("change", "mistakes"),
    [
        ({}, []),
        ({"latitude": 40.0}, ["point"]),
        ({"where_prec": 1}, ["where_prec"]),
        ({"radius_km": 400}, ["radius_km"]),
        ({"start": 0, "end": 3}, ["no phrase"]),
    ],
)
def test_mistakes_in_a_spatial_phrase(change: dict[str, Any], mistakes: list[str]) -> None:
    want = {
        "start": 10, "end": 20, "lat": 36.3, "lon": 43.1, "where_prec": [2], "radius_km": [5, 30], "tolerance_km": 20,
    }  # fmt: skip
    row = {"start": 12, "end": 30, "latitude": 36.3, "longitude": 43.1, "where_prec": 2, "radius_km": 10, **change}
    assert location_mistakes(want, [row]) == mistakes

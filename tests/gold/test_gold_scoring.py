"""The scorer itself: perfect answers score 1, each kind of mistake costs what README.md says."""

import copy
from pathlib import Path
from typing import Any

import pytest

from geoevents.countries import iso3
from tests.gold.naming import armed, named
from tests.gold.scoring import Score, assign, read, score_incidents

GOLD = read(Path(__file__).with_name("incidents.jsonl"))
ONE = next(doc for doc in GOLD if doc["id"] == "between-and")
TWO = next(doc for doc in GOLD if doc["id"] == "two-bombs-one-city-two-days")
NONE = next(doc for doc in GOLD if doc["id"] == "planned-offensive")


def first(value: Any) -> Any:
    return value["any"][0] if isinstance(value, dict) and "any" in value else value


def perfect(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows that say exactly what gold says."""
    return [row(doc["id"], incident) for incident in doc["incidents"]]


def row(doc_id: str, gold: dict[str, Any]) -> dict[str, Any]:
    place = gold["place"] or {}
    prec = place.get("where_prec")
    claims = [{"speaker": None, "stance": "reported", "harm": h, **c} for h, c in gold.get("harms", {}).items()]
    claims += [{**c, "speaker": c["speaker"][0], "stance": c["stance"][0]} for c in gold.get("claims", ())]
    return {
        "doc_id": doc_id,
        **{key: first(gold[key]) for key in ("event_type", "sub_event_type", "status", "event_clarity")},
        **{key: first(gold[key]) for key in ("date_start", "date_end", "date_prec", "killed", "injured")},
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "where_prec": prec[0] if isinstance(prec, list) else prec,
        "iso3": iso3(first(gold["country"]) or ""),
        "claims": claims,
        "deaths": gold.get("deaths", {}),
        **{key: (gold.get(key) or [None])[0] for key in ("weapon", "side_a", "side_b", "target")},
    }


def score(doc: dict[str, Any], *rows: dict[str, Any]) -> Score:
    return score_incidents([doc], rows)


@pytest.mark.parametrize("doc", GOLD, ids=lambda doc: doc["id"])
def test_gold_itself_is_right_everywhere(doc: dict[str, Any]) -> None:
    result = score(doc, *perfect(doc))
    assert result.misses == []
    assert result.share == 1


def test_silence_is_right_only_where_nothing_is_wanted() -> None:
    assert score(NONE).share == 1
    assert score(ONE).share == 0


def test_an_invented_incident_costs_what_it_asserts() -> None:
    result = score(NONE, *[{**r, "doc_id": NONE["id"]} for r in perfect(ONE)])
    assert result.by_field() == {"extra": (0, 5), "nothing": (0, 1)}


def test_an_extra_incident_beside_the_right_one_costs() -> None:
    extra = {**perfect(ONE)[0], "latitude": 0.0, "killed": None, "date_start": None}
    result = score(ONE, extra, *perfect(ONE))
    assert {miss.field for miss in result.misses} == {"extra"}
    assert len(result.misses) == 3


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"killed": {"low": 14, "high": 14}}, {"killed"}),
        ({"killed": None}, {"killed"}),
        ({"latitude": 35.5}, {"place"}),
        ({"where_prec": 4}, {"where_prec"}),
        ({"iso3": "PAK"}, {"country"}),
        ({"date_start": "2017-05-22"}, {"date_start"}),
        ({"sub_event_type": "Attack", "event_type": "Violence against civilians"}, {"event_type", "sub_event_type"}),
        ({"target": "police station"}, {"target"}),
        ({"status": "claimed"}, {"status"}),
    ],
)
def test_each_mistake_costs_its_own_field(change: dict[str, Any], wrong: set[str]) -> None:
    result = score(ONE, {**perfect(ONE)[0], **change})
    assert {miss.field for miss in result.misses} == wrong


def test_an_unlike_incident_is_no_match() -> None:
    stranger = {**perfect(ONE)[0], "latitude": 0.0, "killed": None, "injured": None, "date_start": "2001-01-01"}
    assert assign(ONE["incidents"], [stranger]) == [None]


def test_order_of_rows_does_not_matter() -> None:
    rows = perfect(TWO)
    assert score(TWO, *rows).share == score(TWO, *reversed(rows)).share == 1


def test_sides_of_a_battle_may_be_swapped_but_not_of_an_attack() -> None:
    clash = next(doc for doc in GOLD if doc["id"] == "kind-clash")
    swapped = copy.deepcopy(perfect(clash)[0])
    swapped["side_a"], swapped["side_b"] = swapped["side_b"], swapped["side_a"]
    assert score(clash, swapped).share == 1
    attack = next(doc for doc in GOLD if doc["id"] == "kind-beheading")
    wrong = {**perfect(attack)[0], "side_a": None, "side_b": "insurgents"}
    assert {miss.field for miss in score(attack, wrong).misses} == {"side_a"}


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("Iraqi army", "Military Forces of Iraq", True),
        ("army", "Nigerian soldiers", True),
        ("Sudanese army", "Sudanese rebels", False),
        ("gunmen", "unidentified gunmen", True),
        ("gunmen", "attackers", True),
        ("gunmen", "unidentified armed group", True),
        ("Taliban", "unidentified armed group", False),
        ("market", "people", False),
        ("Islamic State", "Taliban", False),
        ("mosque", "the crowded mosque", True),
        ("mosque", "market", False),
        ("settlers", "Israeli settlers", True),
        ("settlers", "Israeli army", False),
    ],
)
def test_names_match_loosely(gold: str, predicted: str, same: bool) -> None:
    assert named([gold], predicted) is same


def test_nobody_in_particular_is_right_where_nobody_is_named() -> None:
    assert named(None, None)
    assert named(None, "unidentified attackers")
    assert not named(None, "Taliban")


def test_weapons_match_by_family() -> None:
    assert armed(["roadside bomb"], "IED")
    assert armed(["car bomb"], "vehicle bomb")
    assert not armed(["drone"], "mortar")

"""Corrections by people: what they change, what they survive, and what becomes of those that fit nothing."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from geoevents.countries import iso3
from geoevents.errors import CorrectionError
from geoevents.events import Merged, decisions_of, merge, read_rows
from geoevents.events.settling import event_id
from geoevents.jsonl import event_row
from geoevents.model import Incident
from geoevents.settings import EventSettings
from tests.events.making import DAY, appeared, people, told

FIRST, SECOND = told("a", killed=people(12)), told("b", killed=people(12))
OTHER = told("c", "Beta", killed=people(5))
ALL = [FIRST, SECOND, OTHER]
HEAD = "action,target,value,country,who,when,why\n"


def decide(*rows: str, incidents: list[Incident] | None = None) -> Merged:
    """Merge with corrections; each row is ``action|target|value``, and ``|country`` where it has one."""
    cells = [[*row.split("|"), ""][:4] for row in rows]
    table = [
        {"action": a, "target": t, "value": v, "country": c, "who": "Ann", "when": "2024-01-02", "why": "a letter"}
        for a, t, v, c in cells
    ]
    used = ALL if incidents is None else incidents
    return merge(used, appeared(used), EventSettings(), decisions_of(table))


def documents(merged: Merged) -> set[frozenset[str]]:
    return {frozenset(event.doc_ids) for event in merged.events}


def test_the_machine_alone() -> None:
    assert documents(decide()) == {frozenset("ab"), frozenset("c")}


def test_facts_are_changed_and_the_machines_values_are_kept_beside_them() -> None:
    target = event_id("inc-a")
    merged = decide(
        f"move|{target}|32.87, 44.22, 8 km",
        f"kind|{target}|suicide bomb",
        f"date|{target}|2021-03-09/2021-03-10",
        f"killed|{target}|14-17 best 15",
        f"injured|{target}|30+",
    )
    event = next(event for event in merged.events if event.id == target)
    assert event.where
    assert (event.where.latitude, event.where.longitude, event.where.radius_km, event.where.where_prec) == (
        32.87,
        44.22,
        8,
        2,
    )
    assert event.where.place.name == "Alpha"
    assert event.sub_event_type == "Suicide bomb"
    assert event.when
    assert (event.when.start, event.when.end, event.when.prec) == (date(2021, 3, 9), date(2021, 3, 10), 2)
    assert event.killed
    assert (event.killed.low, event.killed.best, event.killed.high) == (14, 15, 17)
    assert event.injured
    assert (event.injured.low, event.injured.high) == (30, None)
    assert [(c.action, c.before) for c in event.corrections] == [
        ("move", "33.0, 44.0 (Alpha)"),
        ("kind", "Remote explosive/landmine/IED"),
        ("date", "2021-03-10/2021-03-10"),
        ("killed", "12-12 best 12"),
        ("injured", "not stated"),
    ]
    assert {(c.who, c.when, c.why) for c in event.corrections} == {("Ann", "2024-01-02", "a letter")}
    untouched = next(event for event in merged.events if event.id != target)
    assert untouched.corrections == ()


def test_a_place_gets_its_name_too() -> None:
    event = decide(f"place|{event_id('inc-c')}|Jurf al-Sakhar, 32.87, 44.22", incidents=[OTHER]).events[0]
    assert event.where
    assert (event.where.place.name, event.where.where_prec) == ("Jurf al-Sakhar", 1)


def test_a_person_may_say_the_country_of_a_place() -> None:
    nowhere = replace(OTHER, where=None, country_code="SY", country_reason="whose fighters they are")
    row = f"place|{event_id('inc-c')}|Jurf al-Sakhar, 32.87, 44.22"
    for given, known, country, reason in (
        ("", nowhere, "SY", "whose fighters they are"),
        ("iq", nowhere, "IQ", None),
        ("IQ", replace(nowhere, country_code="", country_reason=""), "IQ", None),
        ("IQ", OTHER, "IQ", None),
    ):
        event = decide(f"{row}|{given}", incidents=[known]).events[0]
        assert (event_row(event)["iso3"], event_row(event)["country_reason"]) == (iso3(country), reason)


def test_a_count_can_be_taken_back() -> None:
    assert decide(f"killed|{event_id('inc-c')}|", incidents=[OTHER]).events[0].killed is None


def test_split_and_join_and_drop() -> None:
    assert documents(decide(f"split|{event_id('inc-a')}|b")) == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert documents(decide(f"join|{event_id('inc-a')}|{event_id('inc-c')}")) == {frozenset("abc")}
    assert documents(decide(f"drop|{event_id('inc-c')}|")) == {frozenset("ab")}


def test_a_joined_event_is_sure_and_says_who_joined_it() -> None:
    (event,) = decide(f"join|{event_id('inc-a')}|{event_id('inc-c')}").events
    assert event.merge_confidence == 1
    assert [c.action for c in event.corrections] == ["join"]


def test_both_parts_of_a_split_say_so() -> None:
    parts = [e for e in decide(f"split|{event_id('inc-a')}|b").events if e.doc_ids != ("c",)]
    assert [[c.action for c in event.corrections] for event in parts] == [["split"], ["split"]]


def test_what_a_person_confirmed_is_no_close_call() -> None:
    near = told("d", killed=people(11), day=DAY + timedelta(days=1), keywords=("alpha", "stall"))
    pair = [FIRST, near]
    assert merge(pair, appeared(pair), EventSettings(merge=1.0)).close_calls
    rows = [
        {
            "action": "confirm",
            "target": event_id("inc-a"),
            "value": "",
            "country": "",
            "who": "A",
            "when": "1",
            "why": "x",
        }
    ]
    assert not merge(pair, appeared(pair), EventSettings(merge=1.0), decisions_of(rows)).close_calls


def test_a_correction_survives_new_articles() -> None:
    earlier = told("0", killed=people(12))
    merged = decide(f"killed|{event_id('inc-a')}|20", incidents=[earlier, *ALL])
    event = next(event for event in merged.events if "a" in event.doc_ids)
    assert event.id == event_id("inc-0")
    assert event.killed
    assert event.killed.best == 20
    assert merged.problems == ()


def test_what_fits_nothing_is_reported() -> None:
    merged = decide("drop|evt-gone|", f"split|{event_id('inc-a')}|c", f"join|{event_id('inc-a')}|evt-gone")
    assert documents(merged) == documents(decide())
    assert [problem.source for problem in merged.problems] == [
        "corrections, row 2: drop evt-gone",
        f"corrections, row 3: split {event_id('inc-a')}",
        f"corrections, row 4: join {event_id('inc-a')}",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("fly|x|", "no action"),
        ("move|x|here", "no point"),
        ("move|x|44.2, 192.87", "latitude comes first"),
        ("place|x|, 1, 2", "names no place"),
        ("move|x|32.87, 44.22|Iraq", "no country has the code 'Iraq'"),
        ("kind|x|Bombing", "sub-event types"),
        ("date|x|last week", "no date"),
        ("date|x|2021-03-10/2021-03-09", "before it begins"),
        ("killed|x|many", "no number"),
        ("killed|x|9-4", "out of order"),
        ("drop|x|now", "takes no value"),
        ("join|x|", "does not say which"),
        ("drop||", "does not say 'target'"),
    ],
)
def test_rows_that_make_no_sense_are_reported_and_the_rest_goes_on(row: str, words: str) -> None:
    merged = decide(row, f"drop|{event_id('inc-c')}|")
    assert documents(merged) == {frozenset("ab")}
    (problem,) = merged.problems
    assert words in problem.reason
    assert problem.source.startswith("corrections, row 2")


def test_a_file_is_read_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(
        "\ufeff" + HEAD + 'name,Jurf al-Sakhar,"32.87, 44.22",iq,Ann,2024-01-02,the maps agree\n', encoding="utf-8"
    )
    (fix,) = decisions_of(read_rows(path)).of_names
    assert (fix.name, fix.latitude, fix.longitude, fix.country, fix.who) == (
        "Jurf al-Sakhar",
        32.87,
        44.22,
        "IQ",
        "Ann",
    )


@pytest.mark.parametrize("data", [b"action,target\n", b"\xff\xfe\x00", HEAD.encode() + b'"open'])
def test_files_that_are_no_corrections_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes(data)
    with pytest.raises(CorrectionError, match=r"corrections\.csv"):
        read_rows(path)
    with pytest.raises(CorrectionError, match="cannot read"):
        read_rows(tmp_path / "none.csv")

"""What goes into the page comes out of it: packing, columns, passages, regions."""

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.maps import basemap
from geoevents.maps.contexts import Texts, passages
from geoevents.maps.details import CHUNK, FIELDS, LISTS, details
from geoevents.maps.packing import Table, pack, read_varints, varints
from geoevents.maps.payload import ABSENT, OPEN, PLACE, Places, index
from geoevents.model import Event, Location, Quote
from tests.maps.demo import DIYALA, SUDAN, demo, many, mosque, place, simple
from tests.records import events as any_events

BASE = basemap.load()


def whole(column: Any, count: int) -> list[Any]:
    """A column with a value for each record, as the page reads it."""
    assert len(column) in (1, count)
    return list(column) if len(column) == count else list(column) * count


def value(column: Any, at: int) -> Any:
    """One value of a column."""
    return column[0 if len(column) == 1 else at]


def row(chunk: Any, kind: str, at: int) -> dict[str, Any]:
    """One record of a chunk."""
    return {name: value(column, at) for name, column in zip(FIELDS[kind], chunk[kind], strict=True)}


def rows(chunk: Any, kind: str, event: int) -> list[dict[str, Any]]:
    """The records of a kind that an event has."""
    counts = whole(chunk["counts"][kind], chunk["count"])
    start = sum(counts[:event])
    return [row(chunk, kind, start + i) for i in range(counts[event])]


@given(st.lists(st.integers(-(2**40), 2**40), min_size=1))
def test_varints_come_back(values: list[int]) -> None:
    assert read_varints(varints(values)).tolist() == values


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x), max_leaves=20))
def test_packs_come_back(value: Any) -> None:
    assert json.loads(zlib.decompress(base64.b64decode(pack(value)))) == value


def test_lone_surrogates_can_be_packed() -> None:
    assert json.loads(zlib.decompress(base64.b64decode(pack(["\ud800 x \udfff", "é"])))) == ["\ud800 x \udfff", "é"]


def test_table_stores_each_row_once() -> None:
    table = Table("")
    assert [table("a"), table("b"), table("a"), table("")] == [1, 2, 1, 0]
    assert table.rows == ["", "a", "b"]


def test_unknown_open_and_none_stay_apart() -> None:
    made = [
        simple("open", "Attack", "At least 19 died.", killed=("At least 19", 19, 19, None, "at_least")),
        simple("none", "Attack", "No one died.", killed=("No one", 0, 0, 0, "none")),
        simple("unknown", "Attack", "A raid."),
    ]
    columns = index([event for event, _ in made], BASE, Places())["columns"]
    assert list(columns["killed_low"]) == [19, 0, ABSENT]
    assert list(columns["killed_high"]) == [OPEN, 0, ABSENT]
    assert list(columns["where_prec"]) == [0]  # one value for all
    assert list(columns["place"]) == [ABSENT]


def known(places: Places, chunk: Any, number: int) -> dict[str, Any]:
    """A place by its number: one of the index, or (~n) of the chunk."""
    return dict(zip(PLACE, places.rows[number], strict=True)) if number >= 0 else row(chunk, "place", ~number)


@given(st.lists(any_events, max_size=6, unique_by=lambda event: event.id))
def test_any_event_can_be_shown(found: list[Event]) -> None:
    places = Places()
    made = index(found, BASE, places)
    assert made["count"] == len(found)
    assert whole(made["columns"]["id"], len(found)) == [event.id for event in found]
    assert all(len(whole(column, len(found))) == len(found) for column in made["columns"].values())
    for chunk in details(found, {}, places):
        json.loads(json.dumps(chunk))
        for i, event in enumerate(found):
            assert len(rows(chunk, "claims", i)) == len(event.claims)
            assert [r["id"] for r in rows(chunk, "incidents", i)] == list(event.incident_ids)
            assert [r["after"] for r in rows(chunk, "corrections", i)] == [c.after for c in event.corrections]
            names = [a["id"] for r in rows(chunk, "anchors", i) for a in [known(places, chunk, r["place"])]]
            assert names == [anchor.id for anchor in (event.where.anchors if event.where else ())]


def test_details_tell_who_said_what_where() -> None:
    event, texts = mosque()
    (chunk,) = details([event], texts, Places())
    claims = rows(chunk, "claims", 0)
    assert [claim["low"] for claim in claims] == [64, 68, 60, 24]
    assert claims[1]["high"] == OPEN
    assert row(chunk, "article", claims[1]["source"])["doc_id"] == "wire-7"
    shown = rows(chunk, "passages", 0)
    for claim in claims:
        text = shown[claim["passage"]]["text"]
        assert claim["text"] in text
    assert rows(chunk, "corrections", 0)[0]["after"] == "Suicide bomb"
    alternatives = rows(chunk, "alternatives", 0)
    assert alternatives[0]["place"] < 0  # no event is put there: it is the chunk's own
    assert known(Places(), chunk, alternatives[0]["place"])["name"] == "Diyala"
    counts = whole(chunk["counts"]["marks"], len(shown))
    words = [shown[0]["text"][m["start"] : m["end"]] for m in (row(chunk, "marks", i) for i in range(counts[0]))]
    assert "between 64 and 75" in words


def test_chunks_hold_all_events_in_order() -> None:
    found = many(CHUNK + 3)
    chunks = list(details(found, {}, Places()))
    assert [chunk["count"] for chunk in chunks] == [CHUNK, 3]
    assert rows(chunks[1], "incidents", 0)[0]["id"] == found[CHUNK].incident_ids[0]
    assert set(LISTS) <= set(chunks[0])


def test_quotes_are_shown_in_their_sentences_with_their_words_marked() -> None:
    event, texts = mosque()
    found = passages(event, Texts(texts))
    assert [doc_id for doc_id, *_ in found] == ["daily-1", "wire-7", "daily-1"]
    doc_id, start, text, marks = found[0]
    assert text == texts[doc_id][start : start + len(text)]
    said = {(kind, text[a:b]) for a, b, kind in marks}
    assert ("killed", "between 64 and 75") in said
    assert ("place", "in a village near Baquba") in said
    assert ("date", "Friday") in said
    assert ("actor", "worshippers") in said


def test_without_texts_the_quote_stands_alone() -> None:
    event, _ = mosque()
    found = passages(event, Texts({}))
    assert {text for _, _, text, _ in found} >= {event.quotes[0].text, event.quotes[1].text}


def test_a_text_that_is_not_the_quotes_is_not_used() -> None:
    event, _ = mosque()
    found = passages(event, Texts({"daily-1": "something else altogether, and long enough " * 9, "wire-7": ""}))
    assert found[0][2] == event.quotes[0].text


@given(st.text(min_size=1, max_size=60), st.data())
def test_passages_are_what_stands_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = Quote(doc_id="d", start=start, end=end, text=text[start:end])
    event = Event(id="e", doc_ids=("d",), incident_ids=("i",), sub_event_type="Attack", quotes=(quote,))
    for _, begin, words, marks in passages(event, Texts({"d": text})):
        assert text[begin : begin + len(words)] == words
        assert begin <= start
        assert end <= begin + len(words)
        assert all(0 <= a < b <= len(words) for a, b, _ in marks)


def located(prec: int, anchor: Any) -> Location:
    """A location at an anchor, of a precision."""
    return Location(
        doc_id="d", start=0, end=0, text="", mention_start=0, mention_end=0, relation="at", latitude=anchor.latitude,
        longitude=anchor.longitude, radius_km=9, where_prec=prec, place=anchor,
    )  # fmt: skip


def test_a_region_event_has_its_regions_outline() -> None:
    country = BASE.area_of(located(6, SUDAN))
    assert country is not None
    assert country.code == "SD"
    by_point = BASE.area_of(located(4, DIYALA))
    assert by_point is not None
    assert by_point.code == "IQ.10"
    by_code = BASE.area_of(located(4, place("Anything", 0.0, 0.0, "ADM1", country_code="IQ")))
    assert by_code is None


@pytest.mark.parametrize("prec", [1, 2, 3, 5, 7])
def test_what_is_no_region_has_no_outline(prec: int) -> None:
    assert BASE.area_of(located(prec, DIYALA)) is None


def test_outlines_close_and_lie_on_earth() -> None:
    for area in (*BASE.countries.values(), *BASE.divisions.values()):
        for ring in BASE.points(area):
            assert (ring[0] == ring[-1]).all(), area.code
            assert (abs(ring) <= [180, 90]).all()
        assert area.rings


def test_demo_is_what_the_browser_tests_take_it_for() -> None:
    found, texts = demo()
    assert len({event.id for event in found}) == len(found)
    assert all(texts[q.doc_id][q.start : q.end] == q.text for event in found for q in event.quotes)

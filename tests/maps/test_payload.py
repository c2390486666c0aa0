"""What goes into the page comes out of it: packing, columns, passages, regions."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.maps import basemap, page
from geoevents.maps.contexts import Texts, holds, passages
from geoevents.maps.details import CHUNK, UNDATED
from geoevents.maps.packing import Table, pack, pack_columns, read_varints, varints
from geoevents.maps.payload import ABSENT, OPEN, PLACE
from geoevents.model import Deaths, Event, Location, Quote
from tests.maps.demo import DIYALA, SUDAN, demo, many, mosque, place, simple
from tests.maps.packs import Chunk, Columns, unpack_bytes, unpack_columns, whole
from tests.records import events as any_events

BASE = basemap.load()


def unpacked(found: Sequence[Event], texts: Mapping[str, str]) -> tuple[Any, Columns, list[Chunk]]:
    """Tables and columns of events as the page reads them, and their details."""
    packs = page.event_packs(found, BASE, Texts(texts))
    value, columns = unpack_columns(packs["index"])
    return value, columns, [Chunk(*unpack_columns(pack)) for pack in packs["details"]]


@given(st.lists(st.integers(-(2**40), 2**40), min_size=1))
def test_varints_come_back(values: list[int]) -> None:
    assert read_varints(varints(values)).tolist() == values


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x), max_leaves=20))
def test_packs_come_back(value: Any) -> None:
    assert json.loads(zlib.decompress(base64.b64decode(pack(value)))) == value


def test_lone_surrogates_can_be_packed() -> None:
    assert json.loads(zlib.decompress(base64.b64decode(pack(["\ud800 x \udfff", "é"])))) == ["\ud800 x \udfff", "é"]


def came_back(column: Any) -> Any:
    """A column, packed and read."""
    value, columns = unpack_columns(pack_columns("a value", {"one": column, "other": [7]}))
    assert value == "a value"
    assert columns["other"] == [7]
    return whole(columns["one"], len(column)) if len(column) else columns["one"]


@given(st.lists(st.text() | st.sampled_from(["\0", "", "\ud800", "\ufeff", "</script>"])))
def test_columns_of_texts_come_back(column: list[str]) -> None:
    assert came_back(column) == column
    assert came_back(tuple(column)) == column


@given(st.lists(st.integers(-300, 300)) | st.lists(st.integers(-(2**31), 2**53)) | st.lists(st.integers()))
def test_columns_of_numbers_come_back(column: list[int]) -> None:
    assert came_back(column) == column


@given(st.lists(st.floats(allow_nan=False)))
def test_columns_of_fractions_come_back(column: list[float]) -> None:
    assert came_back(np.array(column)) == column


@pytest.mark.parametrize(
    ("column", "size"),
    [([0, 255], 2), ([-1, 127], 2), ([-1, 128], 4), ([0, 40_000], 8), ([0, 2**40], 16), ([3] * 9, 1)],
)
def test_numbers_take_the_least_width(column: list[int], size: int) -> None:
    data = unpack_bytes(pack_columns(None, {"one": column}))
    assert len(data) - 4 - int.from_bytes(data[:4], "little") == size


def test_table_stores_each_row_once() -> None:
    table = Table({"": 0})
    assert [table["a"], table["b"], table["a"], table[""]] == [1, 2, 1, 0]
    assert table.rows == ["", "a", "b"]


def test_unknown_open_and_none_stay_apart() -> None:
    made = [
        simple("open", "Attack", "At least 19 died.", killed=("At least 19", 19, 19, None, "at_least")),
        simple("none", "Attack", "No one died.", killed=("No one", 0, 0, 0, "none")),
        simple("unknown", "Attack", "A raid."),
    ]
    _, columns, _ = unpacked([event for event, _ in made], {})
    assert columns["killed_low"] == [19, 0, ABSENT]
    assert columns["killed_high"] == [OPEN, 0, ABSENT]
    assert columns["where_prec"] == [0]  # one value for all
    assert columns["place"] == [ABSENT]


def known(value: Any, chunk: Chunk, number: int) -> dict[str, Any]:
    """A place by its number: one of the index, or (~n) of the chunk."""
    places = value["tables"]["places"]
    return dict(zip(PLACE, places[number], strict=True)) if number >= 0 else chunk.row("place", ~number)


@given(st.lists(any_events, max_size=6, unique_by=lambda event: event.id))
def test_any_event_can_be_shown(found: list[Event]) -> None:
    value, columns, chunks = unpacked(found, {})
    assert value["count"] == len(found) == sum(chunk.count for chunk in chunks)
    assert not found or whole(columns["id"], len(found)) == [event.id for event in found]
    assert all(len(whole(column, len(found))) == len(found) for column in columns.values())
    for chunk in chunks:
        for i, event in enumerate(found):
            articles = chunk.rows("articles", i)
            sources = whole(chunk.columns["sources"], chunk.count)[i]
            assert [a["doc_id"] for a in articles[:sources]] == [source.doc_id for source in event.sources]
            assert [a["title"] for a in articles[:sources]] == [source.title or "" for source in event.sources]
            claims = chunk.rows("claims", i)
            assert [articles[c["article"]]["doc_id"] for c in claims] == [claim.doc_id for claim in event.claims]
            assert [c["low"] for c in claims] == [claim.count.low for claim in event.claims]
            assert [r["after"] for r in chunk.rows("corrections", i)] == [c.after for c in event.corrections]
            others = [known(value, chunk, r["place"])["id"] for r in chunk.rows("alternatives", i)]
            assert others == [c.place.id for c in (event.where.alternatives if event.where else ())]
            deaths = [getattr(event.deaths, d["side"]) for d in chunk.rows("deaths", i)]
            assert len(deaths) == sum(getattr(event.deaths, side) is not None for side in Deaths.__dataclass_fields__)
            texts = {passage["text"] for passage in chunk.rows("passages", i)}
            assert all(any(quote.text in text for text in texts) for quote in event.quotes)


def test_without_events_all_columns_are_there_and_empty() -> None:
    (_, none, chunks), (_, some, _) = unpacked([], {}), unpacked(many(2), {})
    assert chunks == []
    assert none == {name: [] for name in some}


def test_details_tell_who_said_what_where() -> None:
    event, texts = mosque()
    value, _, (chunk,) = unpacked([event], texts)
    articles = chunk.rows("articles", 0)
    assert [article["doc_id"] for article in articles] == ["daily-1", "wire-7"]
    assert date(1970, 1, 1) + timedelta(days=articles[1]["published"]) == date(2014, 8, 22)
    claims = chunk.rows("claims", 0)
    assert [claim["low"] for claim in claims] == [64, 68, 60, 24]
    assert claims[1]["high"] == OPEN
    assert articles[claims[1]["article"]]["doc_id"] == "wire-7"
    shown = chunk.rows("passages", 0)
    for claim in claims:  # its words stand at their place in a passage of its article
        assert any(
            one["article"] == claim["article"] and one["text"].startswith(claim["text"], claim["start"] - one["start"])
            for one in shown
            if one["start"] <= claim["start"]
        )
    assert chunk.rows("corrections", 0)[0]["after"] == "Suicide bomb"
    (other,) = chunk.rows("alternatives", 0)
    assert other["place"] < 0  # no event is put there: it is the chunk's own
    assert known(value, chunk, other["place"])["name"] == "Diyala"
    assert other["confidence"] == 80


def test_what_an_event_names_without_citing_it_is_an_article_without_a_title() -> None:
    event, _ = mosque()
    bare = replace(event, sources=event.sources[:1])
    _, _, (chunk,) = unpacked([bare, event], {})
    assert whole(chunk.columns["sources"], 2) == [1, 2]
    assert [(a["doc_id"], a["title"], a["published"]) for a in chunk.rows("articles", 0)][1:] == [
        ("wire-7", "", UNDATED)
    ]
    assert chunk.rows("articles", 1)[1]["title"] == "Bomber strikes Friday prayers"


def test_an_event_of_one_quote_is_cited_as_any_other() -> None:
    """What is left out for speed changes nothing: with a second quote of no words, the long way is taken."""
    plain = many(40)
    longer = [replace(e, quotes=(*e.quotes, replace(e.quotes[0], end=e.quotes[0].start, text=""))) for e in plain]
    (_, _, (short,)), (_, _, (long,)) = unpacked(plain, {}), unpacked(longer, {})
    assert short == long


def test_chunks_hold_all_events_in_order() -> None:
    found = many(CHUNK + 3)
    _, _, chunks = unpacked(found, {})
    assert [chunk.count for chunk in chunks] == [CHUNK, 3]
    assert chunks[1].rows("articles", 0)[0]["doc_id"] == found[CHUNK].doc_ids[0]


def test_quotes_are_shown_in_their_sentences() -> None:
    event, texts = mosque()
    found = passages(event, Texts(texts))
    assert [doc_id for doc_id, *_ in found] == ["daily-1", "wire-7", "daily-1"]
    assert all(text == texts[doc_id][start : start + len(text)] for doc_id, start, text in found)


def test_a_quote_is_found_in_its_sentence() -> None:
    event, texts = simple("part", "Attack", "On Friday a bomb killed 3 men, police said.")
    part = replace(event.quotes[0], start=10, end=28, text="a bomb killed 3 me")
    _, _, (chunk,) = unpacked([replace(event, quotes=(part,))], texts)
    assert chunk.rows("passages", 0)[0]["text"] == texts["doc-part"]
    assert chunk.rows("quoted", 0) == [{"passage": 0, "start": 10, "end": 28}]


def test_without_texts_the_quote_stands_alone() -> None:
    event, _ = mosque()
    found = passages(event, Texts({}))
    assert {text for _, _, text in found} >= {event.quotes[0].text, event.quotes[1].text}


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
    for passage in passages(event, Texts({"d": text})):
        _, begin, words = passage
        assert text[begin : begin + len(words)] == words
        assert begin <= start
        assert end <= begin + len(words)
        assert holds(passage, quote)


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

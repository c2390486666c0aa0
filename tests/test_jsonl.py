"""A record that becomes a line of JSON comes back as it was."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from geoevents.errors import RecordError
from geoevents.jsonl import (
    contexts_from_rows,
    dump,
    event_from_row,
    event_row,
    incident_from_row,
    incident_row,
    read_jsonl,
    source_from_row,
    write_jsonl,
)
from geoevents.model import Event, Incident, Quote, Source
from tests import records


@given(records.incidents)
def test_an_incident_comes_back_from_its_line(incident: Incident) -> None:
    assert incident_from_row(json.loads(dump(incident_row(incident)))) == incident


def test_the_article_of_an_incident_comes_back_from_its_line() -> None:
    source = Source(doc_id="d1", title="A title", published=date(2024, 3, 9), url="https://example.org/1", name="a.txt")
    row = json.loads(dump(incident_row(records.make_incident(), source)))
    assert source_from_row(row) == source
    assert source_from_row(incident_row(records.make_incident())) is None
    with pytest.raises(RecordError, match="cannot be read as source"):
        source_from_row({"source": {"nothing": 1}})


@given(records.events)
def test_an_event_comes_back_from_its_line(event: Event) -> None:
    assert event_from_row(json.loads(dump(event_row(event)))) == event


def test_a_line_keeps_the_sentences_its_quotes_stand_in() -> None:
    event = records.make_event()
    quote = event.quotes[0]
    around = Quote(doc_id=quote.doc_id, start=quote.start, end=quote.end + 1, text=quote.text + ".")
    other = Quote(doc_id=quote.doc_id, start=quote.end + 900, end=quote.end + 903, text="No.")
    row = json.loads(dump(event_row(event, {quote.doc_id: (around, other)})))
    assert contexts_from_rows([row, row]) == {quote.doc_id: (around,)}
    assert event_from_row(row) == event
    assert contexts_from_rows([event_row(event)]) == {}
    far = {"doc_id": "d", "start": 10**15, "end": 10**15 + 1, "text": "x"}
    assert contexts_from_rows([{"contexts": [far]}]) == {}
    with pytest.raises(RecordError, match="sentences"):
        contexts_from_rows([{"contexts": [{"doc_id": "d"}]}])


@given(records.events)
def test_a_line_is_one_line_of_utf8(event: Event) -> None:
    line = dump(event_row(event))
    assert "\n" not in line
    assert line.encode("utf-8")


def test_a_row_made_elsewhere_needs_the_flat_fields_only() -> None:
    row = {
        "event_id": "e1",
        "doc_ids": ["d1"],
        "incident_ids": ["i1"],
        "sub_event_type": "Attack",
        "latitude": 33.3,
        "longitude": 44.4,
        "place_name": "Baghdad",
        "iso3": "IRQ",
        "date_start": "2014-08-22",
        "quotes": [{"doc_id": "d1", "start": 0, "end": 5, "text": "A man"}],
    }
    event = event_from_row(row)
    assert event.where is not None
    assert event.when is not None
    assert (event.where.place.name, event.where.place.country_code, event.when.prec) == ("Baghdad", "IQ", 1)
    assert event_from_row(event_row(event)).where == event.where


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"sub_event_type": "Nonsense"}, "not a sub-event type"),
        ({"killed": {"low": 5, "best": 4, "high": 3, "qualifier": "exact", "text": "", "start": 0, "end": 0}}, "order"),
        ({"latitude": 133.0}, "no point on Earth"),
        ({"date_start": "yesterday"}, "yesterday"),
        ({"quotes": []}, "no quote"),
        ({"claims": [{}]}, "no field"),
        ({"claims": 7}, "not iterable"),
        ({"where": "here"}, "cannot be read as incident"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(change: dict[str, object], complaint: str) -> None:
    row = {**incident_row(records.make_incident()), **change}
    with pytest.raises(RecordError, match=complaint):
        incident_from_row(row)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"a": 1}\n\nnot json\n', encoding="utf-8")
    with pytest.raises(RecordError, match="line 3"):
        list(read_jsonl(path))


@pytest.mark.parametrize("line", ["[1]", "3", "[" * 100_000])
def test_a_line_that_is_no_object_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(RecordError, match="line 1"):
        list(read_jsonl(path))


def test_lines_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "out" / "rows.jsonl"
    write_jsonl([{"a": "é"}, {"a": "\ud800"}], path)
    assert list(read_jsonl(path)) == [{"a": "é"}, {"a": "\ud800"}]

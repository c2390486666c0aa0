"""JSON: text unchanged, fields under many names, the sound rows of a broken list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles.media import JSON
from geoevents.model import Document, Problem
from tests.articles.reading import document, problem, read

import json  # isort: skip


def test_text_stays_unchanged_and_other_fields_are_kept() -> None:
    row = {
        "id": 7,
        "title": "A clash",
        "text": " Two\r\ndied.\u00a0\ufeffx\x00 ",
        "date": "2014-08-22",
        "url": "http://x.example",
        "source": {"name": "HP"},
        "author": ["J. Doe", "R. Roe"],
        "tags": ["war"],
        "count": 3,
    }
    found = document(json.dumps(row), JSON)
    assert found.text == row["text"]
    assert (found.id, found.title, found.publisher, found.author) == ("7", "A clash", "HP", "J. Doe, R. Roe")
    assert (found.published, found.published_from, found.url) == (date(2014, 8, 22), "metadata", "http://x.example")
    assert found.extra == {"tags": ["war"], "count": 3}


@given(st.text(st.characters(), min_size=1).filter(lambda text: any(map(str.isalnum, text))))
def test_any_text_stays_what_it_was(text: str) -> None:
    assert document(json.dumps({"text": text}), JSON).text == text


def test_what_cannot_be_used_is_kept_as_it_was() -> None:
    found = document('{"text": "Two died.", "language": "English", "title": true, "id": {"a": 1}}', JSON)
    assert (found.language, found.title) == (None, None)
    assert found.extra == {"language": "English", "title": True, "id": {"a": 1}}


def test_other_names_serve_where_ours_are_empty() -> None:
    row = {
        "Headline": "A clash",
        "text": "",
        "Body": "Two died.",
        "publishedAt": "2014-08-22T10:00:00Z",
        "link": "http://x",
    }
    found = document(json.dumps(row), JSON)
    assert (found.title, found.text, found.url, str(found.published)) == (
        "A clash",
        "Two died.",
        "http://x",
        "2014-08-22",
    )


@pytest.mark.parametrize(
    "value", [[{"text": "One."}, {"text": "Two."}], {"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]}]
)
def test_a_list_gives_many(value: object) -> None:
    records = read(json.dumps(value), JSON)
    assert [record.text for record in records if isinstance(record, Document)] == ["One.", "Two."]
    assert isinstance(records[0], Document)
    assert records[0].name == "it, item 1"


def test_a_bad_item_does_not_cost_the_others() -> None:
    records = read('[{"text": "One."}, 5, {"title": "x"}, {"text": 3}, {"text": " "}, {"text": "Two."}]', JSON)
    assert [type(record) for record in records] == [Document, Problem, Problem, Problem, Problem, Document]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"a":' * 100_000, "no JSON"),
        ("5", "a int"),
        ("null", "NoneType"),
        ("[1, 2]", "not of JSON objects"),
        ('{"title": "x", "n": 1}', "no field 'text', only title, n"),
        ("{}", "only nothing"),
        ('{"text": "..."}', "no words"),
    ],
)
def test_what_is_no_article_is_a_problem(data: str, reason: str) -> None:
    assert reason in problem(data, JSON)


def test_an_empty_list_is_no_article_and_no_problem() -> None:
    assert read("[]", JSON) == []


def test_huge_numbers_and_odd_ones_are_kept_as_they_can_be() -> None:
    found = document('{"text": "Two died.", "n": ' + "9" * 100_000 + ', "x": NaN, "id": 1.5, "title": true}', JSON)
    assert found.extra["n"] == "9" * 100_000
    assert (found.id, found.title) == ("1.5", None)


@pytest.mark.parametrize("date_field", ["03/04/2014", "yesterday", "2014", [2014, 8, 22]])
def test_a_date_that_cannot_be_used_is_told_and_kept(date_field: object) -> None:
    found, told = read(json.dumps({"text": "Two died.", "date": date_field}), JSON)
    assert isinstance(found, Document)
    assert isinstance(told, Problem)
    assert (found.published, found.extra["date"]) == (None, date_field)
    assert "YYYY-MM-DD" in told.reason or "whole" in told.reason


@pytest.mark.parametrize("field", ["id", "title", "author", "url", "source", "language", "date"])
@pytest.mark.parametrize("value", [{}, [], [[]], {"name": {}}, 0, -1.5, False, "", "x" * 10_000, "\ud800\x00"])
def test_any_value_in_any_field_gives_a_document(field: str, value: object) -> None:
    records = read(json.dumps({"text": "Two died.", field: value}), JSON)
    assert isinstance(records[0], Document)


def test_other_encodings_than_the_standards_are_read() -> None:
    assert document('{"text": "café"}'.encode("utf-16"), JSON).text == "café"
    assert document('{"text": "café"}'.encode("latin-1"), JSON).text == "café"

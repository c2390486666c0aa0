"""Dates: phrases with their days worked out by hand, names that are no dates, and no text that breaks them."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.codes import date_precision
from geoevents.incidents.dates import DatePhrase, find_dates
from geoevents.text.sentences import split_sentences
from geoevents.text.words import read_words

PHRASES = Path(__file__).with_name("date_phrases.csv")


def read(text: str, published: date | None = None) -> tuple[DatePhrase, ...]:
    return find_dates(read_words(text, split_sentences(text)), published)


def cases() -> list[tuple[str, date | None, str]]:
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(text, date.fromisoformat(day) if day else None, days) for text, day, days in rows[1:]]


def test_there_are_enough_phrases() -> None:
    assert len(cases()) >= 150


@pytest.mark.parametrize(("text", "published", "days"), cases())
def test_phrase(text: str, published: date | None, days: str) -> None:
    found = [f"{p.when.start} {p.when.end} {p.when.prec}" for p in read(text, published)]
    assert (";".join(found) or "-") == days


def test_basis_tells_what_lies_ahead() -> None:
    text = "They will vote on Sunday. Since August 8 they fought. On 2 May 2013 it began. Two days later it ended. "
    text += "He left Friday."
    bases = [phrase.basis for phrase in read(text, date(2014, 8, 23))]
    assert bases == ["future", "since", "stated", "anchored", "reckoned"]


def test_a_future_year_needs_no_article_date() -> None:
    (phrase,) = read("It ends in 2016.")
    assert phrase.when.start == date(2016, 1, 1)


WORDS = st.sampled_from(
    "on in last the next this Friday friday FRIDAY August Aug. May March 22 22nd 2014 1980s between and from to - – / "
    ", . ( [ since ago two a few days weeks night later that same day before early late mid half of week month year "
    "today yesterday overnight weekend recently summer 9/11 until every ? killed people".split()
)


@given(st.lists(WORDS, max_size=30), st.none() | st.dates())
def test_any_row_of_date_words(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    last = 0
    for phrase in read(text, published):
        when = phrase.when
        assert text[when.text_start : when.text_end] == when.text
        assert when.prec == date_precision((when.end - when.start).days + 1)
        assert when.text_start >= last
        last = when.text_end


@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text(text: str, published: date | None) -> None:
    for phrase in read(text, published):
        assert text[phrase.when.text_start : phrase.when.text_end] == phrase.when.text


@pytest.mark.parametrize(
    "seed", ["on the last ", "May 5 and ", "1999-", "2014 ", "the the ", "in the past few ", "Friday ("]
)
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(text: str) -> float:
        words = read_words(text)
        start = time.process_time()
        find_dates(words, date(2014, 8, 23))
        return time.process_time() - start

    short, long = (min(seconds(seed * n) for _ in range(3)) for n in (2_000, 16_000))
    assert long < 40 * short + 0.05

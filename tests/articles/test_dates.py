"""Dates as articles state them, whole or in part, and nothing that is no date."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles.dates import StatedDate, find_date, read_date
from tests.timing import grows_no_faster_than_its_input


@pytest.mark.parametrize(
    "text",
    """23 August 2014|August 23, 2014|Aug. 23, 2014|Aug 23 2014|2014-08-23|2014-08-23T10:00:00Z|2014/8/23|20140823
    Sat, 23 Aug 2014 23:30:00 -0500|23/08/2014|08/23/2014|23.08.2014|23.8.14|Published: Saturday, 8/23/2014 - new
    23rd of August, 2014|23-Aug-2014|August 23rd, 2014|23 AUG 14|23 août 2014|23 de agosto de 2014|23. August 2014
    23 августа 2014 г.|23 серпня 2014 року|٢٣ أغسطس ٢٠١٤|23 آب 2014|2014年8月23日|1408752000|1408752000000|23 Aug '14
    AUGUST 23 14 (AFP)|20140823T101500Z""".replace("\n", "|").split("|"),
)
def test_every_common_form_is_read(text: str) -> None:
    stated = read_date(text.strip())
    assert stated is not None
    assert stated.whole == date(2014, 8, 23)


@pytest.mark.parametrize(
    "text",
    "May|may be 12|5 killed in 2014|31 February|2014-13-45|99999999|192.168.1.14|v1.2.2014|the 3rd|12.5 may|0000-01-01|"
    "||1e999|version 10.10.2010.5|in March".split("|"),
)
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    stated = read_date(text)
    assert stated is None or stated.day is None


@pytest.mark.parametrize("value", [None, True, [], {}, object(), float("nan"), float("inf")])
def test_other_values_are_no_dates(value: object) -> None:
    assert read_date(value) is None


def test_dates_of_other_types_are_read() -> None:
    for value in (date(2014, 8, 23), datetime(2014, 8, 23, 23, 59), 20140823, 1408752000, 1408752000.5):
        stated = read_date(value)
        assert stated is not None
        assert stated.whole == date(2014, 8, 23)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("BAGHDAD, Aug 22 (Reuters)", (None, 8, 22)),
        ("Aug 22 20 people died", (None, 8, 22)),
        ("22 Aug 10:30", (None, 8, 22)),
        ("Aug. 5, 10:30 a.m.", (None, 8, 5)),
        ("29 February", (None, 2, 29)),
        ("August 2014", (2014, 8, None)),
        ("2014", (2014, None, None)),
        ("3 JAN 90 --", (1990, 1, 3)),
        ("3 JAN 14 --", (2014, 1, 3)),
    ],
)
def test_what_is_not_stated_stays_open(text: str, parts: tuple[int | None, ...]) -> None:
    stated = read_date(text)
    assert stated is not None
    assert (stated.year, stated.month, stated.day) == parts
    assert stated.whole == (date(*parts) if all(parts) else None)


@pytest.mark.parametrize("text", ["03/04/2014", "3/4/14", "12-11-2014"])
def test_a_date_with_two_readings_has_neither(text: str) -> None:
    stated = find_date(text)
    assert stated is not None
    assert stated.ambiguous
    assert stated.whole is None


def test_equal_numbers_and_dots_leave_one_reading() -> None:
    assert [d.whole for text in ("08/08/2014", "03.04.2014") if (d := find_date(text))] == [
        date(2014, 8, 8),
        date(2014, 4, 3),
    ]


def test_the_span_is_that_of_the_date() -> None:
    text = "Updated Friday, Aug. 22, 2014, at noon"
    stated = find_date(text)
    assert stated is not None
    assert text[stated.start : stated.end] == "Aug. 22, 2014"


def test_parts_are_completed_and_never_against_what_is_stated() -> None:
    day, year = StatedDate(month=8, day=22), StatedDate(year=2014)
    assert day.completed(year) == date(2014, 8, 22)
    assert day.completed(StatedDate(year=2014, month=9)) is None
    assert day.completed(None) is None
    assert StatedDate(month=2, day=29).completed(year) is None


@given(
    st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from(["%d %B %Y", "%b %d, %Y", "%Y-%m-%d", "%d.%m.%Y"])
)
def test_a_written_date_reads_back(day: date, form: str) -> None:
    stated = read_date(day.strftime(form))
    assert stated is not None
    assert stated.whole == day


@given(st.text())
def test_any_text_reads_as_a_date_or_none(text: str) -> None:
    for stated in (find_date(text), read_date(text)):
        assert stated is None or 0 <= stated.start <= stated.end <= len(text)


@pytest.mark.parametrize("seed", ["1", "1 ", "may ", "1 may ", "1/", "2014-", "1 of ", "août", "1st ", "٣ ", "1."])
def test_time_is_bounded(seed: str) -> None:
    grows_no_faster_than_its_input(lambda n: find_date(seed * n))

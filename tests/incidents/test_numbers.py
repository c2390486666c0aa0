"""Numbers in digits and words, their ranges and qualifiers, and numbers that count nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.incidents.numbers import Number, read_numbers
from geoevents.incidents.profiles import vague_counts
from geoevents.incidents.tags import read_tags
from geoevents.settings import COUNT_PROFILES
from geoevents.text.words import read_words


def numbers(text: str) -> list[Number]:
    words = read_words(text)
    return [number for sentence in words.sentences for number in read_numbers(read_tags(words, sentence, {}))]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("17 people", 17, 17, "exact"),
        ("seventeen people", 17, 17, "exact"),
        ("1,200 people", 1200, 1200, "exact"),
        ("twelve hundred people", 1200, 1200, "exact"),
        ("two hundred and forty-three people", 243, 243, "exact"),
        ("three thousand and five people", 3005, 3005, "exact"),
        ("two dozen people", 24, 24, "exact"),
        ("half a dozen people", 6, 6, "exact"),
        ("one and a half dozen people", 18, 18, "exact"),
        ("a couple of people", 2, 2, "exact"),
        ("between 64 and 75 people", 64, 75, "range"),
        ("64-75 people", 64, 75, "range"),
        ("from five to seven people", 5, 7, "range"),
        ("one or two people", 1, 2, "range"),
        ("at least 19 people", 19, None, "at_least"),
        ("more than twenty people", 20, None, "at_least"),
        ("ten or more people", 10, None, "at_least"),
        ("up to 30 people", 0, 30, "at_most"),
        ("as many as 30 people", 0, 30, "at_most"),
        ("fewer than ten people", 0, 9, "at_most"),
        ("about 20 people", 20, 20, "about"),
        ("nearly 20 people", 20, 20, "about"),
    ],
)
def test_a_number_is_read_with_its_bounds(text: str, low: int, high: int | None, qualifier: str) -> None:
    (number,) = numbers(text)
    assert number.bounds is not None
    assert (number.bounds.low, number.bounds.high, number.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("dozens of people", "dozens"),
        ("scores were hurt", "scores"),
        ("a number of people", "a number of"),
        ("tens of thousands of people", "tens of thousands"),
        ("several dozen people", "several dozen"),
    ],
)
def test_a_vague_word_is_kept(text: str, word: str) -> None:
    (number,) = numbers(text)
    assert (number.bounds, number.vague) == (None, word)


@pytest.mark.parametrize(
    "text",
    [
        "in 2014 it",
        "on October 9 in",
        "at 7:30 pm",
        "3.5 miles",
        "$500 million",
        "30 percent",
        "20mm shells",
        "AK-47 fire",
    ],
)
def test_some_numbers_count_nobody(text: str) -> None:
    assert not any(number.counts for number in numbers(text))


def test_every_profile_orders_its_bounds() -> None:
    for profile in COUNT_PROFILES:
        for bounds in vague_counts(profile).values():  # type: ignore[arg-type]
            if bounds is not None:
                assert bounds.low <= bounds.best
                assert bounds.high is None or bounds.best <= bounds.high


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_are_read_grouped_or_not(value: int) -> None:
    for text in (f"some {value:,} people", f"some {value} people"):
        (number,) = numbers(text)
        assert number.bounds is not None
        assert number.bounds.low == value


@given(st.text(alphabet="0123456789 ,.-andortween$%+", max_size=120))
def test_bounds_stay_in_order(text: str) -> None:
    for number in numbers(text):
        if number.bounds is not None:
            assert number.bounds.low <= number.bounds.best
            assert number.bounds.high is None or number.bounds.best <= number.bounds.high

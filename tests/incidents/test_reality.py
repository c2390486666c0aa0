"""Whether a word of violence tells of something that happened."""

import time
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.incidents._phrases import expand
from geoevents.incidents._tables import table
from geoevents.incidents.dates import find_dates
from geoevents.incidents.kinds import Trigger, find_triggers
from geoevents.incidents.reality import VERDICTS, Reality, Why, judge
from geoevents.text.sentences import split_sentences
from geoevents.text.words import read_words

SENTENCES = Path(__file__).with_name("reality_sentences.csv")
TODAY = date(2014, 8, 23)


def read(text: str, published: date | None = TODAY) -> list[tuple[Trigger, Reality]]:
    words = read_words(text, split_sentences(text))
    triggers = find_triggers(words)
    return list(zip(triggers, judge(words, triggers, find_dates(words, published), published), strict=True))


def cases() -> list[tuple[str, str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(sentence, word, verdict) for sentence, word, verdict in rows[1:]]


def test_there_are_enough_sentences() -> None:
    assert len(cases()) >= 100


@pytest.mark.parametrize(("sentence", "word", "verdict"), cases())
def test_sentence(sentence: str, word: str, verdict: str) -> None:
    """What is no event may also not be met at all."""
    found = [reality for trigger, reality in read(sentence) if word in trigger.text or trigger.text in word]
    assert {reality.verdict for reality in found} == {verdict} or (verdict == "not" and not found)


def test_a_verdict_says_why_in_the_words_of_the_text() -> None:
    ((_, reality),) = read("Residents fear an attack.")
    assert (reality.why, reality.reason) == ("feared", "feared or warned of: 'fear'")


def test_without_an_article_date_the_latest_stated_date_counts() -> None:
    text = "On 5 May 2014 rebels killed two. In 2003 soldiers killed nine."
    assert [reality.verdict for _, reality in read(text, None)] == ["happened", "background"]


def test_a_date_in_another_clause_does_not_age_an_event() -> None:
    ((_, reality),) = read("Rebels killed the man, mayor of the town in 1984.")
    assert reality.verdict == "happened"


def test_the_dead_of_an_accident_follow_its_cause() -> None:
    text = "A gas cylinder exploded in a restaurant, killing three people."
    assert {reality.verdict for _, reality in read(text)} == {"not"}


def test_a_month_that_is_a_date_is_no_march() -> None:
    assert [r.verdict for t, r in read("Elections take place 19 March in 240 towns.") if t.family == "protest"] in (
        [],
        ["not"],
    )


def test_tables_are_sound() -> None:
    assert set(VERDICTS) == set(get_args(Why))
    for row in table("unreal"):
        assert row["why"] in VERDICTS, row
        assert expand(row["pattern"]), row
    for row in table("cues"):
        assert row["why"] in VERDICTS, row
        assert row["side"] in ("l", "r", "-"), row
        assert row["takes"] in ("any", "base", "noun", "verb", "object", "outcome", "ground"), row
        assert int(row["reach"]) >= 0, row


WORDS = st.sampled_from(
    "attack attacks killed kill would will not no planned to of the a in 2003 if ? , . anniversary film flood bomb "
    "heart goal match team was were be been by fear that denied on Friday years after".split()
)


@given(st.lists(WORDS, max_size=40), st.none() | st.dates())
def test_any_row_of_words(words: list[str], published: date | None) -> None:
    for _, reality in read(" ".join(words), published):
        assert reality.verdict == VERDICTS[reality.why][0]


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Whatever stands before it changes nothing of a plain report, and every verdict has its reason."""
    found = read(f"{text}\n\nA bomb killed three people in the square.")
    assert found[-1][1] == Reality(verdict="happened", why="reported", reason=VERDICTS["reported"][1])
    assert all(reality.verdict == VERDICTS[reality.why][0] for _, reality in found)


@pytest.mark.parametrize("seed", ["plan to kill ", "if attack ", "no attack ", "heart attack ", "flood killed "])
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(text: str) -> float:
        words = read_words(text)
        triggers = find_triggers(words)
        start = time.process_time()
        judge(words, triggers)
        return time.process_time() - start

    short, long = (min(seconds(seed * n) for _ in range(2)) for n in (100, 800))
    assert long < 40 * short + 0.2

"""Keywords tell one event from another, whatever else the articles hold."""

from hypothesis import given
from hypothesis import strategies as st

from geoevents.model import Span
from geoevents.text.keywords import MOST, keywords, keywords_of_parts
from geoevents.text.rarity import UNKNOWN, rarities, rarity
from geoevents.text.words import read_words
from tests.timing import grows_no_faster_than_its_input


def test_common_words_are_worth_little_and_unknown_ones_most() -> None:
    assert rarity("the") < 1 < rarity("bomb") < rarity("conductor") < UNKNOWN
    assert rarity("qwertzuiop") == UNKNOWN
    assert all(0 <= value <= UNKNOWN for value in rarities().values())


def test_names_and_rare_words_come_first() -> None:
    found = keywords({"the": 9, "killed": 3, "juice": 1, "karrada": 2, "said": 4, "police": 2})
    assert found[0] == "karrada"
    assert "juice" in found
    assert not {"the", "said"} & set(found)


def test_marks_and_single_letters_are_no_keywords() -> None:
    assert keywords({",": 5, "'s": 2, "x": 1}) == ()


@given(st.dictionaries(st.text(max_size=8), st.integers(1, 50), max_size=80))
def test_keywords_depend_on_the_counts_alone(counts: dict[str, int]) -> None:
    found = keywords(counts)
    assert found == keywords(dict(reversed(counts.items())))
    assert len(found) == len(set(found)) <= MOST
    assert set(found) <= set(counts)


def _two_events() -> tuple[str, list[Span]]:
    sentences = ["A ferry sank.", "A bomb hit Karrada.", "The grocer wept.", "Gunmen raided Shendam.", "Cattle fled."]
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return " ".join(sentences), spans


def test_a_sentence_tells_of_the_event_spoken_of_last() -> None:
    text, spans = _two_events()
    first, second = keywords_of_parts(read_words(text, spans), [[1], [3]], title="Karrada bleeds")
    assert {"ferry", "karrada", "grocer", "bleeds"} <= set(first)
    assert {"gunmen", "shendam", "cattle"} <= set(second)
    assert not set(first) & set(second)


def test_a_sentence_that_tells_of_two_events_counts_for_both() -> None:
    text, spans = _two_events()
    first, second = keywords_of_parts(read_words(text, spans), [[1], [1, 3]])
    assert {"karrada", "grocer"} <= set(first) & set(second)


def test_no_event_has_no_keywords() -> None:
    assert keywords_of_parts(read_words("Nothing happened."), []) == []


def test_time_grows_with_the_text_alone() -> None:
    def work(n: int) -> None:
        text = "Karrada wept. " * n
        spans = [Span(at * 14, at * 14 + 13) for at in range(n)]
        keywords_of_parts(read_words(text, spans), [range(0, n, 2), range(1, n, 2)])

    grows_no_faster_than_its_input(work)

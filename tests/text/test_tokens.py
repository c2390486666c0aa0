"""Tokens keep names whole and slice back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.text.tokens import tokenize
from tests.timing import grows_no_faster_than_its_input


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iraq's army", ["Iraq", "'s", "army"]),
        ("Iraq’s army", ["Iraq", "’s", "army"]),
        ("the U.S. and D.C.", ["the", "U.S.", "and", "D.C."]),
        ("in W.Va. on Friday.", ["in", "W.Va.", "on", "Friday", "."]),
        ("Gen. Smith of Calif.", ["Gen.", "Smith", "of", "Calif."]),
        ("a Shi'ite in N'Djamena", ["a", "Shi'ite", "in", "N'Djamena"]),
        ("Baghdad-based", ["Baghdad", "-", "based"]),
        ("1,200 at 5:30", ["1,200", "at", "5:30"]),
        ("don't go, said he", ["don't", "go", ",", "said", "he"]),
        ("u.s. troops", ["u.s.", "troops"]),
        ("北京 and Київ", ["北京", "and", "Київ"]),
    ],
)
def test_names_stay_whole_and_signs_stand_alone(text: str, words: list[str]) -> None:
    assert tokenize(text).words == words


@given(st.text(max_size=300))
def test_tokens_slice_back_and_leave_out_nothing_but_space(text: str) -> None:
    tokens = tokenize(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert "".join(tokens.words) == "".join(text.split()) or any(c.isspace() for word in tokens.words for c in word)
    assert tokens.starts == sorted(tokens.starts)


@pytest.mark.parametrize("space", [" ", "\n", "\u00a0", "\u2003", "\x1c", "\u3000"])
def test_any_white_space_parts_tokens(space: str) -> None:
    tokens = tokenize(f"{space}Київ,{space}{space}Rome’s{space}")
    assert tokens.words == ["Київ", ",", "Rome", "’s"]
    assert tokens.starts == [1, 5, 8, 12]


@pytest.mark.parametrize("unit", ["A.", "a'", "1,", "aé", "’", "a.b", "- "])
def test_time_grows_with_the_text(unit: str) -> None:
    grows_no_faster_than_its_input(lambda n: tokenize(unit * n))

"""What cleaning takes away and what it leaves."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles.cleaning import clean


def test_line_ends_spaces_and_invisible_characters() -> None:
    assert clean("a\r\nb\rc\x0cd\u2028e\u2029f") == "a\nb\nc\n\nd\ne\n\nf"
    assert clean("Mo\u00adsul\u200b dam\u00a0is\u202fthere\ufeff\x00\x07\ud800") == "Mosul dam is there"
    assert clean("\u202bبغداد\u202c \u200fx\u2066y\u2069") == "بغداد xy"


def test_letters_are_composed_and_joiners_stay() -> None:
    assert clean("Ni\u0304nawa\u0301") == "Nīnawá"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text())
def test_cleaning_is_done_at_once_and_keeps_all_ink(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in cleaned)
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    assert [c for c in cleaned if c.isalnum()] == letters

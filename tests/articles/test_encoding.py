"""Text in the encodings that news is found in, and bytes that are no text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles.encoding import decode
from geoevents.errors import ArticleError

RUSSIAN = "В результате обстрела посёлка погибли шесть мирных жителей, ещё двое ранены, сообщили в администрации."
ARABIC = "قتل خمسة أشخاص على الأقل وأصيب آخرون في انفجار سيارة مفخخة شمال المدينة يوم الجمعة."
FRENCH = "Sept morts près de la frontière, a déclaré le gouverneur ; l'armée a été déployée à Tillabéri."
ENGLISH = "“We ran,” she said – the café’s owner saw it too. Two more señors, naïve as they were, fled."
TURKISH = "Şırnak'ta meydana gelen patlamada üç asker hayatını kaybetti, yaralılar hastaneye kaldırıldı."
JAPANESE = "警察によると、金曜日に首都の市場で爆発があり、少なくとも五人が死亡し、十二人が負傷した。"
CHINESE = "据警方称，星期五首都的一个市场发生爆炸，至少五人死亡，十二人受伤。"
HEBREW = "לפחות חמישה בני אדם נהרגו בפיצוץ בשוק בבירה ביום שישי, כך מסרה המשטרה."

SAMPLES = {
    RUSSIAN: "cp1251 koi8_r cp866 utf-8 utf-16 utf-32 utf-8-sig",
    ARABIC: "cp1256 utf-8 utf-16",
    FRENCH: "latin-1 cp1252 utf-8",
    ENGLISH: "cp1252 utf-8 utf-16-le",
    TURKISH: "cp1254 utf-8",
    JAPANESE: "shift_jis euc_jp utf-8 utf-16",
    CHINESE: "gb18030 big5 utf-8",
    HEBREW: "cp1255 utf-8",
}


@pytest.mark.parametrize(("text", "name"), [(text, name) for text, names in SAMPLES.items() for name in names.split()])
def test_undeclared_encodings_are_recognised(text: str, name: str) -> None:
    text = text.encode(name, "ignore").decode(name)  # a few samples have letters that an encoding lacks
    assert decode((text + "\n").encode(name)) == text + "\n"


def test_a_declaration_is_believed_where_the_bytes_agree() -> None:
    assert decode("Привет".encode("cp1251"), "windows-1251") == "Привет"
    assert decode(b"caf\xe9", "utf-8") == "café"
    assert decode("café".encode(), "iso-8859-1") == "café"
    assert decode("“x”".encode("cp1252"), "iso-8859-1") == "“x”"


@pytest.mark.parametrize(
    "name", ["punycode", "unicode_escape", "utf-7", "idna", "rot13", "hex", "zip", "x" * 5000, "\0", ""]
)
def test_declarations_of_what_no_page_is_in_are_passed_over(name: str) -> None:
    assert decode(b"caf\xe9 \\u0041 +AGE-", name) == "café \\u0041 +AGE-"


def test_damaged_utf8_stays_utf8() -> None:
    data = ENGLISH.encode()
    assert decode(data + b" \x93 " + data).count("\ufffd") == 1
    assert decode(("éé – " + ENGLISH).encode()[:-1] + b"\xe2\x80").startswith("éé – “We ran,”")


@pytest.mark.parametrize("data", [b"\0" * 50, bytes(range(256)) * 9, b"\x7fELF\x02\x01" + b"\0\1\2\3" * 400])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(ArticleError, match="binary"):
        decode(data)


@given(st.binary(max_size=400), st.none() | st.text(max_size=12))
def test_any_bytes_are_text_or_no_text(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except ArticleError:
        return
    assert len(text) <= len(data)
    assert decode(data, declared) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_always_read_as_what_it_is(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


def test_one_accent_at_the_end_of_megabytes_is_found_quickly() -> None:
    data = b"Cafe x " * 1_000_000 + b"\xe9"
    begun = time.process_time()
    assert decode(data).endswith("é")
    assert time.process_time() - begun < 20  # a guess from all of it takes minutes

"""Bytes to text: byte order mark, then declaration, then UTF-8, then charset-normalizer's guess."""

import codecs
import re
from typing import Final

from geoevents.errors import ArticleError
from geoevents.text.abbreviations import word_set

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What a declaration may name. Python knows more "text" codecs (punycode, utf-7, unicode_escape) that no page is in.
_DECLARABLE: Final = re.compile(
    r"utf-?(?:8|16|32)|ascii|cp\d|iso8859|koi8|mac|gb|hz\Z|big5|shift|euc|iso2022|johab|tis|kz1048|ptcp154"
)
#: Labels that mean a larger set in practice, as the WHATWG encoding standard has it.
_WIDER: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
#: What news text without mark and declaration is in; charset-normalizer chooses among them.
_GUESSES: Final = word_set(
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 koi8_r koi8_u cp866 iso8859_2 iso8859_6 mac_roman cp932 euc_jp "
    "gb18030 big5 cp949"
)
_GUESSES_WITH_NUL: Final = word_set("utf_16_le utf_16_be")
#: The alphabets of Europe differ in the upper half only; where a few accented letters do not tell, it is this one.
_WESTERN: Final = "cp1252"
_GUESS_BYTES: Final = 100_000
#: UTF-8 with at least this many sound characters beyond ASCII for each broken one is damaged UTF-8, and nothing else.
_SOUND_PER_BROKEN: Final = 5
#: A text with more control characters than this share is no text; of random bytes, 11 % are.
_MAX_CONTROLS: Final = 0.05
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of `data`, without its byte order mark.

    Parameters
    ----------
    declared
        Encoding that the input itself names, such as an HTML page's ``charset``. It is not believed where the bytes
        contradict it: where they do not decode, or are UTF-8 beyond chance.

    Raises
    ------
    ArticleError
        If the bytes are no text in any encoding known here.
    """
    text = _decoded(data, declared)
    if len(_CONTROL.findall(text)) > _MAX_CONTROLS * len(text):
        raise ArticleError("it is binary, not text")
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = 0 in data[:1000]  # UTF-16 without a mark, or binary: valid UTF-8 by its bytes
    if not wide and (text := decode_utf8(data)) is not None:
        return text
    known = _known(declared)
    if known and (text := _try(data, known)) is not None:
        return text
    return data.decode(guess_encoding(data), "replace")


def decode_utf8(data: bytes) -> str | None:
    """Text of UTF-8 with no more than a few broken characters; None where it is none."""
    if (text := _try(data, "utf-8")) is not None:
        return text
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if sound >= _SOUND_PER_BROKEN * (broken - 1) + 1 else None  # a cut file breaks its last character


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _known(declared: str | None) -> str | None:
    """Python's name of a declared encoding; None where it names none that a page can be in."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name) if _DECLARABLE.match(name) else None


def guess_encoding(data: bytes) -> str:
    """Name of the encoding that bytes which are no UTF-8 are most likely in."""
    from charset_normalizer import from_bytes  # a tenth of a second, and most files are UTF-8

    names = _GUESSES_WITH_NUL if 0 in data[:1000] else _GUESSES
    matches = list(from_bytes(_telling(data), cp_isolation=sorted(names), preemptive_behaviour=False))
    if not matches:
        return _WESTERN
    best = matches[0]  # the first of those that fit as well as each other, in the order of their names
    ties = [m.encoding for m in matches if m.chaos <= best.chaos and m.coherence >= best.coherence]
    return _WESTERN if _WESTERN in ties else best.encoding


def _telling(data: bytes) -> bytes:
    """Part of `data` that shows its encoding: around the first byte beyond ASCII."""
    first = re.search(rb"[\x80-\xff\x00]", data)
    start = max(0, first.start() - 1000 if first else 0)
    start -= start % 2  # UTF-16 counts in pairs
    return data[start : start + _GUESS_BYTES]

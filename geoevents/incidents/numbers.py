"""Numbers in digits and words, with their ranges and qualifiers.

"1,200", "twelve hundred", "two dozen", "between 64 and 75", "5-7", "at least 19", "up to 30", "nearly 40", "a number
of". Years, times, ages, calibres, money and numbers in names are found and set apart: they count no people.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from geoevents.incidents.lexicon import Entry, data_lines
from geoevents.incidents.profiles import Bounds
from geoevents.incidents.tags import Tagged
from geoevents.model import Qualifier

#: a whole number, grouped in threes or not; a decimal, a time or a date ("3.5", "7:30", "12/10/2008") is none
_DIGITS: Final = re.compile(
    r"(?P<whole>(?:\d{1,3}(?:,\d{2,3}){0,3},\d{3}|\d{1,3}(?:\.\d{3}){1,3}|\d{1,9})(?![.,:/]?\d))|\d+(?:[.,:/]\d+)*"
)
_MARKS_WITHIN: Final = re.compile(r"[.,]")
_YEARS: Final = range(1900, 2101)
#: above this a bare number is no count of people in one event
_MOST: Final = 10_000_000
_LONGEST_QUALIFIER: Final = 5
_CURRENCY: Final = "$£€¥₹"
#: a number right after one of these is a code or a tag ("#5", "@user7", "_3")
_CODES: Final = tuple("#@_№")
_RANGE_DASHES: Final = "-–—−"
_RANGE_WORDS: Final = ("to", "or")


class Number(NamedTuple):
    """A number in a sentence.

    Attributes
    ----------
    first, last
        Index of its first word, and of the one after its last; qualifiers belong to it ("at least 19").
    bounds
        Low, best and high; None for a vague word, which a profile turns into numbers.
    vague
        The vague word ("dozens"), empty for an exact number.
    counts
        False where the number can count no people: a year, a time, an age, a calibre, money, part of a name.
    definite
        Whether an article or "all" points back to people already told of ("the two", "all three").
    """

    first: int
    last: int
    bounds: Bounds | None
    qualifier: Qualifier
    vague: str = ""
    counts: bool = True
    definite: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    values: Mapping[str, int]
    scales: frozenset[str]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], int | None]]]
    qualifiers: Mapping[tuple[str, ...], str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    lines = {head: rest for head, _, rest in (line.partition(":") for line in data_lines("numbers.txt"))}
    values = {word: int(value) for head in ("unit", "scale") for word, value in _pairs(lines[head].split())}
    pairs = [(tuple(word.split()), int(value)) for word, value in _pairs(lines["pair_phrases"].split("|"))]
    vague = [(tuple(phrase.split()), None) for phrase in lines["vague_phrases"].split("|")]
    phrases: dict[str, list[tuple[tuple[str, ...], int | None]]] = {}
    for known in (pairs, vague):
        for phrase, number in sorted(known, key=lambda item: -len(item[0])):
            phrases.setdefault(phrase[0], []).append((phrase, number))
    qualifiers = {
        tuple(phrase.split()): kind
        for kind in ("at_least", "at_most", "below", "about")
        for phrase in lines[kind].split("|")
    }
    return _Table(
        values=values,
        scales=frozenset(word for word, _ in _pairs(lines["scale"].split())),
        phrases=phrases,
        qualifiers=qualifiers,
    )


def _pairs(items: Sequence[str]) -> list[tuple[str, str]]:
    return [(word.strip(), value) for word, _, value in (item.partition("=") for item in items)]


def value_of(word: str) -> int | None:
    """Value of one number in small letters, in digits or a word ("17", "seventeen", "twenty-two"); None for others."""
    if word.isdecimal():
        return int(word)
    parts = [_table().values.get(part) for part in word.split("-")]
    return None if None in parts else sum(part for part in parts if part is not None)


def read_numbers(words: Tagged) -> list[Number]:
    """All numbers of a sentence in order, without overlaps."""
    table, lower, entries = _table(), words.lower, words.entries
    numbers: list[Number] = []
    index = 0
    candidates = [
        at
        for at, (entry, word) in enumerate(zip(entries, lower, strict=True))
        if entry.tag in "0v" or word in table.phrases
    ]
    for at in candidates:
        if at < index:
            continue
        index = at
        tag = entries[index].tag
        found = None
        if tag == "v" or lower[index] in table.phrases:
            found = _phrased(words, index, table)
        if found is None and tag == "0":
            found = _exact(words, index, table)
        if found is None:
            continue
        number = _qualified(words, found, numbers[-1].last if numbers else 0, table)
        numbers.append(number)
        index = number.last
    return numbers


# -- one number --------------------------------------------------------------------------------------------------------


def _exact(words: Tagged, index: int, table: _Table) -> Number | None:
    value, last = _cardinal(words, index, table)
    if value is None:
        return Number(index, last, None, "exact", counts=False)
    second, end = _range_end(words, index, last, value, table)
    if second is not None:
        return Number(index, end, Bounds(value, value, second), "range", counts=_is_count(words, index, end, second))
    return Number(index, last, Bounds(value, value, value), "exact", counts=_is_count(words, index, last, value))


def _phrased(words: Tagged, index: int, table: _Table) -> Number | None:
    """Read "a couple of", "half a dozen", "a number of", "dozens"; but not "as many as"."""
    lower = words.lower
    if index and lower[index] in ("many", "few") and lower[index - 1] in ("as", "how", "so", "too"):
        return None
    if lower[index] == "some" and index + 1 < len(lower) and words.entries[index + 1].tag in "0v":
        return None  # "some 90 people"
    for phrase, value in table.phrases.get(lower[index], ()):
        after = index + len(phrase)
        if lower[index:after] == phrase:
            if value is None:
                return Number(index, after, None, "vague", vague=_vague_key(phrase))
            return Number(index, after, Bounds(value, value, value), "exact")
    if words.entries[index].tag == "v":
        return Number(index, index + 1, None, "vague", vague=_vague_key((lower[index],)))
    return None


def _vague_key(phrase: tuple[str, ...]) -> str:
    """Which row of ``counts.csv`` a vague phrase is."""
    text = " ".join(phrase)
    for key in ("hundreds of thousands", "tens of thousands", "dozens of thousands"):
        if text.startswith(key):
            return key
    if len(phrase) > 1 and phrase[-1] in ("dozen", "hundred"):
        return f"several {phrase[-1]}"
    for word in phrase:
        if word in ("dozens", "scores", "hundreds", "thousands", "tens", "several", "many", "few"):
            return word
        if word in ("numerous", "countless", "lot", "lots"):
            return "many"
        if word == "handful":
            return "a handful of"
    return "a number of"


def _cardinal(words: Tagged, index: int, table: _Table) -> tuple[int | None, int]:
    """Value of the number that begins at `index` (None if it can be no count) and the index after it."""
    word = words.lower[index]
    if not word[0].isdecimal():
        return _spoken(words, index + 1, table.values[word], table)
    match = _DIGITS.match(words.text, words.starts[index])
    assert match is not None  # noqa: S101  # the word begins with a digit
    last = index + 1
    while last < len(words) and words.starts[last] < match.end():
        last += 1
    value = int(_MARKS_WITHIN.sub("", match.group())) if match.lastgroup == "whole" else None
    if words.ends[last - 1] > match.end():
        value = None  # 20mm, 5pm, 1980s
    while last < len(words) and words.lower[last] in table.scales:
        value = None if value is None else value * table.values[words.lower[last]]
        last += 1
    return (value if value is not None and value <= _MOST else None), last


def _spoken(words: Tagged, last: int, value: int, table: _Table) -> tuple[int | None, int]:
    """Read on after the first word of "two hundred and forty-five"."""
    total, lower = 0, words.lower
    while last < len(lower):
        word = lower[last]
        step = last
        if word == "and" and (value >= 100 or total) and value % 100 == 0 and last + 1 < len(lower):
            step, word = last + 1, lower[last + 1]
            if word not in table.values or table.values[word] >= 100:
                break
        if word in table.values:
            part = table.values[word]
        else:
            break
        if word in table.scales:
            value *= part
            if part >= 1000:
                total, value = total + value, 0
        elif (value % 100 == 0 and value > 0 and part < 100) or (value % 100 in range(20, 100, 10) and part < 10):
            value += part
        elif value == 0 and total:
            value = part
        else:
            break
        last = step + 1
    result = total + value
    return (result if result <= _MOST else None), last


# -- ranges ------------------------------------------------------------------------------------------------------------


def _range_end(words: Tagged, first: int, last: int, value: int, table: _Table) -> tuple[int | None, int]:
    """Upper end of "5-7", "5 to 7", "between 5 and 7", and the index after it; (None, last) if it is no range."""
    lower = words.lower
    if last + 2 < len(lower) and lower[last] in _RANGE_WORDS and lower[last + 1 : last + 3] == ("a", "dozen"):
        return (12, last + 3) if value < 12 else (None, last)
    if last + 1 >= len(lower) or words.entries[last + 1].tag != "0":
        return None, last
    link = lower[last]
    between = link == "and" and first > 0 and lower[first - 1] == "between"
    if not (between or link in _RANGE_WORDS or link in _RANGE_DASHES):
        return None, last
    upper, end = _cardinal(words, last + 1, table)
    if upper is None or upper <= value:
        return None, last
    return upper, end


# -- what stands around it ---------------------------------------------------------------------------------------------


def _is_count(words: Tagged, first: int, last: int, value: int) -> bool:
    """Whether a number can count people, by its neighbours: no year, date, money, or part of a name or code."""
    entries, lower = words.entries, words.lower
    before = entries[first - 1] if first else None
    after = entries[last] if last < len(entries) else None
    if words.text[max(0, words.starts[first] - 1) : words.starts[first]] in _CODES or _is_money(words, first):
        return False
    if words.text[words.ends[last - 1] : words.ends[last - 1] + 1] == "%":
        return False
    if before is not None:
        if before.tag == "A" or (lower[first - 1] in ("no", "nos", "number") and before.tag != "O"):
            return False
        if before.tag == "-" and first > 1 and words.ends[first - 2] == words.starts[first - 1]:
            return False  # AK-47, MH-17
        if (_is_month(entries, lower, first) and (after is None or after.tag not in "pPj")) or (
            before.tag in "XL" and after is not None and after.tag not in "pPjgx"
        ):
            return False  # October 9; Camp 2
    if after is not None and (after.tag in "EA" or lower[last] in ("%", "percent")):
        return False  # 9 October; 12 years old
    if value in _YEARS and last - first == 1 and "," not in lower[first] and lower[first][0].isdecimal():
        return after is not None and after.tag in "pPj"
    return True


def _is_month(entries: Sequence[Entry], lower: Sequence[str], first: int) -> bool:
    """Whether a month stands before a number ("October 9", "Jan. 19")."""
    before = first - 2 if lower[first - 1] == "." and first > 1 else first - 1
    return entries[before].tag == "E" and not lower[before].endswith("day")


def _is_money(words: Tagged, first: int) -> bool:
    start = words.starts[first]
    return words.text[max(0, start - 2) : start].strip()[-1:] in tuple(_CURRENCY)


def _qualified(words: Tagged, number: Number, floor: int, table: _Table) -> Number:
    """Take in the qualifier before ("at least") and after ("or more") a number."""
    first, last, kind = number.first, number.last, ""
    lower = words.lower
    if number.qualifier == "range" and first > floor and lower[first - 1] in ("between", "from"):
        first -= 1
    definite = False
    while first > floor:
        for length in range(min(_LONGEST_QUALIFIER, first - floor), 0, -1):
            phrase = tuple(lower[first - length : first])
            if phrase in table.qualifiers:
                first -= length
                kind = table.qualifiers[phrase] if kind in ("", "about") or phrase == ("up", "to") else kind
                definite = definite or phrase[0] in ("the", "these", "all")
                break
        else:
            break
    if last + 1 < len(lower) and lower[last] in ("or", "and") and lower[last + 1] == "more":
        last, kind = last + 2, "at_least"
    elif last < len(lower) and lower[last] == "plus" and words.ends[last - 1] + 1 >= words.starts[last]:
        last, kind = last + 1, "at_least"
    elif words.text[words.ends[last - 1] : words.ends[last - 1] + 1] == "+":
        kind = "at_least"
    bounds, qualifier = _bounded(number, kind)
    return Number(first, last, bounds, qualifier, number.vague, number.counts, definite)


def _bounded(number: Number, kind: str) -> tuple[Bounds | None, Qualifier]:
    bounds = number.bounds
    if bounds is None or not kind or (kind == "about" and number.qualifier == "range"):
        return bounds, number.qualifier
    if kind == "at_least":
        return Bounds(bounds.low, bounds.best, None), "at_least"
    if number.qualifier == "range":
        return bounds, "range"
    if kind == "at_most":
        return Bounds(0, bounds.best, bounds.high), "at_most"
    if kind == "below":
        top = max(0, bounds.low - 1)
        return Bounds(0, top, top), "at_most"
    return bounds, "about"

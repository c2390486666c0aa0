"""What the words between and beside names say: which place lies in which, and what a name is called."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from geoevents.model import PlaceMention
from geoevents.places.names import key

_LONGEST_GAP: Final = 40
_DIRECTION: Final = (
    r"(?:(?:the\s+)?(?:far\s+)?(?:(?:north|south)-?(?:east|west)?(?:ern)?|(?:east|west)(?:ern)?|central)\s+)?"
)
#: between a place and what contains it: "Paris, Texas"; "Paris (France)"; "Mosul in northern Iraq"; "Goma in the Congo"
#: "Baquba, the capital of"
_INSIDE_AFTER: Final = re.compile(
    rf"""
      ,\s+ | \s+\( | ,?\s+in\s+(?:the\s+)?{_DIRECTION} | \s+of\s+ | ,\s+{_DIRECTION}
    |
    ,?\s+(?:county|province|district|governorate|region|state|city|town|village|suburb)(?:,|\s+(?:in|of))\s+{_DIRECTION}
    |
    ,?\s+(?:a|the)\s+(?:[a-z]+\s+)?(?:capital|centre|center|city|town|village|suburb|seat|district)\s+(?:of|in)\s+{_DIRECTION}
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: between what contains a place and the place: "Iraq's Diyala"; "Syria's northern Aleppo"; "Syrian city of Aleppo"
_INSIDE_BEFORE: Final = re.compile(
    rf"['’]s?\s+{_DIRECTION} | \s+(?:city|town|village|province|district|region|capital|port|state)\s+(?:of\s+)?",
    re.VERBOSE | re.IGNORECASE,
)


def _gaps(text: str, mentions: Sequence[PlaceMention]) -> Iterator[tuple[int, str]]:
    """Words between each mention and the next, where they are few."""
    for i, (one, other) in enumerate(pairwise(mentions)):
        if other.start - one.end <= _LONGEST_GAP:
            yield i, text[one.end : other.start]


def containments(text: str, mentions: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """Pairs of mentions (i, j) such that the words between say that i lies in j."""
    found = []
    for i, gap in _gaps(text, mentions):
        if _INSIDE_AFTER.fullmatch(gap):
            found.append((i, i + 1))
        elif _INSIDE_BEFORE.fullmatch(gap):
            found.append((i + 1, i))
    return found


#: between a part of a town and the town: "the Dnipro district of Kherson"
_PART_OF: Final = re.compile(r"\s(?:district|quarter|neighbou?rhood|suburb|section|area)\s(?:of|in)\s")


def parts(text: str, mentions: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """Pairs of neighbouring mentions (i, i + 1) such that the words between make the first a part of the second."""
    return [(i, i + 1) for i, gap in _gaps(text, mentions) if _PART_OF.fullmatch(gap)]


@lru_cache(maxsize=1)
def _kind_words() -> Mapping[str, tuple[str, ...]]:
    tables = tomllib.loads((files("geoevents.places") / "data" / "cues.toml").read_text(encoding="utf-8"))["kinds"]
    return {word: tuple(kinds.split()) for kinds, words in tables.items() for word in words.split()}


_WORD_AFTER: Final = re.compile(r"\s([A-Za-z]{3,14})\b")
_WORD_BEFORE: Final = re.compile(r"(?:\b([^\W\d_]+)\s)?\b([A-Za-z]{3,14})\sof\s(?:the\s)?\Z")
#: what the expression before ends with: by itself it is found, or not, in a twentieth of the time
_OF: Final = re.compile(r"\sof\s(?:the\s)?\Z")
_ARTICLES: Final = frozenset(("a", "an", "the"))
#: characters before a name in which these words are looked for
_BEFORE: Final = 48


def called_kinds(text: str, start: int, end: int, peoples: Collection[int] = ()) -> tuple[str, ...]:
    """Kinds of place (of :data:`KINDS`) that the words beside a name call it; empty where they say nothing.

    `peoples` are the ends of names of peoples: "the Afghan province of Khost" is one all the same.
    """
    words = _kind_words()
    after = _WORD_AFTER.match(text, end)
    if after and (kinds := words.get(after.group(1).lower())):
        return kinds
    beside = text[max(0, start - _BEFORE) : start]
    before = _WORD_BEFORE.search(beside) if _OF.search(beside) else None
    if before is None:
        return ()
    word, kind = before.groups(default="")
    of_people = max(0, start - _BEFORE) + before.end(1) in peoples
    if word[:1].isupper() and word.lower() not in _ARTICLES and not of_people:
        return ()  # "the Dnipro district of Kherson": the word belongs to the other name
    return words.get(kind.lower(), ())


@lru_cache(maxsize=1)
def quarter_names() -> frozenset[str]:
    """Keys of names that quarters of many towns have (``data/quarters.txt``)."""
    lines = (files("geoevents.places") / "data" / "quarters.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(key(line) for line in lines if not line.startswith("#"))

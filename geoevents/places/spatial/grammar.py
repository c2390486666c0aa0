"""Reading a spatial phrase: what the words before a place's name say about where, in relation to it.

The words before a name are read backwards from it, so each pattern ends where the name begins. Only a stretch of
:data:`REACH` characters is looked at and every repetition is bounded: the cost of a name does not grow with the text.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

Kind = Literal["offset", "distance", "direction", "near", "outskirts", "part", "between", "road", "coast"]

#: characters before a name that are looked at; the longest phrase met in the corpora has 61
REACH: Final = 90


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words before a name say.

    Attributes
    ----------
    kind
        ``offset``: so far in a direction; ``distance``: so far; ``direction``: "north of"; ``near``; ``outskirts``;
        ``part``: "northern", "central"; ``between``; ``road``: on the way to, from or between; ``coast``: off the
        coast of.
    start
        Where the phrase begins in the text.
    km
        Stated distance; 0 where none is.
    bearing
        Stated direction, in degrees clockwise from north; None where none is.
    """

    kind: Kind
    start: int
    km: float = 0.0
    bearing: float | None = None


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    text = (files("geoevents.places") / "data" / "spatial.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _words(name: str) -> str:
    """Alternation of the keys of a table, longest first."""
    return "|".join(sorted(_tables()[name], key=lambda word: (-len(word), word)))


def _titles() -> str:
    return "|".join(_tables()["titles"]["words"].split())


_COMPASS: Final = r"(?P<dir>(?:north|south)(?:[-\s]?(?:east|west))?|east|west)"
_COMPASS_ERN: Final = r"(?P<dir>(?:north|south)(?:[-\s]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?)"
#: "the town of" before a name; passed over
_TITLE: Final = rf"(?:(?:the\s+)?(?:\w{{3,12}}\s+)?(?:{_titles()})\s+of\s+|the\s+)?"
_NUMBER: Final = rf"(?P<num>\d{{1,4}}(?:[.,]\d{{1,3}})?|(?:a\s+)?(?:{_words('numbers')}))"
_SECOND: Final = r"(?:\s*(?:-|–|to|and|or)\s*(?P<num2>\d{1,4}))?"
_UNIT: Final = rf"[-\s]?(?P<unit>{_words('units')})\b"
_ASIDE: Final = r"(?:\s*\([^()]{1,24}\))?"
_DISTANCE: Final = rf"\b{_NUMBER}{_SECOND}{_UNIT}{_ASIDE}"
_JUST: Final = r"(?:(?:just|immediately|directly|far|further)\s+)?"

#: tried in order; the first that ends at the name is the phrase
_FORMS: Final[tuple[tuple[Kind, str], ...]] = (
    ("offset", rf"{_DISTANCE},?\s+(?:to\s+the\s+)?{_COMPASS}\s+(?:of|from)\s+"),
    ("distance", rf"{_DISTANCE}\s+(?:away\s+)?(?:from|outside(?:\s+of)?|off)\s+"),
    ("coast", r"\boff\s+(?:the\s+)?(?:\w{3,12}\s+)?(?:coast|shore|shores|waters)\s+of\s+"),
    ("direction", rf"\b(?<!\bthe\s){_JUST}(?:to\s+the\s+)?{_COMPASS}\s+of\s+"),
    ("outskirts",
     r"\b(?:the\s+)?(?:\w{3,14}\s+)?(?:outskirts|suburbs|suburb|edge|periphery)\s+of\s+"),
    ("road",
     r"\b(?:road|highway|motorway|route|railway)\s+(?:(?:that\s+)?(?:links|linking|connects|connecting)|between|from|to|toward|towards)\s+"),
    ("between", r"\bbetween\s+"),
    ("near",
     r"\b(?:near|close\s+to|next\s+to|adjacent\s+to|not\s+far\s+from|in\s+the\s+vicinity\s+of|just\s+outside|outside(?:\s+of)?)\s+"),
    ("part", rf"\b(?:the\s+)?(?:far\s+)?{_COMPASS_ERN}\s+(?:part\s+of\s+|of\s+)?"),
    ("part", r"\b(?P<dir>central|downtown)\s+"),
)  # fmt: skip
_PATTERNS: Final = tuple((kind, re.compile(form + _TITLE + r"\Z", re.IGNORECASE)) for kind, form in _FORMS)

#: last words before a name, "the" left out, that may end one of the patterns; a name after any other word is where it
#: is
_ENDINGS: Final = frozenset(
    "from to toward towards outside off near between links linking connects connecting central downtown".split()
)
#: words that may stand before "of" at the end of one of the patterns
_BEFORE_OF: Final = frozenset(
    "coast shore shores waters outskirts suburbs suburb edge periphery part vicinity outside".split()
) | frozenset(_tables()["titles"]["words"].split())
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz-"


def read_phrase(text: str, start: int, sentence_start: int) -> Phrase | None:
    """Read the phrase that ends where a name begins, at `start`; None where the words say nothing about where."""
    begin = max(sentence_start, start - REACH)
    window = text[begin:start]
    if not _may_be_phrase(window):
        return None
    for kind, pattern in _PATTERNS:
        found = pattern.search(window)
        if found and not (kind == "between" and _between_parties(window[: found.start()])):
            return _phrase(kind, begin + found.start(), found.groupdict())
    return None


#: what lies near: "a village near Baquba", "an army base outside Mosul"; taken into the phrase
_THING: Final = re.compile(
    rf"\b(?:an?|the|one|two|three|several|another)\s+(?:[\w'-]{{2,14}}\s+)?(?:{_titles()}|villages|towns|areas)\s+\Z",
    re.IGNORECASE,
)
_THING_REACH: Final = 40


def widened(text: str, start: int, sentence_start: int) -> int:
    """Where a phrase begins with the thing that it says the place of, where that is a place too ("a village near")."""
    begin = max(sentence_start, start - _THING_REACH)
    found = _THING.search(text[begin:start])
    return begin + found.start() if found else start


def _may_be_phrase(window: str) -> bool:
    """Whether the last words may end one of the patterns; most do not, and trying the patterns takes time."""
    if not window[-1:].isspace():
        return False
    words = window.rsplit(None, 3)[-3:]
    last = _bare(words.pop()) if words else ""
    if last == "the":
        last = _bare(words.pop()) if words else ""
    if last == "of":
        last = _bare(words.pop()) if words else ""
        return last in _BEFORE_OF or bearing_of(last) is not None
    return last in _ENDINGS or bearing_of(last) is not None


def _bare(word: str) -> str:
    """Letters and hyphens at the end of a word, in lower case."""
    word = word.lower()
    return word[len(word.rstrip(_LETTERS)) :]


@lru_cache(maxsize=1024)
def bearing_of(word: str) -> float | None:
    """Degrees of "north-east", "northeastern" and the like; None for other words."""
    plain = re.sub(r"[-\s]|ern\Z", "", word.lower())
    bearing = _tables()["directions"].get(plain)
    return float(bearing) if bearing is not None else None


def _between_parties(before: str) -> bool:
    words = before.lower().split()
    return bool(words) and words[-1] in _tables()["parties"]["words"].split()


def _phrase(kind: Kind, start: int, groups: Mapping[str, str | None]) -> Phrase:
    direction = groups.get("dir")
    km = _kilometres(groups) if groups.get("unit") else 0.0
    return Phrase(kind, start, km, bearing_of(direction) if direction else None)


def _kilometres(groups: Mapping[str, str | None]) -> float:
    low = _number(groups.get("num") or "")
    high = _number(groups.get("num2") or "") or low
    return (low + high) / 2 * float(_tables()["units"][(groups.get("unit") or "").lower()])


def _number(text: str) -> float:
    if not text:
        return 0.0
    if text[0].isdigit():
        whole, _, part = text.replace(",", ".").partition(".")
        # three digits after the sign are thousands, fewer a fraction
        return float(whole + part) if len(part) == 3 else float(f"{whole}.{part or 0}")
    return float(_tables()["numbers"][text.lower().split()[-1]])

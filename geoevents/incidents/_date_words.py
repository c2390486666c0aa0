"""The words of dates: their classes, a match as classes and values, and what a phrase may be reckoned from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from geoevents.incidents._calendar import Days
from geoevents.incidents._tables import table

Basis = Literal["stated", "reckoned", "anchored", "since", "future"]
"""How words became days: the year is in the text; reckoned from the article's own date; from a date before it in the
text; an open start ("since 8 August"); still to come when the article was written."""

OTHER: Final = "."
_MARKS: Final[Mapping[str, str]] = {
    ",": "comma",
    ".": "dot",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "/": "slash",
    "(": "open",
    "[": "open",
}


class WordClass(NamedTuple):
    """Letter of a class, its name, and the number a word stands for."""

    letter: str
    name: str
    value: int


@lru_cache(maxsize=1)
def word_classes() -> dict[str, WordClass]:
    """Every word that can be part of a date, from ``data/date_words.csv``, with numbers and years."""
    named = [(row["word"], row["class"], int(row["value"])) for row in table("date_words")]
    named += [(mark, name, 0) for mark, name in _MARKS.items()]
    named += [(str(n), "day", n) for n in range(1, 32)] + [(f"0{n}", "day", n) for n in range(1, 10)]
    named += [(str(n), "short_year", n) for n in range(32, 100)]
    named += [(f"{n}{_ordinal(n)}", "ordinal", n) for n in range(1, 32)] + [("2d", "ordinal", 2), ("3d", "ordinal", 3)]
    named += [(str(n), "year", n) for n in range(1800, 2100)]
    named += [(f"{n}s", "decade", n) for n in range(1800, 2100, 10)]
    named += [(f"{n}s", "decade", 1900 + n) for n in range(20, 100, 10)]
    letters = {name: chr(0x100 + i) for i, name in enumerate(dict.fromkeys(name for _, name, _ in named))}
    return {word: WordClass(letters[name], name, value) for word, name, value in named}


def _ordinal(n: int) -> str:
    return "th" if n in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


class Context(NamedTuple):
    """What a phrase may be reckoned from.

    Attributes
    ----------
    published
        The article's own date.
    anchor
        The days of the last date before the phrase that is not far off; None where there is none.
    year
        The year that another date of the same or the last sentence states.
    future
        Whether the words before the phrase speak of what is to come.
    """

    published: date | None
    anchor: Days | None = None
    year: int | None = None
    future: bool = False


class Reading(NamedTuple):
    """Days that a phrase means, and how they were found."""

    days: Days
    reason: str
    basis: Basis = "reckoned"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one match, as classes and values."""

    classes: tuple[WordClass, ...]
    words: tuple[str, ...]

    def values(self, *names: str) -> list[int]:
        """Values of the words of these classes, in order."""
        return [c.value for c in self.classes if c.name in names]

    def has(self, *names: str) -> bool:
        """Whether a word of one of these classes is there."""
        return any(c.name in names for c in self.classes)

    @property
    def days(self) -> list[int]:
        """Days of a month."""
        return self.values("day", "ordinal")

    @property
    def months(self) -> list[int]:
        """Numbers of months."""
        return self.values("month", "month_short", "month_doubtful")

    @property
    def year(self) -> int | None:
        """Last year stated; two digits are of the twentieth century."""
        found = [c.value + (1900 if c.name == "short_year" else 0) for c in self.classes if c.name in _YEARS]
        return found[-1] if found else None

    @property
    def count(self) -> tuple[int, bool]:
        """How many, and whether the word is as vague as "a few"; 3 where nothing says ("days ago")."""
        found = self.values("number", "day", "short_year") or self.values("one")
        vague = not found or any(word in _VAGUE for word in self.words)
        return (found[0] if found else 3), vague

    @property
    def unit(self) -> str:
        """``day``, ``hour``, ``week``, ``month``, ``year`` or ``decade``; "night" counts as a day."""
        names = [c.name for c in self.classes if c.name.endswith("_unit") or c.name == "night"]
        return names[-1].removesuffix("_unit") if names and names[-1] != "night" else "day"


_YEARS: Final = ("year", "short_year")
_VAGUE: Final = frozenset({"few", "several", "couple", "dozen", "many"})
Resolver = Callable[[Phrase, Context], Reading | None]
"""How the phrase of a rule becomes days; None where it gives none."""

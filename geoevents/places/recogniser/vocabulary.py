"""What a word shows by itself: columns of numbers, computed once a word and kept.

A linear model over words, shapes, affixes, lists of names and the gazetteer needs a few dozen numbers a word. They are
kept in one array with a row for each spelling met so far, so that a document is described by looking up its words and
taking rows; all else is arithmetic on whole columns (:mod:`geoevents.places.recogniser.features`).
"""

import tomllib
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

COLUMNS: Final = (
    "word",
    "shape",
    "gazetteer",
    "names",
    "cues",
    "suffix2",
    "suffix3",
    "suffix4",
    "prefix2",
    "prefix3",
    "traits",
    "shows before",
    "shows after",
    "shows before, caseless",
    "shows after, caseless",
    "folded",
)
COLUMN: Final[Mapping[str, int]] = {name: i for i, name in enumerate(COLUMNS)}

#: bits of the column ``cues``, in the order of ``data/cues.toml``; a joint is a trait
CUES: Final = ("title", "said", "organisation", "place", "preposition", "joint")
CUE: Final[Mapping[str, int]] = {name: 1 << i for i, name in enumerate(CUES)}

#: bits of the column ``traits``: begins with a capital; a word of four letters or more; a small word that may stand
#: within a name; the gazetteer has longer names that begin so; begins with a letter; is no edge
CAPITAL: Final = 1
LONG: Final = 2
JOINT: Final = 4
STARTS: Final = 8
LETTER: Final = 16
WORD: Final = 32

#: bits of the columns ``shows before`` and ``shows after``: what a word says of the one after it, or before it; and
#: those of them that only a capitalised word shows, where capitals tell
SHOWN: Final = (
    "title before", "given name before", "preposition before", "of before", "said after", "organisation after",
    "place after", "place before", "comma before", "surname after", "possessive after",
)  # fmt: skip
SHOWS: Final[Mapping[str, int]] = {name: 1 << i for i, name in enumerate(SHOWN)}

_SHOWN_BY_CAPITALS: Final = SHOWS["given name before"] | SHOWS["organisation after"] | SHOWS["surname after"]

#: bits of the column ``names``: a given name, a family name (``data/person_names.txt``), a word that is often in
#: lower case (``data/common_words.txt``)
GIVEN: Final = 1
SURNAME: Final = 2
COMMON: Final = 4

#: rows of the array that are no words: before and after a sentence
EDGE: Final = 0
_FIRST_ROWS: Final = 4096
#: spellings kept at most; then the array starts anew, so that memory stays bounded on any input
_MOST_ROWS: Final = 400_000


def folded(word: str) -> str:
    """Lower case, without accents, with straight apostrophes and without dots: ``Sana’a`` → ``sana'a``."""
    word = word.lower()
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFKD", word.translate(_LETTERS)) if not unicodedata.combining(c)
        )
    return word


_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "ʻ": "'", "`": "'"}
)


def hashed(text: str) -> int:
    """31-bit hash, the same everywhere."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) >> 1


@lru_cache(maxsize=1)
def cue_words() -> Mapping[str, int]:
    """Bits of every word of ``data/cues.toml``."""
    tables = tomllib.loads((files("geoevents.places") / "data" / "cues.toml").read_text(encoding="utf-8"))
    bits: dict[str, int] = {}
    for name in CUES:
        for word in tables[name].split():
            for form in (word, word + ".") if name == "title" else (word,):
                bits[form] = bits.get(form, 0) | CUE[name]
    return bits


@lru_cache(maxsize=1)
def governments() -> Mapping[str, frozenset[str]]:
    """Words of the table ``governments`` of ``data/cues.toml``: ``verbs``, ``auxiliary`` and what they ``have``."""
    table = tomllib.loads((files("geoevents.places") / "data" / "cues.toml").read_text(encoding="utf-8"))["governments"]
    return {name: frozenset(words.split()) for name, words in table.items()}


@lru_cache(maxsize=1)
def listed_words() -> Mapping[str, int]:
    """Bits :data:`GIVEN`, :data:`SURNAME` and :data:`COMMON` of every word of the lists."""
    bits = {word: int(kinds) for word, kinds in (line.split("\t") for line in _lines("person_names.txt"))}
    for word in _lines("common_words.txt"):
        bits[word] = bits.get(word, 0) | COMMON
    return bits


def _lines(name: str) -> list[str]:
    text = (files("geoevents.places") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


_SHAPES: Final = {
    name: i + 1
    for i, name in enumerate(
        "lower Capital ALL A A. MiXed digits digits-letters sign comma stop hyphen quote bracket".split()
    )
}
#: shapes up to this one are of letters
LETTERS: Final = _SHAPES["MiXed"]


def shape(word: str) -> int:
    """Code of what a word looks like."""
    first = word[0]
    if first.isalpha():
        if word.isupper():
            return _SHAPES["A." if "." in word else "A" if len(word) == 1 else "ALL"]
        if first.isupper():
            return _SHAPES["Capital" if word[1:].islower() or not word[1:].isalpha() else "MiXed"]
        return _SHAPES["lower"]
    if first.isdigit():
        return _SHAPES["digits" if word[-1].isdigit() else "digits-letters"]
    if first == ",":
        return _SHAPES["comma"]
    if first in ".!?;:":
        return _SHAPES["stop"]
    if first in "-–—":
        return _SHAPES["hyphen"]
    if first in "\"'“”‘’":
        return _SHAPES["quote"]
    return _SHAPES["bracket" if first in "()[]" else "sign"]


def _shows_before(word: str, cues: int, names: int) -> int:
    """Bits of :data:`SHOWS` of a word that stands before another."""
    shown = {
        "title before": cues & CUE["title"],
        "given name before": names & GIVEN and not cues & CUE["title"],
        "preposition before": cues & CUE["preposition"],
        "of before": word == "of",
        "place before": cues & CUE["place"],
        "comma before": word == ",",
    }
    return sum(SHOWS[name] for name, shows in shown.items() if shows)


def _shows_after(word: str, cues: int, names: int) -> int:
    """Bits of :data:`SHOWS` of a word that stands after another."""
    shown = {
        "said after": cues & CUE["said"],
        "organisation after": cues & CUE["organisation"],
        "place after": cues & CUE["place"],
        "surname after": names & SURNAME,
        "possessive after": word == "'s",
    }
    return sum(SHOWS[name] for name, shows in shown.items() if shows)


class Vocabulary:
    """Rows of numbers for words, grown as words are met."""

    def __init__(self, gazetteer: "Gazetteer") -> None:
        self._gazetteer = gazetteer
        self._classes: dict[str, int] = {}
        self._names: dict[str, tuple[int, bool]] = {}
        self._reset()

    def _reset(self) -> None:
        self.rows: dict[str, int] = {}
        self._folded: dict[str, int] = {}
        self._columns = np.zeros((_FIRST_ROWS, len(COLUMNS)), np.uint32)
        self._size = 1  # row 0 is the edge of a sentence

    def __call__(self, words: Sequence[str]) -> npt.NDArray[np.int64]:
        """Row numbers of `words`."""
        if self._size > _MOST_ROWS:
            self._reset()
        rows = self.rows
        try:
            return np.fromiter(map(rows.__getitem__, words), np.int64, len(words))
        except KeyError:
            return np.array([rows[word] if word in rows else self._add(word) for word in words], np.int64)

    @property
    def foldings(self) -> int:
        """How many different foldings of words the array knows: the greatest number in the column ``folded``."""
        return len(self._folded)

    @property
    def columns(self) -> npt.NDArray[np.uint32]:
        """The array: a row a word, a column an attribute of :data:`COLUMNS`."""
        return self._columns

    def _add(self, word: str) -> int:
        row = self._size
        if row == len(self._columns):
            self._columns = np.concatenate([self._columns, np.zeros_like(self._columns)])
        self._columns[row] = self._describe(word)
        self.rows[word] = row
        self._size += 1
        return row

    def _describe(self, word: str) -> list[int]:
        low = folded(word)
        kind = shape(word)
        bare = low if kind not in (_SHAPES["digits"],) else "0"
        letters = word[0].isalpha()
        cues, names = cue_words().get(low, 0), listed_words().get(low, 0)
        traits = {
            CAPITAL: word[0].isupper(),
            LONG: letters and len(word) > 3,
            JOINT: cues & CUE["joint"] > 0,
            STARTS: letters and self._gazetteer.starts(word),
            LETTER: letters,
            WORD: True,
        }
        before, after = _shows_before(bare, cues, names), _shows_after(bare, cues, names)
        told = ~0 if word[0].isupper() else ~_SHOWN_BY_CAPITALS
        return [
            hashed(bare),
            kind,
            self.gazetteer_class(word) if letters else 0,
            names,
            cues & (CUE["joint"] - 1),
            *(hashed(f"<{n}{low[-n:]}") if letters else 0 for n in (2, 3, 4)),
            *(hashed(f"{n}>{low[:n]}") if letters else 0 for n in (2, 3)),
            sum(bit for bit, has in traits.items() if has),
            before & told,
            after & told,
            before if letters else before & ~_SHOWN_BY_CAPITALS,
            after if letters else after & ~_SHOWN_BY_CAPITALS,
            self._folded.setdefault(low, len(self._folded) + 1),
        ]

    def gazetteer_class(self, name: str) -> int:
        """Class the most important place of a name, as a small number; 0 where the gazetteer has none."""
        code = self._classes.get(name)
        if code is None:
            if len(self._classes) > _MOST_ROWS:
                self._classes.clear()
            code = self._classes[name] = _class_of(self._gazetteer, name)
        return code

    def name(self, words: str) -> tuple[int, bool]:
        """Class of the most important place of a name, and whether a longer name may begin with these words."""
        known = self._names.get(words)
        if known is None:
            if len(self._names) > _MOST_ROWS:
                self._names.clear()
            known = self._names[words] = (self.gazetteer_class(words), self._gazetteer.starts(words))
        return known


CLASSES: Final = (
    "none",
    "country",
    "adm1",
    "adm2",
    "city5",
    "city4",
    "city3",
    "city2",
    "region",
    "water",
    "land",
    "spot",
    "demonym",
    "short",
)
_CLASS: Final = {name: i for i, name in enumerate(CLASSES)}
_CITY_BY_IMPORTANCE: Final = ((0.55, "city5"), (0.45, "city4"), (0.36, "city3"), (0.0, "city2"))


def _class_of(gazetteer: "Gazetteer", name: str) -> int:
    hits = gazetteer.strict_hits(name)
    if not hits:
        return 0
    best = max(hits, key=lambda hit: (gazetteer.importance(hit.row) - hit.cost, -hit.row))
    if best.kind == "demonym":
        return _CLASS["demonym"]
    if best.kind in ("abbreviation", "code"):
        return _CLASS["short"]
    code, letter = gazetteer.feature(best.row)
    if letter == "P":
        importance = gazetteer.importance(best.row)
        return _CLASS[next(kind for least, kind in _CITY_BY_IMPORTANCE if importance >= least)]
    if letter == "A":
        return _CLASS["country" if code.startswith("PCL") else "adm1" if code == "ADM1" else "adm2"]
    return _CLASS[{"L": "region", "H": "water", "T": "land"}.get(letter, "spot")]

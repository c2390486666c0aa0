"""From the words of a document to the rows of a weight table, all words at once.

Only words that may be part of a name are looked at: capitalised words, and the small words between two of them ("Bank
of England", "Paris, Texas"). They form runs, and a run is what the model labels. Where capitals tell nothing (a text in
capitals, or without any) every word of a sentence is.

Each feature is a template over columns (this word, the word before, what the gazetteer says of both, …), hashed to a
row of the table. What is said of the same word elsewhere in the document ("Mr. Rhodes", "in Martin") is a feature too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geoevents.places.recogniser.vocabulary import (
    CAPITAL,
    COLUMN,
    EDGE,
    GIVEN,
    JOINT,
    LETTERS,
    LONG,
    SHOWN,
    SHOWS,
    STARTS,
    Vocabulary,
    hashed,
)

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint32]

#: edges put between two sentences, so that no feature looks across
PAD: Final = 3
LONGEST_NAME: Final = 6
#: longer runs are cut: texts without sentences would otherwise be decoded one word after the other
LONGEST_RUN: Final = 300
#: rows of the weight table, in powers of two: with 2^19 fewer than one feature in ten shares its row with a frequent
#: one
TABLE_BITS: Final = 19
#: a sentence is a headline in title case with so many words of four letters or more, this share of them with a capital
HEADLINE_WORDS: Final = 3
HEADLINE_SHARE: Final = 0.8

_SINGLE, _BEGIN, _INSIDE, _END = range(4)
#: what is seen only where the word beside it is capitalised too; and only beside a given name
_CAPITAL_BEFORE: Final = np.uint32(SHOWS["given name before"])
_CAPITAL_AFTER: Final = np.uint32(SHOWS["organisation after"] | SHOWS["surname after"])
_AFTER_GIVEN: Final = np.uint32(SHOWS["surname after"])
_HYPHENS: Final = frozenset("-–'’")


@dataclass(frozen=True, slots=True)
class Described:
    """Words that may be part of a name, as rows of a weight table.

    Attributes
    ----------
    rows
        A row a template, a column a word.
    run
        Number of the run each word belongs to.
    token
        Index of each word.
    """

    rows: Rows
    run: Ints
    token: Ints


def describe(words: Sequence[str], sentence_of: Ints, vocabulary: Vocabulary, *, cased: bool) -> Described:
    """Describe the words of a document.

    Parameters
    ----------
    sentence_of
        Number of the sentence of each word, ascending.
    cased
        Whether capitals tell names.
    """
    if not cased:
        words = [caseless(word) for word in words]
    page = _Page(words, sentence_of, vocabulary, cased)
    return Described(page.table(), page.run, page.token[page.at])


def caseless(word: str) -> str:
    """Fold a word of a text whose capitals tell nothing: to lower case, but "U.S." stays what it is."""
    return word.upper() if "." in word[1:-1] else word.lower()


class _Page:
    """Columns of a document's words with edges around every sentence, and the positions that may be part of a name."""

    def __init__(self, words: Sequence[str], sentence_of: Ints, vocabulary: Vocabulary, cased: bool) -> None:
        self.words, self.vocabulary, self.sentence_of = words, vocabulary, sentence_of
        position = np.arange(len(words)) + PAD * (sentence_of + 1)
        size = int(position[-1]) + PAD + 1 if len(words) else PAD
        rows = np.full(size, EDGE, np.int64)
        rows[position] = vocabulary(words)
        self.token = np.full(size, -1, np.int64)
        self.token[position] = np.arange(len(words))
        self.columns = np.ascontiguousarray(vocabulary.columns[rows].T)
        self.traits = self._column("traits")
        self.capital = (self.traits & CAPITAL) > 0
        if cased:
            self._find_runs(self._marked())
        else:
            shape = self._column("shape")
            self.capital = (shape > 0) & (shape <= LETTERS)
            shape[self.capital] = 1
            self._find_runs(self.token >= 0)

    def _column(self, name: str) -> Rows:
        column: Rows = self.columns[COLUMN[name]]
        return column

    # ---- runs ------------------------------------------------------------------------------------------------------

    def _marked(self) -> npt.NDArray[np.bool_]:
        """Capitalised words, and one or two small words between two of them."""
        capital = self.capital
        joint = (self.traits & JOINT > 0) & ~capital
        marked = capital.copy()
        marked[1:-1] |= joint[1:-1] & capital[:-2] & capital[2:]
        both = joint[1:-2] & joint[2:-1] & capital[:-3] & capital[3:]
        marked[1:-2] |= both
        marked[2:-1] |= both
        return marked

    def _find_runs(self, marked: npt.NDArray[np.bool_]) -> None:
        """Part the marked positions into runs."""
        self.at = np.flatnonzero(marked)
        opens = self.at > 0
        opens[1:] = self.at[1:] != self.at[:-1] + 1
        if len(self.at) > LONGEST_RUN:
            begun = np.maximum.accumulate(np.where(opens, np.arange(len(opens)), 0))
            opens |= (np.arange(len(opens)) - begun) % LONGEST_RUN == 0
        closes = np.ones(len(opens), bool)
        closes[:-1] = opens[1:]
        self.run = np.cumsum(opens) - 1
        self.first, self.last = self.at[opens][self.run], self.at[closes][self.run]

    # ---- the gazetteer ---------------------------------------------------------------------------------------------

    def _find_names(self) -> None:
        """For each position, class of the longest gazetteer name that covers it times four, plus its place in it."""
        flags = self._column("gazetteer")
        flags *= np.uint32(4)
        done = -1
        begins = np.flatnonzero((self.traits[self.at] & STARTS > 0) & self.capital[self.at])
        places = self.at[begins]
        firsts, lasts = self.token[places], self.token[self.last[begins]]
        for at, first, last in zip(places.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
            if at < done or first == last:
                continue
            length, kind = self._longest(first, last)
            if length:
                flags[at : at + length] = kind * 4 + _INSIDE
                flags[at], flags[at + length - 1] = kind * 4 + _BEGIN, kind * 4 + _END
                done = at + length

    def _longest(self, first: int, last: int) -> tuple[int, int]:
        """Length and class of the longest name of several words that begins at `first`; 0 if there is none."""
        best, kind = 0, 0
        words, known = self.words, self.vocabulary.name
        name = words[first]
        for at in range(first + 1, min(last + 1, first + LONGEST_NAME)):
            word = words[at]
            if word in _HYPHENS:
                name += word
                continue
            name = f"{name}{word}" if name[-1] in _HYPHENS else f"{name} {word}"
            found, goes_on = known(name)
            if found:
                best, kind = at - first + 1, found
            if not goes_on:
                break
        return best, kind

    # ---- features --------------------------------------------------------------------------------------------------

    def table(self) -> Rows:
        """Rows of the weight table for each template at each position of the runs; 0 where one is silent."""
        table = np.zeros((len(TEMPLATES) + 2 * len(SHOWN) + 1, len(self.at)), np.uint32)
        if not len(self.at):
            return table
        self._find_names()
        base = self._base()
        _hash(base, table[: len(TEMPLATES)])
        elsewhere = self._document_cues()
        cued = table[len(TEMPLATES) : -1].reshape(2, len(SHOWN), -1)
        np.multiply(elsewhere, _CUE_ROWS, out=cued[0])
        np.multiply(elsewhere, _rows(_CUE_ROWS ^ (base[_COLUMN["g"]] * np.uint32(0x85EBCA6B))), out=cued[1])
        np.multiply(self._seen_lower(), _rows(_LOWER_ROW ^ base[_COLUMN["opens"]]), out=table[-1])
        return table

    def _base(self) -> Rows:
        """Columns that the templates are made of, in the order of :data:`_BASE`."""
        at = self.at
        base = np.empty((len(_BASE), len(at)), np.uint32)
        beside = len(_BESIDE_COLUMN)
        np.take(self.columns.ravel(), at + (_BESIDE_COLUMN * self.columns.shape[1] + _BESIDE_OFFSET), out=base[:beside])
        word = self._column("word")
        rest = (
            self._column("cues")[self.last],
            word[self.first - 1],
            word[self.last + 1],
            (at == self.first) * 1 + (at == self.last) * 2,
            self._opens(),
            self._headline(),
        )
        for i, row in enumerate(rest, beside):
            base[i] = row
        return base

    def _opens(self) -> npt.NDArray[np.bool_]:
        """Whether a word is the first of its sentence."""
        return self.token[self.at - 1] < 0

    def _headline(self) -> npt.NDArray[np.bool_]:
        """Whether the sentence of a position is in title case."""
        inked = self.token >= 0
        long = (self.traits[inked] & LONG) > 0
        counts = np.bincount(self.sentence_of, long)
        capitals = np.bincount(self.sentence_of, long & self.capital[inked])
        titles: npt.NDArray[np.bool_] = (counts >= HEADLINE_WORDS) & (capitals >= HEADLINE_SHARE * counts)
        return titles[self.sentence_of[self.token[self.at]]]

    def _seen_lower(self) -> npt.NDArray[np.bool_]:
        """Whether the document has the word in lower case too."""
        folded = self._column("folded")
        seen = np.zeros(int(folded.max()) + 1, np.bool_)
        seen[folded[(self.token >= 0) & ~self.capital]] = True
        found: npt.NDArray[np.bool_] = seen[folded[self.at]]
        return found

    def _document_cues(self) -> npt.NDArray[np.bool_]:
        """Cues that other occurrences of the same word in the document show, a row a cue."""
        at, before, after = self.at, self.at - 1, self.at + 1
        one, other = self._column("shows before")[before], self._column("shows after")[after]
        one[~self.capital[before]] &= ~_CAPITAL_BEFORE
        other[~self.capital[after]] &= ~_CAPITAL_AFTER
        other[self._column("names")[at] & GIVEN == 0] &= ~_AFTER_GIVEN
        shown = ((one | other) & _SHOWN_BITS) > 0
        which = self._column("folded")[at]
        number = np.empty(int(which.max()) + 1, np.int64)
        number[which] = np.arange(len(at))  # one occurrence stands for all of its word
        cells = number[which] + len(at) * np.arange(len(SHOWN))[:, None]
        counts = np.bincount(cells.ravel(), shown.ravel(), minlength=shown.size)
        elsewhere: npt.NDArray[np.bool_] = counts[cells] > shown
        return elsewhere


#: columns that templates are made of: the word itself (w) and its neighbours (p1 the one before, n1 the one after, …),
#: shapes, gazetteer flags, names and cues of the three words around, affixes, cues of the run's last word, the words
#: before and after the run, where in the run the word stands, whether it opens its sentence, and that is in title case
_BESIDE: Final = {
    "w": ("word", 0), "p1": ("word", -1), "n1": ("word", 1),
    "p2": ("word", -2), "n2": ("word", 2), "p3": ("word", -3), "n3": ("word", 3),
    "s": ("shape", 0), "sp": ("shape", -1), "sn": ("shape", 1),
    "g": ("gazetteer", 0), "gp": ("gazetteer", -1), "gn": ("gazetteer", 1),
    "m": ("names", 0), "mp": ("names", -1), "mn": ("names", 1),
    "c": ("cues", 0), "cp": ("cues", -1), "cn": ("cues", 1),
    "a1": ("suffix2", 0), "a2": ("suffix3", 0), "a3": ("suffix4", 0), "a4": ("prefix2", 0), "a5": ("prefix3", 0),
}  # fmt: skip
_BESIDE_COLUMN: Final = np.array([COLUMN[name] for name, _ in _BESIDE.values()])[:, None]
_BESIDE_OFFSET: Final = np.array([offset for _, offset in _BESIDE.values()])[:, None]
_BASE: Final = (*_BESIDE, "head", "before", "after", "where", "opens", "title")
_COLUMN: Final = {name: i for i, name in enumerate(_BASE)}
#: features, as the columns that are hashed together
TEMPLATES: Final = tuple(
    sorted(
        (
            tuple(template.split())
            for template in """
            w; p1; n1; p2; n2; p3; n3; s; g; m; c; a1; a2; a3; a4; a5;
            p1 w; w n1; p2 p1; n1 n2; p1 n1; p1 w n1; p2 p1 w; w n1 n2; p3 p2 p1; n1 n2 n3; sp s; s sn; sp s sn;
            before where; after where; g before where; g after where; gp g; g gn; g p1; g n1; p1 m g; n1 m g;
            mp cp m; m mn; m g; mp cp g; head where; head where g; cn g; cp g where;
            opens s; opens g m; title s g; title g m
            """.split(";")
        ),
        key=lambda template: -len(template),
    )
)
_LENGTHS: Final = tuple(sum(len(template) > k for template in TEMPLATES) for k in range(3))
_PARTS: Final = tuple(np.array([_COLUMN[t[k]] for t in TEMPLATES[: _LENGTHS[k]]]) for k in range(3))
_SALTS: Final = np.array([hashed(" ".join(template)) for template in TEMPLATES], np.uint32)[:, None]
_SHOWN_BITS: Final = np.array([SHOWS[cue] for cue in SHOWN], np.uint32)[:, None]
_CUE_ROWS: Final = np.array([hashed(f"cue {cue}") >> (31 - TABLE_BITS) for cue in SHOWN], np.uint32)[:, None]
_LOWER_ROW: Final = np.uint32(hashed("in lower case too"))


def _hash(base: Rows, out: Rows) -> None:
    """Fill in the row of the table for each template and word."""
    out[:] = _SALTS
    for length, parts in zip(_LENGTHS, _PARTS, strict=True):
        mixed = out[:length]
        mixed ^= base[parts]
        mixed *= np.uint32(0x85EBCA6B)
        mixed ^= mixed >> np.uint32(15)
    out[:] = _rows(out)


def _rows(mixed: Rows) -> Rows:
    """Rows of the table; row 0 is kept for what is silent."""
    rows: Rows = np.maximum((mixed * np.uint32(0xC2B2AE35)) >> np.uint32(32 - TABLE_BITS), np.uint32(1))
    return rows

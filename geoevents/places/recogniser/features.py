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

from geoevents.places.recogniser.vocabulary import COLUMN, CUE, EDGE, GIVEN, LETTERS, SURNAME, Vocabulary, hashed

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint32]

#: edges put between two sentences, so that no feature looks across
PAD: Final = 3
#: small words that a run may bridge at a time
MOST_JOINTS: Final = 2
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
_OF, _COMMA, _POSSESSIVE = (np.uint32(hashed(word)) for word in ("of", ",", "'s"))
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
        self.words, self.vocabulary, self.cased = words, vocabulary, cased
        position = np.arange(len(words)) + PAD * (sentence_of + 1)
        size = int(position[-1]) + PAD + 1 if len(words) else PAD
        rows = np.full(size, EDGE, np.int32)
        rows[position] = vocabulary(words)
        self.token = np.full(size, -1, np.int64)
        self.token[position] = np.arange(len(words))
        columns = vocabulary.columns[rows].astype(np.uint32).T
        self.word, self.shape, self.cues, self.names = (columns[COLUMN[n]] for n in ("word", "shape", "cues", "names"))
        self.capital = columns[COLUMN["capital"]] > 0
        if not cased:
            self.capital = (self.shape > 0) & (self.shape <= LETTERS)
            self.shape = np.where(self.capital, np.uint32(1), self.shape)
        self.affixes = columns[COLUMN["suffix2"] : COLUMN["prefix3"] + 1]
        self.long = columns[COLUMN["long"]] > 0
        self.folded = columns[COLUMN["folded"]]
        self.single, self.starts = columns[COLUMN["gazetteer"]], columns[COLUMN["starts"]]
        self._find_runs()

    # ---- runs ------------------------------------------------------------------------------------------------------

    def _find_runs(self) -> None:
        """Find the runs: capitalised words and the small words between them, or whole sentences."""
        self.at = np.flatnonzero(self._marked())
        opens = np.diff(self.at, prepend=-2) > 1
        begun = np.maximum.accumulate(np.where(opens, np.arange(len(opens)), 0))
        opens |= (np.arange(len(opens)) - begun) % LONGEST_RUN == 0
        closes = np.concatenate([opens[1:], [True]])[: len(self.at)]
        self.run = np.cumsum(opens) - 1
        self.first, self.last = self.at[opens][self.run], self.at[closes][self.run]

    def _marked(self) -> npt.NDArray[np.bool_]:
        if not self.cased:
            return self.token >= 0
        capital = np.flatnonzero(self.capital)
        joints = np.concatenate([[0], np.cumsum((self.cues & CUE["joint"]) > 0)])
        gap = np.diff(capital) - 1
        apart = (gap > MOST_JOINTS) | (joints[capital[1:]] - joints[capital[:-1] + 1] != gap)
        change = np.zeros(len(self.token) + 1, np.int64)
        edge = np.ones(min(len(capital), 1), bool)
        change[capital[np.concatenate([edge, apart])]] += 1
        change[capital[np.concatenate([apart, edge])] + 1] -= 1
        marked: npt.NDArray[np.bool_] = np.cumsum(change)[:-1] > 0
        return marked

    # ---- the gazetteer ---------------------------------------------------------------------------------------------

    def _gazetteer_flags(self) -> Rows:
        """For each position, class of the longest gazetteer name that covers it times four, plus its place in it."""
        flags: Rows = self.single * np.uint32(4)
        done = -1
        begins = np.flatnonzero((self.starts[self.at] > 0) & self.capital[self.at])
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
        return flags

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
        if not len(self.at):
            return np.zeros((len(TEMPLATES) + 2 * len(_SHOWN) + 1, 0), np.uint32)
        flags = self._gazetteer_flags()
        base = self._base(flags)
        elsewhere = self._document_cues()
        table = np.empty((len(TEMPLATES) + 2 * len(_SHOWN) + 1, len(self.at)), np.uint32)
        _hash(base, table[: len(TEMPLATES)])
        cued = table[len(TEMPLATES) : -1].reshape(2, len(_SHOWN), -1)
        now = base[_COLUMN["g"]]
        cued[0] = np.where(elsewhere, _CUE_ROWS[:, None], 0)
        cued[1] = np.where(elsewhere, _rows(_CUE_ROWS[:, None] ^ (now * np.uint32(0x85EBCA6B))), 0)
        table[-1] = np.where(self._seen_lower(), _rows(_LOWER_ROW ^ base[_COLUMN["opens"]]), 0)
        return table

    def _base(self, flags: Rows) -> Rows:
        """Columns that the templates are made of, in the order of :data:`_BASE`."""
        at = self.at
        cues = self.cues & np.uint32(CUE["joint"] - 1)
        base = np.empty((len(_BASE), len(at)), np.uint32)
        for i, (column, offsets) in enumerate(
            (
                (self.word, (0, -1, 1, -2, 2, -3, 3)),
                (self.shape, _NEAR),
                (flags, _NEAR),
                (self.names, _NEAR),
                (cues, _NEAR),
            )
        ):
            first = 7 + 3 * (i - 1) if i else 0
            for j, offset in enumerate(offsets):
                base[first + j] = column[at + offset]
        where = (at == self.first) * 1 + (at == self.last) * 2
        rest = (
            cues[self.last], self.word[self.first - 1], self.word[self.last + 1], where, self._opens(),
            self._headline()[at], *(affix[at] for affix in self.affixes),
        )  # fmt: skip
        for i, row in enumerate(rest):
            base[len(_BASE) - len(rest) + i] = row
        return base

    def _opens(self) -> npt.NDArray[np.bool_]:
        """Whether a word is the first of its sentence."""
        return self.token[self.at - 1] < 0

    def _headline(self) -> npt.NDArray[np.bool_]:
        """Whether the sentence of a position is in title case."""
        sentence = np.cumsum(self.token < 0) * (self.token >= 0)
        counts = np.bincount(sentence, self.long)
        capitals = np.bincount(sentence, self.long & self.capital)
        titles: npt.NDArray[np.bool_] = (counts >= HEADLINE_WORDS) & (capitals >= HEADLINE_SHARE * counts)
        return titles[sentence]

    def _seen_lower(self) -> npt.NDArray[np.bool_]:
        """Whether the document has the word in lower case too."""
        lower = self.folded[(self.token >= 0) & ~self.capital]
        seen = np.zeros(int(self.folded.max()) + 1, np.bool_)
        seen[lower] = True
        found: npt.NDArray[np.bool_] = seen[self.folded[self.at]]
        return found

    def _document_cues(self) -> npt.NDArray[np.bool_]:
        """Cues that other occurrences of the same word in the document show, a row a cue."""
        at, before, after = self.at, self.at - 1, self.at + 1
        cues = {name: (self.cues & bit) > 0 for name, bit in CUE.items()}
        given, surname = (self.names & GIVEN) > 0, (self.names & SURNAME) > 0
        shown = np.stack([
            cues["title"][before],
            self.capital[before] & given[before] & ~cues["title"][before],
            cues["preposition"][before],
            self.word[before] == _OF,
            cues["said"][after],
            cues["organisation"][after] & self.capital[after],
            cues["place"][after],
            cues["place"][before],
            self.word[before] == _COMMA,
            given[at] & self.capital[after] & surname[after],
            self.word[after] == _POSSESSIVE,
        ])  # fmt: skip
        which = self.folded[at]
        known, which = np.unique(which, return_inverse=True)
        cells = which + len(known) * np.arange(len(shown))[:, None]
        counts = np.bincount(cells.ravel(), shown.ravel(), minlength=len(shown) * len(known))
        elsewhere: npt.NDArray[np.bool_] = counts[cells] > shown
        return elsewhere


#: cues of other occurrences, in the order of ``_document_cues``
_SHOWN: Final = (
    "title before", "given name before", "preposition before", "of before", "said after", "organisation after",
    "place after", "place before", "comma before", "surname after", "possessive after",
)  # fmt: skip
_NEAR: Final = (0, -1, 1)
#: columns that templates are made of: the word itself (w) and its neighbours (p1 the one before, n1 the one after, …),
#: shapes, gazetteer flags, names and cues of the three words around, cues of the run's last word, the words before and
#: after the run, and where in the run the word stands
_BASE: Final = tuple(
    "w p1 n1 p2 n2 p3 n3 s sp sn g gp gn m mp mn c cp cn head before after where opens title a1 a2 a3 a4 a5".split()
)
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
_CUE_ROWS: Final = np.array([hashed(f"cue {cue}") >> (31 - TABLE_BITS) for cue in _SHOWN], np.uint32)
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

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
        A row a word, a column a template.
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
        self.single, self.starts = columns[COLUMN["gazetteer"]], columns[COLUMN["starts"]]
        self._find_runs()

    # ---- runs -------------------------------------------------------------------------------------------------------

    def _find_runs(self) -> None:
        """Find the runs: capitalised words and the small words between them, or whole sentences."""
        self.at = np.flatnonzero(self._marked())
        opens = np.diff(self.at, prepend=-2) > 1
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

    # ---- the gazetteer
    # ------------------------------------------------------------------------------------------------

    def _gazetteer_flags(self) -> Rows:
        """For each position, class of the longest gazetteer name that covers it times four, plus its place in it."""
        flags: Rows = self.single * np.uint32(4)
        done = -1
        begins = (self.starts[self.at] > 0) & self.capital[self.at]
        for i in np.flatnonzero(begins).tolist():
            at = int(self.at[i])
            if at < done:
                continue
            length, kind = self._longest(int(self.token[at]), int(self.token[self.last[i]]))
            if length:
                flags[at : at + length] = kind * 4 + _INSIDE
                flags[at], flags[at + length - 1] = kind * 4 + _BEGIN, kind * 4 + _END
                done = at + length
        return flags

    def _longest(self, first: int, last: int) -> tuple[int, int]:
        """Length and class of the longest name of several words that begins at `first`; 0 if there is none."""
        best, kind = 0, 0
        name = self.words[first]
        for at in range(first + 1, min(last + 1, first + LONGEST_NAME)):
            word = self.words[at]
            if word in _HYPHENS:
                name += word
                continue
            name = f"{name}{word}" if name[-1] in _HYPHENS else f"{name} {word}"
            if found := self.vocabulary.gazetteer_class(name):
                best, kind = at - first + 1, found
            if not self.vocabulary.starts(name):
                break
        return best, kind

    # ---- features
    # -----------------------------------------------------------------------------------------------------

    def table(self) -> Rows:
        """Rows of the weight table for each position of the runs, a column a template; 0 where one is silent."""
        if not len(self.at):
            return np.zeros((0, 0), np.uint32)
        flags = self._gazetteer_flags()
        templates = self._templates(flags)
        cues, elsewhere = self._document_cues()
        now = flags[self.at]
        table = np.empty((len(self.at), len(templates) + 2 * len(cues) + 1), np.uint32)
        for i, template in enumerate(templates):
            table[:, i] = _hash(i, template)
        salt = len(templates)
        for j in range(len(cues)):
            which = np.full(len(now), j, np.uint32)
            table[:, salt + 2 * j] = np.where(elsewhere[:, j], _hash(salt, (which,)), 0)
            table[:, salt + 2 * j + 1] = np.where(elsewhere[:, j], _hash(salt + 1, (which, now)), 0)
        in_lower_case = np.isin(self.word[self.at], self.word[(self.token >= 0) & ~self.capital])
        table[:, -1] = np.where(in_lower_case, _hash(salt + 2, (self._opens(),)), 0)
        return table

    def _templates(self, flags: Rows) -> list[tuple[Rows, ...]]:
        at = self.at
        w, p1, n1, p2, n2, p3, n3 = (self.word[at + k] for k in (0, -1, 1, -2, 2, -3, 3))
        s, sp, sn = (self.shape[at + k] for k in (0, -1, 1))
        g, gp, gn = (flags[at + k] for k in (0, -1, 1))
        m, mp, mn = (self.names[at + k] for k in (0, -1, 1))
        cues = self.cues & np.uint32(CUE["joint"] - 1)
        c, cp, cn, head = cues[at], cues[at - 1], cues[at + 1], cues[self.last]
        before, after = self.word[self.first - 1], self.word[self.last + 1]
        where = ((at == self.first) * 1 + (at == self.last) * 2).astype(np.uint32)
        opens, title = self._opens(), self._headline()[at]
        return [
            *((column,) for column in (w, p1, n1, p2, n2, p3, n3, s, g, m, c)),
            *((affix[at],) for affix in self.affixes),
            *((p1, w), (w, n1), (p2, p1), (n1, n2), (p1, n1)),
            *((p1, w, n1), (p2, p1, w), (w, n1, n2), (p3, p2, p1), (n1, n2, n3)),
            *((sp, s), (s, sn), (sp, s, sn)),
            *((before, where), (after, where), (g, before, where), (g, after, where)),
            *((gp, g), (g, gn), (g, p1), (g, n1)),
            *((mp, cp, m), (m, mn), (m, g), (mp, cp, g)),
            *((head, where), (head, where, g), (cn, g), (cp, g, where)),
            *((opens, s), (opens, g, m), (title, s, g), (title, g, m)),
        ]

    def _opens(self) -> Rows:
        """1 at the first word of a sentence."""
        return (self.token[self.at - 1] < 0).astype(np.uint32)

    def _headline(self) -> Rows:
        """1 at each position of a sentence in title case."""
        sentence = np.cumsum(self.token < 0) * (self.token >= 0)
        counts = np.bincount(sentence, self.long)
        capitals = np.bincount(sentence, self.long & self.capital)
        titles: npt.NDArray[np.bool_] = (counts >= HEADLINE_WORDS) & (capitals >= HEADLINE_SHARE * counts)
        return titles[sentence].astype(np.uint32)

    def _document_cues(self) -> tuple[list[npt.NDArray[np.bool_]], npt.NDArray[np.bool_]]:
        """Cues beside each position, and those that other occurrences of the same word in the document show."""
        at, before, after = self.at, self.at - 1, self.at + 1
        cues = {name: (self.cues & bit) > 0 for name, bit in CUE.items()}
        given, surname = (self.names & GIVEN) > 0, (self.names & SURNAME) > 0
        shown = [
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
        ]
        known, which = np.unique(self.word[at], return_inverse=True)
        counts = [np.bincount(which, cue, minlength=len(known))[which] - cue for cue in shown]
        return shown, np.stack(counts, axis=1) > 0


def _hash(salt: int, parts: Sequence[Rows]) -> Rows:
    """Row of the table for each word; row 0 is kept for what is silent."""
    mixed: Rows = np.full(len(parts[0]), (salt * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF, np.uint32)
    for part in parts:
        mixed = (mixed ^ part) * np.uint32(0x85EBCA6B)
        mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0xC2B2AE35)
    rows: Rows = np.maximum(mixed >> np.uint32(32 - TABLE_BITS), np.uint32(1))
    return rows

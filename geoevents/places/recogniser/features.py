"""From the words of documents to the rows of a weight table, all words at once.

Only words that may be part of a name are looked at: capitalised words, and the small words between two of them ("Bank
of England", "Paris, Texas"). They form runs, and a run is what the model labels. Where capitals tell nothing (a text in
capitals, or without any) every word of a sentence is.

Each feature is a template over columns (this word, the word before, what the gazetteer says of both, …), hashed to a
row of the table. What is said of the same word elsewhere in the document ("Mr. Rhodes", "in Martin") is a feature too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geoevents.places.recogniser.vocabulary import (
    CAPITAL,
    COLUMN,
    COLUMNS,
    EDGE,
    GIVEN,
    JOINT,
    LETTER,
    LONG,
    SHOWN,
    SHOWS,
    STARTS,
    WORD,
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

_SHOWS_CASED: Final = ("shows before", "shows after")
_SHOWS_CASELESS: Final = ("shows before, caseless", "shows after, caseless")
_BEGIN, _INSIDE, _END = range(1, 4)
_HYPHENS: Final = frozenset("-–'’")
#: what is seen only where the word is a given name itself
_AFTER_GIVEN: Final = np.array(
    [0xFFFFFFFF if names & GIVEN else ~SHOWS["surname after"] & 0xFFFFFFFF for names in range(8)], np.uint32
)


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


def describe(
    words: Sequence[str], sentence_of: Ints, vocabulary: Vocabulary, *, cased: bool, lengths: Sequence[int] = ()
) -> Described:
    """Describe the words of a document, or of several one after the other.

    Parameters
    ----------
    sentence_of
        Number of the sentence of each word, ascending; no two documents share one.
    cased
        Whether capitals tell names.
    lengths
        How many words each document has; empty for one. A document is described as it would be alone.
    """
    if not cased:
        words = [caseless(word) for word in words]
    page = _Page(words, sentence_of, vocabulary, cased, lengths or (len(words),))
    return Described(page.table(), page.run, page.tokens)


def caseless(word: str) -> str:
    """Fold a word of a text whose capitals tell nothing: to lower case, but "U.S." stays what it is."""
    return word.upper() if "." in word[1:-1] else word.lower()


def _signs(capital: int) -> bytes:
    """One letter for each sum of traits, to read words with regular expressions.

    `s` is a word that may be (part of) a name and begins a longer one in the gazetteer, `c` any other such word; they
    are capitals where the word is long. `L` is a long word of another kind, `j` a joint, `.` any other word, a blank an
    edge.
    """

    def sign(traits: int) -> str:
        if not traits & WORD:
            return " "
        if traits & capital:
            name = "s" if traits & STARTS else "c"
            return name.upper() if traits & LONG else name
        return "j" if traits & JOINT else "L" if traits & LONG else "."

    return "".join(map(sign, range(256))).encode()


_CASED: Final = _signs(CAPITAL)
_CASELESS: Final = _signs(LETTER)
#: capitalised words, and one or two small words between two of them
_RUN: Final = re.compile(rb"[cCsS]+(?:j{1,2}[cCsS]+)*")
_SENTENCE: Final = re.compile(rb"[^ ]+")


class _Page:
    """Columns of documents' words with edges around every sentence, and the positions that may be part of a name."""

    def __init__(
        self, words: Sequence[str], sentence_of: Ints, vocabulary: Vocabulary, cased: bool, lengths: Sequence[int]
    ) -> None:
        self.words, self.vocabulary, self.sentence_of, self.cased = words, vocabulary, sentence_of, cased
        position = PAD * sentence_of
        position += np.arange(PAD, PAD + len(words))
        self.rows = np.zeros(int(position[-1]) + PAD + 1 if len(words) else PAD, np.int64)
        self.rows[position] = vocabulary(words)
        self.page = vocabulary.columns.take(self.rows, axis=0)
        traits = self._column("traits").astype(np.uint8).tobytes()
        self.signs = traits.translate(_CASED if cased else _CASELESS)
        if not cased:
            shape = self._column("shape")
            shape[np.frombuffer(traits, np.uint8) & LETTER > 0] = 1
        self._find_runs(position)
        self._part_documents(position, lengths)

    def _column(self, name: str) -> Rows:
        column: Rows = self.page[:, COLUMN[name]]
        return column

    # ---- runs ------------------------------------------------------------------------------------------------------

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Where each run begins and ends."""
        for found in (_RUN if self.cased else _SENTENCE).finditer(self.signs):
            first, end = found.span()
            while end - first > LONGEST_RUN:
                yield first, first + LONGEST_RUN
                first += LONGEST_RUN
            yield first, end

    def _find_runs(self, position: Ints) -> None:
        """Part the positions that may be part of a name into runs."""
        self.spans = list(self._runs())
        bounds = np.array(self.spans, np.int64).reshape(-1, 2)
        firsts, lengths = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
        ends = lengths.cumsum()
        self.run = np.arange(len(lengths)).repeat(lengths)
        order = np.arange(len(self.run))
        self.first = firsts.repeat(lengths)
        self.last = self.first + (lengths - 1).repeat(lengths)
        self.at = order + (firsts - ends + lengths).repeat(lengths)
        self.tokens = position.searchsorted(self.at)

    def _part_documents(self, position: Ints, lengths: Sequence[int]) -> None:
        """Find where each document ends: in the columns, and among the positions of runs."""
        words = np.cumsum(lengths)
        self.ends: list[int] = np.append(position, len(self.rows)).take(words).tolist()
        self.run_ends: list[int] = self.tokens.searchsorted(words).tolist()

    # ---- the gazetteer ---------------------------------------------------------------------------------------------

    def _find_names(self) -> None:
        """For each position, class of the longest gazetteer name that covers it times four, plus its place in it."""
        flags = self._column("gazetteer")
        flags *= np.uint32(4)
        signs, index = self.signs, 0
        tokens: list[int] = self.tokens.tolist()
        for begin, end in self.spans:
            index += end - begin
            if end == begin + 1:
                continue
            token = tokens[index - 1] - end + 1
            done = begin
            for at in range(begin, end - 1):
                if at < done or signs[at] not in b"sS":
                    continue
                length, kind = self._longest(token + at, token + end)
                if length:
                    done = at + length
                    flags[at:done] = kind * 4 + _INSIDE
                    flags[at], flags[done - 1] = kind * 4 + _BEGIN, kind * 4 + _END

    def _longest(self, first: int, end: int) -> tuple[int, int]:
        """Length and class of the longest name of several words that begins at `first`; 0 if there is none."""
        best, kind = 0, 0
        words, known = self.words, self.vocabulary.name
        name = words[first]
        for at in range(first + 1, min(end, first + LONGEST_NAME)):
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
        cues = self._document_cues()
        if cues.any():
            elsewhere = (cues & _SHOWN_BITS) > 0
            cued = table[len(TEMPLATES) : -1].reshape(2, len(SHOWN), -1)
            np.multiply(elsewhere, _CUE_ROWS, out=cued[0])
            np.multiply(elsewhere, _rows(_CUE_ROWS ^ (base[_COLUMN["g"]] * _MIX)), out=cued[1])
        np.multiply(self._seen_lower(), _rows(base[_COLUMN["opens"]] ^ _LOWER_ROW), out=table[-1])
        return table

    def _base(self) -> Rows:
        """Columns that the templates are made of, in the order of :data:`_BASE`."""
        at = self.at
        base = np.empty((len(_BASE), len(at)), np.uint32)
        cells = np.empty((len(_BESIDE_CELL) + len(_OF_RUN), len(at)), np.int64)
        np.add(at * len(COLUMNS), _BESIDE_CELL, out=cells[: len(_BESIDE_CELL)])
        for cell, (end, column) in zip(cells[len(_BESIDE_CELL) :], _OF_RUN, strict=True):
            np.add((self.last if end else self.first) * len(COLUMNS), column, out=cell)
        self.page.ravel().take(cells, out=base[: len(cells)], mode="clip")
        where, opens, title = base[len(cells) :]
        np.equal(at, self.first, out=where)
        where += np.uint32(2) * (at == self.last)
        np.equal(self.rows.take(at - 1), EDGE, out=opens)
        title[:] = self._headlines().take(self.sentence_of.take(self.tokens))
        return base

    def _headlines(self) -> npt.NDArray[np.bool_]:
        """Whether each sentence is in title case."""
        titles = []
        for words in self.signs[PAD:-PAD].split(b" " * PAD):
            capitals = words.count(b"C") + words.count(b"S")
            long = capitals + words.count(b"L") if capitals else 0
            titles.append(long >= HEADLINE_WORDS and capitals >= HEADLINE_SHARE * long)
        return np.array(titles)

    def _seen_lower(self) -> npt.NDArray[np.bool_]:
        """Whether the document has the word in lower case too."""
        folded = self._column("folded")
        lower = self._column("traits") & (CAPITAL if self.cased else LETTER) == 0
        words, found = folded.take(self.at), np.empty(len(self.at), np.bool_)
        seen = np.zeros(self.vocabulary.foldings + 1, np.bool_)
        begin = first = 0
        for end, last in zip(self.ends, self.run_ends, strict=True):
            here = folded[begin:end][lower[begin:end]]
            seen[here] = True
            seen.take(words[first:last], out=found[first:last])
            seen[here] = False
            begin, first = end, last
        return found

    def _document_cues(self) -> Rows:
        """Cues that other occurrences of the same word in the document show, as bits of :data:`SHOWS`."""
        at = self.at
        before, after = _SHOWS_CASED if self.cased else _SHOWS_CASELESS
        shown = self._column(after).take(at + 1) & _AFTER_GIVEN.take(self._column("names").take(at))
        shown |= self._column(before).take(at - 1)
        words: list[int] = self._column("folded").take(at).tolist()
        bits: list[int] = shown.tolist()
        cues: list[int] = []
        first = 0
        for last in self.run_ends:
            cues += _of_others(words[first:last], bits[first:last])
            first = last
        return np.array(cues, np.uint32)


def _of_others(words: Sequence[int], bits: Sequence[int]) -> list[int]:
    """Bits that the same words have elsewhere in the list."""
    once: dict[int, int] = {}
    twice: dict[int, int] = {}
    for word, own in zip(words, bits, strict=True):
        so_far = once.get(word)
        if so_far is None:
            once[word] = own
        else:
            once[word] = so_far | own
            twice[word] = twice.get(word, 0) | so_far & own
    if not twice:
        return [0] * len(words)
    return [twice[word] | once[word] & ~own if word in twice else 0 for word, own in zip(words, bits, strict=True)]


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
_BESIDE_CELL: Final = np.array([COLUMN[name] + offset * len(COLUMNS) for name, offset in _BESIDE.values()])[:, None]
#: for "head", "before" and "after": whether counted from the run's last word, and the cell from there
_OF_RUN: Final = ((True, COLUMN["cues"]), (False, COLUMN["word"] - len(COLUMNS)), (True, COLUMN["word"] + len(COLUMNS)))
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
_MIX: Final = np.uint32(0x85EBCA6B)
_LAST_MIX: Final = np.uint32(0xC2B2AE35)
_HALF: Final = np.uint32(15)
_DROPPED: Final = np.uint32(32 - TABLE_BITS)
_FIRST: Final = np.uint32(1)
_LOWER_ROW: Final = np.uint32(hashed("in lower case too"))


def _hash(base: Rows, out: Rows) -> None:
    """Fill in the row of the table for each template and word."""
    out[:] = _SALTS
    for length, parts in zip(_LENGTHS, _PARTS, strict=True):
        mixed = out[:length]
        mixed ^= base.take(parts, axis=0)
        mixed *= _MIX
        mixed ^= mixed >> _HALF
    out[:] = _rows(out)


def _rows(mixed: Rows) -> Rows:
    """Rows of the table; row 0 is kept for what is silent."""
    rows: Rows = mixed * _LAST_MIX
    rows >>= _DROPPED
    return np.maximum(rows, _FIRST, out=rows)

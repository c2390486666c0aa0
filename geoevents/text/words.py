"""The words of a document, read once and shared by every lexicon.

A hyphen neither joins nor parts ("car-bomb" and "car bomb", "al-Shabaab" and "al Shabaab" are the same words), an
apostrophe parts ("Shi'ite" is two words, in texts and in the lexicon alike), and "'s" is a word of its own. Entries of
a lexicon are read by the same rules, so that spelling variants need no rows.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise, repeat
from typing import Final

from geoevents.model import Span

#: initials with points | letters and digits | possessive | a mark that parts clauses | a dash between numbers.
#: Every branch takes at least one character and can give back at most one: linear.
_WORD: Final = re.compile(
    r"[^\W\d_]\.(?:[^\W\d_]\.)+|\w+|['’]s\b|[.,;:!?()\[\]\"“”–—…]|-(?=-)|(?<=-)-|(?<=\d)[-/](?=\d)"
)
#: pieces between white space whose words are kept: at most so many, and none longer than this
_MOST_KEPT: Final = 200_000
_LONGEST_KEPT: Final = 30
_kept: Final[dict[str, tuple[tuple[str, int, int], ...]]] = {}
#: those of them that are one word, as most are
_whole: Final[dict[str, str]] = {}
_SHOUT_LETTERS: Final = 12  # a capital sentence with fewer letters is an abbreviation or a place line, not shouting


@dataclass(frozen=True, slots=True)
class Words:
    """Words and marks of one text, in order, with where they stand.

    Attributes
    ----------
    text
        The text that all offsets point into.
    lower
        Each word in lower case without accents; "'s" for any possessive ending.
    starts, ends
        Offsets of each word in `text`.
    sentences
        Range of words of each sentence.
    sentence_of
        Sentence of each word.
    shouted
        Whether a sentence is written in capitals, so that capitals tell no names.
    """

    text: str
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[range, ...]
    sentence_of: tuple[int, ...]
    shouted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.lower)

    def span(self, first: int, stop: int) -> Span:
        """Offsets of the words ``first`` to ``stop - 1``; an empty span where there are none."""
        if first >= stop:
            at = self.starts[first] if first < len(self.starts) else len(self.text)
            return Span(at, at)
        return Span(self.starts[first], self.ends[stop - 1])

    def surface(self, first: int, stop: int) -> str:
        """Text from word `first` to word ``stop - 1``, as written."""
        start, end = self.span(first, stop)
        return self.text[start:end]

    def capital(self, index: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.text[self.starts[index]].isupper()

    def acronym(self, index: int) -> bool:
        """Whether a word is written in capitals throughout ("ISIS", "F.B.I.")."""
        word = self.text[self.starts[index] : self.ends[index]]
        return len(word) > 1 and word.isupper()


def read_words(text: str, sentences: Sequence[tuple[int, int]] = ()) -> Words:
    """Words of `text`; without sentence spans the whole text is one sentence.

    Spans must be in order; a word between two sentences belongs to the first.
    """
    lower: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    find, whole, at = text.find, _whole.get, 0
    for piece in text.split():
        at = find(piece, at)
        known = whole(piece)
        if known is not None:
            lower.append(known)
            starts.append(at)
            at += len(piece)
            ends.append(at)
            continue
        for word, start, end in _kept.get(piece) or _parted(piece):
            lower.append(word)
            starts.append(at + start)
            ends.append(at + end)
        at += len(piece)
    bounds = list(sentences) or [(0, len(text))]
    edges = [0, *(bisect_left(starts, start) for start, _ in bounds[1:]), len(starts)]
    ranges = tuple(range(a, b) for a, b in pairwise(edges))
    return Words(
        text,
        tuple(lower),
        tuple(starts),
        tuple(ends),
        ranges,
        tuple(chain.from_iterable(map(repeat, count(), map(len, ranges)))),
        tuple([_is_shouted(text[start:end]) for start, end in bounds]),
    )


def _parted(piece: str) -> tuple[tuple[str, int, int], ...]:
    """Words of a piece without white space, with their offsets in it; no word reaches across white space."""
    words = []
    for match in _WORD.finditer(piece):
        word = match.group().lower()
        words.append((word if word.isascii() else _plain(word), match.start(), match.end()))
    if len(piece) <= _LONGEST_KEPT:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
            _whole.clear()
        _kept[piece] = tuple(words)
        if len(words) == 1 and words[0][1:] == (0, len(piece)):
            _whole[piece] = words[0][0]
    return tuple(words)


def split(phrase: str) -> tuple[str, ...]:
    """Words of a lexicon entry, by the rules texts are read by; marks are left out."""
    found = (match.group().lower() for match in _WORD.finditer(phrase))
    return tuple(_plain(word) for word in found if word[0].isalnum() or len(word) == 2)


def _plain(word: str) -> str:
    if word == "’s":
        return "'s"
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word


def _is_shouted(sentence: str) -> bool:
    return sentence.isupper() and sum(map(str.isalpha, sentence[:200])) >= _SHOUT_LETTERS

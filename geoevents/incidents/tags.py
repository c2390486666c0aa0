"""What each word of a sentence is: the first step from text to what was counted.

One tag a word (the closed classes are explained in ``data/function_words.txt``):

====  ===============================================  ====  ====================================
0     number in digits or words                        X     capitalised word no list knows
v     vague number ("dozens")                          x     other word no list knows
o     ordinal                                          L     word of a resolved place
P p   noun for people, plural and singular             j     people or nation ("Iraqi")
g     noun for a group ("family")                      T     noun for things, and numbers of things
E     month or weekday                                 R     adverb (also any word in -ly)
K G   harm: participle; -ing form                      V     other verb (also any word in -ed)
W Y   harm: other verb forms; verbs of dying           Z M   harm: adjectives; nouns of the event
B     harm: nouns for those harmed                     ~     rest of a phrase after its first word
,     and other marks: themselves
====  ===============================================  ====  ====================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geoevents.incidents.lexicon import Entry, Phrases, lexicon
from geoevents.text.rarity import rarity
from geoevents.text.words import Words

#: small words inside names ("Ahmed bin Said", "Lopez de la Cruz"): names after a name, or before one when hyphenated
_PARTICLES: Final = frozenset(
    "bin bint ibn abu umm um abd abdul abdel al el as an ar ad at az ash ul ur de del da dos di la las los von van der "
    "den y e".split()
)
_UNKNOWN: Final = Entry("x")
_NAME: Final = Entry("X")
_PLACE: Final = Entry("L")
_ADVERB: Final = Entry("R")
_VERB: Final = Entry("V")
_MODIFIER: Final = Entry("m")
_DIGITS: Final = Entry("0")
_MONTH: Final = Entry("E")
_REST: Final = Entry("~")
_MARKS: Final[Mapping[str, Entry]] = {
    **{mark: Entry(mark) for mark in ",.;:!?()[]"},
    **dict.fromkeys("-–—/", Entry("-")),
    **dict.fromkeys('"“”', Entry('"')),
    "…": Entry("."),
}
_PLACE_MAY_HIDE: Final = frozenset("XxjmTpoVJi")
#: words that make an adjective of the name they are tied to
_TAILS: Final = frozenset(
    "led backed based born owned run style controlled held funded trained linked affiliated".split()
)
_AGE: Final = frozenset("year years month months day days week weeks".split())


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of one sentence with their tags; all sequences are of one length.

    Attributes
    ----------
    first
        Index of the sentence's first word among the document's words.
    starts, ends
        Offsets in `text`, which is the whole document's.
    """

    text: str
    first: int
    lower: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    entries: Sequence[Entry]

    def __len__(self) -> int:
        return len(self.lower)


def read_tags(words: Words, sentence: range, places: Mapping[int, int]) -> Tagged:
    """Tag the words of one sentence.

    Parameters
    ----------
    places
        First word of each resolved place → the word after its last, by index in `words`.
    """
    part = slice(sentence.start, sentence.stop)
    entries = _entries(words, sentence, places)
    return Tagged(words.text, sentence.start, words.lower[part], words.starts[part], words.ends[part], entries)


def _entries(words: Words, sentence: range, places: Mapping[int, int]) -> list[Entry]:
    known, phrases = lexicon().words, lexicon().phrases
    lower = words.lower
    shouted = bool(sentence) and words.shouted[words.sentence_of[sentence.start]]
    entries: list[Entry] = []
    index = sentence.start
    while index < sentence.stop:
        place_end = places.get(index)
        if place_end is not None:
            entries.extend([_PLACE] * (min(place_end, sentence.stop) - index))
            index = place_end
            continue
        word = lower[index]
        if word in phrases and (found := _phrase(phrases[word], lower, index)):
            entry, length = found
            entries.append(entry)
            entries.extend([_REST] * (length - 1))
            index += length
            continue
        if word == "may" and _is_month(words, index, sentence):
            entries.append(_MONTH)
            index += 1
            continue
        if word in _TAILS and index > sentence.start and _is_hyphenated(words, index):
            entries.append(_MODIFIER)  # "U.S.-led"
            index += 1
            continue
        entry_or_none = known.get(word)
        if entry_or_none is None:
            entry_or_none = _guess(words, index, entries, shouted=shouted)
        elif entry_or_none.tag == "0" and _is_compound(words, index):
            entry_or_none = _MODIFIER
        elif entry_or_none.harm and index > sentence.start and not shouted and _is_lone_capital(words, index, sentence):
            entry_or_none = _NAME  # "shot Mr Lynch"
        entries.append(entry_or_none)
        index += 1
    del entries[len(sentence) :]  # a place or phrase that runs over the sentence's end
    return entries


def _phrase(candidates: Phrases, lower: Sequence[str], index: int) -> tuple[Entry, int] | None:
    for rest, entry in candidates:
        if lower[index + 1 : index + 1 + len(rest)] == rest:
            return entry, len(rest) + 1
    return None


def _is_month(words: Words, index: int, sentence: range) -> bool:
    """Whether a "May" is the month: a number stands beside it."""
    beside = (
        words.lower[max(sentence.start, index - 1) : index] + words.lower[index + 1 : min(index + 2, sentence.stop)]
    )
    return words.capital(index) and any(word[0].isdecimal() for word in beside)


def _is_lone_capital(words: Words, index: int, sentence: range) -> bool:
    """Whether a word has a capital of its own, in no headline: its neighbours have none."""
    if not words.capital(index):
        return False
    beside = [near for near in (index - 1, index + 1) if sentence.start < near < sentence.stop]
    return not any(words.capital(near) for near in beside)


def _is_hyphenated(words: Words, index: int) -> bool:
    """Whether a hyphen ties a word to the one before it."""
    return words.starts[index] == words.ends[index - 1] + 1 and words.text[words.ends[index - 1]] == "-"


def _is_compound(words: Words, index: int) -> bool:
    """Whether a number word is half of a compound that counts something else ("three-storey", "four-member")."""
    after = index + 1
    if after >= len(words) or words.starts[after] != words.ends[index] + 1 or words.text[words.ends[index]] != "-":
        return False
    entry = lexicon().words.get(words.lower[after])
    return words.lower[after] not in _AGE and (entry is None or entry.tag != "0")


def _guess(words: Words, index: int, before: Sequence[Entry], *, shouted: bool) -> Entry:
    """Entry of a word no list has, from its shape."""
    word = words.lower[index]
    mark = _MARKS.get(word)
    if mark is not None:
        return mark
    if words.text[words.starts[index]].isdecimal():
        return _DIGITS
    if not shouted and words.capital(index):
        return _NAME
    if word in _PARTICLES and not shouted and ((before and before[-1] is _NAME) or _leads_name(words, index)):
        return _NAME
    if word.endswith("ly"):
        return _ADVERB
    if word.endswith("ed"):
        return _VERB
    if shouted and _is_rare(word):
        named = bool(before) and before[-1].tag in "XpJ"
        if named or (index + 1 < len(words) and _is_rare(words.lower[index + 1])):
            return _NAME
    return _UNKNOWN


#: in capitals, two words side by side that are rarer than this in news, and in no list, are taken for a name
_RARE: Final = 4.0


def _is_rare(word: str) -> bool:
    """Whether a word may be a name where capitals tell nothing: rare, in no list, and in no verb's form."""
    return (
        word.isalpha()
        and not word.endswith(("ed", "ing", "ly"))
        and word not in lexicon().words
        and (rarity(word) >= _RARE)
    )


def _leads_name(words: Words, index: int) -> bool:
    """Whether a small word is tied to a capital by a hyphen ("al-Jubouri")."""
    after = index + 1
    return (
        after < len(words)
        and words.starts[after] == words.ends[index] + 1
        and words.text[words.ends[index]] in "-'’‘"
        and words.capital(after)
    )

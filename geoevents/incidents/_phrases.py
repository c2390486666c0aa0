"""Many phrases found in one pass: a tree of words, the longest phrase at each word wins.

A row of a lexicon is a pattern that stands for several phrases: ``open* fire (on|at)?`` is every form of *open*, then
*fire*, then *on*, *at* or nothing; see :func:`expand`. Patterns are written out when a lexicon is loaded; a text is
then read with one dictionary look-up a word, whatever the size of the lexicon.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from geoevents.incidents._tables import table
from geoevents.text.words import split

Form = Literal["base", "third", "ing", "past", "participle", "past or participle", "noun"]
"""Form of the verb in a phrase; ``noun`` where it has none."""
Payload = TypeVar("Payload")

_PIECE: Final = re.compile(r"\(([^()]*)\)([?~]?)|(\S+)")
_END: Final = ""  # no word is empty: the payload of a phrase stands under it
GAP: Final = "_"
_GAP_WORDS: Final = 4
#: what a gap may hold: articles, numbers and the adjectives that stand before weapons, bodies and places
_FILLERS: Final = frozenset(
    "a an the his her its their some any several many two three four five six seven eight nine ten dozen dozens scores "
    "of at least more than about around nearly over up to as large huge small big powerful heavy homemade crude "
    "improvised "
    "explosive explosives laden second third another other new whole entire hundreds thousands numerous multiple "
    "mutilated decapitated headless charred dead burned planned suspected alleged major full complete total partial "
    "temporary unilateral humanitarian permanent immediate joint strategic key northern southern eastern western "
    "central nearby small border rebel held military army police government deadly series both all most and or own "
    "surface to surface long short range anti tank hand live stray roadside remote controlled".split()
)
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh", "o")
_VOWELS: Final = "aeiou"
_Part = tuple[tuple[str, ...], Form | None]


class Variant(NamedTuple):
    """One phrase that a pattern stands for, with the form of its verb ("noun" where it has none)."""

    words: tuple[str, ...]
    form: Form


def expand(pattern: str) -> list[Variant]:
    """Write out a pattern.

    ``verb*`` is every form of a verb, ``noun~`` one or many, ``(a|b c)`` one of several, ``(a|b)~`` the same, each one
    or many, ``(a)?`` may be missing, ``_`` is a gap of up to four articles, numbers and the like.
    """
    slots: list[list[_Part]] = []
    for choice, mark, word in _PIECE.findall(pattern):
        parts = [part for option in (choice or word).split("|") for part in _option(option + mark.strip("?"))]
        slots.append([*parts, ((), None)] if mark == "?" else parts)
    return [_joined(combination) for combination in product(*slots)]


def _option(option: str) -> list[_Part]:
    words = [_word(word) for word in option.split()]
    return [_joined(combination) for combination in product(*words)]


def _word(word: str) -> list[_Part]:
    if word == GAP:
        return [((GAP,), None)]
    if word.endswith("*"):
        return [(split(text), form) for text, form in inflect(word[:-1])]
    if word.endswith("~"):
        return [(split(word[:-1]), None), (split(plural(word[:-1])), None)]
    return [(split(word), None)]


def _joined(parts: Iterable[tuple[tuple[str, ...], Form | None]]) -> Variant:
    parts = tuple(parts)
    form: Form = next((form for _, form in parts if form and form != "noun"), "noun")
    return Variant(tuple(word for words, _ in parts for word in words), form)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        row["verb"]: (tuple(row["past"].split()), tuple(row["participle"].split())) for row in table("irregular_verbs")
    }


def inflect(verb: str) -> list[tuple[str, Form]]:
    """All forms of a verb, each with its name."""
    stem = verb[:-1] if verb.endswith("e") else verb
    y = verb.endswith("y") and verb[-2] not in _VOWELS
    third = f"{verb[:-1]}ies" if y else f"{verb}es" if verb.endswith(_SIBILANTS) else f"{verb}s"
    double = verb + verb[-1] if _doubles(verb) else verb
    gerund = (verb if verb.endswith(("ee", "ye", "oe")) else double if double != verb else stem) + "ing"
    if verb.endswith("ie"):
        gerund = f"{verb[:-2]}ying"
    forms: list[tuple[str, Form]] = [(verb, "base"), (third, "third"), (gerund, "ing")]
    if verb in _irregular():
        past, participle = _irregular()[verb]
        both = [word for word in past if word in participle]
        forms += [(word, "past or participle") for word in both if word != verb]
        forms += [(word, "past") for word in past if word not in participle]
        forms += [(word, "participle") for word in participle if word not in past and word != verb]
        return forms
    return [*forms, (f"{verb[:-1]}ied" if y else f"{double if double != verb else stem}ed", "past or participle")]


def _doubles(verb: str) -> bool:
    """Whether the last consonant of a short verb is written twice ("stab", "stabbed")."""
    vowels = [c in _VOWELS for c in verb]
    return len(verb) > 2 and vowels[-3:] == [False, True, False] and sum(vowels) == 1 and verb[-1] not in "wxy"


def plural(noun: str) -> str:
    """Regular plural of a noun."""
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return f"{noun[:-1]}ies"
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    return f"{noun}es" if noun.endswith(_SIBILANTS[:-1]) else f"{noun}s"


class Found(NamedTuple, Generic[Payload]):
    """Phrase in a text: the words ``first`` to ``stop - 1``."""

    first: int
    stop: int
    payload: Payload


class PhraseTable(Generic[Payload]):
    """Phrases to payloads; where two rows have the same phrase the first one counts."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], Payload]]) -> None:
        self._root: dict[str, Any] = {}
        self.size = 0
        for words, payload in phrases:
            node = self._root
            for word in words:
                node = node.setdefault(word, {})
            if words and _END not in node:
                node[_END] = payload
                self.size += 1

    def find(self, lower: tuple[str, ...]) -> Iterator[Found[Payload]]:
        """Phrases in order, the longest at each word, without overlaps."""
        root = self._root
        free = 0
        for first in [i for i, word in enumerate(lower) if word in root]:
            if first >= free and (found := self.at(lower, first)) is not None:
                free = found.stop
                yield found

    def at(self, lower: tuple[str, ...], first: int) -> Found[Payload] | None:
        """Longest phrase that begins at the word `first`."""
        return self._longest(self._root, lower, first, first)

    def _longest(self, node: dict[str, Any], lower: tuple[str, ...], first: int, at: int) -> Found[Payload] | None:
        best: Found[Payload] | None = None
        for stop in range(at, min(at + _LONGEST, len(lower)) + 1):
            if _END in node:
                best = Found(first, stop, node[_END])
            if GAP in node:
                best = self._over_gap(node[GAP], lower, first, stop) or best
            following = node.get(lower[stop]) if stop < len(lower) else None
            if following is None:
                break
            node = following
        return best

    def _over_gap(self, node: dict[str, Any], lower: tuple[str, ...], first: int, at: int) -> Found[Payload] | None:
        """Phrase that goes on after a gap; a pattern has one gap at most, so this nests no deeper."""
        for start in range(at, min(at + _GAP_WORDS, len(lower) - 1) + 1):
            if lower[start] in node and (found := self._longest(node, lower, first, start)):
                return found
            if lower[start] not in _FILLERS and not lower[start].isdigit():
                return None
        return None


_LONGEST: Final = 12  # words of the longest phrase of any table

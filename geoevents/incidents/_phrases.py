"""Many phrases found in one pass: a tree of words, the longest phrase at each word wins.

A row of a lexicon is a pattern that stands for several phrases: ``open* fire (on|at)?`` is every form of *open*, then
*fire*, then *on*, *at* or nothing; see :func:`expand`. Patterns are written out when a lexicon is loaded; a text is
then read with one dictionary look-up a word, whatever the size of the lexicon.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, count, product
from operator import itemgetter
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from geoevents.incidents._tables import table, word_set
from geoevents.text.words import split

Form = Literal["base", "third", "ing", "past", "participle", "past or participle", "base or past", "noun"]
"""Form of the verb in a phrase; ``base or past`` for "hit" and "cut", ``noun`` where it has none."""
Payload = TypeVar("Payload")

_PIECE: Final = re.compile(r"\(([^()]*)\)([?~]?)|(\S+)")
_END: Final = ""  # no word is empty: the payload of a phrase stands under it
GAP: Final = "_"
WIDE: Final = "__"
_WIDE_WORDS: Final = 5
_GAP_ENDS: Final = word_set("gap ends")
_GAP_WORDS: Final = 4
#: what a gap may hold: articles, numbers and the adjectives that stand before weapons, bodies and places
_FILLERS: Final = word_set("fillers")
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh", "o")
_VOWELS: Final = "aeiou"


class Variant(NamedTuple):
    """One phrase that a pattern stands for, with the form of its verb ("noun" where it has none)."""

    words: tuple[str, ...]
    form: Form


class _Slot(NamedTuple):
    """One place of a pattern: its variants by their first word; a gap has none, but may be wide."""

    variants: dict[str, list[Variant]]
    optional: bool
    wide: bool = False


def expand(pattern: str) -> list[Variant]:
    """Write out a pattern without gaps.

    ``verb*`` is every form of a verb, ``noun~`` one or many, ``(a|b c)`` one of several, ``(a|b)~`` the same, each one
    or many, ``(a)?`` may be missing; ``_`` is a gap of up to four articles, numbers and the like, ``__`` one of up to
    five words of any kind.
    """
    choices = [[v for many in slot.variants.values() for v in many] for slot in _slots(pattern)]
    for slot, options in zip(_slots(pattern), choices, strict=True):
        options += [Variant((), "noun")] if slot.optional else []
    return [_joined(combination) for combination in product(*choices)]


def _slots(pattern: str) -> list[_Slot]:
    slots = []
    for choice, mark, word in _PIECE.findall(pattern):
        if word in (GAP, WIDE):
            slots.append(_Slot({}, optional=True, wide=word == WIDE))
            continue
        variants: dict[str, list[Variant]] = {}
        for option in (choice or word).split("|"):
            for variant in _option(option + mark.strip("?")):
                variants.setdefault(variant.words[0], []).append(variant)
        slots.append(_Slot(variants, optional=mark == "?"))
    return slots


def _option(option: str) -> list[Variant]:
    return [_joined(combination) for combination in product(*(_word(word) for word in option.split()))]


def _word(word: str) -> list[Variant]:
    if word.endswith("*"):
        return [Variant(split(text), form) for text, form in inflect(word[:-1])]
    if word.endswith("~"):
        return [Variant(split(word[:-1]), "noun"), Variant(split(plural(word[:-1])), "noun")]
    return [Variant(split(word), "noun")]


def _joined(parts: Iterable[Variant]) -> Variant:
    parts = tuple(parts)
    form: Form = next((part.form for part in parts if part.form != "noun"), "noun")
    return Variant(tuple(word for part in parts for word in part.words), form)


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
        if verb in past:
            forms[0] = (verb, "base or past")
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


class Reading(NamedTuple, Generic[Payload]):
    """What a phrase stands for, and the form of its verb."""

    payload: Payload
    form: Form


class Found(NamedTuple, Generic[Payload]):
    """A phrase in a text: the words ``first`` to ``stop - 1``, and all that it stands for, first row first."""

    first: int
    stop: int
    readings: tuple[Reading[Payload], ...]

    @property
    def payload(self) -> Payload:
        """Payload of the first row."""
        return self.readings[0].payload


class _Row(NamedTuple, Generic[Payload]):
    number: int
    slots: list[_Slot]
    payload: Payload
    needs: frozenset[str]  # one of these words stands within reach, or the row cannot fit
    seconds: frozenset[str] | None  # the second word is one of these; None where it may be any, or missing


class _End(NamedTuple, Generic[Payload]):
    """Where phrases of the tree end: number of the first row, and the readings of all."""

    number: int
    readings: tuple[Reading[Payload], ...]


class PhraseTable(Generic[Payload]):
    """Patterns to payloads.

    Plain phrases stand in a tree of words; a pattern with a gap or many variants is kept slot by slot and looked at
    where its first word is met.
    """

    def __init__(self, rows: Iterable[tuple[str, Payload]]) -> None:
        self._root: dict[str, Any] = {}
        self._rows: dict[str, list[_Row[Payload]]] = {}
        for number, (pattern, payload) in enumerate(rows):
            if _SPECIAL.isdisjoint(pattern):
                self._plant(Variant(split(pattern), "noun"), number, payload)
                continue
            slots = _slots(pattern)
            if _is_small(slots):
                for variant in expand(pattern):
                    self._plant(variant, number, payload)
            else:
                needs = _needed(slots)
                for word in _first_words(slots):
                    row = _Row(number, slots, payload, needs, _second_words(slots, word))
                    self._rows.setdefault(word, []).append(row)
        self._starts = {word: self._seconds(word) for word in (*self._root, *self._rows)}

    def _seconds(self, word: str) -> frozenset[str] | None:
        """Second words of the phrases that begin with `word`; None where it may stand alone, or before any."""
        seconds = frozenset(self._root.get(word, ()))
        if _END in seconds:
            return None
        for row in self._rows.get(word, ()):
            if row.seconds is None:
                return None
            seconds |= row.seconds
        return seconds

    def _plant(self, variant: Variant, number: int, payload: Payload) -> None:
        node = self._root
        for word in variant.words:
            node = node.setdefault(word, {})
        end = node.get(_END)
        reading = Reading(payload, variant.form)
        node[_END] = _End(end.number, (*end.readings, reading)) if end else _End(number, (reading,))

    def find(self, lower: Sequence[str], within: range | None = None) -> Iterator[Found[Payload]]:
        """Phrases in order, the longest at each word, without overlaps; of the words `within` only, where given."""
        starts = self._starts
        free = 0
        among, part = (count(), lower) if within is None else (within, lower[within.start : within.stop])
        last = len(lower) - 1
        for first in compress(among, map(starts.__contains__, part)):
            if first < free:
                continue
            seconds = starts[lower[first]]
            if seconds is not None and (first == last or lower[first + 1] not in seconds):
                continue
            if (found := self.at(lower, first)) is not None:
                free = found.stop
                yield found

    def at(self, lower: Sequence[str], first: int) -> Found[Payload] | None:
        """Longest phrase that begins at the word `first`."""
        node: dict[str, Any] | None = self._root
        best, end = first, None
        for stop in range(first, min(first + _LONGEST, len(lower))):
            node = node.get(lower[stop]) if node else None
            if node is None:
                break
            if _END in node:
                best, end = stop + 1, node[_END]
        if lower[first] in self._rows:
            return self._with_rows(lower, first, best, end)
        return Found(first, best, end.readings) if end else None

    def _with_rows(
        self, lower: Sequence[str], first: int, best: int, end: "_End[Payload] | None"
    ) -> Found[Payload] | None:
        readings = [(end.number, end.readings)] if end else []
        second = lower[first + 1] if first + 1 < len(lower) else ""
        ahead: frozenset[str] | None = None
        for row in self._rows[lower[first]]:
            if row.seconds is not None and second not in row.seconds:
                continue
            ahead = ahead or frozenset(lower[first : first + _FURTHEST])
            if row.needs.isdisjoint(ahead):
                continue
            stop, form = _match(row.slots, 0, lower, first, "noun")
            if stop > best:
                best, readings = stop, []
            if stop == best > first:
                readings.append((row.number, (Reading(row.payload, form),)))
        if not readings:
            return None
        return Found(first, best, tuple([r for _, some in sorted(readings, key=itemgetter(0)) for r in some]))


def _is_small(slots: list[_Slot]) -> bool:
    size = 1
    for slot in slots:
        size *= sum(map(len, slot.variants.values())) + slot.optional
    return size <= _SMALL and all(slot.variants for slot in slots)


_SPECIAL: Final = frozenset("(|*~_?")
_LONGEST: Final = 12  # words of the longest phrase of any table
_FURTHEST: Final = 24  # words from a pattern's first word to the first of its last part, gaps and all
_SMALL: Final = 120  # variants up to which a pattern is written out; more would only cost time to load
_NONE: Final[tuple[int, Form]] = (-1, "noun")


def _first_words(slots: list[_Slot]) -> set[str]:
    words: set[str] = set()
    for slot in slots:
        words.update(slot.variants)
        if not slot.optional:
            break
    return words


def _second_words(slots: list[_Slot], first: str) -> frozenset[str] | None:
    """Words that can follow `first` where a row begins with it; None where any can, or where it may end there."""
    found: set[str] = set()
    for number, slot in enumerate(slots):
        for variant in slot.variants.get(first, ()):
            if len(variant.words) > 1:
                found.add(variant.words[1])
                continue
            for following in slots[number + 1 :]:
                if not following.variants:
                    return None
                found.update(following.variants)
                if not following.optional:
                    break
            else:
                return None
        if not slot.variants:
            return None
        if not slot.optional:
            break
    return frozenset(found)


def _needed(slots: list[_Slot]) -> frozenset[str]:
    """First words of the last slot that must be filled: where none is near, the rest need not be tried."""
    return frozenset(next(slot.variants for slot in reversed(slots) if slot.variants and not slot.optional))


def _fills(word: str, *, wide: bool) -> bool:
    if wide:
        return (word[0].isalnum() or word == "'s") and word not in _GAP_ENDS
    return word in _FILLERS or word.isdigit()


def _match(slots: list[_Slot], number: int, lower: Sequence[str], at: int, form: Form) -> tuple[int, Form]:
    """Furthest word that the slots from `number` on reach, and the form of the verb met; -1 where they do not fit."""
    if number == len(slots):
        return at, form
    slot = slots[number]
    best = _NONE
    if not slot.variants:
        for start in range(at, min(at + (_WIDE_WORDS if slot.wide else _GAP_WORDS), len(lower) - 1) + 1):
            best = max(best, _match(slots, number + 1, lower, start, form), key=itemgetter(0))
            thousands = lower[start] == "," and lower[start - 1].isdigit()
            if best[0] >= 0 or not (thousands or _fills(lower[start], wide=slot.wide)):
                break
        return best
    for words, met in slot.variants.get(lower[at], ()) if at < len(lower) else ():
        if lower[at : at + len(words)] == words:
            found = _match(slots, number + 1, lower, at + len(words), form if met == "noun" else met)
            best = max(best, found, key=itemgetter(0))
    if slot.optional:
        best = max(best, _match(slots, number + 1, lower, at, form), key=itemgetter(0))
    return best

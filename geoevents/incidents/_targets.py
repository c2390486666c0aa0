"""What was aimed at, read from the noun phrase where an act leads: "opened fire on [a tea stall]"."""

from collections.abc import Iterator
from typing import Final, Protocol

from geoevents.incidents._tables import word_set
from geoevents.incidents.kinds import finite_verbs, weapon_words
from geoevents.text.words import Words

_ENDS: Final = word_set("phrase ends") | finite_verbs()
_MODIFIERS: Final = word_set("modifiers")
_PRONOUNS: Final = word_set("pronouns")
_ANYBODY: Final = word_set("anybody")
_AUXILIARIES: Final = word_set("auxiliaries") | word_set("between aux") | {"not", "to"}
_LONGEST: Final = 4  # words of a noun phrase that are kept, from its head backwards
_REACH: Final = 4  # words from an act to the phrase it leads to


class Led(Protocol):
    """A trigger, as far as its words and the one who suffers go."""

    @property
    def first(self) -> int:
        """Its first word."""
        ...

    @property
    def stop(self) -> int:
        """The word after its last."""
        ...

    @property
    def patient(self) -> range:
        """Words to search for the one who suffers."""
        ...


def noun_phrases(words: Words, trigger: Led) -> Iterator[range]:
    """Phrases that may name the target, the likeliest first; what names nobody in particular is passed over."""
    inside = _inside(words, trigger)
    if inside and not _is_anybody(words, inside):
        yield inside
    where = trigger.patient
    if not where:
        return
    found = _before(words, where) if where.step < 0 else _after(words, where.start, where.stop)
    if found and where.step > 0 and where.start - trigger.stop > _REACH:
        found = None
    if found and not _is_anybody(words, found):
        yield found
    start = found.stop if found and where.step > 0 else trigger.stop
    yield from _places(words, start, words.sentences[words.sentence_of[trigger.first]].stop)


_PLACING: Final = frozenset("at outside inside near beside on in into among".split())


def _inside(words: Words, trigger: Led) -> range | None:
    """Read the object of "burned a primary school", which is one phrase of the lexicon."""
    for at in range(trigger.first + 1, trigger.stop):
        if words.lower[at] in _MODIFIERS or words.lower[at].isdigit():
            return _after(words, at, trigger.stop)
    return None


def _places(words: Words, start: int, stop: int) -> Iterator[range]:
    """Read "outside a bakery" and "at a cattle market" close behind."""
    for at in range(start, min(start + _REACH, stop)):
        if not words.lower[at][0].isalnum():
            return
        if words.lower[at] in _PLACING:
            at += 2 if words.lower[at + 1 : at + 3] == ("front", "of") else 0
            found = _after(words, at + 1, stop)
            if found and not _is_anybody(words, found):
                yield found
            return


def _after(words: Words, start: int, stop: int) -> range | None:
    at = start
    while at < stop and (words.lower[at] in _MODIFIERS or words.lower[at].isdigit()):
        at += 1
    first = at
    while at < stop and (words.lower[at][0].isalnum() or words.lower[at] == "'s") and words.lower[at] not in _ENDS:
        at += 1
    return _phrase(words, first, at)


def _before(words: Words, where: range) -> range | None:
    at = where.start
    while at > where.stop and (words.lower[at] in _AUXILIARIES or words.lower[at].endswith("ly")):
        at -= 1
    stop = at + 1
    while at > where.stop and words.lower[at][0].isalnum() and words.lower[at] not in _ENDS | _MODIFIERS:
        if words.lower[at].isdigit():
            break
        at -= 1
    return _phrase(words, at + 1, stop)


def _phrase(words: Words, first: int, stop: int) -> range | None:
    """Take a phrase with a common noun for its head, cut to its last words."""
    if first >= stop or words.lower[stop - 1] in _PRONOUNS or not words.lower[stop - 1].isalpha():
        return None
    if words.capital(stop - 1) and not words.shouted[words.sentence_of[first]]:
        return None  # a name: a place, or a person who has a title elsewhere
    return range(max(first, stop - _LONGEST), stop)


def _is_anybody(words: Words, phrase: range) -> bool:
    head = words.lower[phrase.stop - 1]
    return head in _ANYBODY or head in weapon_words()

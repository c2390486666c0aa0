"""What happened: words that tell of an event, their kind, and which of them tell of one event.

A *trigger* is a word or phrase that tells of an event ("was gunned down", "a suicide attack on"). Its *family* is the
way of telling: "blast", "bombing", "attack", "killed" are four families and may all be one event. The families of
one event together, with who stood against whom, decide ACLED's sub-event type.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from geoevents.incidents._phrases import Form, PhraseTable, expand
from geoevents.incidents._roles import Roles, Voice, clause_of, is_noun_use, roles
from geoevents.incidents._tables import table
from geoevents.text.words import Words

Nature = Literal["method", "effect", "general", "outcome", "crowd", "ground", "measure"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """Way of telling of an event; see ``data/families.csv``."""

    name: str
    rank: int
    sub_event_type: str
    weapon: str | None
    nature: Nature


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """Word or phrase that tells of an event.

    Attributes
    ----------
    start, end, text
        Where it stands in the document.
    first, stop, sentence
        Its words and sentence in :class:`~geoevents.text.words.Words`.
    family, sub_event_type, weapon
        What it tells of, by itself and by the weapons named in its clause.
    form, voice
        Form of its verb ("noun" where it has none); ``active``, ``passive`` or ``nominal``.
    agent, patient
        Words to search for the one who acts and the one who suffers, nearest to the trigger first.
    strength
        How surely the words alone tell of an event of conflict, 0 to 1.
    """

    start: int
    end: int
    text: str
    first: int
    stop: int
    sentence: int
    family: str
    sub_event_type: str
    weapon: str | None
    form: Form
    voice: Voice
    agent: range
    patient: range
    strength: float


class Weapon(NamedTuple):
    """Weapon named in a text: its words, its name, and the family it makes a bare "attack" one of."""

    first: int
    stop: int
    sentence: int
    name: str
    family: str


class _Row(NamedTuple):
    family: str
    sub_event_type: str
    weapon: str | None
    frame: str
    strength: float
    form: Form


@lru_cache(maxsize=1)
def families() -> Mapping[str, Family]:
    """All families by name."""
    return {
        row["family"]: Family(
            name=row["family"],
            rank=int(row["rank"]),
            sub_event_type=row["sub_event_type"],
            weapon=row["weapon"] or None,
            nature=row["nature"],  # type: ignore[arg-type]  # a test holds the table to the literal's values
        )
        for row in table("families")
    }


@lru_cache(maxsize=1)
def lexicon() -> PhraseTable[tuple[_Row, ...]]:
    """All trigger phrases; each has at most one reading as a verb and one as a noun, the first of the table."""
    known = families()
    phrases: dict[tuple[str, ...], dict[bool, _Row]] = {}
    for row in table("kinds"):
        family = known[row["family"]]
        sub = row["sub_event_type"] or family.sub_event_type
        for words, form in expand(row["pattern"]):
            read = _Row(family.name, sub, row["weapon"] or None, row["frame"], float(row["strength"]), form)
            phrases.setdefault(words, {}).setdefault(form == "noun", read)
    return PhraseTable((words, tuple(readings.values())) for words, readings in phrases.items())


@lru_cache(maxsize=1)
def _weapons() -> PhraseTable[tuple[str, str]]:
    return PhraseTable(
        (words, (row["weapon"], row["family"])) for row in table("weapons") for words, _ in expand(row["pattern"])
    )


def find_triggers(words: Words) -> tuple[Trigger, ...]:
    """Triggers of a document in order, without overlaps."""
    weapons = find_weapons(words)
    found = []
    for first, stop, readings in lexicon().find(words.lower):
        if words.sentence_of[first] != words.sentence_of[stop - 1]:
            continue
        row = _reading(words, first, stop, readings)
        if row is None:
            continue
        where = roles(words, first, stop, row.form, row.frame)
        trigger = _armed(words, _trigger(words, first, stop, row, where), weapons)
        if trigger is not None:
            found.append(trigger)
    return tuple(found)


def find_weapons(words: Words) -> tuple[Weapon, ...]:
    """Weapons named in a document, in order."""
    return tuple(
        Weapon(first, stop, words.sentence_of[first], name, family)
        for first, stop, (name, family) in _weapons().find(words.lower)
        if name
    )


def _reading(words: Words, first: int, stop: int, readings: tuple[_Row, ...]) -> _Row | None:
    """Row that fits: a word that can be a noun or a verb is told by its neighbours."""
    by_part = {row.form == "noun": row for row in readings}
    verb, noun = by_part.get(False), by_part.get(True)
    if verb is None:
        return noun if noun is not None and noun.family != "nothing" else None
    if noun is None and words.lower[first] not in _weapon_words():
        return verb
    row = noun if is_noun_use(words, first, stop, verb.form) else verb
    return None if row is None or row.family == "nothing" else row


@lru_cache(maxsize=1)
def _weapon_words() -> frozenset[str]:
    """Single words that name weapons ("bomb", "shells"): as nouns they are no triggers."""
    return frozenset(words[0] for row in table("weapons") for words, _ in expand(row["pattern"]) if len(words) == 1)


def _trigger(words: Words, first: int, stop: int, row: _Row, where: Roles) -> Trigger:
    start, end = words.span(first, stop)
    return Trigger(
        start=start,
        end=end,
        text=words.text[start:end],
        first=first,
        stop=stop,
        sentence=words.sentence_of[first],
        family=row.family,
        sub_event_type=row.sub_event_type,
        weapon=row.weapon,
        form=row.form,
        voice=where.voice,
        agent=where.agent,
        patient=where.patient,
        strength=row.strength,
    )


#: families that a weapon named beside them says more of, those whose kind it decides, and those that are none without
_REFINED: Final = frozenset({"assault", "killing", "harm", "death", "blast", "strike"})
_WITH_WEAPON_ONLY: Final = frozenset({"use", "find"})
_ARMABLE: Final = _REFINED | _WITH_WEAPON_ONLY | {"bombing", "clash", "air", "shelling", "shooting", "arson", "capture"}
_FROM_THE_AIR: Final = frozenset({"bombing", "shelling", "shooting"})
#: what people carry anyway: "found with a knife" and "used a gun" tell of no event
_CARRIED: Final = frozenset({"shooting", "melee", "air"})
_ARMED_STRENGTH: Final = 0.7  # "struck" says little, "warplanes struck" enough
_REACH: Final = 12  # words between a trigger and its weapon; the longest seen in RDWTI's first sentences is 11


def _armed(words: Words, trigger: Trigger, weapons: Sequence[Weapon]) -> Trigger | None:
    """Trigger with the nearest weapon of its clause: "killed by a roadside bomb" is a remote explosive."""
    near = _weapons_near(words, trigger, weapons) if trigger.family in _ARMABLE else []
    weapon = min(near, key=lambda w: (not w.family, _gap(w, trigger)), default=None)
    family = families().get(weapon.family) if weapon else None
    if trigger.family in _WITH_WEAPON_ONLY:
        return _used(trigger, weapon, family)
    if weapon is None:
        return _with_default(trigger)
    from_above = weapon.family == "air" and trigger.family in _FROM_THE_AIR
    if family is not None and (from_above or trigger.family in _REFINED):
        return replace(
            trigger,
            sub_event_type=family.sub_event_type,
            weapon=weapon.name if from_above else trigger.weapon or weapon.name,
            strength=max(trigger.strength, _ARMED_STRENGTH),
        )
    return replace(trigger, weapon=weapon.name) if trigger.weapon is None else trigger


def _used(trigger: Trigger, weapon: Weapon | None, family: Family | None) -> Trigger | None:
    """Read "a grenade was thrown" by its weapon; a thing found or defused is an event averted."""
    if weapon is None or family is None or weapon.family in _CARRIED:
        return None
    name = "disrupted" if trigger.family == "find" else family.name
    return replace(trigger, family=name, sub_event_type=families()[name].sub_event_type, weapon=weapon.name)


def _weapons_near(words: Words, trigger: Trigger, weapons: Sequence[Weapon]) -> list[Weapon]:
    here = [w for w in weapons if w.sentence == trigger.sentence and _gap(w, trigger) <= _REACH]
    clause = clause_of(words, trigger.first, trigger.stop) if here else None
    return [w for w in here if clause and clause.start <= w.first < clause.stop]


def _gap(weapon: Weapon, trigger: Trigger) -> int:
    return max(weapon.first - trigger.stop, trigger.first - weapon.stop, 0)


def _with_default(trigger: Trigger) -> Trigger:
    return trigger if trigger.weapon else replace(trigger, weapon=families()[trigger.family].weapon)

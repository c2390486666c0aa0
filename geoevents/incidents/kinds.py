"""What happened: words that tell of an event, their kind, and which of them tell of one event.

A *trigger* is a word or phrase that tells of an event ("was gunned down", "a suicide attack on"). Its *family* is the
way of telling: "blast", "bombing", "attack", "killed" are four families and may all be one event. The families of
one event together, with who stood against whom, decide ACLED's sub-event type.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from geoevents.incidents._phrases import Form, PhraseTable, Reading, expand
from geoevents.incidents._roles import (
    Voice,
    clause_of,
    in_name,
    is_adjective,
    is_noun_participle,
    is_noun_use,
    is_sure_verb,
    is_surname,
    roles,
)
from geoevents.incidents._tables import table, word_set
from geoevents.text.words import Words, split

Nature = Literal["method", "effect", "general", "outcome", "crowd", "ground", "measure"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """Way of telling of an event; see ``data/families.csv``."""

    name: str
    rank: int
    sub_event_type: str
    weapon: str | None
    nature: Nature
    context: str


class Trigger(NamedTuple):
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
            context=row["context"],
        )
        for row in table("families")
    }


@lru_cache(maxsize=1)
def lexicon() -> PhraseTable[_Row]:
    """All trigger phrases."""
    known = families()

    def rows() -> Iterable[tuple[str, _Row]]:
        for row in table("kinds"):
            family = known[row["family"]]
            sub = row["sub_event_type"] or family.sub_event_type
            yield row["pattern"], _Row(family.name, sub, row["weapon"] or None, row["frame"], float(row["strength"]))

    return PhraseTable(rows())


@lru_cache(maxsize=1)
def _weapons() -> PhraseTable[tuple[str, str]]:
    return PhraseTable((row["pattern"], (row["weapon"], row["family"])) for row in table("weapons"))


def find_triggers(words: Words) -> tuple[Trigger, ...]:
    """Triggers of a document in order, without overlaps."""
    weapons: dict[int, tuple[Weapon, ...]] = {}
    at_war = names_fighters(words, range(len(words)))
    found = []
    for first, stop, readings in lexicon().find(words.lower):
        number = words.sentence_of[first]
        whole = words.sentence_of[stop - 1] == number and not is_surname(words, first)
        reading = _reading(words, first, stop, readings) if whole else None
        if reading is None:
            continue
        if number not in weapons:
            weapons[number] = find_weapons(words, number)
        told = _told(words, first, stop, reading.payload, weapons[number])
        if told is not None:
            found.append(_trigger(words, first, stop, reading, told, at_war=at_war))
    return tuple(_with_causes(words, found, weapons))


def _with_causes(
    words: Words, triggers: Sequence[Trigger], weapons: Mapping[int, Sequence[Weapon]]
) -> Iterator[Trigger]:
    """Lay deaths at the door of the one weapon of their sentence: "killed when a boat hit a mine"."""
    told_how = {t.sentence for t in triggers if families()[t.family].nature not in ("outcome", "ground")}
    for trigger in triggers:
        family = families()[trigger.family]
        if (
            family.nature != "outcome"
            or family.name == "found_dead"  # a helicopter that looks for the missing killed nobody
            or trigger.sentence in told_how
            or trigger.sub_event_type != family.sub_event_type
        ):
            yield trigger
            continue
        named = [w for w in weapons[trigger.sentence] if w.family and w.family not in _CARRIED]
        known = [w for w in named if _is_wielded(words, w, trigger.stop)]
        best = max(known, key=lambda w: families()[w.family].rank, default=None)
        if best is None:
            yield trigger
        else:
            yield trigger._replace(sub_event_type=families()[best.family].sub_event_type, weapon=best.name)


class _Fighters(NamedTuple):
    """Single words for those who fight: any of them, those that are no state's, and those that are acronyms."""

    armed: frozenset[str]
    militants: frozenset[str]
    acronyms: frozenset[str]


@lru_cache(maxsize=1)
def _fighters() -> _Fighters:
    forces = [row for row in table("forces") if row["force"] == "Military Forces"]
    names = [name for row in table("actors") for name in (row["name"], *row["aliases"].split("|"))]
    generic = _single(words for row in table("generic_actors") for words, _ in expand(row["pattern"]))
    militants = (generic | _single(split(name) for name in names)) - _CIVIL_WORDS
    soldiers = _single(words for row in forces for words, _ in expand(row["pattern"]))
    return _Fighters(
        armed=(militants | soldiers | word_set("war words")) - _CIVIL_WORDS,
        militants=militants,
        acronyms=_single(split(name) for name in names if name.isupper()) - generic,
    )


def names_fighters(words: Words, among: range, *, militants: bool = False) -> bool:
    """Whether a single word there is for those who fight, or, with `militants`, for those who are no state's.

    An acronym counts as one where it is written as one: "far" is no armed group, "FAR" is.
    """
    known = _fighters().militants if militants else _fighters().armed
    acronyms = _fighters().acronyms
    lower = words.lower[among.start : among.stop]
    return any(
        word not in acronyms or words.acronym(among.start + index) for index, word in enumerate(lower) if word in known
    )


def _single(phrases: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(words[0] for words in phrases if len(words) == 1)


#: words of the tables that are at home on the crime page, in parliament and in sport too
_CIVIL_WORDS: Final = word_set("civil words")
_UNCERTAIN: Final = 0.5  # what is left of a strength without the words that belong to such an event


def _certainty(words: Words, first: int, stop: int, family: Family, form: Form, *, at_war: bool) -> float:
    """Halve a strength where nobody fights, and where the word is part of a name."""
    certainty = 1.0
    if family.context == "armed" and not at_war:
        certainty *= _UNCERTAIN
    if family.context == "militants":
        sentence = words.sentences[words.sentence_of[first]]
        if not names_fighters(words, sentence, militants=True):
            certainty *= _UNCERTAIN
    return certainty * _UNCERTAIN if form == "noun" and in_name(words, first, stop) else certainty


def find_weapons(words: Words, sentence: int) -> tuple[Weapon, ...]:
    """Weapons named in a sentence, in order."""
    return tuple(
        Weapon(first, stop, sentence, name, family)
        for first, stop, readings in _weapons().find(words.lower, words.sentences[sentence])
        for name, family in [readings[0].payload]
        if name
    )


def _reading(words: Words, first: int, stop: int, readings: Sequence[Reading[_Row]]) -> Reading[_Row] | None:
    """Choose the row that fits: a word that can be a noun or a verb is told by its neighbours."""
    verb = next((reading for reading in readings if reading.form != "noun"), None)
    noun = next((reading for reading in readings if reading.form == "noun"), None)
    chosen = noun if verb is None or _is_noun(words, first, stop, verb, noun) else verb
    if chosen is None or chosen.payload.family == "nothing":
        return None
    lasting = chosen.payload.family in _LASTING and is_adjective(words, first, stop, chosen.form)
    return None if lasting else chosen  # "the besieged town", "occupied villages": how things stand, no event


#: families whose participle before a noun tells a state that lasts
_LASTING: Final = frozenset({"takeover", "retake"})


def _is_noun(words: Words, first: int, stop: int, verb: Reading[_Row], noun: Reading[_Row] | None) -> bool:
    if verb.form in ("base", "third"):
        if in_name(words, first, stop):
            return True
        if verb.payload.family == "use" or (noun is not None and noun.payload.family == "nothing"):
            return not is_sure_verb(words, first, stop)
    if noun is None and words.lower[first] not in weapon_words():
        return is_noun_participle(words, first, stop, verb.form)
    return is_noun_use(words, first, stop, verb.form)


@lru_cache(maxsize=1)
def finite_verbs() -> frozenset[str]:
    """Single verbs of the lexicon in the past tense: where one stands, a noun phrase has ended."""
    verbs = {row["pattern"] for row in table("kinds") if row["pattern"].endswith("*") and " " not in row["pattern"]}
    inflected = (variant for verb in verbs for variant in expand(verb))
    return frozenset(
        words[0] for words, form in inflected if form in ("past", "past or participle") and len(words) == 1
    )


@lru_cache(maxsize=1)
def weapon_words() -> frozenset[str]:
    """Single words that name weapons ("bomb", "shells"): as nouns they are no triggers, and nobody's target.

    Aircraft are left out: they are shot down.
    """
    rows = [row for row in table("weapons") if row["family"] != "air"]
    return _single(words for row in rows for words, _ in expand(row["pattern"]))


class _Told(NamedTuple):
    """What a trigger tells of, the weapon beside it considered."""

    family: str
    sub_event_type: str
    weapon: str | None
    strength: float


def _trigger(words: Words, first: int, stop: int, reading: Reading[_Row], told: _Told, *, at_war: bool) -> Trigger:
    start, end = words.span(first, stop)
    voice, agent, patient = roles(words, first, stop, reading.form, reading.payload.frame)
    certainty = _certainty(words, first, stop, families()[told.family], reading.form, at_war=at_war)
    return Trigger(
        start=start,
        end=end,
        text=words.text[start:end],
        first=first,
        stop=stop,
        sentence=words.sentence_of[first],
        family=told.family,
        sub_event_type=told.sub_event_type,
        weapon=told.weapon,
        form=reading.form,
        voice=voice,
        agent=agent,
        patient=patient,
        strength=told.strength * certainty,
    )


#: families that a weapon named beside them says more of, those whose kind it decides, and those that are none without
_REFINED: Final = frozenset({"assault", "killing", "harm", "death", "blast", "strike", "looting"})
_WITH_WEAPON_ONLY: Final = frozenset({"use", "find"})
_ARMABLE: Final = _REFINED | _WITH_WEAPON_ONLY | {"bombing", "clash", "air", "shelling", "shooting", "arson", "capture"}
_LAUNCHED: Final = frozenset({"shelling", "grenade"})
_BE: Final = word_set("be")
_FROM_THE_AIR: Final = frozenset({"bombing", "shelling", "shooting"})
#: what people carry anyway: "found with a knife" and "used a gun" tell of no event
_CARRIED: Final = frozenset({"shooting", "melee"})
_ARMED_STRENGTH: Final = 0.7  # "struck" says little, "warplanes struck" enough
_REACH: Final = 12  # words between a trigger and its weapon; the longest seen in RDWTI's first sentences is 11


def _told(words: Words, first: int, stop: int, row: _Row, weapons: Sequence[Weapon]) -> _Told | None:
    """Read a trigger with the nearest weapon of its clause: "killed by a roadside bomb" is a remote explosive."""
    near = _weapons_near(words, first, stop, weapons) if weapons and row.family in _ARMABLE else []
    weapon = min(near, key=lambda w: (not w.family, _gap(w, first, stop)), default=None)
    by_weapon = families().get(weapon.family) if weapon else None
    if row.family in _WITH_WEAPON_ONLY:
        return _used(row, weapon, by_weapon)
    default = row.weapon or families()[row.family].weapon
    if weapon is None:
        return _Told(row.family, row.sub_event_type, default, row.strength)
    if row.family == "shooting" and weapon.family in _LAUNCHED and _is_fired(words, weapon, first):
        return _used(row, weapon, by_weapon)
    from_above = weapon.family == "air" and row.family in _FROM_THE_AIR
    if by_weapon is not None and (from_above or row.family in _REFINED):
        name = weapon.name if from_above else row.weapon or weapon.name
        return _Told(row.family, by_weapon.sub_event_type, name, max(row.strength, _ARMED_STRENGTH))
    return _Told(row.family, row.sub_event_type, row.weapon or weapon.name, row.strength)


def _is_fired(words: Words, weapon: Weapon, first: int) -> bool:
    """Whether "rockets were fired at": the weapon stands where the one who suffers would."""
    return weapon.stop <= first and words.lower[first - 1] in _BE


def _used(row: _Row, weapon: Weapon | None, by_weapon: Family | None) -> _Told | None:
    """Read "a grenade was thrown" by its weapon; a thing found or defused is an event averted."""
    if weapon is None or by_weapon is None or weapon.family in _CARRIED:
        return None
    family = families()["disrupted"] if row.family == "find" else by_weapon
    return _Told(family.name, family.sub_event_type, weapon.name, row.strength)


def _weapons_near(words: Words, first: int, stop: int, weapons: Sequence[Weapon]) -> list[Weapon]:
    here = [w for w in weapons if _gap(w, first, stop) <= _REACH]
    clause = clause_of(words, first, stop) if here else None
    return [w for w in here if clause and clause.start <= w.first < clause.stop and _is_wielded(words, w, stop)]


_PLACING: Final = frozenset("at in inside near outside from on into".split())


def _is_wielded(words: Words, weapon: Weapon, stop: int) -> bool:
    """Tell "killed by a mine" from "killed at a mine", "shot from a helicopter" from "shot at a helicopter"."""
    if weapon.first < stop:
        return True
    leading = words.lower[max(stop - 1, weapon.first - _LEADING_WORDS) : weapon.first]
    led_by = next((word for word in reversed(leading) if word in _LEADING), "")
    return led_by in _WIELDING if weapon.family == "air" else led_by not in _PLACING


_LEADING_WORDS: Final = 4  # of "by several Israeli military" before a weapon
_WIELDING: Final = frozenset({"by", "from", "with", "using"})
_LEADING: Final = _WIELDING | _PLACING


def _gap(weapon: Weapon, first: int, stop: int) -> int:
    return max(weapon.first - stop, first - weapon.stop, 0)

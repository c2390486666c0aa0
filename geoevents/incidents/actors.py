"""Who: armed groups and forces by name, gunmen and policemen by what they are, those they attack, and who is blamed.

Names come from ``data/actors.csv`` and are normalised by it ("Daesh", "ISIL" and "so-called Islamic State" are one
group). Forces of a state are put together from their words ("Iraqi police" is "Police Forces of Iraq", as ACLED names
them). What nobody named stays in the text's words ("gunmen").
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple, Protocol

from geoevents.countries import countries, country_name
from geoevents.incidents._phrases import PhraseTable
from geoevents.incidents._tables import table, word_set
from geoevents.model import Actor, Certainty
from geoevents.text.words import Words, split

Role = Literal["group", "force", "generic", "civilians", "object", "nation"]
"""``group`` a name of the table; ``force`` a state's; ``generic`` fighters by what they are; ``civilians`` people who
do not fight; ``object`` a thing attacked; ``nation`` a country or its adjective, an actor only where it acts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorMention:
    """Words that name somebody who acts or suffers, or something that is attacked.

    Attributes
    ----------
    start, end, text, first, stop, sentence
        Where it stands.
    name
        Normalised name.
    kind
        As :class:`~geoevents.model.Actor`; for an object its owner's (``state``, ``civilians``, ``external``).
    role
        What table it came from.
    countries
        Two-letter codes of where it belongs, as far as known.
    armed
        Whether it fights: what tells battles from violence against civilians.
    led_by
        Preposition before it, articles and adjectives aside; empty where there is none.
    """

    start: int
    end: int
    text: str
    first: int
    stop: int
    sentence: int
    name: str
    kind: str
    role: Role
    countries: tuple[str, ...] = ()
    armed: bool = False
    led_by: str = ""

    def actor(self, certainty: Certainty = "stated") -> Actor:
        """Record of the incident."""
        return Actor(
            name=self.name, text=self.text, start=self.start, end=self.end, kind=self.kind, certainty=certainty
        )


class Entry(NamedTuple):
    """What a phrase of the tables stands for."""

    name: str
    kind: str
    role: Role
    countries: tuple[str, ...] = ()
    armed: bool = False
    proper: bool = False
    doubtful: bool = False


@lru_cache(maxsize=1)
def lexicon() -> PhraseTable[Entry]:
    """All phrases of all tables; where two have the same phrase the first table counts."""
    parts = (_groups, _objects, _generic, _forces, _victims, _nationalities, _nations)
    return PhraseTable(pair for part in parts for pair in part())


Pairs = Iterable[tuple[str, Entry]]


def _groups() -> Pairs:
    for row in table("actors"):
        codes = tuple(row["countries"].split())
        armed = row["kind"] not in ("civilians", "protesters", "other")
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            doubtful = alias.startswith("?")
            entry = Entry(row["name"], row["kind"], "group", codes, armed, proper=True, doubtful=doubtful)
            yield _plain(alias.lstrip("?")), entry


def _plain(name: str) -> str:
    """Write a name as a pattern that stands for itself."""
    return " ".join(split(name))


def _generic() -> Pairs:
    for row in table("generic_actors"):
        yield row["pattern"], Entry(row["name"], row["kind"], "generic", armed=row["armed"] == "yes")


def _forces() -> Pairs:
    for row in table("forces"):
        yield row["pattern"], Entry(row["force"], "state", "force", armed=True)


def _victims() -> Pairs:
    for row in table("victims"):
        yield row["pattern"], Entry("civilians", "civilians", "civilians")


def _objects() -> Pairs:
    for row in table("objects"):
        kind = "civilians" if row["owner"] == "civilian" else row["owner"]
        yield row["pattern"], Entry("object", kind, "object", armed=row["owner"] != "civilian")


def _nationalities() -> Pairs:
    for row in table("nationalities"):
        for word in row["word"].split():
            name = _plain(word.replace("_", " "))
            yield name, Entry(row["country"], "state", "nation", (row["country"],), proper=True)
            if not word.endswith(("s", "sh", "ese", "ch")):
                yield name + "s", Entry("civilians", "civilians", "civilians", (row["country"],), proper=True)


def _nations() -> Pairs:
    for code, country in countries().items():
        yield _plain(country.name), Entry(code, "state", "nation", (code,), proper=True)


def find_actors(
    words: Words, countries: Collection[str] = (), within: Collection[int] | None = None
) -> tuple[ActorMention, ...]:
    """Actors, civilians and targets of a document in order, without overlaps.

    Parameters
    ----------
    countries
        Two-letter codes of the countries the document is about; they decide what a doubtful acronym ("JEM") means.
    within
        Sentences to report on; names elsewhere still tell what an acronym means. None is all.
    """
    found = [hit for hit in lexicon().find(words.lower) if _written_as_name(words, hit.first, hit.stop, hit.payload)]
    sure = {reading.payload.name for hit in found for reading in hit.readings if not reading.payload.doubtful}
    mentions: list[ActorMention] = []
    for first, stop, readings in found:
        if within is not None and words.sentence_of[first] not in within:
            continue
        entry = _meant([reading.payload for reading in readings], sure, countries)
        if entry is None:
            continue
        mention = _mention(words, first, stop, entry)
        if mentions and (joined := _joined(words, mentions[-1], mention)):
            mentions[-1] = joined
        else:
            mentions.append(mention)
    return tuple(_as_actor(mention) for mention in mentions if not _is_whereabouts(words, mention))


_WHEREABOUTS: Final = word_set("whereabouts")


def _is_whereabouts(words: Words, mention: ActorMention) -> bool:
    """Tell a country where something happened from one that did it."""
    if mention.role != "nation" or mention.first == words.sentences[mention.sentence].start:
        return False
    return words.lower[mention.first - 1] in _WHEREABOUTS


def _joined(words: Words, before: ActorMention, mention: ActorMention) -> ActorMention | None:
    """Make one mention of two: "Iraqi" and "police", "ISIS" and "fighters"."""
    if before.sentence != mention.sentence:
        return None
    if before.role == "nation" and _belongs(words, before, mention):
        return _national(words, before, mention)
    if before.role == "group" and mention.role in ("generic", "force") and before.stop == mention.first:
        end = mention.end
        return replace(before, end=end, text=words.text[before.start : end], stop=mention.stop)
    return None


def _meant(entries: Sequence[Entry], sure: Collection[str], countries: Collection[str]) -> Entry | None:
    """Choose what a name means here: a group named in full elsewhere, then one of the countries in focus."""
    here = [entry for entry in entries if set(entry.countries) & set(countries)]
    named = [entry for entry in entries if entry.name in sure]
    plain = [entry for entry in entries if not entry.doubtful]
    return next(iter([*named, *here, *plain]), None)


def _written_as_name(words: Words, first: int, stop: int, entry: Entry) -> bool:
    """Name counts with a capital; a short one all in capitals ("IS", "JEM") only so."""
    if words.sentence_of[first] != words.sentence_of[stop - 1]:
        return False
    if not entry.proper:
        return True
    pronoun = words.lower[first] == "us" and stop - first == 1
    if words.shouted[words.sentence_of[first]]:
        return not entry.doubtful and not pronoun
    if pronoun or (entry.doubtful and stop - first == 1):
        return words.acronym(first)
    return any(words.capital(i) for i in range(first, stop))


_POSTS: Final = word_set("posts")


def _mention(words: Words, first: int, stop: int, entry: Entry) -> ActorMention:
    sentence = words.sentences[words.sentence_of[first]]
    if entry.role == "force" and stop < sentence.stop and words.lower[stop] in _POSTS:
        stop += 1  # "gendarmerie post": not who, but what was attacked
        entry = entry._replace(role="object")
    start, end = words.span(first, stop)
    return ActorMention(
        start=start,
        end=end,
        text=words.text[start:end],
        first=first,
        stop=stop,
        sentence=words.sentence_of[first],
        name=" ".join(words.text[start:end].lower().split()) if entry.role == "object" else entry.name,
        kind=entry.kind,
        role=entry.role,
        countries=entry.countries,
        armed=entry.armed,
        led_by=_led_by(words, first, sentence.start),
    )


_OBLIQUE: Final = word_set("oblique")
_OBJECTIVE: Final = word_set("objective")
_MODIFIERS: Final = 3  # words of "the heavily armed" before a noun


def _led_by(words: Words, first: int, start: int) -> str:
    """Find the preposition of the noun phrase that ends in a mention."""
    for at in range(first - 1, max(start, first - 1 - _MODIFIERS) - 1, -1):
        word = words.lower[at]
        if word in _OBLIQUE:
            return word
        if not word.isalpha() or word in ("and", "or", "that", "when", "as"):
            return ""
    return ""


#: words that may stand between a nationality and its force ("Iraqi government special forces", "Israel's army")
_JOINERS: Final = frozenset(
    "'s government federal national special elite regular riot armed led backed security".split()
)


def _belongs(words: Words, nation: ActorMention, mention: ActorMention) -> bool:
    if mention.role in ("group", "nation"):
        return False
    between = words.lower[nation.stop : mention.first]
    return len(between) <= 2 and all(word in _JOINERS for word in between)


def _national(words: Words, nation: ActorMention, mention: ActorMention) -> ActorMention:
    """One mention of a nationality and what it is said of."""
    start, end = words.span(nation.first, mention.stop)
    name = mention.name
    if mention.role == "force":
        name = f"{mention.name} of {country_name(nation.countries[0])}"
    elif mention.role == "generic":
        name = f"{nation.text} {mention.name}"
    return replace(
        mention,
        start=start,
        end=end,
        text=words.text[start:end],
        first=nation.first,
        name=name,
        countries=nation.countries,
    )


def _as_actor(mention: ActorMention) -> ActorMention:
    """Nation that acts does so by its army."""
    if mention.role != "nation":
        return mention
    if mention.name == "PS":
        return replace(mention, name="Palestinian militants", kind="rebel", armed=True)
    return replace(mention, name=f"Military Forces of {country_name(mention.countries[0])}", armed=True)


# -- sides -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """Who is said, or says, to have done it."""

    actor: ActorMention
    certainty: Certainty
    sentence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """Who did it, to whom, and what it was aimed at.

    Attributes
    ----------
    side_a, side_b
        The one who acts and the one acted on, where the text tells.
    target
        Whom or what it was aimed at, in the text's words.
    target_mention
        The mention behind `target`.
    """

    side_a: Actor | None = None
    side_b: Actor | None = None
    target: str | None = None
    mention_a: ActorMention | None = None
    mention_b: ActorMention | None = None
    target_mention: ActorMention | None = None


@lru_cache(maxsize=1)
def _cues() -> PhraseTable[tuple[str, str]]:
    return PhraseTable((row["pattern"], (row["side"], row["certainty"])) for row in table("attributions"))


def find_attributions(words: Words, actors: Sequence[ActorMention]) -> tuple[Attribution, ...]:
    """Claims of responsibility, accusations and denials, in order."""
    by_sentence: dict[int, list[ActorMention]] = {}
    for mention in actors:
        if _may_act(mention):
            by_sentence.setdefault(mention.sentence, []).append(mention)
    found = []
    for first, stop, readings in _cues().find(words.lower):
        side, certainty = readings[0].payload
        here = by_sentence.get(words.sentence_of[first], [])
        if side == "left":
            near = [a for a in here if a.stop <= first and first - a.stop <= _ATTRIBUTION_REACH]
            actor = max(near, key=lambda a: (a.role == "group", a.first), default=None)
        else:
            near = (
                [a for a in here if a.first >= stop and a.first - stop <= _ATTRIBUTION_REACH] if side == "right" else []
            )
            actor = min(near, key=lambda a: (a.role != "group", a.first), default=None)
        if actor is not None:
            found.append(Attribution(actor=actor, certainty=certainty, sentence=actor.sentence))  # type: ignore[arg-type]
    return tuple(found)


_ATTRIBUTION_REACH: Final = (
    12  # words between a cue and its actor; chosen on RDWTI's "claimed responsibility" sentences
)


def sides(
    triggers: Sequence["HasRoles"], actors: Sequence[ActorMention], attributions: Sequence[Attribution] = ()
) -> Sides:
    """Sides of one event.

    Parameters
    ----------
    triggers
        The event's triggers, the most telling first.
    actors
        All mentions of the document.
    attributions
        Those of the event's sentences and the ones after it.
    """
    by_word = {word: actor for actor in actors for word in range(actor.first, actor.stop)}
    agent, patient = _opponents(by_word, triggers)
    agent = agent or _first(by_word, [t.agent for t in triggers], _is_subject) or _people_who_act(by_word, triggers)
    patient = patient or _first(by_word, [t.patient for t in triggers], _may_suffer, other=agent)
    patient = _armed_among(by_word, patient, triggers, agent)
    blamed = _blamed(attributions)
    actor_a = agent
    certainty: Certainty = "stated"
    if blamed is not None and (agent is None or agent.role == "generic" or agent.name == blamed.actor.name):
        actor_a, certainty = blamed.actor, blamed.certainty
    return Sides(
        side_a=actor_a.actor(certainty) if actor_a else None,
        side_b=patient.actor() if patient and patient.role != "object" else None,
        target=patient.text if patient else None,
        mention_a=actor_a,
        mention_b=patient if patient and patient.role != "object" else None,
        target_mention=patient,
    )


class HasRoles(Protocol):
    """What :func:`sides` needs of a trigger."""

    @property
    def family(self) -> str:
        """Name of its family."""
        ...

    @property
    def agent(self) -> range:
        """Words to search for the one who acts."""
        ...

    @property
    def patient(self) -> range:
        """Words to search for the one who suffers."""
        ...


def _opponents(
    by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles]
) -> tuple[ActorMention | None, ActorMention | None]:
    """Both sides of fighting: "clashes between the army and rebels", "soldiers and rebels exchanged fire"."""
    for trigger in triggers:
        if trigger.family == "clash":
            for where in (trigger.patient, range(trigger.agent.stop + 1, trigger.agent.start + 1)):
                first = _first(by_word, [where], _fights)
                second = _first(by_word, [where], _fights, other=first) if first else None
                if first and second:
                    return first, second
    return None, None


def _armed_among(
    by_word: Mapping[int, ActorMention],
    patient: ActorMention | None,
    triggers: Sequence[HasRoles],
    agent: ActorMention | None,
) -> ActorMention | None:
    """Prefer those who fight among several who suffer together ("three soldiers and two civilians")."""
    if patient is None or patient.armed:
        return patient
    for trigger in triggers:
        together = [by_word[w] for w in trigger.patient if w in by_word and by_word[w].role != "nation"]
        if patient in together:
            near = [m for m in together if abs(m.first - patient.first) <= _TOGETHER and m is not agent and _fights(m)]
            return near[0] if near else patient
    return patient


_TOGETHER: Final = 5  # words from one of those who suffer to the next


def _is_subject(actor: ActorMention) -> bool:
    """Whether a mention may be the one who acts: "youths threw stones at police" leaves out the police."""
    return _may_act(actor) and actor.led_by not in (_OBJECTIVE if actor.role == "group" else _OBLIQUE)


def _people_who_act(by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles]) -> ActorMention | None:
    """Find people of no force who act: "two men on a motorbike shot"."""
    people = _first(by_word, [t.agent for t in triggers], lambda a: a.role == "civilians" and a.led_by not in _OBLIQUE)
    return people and replace(people, name=" ".join(people.text.lower().split()), kind="unidentified")


def _may_act(actor: ActorMention) -> bool:
    return actor.role in ("group", "force", "generic", "nation")


def _fights(actor: ActorMention) -> bool:
    return actor.armed and actor.role != "object"


def _may_suffer(actor: ActorMention) -> bool:
    return actor.role != "nation"


def _first(
    by_word: Mapping[int, ActorMention],
    searches: Iterable[range],
    fits: Callable[[ActorMention], bool],
    other: ActorMention | None = None,
) -> ActorMention | None:
    for where in searches:
        for word in where:
            actor = by_word.get(word)
            if actor is not None and actor is not other and fits(actor):
                return actor
    return None


_CERTAINTIES: Final = ("claimed", "alleged", "denied")


def _blamed(attributions: Sequence[Attribution]) -> Attribution | None:
    named = [a for a in attributions if a.certainty != "denied"]
    return min(named, key=lambda a: (a.actor.role != "group", _CERTAINTIES.index(a.certainty)), default=None)

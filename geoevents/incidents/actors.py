"""Who did it, to whom, and who is blamed for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from geoevents.incidents._mentions import ActorMention, Role, find_actors
from geoevents.incidents._phrases import Form, PhraseTable
from geoevents.incidents._roles import Voice
from geoevents.incidents._tables import table, word_set
from geoevents.incidents._targets import noun_phrases
from geoevents.incidents.kinds import families
from geoevents.model import Actor, Certainty
from geoevents.text.words import Words

__all__ = ["ActorMention", "Attribution", "Role", "Sides", "find_actors", "find_attributions", "sides"]


class Attribution(NamedTuple):
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
    mention_a, mention_b, target_mention
        The mentions behind them.
    """

    side_a: Actor | None = None
    side_b: Actor | None = None
    target: str | None = None
    mention_a: ActorMention | None = None
    mention_b: ActorMention | None = None
    target_mention: ActorMention | None = None


class HasRoles(Protocol):
    """What :func:`sides` needs of a trigger."""

    @property
    def family(self) -> str:
        """Name of its family."""
        ...

    @property
    def form(self) -> Form:
        """Form of its verb."""
        ...

    @property
    def voice(self) -> Voice:
        """Active, passive or nominal."""
        ...

    @property
    def first(self) -> int:
        """Its first word."""
        ...

    @property
    def stop(self) -> int:
        """The word after its last."""
        ...

    @property
    def agent(self) -> range:
        """Words to search for the one who acts."""
        ...

    @property
    def patient(self) -> range:
        """Words to search for the one who suffers."""
        ...


# -- blame -------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _cues() -> PhraseTable[tuple[str, str]]:
    return PhraseTable((row["pattern"], (row["side"], row["certainty"])) for row in table("attributions"))


_ATTRIBUTION_REACH: Final = 12  # words between a cue and its actor; chosen on RDWTI's "claimed responsibility"
_CERTAINTIES: Final = ("claimed", "alleged", "denied")


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
        actor: ActorMention | None = None
        if side == "left":
            near = [a for a in here if a.stop <= first and first - a.stop <= _ATTRIBUTION_REACH]
            actor = max(near, key=lambda a: (a.role == "group", a.first), default=None)
        elif side == "right":
            near = [a for a in here if a.first >= stop and a.first - stop <= _ATTRIBUTION_REACH]
            actor = min(near, key=lambda a: (a.role != "group", a.first), default=None)
        if actor is not None:
            found.append(Attribution(actor=actor, certainty=certainty, sentence=actor.sentence))  # type: ignore[arg-type]  # a test holds the table
    return tuple(found)


def _blamed(attributions: Sequence[Attribution]) -> Attribution | None:
    named = [a for a in attributions if a.certainty != "denied"]
    return min(named, key=lambda a: (a.actor.role != "group", _CERTAINTIES.index(a.certainty)), default=None)


# -- sides -------------------------------------------------------------------------------------------------------------


def sides(
    triggers: Sequence[HasRoles],
    actors: Sequence[ActorMention],
    attributions: Sequence[Attribution] = (),
    words: Words | None = None,
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
    words
        The document's words; with them a target that no table knows ("a tea stall") is read from its noun phrase.
    """
    by_word = {word: actor for actor in actors for word in range(actor.first, actor.stop)}
    agent, patient = _opponents(by_word, triggers)
    agent = agent or _agent(by_word, triggers) or (_by_operation(words, by_word, triggers) if words else None)
    agent = agent and _with_companions(by_word, triggers, agent)
    telling = sorted(triggers, key=lambda t: families()[t.family].nature == "outcome")
    patient = patient or _patient(by_word, telling, agent)
    target = _target(words, by_word, telling, agent) if words else patient
    blamed = _blamed(attributions)
    doer = agent
    certainty: Certainty = "stated"
    if blamed is not None and (agent is None or agent.role == "generic" or agent.name == blamed.actor.name):
        doer, certainty = blamed.actor, blamed.certainty
    opponent = patient if patient is None or patient.role != "object" else _owner(patient)
    return Sides(
        side_a=doer.actor(certainty) if doer else None,
        side_b=opponent.actor() if opponent else None,
        target=target.text if target else None,
        mention_a=doer,
        mention_b=opponent,
        target_mention=patient or target,
    )


_OBLIQUE: Final = word_set("oblique")
_OBJECTIVE: Final = word_set("objective")
_NATION_GAP: Final = 3  # words from "Israel" to "bombed" at most: further off a country is where, not who
_BY_GAP: Final = 12  # words from "an attack" to "by the rebels" at most: further off the "by" is another noun's
_PEOPLE_GAP: Final = 3  # words from "two men" to "shot"
_TOGETHER: Final = 5  # words from one of those who suffer to the next


def _may_act(actor: ActorMention) -> bool:
    return actor.role in ("group", "force", "generic", "nation", "metonym")


def _fights(actor: ActorMention) -> bool:
    return actor.armed and actor.role in ("group", "force", "generic")


def _may_suffer(actor: ActorMention) -> bool:
    return actor.role not in ("nation", "metonym")


def _in_order(by_word: Mapping[int, ActorMention], where: range) -> Iterator[ActorMention]:
    last = None
    for word in where:
        actor = by_word.get(word)
        if actor is not None and actor is not last:
            last = actor
            yield actor


def _opponents(
    by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles]
) -> tuple[ActorMention | None, ActorMention | None]:
    """Find both sides of fighting: "clashes between the army and rebels", "soldiers and rebels exchanged fire"."""
    for trigger in triggers:
        if trigger.family in _MUTUAL:
            before = [a for a in _in_order(by_word, trigger.agent) if _is_side(a)]
            after = [a for a in _in_order(by_word, trigger.patient) if _is_side(a)]
            if before and after and trigger.voice == "active":
                return before[0], after[0]
            sides_of = after or before[1::-1]  # what stands before was met last first
            if sides_of and (_fights(sides_of[0]) or sides_of[0].kind == "communal"):
                return sides_of[0], sides_of[1] if len(sides_of) > 1 else None
    return None, None


def _is_side(actor: ActorMention) -> bool:
    return actor.role in _PEOPLE and actor.led_by not in _PLACING


_PLACING: Final = frozenset({"in", "at", "from", "near"})
_PEOPLE: Final = ("group", "force", "generic", "civilians")
_MUTUAL: Final = frozenset({"clash", "agreement"})


def _agent(by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles]) -> ActorMention | None:
    main_verbs_first = sorted(triggers, key=lambda t: t.form == "ing")  # "…, killing five": the subject is elsewhere
    for fits in (_acts, _acts_though_unarmed):
        for trigger in main_verbs_first:
            for actor in _in_order(by_word, trigger.agent):
                if fits(actor, trigger):
                    return actor if fits is _acts else actor._replace(name=_lower(actor.text), kind="unidentified")
    return None


def _by_operation(
    words: Words, by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles]
) -> ActorMention | None:
    """Find whose operation an act was part of: "direct US military intervention in the form of 90 airstrikes"."""
    for trigger in triggers:
        if trigger.form != "noun":
            continue
        start = max(words.sentences[words.sentence_of[trigger.first]].start, trigger.first - _OPERATION_REACH)
        for index in range(trigger.first - 1, start - 1, -1):
            if words.lower[index] in _OPERATIONS:
                link = words.lower[index + 1 : trigger.first]
                before = [
                    by_word[w] for w in range(index, max(start - 1, index - _PREMODIFIERS - 1), -1) if w in by_word
                ]
                owner = next((actor for actor in before if actor.role in _OWN_OPERATIONS), None)
                if owner is not None and any(link[: len(words_of)] == words_of for words_of in _CONSISTING):
                    return owner
                break
    return None


_OPERATION_REACH: Final = 12
_PREMODIFIERS: Final = 3
_OPERATIONS: Final = frozenset(
    "intervention operation operations campaign offensive action bombardment war effort".split()
)
_OWN_OPERATIONS: Final = ("nation", "group", "force", "metonym")
#: what leads from an operation to what it consisted of
_CONSISTING: Final = (
    ("in", "the", "form", "of"),
    ("consisting", "of"),
    ("including",),
    ("of",),
    ("with",),
    ("by", "means", "of"),
)


def _with_companions(
    by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles], agent: ActorMention
) -> ActorMention:
    """Name those nobody knows who struck beside a bomber: "blew himself up and gunmen then opened fire"."""
    if agent.name not in _BOMBERS:
        return agent
    for trigger in triggers:
        for actor in _in_order(by_word, trigger.agent):
            if actor.kind == "unidentified" and actor.name not in _BOMBERS and _acts_right_before(actor, trigger):
                return agent._replace(name=f"{agent.name} and {actor.name}")
    return agent


_BOMBERS: Final = ("suicide bomber", "bomber")


def _acts(actor: ActorMention, trigger: HasRoles) -> bool:
    """Whether a mention is the one who acts: "youths threw stones at police" leaves out the police."""
    if not _may_act(actor):
        return False
    gap = trigger.first - actor.stop
    if gap < 0:  # behind "by", or part of the phrase itself ("a rebel attack")
        return trigger.form != "noun" or actor.first - trigger.stop <= _BY_GAP
    if actor.role == "metonym" and trigger.voice != "active":
        return False
    if actor.role in ("nation", "metonym") and gap > _NATION_GAP:
        return False
    if trigger.form == "noun" and gap <= _NATION_GAP:
        return True  # "an ethnic militia's assault"
    return actor.led_by not in (_OBJECTIVE if actor.role == "group" else _OBLIQUE)


def _acts_though_unarmed(actor: ActorMention, trigger: HasRoles) -> bool:
    """Whether people of no force act: "two men on a motorbike shot him"."""
    if actor.role != "civilians" or trigger.form in ("ing", "noun") or trigger.family in _UNDONE:
        return False
    gap = trigger.first - actor.stop
    return gap < 0 or (trigger.voice == "active" and gap <= _PEOPLE_GAP and actor.led_by not in _OBLIQUE)


def _acts_right_before(actor: ActorMention, trigger: HasRoles) -> bool:
    """Whether a mention is the subject right before its verb ("and gunmen mowed down"): nobody's victim."""
    return _fights(actor) and trigger.voice == "active" and 0 <= trigger.first - actor.stop <= _SUBJECT_GAP


_SUBJECT_GAP: Final = 1  # "gunmen then opened fire"
_UNDONE: Final = frozenset({"death", "found_dead", "harm", "blast"})  # nobody does what these tell


def _patient(
    by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles], agent: ActorMention | None
) -> ActorMention | None:
    doers = {a.first for t in triggers for a in _in_order(by_word, t.agent) if _acts_right_before(a, t)}
    for trigger in triggers:
        found = _in_order(by_word, trigger.patient)
        suffer = [a for a in found if _may_suffer(a) and a is not agent and a.first not in doers]
        if suffer:
            beside = [a for a in suffer if abs(a.first - suffer[0].first) <= _TOGETHER and _fights(a)]
            return suffer[0] if suffer[0].armed or not beside else beside[0]
    return None


def _target(
    words: Words, by_word: Mapping[int, ActorMention], triggers: Sequence[HasRoles], agent: ActorMention | None
) -> ActorMention | None:
    """Find what was aimed at: the phrase a method leads to, else a thing or people of the tables, else anybody."""
    for trigger in triggers:
        for phrase in noun_phrases(words, trigger):
            known = next((by_word[w] for w in reversed(phrase) if w in by_word), None)
            if known is not agent or known is None:
                return _aimed_at(words, phrase, known)
    return _patient(by_word, triggers, agent)


def _aimed_at(words: Words, phrase: range, known: ActorMention | None) -> ActorMention:
    first, stop = phrase.start, phrase.stop
    if known is not None:
        first, stop = min(first, known.first), max(stop, known.stop)
    start, end = words.span(first, stop)
    text = words.text[start:end]
    if known is not None:
        return known._replace(start=start, end=end, text=text, first=first, stop=stop)
    return ActorMention(
        start=start,
        end=end,
        text=text,
        first=first,
        stop=stop,
        sentence=words.sentence_of[first],
        name=_lower(text),
        kind="civilians",
        role="object",
    )


def _owner(thing: ActorMention) -> ActorMention | None:
    """Name the force whose post or patrol was attacked."""
    if thing.kind != "state":
        return None
    words = _lower(thing.text).split()
    force = next((name for word, name in _OWNERS if word in words), None)
    return thing._replace(name=force, role="force") if force else None


_OWNERS: Final = (("police", "Police Forces"), ("army", "Military Forces"), ("military", "Military Forces"))


def _lower(text: str) -> str:
    return " ".join(text.lower().split())

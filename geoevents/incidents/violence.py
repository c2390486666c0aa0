"""Whether an event is one of violence or unrest: crashes, storms, illness and old age kill too.

Words for an outcome ("died", "injured", "killed") tell nothing of the means. They make an event where the text lays no
accident or natural cause beside them, and only with an armed side, a weapon, or violence elsewhere in the document.
Words for the means that are at home in sport, business and politics too ("attacked", "struck", "seized") need somebody
or something to stand against: a harm, a weapon, an armed side, or a target that can be attacked.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from geoevents.incidents._phrases import PhraseTable
from geoevents.incidents._tables import table, word_set
from geoevents.incidents.join import Event
from geoevents.incidents.kinds import Trigger, families, find_weapons, names_fighters
from geoevents.incidents.telling import Teller

_SURE: Final = 0.6  # strength from which a word for the means is no figure of speech
_SURE_OF_DEATH: Final = 0.7  # "killed", "murdered", "found dead"; "died" and "dead" are weaker
_BLASTS: Final = frozenset(("blast", "strike"))
#: families that need somebody or something to stand against, however strong their word
_VAGUE: Final = frozenset("assault blast strike clash takeover retake capture handover".split())
#: verbs of killing that accidents share; "murdered" and "assassinated" are somebody's deed
_BLIND: Final = word_set("blind killing")
#: whose arrest is no matter of the crime page, besides those who fight
_OPPONENTS: Final = word_set("opponents")
#: names of crimes that no accident bears
_CRIMES: Final = frozenset("homicide homicides manslaughter murder murders terrorism".split())


def violent(events: Sequence[Event], teller: Teller) -> list[Event]:
    """Those events that are of violence or unrest, in their order."""
    told = [_is_told(event, teller) for event in events]
    at_war = any(told)
    return [event for event, sure in zip(events, told, strict=True) if sure or _is_likely(event, teller, at_war=at_war)]


def _is_told(event: Event, teller: Teller) -> bool:
    """Whether the event's own words tell of violence."""
    if any(_is_deed(trigger) for trigger in event.triggers):
        return True
    means = {t.family for t in event.triggers if families()[t.family].nature != "outcome" and t.strength >= _SURE}
    if means - _VAGUE or (means and _has_means(event, teller)):
        return True
    if means - _BLASTS and _has_target(event, teller):
        return True
    blind = any(t.family in _KILLING and t.strength >= _SURE_OF_DEATH for t in event.triggers)
    return (blind or bool(means & _BLASTS) or _tells_of_bodies(event, teller)) and not _is_explained(event, teller)


def _is_likely(event: Event, teller: Teller, *, at_war: bool) -> bool:
    """Whether what stands around weak words makes them words of violence."""
    if {trigger.family for trigger in event.triggers} == {"arrest"}:
        return _has_fighters(event, teller) or _says(event, teller, _OPPONENTS) or _is_of_plotters(event, teller)
    harmed = any(not statement.harm.nobody for scene in event.scenes for statement in scene.statements)
    means = _has_means(event, teller) or _follows_shots(event, teller)
    return (means or (at_war and harmed)) and not _is_explained(event, teller)


def _is_of_plotters(event: Event, teller: Teller) -> bool:
    """Whether those arrested are said to have meant to bomb or shell, though none of it happened."""
    here = {scene.sentence for scene in event.scenes}
    return any(trigger.sentence in here and trigger.family in _PLOTTED for trigger in teller.reading.triggers)


_PLOTTED: Final = frozenset("bombing suicide shelling chemical".split())


def _follows_shots(event: Event, teller: Teller) -> bool:
    """Whether the sentence before tells of shots: "heard nine shots. When they came out they found him dead"."""
    before = {scene.sentence - 1 for scene in event.scenes} - {-1}
    return any(not _GUNFIRE.isdisjoint(_words(teller, sentence)) for sentence in before)


_GUNFIRE: Final = frozenset("shots gunshots gunshot gunfire".split())
_KILLING: Final = frozenset(("killing", "found_dead"))


def _is_deed(trigger: Trigger) -> bool:
    """Tell "murdered" from "killed", which accidents do too."""
    words = trigger.text.lower().split()
    return trigger.family == "killing" and trigger.strength >= _SURE_OF_DEATH and _BLIND.isdisjoint(words)


_FOUND: Final = frozenset("found discovered recovered dumped unearthed exhumed".split())
_BODIES: Final = frozenset("body bodies corpse corpses".split())


def _tells_of_bodies(event: Event, teller: Teller) -> bool:
    """Whether a body of somebody was found, in words too far apart for a phrase of the lexicon."""
    words = [set(_words(teller, scene.sentence)) for scene in event.scenes if scene.statements]
    return any(here & _FOUND and here & _BODIES for here in words)


def _has_means(event: Event, teller: Teller) -> bool:
    """Whether a weapon or somebody who fights is named in the event's sentences."""
    armed = any(find_weapons(teller.reading.words, scene.sentence) for scene in event.scenes)
    return armed or _has_fighters(event, teller) or _says(event, teller, _CRIMES)


def _says(event: Event, teller: Teller, words: frozenset[str]) -> bool:
    return any(not words.isdisjoint(_words(teller, scene.sentence)) for scene in event.scenes)


def _has_fighters(event: Event, teller: Teller) -> bool:
    words = teller.reading.words
    return any(names_fighters(words, words.sentences[scene.sentence]) for scene in event.scenes)


def _has_target(event: Event, teller: Teller) -> bool:
    """Whether anybody came to harm or was spared, or what was attacked is somebody or something that can be."""
    target = teller.sides(event).target_mention
    known = target is not None and any(
        a.first < target.stop and target.first < a.stop for a in teller.actors[target.sentence]
    )
    return known or any(scene.statements for scene in event.scenes)


def _is_explained(event: Event, teller: Teller) -> bool:
    """Whether an accident or a natural cause is told of with the event, or beside it where no means are named."""
    steps = (0,) if _has_means(event, teller) else (-1, 0, 1)
    sentences = {scene.sentence + step for scene in event.scenes for step in steps}
    return any(_has_cause(teller, number) for number in sorted(sentences))


def _has_cause(teller: Teller, sentence: int) -> bool:
    """Whether a sentence tells of such a cause and of no weapon ("opened fire" is no fire)."""
    words = teller.reading.words
    if not 0 <= sentence < len(words.sentences) or find_weapons(words, sentence):
        return False
    return next(iter(_causes().find(words.lower, words.sentences[sentence])), None) is not None


@lru_cache(maxsize=1)
def _causes() -> PhraseTable[str]:
    return PhraseTable((row["pattern"], row["why"]) for row in table("cues") if row["takes"] == "outcome")


def _words(teller: Teller, sentence: int) -> Sequence[str]:
    words = teller.reading.words
    span = words.sentences[sentence]
    return words.lower[span.start : span.stop]

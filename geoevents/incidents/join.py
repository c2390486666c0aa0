"""Which scenes tell of one event, so that one real event in a document is one incident.

Scenes are taken in the order of the text; each goes to the event before it that it fits best, or begins one of its
own. It cannot fit where families of words, places, dates, or words such as "another" speak against it; it fits the
better the nearer it stands and the more it shares.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from geoevents.geo import distance_km
from geoevents.incidents.dates import DatePhrase
from geoevents.incidents.deciding import joinable
from geoevents.incidents.kinds import Trigger, families
from geoevents.incidents.people import People
from geoevents.incidents.scene import Scene
from geoevents.incidents.sites import COUNTRY
from geoevents.incidents.where import Whereabouts
from geoevents.model import Location

_SAME_KM: Final = 25.0  # UCDP's distance between events that are told apart; beyond both radii
_FINE_DATES: Final = 2  # date_prec up to which two dates that do not meet part two events
#: natures of families that may tell of any event, whatever its method
_OUTCOMES: Final = ("outcome", "effect", "general")


@dataclass(slots=True)
class Event:
    """Scenes that tell of one event.

    Attributes
    ----------
    alone
        Whether its first scene is more than a word that points back to an event nobody told of.
    families
        Families of all its words.
    told
        Those of its triggers that say how it was done, and what was done about it.
    names
        Last names of those harmed.
    dead
        Whether each count of its killed names somebody; empty where it counts none.
    stands
        Whether it is an event, and not just talk of violence.
    """

    scenes: list[Scene] = field(default_factory=list)
    alone: bool = True
    place: Location | None = None
    dates: list[DatePhrase] = field(default_factory=list)
    families: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    dead: set[bool] = field(default_factory=set)
    stands: bool = False

    @property
    def background(self) -> bool:
        """Whether it is told as history."""
        return self.scenes[0].background

    @property
    def methods(self) -> set[str]:
        """Families that say how it was done."""
        return _methods(self.told, self.families)

    @property
    def last_sentence(self) -> int:
        """Sentence of its last scene."""
        return self.scenes[-1].sentence

    @property
    def triggers(self) -> list[Trigger]:
        """All its triggers, in order."""
        return [trigger for scene in self.scenes for trigger in scene.triggers]

    def take(self, scene: Scene, place: Location | None) -> None:
        """Add a scene."""
        if place is not None and self._is_told_of(scene, place):
            self.place = place
        self.scenes.append(scene)
        self.dates.extend(scene.dates)
        self.families |= scene.families
        self.told |= _told(scene.triggers)
        self.names |= scene.names
        self.dead |= {bool(people.name) for people in _killed(scene)}
        self.stands = self.stands or _can_stand_alone(scene, self)

    def _is_told_of(self, scene: Scene, place: Location) -> bool:
        """Whether the place of a further scene tells where the event was, or tells it more exactly."""
        if not self.scenes:
            return True
        if _is_measure(scene.families) and not _is_measure(self.families):
            return False  # suspects are arrested elsewhere
        if self.place is None:
            return place.where_prec < COUNTRY
        return place.where_prec < self.place.where_prec and _lies_within(place, self.place)


def join(scenes: Sequence[Scene], whereabouts: Whereabouts) -> list[Event]:
    """Events of a document, in the order of their first scenes."""
    events: list[Event] = []
    for scene in scenes:
        place = whereabouts.of_scene(scene)
        loose = (scene.sentence, scene.start) not in whereabouts.sure
        scores = [(_fit(scene, place, event, loose=loose), number) for number, event in enumerate(events)]
        fitting = [(score, number) for score, number in scores if score > 0]
        if fitting:
            known = events[max(fitting)[1]]
            known.take(scene, place if _places_fit(place, known.place) else None)
        else:
            event = Event(alone=not (scene.back and events))
            event.take(scene, place)
            events.append(event)
    return [event for event in events if event.stands]


def _fit(scene: Scene, place: Location | None, event: Event, *, loose: bool) -> float:
    """How well a scene fits an event, above what it takes to be one; 0 or less where it does not."""
    if scene.fresh and scene.sentence != event.last_sentence:
        return 0
    if scene.background != event.background or not _numbers_fit(scene, event.scenes[0]):
        return 0
    if scene.is_balance and not event.scenes[0].is_balance:
        return 0
    if not event.stands and scene.sentence - event.last_sentence > _NEAR:
        return 0
    mine = _methods(_told(scene.triggers), scene.families)
    if not _kinds_fit(scene, mine, event) or not _dates_fit(scene, event):
        return 0
    if not _places_fit(place, event.place):
        if scene.dates or not (scene.back or loose):
            return 0
        place = None  # "the attack": a place elsewhere in its sentence is somebody else's
    distance = scene.sentence - event.last_sentence
    score = next(value for reach, value in _NEARNESS if distance <= reach)
    if not mine:
        score = max(score, _PLAIN)
    same = not mine.isdisjoint(event.methods)
    score += same * (_SAME_METHOD if distance <= _FAR else _SAME_METHOD_FAR)
    score += _POINTS_BACK * scene.back
    score += _SAME_PLACE * (place is not None and event.place is not None)
    score += _SAME_DATE * (bool(scene.dates) and bool(event.dates))
    score += _SAME_PEOPLE * bool(scene.names & event.names)
    score += _NO_OUTCOME * (not scene.statements)
    if event.stands and place is None and not scene.dates and not scene.fresh:
        score = max(score, _NOTHING_OF_ITS_OWN)
    score += _OTHER_PEOPLE * (distance > _NEAR and _counts_others(scene, event))
    return score - _ENOUGH


def _numbers_fit(scene: Scene, first: Scene) -> bool:
    """Whether both tell of one event, or both of many; "the strikes" may be the 90 told of before."""
    if first.events > 1:
        return scene.events != 1
    return scene.events <= 1


#: sentences between a scene and the event's last one → how far nearness alone speaks for one event
_NEARNESS: Final = ((0, 4.0), (1, 3.0), (2, 2.0), (4, 1.0), (10_000_000, 0.0))
#: the same for a scene that names no method of its own ("three were killed"): it goes on with what was told before
_PLAIN: Final = 1.5
#: a scene with neither a day nor a place nor a word that sets it apart goes on with an event told of before
_NOTHING_OF_ITS_OWN: Final = 1.5
_SAME_METHOD: Final = 1.5
_SAME_METHOD_FAR: Final = 0.8
_FAR: Final = 6  # sentences
_POINTS_BACK: Final = 2.0
_SAME_PLACE: Final = 1.5
_SAME_DATE: Final = 1.5
_SAME_PEOPLE: Final = 3.0
_NO_OUTCOME: Final = 0.5
_OTHER_PEOPLE: Final = -2.0
_NEAR: Final = 2
_ENOUGH: Final = 1.4


def _counts_others(scene: Scene, event: Event) -> bool:
    """Whether a scene counts many where the event told of single persons by name."""
    return event.dead == {True} and any(
        people.numbered and not people.definite and people.bounds and people.bounds.low > 1 for people in _killed(scene)
    )


def _killed(scene: Scene) -> list[People]:
    return [people for statement in scene.statements_of("killed") for people in statement.harm.people]


def _told(triggers: Sequence[Trigger]) -> set[str]:
    """Families of all but outcomes; "bombed" is said of any explosion, "destroyed" of any attack."""
    return {t.family for t in triggers if families()[t.family].nature not in _OUTCOMES and not _is_loose(t)}


def _methods(told: set[str], all_families: Collection[str]) -> set[str]:
    """Of the families told, those that say how it was done: measures do where there is nothing else."""
    return told if _is_measure(all_families) else {name for name in told if families()[name].nature != "measure"}


def _is_loose(trigger: Trigger) -> bool:
    text = trigger.text.lower()
    return trigger.family in _LOOSE or text.startswith("bomb") or text.endswith("missing")


#: families that tell what an attack of any method did
_LOOSE: Final = ("looting", "arson")


def _kinds_fit(scene: Scene, mine: Collection[str], event: Event) -> bool:
    if _is_measure(scene.families) != _is_measure(event.families):
        return scene.sentence >= event.last_sentence and not scene.statements_of("killed")
    level = 1 if scene.sentence == event.last_sentence or scene.back else 2
    theirs = event.methods
    if not mine or not theirs or not theirs.isdisjoint(mine):
        return True
    main = max(theirs, key=lambda name: (families()[name].rank, name))
    return any(joinable(name, main) >= level for name in mine)


def _is_measure(names: Collection[str]) -> bool:
    return all(families()[name].nature == "measure" for name in names)


def _dates_fit(scene: Scene, event: Event) -> bool:
    if scene.statements and all(s.harm.points_back for s in scene.statements):
        return True  # "one of them died on Saturday"
    mine = [d.when for d in scene.dates if d.when.prec <= _FINE_DATES and d.basis != "since"]
    theirs = [d.when for d in event.dates if d.when.prec <= _FINE_DATES and d.basis != "since"]
    if not mine or not theirs:
        return True
    return any(a.start <= b.end and b.start <= a.end for a in mine for b in theirs)


def _places_fit(first: Location | None, second: Location | None) -> bool:
    if first is None or second is None or first.place.id == second.place.id:
        return True
    reach = _SAME_KM + first.radius_km + second.radius_km
    if distance_km(first.latitude, first.longitude, second.latitude, second.longitude) <= reach:
        return True
    coarse = first if first.where_prec >= second.where_prec else second
    fine = second if coarse is first else first
    return coarse.place.feature_code.startswith(("PCL", "ADM1")) and _lies_in(fine, coarse)


def _lies_within(fine: Location, coarse: Location) -> bool:
    """Whether a place tells another more exactly: it lies in its area, or within its radius."""
    away = distance_km(fine.latitude, fine.longitude, coarse.latitude, coarse.longitude)
    return away <= max(coarse.radius_km, _SAME_KM) or (
        coarse.place.feature_code.startswith(("PCL", "ADM1")) and _lies_in(fine, coarse)
    )


def _lies_in(fine: Location, coarse: Location) -> bool:
    if fine.place.country_code != coarse.place.country_code:
        return False
    return coarse.place.feature_code.startswith("PCL") or fine.place.admin1 == coarse.place.admin1


def _can_stand_alone(scene: Scene, event: Event) -> bool:
    """Whether a scene makes its event one, and not just talk of violence."""
    if scene.statements:
        return True
    return event.alone and max((t.strength for t in scene.triggers), default=0.0) >= _ALONE


_ALONE: Final = 0.5  # strength of a trigger that tells of an event without numbers

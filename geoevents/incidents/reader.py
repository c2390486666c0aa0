"""From a document and its places to incidents: the stage's entry point."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from geoevents.incidents.actors import ActorMention, find_actors, find_attributions, sides
from geoevents.incidents.casualties import reckon
from geoevents.incidents.deciding import decide_kind
from geoevents.incidents.join import Event, join
from geoevents.incidents.kinds import Trigger, families
from geoevents.incidents.scene import Reading, read_scenes
from geoevents.incidents.where import Whereabouts
from geoevents.model import Document, DocumentPlaces, Incident, When, content_id
from geoevents.settings import IncidentSettings

_RECENT_DAYS: Final = 3  # UCDP reads an event without a date as of the three days before the report
_MANY_EVENTS: Final = 10
_LONG_DAYS: Final = 6
_QUOTES: Final = 6


@dataclass(frozen=True)
class IncidentReader:
    """Reads the incidents of documents.

    Attributes
    ----------
    settings
        Profile for vague numbers, and whether background counts.
    """

    settings: IncidentSettings

    @classmethod
    def from_settings(cls, settings: IncidentSettings) -> "IncidentReader":
        """Make a reader."""
        return cls(settings)

    def __call__(self, document: Document, places: DocumentPlaces) -> tuple[Incident, ...]:
        """Incidents of one document, in the order of their first words; one real event is one incident."""
        reading = Reading(document, places)
        scenes = read_scenes(reading)
        if not scenes:
            return ()
        whereabouts = Whereabouts(reading)
        events = [event for event in join(scenes, whereabouts) if self.settings.background or not event.background]
        if not events:
            return ()
        countries = sorted({focus.place.country_code for focus in places.focus if focus.level == "country"})
        actors = find_actors(reading.words, countries)
        attributions = find_attributions(reading.words, actors)
        teller = _Teller(reading, whereabouts, self.settings, actors, attributions)
        incidents = [teller.tell(event, number == 0) for number, event in enumerate(events)]
        return tuple(incident for incident in incidents if incident is not None)


class _Teller:
    """Turns the events of one document into records."""

    def __init__(self, reading, whereabouts, settings, actors, attributions) -> None:  # type: ignore[no-untyped-def]
        self.reading = reading
        self.whereabouts = whereabouts
        self.settings = settings
        self.actors = actors
        self.attributions = attributions

    def tell(self, event: Event, first: bool) -> Incident | None:
        document = self.reading.document
        statements = [statement for scene in event.scenes for statement in scene.statements]
        reckoning = reckon(statements, document.text, document.id, self.settings.counts)
        triggers = sorted(event.triggers, key=lambda t: (-families()[t.family].rank, t.first))
        sentences = {scene.sentence for scene in event.scenes}
        near = [a for a in self.attributions if any(0 <= a.sentence - s <= 1 for s in sentences)]
        both = sides(triggers, self.actors, near, self.reading.words)
        kind, weapon = _kind(triggers, both.mention_a, both.mention_b or both.target_mention)
        when = _when(event, self.reading, first)
        where = event.place or (self.whereabouts.of_document() if first else None)
        if (
            reckoning.killed is None
            and reckoning.injured is None
            and not reckoning.claims
            and where is None
            and when is None
        ):
            return None
        quotes = tuple(dict.fromkeys(self.reading.quote(scene.sentence) for scene in event.scenes))[:_QUOTES]
        return Incident(
            id=content_id("inc", document.id, quotes[0].start, kind, min(scene.start for scene in event.scenes)),
            doc_id=document.id,
            sub_event_type=kind,
            weapon=weapon,
            when=when,
            where=where,
            killed=reckoning.killed,
            injured=reckoning.injured,
            deaths=reckoning.deaths,
            claims=reckoning.claims,
            side_a=both.side_a,
            side_b=both.side_b,
            target=both.target,
            status="background" if event.background else "reported",
            event_clarity=_clarity(event, when),
            quotes=quotes,
            confidence=0.5,
        )


def _kind(triggers: Sequence[Trigger], a: ActorMention | None, b: ActorMention | None) -> tuple[str, str | None]:
    if not triggers:
        return "Attack", None
    kind = decide_kind(triggers, a, b)
    return kind.sub_event_type, kind.weapon


def _when(event: Event, reading: Reading, first: bool) -> When | None:
    for scene in event.scenes:
        for date in scene.dates:
            return date.when
    published = reading.document.published
    if first and published is not None:
        return When(start=published - timedelta(days=_RECENT_DAYS), end=published, prec=2, reason="no date in the text")
    return None


def _clarity(event: Event, when: When | None) -> Literal[1, 2]:
    counts = [scene.events for scene in event.scenes]
    many = max(counts) >= _MANY_EVENTS or all(count != 1 for count in counts)
    long = when is not None and (when.end - when.start).days > _LONG_DAYS
    return 2 if many or long else 1

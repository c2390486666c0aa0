"""From a document and its places to incidents: the stage's entry point."""

from dataclasses import dataclass, replace

from geoevents.incidents.actors import find_actors, find_attributions
from geoevents.incidents.join import join
from geoevents.incidents.scene import Reading, read_scenes
from geoevents.incidents.telling import Teller
from geoevents.incidents.violence import violent
from geoevents.incidents.where import Whereabouts
from geoevents.model import Document, DocumentPlaces, Incident
from geoevents.settings import IncidentSettings
from geoevents.text.keywords import keywords_of_parts


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
        countries = sorted({focus.place.country_code for focus in places.focus if focus.level == "country"})
        actors = find_actors(reading.words, countries)
        attributions = find_attributions(reading.words, actors)
        teller = Teller(reading, whereabouts, self.settings, actors, attributions)
        told = violent(join(scenes, whereabouts), teller)
        parts = [[scene.sentence for scene in event.scenes] for event in told]
        words = keywords_of_parts(reading.words, parts, document.title)
        events = [
            (event, found)
            for event, found in zip(told, words, strict=True)
            if self.settings.background or not event.background
        ]
        incidents = [(teller.tell(event, first=n == 0), found) for n, (event, found) in enumerate(events)]
        return tuple(replace(incident, keywords=found) for incident, found in incidents if incident is not None)

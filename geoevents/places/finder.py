"""The place stage: a document in, its toponyms, locations and focus out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from geoevents.errors import SettingsError
from geoevents.model import Document, DocumentPlaces, PlaceMention, ResolvedPlace
from geoevents.places.atlas import Atlas
from geoevents.places.focus import focus_of
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.recogniser.learned import LearnedRecogniser
from geoevents.places.resolver.resolver import Resolver
from geoevents.places.spatial.phrases import locations_of
from geoevents.protocols import Recogniser
from geoevents.settings import PlaceSettings

_SPACY: Final = "spacy:"


@dataclass(frozen=True)
class PlaceFinder:
    """Finds the places of documents: recognise, resolve, locate, and say what the document is about.

    Examples
    --------
    >>> finder = PlaceFinder.from_settings(PlaceSettings())
    >>> places = finder(Document(id="1", text="The dam lies north of Mosul in Iraq."))
    >>> [(r.mention.text, r.place.country_code) for r in places.resolved if r.place]
    [('Mosul', 'IQ'), ('Iraq', 'IQ')]
    """

    atlas: Atlas
    recogniser: Recogniser
    resolver: Callable[[Document, Sequence[PlaceMention]], tuple[ResolvedPlace, ...]]

    @classmethod
    def from_settings(cls, settings: PlaceSettings) -> "PlaceFinder":
        """Open the gazetteer and the recogniser that the settings name.

        Raises
        ------
        GazetteerError
            If the gazetteer cannot be opened.
        RecogniserError
            If the recogniser or its model is not installed.
        SettingsError
            If there is no recogniser of that name.
        """
        gazetteer = Gazetteer.open(settings.gazetteer)
        atlas = Atlas(gazetteer)
        return cls(atlas, make_recogniser(settings.recogniser, gazetteer), Resolver(atlas, settings.threshold))

    def __call__(self, document: Document) -> DocumentPlaces:
        """Places of one document."""
        mentions = self.recogniser(document)
        resolved = self.resolver(document, mentions)
        return DocumentPlaces(
            doc_id=document.id,
            resolved=resolved,
            locations=locations_of(document, resolved, self.atlas),
            focus=focus_of(resolved, self.atlas),
        )


def make_recogniser(name: str, gazetteer: Gazetteer) -> Recogniser:
    """Make the recogniser of a name: ``learned``, or ``spacy:MODEL``.

    Raises
    ------
    RecogniserError
        If spaCy or the model is not installed.
    SettingsError
        If there is no recogniser of that name.
    """
    if name == "learned":
        return LearnedRecogniser(gazetteer)
    if name.startswith(_SPACY):
        from geoevents.places.recogniser.spacy import SpacyRecogniser

        return SpacyRecogniser(name.removeprefix(_SPACY), gazetteer)
    raise SettingsError(f"there is no recogniser {name!r}; there are 'learned' and 'spacy:MODEL'")

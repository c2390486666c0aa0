"""The place stage: a document in, its toponyms, locations and focus out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geoevents.errors import SettingsError
from geoevents.model import Document, DocumentPlaces, PlaceMention, Problem, ResolvedPlace
from geoevents.places.atlas import Atlas
from geoevents.places.fixes import Fixes
from geoevents.places.focus import focus_of
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.recogniser.learned import LearnedRecogniser
from geoevents.places.resolver.resolver import Resolver
from geoevents.places.spatial.phrases import locations_of
from geoevents.protocols import Recogniser, RecogniserOfMany
from geoevents.settings import PlaceSettings
from geoevents.text.pages import pages

if TYPE_CHECKING:
    from geoevents.places.online_help import OnlineHelp

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
    help: "OnlineHelp | None" = None
    fixes: Fixes | None = None

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
        recogniser, resolver = make_recogniser(settings.recogniser, gazetteer), Resolver(atlas, settings.threshold)
        fixes = Fixes(settings.names, atlas) if settings.names else None
        return cls(atlas, recogniser, resolver, make_help(settings, atlas), fixes)

    def __call__(self, document: Document) -> DocumentPlaces:
        """Places of one document."""
        return self._placed(document, self.recogniser(document))

    def together(self, documents: Iterable[Document]) -> Iterator[DocumentPlaces]:
        """Places of each document in order, the same as of it alone; in less time where the recogniser can do so.

        Documents are taken a page at once, so that memory stays bounded over a stream of any length.
        """
        for page in pages(documents, lambda document: len(document.text)):
            for document, mentions in zip(page, self._recognised(page), strict=True):
                yield self._placed(document, mentions)

    def _recognised(self, documents: Sequence[Document]) -> Iterable[Sequence[PlaceMention]]:
        if isinstance(self.recogniser, RecogniserOfMany):
            return self.recogniser.together(documents)
        return map(self.recogniser, documents)

    def _placed(self, document: Document, mentions: Sequence[PlaceMention]) -> DocumentPlaces:
        """Say where the mentions of a document are, and what it is about."""
        resolved = self.resolver(document, mentions)
        problems: tuple[Problem, ...] = ()
        if self.help:
            resolved, problems = self.help(document, resolved)
        fixed: tuple[str, ...] = ()
        if self.fixes:
            resolved, fixed = self.fixes(document, resolved)
        return DocumentPlaces(
            doc_id=document.id,
            resolved=resolved,
            locations=locations_of(document, resolved, self.atlas),
            focus=focus_of(resolved, self.atlas),
            problems=problems,
            fixed=fixed,
        )


def make_help(settings: PlaceSettings, atlas: Atlas) -> "OnlineHelp | None":
    """Make the online help that the settings name; None where they name none.

    Raises
    ------
    SettingsError
        If geopy has no such geocoder, or it needs or knows other options.
    """
    if settings.geocoder is None:
        return None
    from geoevents.places.online import OnlineGeocoder
    from geoevents.places.online_help import OnlineHelp

    online = OnlineGeocoder.from_spec(settings.geocoder, cache=settings.geocoder_cache)
    return OnlineHelp(online, atlas, settings.threshold)


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

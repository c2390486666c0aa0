"""The only place where stages meet: articles → documents → places → incidents → events.

Each document is read by itself, in this process or in another (:mod:`geoevents.execution`), and leaves a small
:class:`Reading`; its text is not kept. Merging then sees the incidents of all documents at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from geoevents.articles import distinct, find_articles, read_article
from geoevents.events import Decisions, decisions_of, merge, read_rows
from geoevents.execution import executor_for, map_pages
from geoevents.incidents import IncidentReader
from geoevents.model import (
    Article,
    CloseCall,
    Document,
    DocumentPlaces,
    Event,
    Incident,
    Problem,
    Quote,
    Source,
)
from geoevents.places import PlaceFinder
from geoevents.settings import IncidentSettings, PlaceSettings, Settings

Progress = Callable[[str], None]
"""Called after each article with its name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one document says; small enough to pass between processes.

    Attributes
    ----------
    contexts
        The sentences that hold the incidents' quotes, so that a quote can be shown in its sentence.
    """

    source: Source
    places: DocumentPlaces
    incidents: tuple[Incident, ...]
    contexts: tuple[Quote, ...]

    @property
    def fixed(self) -> tuple[str, ...]:
        """Names in the document that a person's decision changed."""
        return self.places.fixed


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """All that a run found; see :mod:`geoevents.outputs` for writing it."""

    inputs: tuple[str, ...]
    settings: Settings
    gazetteer: str
    sources: Mapping[str, Source]
    contexts: Mapping[str, tuple[Quote, ...]]
    incidents: Sequence[Incident]
    events: tuple[Event, ...]
    close_calls: tuple[CloseCall, ...]
    problems: tuple[Problem, ...]


def run(
    inputs: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Read articles and put together the events they report.

    Parameters
    ----------
    inputs
        Files, folders (with all they hold), globs, or ``-`` for standard input.
    settings
        How to read, resolve, count and merge; the defaults where None.
    jobs
        How many processes read articles; 0 takes one for each processor. The result is the same.
    progress
        Called after each article.

    Returns
    -------
    Result
        Events in order of date and place, every incident and claim they came from, and the problems met on the way.
    """
    settings, decisions = decided(settings or Settings())
    names = tuple(str(name) for name in inputs)
    problems: list[Problem] = []

    def readings() -> Iterator[Reading]:
        for found in read(names, settings=settings, jobs=jobs, progress=progress):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                yield found

    return put_together(readings(), names, settings, decisions, problems)


def put_together(
    documents: Iterable[Reading],
    inputs: tuple[str, ...],
    settings: Settings,
    decisions: Decisions,
    problems: Collection[Problem],
) -> Result:
    """Merge what all documents say; `problems` may grow while they are read."""
    fixed: set[str] = set()
    sources: dict[str, Source] = {}
    contexts: dict[str, tuple[Quote, ...]] = {}
    incidents: list[Incident] = []
    for document in documents:
        sources[document.source.doc_id] = document.source
        incidents += document.incidents
        fixed.update(document.fixed)
        if document.contexts:
            contexts[document.source.doc_id] = document.contexts
    merged = merge(incidents, sources, settings.events, decisions)
    return Result(
        inputs=inputs,
        settings=settings,
        gazetteer=place_finder(settings.places).atlas.gazetteer.id,
        sources=sources,
        contexts=contexts,
        incidents=tuple(incidents),
        events=merged.events,
        close_calls=merged.close_calls,
        problems=(*problems, *merged.problems, *unfit(decisions, fixed)),
    )


def decided(settings: Settings) -> tuple[Settings, Decisions]:
    """Read what people decided, from the file of corrections: names go to the place stage, the rest to merging.

    Raises
    ------
    CorrectionError
        If the file cannot be read.
    """
    path = settings.events.corrections
    decisions = decisions_of(read_rows(path)) if path else Decisions()
    return replace(settings, places=replace(settings.places, names=decisions.of_names)), decisions


def unfit(decisions: Decisions, fixed: Collection[str]) -> tuple[Problem, ...]:
    """Decisions about names that no article says."""
    reason = "no article says this name; it is kept for one that does"
    names = (fix.name for fix in decisions.of_names if fix.name not in fixed)
    return tuple(Problem(source=f"corrections: name {name}", stage="corrections", reason=reason) for name in names)


def read(
    inputs: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Iterator[Reading | Problem]:
    """Read articles one by one: what each says of places and incidents, or why it could not be read.

    Parameters are those of :func:`run`.
    """
    settings, _ = decided(settings or Settings())
    place_finder(settings.places)  # settings that cannot be met are an error of the run, not of each article
    # an online geocoder is asked by one process, so that its requests keep their distance
    executor = executor_for(1 if settings.places.geocoder else jobs)
    articles = find_articles(inputs, settings.articles)
    records = executor.map(partial(documents_of, settings=settings), articles, _lost_article)
    documents = distinct(record for found in records for record in found)
    readings = partial(readings_of, settings=settings)
    for name, found in map_pages(executor, readings, documents, _lost_document, characters):
        yield found
        if isinstance(found, Reading):
            yield from found.places.problems
        if progress:
            progress(name)


def read_document(document: Document, settings: Settings) -> Reading:
    """Find the places and the incidents of one document."""
    return _read(document, place_finder(settings.places)(document), settings)


def _read(document: Document, places: DocumentPlaces, settings: Settings) -> Reading:
    incidents = _incident_reader(settings.incidents)(document, places)
    return Reading(
        source=source_of(document),
        places=places,
        incidents=incidents,
        contexts=_contexts(document, incidents),
    )


def source_of(document: Document) -> Source:
    """Give what an event cites of a document."""
    return Source(
        doc_id=document.id,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        name=document.name,
    )


def place_finder(settings: PlaceSettings) -> PlaceFinder:
    """One finder for each process: the gazetteer and the recogniser are loaded once, and anew where the file is new."""
    return _place_finder(settings, _state_of(settings.gazetteer))


@lru_cache(maxsize=2)
def _place_finder(settings: PlaceSettings, _state: tuple[int, ...]) -> PlaceFinder:
    return PlaceFinder.from_settings(settings)


def _state_of(path: Path | None) -> tuple[int, ...]:
    """Tell what changes when a file is written anew; nothing for the bundled gazetteer, and where opening will fail."""
    try:
        state = path.stat() if path else None
    except OSError:
        state = None
    return (state.st_ino, state.st_size, state.st_mtime_ns) if state else ()


@lru_cache(maxsize=2)
def _incident_reader(settings: IncidentSettings) -> IncidentReader:
    return IncidentReader.from_settings(settings)


# -- the two steps that may run in other processes; between them, ids are made distinct --------------------------------


def documents_of(article: Article | Problem, settings: Settings) -> tuple[Document | Problem, ...]:
    """Documents of one article; a problem stays one."""
    if isinstance(article, Problem):
        return (article,)
    return tuple(read_article(article, settings.articles))


def _lost_article(article: Article | Problem) -> tuple[Document | Problem, ...]:
    return (article if isinstance(article, Problem) else lost(article.name),)


def readings_of(records: Sequence[Document | Problem], settings: Settings) -> list[tuple[str, Reading | Problem]]:
    """Name of each document and what it says; a problem stays one."""
    documents = [record for record in records if isinstance(record, Document)]
    places: dict[str, DocumentPlaces] = {}
    # where one of them fails, each is read by itself below, so that the failure is its own
    with suppress(Exception):
        places = {found.doc_id: found for found in place_finder(settings.places).together(documents)}
    return [_reading_of(record, places, settings) for record in records]


def characters(record: Document | Problem) -> int:
    """How long a document's text is."""
    return len(record.text) if isinstance(record, Document) else 0


def _reading_of(
    record: Document | Problem, places: Mapping[str, DocumentPlaces], settings: Settings
) -> tuple[str, Reading | Problem]:
    if isinstance(record, Problem):
        return record.source, record
    try:
        known = places.get(record.id)
        return record.name, _read(record, known, settings) if known else read_document(record, settings)
    except Exception as error:  # one article that we fail on must not lose the others
        reason = f"geoevents failed on it ({type(error).__name__}: {error}); please report this with the article"
        return record.name, Problem(source=record.name, stage="pipeline", reason=reason)


def _lost_document(document: Document | Problem) -> tuple[str, Reading | Problem]:
    if isinstance(document, Problem):
        return document.source, document
    return document.name, lost(document.name)


def lost(name: str) -> Problem:
    """Say that an article killed its process."""
    return Problem(source=name, stage="pipeline", reason="reading it killed its process; it was left out")


def _contexts(document: Document, incidents: Iterable[Incident]) -> tuple[Quote, ...]:
    """Sentences of the document that hold words its incidents were read from."""
    quotes = [quote for incident in incidents for quote in (*incident.quotes, *(c.quote for c in incident.claims))]
    return tuple(
        Quote(doc_id=document.id, start=start, end=end, text=document.text[start:end])
        for start, end in document.sentences
        if any(quote.start < end and start < quote.end for quote in quotes)
    )

"""The plug points: what a reader, a gazetteer, a recogniser, an exporter and an executor must offer.

Anything with these methods fits; nothing needs to inherit. Stages are plain callables from the records of one stage to
those of the next, so a caller can replace any of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from geoevents.model import Article, Document, Event, Place, PlaceMention, Problem

T = TypeVar("T")
R = TypeVar("R")


class Reader(Protocol):
    """Turns one article into documents; :func:`geoevents.articles.read_article` with its settings is one."""

    def __call__(self, article: Article) -> Iterable[Document | Problem]:
        """Documents of one article, one for a page, many for a list of articles; a Problem for what cannot be read."""
        ...


@runtime_checkable
class Gazetteer(Protocol):
    """Names to places and back; see :class:`geoevents.places.gazetteer.Gazetteer`."""

    @property
    def id(self) -> str:
        """Name and content hash, such as ``bundled-2026.11-5f1d…``."""
        ...

    def find(self, name: str) -> Sequence[Place]:
        """Places that bear `name` in any spelling the gazetteer knows, most important first; empty if none."""
        ...


class Recogniser(Protocol):
    """Finds the toponyms of a document."""

    def __call__(self, document: Document) -> Sequence[PlaceMention]:
        """Mentions in order of `start`, without overlaps."""
        ...


@runtime_checkable
class RecogniserOfMany(Recogniser, Protocol):
    """A recogniser that reads several documents in less time than one after the other."""

    def together(self, documents: Sequence[Document]) -> Iterable[Sequence[PlaceMention]]:
        """Mentions of each document, the same as of it alone."""
        ...


class Exporter(Protocol):
    """Writes events in one format."""

    def __call__(self, events: Sequence[Event], path: Path) -> None:
        """Write `events` to `path`, whole or not at all.

        Raises
        ------
        ExportError
            If the file cannot be written.
        """
        ...


class Executor(Protocol):
    """Runs a function over many items, in this process or others; results come in the order of the items."""

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        lost: Callable[[T], R],
        ready: Callable[[T], R | None] | None = None,
    ) -> Iterator[R]:
        """Results of ``function(item)`` in order; ``lost(item)`` for an item that kills its process.

        An item for which ``ready(item)`` gives a result needs no work and goes to no other process.
        """
        ...

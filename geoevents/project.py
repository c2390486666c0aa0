"""The line of :mod:`geoevents.pipeline` over a store: only what is new or changed is read, what is gone goes.

Articles that an earlier run read from elsewhere stay. Events are put together anew where articles came or went
(:mod:`geoevents.remerging`), so that they are the same whether articles came in one run or in two.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from geoevents import __version__
from geoevents.articles import File, Ids, articles_of, find_files, text_hash
from geoevents.events import decisions_of, read_rows
from geoevents.execution import executor_for, map_pages
from geoevents.model import Article, Document, Problem, content_id
from geoevents.pipeline import (
    Progress,
    Reading,
    Result,
    characters,
    documents_of,
    lost,
    place_finder,
    readings_of,
    unfit,
)
from geoevents.remerging import merge_kept
from geoevents.settings import Settings
from geoevents.store import Files, KeptArticle, KeptDocument, Known, Scope, Store


def run(
    inputs: Iterable[str | Path],
    store: Path,
    *,
    settings: Settings | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    check_contents: bool = False,
) -> Result:
    """Read what is new among the articles, and put together the events of all that the store holds.

    Parameters
    ----------
    store
        File of the store; made where there is none. It keeps the corrections too: a run without a file of corrections
        follows those of the last run that had one.
    inputs, settings, jobs, progress
        As for :func:`geoevents.pipeline.run`.
    check_contents
        Whether to open every file, to see by its bytes whether it is as it was; else one whose size and times are those
        of the last run is taken to be.

    Raises
    ------
    CorrectionError
        If the file of corrections cannot be read.
    StoreError
        If the store is in use by another run, damaged, no store, or of another version.
    """
    settings = settings or Settings()
    given = read_rows(settings.events.corrections) if settings.events.corrections else None
    names = tuple(str(name) for name in inputs)
    with Store.open(store, write=True) as opened:
        number = opened.begin_run(names, __version__)
        if given is not None:
            opened.decide(given)
        decisions = decisions_of(opened.decisions())
        settings = replace(settings, places=replace(settings.places, names=decisions.of_names))
        problems = tuple(_Reader(opened, settings, jobs, check_contents=check_contents).read(names, progress))
        merged = merge_kept(opened, settings.events, decisions)
        opened.finish_run(number, merged.note)
        sources, contexts, incidents = opened.told()
        return Result(
            inputs=names,
            settings=settings,
            gazetteer=place_finder(settings.places).atlas.gazetteer.id,
            sources=sources,
            contexts=contexts,
            incidents=incidents,
            events=opened.read_events({event.id: event for event in merged.events}),
            close_calls=tuple(opened.close_calls()),
            problems=(*problems, *merged.problems, *unfit(decisions, opened.fixed())),
        )


# -- reading what is new -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    """One article on its way: `known` where it need not be read, `records` once its documents are told apart."""

    name: str
    key: str = ""
    file: File | None = None
    article: Article | None = None
    known: Known | None = None
    records: tuple[Document | Problem, ...] = ()
    readings: tuple[Reading | Problem, ...] = ()
    #: whether to read it again the next time: what it is a copy of may be gone, what killed it a chance
    again: bool = False

    @property
    def path(self) -> str:
        """Of its file, as the input names it."""
        return self.file.path if self.file else ""


class _Reader:
    """Reads articles into the store."""

    def __init__(self, store: Store, settings: Settings, jobs: int, *, check_contents: bool = False) -> None:
        self.store, self.settings = store, settings
        self.executor = executor_for(1 if settings.places.geocoder else jobs)  # as in the pipeline
        gazetteer = place_finder(settings.places).atlas.gazetteer.id
        parts = (asdict(getattr(settings, name)) for name in ("articles", "places", "incidents"))
        self.config = content_id("config", __version__, gazetteer, *parts)
        self.ids = Ids()
        self.kept = store.articles()
        self.files = Files(store.files(), self.kept, self.config, by_contents=check_contents)
        self.seen: set[str] = set()

    def read(self, inputs: tuple[str, ...], progress: Progress | None) -> Iterator[Problem]:
        """Read what is new, drop what is gone, and give the problems of all that was met."""
        scope = Scope(inputs)
        others = {key for key, known in self.kept.items() if known.path not in scope}
        for key in others:
            self._take(self.kept[key])
        drafts = self.executor.map(partial(_draft, settings=self.settings), self._found(inputs), _lost, _ready)
        told_apart = map(self._distinct, drafts)
        read = partial(_read, settings=self.settings)
        for item in map_pages(self.executor, read, told_apart, _lost, _characters, _ready):
            yield from self._keep(item)
            if progress:
                progress(item.name)
        self.store.forget(key for key in self.kept if key not in self.seen and key not in others)
        self.store.note_files(*self.files.changes(scope))

    def _found(self, inputs: tuple[str, ...]) -> Iterator[_Item]:
        for file in find_files(inputs):
            if isinstance(file, Problem):
                yield _Item(file.source, records=(file,))
            elif (keys := self.files.unchanged(file.path, file.state)) is not None:
                for key in keys:
                    known = self.kept[key]
                    yield _Item(known.path, key, file, known=known)
            else:
                self.files.begin(file.path, file.state)
                yield from self._opened(file)

    def _opened(self, file: File) -> Iterator[_Item]:
        for article in articles_of(file, self.settings.articles):
            if isinstance(article, Problem):
                yield _Item(article.source, file=file, records=(article,))
                continue
            key = _key(article)
            known = self.kept.get(key)
            yield _Item(article.name, key, file, article, known if known and known.config == self.config else None)

    def _distinct(self, item: _Item) -> _Item:
        if item.known and not any(name in self.ids for name, _, _ in item.known.documents):
            self._take(item.known)
            return item
        if item.known:  # what is new and stands before it has its id: it is told apart as if it were new too
            item = _draft(replace(item, known=None, article=item.article or self._again(item)), self.settings)
        records: list[Document | Problem] = []
        for record in item.records:
            records += [record] if isinstance(record, Problem) else self.ids.distinct(record)
        documents = sum(isinstance(record, Document) for record in item.records)
        left = sum(isinstance(record, Document) for record in records)
        return replace(item, article=None, records=tuple(records), again=item.again or left < documents)

    def _take(self, known: Known) -> None:
        for taken in known.documents:
            self.ids.take(*taken)

    def _again(self, item: _Item) -> Article | None:
        """Find the article of a file that was not opened; None where the file changed under our hands."""
        found = articles_of(item.file, self.settings.articles) if item.file else ()
        return next((one for one in found if isinstance(one, Article) and _key(one) == item.key), None)

    def _keep(self, item: _Item) -> Iterator[Problem]:
        self.seen.add(item.key)
        if item.known:
            self.files.read(item.path, item.key)
            yield from item.known.problems
            return
        failures = [found for found in item.readings if isinstance(found, Problem)]
        online = [problem for found in item.readings if isinstance(found, Reading) for problem in found.places.problems]
        problems = (*failures, *online)
        yield from problems
        config = "" if item.again or online or not item.key else self.config
        self.files.read(item.path, item.key if config else "")
        if not item.key:
            return
        texts = {record.id: text_hash(record) for record in item.records if isinstance(record, Document)}
        documents = (
            KeptDocument(
                text_hash=texts[found.source.doc_id],
                source=found.source,
                incidents=found.incidents,
                contexts=found.contexts,
                fixed=found.places.fixed,
            )
            for found in item.readings
            if isinstance(found, Reading)
        )
        path = _path(item.name)
        self.store.keep(
            KeptArticle(key=item.key, path=path, config=config, documents=tuple(documents), problems=problems)
        )


def _ready(item: _Item) -> _Item | None:
    """Give an article that need not be read as it is."""
    return item if item.known else None


def _path(name: str) -> str:
    return os.path.abspath(name)  # noqa: PTH100  # a name to compare; resolve() would follow links


def _key(article: Article) -> str:
    digest = hashlib.blake2b(article.data, digest_size=16).hexdigest()
    return content_id("art", _path(article.name), article.media_type, digest)


def _draft(item: _Item, settings: Settings) -> _Item:
    """Documents of an article; in this process or another."""
    return replace(item, records=documents_of(item.article, settings)) if item.article else item


def _read(items: Sequence[_Item], settings: Settings) -> list[_Item]:
    """Find what the documents of articles say; in this process or another."""
    readings = (found for _, found in readings_of([record for item in items for record in item.records], settings))
    return [replace(item, readings=tuple(islice(readings, len(item.records)))) for item in items]


def _characters(item: _Item) -> int:
    return sum(map(characters, item.records))


def _lost(item: _Item) -> _Item:
    return replace(item, readings=(lost(item.name),), records=(lost(item.name),), again=True)

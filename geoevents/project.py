"""The line of :mod:`geoevents.pipeline` over a store: only what is new or changed is read, what is gone goes.

Articles that an earlier run read from elsewhere stay. Events are put together anew where articles came or went
(:mod:`geoevents.remerging`), so that they are the same whether articles came in one run or in two.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from geoevents import __version__
from geoevents.articles import Ids, find_articles, text_hash
from geoevents.events import decisions_of, read_rows
from geoevents.execution import executor_for
from geoevents.model import Article, Document, Problem, content_id
from geoevents.pipeline import Progress, Reading, Result, documents_of, lost, place_finder, reading_of, unfit
from geoevents.remerging import merge_kept
from geoevents.settings import Settings
from geoevents.store import KeptArticle, KeptDocument, Known, Scope, Store


def run(
    inputs: Iterable[str | Path],
    store: Path,
    *,
    settings: Settings | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Read what is new among the articles, and put together the events of all that the store holds.

    Parameters
    ----------
    store
        File of the store; made where there is none. It keeps the corrections too: a run without a file of corrections
        follows those of the last run that had one.
    inputs, settings, jobs, progress
        As for :func:`geoevents.pipeline.run`.

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
        problems = tuple(_Reader(opened, settings, jobs).read(names, progress))
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
            events=tuple(opened.events({event.id: event for event in merged.events})),
            close_calls=tuple(opened.close_calls()),
            problems=(*problems, *merged.problems, *unfit(decisions, opened.fixed())),
        )


# -- reading what is new -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    """One article on its way: `known` where it need not be read, `records` once its documents are told apart."""

    name: str
    key: str = ""
    article: Article | None = None
    known: Known | None = None
    records: tuple[Document | Problem, ...] = ()
    readings: tuple[Reading | Problem, ...] = ()
    #: whether to read it again the next time: what it is a copy of may be gone, what killed it a chance
    again: bool = False


class _Reader:
    """Reads articles into the store."""

    def __init__(self, store: Store, settings: Settings, jobs: int) -> None:
        self.store, self.settings = store, settings
        self.executor = executor_for(1 if settings.places.geocoder else jobs)  # as in the pipeline
        gazetteer = place_finder(settings.places).atlas.gazetteer.id
        parts = (asdict(getattr(settings, name)) for name in ("articles", "places", "incidents"))
        self.config = content_id("config", __version__, gazetteer, *parts)
        self.ids = Ids()
        self.seen: set[str] = set()

    def read(self, inputs: tuple[str, ...], progress: Progress | None) -> Iterator[Problem]:
        """Read what is new, drop what is gone, and give the problems of all that was met."""
        scope = Scope(inputs)
        self._take_ids_of_others(scope)
        found = self._found(inputs)
        drafts = self.executor.map(partial(_draft, settings=self.settings), found, _lost)
        told_apart = map(self._distinct, drafts)
        for item in self.executor.map(partial(_read, settings=self.settings), told_apart, _lost):
            yield from self._keep(item)
            if progress:
                progress(item.name)
        self.store.forget(key for key, path in list(self.store.articles()) if key not in self.seen and path in scope)

    def _take_ids_of_others(self, scope: Scope) -> None:
        """Ids of documents that this run does not meet are taken."""
        for key, path in self.store.articles():
            if path not in scope:
                for taken in self.store.ids(key):
                    self.ids.take(*taken)

    def _found(self, inputs: tuple[str, ...]) -> Iterator[_Item]:
        for article in find_articles(inputs, self.settings.articles):
            if isinstance(article, Problem):
                yield _Item(article.source, records=(article,))
                continue
            key = _key(article)
            known = self.store.known(key, self.config)
            yield _Item(article.name, key, None if known else article, known)

    def _distinct(self, item: _Item) -> _Item:
        if item.known:
            for name, text, source in item.known.documents:
                self.ids.take(name, text, source)
            return item
        records: list[Document | Problem] = []
        for record in item.records:
            records += [record] if isinstance(record, Problem) else self.ids.distinct(record)
        documents = sum(isinstance(record, Document) for record in item.records)
        left = sum(isinstance(record, Document) for record in records)
        return replace(item, article=None, records=tuple(records), again=item.again or left < documents)

    def _keep(self, item: _Item) -> Iterator[Problem]:
        self.seen.add(item.key)
        if item.known:
            yield from item.known.problems
            return
        failures = [found for found in item.readings if isinstance(found, Problem)]
        online = [problem for found in item.readings if isinstance(found, Reading) for problem in found.places.problems]
        problems = (*failures, *online)
        yield from problems
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
        self.store.keep(
            KeptArticle(
                key=item.key,
                path=_path(item.name),
                config="" if item.again or online else self.config,
                documents=tuple(documents),
                problems=problems,
            )
        )


def _path(name: str) -> str:
    return os.path.abspath(name)  # noqa: PTH100  # a name to compare; resolve() would follow links


def _key(article: Article) -> str:
    digest = hashlib.blake2b(article.data, digest_size=16).hexdigest()
    return content_id("art", _path(article.name), article.media_type, digest)


def _draft(item: _Item, settings: Settings) -> _Item:
    """Documents of an article; in this process or another."""
    return replace(item, records=documents_of(item.article, settings)) if item.article else item


def _read(item: _Item, settings: Settings) -> _Item:
    """Find what the documents of an article say; in this process or another."""
    if item.known:
        return item
    return replace(item, readings=tuple(reading_of(record, settings)[1] for record in item.records))


def _lost(item: _Item) -> _Item:
    return replace(item, readings=(lost(item.name),), records=(lost(item.name),), again=True)

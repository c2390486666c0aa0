"""``python -m tests.benchmarks.store [SIZE] [--new N]``: what a run over a large store costs when few articles are new.

Makes SIZE small files of articles in a temporary folder and a store that has read them (the incidents are those of
:mod:`tests.benchmarks.merging`, one a file). Then three runs: one that merges all, one after N articles of those events
and N others were added, one that finds nothing new. Prints the seconds of processor time of each part. The first N
count as read, for their incidents are made by rule; the others are read.
"""

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoevents import outputs, project
from geoevents.articles import find_articles
from geoevents.model import Article, Incident, Source
from geoevents.pipeline import Result
from geoevents.settings import Settings
from geoevents.store import KeptArticle, KeptDocument, Store
from tests.benchmarks.merging import make


class Clock:
    """Seconds of processor time by the name of a part."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Add what is spent within to a part."""
        began = time.process_time()
        try:
            yield
        finally:
            self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - began


Told = tuple[int, Incident, Source]


def fill(folder: Path, store: Path, told: Iterable[Told]) -> None:
    """Write a file for each incident, and into the store that it was read."""
    with Store.open(store, write=True) as opened:
        reader = project._Reader(opened, Settings(), 1)
        for number, incident, source in told:
            path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"Report {number}, of words that were read before.\n" * 40, encoding="utf-8")
            name = f"{path}"
            key = project._key(Article(name=name, media_type="text/plain", data=path.read_bytes()))
            document = KeptDocument(
                text_hash=f"text-{number}", source=replace(source, name=name), incidents=(incident,)
            )
            opened.keep(KeptArticle(key=key, path=name, config=reader.config, documents=(document,)))
    (article,) = (a for a in find_articles([path], Settings().articles) if isinstance(a, Article))
    assert project._key(article) == key, "the files would be read anew"


def add(folder: Path, count: int) -> None:
    """Write new articles about bombings on a street."""
    more = folder / "more"
    more.mkdir()
    for number in range(count):
        text = f"MOSUL, May {number % 28 + 1}, 2022 - A bomb killed {number + 2} people in Mosul, a doctor said."
        (more / f"{number}.txt").write_text(text, encoding="utf-8")


def run(folder: Path, store: Path) -> Clock:
    """Run over the folder and write the outputs; give what each part cost."""
    clock, whole = Clock(), time.process_time()
    real: dict[str, Any] = {"merge": project.merge_kept, "events": Store.read_events, "told": Store.told}

    def merging(*given: Any) -> Any:
        with clock.part("merging"):
            return real["merge"](*given)

    def events(*given: Any) -> Any:
        with clock.part("events from the store"):
            return real["events"](*given)

    def told(*given: Any) -> Any:
        with clock.part("articles from the store"):
            return real["told"](*given)

    project.merge_kept, Store.read_events, Store.told = merging, events, told  # type: ignore[assignment,method-assign]
    try:
        result: Result = project.run([folder], store)
    finally:
        project.merge_kept, Store.read_events, Store.told = real["merge"], real["events"], real["told"]  # type: ignore[method-assign]
    clock.spent["finding and reading"] = time.process_time() - whole - sum(clock.spent.values())
    for name in ("write_map", "export"):
        setattr(outputs, name, _timed(clock, getattr(outputs, name)))
    before, began = sum(clock.spent.values()), time.process_time()
    with tempfile.TemporaryDirectory() as out:
        outputs.write_outputs(result, out)
    clock.spent["other outputs"] = time.process_time() - began - sum(clock.spent.values()) + before
    clock.spent["all"] = time.process_time() - whole
    for name in ("write_map", "export"):
        setattr(outputs, name, getattr(outputs, name).__wrapped__)
    with Store.open(store) as opened:
        print(f"  {opened.info()['last_run']['merging']}; {len(result.events)} events")
    return clock


def _timed(clock: Clock, work: Any) -> Any:
    def timed(*given: Any, **named: Any) -> Any:
        path = next(Path(one) for one in given if isinstance(one, (str, Path)))
        with clock.part(path.name):
            return work(*given, **named)

    timed.__wrapped__ = work  # type: ignore[attr-defined]
    return timed


def main() -> None:
    """Measure a store of the size asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, store = Path(scratch) / "articles", Path(scratch) / "s.db"
        folder.mkdir()
        told = [(number, incident, source) for number, (incident, source, _) in enumerate(make(given.size + given.new))]
        later = [told.pop((at + 1) * given.size // given.new) for at in reversed(range(given.new))]
        fill(folder, store, told)
        for name in ("all merged", f"{given.new} new", "nothing new"):
            if name.endswith(" new") and name[0].isdigit():
                fill(folder, store, later)
                add(folder, given.new)
            print(name, flush=True)
            for part, seconds in run(folder, store).spent.items():
                print(f"  {part:24} {seconds:6.2f} s", flush=True)
        print(f"store of {store.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

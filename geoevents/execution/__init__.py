"""Running one function over many items: in this process, or in several; the results and their order are the same."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import Final, TypeVar

from geoevents.protocols import Executor
from geoevents.text.pages import pages

T = TypeVar("T")
R = TypeVar("R")

#: items under way at once for each process: enough to keep all busy, few enough to bound the memory
_WINDOW: Final = 4


def map_pages(
    executor: Executor,
    function: Callable[[list[T]], Sequence[R]],
    items: Iterable[T],
    lost: Callable[[T], R],
    size: Callable[[T], int],
    ready: Callable[[T], R | None] = lambda _: None,
) -> Iterator[R]:
    """Results of a function that takes a page of items (:mod:`geoevents.text.pages`), in order of the items.

    Items of a page that kills its process are run one by one, so that only the one that kills is lost.

    Parameters
    ----------
    function
        Gives one result for each item of a list.
    lost
        Gives the result of an item that kills its process.
    size
        Characters of an item.
    ready
        Gives the result of an item that needs no work; such a one is left out of what `function` takes.
    """
    under_way: deque[list[R | None]] = deque()

    def work() -> Iterator[list[T]]:
        for page in pages(items, size):
            under_way.append([ready(item) for item in page])
            yield [item for item, result in zip(page, under_way[-1], strict=True) if result is None]

    def lost_page(page: list[T]) -> Sequence[R]:
        if len(page) == 1:
            return [lost(page[0])]
        alone = Processes(1).map(function, ([item] for item in page), lost_page)
        return list(chain.from_iterable(alone))

    for results in executor.map(function, work(), lost_page, lambda page: None if page else ()):
        found = iter(results)
        yield from (next(found) if result is None else result for result in under_way.popleft())


@dataclass(frozen=True)
class Serial:
    """One item after another in this process."""

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        lost: Callable[[T], R],  # noqa: ARG002  # nothing dies here without this process
        ready: Callable[[T], R | None] | None = None,
    ) -> Iterator[R]:
        """Results in order: of ``ready(item)`` where it gives one, else of ``function(item)``."""
        if ready is None:
            return map(function, items)
        return (function(item) if (result := ready(item)) is None else result for item in items)


@dataclass(frozen=True)
class Processes:
    """Several processes; a process that dies takes only the item that killed it along.

    Parameters
    ----------
    jobs
        How many processes.
    """

    jobs: int

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        lost: Callable[[T], R],
        ready: Callable[[T], R | None] | None = None,
    ) -> Iterator[R]:
        """Results of ``function(item)`` in order; ``lost(item)`` for an item that kills its process.

        An item for which ``ready(item)`` gives a result is not sent to a process. `function` and `items` must be
        picklable. Items are taken from their iterable as results are asked for, a few ahead, so that an endless
        iterable is no danger to the memory.
        """
        source = iter(items)
        waiting: deque[tuple[T, R | Future[R]]] = deque()
        pool = self._pool(self.jobs)
        try:
            while True:
                for item in islice(source, self.jobs * _WINDOW - len(waiting)):
                    result = ready(item) if ready else None
                    waiting.append((item, _submit(pool, function, item) if result is None else result))
                if not waiting:
                    return
                item, found = waiting.popleft()
                try:
                    yield found.result() if isinstance(found, Future) else found
                except BrokenProcessPool:
                    suspects = [(item, found), *waiting]
                    waiting.clear()
                    pool.shutdown(cancel_futures=True)
                    for item, found in suspects:
                        yield self._alone(function, item, lost) if isinstance(found, Future) else found
                    pool = self._pool(self.jobs)
        finally:
            pool.shutdown(cancel_futures=True)

    def _alone(self, function: Callable[[T], R], item: T, lost: Callable[[T], R]) -> R:
        """Run one item in a process of its own, to find the one that kills."""
        with self._pool(1) as pool:
            try:
                return pool.submit(function, item).result()
            except BrokenProcessPool:
                return lost(item)

    @staticmethod
    def _pool(jobs: int) -> ProcessPoolExecutor:
        # spawn: the same on every system, and no lock of a parent's thread is copied
        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _submit(pool: ProcessPoolExecutor, function: Callable[[T], R], item: T) -> Future[R]:
    """Submit; a pool that broke in the meantime gives a failed future, so that there is one place to mend it."""
    try:
        return pool.submit(function, item)
    except BrokenProcessPool as error:
        failed: Future[R] = Future()
        failed.set_exception(error)
        return failed


def executor_for(jobs: int) -> Serial | Processes:
    """Give the executor for a number of processes; 0 takes one for each processor of the machine."""
    jobs = jobs or os.cpu_count() or 1
    return Serial() if jobs == 1 else Processes(jobs)

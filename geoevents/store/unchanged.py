"""Which files are as they were when a run read them whole, told without opening them, as version control does.

A file is taken to be the same where its size, its times and its inode are those it had before it was read. One that was
written while or just before it was looked at could be written again without any of these changing, for the clocks of
file systems tick slowly; so nothing is kept of it, and it is opened the next time.
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from geoevents.store.records import KeptFile, Known
from geoevents.store.scope import Scope

#: no file system's clock ticks more slowly (FAT has the slowest)
_TICK: Final = 2_000_000_000


@dataclass(slots=True)
class _Begun:
    """A file that is being read: its stamp, and the keys of its articles so far; `whole` while all could be kept."""

    path: str
    stamp: str
    keys: list[str] = field(default_factory=list)
    whole: bool = True


class Files:
    """Files of a run, those that are as they were and those that are read.

    Parameters
    ----------
    kept
        Path → what an earlier run kept of a file; paths are absolute.
    articles
        Key → what is there of each article.
    config
        As of :class:`geoevents.store.KeptArticle`.
    by_contents
        Whether no file is taken to be the same without being opened.
    """

    def __init__(
        self, kept: Mapping[str, KeptFile], articles: Mapping[str, Known], config: str, *, by_contents: bool = False
    ) -> None:
        self._kept, self._articles, self._config, self._by_contents = kept, articles, config, by_contents
        self._same: set[str] = set()
        self._begun: dict[str, _Begun] = {}

    def unchanged(self, path: str, state: os.stat_result | None) -> tuple[str, ...] | None:
        """Keys of the articles of a file that is as it was; None where it has to be opened.

        Parameters
        ----------
        state
            What the system says of it now.
        """
        whole = _absolute(path)
        kept = None if self._by_contents or state is None else self._kept.get(whole)
        if kept is None or state is None or kept.config != self._config or kept.stamp != _stamp(state):
            return None
        for key in kept.articles:
            known = self._articles.get(key)
            if known is None or known.config != self._config:
                return None
        self._same.add(whole)
        return kept.articles

    def begin(self, path: str, state: os.stat_result | None) -> None:
        """Note that a file is about to be opened."""
        at_rest = state and _now() - max(state.st_mtime_ns, state.st_ctime_ns) > _TICK
        self._begun[path] = _Begun(_absolute(path), _stamp(state) if state and at_rest else "")

    def read(self, path: str, key: str) -> None:
        """Note that an article of a file is in the store; without a key, that one has to be read again."""
        if begun := self._begun.get(path):
            begun.keys.append(key)
            begun.whole &= bool(key)

    def changes(self, scope: Scope) -> tuple[dict[str, KeptFile], list[str]]:
        """Give what is to be kept of the files that were read, by path; and the paths of which nothing is, any more.

        Parameters
        ----------
        scope
            Holds the paths of files that the run would have met.
        """
        read = {
            begun.path: KeptFile(begun.stamp, self._config, tuple(begun.keys))
            for begun in self._begun.values()
            if begun.stamp and begun.whole
        }
        known = self._same.union(read)
        return read, [path for path in self._kept if path not in known and path in scope]


def _now() -> int:
    return time.time_ns()


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100  # a name to compare; resolve() would follow links


def _stamp(state: os.stat_result) -> str:
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"

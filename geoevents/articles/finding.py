"""From what a user names to articles: files, folders with all below them, patterns, and ``-`` for standard input.

Order is that of the arguments, and within a folder that of the names. An input reached twice is read once. Within a
folder, hidden files are passed over and links that lead out of it are refused: a folder from a stranger must not make
its reader publish other files.
"""

import csv
import glob
import io
import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from geoevents.articles import media
from geoevents.articles.documents import STAGE
from geoevents.articles.tables import count_rows, csv_rows, json_lines
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

#: What ``-`` becomes; a file of the name ``-`` is given as ``./-``.
STANDARD_INPUT: Final = Path("<standard input>")
_STANDARD_INPUT: Final = str(STANDARD_INPUT)
_LEADS_OUT: Final = "it is a link that leads out of its folder"
_BUFFER: Final = 1 << 18
_TABLES: Final = {media.JSON_LINES: json_lines, media.CSV: csv_rows}


@dataclass(frozen=True, slots=True)
class File:
    """A file that an input stands for.

    Attributes
    ----------
    path
        As the input names it.
    state
        What the system said of it before it was opened; None for standard input, and where it says nothing.
    """

    path: str
    state: os.stat_result | None = None


def find_articles(inputs: Iterable[str | Path], settings: ArticleSettings) -> Iterator[Article | Problem]:
    """Articles of all inputs, one after the other, each read when it is asked for.

    A table (CSV, JSON Lines) gives an article for each row; all else gives one for each file. What cannot be read gives
    a :class:`Problem` in its place.
    """
    for file in find_files(inputs):
        yield from (file,) if isinstance(file, Problem) else articles_of(file, settings)


def articles_of(file: File, settings: ArticleSettings) -> Iterator[Article | Problem]:
    """Articles of one file, each read when it is asked for."""
    path = Path(file.path)
    try:
        yield from _articles_of(path, settings)
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)


def count_articles(inputs: Iterable[str | Path]) -> int:
    """About how many articles :func:`find_articles` will give, for a progress bar.

    Exact but for tables, whose lines are counted, those within a cell of CSV as well.
    """
    return sum(_count(Path(file.path)) for file in find_files(inputs) if isinstance(file, File))


def find_files(inputs: Iterable[str | Path]) -> Iterator[File | Problem]:
    """Files of all inputs, each once; none is opened."""
    seen: set[object] = set()
    for given in inputs:
        for path in _expanded(given):
            if isinstance(path, Problem):
                yield path
                continue
            file = File(path, _state(path))
            if (identity := _identity(file)) not in seen:
                seen.add(identity)
                yield file


def _expanded(given: str | Path) -> Iterator[str | Problem]:
    """Paths of the files that one argument names; strings, for a large folder has many and few are opened."""
    path, pattern = Path(given), str(given)
    if pattern == "-":
        yield _STANDARD_INPUT
    elif _is_folder(path):
        yield from _files_below(path)
    elif "\0" in pattern or os.path.lexists(path) or not glob.has_magic(pattern):
        yield str(path)
    else:
        yield from _matching(path)


def _matching(pattern: Path) -> Iterator[str | Problem]:
    """Files that match a pattern, and those below the folders that do; links are held to the pattern's fixed part."""
    fixed = Path(*itertools.takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    free = pattern.parts[len(fixed.parts) :]
    top, hidden = os.path.realpath(fixed), any(part.startswith(".") for part in free)
    matches = sorted(
        fixed.glob(str(Path(*free)))
    )  # it follows no links; glob.glob does, and two that lead back never end
    for match in matches:
        if not hidden and any(part.startswith(".") for part in match.relative_to(fixed).parts):
            continue
        if not _leads_inside(match, top):
            yield Problem(source=_shown(match), stage=STAGE, reason=_LEADS_OUT)
        else:
            yield from _files_below(match) if _is_folder(match) else (str(match),)
    if not matches:
        yield Problem(source=_shown(pattern), stage=STAGE, reason="no file matches this pattern")


def _files_below(root: Path) -> Iterator[str | Problem]:
    """Regular files below a folder, by name; without recursion, for folders may be nested deep."""
    top = os.path.realpath(root)
    waiting: list[Path | os.DirEntry[str]] = [root]
    while waiting:
        here = waiting.pop()
        try:
            if here is not root and here.is_symlink():
                if not _leads_inside(Path(here), top):
                    yield Problem(source=_shown(here), stage=STAGE, reason=_LEADS_OUT)
            elif here.is_dir():
                with os.scandir(here) as children:
                    shown = [child for child in children if child.name[0] != "."]
                waiting += sorted(shown, key=lambda child: child.name, reverse=True)
            elif here.is_file():
                yield os.fspath(here)
        except OSError as error:
            yield _unreadable(here, error)


def _leads_inside(path: Path, top: str) -> bool:
    """Whether a link leads to something below `top`, which is then visited where it lies."""
    return Path(os.path.realpath(path)).is_relative_to(top)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _state(path: str) -> os.stat_result | None:
    try:
        # a Path for each file of a large folder would take longer than the rest
        return None if path == _STANDARD_INPUT else os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None


def _identity(file: File) -> object:
    """Equal for two ways to one file."""
    state = file.state
    if state is None:
        return file.path
    return (state.st_dev, state.st_ino) if state.st_ino else os.path.realpath(file.path)


def _articles_of(path: Path, settings: ArticleSettings) -> Iterator[Article | Problem]:
    name, reason = _shown(path), None
    with _opened(path) as stream:
        kind = _media_type(path, stream)
        if rows := _TABLES.get(kind):
            yield from rows(stream, name, settings)
            return
        known_size = 0 if path == STANDARD_INPUT else path.stat().st_size
        data = stream.read(settings.max_bytes + 1) if known_size <= settings.max_bytes else b""
    if max(known_size, len(data)) > settings.max_bytes:
        reason = f"it is larger than {settings.max_bytes} bytes"
    elif not data.strip(b"\0\t\n\r "):
        reason = "it is empty"
    if reason:
        yield Problem(source=name, stage=STAGE, reason=reason)
    else:
        yield Article(name=name, media_type=kind, data=data)


def _count(path: Path) -> int:
    """Articles of one file: its lines where it is a table, else one."""
    if path == STANDARD_INPUT or not path.is_file():
        return 1
    try:
        with _opened(path) as stream:
            kind = _media_type(path, stream)
            return count_rows(stream, header=kind == media.CSV) if kind in _TABLES else 1
    except (OSError, ValueError, csv.Error):
        return 0


def _media_type(path: Path, stream: io.BufferedReader) -> str:
    return media.media_type("" if path == STANDARD_INPUT else path.name, stream.peek(media.HEAD)[: media.HEAD])


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file to read bytes; standard input stays open afterwards."""
    standard = path == STANDARD_INPUT
    raw = sys.stdin.buffer if standard else path.open("rb", buffering=0)
    stream = io.BufferedReader(cast("Any", raw), _BUFFER)
    try:
        yield stream
    finally:
        if standard:
            stream.detach()
        else:
            stream.close()


def _unreadable(path: str | os.PathLike[str], error: Exception) -> Problem:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(source=_shown(path), stage=STAGE, reason=reason[:1].lower() + reason[1:])


def _shown(path: str | os.PathLike[str]) -> str:
    """Name of a file as people read it: what cannot be printed, and bytes that are no text, become a mark."""
    name = os.fsencode(path).decode("utf-8", "replace")
    if name.isprintable():
        return name
    return "".join(character if character.isprintable() else "\ufffd" for character in name)

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
from pathlib import Path
from typing import Any, Final, cast

from geoevents.articles import media
from geoevents.articles.documents import STAGE
from geoevents.articles.tables import count_rows, csv_rows, json_lines
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

#: What ``-`` becomes; a file of the name ``-`` is given as ``./-``.
STANDARD_INPUT: Final = Path("<standard input>")
_LEADS_OUT: Final = "it is a link that leads out of its folder"
_BUFFER: Final = 1 << 18
_TABLES: Final = {media.JSON_LINES: json_lines, media.CSV: csv_rows}


def find_articles(inputs: Iterable[str | Path], settings: ArticleSettings) -> Iterator[Article | Problem]:
    """Articles of all inputs, one after the other, each read when it is asked for.

    A table (CSV, JSON Lines) gives an article for each row; all else gives one for each file. What cannot be read gives
    a :class:`Problem` in its place.
    """
    for path in find_files(inputs):
        if isinstance(path, Problem):
            yield path
            continue
        try:
            yield from _articles_of(path, settings)
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)


def count_articles(inputs: Iterable[str | Path]) -> int:
    """About how many articles :func:`find_articles` will give, for a progress bar.

    Exact but for tables, whose lines are counted, those within a cell of CSV as well.
    """
    return sum(_count(path) for path in find_files(inputs) if isinstance(path, Path))


def find_files(inputs: Iterable[str | Path]) -> Iterator[Path | Problem]:
    """Files of all inputs, each once."""
    seen: set[object] = set()
    for given in inputs:
        for path in _expanded(given):
            if isinstance(path, Problem):
                yield path
            elif (identity := _identity(path)) not in seen:
                seen.add(identity)
                yield path


def _expanded(given: str | Path) -> Iterator[Path | Problem]:
    """Files that one argument names."""
    path, pattern = Path(given), str(given)
    if pattern == "-":
        yield STANDARD_INPUT
    elif _is_folder(path):
        yield from _files_below(path)
    elif "\0" in pattern or os.path.lexists(path) or not glob.has_magic(pattern):
        yield path
    else:
        yield from _matching(path)


def _matching(pattern: Path) -> Iterator[Path | Problem]:
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
            yield from _files_below(match) if _is_folder(match) else (match,)
    if not matches:
        yield Problem(source=_shown(pattern), stage=STAGE, reason="no file matches this pattern")


def _files_below(root: Path) -> Iterator[Path | Problem]:
    """Regular files below a folder, by name; without recursion, for folders may be nested deep."""
    top = os.path.realpath(root)
    waiting: list[Path | os.DirEntry[str]] = [root]
    while waiting:
        here = waiting.pop()
        path = Path(here)
        try:
            if here is not root and here.is_symlink():
                if not _leads_inside(path, top):
                    yield Problem(source=_shown(path), stage=STAGE, reason=_LEADS_OUT)
            elif here.is_dir():
                with os.scandir(path) as children:
                    shown = [child for child in children if child.name[0] != "."]
                waiting += sorted(shown, key=lambda child: child.name, reverse=True)
            elif here.is_file():
                yield path
        except OSError as error:
            yield _unreadable(path, error)


def _leads_inside(path: Path, top: str) -> bool:
    """Whether a link leads to something below `top`, which is then visited where it lies."""
    return Path(os.path.realpath(path)).is_relative_to(top)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _identity(path: Path) -> object:
    """Equal for two ways to one file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return path
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.realpath(path)


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


def _unreadable(path: Path, error: Exception) -> Problem:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(source=_shown(path), stage=STAGE, reason=reason[:1].lower() + reason[1:])


def _shown(path: Path) -> str:
    """Name of a file as people read it: what cannot be printed, and bytes that are no text, become a mark."""
    name = os.fsencode(path).decode("utf-8", "replace")
    if name.isprintable():
        return name
    return "".join(character if character.isprintable() else "\ufffd" for character in name)

"""Tables of articles, read row by row: each row becomes an article of its own, and no table is ever in memory whole.

A row of JSON Lines stays the bytes it was; a row of CSV becomes the JSON object of its columns, every value the text it
was. So one reader serves both, in this process or another.
"""

import csv
import io
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Final

from geoevents.articles.documents import STAGE
from geoevents.articles.encoding import decode, decode_utf8, guess_encoding
from geoevents.articles.formats.fields import FIELD_NAMES
from geoevents.articles.media import JSON
from geoevents.errors import ArticleError
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

_DELIMITERS: Final = ",;\t|"
_LONGEST_HEADER: Final = 100_000
_CHUNK: Final = 1 << 18
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def json_lines(stream: io.BufferedReader, name: str, settings: ArticleSettings) -> Iterator[Article | Problem]:
    """One article for each line that is not empty."""
    for number, line in enumerate(_lines(stream, settings.max_bytes), 1):
        where = f"{name}, line {number}"
        if line is None:
            yield Problem(source=where, stage=STAGE, reason=f"it is larger than {settings.max_bytes} bytes")
        elif line.strip():
            yield Article(name=where, media_type=JSON, data=line)


def csv_rows(stream: io.BufferedReader, name: str, settings: ArticleSettings) -> Iterator[Article | Problem]:
    """One article for each row below the header; rows are counted as a spreadsheet does, the header being the first."""
    csv.field_size_limit(settings.max_bytes)  # one for the whole process; the default cuts off long articles
    lines = _text_lines(stream, settings.max_bytes)
    try:
        first = next(lines, "")
        delimiter = _delimiter(first)
        header = next(csv.reader([first], delimiter=delimiter), [])
        _check_header(header)
    except (ArticleError, csv.Error) as error:
        yield Problem(source=name, stage=STAGE, reason=str(error))
        return
    rows = csv.reader(lines, delimiter=delimiter, strict=True)  # else a quote left open swallows the rows after it
    for number in itertools.count(2):
        where = f"{name}, row {number}"
        try:
            if any(row := next(rows)):
                yield Article(name=where, media_type=JSON, data=_object(header, row))
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(source=where, stage=STAGE, reason=f"its quotes or columns are broken ({error})")
        except ArticleError as error:
            yield Problem(source=where, stage=STAGE, reason=f"{error}; the rows after it were not read")
            return


def count_rows(stream: io.BufferedReader, *, header: bool) -> int:
    """About how many rows a table has: its lines, without the header; none where the header names no text."""
    if header:
        first = decode(stream.readline(_LONGEST_HEADER))
        _check_header(next(csv.reader([first], delimiter=_delimiter(first)), []))
    return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b"")) + (not header)


def _check_header(header: list[str]) -> None:
    names = {name.strip().lower() for name in header}
    if not names & set(FIELD_NAMES["text"]):
        shown = ", ".join(name.strip()[:40] for name in header[:12])
        raise ArticleError(f"its first row must name a column 'text'; it names {shown or 'none'}")


def _object(header: list[str], row: list[str]) -> bytes:
    names = [*header, *(f"column {number}" for number in range(len(header) + 1, len(row) + 1))]
    return json.dumps(dict(zip(names, row, strict=False)), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _delimiter(header: str) -> str:
    """Find the delimiter that parts a column 'text' from the others; a comma where none does."""
    wanted = set(FIELD_NAMES["text"])
    for delimiter in _DELIMITERS:
        names = {name.strip(" \t\r\n\"'").lower() for name in header.split(delimiter)}
        if len(names) > 1 and names & wanted:
            return delimiter
    return ","


def _text_lines(stream: io.BufferedReader, limit: int) -> Iterator[str]:
    """Decode lines, each with its line end.

    Raises
    ------
    ArticleError
        If a line is longer than `limit` bytes or is no text.
    """
    guessed: str | None = None
    for number, line in enumerate(_lines(stream, limit), 1):
        if line is None:
            raise ArticleError(f"line {number} is larger than {limit} bytes")
        if guessed is None and decode_utf8(line) is None:
            guessed = guess_encoding(line + stream.peek())
        yield decode(line, guessed)


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """Lines with their ends, in UTF-8 where the stream is UTF-16; None for one of more than `limit` bytes."""
    wide = stream.peek(2)[:2] in _WIDE_MARKS
    text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n") if wide else None
    read: Callable[[int], bytes] = (lambda n: text.readline(n).encode()) if text else stream.readline
    try:
        while line := read(limit + 1):
            if len(line) <= limit or line.endswith(b"\n"):
                yield line
                continue
            while (rest := read(limit + 1)) and not rest.endswith(b"\n"):
                pass
            yield None
    finally:
        if text:
            text.detach()  # else it closes the stream when it goes

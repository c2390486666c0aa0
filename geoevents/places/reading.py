"""Reading files of places as streams: zipped, gzipped or plain, with progress, unusable rows passed over and told."""

import gzip
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, AnyStr, Final, cast
from zlib import error as ZlibError  # noqa: N812  # an error class in small letters

from geoevents.errors import GazetteerError
from geoevents.model import Problem

#: told how many bytes of a file have been read, and how many there are (0: unknown)
Progress = Callable[[int, int], None]

#: a file whose first rows are all unusable, so many of them, is no such file
_FOREIGN_AFTER: Final = 20
#: problems told one by one; after so many they are only counted
_PROBLEMS_TOLD: Final = 100
_REPORT_EVERY: Final = 50_000
#: in bytes or letters; GeoNames' longest column has 10,000 letters
LONGEST_LINE: Final = 1 << 20
#: a packed file that unpacks to so many times its size, and to so much, is no list of places; GeoNames' unpack to five
_BOMB_RATIO: Final = 50
_BOMB_FROM: Final = 100 << 20


@dataclass
class Reading:
    """What came of reading a file.

    Attributes
    ----------
    rows
        Rows of the right form.
    taken
        Places or names taken in.
    passed_over
        Rows that could not be used; the first hundred stand in `problems`.
    """

    rows: int = 0
    taken: int = 0
    passed_over: int = 0
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, path: Path, line: int, reason: str) -> None:
        """Pass over a row.

        Raises
        ------
        GazetteerError
            If no row of the file could be used so far, and enough were tried.
        """
        self.passed_over += 1
        if not self.rows and self.passed_over >= _FOREIGN_AFTER:
            raise GazetteerError(f"{path} does not have the expected format: line {line}: {reason}")
        if len(self.problems) < _PROBLEMS_TOLD:
            self.problems.append(Problem(source=f"{path.name}, line {line}", stage="gazetteer", reason=reason))

    def checked(self, path: Path, what: str) -> "Reading":
        """Refuse a file without any usable row.

        Raises
        ------
        GazetteerError
            If there was none.
        """
        if not self.rows:
            first = f"; {self.problems[0].source}: {self.problems[0].reason}" if self.problems else ""
            raise GazetteerError(f"{path} holds no {what}{first}")
        return self


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open the data file in a zip, gzip or plain file; also give its size in bytes (0: unknown).

    Raises
    ------
    GazetteerError
        If it cannot be read, or is damaged.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                member = _data_file(path, archive)
                with archive.open(member) as file:
                    yield file, member.file_size
        elif path.suffix == ".gz":
            with gzip.open(path, "rb") as packed:
                yield cast(IO[bytes], packed), 0
        else:
            with path.open("rb") as file:
                _refuse_cut_zip(path)
                yield file, path.stat().st_size
    except (OSError, EOFError, ZlibError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        # RuntimeError and NotImplementedError: zipfile's words for an encrypted or strangely packed member
        raise GazetteerError(f"cannot read {path}: {error}") from error


def _data_file(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if member.filename.lower().endswith((".txt", ".tsv", ".csv"))]
    data = [member for member in members if not member.filename.lower().startswith(("readme", "iso-language"))]
    if not data:
        raise GazetteerError(f"{path} holds no .txt file")
    largest = max(data, key=lambda member: member.file_size)
    if largest.file_size > max(_BOMB_FROM, _BOMB_RATIO * largest.compress_size):
        raise GazetteerError(f"{path} unpacks to {largest.file_size >> 20:,} MB: no list of places")
    return largest


def _refuse_cut_zip(path: Path) -> None:
    """Refuse what is called a zip file, but has not the end of one."""
    if path.suffix.lower() == ".zip":
        raise GazetteerError(f"{path} is cut, or no zip file; fetch it again")


def bounded_lines(file: IO[AnyStr]) -> Iterator[AnyStr]:
    """Lines of a file, none of them longer than any list of places has.

    Raises
    ------
    OSError
        If one is: a file of one endless line would fill the memory.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise OSError(f"line {number} is longer than {LONGEST_LINE:,} letters")
        yield line


def tabbed_rows(file: IO[bytes], size: int, progress: Progress | None) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and columns of a tab-separated file without quoting."""
    done = 0
    for number, line in enumerate(bounded_lines(file), 1):
        done += len(line)
        if progress and number % _REPORT_EVERY == 0:
            progress(done, size)
        yield number, line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
    if progress:
        progress(done, size or done)

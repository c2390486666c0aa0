"""Where bundled data lies, and how files are written: the old one or the new one, whole."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from geoevents.errors import ExportError, GazetteerError

_PACKAGE = Path(__file__).parent
#: in a wheel the data lies inside the package; in a checkout, beside it
_DATA_FOLDERS = (_PACKAGE / "_gazetteer", _PACKAGE.parent / "gazetteer" / "data")


def bundled(name: str) -> Path:
    """Path of a bundled gazetteer file such as ``outlines.json``.

    Raises
    ------
    GazetteerError
        If this installation does not carry it.
    """
    for folder in _DATA_FOLDERS:
        if (path := folder / name).is_file():
            return path
    raise GazetteerError(f"the bundled data file {name!r} is missing; reinstall geoevents, or rebuild gazetteer/data")


@contextmanager
def replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open a temporary neighbour of `path` for writing, and put it in the place of `path` when all went well.

    On any error the old file stays as it was and nothing is left behind. Text is UTF-8 with ``LF`` line ends.

    Raises
    ------
    ExportError
        If the folder cannot be made or the file cannot be written.
    """
    text = "b" not in mode
    part = path.parent / f".{path.name[:100]}.{uuid.uuid4().hex}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open(
            mode.replace("w", "x"), encoding="utf-8" if text else None, newline="\n" if text else None
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink()  # gone already where all went well

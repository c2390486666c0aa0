"""Builds a gazetteer file from files of places: what ``geoevents gazetteer build`` does."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from geoevents.places.builder import GazetteerBuilder
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.geonames import read_alternate_names, read_geonames
from geoevents.places.placecsv import read_csv
from geoevents.places.reading import Progress, Reading

_GEONAMES: Final = "GeoNames: CC BY 4.0"
_OWN: Final = "the user's own"


def build_gazetteer(
    output: Path,
    *,
    geonames: Iterable[Path] = (),
    alternate_names: Iterable[Path] = (),
    csv_files: Iterable[Path] = (),
    base: Gazetteer | None = None,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Reading:
    """Build a gazetteer file from dumps and tables, on top of another gazetteer if `base` is given.

    Parameters
    ----------
    progress
        Told the file, bytes read of it, and its bytes in all (0: unknown).

    Raises
    ------
    GazetteerError
        If an input cannot be read, or there are no places.
    ExportError
        If the file cannot be written. Then, and after any interruption, an older file stays as it was.
    """
    builder = GazetteerBuilder()
    sources: list[dict[str, str]] = []
    if base is not None:
        builder.extend(base)
        sources += [dict(source) for source in base.metadata["sources"]]
    named_apart = list(alternate_names)
    steps: list[tuple[Path, Callable[..., Reading], str]] = [
        *((path, partial(read_geonames, alternates=not named_apart), _GEONAMES) for path in geonames),
        *((path, read_csv, _OWN) for path in csv_files),
        *((path, read_alternate_names, _GEONAMES) for path in named_apart),
    ]
    total = Reading()
    for path, read, licence in steps:
        reading = read(path, builder, progress=_about(path, progress))
        total.rows += reading.rows
        total.taken += reading.taken
        total.passed_over += reading.passed_over
        total.problems += reading.problems
        sources.append({"package": path.name, "title": f"{reading.taken:,} taken in", "licence": licence})
    builder.write(output, name=output.stem, sources=sources)
    return total


def _about(path: Path, progress: Callable[[Path, int, int], None] | None) -> Progress | None:
    return partial(progress, path) if progress else None

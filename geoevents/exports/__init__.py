"""Events in the formats people work with; the ending of the file's name chooses the format.

========== ==========================================================================================================
ending     what
========== ==========================================================================================================
.geojson   GeoJSON (RFC 7946), every field of the JSON Lines form; an event without a place has a null geometry
.csv       one row an event; ``dialect`` chooses the columns: ``geoevents``, ``acled``, ``ucdp`` or ``hxl``
.jsonl     one object a line, which ``geoevents map`` and ``geoevents export`` read back
.gpkg      GeoPackage, points
.kml       KML, points
.parquet   GeoParquet, points (needs pyarrow: ``pip install geoevents[parquet]``)
========== ==========================================================================================================
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from geoevents.errors import ExportError
from geoevents.model import Event

#: ending → (module, function); imported when asked for
_WRITERS: Final[dict[str, tuple[str, str]]] = {
    ".geojson": ("geoevents.exports.geojson", "write_geojson"),
    ".csv": ("geoevents.exports.tables", "write_table"),
    ".jsonl": ("geoevents.exports.lines", "write_lines"),
    ".gpkg": ("geoevents.exports.layers", "write_geopackage"),
    ".kml": ("geoevents.exports.layers", "write_kml"),
    ".parquet": ("geoevents.exports.layers", "write_geoparquet"),
}

DIALECTS: Final = ("geoevents", "acled", "ucdp", "hxl")
FORMATS: Final = tuple(_WRITERS)


def exporter_for(path: Path, dialect: str = "geoevents") -> Callable[[Sequence[Event], Path], None]:
    """Give the exporter that the ending of `path` asks for.

    Parameters
    ----------
    path
        The file to be written; only its name is looked at.
    dialect
        Columns of a ``.csv``: one of `DIALECTS`.

    Raises
    ------
    ExportError
        If no format has this ending, or the format knows no such dialect.
    """
    ending = path.suffix.lower()
    if ending not in _WRITERS:
        raise ExportError(f"{path}: no format ends in {ending or 'nothing'!r}; there are {', '.join(FORMATS)}")
    if dialect not in DIALECTS or (dialect != "geoevents" and ending != ".csv"):
        raise ExportError(f"{path}: no dialect {dialect!r}; a .csv has {', '.join(DIALECTS)}, others have one form")
    module, name = _WRITERS[ending]
    write: Callable[..., None] = getattr(import_module(module), name)
    return partial(write, dialect=dialect) if ending == ".csv" else write


def export(events: Sequence[Event], path: Path, dialect: str = "geoevents") -> None:
    """Write `events` to `path` in the format of its ending, whole or not at all.

    Raises
    ------
    ExportError
        If no format has this ending or the file cannot be written.
    """
    exporter_for(path, dialect)(events, path)

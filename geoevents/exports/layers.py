"""Layers for geographic information systems, by geopandas: GeoPackage, KML, GeoParquet.

Events without a place have no geometry and are left out of a layer; the CSV and the GeoJSON hold them.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import ExportError
from geoevents.exports.dialects import GEOEVENTS
from geoevents.files import replacing
from geoevents.model import Event

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_WGS84: Final = "EPSG:4326"


def layer(events: Sequence[Event]) -> "GeoDataFrame":
    """Points of all placed events with the columns of the plain table (WGS 84)."""
    from geopandas import GeoDataFrame, points_from_xy

    placed = [event for event in events if event.where]
    columns = {name: [value(event) for event in placed] for name, value in GEOEVENTS.items()}
    where = [event.where for event in placed if event.where]
    points = points_from_xy([w.longitude for w in where], [w.latitude for w in where], crs=_WGS84)
    return GeoDataFrame(columns, geometry=points)


def write_geopackage(events: Sequence[Event], path: Path) -> None:
    """Write a GeoPackage with one layer ``events``."""
    _write(path, lambda part: layer(events).to_file(part, driver="GPKG", layer="events", engine="pyogrio"))


def write_kml(events: Sequence[Event], path: Path) -> None:
    """Write KML; each placemark is named by its kind and place."""

    def write(part: Path) -> None:
        frame = layer(events)
        frame["Name"] = [
            f"{kind}, {place}" for kind, place in zip(frame["sub_event_type"], frame["place_name"], strict=True)
        ]
        frame.to_file(part, driver="KML", engine="pyogrio")

    _write(path, write)


def write_geoparquet(events: Sequence[Event], path: Path) -> None:
    """Write GeoParquet with a covering bounding box, so that readers can skip row groups."""

    def write(part: Path) -> None:
        try:
            layer(events).to_parquet(part, write_covering_bbox=True, schema_version="1.1.0")
        except ImportError as error:
            raise ExportError(f"{path}: GeoParquet needs pyarrow: pip install 'geoevents[parquet]'") from error

    _write(path, write)


def _write(path: Path, write: Callable[[Path], Any]) -> None:
    """Let a library write a file of its own, then put its bytes in place whole."""
    with tempfile.TemporaryDirectory(prefix="geoevents-") as folder:
        part = Path(folder) / f"layer{path.suffix.lower()}"
        try:
            write(part)
            data = part.read_bytes()
        except ExportError:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            raise ExportError(f"cannot write {path}: {error}") from error
    with replacing(path, "wb") as file:
        file.write(data)

"""GeoJSON as RFC 7946 has it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geoevents.files import replacing
from geoevents.jsonl import dump, event_row
from geoevents.model import Event


def feature(event: Event) -> dict[str, Any]:
    """One event as a Feature; its geometry is null where the text gives no place (RFC 7946, 3.2)."""
    where = event.where
    point = where and {"type": "Point", "coordinates": [where.longitude, where.latitude]}
    return {"type": "Feature", "id": event.id, "geometry": point, "properties": event_row(event)}


def write_geojson(events: Sequence[Event], path: Path) -> None:
    """Write a FeatureCollection, one feature a line, so that two versions of a file compare well."""
    with replacing(path) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, event in enumerate(events):
            file.write((",\n" if number else "\n") + dump(feature(event)))
        file.write("\n]}\n")

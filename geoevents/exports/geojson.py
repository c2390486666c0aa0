"""GeoJSON as RFC 7946 has it."""

from collections.abc import Sequence
from pathlib import Path

from geoevents.files import replacing
from geoevents.jsonl import dump, event_lines
from geoevents.model import Event


def feature(event: Event, line: str) -> str:
    """One event as a Feature; its geometry is null where the text gives no place (RFC 7946, 3.2).

    Parameters
    ----------
    line
        The event's row as :func:`geoevents.jsonl.event_lines` gives it: all properties.
    """
    where = event.where
    point = where and {"type": "Point", "coordinates": [where.longitude, where.latitude]}
    frame = dump({"type": "Feature", "id": event.id, "geometry": point})
    return f'{frame[:-1]}, "properties": {line}}}'


def write_geojson(events: Sequence[Event], path: Path) -> None:
    """Write a FeatureCollection, one feature a line, so that two versions of a file compare well."""
    with replacing(path) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, (event, line) in enumerate(zip(events, event_lines(events), strict=True)):
            file.write((",\n" if number else "\n") + feature(event, line))
        file.write("\n]}\n")

"""Events as JSON Lines."""

from collections.abc import Sequence
from pathlib import Path

from geoevents.files import replacing
from geoevents.jsonl import event_lines
from geoevents.model import Event


def write_lines(events: Sequence[Event], path: Path) -> None:
    """Write one event a line; ``geoevents map`` and ``geoevents export`` read the file back."""
    with replacing(path) as file:
        file.writelines(f"{line}\n" for line in event_lines(events))

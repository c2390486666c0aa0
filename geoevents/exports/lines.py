"""Events as JSON Lines."""

from collections.abc import Sequence
from pathlib import Path

from geoevents.jsonl import event_row, write_jsonl
from geoevents.model import Event


def write_lines(events: Sequence[Event], path: Path) -> None:
    """Write one event a line; ``geoevents map`` and ``geoevents export`` read the file back."""
    write_jsonl((event_row(event) for event in events), path)

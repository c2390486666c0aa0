"""What a vague word counts to: the named profiles of ``data/counts.csv``."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from geoevents.settings import CountProfile

PLURAL: Final = "plural"
_OPEN, _BLANK = "+", "-"


class Bounds(NamedTuple):
    """Lowest, best and highest number a word stands for; a `high` of None stays open."""

    low: int
    best: int
    high: int | None


@cache
def vague_counts(profile: CountProfile) -> Mapping[str, Bounds | None]:
    """Vague word → its bounds under `profile`; None where the profile leaves such a count blank."""
    text = (files("geoevents.incidents") / "data" / "counts.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["word"]: _bounds(row[profile]) for row in rows}


def _bounds(cell: str) -> Bounds | None:
    if cell == _BLANK:
        return None
    low, best, high = cell.split("/")
    return Bounds(int(low), int(best), None if high == _OPEN else int(high))

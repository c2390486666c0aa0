"""Reading the tables of ``geoevents/incidents/data``."""

import csv
from importlib.resources import files


def table(name: str) -> list[dict[str, str]]:
    """Rows of ``data/<name>.csv``; a line that begins with ``#`` is a comment."""
    text = (files("geoevents.incidents") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))

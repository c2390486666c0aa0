"""Reading the tables of ``geoevents/incidents/data``."""

import csv
from functools import lru_cache
from importlib.resources import files


def table(name: str) -> list[dict[str, str]]:
    """Rows of ``data/<name>.csv``; a line that begins with ``#`` is a comment."""
    return list(csv.DictReader(_lines(f"{name}.csv")))


def word_set(name: str) -> frozenset[str]:
    """One of the closed word lists of ``data/word_sets.txt``."""
    return _word_sets()[name]


@lru_cache(maxsize=1)
def _word_sets() -> dict[str, frozenset[str]]:
    sets: dict[str, frozenset[str]] = {}
    for line in _lines("word_sets.txt"):
        name, _, words = line.partition(":")
        sets[name] = sets.get(name, frozenset()) | frozenset(words.split())
    return sets


def _lines(name: str) -> list[str]:
    text = (files("geoevents.incidents") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]

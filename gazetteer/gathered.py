"""What has been gathered of the world so far, and the tables that were made by hand."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alternates import with_articles

from geoevents.places.builder import GazetteerBuilder, NewPlace
from geoevents.places.features import feature
from geoevents.places.names import core, key, transliterated

HERE = Path(__file__).parent
ALIASES = "aliases.csv"


def table(name: str) -> list[dict[str, str]]:
    """Rows of a hand-made table."""
    with (HERE / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def curated(folder: Path = HERE / "curated") -> Iterator[dict[str, str]]:
    """Rows of ``curated/*.csv`` in the order of the files' names, aliases apart."""
    for path in sorted(folder.glob("*.csv")):
        if path.name == ALIASES:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def aliases(folder: Path = HERE / "curated") -> list[dict[str, str]]:
    """Rows of ``curated/aliases.csv``: more names of places that the sources have."""
    path = folder / ALIASES
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def english_words() -> frozenset[str]:
    """Read the words that are no other names of places."""
    lines = (HERE / "tables" / "english_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@dataclass
class World:
    """Everything gathered, on its way into the builder."""

    builder: GazetteerBuilder = field(default_factory=GazetteerBuilder)
    countries: Mapping[str, Any] = field(default_factory=dict)
    #: words that are no other name of any place
    english: frozenset[str] = field(default_factory=english_words)
    #: row of every area by code: ``IQ``, ``IQ.15``, ``IQ.15.90392``
    areas: dict[str, int] = field(default_factory=dict)
    #: key of every place's own name by its row
    own_keys: dict[int, str] = field(default_factory=dict)
    #: code and own name of every area by its row
    area_of_row: dict[int, tuple[str, str]] = field(default_factory=dict)
    #: name and point of every second-order division by code
    second_order: dict[str, tuple[str, float, float]] = field(default_factory=dict)
    #: row of every curated place by its id, also where it is a place of the sources
    curated: dict[str, int] = field(default_factory=dict)
    #: where rows lie and what they are, for merging curated rows: key → (row, latitude, longitude, class, country)
    named: defaultdict[str, list[tuple[int, float, float, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: NewPlace, names: Iterable[str] = ()) -> int:
        """Add a place with its names."""
        loose = transliterated(place.country_code)
        row = self.builder.add(place, loose=loose)
        if place.area_code:
            self.areas[place.area_code] = row
            self.area_of_row[row] = (place.area_code, place.name)
        self._remember(row, place, place.name)
        self.own_keys[row] = key(place.name)
        others = list(names)
        for name in (*others, *(with_articles(place.name, others) if loose else ())):
            if key(name) not in self.english:
                self.builder.add_name(row, name, loose=loose)
                self._remember(row, place, name)
        return row

    def _remember(self, row: int, place: NewPlace, name: str) -> None:
        entry = (row, place.latitude, place.longitude, feature(place.feature_code).feature_class, place.country_code)
        name_key = key(name)
        self.named[name_key].append(entry)
        bare = core(name_key)
        if bare and "A" in bare[1]:
            self.named[bare[0]].append(entry)

"""Candidates: the places a name may mean, as columns, looked up once a name and kept.

What does not depend on the document (importance, kind of place, how the name met it, the divisions it lies in) is
computed here; :mod:`geoevents.places.resolver.evidence` adds what the document says.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geoevents.geo import EARTH_KM
from geoevents.places.names import key

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: candidates of a name looked at most: among the first 40 are 99.8 % of the places meant in LGL that are candidates
#: at all
MOST_CANDIDATES: Final = 40
#: names kept at most; then all are forgotten, so that memory stays bounded on any input
_MOST_NAMES: Final = 50_000

KINDS: Final = ("country", "adm1", "adm2", "capital", "seat", "town", "region", "water", "land", "spot")
KIND: Final = {name: i for i, name in enumerate(KINDS)}
#: how a name met a place, besides by one of its names as written
MEETINGS: Final = ("short", "demonym", "generic", "folded", "county")
STATIC: Final = (
    "importance",
    "behind",
    "population",
    "own name",
    "cost",
    *KINDS,
    *MEETINGS,
    "in namesake",
    "holds namesake",
    "usual sense",
)

_OF_CLASS: Final = {"L": "region", "H": "water", "T": "land"}
_MEETING: Final = {"abbreviation": "short", "code": "short", **{meeting: meeting for meeting in MEETINGS}}


def flags_of(*kinds: str) -> npt.NDArray[np.bool_]:
    """Whether each of :data:`KINDS` is one of these; an array to be indexed by kinds."""
    return np.array([kind in kinds for kind in KINDS])


#: a division's point and its seat lie no further apart than this where the name alone may mean either
NAMESAKE_KM: Final = 160.0
_NAMESAKE_COSINE: Final = float(np.cos(NAMESAKE_KM / EARTH_KM))
SEATS: Final = flags_of("capital", "seat", "town")
DIVISIONS: Final = flags_of("adm1", "adm2")


class Candidates(NamedTuple):
    """The places one name may mean: a column a place.

    Attributes
    ----------
    whole
        Whole numbers, a row each: the row of the gazetteer; index into :data:`KINDS`; the gazetteer rows of the
        country, first- and second-order division it lies in or is itself, -1 where there is none; these areas again,
        counted from 0 in the order they were met by the finder, where an area and a level have one number; and for each
        of the three levels the index of the first candidate that lies in the same area.
    real
        Features that hold in any document, in the order of :data:`STATIC`, and the point on the unit sphere.
    meetings
        How the name met each, of :data:`MEETINGS`; empty where by one of its names as written.
    near
        For each candidate, all that lie so near it that they are one spot for the text, itself among them.
    namesake
        For a division the seat named after it, for a seat its division, where they lie near; else -1.
    """

    whole: Ints
    real: Floats
    meetings: list[str]
    near: list[list[int]]
    namesake: list[int]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.meetings)

    @property
    def rows(self) -> Ints:
        """Rows of the gazetteer."""
        rows: Ints = self.whole[0]
        return rows

    @property
    def kind(self) -> Ints:
        """Indices into :data:`KINDS`."""
        kind: Ints = self.whole[1]
        return kind

    @property
    def areas(self) -> Ints:
        """Gazetteer rows of the country and divisions of each, a row a candidate; -1 where there is none."""
        return self.whole[2:5].T


@lru_cache(maxsize=1)
def usual_senses() -> Mapping[str, str]:
    """Names that, standing alone, have one sense by convention (``data/senses.csv``): strict key → place id."""
    text = (files("geoevents.places") / "data" / "senses.csv").read_text(encoding="utf-8")
    return {row["name"]: row["place"] for row in csv.DictReader(text.splitlines())}


def kind_of(code: str, letter: str) -> int:
    """Index into :data:`KINDS` of a feature code and class."""
    if letter == "P":
        return KIND["capital" if code == "PPLC" else "seat" if code.startswith("PPLA") else "town"]
    if letter == "A":
        return KIND["country" if code.startswith("PCL") else "adm1" if code == "ADM1" else "adm2"]
    return KIND[_OF_CLASS.get(letter, "spot")]


class CandidateFinder:
    """Looks names up in a gazetteer and keeps what it found."""

    def __init__(self, gazetteer: "Gazetteer") -> None:
        self._gazetteer = gazetteer
        self._kept: dict[tuple[str, bool], Candidates | None] = {}
        self._areas: dict[int, tuple[int, int, int]] = {}
        self._numbers: dict[tuple[int, int], int] = {}

    def __call__(self, name: str, *, demonym: bool = False) -> Candidates | None:
        """Candidates of a name, or None where the gazetteer has none; for a demonym, only what it is a demonym of."""
        asked = (name, demonym)
        if asked not in self._kept:
            if len(self._kept) > _MOST_NAMES:
                self._kept.clear()
            self._kept[asked] = self._look_up(name, demonym)
        return self._kept[asked]

    def _look_up(self, name: str, demonym: bool) -> Candidates | None:
        gazetteer = self._gazetteer
        met: dict[int, tuple[str, float]] = {hit.row: (hit.kind, hit.cost) for hit in reversed(gazetteer.hits(name))}
        if demonym:
            met = {row: way for row, way in met.items() if way[0] == "demonym"}
        else:
            # a county is often named without the word: "in Laurel and Knox counties", "DeKalb officials"
            for hit in gazetteer.hits(f"{name} county"):
                if hit.kind == "exact":
                    met.setdefault(hit.row, ("county", hit.cost))
        if not met:
            return None
        rows = sorted(met, key=lambda row: (met[row][1] - gazetteer.importance(row), row))[:MOST_CANDIDATES]
        return self._columns(name, rows, [met[row] for row in rows])

    def _columns(self, name: str, rows: Sequence[int], met: Sequence[tuple[str, float]]) -> Candidates:
        gazetteer = self._gazetteer
        records = gazetteer.records(rows)
        features = [gazetteer.feature(row) for row in rows]
        kind = np.array([kind_of(*feature) for feature in features])
        own = key(name)
        static = np.zeros((len(rows), len(STATIC)))
        static[:, 0] = records["importance"] / 65535.0
        static[:, 1] = static[:, 0] - static[:, 0].max()
        static[:, 2] = np.log10(1 + records["population"].astype(float)) / 8
        static[:, 3] = [
            way == "exact" and own in map(key, gazetteer.place(row).name.split("/"))  # "Donostia / San Sebastián"
            for row, (way, _) in zip(rows, met, strict=True)
        ]
        static[:, 4] = [cost for _, cost in met]
        static[np.arange(len(rows)), 5 + kind] = 1
        meetings = [_MEETING.get(way, "") for way, _ in met]
        for i, meeting in enumerate(meetings):
            if meeting:
                static[i, 5 + len(KINDS) + MEETINGS.index(meeting)] = 1
        areas = np.array([self._area(row, code) for row, (code, _) in zip(rows, features, strict=True)])
        inside = (areas[:, None, :] == np.array(rows)[None, :, None]).any(axis=2)
        within = inside & ~np.eye(len(rows), dtype=bool)
        static[:, -3], static[:, -2] = within.any(axis=1), within.any(axis=0)
        if (usual := usual_senses().get(own)) is not None:
            static[:, -1] = [gazetteer.place(row).id == usual for row in rows]
        vectors = unit_vectors(records["latitude"] / 1e5, records["longitude"] / 1e5)
        near = vectors @ vectors.T >= _NAMESAKE_COSINE
        numbers = [[self._number(level, area) for area in row] for level, row in enumerate(areas.T.tolist())]
        twins = (areas.T[:, :, None] == areas.T[:, None, :]).argmax(axis=2)
        return Candidates(
            whole=np.concatenate([np.array([rows, kind]), areas.T, np.array(numbers), twins]),
            real=np.concatenate([static.T, vectors.T]),
            meetings=meetings,
            near=[row.nonzero()[0].tolist() for row in near],
            namesake=_namesakes(kind, inside & near),
        )

    def _number(self, level: int, area: int) -> int:
        return self._numbers.setdefault((level, area), len(self._numbers))

    def _area(self, row: int, code: str) -> tuple[int, int, int]:
        found = self._areas.get(row)
        if found is None:
            chain = {
                "country" if name.startswith("PCL") else name: area
                for area in self._gazetteer.areas(row)
                for name in self._gazetteer.feature(area)[:1]
            }
            chain["country" if code.startswith("PCL") else code] = row
            found = self._areas[row] = (chain.get("country", -1), chain.get("ADM1", -1), chain.get("ADM2", -1))
        return found


def _namesakes(kind: Ints, inside: npt.NDArray[np.bool_]) -> list[int]:
    """For each candidate its division or seat of the same name, the first of several; -1 where there is none."""
    pairs = inside & SEATS[kind][:, None] & DIVISIONS[kind]
    for_seats, for_divisions = pairs.any(axis=1), pairs.any(axis=0)
    found: list[int] = np.where(
        for_seats, pairs.argmax(axis=1), np.where(for_divisions, pairs.argmax(axis=0), -1)
    ).tolist()
    return found


def unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """Points on the unit sphere, a row each; degrees."""
    p, q = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(p) * np.cos(q), np.cos(p) * np.sin(q), np.sin(p)], axis=1)

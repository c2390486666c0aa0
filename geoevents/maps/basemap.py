"""The base map: outlines of countries and first-order divisions, and cities to give scale.

``pagemap.json`` is bundled; ``gazetteer/pagemap.py`` makes it::

    {"format": "geoevents-pagemap-1",
     "scale": 250,                          units per degree
     "lines": "…",                          base64, deflate, zigzag varints: the number of lines, their lengths in
                                            points, then the steps (x, y) from point to point through all lines
     "kinds": "0213…",                      a digit per line: its place in KINDS
     "countries": [{"code": "IQ", "name": "Iraq", "label": [lon, lat], "rank": 3, "rings": [[0, -3], …]}, …],
     "divisions": [{"code": "IQ.15", …}, …],
     "cities": [["Baghdad", lon, lat, rank], …]}

A ring is a list of line numbers, ``~i`` for line ``i`` backwards; where rings overlap they cut holes (even-odd rule).
An area's rank is the zoom from which on its name fits into it, a city's (0 to 4) its importance, capitals first.
"""

import json
import zlib
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geoevents.errors import GazetteerError
from geoevents.files import bundled
from geoevents.maps.packing import read_varints
from geoevents.model import Location

FILE: Final = "pagemap.json"
FORMAT: Final = "geoevents-pagemap-1"
#: What a line is; a seam is where the data is cut at the date line, and is not drawn.
KINDS: Final = ("coast", "border", "inner", "disputed", "seam")
#: UCDP precisions that mean the whole of a first-order division, and the whole of a country.
_ADMIN1_PREC: Final = 4
_COUNTRY_PREC: Final = 6
#: UCDP precisions of places that stand for a whole area.
WHOLE_PRECS: Final = frozenset({_ADMIN1_PREC, _COUNTRY_PREC})

Line = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """A country ("IQ") or first-order division ("IQ.15") of the base map."""

    code: str
    name: str
    label: tuple[float, float]
    rank: int
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class BaseMap:
    """Lines, and the areas they enclose; see the module's docstring for the parts of the file."""

    scale: float
    packed_lines: str
    kinds: str
    countries: Mapping[str, Area]
    divisions: Mapping[str, Area]
    cities: tuple[tuple[str, float, float, int], ...]

    def area_of(self, location: Location) -> Area | None:
        """Find the country or division a place stands for; None where it is a point, or has no outline here."""
        place = location.place
        if location.where_prec == _COUNTRY_PREC:
            return self.countries.get(place.country_code)
        if location.where_prec != _ADMIN1_PREC:
            return None
        known = self.divisions.get(place.id.removeprefix("adm:"))
        return known or self._around(place.country_code, place.longitude, place.latitude)

    def _around(self, country: str, longitude: float, latitude: float) -> Area | None:
        """Find the division of a country that a point lies in."""
        members = (area for code, area in self.divisions.items() if code.startswith(f"{country}."))
        return next((area for area in members if _holds(self.points(area), longitude, latitude)), None)

    def points(self, area: Area) -> list[Line]:
        """Rings of an area as arrays of (longitude, latitude), closed."""
        lines = self.lines
        return [np.concatenate([lines[n] if n >= 0 else lines[~n][::-1] for n in ring]) for ring in area.rings]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines as arrays of (longitude, latitude)."""
        values = read_varints(zlib.decompress(b64decode(self.packed_lines)))
        count = int(values[0])
        points = values[count + 1 :].reshape(-1, 2).cumsum(axis=0) / self.scale
        return tuple(np.split(points, values[1:count].cumsum()))


def _holds(rings: Iterable[Line], x: float, y: float) -> bool:
    """Whether a point lies inside rings, by the even-odd rule."""
    inside = False
    for ring in rings:
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        across = (y0 > y) != (y1 > y)
        slope = (x1 - x0)[across] / (y1 - y0)[across]
        inside ^= bool(np.count_nonzero(x < x0[across] + slope * (y - y0[across])) % 2)
    return inside


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> BaseMap:
    """Read the bundled base map, or the one in `path`.

    Raises
    ------
    GazetteerError
        If this installation does not carry it, or it is no such file.
    """
    source = path or bundled(FILE)
    try:
        data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise GazetteerError(f"{source} is {data['format']}, not {FORMAT}; rebuild it with gazetteer/build.py")
        return BaseMap(
            scale=data["scale"],
            packed_lines=data["lines"],
            kinds=data["kinds"],
            countries={row["code"]: _area(row) for row in data["countries"]},
            divisions={row["code"]: _area(row) for row in data["divisions"]},
            cities=tuple(tuple(row) for row in data["cities"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, GazetteerError):
            raise
        raise GazetteerError(f"{source} is no base map: {error!r}") from error


def _area(row: Mapping[str, Any]) -> Area:
    longitude, latitude = row["label"]
    rings = tuple(map(tuple, row["rings"]))
    return Area(code=row["code"], name=row["name"], label=(longitude, latitude), rank=row["rank"], rings=rings)

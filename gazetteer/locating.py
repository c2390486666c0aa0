"""Which first-order division a place lies in, where its source names none, or names it as people do."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from gathered import World

from geoevents.places.names import key

#: outlines are simplified, and some are older than the division: a point this far outside may still lie in it
NAMED_WITHIN_KM = 35.0
#: a point this far off every coast belongs to the nearest division
COAST_KM = 12.0
_KM_PER_DEGREE = 111.195


class Divisions:
    """Outlines of first-order divisions by code (``IQ.15``)."""

    def __init__(self, shapes: Mapping[str, Any]) -> None:
        self._shapes = shapes
        self._codes = sorted(shapes)
        self._tree = shapely.STRtree(np.array([shapes[code] for code in self._codes]))

    def at(self, latitude: float, longitude: float, country: str) -> str:
        """Code of the division of a country that a point lies in; the country's own where none is near."""
        point = shapely.Point(longitude, latitude)
        found = self._tree.query(point, predicate="dwithin", distance=COAST_KM / _KM_PER_DEGREE)
        codes = [self._codes[i] for i in found if self._codes[i].partition(".")[0] == country]
        return min(codes, key=lambda code: (shapely.distance(self._shapes[code], point), code), default=country)

    def may_hold(self, code: str, latitude: float, longitude: float) -> bool:
        """Whether a point may lie in a division; always where that has no outline."""
        shape = self._shapes.get(code)
        if shape is None:
            return True
        return bool(shapely.distance(shape, shapely.Point(longitude, latitude)) * _KM_PER_DEGREE <= NAMED_WITHIN_KM)


def area_of(world: World, divisions: Divisions, country: str, admin1: str, latitude: float, longitude: float) -> str:
    """Code of the division a place lies in: the one of the given name if that may be, else the one at the point."""
    if not country:
        return ""
    for code in _named(world, country, admin1):
        if divisions.may_hold(code, latitude, longitude):
            return code
    return divisions.at(latitude, longitude, country)


def _named(world: World, country: str, admin1: str) -> Iterable[str]:
    """Codes of the divisions of a name, those that it is the own name of first."""
    name_key = key(admin1)
    if not name_key:
        return ()
    entries = world.named.get(name_key, ())
    areas = {
        world.area_of_row.get(row, ("", ""))
        for row, _, _, letter, other in entries
        if (letter, other) == ("A", country)
    }
    found = [(key(name) != name_key, code) for code, name in areas if code.count(".") == 1]
    return [code for _, code in sorted(found)]

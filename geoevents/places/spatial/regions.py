"""Parts of countries and divisions: where "northern Iraq" is, and how far it reaches.

The part of an outline that lies on the named side of its middle; its own middle is the point. Without an outline the
point moves half the region's reach to that side.
"""

from functools import lru_cache
from math import cos, pi, radians, sin, sqrt
from typing import Any, Final, NamedTuple

from geoevents.geo import destination
from geoevents.model import Place
from geoevents.places.polygons import Outlines

_KM_PER_DEGREE: Final = 111.195
#: without an outline: share of the region's reach that the point moves, and that is left as the part's own reach
_SHIFT: Final = 0.5
_REACH: Final = 0.7
#: outlines of neighbours meet within this, in degrees
_TOUCH: Final = 0.05
#: half-plane large enough for any region, in degrees
_FAR: Final = 400.0


class Part(NamedTuple):
    """A point and how far the part reaches from it, in km."""

    latitude: float
    longitude: float
    radius_km: float


def part_of(place: Place, bearing: float | None) -> Part:
    """Find the part of `place` in a direction; its middle where `bearing` is None ("central")."""
    outlined = place.feature_code.startswith("PCL") or place.feature_code == "ADM1"
    if outlined and (found := _outlined(place, bearing)):
        return found
    if bearing is None:
        return Part(place.latitude, place.longitude, place.radius_km * _SHIFT)
    latitude, longitude = destination(place.latitude, place.longitude, bearing, place.radius_km * _SHIFT)
    return Part(latitude, longitude, place.radius_km * _REACH)


@lru_cache(maxsize=1024)
def _outlined(place: Place, bearing: float | None) -> Part | None:
    import shapely

    region = _region(place)
    if region is None:
        return None
    middle = region.centroid
    squeeze = max(0.05, cos(radians(middle.y)))
    if bearing is not None:
        clipped = region.intersection(shapely.Polygon(_half_plane(middle.x, middle.y, bearing, squeeze)))
        region = region if clipped.is_empty else clipped
    point = region.centroid
    if not region.contains(point):
        point = region.representative_point()
    reach = sqrt(region.area * _KM_PER_DEGREE**2 * squeeze / pi)
    return Part(round(point.y, 4), round(point.x, 4), round(reach * (_SHIFT if bearing is None else 1.0), 1))


def _region(place: Place) -> Any:
    """Outline of a country or first-order division; None where there is none."""
    import shapely

    outlines = Outlines.open()
    code = place.country_code
    if place.feature_code == "ADM1":
        code = outlines.code_at(place.latitude, place.longitude) or ""
        if "." not in code:
            return None
    pairs = zip(outlines.codes, outlines.shapes, strict=True)
    shapes = [shape for own, shape in pairs if own == code or own.startswith(f"{code}.")]
    return shapely.union_all([shape.buffer(0) for shape in shapes]) if shapes and code else None


@lru_cache(maxsize=256)
def border_between(one: Place, other: Place) -> Part | None:
    """Middle of the border of two countries or divisions, and how far it runs from there; None where they have none."""
    import shapely

    regions = _region(one), _region(other)
    if None in regions:
        return None
    strip = shapely.intersection(regions[0].buffer(_TOUCH), regions[1].buffer(_TOUCH))
    if strip.is_empty:
        return None
    middle = strip.centroid
    west, south, east, north = strip.bounds
    squeeze = cos(radians(middle.y))
    reach = sqrt(((east - west) * squeeze) ** 2 + (north - south) ** 2) / 2 * _KM_PER_DEGREE
    return Part(round(middle.y, 4), round(middle.x, 4), round(reach, 1))


def _half_plane(x: float, y: float, bearing: float, squeeze: float) -> list[tuple[float, float]]:
    """Rectangle on the side of `bearing` of a line through a point, in degrees."""
    ahead = (sin(radians(bearing)) / squeeze, cos(radians(bearing)))
    side = (ahead[1] / squeeze, -ahead[0] * squeeze)
    corners = ((0.0, -1.0), (0.0, 1.0), (1.0, 1.0), (1.0, -1.0))
    return [(x + _FAR * (a * ahead[0] + b * side[0]), y + _FAR * (a * ahead[1] + b * side[1])) for a, b in corners]

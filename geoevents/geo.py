"""Distances and points on the sphere; kilometres and degrees (WGS 84, mean radius)."""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371.0088  # IUGG mean radius


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km (haversine; within 0.6 % of the ellipsoid's)."""
    p, q = radians(lat1), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def destination(latitude: float, longitude: float, bearing: float, km: float) -> tuple[float, float]:
    """Point `km` away in the direction of `bearing` (degrees clockwise from north), as (latitude, longitude)."""
    p, angle, theta = radians(latitude), km / EARTH_KM, radians(bearing)
    lat = asin(sin(p) * cos(angle) + cos(p) * sin(angle) * cos(theta))
    lon = radians(longitude) + atan2(sin(theta) * sin(angle) * cos(p), cos(angle) - sin(p) * sin(lat))
    return degrees(lat), (degrees(lon) + 540) % 360 - 180


def midpoint(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Centre of (latitude, longitude) points on the sphere; safe across the date line.

    Raises
    ------
    ValueError
        Without points, or where they cancel out (antipodes).
    """
    if not points:
        raise ValueError("no points to take the middle of")
    x = sum(cos(radians(lat)) * cos(radians(lon)) for lat, lon in points)
    y = sum(cos(radians(lat)) * sin(radians(lon)) for lat, lon in points)
    z = sum(sin(radians(lat)) for lat, _ in points)
    if sqrt(x * x + y * y + z * z) < 1e-9 * len(points):
        raise ValueError("the points lie all around the Earth: they have no middle")
    return degrees(atan2(z, sqrt(x * x + y * y))), degrees(atan2(y, x))

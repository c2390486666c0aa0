"""What part of the world a picture shows, and how it is laid flat."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

import numpy as np

from geoevents.maps.signs import Sign

#: A map that spans more degrees than these shows the world in an equal-area projection.
WIDE: Final = (100.0, 70.0)
#: Least half height of a map, degrees: one event alone is shown in its country.
LEAST: Final = 2.0
#: Width of a picture's map for one of its height.
SHAPE: Final = 1.55
#: Room around the signs.
ROOM: Final = 1.25
#: Half the width of the cut at the edge of a map of the world, degrees.
SEAM: Final = 0.02
#: Degrees once around.
_ROUND: Final = 360.0
_METRES_PER_DEGREE: Final = 111_320
_EQUATOR: Final = 40_075_017  # metres


@dataclass(frozen=True)
class View:
    """What part of the world is shown, and how it is laid flat (metres); bounds and middle in degrees."""

    crs: str
    wide: bool
    middle: float
    bounds: tuple[float, float, float, float]
    x: tuple[float, float]
    y: tuple[float, float]
    _transformer: Any

    def transform(self, longitude: Any, latitude: Any) -> Any:
        """Lay degrees flat: x and y in metres."""
        return self._transformer.transform(longitude, latitude)

    def clip(self, shape: Any) -> Any:
        """Leave out what is far from the view, where the projection does not hold; add points for its curves."""
        import shapely

        if self.wide:
            # what crosses the edge of the world would be drawn across all of it
            edge = (self.middle + 360) % 360 - 180
            seam = shapely.box(edge - SEAM, -90, edge + SEAM, 90)
            return shapely.segmentize(shapely.difference(shapely.make_valid(shape), seam), 2.0)
        west, _, east, _ = self.bounds
        turns = [turn for turn in (-_ROUND, 0, _ROUND) if west < turn + _ROUND / 2 and turn - _ROUND / 2 < east]
        valid = shapely.make_valid(shape)
        near = [shapely.clip_by_rect(_turned(valid, turn), *self.bounds) for turn in turns]
        # united, so that what the date line cuts is whole again
        return shapely.segmentize(near[0] if len(near) == 1 else shapely.union_all(near), 1.0)

    @property
    def zoom(self) -> float:
        """Zoom at which the page would show as much."""
        return float(np.log2(_EQUATOR / (self.x[1] - self.x[0]) * 3))

    def per_point(self, axes: Any) -> float:
        """Metres in a point of type."""
        return float((self.x[1] - self.x[0]) / (axes.get_window_extent().width * 72 / axes.figure.dpi))


def extent(longitudes: Sequence[float]) -> tuple[float, float]:
    """West and east of longitudes; east is beyond 180 where they lie on both sides of the date line, close together."""
    west, east = min(longitudes), max(longitudes)
    across = sorted(longitude % _ROUND for longitude in longitudes)
    if across[-1] - across[0] < min(east - west, WIDE[0]):
        return across[0], across[-1]
    return west, east


def _turned(shape: Any, degrees: float) -> Any:
    """Move a shape to the east."""
    import shapely

    return shapely.transform(shape, lambda points: points + np.array([degrees, 0.0])) if degrees else shape


def fit(found: Sequence[Sign]) -> View:
    """Fit the signs, with room around them, into the shape of the axes."""
    from pyproj import Transformer

    latitudes = [sign.latitude for sign in found] or [-55.0, 0.0, 75.0]
    longitudes = [sign.longitude for sign in found] or [-170.0, 0.0, 170.0]
    south, north = min(latitudes), max(latitudes)
    west, east = extent(longitudes)
    wide = east - west > WIDE[0] or north - south > WIDE[1]
    middle = ((west + east) / 2, (south + north) / 2)
    crs = (
        f"+proj=eqearth +lon_0={middle[0]:.2f}"
        if wide
        else f"+proj=laea +lat_0={middle[1]:.4f} +lon_0={middle[0]:.4f} +units=m"
    )
    transformer = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    xs, ys = transformer.transform(longitudes, latitudes)
    half_height = max(
        (max(ys) - min(ys)) / 2 * ROOM, (max(xs) - min(xs)) / 2 * ROOM / SHAPE, LEAST * _METRES_PER_DEGREE
    )
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    margin = half_height * SHAPE / _METRES_PER_DEGREE * 1.6
    stretch = max(0.2, cos(radians(min(80.0, max(abs(south), abs(north)) + margin / 2))))
    bounds = (middle[0] - margin / stretch, middle[1] - margin, middle[0] + margin / stretch, middle[1] + margin)
    return View(
        crs=crs,
        wide=wide,
        middle=middle[0],
        bounds=(bounds[0], max(-90, bounds[1]), bounds[2], min(90, bounds[3])),
        x=(x - SHAPE * half_height, x + SHAPE * half_height),
        y=(y - half_height, y + half_height),
        _transformer=transformer,
    )

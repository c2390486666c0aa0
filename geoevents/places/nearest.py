"""The nearest place to a point, over the grid cells that a gazetteer file is ordered by."""

from collections.abc import Callable, Iterator, Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoevents.geo import EARTH_KM
from geoevents.places.layout import DEGREES
from geoevents.places.store import Section

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

_KM_PER_DEGREE: Final = EARTH_KM * radians(1)


class Grid(NamedTuple):
    """Cells of a gazetteer: where each one's rows begin, how many lie in a degree, and how to read rows."""

    cells: Section
    per_degree: int
    rows: Callable[[int, int], "Array"]

    def nearest(
        self, latitude: float, longitude: float, wanted: Callable[["Array"], "Array"], within_km: float
    ) -> tuple[int, float] | None:
        """Nearest row that is `wanted` (which of an array of records) and its distance in km.

        The window around the point is doubled until it holds a place that no place outside can beat.
        """
        degrees = 1 / self.per_degree
        while True:
            reach = degrees * _KM_PER_DEGREE
            best = self._nearest_of(list(self._ranges(latitude, longitude, degrees)), latitude, longitude, wanted)
            if best and best[1] <= reach:
                return best if best[1] <= within_km else None
            if reach >= within_km or degrees >= 180:
                return best if best and best[1] <= within_km else None
            degrees *= 2

    def _ranges(self, latitude: float, longitude: float, degrees: float) -> Iterator[tuple[int, int]]:
        """Ranges of rows, one or two for every line of cells within so many degrees."""
        n, across = self.per_degree, 360 * self.per_degree
        south, north = max(-90.0, latitude - degrees), min(90.0, latitude + degrees)
        widest = cos(radians(max(abs(south), abs(north))))
        wide = min(180.0, degrees / widest) if widest > 1e-9 else 180.0
        x0, x1 = int((longitude - wide + 180) * n // 1), int((longitude + wide + 180) * n // 1)
        if x1 - x0 >= across:
            x0, x1 = 0, across - 1
        for y in range(int((south + 90) * n), min(int((north + 90) * n), 180 * n - 1) + 1):
            for first, last in _wrapped(x0, x1, across):
                start, stop = self._start(y * across + first), self._start(y * across + last + 1)
                if start < stop:
                    yield start, stop

    def _start(self, cell: int) -> int:
        return int.from_bytes(self.cells.read(4 * cell, 4 * cell + 4), "little")

    def _nearest_of(
        self,
        ranges: Sequence[tuple[int, int]],
        latitude: float,
        longitude: float,
        wanted: Callable[["Array"], "Array"],
    ) -> tuple[int, float] | None:
        import numpy as np

        if not ranges:
            return None
        rows = np.concatenate([self.rows(first, last) for first, last in ranges])
        kept = wanted(rows)
        if not len(kept):
            return None
        lat, lon = np.radians(rows["latitude"][kept] / DEGREES), np.radians(rows["longitude"][kept] / DEGREES)
        p, q = radians(latitude), radians(longitude)
        h = np.sin((lat - p) / 2) ** 2 + cos(p) * np.cos(lat) * np.sin((lon - q) / 2) ** 2
        i = int(h.argmin())
        numbers = np.concatenate([np.arange(first, last) for first, last in ranges])
        return int(numbers[kept[i]]), float(2 * EARTH_KM * np.arcsin(np.sqrt(min(1.0, float(h[i])))))


def _wrapped(x0: int, x1: int, across: int) -> list[tuple[int, int]]:
    """Cells ``x0..x1`` of a line that goes round the Earth, as one or two runs."""
    if x0 < 0:
        return [(x0 + across, across - 1), (0, x1)]
    if x1 >= across:
        return [(x0, across - 1), (0, x1 - across)]
    return [(x0, x1)]

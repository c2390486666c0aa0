"""What country and first-order division a point lies in, by outline (``outlines.json``)."""

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import GazetteerError
from geoevents.files import bundled

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

OUTLINES: Final = "outlines.json"
FORMAT: Final = "geoevents-outlines-1"
#: a point off every coast by no more than this belongs to the nearest outline: they are simplified
COAST_KM: Final = 12.0
_KM_PER_DEGREE: Final = 111.195


class Outlines:
    """Outlines of all countries and divisions, with a spatial index.

    Codes are those of GeoNames: ``IQ`` for a country, ``IQ.15`` for a division. A point in a part of a country whose
    divisions are not known has the country's code alone.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        import shapely

        areas = document["areas"]
        self.codes: tuple[str, ...] = tuple(area["code"] for area in areas)
        self.shapes = _shapes([area["polygons"] for area in areas], _arcs(document["arcs"], document["scale"]))
        self._tree = shapely.STRtree(self.shapes)

    @classmethod
    def open(cls, path: Path | None = None) -> "Outlines":
        """Open a file of outlines; None opens the bundled one, which is read once.

        Raises
        ------
        GazetteerError
            If it is missing, damaged or of another format.
        """
        return _bundled() if path is None else cls(_document(path))

    def code_at(self, latitude: float, longitude: float, *, coast_km: float = COAST_KM) -> str | None:
        """Code of the division, or else the country, that a point lies in; None at sea."""
        import shapely

        point = shapely.Point(longitude, latitude)
        inside: list[str] = sorted(self.codes[i] for i in self._tree.query(point, predicate="intersects"))
        if inside:
            return inside[0]
        found = self._tree.query_nearest(point, max_distance=coast_km / _KM_PER_DEGREE)
        nearest: list[str] = sorted(self.codes[i] for i in found)
        return nearest[0] if nearest else None

    def country_at(self, latitude: float, longitude: float, *, coast_km: float = COAST_KM) -> str | None:
        """Two-letter code of the country that a point lies in; None at sea."""
        code = self.code_at(latitude, longitude, coast_km=coast_km)
        return code.partition(".")[0] if code else None

    def km_to(self, code: str, latitude: float, longitude: float) -> float | None:
        """How far a point lies outside a country (``IQ``) or division (``IQ.15``), in km; 0 inside.

        None where there is no outline.

        Measured in degrees of latitude: away from the equator the true distance is less.
        """
        import shapely

        point = shapely.Point(longitude, latitude)
        mine = [s for c, s in zip(self.codes, self.shapes, strict=True) if c == code or c.startswith(f"{code}.")]
        return min((shapely.distance(shape, point) * _KM_PER_DEGREE for shape in mine), default=None)


def _arcs(arcs: Sequence[Sequence[int]], scale: int) -> list["Array"]:
    """Points of every arc: the running sums of all steps at once, less what they came to before each arc."""
    import numpy as np

    points = np.cumsum(np.fromiter(chain.from_iterable(arcs), "i8").reshape(-1, 2), axis=0)
    sizes = np.fromiter((len(arc) // 2 for arc in arcs), "i8", len(arcs))
    ends = np.cumsum(sizes)
    before = np.concatenate((np.zeros((1, 2), "i8"), points[ends[:-1] - 1]))
    return np.split((points - np.repeat(before, sizes, axis=0)) / scale, ends[:-1])


def _shapes(areas: Sequence[Sequence[Sequence[Sequence[int]]]], arcs: Sequence["Array"]) -> "Array":
    """Shapes of areas, given as polygons of rings of arc numbers; all made at once."""
    import numpy as np
    import shapely

    lines: list[Array] = []
    sizes: list[int] = []
    ring_owner: list[int] = []
    polygon_owner: list[int] = []
    for i, polygons in enumerate(areas):
        for rings in polygons:
            for ring in rings:
                parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
                lines += parts
                sizes.append(sum(map(len, parts)))
                ring_owner.append(len(polygon_owner))
            polygon_owner.append(i)
    made: Any = shapely.linearrings(np.concatenate(lines), indices=np.repeat(np.arange(len(sizes)), sizes))
    made = shapely.polygons(made, indices=np.array(ring_owner))
    made = shapely.multipolygons(made, indices=np.array(polygon_owner))
    shapes: Array = made
    return shapes


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"cannot read outlines {path}: {error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise GazetteerError(f"{path} holds no outlines of format {FORMAT}; install geoevents again")
    return document


@lru_cache(maxsize=1)
def _bundled() -> Outlines:
    return Outlines(_document(bundled(OUTLINES)))

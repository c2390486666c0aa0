"""Outlines of countries and first-order divisions: whose polygon is which, simplification, and the files of outlines.

Natural Earth's divisions are finer than GeoNames' in some countries (French departments, Philippine provinces) and its
codes are others. So the places decide: a polygon belongs to the division that most GeoNames places inside it name as
theirs, and polygons of one division are joined. Where a territory is disputed, GeoNames' country is the one given.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoevents.places.names import core, key, loose_key

#: tolerance of the simplification in degrees (the square root of the area a removed corner may cut off): at 0.04 the
#: division of 0.35 % of all GeoNames places differs from that by the full outlines
TOLERANCE = 0.04
#: units per degree after rounding: about 500 m
SCALE = 200
#: a polygon belongs to a division that this share of its places names; else it is larger than GeoNames' divisions
#: (Kenya's old provinces) and only its country is known
CLEAR_MAJORITY = 0.7


@dataclass(frozen=True)
class Outline:
    """A country's or division's shape; `code` is ``IQ`` or ``IQ.15``."""

    code: str
    shape: Any


@dataclass(frozen=True)
class Unit:
    """A polygon of Natural Earth with all names it goes by."""

    country: str
    names: tuple[str, ...]
    shape: Any


#: units without a code of their own → the country whose GeoNames places lie in them; none for no man's land
_UNCODED = {"SOL": "SO", "CYN": "CY", "ESB": "CY", "WSB": "CY", "KAB": "KZ", "USG": "CU", "CLP": "FR"}


def units(path: Path) -> list[Unit]:
    """Read the divisions of Natural Earth."""
    import geopandas

    frame = geopandas.read_file(path, layer="states_provinces")
    found = []
    for row in frame.itertuples():
        names = [row.name, row.gn_name, row.woe_name, str(row.woe_label or "").split(",")[0]]
        country = row.iso_a2 if row.iso_a2 != "-1" else _UNCODED.get(row.adm0_a3, "")
        found.append(Unit(country, tuple(dict.fromkeys(n for n in names if isinstance(n, str) and n)), row.geometry))
    return found


def disputed(path: Path) -> list[Any]:
    """Lines of disputed borders."""
    import geopandas

    return list(geopandas.read_file(path, layer="disputed_borders").geometry)


def owners(
    polygons: Sequence[Unit], points: "np.ndarray[Any, Any]", codes: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """Code of the division that each polygon belongs to: by the places inside it, then by name, then the country alone.

    Parameters
    ----------
    points
        Longitudes and latitudes of places, shape (n, 2).
    codes
        The division of each place, such as ``IQ.15``.
    names
        Names of all divisions by code.
    """
    tree = shapely.STRtree(shapely.points(points))
    by_name: dict[tuple[str, str], str] = {}
    for code, name in names.items():
        for form in forms(name):
            by_name.setdefault((code.partition(".")[0], form), code)
    found = []
    for unit in polygons:
        votes = Counter(codes[i] for i in tree.query(unit.shape, predicate="contains"))
        if votes:
            found.append(_winner(votes))
            continue
        named = (by_name.get((unit.country, form)) for name in unit.names for form in forms(name))
        found.append(next((code for code in named if code), unit.country))
    return found


def _winner(votes: Counter[str]) -> str:
    countries = Counter[str]()
    for code, count in votes.items():
        countries[code.partition(".")[0]] += count
    country = min(countries, key=lambda c: (-countries[c], c))
    division = min((c for c in votes if c.partition(".")[0] == country), key=lambda c: (-votes[c], c))
    return division if votes[division] >= CLEAR_MAJORITY * countries[country] else country


def unit_names(polygons: Sequence[Unit], codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Natural Earth's names of every division that is one of its units; of joined units none would be the whole's."""
    units_of: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit, code in zip(polygons, codes, strict=True):
        units_of[code].append(unit)
    return {code: members[0].names for code, members in units_of.items() if len(members) == 1 and "." in code}


def forms(name: str) -> list[str]:
    """Keys that a division's name may be met by: as it is, without "province" and the like, and their sounds."""
    name_key = key(name)
    bare = core(name_key)
    keys = [name_key, bare[0]] if bare else [name_key]
    return keys + [sounds for form in keys if (sounds := loose_key(form))]


def joined(polygons: Sequence[Unit], codes: Sequence[str], tolerance: float = TOLERANCE) -> list[Outline]:
    """Shapes by division, simplified so that neighbours keep their common border."""
    simple = shapely.coverage_simplify(np.array([unit.shape for unit in polygons]), tolerance)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for i, code in enumerate(codes):
        if code:
            members[code].append(i)
    return [Outline(code, shapely.coverage_union_all(simple[members[code]])) for code in sorted(members)]


def countries(divisions: Iterable[Outline]) -> list[Outline]:
    """Join the divisions to countries."""
    members: defaultdict[str, list[Any]] = defaultdict(list)
    for division in divisions:
        members[division.code.partition(".")[0]].append(division.shape)
    return [Outline(code, shapely.coverage_union_all(members[code])) for code in sorted(members)]


def area_km2(shape: Any) -> float:
    """Area on the sphere of a shape in degrees: an equal-area cylinder, good to 0.5 %."""
    if shape.is_empty:
        return 0.0
    cylinder = shapely.transform(
        shape, lambda c: np.column_stack((np.radians(c[:, 0]), np.sin(np.radians(c[:, 1])))) * 6371.0088
    )
    return float(cylinder.area)


def label_point(shape: Any) -> tuple[float, float]:
    """(latitude, longitude) for a shape: the centroid of its largest part, moved inside where it lies outside."""
    largest = max(shapely.get_parts(shape), key=lambda part: (part.area, part.bounds))
    point = largest.centroid
    if not largest.contains(point):
        point = largest.representative_point()
    return round(point.y, 5), round(point.x, 5)


# ---- files -----------------------------------------------------------------------------------------------------


def write_outlines(path: Path, divisions: Sequence[Outline], scale: int = SCALE) -> None:
    """``outlines.json``: shapes of all divisions, for looking up what lies where.

    ``arcs``
        Lines as ``[x, y, dx, dy, ...]`` in 1/scale degrees of longitude and latitude; every border stands once.
    ``areas``
        ``{"code": "IQ.15", "polygons": [...]}``; the code is a country's alone where the division is not known. A
        polygon is a list of rings, outer first; a ring is a list of arc numbers, ``~i`` for arc i backwards, joined end
        to end (their common points repeat).
    """
    arcs = _Arcs()
    shapes = {outline.code: _ring_points(outline.shape, scale) for outline in divisions}
    arcs.see(ring for polygons in shapes.values() for polygon in polygons for ring in polygon)
    areas = [
        {"code": code, "polygons": [[arcs.cut(ring) for ring in polygon] for polygon in polygons]}
        for code, polygons in shapes.items()
        if polygons
    ]
    lines = [_deltas(line) for line in arcs.lines]
    _write(path, {"format": "geoevents-outlines-1", "scale": scale, "arcs": lines, "areas": areas})


def _rounded(ring: Any, scale: int) -> list[tuple[int, int]]:
    """Points of a ring in whole units, repeats and the closing point left out."""
    points = [(round(x * scale), round(y * scale)) for x, y in ring.coords]
    kept = [point for before, point in zip([None, *points], points, strict=False) if point != before]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _deltas(points: Sequence[tuple[int, int]]) -> list[int]:
    flat = [*points[0]]
    for (x, y), (x1, y1) in pairwise(points):
        flat += [x1 - x, y1 - y]
    return flat


def _write(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(
        json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
    )


def _ring_points(shape: Any, scale: int) -> list[list[list[tuple[int, int]]]]:
    """Rings of a shape in whole units; those that rounding made touch or cross themselves are mended."""
    found = _rounded_rings(shape, scale)
    whole = shapely.multipolygons([shapely.Polygon(rings[0], rings[1:]) for rings in found])
    if shapely.is_valid(whole):
        return found
    mended = shapely.set_precision(shapely.make_valid(whole, method="structure", keep_collapsed=False), 1.0)
    return _rounded_rings(mended, 1)


def _rounded_rings(shape: Any, scale: int) -> list[list[list[tuple[int, int]]]]:
    found = []
    for part in shapely.get_parts(shape):
        rings = [_rounded(ring, scale) for ring in (part.exterior, *part.interiors)]
        if len(rings[0]) >= 3:
            found.append([ring for ring in rings if len(ring) >= 3])
    return found


class _Arcs:
    """Cuts rings where borders meet, so that each stretch of border stands once."""

    def __init__(self) -> None:
        self.lines: list[tuple[tuple[int, int], ...]] = []
        self._number: dict[tuple[tuple[int, int], ...], int] = {}
        self._beside: defaultdict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)

    def see(self, rings: Iterable[Sequence[tuple[int, int]]]) -> None:
        """Learn the neighbours of every point; a point with other than two is where borders meet."""
        for ring in rings:
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
                self._beside[a].add(b)
                self._beside[b].add(a)

    def cut(self, ring: Sequence[tuple[int, int]]) -> list[int]:
        """Arc numbers of a ring; ``~i`` for arc i backwards."""
        meets = [i for i, point in enumerate(ring) if len(self._beside[point]) != 2]
        if not meets:
            meets = [min(range(len(ring)), key=lambda i: ring[i])]
        turned = [*ring[meets[0] :], *ring[: meets[0]], ring[meets[0]]]
        cuts = [i - meets[0] for i in meets] + [len(ring)]
        return [self._arc(tuple(turned[a : b + 1])) for a, b in pairwise(cuts)]

    def _arc(self, line: tuple[tuple[int, int], ...]) -> int:
        backwards = line[::-1]
        same = min(line, backwards)
        number = self._number.setdefault(same, len(self.lines))
        if number == len(self.lines):
            self.lines.append(same)
        return number if line == same else ~number

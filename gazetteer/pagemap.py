"""Makes ``pagemap.json``, what a map draws under its events, from ``outlines.json`` and names.

The lines of ``outlines.json`` are made lighter, each is told apart as coast, border, inner border or disputed, and
countries are put together from their divisions. ``geoevents/maps/basemap.py`` describes the file and reads it.
"""

import json
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final
from zlib import compress

import numpy as np
import shapely
from named_cities import City

from geoevents.maps.basemap import FORMAT, KINDS
from geoevents.maps.packing import varints

#: Units per degree: 440 m, less than a pixel up to zoom 8.
SCALE: Final = 250
#: Vertices within this many degrees of the line are left out (Douglas and Peucker); 0.03 is 3.3 km, a pixel at
#: zoom 5.5. Chosen by size: the page's lines take 300 kB. Ends stay, so neighbours still meet.
TOLERANCE: Final = 0.03
#: Islands whose box has a smaller area than this (square degrees) are left out, unless they are all an area has.
LEAST_ISLAND: Final = 0.012
#: A border within this many degrees of a disputed line is that line: the source draws the two a little apart.
ALONG: Final = 0.04
#: The source cuts areas that cross the date line here; the cut is no border.
SEAM: Final = 179.85
#: A name fits into an area of a square degree from this zoom on; each zoom more, into a quarter of it.
ZOOM_OF_SQUARE_DEGREE: Final = 6

Line = Any  # array of (longitude, latitude) rows
Ring = tuple[int, ...]
Json = dict[str, Any]


def write_pagemap(
    path: Path, outlines: Json, disputed: Sequence[Line], names: Mapping[str, str], cities: Sequence[tuple[int, City]]
) -> None:
    """Write the file.

    Parameters
    ----------
    outlines
        Content of ``outlines.json``.
    disputed
        Disputed lines, as arrays of (longitude, latitude).
    names
        Names of countries ("IQ") and divisions ("IQ.15").
    cities
        Each with its rank, most important first; see :mod:`named_cities`.
    """
    lines = [np.cumsum(np.reshape(arc, (-1, 2)), axis=0) / outlines["scale"] for arc in outlines["arcs"]]
    divisions = {area["code"]: tuple(map(tuple, chain(*area["polygons"]))) for area in outlines["areas"]}
    document = _Builder(lines, divisions, disputed).document(names)
    document["cities"] = [[city.name, round(city.longitude, 2), round(city.latitude, 2), rank] for rank, city in cities]
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


class _Builder:
    """Lines cut, told apart and made lighter; areas as rings of them."""

    def __init__(self, lines: list[Line], divisions: dict[str, tuple[Ring, ...]], disputed: Sequence[Line]) -> None:
        self._owners: defaultdict[int, list[str]] = defaultdict(list)
        for code, rings in divisions.items():
            for number in chain(*rings):
                self._owners[_plain(number)].append(code.partition(".")[0])
        self._claims = shapely.multilinestrings([shapely.linestrings(line) for line in disputed])
        self._band = shapely.buffer(self._claims, ALONG)
        shapely.prepare(self._band)
        self._lines: list[Line] = []
        self._kinds: list[int] = []
        self._pieces = [self._cut(number, line) for number, line in enumerate(lines)]
        self._divisions = {code: self._renumbered(rings) for code, rings in divisions.items()}

    def _cut(self, number: int, line: Line) -> list[int]:
        """Add a line, cut where it begins or ceases to run along a disputed one; numbers of its parts."""
        owners = self._owners[number]
        if (np.abs(line[:, 0]) >= SEAM).all():
            return [self._add(line, "seam")]
        if len(owners) == 1:
            return [self._add(line, "coast")]
        if owners[0] == owners[1]:
            return [self._add(line, "inner")]
        near = shapely.contains_xy(self._band, line)
        parts, start = [], 0
        for along, edges in groupby(near[:-1] & near[1:]):
            stop = start + len(list(edges))
            parts.append(self._add(line[start : stop + 1], "disputed" if along else "border"))
            start = stop
        return parts

    def _add(self, line: Line, kind: str) -> int:
        self._lines.append(line)
        self._kinds.append(KINDS.index(kind))
        return len(self._lines) - 1

    def _renumbered(self, rings: Iterable[Ring]) -> list[Ring]:
        def parts(number: int) -> list[int]:
            if number >= 0:
                return self._pieces[number]
            return [~part for part in reversed(self._pieces[~number])]

        return [tuple(chain.from_iterable(parts(number) for number in ring)) for ring in rings]

    def document(self, names: Mapping[str, str]) -> Json:
        for line in self._claims_apart():
            self._add(line, "disputed")
        groups = groupby(self._divisions.items(), key=lambda item: item[0].partition(".")[0])
        countries = {code: list(self._outline(rings for _, rings in members)) for code, members in groups}
        kept = {code: self._without_islets(rings) for code, rings in countries.items()}
        parts = {code: self._without_islets(rings) for code, rings in self._divisions.items() if "." in code}
        used = {_plain(number) for rings in (*kept.values(), *parts.values()) for ring in rings for number in ring}
        shown = [i for i, kind in enumerate(self._kinds) if i in used or KINDS[kind] == "disputed"]
        number = {old: new for new, old in enumerate(shown)} | {~old: ~new for new, old in enumerate(shown)}

        def areas(found: Mapping[str, Sequence[Ring]]) -> list[Json]:
            return [
                {"code": code, "name": names.get(code, ""), **self._label(rings)}
                | {"rings": [[number[i] for i in ring] for ring in rings]}
                for code, rings in found.items()
            ]

        return {
            "format": FORMAT,
            "scale": SCALE,
            "lines": _packed(_lighter([self._lines[i] for i in shown])),
            "kinds": "".join(str(self._kinds[i]) for i in shown),
            "countries": areas(kept),
            "divisions": areas(parts),
        }

    def _claims_apart(self) -> Iterator[Line]:
        """Disputed lines that run along no border."""
        along = [
            shapely.linestrings(line)
            for line, kind in zip(self._lines, self._kinds, strict=True)
            if KINDS[kind] == "disputed"
        ]
        rest = shapely.difference(self._claims, shapely.buffer(shapely.multilinestrings(along), ALONG))
        for line in shapely.get_parts(shapely.line_merge(rest)):
            if line.length > 5 * ALONG:
                yield shapely.get_coordinates(line)

    def _outline(self, members: Iterable[Iterable[Ring]]) -> Iterator[Ring]:
        """Rings of a country: what is left when the lines its divisions share are taken away."""
        numbers = [number for rings in members for ring in rings for number in ring]
        uses = Counter(map(_plain, numbers))
        ends: dict[int, tuple[Any, Any]] = {}
        starts: defaultdict[Any, list[int]] = defaultdict(list)
        for number in numbers:
            if uses[_plain(number)] == 1:
                first, last = tuple(self._line(number)[0]), tuple(self._line(number)[-1])
                ends[number] = (first, last)
                starts[first].append(number)
        while ends:
            ring = [next(iter(ends))]
            begin, here = ends.pop(ring[0])
            starts[begin].remove(ring[0])
            while here != begin:
                ring.append(starts[here].pop())
                here = ends.pop(ring[-1])[1]
            yield tuple(ring)

    def _line(self, number: int) -> Line:
        return self._lines[number] if number >= 0 else self._lines[~number][::-1]

    def _points(self, ring: Ring) -> Line:
        return np.concatenate([self._line(number) for number in ring])

    def _without_islets(self, rings: Sequence[Ring]) -> list[Ring]:
        sizes = [float(np.prod(np.ptp(self._points(ring), axis=0))) for ring in rings]
        least = min(LEAST_ISLAND, max(sizes))
        return [ring for ring, size in zip(rings, sizes, strict=True) if size >= least]

    def _label(self, rings: Sequence[Ring]) -> Json:
        """Where to write an area's name, and the zoom from which on it fits."""
        largest = max((shapely.Polygon(self._points(ring)) for ring in rings), key=lambda polygon: polygon.area)
        point = largest.centroid
        if not largest.contains(point):
            point = shapely.make_valid(largest).representative_point()
        rank = ZOOM_OF_SQUARE_DEGREE - np.log2(max(largest.area, 1e-4)) / 2
        return {"label": [round(point.x, 2), round(point.y, 2)], "rank": int(np.clip(round(rank), 0, 9))}


def _plain(number: int) -> int:
    return number if number >= 0 else ~number


def _lighter(lines: Sequence[Line]) -> list[Line]:
    """Lines without the vertices that lie within TOLERANCE of what remains; their ends stay."""
    which = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    simple = shapely.simplify(shapely.linestrings(np.concatenate(lines), indices=which), TOLERANCE)
    points, which = shapely.get_coordinates(simple, return_index=True)
    return list(np.split(points, np.flatnonzero(np.diff(which)) + 1))


def _packed(lines: Sequence[Line]) -> str:
    """Varints, deflated, in base64: the number of lines, their lengths, and the steps from point to point."""
    units = [np.rint(line * SCALE).astype(np.int64) for line in lines]
    steps = np.diff(np.concatenate(units), axis=0, prepend=[[0, 0]])
    numbers = chain([len(units)], (len(line) for line in units), steps.ravel().tolist())
    return b64encode(compress(varints(numbers), 9)).decode("ascii")

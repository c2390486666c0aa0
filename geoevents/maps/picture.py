"""A map as a picture for a paper: PNG, SVG or PDF, drawn by matplotlib, the same bytes for the same input.

It speaks the page's language of signs (``static/symbols.json``): colour and shape by kind, area by the number killed,
rings for the range and the injured, hatched regions, circles of true size. Events at one and the same spot are one
sign with their number.
"""

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any, Final

import numpy as np

from geoevents import __version__
from geoevents.errors import ExportError
from geoevents.files import replacing
from geoevents.geo import destination
from geoevents.maps import assets
from geoevents.maps.basemap import KINDS, Area, BaseMap, load
from geoevents.maps.key import ROUND, Entry, circles, place_key, size_circles
from geoevents.maps.languages import Words
from geoevents.maps.signs import Sign, scale, signs
from geoevents.maps.views import SHAPE, View, fit
from geoevents.model import Event, Location
from geoevents.settings import MapSettings

FORMATS: Final = (".png", ".svg", ".pdf")
#: Inches; a page of A4 is 8.3 wide. Above the map room for a title, and for its description; below it for the credits.
WIDTH: Final = 9.0
EDGE: Final = 0.15
HEAD: Final = (0.34, 0.24)
FOOT: Final = 0.32
DPI: Final = 200
GLYPH: Final = 3.6
#: Width of the frame of what is not added up, in half widths of a glyph.
FRAME: Final = 3.6
#: Points of type that a line may lie off, and below which an outline is not drawn: less than a printer shows.
FINEST: Final = 0.25
SMALLEST: Final = 0.5
#: Zoom (as the page counts it) from which on the borders of divisions are drawn.
INNER_ZOOM: Final = 5.0
#: Lines of the ground in the order they are drawn.
LINES: Final = ("inner", "coast", "border", "disputed")
#: Share of the axes a legend takes, to find the corner where it hides least.
LEGEND_SHARE: Final = (0.3, 0.4)
COLOURS: Final = {
    "sea": "#dde6ec",
    "land": "#f7f5f0",
    "coast": "#aebbc3",
    "border": "#9b9387",
    "inner": "#ddd7cb",
    "disputed": "#9b9387",
    "ink": "#1b222c",
    "quiet": "#55606d",
    "name": "#6b655b",
}
#: left, right, low, high
_Box = tuple[float, float, float, float]
CREDIT: Final = "GeoNames (CC BY 4.0) · Natural Earth · geoevents {version}"


def write_picture(events: Sequence[Event], path: Path, settings: MapSettings) -> None:
    """Draw `events` to `path`; its ending chooses the format.

    Raises
    ------
    ExportError
        If the ending is none of FORMATS, or the file cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise ExportError(f"cannot draw {path}: a picture's name ends in {', '.join(FORMATS)}")
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    kind = path.suffix.lower()[1:]
    metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[kind]
    fixed: Any = {
        "svg.hashsalt": "geoevents",
        "hatch.linewidth": 0.5,
        "font.family": ["sans-serif"],
        "text.parse_math": False,
    }
    with mpl.rc_context(fixed), warnings.catch_warnings(), replacing(path, "wb") as file:
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # a name in a script no font here has
        picture = _Picture(Figure(dpi=DPI), events, settings)
        FigureCanvasAgg(picture.figure)
        picture.draw()
        picture.figure.savefig(file, format=kind, metadata=metadata, facecolor="white")


_SQUARE: Final = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
#: Signs that are not seen but shape the letters beside them.
_JOINERS: Final = "\u200c\u200d"


class _Picture:
    """One figure under the pen."""

    def __init__(self, figure: Any, events: Sequence[Event], settings: MapSettings) -> None:
        self.figure = figure
        self.events = events
        self.settings = settings
        self.words = Words(settings.language)
        self.base: BaseMap = load()
        self.signs = sorted(signs(events), key=lambda sign: (not sign.apart, -sign.high, sign.latitude, sign.longitude))
        self.unit = scale(self.signs)
        self.view: View = fit(self.signs)
        self.symbols = assets.symbols()
        self.axes = self._lay_out()
        self.taken: list[_Box] = []

    def _lay_out(self) -> Any:
        """Size the figure so that the map fills its width, whatever stands above and below it."""
        heading = (self.settings.title, self.settings.title and self.settings.description)
        head = EDGE + sum(room for room, text in zip(HEAD, heading, strict=True) if text)
        width = WIDTH - 2 * EDGE
        height = head + width / SHAPE + FOOT
        self.figure.set_size_inches(WIDTH, height)
        return self.figure.add_axes((EDGE / WIDTH, FOOT / height, width / WIDTH, width / SHAPE / height))

    def draw(self) -> None:
        self._ground()
        self._reaches()
        for sign in self.signs:
            self._disc(sign)
        for sign in self.signs:
            self._glyph(sign)
        self._scale_bar()
        self._legend()
        self._names()
        self._words()

    def _project(self, points: Any) -> Any:
        return np.column_stack(self.view.transform(*np.asarray(points, dtype=float).T))

    def _spot(self, sign: Sign) -> tuple[float, float]:
        x, y = self.view.transform(sign.longitude, sign.latitude)
        return float(x), float(y)

    def _ground(self) -> None:
        axes, view = self.axes, self.view
        axes.set_facecolor(COLOURS["sea"])
        axes.set_aspect("equal")
        self._plot(_land(), facecolor=COLOURS["land"], edgecolor="none")
        for kind in LINES if view.zoom >= INNER_ZOOM else LINES[1:]:
            lines = zip(self.base.lines, self.base.kinds, strict=True)
            self._plot(
                [_line(line) for line, digit in lines if KINDS[int(digit)] == kind],
                color=COLOURS[kind],
                linewidth=0.7 if kind == "border" else 0.5,
                linestyle=(0, (3, 2)) if kind == "disputed" else "-",
            )
        axes.set(xlim=view.x, ylim=view.y, xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_color(COLOURS["border"])

    def _plot(self, shapes: Sequence[Any], **style: Any) -> None:
        import geopandas

        clipped = [seen for shape in shapes if not (seen := self.view.clip(shape)).is_empty]
        laid = geopandas.GeoSeries(clipped, crs=4326).to_crs(self.view.crs)
        point = self.view.per_point(self.axes)
        light = laid.simplify(FINEST * point, preserve_topology=False)
        seen = light[(light.area > (FINEST * point) ** 2) | (light.length > 2 * SMALLEST * point)]
        if seen.empty:
            return
        seen.plot(ax=self.axes, aspect=None, **style)
        self.axes.set(xlabel="", ylabel="")  # geopandas names the axes

    def _reaches(self) -> None:
        """Hatch the regions events are placed by, and draw the circles their true spots lie in, each once."""
        shapes: dict[tuple[str, bool], dict[Any, Any]] = {}
        for event in self.events:
            where = event.where
            if where is None or where.where_prec == 1:
                continue
            alike = shapes.setdefault((self._colour(event.event_type), where.where_prec > 2), {})
            if area := self.base.area_of(where):
                alike[area.code] = _shape(self.base, area)
            elif where.radius_km > 0:
                alike[where.latitude, where.longitude, where.radius_km] = _disc_around(where)
        for (colour, hatched), found in shapes.items():
            self._plot(
                list(found.values()),
                facecolor="none" if hatched else (*_rgb(colour), 0.06),
                edgecolor=(*_rgb(colour), 0.45 if hatched else 0.7),
                hatch="/////" if hatched else None,
                linewidth=0.7,
                linestyle="-" if hatched else (0, (4, 3)),
                zorder=3,
            )

    def _colour(self, kind: str) -> str:
        colour: str = self.symbols["kinds"][kind]["light"]
        return colour

    def _disc(self, sign: Sign) -> None:
        colour = _rgb(self._colour(sign.kind))
        sizes = [(sign.high, 0.14), (sign.best, 0.24), (sign.low, 0.34)]
        for people, alpha in sizes[1:] if sign.open else sizes:
            self._circle(sign, sqrt(people) * self.unit, facecolor=(*colour, alpha * (0.7 if sign.area else 1)))
        line = {"edgecolor": (*colour, 0.9), "facecolor": "none"}
        self._circle(sign, sqrt(sign.best) * self.unit, **line, linewidth=0.9, linestyle="--" if sign.area else "-")
        if sign.open:
            reach = max(sqrt(sign.best) * self.unit * 1.18, GLYPH + 3)
            self._circle(sign, reach, **line, linewidth=0.7, linestyle=(0, (2, 4)))
        elif sign.high > sign.best:
            self._circle(sign, sqrt(sign.high) * self.unit, **line, linewidth=0.7)
        if sign.stated and sign.high == 0 and not sign.open:
            self._circle(sign, GLYPH + 2.5, **line, linewidth=0.7)
        if sign.injured:
            dots = {"edgecolor": COLOURS["ink"], "facecolor": "none", "linestyle": (0, (0.6, 2.2))}
            self._circle(sign, sqrt(sign.injured) * self.unit, **dots, linewidth=0.9)

    def _circle(self, sign: Sign, radius: float, **style: Any) -> None:
        """Draw a circle of `radius` points."""
        if radius > 0:
            style = {"edgecolor": "none", "linewidth": 0, **style}
            self.axes.scatter(*self._spot(sign), s=(2 * radius) ** 2, marker="o", zorder=4, **style)

    def _glyph(self, sign: Sign) -> None:
        x, y = self._spot(sign)
        if sign.apart:
            frame = {"marker": "s", "facecolor": (1, 1, 1, 0.85), "edgecolor": self._colour(sign.kind)}
            self.axes.scatter(x, y, s=(FRAME * GLYPH) ** 2, linewidth=0.7, linestyle=(0, (3, 2)), zorder=5, **frame)
        self._mark(self.axes, x, y, sign.kind, sign.area, zorder=5)
        if sign.number > 1:
            self.axes.annotate(
                str(sign.number),
                (x, y),
                (GLYPH + 1, GLYPH + 1),
                textcoords="offset points",
                fontsize=6,
                fontweight="bold",
                color=COLOURS["ink"],
                zorder=6,
                bbox={
                    "boxstyle": "round,pad=0.15",
                    "facecolor": "white",
                    "edgecolor": COLOURS["quiet"],
                    "linewidth": 0.4,
                },
            )

    def _mark(self, axes: Any, x: float, y: float, kind: str, area: bool, zorder: int) -> None:
        marker = self._shape_of(kind)
        colour = self._colour(kind)
        size = (2 * GLYPH) ** 2
        axes.scatter(x, y, s=size, marker=marker, facecolor="white", edgecolor="white", linewidth=2, zorder=zorder)
        face = "white" if area else colour
        axes.scatter(x, y, s=size, marker=marker, facecolor=face, edgecolor=colour, linewidth=0.9, zorder=zorder)

    def _names(self) -> None:
        """Names of countries and cities, the most important first, where nothing is in the way."""
        taken = [*self.taken, *map(self._kept, self.signs)]
        for text, longitude, latitude, style in self._candidates():
            x, y = (float(v) for v in self.view.transform(longitude, latitude))
            size = style["fontsize"]
            width = 0.66 * size * len(text) + 4
            middle = x + (width / 2 + 1) * self.view.per_point(self.axes) if "dot" in style else x
            box = self._box(middle, y, width + (6 if "dot" in style else 0), 1.6 * size)
            if not self._inside(box) or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            if "dot" in style:
                self.axes.plot(x, y, "o", markersize=1.8, color=COLOURS["quiet"], zorder=2)
            self.axes.annotate(
                text,
                (x, y),
                (3, 0) if "dot" in style else (0, 0),
                textcoords="offset points",
                ha="left" if "dot" in style else "center",
                va="center",
                zorder=2,
                fontsize=size,
                color=style["color"],
                fontweight=style.get("fontweight", "normal"),
            )

    def _kept(self, sign: Sign) -> _Box:
        """Box around a sign that no name is written in: its glyph, and the middle of a large disc."""
        width = max(2.5 * GLYPH, min(2 * sqrt(sign.best) * self.unit, 8 * GLYPH))
        return self._box(*self._spot(sign), width, width)

    def _inside(self, box: _Box) -> bool:
        (west, east), (south, north) = self.view.x, self.view.y
        return west < box[0] and box[1] < east and south < box[2] and box[3] < north

    def _candidates(self) -> Iterator[tuple[str, float, float, dict[str, Any]]]:
        zoom = self.view.zoom
        for area in self.base.countries.values():
            if area.rank - 0.5 <= zoom <= area.rank + 5:
                yield area.name, *area.label, {"fontsize": 7, "color": COLOURS["name"], "fontweight": "bold"}
        for name, longitude, latitude, rank in self.base.cities:
            if zoom >= 3.5 + rank:
                yield name, longitude, latitude, {"fontsize": 6, "color": COLOURS["quiet"], "dot": True}

    def _box(self, x: float, y: float, width: float, height: float) -> _Box:
        """Box around a point, its size in points of type."""
        point = self.view.per_point(self.axes)
        return x - width * point / 2, x + width * point / 2, y - height * point / 2, y + height * point / 2

    def _scale_bar(self) -> None:
        if self.view.wide:
            return
        width = (self.view.x[1] - self.view.x[0]) / 1000
        km = max((value for value in ROUND if value <= width / 5), default=1)
        x, y = self.view.x[0] + 0.03 * 1000 * width, self.view.y[0] + 0.05 * (self.view.y[1] - self.view.y[0])
        self.axes.plot([x, x + 1000 * km], [y, y], color=COLOURS["ink"], linewidth=1.6, solid_capstyle="butt", zorder=7)
        self.axes.annotate(f"{km:,} km", (x, y), (0, 3), textcoords="offset points", fontsize=6.5, zorder=7)

    def _legend(self) -> None:
        entries = list(self._entries())
        people = circles(self.unit, max((sign.high for sign in self.signs), default=0))
        stated = any(sign.high or sign.open for sign in self.signs)
        sizes = size_circles(people, self.unit, self.words.t("legend.size"), COLOURS["ink"]) if stated else None
        if not entries:
            return
        box = place_key(self.axes, entries, sizes, self._free_corner(), COLOURS["border"])
        extent = box.get_window_extent(self.figure.canvas.get_renderer())
        (west, south), (east, north) = self.axes.transData.inverted().transform(extent.get_points())
        self.taken.append((west, east, south, north))

    def _entries(self) -> Iterator[Entry]:
        t, ink = self.words.t, COLOURS["ink"]
        for kind in self.symbols["kinds"]:
            if any(event.event_type == kind and event.where for event in self.events):
                colour = self._colour(kind)
                style = {"markersize": 2 * GLYPH, "markerfacecolor": colour, "markeredgecolor": colour}
                yield Entry(t(f"type.{kind}"), self._shape_of(kind), style)
        boxes: list[tuple[bool, str, dict[str, Any]]] = [
            (any(sign.injured for sign in self.signs), "legend.injured", {"linestyle": ":", "linewidth": 1}),
            (any(e.where and e.where.where_prec == 2 for e in self.events), "legend.near", {"linestyle": "--"}),
            (any(sign.area for sign in self.signs), "legend.area", {"hatch": "/////", "linewidth": 0.6}),
        ]
        for shown, key, style in boxes:
            if shown:
                yield Entry(t(key), None, {"facecolor": "none", "edgecolor": ink, "linewidth": 0.8, **style})
        if any(sign.apart for sign in self.signs):
            frame = {"markersize": 2 * GLYPH, "markerfacecolor": "white", "markeredgecolor": ink}
            yield Entry(t("legend.apart"), _SQUARE, {**frame, "markeredgewidth": 0.7})

    def _shape_of(self, kind: str) -> list[tuple[float, float]]:
        """Outline of a kind's glyph, closed; pictures count upwards, pages downwards."""
        shape = [(x, -y) for x, y in self.symbols["shapes"][self.symbols["kinds"][kind]["shape"]]]
        return [*shape, shape[0]]

    def _free_corner(self) -> str:
        """Find the corner of the axes where a legend hides the fewest signs."""
        (west, east), (south, north) = self.view.x, self.view.y
        spots = [self._spot(sign) for sign in self.signs]

        def hidden(corner: str) -> int:
            left, low = "left" in corner, "lower" in corner
            return sum(
                ((x - west if left else east - x) < LEGEND_SHARE[0] * (east - west))
                and ((y - south if low else north - y) < LEGEND_SHARE[1] * (north - south))
                for x, y in spots
            )

        return min(("upper left", "upper right", "lower right", "lower left"), key=hidden)

    def _words(self) -> None:
        placed = sum(event.where is not None for event in self.events)
        left = [self.words.n("list.all", len(self.events))]
        if placed < len(self.events):
            left.append(self.words.n("picture.unplaced", len(self.events) - placed))
        credit = CREDIT.format(version=__version__)
        west, east, height = EDGE / WIDTH, 1 - EDGE / WIDTH, float(self.figure.get_figheight())
        low, top = 0.11 / height, 1 - (EDGE + 0.16) / height
        self.figure.text(west, low, " · ".join(left), fontsize=6.5, color=COLOURS["quiet"])
        self.figure.text(east, low, credit, fontsize=6.5, color=COLOURS["quiet"], ha="right")
        title, description = plain(self.settings.title, 120), plain(self.settings.description, 200)
        if title:
            self.figure.text(west, top, title, fontsize=13, fontweight="bold", color=COLOURS["ink"])
        if title and description:
            self.figure.text(west, top - HEAD[1] / height, description, fontsize=8, color=COLOURS["quiet"])


def plain(text: str, most: int) -> str:
    """Text as a picture can write it: what cannot be seen becomes a space."""
    return "".join(c if c.isprintable() or c in _JOINERS else " " for c in text[:most])


def _shape(base: BaseMap, area: Area) -> Any:
    import shapely

    # united first: where lines were made lighter, they may cross
    return shapely.build_area(shapely.union_all([_line(ring) for ring in base.points(area)]))


@lru_cache(maxsize=1)
def _land() -> tuple[Any, ...]:
    """Shapes of all countries; making them takes longer than drawing them."""
    base = load()
    return tuple(_shape(base, area) for area in base.countries.values())


def _disc_around(where: Location) -> Any:
    """Draw the circle of true size that an event's spot lies in; whole, and beyond 180°, at the date line."""
    import shapely

    ring = (destination(where.latitude, where.longitude, bearing, where.radius_km) for bearing in range(0, 360, 5))
    return shapely.Polygon([(where.longitude + (x - where.longitude + 180) % 360 - 180, y) for y, x in ring])


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


def _line(points: Any) -> Any:
    import shapely

    return shapely.linestrings(points)


def _rgb(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255

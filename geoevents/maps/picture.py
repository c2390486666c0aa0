"""A map as a picture for a paper: PNG, SVG or PDF, drawn by matplotlib, the same bytes for the same input.

It speaks the page's language of signs (``static/symbols.json``): colour and shape by kind, area by the number killed,
rings for the range and the injured, hatched regions, circles of true size. Events at one and the same spot are one
sign with their number.
"""

import warnings
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import Any, Final

import numpy as np

from geoevents import __version__
from geoevents.errors import ExportError
from geoevents.files import replacing
from geoevents.geo import destination
from geoevents.maps import assets
from geoevents.maps.basemap import KINDS, BaseMap, load
from geoevents.maps.languages import Words
from geoevents.maps.signs import Sign, scale, signs
from geoevents.maps.views import View, fit
from geoevents.model import Event
from geoevents.settings import MapSettings

FORMATS: Final = (".png", ".svg", ".pdf")
#: Inches; a page of A4 is 8.3 wide.
SIZE: Final = (9.0, 6.4)
DPI: Final = 200
GLYPH: Final = 3.6
#: Zoom (as the page counts it) from which on the borders of divisions are drawn.
INNER_ZOOM: Final = 5.0
#: Points of radius of the circles in the legend, at most.
LEGEND_CIRCLE: Final = 6.5
#: Share of the axes a legend takes, to find the corner where it hides least.
LEGEND_SHARE: Final = (0.3, 0.4)
#: Round figures for the legend's circles and the scale bar.
ROUND: Final = tuple(base * 10**power for power in range(7) for base in (1, 2, 5))
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
        figure = Figure(figsize=SIZE, dpi=DPI)
        FigureCanvasAgg(figure)
        _Picture(figure, events, settings).draw()
        figure.savefig(file, format=kind, metadata=metadata, facecolor="white")


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
        self.signs = sorted(signs(events), key=lambda sign: (-sign.high, sign.latitude, sign.longitude))
        self.unit = scale(self.signs)
        self.view: View = fit(self.signs)
        self.symbols = assets.symbols()
        self.axes = figure.add_axes((0.02, 0.055, 0.96, 0.84 if settings.title else 0.92))

    def draw(self) -> None:
        self._ground()
        for event in self.events:
            self._reach(event)
        for sign in self.signs:
            self._disc(sign)
        for sign in self.signs:
            self._glyph(sign)
        self._names()
        self._scale_bar()
        self._legend()
        self._words()

    def _project(self, points: Any) -> Any:
        return np.column_stack(self.view.transform(*np.asarray(points, dtype=float).T))

    def _spot(self, sign: Sign) -> tuple[float, float]:
        x, y = self.view.transform(sign.longitude, sign.latitude)
        return float(x), float(y)

    def _ground(self) -> None:
        import geopandas
        import shapely

        areas = self.base.countries.values()
        # united first: where lines were made lighter, they may cross
        outlines = [shapely.union_all([_line(ring) for ring in self.base.points(area)]) for area in areas]
        land = [shapely.build_area(outline) for outline in outlines]
        axes, view = self.axes, self.view
        axes.set_facecolor(COLOURS["sea"])
        axes.set_aspect("equal")
        geopandas.GeoSeries([view.clip(shape) for shape in land], crs=4326).to_crs(view.crs).plot(
            ax=axes, facecolor=COLOURS["land"], edgecolor="none", aspect=None
        )
        for kind in ("inner", "coast", "border", "disputed"):
            lines = [
                view.clip(_line(line))
                for line, digit in zip(self.base.lines, self.base.kinds, strict=True)
                if KINDS[int(digit)] == kind
            ]
            if kind == "inner" and view.zoom < INNER_ZOOM:
                continue
            geopandas.GeoSeries(lines, crs=4326).to_crs(view.crs).plot(
                ax=axes,
                color=COLOURS[kind],
                linewidth=0.5 if kind != "border" else 0.7,
                linestyle=(0, (3, 2)) if kind == "disputed" else "-",
                aspect=None,
            )
        axes.set_xlim(*view.x)
        axes.set_ylim(*view.y)
        axes.set_xlabel("")
        axes.set_ylabel("")
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_color(COLOURS["border"])

    def _reach(self, event: Event) -> None:
        """Hatch the region an event is placed by, or draw the circle its true spot lies in."""
        where = event.where
        if where is None or where.where_prec == 1:
            return
        area = self.base.area_of(where)
        if area is not None:
            rings = self.base.points(area)
        elif where.radius_km > 0:
            circle = [destination(where.latitude, where.longitude, b, where.radius_km)[::-1] for b in range(0, 365, 5)]
            rings = [np.array(circle)]
        else:
            return
        hatched = where.where_prec > 2
        colour = self._colour(event.event_type)
        for ring in rings:
            self.axes.fill(
                *self._project(ring).T,
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
        shape = [(px, -py) for px, py in self.symbols["shapes"][self.symbols["kinds"][kind]["shape"]]]
        marker = [*shape, shape[0]]
        colour = self._colour(kind)
        size = (2 * GLYPH) ** 2
        axes.scatter(x, y, s=size, marker=marker, facecolor="white", edgecolor="white", linewidth=2, zorder=zorder)
        face = "white" if area else colour
        axes.scatter(x, y, s=size, marker=marker, facecolor=face, edgecolor=colour, linewidth=0.9, zorder=zorder)

    def _names(self) -> None:
        """Names of countries and cities, the most important first, where nothing is in the way."""
        taken = [self._box(*self._spot(sign), 2.5 * GLYPH, 2.5 * GLYPH) for sign in self.signs]
        for text, longitude, latitude, style in self._candidates():
            x, y = (float(v) for v in self.view.transform(longitude, latitude))
            size = style["fontsize"]
            box = self._box(x, y, 0.62 * size * len(text) + 8, 1.6 * size)
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
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        t, ink = self.words.t, COLOURS["ink"]
        kinds = [kind for kind in self.symbols["kinds"] if any(event.event_type == kind for event in self.events)]

        def dot(marker: Any, size: float, **style: Any) -> Line2D:
            return Line2D([], [], linestyle="none", marker=marker, markersize=size, **style)

        entries: list[tuple[Any, str]] = []
        for kind in kinds:
            shape = [(x, -y) for x, y in self.symbols["shapes"][self.symbols["kinds"][kind]["shape"]]]
            entries.append((dot([*shape, shape[0]], 2 * GLYPH, color=self._colour(kind)), t(f"type.{kind}")))
        fitting = [people for people in ROUND if 2 <= sqrt(people) * self.unit <= LEGEND_CIRCLE]
        ring = {"markerfacecolor": (0, 0, 0, 0.12), "markeredgecolor": ink, "markeredgewidth": 0.7}
        entries += [
            (dot("o", 2 * sqrt(people) * self.unit, **ring), f"{people:,} {t('killed')}")
            for people in dict.fromkeys([*fitting[:1], *fitting[-1:]])
        ]
        if any(sign.injured for sign in self.signs):
            entries.append((Patch(facecolor="none", edgecolor=ink, linestyle=":", linewidth=1), t("legend.injured")))
        if any(event.where and event.where.where_prec == 2 for event in self.events):
            entries.append((Patch(facecolor="none", edgecolor=ink, linestyle="--", linewidth=0.8), t("legend.near")))
        if any(sign.area for sign in self.signs):
            entries.append((Patch(facecolor="none", edgecolor=ink, hatch="/////", linewidth=0.6), t("legend.area")))
        if not entries:
            return
        handles, labels = zip(*entries, strict=True)
        legend = self.axes.legend(
            handles, labels, loc=self._free_corner(), fontsize=6.5, framealpha=0.92, edgecolor=COLOURS["border"],
            labelspacing=0.75, borderpad=0.8, handletextpad=0.9,
        )  # fmt: skip
        legend.set_zorder(8)

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
        self.figure.text(0.02, 0.02, " · ".join(left), fontsize=6.5, color=COLOURS["quiet"])
        credit = CREDIT.format(version=__version__)
        self.figure.text(0.98, 0.02, credit, fontsize=6.5, color=COLOURS["quiet"], ha="right")
        if self.settings.title:
            self.figure.text(
                0.02, 0.955, plain(self.settings.title, 120), fontsize=13, fontweight="bold", color=COLOURS["ink"]
            )
        if self.settings.title and self.settings.description:
            self.figure.text(0.02, 0.918, plain(self.settings.description, 200), fontsize=8, color=COLOURS["quiet"])


def plain(text: str, most: int) -> str:
    """Text as a picture can write it: what cannot be seen becomes a space."""
    return "".join(c if c.isprintable() or c in _JOINERS else " " for c in text[:most])


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


def _line(points: Any) -> Any:
    import shapely

    return shapely.linestrings(points)


def _rgb(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255

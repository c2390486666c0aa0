"""The key of a picture: what its signs mean, of those signs only that it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

#: Points of type.
SIZE: Final = 6.5
#: Points of radius of the key's largest circle.
LARGEST: Final = 17.0
#: Points of radius below which a circle says nothing.
SMALLEST: Final = 2.5
#: Points of width and height of the picture before a text.
CELL: Final = (18.0, 9.0)
#: Round figures for circles and scale bars.
ROUND: Final = tuple(base * 10**power for power in range(7) for base in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Entry:
    """A marker (its outline in its own units, or a box where there is none), how it is drawn, and what it means."""

    text: str
    marker: Sequence[tuple[float, float]] | None
    style: dict[str, Any]


def circles(unit: float, most: int) -> list[int]:
    """Choose up to three round figures whose circles fit, none above `most`; `unit` is points of radius for one."""
    fitting = [people for people in ROUND if SMALLEST <= unit * sqrt(people) <= LARGEST and people <= max(1, most)]
    chosen = [fitting[-1 - step] for step in (0, 2, 4) if step < len(fitting)]
    return sorted(chosen)


def place_key(axes: Any, entries: Iterable[Entry], sizes: Any, corner: str, frame: str) -> Any:
    """Put the key into a corner of the axes; give the box it takes there."""
    from matplotlib.offsetbox import AnchoredOffsetbox, VPacker

    rows = [*map(_row, entries), *([sizes] if sizes else [])]
    box = AnchoredOffsetbox(
        loc=corner, child=VPacker(children=rows, align="left", pad=2, sep=3), pad=0.5, borderpad=0.8, frameon=True
    )
    box.patch.set(edgecolor=frame, linewidth=0.6, alpha=0.93)
    box.set_zorder(8)
    axes.add_artist(box)
    return box


def _row(entry: Entry) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.offsetbox import DrawingArea, HPacker
    from matplotlib.patches import Rectangle

    area = DrawingArea(*CELL)
    width, height = CELL
    if entry.marker is None:
        area.add_artist(Rectangle((1, 0.5), width - 2, height - 1, **entry.style))
    else:
        outline: Any = entry.marker  # any outline is a marker, which matplotlib's types do not know
        area.add_artist(Line2D([width / 2], [height / 2], linestyle="none", marker=outline, **entry.style))
    return HPacker(children=[area, _text(entry.text)], align="center", pad=0, sep=5)


def size_circles(people: Sequence[int], unit: float, title: str, ink: str) -> Any:
    """Circles of round figures, one in another, each with its figure."""
    from matplotlib.lines import Line2D
    from matplotlib.offsetbox import DrawingArea, VPacker
    from matplotlib.patches import Circle
    from matplotlib.text import Text

    largest = unit * sqrt(people[-1])
    area = DrawingArea(2 * largest + 40, 2 * largest + 4)
    label = 0.0
    for number in people:
        radius = unit * sqrt(number)
        label = max(label + SIZE, 1 + 2 * radius - SIZE / 3) if label else max(0.0, 1 + 2 * radius - SIZE / 3)
        area.add_artist(
            Circle((largest + 2, 1 + radius), radius, facecolor=(0, 0, 0, 0.1), edgecolor=ink, linewidth=0.7)
        )
        line = [1 + 2 * radius, label + SIZE / 3]
        area.add_artist(Line2D([largest + 2, 2 * largest + 7], line, color=ink, linewidth=0.4))
        area.add_artist(Text(2 * largest + 9, label, f"{number:,}", fontsize=SIZE, color=ink))
    return VPacker(children=[_text(title), area], align="left", pad=0, sep=2)


def _text(words: str) -> Any:
    from matplotlib.offsetbox import TextArea

    return TextArea(words, textprops={"fontsize": SIZE})

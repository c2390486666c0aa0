"""How often a resolution of some confidence is right, as a table and a picture: ``python -m training reliability``.

Reads the predictions that ``python -m training evaluate`` wrote for the gold's own toponyms, each resolved with a
ranker that has not seen its document, and calibrated on the others.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from geoevents.geo import distance_km
from training.cases import CORPORA, NEAR_KM

EDGES: Final = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


class Bin(NamedTuple):
    """Resolutions of about one confidence: how many, how sure on average, and how often right."""

    count: int
    confidence: float
    right: float


def judged(corpora: Path, predicted: Path) -> Iterator[tuple[float, bool]]:
    """Confidence of each resolution of a gold toponym, and whether it lies within 161 km."""
    for name in CORPORA:
        gold = {
            (str(row["id"]), t["start"], t["end"]): (t["lat"], t["lon"])
            for row in _rows(corpora / f"geoparsing/{name}.jsonl")
            for t in row["toponyms"]
            if t["lat"] is not None
        }
        for row in _rows(predicted / f"{name}-gold-spans.jsonl"):
            point = gold.get((row["doc_id"], row["start"], row["end"]))
            if point is not None and row["latitude"] is not None:
                yield row["confidence"], distance_km(*point, row["latitude"], row["longitude"]) <= NEAR_KM


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def bins(outcomes: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Resolutions by confidence; empty bins are left out."""
    found = list(outcomes)
    table = []
    for low, high in pairwise(EDGES):
        own = [(confidence, right) for confidence, right in found if low <= confidence < high]
        if own:
            count = len(own)
            table.append(Bin(count, sum(c for c, _ in own) / count, sum(right for _, right in own) / count))
    return table


def expected_error(table: Sequence[Bin]) -> float:
    """Mean distance of confidence from accuracy, each bin by its size (expected calibration error)."""
    return sum(b.count * abs(b.confidence - b.right) for b in table) / sum(b.count for b in table)


def draw(table: Sequence[Bin], path: Path) -> None:
    """Draw the curve, each point as large as its bin is full."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "geoevents"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, label="as sure as right")
    axes.plot([b.confidence for b in table], [b.right for b in table], color="#1b6ca8", linewidth=1)
    sizes = [20 + 200 * b.count / max(b.count for b in table) for b in table]
    axes.scatter([b.confidence for b in table], [b.right for b in table], s=sizes, color="#1b6ca8", label="measured")
    for b in table:
        axes.annotate(str(b.count), (b.confidence, b.right), xytext=(7, -11), textcoords="offset points", fontsize=8)
    axes.set(xlabel="confidence given", ylabel="share within 161 km", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.legend(loc="upper left", frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def reliability(corpora: Path, predicted: Path, out: Path, say: Any = print) -> None:
    """Print the table and draw the picture."""
    table = bins(judged(corpora, predicted))
    for b in table:
        say(f"{b.count:5}  confidence {b.confidence:.3f}  right {b.right:.3f}")
    say(f"expected calibration error {expected_error(table):.4f}")
    draw(table, out)

"""``python -m training.merging INCIDENTS.jsonl GOLD.jsonl``: fit the weights that say whether two incidents are one.

INCIDENTS is what ``geoevents extract --level incidents`` writes of the articles of GOLD, a file of the ``merging``
corpora. Logistic regression on the pairs that share a key, of the incidents their articles are mainly about: most
killed, then most injured. What else an article tells of in passing has no gold and is left out. Some
weights are kept within bounds (:data:`BOUNDS`).

Figures are cross-validated over gold events: each fifth of them is merged, together with all others, by weights that
were fitted on the rest. The weights of all go to ``geoevents/events/data/weights.json``.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from pathlib import Path
from statistics import mean
from typing import Any, Final

import click
import numpy as np
from numpy.typing import NDArray

from geoevents.events.blocking import candidate_pairs
from geoevents.events.columns import Columns, columns_of
from geoevents.events.evidence import Wording, evidence
from geoevents.events.joining import Joined, join
from geoevents.events.weighing import Weights, vetoed
from geoevents.jsonl import incident_from_row, read_jsonl
from geoevents.model import Count, Incident, Source

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEIGHTS: Final = Path(__file__).resolve().parent.parent / "geoevents" / "events" / "data" / "weights.json"
_FOLDS: Final = 5
#: beginnings of the names of features → (least, most) weight. No weight may have the sign that sense forbids, nor be
#: nought where GVA, one country's crimes with one or two victims, cannot teach it: borders, tolls, days, parties
BOUNDS: Final = {
    "date: same day": (0.0, inf),
    "date: meet": (0.0, inf),
    "date: days apart, 1": (-inf, -1.5),
    "date: days apart": (-inf, 0.0),
    "date: windows apart": (-inf, 0.0),
    "date: foretold": (-inf, 0.0),
    "date: published apart": (-inf, 0.0),
    "place: same": (0.5, inf),
    "place: unknown": (-0.7, inf),
    "place: two towns": (-inf, -1.5),
    "place: meet": (0.0, inf),
    "place: apart, sure": (-inf, -0.5),
    "place: apart": (-inf, -0.2),
    "place: other country": (-inf, -1.0),
    "place: mistaken": (0.0, inf),
    "kind: like": (1.0, inf),
    "kind: same": (0.0, inf),
    "actors: same": (0.0, inf),
    "actors: other": (-inf, -0.3),
    "killed: same": (0.0, inf),
    "killed: near": (0.0, inf),
    "killed: apart": (-inf, -1.2),
    "injured: same": (0.0, inf),
    "injured: near": (0.0, inf),
    "injured: apart": (-inf, -0.6),
    "words: shared": (0.0, 1.6),
}
_PENALTY: Final = 3.0  # ridge; 1 to 10 give the same B³ F1 to .003
_ROUNDS: Final = 40  # Newton steps; it settles after about fifteen
_HALVINGS: Final = 12  # of a step that goes too far


@dataclass(frozen=True, slots=True)
class Data:
    """Incidents with the gold event and the fold of each, and which of them their articles are about."""

    incidents: Sequence[Incident]
    columns: Columns
    truth: Sequence[str]
    folds: NDArray[np.int64]
    main: Flags


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs to learn from: a row of features each, whether it is one event, and the folds of its two incidents."""

    names: tuple[str, ...]
    rows: Numbers
    one: Flags
    folds: NDArray[np.int64]

    def without(self, fold: int | None) -> "Examples":
        """Pairs that have nothing to do with a fold."""
        kept = (self.folds != (-1 if fold is None else fold)).all(axis=1)
        return Examples(self.names, self.rows[kept], self.one[kept], self.folds[kept])


def read_data(incidents: Path, gold: Path) -> Data:
    """Incidents in the order of their ids, with their gold."""
    events = list(read_jsonl(gold))
    home = {doc["id"]: event["id"] for event in events for doc in event["docs"]}
    sources = {doc["id"]: _source(doc) for event in events for doc in event["docs"]}
    found = sorted(map(incident_from_row, read_jsonl(incidents)), key=lambda incident: incident.id)
    truth = [home[incident.doc_id] for incident in found]
    folds = np.array([zlib.crc32(name.encode()) % _FOLDS for name in truth])
    return Data(found, columns_of(found, sources), truth, folds, _main(found))


def _source(doc: Mapping[str, Any]) -> Source:
    published = date.fromisoformat(doc["date"]) if doc.get("date") else None
    return Source(doc_id=doc["id"], title=doc.get("title"), publisher=doc.get("source"), published=published)


def _main(incidents: Sequence[Incident]) -> Flags:
    best: dict[str, int] = {}
    for number, incident in enumerate(incidents):
        other = best.setdefault(incident.doc_id, number)
        if _toll(incident) > _toll(incidents[other]):
            best[incident.doc_id] = number
    flags = np.zeros(len(incidents), bool)
    flags[list(best.values())] = True
    return flags


def _toll(incident: Incident) -> tuple[int, int]:
    return _most(incident.killed), _most(incident.injured)


def _most(count: Count | None) -> int:
    return 0 if count is None else count.low if count.high is None else count.high


def examples(data: Data) -> Examples:
    """Pairs of main incidents that share a key and that no veto parts."""
    first, second = candidate_pairs(data.columns)
    kept = data.main[first] & data.main[second] & ~vetoed(data.columns, first, second)
    first, second = first[kept], second[kept]
    features = evidence(data.columns, Wording(data.columns), first, second)
    events = np.unique(data.truth, return_inverse=True)[1]
    rows = np.column_stack(list(features.values()))
    return Examples(
        tuple(features), rows, events[first] == events[second], data.folds[np.column_stack([first, second])]
    )


def fit(pairs: Examples) -> Weights:
    """Fit a ridge logistic regression by projected Newton steps; a weight stays within its bounds."""
    rows = np.column_stack([np.ones(len(pairs.rows)), pairs.rows])
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[0] = 0
    low, high = np.array([(-inf, inf), *map(_bounds, pairs.names)]).T

    def worth(weights: Numbers) -> float:
        odds = rows @ weights
        return float((pairs.one * odds - np.logaddexp(0, odds)).sum() - (penalty * weights**2).sum() / 2)

    weights = np.zeros(rows.shape[1]).clip(low, high)
    for _ in range(_ROUNDS):
        share = 1 / (1 + np.exp(-(rows @ weights).clip(-30, 30)))
        slope = rows.T @ (pairs.one - share) - penalty * weights
        free = ~((weights <= low) & (slope < 0) | (weights >= high) & (slope > 0))
        curve = (rows[:, free] * (share * (1 - share))[:, None]).T @ rows[:, free] + np.diag(penalty[free] + 1e-9)
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(curve, slope[free])
        before, lengths = worth(weights), 0.5 ** np.arange(_HALVINGS)
        better = (tried for length in lengths if worth(tried := (weights + length * step).clip(low, high)) > before)
        if (found := next(better, None)) is None:
            break
        weights = found
    return Weights(float(weights[0]), dict(zip(pairs.names, weights[1:].tolist(), strict=True)))


def _bounds(name: str) -> tuple[float, float]:
    return next((bounds for start, bounds in BOUNDS.items() if name.startswith(start)), (-inf, inf))


def b_cubed(data: Data, joined: Joined, fold: int) -> tuple[float, float]:
    """Precision and recall over the articles of one fold; an article belongs where it reports most killed."""
    event_of = {number: at for at, group in enumerate(joined.groups) for number in group.members}
    cluster = {incident.doc_id: event_of[n] for n, incident in enumerate(data.incidents) if data.main[n]}
    truth = {incident.doc_id: name for incident, name in zip(data.incidents, data.truth, strict=True)}
    inside, events = defaultdict(set), defaultdict(set)
    for doc, at in cluster.items():
        inside[at].add(doc)
        events[truth[doc]].add(doc)
    docs = {incident.doc_id for n, incident in enumerate(data.incidents) if data.folds[n] == fold}
    common = [(len(inside[cluster[d]] & events[truth[d]]), inside[cluster[d]], events[truth[d]]) for d in docs]
    return mean(n / len(group) for n, group, _ in common), mean(n / len(event) for n, _, event in common)


def validate(data: Data, folds: Sequence[Weights], shift: float) -> tuple[float, float]:
    """Mean precision and recall over the folds, each merged by the weights of the others."""
    scores = []
    for fold, weights in enumerate(folds):
        joined = join(data.columns, Weights(weights.intercept + shift, weights.of), 0.5)
        scores.append(b_cubed(data, joined, fold))
    return mean(p for p, _ in scores), mean(r for _, r in scores)


@click.command()
@click.argument("incidents", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--shift", type=float, multiple=True, default=(0.0,), help="Added to the intercept; the last one is kept."
)
@click.option("--write/--dry", default=False, help="Write the weights of all.")
def main(incidents: Path, gold: Path, shift: tuple[float, ...], write: bool) -> None:
    """Cross-validate, and write the weights of all."""
    data = read_data(incidents, gold)
    pairs = examples(data)
    click.echo(f"{len(data.incidents)} incidents, {len(pairs.one)} pairs, {int(pairs.one.sum())} of one event")
    folds = [fit(pairs.without(fold)) for fold in range(_FOLDS)]
    for moved in shift:
        precision, recall = validate(data, folds, moved)
        f1 = 2 * precision * recall / (precision + recall)
        click.echo(f"shift {moved:+.2f}: B³ precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    if write:
        weights = fit(pairs)
        rounded = {name: round(value, 4) for name, value in weights.of.items()}
        record = {"intercept": round(weights.intercept + shift[-1], 4), "weights": rounded}
        WEIGHTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        click.echo(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()

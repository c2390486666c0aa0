"""How likely two incidents are one event: weighed evidence, and vetoes that no likeness outweighs.

The weights in ``data/weights.json`` are those of a logistic regression; ``python -m training.merging`` fits them anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.events.columns import Columns
from geoevents.events.evidence import Wording, day_gap, evidence, foretold, way_apart

Numbers = NDArray[np.float64]
Ints = NDArray[np.int64]

#: nobody reports what is to come; a day for time zones, one for a bulletin dated before it was changed
_FORETOLD_DAYS: Final = 2
#: two days named by date ("14 September", "9/14") are two events if they lie farther apart; a weekday is less sure,
#: for a follow-up's "Wednesday" is often that of the hearing: on GVA such a day is wrong in one pair of nine
_NAMED_DAYS: Final = 1
#: two places as precise and sure as this are two events if they lie farther apart beyond their radii. On GVA 2 % of the
#: pairs of one event do, for a place was mistaken; 60 km would gain nothing, less sure places (0.7) would lose 3.5 %
_APART_KM: Final = 100.0
_PRECISE: Final = 2  # UCDP's where_prec: within 25 km of a known point
_SURE: Final = 0.9
#: pairs weighed at once: a feature of so many takes 4 MB
_BATCH: Final = 1 << 19


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of one event: `intercept` plus each feature times its weight."""

    intercept: float
    of: Mapping[str, float]

    def odds(self, features: Mapping[str, Numbers]) -> Numbers:
        """Log-odds of each pair.

        Raises
        ------
        KeyError
            If a feature has no weight.
        """
        total = np.full(len(next(iter(features.values()))), self.intercept)
        for name, values in features.items():
            total += self.of[name] * values
        return total


@cache
def fitted_weights() -> Weights:
    """Give the weights that come with the program."""
    data = json.loads((files("geoevents.events") / "data" / "weights.json").read_text(encoding="utf-8"))
    return Weights(data["intercept"], data["weights"])


def log_odds(columns: Columns, wording: Wording, first: Ints, second: Ints, weights: Weights) -> Numbers:
    """Log-odds that each pair ``(first[i], second[i])`` is one event; minus infinity where a veto stands."""
    found = np.empty(len(first))
    for start in range(0, len(first), _BATCH):
        a, b = first[start : start + _BATCH], second[start : start + _BATCH]
        odds = weights.odds(evidence(columns, wording, a, b))
        odds[vetoed(columns, a, b)] = -np.inf
        found[start : start + _BATCH] = odds
    return found


def vetoed(columns: Columns, first: Ints, second: Ints) -> NDArray[np.bool_]:
    """Whether two incidents cannot be one event, however alike they are.

    That is so if one article tells of both, if one is a total over many events and the other is not, if one was
    reported before the other happened, or if precise days or places cannot meet.
    """
    a, b = columns.table[first], columns.table[second]
    with np.errstate(invalid="ignore"):
        named = a["named"] & b["named"] & (day_gap(a, b) > _NAMED_DAYS)
        far = _pinned(a) & _pinned(b) & (way_apart(a, b) > _APART_KM) & (a["name"] != b["name"])
    early = (a["named"] | b["named"]) & (foretold(a, b) > _FORETOLD_DAYS)
    found: NDArray[np.bool_] = (a["doc"] == b["doc"]) | (a["clarity"] != b["clarity"]) | named | far | early
    return found


def _pinned(rows: NDArray[Any]) -> NDArray[np.bool_]:
    pinned: NDArray[np.bool_] = (
        (rows["where_prec"] > 0) & (rows["where_prec"] <= _PRECISE) & (rows["certainty"] >= _SURE)
    )
    return pinned


def probability(odds: float) -> float:
    """Probability of log-odds."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))

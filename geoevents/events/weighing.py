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

from geoevents.codes import EVENT_TYPE_OF
from geoevents.events.columns import KINDS, NO_COUNT, NO_DAY, Columns
from geoevents.events.evidence import Wording, day_gap, evidence, foretold, likenesses, way_apart

Numbers = NDArray[np.float64]
Ints = NDArray[np.int64]

#: nobody reports what is to come; a day for time zones, one for a bulletin dated before it was changed
_FORETOLD_DAYS: Final = 2
#: two days named by date ("14 September", "9/14") are two events if they lie farther apart; a weekday is less sure,
#: for a follow-up's "Wednesday" is often that of the hearing: on GVA such a day is wrong in one pair of nine
_NAMED_DAYS: Final = 1
#: what is told within so many days of its happening is the news of that day
_FRESH_DAYS: Final = 2
#: two places as precise and sure as this are two events if they lie farther apart beyond their radii. On GVA 2 % of the
#: pairs of one event do, for a place was mistaken; 60 km would gain nothing, less sure places (0.7) would lose 3.5 %
_APART_KM: Final = 100.0
#: within one article, places farther apart and kinds less alike are two events (UCDP tells events apart at 25 km)
_APART_IN_ARTICLE_KM: Final = 25.0
_LIKE: Final = 0.3
#: log-odds of two incidents of an article that give other numbers: more than any one pair can speak for
_OTHER_NUMBERS: Final = -6.0
_PRECISE: Final = 2  # UCDP's where_prec: within 25 km of a known point
_SURE: Final = 0.9
#: pairs weighed at once: a feature of so many takes 1 MB
_BATCH: Final = 1 << 17


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
    found = np.full(len(first), -np.inf)
    for start in range(0, len(first), _BATCH):
        a, b = first[start : start + _BATCH], second[start : start + _BATCH]
        free = np.flatnonzero(~vetoed(columns, a, b))
        a, b = a[free], b[free]
        odds = weights.odds(evidence(columns, wording, a, b))
        within = columns.table["doc"][a] == columns.table["doc"][b]
        odds[within] = _within_article(columns.table[a[within]], columns.table[b[within]])
        found[start + free] = odds
    return found


def vetoed(columns: Columns, first: Ints, second: Ints) -> NDArray[np.bool_]:
    """Whether two incidents cannot be one event, however alike they are.

    That is so if one article tells of both as two (:func:`told_apart`), if one is a total over many events and the
    other is not, if one was reported before the other happened, if precise days or places cannot meet, if each is the
    news of a blast on another day (the market bombed on Tuesday, and again on Thursday), or if they are told of other
    days with other numbers of killed and of injured: a market shelled on Saturday, a camp on Sunday.
    """
    a, b = columns.table[first], columns.table[second]
    with np.errstate(invalid="ignore"):
        named = a["named"] & b["named"] & (day_gap(a, b) > _NAMED_DAYS)
        far = _pinned(a) & _pinned(b) & (way_apart(a, b) > _APART_KM) & (a["name"] != b["name"])
    with np.errstate(invalid="ignore"):
        days = a["dated"] & b["dated"] & (a["date_prec"] == 1) & (b["date_prec"] == 1) & (day_gap(a, b) > 0)
        fresh = days & (day_gap(a, b) > _NAMED_DAYS) & _is_fresh_blast(a) & _is_fresh_blast(b)
    other = days & _differ(a, b, "killed") & _differ(a, b, "injured")
    early = (a["named"] | b["named"]) & (foretold(a, b) > _FORETOLD_DAYS)
    found: NDArray[np.bool_] = (a["doc"] == b["doc"]) & told_apart(a, b)
    found |= (a["clarity"] != b["clarity"]) | named | fresh | far | early | other
    return found


def told_apart(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether an article tells of two incidents as two: on different days, at different spots, of different kinds.

    Two events of an article stay two. But where none of these tells them apart, they may be one event that the reading
    failed to put together.
    """
    with np.errstate(invalid="ignore"):
        apart = a["dated"] & b["dated"] & (day_gap(a, b) > 0)
        apart |= way_apart(a, b) > _APART_IN_ARTICLE_KM
    apart |= likenesses()[a["kind"], b["kind"]] < _LIKE
    return np.asarray(apart, bool)


def _within_article(a: NDArray[Any], b: NDArray[Any]) -> Numbers:
    """Log-odds of two incidents of an article that it does not tell apart: nothing speaks for them being one.

    They are one only where another article's incident is one with both; and hardly where their numbers differ.
    """
    return np.where(_differ(a, b, "killed") | _differ(a, b, "injured"), _OTHER_NUMBERS, 0.0)


def _is_fresh_blast(rows: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether an article tells of a blast of the last days: it is no follow-up, whose day may be a hearing's.

    Shootings and killings go to court: with them, B³ F1 on GVA falls by .007.
    """
    age = rows["published"] - rows["last"]
    fresh = (rows["published"] != NO_DAY) & (age >= 0) & (age <= _FRESH_DAYS)
    return np.asarray(fresh & _blasts()[rows["kind"]], bool)


@cache
def _blasts() -> NDArray[np.bool_]:
    return np.array([EVENT_TYPE_OF[kind] == "Explosions/Remote violence" for kind in KINDS])


def _differ(a: NDArray[Any], b: NDArray[Any], harm: str) -> NDArray[np.bool_]:
    """Whether both tell how many, and no number fits both."""
    known = (a[harm][:, 0] != NO_COUNT) & (b[harm][:, 0] != NO_COUNT)
    return np.asarray(known & ((a[harm][:, 0] > b[harm][:, 1]) | (b[harm][:, 0] > a[harm][:, 1])), bool)


def _pinned(rows: NDArray[Any]) -> NDArray[np.bool_]:
    pinned: NDArray[np.bool_] = (
        (rows["where_prec"] > 0) & (rows["where_prec"] <= _PRECISE) & (rows["certainty"] >= _SURE)
    )
    return pinned


def probability(odds: float) -> float:
    """Probability of log-odds."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))

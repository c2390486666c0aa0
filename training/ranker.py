"""Train the resolver's ranker: ``python -m training ranker CORPORA``.

Learns which of the gazetteer's candidates is the place meant: from the toponyms of LGL and TR-News as their editors
marked them, and from what :mod:`training.cases` adds against what is odd in these two. Everything reported is
cross-validated over their documents; the ranker that is shipped is fitted to all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from geoevents.places.gazetteer import Gazetteer
from geoevents.places.resolver.candidates import STATIC, Floats
from geoevents.places.resolver.ranker import Ranker, save_ranker, shares
from geoevents.places.resolver.resolver import RANKER
from training.cases import (
    ATTACK_WEIGHT,
    CORPORA,
    NEAR_KM,
    SILVER_STRETCHES,
    SILVER_WEIGHT,
    Case,
    load_added,
    load_cases,
)

FOLDS: Final = 5
ROUNDS: Final = 3
PENALTY: Final = 1.0
#: least weight of a sense that style guides prescribe: two dozen cases in two corpora shall not weaken a convention
#: (with what they teach, 4, "Washington" became the state where an article names the country often)
USUAL: Final = STATIC.index("usual sense")
USUAL_AT_LEAST: Final = 8.0


def fit_round(cases: Sequence[Case], features: Sequence[Floats]) -> Floats:
    """Weights that make the right candidates likeliest (conditional logit with a penalty on squared weights)."""
    pieces, right, sizes, weights = [], [], [], []
    for case, columns in zip(cases, features, strict=True):
        for target in case.targets:
            choice = target.right
            if 0 < choice.sum() < len(choice):
                pieces.append(columns[case.columns.of(target.name)])
                right.append(choice)
                sizes.append(len(choice))
                weights.append(case.weight)
    x, y = np.concatenate(pieces), np.concatenate(right).astype(float)
    scale = x.std(axis=0) + 1e-6
    x = x / scale
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    item = np.repeat(np.arange(len(sizes)), sizes)

    each = np.array(weights)

    def loss(vector: Floats) -> tuple[float, Floats]:
        share = shares(x @ vector, item, offsets)
        hit = np.add.reduceat(share * y, offsets[:-1]) + 1e-12
        slope = x.T @ ((share - share * y / hit[item]) * each[item]) + PENALTY * vector
        return float(-(np.log(hit) * each).sum() + 0.5 * PENALTY * vector @ vector), slope

    best = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x / scale
    best[USUAL] = max(best[USUAL], USUAL_AT_LEAST)
    return best


def fit_rounds(cases: Sequence[Case]) -> tuple[Floats, ...]:
    """Weights of all rounds, each fitted to the beliefs of the one before."""
    cases = [case for case in cases if len(case.columns)]
    rounds = [fit_round(cases, [case.columns.static for case in cases])]
    for _ in range(ROUNDS):
        ranker = Ranker(tuple(rounds), (np.array([0.0, 1.0]), np.array([0.0, 1.0])), {})
        features = [
            np.hstack([case.columns.static, case.columns.dynamic(ranker.beliefs(case.columns))]) for case in cases
        ]
        rounds.append(fit_round(cases, features))
    return tuple(rounds)


@dataclass(frozen=True)
class Outcome:
    """What became of one toponym: the share of its best candidate, and how far off that is."""

    corpus: str
    share: float
    km: float


def outcomes(cases: Sequence[Case], rounds: tuple[Floats, ...]) -> list[Outcome]:
    """Outcome of each toponym that has candidates."""
    ranker = Ranker(rounds, (np.array([0.0, 1.0]), np.array([0.0, 1.0])), {})
    found = []
    for case in cases:
        if len(case.columns):
            belief = ranker.beliefs(case.columns)
            for target in case.targets:
                share = belief[case.columns.of(target.name)]
                best = int(share.argmax())
                found.append(Outcome(case.corpus, float(share[best]), float(target.km[best])))
    return found


def folds(cases: Sequence[Case], added: Sequence[Case]) -> Iterator[tuple[tuple[Floats, ...], list[Case]]]:
    """Weights fitted to all documents but some, and these."""
    for fold in range(FOLDS):
        rounds = fit_rounds([*(case for i, case in enumerate(cases) if i % FOLDS != fold), *added])
        yield rounds, [case for i, case in enumerate(cases) if i % FOLDS == fold]


def cross_validated(cases: Sequence[Case], added: Sequence[Case]) -> list[Outcome]:
    """Outcomes of each document under weights fitted to the others."""
    return [outcome for rounds, held_out in folds(cases, added) for outcome in outcomes(held_out, rounds)]


@lru_cache(maxsize=1)
def fold_rankers(corpora: Path, gazetteer: Gazetteer) -> tuple[tuple[Ranker, frozenset[tuple[str, str]]], ...]:
    """Rankers of the folds, each with the documents that it has not seen; calibrated on those it has."""
    cases = load_cases(corpora, gazetteer)
    parted = list(folds(cases, load_added(corpora, gazetteer)))
    found = [outcomes(held_out, rounds) for rounds, held_out in parted]
    rankers = []
    for i, (rounds, held_out) in enumerate(parted):
        others = [outcome for j, own in enumerate(found) if j != i for outcome in own]
        ranker = Ranker(rounds, calibration(others), {})
        rankers.append((ranker, frozenset((case.corpus, case.identifier) for case in held_out)))
    return tuple(rankers)


def calibration(found: Sequence[Outcome]) -> tuple[Floats, Floats]:
    """Points of the curve from share to how often it was right: isotonic, smoothed into deciles of the data."""
    share = np.array([o.share for o in found])
    right = np.array([o.km <= NEAR_KM for o in found], float)
    order = np.argsort(share, kind="stable")
    bins = np.array_split(order, 25)
    x = np.array([share[b].mean() for b in bins])
    y = np.array([(right[b].sum() + 1) / (len(b) + 2) for b in bins])
    fitted = IsotonicRegression(y_min=0, y_max=1).fit_transform(x, y)
    return np.concatenate([[0.0], x]), np.concatenate([[0.0], fitted])


def report(cases: Sequence[Case], found: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """acc161 over the toponyms that have candidates, and over all that have coordinates."""
    table = {}
    for corpus in CORPORA:
        total = sum(case.toponyms for case in cases if case.corpus == corpus)
        own = [o for o in found if o.corpus == corpus]
        near = sum(o.km <= NEAR_KM for o in own)
        table[corpus] = {
            "toponyms": total,
            "acc161 of candidates": round(near / len(own), 4),
            "acc161 of all": round(near / total, 4),
        }
    return table


def train(corpora: Path, out: Path, say: Any = print) -> None:
    """Fit the ranker, report its cross-validated accuracy, write it into `out`."""
    gazetteer = Gazetteer.open()
    cases = load_cases(corpora, gazetteer)
    added = load_added(corpora, gazetteer)
    found = cross_validated(cases, added)
    scores = report(cases, found)
    say(scores)
    made = {
        "corpora": list(CORPORA),
        "gazetteer": gazetteer.id,
        "silver": ["gmb-train", SILVER_STRETCHES, SILVER_WEIGHT],
        "attacks": ["first halves of rdwti and airwars", ATTACK_WEIGHT],
        "folds": FOLDS,
        "penalty": PENALTY,
        "cross-validated": scores,
    }
    out.mkdir(parents=True, exist_ok=True)
    save_ranker(out / RANKER, Ranker(fit_rounds([*cases, *added]), calibration(found), made))

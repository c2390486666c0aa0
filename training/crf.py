"""Fitting the linear-chain model: full-batch L-BFGS on the penalised likelihood, runs weighted, in NumPy and SciPy.

Deterministic: no sampling, no threads of our own; the same arrays give the same weights on one machine.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from geoevents.places.recogniser.tagger import LABELS, PAIRS, START

Floats = npt.NDArray[np.float32]
K: Final = len(LABELS)


class Runs:
    """Training data: feature rows, gold labels and weights of many runs, arranged so that all move in step."""

    def __init__(
        self, rows: npt.NDArray[np.uint32], run: npt.NDArray[np.int64], labels: npt.NDArray[np.int64], weights: Floats
    ) -> None:
        starts = np.flatnonzero(np.diff(run, prepend=-1))
        lengths = np.diff(starts, append=len(run))
        order = np.argsort(-lengths, kind="stable")
        self.rows, self.labels, self.weights = rows, labels, weights.astype(np.float32)
        self.run_weights = self.weights[starts][order]
        starts, lengths = starts[order], lengths[order]
        self.steps = [starts[: int(np.searchsorted(-lengths, -t))] + t for t in range(int(lengths[0]))]


def likelihood(data: Runs, scores: Floats, pairs: Floats) -> tuple[float, Floats, npt.NDArray[np.float64]]:
    """Weighted log-likelihood of the gold labels, share of each label at each word, gradient of the pair weights."""
    moves = np.exp(pairs + PAIRS)
    forward, total = _forward(data, scores, moves)
    shares, expected = _backward(data, scores, moves, forward)
    gold = float((scores[np.arange(len(scores)), data.labels] * data.weights).sum(dtype=np.float64))
    for step in data.steps[1:]:
        now, before, weight = data.labels[step], data.labels[step - 1], data.run_weights[: len(step)]
        gold += float((pairs[before, now] * weight).sum(dtype=np.float64))
        np.add.at(expected, (before, now), -weight)
    return gold - float((total * data.run_weights).sum()), shares, expected


def _forward(data: Runs, scores: Floats, moves: Floats) -> tuple[list[Floats], npt.NDArray[np.float64]]:
    first = scores[data.steps[0]] + START
    peak = first.max(axis=1)
    current, total = np.exp(first - peak[:, None]), peak.astype(np.float64)
    forward = []
    for t, step in enumerate(data.steps):
        if t:
            own = scores[step]
            peak = own.max(axis=1)
            current = (current[: len(step)] @ moves) * np.exp(own - peak[:, None])
            total[: len(step)] += peak
        mass = current.sum(axis=1)
        current = current / mass[:, None]
        total[: len(step)] += np.log(mass)
        forward.append(current)
    return forward, total


def _backward(
    data: Runs, scores: Floats, moves: Floats, forward: Sequence[Floats]
) -> tuple[Floats, npt.NDArray[np.float64]]:
    shares = np.empty_like(scores)
    expected = np.zeros((K, K))
    after = np.ones((0, K), np.float32)
    for t in range(len(data.steps) - 1, -1, -1):
        now = np.ones_like(forward[t])
        if t + 1 < len(data.steps):
            step = data.steps[t + 1]
            own = scores[step]
            ahead = after * np.exp(own - own.max(axis=1, keepdims=True))
            back = ahead @ moves.T
            here = forward[t][: len(step)]
            mass = data.run_weights[: len(step)] / (here * back).sum(axis=1)
            expected += moves * ((here * mass[:, None]).T @ ahead)
            now[: len(step)] = back / back.max(axis=1, keepdims=True)
        share = forward[t] * now
        shares[data.steps[t]] = share / share.sum(axis=1, keepdims=True)
        after = now
    return shares, expected


def fit(
    data: Runs,
    table_rows: int,
    *,
    penalty: float,
    iterations: int,
    least_count: int,
    prior: tuple[Floats, Floats] | None = None,
) -> tuple[Floats, Floats]:
    """Weights of every row of the table and of every pair of labels.

    Parameters
    ----------
    penalty
        Of the squared weights.
    least_count
        Rows seen fewer times stay as they are.
    prior
        Weights to start from and to stay near: the penalty is of what is added to them. None starts from zero.
    """
    table, links = prior or (np.zeros((table_rows, K), np.float32), np.zeros((K, K), np.float32))
    known = table[data.rows].sum(axis=1)
    counts = np.bincount(data.rows.ravel(), minlength=table_rows)
    counts[0] = 0
    active = np.flatnonzero(counts >= least_count)
    column = np.zeros(table_rows, np.int32)
    column[active] = np.arange(1, len(active) + 1)
    columns = column[data.rows]
    words, width = columns.shape
    seen = (columns.ravel() > 0).astype(np.float32)
    matrix = csr_matrix((seen, columns.ravel(), np.arange(0, columns.size + 1, width)), shape=(words, len(active) + 1))
    matrix.eliminate_zeros()
    transposed = matrix.T.tocsr()
    gold = np.zeros((words, K), np.float32)
    gold[np.arange(words), data.labels] = 1
    size = (len(active) + 1) * K

    def loss(vector: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = vector[:size].reshape(-1, K).astype(np.float32)
        pairs = links + vector[size:].reshape(K, K).astype(np.float32)
        value, shares, pair_gradient = likelihood(data, known + matrix @ weights, pairs)
        gradient = transposed @ ((shares - gold) * data.weights[:, None])
        slope = np.concatenate([np.asarray(gradient, np.float64).ravel(), pair_gradient.ravel()]) + penalty * vector
        return -value + 0.5 * penalty * float(vector @ vector), slope

    options: dict[str, Any] = {"maxiter": iterations, "maxcor": 6}
    best = minimize(loss, np.zeros(size + K * K), jac=True, method="L-BFGS-B", options=options).x
    table = table.copy()
    table[active] += best[:size].reshape(-1, K)[1:]
    return table, links + best[size:].reshape(K, K).astype(np.float32)

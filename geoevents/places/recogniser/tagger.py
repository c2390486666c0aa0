"""Labels for runs of words: a linear-chain model over hashed features, its weights in one file.

The score of a label at a word is the sum of its features' weights; the score of a run's labels adds a weight for each
pair of neighbours. All runs of a document are decoded together, longest first, so that NumPy does the work.
"""

import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geoevents.errors import RecogniserError

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

NAMES: Final = ("LOC", "PER", "ORG", "DEM")
LABELS: Final = ("O", *(f"{part}-{name}" for name in NAMES for part in "BI"))
OUTSIDE: Final = 0
_FORBIDDEN: Final = -1e4
_FORMAT: Final = 2


def _grammar() -> tuple[Floats, Floats]:
    """Penalties that keep an inside label after a beginning of its own kind."""
    start = np.array([_FORBIDDEN if label.startswith("I") else 0 for label in LABELS], np.float32)
    pairs = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for i, before in enumerate(LABELS):
        for j, label in enumerate(LABELS):
            if label.startswith("I") and before[2:] != label[2:]:
                pairs[i, j] = _FORBIDDEN
    return start, pairs


START, PAIRS = _grammar()


@dataclass(frozen=True)
class Weights:
    """A trained model.

    Attributes
    ----------
    index
        Row of `table` for each hashed feature; 0 for one without weights.
    table
        Weight of each label, in steps of `step`, from -127 to 127: the sum over all templates stays within 16 bits. Row
        0 is all zeros. Kept apart from `index` because most features of a text have no weights, and a small table stays
        in the processor's cache.
    step
        What one unit of `table` is worth.
    pairs
        Weight of each pair of neighbouring labels, first label by second.
    made
        What it was trained on, with which settings and scores.
    """

    index: npt.NDArray[np.uint32]
    table: npt.NDArray[np.int16]
    step: float
    pairs: Floats
    made: Mapping[str, Any]

    @cached_property
    def beside(self) -> tuple[Floats, Floats]:
        """Weight of each label after each other, and before each other; a last row for the edges of a run."""
        rules = self.pairs + PAIRS
        return np.concatenate([rules, START[None]]), np.concatenate([rules.T, np.zeros_like(START)[None]])


def save_weights(path: Path, weights: Weights) -> None:
    """Write weights; equal weights give equal bytes."""
    used = np.flatnonzero(weights.index).astype(np.uint32)
    header = {
        "format": _FORMAT,
        "rows": len(weights.index),
        "step": weights.step,
        "pairs": weights.pairs.round(4).tolist(),
        "made": dict(weights.made),
    }
    body = io.BytesIO()
    for part in (
        np.diff(used, prepend=np.uint32(0)).astype("<u2"),
        weights.table[weights.index[used]].T.astype(np.int8),
    ):
        np.save(body, part, allow_pickle=False)
    head = json.dumps(header, sort_keys=True, ensure_ascii=False).encode()
    path.write_bytes(len(head).to_bytes(4, "little") + head + zlib.compress(body.getvalue(), 9))


def load_weights(path: Path) -> Weights:
    """Read what :func:`save_weights` wrote.

    Raises
    ------
    RecogniserError
        If the file is missing, damaged or of another format.
    """
    try:
        data = path.read_bytes()
        size = int.from_bytes(data[:4], "little")
        header = json.loads(data[4 : 4 + size])
        if header["format"] != _FORMAT:
            raise ValueError(f"format {header['format']}")
        body = io.BytesIO(zlib.decompress(data[4 + size :]))
        used = np.cumsum(np.load(body, allow_pickle=False).astype(np.int64))
        table = np.load(body, allow_pickle=False).T
        weights = compact(header["rows"], used, table, float(header["step"]), header["pairs"], header["made"])
    except (OSError, ValueError, KeyError, IndexError, zlib.error) as error:
        raise RecogniserError(f"cannot read the weights {path}: {error}; reinstall geoevents") from error
    return weights


def compact(
    rows: int, used: Ints, table: npt.NDArray[np.integer[Any]], step: float, pairs: Any, made: Mapping[str, Any]
) -> Weights:
    """Weights of which only the features `used` have any, given in `table`."""
    index = np.zeros(rows, np.uint32)
    index[used] = np.arange(1, len(used) + 1)
    padded = np.concatenate([np.zeros((1, len(LABELS)), np.int16), table.astype(np.int16)])
    return Weights(index, padded, step, np.array(pairs, np.float32), made)


def emissions(weights: Weights, rows: npt.NDArray[np.uint32]) -> Floats:
    """Score of each label at each position; a row a position. `rows` has a row a template."""
    found = weights.table.take(weights.index.take(rows), axis=0)
    scores: Floats = np.add.reduce(found, axis=0, dtype=np.int16).astype(np.float32)
    scores *= np.float32(weights.step)
    return scores


def decode(scores: Floats, pairs: Floats, run: Ints) -> Ints:
    """Best labels of all runs (Viterbi); `run` numbers the run of each position, in order."""
    labels = np.zeros(len(scores), np.int64)
    if not len(scores):
        return labels
    counts = np.bincount(run)
    step = np.arange(len(run)) - (counts.cumsum() - counts).repeat(counts)
    longest = int(np.maximum.reduce(counts))
    # first words of all runs, then second ones, …; within each, those of longer runs first
    order = (step * (longest + 1) - counts.repeat(counts)).argsort(kind="stable")
    going: list[int] = np.bincount(step).tolist()
    rules = pairs + PAIRS
    scores = np.ascontiguousarray(scores.take(order, axis=0).T)
    best = np.empty_like(scores)
    on = going[0]
    before = np.add(scores[:, :on], START[:, None], out=best[:, :on])
    ends = [end := on]
    for on in going[1:]:
        ways = before[:, None, :on] + rules[:, :, None]  # from each label to each, of each run
        before = np.add(np.maximum.reduce(ways), scores[:, end : end + on], out=best[:, end : end + on])
        ends.append(end := end + on)
    found = np.empty(len(run), np.int64)
    after = found[:0]
    for on, end in zip(reversed(going), reversed(ends), strict=True):
        here, current = best[:, end - on : end], found[end - on : end]
        goes_on = len(after)
        current[goes_on:] = here[:, goes_on:].argmax(axis=0)
        if goes_on:
            current[:goes_on] = (here[:, :goes_on] + rules.take(after, axis=1)).argmax(axis=0)
        after = current
    labels[order] = found
    return labels


def opening(run: Ints) -> npt.NDArray[np.bool_]:
    """Whether each position is the first of its run."""
    opens = np.ones(len(run), np.bool_)
    np.not_equal(run[1:], run[:-1], out=opens[1:])
    return opens


def beliefs(scores: Floats, weights: Weights, run: Ints, labels: Ints, at: Ints) -> Floats:
    """Share of belief in the name of the label at each position of `at`, its neighbours' labels taken for granted.

    No position of `at` has the label O.
    """
    opens, after, edge = opening(run), (at + 1) % len(run), len(LABELS)
    rules = weights.beside
    before = rules[0].take(np.where(opens.take(at), edge, labels.take(at - 1)), axis=0)
    behind = rules[1].take(np.where(opens.take(after), edge, labels.take(after)), axis=0)
    total = scores.take(at, axis=0)
    total += before
    total += behind
    total -= np.maximum.reduce(total, axis=1, keepdims=True)
    shares = np.exp(total, out=total)
    shares /= np.add.reduce(shares, axis=1, keepdims=True)
    first = (labels.take(at) - 1) // 2 * 2 + 1 + np.arange(0, shares.size, edge)
    found: Floats = shares.take(first) + shares.take(first + 1)
    return found

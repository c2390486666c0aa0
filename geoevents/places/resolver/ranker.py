"""Which candidate of each name is meant: conditional logits over the evidence, in rounds.

The first round knows only the candidates themselves; each further round sees what the round before believed of the
other names. A name's confidence is then calibrated: its top candidate's share and a few facts, mapped to how often such
a candidate was right.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from geoevents.errors import GazetteerError
from geoevents.places.resolver.candidates import STATIC, Floats, Ints
from geoevents.places.resolver.evidence import FEATURES, Columns

_FORMAT: Final = 1


@dataclass(frozen=True)
class Ranker:
    """Weights of the rounds and of the calibration.

    Attributes
    ----------
    rounds
        Weights of :data:`~geoevents.places.resolver.evidence.FEATURES` in each round; of the static ones alone in the
        first.
    calibration
        Shares of belief, ascending, and how often a candidate with such a share was right; linear between.
    """

    rounds: tuple[Floats, ...]
    calibration: tuple[Floats, Floats]
    made: Mapping[str, Any]

    @cached_property
    def _static(self) -> Floats:
        """Weights of the static features, a column a round."""
        return np.stack([weights[: len(STATIC)] for weights in self.rounds], axis=1)

    @cached_property
    def _curve(self) -> tuple[list[float], list[float]]:
        """Give the calibration as lists: single numbers are read from them faster."""
        below, right = self.calibration
        return below.tolist(), right.tolist()

    def beliefs(self, columns: Columns) -> Floats:
        """Share of belief of every candidate among those of its name."""
        if len(columns.name) == len(columns):
            return np.ones(len(columns))  # no name has a choice
        known = columns.static @ self._static
        belief = shares(known[:, 0], columns.name, columns.offsets)
        for number, weights in enumerate(self.rounds[1:], 1):
            scores = columns.dynamic(belief) @ weights[len(STATIC) :]
            scores += known[:, number]
            belief = shares(scores, columns.name, columns.offsets)
        return belief

    def calibrated(self, share: float) -> float:
        """How often a candidate with this share is right."""
        below, right = self._curve
        at = bisect_right(below, share) - 1
        if at + 1 == len(below):
            return right[at]
        slope = (right[at + 1] - right[at]) / (below[at + 1] - below[at])
        return slope * (share - below[at]) + right[at]


def shares(scores: Floats, name: Ints, offsets: Ints) -> Floats:
    """Softmax over the candidates of each name."""
    starts = offsets[:-1]
    mass = scores - np.maximum.reduceat(scores, starts).take(name)
    np.exp(mass, out=mass)
    mass /= np.add.reduceat(mass, starts).take(name)
    return mass


def save_ranker(path: Path, ranker: Ranker) -> None:
    """Write a ranker as JSON that people can read: feature → weight of each round."""
    first, *later = ranker.rounds
    data = {
        "format": _FORMAT,
        "made": dict(ranker.made),
        "rounds": [
            dict(zip(STATIC, first.round(4).tolist(), strict=True)),
            *(dict(zip(FEATURES, w.round(4).tolist(), strict=True)) for w in later),
        ],
        "calibration": [[round(float(x), 4), round(float(y), 4)] for x, y in zip(*ranker.calibration, strict=True)],
    }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=False) + "\n", encoding="utf-8")


def load_ranker(path: Path) -> Ranker:
    """Read what :func:`save_ranker` wrote.

    Raises
    ------
    GazetteerError
        If the file is missing, damaged, or names other features than this version knows.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        first, *later = data["rounds"]
        rounds = (
            np.array([first[name] for name in STATIC]),
            *(np.array([weights[name] for name in FEATURES]) for weights in later),
        )
        shares_, right = np.array(data["calibration"]).T
        if data["format"] != _FORMAT:
            raise ValueError(f"format {data['format']}")
    except (OSError, ValueError, KeyError) as error:
        raise GazetteerError(f"cannot read the ranker {path}: {error!r}; reinstall geoevents") from error
    return Ranker(rounds, (shares_, right), data["made"])

"""From mentions to places: all names of a document decide together.

One sense per document: all mentions of a name get the same place. Each result says how sure it is, why in words, and
what else it could have been; below a threshold it says that it does not know.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from geoevents.model import Candidate, Document, Place, PlaceMention, ResolvedPlace
from geoevents.places.atlas import Atlas
from geoevents.places.resolver.candidates import CandidateFinder, Floats
from geoevents.places.resolver.evidence import Columns
from geoevents.places.resolver.ranker import Ranker, load_ranker
from geoevents.places.resolver.reasons import reason

RANKER: Final = "ranker.json"
#: runners-up given with a result, and the least belief that makes one worth giving
_ALTERNATIVES: Final = 3
_LEAST_BELIEF: Final = 0.01


@lru_cache(maxsize=1)
def bundled_ranker() -> Ranker:
    """Load the ranker that comes with the package."""
    return load_ranker(Path(str(files("geoevents.places") / "weights" / RANKER)))


class Resolver:
    """Resolves the mentions of documents with a gazetteer and a ranker.

    Safe to send to other processes; not to share between threads (it keeps what it has looked up).
    """

    def __init__(self, atlas: Atlas, threshold: float, ranker: Ranker | None = None) -> None:
        self._atlas, self._threshold = atlas, threshold
        self._ranker = ranker or bundled_ranker()
        self._finder = CandidateFinder(atlas.gazetteer)
        self._place = atlas.place

    def __reduce__(self) -> tuple[type["Resolver"], tuple[Atlas, float, Ranker]]:
        return Resolver, (self._atlas, self._threshold, self._ranker)

    def __call__(self, document: Document, mentions: Sequence[PlaceMention]) -> tuple[ResolvedPlace, ...]:
        """One result for each mention, in order."""
        columns = Columns(document.text, mentions, self._finder)
        results: list[ResolvedPlace | None] = [None] * len(mentions)
        if len(columns):
            belief = self._ranker.beliefs(columns)
            for number in range(len(columns)):
                for best, members in columns.senses(belief, number).items():
                    place, confidence, why, others = self._decide(columns, belief, number, best)
                    for m in members:
                        results[m] = ResolvedPlace(
                            mention=mentions[m], place=place, confidence=confidence, reason=why, alternatives=others
                        )
        return tuple(result or _unknown(mentions[m]) for m, result in enumerate(results))

    def _decide(
        self, columns: Columns, belief: Floats, number: int, best: int
    ) -> tuple[Place | None, float, str, tuple[Candidate, ...]]:
        span = columns.of(number)
        shares = belief[span]
        order = [best, *(i for i in np.argsort(-shares, kind="stable")[: _ALTERNATIVES + 1].tolist() if i != best)]
        rows = columns.rows[span]
        confidence = round(self._ranker.calibrated(columns.agreeing(belief, number, best)), 4)
        sure = confidence >= self._threshold
        others = tuple(
            Candidate(place=self._place(int(rows[i])), confidence=round(float(shares[i]), 4))
            for i in (order[1 : _ALTERNATIVES + 1] if sure else order[:_ALTERNATIVES])
            if shares[i] >= _LEAST_BELIEF
        )
        why = reason(columns, belief, number, best, self._place)
        if not sure:
            return None, confidence, f"not sure enough which of {len(rows)} places of this name: {why}", others
        return self._place(int(rows[best])), confidence, why, others


def _unknown(mention: PlaceMention) -> ResolvedPlace:
    return ResolvedPlace(
        mention=mention, place=None, confidence=0.0, reason="the gazetteer knows no place of this name"
    )

"""Why a candidate was chosen, in words."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import acos
from operator import itemgetter
from typing import Final

import numpy as np

from geoevents.geo import EARTH_KM
from geoevents.model import Place
from geoevents.places.resolver.candidates import flags_of
from geoevents.places.resolver.evidence import Columns

#: how a name met its place, where it is not plainly its name
_MET: Final = {
    "short": "short form of {}",
    "demonym": "people or adjective of {}",
    "generic": "without the word for its kind, {}",
    "folded": "another spelling of {}",
    "county": "short for {}",
}
_MOST_REASONS: Final = 3
#: a named place is near when it is no further than this
_NEAR_KM: Final = 200.0
_NEAR_COSINE: Final = float(np.cos(_NEAR_KM / EARTH_KM))
_TOO_LARGE: Final = flags_of("country", "adm1")
_COUNTED_BELIEF: Final = 0.5


class Reasons:
    """Says why, for the names of one document; what all its names share is worked out once.

    Parameters
    ----------
    likeliest
        Index of the likeliest candidate of each name.
    rows
        Gazetteer row of each candidate.
    place
        Gives the place of a gazetteer row.
    """

    def __init__(
        self,
        columns: Columns,
        belief: Sequence[float],
        likeliest: Sequence[int],
        rows: Sequence[int],
        place: Callable[[int], Place],
    ) -> None:
        self._columns, self._rows, self._place = columns, rows, place
        #: the likeliest candidate of each name; -1 where none is likely
        self._best = [at if belief[at] >= _COUNTED_BELIEF else -1 for at in likeliest]
        self._areas: list[list[int]] = columns.areas.tolist()
        likely = [at for at in self._best if at >= 0]
        self._counts: tuple[dict[int, int], ...] = ({}, {}, {})
        for at in likely:
            for counts, area in zip(self._counts, self._areas[at], strict=True):
                counts[area] = counts.get(area, 0) + 1
        self._towns = [at for at in likely if not _TOO_LARGE[columns.kind[at]]]
        self._points = columns.vectors[self._towns]
        self._inside: dict[int, list[tuple[int, bool]]] = {}
        for i, j in columns.inside:
            self._inside.setdefault(i, []).append((j, True))
            self._inside.setdefault(j, []).append((i, False))

    def __call__(self, number: int, at: int) -> str:
        """Say the strongest reasons for candidate `at` of a name, in a sentence."""
        return "; ".join(islice(self._reasons(number, at), _MOST_REASONS))

    def _reasons(self, number: int, at: int) -> Iterator[str]:
        columns = self._columns
        chosen = self._place(self._rows[at])
        candidates = columns.names[number].candidates
        if met := candidates.meetings[at - columns.bounds[number]]:
            yield _MET[met].format(chosen.name)
        if number in self._inside:
            yield from self._containing(number, at)
        count = candidates.size
        if count == 1:
            yield f"the only {chosen.name} in the gazetteer"
        yield from self._company(number, at)
        if count > 1 and columns.static[at, 1] == 0:
            yield f"the most important of {count} places of this name"

    def _containing(self, number: int, at: int) -> Iterator[str]:
        for other, within in self._inside[number]:
            likely = self._best[other]
            if likely < 0:
                continue
            outer, inner = (likely, at) if within else (at, likely)
            if self._rows[outer] in self._areas[inner]:
                name = self._place(self._rows[likely]).name
                if self._columns.home in ((number, other), (other, number)):
                    yield f"the outlet's home lies in {name}" if within else f"holds {name}, the outlet's home"
                    continue
                yield f"said to be in {name}" if within else f"said to hold {name}"

    def _company(self, number: int, at: int) -> Iterator[str]:
        """Other names of the document in the same divisions, or near."""
        own, areas = self._best[number], self._areas[at]
        for level in (2, 1, 0):
            area = areas[level]
            if area < 0 or area == self._rows[at]:
                continue
            shared = self._counts[level].get(area, 0) - (own >= 0 and self._areas[own][level] == area)
            if shared:
                lie = "other place named lies" if shared == 1 else "other places named lie"
                yield f"{shared} {lie} in {self._place(area).name}"
                break
        if not self._towns or self._towns == [own]:
            return
        cosines: list[float] = (self._points @ self._columns.vectors[at]).tolist()
        others = [(cosine, town) for cosine, town in zip(cosines, self._towns, strict=True) if town != own]
        cosine, town = max(others, key=itemgetter(0))
        if cosine >= _NEAR_COSINE:
            km = EARTH_KM * acos(min(1.0, cosine))
            yield f"{km:.0f} km from {self._place(self._rows[town]).name}, named too"

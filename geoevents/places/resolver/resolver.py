"""From mentions to places: all names of a document decide together.

One sense per document: all mentions of a name get the same place. Each result says how sure it is, why in words, and
what else it could have been; below a threshold it says that it does not know.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Final

from geoevents.geo import distance_km
from geoevents.model import Candidate, Document, Place, PlaceMention, ResolvedPlace
from geoevents.places.atlas import Atlas
from geoevents.places.names import key
from geoevents.places.resolver.candidates import CandidateFinder
from geoevents.places.resolver.evidence import Columns
from geoevents.places.resolver.home import home_of, told_first, told_otherwise
from geoevents.places.resolver.ranker import Ranker, load_ranker
from geoevents.places.resolver.reasons import Reasons
from geoevents.places.resolver.wording import parts, quarter_names

RANKER: Final = "ranker.json"
#: runners-up given with a result, and the least belief that makes one worth giving
_ALTERNATIVES: Final = 3
_LEAST_BELIEF: Final = 0.01
#: a part of a town or division lies no further from its point than this, beyond its own reach
PART_KM: Final = 50.0
#: outlets whose homes are kept
_OUTLETS: Final = 1024


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
        self._home = lru_cache(maxsize=_OUTLETS)(partial(home_of, finder=self._finder))

    def __reduce__(self) -> tuple[type["Resolver"], tuple[Atlas, float, Ranker]]:
        return Resolver, (self._atlas, self._threshold, self._ranker)

    def __call__(self, document: Document, mentions: Sequence[PlaceMention]) -> tuple[ResolvedPlace, ...]:
        """One result for each mention, in order."""
        text, asked = document.text, list(mentions)
        home = self._home(document.publisher) if document.publisher else None
        if home and not told_otherwise(document, mentions, home):
            text, asked = told_first(document, asked, home)
        outlet = len(asked) - len(mentions)
        columns = Columns(text, asked, self._finder, outlet)
        results: list[ResolvedPlace | None] = [None] * len(asked)
        if len(columns):
            belief: list[float] = self._ranker.beliefs(columns).tolist()
            likeliest = columns.likeliest(belief)
            rows: list[int] = columns.rows.tolist()
            reasons = Reasons(columns, belief, likeliest, rows, self._place)
            for number in range(len(columns)):
                for best, members in columns.senses(likeliest, number).items():
                    place, confidence, why, others = self._decide(columns, belief, rows, number, best, reasons)
                    for m in members:
                        if m < outlet:
                            continue
                        results[m] = ResolvedPlace(
                            mention=mentions[m - outlet],
                            place=place,
                            confidence=confidence,
                            reason=why,
                            alternatives=others,
                        )
        results = results[outlet:]
        known = [result or _unknown(mentions[m]) for m, result in enumerate(results)]
        for part, whole in parts(document.text, mentions):
            known[part] = self._within(known[part], known[whole])
        return self._quarters_near(known)

    def _quarters_near(self, known: Sequence[ResolvedPlace]) -> tuple[ResolvedPlace, ...]:
        """Keep "East End" and its like only near another place named: each text means the one of its own town."""
        quarters = [key(result.mention.text) in quarter_names() for result in known]
        if not any(quarters):
            return tuple(known)
        towns = [r.place for r, quarter in zip(known, quarters, strict=True) if r.place is not None and not quarter]
        towns = [town for town in towns if town.radius_km <= PART_KM]
        return tuple(
            self._quarter(result, towns) if quarter else result for result, quarter in zip(known, quarters, strict=True)
        )

    def _quarter(self, quarter: ResolvedPlace, towns: Sequence[Place]) -> ResolvedPlace:
        near = [self._within(quarter, replace(quarter, place=town)) for town in towns]
        placed = [found for found in near if found.place is not None]
        if quarter.place is None or quarter in placed:
            return quarter
        reason = "many towns have a quarter of this name, and the gazetteer knows none near a place named"
        others = (Candidate(place=quarter.place, confidence=quarter.confidence), *quarter.alternatives)[:_ALTERNATIVES]
        nowhere = replace(quarter, place=None, confidence=0.0, reason=reason, alternatives=others)
        return placed[0] if placed else nowhere

    def _within(self, part: ResolvedPlace, whole: ResolvedPlace) -> ResolvedPlace:
        """Keep a part of a town within the town: a namesake far off is not meant."""
        if part.place is None or whole.place is None or _reaches(whole.place, part.place):
            return part
        candidates = self._finder(part.mention.text)
        rows = [] if candidates is None else candidates.rows.tolist()
        near = next((place for place in map(self._place, rows) if _reaches(whole.place, place)), None)
        told = f"said to be part of {whole.place.name}"
        if near is not None:
            return replace(part, place=near, reason=told, confidence=whole.confidence)
        others = (Candidate(place=part.place, confidence=part.confidence), *part.alternatives)[:_ALTERNATIVES]
        reason = f"{told}, where the gazetteer knows no place of this name"
        return replace(part, place=None, confidence=0.0, reason=reason, alternatives=others)

    def _decide(
        self,
        columns: Columns,
        belief: Sequence[float],
        rows: Sequence[int],
        number: int,
        best: int,
        reasons: Reasons,
    ) -> tuple[Place | None, float, str, tuple[Candidate, ...]]:
        span = range(columns.bounds[number], columns.bounds[number + 1])
        likely = [i for i in span if belief[i] >= _LEAST_BELIEF and i != best]
        order = [best, *sorted(likely, key=lambda i: -belief[i])]
        confidence = round(self._ranker.calibrated(columns.agreeing(belief, number, best)), 4)
        sure = confidence >= self._threshold
        others = tuple(
            [
                Candidate(place=self._place(rows[i]), confidence=round(belief[i], 4))
                for i in (order[1 : _ALTERNATIVES + 1] if sure else order[:_ALTERNATIVES])
            ]
        )
        why = reasons(number, best)
        if not sure:
            return None, confidence, f"not sure enough which of {len(span)} places of this name: {why}", others
        return self._place(rows[best]), confidence, why, others


def _reaches(whole: Place, part: Place) -> bool:
    km = distance_km(whole.latitude, whole.longitude, part.latitude, part.longitude)
    return km <= whole.radius_km + PART_KM


def _unknown(mention: PlaceMention) -> ResolvedPlace:
    return ResolvedPlace(
        mention=mention, place=None, confidence=0.0, reason="the gazetteer knows no place of this name"
    )

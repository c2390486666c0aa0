"""Locations of a document: one for each resolved mention of a place, as the words before it say.

"a village near Baquba" is not Baquba: the phrase gets a point, a precision and a radius of its own, and the name is
its anchor.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geoevents.geo import destination, distance_km, midpoint
from geoevents.model import Document, Location, Place, Relation, ResolvedPlace
from geoevents.places.atlas import Atlas
from geoevents.places.spatial.grammar import Kind, Phrase, read_phrase, widened
from geoevents.places.spatial.precision import COUNTRY, EXACT, NEAR, NEAR_KM, SEA, VAGUE, precision
from geoevents.places.spatial.regions import border_between, part_of

#: "north of X" without a distance: half of the stated distances in news are within this (estimate by hand)
DIRECTION_KM: Final = 50.0
#: outskirts lie within this of the town's point, or within the town's own reach
OUTSKIRTS_KM: Final = 10.0
#: off a coast, where no distance is stated
OFFSHORE_KM: Final = 50.0
#: share of a stated distance by which it may be off ("about 30 kilometres"), and the least that is
_SLACK: Final = 0.25
_LEAST_KM: Final = 5.0
#: a road between two places leaves the straight line by up to this share of it
_DETOUR: Final = 0.6
_PAIRED: Final[Mapping[Kind, re.Pattern[str]]] = {
    "between": re.compile(r"\s+and\s+(?:the\s+)?(?:\w{3,12}\s+of\s+)?"),
    "road": re.compile(r"\s+(?:and|to|with|toward|towards)\s+(?:the\s+)?(?:\w{3,12}\s+of\s+)?"),
}
_BORDER: Final = re.compile(r"\b(?:border|frontier)\s+(?:\w{4,12}\s+)?\Z", re.IGNORECASE)
_RELATION: Final[Mapping[Kind, Relation]] = {
    "offset": "offset", "distance": "offset", "direction": "near", "near": "near", "outskirts": "part", "part": "part",
    "between": "between", "road": "along", "coast": "near",
}  # fmt: skip
_REGION_PREC: Final = frozenset(range(3, 7))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a phrase puts something: degrees, km, and UCDP's precision."""

    latitude: float
    longitude: float
    radius_km: float
    where_prec: int


def locations_of(document: Document, resolved: Sequence[ResolvedPlace], atlas: Atlas) -> tuple[Location, ...]:
    """Locations in order of their phrases."""
    return tuple(_Reader(document, resolved, atlas).read())


class _Reader:
    def __init__(self, document: Document, resolved: Sequence[ResolvedPlace], atlas: Atlas) -> None:
        self._document, self._resolved, self._atlas = document, resolved, atlas
        self._starts = [span.start for span in document.sentences]
        self._next = {id(a): b for a, b in pairwise(resolved)}

    def read(self) -> Iterator[Location]:
        taken: ResolvedPlace | None = None
        for result in self._resolved:
            if result.place is None or result.mention.kind != "place" or result is taken:
                continue
            phrase = read_phrase(self._document.text, result.mention.start, self._sentence(result.mention.start))
            if phrase is None:
                yield _at(result, result.place)
                continue
            taken = self._pair(result, phrase)
            spot = self._between(result.place, taken.place, phrase) if taken and taken.place else None
            if spot is None:
                taken, spot = None, spot_of(result.place, phrase)
            yield self._location(result, result.place, phrase, spot, taken)

    def _sentence(self, start: int) -> int:
        """Where the sentence that holds an offset begins."""
        number = bisect_right(self._starts, start)
        return self._starts[number - 1] if number else 0

    def _pair(self, result: ResolvedPlace, phrase: Phrase) -> ResolvedPlace | None:
        """Find the second place of "between X and Y"."""
        other, joint = self._next.get(id(result)), _PAIRED.get(phrase.kind)
        if other is None or joint is None or other.place is None or other.mention.kind != "place":
            return None
        gap = self._document.text[result.mention.end : other.mention.start]
        return other if joint.fullmatch(gap) else None

    def _between(self, one: Place, other: Place, phrase: Phrase) -> Spot | None:
        if phrase.kind == "between" and _BORDER.search(self._document.text[max(0, phrase.start - 30) : phrase.start]):
            border = border_between(one, other)
            return Spot(border.latitude, border.longitude, border.radius_km, VAGUE) if border else None
        if min(precision(one), precision(other)) >= COUNTRY or one.id == other.id:
            return None
        latitude, longitude = midpoint([(one.latitude, one.longitude), (other.latitude, other.longitude)])
        km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
        return Spot(latitude, longitude, max(_LEAST_KM, km * _DETOUR), VAGUE)

    def _location(
        self, result: ResolvedPlace, place: Place, phrase: Phrase, spot: Spot, other: ResolvedPlace | None
    ) -> Location:
        mention = result.mention
        start = widened(self._document.text, phrase.start, self._sentence(mention.start))
        end = other.mention.end if other else mention.end
        words = self._document.text[start:end]
        anchors = (place, other.place) if other and other.place else (place,)
        return Location(
            doc_id=mention.doc_id,
            start=start,
            end=end,
            text=words,
            mention_start=mention.start,
            mention_end=mention.end,
            relation=_RELATION[phrase.kind],
            latitude=round(spot.latitude, 5),
            longitude=round(spot.longitude, 5),
            radius_km=round(spot.radius_km, 1),
            where_prec=spot.where_prec,
            place=place,
            anchors=anchors,
            confidence=min(result.confidence, other.confidence) if other else result.confidence,
            reason=f"read from “{words}”; {result.reason}",
            alternatives=result.alternatives,
        )


def _at(result: ResolvedPlace, place: Place) -> Location:
    mention = result.mention
    return Location(
        doc_id=mention.doc_id,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        mention_start=mention.start,
        mention_end=mention.end,
        relation="at",
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius_km,
        where_prec=precision(place),
        place=place,
        anchors=(place,),
        confidence=result.confidence,
        reason=result.reason,
        alternatives=result.alternatives,
    )


def spot_of(place: Place, phrase: Phrase) -> Spot:
    """Where a phrase with one anchor puts something.

    A stated distance is kept; what is only "near" lies within UCDP's 25 km; everything else widens the radius. A phrase
    never makes a place more exact than its anchor.
    """
    own = precision(place)
    here = (place.latitude, place.longitude)
    if phrase.kind in ("offset", "distance") and phrase.km:
        slack = max(_LEAST_KM, phrase.km * _SLACK)
        if phrase.kind == "offset" and phrase.bearing is not None:
            return _reaching(*destination(*here, phrase.bearing, phrase.km), slack + _own_reach(place), own)
        return _reaching(*here, phrase.km + slack, own)
    if phrase.kind == "coast":
        return Spot(*here, max(OFFSHORE_KM, place.radius_km), SEA)
    if phrase.kind == "part":
        part = part_of(place, phrase.bearing)
        return Spot(part.latitude, part.longitude, part.radius_km, VAGUE if own in _REGION_PREC else own)
    if phrase.kind == "outskirts":
        return Spot(*here, max(OUTSKIRTS_KM, place.radius_km), max(NEAR, own))
    if phrase.kind == "near":
        return Spot(*here, max(NEAR_KM, place.radius_km), max(NEAR, own))
    return Spot(*here, max(DIRECTION_KM, place.radius_km), max(VAGUE, own))


def _reaching(latitude: float, longitude: float, radius: float, own: int) -> Spot:
    return Spot(latitude, longitude, radius, max(NEAR if radius <= NEAR_KM else VAGUE, own))


def _own_reach(place: Place) -> float:
    """How far off a distance may be because it is unclear from where it counts: the edge or the middle of a town."""
    return place.radius_km / 2 if precision(place) == EXACT else place.radius_km

"""What a document is about: its countries, first-order divisions and places, with scores.

Each mention of a place votes for it, for the division and for the country it lies in. A mention counts by how sure its
place is, by where it stands (the first mentions say what an article is about) and by what it is: a nationality or a
government speaking counts half, part of an organisation's name a quarter. The idea is CLIFF's, which counts all
mentions alike.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from geoevents.model import Focus, MentionKind, Place, ResolvedPlace
from geoevents.places.atlas import Atlas

Level = Literal["country", "admin1", "place"]
LEVELS: Final[tuple[Level, ...]] = ("country", "admin1", "place")

#: estimates by hand: what a mention of each kind says about where an article's story is
KIND_WEIGHT: Final[Mapping[MentionKind, float]] = {
    "place": 1.0,
    "demonym": 0.5,
    "metonym": 0.5,
    "organisation": 0.25,
    "person": 0.0,
}
#: the first mentions of an article count this many times as much as the last
FIRST_WEIGHT: Final = 2.0
#: entries given at most for each level, and the least score worth giving
_MOST: Final = 5
_LEAST: Final = 0.05


def focus_of(resolved: Sequence[ResolvedPlace], atlas: Atlas) -> tuple[Focus, ...]:
    """Focus of a document: up to five countries, divisions and places, best first within each level."""
    scores: dict[Level, dict[str, float]] = {level: defaultdict(float) for level in LEVELS}
    counts: dict[Level, dict[str, int]] = {level: defaultdict(int) for level in LEVELS}
    known: dict[str, Place] = {}
    for rank, result in enumerate(resolved):
        if result.place is None:
            continue
        early = 1 + (FIRST_WEIGHT - 1) * (1 - rank / len(resolved))
        weight = result.confidence * KIND_WEIGHT[result.mention.kind] * early
        if not weight:
            continue
        for level, place in _levels(result.place, atlas):
            known[place.id] = place
            scores[level][place.id] += weight
            counts[level][place.id] += 1
    return tuple(focus for level in LEVELS for focus in _best(level, scores[level], counts[level], known))


def _best(
    level: Level, scores: Mapping[str, float], counts: Mapping[str, int], known: Mapping[str, Place]
) -> list[Focus]:
    total = sum(scores.values())
    ranked = sorted(scores, key=lambda place: (-scores[place], place))[:_MOST]
    return [
        Focus(level=level, place=known[place], score=round(scores[place] / total, 4), mentions=counts[place])
        for place in ranked
        if scores[place] >= _LEAST * total
    ]


def _levels(place: Place, atlas: Atlas) -> list[tuple[Level, Place]]:
    """Give the place itself, and the areas it lies in, each with its level."""
    found: list[tuple[Level, Place]] = []
    for area in (place, *atlas.areas(place.id)):
        if area.feature_code.startswith("PCL"):
            found.append(("country", area))
        elif area.feature_code == "ADM1":
            found.append(("admin1", area))
        elif area is place:
            found.append(("place", area))
    return found

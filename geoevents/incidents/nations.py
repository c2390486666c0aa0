"""The country of an event that no place is told of: from the forces, the groups and the peoples named with it.

"Colombian soldiers", "the National Liberation Army", "two Nepalese villagers" say in which country, and no more: no
point on a map follows. Groups and forces that act in one country say most; what is named with the event counts for more
than what is named elsewhere in the document.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from geoevents.incidents.actors import ActorMention
from geoevents.model import DocumentPlaces, MentionKind

# Weights by hand, tried on RDWTI's first half.
_OF_ROLE: Final = {"group": 3.0, "force": 2.0, "generic": 1.0, "civilians": 1.0}
_OF_KIND: Final[dict[MentionKind, float]] = {"place": 1.0, "metonym": 1.0, "demonym": 1.0, "organisation": 0.7}
_ELSEWHERE: Final = 0.4  # share of the weight of what is named in other sentences
_SURE: Final = 0.6  # share of all evidence that the country must have


def country_of(
    sentences: Collection[int], spans: Sequence[tuple[int, int]], actors: Sequence[ActorMention], places: DocumentPlaces
) -> str:
    """Two-letter code of the country an event happened in, as far as nations and groups tell; empty if they do not.

    Parameters
    ----------
    sentences
        Numbers of the sentences that tell of the event.
    spans
        Their offsets.
    """
    evidence: defaultdict[str, float] = defaultdict(float)
    for actor in actors:
        if len(actor.countries) == 1:
            near = 1.0 if actor.sentence in sentences else _ELSEWHERE
            evidence[actor.countries[0]] += _OF_ROLE.get(actor.role, 0.0) * near
    for result in places.resolved:
        if result.place is not None and result.place.country_code:
            at = result.mention.start
            near = 1.0 if any(start <= at < end for start, end in spans) else _ELSEWHERE
            weight = _OF_KIND.get(result.mention.kind, 0.0) * result.confidence
            evidence[result.place.country_code] += weight * near
    country, weight = max(evidence.items(), key=lambda item: (item[1], item[0]), default=("", 0.0))
    return country if weight and weight >= _SURE * sum(evidence.values()) else ""

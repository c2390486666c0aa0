"""Where it happened: which of a sentence's places is the event's own.

A place counts by the words that tie it to the trigger ("killed in", "near"), by nearness, and by the clause it stands
in; a place somebody comes from, speaks in, is buried in or is treated in is not the event's. Where a sentence names
no place, its dateline may tell, for the event the document is about.
"""

from collections.abc import Sequence
from typing import Final

from geoevents.incidents.scene import Reading, Scene
from geoevents.model import Location

#: what a preposition before a place says of its being the event's own; chosen on RDWTI's first half
_PREPOSITIONS: Final = {
    "in": 3.0, "at": 3.0, "near": 3.0, "outside": 3.0, "inside": 3.0, "around": 2.5, "on": 2.5, "across": 2.0,
    "throughout": 2.0, "between": 2.0, "within": 2.0, "along": 2.0, "off": 2.0, "over": 1.5, "against": 1.0, "of": 0.8,
    "hit": 2.0, "struck": 2.0, "rocked": 2.5, "'s": 1.0, "targeting": 1.0, "the": 0.8, "from": -2.5, "to": -1.0,
    "for": -1.0, "with": -1.0, "by": -1.5, "into": 0.8, "towards": -0.5, "toward": -0.5,
}  # fmt: skip
_NO_PREPOSITION: Final = 0.3
#: words before a place (within a few) that make it somebody's place and not the event's
_ELSEWHERE: Final = frozenset(
    "buried funeral hospital hospitals treated rushed flown airlifted evacuated transferred transported taken born "
    "based headquartered told said speaking spoke statement conference capital native originally arrived returned "
    "travelled traveled traveling travelling flew flying fled trial court tried convicted sentenced jailed extradited "
    "ambassador government president minister parliament officials troops forces army police newspaper agency "
    "correspondent university".split()
)
_ELSEWHERE_REACH: Final = 4
_ELSEWHERE_PENALTY: Final = 2.5
_COMMA_PENALTY: Final = 0.5
_BEFORE_PENALTY: Final = 0.4
_WORD_PENALTY: Final = 0.06
_LEAST: Final = 0.0
_ADJUNCT_OPENERS: Final = frozenset("in after following amid despite since because with before during as".split())


class Whereabouts:
    """Finds the places of events in one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def of_scene(self, scene: Scene) -> Location | None:
        """Find the place a sentence puts its event at; None where none is surely the event's."""
        scored = [(self._score(scene, place), -place.start, place) for place in scene.locations]
        best = max(scored, key=lambda item: item[:2], default=None)
        if best is None or best[0] <= _LEAST:
            return None
        return self._finest(best[2], scene.locations)

    def _score(self, scene: Scene, place: Location) -> float:
        text, sentence = self.reading.document.text, self.reading.sentences[scene.sentence]
        before = text[sentence.start : place.start].lower().split()
        score = _PREPOSITIONS.get(before[-1].strip("'’\"“(") if before else "", _NO_PREPOSITION)
        score -= _ELSEWHERE_PENALTY * bool(_ELSEWHERE.intersection(before[-_ELSEWHERE_REACH:]))
        anchors = [t.start for t in scene.triggers] or [scene.start]
        nearest = min(anchors, key=lambda anchor: abs(anchor - place.start))
        between = text[min(nearest, place.end) : max(nearest, place.start)]
        score -= _WORD_PENALTY * len(between.split())
        score -= _COMMA_PENALTY * ("," in between)
        if place.end <= nearest:
            score -= _BEFORE_PENALTY * (len(before) > 2)
        elif "," in between and self._is_adjunct(sentence.start, nearest):
            return _LEAST
        return score

    def _is_adjunct(self, start: int, trigger: int) -> bool:
        """Whether a trigger stands in an opening phrase ("In the wake of the killing, …"): no place of it follows."""
        opening = self.reading.document.text[start:trigger].lower()
        first = opening.split(maxsplit=1)[:1]
        return bool(first) and first[0] in _ADJUNCT_OPENERS and "," not in opening

    def _finest(self, place: Location, others: Sequence[Location]) -> Location:
        """Take the finer of two places that stand together ("the Karrada district of Baghdad", "Baquba, Diyala")."""
        best = place
        for other in others:
            gap = max(other.start - place.end, place.start - other.end)
            if gap <= _NESTED_GAP and other.where_prec < best.where_prec and _share_country(other, best):
                best = other
        return best

    def of_document(self) -> Location | None:
        """Where the document as a whole is set: its dateline's place."""
        dateline = self.reading.document.dateline
        if dateline is None:
            return None
        for place in self.reading.places.locations:
            if dateline.start <= place.start < dateline.end:
                return place
        return None


_NESTED_GAP: Final = 12  # characters between two places of one phrase (", ", " district of ")


def _share_country(first: Location, second: Location) -> bool:
    return first.place.country_code == second.place.country_code

"""Asks an online geocoder for the toponyms of a document that the gazetteer does not know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geoevents.errors import GeocoderError
from geoevents.model import Candidate, Document, Place, Problem, ResolvedPlace
from geoevents.places.atlas import Atlas
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.online import OnlineGeocoder
from geoevents.places.polygons import Outlines

#: belief in the only answer of a service, shared between several: nothing but the name and the country speaks for it
BELIEF: Final = 0.5


@dataclass(frozen=True)
class OnlineHelp:
    """Fills what the gazetteer lacks.

    A service is asked only within the countries that the document's other places lie in: a name alone could be anywhere
    in the world, and a hidden guess does harm.
    """

    online: OnlineGeocoder
    atlas: Atlas
    threshold: float

    def __call__(
        self, document: Document, resolved: Sequence[ResolvedPlace]
    ) -> tuple[tuple[ResolvedPlace, ...], tuple[Problem, ...]]:
        """Results with the answers put in, and what went wrong; where it did, the gazetteer's result stands."""
        countries = sorted({result.place.country_code for result in resolved if result.place} - {""})
        problems: dict[str, Problem] = {}
        filled = tuple(
            self._ask(document, result, countries, problems) if countries and _unknown(result) else result
            for result in resolved
        )
        return filled, tuple(problems.values())

    def _ask(
        self, document: Document, result: ResolvedPlace, countries: Sequence[str], problems: dict[str, Problem]
    ) -> ResolvedPlace:
        name = result.mention.text
        if name in problems:
            return result
        left_alone = self.online.left_alone  # that it fails was told before; kept answers are still good
        try:
            found = self.online.find(name, country_codes=countries)
        except GeocoderError as error:
            if not left_alone:
                problems[name] = Problem(source=document.name or document.id, stage="geocoder", reason=str(error))
            return result
        places = [in_its_division(place, self.atlas.gazetteer) for place in found if place.country_code in countries]
        if not places:
            return result
        belief = round(BELIEF / len(places), 4)
        sure = belief >= self.threshold
        return replace(
            result,
            place=places[0] if sure else None,
            confidence=belief,
            reason=f"the gazetteer knows no place of this name; {self.online.service} has {len(places)} in "
            f"{', '.join(countries)}" + ("" if sure else ", none of them sure enough"),
            alternatives=tuple(Candidate(place=place, confidence=belief) for place in places[1 if sure else 0 :]),
        )


def in_its_division(place: Place, gazetteer: Gazetteer) -> Place:
    """Give a place of an online geocoder the first-order division whose outline holds its point."""
    code = Outlines.open().code_at(place.latitude, place.longitude) or ""
    row = gazetteer.area(code) if "." in code else None
    return place if row is None else replace(place, admin1=gazetteer.place(row).name)


def _unknown(result: ResolvedPlace) -> bool:
    return result.place is None and not result.alternatives and result.mention.kind == "place"

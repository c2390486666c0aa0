"""Places of a gazetteer and the areas they lie in, as records, each read once and kept."""

from functools import lru_cache
from typing import Final

from geoevents.model import Place
from geoevents.places.gazetteer import Gazetteer

#: beginning of the ids of places that a person set
PERSON: Final = "person:"
#: beginnings of ids that online geocoders and persons give; such a place lies in no area of the gazetteer
FOREIGN: Final = ("osm:", "online:", PERSON)
#: places kept at most, so that memory stays bounded on any input
_MOST: Final = 20_000


class Atlas:
    """Reads places of one gazetteer; safe to send to other processes."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._rows: dict[str, int] = {}
        self.place = lru_cache(maxsize=_MOST)(self._place)
        self.areas = lru_cache(maxsize=_MOST)(self._areas)

    def __reduce__(self) -> tuple[type["Atlas"], tuple[Gazetteer]]:
        return Atlas, (self.gazetteer,)

    def _place(self, row: int) -> Place:
        place = self.gazetteer.place(row)
        if len(self._rows) > _MOST:
            self._rows.clear()
        self._rows[place.id] = row
        return place

    def _areas(self, identifier: str) -> tuple[Place, ...]:
        row = self._rows.get(identifier)
        if row is None and identifier.startswith(FOREIGN):
            return ()
        if row is None:
            row = self.gazetteer.row(identifier)
        return tuple(self.place(area) for area in self.gazetteer.areas(row))

    def country(self, place: Place) -> Place | None:
        """Give the country a place is or lies in; None for seas and regions that span countries."""
        return next((area for area in (place, *self.areas(place.id)) if area.feature_code.startswith("PCL")), None)

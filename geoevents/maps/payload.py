"""Events as the page reads them: columns for all of them; :mod:`~geoevents.maps.details` holds the rest.

The index holds a column per field, with tables for what repeats; ``null`` never stands in a column (see ABSENT).
Columns are quicker to make and to write than rows. Events come in chunks, so that an event's records are still in the
processor's cache when its details are made after its share of the index: to fetch them twice took longer than all else.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from geoevents.codes import EVENT_TYPE_OF, disorder_type
from geoevents.countries import country_name, iso3
from geoevents.maps.basemap import WHOLE_PRECS, Area, BaseMap
from geoevents.maps.packing import Column, Table
from geoevents.model import Actor, Count, Event, Location, Place

Json = dict[str, Any]
Row = tuple[Any, ...]
Columns = dict[str, list[Any]]

#: A number nobody stated; in ``high``, -2 stands for an open end.
ABSENT: Final = -1
OPEN: Final = -2
#: Units per degree in the columns latitude and longitude: about a metre.
DEGREE: Final = 100_000
#: Units of the columns confidence and merge_confidence.
SHARE: Final = 1000
#: Units of the columns that are written in others than the records are.
_UNITS: Final = {"latitude": DEGREE, "longitude": DEGREE, "radius": 10, "confidence": SHARE, "merge_confidence": SHARE}
#: Members of a place's row.
PLACE: Final = ("id", "name", "latitude", "longitude", "feature_code", "country", "admin1", "admin2")
_COUNTRY: Final = PLACE.index("country")
#: The first of January 1970, from which days are counted.
EPOCH: Final = date(1970, 1, 1).toordinal()


class Places:
    """A table of places, each stored once."""

    def __init__(self) -> None:
        self._table: Table[Row] = Table()
        # by identity, which is quicker than to look at all members; places are kept, so that their ids stay their own
        self._numbers: dict[int, int] = {id(None): ABSENT}
        self._kept: list[Place] = []

    def numbers(self, places: Sequence[Place | None]) -> list[int]:
        """Give the numbers of `places`, which are added where they are new; ABSENT for None."""
        get = self._numbers.get
        found = [*map(get, map(id, places))]
        if None in found:
            self._add(place for place, number in zip(places, found, strict=True) if number is None)
            found = [*map(get, map(id, places))]
        return cast(list[int], found)

    def _add(self, places: Iterable[Place | None]) -> None:
        for place in places:
            if place is not None:
                self._numbers[id(place)] = self._table[_row(place)]
                self._kept.append(place)

    def find(self, place: Place) -> int | None:
        """Give the number of `place` if it is here."""
        known = self._numbers.get(id(place))
        return self._table.get(_row(place)) if known is None else known

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order of their numbers; PLACE names their members."""
        return self._table.rows


def _row(p: Place) -> Row:
    return (p.id, p.name, p.latitude, p.longitude, p.feature_code, p.country_code, p.admin1, p.admin2)


class Index:
    """Columns and tables of all events; the places they are put at are added to `places`."""

    def __init__(self, base: BaseMap, places: Places) -> None:
        self._base = base
        self._places = places
        self._kinds: Table[str] = Table()
        self._names: Table[str] = Table({"": 0})
        self._statuses: Table[str] = Table()
        self._areas: Table[Area] = Table()
        self._publishers: Table[str | tuple[str | None, ...] | None] = Table()
        self._count = 0
        self._columns = self._columns_of(())  # a page without events has them all, empty

    def add(self, events: Sequence[Event]) -> None:
        """Add events, in the order they come."""
        self._count += len(events)
        for name, column in self._columns_of(events).items():
            self._columns[name].extend(column)

    def _columns_of(self, events: Sequence[Event]) -> Columns:
        kinds, names, statuses, publishers = self._kinds, self._names, self._statuses, self._publishers
        return {
            "id": [event.id for event in events],
            "kind": [kinds[event.sub_event_type] for event in events],
            "weapon": [names[event.weapon or ""] for event in events],
            **_when(events),
            **self._where([event.where for event in events]),
            **_range("killed", [event.killed for event in events]),
            **_range("injured", [event.injured for event in events]),
            "side_a": self._actors([event.side_a for event in events]),
            "side_b": self._actors([event.side_b for event in events]),
            "status": [statuses[event.status] for event in events],
            "clarity": [event.event_clarity for event in events],
            "confidence": [event.confidence for event in events],
            "merge_confidence": [event.merge_confidence for event in events],
            "publishers": [
                # most have one article, and need no tuple
                publishers[some[0].publisher if len(some) == 1 else tuple([source.publisher for source in some])]
                for some in [event.sources for event in events]
            ],
        }

    def _where(self, found: Sequence[Location | None]) -> Columns:
        areas, area_of = self._areas, self._base.area_of
        outlines = [area_of(where) if where and where.where_prec in WHOLE_PRECS else None for where in found]
        return {
            "latitude": [where.latitude if where else 0.0 for where in found],
            "longitude": [where.longitude if where else 0.0 for where in found],
            "where_prec": [where.where_prec if where else 0 for where in found],
            "radius": [where.radius_km if where else 0.0 for where in found],
            "place": self._places.numbers([where.place if where else None for where in found]),
            "area": [areas[area] if area else ABSENT for area in outlines],
        }

    def _actors(self, actors: Sequence[Actor | None]) -> list[int]:
        names = self._names
        return [names[actor.name] if actor else 0 for actor in actors]

    @property
    def columns(self) -> dict[str, Column]:
        """A column per field."""
        return {
            name: scaled(column, _UNITS[name]) if name in _UNITS else column for name, column in self._columns.items()
        }

    @property
    def value(self) -> Json:
        """All but the columns: the number of events, and tables."""
        names = self._names
        places = self._places.rows
        codes = sorted({row[_COUNTRY] for row in places} - {""})
        rows = [row if isinstance(row, tuple) else (row,) for row in self._publishers]
        tables = {
            "kinds": [(sub, EVENT_TYPE_OF[sub], disorder_type(sub)) for sub in self._kinds],
            "publishers": [sorted({names[name or ""] for name in row}) for row in rows],
            "names": names.rows,
            "places": places,
            "statuses": self._statuses.rows,
            "areas": [[area.code, area.name, area.rings] for area in self._areas],
            "countries": [[code, iso3(code) or "", country_name(code) or code] for code in codes],
        }
        return {"count": self._count, "tables": tables}


def scaled(values: Sequence[float], units: int) -> npt.NDArray[np.float64]:
    """Numbers as whole ones, of so many units to one."""
    return np.rint(np.asarray(values, dtype=np.float64) * units)


def _when(events: Iterable[Event]) -> Columns:
    found = [event.when for event in events]
    return {
        "start": [when.start.toordinal() - EPOCH if when else 0 for when in found],
        "end": [when.end.toordinal() - EPOCH if when else 0 for when in found],
        "date_prec": [when.prec if when else 0 for when in found],
    }


def _range(harm: str, found: Sequence[Count | None]) -> Columns:
    return {
        f"{harm}_low": [count.low if count else ABSENT for count in found],
        f"{harm}_best": [count.best if count else ABSENT for count in found],
        f"{harm}_high": [ABSENT if not count else OPEN if count.high is None else count.high for count in found],
    }

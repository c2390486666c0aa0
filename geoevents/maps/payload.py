"""Events as the page reads them: columns for all of them; :mod:`~geoevents.maps.details` holds the rest.

The index holds a column per field, with tables for what repeats; ``null`` never stands in a column (see ABSENT), and a
column of one value holds that value for every event. Columns are quicker to make and to write than rows.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from geoevents.codes import EVENT_TYPE_OF, disorder_type
from geoevents.countries import country_name, iso3
from geoevents.maps.basemap import Area, BaseMap
from geoevents.maps.packing import Table
from geoevents.model import Actor, Count, Event, Location, Place

Json = dict[str, Any]
Column = Sequence[Any]
Row = tuple[Any, ...]

#: A number nobody stated; in ``high``, -2 stands for an open end.
ABSENT: Final = -1
OPEN: Final = -2
#: Units per degree in the columns latitude and longitude: about a metre.
DEGREE: Final = 100_000
#: Units of the columns confidence and merge_confidence.
SHARE: Final = 1000
#: Members of a place's row.
PLACE: Final = ("id", "name", "latitude", "longitude", "feature_code", "country", "admin1", "admin2")
_COUNTRY: Final = PLACE.index("country")
_EPOCH: Final = date(1970, 1, 1).toordinal()


class Places:
    """A table of places, each stored once."""

    def __init__(self) -> None:
        self._table: Table[Row] = Table()
        # by identity, which is quicker than to look at all members; the place is kept, so that its id stays its own
        self._seen: dict[int, tuple[Place, int]] = {}

    def __call__(self, place: Place) -> int:
        """Give the number of `place`, which is added if it is new."""
        known = self._seen.get(id(place))
        if known is None:
            known = self._seen[id(place)] = (place, self._table(_place(place)))
        return known[1]

    def find(self, place: Place) -> int | None:
        """Give the number of `place` if it is here."""
        known = self._seen.get(id(place))
        return known[1] if known else self._table.find(_place(place))

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order of their numbers; PLACE names their members."""
        return self._table.rows


def _place(p: Place) -> Row:
    return (p.id, p.name, p.latitude, p.longitude, p.feature_code, p.country_code, p.admin1, p.admin2)


def index(events: Sequence[Event], base: BaseMap, places: Places) -> Json:
    """Columns and tables of all events; the places they are put at are added to `places`."""
    kinds: Table[str] = Table()
    names: Table[str] = Table("")
    qualifiers: Table[str] = Table("")
    statuses: Table[str] = Table()
    areas: Table[Area] = Table()
    publishers: Table[tuple[str | None, ...]] = Table()
    columns: dict[str, Column] = {
        "id": [event.id for event in events],
        "kind": [kinds(event.sub_event_type) for event in events],
        "weapon": [names(event.weapon or "") for event in events],
        **_when(events),
        **_where([event.where for event in events], base, places, areas),
        **_range("killed", [event.killed for event in events], qualifiers),
        **_range("injured", [event.injured for event in events], qualifiers),
        "side_a": _names([event.side_a for event in events], names),
        "side_b": _names([event.side_b for event in events], names),
        "status": [statuses(event.status) for event in events],
        "clarity": [event.event_clarity for event in events],
        "confidence": [round(SHARE * event.confidence) for event in events],
        "merge_confidence": [round(SHARE * event.merge_confidence) for event in events],
        "publishers": [publishers(tuple([source.publisher for source in event.sources])) for event in events],
        "corrections": [len(event.corrections) for event in events],
    }
    codes = sorted({row[_COUNTRY] for row in places.rows} - {""})
    tables = {
        "kinds": [(sub, EVENT_TYPE_OF[sub], disorder_type(sub)) for sub in kinds.rows],
        "publishers": [sorted({names(name or "") for name in row}) for row in publishers.rows],
        "names": names.rows,
        "places": places.rows,
        "qualifiers": qualifiers.rows,
        "statuses": statuses.rows,
        "areas": [[area.code, area.name, area.rings] for area in areas.rows],
        "countries": [[code, iso3(code) or "", country_name(code) or code] for code in codes],
    }
    return {
        "count": len(events),
        "columns": {name: short(column) for name, column in columns.items()},
        "tables": tables,
    }


def short(column: Column) -> Column:
    """Leave one value of a column whose values are all the same."""
    return column[:1] if len(column) > 1 and column.count(column[0]) == len(column) else column


def _when(events: Sequence[Event]) -> dict[str, Column]:
    found = [event.when for event in events]
    return {
        "start": [when.start.toordinal() - _EPOCH if when else 0 for when in found],
        "end": [when.end.toordinal() - _EPOCH if when else 0 for when in found],
        "date_prec": [when.prec if when else 0 for when in found],
    }


def _where(found: Sequence[Location | None], base: BaseMap, places: Places, areas: Table[Area]) -> dict[str, Column]:
    outlines = [base.area_of(where) if where else None for where in found]
    return {
        "latitude": [round(where.latitude * DEGREE) if where else 0 for where in found],
        "longitude": [round(where.longitude * DEGREE) if where else 0 for where in found],
        "where_prec": [where.where_prec if where else 0 for where in found],
        "radius": [round(where.radius_km * 10) if where else 0 for where in found],
        "place": [places(where.place) if where else ABSENT for where in found],
        "area": [areas(area) if area else ABSENT for area in outlines],
    }


def _range(harm: str, found: Sequence[Count | None], qualifiers: Table[str]) -> dict[str, Column]:
    return {
        f"{harm}_low": [count.low if count else ABSENT for count in found],
        f"{harm}_best": [count.best if count else ABSENT for count in found],
        f"{harm}_high": [high(count) if count else ABSENT for count in found],
        f"{harm}_qualifier": [qualifiers(count.qualifier) if count else 0 for count in found],
    }


def high(count: Count) -> int:
    """Give the high end of a count, OPEN where there is none."""
    return OPEN if count.high is None else count.high


def _names(actors: Sequence[Actor | None], names: Table[str]) -> Column:
    return [names(actor.name) if actor else 0 for actor in actors]

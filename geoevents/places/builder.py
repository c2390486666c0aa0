"""Collects places and names, one by one or from another gazetteer, and writes them as one file.

Memory: about 45 bytes a place and 12 a key plus the places' own names, whatever the number of names a place has.
12 million places with 27 million names stay under 4 GB (docs/evaluation/gazetteer.md).
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geoevents.errors import GazetteerError
from geoevents.places import layout
from geoevents.places.features import importance, radius_km
from geoevents.places.names import LONGEST_NAME, FormKind, core, form_key, key, loose_key

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

#: countries and first-order divisions go by their bare names too ("Nineveh"); a smaller one's is that of its seat
_STRIPPED: Final = ("ADM1", "PCL")
_MAX_ROWS: Final = (1 << 32) - 1
_LONGEST_TEXT: Final = 255


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlace:
    """A place on its way into a gazetteer.

    Attributes
    ----------
    identifier
        GeoNames id as a number, or the whole id as text (``geo:mosul-dam``); empty where `area_code` says it all.
    area
        Dotted code of the area it lies in: ``IQ``, ``IQ.15``, ``IQ.15.90392``; unknown parts are left off from the end.
    area_code
        The code under which it is itself such an area.
    importance, radius_km
        None takes the estimate by feature code and population.
    """

    identifier: int | str
    name: str
    latitude: float
    longitude: float
    feature_code: str
    country_code: str = ""
    area: str = ""
    area_code: str = ""
    population: int = 0
    importance: float | None = None
    radius_km: float | None = None


class GazetteerBuilder:
    """Collects places and their names, then writes them as one file."""

    def __init__(self) -> None:
        self.latitude, self.longitude = array("i"), array("i")
        self.ident, self.population = array("I"), array("I")
        self.area, self.name_end = array("I"), array("Q")
        self.feature, self.country = array("H"), array("H")
        self.importance, self.radius = array("H"), array("H")
        self.names = bytearray()
        self.features: dict[str, int] = {}
        self.countries: dict[str, int] = {}
        self.area_codes: dict[str, int] = {"": 0}
        self.area_rows: dict[str, int] = {}
        self.hashes, self.rows = array("Q"), array("I")
        self.prefixes = array("Q")
        self.filters: list[bytes] = []
        self.forms: dict[FormKind, dict[str, list[int]]] = {}
        self._divisions: set[int] = set()
        self._row_of_id: dict[int, int] = {}
        self._country_codes: list[str] = []
        self._base: Gazetteer | None = None

    def __len__(self) -> int:
        return len(self.latitude)

    def add(self, place: NewPlace, *, loose: bool = True) -> int:
        """Take a place in and return its number, by which names are added. Its own name is added with it.

        `loose` as for :meth:`add_name`. A GeoNames id that :meth:`extend` brought is the same place: its number is
        returned, and the name added.

        Raises
        ------
        GazetteerError
            If its coordinates are no point on Earth.
        """
        if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
            raise GazetteerError(f"{place.name!r} lies at {place.latitude}, {place.longitude}: no point on Earth")
        known = self._row_of_id.get(place.identifier) if isinstance(place.identifier, int) else None
        row = self._append(place) if known is None else known
        self.add_name(row, place.name, loose=loose)
        return row

    def _append(self, place: NewPlace) -> int:
        row = len(self.latitude)
        if row >= _MAX_ROWS:
            raise GazetteerError(f"more than {_MAX_ROWS} places")
        code, population = place.feature_code, min(max(place.population, 0), _MAX_ROWS)
        weight = importance(code, population) if place.importance is None else place.importance
        reach = radius_km(code, population) if place.radius_km is None else place.radius_km
        self.latitude.append(round(place.latitude * layout.DEGREES))
        self.longitude.append(round(place.longitude * layout.DEGREES))
        self.ident.append(place.identifier if isinstance(place.identifier, int) else 0)
        self.population.append(population)
        self.area.append(self.area_codes.setdefault(place.area, len(self.area_codes)))
        self.feature.append(self._feature_index(code))
        self.country.append(self.countries.setdefault(place.country_code, len(self.countries)))
        self.importance.append(round(min(max(weight, 0.0), 1.0) * layout.IMPORTANCE))
        self.radius.append(min(round(max(reach, 0.0) * layout.RADIUS), 65535))
        if place.area_code:
            self.area_rows.setdefault(place.area_code, row)
        self._spell(place, row)
        return row

    def _feature_index(self, code: str) -> int:
        index = self.features.setdefault(code, len(self.features))
        if code.startswith(_STRIPPED):
            self._divisions.add(index)
        return index

    def _spell(self, place: NewPlace, row: int) -> None:
        if not isinstance(place.identifier, int):
            self.names.append(0)
            self._append_text(place.identifier)
            if place.identifier:
                self._enter(layout.IDENTIFIER + place.identifier, row)
        self._append_text(place.name)
        self.name_end.append(len(self.names))

    def _append_text(self, text: str) -> None:
        data = text.encode("utf-8", "replace")[:_LONGEST_TEXT]
        data = data.decode("utf-8", "ignore").encode()  # a cut never leaves half a letter
        self.names.append(len(data))
        self.names += data

    def _enter(self, tagged_key: str, row: int) -> None:
        self.hashes.append(layout.hash_of(tagged_key))
        self.rows.append(row)

    def add_name(self, row: int, name: str, *, loose: bool = True) -> None:
        """Let a place be found under a name; `loose` also under other transliterations of it.

        A name of signs only, or longer than any place's, is passed over. A country or first-order division is also
        found without the word that says what it is ("Nineveh Governorate" under "Nineveh").
        """
        name_key = key(name)
        if not name_key or len(name_key) > LONGEST_NAME:
            return
        self._enter_name(name_key, row, loose)
        if self.feature[row] in self._divisions:
            bare = core(name_key)
            if bare and "A" in bare[1]:
                self._enter_name(bare[0], row, loose)

    def _enter_name(self, name_key: str, row: int, loose: bool) -> None:
        self._enter(layout.NAME + name_key, row)
        if " " in name_key:
            words = name_key.split(" ")
            for i in range(1, len(words)):
                self.prefixes.append(layout.hash_of(" ".join(words[:i])))
        if loose and (sounds := loose_key(name_key)):
            self._enter(layout.LOOSE + sounds, row)

    def add_form(self, row: int, kind: FormKind, form: str) -> None:
        """Add a short form or a demonym: see :data:`FormKind`."""
        rows = self.forms.setdefault(kind, {}).setdefault(form_key(form, kind), [])
        if row not in rows:
            rows.append(row)

    def row_of_number(self, geonames_id: int) -> int:
        """Give the number of the place with a GeoNames id.

        Raises
        ------
        GazetteerError
            If there is none.
        """
        try:
            return self.ident.index(geonames_id)
        except ValueError as error:
            raise GazetteerError(f"there is no place with the GeoNames id {geonames_id}") from error

    def country_of(self, row: int) -> str:
        """Give the country code of a place by its number."""
        if len(self._country_codes) != len(self.countries):
            self._country_codes = list(self.countries)
        return self._country_codes[self.country[row]]

    def division(self, country: str, admin1: str) -> str:
        """Find the code of a first-order division by its code or name; the country's code where it is not known.

        Names are known of divisions that :meth:`extend` brought.
        """
        if admin1 in self.area_rows:
            return admin1
        if (code := f"{country}.{admin1}") in self.area_rows:
            return code
        known = self._base.division(admin1, country) if self._base and admin1 else None
        return known or country

    def extend(self, gazetteer: "Gazetteer") -> None:
        """Take in another gazetteer whole; later places with its GeoNames ids only add their names to it.

        Raises
        ------
        GazetteerError
            If places were added before.
        """
        if len(self):
            raise GazetteerError("a gazetteer can only be taken in before other places")
        from geoevents.places.contents import contents_of

        other = contents_of(gazetteer)
        for field, kind in _TYPE.items():
            getattr(self, field).frombytes(other.records[field].astype(kind).tobytes())
        # an area index plus one is the place of its code in this table, for both begin with none
        self.area.frombytes(other.records["area"].astype("<u4").tobytes())
        self.area_codes = {"": 0} | {code: i + 1 for i, code in enumerate(other.area_rows)}
        self.area_rows = dict(other.area_rows)
        self.countries = {code: i for i, code in enumerate(gazetteer.country_codes)}
        for code in gazetteer.feature_codes:
            self._feature_index(code)
        self.names += other.names
        self.name_end.frombytes(other.name_ends.tobytes())
        self.hashes.frombytes(other.hashes.tobytes())
        self.rows.frombytes(other.rows.tobytes())
        self.filters = list(other.filters)
        self.forms = {kind: {form: list(rows) for form, rows in forms.items()} for kind, forms in other.forms.items()}
        self._row_of_id = {number: row for row, number in enumerate(self.ident) if number}
        self._base = gazetteer

    def write(self, path: Path, *, name: str, sources: Sequence[Mapping[str, str]]) -> None:
        """Put all in order and write it to `path`, whole or not at all; equal input gives equal bytes.

        Raises
        ------
        GazetteerError
            If there are no places.
        ExportError
            If the file cannot be written.
        """
        from geoevents.places.arrange import arranged
        from geoevents.places.store import write_store

        if not len(self):
            raise GazetteerError("there are no places to build a gazetteer of")
        write_store(path, *arranged(self, name, sources))


#: array types of the columns that another gazetteer's are copied into
_TYPE: Final = {
    "latitude": "<i4",
    "longitude": "<i4",
    "ident": "<u4",
    "population": "<u4",
    "importance": "<u2",
    "radius": "<u2",
    "feature": "<u2",
    "country": "<u2",
}

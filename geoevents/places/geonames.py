"""Takes in GeoNames' dump files, in the format of their readme.

Tab-separated UTF-8 without a header: 19 columns for places, at least 4 for alternate names.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from geoevents.places.builder import GazetteerBuilder, NewPlace
from geoevents.places.names import transliterated
from geoevents.places.reading import Progress, Reading, opened, tabbed_rows

#: "languages" of GeoNames' alternate names that are no names: links, postal and airport codes, other identifiers
NO_LANGUAGE: Final = frozenset(["link", "wkdt", "post", "phon", "iata", "icao", "faac", "tcid", "unlc", "uicn"])
_PLACE_COLUMNS: Final = 19
_COUNTRIES: Final = frozenset(["PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR"])
#: GeoNames' "no division"
_NO_DIVISION: Final = ("", "00")
_LARGEST_ID: Final = (1 << 32) - 1
#: alternate names whose places are looked up together
_NAMES_AT_ONCE: Final = 200_000
#: letters: no code is longer (UN/LOCODE), no name shorter
_LONGEST_CODE, _SHORTEST_NAME = 5, 3


def read_geonames(
    path: Path, builder: GazetteerBuilder, *, alternates: bool = True, progress: Progress | None = None
) -> Reading:
    """Take in the places of a GeoNames dump (``IQ.zip``, ``allCountries.zip``).

    Parameters
    ----------
    alternates
        Whether the dump's own column of alternate names is read; not needed where a file of them follows.

    Raises
    ------
    GazetteerError
        If the file cannot be read, is damaged, or holds no places.
    """
    reading = Reading()
    with opened(path) as (file, size):
        for number, columns in tabbed_rows(file, size, progress):
            try:
                _take_in(builder, columns, alternates)
            except ValueError as error:
                reading.refuse(path, number, str(error))
            else:
                reading.rows += 1
    reading.taken = reading.rows
    return reading.checked(path, "places")


def _take_in(builder: GazetteerBuilder, columns: list[str], alternates: bool) -> None:
    if len(columns) < _PLACE_COLUMNS:
        raise ValueError(f"{len(columns)} columns separated by tabs instead of {_PLACE_COLUMNS}")
    identifier, name, ascii_name, others, latitude, longitude, _, code, country = columns[:9]
    if not name:
        raise ValueError("it has no name")
    area, area_code = _areas(code, country, columns[10], columns[11])
    place = NewPlace(
        identifier=_geonames_id(identifier),
        name=name,
        latitude=float(latitude),
        longitude=float(longitude),
        feature_code=code,
        country_code=country,
        area=area,
        area_code=area_code,
        population=int(columns[14] or 0),
    )
    loose = transliterated(country)
    row = builder.add(place, loose=loose)
    if ascii_name and ascii_name != name:
        builder.add_name(row, ascii_name, loose=loose)
    if alternates and others:
        for other in others.split(","):
            if is_name(other):
                builder.add_name(row, other, loose=loose)


def _geonames_id(text: str) -> int:
    number = int(text)
    if not 0 < number <= _LARGEST_ID:
        raise ValueError(f"{number} is no GeoNames id")
    return number


def _areas(code: str, country: str, admin1: str, admin2: str) -> tuple[str, str]:
    """Code of the area a place lies in, and its own code if it is one."""
    first = f"{country}.{admin1}" if country and admin1 not in _NO_DIVISION else country
    second = f"{first}.{admin2}" if admin2 and first != country else first
    if code in _COUNTRIES:
        return "", country
    if code == "ADM1" and first != country:
        return country, first
    if code == "ADM2" and second != first:
        return first, second
    return second, ""


def is_name(alternate: str) -> bool:
    """Whether an alternate name of unknown language is a name people write.

    Codes (short and all capitals) and GeoNames' letter-by-letter transliterations (Latin without any capital) are not.
    """
    if not alternate.isascii():
        return True
    letters = sum(map(str.isalpha, alternate))
    if letters < _SHORTEST_NAME or alternate.islower():
        return False
    return letters > _LONGEST_CODE or not alternate.isupper()


def read_alternate_names(path: Path, builder: GazetteerBuilder, *, progress: Progress | None = None) -> Reading:
    """Take in GeoNames' file of alternate names (``alternateNamesV2.zip``) for the places taken in before.

    Names of places that are not in the gazetteer are passed over in silence.

    Raises
    ------
    GazetteerError
        If the file cannot be read, is damaged, or holds no alternate names.
    """
    reading, finder = Reading(), _RowFinder(builder)
    batch: list[tuple[int, str, str]] = []
    with opened(path) as (file, size):
        for number, columns in tabbed_rows(file, size, progress):
            try:
                _, identifier, language, name = int(columns[0]), _geonames_id(columns[1]), columns[2], columns[3]
            except (ValueError, IndexError) as error:
                reading.refuse(path, number, f"no alternate name: {error}")
                continue
            reading.rows += 1
            if language not in NO_LANGUAGE:
                batch.append((identifier, language, name))
            if len(batch) >= _NAMES_AT_ONCE:
                reading.taken += _name_all(builder, finder, batch)
                batch.clear()
    reading.taken += _name_all(builder, finder, batch)
    return reading.checked(path, "alternate names")


class _RowFinder:
    """Builder's numbers of places by GeoNames id, many at a time."""

    def __init__(self, builder: GazetteerBuilder) -> None:
        import numpy as np

        ident = np.array(builder.ident, "u4")
        self._order = np.argsort(ident, kind="stable").astype("u4")
        self._sorted = ident[self._order]

    def rows(self, numbers: Iterable[int]) -> list[int]:
        """Find the numbers of places by their ids; -1 where there is none."""
        import numpy as np

        wanted = np.fromiter(numbers, "u4")
        if not len(self._sorted):
            return [-1] * len(wanted)
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        found: list[int] = np.where(self._sorted[at] == wanted, self._order[at].astype("i8"), -1).tolist()
        return found


def _name_all(builder: GazetteerBuilder, finder: _RowFinder, batch: list[tuple[int, str, str]]) -> int:
    taken = 0
    for row, (_, language, name) in zip(finder.rows(entry[0] for entry in batch), batch, strict=True):
        if row < 0:
            continue
        taken += 1
        if language == "abbr":
            builder.add_form(row, "code" if name.isupper() and "." not in name else "abbreviation", name)
        else:
            builder.add_name(row, name, loose=transliterated(builder.country_of(row)))
    return taken

"""Takes in a plain CSV of places; the first line names the columns."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geoevents.errors import GazetteerError
from geoevents.model import content_id
from geoevents.places.builder import GazetteerBuilder, NewPlace
from geoevents.places.reading import Progress, Reading, bounded_lines, opened

#: column → the headers it may have, in small letters
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "place_id", "geonameid"),
    "name": ("name", "place", "toponym"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "alternate_names": ("alternate_names", "alternatenames", "alternates", "other_names"),
    "feature_code": ("feature_code", "fcode", "feature"),
    "country_code": ("country_code", "country", "iso2", "cc"),
    "admin1": ("admin1", "adm1", "adm_1", "admin1_code"),
    "population": ("population", "pop"),
    "radius_km": ("radius_km", "radius"),
}
_NEEDED: Final = ("name", "latitude", "longitude")
_DELIMITERS: Final = ",;\t"


def read_csv(path: Path, builder: GazetteerBuilder, *, progress: Progress | None = None) -> Reading:
    """Take in a CSV file: name, latitude and longitude, and others of :data:`COLUMNS` by header.

    Commas, semicolons or tabs part the columns, ``|`` the alternate names. `admin1` is the name or code (``IQ.15``) of
    a first-order division that is in the gazetteer. A place without an id gets one from its name and point.

    Raises
    ------
    GazetteerError
        If the file cannot be read, has no such columns, or holds no places.
    """
    reading = Reading()
    with opened(path) as (file, size):
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
        lines = bounded_lines(text)
        header = next(lines, "")
        delimiter = max(_DELIMITERS, key=header.count)
        where = _columns(path, next(csv.reader([header], delimiter=delimiter), []))
        rows = csv.reader(lines, delimiter=delimiter)
        try:
            for cells in rows:
                if any(cells):
                    _take_in_row(builder, cells, where, reading, path, rows.line_num + 1)
        except csv.Error as error:
            raise GazetteerError(f"{path}, line {rows.line_num + 1}: {error}") from error
        if progress:
            progress(size, size)
    reading.taken = reading.rows
    return reading.checked(path, "places")


def _columns(path: Path, names: list[str]) -> dict[str, int]:
    given = [name.strip().lower() for name in names]
    where = {
        column: next(given.index(header) for header in headers if header in given)
        for column, headers in COLUMNS.items()
        if any(header in given for header in headers)
    }
    missing = [column for column in _NEEDED if column not in where]
    if missing:
        raise GazetteerError(f"{path} has no column {', '.join(missing)}; its first line is {', '.join(given)[:200]!r}")
    return where


def _take_in_row(
    builder: GazetteerBuilder, cells: list[str], where: Mapping[str, int], reading: Reading, path: Path, line: int
) -> None:
    row = {column: cells[i].strip() if i < len(cells) else "" for column, i in where.items()}
    try:
        number = builder.add(_place(builder, row))
    except (ValueError, OverflowError) as error:
        reading.refuse(path, line, str(error))
        return
    reading.rows += 1
    for other in row.get("alternate_names", "").split("|"):
        builder.add_name(number, other)


def _place(builder: GazetteerBuilder, row: Mapping[str, str]) -> NewPlace:
    if not row["name"]:
        raise ValueError("it has no name")
    country = row.get("country_code", "").upper()
    identifier = row.get("id") or content_id("csv", row["name"], row["latitude"], row["longitude"])
    return NewPlace(
        identifier=int(identifier) if identifier.isdecimal() and 0 < int(identifier) < 1 << 32 else identifier,
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        feature_code=row.get("feature_code") or "PPL",
        country_code=country,
        area=builder.division(country, row.get("admin1", "")),
        population=int(float(row.get("population") or 0)),
        radius_km=float(row["radius_km"]) if row.get("radius_km") else None,
    )

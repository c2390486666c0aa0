"""Builds a gazetteer file from places and names that come one by one.

Memory: about 40 bytes a place and 16 a name plus the places' own names, whatever the number of names per place; sorting
goes in slices. 12 million places with 27 million names stay under 4 GB.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import GazetteerError
from geoevents.places import layout
from geoevents.places.features import feature, importance, radius_km
from geoevents.places.names import LONGEST_NAME, FormKind, core, form_key, key, loose_key
from geoevents.places.store import write_store

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

#: countries and first-order divisions go by their bare names too ("Nineveh"); a smaller one's is that of its seat
_STRIPPED: Final = ("ADM1", "PCL")
#: entries sorted at one time; bounds the memory of the sort
_SLICE_BITS: Final = 4
#: rows whose names are put in order at one time
_NAME_CHUNK: Final = 1 << 20
_MAX_ROWS: Final = (1 << 32) - 1
#: cells of the grid per degree, by number of places: about ten places in an inhabited cell
_GRIDS: Final = ((400_000, 1), (3_000_000, 4), (_MAX_ROWS, 10))


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlace:
    """A place on its way into a gazetteer.

    Attributes
    ----------
    identifier
        GeoNames id as a number, or the whole id as text (``geo:mosul-dam``).
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
        self._latitude, self._longitude = array("i"), array("i")
        self._ident, self._population = array("I"), array("I")
        self._area, self._name_end = array("I"), array("Q")
        self._feature, self._country = array("H"), array("H")
        self._importance, self._radius = array("H"), array("H")
        self._names = bytearray()
        self._features: dict[str, int] = {}
        self._divisions: set[int] = set()
        self._countries: dict[str, int] = {}
        self._area_codes: dict[str, int] = {"": 0}
        self._area_rows: dict[str, int] = {}
        self._hashes, self._rows = array("Q"), array("I")
        self._prefixes = array("Q")
        self._forms: dict[FormKind, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._latitude)

    def add(self, place: NewPlace, *, loose: bool = True) -> int:
        """Take a place in and return its number, by which names are added. Its own name is added with it.

        `loose` as for :meth:`add_name`.

        Raises
        ------
        GazetteerError
            If its coordinates are no point on Earth, or it has no name.
        """
        if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
            raise GazetteerError(f"{place.name!r} lies at {place.latitude}, {place.longitude}: no point on Earth")
        row = len(self._latitude)
        if row >= _MAX_ROWS:
            raise GazetteerError(f"more than {_MAX_ROWS} places")
        code, population = place.feature_code, min(max(place.population, 0), _MAX_ROWS)
        weight = importance(code, population) if place.importance is None else place.importance
        reach = radius_km(code, population) if place.radius_km is None else place.radius_km
        spelled = isinstance(place.identifier, str)
        self._latitude.append(round(place.latitude * layout.DEGREES))
        self._longitude.append(round(place.longitude * layout.DEGREES))
        self._ident.append(0 if spelled else int(place.identifier))
        self._population.append(population)
        self._area.append(self._area_codes.setdefault(place.area, len(self._area_codes)))
        self._feature.append(self._features.setdefault(code, len(self._features)))
        if code.startswith(_STRIPPED):
            self._divisions.add(self._feature[-1])
        self._country.append(self._countries.setdefault(place.country_code, len(self._countries)))
        self._importance.append(round(min(max(weight, 0.0), 1.0) * layout.IMPORTANCE))
        self._radius.append(min(round(max(reach, 0.0) * layout.RADIUS), 65535))
        if spelled:
            self._names.append(0)
            self._spell(str(place.identifier))
            self._enter(layout.IDENTIFIER + str(place.identifier), row)
        self._spell(place.name)
        self._name_end.append(len(self._names))
        if place.area_code:
            self._area_rows.setdefault(place.area_code, row)
        self.add_name(row, place.name, loose=loose)
        return row

    def row_of_number(self, geonames_id: int) -> int:
        """Give the number of the place with a GeoNames id.

        Raises
        ------
        GazetteerError
            If there is none.
        """
        try:
            return self._ident.index(geonames_id)
        except ValueError as error:
            raise GazetteerError(f"there is no place with the GeoNames id {geonames_id}") from error

    def _spell(self, text: str) -> None:
        data = text.encode("utf-8", "replace")[:255]
        data = data.decode("utf-8", "ignore").encode()  # a cut never leaves half a letter
        self._names.append(len(data))
        self._names += data

    def _enter(self, tagged_key: str, row: int) -> None:
        self._hashes.append(layout.hash_of(tagged_key))
        self._rows.append(row)

    def add_name(self, row: int, name: str, *, loose: bool = True) -> None:
        """Let a place be found under a name; `loose` also under other transliterations of it.

        A name of signs only, or longer than any place's, is passed over. A division is also found without the word that
        says what it is ("Nineveh Governorate" under "Nineveh").
        """
        name_key = key(name)
        if not name_key or len(name_key) > LONGEST_NAME:
            return
        self._enter_name(name_key, row, loose)
        stripped = core(name_key)
        if stripped and "A" in stripped[1] and self._is_division(row):
            self._enter_name(stripped[0], row, loose)

    def _is_division(self, row: int) -> bool:
        return self._feature[row] in self._divisions

    def _enter_name(self, name_key: str, row: int, loose: bool) -> None:
        self._enter(layout.NAME + name_key, row)
        words = name_key.split(" ")
        for i in range(1, len(words)):
            self._prefixes.append(layout.hash_of(" ".join(words[:i])))
        if loose and (sounds := loose_key(name_key)):
            self._enter(layout.LOOSE + sounds, row)

    def add_form(self, row: int, kind: FormKind, form: str) -> None:
        """Add a short form or a demonym: see :data:`FormKind`."""
        rows = self._forms.setdefault(kind, {}).setdefault(form_key(form, kind), [])
        if row not in rows:
            rows.append(row)

    def write(self, path: Path, *, name: str, sources: list[Mapping[str, str]]) -> None:
        """Put all in order and write it to `path`, whole or not at all; equal input gives equal bytes.

        Raises
        ------
        GazetteerError
            If there are no places.
        ExportError
            If the file cannot be written.
        """
        if not len(self):
            raise GazetteerError("there are no places to build a gazetteer of")
        write_store(path, *_Arranged(self).file(name, sources))


class _Arranged:
    """The builder's columns, put in the order of the file."""

    def __init__(self, builder: GazetteerBuilder) -> None:
        self._of = builder
        self._per_degree = next(cells for most, cells in _GRIDS if len(builder) <= most)

    def file(self, name: str, sources: list[Mapping[str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
        import numpy as np

        b = self._of
        latitude, longitude = np.frombuffer(b._latitude, "i4"), np.frombuffer(b._longitude, "i4")
        weight = np.frombuffer(b._importance, "u2")
        cell = self._cell(latitude, longitude)
        order = np.lexsort((-weight.astype("i4"), cell))
        new_row = np.empty(len(b), "u4")
        new_row[order] = np.arange(len(b), dtype="u4")
        areas, area_of_code = self._areas(new_row)
        names, name_blocks = self._names(order)
        records = self._records(order, area_of_code)
        buckets, entries, bits = self._index(new_row, weight[order])
        ident = records["ident"]
        indexed = len(b) >= layout.ID_INDEX_FROM
        by_id = np.argsort(ident, kind="stable").astype("u4")[int((ident == 0).sum()) :] if indexed else b""
        cells = np.zeros(180 * 360 * self._per_degree**2 + 1, "u4")
        np.cumsum(np.bincount(cell, minlength=len(cells) - 1), out=cells[1:])
        sections = {
            "places": records,
            "names": names,
            "name_blocks": name_blocks,
            "areas": areas,
            "buckets": buckets,
            "entries": entries,
            "prefixes": self._filter(),
            "cells": cells,
            "by_id": by_id,
        }
        metadata = {
            "name": name,
            "record": [[field, records.dtype[field].str] for field in records.dtype.names or ()],
            "features": [[code, feature(code).feature_class] for code in b._features],
            "countries": list(b._countries),
            "cells_per_degree": self._per_degree,
            "bucket_bits": bits,
            "row_bytes": _row_bytes(len(b)),
            "forms": self._forms(new_row, weight),
            "places": len(b),
            "sources": sources,
            "counts": self._counts(),
        }
        return metadata, sections

    def _cell(self, latitude: "Array", longitude: "Array") -> "Array":
        import numpy as np

        size, across, down = layout.DEGREES // self._per_degree, 360 * self._per_degree, 180 * self._per_degree
        y = np.minimum((latitude.astype("i8") + 90 * layout.DEGREES) // size, down - 1)
        x = np.minimum((longitude.astype("i8") + 180 * layout.DEGREES) // size, across - 1)
        cell: Array = (y * across + x).astype("u4")
        return cell

    def _areas(self, new_row: "Array") -> tuple["Array", "Array"]:
        """Rows of the areas, and for every area code of a place the index of the area it means, plus one."""
        import numpy as np

        b = self._of
        index_of = {code: i + 1 for i, code in enumerate(b._area_rows)}
        rows = np.array([new_row[row] for row in b._area_rows.values()], "u4")
        meant = np.array([_nearest_area(code, index_of) for code in b._area_codes], "u4")
        return rows, meant

    def _names(self, order: "Array") -> tuple[bytearray, "Array"]:
        """Names in the order of the rows, and the offset of every block of them."""
        import numpy as np

        heap = np.frombuffer(self._of._names, "u1")
        ends = np.frombuffer(self._of._name_end, "u8").astype("i8")
        starts = np.concatenate(([0], ends[:-1]))
        lengths = (ends - starts)[order]
        offsets = np.zeros(len(order) + 1, "i8")
        np.cumsum(lengths, out=offsets[1:])
        if offsets[-1] > _MAX_ROWS:
            raise GazetteerError("the places' names take more than 4 GB")
        out = bytearray()
        for at in range(0, len(order), _NAME_CHUNK):
            part = slice(at, at + _NAME_CHUNK)
            shift = np.repeat(starts[order[part]] - (offsets[:-1][part] - offsets[at]), lengths[part])
            out += heap[shift + np.arange(len(shift))].tobytes()
        blocks = np.append(offsets[: -1 : layout.NAMES_PER_BLOCK], offsets[-1])
        return out, blocks.astype("<u4")

    def _records(self, order: "Array", area_of_code: "Array") -> "Array":
        import numpy as np

        b = self._of
        area_type = "<u2" if len(b._area_rows) < 65535 else "<u4"
        narrow = "<u1" if max(len(b._features), len(b._countries)) <= 256 else "<u2"
        records = np.empty(
            len(b),
            [
                ("latitude", "<i4"),
                ("longitude", "<i4"),
                ("ident", "<u4"),
                ("population", "<u4"),
                ("area", area_type),
                ("importance", "<u2"),
                ("radius", "<u2"),
                ("feature", narrow),
                ("country", narrow),
            ],
        )
        columns = {
            "latitude": np.frombuffer(b._latitude, "i4"),
            "longitude": np.frombuffer(b._longitude, "i4"),
            "ident": np.frombuffer(b._ident, "u4"),
            "population": np.frombuffer(b._population, "u4"),
            "importance": np.frombuffer(b._importance, "u2"),
            "radius": np.frombuffer(b._radius, "u2"),
            "feature": np.frombuffer(b._feature, "u2"),
            "country": np.frombuffer(b._country, "u2"),
        }
        for field, column in columns.items():
            records[field] = column[order]
        records["area"] = area_of_code[np.frombuffer(b._area, "u4")[order]]
        return records

    def _index(self, new_row: "Array", weight: "Array") -> tuple["Array", "Array", int]:
        """Buckets and entries of the name index, and how many upper bits of a hash choose its bucket."""
        import numpy as np

        hashes, rows = np.frombuffer(self._of._hashes, "u8"), np.frombuffer(self._of._rows, "u4")
        bits = max(_SLICE_BITS, (len(hashes) // layout.BUCKET_ENTRIES).bit_length())
        rank = np.empty(len(weight), "u4")
        rank[np.lexsort((np.arange(len(weight)), -weight.astype("i4")))] = np.arange(len(weight), dtype="u4")
        counts, parts = np.zeros((1 << bits) + 1, "u4"), []
        slices = hashes >> np.uint64(64 - _SLICE_BITS)
        for i in range(1 << _SLICE_BITS):
            mine = np.flatnonzero(slices == i)
            bucket, pairs = _sorted_entries(hashes[mine], new_row[rows[mine]], rank, bits)
            counts[1:] += np.bincount(bucket, minlength=1 << bits).astype("u4")
            parts.append(pairs)
        return np.cumsum(counts, dtype="u4"), np.concatenate(parts), bits

    def _forms(self, new_row: "Array", weight: "Array") -> dict[str, dict[str, list[int]]]:
        return {
            kind: {
                form: [int(new_row[row]) for row in sorted(rows, key=lambda r: -int(weight[r]))]
                for form, rows in forms.items()
            }
            for kind, forms in self._of._forms.items()
        }

    def _filter(self) -> bytearray:
        import numpy as np

        hashes = np.unique(np.frombuffer(self._of._prefixes, "u8"))
        blocks = max(1, len(hashes) * layout.FILTER_BITS_PER_KEY // (8 * layout.FILTER_BLOCK))
        bits = np.zeros(blocks * layout.FILTER_BLOCK, "u1")
        base = (hashes >> np.uint64(45)) % np.uint64(blocks) * np.uint64(layout.FILTER_BLOCK)
        for i in range(layout.FILTER_PROBES):
            bit = (hashes >> np.uint64(9 * i)) & np.uint64(511)
            np.bitwise_or.at(
                bits, (base + (bit >> np.uint64(3))).astype("i8"), (1 << (bit & np.uint64(7))).astype("u1")
            )
        return bytearray(bits.tobytes())

    def _counts(self) -> dict[str, dict[str, int]]:
        import numpy as np

        b = self._of
        by_feature = np.bincount(np.frombuffer(b._feature, "u2"), minlength=len(b._features)).tolist()
        by_country = np.bincount(np.frombuffer(b._country, "u2"), minlength=len(b._countries)).tolist()
        return {
            "feature": dict(zip(b._features, by_feature, strict=True)),
            "country": dict(zip(b._countries, by_country, strict=True)),
            "names": {"keys": len(b._hashes)},
        }


def _nearest_area(code: str, index_of: Mapping[str, int]) -> int:
    while code:
        if code in index_of:
            return index_of[code]
        code = code.rpartition(".")[0]
    return 0


def _sorted_entries(hashes: "Array", rows: "Array", rank: "Array", bits: int) -> tuple["Array", "Array"]:
    import numpy as np

    bucket, low = hashes >> np.uint64(64 - bits), hashes & np.uint64(0xFFFFFFFF)
    place = bucket << np.uint64(32) | low
    order = np.lexsort((rank[rows], place))
    place, rows = place[order], rows[order]
    first = np.ones(len(place), bool)
    first[1:] = (place[1:] != place[:-1]) | (rows[1:] != rows[:-1])
    place, rows = place[first], rows[first]
    pairs = np.empty((len(place), 4 + _row_bytes(len(rank))), "u1")
    pairs[:, :4] = (place & np.uint64(0xFFFFFFFF)).astype("<u4").view("u1").reshape(-1, 4)
    pairs[:, 4:] = rows.astype("<u4").view("u1").reshape(-1, 4)[:, : pairs.shape[1] - 4]
    return (place >> np.uint64(32)).astype("i8"), pairs


def _row_bytes(places: int) -> int:
    return 3 if places < 1 << 24 else 4

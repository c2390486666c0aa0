"""The places of a gazetteer file by row: records, names, ids, areas, columns."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoevents.errors import GazetteerError
from geoevents.model import Place
from geoevents.places import layout
from geoevents.places.store import Store

if TYPE_CHECKING:
    from numpy import ndarray

    Records = ndarray[Any, Any]

_FORMAT: Final = {"<i4": "i", "<u4": "I", "<u2": "H", "|u1": "B"}
#: names of divisions kept at hand
_KEPT_AREAS: Final = 16_384


class Record(NamedTuple):
    """One place as it lies in the file; units as in :mod:`geoevents.places.layout`."""

    latitude: int
    longitude: int
    ident: int
    population: int
    area: int
    importance: int
    radius: int
    feature: int
    country: int


class PlaceTable:
    """Rows of a gazetteer file.

    Attributes
    ----------
    feature_codes, feature_classes, country_codes
        By the index that records carry.
    """

    def __init__(self, store: Store) -> None:
        meta = store.metadata
        self._mapped = store.mapped
        self._struct = Struct("<" + "".join(_FORMAT[kind] for _, kind in meta["record"]))
        self._fields: list[list[str]] = meta["record"]
        self._places = store.section("places")
        self._names, self._name_blocks = store.section("names"), store.section("name_blocks").numbers()
        self._areas, self._area_codes = store.section("areas").numbers(), store.section("area_codes")
        self._by_id = store.section("by_id")
        self.size = int(meta["places"])
        self.feature_codes: tuple[str, ...] = tuple(code for code, _ in meta["features"])
        self.feature_classes: tuple[str, ...] = tuple(letter for _, letter in meta["features"])
        self.country_codes: tuple[str, ...] = tuple(meta["countries"])
        self._flags: dict[str, Records] = {}
        self.divisions = lru_cache(maxsize=_KEPT_AREAS)(self._read_divisions)

    def record(self, row: int) -> Record:
        """Read one row."""
        at = row * self._struct.size
        return Record._make(self._struct.unpack(self._places.read(at, at + self._struct.size)))

    def place(self, row: int, record: Record | None = None) -> Place:
        """Make the place of a row, from its record if that was read before."""
        record = record or self.record(row)
        name, identifier = self.spelled(row, record.ident)
        admin1, admin2 = self.divisions(record.area) if record.area else ("", "")
        return Place(
            id=identifier,
            name=name,
            latitude=record.latitude / layout.DEGREES,
            longitude=record.longitude / layout.DEGREES,
            feature_code=self.feature_codes[record.feature],
            country_code=self.country_codes[record.country],
            admin1=admin1,
            admin2=admin2,
            population=record.population,
            radius_km=record.radius / layout.RADIUS,
        )

    def spelled(self, row: int, ident: int) -> tuple[str, str]:
        """Name and id of a row."""
        block, before = divmod(row, layout.NAMES_PER_BLOCK)
        data = bytes(self._names.read(self._name_blocks[block], self._name_blocks[block + 1]))
        at = 0
        for _ in range(before):
            if not data[at]:
                at += 2 + data[at + 1]
            at += 1 + data[at]
        identifier = f"gn:{ident}"
        if not ident:
            text = data[at + 2 : at + 2 + data[at + 1]].decode()
            identifier = text or f"adm:{self.code_of_area(row)}"
            at += 2 + data[at + 1]
        return data[at + 1 : at + 1 + data[at]].decode(), identifier

    # ---- areas ----------------------------------------------------------------------------------------------------

    @cached_property
    def area_rows(self) -> Mapping[str, int]:
        """Code (``IQ``, ``IQ.15``) → row of all countries and divisions, in the order of their rows."""
        rows = self._areas.tolist()
        codes = bytes(self._area_codes.all()).decode().split("\n")
        return dict(zip(codes, rows, strict=True)) if rows else {}

    @cached_property
    def _codes_by_row(self) -> tuple[list[int], list[str]]:
        return list(self.area_rows.values()), list(self.area_rows)

    def code_of_area(self, row: int) -> str | None:
        """Code of an area by its row; None for what is no area."""
        rows, codes = self._codes_by_row
        at = bisect_left(rows, row)
        return codes[at] if at < len(rows) and rows[at] == row else None

    def enclosing(self, area: int) -> Iterator[int]:
        """Rows of an area (index plus one) and of the areas it lies in, smallest first."""
        while area:
            row = self._areas[area - 1]
            yield row
            area = self.record(row).area

    def _read_divisions(self, area: int) -> tuple[str, str]:
        """Names of the first- and second-order divisions that an area is or lies in."""
        row = self._areas[area - 1]
        record = self.record(row)
        first, second = self.divisions(record.area) if record.area else ("", "")
        match self.feature_codes[record.feature]:
            case "ADM1":
                first = self.spelled(row, record.ident)[0]
            case "ADM2":
                second = self.spelled(row, record.ident)[0]
        return first, second

    def of_classes(self, classes: str) -> "Records":
        """Flag the features (by the index that records carry) of these feature classes."""
        if classes not in self._flags:
            import numpy as np

            self._flags[classes] = np.array([bool(letter) and letter in classes for letter in self.feature_classes])
        return self._flags[classes]

    def lying_in(self, areas: "Records", code: str) -> "Records":
        """Flag the areas (as records carry them) that lie in a country (``IQ``) or first-order division (``IQ.15``)."""
        level, numbers = code.count("."), self._division_numbers
        flags: Records = self._divisions_of_areas[level][areas] == numbers.get(code, -1)
        return flags

    @cached_property
    def _division_numbers(self) -> Mapping[str, int]:
        return {code: i for i, code in enumerate(self.area_rows)}

    @cached_property
    def _divisions_of_areas(self) -> tuple["Records", "Records"]:
        """For every area (index plus one), the numbers of its country and of its first-order division."""
        import numpy as np

        numbers = self._division_numbers
        parts = [code.split(".") for code in self.area_rows]
        country = [-2, *(numbers.get(part[0], -2) for part in parts)]
        division = [-2, *(numbers.get(".".join(part[:2]), -2) if len(part) > 1 else -2 for part in parts)]
        return np.array(country), np.array(division)

    # ---- ids and columns ------------------------------------------------------------------------------------------

    def row_of_number(self, number: int) -> int | None:
        """Row of a GeoNames id."""
        if not self._by_id.size:
            return next((int(row) for row in (self.all_records()["ident"] == number).nonzero()[0]), None)
        low, high = 0, self._by_id.size // 4
        while low < high:
            middle = (low + high) // 2
            row = int.from_bytes(self._by_id.read(4 * middle, 4 * middle + 4), "little")
            ident = self.record(row).ident
            if ident == number:
                return row
            low, high = (middle + 1, high) if ident < number else (low, middle)
        return None

    def records(self, rows: Sequence[int]) -> "Records":
        """Columns of rows as a NumPy structured array."""
        import numpy as np

        if self._mapped:
            records: Records = self.all_records()[np.asarray(rows, "i8")]
            return records
        size = self._struct.size
        data = b"".join(bytes(self._places.read(row * size, row * size + size)) for row in rows)
        return np.frombuffer(data, self._dtype)

    def run(self, first: int, last: int) -> "Records":
        """Columns of the rows ``first..last - 1``."""
        import numpy as np

        return np.frombuffer(self._places.read(first * self._struct.size, last * self._struct.size), self._dtype)

    def all_records(self) -> "Records":
        """Columns of all rows."""
        return self.run(0, self.size)

    @cached_property
    def _dtype(self) -> Any:
        import numpy as np

        return np.dtype([(field, kind) for field, kind in self._fields])

    def checked(self, row: int) -> int:
        """Refuse a row that is not there.

        Raises
        ------
        GazetteerError
            If it is not.
        """
        if not 0 <= row < self.size:
            raise GazetteerError(f"there is no row {row} in a gazetteer of {self.size} places")
        return row

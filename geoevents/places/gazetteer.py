"""The gazetteer: names to places and back, from one file (:mod:`geoevents.places.store`), bundled or built by the user.

For people: :meth:`Gazetteer.find` and :meth:`Gazetteer.match` give :class:`~geoevents.model.Place` records. For the
resolver, which looks at every candidate of every toponym: :meth:`Gazetteer.hits` gives row numbers and
:meth:`Gazetteer.records` their columns, without making objects.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from geoevents.errors import GazetteerError
from geoevents.files import bundled
from geoevents.model import Place
from geoevents.places import layout
from geoevents.places.names import LONGEST_NAME, FormKind, core, edits, key, loose_key
from geoevents.places.store import MAPPED_UP_TO, Store

if TYPE_CHECKING:
    from numpy import ndarray

    Records = ndarray[Any, Any]

BUNDLED: Final = "world.gaz"

MatchKind = Literal["exact", "alternate", "abbreviation", "code", "demonym", "generic", "folded", "fuzzy"]
"""How a name met a place: its own name; another name of it; a short form ("Calif."); a code in capitals ("UAE"); its
people or adjective ("Iraqi"); its name without the word that says what it is ("Diyala province"); another
transliteration; one slip of the pen."""

#: share of belief a way of matching costs, before anything is known of the place; set on the check list of Syria
#: (docs/evaluation/gazetteer.md): of names found only by their sound, 1 in 2 is the place meant; by a slip, fewer
COST: Final[dict[MatchKind, float]] = {
    "exact": 0.0,
    "alternate": 0.0,
    "demonym": 0.0,
    "abbreviation": 0.05,
    "code": 0.1,
    "generic": 0.05,
    "folded": 0.35,
    "fuzzy": 0.6,
}


class Hit(NamedTuple):
    """A row of the gazetteer that a name may mean, how they met, and what that costs (0 nothing, 1 all belief)."""

    row: int
    kind: MatchKind
    cost: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A place a name may mean, how they met, and what that costs (0 nothing, 1 all belief)."""

    place: Place
    kind: MatchKind
    cost: float
    importance: float


class _Record(NamedTuple):
    latitude: int
    longitude: int
    ident: int
    population: int
    area: int
    importance: int
    radius: int
    feature: int
    country: int


class Gazetteer:
    """An opened gazetteer file; safe to share between threads and to send to other processes (they open it anew).

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> gazetteer.find("Baqouba", country_codes=("IQ",))[0].name
    'Baqubah'
    """

    def __init__(self, store: Store) -> None:
        meta = store.metadata
        self._store = store
        self.metadata = meta
        self.path = store.path
        self.id = f"{meta['name']}-{store.digest}"
        self._record = Struct("<" + "".join(_FORMAT[kind] for _, kind in meta["record"]))
        self._features: list[tuple[str, str]] = [(code, letter) for code, letter in meta["features"]]
        self._countries: list[str] = meta["countries"]
        self._country_index = {code: i for i, code in enumerate(self._countries)}
        self._places = store.section("places")
        self._names, self._name_blocks = store.section("names"), store.section("name_blocks")
        self._buckets, self._entries = store.section("buckets"), store.section("entries")
        self._filter, self._areas = store.section("prefixes"), store.section("areas")
        self._forms: dict[str, dict[str, list[int]]] = {
            kind: meta["forms"].get(kind, {}) for kind in get_args(FormKind)
        }
        self._row_bytes = int(meta["row_bytes"])
        self._shift = 64 - int(meta["bucket_bits"])
        self._filter_blocks = self._filter.size // layout.FILTER_BLOCK
        self._divisions = lru_cache(maxsize=16384)(self._read_divisions)

    @classmethod
    def open(cls, path: Path | None = None, *, mapped_up_to: int = MAPPED_UP_TO) -> "Gazetteer":
        """Open a gazetteer file; None opens the bundled world. One file opened twice is read once.

        Raises
        ------
        GazetteerError
            If it is missing, damaged, cut or no gazetteer.
        """
        return cls(Store(bundled(BUNDLED) if path is None else Path(path), mapped_up_to=mapped_up_to))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).open, (self._store.path,)

    def __len__(self) -> int:
        return int(self.metadata["places"])

    # ---- by name -------------------------------------------------------------------------------------------------

    def hits(self, name: str, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Rows that `name` may mean, in the order of the ways they met (strict ones first), then by importance.

        Only where a strict way finds nothing is a looser one tried: the name without "province" and the like, then
        other transliterations, then, if `fuzzy`, names one slip away (never for names under six letters).
        """
        name_key = key(name[: LONGEST_NAME + 1])
        if not name_key or len(name_key) > LONGEST_NAME:
            return ()
        found = self._strict(name, name_key)
        if not found and (bare := core(name_key)):
            found = self._of_classes(self._rows(layout.NAME + bare[0]), bare[1], "generic")
        if not found and (sounds := loose_key(name_key)):
            found = self._hits(self._rows(layout.LOOSE + sounds), "folded")
            if not found and (bare := core(name_key)) and (sounds := loose_key(bare[0])):
                found = self._of_classes(self._rows(layout.LOOSE + sounds), bare[1], "folded")
        if not found and fuzzy:
            found = self._fuzzy(name_key)
        return tuple(found)

    def _strict(self, name: str, name_key: str) -> list[Hit]:
        found = [Hit(row, "exact", 0.0) for row in self._rows(layout.NAME + name_key)]
        forms: list[tuple[FormKind, str]] = [("demonym", name_key)]
        if len(name_key) <= _LONGEST_SHORT_FORM and not name.islower():
            short = name_key.replace(" ", "")
            forms += [("abbreviation", short), ("code", short)] if name.isupper() else [("abbreviation", short)]
        for kind, form in forms:
            if rows := self._forms[kind].get(form):
                seen = {hit.row for hit in found}
                found += [hit for hit in self._hits(rows, kind) if hit.row not in seen]
        return found

    def _hits(self, rows: Sequence[int], kind: MatchKind) -> list[Hit]:
        cost = COST[kind]
        return [Hit(row, kind, cost) for row in rows]

    def _of_classes(self, rows: Sequence[int], classes: str, kind: MatchKind) -> list[Hit]:
        return self._hits([row for row in rows if self.feature(row)[1] in classes], kind)

    def _fuzzy(self, name_key: str) -> list[Hit]:
        rows = {row for edit in edits(name_key) for row in self._rows(layout.NAME + edit)}
        return self._hits(sorted(rows, key=lambda row: (-self._read(row).importance, row)), "fuzzy")

    def _rows(self, tagged_key: str) -> list[int]:
        """Rows entered under a tagged key, most important first."""
        hashed = layout.hash_of(tagged_key)
        bucket = hashed >> self._shift
        start, stop = _PAIR.unpack(self._buckets.read(4 * bucket, 4 * bucket + 8))
        if start == stop:
            return []
        width = 4 + self._row_bytes
        entries = bytes(self._entries.read(width * start, width * stop))
        low = (hashed & 0xFFFFFFFF).to_bytes(4, "little")
        at = entries.find(low)
        while at % width and at >= 0:  # found across two entries: by chance
            at = entries.find(low, at + 1)
        rows = []
        while at >= 0 and entries[at : at + 4] == low:
            rows.append(int.from_bytes(entries[at + 4 : at + width], "little"))
            at += width
        return rows

    def match(
        self, name: str, *, country_codes: Collection[str] = (), limit: int | None = None, fuzzy: bool = False
    ) -> tuple[Match, ...]:
        """Places that `name` may mean, best first (by cost, then importance), and how they met.

        Parameters
        ----------
        country_codes
            Two-letter codes; empty for all.
        limit
            At most so many; None for all.
        fuzzy
            Whether names one slip away count where nothing else is found.
        """
        name_key, wanted = key(name), {code.upper() for code in country_codes}
        found = [(hit, self._read(hit.row)) for hit in self.hits(name, fuzzy=fuzzy)]
        if wanted:
            found = [(hit, record) for hit, record in found if self._countries[record.country] in wanted]
        found.sort(key=lambda pair: (pair[0].cost, -pair[1].importance))
        return tuple(self._match(hit, record, name_key) for hit, record in found[:limit])

    def _match(self, hit: Hit, record: _Record, name_key: str) -> Match:
        place = self._place(hit.row, record)
        kind: MatchKind = "alternate" if hit.kind == "exact" and key(place.name) != name_key else hit.kind
        return Match(place=place, kind=kind, cost=hit.cost, importance=record.importance / layout.IMPORTANCE)

    def find(
        self, name: str, *, country_codes: Collection[str] = (), limit: int | None = None, fuzzy: bool = False
    ) -> tuple[Place, ...]:
        """Places that `name` may mean, best first; see :meth:`match`."""
        matches = self.match(name, country_codes=country_codes, limit=limit, fuzzy=fuzzy)
        return tuple(match.place for match in matches)

    def knows(self, name: str) -> bool:
        """Whether any place bears `name` in a strict spelling; for dictionary scans."""
        return bool(self._rows(layout.NAME + key(name)))

    def starts(self, words: str) -> bool:
        """Whether a longer name may begin with these whole words; wrong in 1 of 100 cases, never by missing one.

        With :meth:`knows` this finds the longest name at a position: add words while `starts` holds.
        """
        hashed = layout.hash_of(key(words))
        at = layout.filter_block(hashed, self._filter_blocks) * layout.FILTER_BLOCK
        block = int.from_bytes(self._filter.read(at, at + layout.FILTER_BLOCK), "little")
        return all(block >> bit & 1 for bit in layout.filter_bits(hashed))

    # ---- by row ---------------------------------------------------------------------------------------------------

    def _read(self, row: int) -> _Record:
        at = row * self._record.size
        return _Record._make(self._record.unpack(self._places.read(at, at + self._record.size)))

    def place(self, row_or_id: int | str) -> Place:
        """Give the place of a row or of an id such as ``gn:98182``.

        Raises
        ------
        GazetteerError
            If there is no such place.
        """
        row = self.row(row_or_id) if isinstance(row_or_id, str) else row_or_id
        if not 0 <= row < len(self):
            raise GazetteerError(f"{self.id} has no row {row}; it has {len(self)}")
        return self._place(row, self._read(row))

    def _place(self, row: int, record: _Record) -> Place:
        name, identifier = self._spelled(row, record.ident)
        admin1, admin2 = self._divisions(record.area) if record.area else ("", "")
        return Place(
            id=identifier,
            name=name,
            latitude=record.latitude / layout.DEGREES,
            longitude=record.longitude / layout.DEGREES,
            feature_code=self._features[record.feature][0],
            country_code=self._countries[record.country],
            admin1=admin1,
            admin2=admin2,
            population=record.population,
            radius_km=record.radius / layout.RADIUS,
        )

    def _spelled(self, row: int, ident: int) -> tuple[str, str]:
        """Name and id of a row."""
        block, before = divmod(row, layout.NAMES_PER_BLOCK)
        start, stop = _PAIR.unpack(self._name_blocks.read(4 * block, 4 * block + 8))
        data = bytes(self._names.read(start, stop))
        at = 0
        for _ in range(before):
            if not data[at]:
                at += 2 + data[at + 1]
            at += 1 + data[at]
        identifier = f"gn:{ident}"
        if not ident:
            identifier = data[at + 2 : at + 2 + data[at + 1]].decode()
            at += 2 + data[at + 1]
        return data[at + 1 : at + 1 + data[at]].decode(), identifier

    def row(self, identifier: str) -> int:
        """Look up the row of an id.

        Raises
        ------
        GazetteerError
            If no place has it.
        """
        number = identifier.removeprefix("gn:")
        if number != identifier and number.isdecimal() and int(number):
            rows = self._row_of_number(int(number))
        else:
            rows = self._rows(layout.IDENTIFIER + identifier)
        if not rows:
            raise GazetteerError(f"{self.id} has no place with the id {identifier!r}")
        return rows[0]

    def _row_of_number(self, number: int) -> list[int]:
        index = self._store.section("by_id")
        if not index.size:
            return [int(row) for row in (self._all_records()["ident"] == number).nonzero()[0]]
        low, high = 0, index.size // 4
        while low < high:
            middle = (low + high) // 2
            row = int.from_bytes(index.read(4 * middle, 4 * middle + 4), "little")
            ident = self._read(row).ident
            if ident == number:
                return [row]
            low, high = (middle + 1, high) if ident < number else (low, middle)
        return []

    def country(self, row: int) -> str:
        """Two-letter country code of a row; empty for seas and regions that span countries."""
        return self._countries[self._read(row).country]

    def feature(self, row: int) -> tuple[str, str]:
        """Feature code and class of a row, such as ``("PPLC", "P")``."""
        return self._features[self._read(row).feature]

    def importance(self, row: int) -> float:
        """Weigh a row: importance from 0 to 1, comparable between kinds of places."""
        return self._read(row).importance / layout.IMPORTANCE

    def areas(self, row: int) -> tuple[int, ...]:
        """Rows of the divisions and the country that a row lies in, smallest first; itself not among them."""
        return tuple(self._area_rows(self._read(row).area))

    def _area_rows(self, area: int) -> Iterator[int]:
        while area:
            row = int.from_bytes(self._areas.read(4 * area - 4, 4 * area), "little")
            yield row
            area = self._read(row).area

    def _read_divisions(self, area: int) -> tuple[str, str]:
        """Names of the first- and second-order divisions that an area is or lies in."""
        names = {"ADM1": "", "ADM2": ""}
        for row in self._area_rows(area):
            record = self._read(row)
            names[self._features[record.feature][0]] = self._spelled(row, record.ident)[0]
        return names["ADM1"], names["ADM2"]

    # ---- columns --------------------------------------------------------------------------------------------------

    def records(self, rows: Sequence[int]) -> "Records":
        """Columns of rows as a NumPy structured array, read as they lie in the file.

        Fields: ``latitude``, ``longitude`` (1e-5 degrees), ``ident`` (GeoNames id or 0), ``population``, ``area``
        (index of the smallest enclosing area plus one), ``importance`` (1/65535), ``radius`` (0.1 km), ``feature`` and
        ``country`` (indices into :attr:`feature_codes`, :attr:`feature_classes` and :attr:`country_codes`).
        """
        import numpy as np

        if self._store.mapped:
            records: Records = self._all_records()[np.asarray(rows, "i8")]
            return records
        size = self._record.size
        data = b"".join(bytes(self._places.read(row * size, row * size + size)) for row in rows)
        return np.frombuffer(data, self._dtype())

    def _all_records(self) -> "Records":
        import numpy as np

        return np.frombuffer(self._places.read(0, self._places.size), self._dtype())

    def _dtype(self) -> Any:
        import numpy as np

        return np.dtype([(field, kind) for field, kind in self.metadata["record"]])

    @property
    def feature_codes(self) -> tuple[str, ...]:
        """Feature codes by the index that records carry."""
        return tuple(code for code, _ in self._features)

    @property
    def feature_classes(self) -> tuple[str, ...]:
        """Feature classes by the index that records carry."""
        return tuple(letter for _, letter in self._features)

    @property
    def country_codes(self) -> tuple[str, ...]:
        """Country codes by the index that records carry."""
        return tuple(self._countries)

    # ---- by point -------------------------------------------------------------------------------------------------

    def nearest(
        self, latitude: float, longitude: float, *, classes: str = "P", within_km: float = 1000.0
    ) -> tuple[Place, float] | None:
        """Find the nearest place of these feature classes, and its distance in km; None if there is none so near."""
        import numpy as np

        from geoevents.places.nearest import Grid

        def rows(first: int, last: int) -> "Records":
            size = self._record.size
            return np.frombuffer(self._places.read(first * size, last * size), self._dtype())

        grid = Grid(self._store.section("cells"), int(self.metadata["cells_per_degree"]), rows)
        wanted = np.array([bool(letter) and letter in classes for letter in self.feature_classes])
        found = grid.nearest(latitude, longitude, wanted, within_km)
        return (self.place(found[0]), found[1]) if found else None

    def close(self) -> None:
        """Give the file back."""
        self._store.close()


_PAIR: Final = Struct("<II")
_FORMAT: Final = {"<i4": "i", "<u4": "I", "<u2": "H", "|u1": "B"}
#: in letters; "W.Va.", "Calif.", "N.C.", "UAE", "USSR"
_LONGEST_SHORT_FORM: Final = 8

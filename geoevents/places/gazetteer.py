"""The gazetteer: names to places and back, from one file (:mod:`geoevents.places.store`), bundled or built by the user.

For people: :meth:`Gazetteer.find` and :meth:`Gazetteer.match` give :class:`~geoevents.model.Place` records. For the
resolver, which looks at every candidate of every toponym: :meth:`Gazetteer.hits` gives row numbers and
:meth:`Gazetteer.records` their columns, without making objects.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from geoevents.errors import GazetteerError
from geoevents.files import bundled
from geoevents.model import Place
from geoevents.places import layout
from geoevents.places.index import NameIndex
from geoevents.places.names import LONGEST_NAME, FormKind, core, edits, key, loose_key, turned
from geoevents.places.store import MAPPED_UP_TO, Store
from geoevents.places.table import PlaceTable, Record

if TYPE_CHECKING:
    from numpy import ndarray

    Records = ndarray[Any, Any]

BUNDLED: Final = "world.gaz"

MatchKind = Literal["exact", "alternate", "abbreviation", "code", "demonym", "generic", "folded", "fuzzy"]
"""How a name met a place: its own name; another name of it; a short form ("Calif."); a code in capitals ("UAE"); its
people or adjective ("Iraqi"); its name without the word that says what it is ("Diyala province"); another
transliteration; one slip of the pen."""

#: share of belief a way of matching costs, before anything is known of the place: on the check list, whose villages
#: have more namesakes than most, half of the names met by sound alone and seven in ten met by a slip are another place
COST: Final[Mapping[MatchKind, float]] = {
    "exact": 0.0,
    "alternate": 0.0,
    "demonym": 0.0,
    "abbreviation": 0.05,
    "code": 0.1,
    "generic": 0.05,
    "folded": 0.35,
    "fuzzy": 0.6,
}
#: in letters; "W.Va.", "Calif.", "N.C.", "UAE", "USSR"
_LONGEST_SHORT_FORM: Final = 8


#: a way of matching and the rows it met, by falling importance
_Way = tuple[MatchKind, Sequence[int]]


class Hit(NamedTuple):
    """A row of the gazetteer that a name may mean, how they met, and what that costs (0 nothing, 1 all belief).

    `kind` is ``exact`` for other names of the place too: telling them apart takes its name, which :class:`Match` has.
    """

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


class Gazetteer:
    """An opened gazetteer file; safe to share between threads and to send to other processes (they open it anew).

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> gazetteer.find("Baqouba", country_codes=("IQ",))[0].name
    'Baqubah'
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.metadata = store.metadata
        self.path = store.path
        self.id = f"{store.metadata['name']}-{store.digest}"
        self.table = PlaceTable(store)
        self.index = NameIndex(store)
        forms = store.metadata["forms"]
        self.forms: Mapping[FormKind, Mapping[str, Sequence[int]]] = {k: forms.get(k, {}) for k in get_args(FormKind)}

    @classmethod
    def open(cls, path: Path | None = None, *, mapped_up_to: int = MAPPED_UP_TO) -> "Gazetteer":
        """Open a gazetteer file; None opens the bundled world.

        Raises
        ------
        GazetteerError
            If it is missing, damaged, cut or no gazetteer.
        """
        return cls(Store(bundled(BUNDLED) if path is None else Path(path), mapped_up_to=mapped_up_to))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).open, (self.path,)

    def __len__(self) -> int:
        return self.table.size

    # ---- by name --------------------------------------------------------------------------------------------------

    def hits(self, name: str, *, fuzzy: bool = False) -> tuple[Hit, ...]:
        """Rows that `name` may mean, in the order of the ways they met (strict ones first), then by importance.

        Only where a strict way finds nothing is a looser one tried: the name without "province" and the like, then
        other transliterations, then, if `fuzzy`, names one slip away (never for names under six letters).
        """
        return _hits(self._ways(name, fuzzy))

    def strict_hits(self, name: str) -> tuple[Hit, ...]:
        """Rows met in a strict way alone: where there is none, this takes a third of the time of :meth:`hits`."""
        name_key = _asked(name)
        return _hits(self._strict(name, name_key)) if name_key else ()

    def _ways(self, name: str, fuzzy: bool) -> list[_Way]:
        name_key = _asked(name)
        if not name_key:
            return []
        found = self._strict(name, name_key) or self._without_generic(name_key) or self._by_sound(name_key)
        return found or (self._by_slip(name_key) if fuzzy else [])

    def _strict(self, name: str, name_key: str) -> list[_Way]:
        found: list[_Way] = []
        if rows := self.index.rows(layout.NAME + name_key):
            found.append(("exact", rows))
        if others := self.forms["demonym"].get(name_key):
            found.append(("demonym", _new(others, found)))
        if len(name_key) <= _LONGEST_SHORT_FORM and not name.islower():
            short = name_key.replace(" ", "")
            if others := self.forms["abbreviation"].get(short):
                found.append(("abbreviation", _new(others, found)))
            if name.isupper() and (others := self.forms["code"].get(short)):
                found.append(("code", _new(others, found)))
        return found

    def _without_generic(self, name_key: str) -> list[_Way]:
        bare = core(name_key)
        if bare is None:
            return []
        found = self._of_classes(self.index.rows(layout.NAME + bare[0]), bare[1], "generic")
        if not found and (other := turned(name_key)):
            found = self._of_classes(self.index.rows(layout.NAME + other), bare[1], "generic")
        return found

    def _by_sound(self, name_key: str) -> list[_Way]:
        sounds = loose_key(name_key)
        if sounds and (rows := self.index.rows(layout.LOOSE + sounds)):
            return [("folded", rows)]
        bare = core(name_key)
        if bare and (sounds := loose_key(bare[0])):
            return self._of_classes(self.index.rows(layout.LOOSE + sounds), bare[1], "folded")
        return []

    def _by_slip(self, name_key: str) -> list[_Way]:
        rows = {row for edit in edits(name_key) for row in self.index.rows(layout.NAME + edit)}
        found = sorted(rows, key=lambda row: (-self.table.record(row).importance, row))
        return [("fuzzy", found)] if found else []

    def _of_classes(self, rows: Sequence[int], classes: str, kind: MatchKind) -> list[_Way]:
        found = [row for row in rows if self.feature(row)[1] in classes]
        return [(kind, found)] if found else []

    def match(
        self, name: str, *, country_codes: Collection[str] = (), limit: int | None = None, fuzzy: bool = False
    ) -> tuple[Match, ...]:
        """Places that `name` may mean, best first (by importance less what the match costs), and how they met.

        Parameters
        ----------
        country_codes
            Two-letter codes; empty for all.
        limit
            At most so many; None for all.
        fuzzy
            Whether names one slip away count where nothing else is found.
        """
        wanted = {code.upper() for code in country_codes}
        found = [one for way in self._ways(name, fuzzy) for one in self._best_of(way, wanted, limit)]
        found.sort(key=lambda one: (COST[one[0]] - 1) * one[2].importance)
        name_key = key(name) if found else ""
        return tuple(self._match(*one, name_key) for one in found[:limit])

    def _best_of(
        self, way: _Way, wanted: Collection[str], limit: int | None
    ) -> Iterator[tuple[MatchKind, int, Record]]:
        """Rows of a way of matching that lie in wanted countries: no more than `limit`, for importance falls."""
        kind, rows = way
        pairs = ((kind, row, self.table.record(row)) for row in rows)
        if wanted:
            pairs = (one for one in pairs if self.country_codes[one[2].country] in wanted)
        return islice(pairs, limit)

    def _match(self, kind: MatchKind, row: int, record: Record, name_key: str) -> Match:
        place = self.table.place(row, record)
        met: MatchKind = "alternate" if kind == "exact" and key(place.name) != name_key else kind
        return Match(place=place, kind=met, cost=COST[kind], importance=record.importance / layout.IMPORTANCE)

    def find(
        self, name: str, *, country_codes: Collection[str] = (), limit: int | None = None, fuzzy: bool = False
    ) -> tuple[Place, ...]:
        """Places that `name` may mean, best first; see :meth:`match`."""
        matches = self.match(name, country_codes=country_codes, limit=limit, fuzzy=fuzzy)
        return tuple(match.place for match in matches)

    def knows(self, name: str) -> bool:
        """Whether any place bears `name` in a strict spelling; for dictionary scans."""
        return bool(self.index.rows(layout.NAME + key(name)))

    def starts(self, words: str) -> bool:
        """Whether a longer name may begin with these whole words; wrong in 1 of 100 cases, never by missing one.

        With :meth:`knows` this finds the longest name at a position: add words while `starts` holds.
        """
        return self.index.starts(key(words))

    # ---- by row or id ---------------------------------------------------------------------------------------------

    def place(self, row_or_id: int | str) -> Place:
        """Give the place of a row, or of an id such as ``gn:98182``, ``adm:IQ.15`` or ``geo:mosul-dam``.

        Raises
        ------
        GazetteerError
            If there is no such place.
        """
        row = self.row(row_or_id) if isinstance(row_or_id, str) else self.table.checked(row_or_id)
        return self.table.place(row)

    def row(self, identifier: str) -> int:
        """Look up the row of an id; ``adm:IQ.15`` is also good for a division whose own id is GeoNames'.

        Raises
        ------
        GazetteerError
            If no place has it.
        """
        prefix, _, rest = identifier.partition(":")
        row = None
        if prefix == "gn" and rest.isdecimal() and int(rest):
            row = self.table.row_of_number(int(rest))
        elif prefix == "adm":
            row = self.table.area_rows.get(rest)
        if row is None:
            row = next(iter(self.index.rows(layout.IDENTIFIER + identifier)), None)
        if row is None:
            raise GazetteerError(f"{self.id} has no place with the id {identifier!r}")
        return row

    def country(self, row: int) -> str:
        """Two-letter country code of a row; empty for seas and regions that span countries."""
        return self.country_codes[self.table.record(row).country]

    def feature(self, row: int) -> tuple[str, str]:
        """Feature code and class of a row, such as ``("PPLC", "P")``."""
        index = self.table.record(row).feature
        return self.feature_codes[index], self.feature_classes[index]

    def importance(self, row: int) -> float:
        """Weigh a row: importance from 0 to 1, comparable between kinds of places."""
        return self.table.record(row).importance / layout.IMPORTANCE

    def areas(self, row: int) -> tuple[int, ...]:
        """Rows of the divisions and the country that a row lies in, smallest first; itself not among them."""
        return tuple(self.table.enclosing(self.table.record(row).area))

    def area(self, code: str) -> int | None:
        """Row of the country or division with this code (``IQ``, ``IQ.15``), as outlines give it; None if unknown."""
        return self.table.area_rows.get(code)

    def area_code(self, row: int) -> str | None:
        """Code (``IQ``, ``IQ.15``) of a country or division by its row; None for what is none."""
        return self.table.code_of_area(row)

    def division(self, name: str, country_code: str) -> str | None:
        """Code (``IQ.15``) of the first-order division of this name; None if there is none."""
        for words in (name, f"{name} province"):  # the bare name may be a town's alone
            rows = [hit.row for hit in self.hits(words) if self.feature(hit.row)[0] == "ADM1"]
            rows = [row for row in rows if self.country(row) == country_code]
            if rows:
                own = [row for row in rows if key(self.place(row).name) == key(name)]
                return self.table.code_of_area((own or rows)[0])
        return None

    # ---- columns --------------------------------------------------------------------------------------------------

    def records(self, rows: Sequence[int]) -> "Records":
        """Columns of rows as a NumPy structured array, read as they lie in the file.

        Fields: ``latitude``, ``longitude`` (1e-5 degrees), ``ident`` (GeoNames id or 0), ``population``, ``area``
        (index of the smallest enclosing area plus one), ``importance`` (1/65535), ``radius`` (0.1 km), ``feature`` and
        ``country`` (indices into :attr:`feature_codes`, :attr:`feature_classes` and :attr:`country_codes`).
        """
        return self.table.records(rows)

    @property
    def feature_codes(self) -> tuple[str, ...]:
        """Feature codes by the index that records carry."""
        return self.table.feature_codes

    @property
    def feature_classes(self) -> tuple[str, ...]:
        """Feature classes by the index that records carry."""
        return self.table.feature_classes

    @property
    def country_codes(self) -> tuple[str, ...]:
        """Country codes by the index that records carry."""
        return self.table.country_codes

    # ---- by point -------------------------------------------------------------------------------------------------

    def nearest(
        self, latitude: float, longitude: float, *, classes: str = "P", area: str = "", within_km: float = 1000.0
    ) -> tuple[Place, float] | None:
        """Find the nearest place of these feature classes, and its distance in km; None if there is none so near.

        Parameters
        ----------
        area
            Code of a country (``IQ``) or first-order division (``IQ.15``) that it must lie in; empty for anywhere.
        """
        import numpy as np

        from geoevents.places.nearest import Grid

        flags = self.table.of_classes(classes)

        def wanted(records: "Records") -> "Records":
            found: Records = np.flatnonzero(flags[records["feature"]])
            return found[self.table.lying_in(records["area"][found], area)] if area else found

        grid = Grid(self.store.section("cells"), int(self.metadata["cells_per_degree"]), self.table.run)
        found = grid.nearest(latitude, longitude, wanted, within_km)
        return (self.place(found[0]), found[1]) if found else None

    def close(self) -> None:
        """Give the file back."""
        self.store.close()


def _asked(name: str) -> str:
    """Key of a name; empty for one that no place can have."""
    name_key = key(name[: LONGEST_NAME + 1])
    return name_key if len(name_key) <= LONGEST_NAME else ""


def _hits(ways: Iterable[_Way]) -> tuple[Hit, ...]:
    found: list[Hit] = []
    for kind, rows in ways:
        # the tuple's own maker: a name may have thousands of rows, and a named tuple's takes three times as long
        found += map(tuple.__new__, repeat(Hit), zip(rows, repeat(kind), repeat(COST[kind])))
    return tuple(found)


def _new(rows: Sequence[int], ways: Sequence[_Way]) -> list[int]:
    """Leave out the rows that were met before."""
    seen = {row for _, known in ways for row in known}
    return [row for row in rows if row not in seen]

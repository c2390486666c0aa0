"""Everything a gazetteer file holds, as columns, so that it can be taken into a larger one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoevents.places import layout
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import FormKind

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Columns of a gazetteer.

    Attributes
    ----------
    names, name_ends
        Spelled names in the order of the rows, and where each one's bytes end.
    hashes, rows
        The name index: a hash and a row for each entry.
    area_rows
        Code → row of every area, in the order of the areas.
    filters
        The filters of leading words.
    """

    records: "Array"
    names: bytes
    name_ends: "Array"
    hashes: "Array"
    rows: "Array"
    area_rows: Mapping[str, int]
    filters: Sequence[bytes]
    forms: Mapping[FormKind, Mapping[str, Sequence[int]]]


def contents_of(gazetteer: Gazetteer) -> Contents:
    """Read a whole gazetteer."""
    import numpy as np

    store = gazetteer.store
    names = bytes(store.section("names").all())
    hashes, rows = _entries(gazetteer)
    return Contents(
        records=gazetteer.table.all_records(),
        names=names,
        name_ends=np.array(_name_ends(names, len(gazetteer)), "<u8"),
        hashes=hashes,
        rows=rows,
        area_rows=gazetteer.table.area_rows,
        filters=[bytes(section.all()) for section in gazetteer.index.filters],
        forms=gazetteer.forms,
    )


def _entries(gazetteer: Gazetteer) -> tuple["Array", "Array"]:
    import numpy as np

    store, bits = gazetteer.store, int(gazetteer.metadata["bucket_bits"])
    bounds = np.frombuffer(store.section("buckets").all(), "<u4").astype("i8")
    width = 4 + int(gazetteer.metadata["row_bytes"])
    entries = np.frombuffer(store.section("entries").all(), "u1").reshape(-1, width)
    low = np.ascontiguousarray(entries[:, :4]).view("<u4").ravel().astype("<u8")
    upper = np.repeat(
        np.arange(len(bounds) - 1, dtype="<u8") >> np.uint64(bits - layout.FEWEST_BUCKET_BITS), np.diff(bounds)
    )
    padded = np.zeros((len(entries), 4), "u1")
    padded[:, : width - 4] = entries[:, 4:]
    return upper << np.uint64(32) | low, padded.view("<u4").ravel()


def _name_ends(names: bytes, count: int) -> list[int]:
    ends, at = [], 0
    for _ in range(count):
        if not names[at]:
            at += 2 + names[at + 1]
        at += 1 + names[at]
        ends.append(at)
    return ends

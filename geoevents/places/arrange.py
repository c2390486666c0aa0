"""Puts what a builder collected into the order of the file; see :mod:`geoevents.places.layout`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoevents.errors import GazetteerError
from geoevents.places import layout
from geoevents.places.features import feature

if TYPE_CHECKING:
    from geoevents.places.builder import GazetteerBuilder

Array = np.ndarray[Any, Any]

#: entries are sorted in so many slices, which bounds the memory of the sort
_SLICE_BITS: Final = 4
#: rows whose names are put in order at one time
_NAME_CHUNK: Final = 1 << 20
_LARGEST_HEAP: Final = (1 << 32) - 1
#: cells of the grid per degree, by number of places: some ten places in an inhabited cell; finer ones take more space
_GRIDS: Final = ((400_000, 2), (3_000_000, 4), (1 << 32, 10))


def arranged(
    builder: "GazetteerBuilder", name: str, sources: Sequence[Mapping[str, str]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Metadata and sections of the file."""
    per_degree = next(cells for most, cells in _GRIDS if len(builder) <= most)
    weight = np.frombuffer(builder.importance, "u2")
    cell = _cell(builder, per_degree)
    order = np.lexsort((-weight.astype("i4"), cell))
    new_row = np.empty(len(builder), "u4")
    new_row[order] = np.arange(len(builder), dtype="u4")
    cells = np.zeros(180 * 360 * per_degree**2 + 1, "u4")
    np.cumsum(np.bincount(cell, minlength=len(cells) - 1), out=cells[1:])
    area_rows, area_codes, area_of_code = _areas(builder, new_row)
    records = _records(builder, order, area_of_code)
    names, name_blocks = _names(builder, order)
    buckets, entries, bits = _index(builder, new_row, weight[order])
    filters = [_filter(np.frombuffer(builder.prefixes, "u8")), *builder.filters]
    sections = {
        "places": records,
        "names": names,
        "name_blocks": name_blocks,
        "areas": area_rows,
        "area_codes": area_codes,
        "buckets": buckets,
        "entries": entries,
        **{f"prefixes_{i}" if i else "prefixes": bits_ for i, bits_ in enumerate(filters)},
        "cells": cells,
        "by_id": _by_id(records["ident"]),
    }
    metadata = {
        "name": name,
        "record": [[field, records.dtype[field].str] for field in records.dtype.names or ()],
        "features": [[code, feature(code).feature_class] for code in builder.features],
        "countries": list(builder.countries),
        "cells_per_degree": per_degree,
        "bucket_bits": bits,
        "row_bytes": _row_bytes(len(builder)),
        "forms": _forms(builder, new_row, weight),
        "places": len(builder),
        "sources": [dict(source) for source in sources],
        "counts": _counts(builder),
    }
    return metadata, sections


def _cell(builder: "GazetteerBuilder", per_degree: int) -> Array:
    latitude, longitude = np.frombuffer(builder.latitude, "i4"), np.frombuffer(builder.longitude, "i4")
    size, across, down = layout.DEGREES // per_degree, 360 * per_degree, 180 * per_degree
    y = np.minimum((latitude.astype("i8") + 90 * layout.DEGREES) // size, down - 1)
    x = np.minimum((longitude.astype("i8") + 180 * layout.DEGREES) // size, across - 1)
    cell: Array = (y * across + x).astype("u4")
    return cell


def _areas(builder: "GazetteerBuilder", new_row: Array) -> tuple[Array, bytes, Array]:
    """Rows and codes of the areas, and for every area code of a place the index of the area it means, plus one."""
    placed = sorted((int(new_row[row]), code) for code, row in builder.area_rows.items())
    index_of = {code: i + 1 for i, (_, code) in enumerate(placed)}
    meant = np.array([_nearest_area(code, index_of) for code in builder.area_codes], "u4")
    return np.array([row for row, _ in placed], "<u4"), "\n".join(code for _, code in placed).encode(), meant


def _nearest_area(code: str, index_of: Mapping[str, int]) -> int:
    while code:
        if code in index_of:
            return index_of[code]
        code = code.rpartition(".")[0]
    return 0


def _records(builder: "GazetteerBuilder", order: Array, area_of_code: Array) -> Array:
    area = "<u2" if len(builder.area_rows) < 65535 else "<u4"
    narrow = "|u1" if max(len(builder.features), len(builder.countries)) <= 256 else "<u2"
    columns: dict[str, tuple[str, Any, str]] = {
        "latitude": ("<i4", builder.latitude, "i4"),
        "longitude": ("<i4", builder.longitude, "i4"),
        "ident": ("<u4", builder.ident, "u4"),
        "population": ("<u4", builder.population, "u4"),
        "area": (area, area_of_code[np.frombuffer(builder.area, "u4")], area),
        "importance": ("<u2", builder.importance, "u2"),
        "radius": ("<u2", builder.radius, "u2"),
        "feature": (narrow, builder.feature, "u2"),
        "country": (narrow, builder.country, "u2"),
    }
    records = np.empty(len(builder), [(field, stored) for field, (stored, _, _) in columns.items()])
    for field, (_, values, held) in columns.items():
        records[field] = (values if isinstance(values, np.ndarray) else np.frombuffer(values, held))[order]
    return records


def _names(builder: "GazetteerBuilder", order: Array) -> tuple[bytearray, Array]:
    """Names in the order of the rows, and the offset of every block of them."""
    heap = np.frombuffer(builder.names, "u1")
    ends = np.frombuffer(builder.name_end, "u8").astype("i8")
    starts = np.concatenate(([0], ends[:-1]))
    lengths = (ends - starts)[order]
    offsets = np.zeros(len(order) + 1, "i8")
    np.cumsum(lengths, out=offsets[1:])
    if offsets[-1] > _LARGEST_HEAP:
        raise GazetteerError("the places' names take more than 4 GB")
    out = bytearray()
    for at in range(0, len(order), _NAME_CHUNK):
        part = slice(at, at + _NAME_CHUNK)
        shift = np.repeat(starts[order[part]] - (offsets[:-1][part] - offsets[at]), lengths[part])
        out += heap[shift + np.arange(len(shift))].tobytes()
    blocks = np.append(offsets[: -1 : layout.NAMES_PER_BLOCK], offsets[-1])
    return out, blocks.astype("<u4")


def _index(builder: "GazetteerBuilder", new_row: Array, weight: Array) -> tuple[Array, Array, int]:
    """Buckets and entries of the name index, and how many upper bits of a hash choose its bucket."""
    hashes, rows = np.frombuffer(builder.hashes, "u8"), np.frombuffer(builder.rows, "u4")
    rank = np.empty(len(weight), "u4")
    rank[np.lexsort((np.arange(len(weight)), -weight.astype("i4")))] = np.arange(len(weight), dtype="u4")
    slices = (hashes >> np.uint64(layout.HASH_BITS - _SLICE_BITS)).astype("u1")
    parts = []
    for i in range(1 << _SLICE_BITS):
        mine = np.flatnonzero(slices == i)
        parts.append(_sorted_entries(hashes[mine], new_row[rows[mine]], rank))
    bits = max(layout.FEWEST_BUCKET_BITS, (sum(len(part) for part, _ in parts) // layout.BUCKET_ENTRIES).bit_length())
    sizes = np.zeros((1 << bits) + 1, "u4")
    for part, _ in parts:
        bucket = (part >> np.uint64(layout.HASH_BITS - bits)).astype("i8")
        sizes[1:] += np.bincount(bucket, minlength=1 << bits).astype("u4")
    entries = np.concatenate([_packed(part, part_rows, _row_bytes(len(weight))) for part, part_rows in parts])
    return np.cumsum(sizes, dtype="u4"), entries, bits


def _sorted_entries(hashes: Array, rows: Array, rank: Array) -> tuple[Array, Array]:
    """Hashes and rows sorted by hash and rank, without repeats."""
    order = np.lexsort((rank[rows], hashes))
    hashes, rows = hashes[order], rows[order]
    first = np.ones(len(hashes), bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
    return hashes[first], rows[first]


def _packed(hashes: Array, rows: Array, row_bytes: int) -> Array:
    """Put the lower 32 bits of each hash and its row side by side."""
    packed = np.empty((len(hashes), 4 + row_bytes), "u1")
    packed[:, :4] = (hashes & np.uint64(0xFFFFFFFF)).astype("<u4").view("u1").reshape(-1, 4)
    packed[:, 4:] = rows.astype("<u4").view("u1").reshape(-1, 4)[:, :row_bytes]
    return packed


def _row_bytes(places: int) -> int:
    return 3 if places < 1 << 24 else 4


def _filter(hashes: Array) -> bytes:
    hashes = np.unique(hashes).astype("i8")
    blocks = max(1, len(hashes) * layout.FILTER_BITS_PER_KEY // (8 * layout.FILTER_BLOCK))
    bits = np.zeros(blocks * layout.FILTER_BLOCK, "u1")
    base = layout.filter_block(hashes, blocks) * layout.FILTER_BLOCK
    for probe in layout.filter_bits(hashes):
        np.bitwise_or.at(bits, base + (probe >> 3), np.left_shift(1, probe & 7).astype("u1"))
    return bits.tobytes()


def _by_id(ident: Array) -> bytes:
    if len(ident) < layout.ID_INDEX_FROM:
        return b""
    order = np.argsort(ident, kind="stable").astype("<u4")
    return order[int((ident == 0).sum()) :].tobytes()


def _forms(builder: "GazetteerBuilder", new_row: Array, weight: Array) -> dict[str, dict[str, list[int]]]:
    return {
        kind: {
            form: [int(new_row[row]) for row in sorted(rows, key=lambda row: -int(weight[row]))]
            for form, rows in forms.items()
        }
        for kind, forms in builder.forms.items()
    }


def _counts(builder: "GazetteerBuilder") -> dict[str, dict[str, int]]:
    by_feature = np.bincount(np.frombuffer(builder.feature, "u2"), minlength=len(builder.features)).tolist()
    by_country = np.bincount(np.frombuffer(builder.country, "u2"), minlength=len(builder.countries)).tolist()
    return {
        "feature": dict(zip(builder.features, by_feature, strict=True)),
        "country": dict(zip(builder.countries, by_country, strict=True)),
    }

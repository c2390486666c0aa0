"""The name index of a gazetteer file: tagged keys to rows, and which words may begin a longer name."""

from struct import Struct
from typing import Final

from geoevents.places import layout
from geoevents.places.store import Section, Store

_PAIR: Final = Struct("<II")
#: from so many rows of one name on the rest is read at once
_MANY: Final = 64


class NameIndex:
    """Rows by tagged key."""

    def __init__(self, store: Store) -> None:
        meta = store.metadata
        self._buckets, self._entries = store.section("buckets"), store.section("entries")
        self._mapped = (self._buckets.all(), self._entries.all()) if store.mapped else None
        self._shift = layout.HASH_BITS - int(meta["bucket_bits"])
        self._width = 4 + int(meta["row_bytes"])
        self.filters: list[Section] = [
            store.section(name) for name in sorted(meta["sections"]) if name.startswith("prefixes")
        ]

    def rows(self, tagged_key: str) -> list[int]:
        """Rows entered under a tagged key, most important first."""
        hashed = layout.hash_of(tagged_key)
        bucket = hashed >> self._shift
        width = self._width
        if self._mapped:  # without a call for each read: most look-ups are of the bundled world
            start, stop = _PAIR.unpack_from(self._mapped[0], 4 * bucket)
            entries = bytes(self._mapped[1][width * start : width * stop])
        else:
            start, stop = _PAIR.unpack(self._buckets.read(4 * bucket, 4 * bucket + 8))
            entries = bytes(self._entries.read(width * start, width * stop)) if start < stop else b""
        low = (hashed & 0xFFFFFFFF).to_bytes(4, "little")
        at = entries.find(low)
        while at >= 0 and at % width:  # across two entries: by chance
            at = entries.find(low, at + 1)
        rows = []
        while at >= 0 and entries[at : at + 4] == low:
            rows.append(int.from_bytes(entries[at + 4 : at + width], "little"))
            at += width
            if len(rows) == _MANY:
                return rows + _rest(entries, at, low, width)
        return rows

    def starts(self, words_key: str) -> bool:
        """Whether a longer name may begin with these whole words."""
        hashed = layout.hash_of(words_key)
        return any(_has(section, hashed) for section in self.filters)


def _rest(entries: bytes, at: int, low: bytes, width: int) -> list[int]:
    """Rows of the entries from an offset on that have the same lower bits: a name that very many places bear."""
    import numpy as np

    table = np.frombuffer(entries, "u1", offset=at).reshape(-1, width)
    mine = (table[:, :4] == np.frombuffer(low, "u1")).all(axis=1)
    count = int(mine.argmin()) if not mine.all() else len(mine)
    padded = np.zeros((count, 4), "u1")
    padded[:, : width - 4] = table[:count, 4:]
    rows: list[int] = padded.view("<u4").ravel().tolist()
    return rows


def _has(section: Section, hashed: int) -> bool:
    at = layout.filter_block(hashed, section.size // layout.FILTER_BLOCK) * layout.FILTER_BLOCK
    block = int.from_bytes(section.read(at, at + layout.FILTER_BLOCK), "little")
    return all(block >> bit & 1 for bit in layout.filter_bits(hashed))

"""The name index of a gazetteer file: tagged keys to rows, and which words may begin a longer name."""

from struct import Struct
from typing import Final

from geoevents.places import layout
from geoevents.places.store import Section, Store

_PAIR: Final = Struct("<II")


class NameIndex:
    """Rows by tagged key."""

    def __init__(self, store: Store) -> None:
        meta = store.metadata
        self._buckets, self._entries = store.section("buckets"), store.section("entries")
        self._shift = layout.HASH_BITS - int(meta["bucket_bits"])
        self._width = 4 + int(meta["row_bytes"])
        self.filters: list[Section] = [
            store.section(name) for name in sorted(meta["sections"]) if name.startswith("prefixes")
        ]

    def rows(self, tagged_key: str) -> list[int]:
        """Rows entered under a tagged key, most important first."""
        hashed = layout.hash_of(tagged_key)
        bucket = hashed >> self._shift
        start, stop = _PAIR.unpack(self._buckets.read(4 * bucket, 4 * bucket + 8))
        if start == stop:
            return []
        width = self._width
        entries = bytes(self._entries.read(width * start, width * stop))
        low = (hashed & 0xFFFFFFFF).to_bytes(4, "little")
        at = entries.find(low)
        while at >= 0 and at % width:  # across two entries: by chance
            at = entries.find(low, at + 1)
        rows = []
        while at >= 0 and entries[at : at + 4] == low:
            rows.append(int.from_bytes(entries[at + 4 : at + width], "little"))
            at += width
        return rows

    def starts(self, words_key: str) -> bool:
        """Whether a longer name may begin with these whole words."""
        hashed = layout.hash_of(words_key)
        return any(_has(section, hashed) for section in self.filters)


def _has(section: Section, hashed: int) -> bool:
    at = layout.filter_block(hashed, section.size // layout.FILTER_BLOCK) * layout.FILTER_BLOCK
    block = int.from_bytes(section.read(at, at + layout.FILTER_BLOCK), "little")
    return all(block >> bit & 1 for bit in layout.filter_bits(hashed))

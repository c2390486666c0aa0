"""The name index of a gazetteer file: tagged keys to rows, and which words may begin a longer name."""

from struct import Struct
from typing import Final

from geoevents.places import layout
from geoevents.places.store import Section, Store

#: rows of entries, of three bytes (lower two and upper one) and of four; the hash before them is passed over
_NARROW: Final = Struct("<4xHB")
_WIDE: Final = Struct("<4xI")


class NameIndex:
    """Rows by tagged key.

    The bounds of the buckets are kept in memory (8 MB for 12 million places with 15 million other names), so that a
    look-up in a paged file reads one stretch of one section.
    """

    def __init__(self, store: Store) -> None:
        meta = store.metadata
        self._bounds = store.section("buckets").numbers()
        self._entries = store.section("entries")
        self._mapped = self._entries.all() if store.mapped else None
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
        start, stop = width * self._bounds[bucket], width * self._bounds[bucket + 1]
        if start == stop:
            return []
        if self._mapped is not None:  # without a call for each read: most look-ups are of the bundled world
            entries = bytes(self._mapped[start:stop])
        else:
            entries = bytes(self._entries.read(start, stop))
        low = (hashed & 0xFFFFFFFF).to_bytes(4, "little")
        at = entries.find(low)
        while at >= 0 and at % width:  # across two entries: by chance
            at = entries.find(low, at + 1)
        if at < 0:
            return []
        found = entries[at : _end_of_run(entries, at, low, width)]
        if width == _NARROW.size:
            return [lower | upper << 16 for lower, upper in _NARROW.iter_unpack(found)]
        return [row for (row,) in _WIDE.iter_unpack(found)]

    def starts(self, words_key: str) -> bool:
        """Whether a longer name may begin with these whole words."""
        hashed = layout.hash_of(words_key)
        return any(_has(section, hashed) for section in self.filters)


def _end_of_run(entries: bytes, at: int, low: bytes, width: int) -> int:
    """Where the entries with these lower bits end that begin at an offset: sorted, they lie together.

    A name of one place is the rule, one of thousands is met too: the steps double, then halve.
    """
    step = width
    while entries[at + step : at + step + 4] == low:
        at += step
        step *= 2
    while step > width:
        step //= 2
        if entries[at + step : at + step + 4] == low:
            at += step
    return at + width


def _has(section: Section, hashed: int) -> bool:
    at = layout.filter_block(hashed, section.size // layout.FILTER_BLOCK) * layout.FILTER_BLOCK
    block = int.from_bytes(section.read(at, at + layout.FILTER_BLOCK), "little")
    return all(block >> bit & 1 for bit in layout.filter_bits(hashed))

"""What lies in the sections of a gazetteer file; shared by the builder and the reader.

``places``
    One fixed-width record a place, in the order of the grid cells, so that neighbours lie together:
    latitude and longitude in 1e-5 degrees, GeoNames id (0: none), population, area it lies in (index into ``areas``
    plus one), importance (1/65535), radius (0.1 km), feature and country (indices into the metadata's tables).
``names``
    In the order of the rows: length in bytes (u8) and name in UTF-8. Where the GeoNames id is 0, a zero byte, the
    length of the id and the id stand before; an area's id is its code (``adm:IQ.15``) and is not repeated.
``name_blocks``
    Offset of every 16th row's name, and the end.
``areas``, ``area_codes``
    Rows of the places that others lie in (countries, divisions), in the order of the rows, and their codes (``IQ``,
    ``IQ.15``), one a line. The `area` of an area is the next larger one.
``buckets``, ``entries``
    The index of names: 48-bit hashes of tagged keys. The upper bits choose a bucket; ``buckets[i]:buckets[i + 1]`` are
    its entries, each the lower 32 bits and a row (3 bytes, 4 in files of more than 16 million places), sorted by these
    bits and then by falling importance. There are 65,536 buckets or more, so that bucket and entry together give the
    whole hash and a file can be taken into a larger one. A name that is in no gazetteer meets a place by chance in 1
    of 10 million cases at the most.
    Short forms and demonyms, about a thousand, stand in the metadata: kind → key → rows.
``prefixes``, ``prefixes_1``…
    Blocked Bloom filters of the leading words of names of several words.
``cells``
    ``cells[i]:cells[i + 1]`` are the rows in grid cell i (row-major from 90 S 180 W).
``by_id``
    Rows sorted by GeoNames id; only in files of more than a million places, smaller ones are scanned.
"""

from hashlib import blake2b
from typing import Any, Final

#: tags keep the kinds of keys apart in one index
NAME: Final = ""
LOOSE: Final = "~"
IDENTIFIER: Final = "#"

DEGREES: Final = 100_000
IMPORTANCE: Final = 65535
RADIUS: Final = 10
HASH_BITS: Final = 48
#: with so many upper bits, bucket and entry give the whole hash
FEWEST_BUCKET_BITS: Final = HASH_BITS - 32
#: entries a bucket holds at most on average (half as many at least: the number of buckets is a power of two)
BUCKET_ENTRIES: Final = 16
#: names are found from the offset of the first of so many
NAMES_PER_BLOCK: Final = 16
#: from here on a scan for an id takes longer than a millisecond, and the file holds an index
ID_INDEX_FROM: Final = 1_000_000
#: one block of the Bloom filter is one cache line
FILTER_BLOCK: Final = 64
FILTER_BITS_PER_KEY: Final = 12
FILTER_PROBES: Final = 5
_FILTER_BLOCK_SHIFT: Final = 18


def hash_of(tagged_key: str) -> int:
    """48-bit hash of a tagged key; the same on every machine."""
    return int.from_bytes(blake2b(tagged_key.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "little")


def filter_bits(hashed: Any) -> tuple[Any, ...]:
    """Bits of a hash (or of an array of them) within its block of the filter, from its lowest 18 bits."""
    first, step = hashed & 511, hashed >> 9 & 511 | 1
    return tuple((first + i * step) & 511 for i in range(FILTER_PROBES))


def filter_block(hashed: Any, blocks: int) -> Any:
    """Block of a hash (or of an array of them) in a filter, from its upper 30 bits."""
    return (hashed >> _FILTER_BLOCK_SHIFT) % blocks

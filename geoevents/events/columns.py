"""Incidents as a table of numbers, so that millions of pairs can be weighed at once.

Names become 64-bit hashes that are the same on any machine; 0 stands for "none". Days are ordinals of the proleptic
Gregorian calendar.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.codes import EVENT_TYPE_OF
from geoevents.model import Actor, Count, Incident, Location, Source
from geoevents.text.rarity import UNKNOWN, rarities

Table = NDArray[Any]

NO_DAY: Final = -1
NO_COUNT: Final = -1
KINDS: Final = tuple(EVENT_TYPE_OF)
_KIND_NUMBER: Final = {kind: number for number, kind in enumerate(KINDS)}
_MOST_PEOPLE: Final = 2**31 - 1
#: runners-up of a place that are kept: beyond the third they are hardly ever right
OTHERS: Final = 3
#: a keyword's weight falls with its rank as if it were gone at this one; on GVA as good as counting words (B³ F1 .861)
_LAST_RANK: Final = 60
#: a word in a greater share of the articles tells no event from another; in so few articles, it always may
_BOILERPLATE: Final = 1 / 3
_FEW_ARTICLES: Final = 8
_NO_WORD: Final = re.compile(r"[^\w']+")
#: actors of these kinds may be anybody: that two events have them in common says nothing, that they differ neither
_ANYBODY: Final = frozenset(("unidentified", "civilians", "protesters", "other"))

ROW: Final = np.dtype(
    [
        ("doc", "i8"),
        ("publisher", "i8"),
        ("published", "i4"),
        ("first", "i4"),  # window it happened in
        ("last", "i4"),
        ("date_prec", "i1"),
        ("dated", "?"),  # whether the text states the date
        ("named", "?"),  # whether it names the very day ("14 September"), and not by a weekday
        ("lat", "f4"),  # degrees; NaN where unknown
        ("lon", "f4"),
        ("radius", "f4"),  # km
        ("certainty", "f4"),  # of the place
        ("where_prec", "i1"),  # 0 where unknown
        ("place", "i8"),
        ("name", "i8"),  # of the words that name the place
        ("country", "i8"),
        ("others", "i8", (OTHERS,)),  # places the name could have meant
        ("kind", "i1"),
        ("clarity", "i1"),
        ("killed", "i4", (2,)),  # low and high; the best where the end is open
        ("injured", "i4", (2,)),
        ("side_a", "i8"),
        ("side_b", "i8"),
    ]
)


@lru_cache(maxsize=1 << 20)
def name_hash(name: str) -> int:
    """63-bit hash of a name, never 0; the same on any machine."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 1) or 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Incidents as numbers.

    Attributes
    ----------
    table
        One row of :data:`ROW` an incident.
    words, weights, rarities
        Hashes of all keywords, incident after incident, most telling first; their share of the incident (squares of an
        incident add up to 1); how rare they are in news (:mod:`geoevents.text.rarity`).
    ends
        Where each incident's keywords begin, and where the last one's end: ``words[ends[i]:ends[i + 1]]``.
    """

    table: Table
    words: NDArray[np.int64]
    weights: NDArray[np.float32]
    rarities: NDArray[np.float32]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.table)


def columns_of(incidents: Sequence[Incident], sources: Mapping[str, Source]) -> Columns:
    """Columns of `incidents`, in their order, without words that tell nothing in this collection."""
    columns = all_columns_of(incidents, sources)
    return without_words(columns, boilerplate(columns))


def all_columns_of(incidents: Sequence[Incident], sources: Mapping[str, Source]) -> Columns:
    """Columns of `incidents`, in their order, with all their keywords.

    What an incident has here depends on nothing but the incident and its article.
    """
    count = len(incidents)
    table = np.fromiter((_row(incident, sources.get(incident.doc_id)) for incident in incidents), ROW, count)
    lengths = np.fromiter((len(incident.keywords) for incident in incidents), np.int64, count)
    ends = _ends(lengths)
    words = np.fromiter((name_hash(w) for incident in incidents for w in incident.keywords), np.int64, ends[-1])
    rare = np.fromiter((rarity for incident in incidents for rarity in _rarities(incident)), np.float64, ends[-1])
    return Columns(table, words, _shares(rare, ends), rare.astype(np.float32), ends)


def boilerplate(columns: Columns) -> NDArray[np.int64]:
    """Words that so many articles of the collection have that they tell nothing: footers, the war's name; sorted."""
    owners = np.repeat(np.arange(len(columns)), np.diff(columns.ends))
    articles, docs = np.unique(columns.table["doc"], return_inverse=True)
    numbers, words = np.unique(columns.words, return_inverse=True)
    said = distinct(words.astype(np.int64) * max(1, len(articles)) + docs[owners]) // max(1, len(articles))
    articles_of_word = np.bincount(said, minlength=len(numbers))
    found: NDArray[np.int64] = numbers[articles_of_word > max(_FEW_ARTICLES, _BOILERPLATE * len(articles))]
    return found


def without_words(columns: Columns, words: NDArray[np.int64]) -> Columns:
    """Columns without these keywords; what the others are worth stays."""
    kept = ~np.isin(columns.words, words)
    ends = np.concatenate(([0], np.cumsum(kept)))[columns.ends]
    return Columns(columns.table, columns.words[kept], columns.weights[kept], columns.rarities[kept], ends)


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Values without copies, sorted; as :func:`numpy.unique`, which hashes and takes 60 times as long for millions."""
    ordered = np.sort(values)
    found: NDArray[np.int64] = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return found


def _ends(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(lengths)))


# -- as bytes ----------------------------------------------------------------------------------------------------------

_BYTES: Final = ROW.newbyteorder("<")
_WORD: Final = np.dtype("<i8")
#: rarities go in steps of a quarter up to 8: exact in two bytes
_RARITY: Final = np.dtype("<f2")


def packed(columns: Columns) -> Iterator[bytes]:
    """Each incident's columns as bytes, the same on any machine: its row, its words, how rare they are."""
    table, words = columns.table.astype(_BYTES), columns.words.astype(_WORD)
    rare = columns.rarities.astype(_RARITY)
    for number, (start, end) in enumerate(pairwise(columns.ends.tolist())):
        yield table[number].tobytes() + words[start:end].tobytes() + rare[start:end].tobytes()


def unpacked(parts: Sequence[bytes]) -> Columns:
    """Columns of incidents whose own are `parts`; see :func:`packed`.

    Raises
    ------
    ValueError
        If one is of no such length.
    """
    row, each = _BYTES.itemsize, _WORD.itemsize + _RARITY.itemsize
    lengths = np.fromiter(((len(part) - row) // each for part in parts), np.int64, len(parts))
    if any(len(part) != row + each * length for part, length in zip(parts, lengths.tolist(), strict=True)):
        raise ValueError("columns of an incident are cut off")
    middles = (row + _WORD.itemsize * lengths).tolist()
    table = np.frombuffer(b"".join([part[:row] for part in parts]), _BYTES).astype(ROW)
    words = b"".join([part[row:middle] for part, middle in zip(parts, middles, strict=True)])
    rare = b"".join([part[middle:] for part, middle in zip(parts, middles, strict=True)])
    rarities, ends = np.frombuffer(rare, _RARITY).astype(np.float32), _ends(lengths)
    shares = _shares(rarities.astype(np.float64), ends)
    return Columns(table, np.frombuffer(words, _WORD).astype(np.int64), shares, rarities, ends)


# -- one incident --------------------------------------------------------------------------------------------------


def _row(incident: Incident, source: Source | None) -> tuple[Any, ...]:
    when, where = incident.when, incident.where
    published = source.published if source else None
    return (
        name_hash(incident.doc_id),
        name_hash(source.publisher.casefold()) if source and source.publisher else 0,
        published.toordinal() if published else NO_DAY,
        when.start.toordinal() if when else NO_DAY,
        when.end.toordinal() if when else NO_DAY,
        when.prec if when else 0,
        bool(when and when.text),
        bool(when and when.prec == 1 and any(map(str.isdigit, when.text))),
        *(_spot(where) if where else _NOWHERE),
        _KIND_NUMBER[incident.sub_event_type],
        incident.event_clarity,
        _bounds(incident.killed),
        _bounds(incident.injured),
        _actor(incident.side_a),
        _actor(incident.side_b),
    )


_NOWHERE: Final = (np.nan, np.nan, np.nan, 0.0, 0, 0, 0, 0, (0,) * OTHERS)


def _spot(where: Location) -> tuple[Any, ...]:
    name = where.text[max(0, where.mention_start - where.start) : max(0, where.mention_end - where.start)]
    others = [name_hash(candidate.place.id) for candidate in islice(where.alternatives, OTHERS)]
    return (
        where.latitude,
        where.longitude,
        where.radius_km,
        round(where.confidence, 3),
        where.where_prec,
        name_hash(where.place.id),
        name_hash((name or where.place.name).casefold()),
        name_hash(where.place.country_code) if where.place.country_code else 0,
        tuple(others + [0] * (OTHERS - len(others))),
    )


def _bounds(count: Count | None) -> tuple[int, int]:
    if count is None:
        return NO_COUNT, NO_COUNT
    high = count.best if count.high is None else count.high
    return min(count.low, _MOST_PEOPLE), min(high, _MOST_PEOPLE)


def _actor(actor: Actor | None) -> int:
    return name_hash(actor.name.casefold()) if actor and actor.kind not in _ANYBODY else 0


def _rarities(incident: Incident) -> list[float]:
    """How rare the keywords are; the name of the place counts as a place, and not once more as a word."""
    known, named = rarities(), _place_names(incident.where)
    return [0.0 if word in named else known.get(word, UNKNOWN) for word in incident.keywords]


def _place_names(where: Location | None) -> frozenset[str]:
    if where is None:
        return frozenset()
    names = f"{where.text} {where.place.name} {where.place.admin1}"
    return frozenset(_NO_WORD.sub(" ", names.lower()).split())


def _shares(rare: NDArray[np.float64], ends: NDArray[np.int64]) -> NDArray[np.float32]:
    """Share of each keyword in its incident, by rarity and rank."""
    owners = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    ranks = np.arange(len(rare)) - ends[owners]
    weights = rare * (1 - ranks / _LAST_RANK).clip(0)
    lengths = np.sqrt(np.bincount(owners, weights * weights, len(ends) - 1))
    shares: NDArray[np.float32] = (weights / np.where(lengths == 0, 1.0, lengths)[owners]).astype(np.float32)
    return shares

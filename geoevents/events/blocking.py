"""Which pairs of incidents are worth weighing: those that share a key.

Comparing all pairs would take a million incidents half a trillion comparisons. Instead each incident is given keys,
and only incidents that share one are compared. A key is a day and a cell of the map, a telling word, such a word and a
month, or two of them together (for what is told long afterwards). Wide windows and discs are covered by all their days
and cells, so that whatever may have been on one day at one spot shares a key.

A key that very many incidents have tells nothing and is passed over: it is crowded. Which keys are crowded is a matter
of the whole collection, so keys are made for all of it, also where pairs are wanted for a part only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.events.columns import NO_DAY, Columns, distinct

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: degrees of latitude a cell is high, and as many km wide. 25 km tell events apart (UCDP): about twice that
_CELL: Final = 0.5
_KM_A_DEGREE: Final = 111.2
#: km two reports of one place may lie apart beyond their radii and still share a cell
_SLACK_KM: Final = 12.0
#: days two reports of one event may lie apart beyond their windows and still share a day
_SLACK_DAYS: Final = 1
#: a disc or a window larger than this is no help in finding pairs; its words are
_WIDEST_KM: Final = 60.0
_LONGEST_DAYS: Final = 8
#: days of a bucket of words; buckets overlap by half
_BUCKET_DAYS: Final = 32
#: how many of its most telling words an incident is found by, alone and in pairs
_LONE_WORDS: Final = 16
_MONTH_WORDS: Final = 10
_PAIRED_WORDS: Final = 7
#: what a key is made of; stands in its two lowest bits
_DAY_AND_CELL, _WORD, _WORD_AND_MONTH, _TWO_WORDS = range(4)
#: a key that more incidents have is crowded: the worst day of a city at war; a word that so many incidents of a month
#: share is the name of a place, a party or a president
_CROWD: Final = np.array([400, 50, 50, 50])
#: pairs held at once before copies are taken out
_MANY: Final = 1 << 24

_MIX: Final = [np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)]


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of incidents: ``owners[i]`` numbers the incident that has ``keys[i]``; sorted by key, then owner."""

    keys: Ints
    owners: NDArray[np.int32]

    @property
    def sizes(self) -> tuple[Ints, Ints]:
        """Where the run of each distinct key begins, and how long it is."""
        starts = np.flatnonzero(np.concatenate(([True], self.keys[1:] != self.keys[:-1]))) if len(self.keys) else _NONE
        return starts, np.diff(np.append(starts, len(self.keys)))


_NONE: Final = np.zeros(0, np.int64)


def keys_of(columns: Columns) -> Iterator[Keys]:
    """Keys of all incidents, one kind of key after another."""
    for make in (_days_and_cells, _lone_words, _words_and_months, _pairs_of_words):
        parts = list(make(columns))
        owners = np.concatenate([np.zeros(0, np.int32), *(owner for owner, _ in parts)])
        keys = np.concatenate([_NONE, *(key for _, key in parts)])
        order = np.lexsort((owners, keys))
        yield Keys(keys[order], owners[order])


def crowded_keys(kinds: Iterable[Keys]) -> Ints:
    """Keys that too many incidents have, sorted."""
    found = [_NONE]
    for keys in kinds:
        starts, sizes = keys.sizes
        kept = keys.keys[starts]
        found.append(kept[sizes > _CROWD[kept & 3]])
    return np.sort(np.concatenate(found))


def candidate_pairs(
    columns: Columns, part: Flags | None = None, kinds: Iterable[Keys] | None = None
) -> tuple[Ints, Ints]:
    """Numbers of the incidents of each pair that shares a key, first below second, in order.

    Parameters
    ----------
    part
        Flags of incidents: only pairs that hold one of these are wanted. All where None.
    kinds
        What :func:`keys_of` gave for `columns`, where it is at hand.
    """
    found = _NONE
    for keys in keys_of(columns) if kinds is None else kinds:
        waiting: list[Ints] = []
        for pairs in _pairs(keys, part):
            waiting.append(_possible(columns, pairs))
            if sum(map(len, waiting)) > _MANY:
                waiting = [distinct(np.concatenate(waiting))]
        found = distinct(np.concatenate([found, *waiting]))
    return found >> 32, found & 0xFFFFFFFF


def _possible(columns: Columns, pairs: Ints) -> Ints:
    """Drop pairs of one article, and of a total with a single event: no evidence makes them one."""
    first, second = (
        columns.table[["doc", "clarity"]][pairs >> 32],
        columns.table[["doc", "clarity"]][pairs & 0xFFFFFFFF],
    )
    kept: Ints = pairs[(first["doc"] != second["doc"]) & (first["clarity"] == second["clarity"])]
    return kept


def _pairs(keys: Keys, part: Flags | None) -> Iterator[Ints]:
    """Pairs of incidents that share a key, one of them in `part`, as ``first << 32 | second``, with copies."""
    starts, sizes = keys.sizes
    free = sizes <= _CROWD[keys.keys[starts] & 3]
    if part is not None and len(starts):
        free &= np.logical_or.reduceat(part[keys.owners], starts)
    for size in distinct(sizes[free & (sizes > 1)]):
        groups = starts[free & (sizes == size)]
        first, second = np.triu_indices(size, 1)
        step = max(1, _MANY // len(first))
        for at in range(0, len(groups), step):
            members = keys.owners[groups[at : at + step, None] + np.arange(size)].astype(np.int64)
            pairs = ((members[:, first] << 32) | members[:, second]).ravel()
            yield pairs if part is None else pairs[part[pairs >> 32] | part[pairs & 0xFFFFFFFF]]


# -- the kinds of keys -------------------------------------------------------------------------------------------

_Part = tuple[NDArray[np.int32], Ints]


def _days_and_cells(columns: Columns) -> Iterator[_Part]:
    table = columns.table
    days = table["last"] - table["first"] + 1 + _SLACK_DAYS
    with np.errstate(invalid="ignore"):
        usable = (table["first"] != NO_DAY) & (days <= _LONGEST_DAYS) & (table["radius"] <= _WIDEST_KM)
    who = np.flatnonzero(usable).astype(np.int32)
    for chosen, row, column in _cells(table[who]):
        owners = who[chosen]
        for step in range(_LONGEST_DAYS):
            more = days[owners] > step
            day = table["first"][owners[more]] + step
            yield owners[more], _key(_DAY_AND_CELL, row[more], column[more], day)


def _cells(table: NDArray[np.void]) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Cells that discs touch: (numbers of the discs, rows, columns), each disc and cell once."""
    lat, lon = table["lat"].astype(float), table["lon"].astype(float)
    reach = (table["radius"] + _SLACK_KM) / _KM_A_DEGREE
    lowest, highest = np.floor((lat - reach) / _CELL).astype(int), np.floor((lat + reach) / _CELL).astype(int)
    for step in range(int((highest - lowest).max(initial=-1)) + 1):
        discs = np.flatnonzero(lowest + step <= highest)
        row = lowest[discs] + step
        around = np.maximum(1, np.round(360 / _CELL * np.cos(np.radians((row + 0.5) * _CELL)))).astype(int)
        wide = np.minimum(reach[discs] / np.maximum(0.01, np.cos(np.radians(lat[discs]))), 90.0)
        west = np.floor((lon[discs] - wide) / 360 * around).astype(int)
        east = np.floor((lon[discs] + wide) / 360 * around).astype(int)
        for move in range(int((east - west).max(initial=-1)) + 1):
            more = west + move <= east
            yield discs[more], row[more], (west + move)[more] % around[more]


def _lone_words(columns: Columns) -> Iterator[_Part]:
    for rank in range(_LONE_WORDS):
        who, words = _words_at(columns, rank)
        nothing = np.zeros(len(who), int)
        yield who, _key(_WORD, words, nothing, nothing)


def _words_and_months(columns: Columns) -> Iterator[_Part]:
    table = columns.table
    day = np.where(table["dated"] | (table["published"] == NO_DAY), table["first"], table["published"])
    for rank in range(_MONTH_WORDS):
        who, words = _words_at(columns, rank)
        for half in (0, _BUCKET_DAYS // 2):
            bucket = (day[who] + half) // _BUCKET_DAYS
            yield who, _key(_WORD_AND_MONTH, words, bucket, np.full(len(who), half))


def _pairs_of_words(columns: Columns) -> Iterator[_Part]:
    for one, other in combinations(range(_PAIRED_WORDS), 2):
        who, second = _words_at(columns, other)
        first = columns.words[columns.ends[who] + one]
        yield who, _key(_TWO_WORDS, np.minimum(first, second), np.maximum(first, second), np.zeros(len(who), int))


def _words_at(columns: Columns, rank: int) -> tuple[NDArray[np.int32], Ints]:
    """Incidents that have a keyword of `rank`, and the word."""
    who = np.flatnonzero(np.diff(columns.ends) > rank).astype(np.int32)
    return who, columns.words[columns.ends[who] + rank]


def _key(kind: int, *parts: Ints) -> Ints:
    """Hash of three columns of numbers, with the kind of key in its lowest bits."""
    mixed = np.zeros(len(parts[0]), np.uint64)
    for odd, part in zip(_MIX, parts, strict=True):
        mixed = (mixed ^ part.astype(np.int64).view(np.uint64)) * odd
        mixed ^= mixed >> np.uint64(29)
    return ((mixed.view(np.int64) >> 3) << 2) | kind

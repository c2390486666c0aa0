"""What an earlier merging left, and which incidents have to be joined anew because of what came, changed or went.

What event an incident is in is a matter of its chain alone: of the incidents that likely pairs link it to, one after
the other (:mod:`geoevents.events.joining`). So only chains that something happened to are joined anew: an incident of
theirs is new or gone, is linked to a new one, has a key that became crowded or is so no more, a word that became
boilerplate or is so no more, or is named in a decision. All others would come out as they did.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.events.blocking import Flags, Keys, crowded_keys, keys_of
from geoevents.events.columns import Columns, boilerplate, distinct, without_words
from geoevents.events.evidence import Wording
from geoevents.events.joining import Part, likely_pairs, weighed_pairs
from geoevents.events.settling import event_id
from geoevents.events.weighing import Weights

Ints = NDArray[np.int64]

_NONE: Final = np.zeros(0, np.int64)
#: where more than this share of the incidents is touched, all are joined anew: it is no slower
_MOST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """Ids of all incidents and of their articles, in the order of the first; their records may lie elsewhere."""

    ids: Sequence[str]
    doc_ids: Sequence[str]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells whether an event comes out as before: its size, how sure it was, whether people decided about it."""

    members: int
    confidence: float
    decided: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """What an earlier merging left of the incidents there are now, by their numbers.

    Attributes
    ----------
    fresh
        Whether it did not see the incident as it is now.
    chains
        Label of the incident's chain; -1 where it is fresh.
    lost
        Whether the incident's chain has lost a member.
    events
        Id of the event it was put in; None where it is fresh, or people dropped the event.
    marks
        Event's id → its mark.
    reasons
        Ids of the two incidents of a close call → the words for it.
    boilerplate, crowded
        Words and keys that told nothing, sorted.
    decided
        All names by which decisions meant incidents.
    """

    fresh: Flags
    chains: Ints
    lost: Flags
    events: Sequence[str | None]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    boilerplate: Ints = field(default_factory=lambda: _NONE)
    crowded: Ints = field(default_factory=lambda: _NONE)
    decided: frozenset[str] = frozenset()

    @classmethod
    def nothing(cls, count: int) -> "Earlier":
        """No merging was before: all is fresh."""
        none = np.zeros(count, bool)
        return cls(fresh=~none, chains=np.full(count, -1), lost=none, events=[None] * count)


@dataclass(frozen=True, slots=True)
class Touched:
    """What has to be joined anew.

    Attributes
    ----------
    columns
        Of all incidents, without words that tell nothing.
    part
        What to join; None where it is all.
    boilerplate, crowded
        Words and keys that tell nothing now, sorted.
    """

    columns: Columns
    part: Part | None
    boilerplate: Ints
    crowded: Ints


def touched(
    told: Told, columns: Columns, earlier: Earlier, names: Collection[str], weights: Weights, least: float
) -> Touched:
    """Find the incidents whose chains something happened to since an earlier merging.

    Parameters
    ----------
    columns
        Of all incidents, with all their keywords (:func:`geoevents.events.columns.all_columns_of`).
    names
        By which decisions mean incidents now.
    """
    common = boilerplate(columns)
    moved = earlier.fresh | _having_words(columns, np.setxor1d(common, earlier.boilerplate))
    columns = without_words(columns, common)
    kinds = list(keys_of(columns))
    crowded = crowded_keys(kinds)
    moved |= _having_keys(kinds, np.setxor1d(crowded, earlier.crowded), len(told))
    flags = moved | earlier.lost | _named(told, earlier.decided.union(names))
    if np.count_nonzero(moved) <= _MOST * len(told):
        links = likely_pairs(weighed_pairs(columns, Wording(columns), weights, Part(moved, _NONE, kinds)), least)
        flags[links.first] = flags[links.second] = True
        flags |= np.isin(earlier.chains, distinct(earlier.chains[flags & ~earlier.fresh])) & ~earlier.fresh
    else:
        flags[:] = True
    part = None if np.count_nonzero(flags) > _MOST * len(told) else Part(flags, _homes(earlier.events), kinds)
    return Touched(columns, part, common, crowded)


def _having_words(columns: Columns, words: Ints) -> Flags:
    found = np.zeros(len(columns), bool)
    found[np.repeat(np.arange(len(columns)), np.diff(columns.ends))[np.isin(columns.words, words)]] = True
    return found


def _having_keys(kinds: Sequence[Keys], wanted: Ints, count: int) -> Flags:
    found = np.zeros(count, bool)
    for keys in kinds:
        found[keys.owners[np.isin(keys.keys, wanted)]] = True
    return found


def _named(told: Told, names: Collection[str]) -> Flags:
    """Incidents that decisions may mean."""
    if not names:
        return np.zeros(len(told), bool)
    return np.fromiter(
        (
            one in names or doc_id in names or event_id(one) in names
            for one, doc_id in zip(told.ids, told.doc_ids, strict=True)
        ),
        bool,
        len(told),
    )


def _homes(events: Sequence[str | None]) -> Ints:
    """First incident of each one's event."""
    first: dict[str | None, int] = {}
    return np.array([first.setdefault(event, number) for number, event in enumerate(events)], np.int64)

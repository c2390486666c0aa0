"""From incidents to groups of one event each: candidate pairs, weighed, then joined; and what was a close call.

Incidents are taken in the order of their ids, whatever order they came in, so that the result is a matter of the set.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoevents.events.blocking import Flags, Keys, candidate_pairs
from geoevents.events.clustering import SMALL, Linkage, Pairs, groups
from geoevents.events.columns import NO_COUNT, Columns
from geoevents.events.evidence import Wording
from geoevents.events.weighing import Weights, log_odds, probability, vetoed

Ints = NDArray[np.int64]

#: two events whose most alike incidents reach this probability, but were kept apart, are a close call
_CLOSE: Final = 0.25
#: an event that holds together no better than this is a close call
_LOOSE: Final = 0.7
#: pairs less likely than this never link two incidents; they count against a group all the same
_LINK: Final = 0.5
#: decimals of a group's confidence: as many as a stored event keeps
_PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents of one event, by number in rising order.

    Attributes
    ----------
    confidence
        Probability that the least sure member belongs; 1 where there is one alone.
    weakest
        Place in `members` of that least sure one.
    """

    members: tuple[int, ...]
    confidence: float = 1.0
    weakest: int = 0


@dataclass(frozen=True, slots=True)
class Close:
    """Two incidents of different groups that were nearly joined."""

    first: int
    second: int
    probability: float


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining found.

    Attributes
    ----------
    groups
        All groups, in order of their first members.
    close
        Pairs that were nearly joined.
    chains
        For each incident, the first of those that a chain of likely pairs links it to. What group an incident is in is
        a matter of its chain alone.
    """

    groups: tuple[Group, ...]
    close: tuple[Close, ...]
    chains: Ints


@dataclass(frozen=True, slots=True)
class Part:
    """Incidents to join, where what is known of the others stays; no likely pair may link these to those.

    Attributes
    ----------
    flags
        Whether each incident is one of them.
    home
        For the others, the first incident of their group.
    kinds
        Keys of all incidents, as :func:`geoevents.events.blocking.keys_of` gave them.
    """

    flags: Flags
    home: Ints
    kinds: Sequence[Keys]


def loose(groups: Iterable[Group]) -> Iterator[Group]:
    """Find the groups that were only just joined."""
    return (group for group in groups if group.confidence < _LOOSE)


def join(columns: Columns, weights: Weights, least: float, part: Part | None = None) -> Joined:
    """Join the incidents that are one event with a probability of `least` or more.

    Parameters
    ----------
    part
        Which to join; the groups are theirs, and so is one of each close pair. All where None.
    """
    wording, count = Wording(columns), len(columns)
    pairs = weighed_pairs(columns, wording, weights, part)
    needed = _odds(least)
    owner = groups(count, likely_pairs(pairs, least))
    home = np.arange(count)
    alone = np.bincount(owner, minlength=count)[owner] == 1
    if part is not None:
        home[~part.flags] = part.home[~part.flags]
        alone &= part.flags
    found = [Group((int(number),)) for number in np.flatnonzero(alone)]
    for members, inner in _components(owner, pairs):
        for group in _Component(members, inner, columns, wording, weights).groups(needed):
            home[list(group.members)] = group.members[0]
            found.append(group)
    found = _with_mentions(found, home, pairs, columns)
    return Joined(tuple(sorted(found, key=lambda group: group.members)), tuple(_close(home, pairs)), owner)


def weighed_pairs(columns: Columns, wording: Wording, weights: Weights, part: Part | None = None) -> Pairs:
    """Pairs of incidents that share a key, weighed; where there is a `part`, those that hold one of it."""
    first, second = candidate_pairs(columns, part.flags, part.kinds) if part else candidate_pairs(columns)
    return Pairs(first, second, log_odds(columns, wording, first, second, weights))


def likely_pairs(pairs: Pairs, least: float) -> Pairs:
    """Pairs that link two incidents: more likely one event than not, or likely enough to be joined."""
    return pairs.chosen((pairs.odds >= min(_odds(least), _odds(_LINK))) & (pairs.odds > -np.inf))


def _with_mentions(found: Sequence[Group], home: Ints, pairs: Pairs, columns: Columns) -> list[Group]:
    """Give a bare mention to the one event it may tell of; `home` is brought up to date.

    A mention in passing ("eight days ago fighters had attacked a hotel in the same town") counts nobody and says so
    little that it is like no event on average. It goes to the only event that holds an incident it is more likely one
    with than not, and none that a veto parts it from.
    """
    by_home = {group.members[0]: group for group in found}
    alone = np.zeros(len(home), bool)
    alone[[group.members[0] for group in found if len(group.members) == 1]] = True
    for harm in ("killed", "injured"):
        alone &= columns.table[harm][:, 0] == NO_COUNT
    likely = pairs.chosen((pairs.odds >= 0) & (alone[pairs.first] != alone[pairs.second]))
    wanted: dict[int, dict[int, float]] = {}
    for one, other, odds in zip(likely.first.tolist(), likely.second.tolist(), likely.odds.tolist(), strict=True):
        mention, event = (one, int(home[other])) if alone[one] else (other, int(home[one]))
        wanted.setdefault(mention, {})[event] = max(odds, wanted.get(mention, {}).get(event, 0.0))
    for mention, events in sorted(wanted.items()):
        fitting = [event for event in events if not _is_told_apart(mention, by_home[event].members, columns)]
        if len(fitting) != 1:
            continue
        group = by_home.pop(fitting[0])
        del by_home[mention]
        sure = round(probability(events[fitting[0]]), _PLACES)
        members = tuple(sorted((*group.members, mention)))
        weakest = mention if sure < group.confidence else group.members[group.weakest]
        by_home[fitting[0]] = Group(members, min(sure, group.confidence), members.index(weakest))
        home[mention] = fitting[0]
    return list(by_home.values())


def _is_told_apart(incident: int, members: Sequence[int], columns: Columns) -> bool:
    """Whether a veto stands between an incident and any of `members`."""
    return bool(vetoed(columns, np.full(len(members), incident), np.array(members)).any())


def _odds(share: float) -> float:
    return log(share / (1 - share)) if 0 < share < 1 else np.inf * (1 if share else -1)


def _components(owner: Ints, pairs: Pairs) -> Iterator[tuple[Ints, Pairs]]:
    """Find the groups of incidents that pairs link, with the pairs within each."""
    order = np.argsort(owner, kind="stable")
    starts = np.flatnonzero(np.diff(owner[order], prepend=-1))
    ends = np.append(starts, len(order))[1:]
    inside = np.flatnonzero(owner[pairs.first] == owner[pairs.second])
    inside = inside[np.argsort(owner[pairs.first[inside]], kind="stable")]
    homes = owner[pairs.first[inside]]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            low, high = np.searchsorted(homes, [owner[order[start]], owner[order[start]] + 1])
            yield order[start:end], pairs.chosen(inside[low:high])


@dataclass(frozen=True, slots=True)
class _Component:
    """Incidents that a chain of likely pairs links: one event or several."""

    members: Ints
    pairs: Pairs
    columns: Columns
    wording: Wording
    weights: Weights

    def groups(self, needed: float) -> Iterator[Group]:
        pairs = self._all_pairs()
        if len(pairs.odds) == len(self.members) * (len(self.members) - 1) // 2 and pairs.odds.min() >= needed:
            clusters = [self.members.tolist()]
        else:
            linkage = Linkage(self.members.tolist(), pairs)
            linkage.agglomerate(needed)
            clusters = [sorted(cluster) for cluster in linkage.clusters.values()]
        odds = dict(
            zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), pairs.odds.tolist(), strict=True)
        )
        for cluster in clusters:
            yield _sure(cluster, odds)

    def _all_pairs(self) -> Pairs:
        """All pairs of a small group; of a large one those that share a key or an article."""
        size = len(self.members)
        if len(self.pairs.odds) == size * (size - 1) // 2:
            return self.pairs
        if size > SMALL:
            return self.pairs.and_(self._of_one_article())
        first, second = (self.members[side] for side in np.triu_indices(size, 1))
        return self._weighed(first, second)

    def _of_one_article(self) -> Pairs:
        docs: dict[int, list[int]] = {}
        for member, doc in zip(self.members.tolist(), self.columns.table["doc"][self.members].tolist(), strict=True):
            docs.setdefault(doc, []).append(member)
        pairs = [pair for members in docs.values() for pair in combinations(members, 2)]
        first, second = np.array(pairs, np.int64).reshape(-1, 2).T
        return self._weighed(first, second)

    def _weighed(self, first: Ints, second: Ints) -> Pairs:
        return Pairs(first, second, log_odds(self.columns, self.wording, first, second, self.weights))


def _sure(cluster: list[int], odds: dict[tuple[int, int], float]) -> Group:
    """Say how sure a group is: as its least sure member is, by its mean log-odds with the others."""
    if len(cluster) == 1:
        return Group((cluster[0],))
    total, weighed = dict.fromkeys(cluster, 0.0), dict.fromkeys(cluster, 0)
    for pair in combinations(cluster, 2):
        if pair in odds:
            for member in pair:
                total[member] += odds[pair]
                weighed[member] += 1
    means = [total[member] / max(1, weighed[member]) for member in cluster]
    least = min(range(len(cluster)), key=means.__getitem__)
    return Group(tuple(cluster), round(probability(means[least]), _PLACES), least)


def _close(home: Ints, pairs: Pairs) -> Iterator[Close]:
    """Most alike pair of each two groups that are nearly one."""
    near = pairs.chosen((pairs.odds >= _odds(_CLOSE)) & (home[pairs.first] != home[pairs.second]))
    one, other = home[near.first], home[near.second]
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((near.second, near.first, -near.odds, high, low))
    before = (-1, -1)
    for at in order.tolist():
        if (two := (int(low[at]), int(high[at]))) != before:
            yield Close(int(near.first[at]), int(near.second[at]), round(probability(float(near.odds[at])), 4))
        before = two

"""From weighed pairs to events: agglomeration by average score, the best first, with vetoes.

Chains are the danger: that A is like B and B like C does not make A and C one event. So two groups are joined only
where their members are alike on average, and never where a veto stands between any two of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Numbers = NDArray[np.float64]

#: no single pair may outweigh all others of two groups
_STRONGEST: Final = 6.0
#: log-odds of a pair that shares no key, where a group is too large to weigh all its pairs
_UNWEIGHED: Final = -2.0
#: up to so many incidents, all pairs of a group are weighed
SMALL: Final = 200


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of incidents ``first[i] < second[i]``, with log-odds that they are one event; minus infinity is a veto."""

    first: Ints
    second: Ints
    odds: Numbers

    def chosen(self, which: NDArray[np.bool_] | Ints) -> "Pairs":
        """Take some of the pairs, by flags or by numbers."""
        return Pairs(self.first[which], self.second[which], self.odds[which])

    def and_(self, other: "Pairs") -> "Pairs":
        """Put pairs together."""
        first, second = np.concatenate((self.first, other.first)), np.concatenate((self.second, other.second))
        return Pairs(first, second, np.concatenate((self.odds, other.odds)))


def groups(count: int, pairs: Pairs) -> Ints:
    """Find for each of `count` incidents the least of those that a chain of `pairs` links it to."""
    parent = np.arange(count)
    while True:
        before = parent.copy()
        low = np.minimum(parent[pairs.first], parent[pairs.second])
        np.minimum.at(parent, parent[pairs.first], low)
        np.minimum.at(parent, parent[pairs.second], low)
        while not np.array_equal(parent, parent[parent]):
            parent = parent[parent]
        if np.array_equal(parent, before):
            return parent


class Linkage:
    """Clusters of one group of incidents and the average log-odds between them."""

    def __init__(self, members: Sequence[int], pairs: Pairs) -> None:
        self.clusters: dict[int, list[int]] = {member: [member] for member in members}
        self.links: dict[int, dict[int, tuple[float, int]]] = {member: {} for member in members}
        for a, b, odds in zip(pairs.first.tolist(), pairs.second.tolist(), pairs.odds.tolist(), strict=True):
            link = (max(-_STRONGEST, min(_STRONGEST, odds)) if odds > -np.inf else odds, 1)
            self.links[a][b] = self.links[b][a] = link

    def near(self, a: int, least: float) -> list[tuple[int, float]]:
        """Clusters with which the average log-odds of all pairs are `least` or more, and these."""
        found, clusters, size = [], self.clusters, len(self.clusters[a])
        for other, (total, weighed) in self.links[a].items():
            if total < 0 <= least:  # most are: the pairs that were not weighed only lower it
                continue
            pairs = size * len(clusters[other])
            odds = (total + _UNWEIGHED * (pairs - weighed)) / pairs
            if odds >= least:
                found.append((other, odds))
        return found

    def join(self, a: int, b: int) -> None:
        """Take cluster `b` into cluster `a`."""
        self.clusters[a] += self.clusters.pop(b)
        for other, (total, weighed) in self.links.pop(b).items():
            del self.links[other][b]
            if other != a:
                old_total, old_weighed = self.links[a].get(other, (0.0, 0))
                self.links[a][other] = self.links[other][a] = (old_total + total, old_weighed + weighed)

    def agglomerate(self, least: float) -> None:
        """Join the two most alike clusters as long as they are at least so much alike; ties go to the first members."""
        ages = dict.fromkeys(self.clusters, 0)
        heap = [(-odds, a, b, 0, 0) for a in self.clusters for b, odds in self.near(a, least) if a < b]
        heapify(heap)
        while heap:
            _, a, b, *then = heappop(heap)
            if then != [ages.get(a), ages.get(b)]:
                continue
            self.join(a, b)
            del ages[b]
            ages[a] += 1
            for other, odds in self.near(a, least):
                one, two = min(a, other), max(a, other)
                heappush(heap, (-odds, one, two, ages[one], ages[two]))

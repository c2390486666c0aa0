"""What a document says of each candidate: features that depend on the other places it names.

All candidates of all names of a document lie in one set of columns. A name's evidence comes from the *other* names: how
much of their belief lies in the same country and divisions, how near their likeliest places are, which of them is
said to contain it or to lie in it ("Paris, Texas"; "Iraq's Diyala province"), and what the text calls it ("the city
of", "province").
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geoevents.geo import EARTH_KM
from geoevents.model import PlaceMention
from geoevents.places.names import key
from geoevents.places.resolver.candidates import (
    DIVISIONS,
    KIND,
    STATIC,
    CandidateFinder,
    Candidates,
    Floats,
    Ints,
    flags_of,
)
from geoevents.places.resolver.wording import called_kinds, containments

DYNAMIC: Final = (
    "in country", "in adm1", "in adm2", "country named", "adm1 named", "adm2 named",
    "within 30 km", "within 150 km", "within 600 km", "nearest",
    "inside", "not inside", "contains", "called so", "called otherwise", "importance in country",
)  # fmt: skip
FEATURES: Final = (*STATIC, *DYNAMIC)

#: likeliest candidates of each name that others are held near to
_ANCHORS: Final = 2
#: below this belief a place is no anchor
_ANCHOR_BELIEF: Final = 0.3
_REACHES_KM: Final = (30.0, 150.0, 600.0)
_FAR_KM: Final = 20_000.0
_SQUARE_REACHES: Final = np.array(_REACHES_KM, np.float32)[:, None, None] ** 2
_SQUARE_EARTH: Final = np.float32(2 * EARTH_KM**2)
_FARTHEST: Final = np.float32(np.log1p(_FAR_KM / 10))
#: names of a document looked at most; the rest stay unresolved. Longer lists are indexes, not articles
MOST_NAMES: Final = 400
#: names whose keys are kept
_KEPT_KEYS: Final = 50_000

Singles = npt.NDArray[np.float32]
_key = lru_cache(maxsize=_KEPT_KEYS)(key)


class Name(NamedTuple):
    """One name of a document, all its mentions, and the places it may mean."""

    key: str
    mentions: tuple[int, ...]
    candidates: Candidates


class Columns:
    """Candidates of all names of a document, one below the other, and what the text says of the names.

    Parameters
    ----------
    outlet
        How many of the first mentions are of the outlet's home and not of the document: two, or none.
    """

    def __init__(self, text: str, mentions: Sequence[PlaceMention], finder: CandidateFinder, outlet: int = 0) -> None:
        self.names = _names(mentions, finder)
        if not self.names:
            return
        candidates = [name.candidates for name in self.names]
        sizes = [candidate.size for candidate in candidates]
        self.bounds = [0, *accumulate(sizes)]
        self.offsets = np.array(self.bounds)
        self.name = np.arange(len(sizes)).repeat(sizes)
        whole = np.concatenate([c.whole for c in candidates], axis=1)
        real = np.concatenate([c.real for c in candidates], axis=1)
        self.rows, self.kind, self.areas = whole[0], whole[1], whole[2:5].T
        self.static, self.vectors = real[: len(STATIC)].T, real[len(STATIC) :].T
        weight = 1 + np.log(np.array([len(name.mentions) for name in self.names], float))
        self._weight = weight.repeat(sizes)
        self._number_areas(whole[5:8], whole[8:11] + self.offsets.take(self.name), weight.sum())
        self._prepare_nearness()
        self._relate(text, mentions, outlet)
        self._told = self._calls(text, mentions)

    def __len__(self) -> int:
        return len(self.names)

    def _number_areas(self, numbers: Ints, twins: Ints, weight: float) -> None:
        """Give all areas, and all pairs of a name and an area, the index of one candidate in them.

        Four blocks of three levels: all candidates by area, those of them that are such an area themselves, and both
        again by name and area.
        """
        cells = numbers.size
        number = numbers.ravel()
        one = np.empty(int(np.maximum.reduce(number)) + 1, np.int64)
        one[number] = np.arange(cells)
        twins += np.arange(0, cells, cells // 3)[:, None]
        self._area = np.empty((4, cells), np.int64)
        self._area[:2], self._area[2:] = one.take(number), twins.ravel()
        self._area += np.arange(0, 4 * cells, cells)[:, None]
        self._counted = np.ones((4, *numbers.shape))
        self._counted[1::2] = self.kind == _AREA_KINDS
        #: belief of others in the three areas: as a share of all belief there is, and of what makes one certain
        self._known = np.greater_equal(self.areas.T, 0)
        self._scale = np.empty((2, *numbers.shape))
        self._scale[0], self._scale[1] = 1 / (1 + weight - self._weight), 1 / _ENOUGH
        self._scale *= self._known

    def of(self, name: int) -> slice:
        """Where a name's candidates lie."""
        return slice(self.bounds[name], self.bounds[name + 1])

    def likeliest(self, belief: Sequence[float]) -> list[int]:
        """Index of the likeliest candidate of each name, the first of equals."""
        return [belief.index(max(belief[a:b]), a, b) for a, b in pairwise(self.bounds)]

    # ---- what the text says ---------------------------------------------------------------------------------------

    def _relate(self, text: str, mentions: Sequence[PlaceMention], outlet: int) -> None:
        """Find the pairs of names (i, j) such that the text says that i lies in j, and the candidates that do."""
        number = {m: i for i, name in enumerate(self.names) for m in name.mentions}
        found: dict[tuple[int, int], None] = {}
        self._holds: dict[int, list[int]] = {}
        for i, j in containments(text, mentions):
            if i in number and j in number and number[i] != number[j]:
                found[number[i], number[j]] = None
                self._holds.setdefault(j, []).append(number[i])
        self.home = (number.get(0), number.get(1)) if outlet else None
        self.inside = list(found)
        self._within: list[tuple[slice, slice, Floats]] = []
        for i, j in self.inside:
            one, other = self.of(i), self.of(j)
            within = (self.areas[one][:, None, :] == self.rows[other][None, :, None]).any(axis=2)
            within &= self.rows[one][:, None] != self.rows[other]
            if within.any():
                self._within.append((one, other, within.astype(float)))

    def _calls(self, text: str, mentions: Sequence[PlaceMention]) -> Floats:
        """Features of each candidate that are told once: the text calls its name what it is; or something else."""
        told = np.zeros((len(DYNAMIC), len(self.kind)))
        peoples = frozenset([mention.end for mention in mentions if mention.kind == "demonym"])
        self._kinds_at = [called_kinds(text, mention.start, mention.end, peoples) for mention in mentions]
        if any(self._kinds_at):
            for i, name in enumerate(self.names):
                kinds = {kind for m in name.mentions for kind in self._kinds_at[m]}
                if kinds:
                    fits = flags_of(*kinds)[self.kind[self.of(i)]]
                    told[13, self.of(i)], told[14, self.of(i)] = fits, ~fits
        self.static[:, _USUAL] *= 1 - told[14]  # a sense of the bare name, which "Washington state" is not
        return told

    # ---- senses ----------------------------------------------------------------------------------------------------

    def senses(self, likeliest: Sequence[int], number: int) -> dict[int, list[int]]:
        """Mentions of a name by the candidate each means: all mean one, but for a division and its namesake seat.

        "Aleppo" is the city where the two lie close together, unless the words call it a province or place something
        in it ("Azaz in Aleppo").

        Parameters
        ----------
        likeliest
            Index of the likeliest candidate of each name.
        """
        name, begin = self.names[number], self.bounds[number]
        best = likeliest[number] - begin
        other = name.candidates.namesake[best]
        if other < 0:
            return {begin + best: list(name.mentions)}
        division, seat = (best, other) if DIVISIONS[self.kind[begin + best]] else (other, best)
        found: dict[int, list[int]] = {}
        for mention in name.mentions:
            meant = division if self._as_division(likeliest, mention, begin + division) else seat
            found.setdefault(begin + meant, []).append(mention)
        return found

    def _as_division(self, likeliest: Sequence[int], mention: int, division: int) -> bool:
        """Whether the words at a mention speak of the division and not of its seat."""
        if kinds := self._kinds_at[mention]:
            return bool({"adm1", "adm2"} & set(kinds))
        row = self.rows[division]
        return any(row in self.areas[likeliest[inner]] for inner in self._holds.get(mention, ()))

    def agreeing(self, belief: Sequence[float], number: int, candidate: int) -> float:
        """Belief in a candidate and in others of the name at the same spot, which differ only in what they call it."""
        begin, candidates = self.bounds[number], self.names[number].candidates
        if candidates.size == 1:
            return 1.0
        return sum([belief[begin + i] for i in candidates.near[candidate - begin]])

    # ---- features ---------------------------------------------------------------------------------------------------

    def dynamic(self, belief: Floats) -> Floats:
        """Features of each candidate in the order of :data:`DYNAMIC`, given how likely all are so far."""
        mass = belief * self._weight
        out = self._told.copy()
        sums = np.bincount(self._area.ravel(), (self._counted * mass).ravel()).take(self._area)
        shares = out[:6]
        np.subtract(sums[:2].ravel(), sums[2:].ravel(), out=shares.ravel())
        shares *= self._scale.reshape(6, -1)
        np.minimum(shares[3:], 1.0, out=shares[3:])
        self._nearness(belief, mass, out[6:10])
        for one, other, within in self._within:
            self._contain(belief, one, other, within, out[10:13])
        np.multiply(self.static[:, 0], shares[0], out=out[15])
        return out.T

    @staticmethod
    def _contain(belief: Floats, one: slice, other: slice, within: Floats, out: Floats) -> None:
        """Rows "inside", "not inside" and "contains": the text says that one name lies in the other."""
        support = within @ belief[other]
        inside, outside, contains = out[0, one], out[1, one], out[2, other]
        np.maximum(inside, support, out=inside)
        np.maximum(outside, support < _NO_SUPPORT, out=outside)
        holds = (within * belief[one][:, None]).max(axis=0)
        np.maximum(holds, _MAY_HOLD * within.any(axis=0), out=holds)
        np.maximum(contains, holds, out=contains)

    def _prepare_nearness(self) -> None:
        self._points = self.vectors.astype(np.float32)
        self._anchoring = self.kind != KIND["country"]
        #: places in the order of names and belief that hold the likeliest of each name
        self._first = np.flatnonzero(np.arange(len(self.name)) - self.offsets.take(self.name) < _ANCHORS)
        self._by_name = 2 * self.name
        self._met: bytes | None = None
        self._square: Singles = np.empty((0, 0), np.float32)
        self._pull = self._square

    def _nearness(self, belief: Floats, mass: Floats, out: Floats) -> None:
        """Rows "within 30 km" to "nearest": how near each candidate is to the likeliest places of the other names."""
        order = (self._by_name - belief).argsort(kind="stable")
        anchors = order.take(self._first)
        anchors = anchors[self._anchoring.take(anchors)]
        if anchors.tobytes() != self._met:
            self._meet(anchors)
        np.log1p(mass.take(anchors).astype(np.float32) @ self._pull, out=out[:3])
        sure = self._square[belief.take(anchors) >= _ANCHOR_BELIEF]
        least = np.minimum.reduce(sure, axis=0, initial=np.inf)
        out[3] = np.log1p(np.sqrt(least) / 10) / -_FARTHEST
        out[3, least == np.inf] = _NO_NEIGHBOUR

    def _meet(self, anchors: Ints) -> None:
        """Work out how near all candidates are to these.

        Kept for the next round, which mostly has the same anchors: the square of the chord in km², a row an anchor, and
        how much of an anchor's belief reaches a candidate, a layer a reach. Single precision is exact to 2 km, and
        twice as fast.
        """
        self._met = anchors.tobytes()
        square: Singles = self._points.take(anchors, axis=0) @ self._points.T
        np.subtract(np.float32(1), square, out=square)
        np.maximum(square, 0, out=square)
        square *= _SQUARE_EARTH
        square[self.name.take(anchors)[:, None] == self.name] = np.inf
        self._square = square
        self._pull = _SQUARE_REACHES / (_SQUARE_REACHES + square)


#: named so often, a country or division is certain to be what the document is about
_ENOUGH: Final = np.array([3.0, 2.0, 2.0])[:, None]
#: kinds of place that the three levels of areas are
_AREA_KINDS: Final = np.array([KIND["country"], KIND["adm1"], KIND["adm2"]])[:, None]
_NO_NEIGHBOUR: Final = -0.5
_NO_SUPPORT: Final = 0.01
_MAY_HOLD: Final = 0.3
_USUAL: Final = STATIC.index("usual sense")


def _names(mentions: Sequence[PlaceMention], finder: CandidateFinder) -> list[Name]:
    groups: dict[tuple[str, bool], list[int]] = {}
    for i, mention in enumerate(mentions):
        groups.setdefault((_key(mention.text), mention.kind == "demonym"), []).append(i)
    names = []
    for (name_key, demonym), members in groups.items():
        candidates = finder(mentions[members[0]].text, demonym=demonym)
        if candidates is not None:
            names.append(Name(name_key, tuple(members), candidates))
    return names[:MOST_NAMES]

"""What a document says of each candidate: features that depend on the other places it names.

All candidates of all names of a document lie in one set of columns. A name's evidence comes from the *other* names: how
much of their belief lies in the same country and divisions, how near their likeliest places are, which of them is
said to
contain it or to lie in it ("Paris, Texas"; "Iraq's Diyala province"), and what the text calls it ("the city of",
"province").
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
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

DYNAMIC: Final = (
    "country", "adm1", "adm2", "country named", "adm1 named", "adm2 named",
    "within 30 km", "within 150 km", "within 600 km", "nearest",
    "inside", "not inside", "contains", "called so", "called otherwise", "importance in country", "main country",
)  # fmt: skip
FEATURES: Final = (*STATIC, *DYNAMIC)

#: of so few candidates all nearness is worked out at once
_FEW: Final = 100
#: likeliest candidates of each name that others are held near to
_ANCHORS: Final = 2
#: below this belief a place is no anchor
_ANCHOR_BELIEF: Final = 0.3
_REACHES_KM: Final = (30.0, 150.0, 600.0)
_FAR_KM: Final = 20_000.0
_SQUARE_REACHES: Final = np.array(_REACHES_KM, np.float32)[:, None, None] ** 2
#: on the scale of distances: farther than any place
_FARTHER: Final = np.float32(-2)
#: names of a document looked at most; the rest stay unresolved. Longer lists are indexes, not articles
MOST_NAMES: Final = 400


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
        sizes = [len(name.candidates.rows) for name in self.names]
        self.offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.name = np.repeat(np.arange(len(sizes)), sizes)
        self.weight = 1 + np.log(np.array([len(name.mentions) for name in self.names], float))
        if not self.names:
            return
        candidates = [name.candidates for name in self.names]
        self.rows = np.concatenate([c.rows for c in candidates])
        self.static = np.concatenate([c.static for c in candidates])
        self.kind = np.concatenate([c.kind for c in candidates])
        self.areas = np.concatenate([c.areas for c in candidates])
        self.vectors = np.concatenate([c.vectors for c in candidates])
        self._number_areas(candidates)
        self._near = _Near(self.name, self.offsets, self.vectors, self.kind == KIND["country"])
        self.inside = self._relations(text, mentions, outlet)
        self._called = self._calls(text, mentions)

    def __len__(self) -> int:
        return len(self.names)

    def _number_areas(self, candidates: Sequence[Candidates]) -> None:
        """Give all areas, and all pairs of a name and an area, the index of one candidate in them."""
        cells = 3 * len(self.rows)
        number = np.concatenate([c.numbers for c in candidates], axis=1).ravel()
        one = np.empty(int(number.max()) + 1, np.int64)
        one[number] = np.arange(cells)
        twin = np.concatenate([c.twins for c in candidates], axis=1) + self.offsets[self.name]
        twin += len(self.rows) * np.arange(3)[:, None]
        # twice: the second half is of those alone that are such an area themselves
        self._area = np.concatenate([one[number], one[number] + cells])
        self._own_area = np.concatenate([twin.ravel(), twin.ravel() + cells])
        known = self.areas.T >= 0
        self._counted = np.concatenate([np.ones(known.shape), self.kind == _AREA_KINDS])
        self._known = np.concatenate([known, known])

    def of(self, name: int) -> slice:
        """Where a name's candidates lie."""
        return slice(int(self.offsets[name]), int(self.offsets[name + 1]))

    def likeliest(self, belief: Floats) -> Ints:
        """Index of the likeliest candidate of each name, the first of equals."""
        order = np.lexsort((-belief, self.name))
        first: Ints = order[self.offsets[:-1]]
        return first

    # ---- what the text says ---------------------------------------------------------------------------------------

    def _relations(self, text: str, mentions: Sequence[PlaceMention], outlet: int) -> list[tuple[int, int]]:
        """Pairs of names (i, j) such that the text says that i lies in j."""
        number = {m: i for i, name in enumerate(self.names) for m in name.mentions}
        found: dict[tuple[int, int], None] = {}
        self._holds: dict[int, list[int]] = {}
        for i, j in containments(text, mentions):
            if i in number and j in number and number[i] != number[j]:
                found[number[i], number[j]] = None
                self._holds.setdefault(j, []).append(number[i])
        self.home = (number.get(0), number.get(1)) if outlet else None
        return list(found)

    def _calls(self, text: str, mentions: Sequence[PlaceMention]) -> Floats:
        """For each candidate: the text calls its name what it is; or something else."""
        called = np.zeros((len(self.kind), 2))
        peoples = frozenset(mention.end for mention in mentions if mention.kind == "demonym")
        self._kinds_at = [called_kinds(text, mention.start, mention.end, peoples) for mention in mentions]
        for i, name in enumerate(self.names):
            kinds = {kind for m in name.mentions for kind in self._kinds_at[m]}
            if kinds:
                fits = flags_of(*kinds)[self.kind[self.of(i)]]
                called[self.of(i)] = np.stack([fits, ~fits], axis=1)
        return called

    # ---- senses ----------------------------------------------------------------------------------------------------

    def senses(self, belief: Floats, number: int) -> dict[int, list[int]]:
        """Mentions of a name by the candidate each means: all mean one, but for a division and its namesake seat.

        "Aleppo" is the city where the two lie close together, unless the words call it a province or place something
        in it ("Azaz in Aleppo").
        """
        name = self.names[number]
        best = int(belief[self.of(number)].argmax())
        other = name.candidates.namesake[best]
        if other < 0:
            return {best: list(name.mentions)}
        division, seat = (best, other) if DIVISIONS[name.candidates.kind[best]] else (other, best)
        found: dict[int, list[int]] = {}
        for mention in name.mentions:
            meant = division if self._as_division(belief, number, mention, division) else seat
            found.setdefault(meant, []).append(mention)
        return found

    def _as_division(self, belief: Floats, number: int, mention: int, division: int) -> bool:
        """Whether the words at a mention speak of the division and not of its seat."""
        if kinds := self._kinds_at[mention]:
            return bool({"adm1", "adm2"} & set(kinds))
        row = self.rows[self.of(number)][division]
        for inner in self._holds.get(mention, ()):
            other = self.of(inner)
            if row in self.areas[other.start + int(belief[other].argmax())]:
                return True
        return False

    def agreeing(self, belief: Floats, number: int, best: int) -> float:
        """Belief in a candidate and in others of the name at the same spot, which differ only in what they call it."""
        span = self.of(number)
        if span.stop - span.start == 1:
            return 1.0
        return float(belief[span][self.names[number].candidates.near[best]].sum())

    # ---- features ---------------------------------------------------------------------------------------------------

    def dynamic(self, belief: Floats) -> Floats:
        """Features of each candidate in the order of :data:`DYNAMIC`, given how likely all are so far."""
        weight = self.weight[self.name]
        mass = belief * weight
        others = 1 + self.weight.sum() - weight
        out = np.zeros((len(DYNAMIC), len(mass)))
        counted = self._counted * mass
        in_area = np.bincount(self._area, counted.ravel())[self._area]
        of_others = in_area - np.bincount(self._own_area, counted.ravel())[self._own_area]
        out[:6] = of_others.reshape(6, -1) * self._known
        out[:3] /= others
        np.minimum(out[3:6], _ENOUGH, out=out[3:6])
        out[3:6] /= _ENOUGH
        out[6:10] = self._near(belief, mass)
        if self.inside:
            out[10:13] = self._containment(belief).T
        out[13:15] = self._called.T
        out[15] = self.static[:, 0] * out[0]
        in_country = in_area[: len(mass)] * self._known[0]
        out[16] = (in_country >= in_country.max() - 1e-9) & self._known[0]
        return out.T

    def _containment(self, belief: Floats) -> Floats:
        out = np.zeros((len(self.name), 3))
        for i, j in self.inside:
            one, other = self.of(i), self.of(j)
            within = (self.areas[one][:, None, :] == self.rows[other][None, :, None]).any(axis=2)
            within &= self.rows[one][:, None] != self.rows[other]
            if not within.any():
                continue
            support = within @ belief[other]
            out[one, 0] = np.maximum(out[one, 0], support)
            out[one, 1] = np.maximum(out[one, 1], support < _NO_SUPPORT)
            holds = (within * belief[one][:, None]).max(axis=0)
            out[other, 2] = np.maximum(out[other, 2], np.maximum(holds, _MAY_HOLD * within.any(axis=0)))
        return out


#: named so often, a country or division is certain to be what the document is about
_ENOUGH: Final = np.array([3.0, 2.0, 2.0])[:, None]
#: kinds of place that the three levels of areas are
_AREA_KINDS: Final = np.array([KIND["country"], KIND["adm1"], KIND["adm2"]])[:, None]
_NO_NEIGHBOUR: Final = -0.5
_NO_SUPPORT: Final = 0.01
_MAY_HOLD: Final = 0.3


class _Near:
    """Nearness of each candidate to the likeliest places of the other names.

    What depends on distance alone is kept from round to round, for the anchors met so far: `pull` with a layer a reach,
    a row an anchor, a column a candidate; `distance`, on a scale from 0 to -1.
    """

    def __init__(self, name: Ints, offsets: Ints, vectors: Floats, country: npt.NDArray[np.bool_]) -> None:
        self._name, self._country, self._points = name, country, vectors.astype(np.float32)
        #: places in the order of names and belief that hold the likeliest of each name
        self._likeliest = np.flatnonzero(np.arange(len(name)) - offsets[name] < _ANCHORS)
        self._met = 0
        self._row = np.full(len(name), -1)
        self._pull = np.zeros((len(_REACHES_KM), 0, len(name)), np.float32)
        self._distance = np.zeros((0, len(name)), np.float32)
        if len(name) <= _FEW:
            self._meet(np.flatnonzero(~country))

    def __call__(self, belief: Floats, mass: Floats) -> Floats:
        """Rows "within 30 km" to "nearest" of :data:`DYNAMIC`."""
        anchors = np.lexsort((-belief, self._name))[self._likeliest]
        anchors = anchors[~self._country[anchors]]
        self._meet(anchors[self._row[anchors] < 0])
        rows = self._row[anchors]
        weights = np.zeros(self._met, np.float32)
        weights[rows] = mass[anchors]
        out = np.empty((4, len(mass)))
        np.log1p(weights @ self._pull, out=out[:3])
        nearest = self._distance[rows[belief[anchors] >= _ANCHOR_BELIEF]].max(axis=0, initial=_FARTHER)
        out[3] = np.where(nearest > _FARTHER, nearest, _NO_NEIGHBOUR)
        return out

    def _meet(self, anchors: Ints) -> None:
        """Take in anchors not met before."""
        if not len(anchors):
            return
        other = self._name[anchors][:, None] != self._name
        # of the chord, km²; single precision is exact to 2 km, and twice as fast
        square = np.float32(2 * EARTH_KM**2) * np.maximum(1 - self._points[anchors] @ self._points.T, 0)
        pull = other * (_SQUARE_REACHES / (_SQUARE_REACHES + square))
        scaled = -np.log1p(np.sqrt(square) / 10) / np.float32(np.log1p(_FAR_KM / 10))
        self._row[anchors] = self._met + np.arange(len(anchors))
        self._met += len(anchors)
        self._pull = np.concatenate([self._pull, pull], axis=1)
        self._distance = np.concatenate([self._distance, np.where(other, scaled, _FARTHER)])


def _names(mentions: Sequence[PlaceMention], finder: CandidateFinder) -> list[Name]:
    groups: dict[tuple[str, bool], list[int]] = {}
    for i, mention in enumerate(mentions):
        groups.setdefault((key(mention.text), mention.kind == "demonym"), []).append(i)
    names = []
    for (name_key, demonym), members in groups.items():
        candidates = finder(mentions[members[0]].text, demonym=demonym)
        if candidates is not None:
            names.append(Name(name_key, tuple(members), candidates))
    return names[:MOST_NAMES]


# ---- reading the text between and beside names ----------------------------------------------------------------------

_LONGEST_GAP: Final = 40
_DIRECTION: Final = (
    r"(?:(?:the\s+)?(?:far\s+)?(?:(?:north|south)-?(?:east|west)?(?:ern)?|(?:east|west)(?:ern)?|central)\s+)?"
)
#: between a place and what contains it: "Paris, Texas"; "Paris (France)"; "Mosul in northern Iraq"; "Goma in the Congo"
#: "Baquba, the capital of"
_INSIDE_AFTER: Final = re.compile(
    rf"""
      ,\s+ | \s+\( | ,?\s+in\s+(?:the\s+)?{_DIRECTION} | \s+of\s+ | ,\s+{_DIRECTION}
    |
    ,?\s+(?:county|province|district|governorate|region|state|city|town|village|suburb)(?:,|\s+(?:in|of))\s+{_DIRECTION}
    |
    ,?\s+(?:a|the)\s+(?:[a-z]+\s+)?(?:capital|centre|center|city|town|village|suburb|seat|district)\s+(?:of|in)\s+{_DIRECTION}
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: between what contains a place and the place: "Iraq's Diyala"; "Syria's northern Aleppo"; "Syrian city of Aleppo"
_INSIDE_BEFORE: Final = re.compile(
    rf"['’]s?\s+{_DIRECTION} | \s+(?:city|town|village|province|district|region|capital|port|state)\s+(?:of\s+)?",
    re.VERBOSE | re.IGNORECASE,
)


def containments(text: str, mentions: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """Pairs of mentions (i, j) such that the words between say that i lies in j."""
    found = []
    for i in range(len(mentions) - 1):
        gap = text[mentions[i].end : mentions[i + 1].start]
        if len(gap) > _LONGEST_GAP:
            continue
        if _INSIDE_AFTER.fullmatch(gap):
            found.append((i, i + 1))
        elif _INSIDE_BEFORE.fullmatch(gap):
            found.append((i + 1, i))
    return found


#: between a part of a town and the town: "the Dnipro district of Kherson"
_PART_OF: Final = re.compile(r"\s(?:district|quarter|neighbou?rhood|suburb|section|area)\s(?:of|in)\s")


def parts(text: str, mentions: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """Pairs of neighbouring mentions (i, i + 1) such that the words between make the first a part of the second."""
    return [
        (i, i + 1)
        for i in range(len(mentions) - 1)
        if mentions[i + 1].start - mentions[i].end <= _LONGEST_GAP
        and _PART_OF.fullmatch(text[mentions[i].end : mentions[i + 1].start])
    ]


@lru_cache(maxsize=1)
def _kind_words() -> Mapping[str, tuple[str, ...]]:
    tables = tomllib.loads((files("geoevents.places") / "data" / "cues.toml").read_text(encoding="utf-8"))["kinds"]
    return {word: tuple(kinds.split()) for kinds, words in tables.items() for word in words.split()}


_WORD_AFTER: Final = re.compile(r"\s([A-Za-z]{3,14})\b")
_WORD_BEFORE: Final = re.compile(r"(?:\b([^\W\d_]+)\s)?\b([A-Za-z]{3,14})\sof\s(?:the\s)?\Z")
_ARTICLES: Final = frozenset(("a", "an", "the"))
#: characters before a name in which these words are looked for
_BEFORE: Final = 48


def called_kinds(text: str, start: int, end: int, peoples: Collection[int] = ()) -> tuple[str, ...]:
    """Kinds of place (of :data:`KINDS`) that the words beside a name call it; empty where they say nothing.

    `peoples` are the ends of names of peoples: "the Afghan province of Khost" is one all the same.
    """
    words = _kind_words()
    after = _WORD_AFTER.match(text, end)
    if after and (kinds := words.get(after.group(1).lower())):
        return kinds
    beside = text[max(0, start - _BEFORE) : start]
    before = _WORD_BEFORE.search(beside) if "of" in beside else None
    if before is None:
        return ()
    word, kind = before.groups(default="")
    of_people = max(0, start - _BEFORE) + before.end(1) in peoples
    if word[:1].isupper() and word.lower() not in _ARTICLES and not of_people:
        return ()  # "the Dnipro district of Kherson": the word belongs to the other name
    return words.get(kind.lower(), ())

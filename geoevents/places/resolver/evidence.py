"""What a document says of each candidate: features that depend on the other places it names.

All candidates of all names of a document lie in one set of columns. A name's evidence comes from the *other* names: how
much of their belief lies in the same country and divisions, how near their likeliest places are, which of them is
said to
contain it or to lie in it ("Paris, Texas"; "Iraq's Diyala province"), and what the text calls it ("the city of",
"province").
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geoevents.geo import EARTH_KM
from geoevents.model import PlaceMention
from geoevents.places.names import key
from geoevents.places.resolver.candidates import KIND, STATIC, CandidateFinder, Candidates, Floats, Ints, flags_of

DYNAMIC: Final = (
    "country", "adm1", "adm2", "country named", "adm1 named", "adm2 named",
    "within 30 km", "within 150 km", "within 600 km", "nearest",
    "inside", "not inside", "contains", "called so", "called otherwise", "importance in country", "main country",
)  # fmt: skip
FEATURES: Final = (*STATIC, *DYNAMIC)

#: likeliest candidates of each name that others are held near to
_ANCHORS: Final = 2
#: below this belief a place is no anchor
_ANCHOR_BELIEF: Final = 0.3
_REACHES_KM: Final = (30.0, 150.0, 600.0)
_FAR_KM: Final = 20_000.0
#: a division's point and its seat lie no further apart than this where the name alone may mean either
NAMESAKE_KM: Final = 160.0
_NAMESAKE_COSINE: Final = float(np.cos(NAMESAKE_KM / EARTH_KM))
_SEATS: Final = flags_of("capital", "seat", "town")
_DIVISIONS: Final = flags_of("adm1", "adm2")
#: names of a document looked at most; the rest stay unresolved. Longer lists are indexes, not articles
MOST_NAMES: Final = 400


class Name(NamedTuple):
    """One name of a document, all its mentions, and the places it may mean."""

    key: str
    mentions: tuple[int, ...]
    candidates: Candidates


class Columns:
    """Candidates of all names of a document, one below the other, and what the text says of the names."""

    def __init__(self, text: str, mentions: Sequence[PlaceMention], finder: CandidateFinder) -> None:
        self.names = _names(mentions, finder)
        sizes = [len(name.candidates.rows) for name in self.names]
        self.offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.name = np.repeat(np.arange(len(sizes)), sizes)
        self.weight = np.array([1 + np.log(len(name.mentions)) for name in self.names])
        if not self.names:
            return
        candidates = [name.candidates for name in self.names]
        self.rows = np.concatenate([c.rows for c in candidates])
        self.static = np.concatenate([c.static for c in candidates])
        self.kind = np.concatenate([c.kind for c in candidates])
        self.areas = np.concatenate([c.areas for c in candidates])
        self.vectors = np.concatenate([c.vectors for c in candidates])
        self._points = self.vectors.astype(np.float32)
        self._numbered = [self._number(level) for level in range(3)]
        self.inside = self._relations(text, mentions)
        self._called = self._calls(text, mentions)

    def __len__(self) -> int:
        return len(self.names)

    def _number(self, level: int) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
        """For each candidate: number of its area, number of the pair of its name and area, whether it has an area."""
        known, number = np.unique(self.areas[:, level], return_inverse=True)
        return number, self.name * len(known) + number, self.areas[:, level] >= 0

    def of(self, name: int) -> slice:
        """Where a name's candidates lie."""
        return slice(int(self.offsets[name]), int(self.offsets[name + 1]))

    def likeliest(self, belief: Floats) -> Ints:
        """Index of the likeliest candidate of each name, the first of equals."""
        order = np.lexsort((-belief, self.name))
        first: Ints = order[self.offsets[:-1]]
        return first

    # ---- what the text says ---------------------------------------------------------------------------------------

    def _relations(self, text: str, mentions: Sequence[PlaceMention]) -> list[tuple[int, int]]:
        """Pairs of names (i, j) such that the text says that i lies in j."""
        number = {m: i for i, name in enumerate(self.names) for m in name.mentions}
        found: dict[tuple[int, int], None] = {}
        self._holds: dict[int, list[int]] = {}
        for i, j in containments(text, mentions):
            if i in number and j in number and number[i] != number[j]:
                found[number[i], number[j]] = None
                self._holds.setdefault(j, []).append(number[i])
        return list(found)

    def _calls(self, text: str, mentions: Sequence[PlaceMention]) -> Floats:
        """For each candidate: the text calls its name what it is; or something else."""
        called = np.zeros((len(self.kind), 2))
        self._kinds_at = [called_kinds(text, mention.start, mention.end) for mention in mentions]
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
        span = self.of(number)
        shares = belief[span]
        best = int(shares.argmax())
        division, seat = self._namesakes(number, best)
        if division == seat:
            return {best: list(self.names[number].mentions)}
        found: dict[int, list[int]] = {}
        for mention in self.names[number].mentions:
            found.setdefault(division if self._as_division(belief, number, mention, division) else seat, []).append(
                mention
            )
        return found

    def _namesakes(self, number: int, best: int) -> tuple[int, int]:
        """Find a candidate's division and seat of the same name, where it is one of two that lie close together."""
        span = self.of(number)
        kinds, rows, areas = self.kind[span], self.rows[span], self.areas[span]
        if _DIVISIONS[kinds[best]]:
            others = np.flatnonzero(_SEATS[kinds] & (areas == rows[best]).any(axis=1) & self._near(span, best))
            return (best, int(others[0])) if len(others) else (best, best)
        if _SEATS[kinds[best]] and _DIVISIONS[kinds].any():
            inside = (rows[:, None] == areas[best]).any(axis=1)
            others = np.flatnonzero(_DIVISIONS[kinds] & inside & self._near(span, best))
            return (int(others[0]), best) if len(others) else (best, best)
        return best, best

    def _near(self, span: slice, best: int) -> npt.NDArray[np.bool_]:
        """Candidates of a name that lie near one of them."""
        vectors = self.vectors[span]
        near: npt.NDArray[np.bool_] = vectors @ vectors[best] >= _NAMESAKE_COSINE
        return near

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
        return float(belief[span][self._near(span, best)].sum()) if span.stop - span.start > 1 else 1.0

    # ---- features ---------------------------------------------------------------------------------------------------

    def dynamic(self, belief: Floats) -> Floats:
        """Features of each candidate in the order of :data:`DYNAMIC`, given how likely all are so far."""
        mass = belief * self.weight[self.name]
        out = np.zeros((len(self.name), len(DYNAMIC)))
        others = 1 + self.weight.sum() - self.weight[self.name]
        for level, kind in enumerate(("country", "adm1", "adm2")):
            out[:, level] = self._shared(level, mass) / others
            named = np.where(self.kind == KIND[kind], mass, 0)
            out[:, 3 + level] = np.minimum(self._shared(level, named), _ENOUGH[level]) / _ENOUGH[level]
        out[:, 6:10] = self._nearness(belief, mass)
        out[:, 10:13] = self._containment(belief)
        out[:, 13:15] = self._called
        out[:, 15] = self.static[:, 0] * out[:, 0]
        out[:, 16] = self._in_main_country(mass)
        return out

    def _shared(self, level: int, mass: Floats) -> Floats:
        """Belief of the other names in the same area."""
        number, cell, known = self._numbered[level]
        shared = np.bincount(number, mass)[number] - np.bincount(cell, mass)[cell]
        return np.where(known, shared, 0.0)

    def _in_main_country(self, mass: Floats) -> Floats:
        number, _, known = self._numbered[0]
        total = np.bincount(number, mass)[number] * known
        main: Floats = (total >= total.max() - 1e-9) & known
        return main

    def _nearness(self, belief: Floats, mass: Floats) -> Floats:
        order = np.lexsort((-belief, self.name))
        place = np.arange(len(order)) - self.offsets[self.name[order]]
        anchors = order[(place < _ANCHORS) & (self.kind[order] != KIND["country"])]
        out = np.zeros((len(self.name), 4))
        out[:, 3] = _NO_NEIGHBOUR
        if not len(anchors):
            return out
        other = self.name[:, None] != self.name[anchors]
        # of the chord, km²; single precision is exact to 2 km, and twice as fast
        square = np.float32(2 * EARTH_KM**2) * np.maximum(1 - self._points @ self._points[anchors].T, 0)
        pull = other * mass[anchors].astype(np.float32)
        for i, reach in enumerate(_REACHES_KM):
            square_reach = np.float32(reach**2)
            out[:, i] = np.log1p(np.einsum("ij,ij->i", pull, square_reach / (square_reach + square)))
        sure = other & (belief[anchors] >= _ANCHOR_BELIEF)
        nearest = np.sqrt(np.where(sure, square, np.float32(_FAR_KM**2)).min(axis=1))
        out[:, 3] = np.where(nearest < _FAR_KM, -np.log1p(nearest / 10) / np.log1p(_FAR_KM / 10), _NO_NEIGHBOUR)
        return out

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
_ENOUGH: Final = (3.0, 2.0, 2.0)
_NO_NEIGHBOUR: Final = -0.5
_NO_SUPPORT: Final = 0.01
_MAY_HOLD: Final = 0.3


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
#: between a place and what contains it: "Paris, Texas"; "Paris (France)"; "Mosul in northern Iraq"; "Baquba, the
#: capital of"
_INSIDE_AFTER: Final = re.compile(
    rf"""
      ,\s+ | \s+\( | ,?\s+in\s+{_DIRECTION} | \s+of\s+ | ,\s+{_DIRECTION}
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
_WORD_BEFORE: Final = re.compile(r"\b([A-Za-z]{3,14})\sof\s(?:the\s)?\Z")


def called_kinds(text: str, start: int, end: int) -> tuple[str, ...]:
    """Kinds of place (of :data:`KINDS`) that the words beside a name call it; empty where they say nothing."""
    words = _kind_words()
    after = _WORD_AFTER.match(text, end)
    if after and (kinds := words.get(after.group(1).lower())):
        return kinds
    before = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    return words.get(before.group(1).lower(), ()) if before else ()

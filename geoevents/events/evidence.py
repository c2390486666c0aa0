"""What speaks for and against two incidents being one event, as numbers.

Every feature is the same whichever of the two comes first. A feature that cannot be told (no date, no place, no number)
is 0, and a flag says so. The list of features is the list of weights in ``data/weights.json``.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoevents.events.columns import KINDS, NO_COUNT, NO_DAY, Columns
from geoevents.geo import EARTH_KM

Numbers = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[Any]

#: coarser than this a place holds many events: sharing it says little (UCDP's where_prec 3 is the district)
_FINE: Final = 3
_LONGEST_GAP: Final = 400.0  # days; beyond a year all gaps are alike
_LONGEST_WAY: Final = 2000.0  # km
_NEAR: Final = 0.5  # log of the ratio of two figures that are alike: 12 and 13, 100 and 120; 12 and 20 are not
#: rarity up to which a word that two articles share tells nothing ("night", "came"), and how it tells more from there
_PLAIN: Final = 2.5
_STEP: Final = 2.5
_MOST_TELLING: Final = 2.0
_NEARBY: Final = 2  # UCDP's where_prec: in a town, or near it
_TOWN: Final = 10.0  # km: two places this near may be a town and a part of it
_FAR: Final = 50.0  # km: beyond it, the way between the discs says enough
_UNRELATED: Final = 0.1  # likeness of families that are not in the table


@cache
def likenesses() -> Numbers:
    """How well each two sub-event types can tell of one event: a square of :data:`KINDS` by :data:`KINDS`."""
    family = {row["sub_event_type"]: row["family"] for row in _table("families")}
    like = {frozenset((row["first"], row["second"])): float(row["likeness"]) for row in _table("likeness")}
    square = [[like.get(frozenset((family[a], family[b])), _UNRELATED) for b in KINDS] for a in KINDS]
    filled = np.array(square)
    np.fill_diagonal(filled, 1.0)
    return filled


def _table(name: str) -> list[dict[str, str]]:
    text = (files("geoevents.events") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def evidence(columns: Columns, wording: "Wording", first: Ints, second: Ints) -> dict[str, Numbers]:
    """Features of the pairs ``(first[i], second[i])``, by name."""
    a, b = columns.table[first], columns.table[second]
    return {**_dates(a, b), **_places(a, b), **_kinds(a, b), **_numbers(a, b), **_words(wording, first, second)}


# -- when --------------------------------------------------------------------------------------------------------------


def day_gap(a: Rows, b: Rows) -> Numbers:
    """Days between the windows of two incidents; 0 where they meet, NaN where one has none."""
    gap = np.maximum(a["first"] - b["last"], b["first"] - a["last"]).clip(0).astype(float)
    return np.where((a["first"] == NO_DAY) | (b["first"] == NO_DAY), np.nan, gap)


def foretold(a: Rows, b: Rows) -> Numbers:
    """Days by which one incident is dated after the other's article appeared: nobody reports what is to come."""
    early = np.where((b["published"] == NO_DAY) | (a["first"] == NO_DAY), 0, a["first"] - b["published"])
    late = np.where((a["published"] == NO_DAY) | (b["first"] == NO_DAY), 0, b["first"] - a["published"])
    return np.maximum(early, late).clip(0).astype(float)


def _dates(a: Rows, b: Rows) -> dict[str, Numbers]:
    gap = day_gap(a, b)
    known = ~np.isnan(gap)
    stated = known & a["dated"] & b["dated"]
    days = stated & (a["date_prec"] == 1) & (b["date_prec"] == 1)
    apart = np.nan_to_num(gap).clip(0, _LONGEST_GAP)
    longer = np.maximum(a["last"] - a["first"], b["last"] - b["first"]) + 1.0
    reported = (a["published"] != NO_DAY) & (b["published"] != NO_DAY)
    between = np.where(reported, np.abs(a["published"] - b["published"]), 0).clip(0, _LONGEST_GAP)
    return {
        "date: unknown": (~known).astype(float),
        "date: same day": (days & (apart == 0)).astype(float),
        "date: meet": (stated & ~days & (apart == 0)).astype(float),
        "date: meet, long": np.where(known & (apart == 0), np.log(longer), 0.0),
        "date: not stated": (known & ~stated).astype(float),
        "date: days apart, 1": (days & (apart >= 1)).astype(float),
        "date: days apart, 2": (days & (apart >= 2)).astype(float),
        "date: days apart": np.where(days, np.log1p(apart), 0.0),
        "date: windows apart": np.where(known & ~days, np.log1p(apart), 0.0),
        "date: foretold": np.log1p(foretold(a, b).clip(0, _LONGEST_GAP)),
        "date: published apart": np.log1p(between),
        "date: published unknown": (~reported).astype(float),
    }


# -- where -------------------------------------------------------------------------------------------------------------


def distance(a: Rows, b: Rows) -> Numbers:
    """Km between the points of two incidents; NaN where one has none. Great circle, as in :mod:`geoevents.geo`."""
    p, q = np.radians(a["lat"].astype(float)), np.radians(b["lat"].astype(float))
    turn = np.radians(b["lon"].astype(float) - a["lon"].astype(float))
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(h.clip(0, 1))))


def way_apart(a: Rows, b: Rows) -> Numbers:
    """Km by which the discs of two incidents miss each other; 0 where they meet, NaN where one has none."""
    return np.asarray((distance(a, b) - a["radius"] - b["radius"]).clip(0))


def _places(a: Rows, b: Rows) -> dict[str, Numbers]:
    way = way_apart(a, b)
    known = ~np.isnan(way)
    apart = np.nan_to_num(way).clip(0, _LONGEST_WAY)
    fine = known & (a["where_prec"] <= _FINE) & (b["where_prec"] <= _FINE)
    same = known & (a["place"] == b["place"])
    towns = known & ~same & (a["where_prec"] <= _NEARBY) & (b["where_prec"] <= _NEARBY)
    sure = np.minimum(a["certainty"], b["certainty"]).astype(float)
    mistaken = (a["others"] == b["place"][:, None]).any(axis=1) | (b["others"] == a["place"][:, None]).any(axis=1)
    mistaken |= known & ~same & (a["name"] == b["name"])
    return {
        "place: unknown": (~known).astype(float),
        "place: same, fine": (fine & same).astype(float),
        "place: same, coarse": (~fine & same).astype(float),
        "place: meet, fine": (fine & ~same & (apart == 0)).astype(float),
        "place: meet, coarse": (known & ~fine & ~same & (apart == 0)).astype(float),
        "place: apart": np.where(known & (apart > 0), np.log1p(apart / 5), 0.0),
        "place: apart, sure": np.where(known & (apart > 0), sure * np.log1p(apart / 5), 0.0),
        "place: two towns": np.where(towns, sure * np.log1p(np.nan_to_num(distance(a, b)).clip(0, _FAR) / _TOWN), 0.0),
        "place: other country": (known & (a["country"] != b["country"]) & (a["country"] != 0) & (b["country"] != 0))
        * 1.0,
        "place: mistaken": (known & mistaken & (apart > 0)).astype(float),
    }


# -- what, who, how many -----------------------------------------------------------------------------------------------


def _kinds(a: Rows, b: Rows) -> dict[str, Numbers]:
    like = likenesses()[a["kind"], b["kind"]]
    sides = {
        f"actors: {word} {side}": ((a[f"side_{side}"] != 0) & (b[f"side_{side}"] != 0) & (same == (word == "same")))
        * 1.0
        for side, same in ((side, a[f"side_{side}"] == b[f"side_{side}"]) for side in "ab")
        for word in ("same", "other")
    }
    return {"kind: like": like, "kind: same": (a["kind"] == b["kind"]).astype(float), **sides}


def _numbers(a: Rows, b: Rows) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    for harm in ("killed", "injured"):
        (low, high), (other_low, other_high) = a[harm].T, b[harm].T
        known = (low != NO_COUNT) & (other_low != NO_COUNT)
        same = known & (low == other_low) & (high == other_high)
        gap = np.where(known, np.log(_at_least_half(np.maximum(low, other_low))), 0.0)
        gap -= np.where(known, np.log(_at_least_half(np.minimum(high, other_high))), 0.0)
        found |= {
            f"{harm}: unknown": (~known).astype(float),
            f"{harm}: same": same.astype(float),
            f"{harm}: near, many": np.where(
                known, np.log1p(np.minimum(low, other_low).clip(0)) * (1 - gap / _NEAR).clip(0, 1), 0.0
            ),
            f"{harm}: apart": np.where(known, gap.clip(0, 3), 0.0),
        }
    return found


def _at_least_half(count: NDArray[Any]) -> Numbers:
    return np.asarray(np.maximum(count, 0.5), float)


# -- words -------------------------------------------------------------------------------------------------------------


class Wording:
    """Keywords of incidents, ready to be compared pair by pair.

    Parameters
    ----------
    columns
        The incidents.
    """

    def __init__(self, columns: Columns) -> None:
        self.ends = columns.ends
        numbers = np.unique(columns.words, return_inverse=True)[1]
        owners = np.repeat(np.arange(len(columns)), np.diff(columns.ends))
        order = np.argsort((owners << 32) | numbers)
        self.numbers, self.weights = numbers[order], columns.weights[order]
        self.telling = ((columns.rarities[order] - _PLAIN) / _STEP).clip(0, _MOST_TELLING).astype(float)

    def shared(self, first: Ints, second: Ints) -> tuple[Numbers, Numbers, Numbers]:
        """Cosine of the keywords of each pair, what it shares, and what share of the briefer one's is in the other.

        The last is what a short mention has: all it says is said in the long article, too.
        """
        (one, one_at), (other, other_at) = self._of(first), self._of(second)
        if not len(one):
            return np.zeros(len(first)), np.zeros(len(first)), np.zeros(len(first))
        found = np.searchsorted(one, other).clip(max=len(one) - 1)
        hits = one[found] == other
        pairs = other[hits] >> 32
        ours, theirs = self.weights[one_at[found[hits]]].astype(float), self.weights[other_at[hits]].astype(float)
        telling = np.maximum(self.telling[one_at[found[hits]]], self.telling[other_at[hits]])
        cosine, told, our_share, their_share = (
            np.asarray(np.bincount(pairs, products, len(first)), float)
            for products in (ours * theirs, telling, ours * ours, theirs * theirs)
        )
        return cosine, told, np.maximum(our_share, their_share)

    def _of(self, side: Ints) -> tuple[Ints, Ints]:
        """Words of one side of pairs as ``pair << 32 | word``, in order, and where they stand."""
        lengths = self.ends[side + 1] - self.ends[side]
        pairs = np.repeat(np.arange(len(side)), lengths)
        at = np.repeat(self.ends[side] - np.cumsum(lengths) + lengths, lengths) + np.arange(len(pairs))
        return (pairs << 32) | self.numbers[at], at


def _words(wording: Wording, first: Ints, second: Ints) -> dict[str, Numbers]:
    cosine, told, covered = wording.shared(first, second)
    lengths = np.diff(wording.ends)
    wordless = (lengths[first] == 0) | (lengths[second] == 0)
    return {
        "words: unknown": wordless.astype(float),
        "words: alike": cosine,
        "words: alike, 0.1": (cosine - 0.1).clip(0),
        "words: alike, 0.25": (cosine - 0.25).clip(0),
        "words: alike, 0.5": (cosine - 0.5).clip(0),
        "words: shared": np.log1p(told),
        "words: covered": covered,
    }

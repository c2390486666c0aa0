"""What GeoNames feature codes mean to us: class, plain name, weight and reach (``data/features.csv``).

Importance makes places of every kind comparable: the population a place would need to be spoken of as often. A
country counts twenty times its inhabitants, a dam as much as a town of 15,000. ``floor`` and ``factor`` are estimates
by hand; those of divisions and seats were chosen so that the first candidate is most often the right one in LGL and
TR-News (``tests/evaluation/candidates.py``). They are priors for the resolver, which weighs them anew.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log10, pi, sqrt
from types import MappingProxyType
from typing import Final

#: population-equivalent of importance 1.0, in powers of ten (the largest country comes to 0.97)
_TOP_POWER: Final = 10.75
#: people per square kilometre of built-up land, for a town's radius from its population; about the world's median
_PEOPLE_PER_KM2: Final = 3000.0
_LARGEST_TOWN_KM: Final = 40.0


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature code: `floor` and `factor` for importance, `radius_km` where nothing better is known."""

    code: str
    feature_class: str
    name: str
    floor: float
    factor: float
    radius_km: float


_UNKNOWN: Final = Feature("", "", "place", 300, 0.5, 2)


@lru_cache(maxsize=1)
def features() -> Mapping[str, Feature]:
    """All codes of the table."""
    text = (files("geoevents.places") / "data" / "features.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["code"]: Feature(
                row["code"],
                row["class"],
                row["name"],
                float(row["floor"]),
                float(row["factor"]),
                float(row["radius_km"]),
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


def feature(code: str) -> Feature:
    """Look up a code; a general one where the table lacks it."""
    return features().get(code, _UNKNOWN)


def importance(code: str, population: int) -> float:
    """Share between 0 and 1: how likely a place of this kind and size is to be meant, before any context."""
    kind = feature(code)
    return min(1.0, log10(1 + max(kind.floor, population * kind.factor, population * 0.01)) / _TOP_POWER)


def radius_km(code: str, population: int) -> float:
    """How far a place of this kind and size reaches from its point, in km; a rough estimate."""
    kind = feature(code)
    if kind.feature_class == "P":
        return round(min(_LARGEST_TOWN_KM, max(kind.radius_km, sqrt(population / (_PEOPLE_PER_KM2 * pi)))), 1)
    return kind.radius_km

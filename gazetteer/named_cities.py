"""The cities that the base map names: which, how prominently, and by what name."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geoevents.geo import distance_km
from geoevents.places.names import transliterated

#: Least population of a city of rank 1, 2, 3; capitals have rank 0, all others 4.
RANKS: Final = (4_000_000, 1_500_000, 500_000)
#: Cities of rank 4: the largest of each country down to this number and this population.
PER_COUNTRY: Final = 30
LEAST: Final = 30_000
#: Seats of countries and of first-order divisions, by GeoNames' feature code.
SEATS: Final = ("PPLC", "PPLA")
#: GeoNames' code of a section of a place: a quarter of a city is no city.
QUARTER: Final = "PPLX"
#: A place no further than this from a city belongs to it on a map, in km: Mosul's and Basra's quarters lie within 4 km,
#: Omdurman 6 km from Khartoum, Quezon City 9 km from Manila; Atbara, a city of its own, 12 km from Ad-Damir.
SUBURB_KM: Final = 11.0
#: A seat is the city of a larger place beside it down to this share of its people: Manila, not Asaba beside Onitsha.
SEAT_SHARE: Final = 0.5
#: Share of its people that a suburb counts with, so that its city is named first.
SUBURB_WEIGHT: Final = 0.1


@dataclass(frozen=True)
class City:
    """A city that may be named on the map; `feature_code` is GeoNames'."""

    name: str
    latitude: float
    longitude: float
    country: str
    population: int
    feature_code: str
    capital: bool


def ranked(cities: Iterable[City], names: Mapping[tuple[str, str], str]) -> list[tuple[int, City]]:
    """Choose the cities to name, each with its rank and under its name in English, most important first.

    Parameters
    ----------
    names
        Names in English by country and GeoNames' name, where they are not that name without its signs.
    """
    by_country: defaultdict[str, list[City]] = defaultdict(list)
    for city in cities:
        if city.capital or (city.population >= LEAST and city.feature_code != QUARTER):
            by_country[city.country].append(city)
    found = []
    for group in by_country.values():
        weighed = sorted(_weighed(group), key=lambda one: (-one[0], one[1].name, one[1].latitude))
        for place, (weight, city) in enumerate(weighed):
            if city.capital or place < PER_COUNTRY:
                found.append((_rank(city, weight), weight, city))
    found.sort(key=lambda one: (one[0], -one[1], one[2].name))
    return [(rank, replace(city, name=english(city, names))) for rank, _, city in found]


def _weighed(group: Sequence[City]) -> Iterator[tuple[float, City]]:
    for city in group:
        suburb = not city.capital and any(_belongs(city, other) for other in group)
        yield city.population * (SUBURB_WEIGHT if suburb else 1), city


def _belongs(city: City, other: City) -> bool:
    """Whether a place is part of what a reader of maps calls `other`."""
    if city.feature_code in SEATS:
        return False
    share = SEAT_SHARE if other.feature_code in SEATS else 1
    return other.population > share * city.population and (
        distance_km(city.latitude, city.longitude, other.latitude, other.longitude) <= SUBURB_KM
    )


def _rank(city: City, weight: float) -> int:
    if city.capital:
        return 0
    return next((rank for rank, least in enumerate(RANKS, 1) if weight >= least), 4)


#: the ʿayn and what stands for it; the hamza stays as an apostrophe, as in Xi'an and Ta'if
_AYN: Final = str.maketrans({"‘": "", "ʿ": "", "`": "", "’": "'", "ʼ": "'", "ı": "i", "Đ": "D", "đ": "d"})


def english(city: City, names: Mapping[tuple[str, str], str]) -> str:
    """Name on an English map: the listed one, else GeoNames'; without the signs of transliteration."""
    known = names.get((city.country, city.name))
    if known or not transliterated(city.country):
        return known or city.name
    decomposed = unicodedata.normalize("NFD", city.name.translate(_AYN))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))

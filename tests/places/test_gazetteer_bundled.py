"""The world that comes with geoevents."""

import random

import pytest

from geoevents.countries import countries
from geoevents.geo import distance_km
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.polygons import Outlines


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    return Outlines.open()


@pytest.mark.parametrize(
    ("name", "identifier", "latitude", "longitude"),
    [
        ("Baquba", "gn:97990", 33.75, 44.64),
        ("Ba'qubah", "gn:97990", 33.75, 44.64),
        ("Baqouba", "gn:97990", 33.75, 44.64),
        ("Baghdad", "gn:98182", 33.34, 44.40),
        ("BAGHDAD", "gn:98182", 33.34, 44.40),
        ("Mosul", "gn:99072", 36.34, 43.12),
        ("Iraq", "gn:99237", 33.0, 44.0),
        ("Russia", "gn:2017370", 60.0, 100.0),
        ("Russian", "gn:2017370", 60.0, 100.0),
        ("Kiev", "gn:703448", 50.45, 30.52),
        ("Київ", "gn:703448", 50.45, 30.52),
        ("بغداد", "gn:98182", 33.34, 44.40),
        ("U.S.", "gn:6252001", 39.76, -98.5),
        ("USA", "gn:6252001", 39.76, -98.5),
        ("W.Va.", "gn:4826850", 38.5, -80.5),
        ("Calif.", "gn:5332921", 37.25, -119.75),
        ("Africa", "gn:6255146", 7.2, 21.1),
        ("Tell Afar", "gn:90393", 36.38, 42.45),
        ("Tal Afar", "gn:90393", 36.38, 42.45),
        ("Talafar", "gn:90393", 36.38, 42.45),
        ("Deir al-Zour", "gn:170794", 35.34, 40.14),
        ("ar-Raqqa", "gn:172955", 35.95, 39.01),
        ("Al-Falluja", "gn:99454", 33.35, 43.78),
        ("Baquobah", "gn:97990", 33.75, 44.64),
        ("حلب", "gn:170063", 36.20, 37.16),
        ("Донецк", "gn:709717", 48.02, 37.80),
        ("Kyiv Oblast", "gn:703446", 50.25, 30.5),
        ("Oblast of Donetsk", "gn:709716", 48.0, 37.5),
        ("Governorate of Nineveh", "gn:92877", 36.17, 42.58),
        ("Diyala Province", "gn:96965", 34.0, 45.0),
        ("S.C.", "gn:4597040", 34.0, -81.0),
        ("Mt. Sinjar", "geo:mount-sinjar", 36.37, 41.7),
        ("St. Petersburg", "gn:498817", 59.94, 30.31),
        ("Brussels Airport", "icao:EBBR", 50.90, 4.48),
        ("County of Los Angeles", "gn:5368381", 34.32, -118.22),
        ("Deir Ezzor", "gn:170794", 35.34, 40.14),
        ("Hodeidah", "gn:79415", 14.80, 42.95),
    ],
)
def test_well_known_places(world: Gazetteer, name: str, identifier: str, latitude: float, longitude: float) -> None:
    places = [place for place in world.find(name) if place.id == identifier]
    assert places, world.find(name)
    assert distance_km(latitude, longitude, places[0].latitude, places[0].longitude) < 25


@pytest.mark.parametrize(
    "name",
    [
        "Nineveh",
        "Ninawa",
        "Nīnawá",
        "Ninewa",
        "Nineveh province",
        "Ninawa Governorate",
        "Muhafazat Ninawa",
        "Nineveh Governorate",
    ],
)
def test_one_division_under_all_its_names(world: Gazetteer, name: str) -> None:
    found = [place for place in world.find(name, country_codes=["IQ"]) if place.feature_code == "ADM1"]
    assert [place.name for place in found] == ["Nineveh"]


@pytest.mark.parametrize(
    "name", ["Anbar", "Al-Anbar", "Kirkuk", "At-Ta'mim", "Salahuddin", "Salah ad-Din", "Diyala", "Dhi Qar"]
)
def test_divisions_of_iraq(world: Gazetteer, name: str) -> None:
    assert any(place.feature_code == "ADM1" for place in world.find(name, country_codes=["IQ"]))


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("West Darfur", "SD", "SD.47"),
        ("Central Darfur", "SD", "SD.61"),
        ("South Kordofan", "SD", "SD.50"),
        ("Addis Ababa", "ET", "ET.44"),
        ("Ouaddaï", "TD", "TD.12"),
        ("Taiz", "YE", "YE.25"),
        ("México", "MX", "MX.15"),
        ("Atlantis", "GR", None),
    ],
)
def test_a_division_by_its_name(world: Gazetteer, name: str, country: str, code: str | None) -> None:
    assert world.division(name, country) == code


@pytest.mark.parametrize(("name", "country"), [("Lanao del Sur", "PH"), ("Sulu", "PH"), ("Zamboanga Sibugay", "PH")])
def test_second_order_divisions_by_their_bare_names(world: Gazetteer, name: str, country: str) -> None:
    assert "ADM2" in {place.feature_code for place in world.find(name, country_codes=[country])}


def test_one_slip_is_forgiven_when_asked_and_never_in_a_short_name(world: Gazetteer) -> None:
    assert world.find("Fallujjah", country_codes=["US"]) == ()
    assert world.find("Bahgdad") == ()
    match = world.match("Bahgdad", fuzzy=True, country_codes=["IQ"])[0]
    assert (match.place.id, match.kind, match.cost) == ("gn:98182", "fuzzy", 0.6)
    assert world.find("Hmos", fuzzy=True) == ()


def test_a_country_is_not_its_capital(world: Gazetteer) -> None:
    """A country's point on its capital would pass for the capital."""
    for code, capital in (("JP", "Tokyo"), ("RS", "Belgrade"), ("RU", "Moscow"), ("IQ", "Baghdad"), ("SY", "Damascus")):
        country = world.place(world.area(code) or 0)
        city = world.find(capital, country_codes=[code])[0]
        assert distance_km(country.latitude, country.longitude, city.latitude, city.longitude) > 30


def test_the_best_of_a_few_are_the_best_of_all(world: Gazetteer) -> None:
    for name in ("San José", "Santa Rosa", "US", "Baghdad", "Victoria"):
        for codes in ((), ("US", "MX")):
            assert world.match(name, limit=3, country_codes=codes) == world.match(name, country_codes=codes)[:3]


def test_a_region_of_several_divisions_lies_in_none(world: Gazetteer) -> None:
    for name, country in (("Darfur", "SD"), ("Sool and Sanaag", "SO")):
        places = [place for place in world.find(name, country_codes=[country]) if place.id.startswith("geo:")]
        assert [place.admin1 for place in places] == [""], places


def test_airports_know_their_division(world: Gazetteer) -> None:
    assert world.place("icao:OAKB").admin1 == "Kabul"
    assert world.find("Luis Munoz Marin International Airport")[0].country_code == "PR"


def test_a_word_in_small_letters_is_no_short_form(world: Gazetteer) -> None:
    for word in ("us", "va", "la", "me", "pa"):
        assert all(match.kind not in ("abbreviation", "code") for match in world.match(word))


def test_every_country_is_found_by_name_and_lies_in_its_outline(world: Gazetteer, outlines: Outlines) -> None:
    far = {}
    for code, country in countries().items():
        places = [
            p
            for p in world.find(country.name, country_codes=[code])
            if p.feature_code.startswith(("PCL", "TERR", "CONT"))
        ]
        assert places, country
        km = outlines.km_to(code, places[0].latitude, places[0].longitude)
        if km:
            far[code] = round(km)
    # points of island groups may lie at sea, those of the French Southern Territories far out
    assert all(km < 250 for code, km in far.items() if code != "TF"), far
    assert sum(km > 60 for km in far.values()) <= 8, far


def test_places_lie_in_the_country_they_say(world: Gazetteer, outlines: Outlines) -> None:
    rows = random.Random(1).sample(range(len(world)), 2000)
    places = [place for place in map(world.place, rows) if place.feature_code.startswith("PPL")]
    right = sum(outlines.country_at(p.latitude, p.longitude) in (p.country_code, None) for p in places)
    assert right / len(places) > 0.985


def test_containment(world: Gazetteer) -> None:
    chain = [world.place(row) for row in world.areas(world.row("gn:97990"))]
    assert [place.feature_code for place in chain][-2:] == ["ADM1", "PCLI"]
    assert [place.name for place in chain][-2:] == ["Diyala", "Iraq"]


def test_important_places_come_first(world: Gazetteer) -> None:
    assert world.find("Paris")[0].country_code == "FR"
    assert world.find("Iraq")[0].feature_code == "PCLI"
    assert world.find("Damascus")[0].country_code == "SY"


def test_every_place_is_found_by_its_own_name(world: Gazetteer) -> None:
    for row in random.Random(2).sample(range(len(world)), 3000):
        place = world.place(row)
        assert row in {hit.row for hit in world.hits(place.name)}, place
        assert world.place(place.id) == place


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (33.34, 44.40, "IQ.07"),
        (36.2, 37.15, "SY.09"),
        (44.95, 34.1, "UA.11"),
        (38.9, -77.03, "US.DC"),
        (0.0, -30.0, None),
        (31.5, 34.45, "PS.GZ"),
    ],
)
def test_division_at_a_point(outlines: Outlines, latitude: float, longitude: float, code: str | None) -> None:
    assert outlines.code_at(latitude, longitude) == code


def test_data_files_are_small(world: Gazetteer) -> None:
    folder = world.path.parent
    assert sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) < 25_000_000


def test_every_outline_is_valid_and_neighbours_share_no_more_than_rounding(outlines: Outlines) -> None:
    import shapely

    wrong = [c for c, shape in zip(outlines.codes, outlines.shapes, strict=True) if not shapely.is_valid(shape)]
    assert wrong == []
    overlap = sum(shape.area for shape in outlines.shapes) - shapely.union_all(outlines.shapes).area
    assert overlap < 0.001  # square degrees, of 21,385

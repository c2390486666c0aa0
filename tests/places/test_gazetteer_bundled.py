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

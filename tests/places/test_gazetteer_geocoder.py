"""geopy's conventions: the gazetteer drops in wherever a geopy geocoder does."""

import inspect
import time

import geopy
import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

import geoevents
from geoevents.places.geocoder import Gazetteer


@pytest.fixture(scope="module")
def geocoder() -> Gazetteer:
    return geoevents.Gazetteer()


def test_it_is_the_public_gazetteer() -> None:
    assert geoevents.Gazetteer is Gazetteer


@pytest.mark.parametrize(
    ("query", "address", "latitude", "longitude"),
    [
        ("Baquba, Diyala, Iraq", "Baqubah, Diyala, Iraq", 33.75, 44.61),
        ("Baqouba", "Baqubah, Diyala, Iraq", 33.75, 44.61),
        ("Paris, Texas", "Paris, Texas, United States", 33.66, -95.56),
        ("Paris", "Paris, Île-de-France, France", 48.85, 2.35),
        ("Springfield, Illinois, USA", "Springfield, Illinois, United States", 39.80, -89.64),
        ("Alexandria, Va.", "Alexandria, Virginia, United States", 38.80, -77.05),
        ("Washington, D.C.", "Washington, District of Columbia, United States", 38.90, -77.04),
        ("Tripoli, Lebanon", "Tripoli, North Lebanon, Lebanon", 34.43, 35.84),
        ({"city": "Basra", "country": "Iraq"}, "Basrah, Basra, Iraq", 30.51, 47.78),
        ({"state": "Nineveh", "country": "Iraq"}, "Nineveh, Iraq", 36.17, 42.58),
    ],
)
def test_geocode(geocoder: Gazetteer, query: object, address: str, latitude: float, longitude: float) -> None:
    location = geocoder.geocode(query)  # type: ignore[arg-type]  # one of the types it takes
    assert isinstance(location, geopy.Location)
    assert location.address == address
    assert (location.latitude, location.longitude) == pytest.approx((latitude, longitude), abs=0.01)
    assert location.raw["id"]


@pytest.mark.parametrize(
    "query", ["Xyzzyville", "Paris, Iraq", "Baquba, Nowhere", {"city": "Mosul", "country": "France"}]
)
def test_what_is_not_there_is_none(geocoder: Gazetteer, query: object) -> None:
    assert geocoder.geocode(query) is None  # type: ignore[arg-type]
    assert geocoder.geocode(query, exactly_one=False) is None  # type: ignore[arg-type]


def test_filters(geocoder: Gazetteer) -> None:
    several = geocoder.geocode("Tripoli", exactly_one=False, limit=5)
    assert isinstance(several, list)
    assert len(several) == 5
    assert geocoder.geocode("Tripoli", country_codes="lb").raw["country_code"] == "LB"
    assert geocoder.geocode("Tripoli", country_codes=["LB", "GR"]).raw["country_code"] == "LB"
    box = [(33, 35), geopy.Point(36, 37)]
    assert geocoder.geocode("Tripoli", viewbox=box).raw["country_code"] == "LB"
    assert [place.raw["country_code"] for place in geocoder.geocode("Tripoli", viewbox=box, exactly_one=False)][
        -1
    ] != "LB"
    inside = geocoder.geocode("Tripoli", viewbox=box, bounded=True, exactly_one=False)
    assert {place.raw["country_code"] for place in inside} == {"LB"}
    assert geocoder.geocode("Kirkuk", featuretype="state").raw["feature_code"] == "ADM1"
    assert geocoder.geocode("Kirkuk", featuretype="city").raw["feature_code"] == "PPLA"
    assert geocoder.geocode("Kirkuk", featuretype="P").raw["feature_code"] == "PPLA"
    assert geocoder.geocode("Kirkuk", featuretype="country") is None
    assert geocoder.geocode("Kirkuk", featuretype="dam") is None
    assert geocoder.geocode("Tikfit") is None
    assert geocoder.geocode("Tikfit", fuzzy=True).raw["match"] == "fuzzy"


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {}),
        (" , ", {}),
        (None, {}),
        (7, {}),
        ({"planet": "Mars"}, {}),
        ("Paris", {"country_codes": "FRA"}),
        ("Paris", {"viewbox": [(1, 2)]}),
        ("Paris", {"viewbox": ["here", "there"]}),
        ("Paris", {"featuretype": "nonsense"}),
    ],
)
def test_senseless_queries(geocoder: Gazetteer, query: object, options: dict[str, object]) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["33.75, 44.63", (33.75, 44.63), [33.75, 44.63], geopy.Point(33.75, 44.63)])
def test_reverse(geocoder: Gazetteer, query: object) -> None:
    nearest = geocoder.reverse(query)
    assert nearest.address == "Baqubah, Diyala, Iraq"
    assert nearest.raw["distance_km"] == pytest.approx(2.3, abs=0.1)
    assert [place.address for place in geocoder.reverse(query, exactly_one=False)] == [
        "Baqubah, Diyala, Iraq",
        "Diyala, Iraq",
        "Iraq",
    ]


@pytest.mark.parametrize(
    ("language", "address"),
    [
        ("ar", "Baqubah, ديالى, العراق"),
        ("de-AT", "Baqubah, Diyala, Irak"),
        ("xx, fr;q=0.5, de;q=0.9", "Baqubah, Diyala, Irak"),
        ("en, ar", "Baqubah, Diyala, Iraq"),
        ("xx", "Baqubah, Diyala, Iraq"),
        ("ar;q=much", "Baqubah, ديالى, العراق"),
        (False, "Baqubah, Diyala, Iraq"),
    ],
)
def test_addresses_in_other_languages(geocoder: Gazetteer, language: str | bool, address: str) -> None:
    assert geocoder.geocode("Baquba", language=language).address == address
    assert geocoder.reverse((33.754, 44.605), language=language).address == address


def test_an_area_itself_is_named_in_other_languages(geocoder: Gazetteer) -> None:
    addresses = [place.address for place in geocoder.reverse((48.14, 11.57), exactly_one=False, language="fr")]
    assert addresses[1:] == ["Bavière, Allemagne", "Allemagne"]
    assert geocoder.geocode("Nineveh", language="ar").address == "Nineveh, العراق"  # GeoNames has "Mosul" for it


def test_reverse_stays_in_the_division_of_the_point(geocoder: Gazetteer) -> None:
    """A nearer town across the border of the division does not name a point on this side."""
    for latitude, longitude in ((36.63, 42.82), (31.5, 34.47), (44.95, 34.1)):
        places = [location.raw for location in geocoder.reverse((latitude, longitude), exactly_one=False)]
        assert len({place["country_code"] for place in places}) == 1
        assert places[0]["admin1"] == places[1]["name"]


def test_reverse_far_from_everything(geocoder: Gazetteer) -> None:
    assert geocoder.reverse((0, -30)) is None
    assert geocoder.reverse((0, -30), exactly_one=False) is None
    desert = geocoder.reverse((24.0, 26.0), exactly_one=False)
    assert [place.raw["country_code"] for place in desert] == ["EG", "EG"]
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("no point")


def test_reverse_takes_less_than_a_millisecond(geocoder: Gazetteer) -> None:
    geocoder.reverse((33.75, 44.63))
    times = []
    for i in range(200):
        started = time.process_time()
        geocoder.reverse((33.0 + i / 100, 44.0 + i / 77))
        times.append(time.process_time() - started)
    assert sorted(times)[100] < 0.001


def test_it_takes_what_geopy_gives(geocoder: Gazetteer) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert limited("Mosul", exactly_one=True, timeout=5).address == "Mosul, Nineveh, Iraq"
    for method in ("geocode", "reverse"):
        mine = inspect.signature(getattr(Gazetteer, method)).parameters
        geopys = inspect.signature(getattr(Nominatim, method)).parameters
        details = {"addressdetails", "geometry", "extratags", "namedetails", "zoom"}  # of OpenStreetMap's data alone
        assert set(geopys) - details <= set(mine)
        assert all(mine[name].kind == geopys[name].kind for name in set(geopys) - details)

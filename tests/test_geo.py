"""Distances and points on the sphere."""

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from geoevents.geo import destination, distance_km, midpoint

latitudes = st.floats(-89, 89)
longitudes = st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_that_of_geopy(a: float, b: float, c: float, d: float) -> None:
    assert distance_km(a, b, c, d) == pytest.approx(great_circle((a, b), (c, d)).km, abs=0.02)


@given(latitudes, longitudes, st.floats(0, 360), st.floats(0, 5000))
def test_a_destination_is_as_far_as_asked(lat: float, lon: float, bearing: float, km: float) -> None:
    there = destination(lat, lon, bearing, km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, abs=0.01)
    assert -180 <= there[1] < 180


def test_north_is_up() -> None:
    assert destination(33.3, 44.4, 0, 111.2) == pytest.approx((34.3, 44.4), abs=0.01)


def test_the_middle_crosses_the_date_line() -> None:
    assert abs(midpoint([(0, 179), (0, -179)])[1]) == pytest.approx(180)
    assert midpoint([(10, 20)]) == pytest.approx((10, 20))


@pytest.mark.parametrize("points", [[], [(0, 0), (0, 180)]])
def test_points_without_a_middle_are_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="middle"):
        midpoint(points)

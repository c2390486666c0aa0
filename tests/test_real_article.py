"""The main job on a real article: what must come out of it, and what must not."""

from datetime import date
from pathlib import Path

import pytest

from geoevents.geo import distance_km
from geoevents.model import Event, Incident
from geoevents.pipeline import Reading, Result, read, run

pytestmark = pytest.mark.shared

BAQUBA = (33.75, 44.65)
MOSUL_DAM = (36.63, 42.82)
NAMED = ("baghdad|baquba|diyala|mosul|mosul dam|iraq|syria|damascus|washington|saudi arabia|qatar|kuwait|libya").split(
    "|"
)
NO_PLACES = ("Rhodes", "Martin", "Foley", "Hagel", "Meyer", "Auken", "Obama", "Abadi", "Sunni", "Dempsey")


@pytest.fixture(scope="module")
def article(shared: Path) -> Path:
    return shared / "articles" / "2014-08-23-sectarian-massacre-in-iraq.txt"


@pytest.fixture(scope="module")
def result(article: Path) -> Result:
    return run([article])


@pytest.fixture(scope="module")
def reading(article: Path) -> Reading:
    (found,) = read([article])
    assert isinstance(found, Reading)
    return found


def only(events: list[Event]) -> Event:
    assert len(events) == 1, [(e.sub_event_type, e.killed, e.quotes[0].text[:80]) for e in events]
    return events[0]


def telling(result: Result, *words: str) -> list[Event]:
    return [e for e in result.events if any(word in quote.text for quote in e.quotes for word in words)]


def test_mosque_massacre_is_one_event_with_its_range(result: Result) -> None:
    event = only([e for e in result.events if e.killed and e.killed.low == 64])
    assert event.killed is not None
    assert (event.killed.low, event.killed.high) == (64, 75)
    assert event.when is not None
    assert (event.when.start, event.when.end, event.when.prec) == (date(2014, 8, 22), date(2014, 8, 22), 1)
    assert event.where is not None
    assert distance_km(event.where.latitude, event.where.longitude, *BAQUBA) < 15
    assert event.where.place.country_code == "IQ"
    assert event.where.where_prec >= 2
    assert event.where.radius_km > 0
    assert event.side_a is not None
    assert "shi" in (event.side_a.name + event.side_a.text).lower() or "militia" in event.side_a.text.lower()
    assert "suicide" in (event.weapon or "") or event.sub_event_type == "Suicide bomb"
    assert only(telling(result, "scores of Sunnis")) is event


def test_air_strikes_are_an_aggregate_without_deaths(result: Result) -> None:
    event = only([e for e in result.events if e.sub_event_type == "Air/drone strike"])
    assert event.killed is None
    assert event.event_clarity == 2
    assert event.where is not None
    assert distance_km(event.where.latitude, event.where.longitude, *MOSUL_DAM) < 10
    # the article gives no day for the strikes
    assert event.when is None or event.when.end > event.when.start


def test_beheadings_in_saudi_arabia(result: Result) -> None:
    event = only([e for e in result.events if e.where and e.where.place.country_code == "SA"])
    assert event.killed is not None
    assert (event.killed.low, event.killed.high) == (19, None)
    assert event.where is not None
    assert event.where.where_prec == 6
    assert event.when is not None
    assert 13 <= (event.when.end - event.when.start).days <= 15


def test_foley_has_no_coordinates(result: Result) -> None:
    event = only([e for e in telling(result, "Foley") if e.killed])
    assert event.killed is not None
    assert (event.killed.low, event.killed.high) == (1, 1)
    assert event.where is None


def test_places_named(reading: Reading) -> None:
    names = {r.mention.text.lower() for r in reading.places.resolved if r.place}
    for name in NAMED:
        assert name in names
    dam = [r for r in reading.places.resolved if r.mention.text.lower() == "mosul dam"]
    assert all(r.place and distance_km(r.place.latitude, r.place.longitude, *MOSUL_DAM) < 10 for r in dam)


def test_persons_and_peoples_are_no_places(reading: Reading) -> None:
    placed = [r.mention.text for r in reading.places.resolved if r.place and r.mention.kind == "place"]
    assert not [text for text in placed if any(name in text for name in NO_PLACES)]


def test_what_did_not_happen_is_not_mapped(result: Result) -> None:
    assert len(result.events) <= 5
    assert not [e for e in result.events if e.where and e.where.place.country_code == "SY"]
    assert not [e for e in result.events if e.when and e.when.start.year < 2014]


def test_numbers_that_are_no_victims_are_not_counted(result: Result) -> None:
    incidents: tuple[Incident, ...] = result.incidents
    figures = {n for i in incidents for c in i.claims for n in (c.count.low, c.count.best, c.count.high)}
    assert not figures & {90, 500_000_000, 2003, 2006, 2007}

"""The real article, read to incidents: every row of what must and must not come out of it."""

from datetime import date
from pathlib import Path

import pytest

from geoevents.articles import read_articles
from geoevents.geo import distance_km
from geoevents.incidents import IncidentReader
from geoevents.model import Document, Incident
from geoevents.places import PlaceFinder
from geoevents.settings import ArticleSettings, IncidentSettings, PlaceSettings

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def incidents(request: pytest.FixtureRequest) -> tuple[Incident, ...]:
    shared: Path = request.getfixturevalue("shared")
    article = shared / "articles" / "2014-08-23-sectarian-massacre-in-iraq.txt"
    (document,) = read_articles([article], ArticleSettings())
    assert isinstance(document, Document)
    assert document.published == date(2014, 8, 23)
    places = PlaceFinder.from_settings(PlaceSettings())(document)
    return IncidentReader.from_settings(IncidentSettings())(document, places)


def test_nothing_else_comes_out(incidents: tuple[Incident, ...]) -> None:
    assert len(incidents) == 4


def test_the_massacre(incidents: tuple[Incident, ...]) -> None:
    (massacre,) = (i for i in incidents if i.sub_event_type == "Suicide bomb")
    assert massacre.killed is not None
    assert (massacre.killed.low, massacre.killed.high) == (64, 75)
    assert massacre.when is not None
    assert (massacre.when.start, massacre.when.end, massacre.when.prec) == (date(2014, 8, 22), date(2014, 8, 22), 1)
    assert massacre.where is not None
    assert massacre.where.where_prec >= 2
    assert massacre.where.radius_km > 0
    assert massacre.where.place.name in ("Baqubah", "Baquba", "Ba‘qūbah")
    assert (massacre.where.place.country_code, massacre.where.place.admin1) == ("IQ", "Diyala")
    assert massacre.side_a is not None
    assert (massacre.side_a.name, massacre.side_a.certainty) == ("Shi'ite militia", "alleged")
    assert massacre.target == "mosque"
    assert massacre.weapon == "explosive, firearms"
    assert {claim.speaker for claim in massacre.claims} <= {None, "Conflicting reports"}


def test_the_air_strikes(incidents: tuple[Incident, ...]) -> None:
    (strikes,) = (i for i in incidents if i.sub_event_type == "Air/drone strike")
    assert strikes.where is not None
    assert distance_km(strikes.where.latitude, strikes.where.longitude, 36.63, 42.82) < 10
    assert strikes.killed is None
    assert strikes.injured is None
    assert strikes.claims == ()
    assert strikes.side_a is not None
    assert strikes.side_a.name == "Military Forces of the United States"
    assert strikes.when is None or strikes.when.prec >= 4
    assert strikes.event_clarity == 2


def test_the_beheadings_in_saudi_arabia(incidents: tuple[Incident, ...]) -> None:
    (beheadings,) = (i for i in incidents if i.where is not None and i.where.place.country_code == "SA")
    assert beheadings.killed is not None
    assert (beheadings.killed.low, beheadings.killed.high) == (19, None)
    assert beheadings.where is not None
    assert beheadings.where.where_prec == 6
    assert beheadings.when is not None
    assert (beheadings.when.start, beheadings.when.end) == (date(2014, 8, 9), date(2014, 8, 23))
    assert beheadings.event_clarity == 2


def test_james_foley(incidents: tuple[Incident, ...]) -> None:
    (foley,) = (i for i in incidents if i.killed is not None and i.killed.high == 1)
    assert foley.killed is not None
    assert foley.killed.low == 1
    assert foley.where is None


def test_no_number_that_counts_nobody(incidents: tuple[Incident, ...]) -> None:
    counted = {claim.count.best for incident in incidents for claim in incident.claims}
    assert counted.isdisjoint({3, 75_000, 90, 500, 500_000_000})
    assert all(claim.count.text != "75" for incident in incidents for claim in incident.claims)

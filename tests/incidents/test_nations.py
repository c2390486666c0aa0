"""The country of events that no place is told of, and which of several places is the event's."""

from datetime import date

import pytest

from geoevents.incidents import IncidentReader
from geoevents.incidents._tables import table
from geoevents.model import Document, DocumentPlaces, Incident
from geoevents.places import PlaceFinder
from geoevents.settings import IncidentSettings, PlaceSettings


@pytest.fixture(scope="module")
def find() -> PlaceFinder:
    return PlaceFinder.from_settings(PlaceSettings())


def read(text: str, find: PlaceFinder | None = None) -> Incident:
    document = Document(id="d", text=text, published=date(2024, 5, 17))
    places = find(document) if find else DocumentPlaces(doc_id="d")
    return IncidentReader.from_settings(IncidentSettings())(document, places)[0]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Fighters of the Moro Islamic Liberation Front abducted two nurses on Monday.", "PH"),
        ("A driver was shot dead on a farm road. Officials blamed the Taliban for the attack.", "AF"),
        ("Al-Shabaab gunmen threw a grenade into a tea shop, wounding nine.", "SO"),
        ("Two Ertzaintza officers were wounded when a bomb went off under their van.", "ES"),
        ("The sister of a Chechen commander was kidnapped from her flat.", "RU"),
        ("Gunmen of al-Qaeda killed a judge.", ""),  # it acts in too many
        ("Unknown men shot a shopkeeper dead.", ""),
    ],
)
def test_groups_and_peoples_tell_a_country_and_no_point(text: str, country: str) -> None:
    incident = read(text)
    assert incident.where is None
    assert incident.country_code == country
    assert bool(incident.country_reason) == bool(country)


def test_the_reason_names_what_told_the_country() -> None:
    assert "'Taliban'" in read("A teacher was murdered. Police blamed the Taliban for the killing.").country_reason


def test_a_home_is_one_of_the_countries_a_group_acts_in() -> None:
    assert all(row["home"] in ("", *row["countries"].split()) for row in table("actors"))


def test_homelands_are_countries() -> None:
    assert {len(row["country"]) for row in table("homelands")} == {2}
    assert {row["what"] for row in table("homelands")} == {"people", "institution"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen shot a clerk dead in southern Thailand's restive Songkhla province on Monday.", "Songkhla", "TH"),
        ("A trader was killed in Songkhla province in southern Thailand on Monday.", "Songkhla", "TH"),
        ("A bomb went off outside the offices in Lisbon of Norway's embassy, wounding a guard.", "Lisbon", "PT"),
        ("A car bomb exploded in a wealthy and leafy area of Leganes, near Madrid, wounding two.", "Leganes", "ES"),
        ("A Molotov cocktail was thrown at a bank in Lisbon, wounding a clerk.", "Lisbon", "PT"),
        ("A police post near the West Bank village of Tammun was attacked and an officer wounded.", "Tammun", "PS"),
    ],
)
def test_the_finest_place_that_is_the_events(text: str, name: str, country: str, find: PlaceFinder) -> None:
    where = read(text, find).where
    assert where is not None
    assert name in where.text
    assert where.place.country_code == country

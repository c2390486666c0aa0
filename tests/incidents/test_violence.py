"""Which deaths, hits and fights in a newspaper are violence."""

from datetime import date

import pytest

from geoevents.incidents import IncidentReader
from geoevents.model import Document, DocumentPlaces, Incident
from geoevents.settings import IncidentSettings


def read(text: str) -> tuple[Incident, ...]:
    reader = IncidentReader.from_settings(IncidentSettings())
    return reader(Document(id="d", text=text, published=date(2024, 5, 17)), DocumentPlaces(doc_id="d"))


@pytest.mark.parametrize(
    "text",
    [
        "Grete Halvorsen, who ran the bakery on Quay Street for forty years, died on Sunday. She was 91.",
        "The former mayor died at his home after a long illness. He leaves his wife and two sons.",
        "A lorry overturned on the coast road. The driver died at the scene and two passengers were injured.",
        "The minibus left the road near the bridge. Six people were killed.",
        "A strong quake shook the valley before dawn, leaving at least 140 people dead and 900 injured.",
        "Three hikers are missing after a landslide in the hills. Two others were injured.",
        "The holiday road toll stands at 14 after two more deaths on Monday.",
        "A branch of an old oak broke off in the storm. A woman was killed and four guests were hurt.",
        "An 82-year-old was killed in her drive when she was struck by an SUV that was backing up.",
        "The minister strongly attacked the proposal to raise the fee.",
        "Her travel costs came under fire in the campaign.",
        "It was a battle of nerves, and the visitors seized the lead in the last minute.",
        "The company is conquering the market for shoes in the north.",
        "Police arrested two people on drug and theft charges on Friday.",
        "A councillor was arrested on suspicion of accepting bribes.",
        "The president has survived several assassination plots, his memoirs say.",
        "Mr. Lynch said the flats would be ready in May. His mother died last year.",
        "One of the contestants has a really good shot at the prize.",
    ],
)
def test_no_violence_is_no_incident(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed in the old quarter on Monday.",
        "Shells fell on the market. Nine people died and twenty were injured.",
        "The bodies of two herders were found by the river on Monday.",
        "The mosque was attacked during the night.",
        "Radicals attacked the shelter with stones and bottles.",
        "An explosion damaged the town hall.",
        "Police arrested eleven opposition activists at the airport.",
        "Troops arrested four suspected insurgents in the village.",
        "The councilman was murdered at home on Sunday. His house was on fire when neighbours came.",
        "Fighters of the FAR died in the hills, and two villagers were injured.",
        "Residents heard six gunshots after dusk. They found a cobbler dead on the stairs.",
        "Police in the capital arrested four people who were planning to bomb a bus depot.",
    ],
)
def test_violence_is_one(text: str) -> None:
    assert len(read(text)) == 1


def test_small_words_are_no_acronyms() -> None:
    """FAR and FACT are armed groups, "far" and "fact" are none: nobody fights here."""
    assert read("The fact is that he died far from home.") == ()


def test_a_helicopter_that_searched_struck_nobody() -> None:
    (incident,) = read("A helicopter joined the search, and the body of the abducted trader was found in a well.")
    assert incident.sub_event_type != "Air/drone strike"

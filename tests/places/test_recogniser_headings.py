"""A heading that is nothing but a country's name is a place; a name below a letter is its writer's."""

import pytest

from geoevents.model import Document
from geoevents.places import PlaceFinder
from geoevents.settings import PlaceSettings
from geoevents.text.sentences import split_sentences


@pytest.mark.parametrize("heading", ["EL SALVADOR.", "UNITED STATES.", "Peru"])
def test_heading_is_a_place(heading: str) -> None:
    text = f"{heading}\n\nA bomb went off outside a bank."
    places = PlaceFinder.from_settings(PlaceSettings())(Document(id="d", text=text, sentences=split_sentences(text)))
    first = places.resolved[0]
    assert (first.mention.kind, first.mention.start) == ("place", 0)
    assert first.place is not None
    assert first.place.feature_code.startswith("PCL")


@pytest.mark.parametrize("name", ["Patrick", "Paul"])
def test_name_below_a_letter_is_a_person(name: str) -> None:
    text = f"Please send me the report before noon.\n\n{name}\n\nWho wrote the second page?"
    places = PlaceFinder.from_settings(PlaceSettings())(Document(id="d", text=text, sentences=split_sentences(text)))
    assert not places.resolved

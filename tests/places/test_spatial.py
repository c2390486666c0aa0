"""Spatial phrases: points, precision and radius of what is near, between and off places."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.geo import distance_km
from geoevents.model import Document, Location, PlaceMention
from geoevents.places.atlas import Atlas
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.resolver.resolver import Resolver
from geoevents.places.spatial.grammar import read_phrase
from geoevents.places.spatial.phrases import locations_of
from geoevents.text.sentences import split_sentences
from tests.gold.scoring_places import location_mistakes
from tests.timing import grows_no_faster_than_its_input

GOLD = Path(__file__).parent.parent / "gold" / "places.jsonl"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(Gazetteer.open())


def locate(atlas: Atlas, text: str, *names: str) -> tuple[Location, ...]:
    """Locations of a text whose toponyms are `names`."""
    document = Document(id="d", text=text, sentences=split_sentences(text))
    starts = [text.index(name) for name in names]
    mentions = [
        PlaceMention(doc_id="d", start=start, end=start + len(name), text=name)
        for start, name in zip(starts, names, strict=True)
    ]
    return locations_of(document, Resolver(atlas, 0.2)(document, mentions), atlas)


@pytest.mark.parametrize(
    ("text", "phrase", "relation", "prec", "least_km", "most_km"),
    [
        ("Gunmen raided a village near Baquba in Iraq.", "a village near Baquba", "near", 2, 20, 30),
        ("Shells hit the outskirts of Baquba in Iraq.", "the outskirts of Baquba", "part", 2, 5, 25),
        ("A bomb went off in central Baquba in Iraq.", "central Baquba", "part", 1, 0.5, 15),
        ("They were ambushed 40 km east of Baquba in Iraq.", "40 km east of Baquba", "offset", 2, 5, 25),
        ("They were ambushed north of Baquba in Iraq.", "north of Baquba", "near", 5, 30, 60),
        ("They were ambushed on the road to Baquba in Iraq.", "road to Baquba", "along", 5, 20, 60),
        ("They were ambushed in Baquba in Iraq.", "Baquba", "at", 1, 0, 15),
    ],
)
def test_a_phrase_is_never_passed_off_as_its_anchor(
    atlas: Atlas, text: str, phrase: str, relation: str, prec: int, least_km: float, most_km: float
) -> None:
    found = locate(atlas, text, "Baquba", "Iraq")[0]
    assert (found.text, found.relation, found.where_prec) == (phrase, relation, prec)
    assert least_km <= found.radius_km <= most_km
    assert text[found.mention_start : found.mention_end] == "Baquba"
    assert found.place.country_code == "IQ"


def test_a_distance_and_a_direction_move_the_point(atlas: Atlas) -> None:
    anchor = locate(atlas, "They met in Baghdad.", "Baghdad")[0]
    moved = locate(atlas, "The convoy was hit 75 miles northeast of Baghdad.", "Baghdad")[0]
    assert moved.latitude > anchor.latitude
    assert moved.longitude > anchor.longitude
    assert distance_km(anchor.latitude, anchor.longitude, moved.latitude, moved.longitude) == pytest.approx(
        120.7, abs=1
    )


def test_nautical_miles_are_longer(atlas: Atlas) -> None:
    (found,) = locate(atlas, "The ship was hit 60 nautical miles southwest of the port of Aden.", "Aden")
    assert (found.relation, found.where_prec) == ("offset", 5)
    assert distance_km(found.place.latitude, found.place.longitude, found.latitude, found.longitude) == pytest.approx(
        111.1, abs=0.5
    )


def test_between_two_places_lies_in_the_middle_and_takes_both(atlas: Atlas) -> None:
    (found,) = locate(atlas, "A mine exploded on the road from Goma to Rutshuru.", "Goma", "Rutshuru")
    assert [anchor.name for anchor in found.anchors] == ["Goma", "Rutshuru"]
    assert found.where_prec == 5
    assert found.text == "road from Goma to Rutshuru"


def test_parties_are_no_stretch_of_land(atlas: Atlas) -> None:
    found = locate(atlas, "Talks between Iraq and Jordan went on.", "Iraq", "Jordan")
    assert [location.relation for location in found] == ["at", "at"]


def test_the_north_of_a_country_is_a_part_of_it_and_north_of_it_is_not(atlas: Atlas) -> None:
    part = locate(atlas, "Fighting went on in the north of Syria.", "Syria")[0]
    beyond = locate(atlas, "Fighting went on north of Syria.", "Syria")[0]
    assert (part.relation, beyond.relation) == ("part", "near")
    assert part.latitude > 35


def gold() -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["locations"]]


@pytest.mark.parametrize("row", gold(), ids=lambda row: str(row["id"]))
def test_gold_phrases(atlas: Atlas, row: dict[str, Any]) -> None:
    document = Document(id=row["id"], text=row["text"], sentences=split_sentences(row["text"]))
    mentions = [
        PlaceMention(doc_id=row["id"], start=t["start"], end=t["end"], text=t["text"], kind=t["kind"])
        for t in row["toponyms"]
        if t["kind"] in ("place", "demonym", "metonym")
    ]
    found = locations_of(document, Resolver(atlas, 0.2)(document, mentions), atlas)
    keys = ("start", "end", "latitude", "longitude", "where_prec", "radius_km")
    rows = [{key: getattr(location, key) for key in keys} for location in found]
    assert {want["text"]: location_mistakes(want, rows) for want in row["locations"]} == {
        want["text"]: [] for want in row["locations"]
    }


@given(st.text(alphabet="0123456789 kmofnear thorw,.-()\n\t", max_size=200))
def test_reading_any_words_is_safe(before: str) -> None:
    phrase = read_phrase(before + "Mosul", len(before), 0)
    if phrase is not None:
        assert 0 <= phrase.start <= len(before)
        assert phrase.km >= 0


@pytest.mark.parametrize("unit", ["1 ", "the far ", "near ", "12 km ", "a few miles north ", "road between "])
def test_reading_time_does_not_grow_with_the_text(unit: str) -> None:
    grows_no_faster_than_its_input(lambda n: read_phrase(unit * n + "of Mosul", len(unit) * n + 3, 0))

"""From a document to incidents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles import read_article
from geoevents.incidents import IncidentReader
from geoevents.model import Article, Document, DocumentPlaces, Incident
from geoevents.places import PlaceFinder
from geoevents.settings import ArticleSettings, IncidentSettings, PlaceSettings

TODAY = date(2024, 5, 17)  # a Friday


def read(text: str) -> tuple[Incident, ...]:
    reader = IncidentReader.from_settings(IncidentSettings())
    return reader(Document(id="d", text=text, published=TODAY), DocumentPlaces(doc_id="d"))


def test_mentions_of_one_event_are_one_incident() -> None:
    (incident,) = read(
        "A suicide bomber blew himself up at a market on Thursday, killing at least 12 people and wounding 30. The "
        "attack was the third this month. Witnesses said the blast threw bodies around. Police put the toll at 14."
    )
    assert incident.sub_event_type == "Suicide bomb"
    assert incident.when is not None
    assert incident.when.start == date(2024, 5, 16)
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) in [(12, 14), (14, 14)]
    assert incident.injured is not None
    assert incident.injured.low == 30


def test_what_did_not_happen_is_no_incident() -> None:
    assert read("Officials fear that an attack on the dam could kill thousands. The army plans to shell it.") == ()


def test_nobody_hurt_is_zero_and_nothing_said_is_none() -> None:
    (incident,) = read("A rocket hit a warehouse on Thursday. No one was killed.")
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) == (0, 0)
    (silent,) = read("A rocket hit a warehouse on Thursday.")
    assert silent.killed is None


@given(st.text(max_size=300))
def test_any_text_gives_incidents_that_slice_back(text: str) -> None:
    for incident in read(text + " A bomb killed three people."):
        for quote in incident.quotes:
            assert (text + " A bomb killed three people.")[quote.start : quote.end] == quote.text


def test_the_same_text_gives_the_same_incidents() -> None:
    text = "Gunmen shot dead two farmers on Monday. A mine killed a child on Tuesday."
    assert read(text) == read(text)


def test_a_country_may_be_known_where_no_place_is() -> None:
    reader = IncidentReader.from_settings(IncidentSettings())
    text = "Fighters of the Moro Islamic Liberation Front abducted two nurses on Monday."
    (incident,) = reader(Document(id="d", text=text, published=TODAY), DocumentPlaces(doc_id="d"))
    assert incident.where is None
    assert incident.country_code == "PH"


@pytest.mark.parametrize(
    "text",
    [
        "A rocket hit a market, killing 9 people and wounding 21, police and hospital officials said.",
        "Nine people were killed and no fewer than 21 were wounded in an air raid on a market, medics said.",
    ],
)
def test_who_says_it_is_nobody_hurt(text: str) -> None:
    (incident,) = read(text)
    assert incident.killed is not None
    assert incident.injured is not None
    assert (incident.killed.low, incident.injured.low) == (9, 21)


def test_the_shot_are_killed_or_injured() -> None:
    (incident,) = read("Five people were shot on Monday, three of them fatally.")
    assert incident.killed is not None
    assert incident.injured is not None
    assert (incident.killed.low, incident.injured.low) == (3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Anan Da-oh, 38, was shot and killed in the town on Monday.",
        "A teacher was kidnapped, shot, and killed by unknown men on Monday.",
        "In Yala, Anan Sukdee, a school teacher, was shot dead on Monday.",
    ],
)
def test_one_person_is_one(text: str) -> None:
    (incident,) = read(text)
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) == (1, 1)


def test_losses_of_an_army_are_its_dead() -> None:
    (incident,) = read("The army lost nine soldiers in clashes with rebels on Monday.")
    assert incident.killed is not None
    assert incident.killed.low == 9


def test_a_bomber_is_counted_as_one_of_the_doers() -> None:
    (incident,) = read("A suicide bomber killed himself and nine others at a checkpoint on Tuesday.")
    assert incident.killed is not None
    assert incident.killed.low == 10
    assert incident.deaths.side_a is not None
    assert incident.deaths.side_a.low == 1


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Differing reports put the number of dead in the blast at 12 to 19.", "Differing reports"),
        ("Local radio reports said nine people were killed in the blast.", "Local radio reports"),
        ("The Herald reports that nine people were killed in the blast.", "The Herald"),
        ("Several reports say nine people were killed in the blast.", None),
    ],
)
def test_a_noun_that_could_be_a_verb_of_speech_is_no_verb(text: str, speaker: str | None) -> None:
    (incident,) = read(text)
    assert [claim.speaker for claim in incident.claims] == [speaker]


def test_gunmen_beside_a_bomber_are_named_with_their_guns() -> None:
    (incident,) = read(
        "A suicide bomber blew himself up at the gate and gunmen then opened fire on cooks, killing nine."
    )
    assert incident.side_a is not None
    assert (incident.side_a.name, incident.weapon) == ("suicide bomber and gunmen", "explosive, firearms")


def test_air_strikes_of_an_operation_are_those_of_who_carries_it_out() -> None:
    (incident,) = read("The French military operation in the form of some 40 airstrikes on rebel camps began on May 8.")
    assert incident.side_a is not None
    assert "France" in incident.side_a.name


def test_the_same_town_is_the_one_told_of_before() -> None:
    """ "In the same town" is the town that the article named last; it is lent, and said to be."""
    text = (
        "Gunmen killed four traders in Baidoa, Somalia, on 14 May 2024. Nobody claimed it. On 5 May 2024 a mine had "
        "killed two drivers in the same town."
    )
    article = Article(name="a.txt", data=text.encode(), media_type="text/plain")
    (document,) = read_article(article, ArticleSettings())
    assert isinstance(document, Document)
    places = PlaceFinder.from_settings(PlaceSettings())(document)
    incidents = IncidentReader.from_settings(IncidentSettings())(document, places)
    mine = next(i for i in incidents if i.sub_event_type == "Remote explosive/landmine/IED")
    assert mine.where is not None
    assert (mine.where.place.name, mine.where.where_prec) == ("Baidoa", 2)
    assert "the text comes back to" in mine.where.reason


def test_a_date_on_the_far_side_of_a_semicolon_is_another_things() -> None:
    (incident,) = read(
        "A car bomb went off at a police post on Tuesday. The men had moved out a week before; nobody was hurt."
    )
    assert incident.when is not None
    assert incident.when.start == date(2024, 5, 14)
    assert incident.injured is not None
    assert incident.injured.high == 0


def test_no_point_in_a_country_that_nobody_speaks_of() -> None:
    """A short name that only another continent has is no place of an event in Gaza: better no point."""
    article = Article(
        name="a.txt",
        data=b"Shells fell near Bani in the south of the Gaza Strip on 14 May 2024, killing four. Rafah, Khan Younis "
        b"and Deir al-Balah in the Gaza Strip were hit too, Palestinian medics said.",
        media_type="text/plain",
    )
    (document,) = read_article(article, ArticleSettings())
    assert isinstance(document, Document)
    places = PlaceFinder.from_settings(PlaceSettings())(document)
    incidents = IncidentReader.from_settings(IncidentSettings())(document, places)
    assert incidents
    assert {i.where.place.country_code for i in incidents if i.where} <= {"PS"}


def test_a_guard_hurt_beside_a_dead_man_is_somebody_else() -> None:
    text = (
        "The coordinator of the guard, Omar Hadi, was shot dead on Sunday. "
        "His bodyguard, Nela Saleh, was wounded in the shoulder."
    )
    (incident,) = read(text)
    assert incident.killed is not None
    assert incident.injured is not None
    assert (incident.killed.best, incident.injured.best) == (1, 1)
    assert incident.target != "shoulder"


def test_a_besieged_town_is_how_things_stand() -> None:
    text = (
        "Nine soldiers were killed on Thursday when gunmen ambushed their column. "
        "The army said that the column had been escorting lorries for the besieged town."
    )
    (incident,) = read(text)
    assert incident.sub_event_type == "Armed clash"


def test_gangs_that_kill_are_no_crowd_though_residents_throw_stones() -> None:
    text = "Armed gangs stormed a quarter on Thursday and killed seven people. Residents threw stones from the roofs."
    (incident,) = read(text)
    assert incident.sub_event_type == "Attack"

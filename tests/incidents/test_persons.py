"""Whether two phrases can name one person, and what follows for the counts of a text."""

from datetime import date

import pytest

from geoevents.incidents import IncidentReader
from geoevents.incidents.people import People, read_chunks
from geoevents.incidents.persons import can_be_one, person
from geoevents.incidents.tags import read_tags
from geoevents.model import Document, DocumentPlaces
from geoevents.settings import IncidentSettings
from geoevents.text.words import read_words


def people(text: str) -> list[People]:
    words = read_words(text)
    chunks = [chunk for sentence in words.sentences for chunk in read_chunks(read_tags(words, sentence, {}))]
    return [chunk.people for chunk in chunks if chunk.people is not None]


@pytest.mark.parametrize(
    ("before", "later", "same"),
    [
        ("A boy", "a child", True),
        ("A boy", "a girl", False),
        ("A man", "a child", False),
        ("A 4-year-old girl", "herself", True),
        ("A 4-year-old", "a four-year-old girl", True),
        ("A 17-year-old", "a 41-year-old man", False),
        ("A teenager", "16-year-old Pavel Orlov", True),
        ("Pavel Orlov", "Ivan Petrov", False),
        ("Pavel Orlov", "Orlov", True),
        ("A soldier", "a farmer", False),
        ("A woman", "a farmer", True),
        ("A man", "another man", False),
        ("A man", "his father", False),
        ("A man", "his wife", False),
        ("A woman", "his wife", True),
        ("A boy", "her son", True),
        ("A 9-month-old baby", "a 30-year-old man", False),
    ],
)
def test_what_tells_two_persons_apart(before: str, later: str, same: bool) -> None:
    text = f"{before} was found near a house. Then {later} was hurt."
    first, second = people(text)[0], people(text)[-1]
    assert can_be_one(person(first, text), person(second, text)) is same


def figures(text: str) -> tuple[int | None, int | None]:
    """Killed and injured of the first incident of a text."""
    document = Document(id="t", text=text, published=date(2024, 5, 17))
    (incident, *_) = IncidentReader.from_settings(IncidentSettings())(document, DocumentPlaces(doc_id="t"))
    return tuple(count and count.low for count in (incident.killed, incident.injured))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-year-old killed by stray bullet\n\nA 3-year-old child was killed by a stray bullet on Sunday.", (1, None)),
        ("A boy was shot dead on Sunday. A woman was shot dead in the next street.", (2, None)),
        ("A 15-year-old was shot dead. Medics had found a 15-year-old boy wounded in a yard.", (1, None)),
        ("A baker was killed by a shell. A nurse was wounded by the same shell.", (1, 1)),
        ("Rebels killed a policeman at the house. Policeman Fidel Ramos was badly wounded.", (1, 1)),
        ("The soldier killed another boy on Sunday.", (1, None)),
        ("Gunmen killed the governor of Basra, another judge and two guards.", (4, None)),
        ("A man was shot dead and three others were wounded. One of the victims, Omar Hadi, 47, later died.", (1, 3)),
        ("Gunmen killed a politician. The body of the lawyer Ali Saleh was found beside him.", (2, None)),
        ("Gunmen shot a man dead. Hayes' body was found in a ditch.", (1, None)),
        ("Soldiers who wore body cameras shot a man dead.", (1, None)),
        ("Gunmen shot dead one of the guards, Larry Lyne, Jr., 28, at the gate.", (1, None)),
        ("Gunmen shot dead his friend Omar Hadi, also 14, at the gate.", (1, None)),
    ],
)
def test_counts_of_single_persons(text: str, expected: tuple[int | None, int | None]) -> None:
    assert figures(text) == expected

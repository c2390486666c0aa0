"""Hostile articles cost time in proportion to their length: no pattern, list or clause is read over and over."""

from datetime import date

import pytest

from geoevents.incidents import IncidentReader
from geoevents.model import Document, DocumentPlaces
from geoevents.settings import IncidentSettings
from tests.timing import grows_no_faster_than_its_input

READER = IncidentReader.from_settings(IncidentSettings())

#: what is said over and over, as one sentence without end or as many; `timing.SMALL` characters and four times as many
PATTERNS = {
    "verbs of harm": "killed ",
    "verbs with objects": "killing three ",
    "a list of people": "two men, ",
    "a list with names": "Ahmed Ali and ",
    "open brackets": "( [ ",
    "breakdowns": "five people, including ",
    "relative clauses": "who said that ",
    "said and said": "police said ",
    "according to": "according to the police ",
    "numbers": "1,200 ",
    "ranges": "between 5 and ",
    "number words": "hundred and ",
    "dates": "on 5 May ",
    "quotation marks": '" “ ',
    "owners": "his wife's ",
    "appositions": "a man, the head of ",
    "triggers": "bombing of the attack on ",
    "reasons": "in retaliation for the killing of ",
    "negations": "no one was ",
    "capitals": "KILLED LOPEZ ALBUJAR ",
    "sentences": "A bomb killed three people. ",
    "single persons": "A girl was killed. Omar Hadi, 31, was shot. A farmer was wounded. ",
    "events": "Another bomb killed three people on Monday. ",
    "one word": "a",
    "no words": "\u2014.",
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_time_is_linear(pattern: str) -> None:
    def read(size: int) -> None:
        text = "A bomb killed " + pattern * (size // len(pattern))
        READER(Document(id="d", text=text, published=date(2024, 5, 17)), DocumentPlaces(doc_id="d"))

    grows_no_faster_than_its_input(read)

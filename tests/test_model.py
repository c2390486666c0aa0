"""A record that contradicts itself cannot be made."""

import pickle
from datetime import date
from typing import Any

import pytest

from geoevents.codes import EVENT_TYPE_OF, EVENT_TYPES, date_precision, disorder_type
from geoevents.countries import country_name, iso2, iso3
from geoevents.errors import RecordError
from geoevents.model import Document, Place, PlaceMention, Quote, When, content_id
from tests import records


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: records.make_count(5, 4, 9), "out of order"),
        (lambda: records.make_count(5, 6, 5), "out of order"),
        (lambda: records.make_count(-1, 0, 0), "out of order"),
        (lambda: Quote(doc_id="d", start=0, end=3, text="four"), "does not hold"),
        (lambda: Quote(doc_id="d", start=-1, end=0, text="x"), "does not hold"),
        (lambda: Place(id="p", name="x", latitude=91, longitude=0, feature_code="PPL"), "no point"),
        (lambda: Place(id="p", name="x", latitude=float("nan"), longitude=0, feature_code="PPL"), "no point"),
        (lambda: PlaceMention(doc_id="d", start=0, end=1, text="x", confidence=1.1), "between 0 and 1"),
        (lambda: When(start=date(2020, 1, 2), end=date(2020, 1, 1), prec=1), "out of order"),
        (lambda: When(start=date(2020, 1, 1), end=date(2020, 1, 1), prec=0), "date_prec"),
        (lambda: records.make_location(where_prec=8), "where_prec"),
        (lambda: records.make_location(radius_km=-1), "radius_km"),
        (lambda: records.make_incident(sub_event_type="Battle"), "not a sub-event type"),
        (lambda: records.make_incident(quotes=()), "no quote"),
        (lambda: records.make_event(incident_ids=()), "no incident"),
        (lambda: Document(id="", text="x"), "needs an id"),
    ],
)
def test_contradictions_are_refused(make: Any, complaint: str) -> None:
    with pytest.raises(RecordError, match=complaint):
        make()


def test_ids_depend_on_their_parts_and_their_borders_only() -> None:
    assert content_id("inc", "a", 1) == content_id("inc", "a", 1)
    assert content_id("inc", "ab", "c") != content_id("inc", "a", "bc")
    assert content_id("inc", "\ud800") != content_id("inc", "")


def test_kinds_follow_from_the_sub_event_type() -> None:
    incident = records.make_incident(sub_event_type="Mob violence")
    assert (incident.event_type, incident.disorder_type) == ("Riots", "Political violence")
    assert disorder_type("Excessive force against protesters") == "Political violence; Demonstrations"
    assert set(EVENT_TYPE_OF.values()) == set(EVENT_TYPES)
    assert all(disorder_type(sub) for sub in EVENT_TYPE_OF)


@pytest.mark.parametrize(("days", "prec"), [(1, 1), (2, 2), (6, 2), (7, 3), (31, 4), (32, 5), (800, 5)])
def test_date_precision_by_length(days: int, prec: int) -> None:
    assert date_precision(days) == prec


def test_country_codes() -> None:
    assert (country_name("IQ"), iso3("IQ"), iso2("IRQ")) == ("Iraq", "IRQ", "IQ")
    assert (country_name(""), iso3("ZZ"), iso2("ZZZ")) == (None, None, None)


def test_a_document_goes_to_another_process_and_stays_read_only() -> None:
    document = Document(id="d", text="x", extra={"topic": "war"})
    copy = pickle.loads(pickle.dumps(document))
    assert copy == document
    with pytest.raises(TypeError):
        copy.extra["topic"] = "peace"

"""Incidents of invented events for the tests of merging."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from geoevents.model import Claim, Count, Incident, Location, Place, Quote, Source, When
from tests.records import make_location

#: invented spots, hundreds of km apart
TOWNS = {
    "Alpha": Place(id="t:alpha", name="Alpha", latitude=33.0, longitude=44.0, feature_code="PPL", country_code="IQ"),
    "Beta": Place(id="t:beta", name="Beta", latitude=36.0, longitude=37.0, feature_code="PPL", country_code="SY"),
    "Gamma": Place(id="t:gamma", name="Gamma", latitude=49.0, longitude=36.0, feature_code="PPL", country_code="UA"),
}
DAY = date(2021, 3, 10)


def at(town: str, **fields: Any) -> Location:
    """In a town, told exactly."""
    place = TOWNS[town]
    own = {
        "start": 0,
        "end": len(town),
        "text": town,
        "mention_start": 0,
        "mention_end": len(town),
        "relation": "at",
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": 3.0,
        "where_prec": 1,
        "place": place,
        "confidence": 0.95,
    }
    return make_location(**{**own, **fields})


def on(day: date, text: str = "Wednesday", **fields: Any) -> When:
    """On a day that the text states."""
    return When(**{"start": day, "end": day, "prec": 1, "text": text, "text_end": len(text), **fields})


def people(low: int, high: int | None = -1, **fields: Any) -> Count:
    """A figure; closed and exact unless told otherwise."""
    end = low if high == -1 else high
    qualifier = "exact" if end == low else "at_least" if end is None else "range"
    return Count(
        **{"low": low, "best": low, "high": end, "qualifier": qualifier, "text": "", "start": 0, "end": 0, **fields}
    )


def claim(doc_id: str, count: Count, words: str = "said police", **fields: Any) -> Claim:
    """Somebody's figure for the killed."""
    quote = Quote(doc_id=doc_id, start=0, end=len(words), text=words)
    return Claim(**{"doc_id": doc_id, "harm": "killed", "count": count, "quote": quote, **fields})


def told(doc_id: str, town: str = "Alpha", day: date = DAY, killed: Count | None = None, **fields: Any) -> Incident:
    """What one article tells of a bombing in a town."""
    own = {
        "id": f"inc-{doc_id}",
        "doc_id": doc_id,
        "sub_event_type": "Remote explosive/landmine/IED",
        "when": on(day),
        "where": at(town),
        "killed": killed,
        "quotes": (Quote(doc_id=doc_id, start=0, end=4, text="bomb"),),
        "keywords": (town.lower(), f"{town.lower()}-market", "stall", "awning", "grocer"),
    }
    return Incident(**{**own, **fields})


def appeared(incidents: Sequence[Incident], days: Sequence[int] = ()) -> dict[str, Source]:
    """Articles of incidents, the first published on :data:`DAY`, others `days` after."""
    later = [*days, *([0] * len(incidents))]
    return {
        one.doc_id: Source(doc_id=one.doc_id, title=one.doc_id, published=DAY + timedelta(days=more))
        for one, more in zip(incidents, later, strict=False)
    }

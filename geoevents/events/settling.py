"""One event out of the reports of it: where, when, what, who and how many, each by a rule that is told here.

Copies of one wire report have one voice. What articles disagree on is settled by a vote in which the more exact and
the surer count for more; nothing is averaged, so that every value is one that some article stated.
"""

import csv
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

from geoevents.events.joining import Group
from geoevents.events.reports import Report, reports_of
from geoevents.events.tolls import agreed, agreed_deaths
from geoevents.geo import distance_km
from geoevents.model import Actor, Event, Incident, Location, Quote, Source, Status, When, content_id
from geoevents.settings import CountProfile

Value = TypeVar("Value")

#: discs of two places that lie no farther apart than this agree
_SLACK_KM: Final = 5.0
#: what a date is worth in the vote: named to the day, stated otherwise, not stated
_NAMED, _STATED, _ASSUMED = 1.5, 1.0, 0.2
#: a vote for an actor that may be anybody ("gunmen"), where others name one
_NAMELESS: Final = 0.3
#: how the text vouches, best first: one article that reports an event outweighs another that calls it a claim
_STATUSES: Final[tuple[Status, ...]] = ("disputed", "reported", "claimed", "denied", "background")


def event_id(incident_id: str) -> str:
    """Id of the event that is named after an incident, the first told of it.

    An event keeps its id when later articles join it; and whatever incident an old id was made of, the event that
    now holds it can be found.
    """
    return content_id("evt", incident_id)


def settle(
    incidents: Mapping[int, Incident], group: Group, sources: Mapping[str, Source], profile: CountProfile
) -> Event:
    """Put together the event of a group of incidents."""
    reports = reports_of([incidents[number] for number in group.members], sources)
    told = [report.incident for report in reports]
    own = [report.incident for report in reports if not report.is_copy]
    where = _where(own)
    country, why = ("", "") if where and where.place.country_code else _country(own)
    return Event(
        id=event_id(told[0].id),
        doc_ids=tuple(dict.fromkeys(incident.doc_id for incident in told)),
        incident_ids=tuple(incident.id for incident in told),
        sub_event_type=_kind(own),
        weapon=_vote(own, lambda incident: incident.weapon),
        when=_when(own),
        where=where,
        country_code=country,
        country_reason=why,
        killed=agreed(reports, "killed", profile),
        injured=agreed(reports, "injured", profile),
        deaths=agreed_deaths(reports, profile),
        claims=tuple(dict.fromkeys(claim for incident in told for claim in incident.claims)),
        side_a=_actor(own, lambda incident: incident.side_a),
        side_b=_actor(own, lambda incident: incident.side_b),
        target=_vote(own, lambda incident: incident.target),
        status=min((incident.status for incident in own), key=_STATUSES.index),
        event_clarity=told[0].event_clarity,
        quotes=_quotes(told),
        sources=_sources(reports),
        confidence=max(incident.confidence for incident in told),
        merge_confidence=group.confidence,
    )


def _sources(reports: Sequence[Report]) -> tuple[Source, ...]:
    return tuple({report.source.doc_id: report.source for report in reports}.values())


def _quotes(told: Sequence[Incident]) -> tuple[Quote, ...]:
    """First quotes of all articles, then the others."""
    first = [incident.quotes[0] for incident in told]
    return tuple(dict.fromkeys([*first, *(quote for incident in told for quote in incident.quotes)]))


# -- the vote ----------------------------------------------------------------------------------------------------------


def _elect(votes: Sequence[tuple[Hashable, float]]) -> int | None:
    """Find the number of the first vote for the value that has most weight; None without votes."""
    weights: dict[Hashable, float] = {}
    for value, weight in votes:
        weights[value] = round(weights.get(value, 0.0) + weight, 6)
    if not weights:
        return None
    most = max(weights.values())
    return next(number for number, (value, _) in enumerate(votes) if weights[value] == most)


def _vote(incidents: Sequence[Incident], value: Callable[[Incident], str | None]) -> str | None:
    stated = [found for incident in incidents if (found := value(incident))]
    elected = _elect([(found, 1.0) for found in stated])
    return None if elected is None else stated[elected]


def _country(incidents: Sequence[Incident]) -> tuple[str, str]:
    """Country that most tell beside their places, and what told it to the first of them."""
    code = _vote(incidents, lambda incident: incident.country_code)
    return next(((one.country_code, one.country_reason) for one in incidents if one.country_code == code), ("", ""))


def _actor(incidents: Sequence[Incident], side: Callable[[Incident], Actor | None]) -> Actor | None:
    stated = [actor for incident in incidents if (actor := side(incident))]
    elected = _elect([(actor.name, _NAMELESS if actor.kind == "unidentified" else 1.0) for actor in stated])
    return None if elected is None else stated[elected]


@cache
def _weights_of_kinds() -> Mapping[str, float]:
    text = (files("geoevents.events") / "data" / "families.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["sub_event_type"]: float(row["vote"]) for row in rows}


def _kind(incidents: Sequence[Incident]) -> str:
    elected = _elect([(one.sub_event_type, _weights_of_kinds()[one.sub_event_type]) for one in incidents])
    return incidents[elected or 0].sub_event_type


# -- when and where ----------------------------------------------------------------------------------------------------


def _when(incidents: Sequence[Incident]) -> When | None:
    """Window that most others meet; the narrowest of these, then the first told."""
    windows = [incident.when for incident in incidents if incident.when]
    weights = [_worth(window) for window in windows]
    return _best(windows, weights, _meet, lambda window: (window.end - window.start).days)


def _worth(when: When) -> float:
    named = when.prec == 1 and any(map(str.isdigit, when.text))
    return _NAMED if named else _STATED if when.text else _ASSUMED


def _meet(one: When, other: When) -> bool:
    """Whether two windows meet, the other being no narrower: the vague supports, but is not borne out by details."""
    wider = other.end - other.start >= one.end - one.start
    return wider and one.start <= other.end and other.start <= one.end


def _where(incidents: Sequence[Incident]) -> Location | None:
    """Place that most others agree with; the finest of these, then the first told."""
    places = [incident.where for incident in incidents if incident.where]
    weights = [place.confidence for place in places]
    return _best(places, weights, _agree, lambda place: place.radius_km)


def _agree(one: Location, other: Location) -> bool:
    """Whether two places may be one spot, the other being no finer."""
    if one.place.id == other.place.id:
        return True
    apart = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return other.where_prec >= one.where_prec and apart <= one.radius_km + other.radius_km + _SLACK_KM


def _best(
    values: Sequence[Value],
    weights: Sequence[float],
    supports: Callable[[Value, Value], bool],
    breadth: Callable[[Value], float],
) -> Value | None:
    """Value that the others give most support; ties go to the narrowest, then to the first."""
    if not values:
        return None
    support = [
        round(sum(weight for other, weight in zip(values, weights, strict=True) if supports(one, other)), 6)
        for one in values
    ]
    return values[min(range(len(values)), key=lambda n: (-support[n], breadth(values[n]), n))]

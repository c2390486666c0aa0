"""The stage's entry point: from the incidents of all articles to events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geoevents.events.columns import columns_of
from geoevents.events.joining import Group, Joined, join
from geoevents.events.reasons import reason
from geoevents.events.settling import settle
from geoevents.events.weighing import fitted_weights
from geoevents.model import CloseCall, Event, Incident, Problem, Source
from geoevents.settings import EventSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What merging found.

    Attributes
    ----------
    events
        In order of date and place.
    close_calls
        Pairs that were nearly, or only just, taken for one event; the most doubtful first.
    problems
        Corrections that fit nothing, and why.
    """

    events: tuple[Event, ...]
    close_calls: tuple[CloseCall, ...] = ()
    problems: tuple[Problem, ...] = ()


def merge(incidents: Iterable[Incident], sources: Mapping[str, Source], settings: EventSettings) -> Merged:
    """Put together the events that `incidents` tell of.

    The result depends on the set of incidents only: not on their order, nor on how many runs they came in.

    Parameters
    ----------
    sources
        The articles, by document id; one that is missing has no date.
    settings
        How sure a pair must be to be one event, and how ranges are settled.
    """
    ordered = sorted({incident.id: incident for incident in incidents}.values(), key=lambda incident: incident.id)
    joined = join(columns_of(ordered, sources), fitted_weights(), settings.merge)
    events = [settle(ordered, group, sources, settings.counts) for group in joined.groups]
    calls = list(_close_calls(joined, ordered, events))
    return Merged(
        events=tuple(sorted(events, key=_order)),
        close_calls=tuple(sorted(calls, key=lambda call: (abs(call.score - settings.merge), call.first, call.second))),
    )


def _order(event: Event) -> tuple[str, str, str]:
    day = event.when.start.isoformat() if event.when else "9999"
    return day, event.where.place.name if event.where else "\U0010ffff", event.id


def _close_calls(joined: Joined, incidents: Sequence[Incident], events: Sequence[Event]) -> Iterator[CloseCall]:
    home = {number: at for at, group in enumerate(joined.groups) for number in group.members}
    for near in joined.close:
        first, second = sorted((events[home[near.first]].id, events[home[near.second]].id))
        words = reason(incidents[near.first], incidents[near.second])
        yield CloseCall(first=first, second=second, score=near.probability, merged=False, reason=words)
    for group in joined.loose:
        doubtful, other = _weakest(group, incidents)
        words = reason(doubtful, other)
        yield CloseCall(first=doubtful.id, second=other.id, score=group.confidence, merged=True, reason=words)


def _weakest(group: Group, incidents: Sequence[Incident]) -> tuple[Incident, Incident]:
    """Least sure incident of a group, and the first of the others."""
    doubtful = group.members[group.weakest]
    other = next(number for number in group.members if number != doubtful)
    return incidents[doubtful], incidents[other]

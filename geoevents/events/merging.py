"""The stage's entry point: from the incidents of all articles to events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geoevents.events.columns import columns_of
from geoevents.events.corrections import Overlay, corrected
from geoevents.events.decisions import Decisions, decisions_of, read_rows
from geoevents.events.joining import Group, Joined, join, loose
from geoevents.events.reasons import reason
from geoevents.events.settling import settle
from geoevents.events.weighing import fitted_weights
from geoevents.model import CloseCall, Correction, Event, Incident, Problem, Source
from geoevents.settings import EventSettings, NameFix


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


def merge(
    incidents: Iterable[Incident],
    sources: Mapping[str, Source],
    settings: EventSettings,
    decisions: Decisions | None = None,
) -> Merged:
    """Put together the events that `incidents` tell of.

    The result depends on the set of incidents only: not on their order, nor on how many runs they came in.

    Parameters
    ----------
    sources
        The articles, by document id; one that is missing has no date.
    settings
        How sure a pair must be to be one event, and how ranges are settled.
    decisions
        What people decided; None reads the settings' file of corrections.

    Raises
    ------
    CorrectionError
        If the file of corrections cannot be read.
    """
    if decisions is None:
        decisions = decisions_of(read_rows(settings.corrections)) if settings.corrections else Decisions()
    ordered = sorted({incident.id: incident for incident in incidents}.values(), key=lambda incident: incident.id)
    joined = join(columns_of(ordered, sources), fitted_weights(), settings.merge)
    events, calls, problems = _decided(ordered, joined, sources, settings, decisions)
    return Merged(
        events=tuple(sorted(events, key=_order)),
        close_calls=tuple(sorted(calls, key=lambda call: (abs(call.score - settings.merge), call.first, call.second))),
        problems=(*decisions.problems, *problems),
    )


def _decided(
    incidents: Sequence[Incident],
    joined: Joined,
    sources: Mapping[str, Source],
    settings: EventSettings,
    decisions: Decisions,
) -> tuple[list[Event], list[CloseCall], list[Problem]]:
    """Events, what is left for a person to decide, and the decisions that fit nothing."""
    if not decisions.of_events:
        events = [settle(incidents, group, sources, settings.counts) for group in joined.groups]
        named = [_named(event, decisions.of_names) for event in events]
        return named, list(_close_calls(joined.groups, joined, incidents, named)), []
    overlay = Overlay(incidents, list(joined.groups))
    overlay.follow(decisions.of_events)
    kept = [at for at, group in enumerate(overlay.groups) if group.members and at not in overlay.dropped]
    events = [
        corrected(
            _named(settle(incidents, overlay.groups[at], sources, settings.counts), decisions.of_names),
            overlay.decisions_of(at),
        )
        for at in kept
    ]
    groups = [overlay.groups[at] for at in kept]
    sure = {event.id for at, event in zip(kept, events, strict=True) if overlay.confirmed(at)}
    calls = [call for call in _close_calls(groups, joined, incidents, events) if not {call.first, call.second} & sure]
    return events, calls, overlay.problems


def _named(event: Event, names: Sequence[NameFix]) -> Event:
    """Note on an event that a person said where its place lies."""
    if event.where is None or not event.where.place.id.startswith("person:"):
        return event
    place = event.where.place
    fix = next(
        (
            f
            for f in reversed(names)
            if (f.name, f.latitude, f.longitude) == (place.name, place.latitude, place.longitude)
        ),
        None,
    )
    if fix is None:
        return event
    after = f"{fix.latitude}, {fix.longitude}"
    record = Correction(action="name", field="where", before="", after=after, who=fix.who, when=fix.when, why=fix.why)
    return replace(event, corrections=(*event.corrections, record))


def _order(event: Event) -> tuple[str, str, str]:
    day = event.when.start.isoformat() if event.when else "9999"
    return day, event.where.place.name if event.where else "\U0010ffff", event.id


def _close_calls(
    groups: Sequence[Group], joined: Joined, incidents: Sequence[Incident], events: Sequence[Event]
) -> Iterator[CloseCall]:
    home = {number: at for at, group in enumerate(groups) for number in group.members}
    for near in joined.close:
        if near.first not in home or near.second not in home or home[near.first] == home[near.second]:
            continue
        first, second = sorted((events[home[near.first]].id, events[home[near.second]].id))
        words = reason(incidents[near.first], incidents[near.second])
        yield CloseCall(first=first, second=second, score=near.probability, merged=False, reason=words)
    for group in loose(groups):
        doubtful, other = _weakest(group, incidents)
        words = reason(doubtful, other)
        yield CloseCall(first=doubtful.id, second=other.id, score=group.confidence, merged=True, reason=words)


def _weakest(group: Group, incidents: Sequence[Incident]) -> tuple[Incident, Incident]:
    """Least sure incident of a group, and the first of the others."""
    doubtful = group.members[group.weakest]
    other = next(number for number in group.members if number != doubtful)
    return incidents[doubtful], incidents[other]

"""The stage's entry point: from the incidents of all articles to events."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geoevents.events.blocking import Flags
from geoevents.events.columns import Columns, all_columns_of
from geoevents.events.corrections import Overlay, corrected, mentioned, names_of
from geoevents.events.decisions import Decisions, decisions_of, read_rows
from geoevents.events.earlier import Earlier, Ints, Told, Touched, touched
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


@dataclass(frozen=True, slots=True)
class Call:
    """A close call with the ids of its two incidents, in the order its reason names them."""

    pair: tuple[str, str]
    call: CloseCall


@dataclass(frozen=True, kw_only=True, slots=True)
class Remerged:
    """What merging left of the incidents it joined anew; all others are in the events they were in.

    Attributes
    ----------
    anew
        Whether each incident was joined anew.
    events
        Events that are new or have changed.
    event_of
        Incident's number → id of its event now, for all that were joined anew; None where people dropped it.
    chains
        As :class:`geoevents.events.joining.Joined` has them.
    calls
        Close calls with one of these incidents.
    problems
        Corrections that fit nothing, and why.
    decided
        Ids of events that people decided about.
    names
        All names by which their decisions mean incidents.
    touched
        What was joined, and what told nothing.
    """

    anew: Flags
    events: tuple[Event, ...]
    event_of: Mapping[int, str | None]
    chains: Ints
    calls: tuple[Call, ...]
    problems: tuple[Problem, ...]
    decided: frozenset[str]
    names: frozenset[str]
    touched: Touched


Records = tuple[Mapping[int, Incident], Mapping[str, Source]]


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
    told = Told([one.id for one in ordered], [one.doc_id for one in ordered])
    records, before = (dict(enumerate(ordered)), sources), Earlier.nothing(len(told))
    found = remerge(told, all_columns_of(ordered, sources), before, lambda _: records, settings, decisions)
    return Merged(
        events=in_order(found.events),
        close_calls=by_doubt((one.call for one in found.calls), settings.merge),
        problems=found.problems,
    )


def remerge(
    told: Told,
    columns: Columns,
    earlier: Earlier,
    load: Callable[[Collection[int]], Records],
    settings: EventSettings,
    decisions: Decisions,
) -> Remerged:
    """Merge again after incidents came, changed or went: with what stays, the events are those :func:`merge` gives.

    Parameters
    ----------
    told
        All incidents there are now.
    columns
        Theirs, with all keywords.
    earlier
        What the merging before left of them, by the same settings but for the decisions.
    load
        Gives the records of these incidents and their articles; more are no harm.
    """
    named = mentioned(decisions.of_events)
    found = touched(told, columns, earlier, named, fitted_weights(), settings.merge)
    del columns  # those without boilerplate are at hand now; of a million incidents they take more than half a GB
    joined = join(found.columns, fitted_weights(), settings.merge, found.part)
    anew = np.ones(len(told), bool) if found.part is None else found.part.flags
    numbers = np.flatnonzero(anew).tolist() if decisions.of_events else []
    overlay = Overlay(names_of((n, told.ids[n], told.doc_ids[n]) for n in numbers), list(joined.groups))
    overlay.follow(decisions.of_events)
    groups = {at: group for at, group in enumerate(overlay.groups) if group.members and at not in overlay.dropped}
    same = {} if earlier.fresh.all() else _same(groups, overlay, earlier)
    changed = {at: group for at, group in groups.items() if at not in same}
    near = list(_near(joined, groups, told, earlier))
    wanted = {number for group in changed.values() for number in group.members}
    wanted.update(number for one in near if not one.reason for number in one.pair)
    incidents, sources = load(wanted)
    events = {
        at: corrected(
            _named(settle(incidents, group, sources, settings.counts), decisions.of_names), overlay.decisions_of(at)
        )
        for at, group in changed.items()
    }
    ids = {at: same.get(at) or events[at].id for at in groups}
    event_of: dict[int, str | None] = dict.fromkeys(np.flatnonzero(anew).tolist())
    event_of |= {number: ids[at] for at, group in groups.items() for number in group.members}
    sure = {ids[at] for at in groups if overlay.confirmed(at)}
    return Remerged(
        anew=anew,
        events=tuple(events.values()),
        event_of=event_of,
        chains=joined.chains,
        calls=tuple(_calls(near, event_of, told, earlier, incidents, sure)),
        problems=(*decisions.problems, *overlay.problems),
        decided=frozenset(ids[at] for at in groups if overlay.decisions_of(at)),
        names=named,
        touched=found,
    )


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events by day and place."""
    return tuple(sorted(events, key=_order))


def by_doubt(calls: Iterable[CloseCall], least: float) -> tuple[CloseCall, ...]:
    """Close calls, those nearest to the probability that decides first."""
    return tuple(sorted(calls, key=lambda call: (abs(call.score - least), call.first, call.second)))


def _same(groups: Mapping[int, Group], overlay: Overlay, earlier: Earlier) -> dict[int, str]:
    """Find the groups that came out as they were, and the ids of their events."""
    found = {}
    for at, group in groups.items():
        event = earlier.events[group.members[0]]
        mark = None if event is None else earlier.marks.get(event)
        if event is None or mark is None or mark.decided or overlay.decisions_of(at):
            continue
        members = [number for number in group.members if earlier.events[number] == event]
        if mark.members == len(members) == len(group.members) and mark.confidence == group.confidence:
            found[at] = event
    return found


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


@dataclass(frozen=True, slots=True)
class _Near:
    """Two incidents of a close call, by number; the words for it if they are known."""

    pair: tuple[int, int]
    score: float
    merged: bool
    reason: str


def _near(joined: Joined, groups: Mapping[int, Group], told: Told, earlier: Earlier) -> Iterator[_Near]:
    """Pairs that were nearly joined, and for groups that were only just joined the least sure member and another."""

    def near(one: int, other: int, score: float, merged: bool) -> _Near:
        known = not (earlier.fresh[one] or earlier.fresh[other])
        return _Near(
            (one, other), score, merged, earlier.reasons.get((told.ids[one], told.ids[other]), "") if known else ""
        )

    yield from (near(close.first, close.second, close.probability, False) for close in joined.close)
    for group in loose(groups.values()):
        doubtful = group.members[group.weakest]
        yield near(doubtful, next(n for n in group.members if n != doubtful), group.confidence, True)


def _calls(
    near: Iterable[_Near],
    event_of: Mapping[int, str | None],
    told: Told,
    earlier: Earlier,
    incidents: Mapping[int, Incident],
    sure: Collection[str],
) -> Iterator[Call]:
    """Give what is left for a person to decide: not what people dropped, joined or were sure of."""
    for found in near:
        pair = told.ids[found.pair[0]], told.ids[found.pair[1]]
        first, second = pair
        if not found.merged:
            events = [event_of[n] if n in event_of else earlier.events[n] for n in found.pair]
            if None in events or events[0] == events[1] or not set(sure).isdisjoint(events):
                continue
            first, second = sorted(str(event) for event in events)
        words = found.reason or reason(*(incidents[number] for number in found.pair))
        yield Call(pair, CloseCall(first=first, second=second, score=found.score, merged=found.merged, reason=words))

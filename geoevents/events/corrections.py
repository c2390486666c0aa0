"""People have the last word: their decisions laid over what the machine found, and both kept apart.

Which incidents are one event is decided before an event is put together, its facts afterwards. A decision finds its
event by the event's id, by an old id of it, or by an incident or article in it, so that it survives new articles.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from geoevents.codes import date_precision
from geoevents.events.decisions import Days, Decision, Point, Toll
from geoevents.events.joining import Group
from geoevents.events.settling import event_id
from geoevents.model import Correction, Count, Event, Location, Place, Problem, Qualifier, When, content_id

_GONE: Final = "no event of this collection fits it; it is kept for when one does"
_SHAPING: Final = ("split", "join", "drop", "confirm")


def names_of(incidents: Iterable[tuple[int, str, str]]) -> dict[str, list[int]]:
    """Find what incidents may be named by: own ids, ids of events named after them, ids of their articles.

    Parameters
    ----------
    incidents
        Number, id and article's id of each.
    """
    names: dict[str, list[int]] = {}
    for number, incident, doc_id in incidents:
        for name in (event_id(incident), incident, doc_id):
            names.setdefault(name, []).append(number)
    return names


def mentioned(decisions: Iterable[Decision]) -> frozenset[str]:
    """Collect all names by which decisions may mean an incident."""
    found: set[str] = set()
    for decision in decisions:
        found.add(decision.target)
        if decision.action in _SHAPES:
            found.update(map(str, decision.value if isinstance(decision.value, tuple) else ()))
    return frozenset(found)


@dataclass
class Overlay:
    """Decisions laid over the groups of incidents that the machine found.

    Attributes
    ----------
    names
        What an incident may be named by in a decision, and the numbers of all that have this name (:func:`names_of`).
    groups
        Those of the machine at first, those of the people in the end.
    problems
        Decisions that fit nothing.
    """

    names: Mapping[str, Sequence[int]]
    groups: list[Group]
    problems: list[Problem] = field(default_factory=list)
    _home: dict[int, int] = field(default_factory=dict, init=False)
    _decided: dict[int, list[Decision]] = field(default_factory=dict, init=False)
    dropped: set[int] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self._home = {number: at for at, group in enumerate(self.groups) for number in group.members}

    def follow(self, decisions: Iterable[Decision]) -> None:
        """Follow decisions in their order."""
        for decision in decisions:
            at = self._event(decision.target)
            if at is None:
                self.problems.append(decision.problem(_GONE))
                continue
            shaped = _SHAPES[decision.action](self, decision, at) if decision.action in _SHAPES else True
            if shaped:
                self._decided.setdefault(at, []).append(decision)
                if decision.action == "drop":
                    self.dropped.add(at)

    def decisions_of(self, at: int) -> Sequence[Decision]:
        """Give what was decided about a group."""
        return self._decided.get(at, ())

    def confirmed(self, at: int) -> bool:
        """Whether a person made or confirmed a group."""
        return any(decision.action in _SHAPING for decision in self.decisions_of(at))

    def _event(self, name: str) -> int | None:
        """Find the one event a name stands for; None where there is none, or more than one."""
        homes = {self._home[number] for number in self.names.get(name, ())}
        return homes.pop() if len(homes) == 1 else None

    def _split(self, decision: Decision, at: int) -> bool:
        names = decision.value if isinstance(decision.value, tuple) else ()
        members = self.groups[at].members
        leaving = {n for name in names for n in self.names.get(str(name), ()) if n in members}
        staying = tuple(n for n in members if n not in leaving)
        if not leaving or not staying:
            why = "none of these is in the event" if not leaving else "nothing of the event would be left"
            self.problems.append(decision.problem(f"{why}; it was left as it is"))
            return False
        self.groups[at] = Group(staying)
        self.groups.append(Group(tuple(sorted(leaving))))
        self._home |= dict.fromkeys(leaving, len(self.groups) - 1)
        self._decided.setdefault(len(self.groups) - 1, []).append(decision)
        return True

    def _join(self, decision: Decision, at: int) -> bool:
        names = decision.value if isinstance(decision.value, tuple) else ()
        others = [self._event(str(name)) for name in names]
        if None in others:
            self.problems.append(decision.problem(f"{names[others.index(None)]} fits no event; it was left as it is"))
            return False
        for other in {other for other in others if other is not None and other != at}:
            members = (*self.groups[at].members, *self.groups[other].members)
            self.groups[at], self.groups[other] = Group(tuple(sorted(members))), Group(())
            self._home |= dict.fromkeys(members, at)
            self._decided.setdefault(at, []).extend(self._decided.pop(other, []))
        return True


_SHAPES: Final[Mapping[str, Callable[[Overlay, Decision, int], bool]]] = {
    "split": Overlay._split,
    "join": Overlay._join,
}


def corrected(event: Event, decisions: Iterable[Decision]) -> Event:
    """Give an event the facts that people decided, with a record of each decision beside the machine's value."""
    for decision in decisions:
        name, before, changes = _CHANGES[decision.action](event, decision)
        record = Correction(
            action=decision.action,
            field=name,
            before=before,
            after=decision.text,
            who=decision.who,
            when=decision.when,
            why=decision.why,
        )
        event = replace(event, **changes, corrections=(*event.corrections, record))
    return event


_Change = tuple[str, str, dict[str, Any]]


def _moved(event: Event, decision: Decision) -> _Change:
    point, where = decision.value, event.where
    if not isinstance(point, Point):
        raise TypeError(f"not a point: {point!r}")
    before = f"{where.latitude}, {where.longitude} ({where.place.name})" if where else "not stated"
    name = point.name or (where.place.name if where else f"{point.latitude}, {point.longitude}")
    kept = where.place if where and not point.name else None
    place = Place(
        id=content_id("person", name, point.latitude, point.longitude).replace("-", ":", 1),
        name=name,
        latitude=point.latitude,
        longitude=point.longitude,
        feature_code=kept.feature_code if kept else "PPL",
        country_code=point.country or (where.place.country_code if where else ""),
        admin1=kept.admin1 if kept else "",
        admin2=kept.admin2 if kept else "",
        radius_km=point.radius_km,
    )
    quote = event.quotes[0]
    span = (where.start, where.end, where.text, where.doc_id) if where else (0, 0, "", quote.doc_id)
    return (
        "where",
        before,
        {
            "where": Location(
                doc_id=span[3],
                start=span[0],
                end=span[1],
                text=span[2],
                mention_start=where.mention_start if where else 0,
                mention_end=where.mention_end if where else 0,
                relation="at",
                latitude=point.latitude,
                longitude=point.longitude,
                radius_km=point.radius_km,
                where_prec=1 if point.radius_km <= _EXACT_KM else 2,
                place=place,
                reason=f"{decision.who} placed it there: {decision.why}",
            ),
            # a country told beside the place is for events whose place has none
            **({"country_code": "", "country_reason": ""} if point.country else {}),
        },
    )


#: a person's point that may be off by more is not exact (UCDP's where_prec 1 is the town itself)
_EXACT_KM: Final = 5.0


def _kind(event: Event, decision: Decision) -> _Change:
    return "sub_event_type", event.sub_event_type, {"sub_event_type": decision.value}


def _dated(event: Event, decision: Decision) -> _Change:
    days, when = decision.value, event.when
    if not isinstance(days, Days):
        raise TypeError(f"not days: {days!r}")
    before = f"{when.start}/{when.end}" if when else "not stated"
    reason = f"{decision.who} dated it: {decision.why}"
    prec = date_precision((days.end - days.start).days + 1)
    return "when", before, {"when": When(start=days.start, end=days.end, prec=prec, reason=reason)}


def _counted(event: Event, decision: Decision) -> _Change:
    count: Count | None = getattr(event, decision.action)
    before = (
        "not stated" if count is None else f"{count.low}-{'' if count.high is None else count.high} best {count.best}"
    )
    toll = decision.value
    if not isinstance(toll, Toll):
        return decision.action, before, {decision.action: None}
    qualifier: Qualifier = "at_least" if toll.high is None else "exact" if toll.low == toll.high else "range"
    after = Count(low=toll.low, best=toll.best, high=toll.high, qualifier=qualifier, text="", start=0, end=0)
    return decision.action, before, {decision.action: after}


def _shaped(event: Event, decision: Decision) -> _Change:
    before = " ".join(event.incident_ids) if decision.action in ("split", "join") else ""
    return "incidents", before, {"merge_confidence": 1.0}


_CHANGES: Final[Mapping[str, Callable[[Event, Decision], _Change]]] = {
    "move": _moved,
    "place": _moved,
    "kind": _kind,
    "date": _dated,
    "killed": _counted,
    "injured": _counted,
    "split": _shaped,
    "join": _shaped,
    "drop": _shaped,
    "confirm": _shaped,
}

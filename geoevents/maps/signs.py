"""Events as signs: what stands at one spot of a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from geoevents.model import Count, Event

#: Points of radius for one person killed, and at most; the page has the same in pixels.
UNIT: Final = 2.2
LARGEST: Final = 30.0
LARGEST_RING: Final = 40.0


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands at one spot: one event, or several of the same spot."""

    latitude: float
    longitude: float
    area: bool
    kind: str
    number: int
    low: int
    best: int
    high: int
    open: bool
    stated: bool
    apart: bool
    injured: int


def signs(events: Iterable[Event]) -> list[Sign]:
    """Events by spot; points and regions apart. The deadliest event of a spot gives its kind.

    Numbers of a spot are those of the events that may be added up; a spot without any of them stands apart, without
    numbers.
    """
    spots: dict[tuple[float, float, bool], list[Event]] = {}
    for event in events:
        if event.where is not None:
            key = (event.where.latitude, event.where.longitude, event.where.where_prec > 2)
            spots.setdefault(key, []).append(event)
    return [_sign(*key, found) for key, found in spots.items()]


def _sign(latitude: float, longitude: float, area: bool, events: Sequence[Event]) -> Sign:
    deadliest = max(events, key=lambda event: (counted(event), event.killed.best if event.killed else -1))
    summed = [event for event in events if counted(event)]
    counts = [event.killed for event in summed if event.killed is not None]
    return Sign(
        latitude=latitude,
        longitude=longitude,
        area=area,
        kind=deadliest.event_type,
        number=len(events),
        low=sum(count.low for count in counts),
        best=sum(count.best for count in counts),
        high=sum(_top(count) for count in counts),
        open=any(count.high is None for count in counts),
        stated=bool(counts),
        apart=not summed,
        injured=sum(event.injured.best for event in summed if event.injured),
    )


def counted(event: Event) -> bool:
    """Whether an event's numbers may be added up: a total over several happenings, or what is denied, may not."""
    return event.event_clarity == 1 and event.status != "denied"


def _top(count: Count) -> int:
    return count.best if count.high is None else count.high


def scale(found: Sequence[Sign]) -> float:
    """Points of radius for one person, so that no disc and no ring is too large."""
    killed = max((sign.high for sign in found), default=0)
    injured = max((sign.injured for sign in found), default=0)
    return min(UNIT, LARGEST / sqrt(max(1, killed)), LARGEST_RING / sqrt(max(1, injured)))

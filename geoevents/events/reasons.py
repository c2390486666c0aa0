"""What two incidents have in common and what not, in words for a person who has to decide."""

from geoevents.geo import distance_km
from geoevents.model import Count, Incident, Location, When

_WORDS = 4  # shared words that are named


def reason(one: Incident, other: Incident) -> str:
    """Say how two incidents compare: "same day; 12 km apart; killed 9 and 11; both tell of juice, bar"."""
    parts = [
        _days(one.when, other.when),
        _way(one.where, other.where),
        one.sub_event_type
        if one.sub_event_type == other.sub_event_type
        else f"{one.sub_event_type} and {other.sub_event_type}",
        *(_figures(harm, getattr(one, harm), getattr(other, harm)) for harm in ("killed", "injured")),
        _words(one, other),
    ]
    return "; ".join(part for part in parts if part)


def _days(one: When | None, other: When | None) -> str:
    if one is None or other is None:
        return "a date is not stated"
    apart = max((one.start - other.end).days, (other.start - one.end).days, 0)
    if apart:
        return f"{apart} day{'s' * (apart > 1)} apart"
    return "same day" if one.prec == other.prec == 1 else "dates that may be one"


def _way(one: Location | None, other: Location | None) -> str:
    if one is None or other is None:
        return "a place is not stated"
    if one.place.id == other.place.id:
        return f"both at {one.place.name}"
    km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return f"{one.place.name} and {other.place.name}, {km:.0f} km apart"


def _figures(harm: str, one: Count | None, other: Count | None) -> str:
    if one is None or other is None:
        return ""
    first, second = _range(one), _range(other)
    return f"{harm} {first} in both" if first == second else f"{harm} {first} and {second}"


def _range(count: Count) -> str:
    if count.high is None:
        return f"{count.low} or more"
    return str(count.low) if count.low == count.high else f"{count.low}–{count.high}"


def _words(one: Incident, other: Incident) -> str:
    known = frozenset(other.keywords)
    shared = [word for word in one.keywords if word in known][:_WORDS]
    return "both tell of " + ", ".join(shared) if shared else "no telling word in common"

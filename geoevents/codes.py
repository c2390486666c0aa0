"""The field's code lists: ACLED kinds, UCDP and ACLED precisions.

Sources: ACLED codebook (event types, sub-event types, disorder types, geo- and time-precision) and UCDP GED
codebook 19.1 (``where_prec``, ``date_prec``, ``event_clarity``, ``type_of_violence``).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: ACLED sub-event type → event type.
EVENT_TYPE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        sub: kind
        for kind, subs in {
            "Battles": (
                "Armed clash",
                "Government regains territory",
                "Non-state actor overtakes territory",
            ),
            "Explosions/Remote violence": (
                "Chemical weapon",
                "Air/drone strike",
                "Suicide bomb",
                "Shelling/artillery/missile attack",
                "Remote explosive/landmine/IED",
                "Grenade",
            ),
            "Violence against civilians": (
                "Sexual violence",
                "Attack",
                "Abduction/forced disappearance",
            ),
            "Protests": (
                "Peaceful protest",
                "Protest with intervention",
                "Excessive force against protesters",
            ),
            "Riots": ("Violent demonstration", "Mob violence"),
            "Strategic developments": (
                "Agreement",
                "Arrests",
                "Change to group/activity",
                "Disrupted weapons use",
                "Headquarters or base established",
                "Looting/property destruction",
                "Non-violent transfer of territory",
                "Other",
            ),
        }.items()
        for sub in subs
    }
)

EVENT_TYPES: Final[tuple[str, ...]] = tuple(dict.fromkeys(EVENT_TYPE_OF.values()))

_DISORDER_OF_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Battles": "Political violence",
        "Explosions/Remote violence": "Political violence",
        "Violence against civilians": "Political violence",
        "Protests": "Demonstrations",
        "Riots": "Demonstrations",
        "Strategic developments": "Strategic developments",
    }
)
_DISORDER_OF_SUBTYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Excessive force against protesters": "Political violence; Demonstrations",
        "Mob violence": "Political violence",
    }
)


def disorder_type(sub_event_type: str) -> str:
    """ACLED's disorder type of a sub-event type.

    Raises
    ------
    KeyError
        If `sub_event_type` is not one of ACLED's.
    """
    special = _DISORDER_OF_SUBTYPE.get(sub_event_type)
    return special or _DISORDER_OF_TYPE[EVENT_TYPE_OF[sub_event_type]]


#: UCDP ``where_prec`` → what it says, for people.
WHERE_PREC: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "exact place",
        2: "within about 25 km of a known place",
        3: "second-order division",
        4: "first-order division",
        5: "along a line or in a vague area",
        6: "somewhere in the country",
        7: "at sea or in the air",
    }
)

#: UCDP ``where_prec`` → ACLED ``geo_precision`` (1 the town, 2 near it or part of a region, 3 a larger region).
GEO_PRECISION_OF: Final[Mapping[int, int]] = MappingProxyType({1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3})

#: UCDP ``date_prec`` → what it says, for people.
DATE_PREC: Final[Mapping[int, str]] = MappingProxyType(
    {1: "the day", 2: "two to six days", 3: "a week", 4: "a month", 5: "a year or more"}
)

#: UCDP ``date_prec`` → ACLED ``time_precision`` (1 day, 2 week, 3 month).
TIME_PRECISION_OF: Final[Mapping[int, int]] = MappingProxyType({1: 1, 2: 2, 3: 2, 4: 3, 5: 3})


def date_precision(days: int) -> int:
    """UCDP ``date_prec`` of a span of `days` days (1 = one day).

    A month is up to 31 days, a week up to 7; anything longer than a month is 5.
    """
    for longest, prec in ((1, 1), (6, 2), (7, 3), (31, 4)):
        if days <= longest:
            return prec
    return 5

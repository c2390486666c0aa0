"""The file of corrections: what people decided about events and names, row by row.

A CSV file with the columns ``action, target, value, country, who, when, why``. `target` is an event's id (also an old
one), an incident's or an article's; for ``name`` and ``no-place`` it is a name.

============ =========================================================================================================
action       value
============ =========================================================================================================
move         the point, ``32.87, 44.22``, and how exact it is if not to 1 km: ``32.87, 44.22, 5 km``
place        the place's name and point: ``Jurf al-Sakhar, 32.87, 44.22``; for both `country` may say where that is
kind         one of ACLED's sub-event types
date         a day, ``2021-03-10``, or the first and the last: ``2021-03-10/2021-03-12``
killed       ``12``; ``12-17``; ``12-17 best 14``; ``12+`` for an open end; empty for "not stated"
injured      the same
split        the incidents or articles that are another event, with spaces between
join         the events that are this one as well, with spaces between
drop         empty: no such event
confirm      empty: the event is right as it is
name         the point of the place, wherever an article names it; only in articles about `country` if that is given
no-place     empty: the name is never a place
============ =========================================================================================================
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from geoevents.codes import EVENT_TYPE_OF
from geoevents.countries import countries
from geoevents.errors import CorrectionError
from geoevents.model import Problem
from geoevents.settings import NameFix

COLUMNS: Final = ("action", "target", "value", "country", "who", "when", "why")
_REQUIRED: Final = ("action", "target", "who", "when", "why")
STAGE: Final = "corrections"
_DEGREES: Final = r"(-?\d{1,3}(?:\.\d{1,12})?)"
_POINT: Final = re.compile(rf"{_DEGREES}\s*,\s*{_DEGREES}(?:\s*,\s*(\d{{1,4}}(?:\.\d{{1,3}})?)\s*km)?")
_COUNT: Final = re.compile(r"(\d{1,8})(?:\s*[-–]\s*(\d{1,8}))?(\+)?(?:\s+best\s+(\d{1,8}))?")


class Point(NamedTuple):
    """A point in degrees, how far off it may be in km, and the name and the country of its place if they are told."""

    latitude: float
    longitude: float
    radius_km: float = 1.0
    name: str = ""
    country: str = ""


class Toll(NamedTuple):
    """A number of people; `high` is None where it is open."""

    low: int
    best: int
    high: int | None


class Days(NamedTuple):
    """First and last day."""

    start: date
    end: date


Value = Point | Toll | Days | tuple[str, ...] | str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One row that makes sense."""

    number: int
    action: str
    target: str
    text: str
    value: Value
    who: str
    when: str
    why: str

    def problem(self, reason: str) -> Problem:
        """Say why it could not be followed."""
        return Problem(
            source=f"corrections, row {self.number}: {self.action} {self.target}", stage=STAGE, reason=reason
        )


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that people decided, in the order they wrote it, and the rows that make no sense."""

    of_events: tuple[Decision, ...] = ()
    of_names: tuple[NameFix, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """Rows of a file of corrections.

    Raises
    ------
    CorrectionError
        If it cannot be read or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            missing = [name for name in _REQUIRED if name not in (table.fieldnames or ())]
            if missing:
                raise CorrectionError(f"{path} lacks the column {missing[0]!r}; it needs {', '.join(COLUMNS)}")
            return tuple({name: (row.get(name) or "").strip() for name in COLUMNS} for row in table)
    except OSError as error:
        raise CorrectionError(f"cannot read corrections {path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CorrectionError(f"{path} is no CSV file in UTF-8: {error}") from error


def decisions_of(rows: Iterable[Mapping[str, str]]) -> Decisions:
    """Read what rows decide; one that makes no sense becomes a problem."""
    events: list[Decision] = []
    names: list[NameFix] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 2):  # the header is the first
        try:
            decided = _decision(number, row)
        except ValueError as error:
            source = f"corrections, row {number}: {row['action']} {row['target']}"
            problems.append(Problem(source=source, stage=STAGE, reason=str(error)))
            continue
        if decided.action in ("name", "no-place"):
            names.append(_name(decided, row["country"]))
        else:
            events.append(decided)
    return Decisions(tuple(events), tuple(names), tuple(problems))


def _decision(number: int, row: Mapping[str, str]) -> Decision:
    action = row["action"].casefold()
    if action not in _VALUES:
        raise ValueError(f"there is no action {row['action']!r}; there are {', '.join(_VALUES)}")
    missing = next((name for name in _REQUIRED if not row[name]), None)
    if missing:
        raise ValueError(f"it does not say {missing!r}")
    value = _VALUES[action](row["value"])
    if isinstance(value, Point):
        value = value._replace(country=_country(action, row["country"]))
    return Decision(number, action, row["target"], row["value"], value, row["who"], row["when"], row["why"])


def _country(action: str, text: str) -> str:
    """Country in which a person places an event; of a name, the articles it is fixed in may be about anything."""
    code = text.upper()
    if code and action != "name" and code not in countries():
        raise ValueError(f"no country has the code {text!r} (two letters, such as IQ)")
    return code


def _name(decision: Decision, country: str) -> NameFix:
    point = decision.value if isinstance(decision.value, Point) else None
    return NameFix(
        name=" ".join(decision.target.split()),
        latitude=point and point.latitude,
        longitude=point and point.longitude,
        country=country.upper(),
        who=decision.who,
        when=decision.when,
        why=decision.why,
    )


# -- values ------------------------------------------------------------------------------------------------------------


def _point(text: str) -> Point:
    found = _POINT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no point; write it as '32.87, 44.22' or '32.87, 44.22, 5 km'")
    latitude, longitude = float(found[1]), float(found[2])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{text!r} is no point on Earth; latitude comes first")
    return Point(latitude, longitude, float(found[3] or 1))


def _named_point(text: str) -> Point:
    name, _, point = text.partition(",")
    if not name.strip():
        raise ValueError(f"{text!r} names no place; write it as 'Jurf al-Sakhar, 32.87, 44.22'")
    return _point(point.strip())._replace(name=name.strip())


def _kind(text: str) -> str:
    kinds = {kind.casefold(): kind for kind in EVENT_TYPE_OF}
    if text.casefold() not in kinds:
        raise ValueError(f"{text!r} is not one of ACLED's sub-event types: {', '.join(EVENT_TYPE_OF)}")
    return kinds[text.casefold()]


def _days(text: str) -> Days:
    first, _, last = text.partition("/")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is no date; write it as '2021-03-10' or '2021-03-10/2021-03-12'") from error
    if start > end:
        raise ValueError(f"{text!r} ends before it begins")
    return Days(start, end)


def _toll(text: str) -> Toll | None:
    if not text:
        return None
    found = _COUNT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no number; write it as '12', '12-17', '12-17 best 14' or '12+'")
    low = int(found[1])
    high = None if found[3] else int(found[2] or low)
    best = int(found[4] or (found[2] if found[3] and found[2] else low))
    if best < low or (high is not None and not low <= best <= high):
        raise ValueError(f"{text!r} is out of order")
    return Toll(low, best, high)


def _others(text: str) -> Sequence[str]:
    others = tuple(text.replace(",", " ").split())
    if not others:
        raise ValueError("it does not say which")
    return others


def _nothing(text: str) -> None:
    if text:
        raise ValueError(f"it takes no value, not {text!r}")


_VALUES: Final[Mapping[str, Callable[[str], Value]]] = {
    "move": _point,
    "place": _named_point,
    "kind": _kind,
    "date": _days,
    "killed": _toll,
    "injured": _toll,
    "split": lambda text: tuple(_others(text)),
    "join": lambda text: tuple(_others(text)),
    "drop": _nothing,
    "confirm": _nothing,
    "name": _point,
    "no-place": _nothing,
}

"""Why a candidate was chosen, in words."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from geoevents.geo import EARTH_KM
from geoevents.model import Place
from geoevents.places.resolver.candidates import KIND, MEETINGS, Floats
from geoevents.places.resolver.evidence import Columns

#: how a name met its place, where it is not plainly its name; by the order of MEETINGS
_MET: Final = dict(
    zip(
        MEETINGS,
        (
            "short form of {}",
            "people or adjective of {}",
            "without the word for its kind, {}",
            "another spelling of {}",
            "short for {}",
        ),
        strict=True,
    )
)
_FIRST_MEETING: Final = 5 + len(KIND)
_MOST_REASONS: Final = 3
#: a named place is near when it is no further than this
_NEAR_KM: Final = 200.0
_COUNTED_BELIEF: Final = 0.5


def reason(columns: Columns, belief: Floats, number: int, best: int, place: Callable[[int], Place]) -> str:
    """Say the strongest reasons for candidate `best` of a name, in a sentence."""
    found = []
    for said in _reasons(columns, belief, number, best, place):
        found.append(said)
        if len(found) == _MOST_REASONS:
            break
    return "; ".join(found)


def _reasons(columns: Columns, belief: Floats, number: int, best: int, place: Callable[[int], Place]) -> Iterator[str]:
    at = int(columns.offsets[number]) + best
    chosen = place(int(columns.rows[at]))
    for i, met in enumerate(MEETINGS):
        if columns.static[at, _FIRST_MEETING + i]:
            yield _MET[met].format(chosen.name)
    yield from _containing(columns, belief, number, at, place)
    count = len(columns.names[number].candidates.rows)
    if count == 1:
        yield f"the only {chosen.name} in the gazetteer"
    yield from _company(columns, belief, number, at, place)
    if count > 1 and columns.static[at, 1] == 0:
        yield f"the most important of {count} places of this name"


def _containing(columns: Columns, belief: Floats, number: int, at: int, place: Callable[[int], Place]) -> Iterator[str]:
    for i, j in columns.inside:
        if (
            i == number
            and (area := _likeliest(columns, belief, j)) is not None
            and columns.rows[area] in columns.areas[at]
        ):
            yield f"said to be in {place(int(columns.rows[area])).name}"
        elif (
            j == number
            and (inner := _likeliest(columns, belief, i)) is not None
            and columns.rows[at] in columns.areas[inner]
        ):
            yield f"said to hold {place(int(columns.rows[inner])).name}"


def _likeliest(columns: Columns, belief: Floats, number: int) -> int | None:
    span = columns.of(number)
    best = span.start + int(belief[span].argmax())
    return best if belief[best] >= _COUNTED_BELIEF else None


def _company(columns: Columns, belief: Floats, number: int, at: int, place: Callable[[int], Place]) -> Iterator[str]:
    """Other names of the document in the same divisions, or near."""
    others = [best for n in range(len(columns)) if n != number and (best := _likeliest(columns, belief, n)) is not None]
    for level in (2, 1, 0):
        area = int(columns.areas[at, level])
        shared = sum(int(columns.areas[o, level]) == area for o in others)
        if area >= 0 and shared and area != columns.rows[at]:
            lie = "other place named lies" if shared == 1 else "other places named lie"
            yield f"{shared} {lie} in {place(area).name}"
            break
    towns = [o for o in others if columns.kind[o] not in (KIND["country"], KIND["adm1"])]
    if towns:
        chords = np.linalg.norm(columns.vectors[towns] - columns.vectors[at], axis=1) * EARTH_KM
        near = int(chords.argmin())
        if chords[near] <= _NEAR_KM:
            yield f"{chords[near]:.0f} km from {place(int(columns.rows[towns[near]])).name}, named too"

"""The outlet's home: where a paper is from, when its name says so ("Herald of Alexandria, La.").

Only a town together with the country or division it lies in counts. A town alone does not: the New York Times writes of
the whole world, and there are many Alexandrias.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geoevents.model import Document, PlaceMention
from geoevents.places.resolver.candidates import CandidateFinder, Candidates, flags_of
from geoevents.places.resolver.wording import containments

_AREAS: Final = flags_of("country", "adm1")
_TOWNS: Final = flags_of("capital", "seat", "town")
_PARTING: Final = re.compile(r"[,()|]")
#: words of a town's name at most, and characters of a publisher's name that are read
_LONGEST: Final = 4
_REACH: Final = 200

Home = tuple[str, str]


def home_of(publisher: str, finder: CandidateFinder) -> Home | None:
    """Names of the town and of the country or division it lies in, as they stand in a publisher's name."""
    parts = [words for part in _PARTING.split(publisher[:_REACH]) if (words := part.split())]
    for town, area in itertools.pairwise(parts):
        outer = finder(" ".join(area))
        for first in range(max(0, len(town) - _LONGEST), len(town)):
            name = " ".join(town[first:])
            if outer and name[0].isupper() and (inner := finder(name)) and _holds(outer, inner):
                return name, " ".join(area)
    return None


def _holds(outer: Candidates, inner: Candidates) -> bool:
    """Whether a town of one name lies in a country or division of another."""
    areas, towns = outer.rows[_AREAS[outer.kind]], inner.areas[_TOWNS[inner.kind]]
    return bool((towns[:, :, None] == areas).any())


def told_otherwise(document: Document, mentions: Sequence[PlaceMention], home: Home) -> bool:
    """Whether the text itself says where a place of the town's name lies."""
    return any(mentions[i].text == home[0] for i, _ in containments(document.text, mentions))


def told_first(document: Document, mentions: Sequence[PlaceMention], home: Home) -> tuple[str, list[PlaceMention]]:
    """Text and mentions as if the document began with the outlet's home."""
    town, area = home
    head = f"{town}, {area}\n"
    own = [(0, town), (len(town) + 2, area)]
    first = [PlaceMention(doc_id=document.id, start=at, end=at + len(name), text=name) for at, name in own]
    moved = [replace(m, start=m.start + len(head), end=m.end + len(head)) for m in mentions]
    return head + document.text, [*first, *moved]

"""What people decided about names: where a place lies, or that a name is none, everywhere or in one country's news."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geoevents.model import Document, Place, PlaceMention, ResolvedPlace, content_id
from geoevents.places.atlas import PERSON, Atlas
from geoevents.places.focus import focus_of
from geoevents.places.polygons import Outlines
from geoevents.settings import NameFix

#: a village or a quarter, whose size nobody stated
_RADIUS_KM: Final = 1.0
#: kinds of mention that stay what they are: a fixed place does not make a person of its name a place
_OTHERS: Final = ("person", "demonym")


@dataclass(frozen=True)
class Fixes:
    """Applies the fixes of names to what the resolver found.

    Attributes
    ----------
    fixes
        In the order of the file; of several that fit a mention the last one holds.
    """

    fixes: tuple[NameFix, ...]
    atlas: Atlas

    def __call__(
        self, document: Document, resolved: Sequence[ResolvedPlace]
    ) -> tuple[tuple[ResolvedPlace, ...], tuple[str, ...]]:
        """Mentions as people want them, in order, and the names that were fixed."""
        country = next(
            (f.place.country_code for f in focus_of(tuple(resolved), self.atlas) if f.level == "country"), ""
        )
        found, used = list(resolved), []
        for fix in self.fixes:
            if fix.country and fix.country != country:
                continue
            spans = [match.span() for match in _pattern(fix.name).finditer(document.text)]
            if not spans:
                continue
            used.append(fix.name)
            found = list(_fixed(document, found, fix, spans))
        return tuple(found), tuple(dict.fromkeys(used))


def _pattern(name: str) -> re.Pattern[str]:
    """Whole words of a name, whatever the spaces between them and their case; linear."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _fixed(
    document: Document, resolved: Sequence[ResolvedPlace], fix: NameFix, spans: Sequence[tuple[int, int]]
) -> Iterator[ResolvedPlace]:
    """Mentions with one fix applied: those of the name are replaced, or left out where it is no place."""
    place = _place(fix)
    kept = [one for one in resolved if one.mention.kind in _OTHERS or not _meets(one.mention, spans)]
    if place is None:
        yield from kept
        return
    taken = [(one.mention.start, one.mention.end) for one in kept]
    reason = f"{fix.who or 'a person'} placed it there" + (f": {fix.why}" if fix.why else "")
    for start, end in spans:
        if all(end <= first or last <= start for first, last in taken):
            mention = PlaceMention(doc_id=document.id, start=start, end=end, text=document.text[start:end])
            kept.append(ResolvedPlace(mention=mention, place=place, confidence=1.0, reason=reason))
    yield from sorted(kept, key=lambda one: one.mention.start)


def _meets(mention: PlaceMention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in spans)


def _place(fix: NameFix) -> Place | None:
    if fix.latitude is None or fix.longitude is None:
        return None
    found = Place(
        id=content_id(PERSON.removesuffix(":"), fix.name, fix.latitude, fix.longitude).replace("-", ":", 1),
        name=fix.name,
        latitude=fix.latitude,
        longitude=fix.longitude,
        feature_code="PPL",
        radius_km=_RADIUS_KM,
    )
    return replace(found, country_code=Outlines.open().country_at(fix.latitude, fix.longitude) or fix.country)

"""Headings that are nothing but the name of a country, a division or a region ("PERU."): always a place.

They carry no context a model could learn from, and they say where all below them is. A line that the model reads as a
person's name ("Michael", below a letter) is left to it, unless it is a country's.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Final

from geoevents.model import Document
from geoevents.places.recogniser.finding import Finding
from geoevents.places.recogniser.vocabulary import CLASSES, Vocabulary
from geoevents.text.tokens import Tokens

_AREAS: Final = frozenset(CLASSES.index(name) for name in ("country", "adm1", "region"))
_COUNTRY: Final = CLASSES.index("country")
_LONGEST: Final = 6  # tokens, with the full stop
_CONFIDENCE: Final = 0.95  # of a name that is a whole sentence and known to the gazetteer; set by hand


def with_headings(
    document: Document, tokens: Tokens, findings: Sequence[Finding], vocabulary: Vocabulary
) -> list[Finding]:
    """Put headings in the place of what was found there."""
    people = {(f.first, f.last) for f in findings if f.name == "PER"}
    headings = _headings(document, tokens, vocabulary, people)
    if not headings:
        return list(findings)
    taken = {token for heading in headings for token in range(heading.first, heading.last)}
    kept = [f for f in findings if taken.isdisjoint(range(f.first, f.last))]
    return sorted([*kept, *headings], key=lambda finding: finding.first)


def _headings(
    document: Document, tokens: Tokens, vocabulary: Vocabulary, people: Collection[tuple[int, int]]
) -> list[Finding]:
    found: list[Finding] = []
    after = 0
    for start, end in document.sentences:
        first = bisect_left(tokens.starts, start, after)
        last = after = bisect_left(tokens.starts, end, first)
        while last > first and not tokens.words[last - 1][0].isalnum():
            last -= 1
        if first < last <= first + _LONGEST and all(
            word[0].isupper() or word == "and" for word in tokens.words[first:last]
        ):
            surface = document.text[tokens.starts[first] : tokens.ends[last - 1]]
            kind = vocabulary.gazetteer_class(surface)
            if kind == _COUNTRY or (kind in _AREAS and (first, last) not in people):
                found.append(Finding("LOC", first, last, _CONFIDENCE))
    return found

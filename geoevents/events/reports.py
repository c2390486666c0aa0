"""What each article says of one event, in the order they appeared, and which of them are copies of one report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from geoevents.model import Incident, Source

#: two articles that share this much of their words are copies of one wire report: articles about one event by different
#: hands share a third of them at most, copies with a new headline or without the last lines more than three quarters
_COPY: Final = 0.7
#: fewer words than this are no ground to call anything a copy
_LEAST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class Report:
    """One article's account of an event.

    Attributes
    ----------
    copy_of
        Number of the earlier report that this one repeats; None for an account of its own.
    """

    incident: Incident
    source: Source
    copy_of: int | None = None

    @property
    def published(self) -> date | None:
        """Day the article appeared."""
        return self.source.published

    @property
    def is_copy(self) -> bool:
        """Whether it repeats an earlier report."""
        return self.copy_of is not None


def reports_of(incidents: Sequence[Incident], sources: Mapping[str, Source]) -> tuple[Report, ...]:
    """Accounts of one event, first published first; undated ones last."""
    told = [(sources.get(one.doc_id) or Source(doc_id=one.doc_id), one) for one in incidents]
    told.sort(key=lambda item: (item[0].published or date.max, item[1].doc_id, item[1].id))
    words = [frozenset(incident.keywords) for _, incident in told]
    found: list[Report] = []
    for number, (source, incident) in enumerate(told):
        copied = (n for n in range(number) if found[n].copy_of is None and _copies(words[n], words[number]))
        found.append(Report(incident, source, next(copied, None)))
    return tuple(found)


def _copies(one: frozenset[str], other: frozenset[str]) -> bool:
    fewest = min(len(one), len(other))
    return fewest >= _LEAST_WORDS and len(one & other) >= _COPY * fewest

"""What a run leaves in its folder: ``map.html``, ``events.geojson``, ``events.csv`` and ``run.json``."""

import json
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from geoevents import __version__
from geoevents.exports import export
from geoevents.files import replacing
from geoevents.maps import write_map
from geoevents.model import Count, Event, Quote
from geoevents.pipeline import Result

#: the libraries whose versions can change what comes out
_LIBRARIES: Final = ("trafilatura", "pypdf", "python-docx", "charset-normalizer", "numpy", "folium", "folium-offline")


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """Sum of ranges: of the low ends, of the high ends, whether any end was open, and of how many events."""

    low: int
    high: int
    is_open: bool
    events: int

    def __str__(self) -> str:
        span = str(self.low) if self.low == self.high else f"{self.low}–{self.high}"
        return f"{span} or more" if self.is_open else span


def total(counts: Iterable[Count | None]) -> Total | None:
    """Add up ranges of events that are apart; None where no number is stated.

    An open end adds its best figure and opens the sum.
    """
    known = [count for count in counts if count is not None]
    if not known:
        return None
    return Total(
        low=sum(count.low for count in known),
        high=sum(count.best if count.high is None else count.high for count in known),
        is_open=any(count.high is None for count in known),
        events=len(known),
    )


def write_outputs(result: Result, folder: str | Path) -> tuple[Path, ...]:
    """Write all outputs of a run; each file is the old one or the new one, whole.

    Raises
    ------
    ExportError
        If the folder or a file cannot be written.
    """
    paths = tuple(Path(folder) / name for name in ("map.html", "events.geojson", "events.csv", "run.json"))
    write_map(result.events, paths[0], result.settings.map, texts=SparseTexts(result.contexts), run=made_by(result))
    export(result.events, paths[1])
    export(result.events, paths[2])
    with replacing(paths[3]) as file:
        json.dump(run_record(result), file, ensure_ascii=True, indent=1)
        file.write("\n")
    return paths


class SparseTexts(Mapping[str, str]):
    """Document id → its text, blank but for the sentences that were kept; made when asked for, to spare the memory."""

    def __init__(self, contexts: Mapping[str, tuple[Quote, ...]]) -> None:
        self._contexts = contexts

    def __getitem__(self, doc_id: str) -> str:
        parts, position = [], 0
        for quote in sorted(self._contexts[doc_id], key=lambda quote: quote.start):
            parts += ["\n" * (quote.start - position), quote.text]
            position = quote.end
        return "".join(parts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._contexts)

    def __len__(self) -> int:
        return len(self._contexts)


def made_by(result: Result) -> dict[str, Any]:
    """Give what the map says of its making."""
    return {"geoevents": __version__, "articles": len(result.sources), "gazetteer": result.gazetteer}


def run_record(result: Result) -> dict[str, Any]:
    """Contents of ``run.json``: enough to repeat the run and to see what it could not use."""
    killed, injured = totals(result.events)
    return {
        "geoevents": __version__,
        "inputs": list(result.inputs),
        "counts": {
            "articles": len(result.sources),
            "incidents": len(result.incidents),
            "events": len(result.events),
            "events_without_place": sum(event.where is None for event in result.events),
            "killed": killed and asdict(killed),
            "injured": injured and asdict(injured),
            "close_calls": len(result.close_calls),
            "problems": len(result.problems),
        },
        "top_places": [{"name": name, "events": events} for name, events in top_places(result.events, 10)],
        "problems": [asdict(problem) for problem in result.problems],
        "close_calls": [asdict(call) for call in result.close_calls],
        "gazetteer": result.gazetteer,
        "settings": result.settings.as_dict(),
        "versions": {"python": platform.python_version(), **_versions()},
    }


def totals(events: Iterable[Event]) -> tuple[Total | None, Total | None]:
    """Killed and injured over the events that may be added up."""
    single = singles(events)
    return total(event.killed for event in single), total(event.injured for event in single)


def singles(events: Iterable[Event]) -> list[Event]:
    """Events that may be added up: aggregates ("90 strikes since August 8") would count the same deaths twice."""
    return [event for event in events if event.event_clarity == 1]


def top_places(events: Iterable[Event], most: int) -> list[tuple[str, int]]:
    """Names of the places with most events, and how many."""
    names = Counter(event.where.place.name for event in events if event.where)
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))[:most]


def _versions() -> dict[str, str]:
    found = {}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "not installed"
    return found

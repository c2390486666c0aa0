"""Events for a command, from articles or from what ``geoevents extract`` wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geoevents import __version__
from geoevents.articles import count_articles
from geoevents.cli.report import Report
from geoevents.errors import RecordError
from geoevents.events import merge
from geoevents.jsonl import Json, contexts_from_rows, event_from_row, incident_from_row, read_jsonl, source_from_row
from geoevents.model import Event, Problem, Quote
from geoevents.outputs import made_by
from geoevents.pipeline import run
from geoevents.settings import Settings

_EVENT_KEY: Final = "event_id"
_INCIDENT_KEY: Final = "incident_id"


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """Events, the sentences their quotes stand in (where those are known), what made them, problems met."""

    events: tuple[Event, ...]
    contexts: Mapping[str, tuple[Quote, ...]]
    made_by: Mapping[str, Any]
    problems: tuple[Problem, ...]


def gather(inputs: tuple[str, ...], settings: Settings, jobs: int, report: Report) -> Gathered:
    """Events of JSON Lines files that ``extract`` wrote, or else of articles.

    Raises
    ------
    RecordError
        If files of records and articles are mixed, or a line is no record.
    """
    files = [Path(name) for name in inputs if _holds_records(Path(name))]
    if not files:
        with report.reading(lambda: count_articles(inputs)) as progress:
            result = run(inputs, settings=settings, jobs=jobs, progress=progress)
        return Gathered(
            events=result.events, contexts=result.contexts, made_by=made_by(result), problems=result.problems
        )
    if len(files) != len(inputs):
        raise RecordError(f"{files[0]} holds records, other inputs are articles: give one kind at a time")
    rows = [row for path in files for row in read_jsonl(path)]
    events = [event_from_row(row) for row in rows if _EVENT_KEY in row]
    told = [row for row in rows if _EVENT_KEY not in row]
    sources = {source.doc_id: source for row in told if (source := source_from_row(row))}
    merged = merge([incident_from_row(row) for row in told], sources, settings.events)
    made = {"geoevents": __version__, "articles": len({d for event in events for d in event.doc_ids} | set(sources))}
    return Gathered(
        events=(*events, *merged.events), contexts=contexts_from_rows(rows), made_by=made, problems=merged.problems
    )


def _holds_records(path: Path) -> bool:
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return False
    first: Json = next(iter(read_jsonl(path)), {})
    return _EVENT_KEY in first or _INCIDENT_KEY in first

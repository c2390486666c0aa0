"""``geoevents extract``: the records of each stage as JSON Lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geoevents.articles import count_articles
from geoevents.cli.options import ARTICLES, QUIET, VERBOSE, make_settings, reading_options
from geoevents.cli.report import Report
from geoevents.errors import GeoeventsError
from geoevents.jsonl import Json, document_row, dump, event_row, incident_row, place_row, write_jsonl
from geoevents.model import Problem
from geoevents.pipeline import Progress, Reading, read, run
from geoevents.settings import Settings

_LEVELS = ("documents", "places", "incidents", "events")


@click.command()
@ARTICLES
@click.option("--level", type=click.Choice(_LEVELS), default="events", show_default=True, help="What each line holds.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="JSON Lines file; standard output without it.",
)
@reading_options
@QUIET
@VERBOSE
def command(
    articles: tuple[str, ...], level: str, output: Path | None, quiet: bool, verbose: bool, jobs: int, **options: Any
) -> None:
    """Write what ARTICLES say as JSON Lines: one document, place mention, incident or event a line."""
    report = Report(quiet=quiet, verbose=verbose)
    try:
        extraction = Extraction(articles, make_settings(options), level, jobs)
        with report.reading(lambda: count_articles(articles)) as progress:
            rows = extraction.rows(progress)
            if output:
                write_jsonl(rows, output)
            else:
                for row in rows:
                    click.echo(dump(row))
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    report.problems(extraction.problems)
    if not extraction.documents:
        raise click.ClickException("nothing could be read")


class Extraction:
    """Rows of one level, made as they are asked for; problems are kept for the end."""

    def __init__(self, articles: tuple[str, ...], settings: Settings, level: str, jobs: int) -> None:
        self.articles, self.settings, self.level, self.jobs = articles, settings, level, jobs
        self.problems: list[Problem] = []
        self.documents = 0

    def rows(self, progress: Progress) -> Iterator[Json]:
        """One row a record, in the order of the articles."""
        if self.level == "events":
            result = run(self.articles, settings=self.settings, jobs=self.jobs, progress=progress)
            self.problems += result.problems
            self.documents += len(result.sources)
            for event in result.events:
                yield event_row(event, result.contexts)
            return
        for found in read(self.articles, settings=self.settings, jobs=self.jobs, progress=progress):
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                self.documents += 1
                yield from _rows(found, self.level)


def _rows(reading: Reading, level: str) -> Iterator[Json]:
    if level == "documents":
        yield document_row(reading.source, reading.places)
    elif level == "places":
        yield from map(place_row, reading.places.resolved)
    else:
        for incident in reading.incidents:
            yield incident_row(incident, reading.source, {reading.source.doc_id: reading.contexts})

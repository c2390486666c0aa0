"""``geoevents run``: the main job."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from geoevents.articles import count_articles
from geoevents.cli.options import ARTICLES, QUIET, VERBOSE, make_settings, reading_options
from geoevents.cli.report import Report, printable
from geoevents.errors import GeoeventsError
from geoevents.outputs import Total, singles, top_places, totals, write_outputs
from geoevents.pipeline import Result, run
from geoevents.project import run as run_project

_TOP_PLACES = 5
#: the file of corrections that a project has beside its store
_CORRECTIONS = "corrections.csv"


@click.command()
@ARTICLES
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder for map.html, events.geojson, events.csv and run.json.",
)
@click.option("--title", help="Title of the map.")
@click.option(
    "--store",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Remember all in this SQLite file; the next run reads only articles that are new or changed. A "
    "corrections.csv beside it is followed where --corrections names no other.",
)
@click.option(
    "--check-contents",
    is_flag=True,
    help="With --store: open every file to see whether it changed; else one whose size and times are those of the last "
    "run is taken to be as it was.",
)
@reading_options
@QUIET
@VERBOSE
def command(
    articles: tuple[str, ...],
    output: Path,
    title: str | None,
    store: Path | None,
    check_contents: bool,
    quiet: bool,
    verbose: bool,
    jobs: int,
    **options: Any,
) -> None:
    """Read ARTICLES and write the events they report as a map, GeoJSON and a table.

    ARTICLES are files, folders with all they hold, globs, or - for standard input: plain text, Markdown, HTML, PDF,
    DOCX, JSON, JSON Lines or CSV. Nothing is sent anywhere.

    Ends with 0; with 1 where nothing could be read; with 2 for wrong usage.
    """
    report = Report(quiet=quiet, verbose=verbose)
    try:
        settings = make_settings(options)
        if store and settings.events.corrections is None and (beside := store.parent / _CORRECTIONS).is_file():
            settings = replace(settings, events=replace(settings.events, corrections=beside))
            report.say(f"following the corrections of {beside}")
        if title is not None:
            settings = replace(settings, map=replace(settings.map, title=title))
        # most articles of a store are not read again, and their files are not opened to be counted either
        count = None if store and store.is_file() else partial(count_articles, articles)
        with report.reading(count) as progress:
            how: Any = {"settings": settings, "jobs": jobs, "progress": progress}
            if store:
                result = run_project(articles, store, check_contents=check_contents, **how)
            else:
                result = run(articles, **how)
        paths = write_outputs(result, output)
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    report.problems(result.problems)
    for line in summary(result):
        report.say(line)
    for path in paths:
        report.say(f"  {path}")
    if not result.sources:
        raise click.ClickException("nothing could be read")


def summary(result: Result) -> list[str]:
    """Say what a run found, in a few lines."""
    unplaced = sum(event.where is None for event in result.events)
    single = singles(result.events)
    killed, injured = (_stated(found, len(single)) for found in totals(result.events))
    lines = [
        f"{len(result.sources)} articles, {len(result.events)} events"
        + (f", {unplaced} of them without a place" if unplaced else ""),
        f"killed {killed}, injured {injured}",
    ]
    if places := top_places(result.events, _TOP_PLACES):
        lines.append("places: " + ", ".join(f"{printable(name)} {events}" for name, events in places))
    if aggregates := len(result.events) - len(single):
        lines.append(f"{aggregates} totals over many events are listed and not added up")
    if result.problems:
        lines.append(f"{len(result.problems)} problems, listed in run.json")
    return lines


def _stated(found: Total | None, events: int) -> str:
    """Say a sum, and over how many events where some do not give the number."""
    if found is None:
        return "not stated"
    return str(found) if found.events == events else f"{found} (stated for {found.events} of {events} events)"

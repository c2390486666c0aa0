"""``geoevents export``: events in the formats people work with."""

from pathlib import Path
from typing import Any

import click

from geoevents.cli.events import gather
from geoevents.cli.options import ARTICLES, QUIET, VERBOSE, make_settings, reading_options
from geoevents.cli.report import Report
from geoevents.errors import GeoeventsError
from geoevents.exports import DIALECTS, FORMATS, exporter_for


@click.command()
@ARTICLES
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The file to write; its ending chooses the format: {', '.join(FORMATS)}.",
)
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    default="geoevents",
    show_default=True,
    help="Columns of a .csv: ours, or those of ACLED, UCDP GED or HXL.",
)
@reading_options
@QUIET
@VERBOSE
def command(
    articles: tuple[str, ...], output: Path, dialect: str, quiet: bool, verbose: bool, jobs: int, **options: Any
) -> None:
    """Export the events of ARTICLES, or of JSON Lines that extract wrote."""
    report = Report(quiet=quiet, verbose=verbose)
    try:
        write = exporter_for(output, dialect)
        gathered = gather(articles, make_settings(options), jobs, report)
        write(gathered.events, output)
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    report.problems(gathered.problems)
    report.say(f"{len(gathered.events)} events in {output}")

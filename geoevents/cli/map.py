"""``geoevents map``: the page, or a picture, of articles or of what ``extract`` wrote."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geoevents.cli.events import gather
from geoevents.cli.options import ARTICLES, QUIET, VERBOSE, given, make_settings, reading_options
from geoevents.cli.report import Report
from geoevents.errors import GeoeventsError
from geoevents.maps import write_map, write_static_map
from geoevents.maps.languages import LANGUAGES
from geoevents.outputs import SparseTexts


@click.command()
@ARTICLES
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The page to write, such as map.html."
)
@click.option(
    "--static",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also, or only, draw a picture for print: .png, .svg or .pdf.",
)
@click.option("--title", help="Title of the map.")
@click.option("--description", help="A sentence or two below the title.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Picture to show beside the title."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the page's own words.")
@click.option(
    "--tiles",
    multiple=True,
    metavar="NAME|URL",
    help="Tile layer: a name of xyzservices or a URL template. Only with tiles does the page ask any host. Repeatable.",
)
@click.option("--embed", is_flag=True, default=None, help="A bare page for an iframe.")
@reading_options
@QUIET
@VERBOSE
def command(
    articles: tuple[str, ...],
    output: Path | None,
    static: Path | None,
    quiet: bool,
    verbose: bool,
    jobs: int,
    **options: Any,
) -> None:
    """Draw a map of the events of ARTICLES, or of JSON Lines that extract wrote."""
    if output is None and static is None:
        raise click.UsageError("say what to write: -o PAGE.html, --static PICTURE.png, or both")
    report = Report(quiet=quiet, verbose=verbose)
    looks = {name: options.pop(name) for name in ("title", "description", "logo", "language", "tiles", "embed")}
    try:
        settings = make_settings(options)
        look = replace(settings.map, **given({**looks, "tiles": looks["tiles"] or None}))
        gathered = gather(articles, settings, jobs, report)
        if output:
            write_map(gathered.events, output, look, texts=SparseTexts(gathered.contexts), run=gathered.made_by)
        if static:
            write_static_map(gathered.events, static, look)
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    report.problems(gathered.problems)
    report.say(f"{len(gathered.events)} events in {' and '.join(str(path) for path in (output, static) if path)}")

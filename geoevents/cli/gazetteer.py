"""``geoevents gazetteer``: look places up, name what lies at a point, say what is in a gazetteer, build one."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from geoevents.cli.options import GEOCODER, GEOCODER_CACHE, own_cache
from geoevents.errors import GeoeventsError

if TYPE_CHECKING:
    from rich.table import Table

    from geoevents.model import Place
    from geoevents.places.gazetteer import Gazetteer

#: columns of a table that goes to a file or another program
_WIDE = 160
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_gazetteer_option = click.option(
    "--gazetteer", type=_FILE, metavar="FILE.gaz", help="Use this gazetteer instead of the bundled one."
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


@click.group(name="gazetteer")
def command() -> None:
    """Look places up, name points, see what a gazetteer holds, build your own."""


def _open(path: Path | None) -> "Gazetteer":
    from geoevents.places.gazetteer import Gazetteer

    try:
        return Gazetteer.open(path)
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error


def _print(table: "Table") -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    console.print(table)


def _table(title: str, columns: Sequence[str], right: Sequence[str] = ()) -> "Table":
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=SIMPLE)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


@command.command()
@click.argument("name")
@click.option("--country", "countries", multiple=True, metavar="IQ", help="Only in this country; may be repeated.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many places.")
@click.option("--fuzzy", is_flag=True, help="Where nothing else is found, take names one slip of the pen away.")
@_gazetteer_option
@GEOCODER
@GEOCODER_CACHE
@_json_option
def lookup(
    name: str,
    countries: tuple[str, ...],
    limit: int,
    fuzzy: bool,
    gazetteer: Path | None,
    geocoder: str | None,
    geocoder_cache: Path | None,
    as_json: bool,
) -> None:
    """Show the places that NAME may mean, most important first."""
    opened = _open(gazetteer)
    matches = opened.match(name, country_codes=countries, limit=limit, fuzzy=fuzzy)
    found = [_Found(match.place, match.kind, match.cost, match.importance) for match in matches]
    if not found and geocoder:
        found = _online(name, countries, geocoder, geocoder_cache, opened)[:limit]
    if as_json:
        rows = [
            {**asdict(one.place), "match": one.matched, "cost": one.cost, "importance": one.importance} for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif found:
        _print(_places(name, found))
    else:
        click.echo(f"no place called {name!r}" + ("" if fuzzy else "; --fuzzy also tries names one slip away"))
    if not found:
        raise click.exceptions.Exit(1)


class _Found(NamedTuple):
    """A place, how it was met (or by which online service), what that costs, and its importance; None if unknown."""

    place: "Place"
    matched: str
    cost: float
    importance: float | None


def _online(
    name: str, countries: Sequence[str], geocoder: str, cache: Path | None, gazetteer: "Gazetteer"
) -> list[_Found]:
    """Places an online geocoder knows; belief in them is shared as where articles are read."""
    from geoevents.places.online import OnlineGeocoder
    from geoevents.places.online_help import BELIEF, in_its_division

    try:
        online = OnlineGeocoder.from_spec(geocoder, cache=cache or own_cache())
        places = online.find(name, country_codes=countries)
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    return [
        _Found(in_its_division(place, gazetteer), online.service, round(1 - BELIEF / len(places), 4), None)
        for place in places
    ]


def _places(title: str, found: "Sequence[_Found]") -> "Table":
    from geoevents.places.features import feature

    columns = ("name", "kind", "admin", "country", "point", "population", "id", "matched")
    table = _table(title, columns, right=("point", "population"))
    for one in found:
        place = one.place
        table.add_row(
            place.name,
            f"{feature(place.feature_code).name} ({place.feature_code})",
            ", ".join(name for name in (place.admin2, place.admin1) if name),
            place.country_code,
            f"{place.latitude:.4f}, {place.longitude:.4f}",
            f"{place.population:,}" if place.population else "",
            place.id,
            one.matched + (f" (cost {one.cost})" if one.cost else ""),
        )
    return table


@command.command()
@click.argument("latitude", type=click.FloatRange(-90, 90))
@click.argument("longitude", type=click.FloatRange(-180, 180))
@_gazetteer_option
@_json_option
def reverse(latitude: float, longitude: float, gazetteer: Path | None, as_json: bool) -> None:
    """Name what lies at LATITUDE LONGITUDE: the nearest place, the division and the country.

    Negative numbers go after ``--``: ``geoevents gazetteer reverse -- -33.9 18.4``.
    """
    from geoevents.places.geocoder import Gazetteer as Geocoder

    try:
        found: Any = Geocoder(gazetteer).reverse((latitude, longitude), exactly_one=False) or []
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps([location.raw for location in found], ensure_ascii=False, indent=2))
    elif not found:
        click.echo("no country or place there: at sea, or no man's land")
    else:
        table = _table(f"{latitude}, {longitude}", ("what", "distance in km", "id"), right=("distance in km",))
        for location in found:
            table.add_row(location.address, f"{location.raw['distance_km']:.1f}", location.raw["id"])
        _print(table)
    if not found:
        raise click.exceptions.Exit(1)


@command.command()
@_gazetteer_option
@_json_option
def info(gazetteer: Path | None, as_json: bool) -> None:
    """Say what a gazetteer holds: sources, licences, counts, size, hash."""
    from geoevents.places.features import feature

    opened = _open(gazetteer)
    counts = opened.metadata["counts"]
    facts: dict[str, Any] = {
        "id": opened.id,
        "path": str(opened.path),
        "bytes": opened.store.size,
        "places": len(opened),
        "sources": opened.metadata["sources"],
        "by_kind": _falling(counts["feature"]),
        "by_country": _falling(counts["country"]),
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    click.echo(f"{opened.id}\n{opened.path}\n{len(opened):,} places, {opened.store.size / 1e6:.1f} MB\n")
    sources = _table("Sources", ("package", "version", "what", "licence"))
    for source in facts["sources"]:
        sources.add_row(*(source.get(part, "") for part in ("package", "version", "title", "licence")))
    _print(sources)
    kinds = {f"{feature(code).name} ({code})": count for code, count in facts["by_kind"].items()}
    _print(_counts("Kinds", kinds))
    _print(_counts("Countries", facts["by_country"]))


def _falling(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(((name or "none", n) for name, n in counts.items()), key=lambda item: (-item[1], item[0])))


def _counts(title: str, counts: dict[str, int], most: int = 20) -> "Table":
    heading = f"{title} ({len(counts)}" + (f", the {most} most frequent)" if len(counts) > most else ")")
    table = _table(heading, (title.lower(), "places"), right=("places",))
    for name, count in list(counts.items())[:most]:
        table.add_row(name, f"{count:,}")
    return table


@command.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE.gaz",
    help="The gazetteer to write.",
)
@click.option("--geonames", type=_FILE, multiple=True, metavar="IQ.zip", help="GeoNames dump: a country or all.")
@click.option(
    "--alternate-names", type=_FILE, multiple=True, metavar="alternateNamesV2.zip", help="GeoNames' alternate names."
)
@click.option("--csv", "csv_files", type=_FILE, multiple=True, metavar="places.csv", help="name, latitude, longitude…")
@click.option("--extend-bundled", is_flag=True, help="Keep the bundled places, and add to them.")
def build(
    output: Path,
    geonames: tuple[Path, ...],
    alternate_names: tuple[Path, ...],
    csv_files: tuple[Path, ...],
    extend_bundled: bool,
) -> None:
    """Build a gazetteer from GeoNames dumps and tables of your own.

    A CSV names its columns in the first line: name, latitude, longitude, and any of alternate_names (parted by |),
    feature_code, country_code, admin1, population, radius_km, id.
    """
    from geoevents.places.building import build_gazetteer
    from geoevents.places.gazetteer import Gazetteer

    if not geonames and not csv_files:
        raise click.UsageError("give at least one --geonames or --csv file")
    try:
        with _Progress() as progress:
            reading = build_gazetteer(
                output,
                geonames=geonames,
                alternate_names=alternate_names,
                csv_files=csv_files,
                base=Gazetteer.open() if extend_bundled else None,
                progress=progress.report,
            )
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error
    for problem in reading.problems:
        click.echo(f"passed over: {problem.source}: {problem.reason}", err=True)
    if reading.passed_over > len(reading.problems):
        click.echo(f"passed over: {reading.passed_over - len(reading.problems)} more rows", err=True)
    click.echo(f"{output}: {len(_open(output)):,} places, {output.stat().st_size / 1e6:.1f} MB")


class _Progress:
    """A bar for each file on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=console, disable=not console.is_terminal)
        self._tasks: dict[Path, Any] = {}

    def __enter__(self) -> "_Progress":
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def report(self, path: Path, done: int, total: int) -> None:
        """Move the bar of a file."""
        if path not in self._tasks:
            self._tasks[path] = self._bars.add_task(path.name, total=total or None)
        self._bars.update(self._tasks[path], completed=done)

"""``geoevents store``: look into what ``geoevents run --store`` remembers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from geoevents.cli.report import printable
from geoevents.errors import GeoeventsError
from geoevents.jsonl import event_row
from geoevents.model import Claim, Count, Event, Source
from geoevents.store import Store

_STORE: Final = click.argument("store", type=click.Path(dir_okay=False, path_type=Path), metavar="STORE")
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(name="store")
def command() -> None:
    """Look into a store that 'geoevents run --store' keeps: what it holds, its events, their claims and sources."""


@contextmanager
def _open(path: Path, *, write: bool = False) -> Iterator[Store]:
    try:
        with Store.open(path, write=write) as store:
            yield store
    except GeoeventsError as error:
        raise click.ClickException(str(error)) from error


@command.command()
@_STORE
@_JSON
def info(store: Path, as_json: bool) -> None:
    """Say how much STORE holds, and how its last run ended."""
    with _open(store) as opened:
        found = opened.info()
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    last = found.pop("last_run", None)
    for name, value in found.items():
        click.echo(f"{name.replace('_', ' '):14} {value}")
    if last:
        ended = "finished" if last["finished"] else "was interrupted; run it again"
        click.echo(f"{'last run':14} {ended}: {printable(' '.join(last['inputs']))}")
        if last["merging"]:
            click.echo(f"{'merging':14} {last['merging']}")


@command.command(name="list")
@_STORE
@click.option("--country", metavar="CODE", help="Only events in this country (ISO 3166-1 alpha-2, such as IQ).")
@click.option("--close", is_flag=True, help="List pairs of events that a person may have to decide about instead.")
def list_(store: Path, country: str | None, close: bool) -> None:
    """List the events of STORE, one a line: id, date, place, kind, killed, injured, articles."""
    with _open(store) as opened:
        if close:
            for call in opened.close_calls():
                verb = "joined" if call.merged else "kept apart"
                click.echo(printable(f"{call.first}  {call.second}  {call.score:.2f} {verb}: {call.reason}"))
            return
        for event in opened.events():
            code = event.where.place.country_code if event.where else ""
            if country is None or code.casefold() == country.casefold():
                click.echo(printable(_line(event)))


@command.command()
@_STORE
@click.argument("event", metavar="EVENT")
@_JSON
def show(store: Path, event: str, as_json: bool) -> None:
    """Show all that STORE knows of EVENT: facts, claims with their quotes, sources, decisions of people.

    EVENT is the id of an event, also an old one; or that of an incident or an article that is in one event only.
    """
    with _open(store) as opened:
        found = opened.event(event) or _found(opened, event)
    if found is None:
        raise click.ClickException(f"there is no event {event} in {store}; 'geoevents store list {store}' lists them")
    if as_json:
        click.echo(json.dumps(event_row(found), indent=1))
        return
    for line in _lines(found):
        click.echo(printable(line))


@command.command()
@_STORE
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File to write; its ending chooses the format (.geojson, .csv, .jsonl, .gpkg, .kml, .parquet).",
)
def export(store: Path, output: Path) -> None:
    """Write the events of STORE in a format of exchange."""
    from geoevents.exports import export as write

    with _open(store) as opened:
        events = opened.read_events({})
        write(events, output)
    click.echo(f"{len(events)} events in {output}")


@command.command()
@_STORE
def vacuum(store: Path) -> None:
    """Give the space of what is gone from STORE back."""
    if not store.is_file():
        raise click.ClickException(f"there is no store {store}")
    before = store.stat().st_size
    with _open(store, write=True) as opened:
        opened.vacuum()
    click.echo(f"{before} bytes before, {store.stat().st_size} now")


def _found(store: Store, name: str) -> Event | None:
    """Find the one event that holds what a name stands for, as corrections do."""
    from geoevents.events import event_id

    homes = {event for incident, document, event in store.homes() if name in (incident, document, event_id(incident))}
    if len(homes) > 1:
        raise click.ClickException(f"{name} is in {len(homes)} events: {', '.join(sorted(homes))}")
    return store.event(homes.pop()) if homes else None


def _line(event: Event) -> str:
    articles = f"{len(event.doc_ids)} article{'s' * (len(event.doc_ids) > 1)}"
    facts = (_day(event), _place(event), event.sub_event_type, f"killed {_range(event.killed)}")
    return f"{event.id}  " + "; ".join((*facts, f"injured {_range(event.injured)}", articles))


def _day(event: Event) -> str:
    if event.when is None:
        return "date not stated"
    first, last = event.when.start.isoformat(), event.when.end.isoformat()
    return first if first == last else f"{first} to {last}"


def _place(event: Event) -> str:
    if event.where is None:
        return "place not stated"
    place = event.where.place
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, place.country_code) if part))


def _range(count: Count | None) -> str:
    if count is None:
        return "not stated"
    if count.high is None:
        return f"{count.low} or more"
    return str(count.low) if count.low == count.high else f"{count.low}–{count.high} (best {count.best})"


def _lines(event: Event) -> Iterator[str]:
    yield _line(event)
    if event.where:
        at = event.where
        spot = f"{at.latitude:.4f}, {at.longitude:.4f}, within {at.radius_km:.0f} km"
        yield f"  where   {spot}; where_prec {at.where_prec}; {at.reason or 'no reason kept'}"
    for side in ("side_a", "side_b"):
        if actor := getattr(event, side):
            yield f"  {side}  {actor.name} ({actor.certainty})"
    yield f"  status  {event.status}; confidence {event.confidence:.2f}; merged with {event.merge_confidence:.2f}"
    names = {source.doc_id: _name(source) for source in event.sources}
    yield from (f"  article {name}" for name in names.values())
    yield from (f"  claim   {_claim(claim, names.get(claim.doc_id, claim.doc_id))}" for claim in event.claims)
    for one in event.corrections:
        yield f"  person  {one.who}, {one.when}: {one.action} {one.field} {one.before} → {one.after} ({one.why})"


def _name(source: Source) -> str:
    day = source.published.isoformat() if source.published else ""
    return ", ".join(part for part in (source.title or source.name or source.doc_id, source.publisher, day) if part)


def _claim(claim: Claim, article: str) -> str:
    who = claim.speaker or "the article"
    return f"{claim.harm} {_range(claim.count)} ({claim.stance}, {who}): “{claim.quote.text}” [{article}]"

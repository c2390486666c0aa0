"""Options that several commands share, and how they become settings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from geoevents.settings import COUNT_PROFILES, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

ARTICLES: Final = click.argument("articles", nargs=-1, required=True, metavar="ARTICLES...")
QUIET: Final = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
VERBOSE: Final = click.option("-v", "--verbose", is_flag=True, help="Print a line for every article and every problem.")

#: answers of online geocoders, in the user's own folder of the program
_CACHE: Final = "geocoder.sqlite"

GEOCODER: Final = click.option(
    "--geocoder",
    metavar="NAME",
    help="Online geocoder (nominatim, geonames:username=YOU) to ask for what the gazetteer lacks; none by default.",
)
GEOCODER_CACHE: Final = click.option(
    "--geocoder-cache",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps its answers; one in your own folder of caches by default.",
)

_READING: Final = (
    click.option(
        "--settings",
        "settings_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="TOML file with settings; options given here win.",
    ),
    click.option(
        "--gazetteer",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A gazetteer of your own (see 'gazetteer build') instead of the bundled one.",
    ),
    click.option("--recogniser", metavar="NAME", help="'learned' (the default) or 'spacy:MODEL'."),
    GEOCODER,
    GEOCODER_CACHE,
    click.option("--counts", type=click.Choice(COUNT_PROFILES), help="How 'dozens' and 'several' become numbers."),
    click.option("--background/--no-background", default=None, help="Whether history told in passing counts too."),
    click.option(
        "--corrections",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="CSV file of corrections by people.",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0, 256),
        default=1,
        show_default=True,
        help="Processes that read articles; 0 takes one for each processor.",
    ),
)


def reading_options(command: Command) -> Command:
    """Add the options that say how articles are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def make_settings(options: dict[str, Any]) -> Settings:
    """Take the reading options out of `options` and make settings of them.

    Raises
    ------
    SettingsError
        If the settings file or an option says something impossible.
    """
    path = options.pop("settings_file")
    settings = Settings.load(path) if path else Settings()
    taken = {name: options.pop(name) for name in ("gazetteer", "recogniser", "geocoder", "geocoder_cache")}
    if taken["geocoder"] and not (taken["geocoder_cache"] or settings.places.geocoder_cache):
        taken["geocoder_cache"] = own_cache()
    incidents = {name: options.pop(name) for name in ("counts", "background")}
    events = {"corrections": options.pop("corrections"), "counts": incidents["counts"]}
    return replace(
        settings,
        places=replace(settings.places, **given(taken)),
        incidents=replace(settings.incidents, **given(incidents)),
        events=replace(settings.events, **given(events)),
    )


def own_cache() -> Path:
    """File in the user's own folder of the program that keeps the answers of online geocoders."""
    return Path(click.get_app_dir("geoevents"), _CACHE)


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was not given, so that the settings file or the default holds."""
    return {name: value for name, value in values.items() if value is not None}

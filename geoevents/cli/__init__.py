"""The command line: one file a command, each imported only when it is asked for, so that ``--help`` stays quick."""

import importlib
from typing import Final

import click

from geoevents import __version__

#: command → (module that holds it as ``command``, one line of help)
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "run": ("geoevents.cli.run", "Articles in; map, GeoJSON, table and run record out: the main job."),
    "extract": ("geoevents.cli.extract", "Places, incidents or events of articles as JSON Lines."),
    "map": ("geoevents.cli.map", "A map of articles, or of what extract wrote."),
    "export": ("geoevents.cli.export", "Events as GeoJSON, CSV (ACLED, UCDP, HXL), GeoPackage, KML or GeoParquet."),
    "store": ("geoevents.cli.store", "What a store remembers: list, show, export events."),
    "gazetteer": ("geoevents.cli.gazetteer", "Look places up, name points, build a gazetteer."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they run; their one-line helps are in the table."""

    def __init__(self, *, table: dict[str, tuple[str, str]], **attributes: object) -> None:
        super().__init__(**attributes)  # type: ignore[arg-type]  # passed through to click unchanged
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import a command."""
        if cmd_name not in self.table:
            return None
        command = importlib.import_module(self.table[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101  # narrows the type
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """List the commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in self.table.items()])


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    name="geoevents",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="geoevents")
def main() -> None:
    """From folders of news articles to a map of conflict events: places, dates, casualty ranges, quotes; offline."""

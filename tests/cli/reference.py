"""The page ``docs/cli.md``, made from the commands' own help: ``python -m tests.cli.reference`` writes it anew."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from geoevents.cli import main

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
HEAD: Final = "# The command line\n\nMade from `--help` by `python -m tests.cli.reference`.\n"


def commands(group: click.Group, parent: click.Context) -> Iterator[click.Context]:
    """Contexts of a group's commands, and of theirs, in the order of their tables."""
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=parent)
        yield context
        if isinstance(command, click.Group):
            yield from commands(command, context)


def section(context: click.Context) -> str:
    """One command: its help and its options, independent of how click lays out a terminal."""
    command = context.command
    arguments = [p.metavar or p.human_readable_name for p in command.params if isinstance(p, click.Argument)]
    lines = [f"## {' '.join([context.command_path, *arguments])}", "", inspect.cleandoc(command.help or ""), ""]
    for option in command.params:
        if isinstance(option, click.Option):
            names = ", ".join([*option.opts, *option.secondary_opts])
            default = f" (default: {option.default})" if option.show_default else ""
            lines.append(f"- `{names}`: {option.help}{default}")
    return "\n".join([*lines, ""])


def reference() -> str:
    """Text of the page."""
    top = click.Context(main, info_name="geoevents")
    return "\n".join([HEAD, *(section(context) for context in (top, *commands(main, top)))])


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")

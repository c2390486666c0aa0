"""Every command says what it does, and the page that lists them is the one the commands would write."""

import click

from geoevents.cli import COMMANDS, main
from tests.cli.reference import PAGE, commands, reference


def test_every_command_and_option_has_help() -> None:
    contexts = list(commands(main, click.Context(main)))
    assert {context.info_name for context in contexts} >= set(COMMANDS)
    for context in contexts:
        assert context.command.help, context.command_path
        for parameter in context.command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (context.command_path, parameter.name)


def test_page_is_true() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run python -m tests.cli.reference"

"""What a command prints while it works: a progress bar on a terminal, plain lines elsewhere; all to standard error."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from geoevents.model import Problem
from geoevents.pipeline import Progress

#: articles between two plain lines
_EVERY = 100


@dataclass(kw_only=True)
class Report:
    """Prints progress and problems as loudly as the user asked for."""

    quiet: bool = False
    verbose: bool = False
    done: int = field(default=0, init=False)

    @contextmanager
    def reading(self, count: Callable[[], int] | None = None) -> Iterator[Progress]:
        """Show the progress of reading.

        Parameters
        ----------
        count
            Tells how many inputs there are; asked where a bar shows it, for it opens every file.
        """
        if self.quiet or self.verbose or not sys.stderr.isatty():
            yield self._line
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        expected = count() if count else None
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("reading", total=expected)

            def advance(_: str) -> None:
                self.done += 1
                bar.update(task, completed=self.done, total=max(expected or 0, self.done))

            yield advance

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print each problem on a line of its own."""
        for problem in problems:
            click.echo(f"{printable(problem.source)}: {printable(problem.reason)}", err=True)

    def say(self, line: str) -> None:
        """Print a line unless the user asked for quiet."""
        if not self.quiet:
            click.echo(line)

    def _line(self, name: str) -> None:
        self.done += 1
        if self.verbose:
            click.echo(f"read {printable(name)}", err=True)
        elif not self.quiet and self.done % _EVERY == 0:
            click.echo(f"{self.done} articles read", err=True)


def printable(text: str) -> str:
    """Text that cannot move the cursor or break the terminal's encoding: control characters are escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

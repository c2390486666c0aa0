"""Which stored articles an input of a run stands for: those that are gone if the run does not meet them."""

import glob
import os
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

_STANDARD_INPUT: Final = "-"
#: what the name of a row of a table ends in
_ROW: Final = re.compile(r", (?:line|row) \d+\Z")


def within(path: str, inputs: Iterable[str]) -> bool:
    """Whether the article at an absolute `path` lies within one of the inputs: the file, a folder above it, a pattern.

    Articles of standard input lie in none: what came that way once is not gone because something else came this time.
    """
    parts = Path(_ROW.sub("", path)).parts
    return any(_covers(given, parts) for given in inputs if given != _STANDARD_INPUT)


def _covers(given: str, parts: tuple[str, ...]) -> bool:
    wanted = Path(os.path.abspath(given)).parts  # noqa: PTH100  # resolve() would follow links; names are compared here
    if glob.has_magic(given) and not os.path.lexists(given):
        return _matches(wanted, parts)
    return parts[: len(wanted)] == wanted


def _matches(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether a pattern matches a path or a folder above it; ``**`` stands for any number of folders."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_matches(pattern[1:], parts[skip:]) for skip in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(pattern[1:], parts[1:])

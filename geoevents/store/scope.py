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


class Scope:
    """What the inputs of a run stand for, looked up once for all articles.

    Articles of standard input lie in none: what came that way once is not gone because something else came this time.
    """

    def __init__(self, inputs: Iterable[str]) -> None:
        # resolve() would follow links; names are compared here
        given = [(name, os.path.abspath(name)) for name in inputs if name != _STANDARD_INPUT]  # noqa: PTH100
        patterns = [path for name, path in given if glob.has_magic(name) and not os.path.lexists(name)]
        self._patterns = [Path(path).parts for path in patterns]
        self._paths = frozenset(path for _, path in given if path not in patterns)
        self._folders = tuple(path.rstrip(os.sep) + os.sep for path in self._paths)

    def __contains__(self, path: str) -> bool:
        """Whether the article at an absolute `path` is an input, lies in a folder that is one, or fits a pattern."""
        file = _ROW.sub("", path)
        if file in self._paths or file.startswith(self._folders):
            return True
        return any(_matches(pattern, Path(file).parts) for pattern in self._patterns)


def _matches(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether a pattern matches a path or a folder above it; ``**`` stands for any number of folders."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_matches(pattern[1:], parts[skip:]) for skip in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(pattern[1:], parts[1:])

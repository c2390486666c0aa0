"""Lines of a page put back into paragraphs: where each line was broken, by the width of the lines around it."""

import re
from collections.abc import Sequence
from typing import Final

#: A line is full when it reaches this share of the widest line near it; pages have columns, tables and captions.
_FULL_SHARE: Final = 0.8
_NEAR: Final = 4
_WORD = re.compile(r"\w+(?:-\w+)+")
_BROKEN = re.compile(r"(\w[\w-]*)-\Z")
_FIRST_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?:[-*•‣▪●◦■–—·]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)])\s")
_ENDS: Final = '.!?:;"”»'


def paragraphs(lines: Sequence[str]) -> str:
    """Join the lines that belong together; paragraphs stand apart by empty lines."""
    hyphenated = {match.group().lower() for line in lines for match in _WORD.finditer(line)}
    text: list[str] = []
    for number, line in enumerate(lines):
        if number and _goes_on(lines, number):
            text[-1] = _joined(text[-1], line, hyphenated)
        else:
            text.append(line)
    return "\n\n".join(text)


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Whether line `number` belongs to the paragraph of the line before it."""
    before, after = lines[number - 1], lines[number]
    if _ITEM.match(after):
        return False
    if after[0].islower() or before[-1] == ",":
        return True
    width = max(map(len, lines[max(0, number - _NEAR) : number + _NEAR]))
    full = len(before) + 1 + len(after.split(None, 1)[0]) >= _FULL_SHARE * width
    return full and (before[-1] not in _ENDS or len(before) >= width * _FULL_SHARE)


def _joined(before: str, after: str, hyphenated: set[str]) -> str:
    """Two lines as one; a hyphen that only broke a word goes."""
    broken = _BROKEN.search(before[-60:])
    word = _FIRST_WORD.match(after)
    if not broken or not word:
        return f"{before} {after}"
    kept = "-" in broken[1] or not after[0].islower() or f"{broken[1]}-{word.group()}".lower() in hyphenated
    return before + after if kept else before[:-1] + after

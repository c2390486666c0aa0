"""Sentences as spans: fast, by rules, for news text in any layout.

Two passes. `_blocks` cuts a text where its layout ends a sentence: blank lines, headings, list items, table cells, and
line ends unless the text is hard-wrapped. `_ends` then decides at each full stop of a block. Sentences come in order,
never overlap, begin and end with ink, and together hold every character that is not white space.

A blank line in mid-sentence, as careless copying leaves it ("…called on members of⏎⏎the council to…"), is bridged
where the words on both sides show it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from geoevents.model import Span
from geoevents.text.abbreviations import (
    AFTER_TIME,
    AMBIGUOUS,
    BEFORE_NUMBER,
    DANGLING,
    INNER,
    LOWER_CASE,
    OPENERS,
    TIMES,
    TITLES,
)

#: No text is hard-wrapped at more columns than this: mail and agency wires use 65 to 80, a few tools 100.
_MAX_WRAP: Final = 120
_MIN_WRAP: Final = 40
#: A text is not hard-wrapped when more than this share of its characters stands in longer lines.
_LONG_SHARE: Final = 0.3
#: A wrapped line is full when the next word would have reached past this share of the width (ragged type).
_FULL_SHARE: Final = 0.75
#: Case tells nothing where capitals are more, or fewer, than these shares of the cased letters.
_ALL_CAPS: Final = 0.7
_NO_CAPS: Final = 0.005
_CASE_SAMPLE: Final = 1000
#: Longest token looked at before a full stop.
_TOKEN: Final = 24

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]++")
_LIST_MARKER = re.compile(r"(?:[-*+•‣▪●◦■–—·]|\(?\d{1,3}[.)]|\(?[A-Za-z]\))\s{1,8}(?=\S)")
_HEADING = re.compile(r"#{1,6}\s|[=*_-]{3}")
_OWN_LINE = re.compile(  # a byline, or a field of an archive
    r"(?:by|from)\s.{1,60}\Z|(?:title|headline|date|source|publisher|author|byline|by|published|posted|updated|url|link|"
    r"section|length|copyright|photo|image|caption|credit)\s?:",
    re.IGNORECASE,
)
_CELL_END = re.compile(r"\t++|\s\|++(?=\s)")
_STOP = re.compile(
    r"(?<![.!?…؟۔।])[.!?…؟۔।]++"  # full stops, with the quotes, brackets and footnotes that belong to them
    r"[\"'”’»)\]]*+(?: [\"”»](?=\s|\Z))?+(?: ?\[\d{1,3}\])*+(?=\s|\Z|[^\W\d_a-z])"
    r"|(?<![。！？])[。！？]++[」』”’）]*+"
)
_AFTER = re.compile(r"(\s*+)([\"'“‘„«(\[¿¡—–-]*+)(\w{0,20}+)(.?)", re.DOTALL)
_ASCII_UPPER: Final = ascii_uppercase.encode()
_ASCII_LOWER: Final = ascii_lowercase.encode()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*+[^\W\d_]")


def split_sentences(text: str, breaks: Iterable[int] = ()) -> tuple[Span, ...]:
    """Sentence spans of `text`.

    Parameters
    ----------
    text
        Any text, in any layout: paragraphs on one line, hard-wrapped lines, all capitals, none.
    breaks
        Offsets at which a sentence ends in any case, such as the end of a dateline.

    Returns
    -------
    tuple of Span
        In order, without overlaps, without outer white space; every other character lies in one.
    """
    cased = capitals_tell(text)
    blocks = _cut(text, _blocks(text, cased), sorted(breaks))
    return tuple(span for start, end in blocks for span in _sentences(text, start, end, cased))


def sentence_index(sentences: Sequence[Span], offset: int) -> int:
    """Index of the sentence that holds `offset`, or of the last one before it; -1 before the first."""
    return bisect_right(sentences, offset, key=lambda span: span[0]) - 1


# -- layout ------------------------------------------------------------------------------------------------------------


def _blocks(text: str, cased: bool) -> Iterator[Span]:
    """Stretches that the layout sets apart; each begins and ends with ink."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    block = last = Span(0, 0)
    for line in lines:
        cells = _cells(text, line)
        if len(cells) == 1 and last.end and _goes_on(text, last, line, width, cased):
            block = Span(block.start, line.end)
        else:
            if block.end:
                yield block
            yield from cells[:-1]
            block = cells[-1]
        last = line if len(cells) == 1 else Span(0, 0)
    if block.end:
        yield block


def _lines(text: str) -> Iterator[Span]:
    """Spans of the lines with ink in them, trimmed."""
    for match in _LINE.finditer(text):
        line = match.group()
        if ink := len(line.strip()):
            start = match.start() + len(line) - len(line.lstrip())
            yield Span(start, start + ink)


def _wrap_width(lines: Sequence[Span]) -> int:
    """Column at which the text is hard-wrapped; 0 where its lines are paragraphs."""
    lengths = [end - start for start, end in lines]
    if sum(n for n in lengths if n > _MAX_WRAP) > _LONG_SHARE * sum(lengths):
        return 0
    return max((_MIN_WRAP, *(n for n in lengths if n <= _MAX_WRAP)))


def _cells(text: str, line: Span) -> list[Span]:
    """Table cells of a line: itself alone where it is no table row."""
    row = text[line.start : line.end]
    if "\t" not in row and "|" not in row:
        return [line]
    cuts = [0, *(match.end() for match in _CELL_END.finditer(row)), len(row)]
    pieces = (_trim(text, line.start + a, line.start + b) for a, b in pairwise(cuts))
    return [piece for piece in pieces if piece.start < piece.end]


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def _goes_on(text: str, last: Span, line: Span, width: int, cased: bool) -> bool:
    """Whether the sentence that is open at the end of line `last` may go on in `line`."""
    before, after = text[last.start : last.end], text[line.start : line.end]
    if _HEADING.match(before) or _HEADING.match(after):
        return False
    continues = cased and after[0].islower() and not _LIST_MARKER.match(after)
    if continues and (before[-1] == "," or before.rsplit(None, 1)[-1].lower() in DANGLING):
        return True
    blank = len(_BREAK.findall(text, last.end, line.start)) > 1
    if blank or not width or _OWN_LINE.match(after):
        return False
    full = len(before) + 1 + len(after.split(None, 1)[0]) >= _FULL_SHARE * width
    if _LIST_MARKER.match(after) and (not full or before[-1] in ".;:!?"):
        return False
    return full or (continues and before[-1] not in ".!?")


def _cut(text: str, blocks: Iterable[Span], breaks: Sequence[int]) -> Iterator[Span]:
    """Blocks, cut in two at each break within."""
    at = 0
    for block in blocks:
        start = block.start
        while at < len(breaks) and breaks[at] < block.end:
            if breaks[at] > start:
                yield _trim(text, start, breaks[at])
                start = breaks[at]
            at += 1
        yield _trim(text, start, block.end)


# -- full stops --------------------------------------------------------------------------------------------------------


def capitals_tell(text: str) -> bool:
    """Whether capitals mark the beginnings of sentences: not in texts all in capitals, without any, or without case."""
    sample = text[:: len(text) // _CASE_SAMPLE + 1]
    signs = sample.encode("ascii", "ignore")
    upper, lower = (len(signs) - len(signs.translate(None, letters)) for letters in (_ASCII_UPPER, _ASCII_LOWER))
    if len(signs) < len(sample):
        others = _BEYOND_ASCII.findall(sample)
        upper, lower = upper + sum(map(str.isupper, others)), lower + sum(map(str.islower, others))
    return lower > 0 and _NO_CAPS < upper / (upper + lower) < _ALL_CAPS


def _sentences(text: str, start: int, end: int, cased: bool) -> Iterator[Span]:
    marker = _LIST_MARKER.match(text, start, end)
    for stop in _STOP.finditer(text, marker.end() if marker else start, end):
        after = _AFTER.match(text, stop.end(), end)
        if after and after.end() > stop.end() and _ends(text, start, stop, after, cased):
            yield Span(start, stop.end())
            start = after.end(1)
    if start < end:
        yield Span(start, end)


def _ends(text: str, start: int, stop: re.Match[str], after: re.Match[str], cased: bool) -> bool:
    """Whether a sentence ends at `stop`."""
    space, opening, word, then = after.groups()
    if not space:
        return _glued(text, start, stop, word)
    dotted = then == "." and not opening and not word and text[stop.start() - 1 : stop.start()].isspace()
    if dotted or (cased and word[:1].islower()):
        return False  # it is ". . .", or the sentence goes on in lower case
    if stop.group()[0] != "." or len(stop.group()) > 1:
        return True  # "?", "!", "…" or a full stop with a closing quote
    token = _token(text, start, stop.start())
    numbers_item = token.replace(".", "").isdigit() and len(text[start : stop.start()]) <= len(token)
    quoted = bool(opening.strip("—–-"))
    return not numbers_item and (quoted or not _binds(token, word, then, cased))


def _glued(text: str, start: int, stop: re.Match[str], word: str) -> bool:
    """Whether a stop without a space after it ends a sentence ("were killed.The army"); not in names and addresses."""
    if stop.group()[0] not in ".!?":
        return True
    token = _token(text, start, stop.start())
    return (
        token[-1:].islower()
        and word[:1].isupper()
        and word[1:].islower()
        and token.lower() not in TITLES | INNER
        and not any(c in token for c in "@/:.")
    )


def _token(text: str, start: int, end: int) -> str:
    """Word before a full stop, without quotes and brackets around it."""
    words = text[max(start, end - _TOKEN) : end].rsplit(None, 1)
    return words[-1].lstrip("\"'“‘„«([—–-") if words and not text[end - 1].isspace() else ""


def _binds(token: str, word: str, then: str, cased: bool) -> bool:
    """Whether the full stop after `token` belongs to it and the sentence goes on with `word`."""
    key = token.lower()
    if cased and key == token and key not in LOWER_CASE:
        return False  # "no." and "sat." are words
    opens = word.lower() in OPENERS and then.isspace()
    if key in TITLES:
        return not opens
    if key in INNER:
        return True
    if key in BEFORE_NUMBER and word[:1].isdigit():
        return True
    if key in TIMES:
        return word.lower() in AFTER_TIME or word[:1].isdigit()
    return (key in AMBIGUOUS or _DOTTED.fullmatch(token) is not None) and not opens

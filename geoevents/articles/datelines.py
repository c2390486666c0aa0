"""Datelines: "BAGHDAD, Aug 22 (Reuters) –", "SAN SALVADOR, 3 JAN 90 (ACAN-EFE) -- [TEXT]", "Mogadishu – "."""

import re
from dataclasses import dataclass
from typing import Final

from geoevents.articles.dates import StatedDate, find_date
from geoevents.model import Dateline
from geoevents.text.abbreviations import OPENERS, word_set

#: The longest seen in 600 FBIS reports, which name place, country, date, station and programme, has 90 characters.
_LONGEST: Final = 160
_MAX_PLACE_WORDS: Final = 8
#: Where neither capitals nor a date nor an agency vouch for a place, it must be short.
_MAX_WORDS_IN_LOWER_CASE: Final = 3
_MAX_WORDS_BEFORE_COLON: Final = 2
#: Words in capitals that open a paragraph as a dateline does, and name no place.
_NOT_PLACES: Final = word_set(
    "abstract advertisement alert analysis attention audio background bio breaking caption clarification commentary "
    "comment conclusion correction developing disclaimer download editor editorial exclusive explainer fact factbox "
    "facts file image interview intro introduction key listen live more news note notice opinion photo photos "
    "picture pictures podcast profile q&a question answer quote read related report review revised rewrite source "
    "sources sponsored story subscribe summary timeline update updated urgent video view warning watch why"
)
#: Words that may be in lower case within a place's name.
_PARTICLES: Final = word_set(
    "al an ash as de del der des di do dos du e el en es i in la las le los near of on sur the und upon y"
)
_MARK = re.compile(r"\s*(?:--+|[–—―])\s*|\s+-\s+|(?<=\))(?:-\s*|\s+(?=[A-Z\"“]))|:\s+")
_BRACKETED = re.compile(r"\(([^()]{1,60})\)")
_TAGS = re.compile(r"(?:\s*\[[^][]{1,150}\]){1,5}\s*")
#: How monitoring services write that a report names no town or no day.
_UNKNOWN = re.compile(r"\bno (?:date|city)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n|\r\r")
_WORDS = re.compile(r"[\s,/()]+")
_TRIMMINGS: Final = " \t\r\n,;:-–—"


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDateline:
    """A dateline, the date in it, and where the body begins after it and the tags that follow it."""

    dateline: Dateline
    stated: StatedDate | None
    body_start: int


def find_dateline(text: str, start: int, *, cased: bool) -> FoundDateline | None:
    """Dateline that begins at `start`, if one does.

    A place with a date or an agency is one in any case; a place alone only in a text where capitals tell, in capitals
    or before a dash and a new sentence. It must be followed by text.

    Parameters
    ----------
    cased
        Whether capitals distinguish words in this text.
    """
    head = _BLANK_LINE.split(text[start : start + _LONGEST], maxsplit=1)[0]
    mark = next((m for m in _MARK.finditer(head) if _outside_brackets(head, m.start())), None)
    if mark is None or not text[start + mark.end() :].strip():
        return None
    said = head[: mark.start()]
    agency, stated = _agency(said), find_date(said)
    spans = [(part.start(), part.end()) for part in (agency, *_UNKNOWN.finditer(said)) if part]
    spans += [(stated.start, stated.end)] if stated else []
    place, *rest = _gaps(said, sorted(spans)) or [""]
    if any(rest) or not _plausible(place, alone=not spans, mark=mark.group(), cased=cased, after=head[mark.end() :]):
        return None
    tags = _TAGS.match(text, start + mark.end()) if spans else None
    end = start + len(head[: mark.end()].rstrip())
    return FoundDateline(
        dateline=Dateline(
            start=start,
            end=end,
            text=text[start:end],
            place_text=place or None,
            date_text=said[stated.start : stated.end] if stated else None,
            agency=agency[1].strip() if agency else None,
        ),
        stated=stated,
        body_start=tags.end() if tags else start + mark.end(),
    )


def _outside_brackets(head: str, at: int) -> bool:
    return head.count("(", 0, at) == head.count(")", 0, at)


def _agency(said: str) -> re.Match[str] | None:
    """Find the last bracket, where it ends what is said before the mark and holds a name."""
    brackets = list(_BRACKETED.finditer(said))
    if not brackets or said[brackets[-1].end() :].strip(_TRIMMINGS) or find_date(brackets[-1][1]):
        return None
    names = brackets[-1][1].split()
    return brackets[-1] if names and not names[0][0].islower() and len(names) <= _MAX_PLACE_WORDS else None


def _gaps(said: str, spans: list[tuple[int, int]]) -> list[str]:
    """Stretches with ink outside of `spans`, days of the week aside."""
    gaps, at = [], 0
    for start, end in [*spans, (len(said), len(said))]:
        gap = _WEEKDAY.sub("", said[at:start]).strip(_TRIMMINGS)
        if gap.count("(") != gap.count(")") or gap[:1] == "(":
            gap = gap.strip("()" + _TRIMMINGS)
        if gap:
            gaps.append(gap)
        at = max(at, end)
    return gaps


def _plausible(place: str, *, alone: bool, mark: str, cased: bool, after: str) -> bool:
    """Whether `place` before `mark` reads as a dateline's; `alone` where neither date nor agency stands beside it."""
    colon, dash = ":" in mark, bool(mark.strip(": \t\r\n"))
    names = [word for word in _WORDS.split(place) if word]
    if not names:
        return not alone and dash  # "(Reuters) – "
    key = names[0].lower().strip(".'’")
    opens = key in OPENERS and names[0] != "THE"  # but "THE HAGUE – "
    if len(names) > _MAX_PLACE_WORDS or key in _NOT_PLACES or opens or not names[0][0].isalpha():
        return False
    if any(name[0].islower() and name.lower() not in _PARTICLES for name in names) or any(map(str.isdigit, place)):
        return False
    capitals = names[0].isupper() and len(names[0]) > 2
    if not dash:
        return capitals and cased and (not alone or (colon and len(names) <= _MAX_WORDS_BEFORE_COLON))
    if not alone:
        return True
    new_sentence = not after[:1].islower() and not after[:1].isdigit()
    return cased and (capitals or (len(names) <= _MAX_WORDS_IN_LOWER_CASE and new_sentence))

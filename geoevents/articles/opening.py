"""What the first lines of an article say about it: title, author, date, dateline, and where the body begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from geoevents.articles.datelines import FoundDateline, find_dateline
from geoevents.articles.dates import StatedDate, find_date, read_date
from geoevents.model import Span
from geoevents.text.abbreviations import word_set
from geoevents.text.sentences import capitals_tell, split_sentences

#: The lines before the body stand within these first characters and lines.
_HEAD: Final = 3000
_MAX_LINES: Final = 15
#: Lines of a printed page, such as its menu, that may stand above a known title.
_MAX_LINES_ABOVE: Final = 30
_MAX_TITLE: Final = 200
_MAX_TITLE_WORDS: Final = 35
_MIN_IDEOGRAPHS: Final = 4  # of a headline in a script without spaces
_MAX_BYLINE: Final = 120
_MAX_CAPTIONS: Final = 2

#: What a label before a colon introduces; None for labels of news archives that carry nothing needed here.
_LABELS: Final[dict[str, str | None]] = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("author", "authors", "byline", "by", "writer", "reporter"), "author"),
    **dict.fromkeys(("source", "publisher", "publication", "newspaper", "agency"), "publisher"),
    **dict.fromkeys(("url", "link"), "url"),
    **dict.fromkeys(("date", "published", "publication date", "pub date", "posted", "first published"), "date"),
    **dict.fromkeys(("section", "length", "copyright", "load-date", "language", "body", "keywords", "updated"), None),
}
_LABEL = re.compile(rf"({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s{{0,3}}:\s{{0,9}}(\S?.*)", re.I | re.S)
#: What a line may say beside its date and still be a date line.
_BESIDE_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|published|first|posted|updated|last|modified|issued|filed|"
    r"date|on|at|by|am|pm|a\.m|p\.m|gmt|utc|[ecmp][sd]?t|bst|cest|cet|eet|ist|local|time|\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|"
    r"le|el|г)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|par|por|von)\s{1,3}(?=[^\W\d_])", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*(?:[|•·;(/]|,|\s[–—-]\s|\s(?:in|for|at|from|reporting)\s).*", re.DOTALL)
_NAME = re.compile(
    r"(?:(?:[^\W\d_a-zà-ÿ][\w'’.-]{0,25},?|van|von|der|den|de|del|della|da|di|du|la|le|al|el|bin|bint|ibn|abu|and|&)\s+){2,8}"
)
_AGENCIES: Final = word_set("reuters afp ap dpa efe tass xinhua bbc cnn upi ansa anadolu interfax ukrinform unian") | {
    *("associated press", "the associated press", "agence france-presse", "bbc news", "al jazeera", "agencies"),
}
_WORD = re.compile(r"(?:[#*_]{1,6}\s{1,3})?\S+")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")
_LINE = re.compile(r"[^\n]+")
_CLOSED = re.compile(r"[ \t*_]{0,20}(?:[.!?](?=\s)|(?=[\r\n]))")
_CONTACT = re.compile(r"@\w{1,30}|[\w.+-]{1,60}@[\w.-]{1,60}|https?://\S{1,300}|www\.\S{1,300}")
_POSTED = re.compile(r"\b(?:first )?(?:posted|published|updated)\b[: ]", re.IGNORECASE)
_BESIDE_NAME: Final = " \t,|•·:;()[]–—-/"
_MARKUP: Final = "#*_ \t"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What stands before the body.

    Attributes
    ----------
    fields
        ``title``, ``author``, ``publisher``, ``url`` as far as the lines say them.
    stated, date_text
        The date of the first lines, and its words.
    dateline
        The dateline and its own date.
    body_start
        Offset of the first character after all of these.
    """

    fields: dict[str, str] = field(default_factory=dict)
    stated: StatedDate | None = None
    date_text: str = ""
    dateline: FoundDateline | None = None
    body_start: int = 0


def read_opening(text: str, title: str | None = None) -> Opening:
    """Read the first lines of `text`; `title` is what is known already."""
    fields: dict[str, str] = {}
    date_text = ""
    cased = capitals_tell(text)
    at = _after_title(text, title)
    titled = at > 0
    at = _skip_space(text, at)
    lines = list(_lines(text, at))
    dateline = find_dateline(text, at, cased=cased)
    said_by = [text[line.start : line.end].strip(_MARKUP) for line in lines]
    for number, line in enumerate(lines):
        before, after = "".join(said_by[:number][-1:]), "".join(said_by[number + 1 : number + 2])
        titled = titled or "title" in fields
        said = None if dateline else _line_says(said_by[number], titled=titled, before=before, after=after)
        if said is None:
            break
        date_text = date_text or said.pop("date", "")
        fields = said | fields
        at = _skip_space(text, line.end)
        dateline = find_dateline(text, at, cased=cased)
    dateline = dateline or _below_caption(text, [line for line in lines if line.start >= at], cased)
    return Opening(
        fields=fields,
        stated=read_date(date_text),
        date_text=date_text,
        dateline=dateline,
        body_start=dateline.body_start if dateline else at,
    )


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _below_caption(text: str, lines: list[Span], cased: bool) -> FoundDateline | None:
    """Dateline after a line or two that is neither headline nor sentence, such as the caption of a picture."""
    for line in lines[:_MAX_CAPTIONS]:
        if text[line.end - 1] in ".!?":
            return None
        found = find_dateline(text, _skip_space(text, line.end), cased=cased)
        if found:
            return found
    return None


def _after_title(text: str, title: str | None) -> int:
    """Offset after a known title, where the text begins with it or one of the first lines is it; else 0."""
    words = (title or "").casefold().split()
    if not words or len(title or "") > _MAX_TITLE:
        return 0
    for number, line in enumerate(_LINE.finditer(text, 0, _HEAD)):
        if end := _title_end(text, line.start(), words):
            return end if number == 0 or "\n" in text[end : end + 1] else 0
        if number == _MAX_LINES_ABOVE:
            break
    return 0


def _title_end(text: str, start: int, words: list[str]) -> int:
    """Where a title of `words` ends that begins at `start`, and a new sentence or line follows; else 0."""
    found = None
    for word, found in zip(words, _WORD.finditer(text, start), strict=False):
        said = found.group().casefold().strip(_MARKUP)
        if said != word and not (word is words[-1] and said.rstrip('.!?"”’') == word.rstrip('.!?"”’')):
            return 0
    end = found.end() if found else 0
    if text[start:end].rstrip(_MARKUP + '"”’')[-1:] not in ".!?":
        closed = _CLOSED.match(text, end)
        end = closed.end() if closed else 0
    return end if text[end:].strip() else 0


def _lines(text: str, start: int) -> Iterator[Span]:
    """Sentences that fill their lines, from `start` to the first that does not; the last line of all is body."""
    head = text[start : start + _HEAD]
    if "\n" not in head:
        return
    last = 0
    for number, (a, b) in enumerate(split_sentences(head)):
        if a < last:
            continue  # a further cell: "By Jane Doe | 5 May 2015" is read as one line
        end = head.find("\n", b)
        whole = head[b - 1] == "|" or not head[b:end].strip()
        if number == _MAX_LINES or end < 0 or not whole or head[head.rfind("\n", 0, a) + 1 : a].strip():
            return
        last = len(head[:end].rstrip())
        yield Span(start + a, start + last)


def _line_says(words: str, *, titled: bool, before: str, after: str) -> dict[str, str] | None:
    """Read what one line says, by field; None where it is no longer part of the opening.

    `before` and `after` are the lines beside it: beside a date, a name is the author's, and what else stands above one
    is an organisation, a place or a section.
    """
    if not any(map(str.isalnum, words)):
        return {}  # a rule under a headline
    if (dated := _date_line(words)) is not None:
        return dated
    if label := _LABEL.fullmatch(words):
        key, value = _LABELS[label[1].lower()], label[2].strip()
        return (_named(value) or {}) if key == "author" else {key: value} if key and value else {}
    if len(words) <= _MAX_BYLINE and (byline := _BYLINE.match(words)) and not words.endswith("."):
        return _named(words[byline.end() :])
    if not titled and _is_headline(words):
        return _headline(words)
    if words.lower() in _AGENCIES:
        return {"publisher": words}
    above_date = _date_line(after) is not None
    if titled and _NAME.fullmatch(words + " ") and (above_date or _date_line(before) is not None):
        return {"author": words}
    if titled and above_date and len(words) <= _MAX_BYLINE and words[-1] not in ".!?:;,":
        return {}
    return {} if _CONTACT.fullmatch(words) else None


def _headline(words: str) -> dict[str, str]:
    """Title of a line, and the date that careless copying leaves behind it ("… Posted: Aug 6, 2015")."""
    posted = _POSTED.search(words)
    stated = find_date(words[posted.end() :]) if posted else None
    if not posted or not stated or not words[: posted.start()].strip():
        return {"title": " ".join(words.split())}
    return {
        "title": " ".join(words[: posted.start()].split()),
        "date": words[posted.end() :][stated.start : stated.end],
    }


def _named(words: str) -> dict[str, str] | None:
    """Find the author or agency of a byline; None where it is no name."""
    name = _AFTER_NAME.sub("", words).strip()
    if not name or name[0].islower():
        return None
    return {"publisher" if name.lower() in _AGENCIES else "author": name}


def _date_line(words: str) -> dict[str, str] | None:
    """Date of a line that says little else, and the name beside it."""
    if len(words) > _MAX_BYLINE or not any(map(str.isdigit, words)):
        return None
    stated = find_date(words) or (StatedDate(year=int(words), end=4) if _YEAR.fullmatch(words) else None)
    if stated is None:
        return None
    before, after = words[: stated.start], words[stated.end :]
    left = _BESIDE_DATE.sub(" ", before).strip(_BESIDE_NAME)
    right = _BESIDE_DATE.sub(" ", re.split(r"\s[-–—|]\s", after)[0]).strip(_BESIDE_NAME + ".TZ+0123456789")
    name = left or right
    if (left and right) or (name and not _NAME.fullmatch(name + " ")):
        return None
    return {"date": words[stated.start : stated.end], **((name and _named(name)) or {})}


def _is_headline(words: str) -> bool:
    enough = len(words.split()) >= 2 or (len(words) >= _MIN_IDEOGRAPHS and not words[0].isascii())
    return enough and len(words) <= _MAX_TITLE and len(words.split()) <= _MAX_TITLE_WORDS and words[-1] not in ".,;:。"

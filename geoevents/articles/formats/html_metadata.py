"""What a page says about itself: its meta elements, JSON-LD, time elements and headings.

The date is the day of publication as the page states it, never one of a later change, seen elsewhere on the page or
taken from an address.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from geoevents.articles.dates import read_date
from geoevents.articles.formats.fields import SITE_SUFFIX
from geoevents.articles.formats.html_lines import visible_lines
from geoevents.articles.opening import read_opening

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What is looked for → names of meta elements (name, property or itemprop), most trusted first.
_META: Final = {
    "title": ("og:title", "twitter:title", "headline", "citation_title", "dc.title", "dcterms.title", "parsely-title"),
    "author": ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"),
    "date": (
        *("article:published_time", "og:article:published_time", "datepublished", "og:published_time"),
        *("date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "published_at"),
        *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created"),
        *("citation_publication_date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime"),
    ),
    "publisher": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "language": ("content-language", "language", "dc.language", "og:locale"),
}
#: The same in JSON-LD.
_LINKED: Final = {
    "title": "headline",
    "author": "author",
    "date": "datePublished",
    "publisher": "publisher",
    "url": "url",
    "language": "inLanguage",
}
_MAX_LINKED: Final = 200_000
_MAX_OBJECTS: Final = 500
_MAX_TITLE: Final = 300
_MAX_HEADINGS: Final = 5
_MAX_LINES: Final = 2000
#: Times of the article are those beside its heading; teasers of other articles have theirs.
_TIMES: Final = "//time[@pubdate]|//*[@itemprop='datePublished']|//article[.//h1]//time|//header[.//h1]//time"
#: What the page states once and for all.
_FIRST: Final = {"url": "//link[@rel='canonical']/@href", "language": "/html/@lang"}


def page_metadata(tree: "HtmlElement") -> tuple[dict[str, Any], list[str]]:
    """Fields of the page as far as it states them, and its headings."""
    meta, linked = _meta(tree), list(_linked(tree))
    headings = [text for element in tree.iter("h1", "h2") if (text := _ink(element.text_content()))]
    known: dict[str, Any] = {}
    for field, names in _META.items():
        stated = [*(meta[name] for name in names if name in meta)]
        stated += [thing[_LINKED[field]] for thing in linked if thing.get(_LINKED[field])]
        if usable := [value for value in stated if _usable(field, value)]:
            known[field] = usable[0]
    known |= {field: value for field, value in _below_heading(tree, headings).items() if not known.get(field)}
    known.setdefault("title", _title(tree) or next(iter(headings), None))
    known |= {
        field: value for field, path in _FIRST.items() if (value := _attribute(tree, path)) and _usable(field, value)
    }
    return {field: value for field, value in known.items() if value}, headings


def _usable(field: str, value: Any) -> bool:
    if field == "date":
        return read_date(value) is not None
    if field == "url":
        return isinstance(value, str) and value.startswith(("http://", "https://"))
    if field == "author":
        return not (isinstance(value, str) and "://" in value)
    return field == "publisher" or isinstance(value, str)


def _below_heading(tree: "HtmlElement", headings: list[str]) -> dict[str, Any]:
    """Date that stands below a heading: in a time element, else in lines that people read, with what else they say."""
    for element in tree.xpath(_TIMES):
        for value in (element.get("datetime"), element.get("content"), element.text_content()[:_MAX_TITLE]):
            if (found := read_date(value)) and found.whole:
                return {"date": value}
    lines = visible_lines(tree)
    for heading in headings[:_MAX_HEADINGS]:
        if (at := lines.find(f"\n{heading}\n")) >= 0:
            opening = read_opening(lines[at + 1 : at + _MAX_LINES], heading)
            if opening.stated and opening.stated.whole:
                return {"date": opening.date_text, "author": opening.fields.get("author"), "title": heading}
    return {}


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Contents of meta elements by name in lower case; of several alike, the first."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _ink(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def _linked(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """JSON-LD objects that have a headline or a date of publication."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        source = script.text_content()
        if len(source) > _MAX_LINKED:
            continue
        try:
            waiting = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_OBJECTS):
            thing = waiting.pop(0) if waiting else None
            if isinstance(thing, list):
                waiting[:0] = thing
            elif isinstance(thing, dict):
                waiting += [thing["@graph"]] if "@graph" in thing else []
                if thing.get("headline") or thing.get("datePublished"):
                    yield thing


def _title(tree: "HtmlElement") -> str | None:
    """Text of the title element, without the name of the site at its end."""
    title = _attribute(tree, "//head/title/text()")
    return SITE_SUFFIX.sub("", title) if title else None


def _attribute(tree: "HtmlElement", path: str) -> str | None:
    values = tree.xpath(path)
    return _ink(str(values[0])) or None if values else None


def _ink(text: str) -> str:
    return " ".join(text.split())[:_MAX_TITLE]

"""Names of fields in JSON, CSV and front matter, and what they mean here."""

import re
from collections.abc import Mapping
from typing import Any, Final

#: What a document has → the names of fields it is taken from, the first that is filled; whatever their case.
FIELD_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "doc_id", "article_id"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article", "full_text"),
    "date": (
        *("date", "published", "publication_date", "pub_date", "pubdate", "published_at", "publishedat"),
        *("date_published", "datepublished", "datetime"),
    ),
    "url": ("url", "link"),
    "publisher": ("source", "publisher", "outlet", "newspaper", "site"),
    "author": ("author", "authors", "byline"),
    "language": ("language", "lang"),
}


def known_and_extra(fields: Mapping[Any, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the fields that a document has a place for, under our names, from all others, under theirs."""
    names = {str(name).strip().lower(): name for name in reversed(fields)}  # of two alike, the first
    known: dict[str, Any] = {}
    used: set[Any] = set()
    for ours, theirs in FIELD_NAMES.items():
        name = next((names[n] for n in theirs if n in names and fields[names[n]] not in (None, "")), None)
        if name is not None:
            known[ours] = fields[name]
            used.add(name)
    return known, {str(name): value for name, value in fields.items() if name not in used and value not in (None, "")}


_FILE_NAME = re.compile(r"microsoft word|untitled|\.(?:docx?|indd|pdf|qxd|rtf|odt|html?)\b", re.IGNORECASE)
#: Name of a site at the end of the title of a page.
SITE_SUFFIX: Final = re.compile(r"\s[|–—-]\s[^|–—]{1,40}\Z")
_MIN_TITLE_WORDS: Final = 3


def title_of_file(title: str | None) -> str | None:
    """Title that a file states in its properties, without a site's name; None for a file's name or a template's."""
    words = SITE_SUFFIX.sub("", " ".join((title or "").split()))
    return words if len(words.split()) >= _MIN_TITLE_WORDS and not _FILE_NAME.search(words) else None

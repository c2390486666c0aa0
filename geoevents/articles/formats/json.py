"""JSON: one article, a list of them, or a list in an envelope; each with a ``text`` that stays as it is."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from geoevents.articles.documents import STAGE, Draft
from geoevents.articles.encoding import decode
from geoevents.articles.formats.fields import FIELD_NAMES, known_and_extra
from geoevents.errors import ArticleError, EmptyArticleError
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

#: Where services put the list of articles.
_ENVELOPES: Final = ("articles", "documents", "items", "results", "records", "data", "hits", "docs")
#: Python refuses to read longer whole numbers; nobody means them as numbers.
_MAX_DIGITS: Final = 300
_SHOWN: Final = 12


def read_json(article: Article, settings: ArticleSettings) -> Iterator[Draft | Problem]:  # noqa: ARG001  # every reader's signature
    """One draft for each article; one without text is a problem and the rest goes on."""
    try:
        value = json.loads(decode(article.data), parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"it is no JSON ({error})") from error
    rows = _rows(value)
    for number, row in enumerate(rows, 1):
        name = article.name if len(rows) == 1 else f"{article.name}, item {number}"
        try:
            yield _draft(row, name)
        except ArticleError as error:
            yield Problem(source=name, stage=STAGE, reason=str(error))


def _rows(value: Any) -> list[Any]:
    if isinstance(value, list):
        if value and not any(isinstance(row, dict) for row in value):
            raise ArticleError("it is a list, but not of JSON objects with a text")
        return value
    if isinstance(value, dict) and not isinstance(value.get("text"), str):
        for name in _ENVELOPES:
            if isinstance(value.get(name), list):
                return list(value[name])
    return [value]


def _draft(row: Any, name: str) -> Draft:
    if not isinstance(row, Mapping):
        raise ArticleError(f"it is no JSON object with a text, but a {type(row).__name__}")
    known, extra = known_and_extra(row)
    text = known.pop("text", None)
    if text is None and not any(key in row for key in FIELD_NAMES["text"]):
        shown = ", ".join(map(str, list(row)[:_SHOWN]))
        raise ArticleError(f"it has no field 'text', only {shown or 'nothing'}"[:300])
    if not isinstance(text, str) or not text.strip():
        raise EmptyArticleError("its text is empty")
    return Draft(text=text, name=name, known=known, extra=extra)


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits

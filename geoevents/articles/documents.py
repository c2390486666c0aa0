"""From readable text and what is known about it to a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from geoevents.articles.dates import StatedDate, read_date
from geoevents.articles.opening import Opening, read_opening
from geoevents.model import Document, Problem, content_id
from geoevents.text.sentences import split_sentences

STAGE: Final = "articles"
_AMBIGUOUS: Final = "the date {!r} is a day in two months; write it as YYYY-MM-DD"
_UNREADABLE: Final = "the date {!r} is not understood; write it as YYYY-MM-DD"
_INCOMPLETE: Final = "the date {!r} is not a whole one, and the first lines do not complete it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a reader finds in one article.

    Attributes
    ----------
    text
        Readable text; it becomes ``Document.text`` unchanged.
    name
        Where it was found, as far as a person needs to know: ``news.jsonl, line 3``.
    known
        ``id``, ``title``, ``author``, ``date``, ``publisher``, ``url``, ``language`` as far as the input states them.
    extra
        All other fields, unchanged; what of `known` proves unusable joins them.
    """

    text: str
    name: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


def document_from_text(
    doc_id: str | None,
    text: str,
    *,
    name: str = "",
    title: str | None = None,
    author: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Document:
    """Document of a given text, which stays as it is; without an id, the text's hash becomes one.

    What is not given is looked for in the first lines, as for a file.
    """
    known = {"id": doc_id, "title": title, "author": author, "date": published, "publisher": publisher, "url": url}
    draft = Draft(text=text, name=name, known={**known, "language": language}, extra=extra or {})
    return document_of(draft)


def document_of(draft: Draft) -> Document:
    """Document of a draft: its fields, and what the first lines say where the fields are silent."""
    return read_draft(draft)[0]


def read_draft(draft: Draft) -> tuple[Document, tuple[Problem, ...]]:
    """Document of a draft, and what is wrong with a date that is stated and cannot be used."""
    known = {key: _string(value) for key, value in draft.known.items() if key != "date"}
    given = draft.known.get("date")
    opening = read_opening(draft.text, known.get("title"))
    published, source = _published(read_date(given), opening)
    dateline = opening.dateline.dateline if opening.dateline else None
    known["language"] = _language(known.get("language"))
    used = {**known, "date": published if source == "metadata" else None}
    document = Document(
        id=known.get("id") or content_id("doc", draft.text),
        text=draft.text,
        name=draft.name,
        title=known.get("title") or opening.fields.get("title"),
        author=known.get("author") or opening.fields.get("author"),
        published=published,
        published_from=source,
        publisher=known.get("publisher") or opening.fields.get("publisher") or (dateline.agency if dateline else None),
        url=known.get("url") or opening.fields.get("url"),
        language=known["language"],
        dateline=dateline,
        body_start=opening.body_start,
        sentences=split_sentences(draft.text, _breaks(opening)),
        extra={**draft.extra, **{k: v for k, v in draft.known.items() if v not in (None, "") and used[k] is None}},
    )
    unused = "" if published else given or opening.date_text
    return document, (_date_problem(draft.name, unused),) if unused else ()


def _breaks(opening: Opening) -> tuple[int, ...]:
    """Where sentences end in any case: around a dateline."""
    found = opening.dateline
    return (found.dateline.start, found.dateline.end, found.body_start) if found else ()


def _date_problem(name: str, words: object) -> Problem:
    stated = read_date(words)
    reason = _UNREADABLE if stated is None else _AMBIGUOUS if stated.ambiguous else _INCOMPLETE
    return Problem(source=name, stage=STAGE, reason=reason.format(str(words)[:100]))


def _published(stated: StatedDate | None, opening: Opening) -> tuple[date | None, str]:
    """Publication date and where it was found: whole where it stands so, else put together, never guessed."""
    found = {
        "metadata": stated,
        "dateline": opening.dateline.stated if opening.dateline else None,
        "first lines": opening.stated,
    }
    for source, one in found.items():
        if one and (whole := one.whole):
            return whole, source
    for source, one in found.items():
        for other in found.values():
            if one and one.day and (whole := one.completed(other)):
                return whole, source
    return None, ""


def _string(value: Any) -> str | None:
    """Text of a field that should be one; lists of names are joined."""
    if isinstance(value, list | tuple):
        value = ", ".join(text for item in value if (text := _string(item)))
    if isinstance(value, Mapping):  # {"id": "…", "name": "…"}, as news services write sources and authors
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _language(tag: str | None) -> str | None:
    """Primary language of a tag: ``en`` of ``en-GB`` and ``en_US``."""
    primary = (tag or "").replace("_", "-").split("-")[0].strip().lower()
    return primary if primary.isalpha() and 2 <= len(primary) <= 3 else None

"""From readable text and what is known about it to a document."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from geoevents.model import Document, content_id
from geoevents.text.sentences import split_sentences


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
    """Document of a given text, which stays as it is; without an id, the text's hash becomes one."""
    return Document(
        id=doc_id or content_id("doc", text),
        text=text,
        name=name,
        title=title,
        author=author,
        published=published,
        published_from="metadata" if published else "",
        publisher=publisher,
        url=url,
        language=language,
        sentences=split_sentences(text),
        extra=MappingProxyType(dict(extra or {})),
    )

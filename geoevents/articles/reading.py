"""From articles to documents, whatever their format; what cannot be read becomes a Problem, and the rest goes on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from geoevents.articles import media
from geoevents.articles.documents import STAGE, Draft, read_draft
from geoevents.articles.finding import find_articles
from geoevents.articles.formats.docx import read_docx
from geoevents.articles.formats.html import read_html
from geoevents.articles.formats.json import read_json
from geoevents.articles.formats.markdown import read_markdown
from geoevents.articles.formats.pdf import read_pdf
from geoevents.articles.formats.plain import read_plain
from geoevents.errors import ArticleError
from geoevents.model import Article, Document, Problem, content_id
from geoevents.settings import ArticleSettings

DraftReader = Callable[[Article, ArticleSettings], Iterator[Draft | Problem]]

READERS: Final[dict[str, DraftReader]] = {
    media.PLAIN: read_plain,
    media.MARKDOWN: read_markdown,
    media.HTML: read_html,
    media.PDF: read_pdf,
    media.DOCX: read_docx,
    media.JSON: read_json,
}
_MAX_REASON: Final = 300


def read_articles(inputs: Iterable[str | Path], settings: ArticleSettings) -> Iterator[Document | Problem]:
    """Documents of all inputs, lazily and in a fixed order; see :func:`find_articles` for what an input may be.

    Ids are told apart by :func:`distinct`. To share the work among processes, map :func:`read_article` over
    :func:`find_articles` and put :func:`distinct` after it: the result is the same.
    """
    return distinct(record for found in find_articles(inputs, settings) for record in _read(found, settings))


def read_article(article: Article, settings: ArticleSettings) -> Iterator[Document | Problem]:
    """Documents of one article: one for a page, many for a list of articles; a Problem for what cannot be read."""
    reader = READERS.get(article.media_type)
    if reader is None:
        yield _problem(article.name, f"there is no reader for {article.media_type}")
        return
    try:
        for draft in reader(article, settings):
            yield from (draft,) if isinstance(draft, Problem) else _documents(draft, settings)
    except ArticleError as error:
        yield _problem(article.name, str(error))
    except Exception as error:  # the libraries that read formats raise whatever they will on damaged and hostile files
        yield _problem(article.name, f"it cannot be read; it may be damaged ({type(error).__name__}: {error})")


def distinct(records: Iterable[Document | Problem]) -> Iterator[Document | Problem]:
    """Give every document an id of its own; see :class:`Ids`."""
    ids = Ids()
    for record in records:
        yield from (record,) if isinstance(record, Problem) else ids.distinct(record)


class Ids:
    """The ids that documents have so far.

    Of documents with the same id and the same text the first is kept and the others are problems: one article saved
    twice must not count twice. Where the texts differ, all are kept, and the later ones get the hash of their text
    added to the id.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def take(self, name: str, text: str, source: str) -> None:
        """Note that a document has an id: its `name`, the hash of its text, and the file it is from."""
        self._names[name], self._texts[name] = source, text

    def distinct(self, record: Document) -> Iterator[Document | Problem]:
        """Give the document with an id of its own, or the problem that it is one there is already."""
        document, text = record, text_hash(record)
        if self._texts.get(document.id, text) != text:
            document = replace(document, id=f"{document.id}-{text.removeprefix('text-')}")
            yield _problem(
                record.name, f"the id {record.id!r} is that of {self._names[record.id]} too; it became {document.id!r}"
            )
        if document.id in self._texts:
            yield _problem(record.name, f"it is the same article as {self._names[document.id]}; it was read once")
            return
        self.take(document.id, text, document.name)
        yield document


def text_hash(document: Document) -> str:
    """Hash of a document's text."""
    return content_id("text", document.text)


def _read(found: Article | Problem, settings: ArticleSettings) -> Iterator[Document | Problem]:
    return iter((found,)) if isinstance(found, Problem) else read_article(found, settings)


def _documents(draft: Draft, settings: ArticleSettings) -> Iterator[Document | Problem]:
    if len(draft.text) > settings.max_characters:
        yield _problem(draft.name, f"its text is longer than {settings.max_characters} characters")
    elif not any(map(str.isalnum, draft.text)):
        yield _problem(draft.name, "there are no words in it")
    else:
        document, problems = read_draft(draft)
        yield document
        yield from problems


def _problem(source: str, reason: str) -> Problem:
    return Problem(source=source, stage=STAGE, reason=reason[:_MAX_REASON])

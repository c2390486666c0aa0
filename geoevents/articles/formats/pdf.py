"""PDF: the text of its pages, put back into paragraphs."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from geoevents.articles.cleaning import clean
from geoevents.articles.documents import STAGE, Draft
from geoevents.articles.formats.fields import title_of_file
from geoevents.articles.formats.paragraphs import paragraphs
from geoevents.errors import ArticleError, EmptyArticleError, TooLargeError
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

if TYPE_CHECKING:
    from pypdf import PdfReader

#: Beyond these a PDF is made to take time and memory. A page of news has 20 kB and 5,000 operations, a vector map 1 MB.
_MAX_PAGES: Final = 2000
_MAX_CONTENT_BYTES: Final = 50_000_000
_LIMITS: Final[dict[str, Any]] = {
    "stream_parsing_work_maximum_count": 300_000,
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 2 * _MAX_PAGES,
}
#: Running heads and feet stand in these first and last lines of a page, and on more than half of at least three pages.
_EDGE_LINES: Final = 2
_MIN_PAGES: Final = 3
_PAGE_NUMBER = re.compile(
    r"[-–—\s]{0,5}(?:page|p\.|seite|página)?\s{0,3}(?:\d{1,4}|[ivxlc]{1,6})(?:\s{0,3}(?:/|of|von|de|sur)\s{0,3}\d{1,4})?[-–—\s]{0,5}",
    re.IGNORECASE,
)
_LIGATURES: Final = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def read_pdf(article: Article, settings: ArticleSettings) -> Iterator[Draft | Problem]:
    """One draft: the text of all pages; a page that cannot be read is a problem of its own.

    The file's author and day of making are the file's, not the article's: they go to `extra`.
    """
    from pypdf import PdfReader, apply_configuration

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # keeps its warnings off the terminal
    pages: list[list[str]] = []
    problems: list[Problem] = []
    with apply_configuration(**_LIMITS):
        reader = PdfReader(io.BytesIO(article.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError("it is encrypted; save it without a password")
        for page in _pages(reader, article.name, settings):
            if isinstance(page, Problem):
                problems.append(page)
            else:
                pages.append([line for raw in page.split("\n") if (line := raw.strip())])
        known, extra = _metadata(reader)
    yield from problems
    text = paragraphs(_without_running_lines(pages))
    if not text:
        raise EmptyArticleError("there is no text in it; if it is a scan, run it through OCR first")
    yield Draft(text=text, name=article.name, known=known, extra=extra)


def _pages(reader: "PdfReader", name: str, settings: ArticleSettings) -> Iterator[str | Problem]:
    if len(reader.pages) > _MAX_PAGES:
        raise TooLargeError(f"it has more than {_MAX_PAGES} pages")
    content = characters = 0
    for number, page in enumerate(reader.pages, 1):
        try:
            contents = page.get_contents()
            content += len(contents.get_data()) if contents else 0
            text = clean(page.extract_text().translate(_LIGATURES)) if content <= _MAX_CONTENT_BYTES else ""
        except Exception as error:  # a damaged page makes pypdf raise what it will; the others can be read
            yield Problem(source=f"{name}, page {number}", stage=STAGE, reason=f"cannot be read: {error}"[:300])
            continue
        characters += len(text)
        if content > _MAX_CONTENT_BYTES or characters > settings.max_characters:
            raise TooLargeError(f"its text is longer than {settings.max_characters} characters, or drawn with too much")
        yield text


def _without_running_lines(pages: list[list[str]]) -> list[str]:
    """Lines of all pages, without page numbers and what stands at the edge of most pages."""
    counts: Counter[str] = Counter()
    for number, page in enumerate(pages):
        counts.update({key for i in _edge(page) for key in _keys(page[i], number)})
    running = {key for key, n in counts.items() if n >= _MIN_PAGES and 2 * n > len(pages)}
    return [
        line
        for number, page in enumerate(pages)
        for i, line in enumerate(page)
        if not (i in _edge(page) and (_PAGE_NUMBER.fullmatch(line) or running & _keys(line, number)))
    ]


def _edge(page: list[str]) -> set[int]:
    return {i for i in range(len(page)) if i < _EDGE_LINES or i >= len(page) - _EDGE_LINES}


def _keys(line: str, page: int) -> set[str]:
    """Forms of a line that are equal on all pages: itself, or with a number that grows by one from page to page."""
    numbers = [m for m in re.finditer(r"\d{1,4}", line) if m.group().isascii()]
    grown = (f"{line[: m.start()]}#{int(m.group()) - page}{line[m.end() :]}" for m in numbers)
    return {line, *grown}


def _metadata(reader: "PdfReader") -> tuple[dict[str, Any], dict[str, Any]]:
    """Title, and what the file says of itself."""
    try:
        info = {key: clean(str(value)).strip() for key, value in (reader.metadata or {}).items()}
    except Exception:  # damaged metadata must not cost the text
        return {}, {}
    names = {"file_author": "/Author", "file_created": "/CreationDate"}
    extra = {ours: info[key] for ours, key in names.items() if info.get(key)}
    return {"title": title_of_file(info.get("/Title"))}, extra

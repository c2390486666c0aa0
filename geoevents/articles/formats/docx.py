"""Word documents: the text of their body as it would be printed, tables and text boxes included."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from geoevents.articles.cleaning import clean
from geoevents.articles.documents import Draft
from geoevents.articles.formats.fields import title_of_file
from geoevents.errors import ArticleError, EmptyArticleError, TooLargeError
from geoevents.model import Article
from geoevents.settings import ArticleSettings

#: Unpacked, a document may be this many times `max_bytes`, and its text `max_bytes`; it may have this many parts.
_MAX_GROWTH: Final = 10
_MAX_PARTS: Final = 5000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT: Final = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
#: Parts of the body that are not printed, or stand there twice.
_UNSEEN: Final = {
    *(_W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_MAX_DEPTH: Final = 200


def read_docx(article: Article, settings: ArticleSettings) -> Iterator[Draft]:
    """One draft: paragraphs set apart, a table row a line.

    The file's author and day of making are the file's, not the article's: they go to `extra`.
    """
    import docx

    _check_size(article.data, settings.max_bytes)
    document = docx.Document(io.BytesIO(article.data))
    text = clean(_text(document.element.body))
    if not text.strip():
        raise EmptyArticleError("there is no text in it")
    properties = document.core_properties
    extra: dict[str, Any] = {"file_author": properties.author, "file_created": properties.created}
    yield Draft(
        text=text.strip(),
        name=article.name,
        known={"title": title_of_file(properties.title), "language": properties.language},
        extra={key: str(value) for key, value in extra.items() if value},
    )


def _check_size(data: bytes, limit: int) -> None:
    """Refuse what unpacks to too much, as its parts say; zipfile never yields more than they say."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ArticleError(f"it is no Word document, or a damaged one ({error})") from error
    if any(part.flag_bits & 1 for part in parts):
        raise ArticleError("it is encrypted; save it without a password")
    size = sum(part.file_size for part in parts)
    text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > _MAX_PARTS or size > _MAX_GROWTH * limit or text > limit:
        raise TooLargeError(f"unpacked it is much larger than {limit} bytes")


def _text(body: Any) -> str:
    """Text of the body: each paragraph and table row a line, and an empty line between paragraphs."""
    pieces: list[str] = []
    _collect(body, pieces, in_cell=False, depth=0)
    return "".join(pieces)


def _collect(element: Any, pieces: list[str], *, in_cell: bool, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise ArticleError("its parts are nested too deep")
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            pieces.append(child.text or "")
        elif tag in _TEXT:
            pieces.append(_TEXT[tag])
        elif tag not in _UNSEEN:
            _collect(child, pieces, in_cell=in_cell or tag == _W + "tc", depth=depth + 1)
            pieces.append(_after(tag, child, in_cell))


def _after(tag: str, element: Any, in_cell: bool) -> str:
    if tag == _W + "p":
        return " " if in_cell else "\n\n"
    if tag == _W + "tc":
        return "| " if element.getnext() is not None else ""
    return "\n" if tag in (_W + "tr", _W + "tbl") else ""

"""Short ways to read bytes as an article of some kind."""

from geoevents.articles import read_article
from geoevents.model import Article, Document, Problem
from geoevents.settings import ArticleSettings

SETTINGS = ArticleSettings()


def read(data: bytes | str, media_type: str, settings: ArticleSettings = SETTINGS) -> list[Document | Problem]:
    """All that comes of one article."""
    raw = data.encode() if isinstance(data, str) else data
    return list(read_article(Article(name="it", media_type=media_type, data=raw), settings))


def document(data: bytes | str, media_type: str) -> Document:
    """The only record that comes of one article, which must be a document."""
    (record,) = read(data, media_type)
    assert isinstance(record, Document), record
    return record


def problem(data: bytes | str, media_type: str, settings: ArticleSettings = SETTINGS) -> str:
    """The reason of the only record that comes of one article, which must be a problem."""
    (record,) = read(data, media_type, settings)
    assert isinstance(record, Problem), record
    return record.reason

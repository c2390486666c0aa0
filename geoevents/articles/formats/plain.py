"""Plain text."""

from collections.abc import Iterator

from geoevents.articles.cleaning import clean
from geoevents.articles.documents import Draft
from geoevents.articles.encoding import decode
from geoevents.model import Article
from geoevents.settings import ArticleSettings


def read_plain(article: Article, settings: ArticleSettings) -> Iterator[Draft]:  # noqa: ARG001  # every reader's signature
    """One draft: the whole text."""
    yield Draft(text=clean(decode(article.data)), name=article.name)

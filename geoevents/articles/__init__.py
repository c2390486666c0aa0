"""From files to documents: finding articles, reading each format, cleaning, title, date, dateline and sentences."""

from geoevents.articles.documents import document_from_text
from geoevents.articles.finding import count_articles, find_articles
from geoevents.articles.reading import Ids, distinct, read_article, read_articles, text_hash

__all__ = [
    "Ids",
    "count_articles",
    "distinct",
    "document_from_text",
    "find_articles",
    "read_article",
    "read_articles",
    "text_hash",
]

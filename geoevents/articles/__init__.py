"""From files to documents: finding articles, reading each format, cleaning, title, date, dateline and sentences."""

from geoevents.articles.documents import document_from_text
from geoevents.articles.finding import File, articles_of, count_articles, find_articles, find_files
from geoevents.articles.reading import Ids, distinct, read_article, read_articles, text_hash

__all__ = [
    "File",
    "Ids",
    "articles_of",
    "count_articles",
    "distinct",
    "document_from_text",
    "find_articles",
    "find_files",
    "read_article",
    "read_articles",
    "text_hash",
]

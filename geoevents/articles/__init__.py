"""From files to documents: finding articles, reading each format, cleaning, title, date, dateline and sentences."""

from geoevents.articles.documents import document_from_text
from geoevents.articles.finding import count_articles, find_articles
from geoevents.articles.reading import distinct, read_article, read_articles

__all__ = ["count_articles", "distinct", "document_from_text", "find_articles", "read_article", "read_articles"]

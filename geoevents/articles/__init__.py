"""From files to documents: finding articles, reading each format, cleaning, title, date, dateline and sentences."""

from geoevents.articles.documents import document_from_text

__all__ = ["document_from_text"]

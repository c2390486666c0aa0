"""Gold texts as the program reads them: through the reader of articles, as a user's JSON Lines file would be.

    python -m tests.gold.reading GOLD.jsonl ARTICLES.jsonl

writes the articles without the answers.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geoevents.articles import read_articles
from geoevents.model import Document
from geoevents.settings import ArticleSettings
from tests.gold.scoring import read

FIELDS = ("id", "title", "text", "date", "source", "url")


def articles(gold: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What an input file holds of gold: never the answers. Events give their articles."""
    docs = [doc for row in gold for doc in row.get("docs") or [row]]
    return [{key: doc[key] for key in FIELDS if doc.get(key)} for doc in docs]


def write(gold: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write the articles of gold rows, one a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in articles(gold)), encoding="utf-8")


def documents(gold: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Documents of gold rows, in their order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        write(gold, path)
        found = list(read_articles([path], ArticleSettings()))
    assert all(isinstance(document, Document) for document in found), found
    return [document for document in found if isinstance(document, Document)]


if __name__ == "__main__":
    write(read(Path(sys.argv[1])), Path(sys.argv[2]))

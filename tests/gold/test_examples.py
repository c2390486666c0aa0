"""The examples users see first: every file reads, and the gold for them names what is there."""

import importlib.util
from pathlib import Path
from types import ModuleType

from geoevents.articles import read_articles
from geoevents.model import Document
from geoevents.settings import ArticleSettings
from tests.gold.scoring import read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EVENTS = read(Path(__file__).with_name("examples.jsonl"))
WORDS = range(120, 351)


def documents() -> list[Document]:
    found = list(read_articles([EXAMPLES / "articles"], ArticleSettings()))
    assert all(isinstance(document, Document) for document in found), found
    return [document for document in found if isinstance(document, Document)]


def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_documents", EXAMPLES / "make_documents.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_example_is_read_with_title_and_date() -> None:
    found = documents()
    assert len(found) == 20
    assert [d.name for d in found if not d.title or d.published is None] == []
    assert [(d.name, len(d.text.split())) for d in found if len(d.text.split()) not in WORDS] == []


def test_menus_and_adverts_are_left_behind() -> None:
    text = " ".join(d.text for d in documents())
    assert "vegetable market in Baquba" in text
    for noise in ("Basra crush", "Fly to Istanbul", "bus crash near Mosul", "crush Cairo"):
        assert noise not in text


def test_gold_names_articles_that_exist() -> None:
    known = {d.id for d in documents()} | {Path(d.name).name for d in documents()}
    assert {name for event in EVENTS for name in event["docs"]} <= known


def test_every_example_is_said_to_be_fictional() -> None:
    for path in (EXAMPLES / "articles").iterdir():
        if path.suffix in {".txt", ".md", ".html", ".json", ".jsonl", ".csv"}:
            assert "fictional" in path.read_text(encoding="utf-8").lower(), path.name
    assert all("fictional" in d.text.lower() for d in documents() if d.name.endswith((".pdf", ".docx")))


def test_made_documents_are_those_committed() -> None:
    module = made()
    assert module.documents()["gaza-nuseirat.pdf"] == (EXAMPLES / "articles" / "gaza-nuseirat.pdf").read_bytes()
    report = next(d for d in documents() if d.name.endswith(".docx"))
    for line in module.KORDOFAN.splitlines():
        assert line in report.text

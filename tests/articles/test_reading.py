"""From inputs to documents: any bytes under any name, the same every time, and ids that tell documents apart."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoevents.articles import distinct, document_from_text, find_articles, read_article, read_articles
from geoevents.model import Article, Document, Problem
from geoevents.settings import ArticleSettings
from tests.articles.pdf_files import page_of, pdf
from tests.articles.reading import problem

SETTINGS = ArticleSettings()
SUFFIXES = "txt md html pdf docx json jsonl csv tsv xyz doc".split()
STARTS = (
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"<html><body>",
    b"---\n",
    b'{"text": "',
    b"[{",
    b"id,text\n",
    b"KARSA, May 5 (HP) - ",
    pdf([page_of(["Two died."])])[:-40],
)
BYTES = st.tuples(
    st.sampled_from(STARTS), st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-16"))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(BYTES, st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_name_are_documents_or_problems(
    tmp_path: Path, parts: tuple[bytes, bytes], suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"".join(parts))
    records = list(read_articles([path], SETTINGS))
    assert all(isinstance(record, Document | Problem) for record in records)
    assert list(read_articles([path], SETTINGS)) == records
    for record in records:
        if isinstance(record, Document):
            assert all(record.text[a:b].strip() for a, b in record.sentences)
        else:
            assert record.stage == "articles"
            assert record.reason


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("size", [0, 1, 7, 50, 400])
def test_files_cut_short(tmp_path: Path, suffix: str, size: int) -> None:
    whole = {"pdf": pdf([page_of(["Two died."])]), "html": b"<html><body><p>Two died.</p></body></html>"}
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(whole.get(suffix, b'{"text": "Two died.", "id": 1}\n' * 20)[:size])
    assert all(isinstance(record, Document | Problem) for record in read_articles([path], SETTINGS))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Two died in Karsa.")
    (tmp_path / "b.md").write_text("# One fled\n\nOne fled from Karsa.")
    (tmp_path / "c.jsonl").write_text(
        '{"id": 1, "text": "Three."}\n{"id": 1, "text": "Four."}\n{"id": 1, "text": "Three."}\n'
    )
    (tmp_path / "copy.txt").write_text("Two died in Karsa.")
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_work_shared_among_processes_gives_the_same(corpus: Path) -> None:
    def shared() -> Iterator[Document | Problem]:
        for found in pickle.loads(pickle.dumps(list(find_articles([corpus], SETTINGS)))):
            yield from [found] if isinstance(found, Problem) else read_article(found, SETTINGS)

    assert list(distinct(pickle.loads(pickle.dumps(list(shared()))))) == list(read_articles([corpus], SETTINGS))


def test_every_document_has_an_id_of_its_own_and_copies_are_read_once(corpus: Path) -> None:
    records = list(read_articles([corpus], SETTINGS))
    documents = [record for record in records if isinstance(record, Document)]
    assert len({document.id for document in documents}) == len(documents) == 4
    assert [document.text for document in documents] == [
        "Two died in Karsa.",
        "One fled\n\nOne fled from Karsa.",
        "Three.",
        "Four.",
    ]
    assert documents[2].id == "1"
    assert documents[3].id.startswith("1-")
    reasons = [record.reason for record in records if isinstance(record, Problem)]
    assert sum("same article" in reason for reason in reasons) == 2
    assert sum("became" in reason for reason in reasons) == 1


def test_ids_do_not_depend_on_where_a_file_lies() -> None:
    one, two = (document_from_text(None, "Two died.", name=name) for name in ("a.txt", "b/c.txt"))
    assert one.id == two.id
    assert one.id != document_from_text(None, "Two died!").id


def test_distinct_is_lazy() -> None:
    def endless() -> Iterator[Document | Problem]:
        number = 0
        while True:
            number += 1
            yield document_from_text(str(number), "Two died.")

    assert next(distinct(endless())).id == "1"  # type: ignore[union-attr]  # the stream holds documents only


def test_the_same_text_under_two_given_ids_is_two_documents() -> None:
    pair = [document_from_text(name, "Two died.") for name in ("a", "b")]
    assert list(distinct(pair)) == pair


def test_limits_and_unknown_types_are_problems() -> None:
    assert "longer" in problem("Two died. " * 20, "text/plain", ArticleSettings(max_characters=100))
    assert "no reader" in problem("x", "image/png")
    assert "no words" in problem("...", "text/plain")


def test_an_error_of_a_library_is_a_problem_of_that_article_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("boom " * 200)

    monkeypatch.setattr("geoevents.articles.formats.plain.decode", fail)
    (record,) = read_article(Article(name="a", media_type="text/plain", data=b"x"), SETTINGS)
    assert isinstance(record, Problem)
    assert "boom" in record.reason
    assert len(record.reason) <= 300


@pytest.mark.shared
def test_the_corpora_run_through(shared: Path) -> None:
    records = list(
        read_articles(
            [shared / "articles", shared / "corpora" / "geoparsing", shared / "corpora" / "incidents"], SETTINGS
        )
    )
    documents = [record for record in records if isinstance(record, Document)]
    assert len(documents) == 1 + 588 + 118 + 439 + 2488 + 600
    datelines = [d for d in documents if d.dateline]
    assert len(datelines) > 700
    assert all(d.text[d.dateline.start : d.dateline.end] == d.dateline.text for d in datelines if d.dateline)
    muc = [d for d in documents if "muc4" in d.name]
    assert sum(d.published is not None for d in muc) > 570

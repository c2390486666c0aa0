"""Word documents, sound and otherwise."""

import io
import zipfile

import docx
import pytest

from geoevents.articles.media import DOCX
from geoevents.settings import ArticleSettings
from tests.articles.reading import document, problem, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(made: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_body(body: str, prolog: str = "") -> bytes:
    """A document whose body is `body`, in WordprocessingML."""
    source, out = zipfile.ZipFile(io.BytesIO(saved(docx.Document()))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "word/document.xml":
                data = f'<?xml version="1.0"?>{prolog}<w:document {W}><w:body>{body}</w:body></w:document>'.encode()
            target.writestr(part, data)
    return out.getvalue()


def test_paragraphs_items_and_tables() -> None:
    made = docx.Document()
    made.core_properties.title = "Clash on the coast road"
    made.add_heading("Clash on the coast road")
    made.add_paragraph("12 June 2015")
    paragraph = made.add_paragraph("Three ")
    paragraph.add_run("soldiers").bold = True
    paragraph.add_run(" died on the road\tto Karsa.")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ("Place", "Killed", "Karsa", "3"), strict=True):
        cell.text = text
    made.add_paragraph("Nobody claimed it.")
    found = document(saved(made), DOCX)
    assert found.text.split("\n\n") == [
        "Clash on the coast road",
        "12 June 2015",
        "Three soldiers died on the road to Karsa.",
        "Place | Killed \nKarsa | 3 ",
        "Nobody claimed it.",
    ]
    assert (found.title, str(found.published)) == ("Clash on the coast road", "2015-06-12")


def test_what_was_deleted_or_stands_twice_is_not_read_and_what_was_inserted_is() -> None:
    body = (
        "<w:p><w:r><w:t>Two </w:t></w:r><w:del><w:r><w:delText>hundred </w:delText><w:t>x</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>men </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>died</w:t></w:r></w:hyperlink></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In Karsa.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert document(with_body(body), DOCX).text == "Two men died\n\nIn Karsa."


def test_the_day_a_file_was_made_is_not_the_articles() -> None:
    made = docx.Document()  # python-docx's template says 2013
    made.add_paragraph("Two men died.")
    found = document(saved(made), DOCX)
    assert found.published is None
    assert found.extra["file_created"].startswith("2013")


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    for record in read(with_body("<w:p><w:r><w:t>Two &b; &f; died.</w:t></w:r></w:p>", bomb), DOCX):
        text = getattr(record, "text", "")
        assert "lollol" not in text
        assert "root:" not in text


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("word/document.xml", b" " * 30_000_000)
    assert "larger" in problem(out.getvalue(), DOCX, ArticleSettings(max_bytes=1_000_000))


def test_deep_nesting_is_a_problem_and_huge_spans_are_not() -> None:
    assert problem(with_body("<w:p>" * 5000 + "</w:p>" * 5000), DOCX)
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>Two died</w:t></w:r></w:p></w:tc>'
    assert "Two died" in document(with_body(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), DOCX).text


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"no zip", saved(docx.Document())[:2000], saved(docx.Document())])
def test_damaged_and_empty_files_are_problems(data: bytes) -> None:
    assert problem(data, DOCX)


def test_a_zip_that_is_no_document_is_a_problem() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a.txt", "Two died.")
    assert problem(out.getvalue(), DOCX)

"""PDF: pages become paragraphs again; what is damaged, locked or made to do harm becomes a problem."""

import logging

import pytest

from geoevents.articles.media import PDF
from geoevents.model import Document, Problem
from geoevents.settings import ArticleSettings
from tests.articles.pdf_files import page_of, pdf
from tests.articles.reading import document, problem, read

LINES = [
    "Clash on the coast road",
    "12 June 2015",
    "Three soldiers were killed and seven wounded on Thursday when rebels",
    "attacked a convoy on the coast road, the army said. Its spokes-",
    "man, Gen. Peter Okoro, blamed the Northern Front. He spoke to an al-",
    "Karsa reporter of a nine-year-",
    "old girl among the dead. Two air-strikes",
    "followed within the hour, and both hit the hills to the north of Karsa.",
    "The Front denied the attack.",
]


def test_lines_become_paragraphs_and_broken_words_are_mended() -> None:
    found = document(pdf([page_of(LINES)], compressed=True), PDF)
    assert found.text.split("\n\n")[2] == (
        "Three soldiers were killed and seven wounded on Thursday when rebels attacked a convoy on the coast road, the "
        "army said. Its spokesman, Gen. Peter Okoro, blamed the Northern Front. He spoke to an al-Karsa reporter of a "
        "nine-year-old girl among the dead. Two air-strikes followed within the hour, and both hit the hills to the "
        "north of Karsa. The Front denied the attack."
    )
    assert found.title == "Clash on the coast road"
    assert str(found.published) == "2015-06-12"


def test_the_files_own_date_is_not_the_articles() -> None:
    found = document(pdf([page_of(["Two men died."])], title="Clash on the coast road"), PDF)
    assert found.published is None
    assert found.title == "Clash on the coast road"
    assert found.extra["file_created"] == "D:20200102030405Z"


@pytest.mark.parametrize("title", ["Microsoft Word - final2.docx", "untitled", "report.indd", "Layout 1", ""])
def test_a_title_that_is_a_files_name_is_none(title: str) -> None:
    assert document(pdf([page_of(["Two men died."])], title=title), PDF).title is None


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        page_of(
            [
                f"Observatory of the Coast - Report 12, page {n}",
                f"Killed: {n * n}.",
                "Confidential",
                f"- {n} -",
            ]
        )
        for n in range(1, 5)
    ]
    assert document(pdf(pages), PDF).text.split() == "Killed: 1. Killed: 4. Killed: 9. Killed: 16.".split()


def test_ligatures_become_letters() -> None:
    assert "confident official" in document(pdf([page_of(["A confident official spoke."])]), PDF).text


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.4\n1 0 obj", pdf([page_of(LINES)])[:400], b"%PDF-1.7" + b"\0" * 500]
)
def test_a_damaged_file_is_a_problem(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert problem(data, PDF)
    assert capsys.readouterr() == ("", "")


def test_warnings_of_the_library_stay_off_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    data = pdf([page_of(LINES)]).replace(b"startxref\n", b"startxref\n9")
    read(data, PDF)
    assert "pypdf" not in capsys.readouterr().err
    assert logging.getLogger("pypdf").level == logging.NOTSET


def test_a_file_without_text_says_what_to_do() -> None:
    assert "OCR" in problem(pdf([b""]), PDF)


def test_an_encrypted_file_is_a_problem() -> None:
    data = pdf([page_of(LINES)]).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    b"/O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) >> /ID [(x) (x)]")  # fmt: skip
    assert "encrypted" in problem(data, PDF)


def test_a_page_that_unpacks_to_a_flood_is_left_out_and_the_rest_read() -> None:
    flood = b"BT /F1 11 Tf " + b"(a) Tj " * 4_000_000 + b"ET"
    records = read(pdf([flood, page_of(["Two men died."])], compressed=True), PDF)
    assert [type(record) for record in records] == [Problem, Document]
    assert isinstance(records[0], Problem)
    assert "page 1" in records[0].source


def test_too_many_pages_and_too_much_text_are_problems() -> None:
    assert "pages" in problem(pdf([b""] * 2001), PDF)
    short = ArticleSettings(max_characters=100)
    assert "longer" in problem(pdf([page_of(LINES)]), PDF, short)


def test_a_page_tree_that_bites_its_tail_comes_to_an_end() -> None:
    data = pdf([page_of(LINES)])
    assert read(data.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"), PDF)

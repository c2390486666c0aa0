"""The first lines: headline, byline, date, dateline, in the many orders of real files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles import document_from_text
from geoevents.articles.opening import read_opening
from tests.timing import grows_no_faster_than_its_input

BODY = "Two farmers were killed on Monday when their tractor struck a mine, the police said. A third man was hurt."
TITLE = "Mine kills two farmers near Karsa"


@pytest.mark.parametrize(
    "head",
    [
        f"{TITLE}\n\nBy Jane Doe\n5 May 2015\n\n",
        f"# {TITLE}\n\nJane Doe  \n5 May 2015\n\n",
        f"{TITLE}\n=========\n\nBy Jane Doe, The Harbour Post\nPublished: Tuesday, 5 May 2015, 10:30 GMT\n\n",
        f"5 May 2015\n{TITLE}\nby Jane Doe in Port Ellis\n",
        f"{TITLE}\nBy Jane Doe | May 5, 2015\n\n",
        f"{TITLE}\nBy Jane Doe | The Harbour Post\nMay 5, 2015\n\n",
        f"{TITLE}\nJane Doe - 05/05/2015\n@janedoe\n\n",
        f"Title: {TITLE}\nDate: 2015-05-05\nAuthor: Jane Doe\nLength: 300 words\n\nBODY:\n",
        f"{TITLE} Posted: Tuesday, May 5, 2015 6:17 PM EDT Updated: May 6, 2015\n\nby: Jane Doe\n\n",
    ],
)
def test_headline_byline_and_date_in_any_order(head: str) -> None:
    document = document_from_text(None, head + BODY)
    assert (document.title, document.author) == (TITLE, "Jane Doe")
    assert (document.published, document.published_from) == (date(2015, 5, 5), "first lines")
    assert document.text[document.body_start :] == BODY


def test_a_dateline_ends_the_opening_and_stands_alone() -> None:
    document = document_from_text(None, f"{TITLE}\n\nPORT ELLIS, May 5 (HP) – {BODY}")
    assert document.dateline is not None
    assert document.dateline.place_text == "PORT ELLIS"
    assert document.publisher == "HP"
    assert document.text[document.body_start :] == BODY
    assert [document.text[a:b] for a, b in document.sentences][:2] == [TITLE, "PORT ELLIS, May 5 (HP) –"]
    assert document.published is None


def test_a_dateline_takes_its_year_from_elsewhere_and_never_makes_one_up() -> None:
    text = f"PORT ELLIS, May 5 (HP) – {BODY}"
    assert document_from_text(None, text).published is None
    dated = document_from_text(None, f"2015\n\n{text}")
    assert (dated.published, dated.published_from) == (date(2015, 5, 5), "dateline")
    assert document_from_text(None, f"June 2015\n\n{text}").published is None
    given = document_from_text(None, text, published=date(2015, 5, 6))
    assert (given.published, given.published_from) == (date(2015, 5, 6), "metadata")


def test_a_dateline_with_its_year_dates_the_article() -> None:
    document = document_from_text(None, f"PORT ELLIS, 5 MAY 89 (HP) -- [TEXT] {BODY}")
    assert (document.published, document.published_from) == (date(1989, 5, 5), "dateline")


def test_a_dateline_below_the_caption_of_a_picture() -> None:
    document = document_from_text(None, f"(Photo: HP)\n\nPORT ELLIS (HP) – {BODY}", title=TITLE)
    assert document.dateline is not None
    assert document.text[document.body_start :] == BODY


@pytest.mark.parametrize("start", [f"{TITLE}. ", f"{TITLE} . ", f"{TITLE}\n\n", f"## {TITLE.upper()}\n"])
def test_a_known_title_is_passed_over(start: str) -> None:
    opening = read_opening(start + BODY, TITLE)
    assert (start + BODY)[opening.body_start :] == BODY


def test_a_title_is_not_cut_out_of_a_longer_line() -> None:
    text = f"{TITLE} and many others who went there on Monday.\n\n{BODY}"
    assert read_opening(text, TITLE).body_start == 0


@pytest.mark.parametrize("text", [BODY, "", " \n\n", "Karsa", f"{BODY}\n\n{BODY}", f"Karsa.\n{BODY}"])
def test_plain_text_without_an_opening(text: str) -> None:
    document = document_from_text("x", text)
    assert (document.title, document.author, document.published, document.dateline) == (None, None, None, None)
    assert not document.text[: document.body_start].strip()


def test_a_sentence_of_the_body_is_no_byline_and_no_date() -> None:
    text = f"{TITLE}\n\nBy the time help came, it was dark\n\nOn 5 May 2015 the army fled\n\n{BODY}"
    document = document_from_text(None, text)
    assert (document.author, document.published) == (None, None)


@given(
    st.text(st.sampled_from("AB ab12,.()[]–-:\n#|") | st.characters(), max_size=300), st.none() | st.text(max_size=20)
)
def test_any_text_has_an_opening(text: str, title: str | None) -> None:
    opening = read_opening(text, title)
    assert 0 <= opening.body_start <= len(text)
    document = document_from_text("x", text, title=title)
    assert document.text == text
    assert all(not start < document.body_start < end for start, end in document.sentences if document.dateline)


SEEDS = ["A", "A ", "a\n", "Aa Bb\n", "By A ", "1 May 2014\n", "date: ", "A, ", "- ", "# ", "\n", " ", "A@", "Posted: "]


@pytest.mark.parametrize("seed", SEEDS)
def test_time_is_linear(seed: str) -> None:
    grows_no_faster_than_its_input(lambda n: read_opening(seed * n))
    grows_no_faster_than_its_input(lambda n: read_opening("Title\n" + seed * n + "\n5 May 2015\nx", "Title"))


@pytest.mark.shared
def test_the_real_article(shared: Path) -> None:
    path = next((shared / "articles").glob("2014-08-23*"))
    document = document_from_text(None, path.read_text(encoding="utf-8"))
    assert document.author == "Bill Van Auken"
    assert document.published == date(2014, 8, 23)
    assert (document.title or "").startswith("Sectarian massacre")
    assert document.dateline is None

"""Web pages: the article and nothing beside it."""

import socket
from datetime import date
from typing import NoReturn

import pytest

from geoevents.articles.media import HTML
from geoevents.model import Document
from tests.articles.reading import document, problem, read
from tests.timing import grows_no_faster_than_its_input

HEAD = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Market shelling in Karsa kills seven | The Harbour Post</title>
<meta property="og:title" content="Market shelling in Karsa kills seven">
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Maria Lind">
<link rel="canonical" href="https://post.example/karsa">
<meta property="article:published_time" content="2015-03-02T21:14:00+02:00">
<meta property="article:modified_time" content="2019-01-01T00:00:00Z">
<script>var x = "<p>not text</p>";</script><style>p { color: red }</style></head>"""
LEAD = "At least seven people were killed when mortar shells struck the market of Karsa on Monday, the governor said."
SECOND = (
    "Rescue workers said that <b>three children</b> were among the dead. The governor blamed the Northern Front for it."
)
BODY = f"""<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to improve your experience on our site; so do our 800 partners.</p></div>
<main><article><h1>Market shelling in Karsa kills seven</h1><p class="byline">By Maria Lind</p>
<p>KARSA, March 2 (HP) &mdash; {LEAD}</p><p>{SECOND}</p>
<div class="advertisement"><p>Buy two pairs of shoes at Shoeland now, and get the third one free of charge!</p></div>
<h2>A year of shelling</h2><ul><li>January: four killed at the station</li><li>February: two killed</li></ul>
<table><tr><th>Month</th><th>Killed</th></tr><tr><td>January</td><td>4</td></tr></table>
<p>The hospital appealed for blood.<br>It has enough for two days only, one of its doctors said on the phone.</p>
</article>
<section id="comments" class="comments"><div class="comment"><p>Anna: 300 died in my town last year.</p></div></section>
<aside class="related"><h3>Related stories</h3><p><a href="/1">Storm kills 40 in Port Ellis</a></p></aside></main>
<footer><p>&copy; 2023 The Harbour Post. Subscribe to our newsletter for more.</p></footer></body></html>"""


def test_the_article_comes_without_what_is_around_it() -> None:
    found = document(HEAD + BODY, HTML)
    assert found.text.split("\n\n")[:4] == [
        "Market shelling in Karsa kills seven",
        f"KARSA, March 2 (HP) — {LEAD}",
        SECOND.replace("<b>", "").replace("</b>", ""),
        "A year of shelling",
    ]
    for clutter in ("Home", "cookies", "shoes", "Anna", "Storm", "newsletter", "not text", "color"):
        assert clutter not in found.text


def test_metadata_is_that_of_the_page() -> None:
    found = document(HEAD + BODY, HTML)
    assert (found.title, found.author, found.publisher) == (
        "Market shelling in Karsa kills seven",
        "Maria Lind",
        "The Harbour Post",
    )
    assert (found.published, found.published_from) == (date(2015, 3, 2), "metadata")
    assert (found.url, found.language) == ("https://post.example/karsa", "en")
    assert found.dateline is not None
    assert found.text[found.body_start :].startswith("At least seven")


def test_list_items_and_table_rows_have_lines_and_sentences_of_their_own() -> None:
    found = document(HEAD + BODY, HTML)
    assert "- January: four killed at the station\n- February: two killed\n" in found.text
    assert "Month | Killed\nJanuary | 4" in found.text
    sentences = [found.text[a:b] for a, b in found.sentences]
    assert {"- February: two killed", "4", "The hospital appealed for blood."} <= set(sentences)


LINKED = '<script type="application/ld+json">{}</script>'
TEXT = f"<article><p>{LEAD}</p><p>{SECOND}</p></article>"


@pytest.mark.parametrize(
    "head",
    [
        LINKED.format(
            '{"@type": "NewsArticle", "datePublished": "2015-03-02T21:14:00Z", "dateModified": "2019-01-01"}'
        ),
        LINKED.format('{"@graph": [{"@type": "WebSite"}, {"headline": "X", "datePublished": "2015-03-02"}]}'),
        '<meta itemprop="datePublished" content="2 March 2015">',
        '<meta name="DC.date.issued" content="20150302">',
        '<meta name="date" content="not a date"><meta name="pubdate" content="March 2, 2015">',
    ],
)
def test_the_date_is_found_where_pages_have_it(head: str) -> None:
    assert document(f"<html><head>{head}</head><body>{TEXT}</body></html>", HTML).published == date(2015, 3, 2)


def test_the_time_beside_the_heading_counts_and_that_of_a_teaser_does_not() -> None:
    teaser = '<article><h3>Other</h3><time datetime="2019-01-01">then</time></article>'
    own = f'<article><h1>Shelling</h1><time datetime="2015-03-02">2 March</time><p>{LEAD}</p><p>{SECOND}</p></article>'
    assert document(f"<html><body>{teaser}{own}</body></html>", HTML).published == date(2015, 3, 2)
    assert document(f"<html><body>{teaser}{TEXT}</body></html>", HTML).published is None


def test_a_class_on_the_whole_page_costs_no_text() -> None:
    page = f'<html><body class="ads"><div class="content related"><p>{LEAD}</p><p>{SECOND}</p></div></body></html>'
    assert document(page, HTML).text.startswith(LEAD)


OLD_PAGE = f"""<html><head><title>Karsa Daily</title></head><body><table><tr>
<td><font size=1><a href=/>Home</a><br><a href=/s>Sport</a><br>Today: 5 March 2021</font></td>
<td><h2>Two killed in ambush</h2><i>By Jane Doe<br>Karsa Daily, 14 March 2003</i><p>{LEAD}<br><br>{SECOND}<br><br>{LEAD}
It was the fourth attack of this month, and the police chief said that it would not be the last before the vote.</td>
<td><font size=1>Weather: 22&deg;C<br>Advertisement</font></td></tr></table></body></html>"""


def test_an_old_page_laid_out_by_a_table() -> None:
    found = document(OLD_PAGE, HTML)
    assert (found.title, found.author, found.published) == ("Two killed in ambush", "Jane Doe", date(2003, 3, 14))
    assert found.text.split("\n\n")[:2] == ["Two killed in ambush", LEAD]
    assert "Weather" not in found.text
    assert "Home" not in found.text


@pytest.mark.parametrize("label", ["Read more", "Also read", "RELATED", "See also"])
def test_pointers_to_other_articles_are_no_part_of_this_one(label: str) -> None:
    pointer = f'<p><strong>{label}:</strong> <a href="/x">Ten killed in a mine blast</a></p>'
    page = f"<html><body><article><p>{LEAD}</p>{pointer}<p>{SECOND}</p></article></body></html>"
    assert "Ten killed" not in document(page, HTML).text
    kept = f"<p>{label} of <a href='/x'>that</a>, the governor said, will be told by the commission he set up.</p>"
    assert "commission" in document(page.replace(pointer, kept), HTML).text


@pytest.mark.parametrize(
    "rest",
    [
        '<meta property="article:modified_time" content="2019-01-01">',
        "<footer>Copyright 2019</footer>",
        '<a href="/2019/01/01/x">Older</a>',
        LINKED.format("[" * 100_000),
        LINKED.format('{"datePublished": {"x": 1}, "headline": ["a", {"b": 2}]}'),
        LINKED.format("{not json"),
    ],
)
def test_no_date_is_made_of_anything_else(rest: str) -> None:
    assert document(f"<html><head>{rest}</head><body>{TEXT}{rest}</body></html>", HTML).published is None


def test_a_declared_encoding_is_used() -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>{}</p></html>'
    )
    sentence = "В результате обстрела посёлка погибли шесть мирных жителей. "
    assert sentence.strip() in document(page.format(sentence * 3).encode("cp1251"), HTML).text


def test_a_fragment_is_a_page_too() -> None:
    assert document("<p>Two men died.</p><p>One fled.</p>", HTML).text == "Two men died.\n\nOne fled."


@pytest.mark.parametrize("data", ["<html></html>", "<html><body><script>x</script></body></html>", "<!-- -->", "<"])
def test_a_page_without_text_is_a_problem(data: str) -> None:
    assert problem(data, HTML)


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("_no_network")
def test_nothing_is_fetched_and_no_entity_reads_a_file() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">'
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><html><head>'
        '<link rel="stylesheet" href="http://x.example/s.css"><base href="http://x.example/"></head><body>'
        f'<iframe src="http://x.example"></iframe><p>&x; &b; {LEAD}</p></html>'
    )
    assert "root:" not in document(page, HTML).text


HOSTILE = {
    "divs": "<div>",
    "spans": "<span>",
    "bold": "<b>a",
    "tables": "<table><tr><td>",
    "lists": "<ul><li>",
    "quotes": "<blockquote>",
    "links": "<a href=x>word</a> ",
    "bold words": "<b>x</b> ",
    "spans in words": "<span>x</span> ",
    "breaks": "word<br>",
    "items": "<li>x</li>",
    "cells": "<td>x</td>",
    "comments": "<!--",
    "less than": "<",
    "ampersands": "&amp;",
    "forms": "<form><input>",
}


@pytest.mark.parametrize("seed", HOSTILE.values(), ids=HOSTILE)
def test_pages_made_to_take_time_do_not(seed: str) -> None:
    grows_no_faster_than_its_input(lambda n: read(f"<html><body><p>{LEAD}</p><p>" + seed * (n // 4), HTML))


def test_a_hundred_thousand_nested_elements_come_to_an_end() -> None:
    for record in read("<html><body>" + "<div><b>" * 50_000 + LEAD, HTML):
        assert isinstance(record, Document) or record.reason


def test_a_page_of_too_many_elements_is_a_problem() -> None:
    assert "elements" in problem("<html><body>" + "<p>x</p>" * 70_000, HTML)

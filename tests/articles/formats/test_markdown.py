"""Markdown as it is seen, and its front matter."""

from datetime import date
from itertools import pairwise

import pytest

from geoevents.articles.media import MARKDOWN
from geoevents.model import Document, Problem
from tests.articles.reading import document, read
from tests.timing import grows_no_faster_than_its_input

ARTICLE = """---
title: Shelling of the market
date: 2015-03-01
author: [Jane Doe, John Roe]
region: North
---
# Shelling of the market

A [shell](http://x.example) hit the **market** of _Karsa_; it cost \\$500 &amp; more.
Two people
died.

- three dead
- one *hurt*

1. first
2. second

| Place | Killed |
|-------|--------|
| Karsa | 3      |

<div class="x">A note</div> and <b>bold</b> text.
"""


def test_marks_go_and_the_layout_stays() -> None:
    found = document(ARTICLE, MARKDOWN)
    assert found.text.split("\n\n") == [
        "Shelling of the market",
        "A shell hit the market of Karsa; it cost $500 & more.\nTwo people\ndied.",
        "- three dead\n- one hurt",
        "1. first\n2. second",
        "Place | Killed\nKarsa | 3",
        "A note and bold text.",
    ]
    assert (found.title, found.author, found.published) == (
        "Shelling of the market",
        "Jane Doe, John Roe",
        date(2015, 3, 1),
    )
    assert found.extra == {"region": "North"}
    assert found.text[found.body_start :].startswith("A shell")


def test_without_front_matter_the_heading_is_the_title() -> None:
    found = document("# Two *killed* in Karsa\n\n3 May 2015\n\nTwo men died.\n", MARKDOWN)
    assert (found.title, found.published) == ("Two killed in Karsa", date(2015, 5, 3))


@pytest.mark.parametrize(
    ("matter", "reason"),
    [
        ("a: &a [x]\nb: *a", "aliases"),
        ("title: [open", "no YAML"),
        ("date: 2015-13-45", "no YAML"),
        ("x: !!python/object/apply:os.system [ls]", "no YAML"),
        ("x: " + "[" * 9000, "too deep"),
        ("x: " + "[" * 150, "no YAML"),
        ("x: " + "9" * 9000, "no YAML"),
        ("? [1]\n: x", "no YAML"),
        ("x: !!int [1]", "no YAML"),
    ],
)
def test_hostile_or_broken_front_matter_costs_only_itself(matter: str, reason: str) -> None:
    problem, found = read(f"---\n{matter}\n---\nTwo men died.", MARKDOWN)
    assert isinstance(problem, Problem)
    assert isinstance(found, Document)
    assert reason in problem.reason
    assert found.text == "Two men died."


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    matter = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for one, two in pairwise("abcdefghijkl"):
        matter += f"{two}: &{two} [{','.join([f'*{one}'] * 9)}]\n"
    problem, _ = read(f"---\n{matter}---\nTwo men died.", MARKDOWN)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("matter", ["just words", "- a\n- b", "1", ""])
def test_front_matter_that_is_no_mapping_is_nothing(matter: str) -> None:
    assert document(f"---\n{matter}\n---\nTwo men died.", MARKDOWN).extra == {}


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert "Two men died." in document("---\n\nTwo men died.\n", MARKDOWN).text


@pytest.mark.parametrize(
    "seed",
    [
        "[",
        "![",
        "*a ",
        "**a",
        "_a_",
        "`a",
        ">",
        "- ",
        "1. ",
        "<a",
        "<!--",
        "|a",
        "|a|b|\n",
        "[a]: b\n",
        "~~~\n",
        "---\n",
        "\\",
    ],
)
def test_time_is_linear(seed: str) -> None:
    grows_no_faster_than_its_input(lambda n: read(("x " + seed * n)[: n // 2], MARKDOWN))

"""The page in a real browser: it opens, asks nobody for anything, and shows what it holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.maps.demo import demo

pytestmark = pytest.mark.browser


def test_page_opens_and_asks_nobody(opened: Callable[..., Any], demo_page: Path) -> None:
    seen = opened().go(demo_page)
    seen.page.wait_for_timeout(300)
    assert seen.asked == []
    assert seen.errors == []
    assert seen.page.title() == "Fictional events"
    assert seen.page.inner_text("h1") == "Fictional events"
    assert seen.page.locator(".row").count() >= 8
    assert seen.page.inner_text(".total.events .total-figure") == str(len(demo()[0]))


def test_panel_shows_claims_quotes_and_links(opened: Callable[..., Any], demo_page: Path) -> None:
    seen = opened().go(demo_page)
    seen.page.get_by_role("button", name="Suicide bombing near Baquba").click()
    panel = seen.page.locator(".panel")
    panel.get_by_text("Corrections by people").wait_for()
    text = panel.inner_text()
    for words in ("64–75", "between 64 and 75", "a health official", "68+", "Read from 2 articles", "100 incidents"):
        assert (words in text) == (words != "100 incidents")
    marks = panel.locator("mark.number").all_inner_texts()
    assert "between 64 and 75" in marks
    links = panel.locator("a").evaluate_all("all => all.map(a => [a.href, a.rel])")
    assert ["https://example.org/mosque", "noopener noreferrer"] in links
    assert all(href.startswith("https://") for href, _ in links)
    assert seen.errors == []

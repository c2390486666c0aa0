"""Hostile texts in every field, in a real browser: none runs, none breaks the page, all are shown as text."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geoevents.maps import render_map, write_map
from geoevents.settings import MapSettings
from tests.maps.hostile import TEXTS, hostile_event

pytestmark = pytest.mark.browser
#: the longest texts make opening all panels slow, and are opened by a test of their own
LONG = 10_000
OPEN_ALL = """
async () => {
  const wait = () => new Promise((done) => setTimeout(done, 0));
  const seen = [];
  const rows = COUNT;
  document.querySelector("#order").value = "killed";
  document.querySelector("#order").dispatchEvent(new Event("change"));
  document.querySelectorAll(".row")[0].click();
  for (let i = 0; i < rows; i += 1) {
    const panel = document.querySelector(".panel");
    for (let j = 0; j < 500 && !panel.querySelector(".id"); j += 1) await wait();
    seen.push([
      panel.querySelector(".id").textContent,
      panel.querySelector(".speaker")?.textContent ?? "",
      panel.querySelectorAll("script, img, iframe, object, form, style, link, base, meta, details").length,
      [...panel.querySelectorAll("a")].map((a) => a.protocol),
    ]);
    panel.querySelectorAll(".panel-bar button")[1].click();
  }
  return seen;
}
"""


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) >= 200


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    texts = [text for text in TEXTS if len(text) <= LONG]
    title = " ".join(text for text in texts if len(text) < 200)
    write_map(
        [hostile_event(i, text) for i, text in enumerate(texts)],
        path,
        MapSettings(title=title, description=title),
        texts={text: text for text in texts},
        run={title: title, **{text: text for text in texts}},
    )
    return path


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "no policy"])
def test_nothing_runs_and_everything_is_shown(opened: Callable[..., Any], hostile_page: Path, bypass_csp: bool) -> None:
    texts = [text for text in TEXTS if len(text) <= LONG]
    # small and without motion: two hundred panels are opened, and the map would be drawn for each
    seen = opened(width=400, height=700, reduced_motion="reduce", bypass_csp=bypass_csp).go(hostile_page)
    seen.page.click("[data-show=list]")
    rows = seen.page.evaluate(OPEN_ALL.replace("COUNT", str(len(texts))))
    assert len({row[0] for row in rows}) == len(texts)
    spoken = {row[1] for row in rows}
    for text in texts:
        shown = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:100]
        if text and "\ud800" <= max(text) <= "\udfff":
            continue  # half a pair is shown as the sign for what cannot be shown
        assert any(one.startswith(shown) for one in spoken), repr(text[:60])
    assert all(row[2] == 0 for row in rows)
    assert {protocol for row in rows for protocol in row[3]} <= {"https:", "http:"}
    assert seen.page.evaluate("window.ran") is None
    assert seen.errors == []
    assert seen.asked == []


def test_the_rest_of_the_page_stands_too(opened: Callable[..., Any], hostile_page: Path) -> None:
    seen = opened().go(hostile_page)
    seen.page.click("#tab-filters")
    for facet in seen.page.locator(".facet > summary").all()[1:]:
        facet.click()
    seen.page.get_by_role("button", name="About this map").click()
    seen.page.keyboard.press("Escape")
    seen.page.fill("#search", "<script>")
    seen.page.locator(".chip").wait_for()
    seen.page.locator("#search:not([aria-busy])").wait_for()
    assert int(seen.page.inner_text(".total.events .total-figure")) >= 20
    seen.page.mouse.move(800, 400)
    seen.page.emulate_media(media="print")
    seen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert seen.page.locator(".print tbody tr").count() >= 20
    assert seen.page.evaluate("window.ran") is None
    assert seen.errors == []
    assert seen.asked == []


def test_exports_are_whole_and_hold_no_formula(opened: Callable[..., Any], hostile_page: Path) -> None:
    texts = [text for text in TEXTS if len(text) <= LONG]
    seen = opened(accept_downloads=True).go(hostile_page)
    files = {}
    for name in ("CSV", "GeoJSON"):
        seen.page.get_by_label("Save or print").click()
        with seen.page.expect_download() as caught:
            seen.page.get_by_role("button", name=f"as {name}").click()
        files[name] = Path(caught.value.path()).read_text(encoding="utf-8-sig", errors="replace")
    assert len(json.loads(files["GeoJSON"])["features"]) == len(texts)
    rows = list(csv.reader(io.StringIO(files["CSV"].replace("\x00", ""), newline="")))
    assert len(rows) == len(texts) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows[1:] for cell in row if not cell.lstrip("-").replace(".", "").isdigit()]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@pytest.mark.parametrize("text", [text for text in TEXTS if len(text) > LONG], ids=lambda text: repr(text[:4]))
def test_a_megabyte_of_text_is_cut_to_size(opened: Callable[..., Any], tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.html"
    write_map([hostile_event(1, text)], path, MapSettings(title=text, description=text))
    seen = opened().go(path)
    seen.page.locator(".row").click()
    seen.page.locator(".panel .id").wait_for()
    assert len(seen.page.inner_text(".panel")) < 20_000
    assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert seen.errors == []


def test_the_same_bytes_from_hostile_texts() -> None:
    events = [hostile_event(i, text) for i, text in enumerate(TEXTS) if len(text) < 1000]
    assert render_map(events) == render_map(list(events))

"""The page in a real browser: it opens, asks nobody for anything, and shows what it holds."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geoevents.exports.tables import write_table
from geoevents.maps import write_map
from geoevents.settings import MapSettings
from tests.maps.demo import demo, place, simple

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


def test_page_without_events_opens(opened: Callable[..., Any], tmp_path: Path) -> None:
    write_map([], tmp_path / "none.html")
    seen = opened().go(tmp_path / "none.html")
    assert seen.errors == []
    assert seen.page.inner_text(".total.events .total-figure") == "0"


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


def test_csv_is_the_one_that_geoevents_exports(opened: Callable[..., Any], demo_page: Path, tmp_path: Path) -> None:
    seen = opened(accept_downloads=True).go(demo_page)
    seen.page.get_by_label("Save or print").click()
    with seen.page.expect_download() as caught:
        seen.page.get_by_role("button", name="as CSV").click()
    saved = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    rows = {row["event_id"]: row for row in csv.DictReader(io.StringIO(saved, newline=""))}
    write_table(demo()[0], tmp_path / "events.csv")
    with (tmp_path / "events.csv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    assert list(rows[wanted[0]["event_id"]]) == list(wanted[0])
    for row in wanted:
        found = rows[row["event_id"]]
        for column, value in row.items():
            assert found[column] == value or float(found[column]) == float(value), (column, value)


def test_brush_play_and_reset(opened: Callable[..., Any], demo_page: Path) -> None:
    page = opened().go(demo_page).page
    shown = page.locator(".total.events .total-figure")
    box = page.locator(".time-chart").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.78, box["y"] + 20)
    page.mouse.up()
    assert 0 < int(shown.inner_text()) < len(demo()[0])
    assert "days=2014-08-2" in page.url
    assert page.locator(".chip", has_text="2014").count() == 1
    before = page.locator(".time-title").inner_text()
    page.get_by_role("button", name="Later").click()
    assert page.locator(".time-title").inner_text() != before
    page.get_by_label("with 1 event without a date").check()
    assert "undated=1" in page.url
    page.get_by_role("button", name="All dates").click()
    assert shown.inner_text() == str(len(demo()[0]))
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Pause").click()
    assert "days=" in page.url


def test_filters_say_what_they_leave_and_totals_follow(opened: Callable[..., Any], demo_page: Path) -> None:
    page = opened().go(demo_page).page
    page.click("#tab-filters")
    choice = page.locator(".facet[data-facet=kinds] label", has_text="Explosions and remote violence")
    left = choice.locator(".count").inner_text()
    choice.click()
    assert page.inner_text(".total.events .total-figure") == left == "5"
    assert page.inner_text(".total.killed .total-figure") == "85–125"
    page.fill("#filter-killed", "12")
    assert page.inner_text(".total.events .total-figure") == "3"
    page.get_by_role("button", name="Clear all").click()
    assert page.inner_text(".total.events .total-figure") == str(len(demo()[0]))


def without_view(url: str) -> list[str]:
    """Fragment of an address, without its first part."""
    return url.split("#")[1].split("&")[1:]


def test_a_link_opens_what_its_sender_saw(opened: Callable[..., Any], demo_page: Path) -> None:
    expect = pytest.importorskip("playwright.sync_api").expect
    sender = opened().go(demo_page).page
    sender.fill("#search", "mosul")
    sender.locator(".chip").wait_for()
    sender.select_option("#order", "killed")
    sender.locator(".row").first.click()
    sender.locator(".panel .id").wait_for()
    sender.wait_for_timeout(600)
    fragment = "#" + sender.url.split("#")[1]
    reader = opened(width=1000, height=600).go(demo_page, fragment).page
    reader.locator(".panel .id").wait_for()
    for part in (".panel .id", ".total.events .total-figure", ".panel-place", ".chip"):
        expect(reader.locator(part)).to_have_text(sender.locator(part).inner_text())
    assert without_view(reader.url) == without_view(sender.url)
    middles = [page.evaluate("[geoevents_map.getCenter().lat, geoevents_map.getZoom()]") for page in (reader, sender)]
    assert middles[0] == pytest.approx(middles[1], abs=0.005)


def test_events_at_one_spot_open_as_a_list(opened: Callable[..., Any], demo_page: Path) -> None:
    page = opened().go(demo_page, "#at=36.34,43.13,14").page
    box = page.locator(".canvas").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    assert "3 events here" in page.locator(".tip").inner_text()
    page.mouse.click(*middle)
    assert page.inner_text(".total.events .total-figure") == "3"
    assert {row.split("\n")[1] for row in page.locator(".row").all_inner_texts()} == {"Mosul, Nineveh, Iraq"}
    page.locator(".chip").click()
    assert page.inner_text(".total.events .total-figure") == str(len(demo()[0]))


def test_a_group_opens_by_zooming_in(opened: Callable[..., Any], demo_page: Path) -> None:
    page = opened().go(demo_page, "#at=34,44,3").page
    box = page.locator(".canvas").bounding_box()
    mosque = page.evaluate("geoevents_map.latLngToContainerPoint([33.83, 44.72])")
    at = (box["x"] + mosque["x"], box["y"] + mosque["y"])
    page.mouse.move(at[0] + 4, at[1] - 2)
    page.mouse.move(*at)
    assert "events here" in page.locator(".tip").inner_text()
    page.mouse.click(*at)
    page.wait_for_timeout(500)
    assert page.evaluate("geoevents_map.getZoom()") >= 4


DATE_LINE = [
    simple("suva", "Attack", "In Suva 3 died.", where=("In Suva", place("Suva", -18.1, 178.4, "PPLC"), 1, 5)),
    simple("apia", "Arrests", "In Apia five were held.", where=("In Apia", place("Apia", -13.8, -171.8, "PPLC"), 1, 5)),
]


def test_events_on_both_sides_of_the_date_line_are_neighbours(opened: Callable[..., Any], tmp_path: Path) -> None:
    write_map([event for event, _ in DATE_LINE], tmp_path / "map.html")
    seen = opened().go(tmp_path / "map.html")
    west, east = seen.page.evaluate("[geoevents_map.getBounds().getWest(), geoevents_map.getBounds().getEast()]")
    assert 160 < west < 178.4
    assert 188.2 < east < 200
    seen.page.get_by_role("button", name="Arrests").click()
    seen.page.wait_for_timeout(500)
    assert seen.page.evaluate("geoevents_map.getCenter().lng") == pytest.approx(188.2, abs=0.01)
    link = seen.page.url.split("#")[1]
    again = opened().go(tmp_path / "map.html", f"#{link}")
    assert again.page.evaluate("geoevents_map.getCenter().lng") == pytest.approx(188.2, abs=0.01)
    box = again.page.locator(".canvas").bounding_box()
    again.page.evaluate(
        "geoevents_map.setView([-18.1, -181.6], 6, { animate: false })"
    )  # the same spot, a turn to the west
    again.page.wait_for_timeout(300)
    again.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    again.page.locator(".panel-where", has_text="Suva").wait_for()
    assert seen.errors == again.errors == []


def test_moving_the_map_paints_it_only_once_it_rests(opened: Callable[..., Any], demo_page: Path) -> None:
    page = opened().go(demo_page).page
    painted = page.evaluate(
        """async () => {
          const map = geoevents_map;
          const canvas = document.querySelector(".leaflet-overlay-pane canvas");
          let times = 0;
          new MutationObserver(() => { times += 1; }).observe(canvas, { attributes: true, attributeFilter: ["width"] });
          for (let i = 0; i < 5; i += 1) {
            map.panBy([6, 3], { animate: false });
            await new Promise((done) => requestAnimationFrame(done));
          }
          const moving = times;
          await new Promise((done) => setTimeout(done, 600));
          return [moving, times];
        }"""
    )
    assert painted == [0, 1]
    before = page.url
    page.evaluate("geoevents_map.panBy([5000, 0], { animate: false })")
    page.wait_for_timeout(500)
    assert page.url != before


def test_language_and_theme_are_the_readers(opened: Callable[..., Any], demo_page: Path) -> None:
    seen = opened().go(demo_page)
    seen.page.get_by_label("Language").click()
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name="Українська").click()
    seen.page.wait_for_selector("#geoevents[data-ready]")
    assert seen.page.evaluate("document.documentElement.lang") == "uk"
    assert "подій" in seen.page.inner_text(".total.events")
    before = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    seen.page.get_by_role("button", name="Світла або темна тема").click()
    assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert seen.errors == []


def test_tiles_are_asked_for_only_where_they_were_wished(opened: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_map(demo()[0], path, MapSettings(tiles=("https://{s}.tile.example.org/{z}/{x}/{y}.png",)))
    seen = opened()
    seen.page.route("**/*", lambda route: route.abort() if "example.org" in route.request.url else route.continue_())
    seen.go(path)
    seen.page.wait_for_timeout(300)
    assert seen.asked
    assert all(".tile.example.org/" in url for url in seen.asked)
    assert "tile.example.org" in seen.page.inner_text(".credits")
    asked = len(seen.asked)
    seen.page.select_option(".map-buttons select", label="Outlines (offline)")
    seen.page.get_by_role("button", name="Zoom in").click()
    seen.page.wait_for_timeout(500)
    assert len(seen.asked) == asked
    assert "tile.example.org" not in seen.page.inner_text(".credits")


def test_what_is_drawn_is_what_is_known(opened: Callable[..., Any], demo_page: Path) -> None:
    """A region event hatches its region, a near one has a circle of true size, an exact one is a point."""
    page = opened().go(demo_page, "#at=33.83,44.72,8&group=0").page
    pixels = page.evaluate(
        """() => {
          const canvas = document.querySelector(".leaflet-overlay-pane canvas");
          const c = canvas.getContext("2d");
          const map = geoevents_map;
          const origin = L.DomUtil.getPosition(canvas);
          const ink = (lat, lng) => {
            const p = map.latLngToLayerPoint([lat, lng]).subtract(origin).round();
            let sum = 0;
            for (const value of c.getImageData(p.x - 6, p.y - 6, 12, 12).data) sum += value;
            return sum;
          };
          return { region: ink(34.35, 45.2), circle: ink(33.83, 44.9), outside: ink(33.2, 43.2) };
        }"""
    )
    assert pixels["region"] > 0
    assert pixels["circle"] > 0
    assert pixels["outside"] == 0


def test_an_old_browser_is_told(opened: Callable[..., Any], demo_page: Path) -> None:
    page = opened().page
    page.add_init_script("delete window.DecompressionStream")
    page.goto(demo_page.as_uri())
    page.get_by_role("alert").wait_for()
    assert "too old" in page.get_by_role("alert").inner_text()

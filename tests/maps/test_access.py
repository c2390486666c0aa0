"""The page for all readers: axe-core finds no violation in any view; keyboard alone suffices; small and large print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geoevents.maps import write_map
from geoevents.settings import MapSettings
from tests.maps.conftest import REQUIRED
from tests.maps.demo import demo

pytestmark = pytest.mark.browser

#: WCAG 2.2 A and AA, and axe's best practices
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 360, "height": 740, "has_touch": True}


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script."""
    module = (
        __import__("axe_playwright_python") if REQUIRED else pytest.importorskip("axe_playwright_python")
    )  # in CI it must be there
    return (Path(module.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the demo page with settings, once."""
    folder = tmp_path_factory.mktemp("access")
    events, texts = demo()

    def make(**settings: Any) -> Path:
        path = folder / f"{'-'.join(map(str, settings.values())) or 'plain'}.html"
        if not path.exists():
            about = MapSettings(title="Fictional events", **settings)
            write_map(events, path, about, texts=texts, run={"articles": 14})
        return path

    return make


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds wrong in the page as it stands."""
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, { runOnly: tags }).then(result => result.violations)", RULES)
    return [f"{v['id']}: {v['help']}: {[node['html'][:160] for node in v['nodes']][:3]}" for v in found]


def open_panel(page: Any) -> None:
    page.locator(".row").nth(2).click()
    page.locator(".panel .id").wait_for()


def open_filters(page: Any) -> None:
    page.locator("#tab-filters, [data-show=filters]").locator("visible=true").first.click()
    page.evaluate("document.querySelectorAll('.facet').forEach((facet) => { facet.open = true; })")
    page.locator("#filter-killed").fill("3")


def open_about(page: Any) -> None:
    page.get_by_role("button", name="About this map").click()


def open_menu(page: Any) -> None:
    page.get_by_label("Save or print").click()


def open_legend(page: Any) -> None:
    page.locator(".legend > summary").click()


def brush(page: Any) -> None:
    page.locator(".handle").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")


def show_list(page: Any) -> None:
    page.locator("[data-show=list]").click()


VIEWS = {
    "list": lambda page: None,
    "panel": open_panel,
    "filters": open_filters,
    "about": open_about,
    "menu": open_menu,
    "legend": open_legend,
    "time": brush,
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_on_a_desktop(opened: Callable[..., Any], page_in: Callable[..., Path], axe: str, view: str) -> None:
    seen = opened(bypass_csp=True).go(page_in())
    VIEWS[view](seen.page)
    assert violations(seen.page, axe) == []
    seen.page.emulate_media(color_scheme="dark")
    seen.page.locator("html[data-theme=dark]").wait_for(state="attached")
    assert violations(seen.page, axe) == []


@pytest.mark.parametrize("view", ["map", "list", "panel", "filters"])
def test_axe_on_a_phone(opened: Callable[..., Any], page_in: Callable[..., Path], axe: str, view: str) -> None:
    seen = opened(**PHONE, bypass_csp=True).go(page_in())
    if view in ("list", "panel"):
        show_list(seen.page)
    if view == "panel":
        open_panel(seen.page)
    if view == "filters":
        open_filters(seen.page)
    assert violations(seen.page, axe) == []


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_axe_in_other_languages(
    opened: Callable[..., Any], page_in: Callable[..., Path], axe: str, language: str
) -> None:
    seen = opened(bypass_csp=True).go(page_in(language=language))
    open_panel(seen.page)
    assert violations(seen.page, axe) == []


def test_axe_in_a_frame(opened: Callable[..., Any], page_in: Callable[..., Path], axe: str) -> None:
    seen = opened(width=600, height=450, bypass_csp=True).go(page_in(embed=True))
    assert [found for found in violations(seen.page, axe) if not found.startswith("page-has-heading-one")] == []


BEYOND = """
() => [...document.querySelectorAll("header *, .side *, .panel *, .timeline *, .views *")]
  .filter((e) => e.checkVisibility() && !e.closest("svg, .visually-hidden, .scroller, .skip, .menu-body"))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))
  .map(([e]) => e.outerHTML.slice(0, 90))
"""


@pytest.mark.parametrize("view", ["map", "list", "panel"])
def test_nothing_is_cut_off_at_any_width(opened: Callable[..., Any], page_in: Callable[..., Path], view: str) -> None:
    """360 px is a small phone; 640 px is 1280 px at 200 %; 320 px is WCAG's reflow."""
    page = opened(width=640, height=700).go(page_in()).page
    if view != "map":
        show_list(page)
    if view == "panel":
        open_panel(page)
    for width in (320, 360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate(BEYOND) == [], width


def test_keyboard_alone_reaches_everything(opened: Callable[..., Any], page_in: Callable[..., Path]) -> None:
    page = opened().go(page_in()).page
    focused = "document.activeElement.className || document.activeElement.id || document.activeElement.tagName"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "skip"
    page.keyboard.press("Enter")
    assert "row" in page.evaluate(focused)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert "Suicide bombing" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "panel-title"
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert "Suicide bombing" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.closest('li').getAttribute('aria-posinset')") == str(len(demo()[0]))
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('[class]')?.classList[0] ?? ''"))
        if page.evaluate("document.activeElement === document.body"):
            break
    assert {"canvas", "button", "handle", "select", "legend"} <= reached | {
        page.evaluate("document.querySelector('.legend') ? 'legend' : ''")
    }


def test_every_control_has_a_name(opened: Callable[..., Any], page_in: Callable[..., Path]) -> None:
    page = opened().go(page_in()).page
    open_panel(page)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, [role=slider], summary")]
        .filter((e) => e.checkVisibility())
        .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
        .map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_filtering_is_told_to_those_who_listen(opened: Callable[..., Any], page_in: Callable[..., Path]) -> None:
    page = opened().go(page_in()).page
    page.fill("#search", "mosul")
    page.locator(".chip").wait_for()
    page.locator(".visually-hidden[role=status]", has_text="of 14 events").wait_for(state="attached")
    told = page.locator(".visually-hidden[role=status]").text_content()
    assert told.startswith("3 of 14 events. Killed 31+")


def test_reduced_motion_moves_nothing(opened: Callable[..., Any], page_in: Callable[..., Path]) -> None:
    page = opened(reduced_motion="reduce").go(page_in()).page
    assert page.evaluate("geoevents_map.options.zoomAnimation") is False
    open_panel(page)
    zoom = page.evaluate("geoevents_map.getZoom()")
    assert zoom == 8


def test_controls_are_large_enough_to_touch(opened: Callable[..., Any], page_in: Callable[..., Path]) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels; links in text are excepted."""
    page = opened(**PHONE).go(page_in()).page
    for view in ("map", "list", "filters"):
        page.locator(f"[data-show={view}]").click()
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, select, summary, input:not([type=checkbox]), .handle")]
            .filter((e) => e.checkVisibility())
            .map((e) => [e, e.getBoundingClientRect()])
            .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24)
            .map(([e]) => e.outerHTML.slice(0, 90))"""
        )
        assert small == []

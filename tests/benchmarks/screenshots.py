"""The pictures in ``docs/pictures``: ``PYTHONPATH=$PWD python tests/benchmarks/screenshots.py``.

They show the example articles, which are fictional, as ``geoevents run`` reads them today; run it again when the page
or the reading changes, and look at what came out. It takes Chromium, as the tests in a browser do.
"""

import argparse
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PIL import Image

import geoevents
from geoevents.maps import write_map, write_static_map
from geoevents.outputs import SparseTexts
from geoevents.settings import MapSettings
from tests.maps.conftest import ARGUMENTS, CHROMIUM

ROOT: Final = Path(__file__).resolve().parents[2]
TITLE: Final = "Events of the example articles"
DESCRIPTION: Final = "None of this happened: the articles were written for geoevents."
#: Colours of a picture: enough for a map, and a third of the bytes.
COLOURS: Final = 256


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: which page, how large, what is done before."""

    name: str
    page: str = "en"
    fragment: str = ""
    width: int = 1440
    height: int = 900
    full: bool = False
    act: Callable[[Any], None] | None = None
    browser: dict[str, Any] = field(default_factory=dict)


def disputed(page: Any) -> None:
    """Open the deadliest event whose number killed is a range."""
    page.select_option("#order", "killed")
    page.locator(".row:has(.figure:text-matches('–'))").first.click()


def filtered(page: Any) -> None:
    """Choose a kind of event, and show the filters."""
    page.click("#tab-filters")
    page.locator(".facet[data-facet=kinds] label").first.click()


def on_paper(page: Any) -> None:
    """Show what would be printed on A4."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})


def legend(page: Any) -> None:
    """Open the legend."""
    page.locator(".legend > summary").click()


def as_list(page: Any) -> None:
    """Show the list on a phone."""
    page.locator(".views button[data-show=list]").click()


SHOTS: Final = (
    Shot(name="desktop", act=legend),
    Shot(name="event", act=disputed, height=1000),
    Shot(name="filters", act=filtered),
    Shot(name="dark", act=disputed, browser={"color_scheme": "dark"}),
    Shot(name="phone", width=360, height=740, browser={"has_touch": True}),
    Shot(name="phone-list", width=360, height=740, act=as_list, browser={"has_touch": True}),
    Shot(name="arabic", page="ar"),
    Shot(name="embed", page="embed", width=800, height=480),
    Shot(name="print", act=on_paper, full=True),
)


def write_pages(folder: Path) -> None:
    """Read the example articles and write the pages, and the picture for print."""
    result = geoevents.run([str(ROOT / "examples" / "articles")])
    texts = SparseTexts(result.contexts)
    looks = {
        "en": MapSettings(title=TITLE, description=DESCRIPTION),
        "ar": MapSettings(title="أحداث المقالات النموذجية", description="لم يقع شيء من هذا.", language="ar"),
        "embed": MapSettings(title=TITLE, embed=True),
    }
    for name, look in looks.items():
        write_map(result.events, folder / f"{name}.html", look, texts=texts, run={"articles": len(result.sources)})
    write_static_map(result.events, folder / "static.png", looks["en"])


def small(picture: bytes) -> bytes:
    """Write a PNG again with few colours."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    found = io.BytesIO()
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE).save(
        found, "png", optimize=True
    )
    return found.getvalue()


def shoot(browser: Any, shot: Shot, pages: Path) -> bytes:
    """Open a page, do what is to be done and take a picture."""
    context = browser.new_context(viewport={"width": shot.width, "height": shot.height}, **shot.browser)
    page = context.new_page()
    page.goto(f"{(pages / f'{shot.page}.html').as_uri()}{shot.fragment}")
    page.wait_for_selector("#geoevents[data-ready]")
    if shot.act:
        shot.act(page)
    page.wait_for_timeout(1000)
    picture: bytes = page.screenshot(full_page=shot.full)
    context.close()
    return picture


def main() -> None:
    """Write the pictures; say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    executable = next(path for path in CHROMIUM if Path(path).exists())
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        pages = Path(temporary)
        write_pages(pages)
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        pictures = {shot.name: shoot(browser, shot, pages) for shot in SHOTS}
        browser.close()
        pictures["static"] = (pages / "static.png").read_bytes()
    for name, picture in pictures.items():
        path = folder / f"map-{name}.png"
        path.write_bytes(small(picture))
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

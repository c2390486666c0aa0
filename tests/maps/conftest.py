"""What the tests of the map share: a browser where there is one, and pages to open in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geoevents.maps import write_map
from geoevents.settings import MapSettings
from tests.maps.demo import demo

#: set in CI: a missing browser or node is then a failure, not a reason to skip
REQUIRED = os.environ.get("GEOEVENTS_REQUIRE_BROWSER") == "1"
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]


def skip(reason: str) -> None:
    """Skip with a reason, or fail with it where skipping is not allowed."""
    if REQUIRED:
        pytest.fail(f"GEOEVENTS_REQUIRE_BROWSER is set, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for all tests."""
    sync_api = (
        pytest.importorskip("playwright.sync_api") if not REQUIRED else __import__("playwright.sync_api").sync_api
    )
    executable = next((path for path in CHROMIUM if Path(path).exists()), None)
    if executable is None:
        skip("there is no Chromium (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Opened:
    """A page in the browser, with all that it asked for and complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def go(self, path: Path, fragment: str = "") -> "Opened":
        """Open a file and wait until the page says that it is ready."""
        self.page.goto(f"{path.as_uri()}{fragment}")
        self.page.wait_for_selector("#geoevents[data-ready]", timeout=60_000)
        return self

    @property
    def asked(self) -> list[str]:
        """Requests that left the page's own file."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Open pages: ``opened(width=…, height=…, …)`` takes the options of a browser context."""
    contexts = []

    def make(width: int = 1280, height: int = 800, **options: Any) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return Opened(context.new_page())

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def demo_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the demo events."""
    events, texts = demo()
    path = tmp_path_factory.mktemp("map") / "demo.html"
    settings = MapSettings(title="Fictional events", description="None of this happened.")
    write_map(events, path, settings, texts=texts, run={"articles": len(texts), "problems": 0})
    return path

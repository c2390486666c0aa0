"""Sizes, times and smoothness of the map page: ``PYTHONPATH=$PWD python tests/benchmarks/map.py``.

Times of Python are processor time, the least of three runs; folium's MarkerCluster loop runs in the same process for
comparison, also the least of three. Times of the browser are from navigation to the second frame after the page says
it is ready, the median of several openings; beside them stands the processor time of the page's thread, which other
work on the machine does not lengthen.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geoevents.maps import render_map
from geoevents.model import Event
from tests.maps.conftest import ARGUMENTS, CHROMIUM
from tests.maps.demo import many

SIZES = (0, 2_000, 10_000, 100_000)
FRAMES = """
() => new Promise((done) => {
  const map = geoevents_map;
  const times = [];
  let last = performance.now();
  let step = 0;
  const frame = (now) => {
    times.push(now - last);
    last = now;
    step += 1;
    if (step > 90) { done(times.slice(1)); return; }
    map.panBy([step % 30 < 15 ? 12 : -12, step % 20 < 10 ? 6 : -6], { animate: false });
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})
"""
DRAG = """
() => new Promise((done) => {
  const times = [];
  let last = performance.now();
  window.dragging = true;
  const frame = (now) => {
    times.push(now - last);
    last = now;
    if (window.dragging) requestAnimationFrame(frame);
    else done(times.slice(1));
  };
  requestAnimationFrame(frame);
})
"""
READY = """
() => new Promise((done) => {
  const look = () => document.querySelector("#geoevents[data-ready]")
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
    : setTimeout(look, 5);
  look();
})
"""


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor time of a call, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def marker_cluster(events: list[Event]) -> str:
    """What one would write with folium: a loop of markers with five fields each."""
    import folium
    from folium.plugins import MarkerCluster

    shell = folium.Map(tiles=None)
    cluster = MarkerCluster().add_to(shell)
    for event in events:
        assert event.where is not None
        killed = f"{event.killed.low}-{event.killed.high}" if event.killed else "not stated"
        when = event.when.start.isoformat() if event.when else ""
        text = f"{event.sub_event_type}<br>{when}<br>{event.where.place.name}<br>{killed}<br>{event.quotes[0].text}"
        folium.Marker([event.where.latitude, event.where.longitude], popup=text).add_to(cluster)
    html: str = shell.get_root().render()
    return html


def in_python(pages: Path) -> None:
    """Write the pages; print their sizes and times."""
    render_map(many(10))  # imports and the base map are loaded
    ten_thousand = many(10_000)  # made before, as for the page: only the map is measured
    loops = [cpu(lambda: marker_cluster(ten_thousand)) for _ in range(3)]
    baseline, html = min(seconds for seconds, _ in loops), loops[0][1]
    print(f"folium MarkerCluster loop, 10,000: {baseline:.2f} s, {len(html.encode()) / 1e6:.2f} MB")
    for size in SIZES:
        events = many(size)
        runs = [cpu(lambda events=events: render_map(events)) for _ in range(3)]  # type: ignore[misc]  # bound at once
        seconds, html = min(run[0] for run in runs), runs[0][1]
        (pages / f"{size}.html").write_text(html, encoding="utf-8")
        share = f"{seconds / baseline:.3f} of the loop"
        print(f"page of {size:,}: {seconds:.2f} s, {len(html.encode()) / 1e6:.3f} MB, {share}", flush=True)


def in_browser(pages: Path, openings: int) -> None:
    """Open the pages; print when they are ready and how long frames take."""
    from playwright.sync_api import sync_playwright

    executable = next(path for path in CHROMIUM if Path(path).exists())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for size in SIZES:
            times, thread_times = [], []
            for _ in range(openings):
                page = chromium.new_page(viewport={"width": 1280, "height": 800})
                thread = ThreadTime(page)
                page.goto((pages / f"{size}.html").as_uri(), wait_until="commit")
                times.append(page.evaluate(READY) / 1000)
                thread_times.append(thread.seconds())
                if len(times) == 1 and size:
                    print(f"{size:,}: frames while panning {frames(page, thread)}", flush=True)
                page.close()
            print(
                f"{size:,}: ready after {statistics.median(times):.2f} s (of {[round(t, 2) for t in times]}), "
                f"processor time {statistics.median(thread_times):.2f} s",
                flush=True,
            )
        chromium.close()


class ThreadTime:
    """Processor time of a page's main thread."""

    def __init__(self, page: Any) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def seconds(self) -> float:
        """Processor time since the page was made."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def frames(page: Any, thread: ThreadTime) -> str:
    """Median and 95th percentile of frame times: moved by script each frame, and dragged by the mouse."""
    before = thread.seconds()
    results = {"by script": page.evaluate(FRAMES)}
    spent = 1000 * (thread.seconds() - before) / len(results["by script"])
    page.evaluate(f"() => {{ window.frames_ = ({DRAG.strip()})(); }}")  # not waited for
    page.mouse.move(800, 400)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(800 + 4 * (step if step < 30 else 60 - step), 400 + 2 * step)
    page.mouse.up()
    results["by mouse"] = page.evaluate("() => { window.dragging = false; return window.frames_; }")
    said = ", ".join(
        f"{name} {statistics.median(times):.0f} ms (95 %: {sorted(times)[int(0.95 * len(times))]:.0f} ms)"
        for name, times in results.items()
    )
    return f"{said}; by script {spent:.0f} ms of processor time each"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--openings", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder for the pages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        pages = options.keep or Path(temporary)
        pages.mkdir(parents=True, exist_ok=True)
        in_python(pages)
        in_browser(pages, options.openings)


if __name__ == "__main__":
    main()

"""How long ``geoevents --help`` takes beside a bare Python: ``python tests/benchmarks/start.py``.

Medians of several runs of each, taken in turn; the bar is 3 × bare Python + 150 ms.
"""

import statistics
import subprocess
import sys
import time

RUNS = 15
BARE = [sys.executable, "-c", "pass"]
HELP = [sys.executable, "-m", "geoevents", "--help"]


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure both in turn."""
    pairs = [(seconds(BARE), seconds(HELP)) for _ in range(RUNS)]
    bare, shown = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(
        f"python -c pass {bare * 1000:.0f} ms, geoevents --help {shown * 1000:.0f} ms, bar {3000 * bare + 150:.0f} ms"
    )


if __name__ == "__main__":
    main()

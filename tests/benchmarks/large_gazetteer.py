"""A gazetteer of millions of places: written, built, opened, asked.

``python tests/benchmarks/large_gazetteer.py --places 12000000 --names 15000000 --folder /tmp/large`` writes a made-up
dump in GeoNames' format (19 columns; as many countries, divisions, kinds and namesakes as its own) and a file of
alternate names, builds a gazetteer of them, opens it and looks up 10,000 names. Every step runs in a process of its own
and says its time and its peak memory. Files that are there are kept and used again.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

LOOK_UPS = 10_000
#: the file is opened so often, and each name's least time counts: the machine may be busy. Each opening begins with
#: nothing read or checked; what the system keeps of the file stays
OPENINGS = 3
COUNTRIES, DIVISIONS, DISTRICTS = 250, 15, 12
#: places by feature class and code, about as often as in GeoNames
KINDS = (("P", "PPL", 40), ("H", "STM", 17), ("T", "HLL", 12), ("S", "FRM", 15), ("L", "LCTY", 8), ("T", "MT", 8))
#: a third of all places bear one of so many names, the most frequent of them 5,000 of 12 million places
SHARED_NAMES = 20_000
SYLLABLES = tuple(
    a + b for a in "b ch d f g h j k l m n p q r s sh t v w y z".split() for b in "a e i o u ai ar en".split()
)
LETTERS = {"Latn": SYLLABLES, "Arab": tuple("بتثجحخدرزسشصضطعغفقكلمنهوي"), "Cyrl": tuple("бвгджзклмнпрстфхцчшаеиоу")}
LANGUAGES = (("en", "Latn"), ("fr", "Latn"), ("ar", "Arab"), ("ru", "Cyrl"), ("", "Latn"), ("link", "Latn"))


def names(seed: int, script: str = "Latn") -> Iterator[str]:
    """Names of one to three words; one in three is among those that many places bear."""
    dice = random.Random(f"{seed}{script}")
    pick, parts = dice.random, LETTERS[script]

    def word() -> str:
        return "".join(dice.choices(parts, k=2 + int(3 * pick()))).capitalize()

    shared = [" ".join(word() for _ in range(1 + int(2 * pick()))) for _ in range(SHARED_NAMES)]
    while True:
        if pick() < 1 / 3:
            yield shared[int(SHARED_NAMES * pick() ** 1.5)]
        else:
            yield " ".join(word() for _ in range(1 + int(2.4 * pick())))


def country(i: int) -> str:
    """Two letters for a number."""
    return chr(65 + i // 26) + chr(65 + i % 26)


def divisions() -> Iterator[tuple[str, str, str, str, str]]:
    """Feature class and code, country, first- and second-order code of every area."""
    for i in range(COUNTRIES):
        yield "A", "PCLI", country(i), "00", ""
        for j in range(DIVISIONS):
            yield "A", "ADM1", country(i), f"{j:02}", ""
            for k in range(DISTRICTS):
                yield "A", "ADM2", country(i), f"{j:02}", f"{j}{k}"


def places(dice: random.Random) -> Iterator[tuple[str, str, str, str, str]]:
    """The same of places, without end."""
    pick = dice.random
    kinds = dice.choices([kind[:2] for kind in KINDS], [kind[2] for kind in KINDS], k=100_000)
    while True:
        letter, code = kinds[int(100_000 * pick())]
        j = int(DIVISIONS * pick())
        yield letter, code, country(int(COUNTRIES * pick())), f"{j:02}", f"{j}{int(DISTRICTS * pick())}"


def write_places(path: Path, count: int) -> None:
    """Write a dump."""
    dice, spelled = random.Random(1), names(1)
    pick = dice.random
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for i, (letter, code, land, first, second) in enumerate(islice(_all(dice), count), 1):
            name, latitude, longitude = next(spelled), 160 * pick() - 80, 360 * pick() - 180
            people = int(1000 / (pick() + 0.001)) if letter == "P" else 0
            file.write(
                f"{i}\t{name}\t{name}\t\t{latitude:.5f}\t{longitude:.5f}\t{letter}\t{code}\t{land}\t\t{first}\t{second}"
                f"\t\t\t{people}\t\t{int(900 * pick())}\tEurope/Zenda\t2026-01-01\n"
            )


def _all(dice: random.Random) -> Iterator[tuple[str, str, str, str, str]]:
    yield from divisions()
    yield from places(dice)


def write_names(path: Path, count: int, places_count: int) -> None:
    """Write a file of alternate names."""
    dice = random.Random(2)
    pick = dice.random
    spelled = {script: names(2, script) for script in LETTERS}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for i in range(1, count + 1):
            language, script = LANGUAGES[int(len(LANGUAGES) * pick())]
            name = next(spelled[script])
            file.write(f"{i}\t{1 + int(places_count * pick())}\t{language}\t{name}\t\t\t\t\t\t\n")


def build(folder: Path) -> dict[str, object]:
    """Build the gazetteer."""
    from geoevents.places.building import build_gazetteer

    reading = build_gazetteer(
        folder / "large.gaz", geonames=[folder / "places.txt"], alternate_names=[folder / "names.txt"]
    )
    size = (folder / "large.gaz").stat().st_size
    return {"rows": reading.rows, "passed over": reading.passed_over, "file, MB": round(size / 1e6)}


def use(folder: Path) -> dict[str, object]:
    """Open it and look names up: half that some place bears, half alternate names, and some that are none."""
    from geoevents.places.gazetteer import Gazetteer

    wanted = list(islice(names(1), 3 * LOOK_UPS))[2 * LOOK_UPS :: 2] + list(islice(names(2), LOOK_UPS // 2))
    wanted = [*wanted[: LOOK_UPS - 500], *(f"{name} Nowhere" for name in wanted[:500])]
    found, opened = 0, []
    times: dict[str, list[list[float]]] = {"rows": [], "best place": []}
    for _ in range(OPENINGS):
        started = time.perf_counter(), time.process_time()
        gazetteer = Gazetteer.open(folder / "large.gaz")
        opened.append((time.perf_counter() - started[0], time.process_time() - started[1]))
        found = _timed(gazetteer.hits, wanted, times["rows"])
        gazetteer.close()
        gazetteer = Gazetteer.open(folder / "large.gaz")
        _timed(partial(gazetteer.find, limit=1), wanted, times["best place"])
        gazetteer.close()
    facts: dict[str, object] = {
        "places": len(gazetteer),
        "open wall, s": round(opened[0][0], 3),
        "open processor, s": round(opened[0][1], 3),
        "found, share": round(found / len(wanted), 3),
    }
    for what, passes in times.items():
        least = sorted(map(min, zip(*passes, strict=True)))
        facts[f"{what}, median µs"] = round(statistics.median(least), 1)
        facts[f"{what}, 99th µs"] = round(least[len(least) * 99 // 100], 1)
        facts[f"{what}, median µs of each opening"] = [round(statistics.median(one), 1) for one in passes]
    return facts


def _timed(look_up: Callable[[str], object], names: list[str], passes: list[list[float]]) -> int:
    """How many of the names are found; the processor times in µs are added to `passes`."""
    found, times = 0, []
    for name in names:
        begun = time.thread_time_ns()
        found += bool(look_up(name))
        times.append((time.thread_time_ns() - begun) / 1000)
    passes.append(times)
    return found


STEPS: dict[str, Callable[[Path], dict[str, object]]] = {"build": build, "use": use}


def measured(step: str, folder: Path) -> dict[str, object]:
    """Do a step in this process."""
    started = time.perf_counter(), time.process_time()
    facts = STEPS[step](folder)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return facts | {
        "wall, s": round(time.perf_counter() - started[0], 1),
        "processor, s": round(time.process_time() - started[1], 1),
        "peak memory, MB": int(status.partition("VmHWM:")[2].split()[0]) // 1024,
    }


def main() -> None:
    """Write what is not there, then do each step in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=1_250_000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(measured(options.step, options.folder)))
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    if not (options.folder / "places.txt").exists():
        write_places(options.folder / "places.txt", options.places)
    if not (options.folder / "names.txt").exists():
        write_names(options.folder / "names.txt", options.names, options.places)
    for step in STEPS:
        command = [sys.executable, __file__, "--step", step, "--folder", str(options.folder)]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        print(step, result.stdout.strip(), flush=True)


if __name__ == "__main__":
    main()

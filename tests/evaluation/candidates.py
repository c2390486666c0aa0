"""How many gold toponyms have a candidate near the gold point: ``python tests/evaluation/candidates.py FILE.jsonl…``.

For every toponym with coordinates, its words as they stand are looked up; it counts where any candidate lies within
161 km (100 miles) of the gold point. Also tells how often the most important candidate is the right one (no context:
the baseline that a resolver must beat). ``--misses N`` lists what is missing, by class.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geoevents.geo import distance_km
from geoevents.places.gazetteer import Gazetteer

WITHIN_KM = 161.0


def toponyms(path: Path) -> Iterator[dict[str, Any]]:
    """Gold toponyms that have coordinates."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield from (t for t in json.loads(line)["toponyms"] if t.get("lat") is not None)


def recall(path: Path, gazetteer: Gazetteer) -> float:
    """Share of gold toponyms that have a candidate near the gold point."""
    near = [
        any(
            distance_km(gold["lat"], gold["lon"], p.latitude, p.longitude) <= WITHIN_KM
            for p in gazetteer.find(gold["text"])
        )
        for gold in toponyms(path)
    ]
    return sum(near) / len(near)


def main() -> None:
    """Measure each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="list the N most frequent misses of each class"
    )
    options = parser.parse_args()
    gazetteer = Gazetteer.open(options.gazetteer)
    for path in options.files:
        total = found = first = 0
        ways: Counter[str] = Counter()
        misses: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for gold in toponyms(path):
            total += 1
            away = [
                (distance_km(gold["lat"], gold["lon"], m.place.latitude, m.place.longitude), m.kind)
                for m in gazetteer.match(gold["text"])
            ]
            near = [kind for km, kind in away if km <= WITHIN_KM]
            found += bool(near)
            first += bool(away) and away[0][0] <= WITHIN_KM
            if near:
                ways[near[0]] += 1
            else:
                known = "known elsewhere" if away else "unknown"
                misses[f"{known}, {gold.get('fcode')}"][f"{gold['text']} ({gold['lat']:.2f}, {gold['lon']:.2f})"] += 1
        print(f"{path.name}: {total} toponyms with coordinates; candidate within 161 km: {found / total:.4f}; ", end="")
        print(f"most important one right: {first / total:.4f}")
        print("  ways:", ", ".join(f"{way} {count}" for way, count in ways.most_common()))
        for kind, counts in sorted(misses.items(), key=lambda item: -item[1].total())[: 40 if options.misses else 0]:
            print(f"  {kind}: {counts.total()}")
            print("     ", "; ".join(f"{name} ×{count}" for name, count in counts.most_common(options.misses)))


if __name__ == "__main__":
    main()

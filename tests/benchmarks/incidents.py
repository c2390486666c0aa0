"""Speed from text to incidents: ``python tests/benchmarks/incidents.py TEXTS.jsonl…``.

Microseconds of process time a word, least of five rounds, for places and for incidents, and as a multiple of finding
all words by a plain regular expression in the same run: where the machine is busy, the multiple is what to compare.
"""

import gc
import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from geoevents.incidents import IncidentReader
from geoevents.model import Document
from geoevents.places import PlaceFinder
from geoevents.settings import IncidentSettings, PlaceSettings
from geoevents.text.sentences import split_sentences

PUBLISHED = date(2014, 8, 23)
MOST = 60  # documents of each file
ROUNDS = 5
WORD = re.compile(r"\w+")


def least(run: Callable[[], object]) -> float:
    """Seconds of process time, least of `ROUNDS`."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def measure(path: Path) -> str:
    """Figures of one file."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()[:MOST]]
    documents = [
        Document(id=str(n), text=text, published=PUBLISHED, sentences=tuple(split_sentences(text)))
        for n, text in enumerate(texts)
    ]
    count = sum(len(text.split()) for text in texts)
    find = PlaceFinder.from_settings(PlaceSettings())
    reader = IncidentReader.from_settings(IncidentSettings())
    found = [find(document) for document in documents]
    gc.collect()
    gc.freeze()
    plain = least(lambda: [WORD.findall(text) for text in texts])
    parts = {
        "places": least(lambda: list(find.together(documents))),
        "incidents": least(lambda: [reader(d, places) for d, places in zip(documents, found, strict=True)]),
    }
    told = [f"{name} {1e6 * took / count:.1f} µs a word, {took / plain:.0f} ×" for name, took in parts.items()]
    return f"{path.name}: {count} words; {'; '.join(told)}; together {count / sum(parts.values()):.0f} words a second"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(measure(Path(name)), flush=True)

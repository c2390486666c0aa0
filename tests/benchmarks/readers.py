"""Speed of the readers of an incident: ``python tests/benchmarks/readers.py TEXTS.jsonl…``.

Microseconds of process time a word, best of five, and as a multiple of finding all words by a plain regular expression
in the same run (the machine may be busy: the multiple is what to compare).
"""

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from geoevents.incidents.actors import find_actors, find_attributions
from geoevents.incidents.dates import find_dates
from geoevents.incidents.kinds import find_triggers
from geoevents.incidents.reality import judge
from geoevents.text.sentences import split_sentences
from geoevents.text.words import read_words

PUBLISHED = date(2014, 8, 23)


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    texts = [json.loads(line)["text"] for name in sys.argv[1:] for line in Path(name).read_text("utf-8").splitlines()]
    count = sum(len(text.split()) for text in texts)
    start = time.process_time()
    spans = [split_sentences(text) for text in texts]
    read = [read_words(text, sentences) for text, sentences in zip(texts, spans, strict=True)]
    dates = [find_dates(words, PUBLISHED) for words in read]
    triggers = [find_triggers(words) for words in read]
    actors = [find_actors(words) for words in read]
    print(f"{count} words; everything once, tables loaded, in {time.process_time() - start:.2f} s")
    steps: dict[str, Callable[[], object]] = {
        "words": lambda: [read_words(text, sentences) for text, sentences in zip(texts, spans, strict=True)],
        "dates": lambda: [find_dates(words, PUBLISHED) for words in read],
        "triggers": lambda: [find_triggers(words) for words in read],
        "reality": lambda: [judge(w, t, d, PUBLISHED) for w, t, d in zip(read, triggers, dates, strict=True)],
        "actors": lambda: [find_actors(words) for words in read],
        "blame": lambda: [find_attributions(words, found) for words, found in zip(read, actors, strict=True)],
    }
    plain = best(lambda: [re.findall(r"\w+", text) for text in texts]) / count * 1e6
    print(f"plain regular expression: {plain:.3f} µs a word")
    total = 0.0
    for name, run in steps.items():
        pace = best(run) / count * 1e6
        total += pace
        print(f"{name}: {pace:.2f} µs a word, {pace / plain:.1f} × plain")
    print(f"together: {total:.2f} µs a word, {total / plain:.1f} × plain")

"""Our grammar of dates beside well-kept libraries: ``python tests/benchmarks/dates.py [trnews.jsonl]``.

Accuracy is over ``tests/incidents/date_phrases.csv``: *first day right* where a phrase has a date (a library gives one
day, so the first day of a span is all that is asked of it), and *silent* where nothing may come out. Speed is over the
texts of a JSONL file, in microseconds a word of process time, and as a multiple of finding all words by a plain regular
expression. Libraries that are not installed are left out; none of them is a dependency.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geoevents.incidents.dates import find_dates
from geoevents.text.sentences import split_sentences
from geoevents.text.words import read_words

PHRASES = Path(__file__).parents[1] / "incidents" / "date_phrases.csv"
Finder = Callable[[str, date | None], Sequence[date]]
BASE = date(2014, 8, 23)  # what a library is told where an article has no date: it cannot be told that there is none


def ours(text: str, published: date | None) -> list[date]:
    return [p.when.start for p in find_dates(read_words(text, split_sentences(text)), published)]


def dateparser(text: str, published: date | None) -> list[date]:
    search = importlib.import_module("dateparser.search").search_dates
    base = datetime.combine(published or BASE, datetime.min.time())
    found = search(text, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
    return [day.date() for _, day in found or ()]


def dateutil(text: str, published: date | None) -> list[date]:
    parser = importlib.import_module("dateutil.parser")
    try:
        return [parser.parse(text, fuzzy=True, default=datetime.combine(published or BASE, datetime.min.time())).date()]
    except (parser.ParserError, OverflowError):
        return []


def parsedatetime(text: str, published: date | None) -> list[date]:
    calendar = importlib.import_module("parsedatetime").Calendar()
    found = calendar.nlp(text, sourceTime=datetime.combine(published or BASE, datetime.min.time())) or ()
    return [day.date() for day, *_ in found]


_NLP: list[Any] = []


def timexy(text: str, published: date | None) -> list[date]:
    if not _NLP:
        importlib.import_module("timexy")
        nlp = importlib.import_module("spacy").blank("en")
        nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
        _NLP.append(nlp)
    values = (re.search(r'value="(\d{4}-\d\d-\d\d)', entity.kb_id_) for entity in _NLP[0](text).ents)
    return [date.fromisoformat(match[1]) for match in values if match]


FINDERS: dict[str, Finder] = {
    "geoevents": ours,
    "dateparser": dateparser,
    "dateutil": dateutil,
    "parsedatetime": parsedatetime,
    "timexy": timexy,
}


def accuracy(find: Finder) -> tuple[int, int, int, int]:
    right = dated = silent = undated = 0
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "sentence|")) or not line:
            continue
        text, day, days = line.split("|")
        found = find(text, date.fromisoformat(day) if day else None)
        if days == "-":
            undated += 1
            silent += not found
            continue
        for span in days.split(";"):
            dated += 1
            right += date.fromisoformat(span.split()[0]) in found
    return right, dated, silent, undated


def speed(find: Finder, texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        find(text, BASE)
    return (time.process_time() - start) / sum(len(text.split()) for text in texts) * 1e6


if __name__ == "__main__":
    texts: list[str] = []
    if len(sys.argv) > 1:
        texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    plain = speed(lambda text, _: re.findall(r"\w+", text) and (), texts) if texts else 0.0
    for name, finder in FINDERS.items():
        try:
            right, dated, silent, undated = accuracy(finder)
        except ImportError:
            print(f"{name}: not installed")
            continue
        sample = texts if name == "geoevents" else texts[:6]
        pace = speed(finder, sample) if sample else 0.0
        words = f"; {pace:.2f} µs a word, {pace / plain:.0f} × findall" if sample else ""
        print(f"{name}: first day right {right}/{dated} = {right / dated:.3f}; silent {silent}/{undated}{words}")
    if texts:
        read = [read_words(text, split_sentences(text)) for text in texts]
        start = time.process_time()
        for words_of_text in read:
            find_dates(words_of_text, BASE)
        pace = (time.process_time() - start) / sum(len(text.split()) for text in texts) * 1e6
        print(f"geoevents without reading words: {pace:.2f} µs a word, {pace / plain:.1f} × findall")

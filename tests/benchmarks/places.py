"""Words a second from text to resolved places: ``python tests/benchmarks/places.py CORPORA [--rounds N]``.

CORPORA is the folder that holds ``geoparsing/lgl.jsonl`` and ``trnews.jsonl``. We read the documents as a run does, a
page of them together, and once more each by itself. In the same process and on the same
texts: flashgeotext (dictionary matching without disambiguation) and spaCy's blank English tokenizer with the
sentencizer, where they are installed. Process time on one core. ``first`` is the first reading of the texts, when every
name is new to the gazetteer's caches; ``median`` is over the rounds after it. Words are what white space parts.
"""

import argparse
import json
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from geoevents.model import Document
from geoevents.places import PlaceFinder
from geoevents.settings import PlaceSettings
from geoevents.text.sentences import split_sentences

Reader = Callable[[Iterable[Document]], Iterable[object]]


def documents(path: Path) -> list[Document]:
    """Documents of a corpus; parting them into sentences is the article stage's work, and measured there."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [Document(id=str(row["id"]), text=row["text"], sentences=split_sentences(row["text"])) for row in rows]


def systems() -> Iterator[tuple[str, Reader]]:
    """Our stage, and what is installed beside it."""
    yield "geoevents", PlaceFinder.from_settings(PlaceSettings()).together
    yield "geoevents, one by one", partial(map, PlaceFinder.from_settings(PlaceSettings()))
    if find_spec("flashgeotext"):
        from flashgeotext.geotext import GeoText

        finder = GeoText()
        yield "flashgeotext", partial(map, lambda document: finder.extract(document.text))
    if find_spec("spacy"):
        import spacy

        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        yield "spaCy blank", lambda documents: pipeline.pipe(document.text for document in documents)


def seconds(read: Reader, texts: list[Document]) -> float:
    """Process time of reading all."""
    begun = time.process_time()
    deque(read(texts), maxlen=0)
    return time.process_time() - begun


def main() -> None:
    """Print a line of JSON for each system and corpus; they take turns, so that a busy machine harms all alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    readers = list(systems())
    for corpus in ("lgl", "trnews"):
        texts = documents(options.corpora / f"geoparsing/{corpus}.jsonl")
        words = sum(len(document.text.split()) for document in texts)
        taken: dict[str, list[float]] = {name: [] for name, _ in readers}
        for _ in range(options.rounds + 1):
            for name, read in readers:
                taken[name].append(seconds(read, texts))
        for name, times in taken.items():
            rates = {"first": round(words / times[0]), "median": round(words / statistics.median(times[1:]))}
            print(json.dumps({"system": name, "corpus": corpus, "words": words, "words_a_second": rates}))


if __name__ == "__main__":
    main()

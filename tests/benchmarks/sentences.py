"""How well and how fast sentences are found: ``python tests/benchmarks/sentences.py CORPORA [--spacy]``.

CORPORA is the folder that holds ``ner/*.bio.tsv``, whose sentences were parted by people or checked by them, and the
JSON Lines files of news. Paragraphs are made of eight gold sentences each; one without a full stop gets an empty line
after it, as a headline has. What counts is the end of each sentence. ``--spacy`` also runs spaCy's sentencizer.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from geoevents.text.sentences import split_sentences

GOLD = ("gmb-dev", "gum-dev", "gum-train", "ewt-dev", "re3d-dev", "re3d-train")
NEWS = (
    "geoparsing/lgl",
    "geoparsing/trnews",
    "incidents/airwars",
    "incidents/rdwti",
    "incidents/muc4_dev",
    "merging/gva",
)
PARAGRAPH = 8
SPACED = (
    (re.compile(r" ([,.;:!?%)\]]|'s|n't|'re|'ve|'ll|'d|'m)(?= |$)"), r"\1"),
    (re.compile(r"([(\[$]) "), r"\1"),
    (re.compile(r" - "), "-"),
    (re.compile(r'" ([^"]*?) "'), r'"\1"'),
)
Ends = Callable[[str], list[int]]


def gold_sentences(path: Path) -> Iterator[str]:
    """Sentences of a BIO file, with most of the spaces that tokens have and texts have not taken out."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words = [line.split("\t")[0] for line in block.splitlines() if line and not line.startswith("# ")]
        sentence = " ".join(words)
        for pattern, replacement in SPACED:
            sentence = pattern.sub(replacement, sentence)
        if sentence:
            yield sentence


def paragraphs(path: Path) -> Iterator[tuple[str, set[int]]]:
    """Texts of some sentences, and where these end."""
    sentences = list(gold_sentences(path))
    for first in range(0, len(sentences), PARAGRAPH):
        text, ends = "", set()
        for sentence in sentences[first : first + PARAGRAPH]:
            text += (" " if text[-1] in '.!?"”)' else "\n\n") if text else ""
            text += sentence
            ends.add(len(text))
        yield text, ends


def score(path: Path, ends_of: Ends) -> dict[str, float]:
    """Precision, recall and F1 of sentence ends."""
    hits = found = wanted = 0
    for text, ends in paragraphs(path):
        got = set(ends_of(text))
        hits, found, wanted = hits + len(got & ends), found + len(got), wanted + len(ends)
    return {"precision": hits / found, "recall": hits / wanted, "f1": 2 * hits / (found + wanted)}


def spacy_ends() -> Ends:
    """Ends by spaCy's sentencizer, for comparison."""
    import spacy

    english = spacy.blank("en")
    english.add_pipe("sentencizer")
    return lambda text: [sentence.end_char for sentence in english(text).sents]


def speed(path: Path, ends_of: Ends) -> float:
    """Million characters a second over the texts of a JSON Lines file, the median of five runs."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    texts = [doc["text"] for row in rows for doc in row.get("docs") or [row]]
    runs = []
    for _ in range(5):
        begun = time.process_time()
        for text in texts:
            ends_of(text)
        runs.append(time.process_time() - begun)
    return sum(map(len, texts)) / sorted(runs)[2] / 1e6


def main() -> None:
    """Print a line of JSON for each corpus."""
    corpora = Path(sys.argv[1])
    systems: dict[str, Ends] = {"geoevents": lambda text: [end for _, end in split_sentences(text)]}
    if "--spacy" in sys.argv:
        systems["spacy"] = spacy_ends()
    for system, ends_of in systems.items():
        for name in GOLD:
            figures = score(corpora / f"ner/{name}.bio.tsv", ends_of)
            print(json.dumps({"system": system, "corpus": name, **{key: round(f, 4) for key, f in figures.items()}}))
        for name in NEWS:
            rate = speed(corpora / f"{name}.jsonl", ends_of)
            print(json.dumps({"system": system, "corpus": name, "million_characters_a_second": round(rate, 2)}))


if __name__ == "__main__":
    main()

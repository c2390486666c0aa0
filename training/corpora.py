"""Reading the corpora: sentences of labelled words become documents with text and spans, as an article would be."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from geoevents.countries import countries
from geoevents.model import Document, Span
from geoevents.text.sentences import split_sentences

#: signs that stand close to the word before, and to the word after
_CLOSE_BEFORE: Final = frozenset(
    ", . ; : ? ! ) ] } % 's ’s n't n’t 're 've 'll 'm 'd ’re ’ve ’ll ’m ’d ... ' ’ ”".split()
)
_CLOSE_AFTER: Final = frozenset("( [ { $ # “ ‘ £ €".split())
#: GMB's sentences stand in the order of its documents, whose borders are lost: so many make a stretch of one or two
_GMB_STRETCH: Final = 20

#: countries of RDWTI that no longer are, are disputed, or have another name; every state that the land is now in
_STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "Federal Republic of Germany": ("DE",),
    "West Bank/Gaza": ("PS", "IL"),  # settlements: gazetteers put them in either
    "Israel": ("IL", "PS"),  # Jerusalem
    "Kashmir": ("IN", "PK"),
    "Northern Ireland": ("GB",),
    "Chechnya": ("RU",),
    "Bosnia-Herzegovina": ("BA",),
    "FRY (Kosovo)": ("XK", "RS"),
    "FRY (Serbia)": ("RS",),
    "FRY (Southern Serbia)": ("RS", "XK"),
    "FRY": ("RS", "ME"),
    "Macedonia": ("MK",),
    "Zimbabwe (Rhodesia)": ("ZW",),
    "China, People's Republic of": ("CN",),
    "Zaire (Belgian Congo)": ("CD",),
    "USSR": ("RU", "UA", "BY", "GE", "AM", "AZ", "LT", "LV", "EE", "UZ", "KZ", "TJ", "TM", "KG", "MD"),
    "Korea, South": ("KR",),
    "East Timor": ("TL",),
    "Burma (Myanmar)": ("MM",),
    "United States": ("US", "PR"),
}

Labelled = list[tuple[str, str]]


@dataclass(frozen=True)
class GoldDocument:
    """A document and the names marked in it: (start, end, name of the kind)."""

    document: Document
    corpus: str
    names: tuple[tuple[int, int, str], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


def read_bio(path: Path) -> Iterator[tuple[str, Labelled]]:
    """Sentences of a file of words and labels, each with its id."""
    name, words = "", []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# ") and "\t" not in line:
            name = line[2:]
        elif line.strip():
            word, label = line.split("\t")
            words.append((word, label))
        elif words:
            yield name, words
            words = []
    if words:
        yield name, words


def spans_of(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Ranges of words that a sequence of BIO labels marks."""
    i = 0
    while i < len(labels):
        j = i + 1
        if labels[i] != "O":
            while j < len(labels) and labels[j] == f"I-{labels[i][2:]}":
                j += 1
            yield i, j, labels[i][2:]
        i = j


def joined(words: Sequence[str], close_hyphens: bool) -> tuple[str, list[int]]:
    """Words as running text, and where each begins."""
    text, starts, before, quoted = "", [], "", False
    for i, word in enumerate(words):
        space = bool(text) and word not in _CLOSE_BEFORE and before not in _CLOSE_AFTER
        if word == '"':
            quoted = not quoted
            space = bool(text) and quoted
        elif before == '"' and quoted:
            space = False
        if close_hyphens and "-" in (word, before) and 0 < i < len(words) - 1:
            space = False
        text += " " * space
        starts.append(len(text))
        text += word
        before = word
    return text, starts


_DOCUMENT_OF: Final[dict[str, Callable[[str], str]]] = {
    "gmb": lambda name: str(int(name.split("-")[1]) // _GMB_STRETCH),
    "ewt": lambda name: re.sub(r"[-_](?:ans-)?\d+$", "", name),
}


def load_ner(folder: Path, name: str) -> list[GoldDocument]:
    """Documents of ``NAME.bio.tsv``, such as ``gum-train``."""
    corpus = name.split("-")[0]
    document_of = _DOCUMENT_OF.get(corpus, lambda sentence: sentence.rsplit("-", 1)[0])
    groups: list[tuple[str, list[Labelled]]] = []
    for sentence, words in read_bio(folder / f"{name}.bio.tsv"):
        if not groups or groups[-1][0] != document_of(sentence):
            groups.append((document_of(sentence), []))
        groups[-1][1].append(words)
    return [_gold_document(corpus, f"{name}/{i}", sentences) for i, (_, sentences) in enumerate(groups)]


def _gold_document(corpus: str, identifier: str, sentences: list[Labelled]) -> GoldDocument:
    text, spans, names = "", [], []
    for words in sentences:
        line, starts = joined([word for word, _ in words], corpus in ("gum", "ewt"))
        base = len(text)
        spans.append(Span(base, base + len(line)))
        for i, j, kind in spans_of([label for _, label in words]):
            names.append((base + starts[i], base + starts[j - 1] + len(words[j - 1][0]), kind))
        text += line + "\n"
    return GoldDocument(Document(id=identifier, text=text, sentences=tuple(spans)), corpus, tuple(names))


def load_texts(path: Path, limit: int) -> list[GoldDocument]:
    """Load the first `limit` texts of a JSON Lines corpus, without labels."""
    documents = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        for part in row.get("docs") or [row]:
            if part.get("text"):
                document = Document(id=str(part["id"]), text=part["text"], sentences=split_sentences(part["text"]))
                documents.append(GoldDocument(document, path.stem))
                if len(documents) == limit:
                    return documents
    return documents


def load_geoparsing(path: Path) -> list[GoldDocument]:
    """Documents of LGL or TR-News; `extra` holds their toponyms as the file has them."""
    documents = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        document = Document(
            id=str(row["id"]), text=row["text"], title=row.get("title"), sentences=split_sentences(row["text"])
        )
        documents.append(GoldDocument(document, path.stem, extra={"toponyms": row["toponyms"]}))
    return documents


def codes_of(name: str) -> tuple[str, ...]:
    """Codes of the states a country of RDWTI may stand for."""
    known = {country.name: code for code, country in countries().items()}
    return _STATES.get(name) or ((known[name],) if name in known else ())


def half(identifier: str) -> int:
    """Half of a document, 0 or 1: what is learned is learned from the first, and reported for the other too."""
    return int(hashlib.sha1(identifier.encode(), usedforsecurity=False).hexdigest(), 16) % 2

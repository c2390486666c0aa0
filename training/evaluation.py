"""Measure places: ``python -m training evaluate CORPORA -o FOLDER``.

The recogniser, which has seen no text of LGL and TR-News, is taken as it is bundled. The ranker learned from both, so
each of their documents is resolved with a ranker fitted to the others. Predictions are written in the form of
``geoevents extract --level places``, for the scorer of the corpora.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geoevents.jsonl import place_row, write_jsonl
from geoevents.model import Document, PlaceMention
from geoevents.places.atlas import Atlas
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.recogniser.learned import LearnedRecogniser
from geoevents.places.resolver.resolver import Resolver
from geoevents.protocols import Recogniser
from geoevents.settings import PlaceSettings
from geoevents.text.tokens import tokenize
from training.cases import CORPORA
from training.corpora import GoldDocument, load_geoparsing, load_ner
from training.ranker import fold_rankers

#: dev files, and which are scored together
DEV: Final = (("gmb-dev",), ("gum-dev", "ewt-dev", "re3d-dev"))
#: kinds of mention that stand for a place
PLACED: Final = frozenset(("place", "demonym", "metonym"))


@dataclass(frozen=True)
class Recognition:
    """Counts over the names of labelled texts."""

    right: int
    found: int
    gold: int
    people: int
    people_as_places: int

    @property
    def f1(self) -> float:
        """F1 of LOC, exact spans."""
        return 2 * self.right / max(1, self.found + self.gold)

    @property
    def person_share(self) -> float:
        """Share of personal names within which a place was seen."""
        return self.people_as_places / max(1, self.people)


def recognition(documents: Iterable[GoldDocument], recogniser: LearnedRecogniser) -> Recognition:
    """Compare the model's names with the labels as they are, and the mentions made of them with personal names."""
    count: Counter[str] = Counter()
    for gold in documents:
        tokens = tokenize(gold.document.text)
        findings = recogniser.findings(gold.document, tokens)
        found = {(tokens.starts[f.first], tokens.ends[f.last - 1]) for f in findings if f.name == "LOC"}
        wanted = {(start, end) for start, end, kind in gold.names if kind == "LOC"}
        count.update(right=len(found & wanted), found=len(found), gold=len(wanted))
        people = [(start, end) for start, end, kind in gold.names if kind == "PER"]
        placed = [m for m in recogniser(gold.document) if m.kind in PLACED]
        wrong = sum(any(m.start < end and start < m.end for m in placed) for start, end in people)
        count.update(people=len(people), people_as_places=wrong)
    return Recognition(**{name: count[name] for name in Recognition.__dataclass_fields__})


def recognition_table(
    corpora: Path, recogniser: LearnedRecogniser, as_read: Callable[[GoldDocument], GoldDocument] | None = None
) -> dict[str, dict[str, float]]:
    """Figures for each group of dev files, changed by `as_read` before they are read."""
    table = {}
    for names in DEV:
        documents: Iterable[GoldDocument] = (gold for name in names for gold in load_ner(corpora / "ner", name))
        figures = recognition(map(as_read, documents) if as_read else documents, recogniser)
        table["+".join(names)] = {"LOC F1": round(figures.f1, 4), "people": round(figures.person_share, 4)}
    return table


def predictions(corpora: Path, name: str, recogniser: Recogniser | None) -> Iterator[dict[str, Any]]:
    """Rows of one of the geoparsing corpora, each document resolved with a ranker that has not seen it.

    Parameters
    ----------
    recogniser
        What finds the toponyms; None takes those of the gold, to measure resolution alone.
    """
    gazetteer = Gazetteer.open()
    atlas, threshold = Atlas(gazetteer), PlaceSettings().threshold
    documents = {
        (gold.corpus, gold.document.id): gold for gold in load_geoparsing(corpora / f"geoparsing/{name}.jsonl")
    }
    for ranker, held_out in fold_rankers(corpora, gazetteer):
        resolver = Resolver(atlas, threshold, ranker)
        for key in held_out:
            if (gold := documents.get(key)) is not None:
                mentions = recogniser(gold.document) if recogniser else gold_mentions(gold, gazetteer)
                yield from (place_row(result) for result in resolver(gold.document, mentions))


def gold_mentions(gold: GoldDocument, gazetteer: Gazetteer) -> Sequence[PlaceMention]:
    """Toponyms as the editors marked them; those the gazetteer knows first as nationality words are demonyms."""
    return [
        _mention(gold.document, t["start"], t["end"], gazetteer)
        for t in sorted(gold.extra["toponyms"], key=lambda t: (t["start"], t["end"]))
    ]


def _mention(document: Document, start: int, end: int, gazetteer: Gazetteer) -> PlaceMention:
    text = document.text[start:end]
    hits = gazetteer.hits(text)
    demonym = bool(hits) and max(hits, key=lambda hit: gazetteer.importance(hit.row)).kind == "demonym"
    return PlaceMention(doc_id=document.id, start=start, end=end, text=text, kind="demonym" if demonym else "place")


def evaluate(corpora: Path, out: Path, say: Any = print) -> None:
    """Print the figures on the dev files and write predictions for the others into `out`."""
    gazetteer = Gazetteer.open()
    learned = LearnedRecogniser(gazetteer)
    for names, figures in recognition_table(corpora, learned).items():
        say(f"{names}: {figures}")
    out.mkdir(parents=True, exist_ok=True)
    for name in CORPORA:
        write_jsonl(predictions(corpora, name, learned), out / f"{name}.jsonl")
        write_jsonl(predictions(corpora, name, None), out / f"{name}-gold-spans.jsonl")

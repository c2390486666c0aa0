"""Train the recogniser's weights: ``python -m training recogniser CORPORA``.

Four steps. Two teachers learn from the hand-made labels (GUM, EWT, re3d), one alone, one with a little of GMB, whose
labels are many but machine-made. Where both read a run of GMB's text (and of other news texts) alike, their reading
becomes silver. The student learns from the hand-made labels, the silver and, with little weight, GMB's own labels.
Last, the hand-made labels alone mend the student, which may not move far from what it has learned.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geoevents.places.gazetteer import Gazetteer
from geoevents.places.recogniser.features import TABLE_BITS, describe
from geoevents.places.recogniser.learned import CASED, CASELESS, LearnedRecogniser, sentence_numbers
from geoevents.places.recogniser.tagger import LABELS, Weights, compact, decode, save_weights
from geoevents.places.recogniser.vocabulary import Vocabulary
from geoevents.text.tokens import tokenize
from training.corpora import GoldDocument, load_ner, load_texts
from training.crf import Runs, fit
from training.evaluation import recognition_table
from training.labels import labels_of, mended

TABLE_ROWS: Final = 1 << TABLE_BITS
_INDEX: Final = {label: i for i, label in enumerate(LABELS)}
HAND_MADE: Final = ("gum", "ewt", "re3d")

#: chosen on the dev files (docs/evaluation/places.md)
PENALTY: Final = 0.3
ITERATIONS: Final = 80
TEACHER_GMB_WEIGHT: Final = 0.1
#: GMB's labels as they are, beside the silver made of it: without them its conventions are lost, with more its mistakes
#: are learned
GMB_WEIGHT: Final = 0.15
SILVER: Final = (("gmb", 0.3), ("rdwti", 0.2), ("airwars", 0.1), ("gva", 0.2))
TEXTS: Final = {
    "rdwti": ("incidents/rdwti.jsonl", 2500),
    "airwars": ("incidents/airwars.jsonl", 450),
    "gva": ("merging/gva.jsonl", 900),
}
#: of what the mending adds to the student's weights, and its iterations
MENDING_PENALTY: Final = 1.0
MENDING_ITERATIONS: Final = 30
MENDED: Final = {"by": list(HAND_MADE), "penalty": MENDING_PENALTY, "iterations": MENDING_ITERATIONS}
LEAST_COUNT: Final = {"teacher": 2, "student": 3}
STEP: Final = 0.04
#: documents of GMB's silver that the caseless model learns from: all words of a sentence count there, not names alone
CASELESS_GMB: Final = 700


@dataclass(frozen=True)
class Part:
    """Feature rows, runs, labels and weights of one corpus."""

    rows: npt.NDArray[np.uint32]
    run: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]


Model = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


class Trainer:
    """Describes corpora with one gazetteer and fits models to them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.vocabulary = Vocabulary(gazetteer)

    def part(self, documents: Iterable[GoldDocument], weight: float, *, cased: bool = True, mend: bool = True) -> Part:
        """Arrays of labelled documents, their labels mended or as they are."""
        pieces: list[Part] = []
        for gold in documents:
            tokens = tokenize(gold.document.text)
            if not tokens.words:
                continue
            numbers = sentence_numbers(gold.document, tokens)
            labels = labels_of(tokens, gold.names)
            mended_labels: list[str] = []
            for sentence in np.unique(numbers).tolist():
                inside = np.flatnonzero(numbers == sentence)
                a, b = int(inside[0]), int(inside[-1]) + 1
                own = labels[a:b]
                mended_labels += mended(tokens.words[a:b], own, gold.corpus, self.vocabulary) if cased and mend else own
            described = describe(tokens.words, numbers, self.vocabulary, cased=cased)
            if len(described.token):
                wanted = np.array([_INDEX[mended_labels[i]] for i in described.token.tolist()])
                pieces.append(
                    Part(
                        described.rows.T,
                        described.run,
                        _well_formed(wanted, described.run),
                        np.full(len(wanted), weight, np.float32),
                    )
                )
        return joined_parts(pieces)

    def silver(
        self, documents: Iterable[GoldDocument], teachers: Sequence[Model], weight: float
    ) -> tuple[Part, list[GoldDocument]]:
        """Take the runs that all teachers read alike, and the sentences of each document that hold no other."""
        pieces, readings = [], []
        for gold in documents:
            tokens = tokenize(gold.document.text)
            if not tokens.words:
                continue
            numbers = sentence_numbers(gold.document, tokens)
            described = describe(tokens.words, numbers, self.vocabulary, cased=True)
            if not len(described.token):
                continue
            read = [decode(score(table, described.rows), pairs, described.run) for table, pairs in teachers]
            differs = np.any([other != read[0] for other in read[1:]], axis=0)
            bad = np.zeros(int(described.run[-1]) + 1, bool)
            np.logical_or.at(bad, described.run, differs)
            keep = ~bad[described.run]
            pieces.append(
                Part(
                    described.rows.T[keep],
                    described.run[keep],
                    read[0][keep],
                    np.full(int(keep.sum()), weight, np.float32),
                )
            )
            readings.append(_agreed(gold, tokens, numbers, described.token, described.run, read[0], keep))
        return joined_parts(pieces), readings


def score(table: npt.NDArray[np.float32], rows: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
    """Scores of labels with weights that are not yet rounded."""
    return table[rows].sum(axis=0)


def _well_formed(labels: npt.NDArray[np.int64], run: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Let an inside label at the start of a run begin a name."""
    opens = np.diff(run, prepend=-1) != 0
    inside = (labels > 0) & (labels % 2 == 0)
    return np.where(opens & inside, labels - 1, labels)


def _agreed(
    gold: GoldDocument, tokens: Any, numbers: Any, token: Any, run: Any, labels: Any, keep: Any
) -> GoldDocument:
    names = []
    for i in np.flatnonzero(labels % 2 == 1).tolist():
        j = i + 1
        while j < len(labels) and labels[j] == labels[i] + 1 and run[j] == run[i]:
            j += 1
        names.append((tokens.starts[token[i]], tokens.ends[token[j - 1]], LABELS[labels[i]][2:]))
    doubtful = {int(numbers[token[i]]) for i in np.flatnonzero(~keep)}
    spans = gold.document.sentences or ((0, len(gold.document.text)),)
    sure = tuple(span for i, span in enumerate(spans) if i not in doubtful)
    text = "".join(gold.document.text[start:end] + "\n" for start, end in sure)
    return _moved(gold, sure, names, text)


def _moved(
    gold: GoldDocument, sure: Sequence[tuple[int, int]], names: Sequence[tuple[int, int, str]], text: str
) -> GoldDocument:
    """Cut the document down to these sentences."""
    spans, moved, base = [], [], 0
    for start, end in sure:
        spans.append((base, base + end - start))
        moved += [(base + a - start, base + b - start, kind) for a, b, kind in names if start <= a and b <= end]
        base += end - start + 1
    return GoldDocument(
        replace(gold.document, text=text, sentences=tuple(spans), dateline=None), gold.corpus, tuple(moved)
    )


def joined_parts(parts: Sequence[Part]) -> Part:
    """One part of many; runs are numbered on."""
    runs, base = [], 0
    for part in parts:
        runs.append(part.run + base)
        base += int(part.run[-1]) + 1 if len(part.run) else 0
    return Part(
        np.concatenate([part.rows for part in parts]),
        np.concatenate(runs),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def lowered(gold: GoldDocument) -> GoldDocument:
    """Write a document in lower case; letters that change their length stay as they are."""
    text = "".join(c.lower() if len(c.lower()) == 1 else c for c in gold.document.text)
    return replace(gold, document=replace(gold.document, text=text))


def fit_parts(parts: Sequence[Part], least_count: int) -> Model:
    """Fit a model to these parts."""
    whole = joined_parts(parts)
    runs = Runs(whole.rows, whole.run, whole.labels, whole.weights)
    return fit(runs, TABLE_ROWS, penalty=PENALTY, iterations=ITERATIONS, least_count=least_count)


def mend(student: Model, parts: Sequence[Part]) -> Model:
    """Fit a student to the hand-made labels alone, near to where it is."""
    whole = joined_parts(parts)
    runs = Runs(whole.rows, whole.run, whole.labels, whole.weights)
    return fit(
        runs,
        TABLE_ROWS,
        penalty=MENDING_PENALTY,
        iterations=MENDING_ITERATIONS,
        least_count=LEAST_COUNT["teacher"],
        prior=student,
    )


def rounded(model: Model, made: dict[str, Any]) -> Weights:
    """Weights in steps of one byte; features that never weigh more than one step are left out."""
    table, pairs = model
    steps = np.clip(np.round(table / STEP), -127, 127).astype(np.int16)
    used = np.flatnonzero(np.abs(steps).max(axis=1) > 1)
    return compact(len(table), used, steps[used], STEP, pairs.round(4), made)


def train(corpora: Path, out: Path, say: Any = print) -> None:
    """Train both models and write their weights into `out`."""
    gazetteer = Gazetteer.open()
    trainer = Trainer(gazetteer)
    hand = {name: load_ner(corpora / "ner", f"{name}-train") for name in HAND_MADE}
    gmb = load_ner(corpora / "ner", "gmb-train")
    hand_parts = [trainer.part(documents, 1.0) for documents in hand.values()]
    say("teachers")
    teachers = [
        fit_parts(hand_parts, LEAST_COUNT["teacher"]),
        fit_parts([*hand_parts, trainer.part(gmb, TEACHER_GMB_WEIGHT)], LEAST_COUNT["teacher"]),
    ]
    texts = {"gmb": gmb, **{name: load_texts(corpora / file, limit) for name, (file, limit) in TEXTS.items()}}
    silver = {name: trainer.silver(texts[name], teachers, weight) for name, weight in SILVER}
    say({name: len(part.labels) for name, (part, _) in silver.items()})
    made = {
        "corpora": [f"{name}-train" for name in (*HAND_MADE, "gmb")],
        "weights": {"gmb as it is": GMB_WEIGHT, "gmb for the teacher": TEACHER_GMB_WEIGHT},
        "silver": dict(SILVER),
        "gazetteer": gazetteer.id,
        "penalty": PENALTY,
        "iterations": ITERATIONS,
        "seed": "none: every step reads all the data, nothing is drawn",
    }
    own = trainer.part(gmb, GMB_WEIGHT, mend=False)
    student = fit_parts([*hand_parts, own, *(part for part, _ in silver.values())], LEAST_COUNT["student"])
    cased = rounded(mend(student, hand_parts), {**made, "case": "as written", "mended": MENDED})
    say("caseless")
    lower = [trainer.part(map(lowered, documents), 1.0, cased=False) for documents in hand.values()]
    lower.append(trainer.part(map(lowered, silver["gmb"][1][:CASELESS_GMB]), 0.5, cased=False))
    caseless = rounded(fit_parts(lower, LEAST_COUNT["student"]), {**made, "case": "none"})
    recogniser = LearnedRecogniser(gazetteer, (cased, caseless))
    out.mkdir(parents=True, exist_ok=True)
    for name, weights, as_read in ((CASED, cased, None), (CASELESS, caseless, lowered)):
        scores = recognition_table(corpora, recogniser, as_read)
        say({name: scores})
        save_weights(out / name, replace(weights, made={**weights.made, "scores": scores}))
    say(json.dumps({file.name: file.stat().st_size for file in sorted(out.glob("*.bin"))}))

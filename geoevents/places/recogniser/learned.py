"""The default recogniser: a linear-chain model trained by us (``training/``), with the gazetteer among its features."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from geoevents.model import Document, PlaceMention
from geoevents.places.recogniser.features import describe
from geoevents.places.recogniser.finding import Finding
from geoevents.places.recogniser.headings import with_headings
from geoevents.places.recogniser.mentions import mentions_of
from geoevents.places.recogniser.tagger import (
    LABELS,
    Ints,
    Weights,
    beliefs,
    decode,
    emissions,
    load_weights,
)
from geoevents.places.recogniser.vocabulary import Vocabulary
from geoevents.text.sentences import capitals_tell
from geoevents.text.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

_WEIGHTS: Final = "weights"
#: kind of name of each label
_NAME: Final = tuple(label.rpartition("-")[2] for label in LABELS)
CASED: Final = "recogniser-cased.bin"
CASELESS: Final = "recogniser-caseless.bin"


@lru_cache(maxsize=4)
def bundled_weights(name: str) -> Weights:
    """Weights that come with the package."""
    return load_weights(Path(str(files("geoevents.places") / _WEIGHTS / name)))


class LearnedRecogniser:
    """Finds the toponyms of a document with the bundled model.

    Safe to send to other processes; not to share between threads (it keeps what it has looked up).

    Parameters
    ----------
    weights
        For texts whose capitals tell names, and for others; None takes those that come with the package.
    """

    def __init__(self, gazetteer: "Gazetteer", weights: tuple[Weights, Weights] | None = None) -> None:
        self._gazetteer, self._given = gazetteer, weights
        self._vocabulary = Vocabulary(gazetteer)
        self._cased, self._caseless = weights or (bundled_weights(CASED), bundled_weights(CASELESS))

    def __reduce__(self) -> tuple[type["LearnedRecogniser"], tuple["Gazetteer", tuple[Weights, Weights] | None]]:
        return LearnedRecogniser, (self._gazetteer, self._given)

    def __call__(self, document: Document) -> tuple[PlaceMention, ...]:
        """Mentions in order, without overlaps."""
        return next(self.together([document]))

    def together(self, documents: Sequence[Document]) -> Iterator[tuple[PlaceMention, ...]]:
        """Mentions of each document, the same as of it alone; in less time, as NumPy is called once for all."""
        tokens = [tokenize(document.text) for document in documents]
        for document, own, found in zip(documents, tokens, self._findings(documents, tokens), strict=True):
            findings = with_headings(document, own, found, self._vocabulary)
            yield tuple(mentions_of(document, own, findings, self._vocabulary))

    def findings(self, document: Document, tokens: Tokens) -> list[Finding]:
        """Names of all kinds, as ranges of tokens."""
        return self._findings([document], [tokens])[0]

    def _findings(self, documents: Sequence[Document], tokens: Sequence[Tokens]) -> list[list[Finding]]:
        """Names of each document; those whose capitals tell names are read together, and so are the others."""
        found: list[list[Finding]] = [[] for _ in documents]
        cased = [capitals_tell(document.text) for document in documents]
        for case in (True, False):
            chosen = [i for i, own in enumerate(cased) if own == case and tokens[i].words]
            if chosen:
                read = self._read([documents[i] for i in chosen], [tokens[i] for i in chosen], cased=case)
                for i, names in zip(chosen, read, strict=True):
                    found[i] = names
        return found

    def _read(self, documents: Sequence[Document], tokens: Sequence[Tokens], *, cased: bool) -> list[list[Finding]]:
        weights = self._cased if cased else self._caseless
        words = list(chain.from_iterable([own.words for own in tokens]))
        lengths = [len(own.words) for own in tokens]
        sentences = accumulate([max(1, len(document.sentences)) for document in documents], initial=0)
        numbers = [
            sentence_numbers(document, own) + before
            for document, own, before in zip(documents, tokens, sentences, strict=False)
        ]
        described = describe(words, np.concatenate(numbers), self._vocabulary, cased=cased, lengths=lengths)
        if not len(described.token):
            return [[] for _ in documents]
        scores = emissions(weights, described.rows)
        labels = decode(scores, weights.pairs, described.run)
        at = labels.nonzero()[0]
        token, firsts = described.token.take(at), np.cumsum([0, *lengths])
        ends = token.searchsorted(firsts)
        columns = (
            labels.take(at).tolist(),
            beliefs(scores, weights, described.run, labels, at).tolist(),
            described.run.take(at).tolist(),
            (token - firsts[:-1].repeat(np.diff(ends))).tolist(),
        )
        return [_collect(*(column[first:last] for column in columns)) for first, last in pairwise(ends.tolist())]


def sentence_numbers(document: Document, tokens: Tokens) -> Ints:
    """Find the number of the sentence of each token."""
    firsts = [bisect_left(tokens.starts, start) for start, _ in document.sentences[1:]]
    bounds = np.array([0, *firsts, len(tokens.starts)])
    return np.arange(len(firsts) + 1).repeat(bounds[1:] - bounds[:-1])


def _collect(labels: Sequence[int], shares: Sequence[float], run: Sequence[int], token: Sequence[int]) -> list[Finding]:
    """Names of neighbouring tokens with labels, each as sure as its least sure token."""
    findings: list[Finding] = []
    begun: tuple[str, int] | None = None
    end, before, least = -1, -1, 0.0
    for label, sure, number, at in zip(labels, shares, run, token, strict=True):
        if begun and label % 2 == 0 and at == end and number == before:
            least = min(least, sure)
        else:
            if begun:
                findings.append(Finding(*begun, end, least))
            begun, before, least = (_NAME[label], at), number, sure
        end = at + 1
    if begun:
        findings.append(Finding(*begun, end, least))
    return findings

"""The default recogniser: a linear-chain model trained by us (``training/``), with the gazetteer among its features."""

from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files
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
    Floats,
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
        tokens = tokenize(document.text)
        findings = with_headings(document, tokens, self.findings(document, tokens), self._vocabulary)
        return tuple(mentions_of(document, tokens, findings, self._vocabulary))

    def findings(self, document: Document, tokens: Tokens) -> list[Finding]:
        """Names of all kinds, as ranges of tokens."""
        if not tokens.words:
            return []
        cased = capitals_tell(document.text)
        weights = self._cased if cased else self._caseless
        described = describe(tokens.words, sentence_numbers(document, tokens), self._vocabulary, cased=cased)
        if not len(described.token):
            return []
        scores = emissions(weights, described.rows)
        labels = decode(scores, weights.pairs, described.run)
        at = labels.nonzero()[0]
        shares = beliefs(scores, weights, described.run, labels, at)
        return _collect(labels.take(at), shares, described.run.take(at), described.token.take(at))


def sentence_numbers(document: Document, tokens: Tokens) -> Ints:
    """Find the number of the sentence of each token."""
    firsts = [bisect_left(tokens.starts, start) for start, _ in document.sentences[1:]]
    bounds = np.array([0, *firsts, len(tokens.starts)])
    return np.arange(len(firsts) + 1).repeat(bounds[1:] - bounds[:-1])


def _collect(labels: Ints, shares: Floats, run: Ints, token: Ints) -> list[Finding]:
    """Names of neighbouring tokens with labels, each as sure as its least sure token."""
    findings: list[Finding] = []
    begun: tuple[str, int] | None = None
    end, before, least = -1, -1, 0.0
    rows = zip(labels.tolist(), shares.tolist(), run.tolist(), token.tolist(), strict=True)
    for label, sure, number, at in rows:
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

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
    NAME_OF,
    NAMES,
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
        at = np.flatnonzero(labels)
        shares = beliefs(scores, weights.pairs, described.run, labels, at)
        return _collect(labels[at], shares, described.run[at], described.token[at])


def sentence_numbers(document: Document, tokens: Tokens) -> Ints:
    """Find the number of the sentence of each token."""
    firsts = [bisect_left(tokens.starts, start) for start, _ in document.sentences[1:]]
    counts = np.diff([0, *firsts, len(tokens.starts)])
    return np.repeat(np.arange(len(counts)), counts)


def _collect(labels: Ints, shares: Floats, run: Ints, token: Ints) -> list[Finding]:
    """Names of neighbouring tokens with labels; a row of `shares` a token."""
    share = np.take_along_axis(shares, NAME_OF[labels][:, None] + 1, axis=1)[:, 0]
    findings: list[Finding] = []
    end = before = -1
    rows = zip(labels.tolist(), share.tolist(), run.tolist(), token.tolist(), strict=True)
    for label, sure, number, at in rows:
        if label % 2 == 0 and (at, number) == (end, before):
            name, first, _, surety, _ = findings[-1]
            findings[-1] = Finding(name, first, at + 1, min(surety, sure))
        else:
            findings.append(Finding(NAMES[NAME_OF[label]], at, at + 1, sure))
        end, before = at + 1, number
    return findings

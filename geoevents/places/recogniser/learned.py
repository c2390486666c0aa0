"""The default recogniser: a linear-chain model trained by us (``training/``), with the gazetteer among its features."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from geoevents.model import Document, PlaceMention
from geoevents.places.recogniser.features import Described, describe
from geoevents.places.recogniser.finding import Finding
from geoevents.places.recogniser.headings import with_headings
from geoevents.places.recogniser.mentions import mentions_of
from geoevents.places.recogniser.tagger import NAME_OF, NAMES, Weights, beliefs, decode, emissions, load_weights
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
    """

    def __init__(self, gazetteer: "Gazetteer") -> None:
        self._gazetteer = gazetteer
        self._vocabulary = Vocabulary(gazetteer)
        self._weights = {True: bundled_weights(CASED), False: bundled_weights(CASELESS)}

    def __reduce__(self) -> tuple[type["LearnedRecogniser"], tuple["Gazetteer"]]:
        return LearnedRecogniser, (self._gazetteer,)

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
        weights = self._weights[cased]
        described = describe(tokens.words, sentence_numbers(document, tokens), self._vocabulary, cased=cased)
        if not len(described.token):
            return []
        scores = emissions(weights, described.rows)
        labels = decode(scores, weights.pairs, described.run)
        shares = beliefs(scores, weights.pairs, described.run, labels)
        return _collect(labels, shares, described)


def sentence_numbers(document: Document, tokens: Tokens) -> npt.NDArray[np.int64]:
    """Find the number of the sentence of each token."""
    starts = np.array(tokens.starts)
    if not document.sentences:
        return np.zeros(len(starts), np.int64)
    return np.maximum(np.searchsorted([span[0] for span in document.sentences], starts, side="right") - 1, 0)


def _collect(labels: npt.NDArray[np.int64], shares: npt.NDArray[np.float32], described: Described) -> list[Finding]:
    run, token = described.run, described.token
    inside = np.flatnonzero(labels)
    findings: list[Finding] = []
    last = -2
    for i in inside.tolist():
        label = int(labels[i])
        name = int(NAME_OF[label])
        share = float(shares[i, name + 1])
        if label % 2 == 0 and i == last + 1 and run[i] == run[last]:
            before = findings[-1]
            findings[-1] = Finding(before.name, before.first, int(token[i]) + 1, min(before.confidence, share))
        else:
            findings.append(Finding(NAMES[name], int(token[i]), int(token[i]) + 1, share))
        last = i
    return findings

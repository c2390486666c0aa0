"""A recogniser on spaCy: the model is the user's own (``--recogniser spacy:en_core_web_sm``)."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from geoevents.errors import RecogniserError
from geoevents.model import Document, PlaceMention
from geoevents.places.recogniser.finding import Finding
from geoevents.places.recogniser.mentions import mentions_of
from geoevents.places.recogniser.vocabulary import Vocabulary
from geoevents.text.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from geoevents.places.gazetteer import Gazetteer

#: labels of spaCy's models (OntoNotes, CoNLL and WikiNER name them differently) → ours
_NAME_OF: Final[Mapping[str, str]] = {
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "DEM",
    "ORG": "ORG",
    "PERSON": "PER",
    "PER": "PER",
}


class SpacyRecogniser:
    """Finds toponyms with a spaCy pipeline that has a named entity recogniser.

    Raises
    ------
    RecogniserError
        If spaCy or the model is not installed; the message says what to install.
    """

    def __init__(self, model: str, gazetteer: "Gazetteer") -> None:
        self._model, self._gazetteer = model, gazetteer
        self._vocabulary = Vocabulary(gazetteer)
        self._pipeline = _load(model)

    def __reduce__(self) -> tuple[type["SpacyRecogniser"], tuple[str, "Gazetteer"]]:
        return SpacyRecogniser, (self._model, self._gazetteer)

    def __call__(self, document: Document) -> tuple[PlaceMention, ...]:
        """Mentions in order, without overlaps."""
        tokens = tokenize(document.text)
        entities = self._pipeline(document.text).ents
        found = [_finding(entity, tokens) for entity in entities if entity.label_ in _NAME_OF]
        return tuple(mentions_of(document, tokens, [finding for finding in found if finding], self._vocabulary))


def _load(model: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise RecogniserError("the recogniser spacy:… needs spaCy: pip install 'geoevents[spacy]'") from error
    try:
        return spacy.load(model)
    except OSError as error:
        raise RecogniserError(
            f"there is no spaCy model {model!r}: install it (python -m spacy download {model}), "
            "or give the folder of one"
        ) from error


def _finding(entity: Any, tokens: Tokens) -> Finding | None:
    """Find the tokens of an entity; None where it holds none whole."""
    first = bisect_left(tokens.starts, entity.start_char)
    last = first
    while last < len(tokens.ends) and tokens.ends[last] <= entity.end_char:
        last += 1
    return Finding(_NAME_OF[entity.label_], first, last, 1.0) if last > first else None

"""What a model finds in a document: names, as ranges of tokens."""

from typing import NamedTuple


class Finding(NamedTuple):
    """A name of some kind: a range of tokens, how sure the model is, and whether the gazetteer knows it as a place."""

    name: str
    first: int
    last: int
    confidence: float
    known: bool = False

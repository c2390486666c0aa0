"""What the labels of the corpora are turned into before a model learns them, and why.

- GUM's labels leave out what its tagger takes for an adjective ("United [States]"): the word is taken back in.
- GMB's and re3d's labels cut names apart ("[Sri] [Lanka]", "Palmyra [,] Syria") or reach into common words ("[southern
  Afghanistan]", "[the Caribbean]"): a name the gazetteer knows is made whole, edges in lower case are left out.
- GUM and EWT have no label for nationality words: those the gazetteer knows are given one.
"""

from collections.abc import Sequence
from typing import Final

from geoevents.places.recogniser.vocabulary import CLASSES, Vocabulary
from geoevents.text.tokens import Tokens

_GREAT: Final = frozenset(CLASSES.index(name) for name in ("country", "adm1", "region", "city5", "city4", "water"))
_DEMONYM: Final = CLASSES.index("demonym")
_COUNTRY: Final = CLASSES.index("country")
#: first words of names that a tagger may take for adjectives
_CUT_OFF: Final = frozenset(
    "united new north south east west northern southern eastern western central great saudi".split()
)
_INNER: Final = frozenset("of the and el al az de".split())
_LONGEST: Final = 6


def labels_of(tokens: Tokens, names: Sequence[tuple[int, int, str]]) -> list[str]:
    """BIO labels of tokens from spans of text; a span's tokens are those that lie in it."""
    labels = ["O"] * len(tokens.words)
    at = 0
    for start, end, kind in names:
        while at < len(labels) and tokens.starts[at] < start:
            at += 1
        first = True
        while at < len(labels) and tokens.ends[at] <= end:
            labels[at] = f"{'B' if first else 'I'}-{kind}"
            first = False
            at += 1
    return labels


def mended(words: Sequence[str], labels: Sequence[str], corpus: str, vocabulary: Vocabulary) -> list[str]:
    """Labels of one sentence, mended as said above."""
    out = list(labels)
    if corpus == "gum":
        _take_back(words, out)
    _make_whole(words, out, vocabulary)
    _mend_demonyms(words, out, vocabulary, corpus in ("gum", "ewt"))
    _trim(words, out)
    return out


def _take_back(words: Sequence[str], labels: list[str]) -> None:
    for i in range(len(words) - 1):
        if (
            labels[i] == "O"
            and words[i][0].isupper()
            and words[i].lower() in _CUT_OFF
            and labels[i + 1] in ("B-LOC", "B-ORG", "B-PER")
        ):
            kind = labels[i + 1][2:]
            labels[i], labels[i + 1] = f"B-{kind}", f"I-{kind}"


def _make_whole(words: Sequence[str], labels: list[str], vocabulary: Vocabulary) -> None:
    i = 0
    while i < len(words):
        end = _great_name(words, i, vocabulary) if words[i][0].isupper() else 0
        if end and _may_be_whole(labels, i, end):
            labels[i:end] = ["B-LOC"] + ["I-LOC"] * (end - i - 1)
        i = max(end, i + 1)


def _great_name(words: Sequence[str], first: int, vocabulary: Vocabulary) -> int:
    """End of the longest name of several words of an important place that begins at `first`; 0 if there is none."""
    best, name = 0, words[first]
    for at in range(first + 1, min(len(words), first + _LONGEST)):
        if not vocabulary.name(name)[1]:
            break
        word = words[at]
        if not (word[0].isupper() or word in "-'’" or word.lower() in _INNER):
            break
        name = f"{name}{word}" if word in "-'’" else f"{name} {word}"
        if word[0].isupper() and vocabulary.gazetteer_class(name) in _GREAT:
            best = at + 1
    return best


def _may_be_whole(labels: Sequence[str], first: int, end: int) -> bool:
    kinds = {label[2:] for label in labels[first:end]} - {""}
    begins_inside = labels[first].startswith("I-")
    goes_on = end < len(labels) and labels[end].startswith("I-") and labels[end] != "I-LOC"
    return "LOC" in kinds and not begins_inside and not goes_on


def _mend_demonyms(words: Sequence[str], labels: list[str], vocabulary: Vocabulary, add: bool) -> None:
    for i, word in enumerate(words):
        if not word[0].isupper():
            continue
        if i and words[i - 1][0].isupper() and vocabulary.gazetteer_class(f"{words[i - 1]} {word}") == _DEMONYM:
            if (
                labels[i] in ("B-DEM", "O")
                and labels[i - 1] in ("O", "B-LOC", "B-ORG", "B-DEM")
                and (add or labels[i] != "O")
            ):
                labels[i - 1], labels[i] = "B-DEM", "I-DEM"
        elif add and labels[i] == "O" and vocabulary.gazetteer_class(word) == _DEMONYM:
            labels[i] = "B-DEM"


def _trim(words: Sequence[str], labels: list[str]) -> None:
    """Leave out of places the edges that are no names, and signs between two of them."""
    i = 0
    while i < len(labels):
        if labels[i] != "B-LOC":
            i += 1
            continue
        end = i + 1
        while end < len(labels) and labels[end] == "I-LOC":
            end += 1
        inked = [j for j in range(i, end) if words[j][0].isupper()]
        commas = {j for j in range(i, end) if words[j] == ","}
        for j in range(i, end):
            within = bool(inked) and inked[0] <= j <= inked[-1] and j not in commas
            begins = within and (j == inked[0] or j - 1 in commas)
            labels[j] = "B-LOC" if begins else "I-LOC" if within else "O"
        i = end

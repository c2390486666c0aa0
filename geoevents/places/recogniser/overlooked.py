"""Names that the model overlooked or cut apart, where the gazetteer and the words around leave no doubt.

- A name glued by hyphens is one name where the gazetteer knows the whole: "Port-au-Prince", "Deir ez-Zor".
- "the port of X", "X province", "the mayor of X": a name that the gazetteer knows, beside a word for what it is, or for
  what towns have.
- "at Tell X": a name unknown to the gazetteer that begins as names of places do, after a word for where.
"""

from collections.abc import Iterator, Sequence
from itertools import compress, count
from typing import Final

from geoevents.places.recogniser.finding import Finding
from geoevents.places.recogniser.vocabulary import CLASSES, CUE, Vocabulary, cue_words, folded
from geoevents.text.tokens import Tokens

_HYPHENS: Final = frozenset("-–")
#: a place that the text calls by its kind is as sure as this: about what the model's own findings are right
_CONFIDENCE: Final = 0.9
_LONGEST: Final = 5
#: words for kinds of places before "of" and a name; after a name those of the second list ("city" may end any name)
_KINDS_BEFORE: Final = frozenset(
    "city town village hamlet port capital province district governorate region quarter neighbourhood neighborhood "
    "suburb camp municipality island outskirts".split()
)
#: what is so called is a place though no gazetteer knows it
_KINDS_SURE: Final = frozenset("city town village hamlet port province district governorate".split())
#: what towns have, in small letters before "of" and a name that the gazetteer knows: "the indigenous guard of X"
_TOWNS_HAVE: Final = frozenset(
    "airport cemetery council garrison governor guard hospital inhabitants market mayor mosque outskirts population "
    "residents road roads streets suburbs townspeople villagers".split()
)
_KINDS_AFTER: Final = frozenset(
    "province governorate district region county oblast prefecture quarter neighbourhood neighborhood suburb".split()
)
#: words beside which something may have been overlooked
_MARKS: Final = _HYPHENS | _KINDS_AFTER | {"of"}
#: first words of names of villages and landmarks, in the spellings news use
_STARTS: Final = frozenset(
    "tell tel tal tall kafr kfar kafar deir dayr khan khirbet wadi beit bait bayt umm abu bab ras jabal jebel bir ain "
    "ayn qalat qasr sidi bani beni nova novo nizhny verkhny mount lake port fort san santa".split()
)
_DEMONYM: Final = CLASSES.index("demonym")


def completed(text: str, tokens: Tokens, findings: Sequence[Finding], vocabulary: Vocabulary) -> list[Finding]:
    """Give the findings with what was overlooked, in order, without overlaps."""
    words = tokens.words
    marks = list(compress(count(), map(_MARKS.__contains__, words)))
    hyphens = [i for i in marks if words[i] in _HYPHENS]
    glued, called = _glued(text, tokens, hyphens, vocabulary), _called(text, tokens, marks, vocabulary)
    overlooked = [*glued, *called, *_begun(tokens, findings)]
    if not overlooked:
        return list(findings)
    owner = {i: finding for finding in findings for i in range(finding.first, finding.last)}
    kept: dict[int, Finding] = {finding.first: finding for finding in findings}
    for found in overlooked:
        inside = {owner[i].first: owner[i] for i in range(found.first, found.last) if i in owner}
        if any(not _gives_way(other, found) for other in inside.values()):
            continue
        for first in inside:
            kept.pop(first, None)
        kept[found.first] = found
        owner.update((i, found) for i in range(found.first, found.last))
    return [kept[first] for first in sorted(kept)]


def _gives_way(other: Finding, found: Finding) -> bool:
    """Whether what the model found is part of a longer name, or one of no use."""
    within = found.first <= other.first and other.last <= found.last
    if other.name == "LOC":
        return within and (other.first, other.last) != (found.first, found.last)
    return within and (other.name == "PER" if found.known else other.name == "ORG")


def _glued(text: str, tokens: Tokens, hyphens: Sequence[int], vocabulary: Vocabulary) -> Iterator[Finding]:
    words, starts, ends = tokens
    done = 0
    for i in hyphens:
        if i < done or i == 0 or i + 1 >= len(words):
            continue
        first, last = i, i
        while first and i - first < _LONGEST and starts[first] == ends[first - 1]:
            first -= 1
        while last + 1 < len(words) and last - i < _LONGEST and ends[last] == starts[last + 1]:
            last += 1
        done = last
        if first == i or last == i:
            continue
        for a in (first - 1, first):
            if a < 0 or not words[a][0].isupper() or text[ends[a] : starts[a + 1]] not in (" ", ""):
                continue
            end = last + 1
            while end > i + 1 and not words[end - 1][0].isupper():
                end -= 1
            if words[end - 1][0].isupper() and vocabulary.gazetteer_class(text[starts[a] : ends[end - 1]]) not in (
                0,
                _DEMONYM,
            ):
                yield Finding("LOC", a, end, _CONFIDENCE, True)
                break


def _called(text: str, tokens: Tokens, marks: Sequence[int], vocabulary: Vocabulary) -> Iterator[Finding]:
    words, starts, ends = tokens

    def known(first: int, last: int) -> bool:
        """Whether a run of capitalised words is a name of the gazetteer, and no word of the language."""
        if not all(word[0].isupper() for word in words[first:last]):
            return False
        return vocabulary.gazetteer_class(text[starts[first] : ends[last - 1]]) not in (0, _DEMONYM)

    for i in marks:
        word = words[i]
        if (
            word == "of"
            and i + 1 < len(words)
            and (words[i - 1].lower() in _KINDS_BEFORE or words[i - 1] in _TOWNS_HAVE)
        ):
            for last in range(min(len(words), i + _LONGEST), i + 1, -1):
                if known(i + 1, last):
                    yield Finding("LOC", i + 1, last, _CONFIDENCE, True)
                    break
            else:
                if words[i - 1] in _KINDS_SURE and words[i + 1][0].isupper():
                    yield Finding("LOC", i + 1, i + 2, _CONFIDENCE)
        elif word in _KINDS_AFTER:
            first = next((first for first in range(max(0, i - 3), i) if known(first, i)), None)
            if first is not None:
                yield Finding("LOC", first, i, _CONFIDENCE, True)


def _begun(tokens: Tokens, findings: Sequence[Finding]) -> Iterator[Finding]:
    words = tokens.words
    for finding in findings:
        if finding.name != "ORG" or not 1 < finding.last - finding.first <= 3 or not finding.first:
            continue
        own = [folded(word) for word in words[finding.first : finding.last]]
        if own[0] not in _STARTS or any(cue_words().get(word, 0) & CUE["organisation"] for word in own):
            continue
        if cue_words().get(words[finding.first - 1], 0) & CUE["preposition"] or words[finding.first - 1] == "on":
            yield Finding("LOC", finding.first, finding.last, finding.confidence)

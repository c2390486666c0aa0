"""From names found by the model to mentions: which part of a name is the place, and what it stands for there."""

from collections.abc import Iterator, Sequence
from typing import Final

from geoevents.model import Document, MentionKind, PlaceMention
from geoevents.places.recogniser.finding import Finding
from geoevents.places.recogniser.overlooked import completed
from geoevents.places.recogniser.vocabulary import (
    CLASSES,
    COMMON,
    CUE,
    GIVEN,
    SURNAME,
    Vocabulary,
    cue_words,
    folded,
    governments,
    listed_words,
)
from geoevents.text.tokens import Tokens

#: words in front of a place's name that say which part of it is meant; they are no part of the name itself unless the
#: gazetteer knows the whole ("Eastern Ukraine", but "North Korea")
PARTS: Final = frozenset(
    """
    northern southern eastern western central northeastern northwestern southeastern southwestern north south east west
    northeast northwest southeast southwest upper lower greater downtown inner outer mid metro metropolitan the old
    modern mainland rural urban occupied former
    """.split()
)
#: a name that ends so is a street or a building: the place its first word might name is not where it is
FACILITIES: Final = frozenset(
    """
    road rd street st avenue ave drive dr lane boulevard blvd highway hwy route way court ct place square parkway pike
    circle terrace bridge hospital school college university church mosque cathedral temple airport station hotel hall
    tower building center centre mall park stadium arena museum theater theatre library plaza house
    """.split()
)
_KNOWN: Final = {name: i for i, name in enumerate(CLASSES)}
#: classes of names taken for places within an organisation's name on sight; others only where the same name stands
#: for a place elsewhere in the document
_PLAIN: Final = frozenset(
    _KNOWN[name] for name in ("country", "adm1", "adm2", "city5", "city4", "demonym", "short", "region")
)
#: a single word that may be a person's name, and no great place's, is a place only when the model is as sure as this,
#: or as sure of the same word elsewhere in the document; chosen on the dev files, where a fifth fewer people
#: are taken for places for it, and at no cost to the end-to-end F1 of LGL and TR-News
SURE_OF_NAMESAKE: Final = 0.8
_METONYM: Final = frozenset(_KNOWN[name] for name in ("country", "adm1", "city5", "city4", "city3", "short", "region"))
#: words in lower case that end the name of a structure or a natural feature ("Mosul dam"), where the gazetteer knows
#: it so
_SPOTS: Final = frozenset(
    """
    airbase airport airfield base bay bridge camp canal checkpoint crossing dam desert field gulf island islands lake
    mountain mountains oilfield pass peninsula plant port prison refinery reservoir river sea strait valley
    """.split()
)
_SPOT_CLASSES: Final = frozenset(_KNOWN[name] for name in ("water", "land", "spot", "region"))
_LONGEST: Final = 6
#: names that stand for a government when they do what governments do
_GOVERNED: Final = frozenset(_KNOWN[name] for name in ("country", "city5", "short"))
#: after these a name is a place, whatever follows: "the plant in China rejected …"
_LOCATING: Final = frozenset(
    "in at near from to of outside inside around across over off through toward towards".split()
)
_POSSESSIVE: Final = frozenset(("'s", "’s"))
#: words that may stand between a name and its verb
_AUXILIARIES: Final = 2


def mentions_of(
    document: Document, tokens: Tokens, findings: Sequence[Finding], vocabulary: Vocabulary
) -> Iterator[PlaceMention]:
    """Mentions in order; people's names give none."""
    findings = completed(document.text, tokens, findings, vocabulary)
    reader = _Reader(document, tokens, findings, vocabulary)
    for finding in findings:
        yield from reader.read(finding)


class _Reader:
    def __init__(self, document: Document, tokens: Tokens, findings: Sequence[Finding], vocabulary: Vocabulary) -> None:
        self._document, self._tokens, self._vocabulary = document, tokens, vocabulary
        self._taken = {i for finding in findings for i in range(finding.first, finding.last)}
        self._places = {
            self._surface(f.first, f.last).casefold() for f in findings if f.name == "LOC" and not self._is_doubtful(f)
        }

    def _is_doubtful(self, finding: Finding) -> bool:
        """Whether a name found as a place may as well be a person's."""
        if finding.last - finding.first > 1 or finding.confidence >= SURE_OF_NAMESAKE:
            return False
        kind = self._class(finding.first, finding.last)
        word = folded(self._tokens.words[finding.first])
        return not kind or (kind not in _PLAIN and bool(listed_words().get(word, 0) & (GIVEN | SURNAME)))

    def read(self, finding: Finding) -> Iterator[PlaceMention]:
        if finding.name == "LOC":
            if self._is_doubtful(finding) and self._surface(finding.first, finding.last).casefold() not in self._places:
                return
            kind: MentionKind = "organisation" if self._completes_organisation(finding.first) else "place"
            if self._governs(finding):
                kind = "metonym"
            for first, last in self._parts(*self._extended(finding.first, finding.last)):
                yield self._mention(first, last, kind, finding.confidence)
        elif finding.name == "DEM":
            first, last = self._extended(finding.first, finding.last)
            if self._class(first, last):
                yield self._mention(first, last, "demonym", finding.confidence)
            else:
                for first, last in self._inner(finding.first, finding.last):
                    yield self._mention(first, last, "demonym", finding.confidence)
        elif finding.name == "ORG":
            if self._class(finding.first, finding.last) in _METONYM:
                yield self._mention(finding.first, finding.last, "metonym", finding.confidence)
            else:
                for first, last in self._inner(finding.first, finding.last):
                    yield self._mention(first, last, "organisation", finding.confidence)

    def _completes_organisation(self, first: int) -> bool:
        """Whether "University of" or the like stands before a name, and the model saw no more than the place."""
        words = self._tokens.words
        if first < 2 or words[first - 1] != "of" or not words[first - 2][0].isupper():
            return False
        return bool(cue_words().get(folded(words[first - 2]), 0) & CUE["organisation"])

    def _governs(self, finding: Finding) -> bool:
        """Whether a country or great city does, or has, what governments do and have ("Washington has imposed …")."""
        words, first, at = self._tokens.words, finding.first, finding.last
        if self._class(first, at) not in _GOVERNED or (first and words[first - 1].lower() in _LOCATING):
            return False
        table = governments()
        if at + 1 < len(words) and words[at] in _POSSESSIVE:
            return words[at + 1] in table["have"]
        for word in words[at : at + _AUXILIARIES + 1]:
            if word not in table["auxiliary"]:
                return word in table["verbs"]
        return False

    def _surface(self, first: int, last: int) -> str:
        return self._document.text[self._tokens.starts[first] : self._tokens.ends[last - 1]]

    def _class(self, first: int, last: int) -> int:
        return self._vocabulary.gazetteer_class(self._surface(first, last))

    def _mention(self, first: int, last: int, kind: MentionKind, confidence: float) -> PlaceMention:
        start, end = self._tokens.starts[first], self._tokens.ends[last - 1]
        return PlaceMention(
            doc_id=self._document.id,
            start=start,
            end=end,
            text=self._document.text[start:end],
            kind=kind,
            confidence=round(confidence, 4),
        )

    def _extended(self, first: int, last: int) -> tuple[int, int]:
        """Take in a neighbouring word that the model left out, where the gazetteer knows the whole name."""
        words, taken = self._tokens.words, self._taken
        if (
            first
            and first - 1 not in taken
            and words[first - 1][0].isupper()
            and self._adjacent(first)
            and self._class(first - 1, last)
        ):
            return first - 1, last
        named = last < len(words) and words[last] in _SPOTS and self._adjacent(last)
        if named and self._class(first, last + 1) in _SPOT_CLASSES:
            return first, last + 1
        if (
            last < len(words)
            and last not in taken
            and words[last][0].isupper()
            and self._adjacent(last)
            and self._class(first, last + 1)
        ):
            return first, last + 1
        return first, last

    def _adjacent(self, index: int) -> bool:
        return self._document.text[self._tokens.ends[index - 1] : self._tokens.starts[index]] == " "

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Give the name itself, or the names within it that the gazetteer knows."""
        words = self._tokens.words
        if self._class(first, last):
            yield first, last
            return
        bare = first
        while bare < last - 1 and words[bare].lower() in PARTS:
            bare += 1
        if bare > first and self._class(bare, last):
            yield bare, last
        elif last - first > 1 and words[last - 1].lower().rstrip(".") not in FACILITIES:
            found = list(self._inner(first, last, anywhere=True))
            covered = sum(b - a for a, b in found)
            if found and (len(found) > 1 or covered >= (last - first) / 2):
                yield from found
            else:
                yield bare, last
        else:
            yield bare, last

    def _inner(self, first: int, last: int, anywhere: bool = False) -> Iterator[tuple[int, int]]:
        """Longest known names within a longer one, left to right."""
        at = first
        while at < last:
            end = self._longest(at, last, anywhere)
            if end:
                yield at, end
            at = end or at + 1

    def _longest(self, at: int, last: int, anywhere: bool) -> int:
        words, start, ends = self._tokens.words, self._tokens.starts[at], self._tokens.ends
        if not words[at][0].isupper():
            return 0
        for end in range(min(last, at + _LONGEST), at, -1):
            if words[end - 1][0].isupper():
                surface = self._document.text[start : ends[end - 1]]
                kind = self._vocabulary.gazetteer_class(surface)
                if kind and self._plausible(surface, end - at, kind, anywhere):
                    return end
        return 0

    @staticmethod
    def _is_word(surface: str) -> bool:
        """Whether a single word is one of the language, so that a capital alone does not make it a place."""
        word = folded(surface)
        acronym = surface.isupper() and len(surface) > 1
        return not acronym and bool(cue_words().get(word, 0) or listed_words().get(word, 0) & COMMON)

    def _plausible(self, surface: str, length: int, kind: int, anywhere: bool) -> bool:
        if surface.casefold() in self._places:
            return True
        if length == 1 and kind != _KNOWN["country"] and self._is_word(surface):
            return False
        if kind == _KNOWN["short"]:
            return surface.isupper() or surface.endswith(".")
        return kind in _PLAIN or (anywhere and kind > 0)

"""The country of an event that no place is told of: from the forces, the groups and the peoples named with it.

"Colombian soldiers", "the National Liberation Army", "two Nepalese villagers", "a Basque party" say in which country,
and no more: no point on a map follows. Groups and forces that act in one country say most, a group of several counts
for the one whose conflict it belongs to; what is named with the event counts for more than what is named elsewhere in
the document. What told is said with the answer.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from geoevents.countries import country_name
from geoevents.incidents._phrases import PhraseTable
from geoevents.incidents._tables import table
from geoevents.incidents.actors import ActorMention
from geoevents.model import DocumentPlaces, MentionKind, ResolvedPlace
from geoevents.text.words import Words

# Weights by hand, tried on RDWTI's first half.
_OF_ROLE: Final = {"group": 3.0, "force": 2.0, "generic": 1.0, "civilians": 0.5, "object": 0.5}
_OF_HOME: Final = 1.5  # a group that acts in several countries, for its home
_OF_KIND: Final[dict[MentionKind, float]] = {"place": 1.0, "metonym": 1.0, "demonym": 1.0, "organisation": 0.7}
_OF_WORDS: Final = {"people": 0.8, "institution": 1.5}  # of ``data/homelands.csv``
_ELSEWHERE: Final = 0.4  # share of the weight of what is named in other sentences
_SURE: Final = 0.6  # share of all evidence that the country must have


class Hint(NamedTuple):
    """Something in a document that tells a country.

    Attributes
    ----------
    what
        Kind of evidence: ``group``, ``force``, ``people``, ``institution``, ``name``.
    """

    country: str
    sentence: int
    weight: float
    what: str
    text: str


class Nations:
    """What a document tells of countries beside its places."""

    def __init__(self, words: Words, actors: Sequence[ActorMention], places: DocumentPlaces) -> None:
        self._words = words
        self._actors = actors
        self._places = places

    @cached_property
    def _hints(self) -> list[Hint]:
        return [*self._of_actors(), *self._of_names(), *self._of_words()]

    def country_of(self, sentences: Collection[int], place: str = "", least: float = 0.0) -> tuple[str, str]:
        """Country an event happened in, as far as nations and groups tell.

        Parameters
        ----------
        sentences
            Numbers of the sentences that tell of the event.
        place
            A name that has no say, since its own country is in question.
        least
            Weight of evidence below which there is no answer; the name of a group that acts in one country is 3.

        Returns
        -------
        Two-letter code and, in words, what told it; both empty where nothing does, or several speak against each other.
        """
        evidence: defaultdict[str, float] = defaultdict(float)
        best: dict[str, tuple[float, Hint]] = {}
        for hint in self._hints:
            if place and hint.text == place:
                continue
            weight = hint.weight * (1.0 if hint.sentence in sentences else _ELSEWHERE)
            evidence[hint.country] += weight
            if weight > best.get(hint.country, (0.0, hint))[0]:
                best[hint.country] = (weight, hint)
        country, weight = max(evidence.items(), key=lambda item: (item[1], item[0]), default=("", 0.0))
        if not weight or weight < least or weight < _SURE * sum(evidence.values()):
            return "", ""
        hint = best[country][1]
        return country, f"{country_name(country)} by the {hint.what} {hint.text!r}"

    def _of_actors(self) -> Iterator[Hint]:
        for actor in self._actors:
            weight = _OF_ROLE.get(actor.role, 0.0)
            if weight and len(actor.countries) == 1:
                what = actor.role if actor.role in ("group", "force") else "people"
                yield Hint(actor.countries[0], actor.sentence, weight, what, actor.text)
            elif actor.home:
                yield Hint(actor.home, actor.sentence, _OF_HOME, "group", actor.text)

    def _of_names(self) -> Iterator[Hint]:
        groups = [(a.start, a.end, a.countries) for a in self._actors if a.role == "group"]
        starts = [start for start, _, _ in groups]
        for result in self._places.resolved:
            weight = _OF_KIND.get(result.mention.kind, 0.0) * result.confidence
            if not weight or result.place is None or not result.place.country_code:
                continue
            inside = bisect_right(starts, result.mention.start) - 1
            _, end, countries = groups[inside] if inside >= 0 else (0, 0, ())
            if result.mention.start < end and result.place.country_code not in countries:
                continue  # "Hamas" is no town
            yield Hint(result.place.country_code, self._sentence_of(result), weight, "name", result.mention.text)

    def _sentence_of(self, result: ResolvedPlace) -> int:
        return self._words.sentence_of[max(bisect_right(self._words.starts, result.mention.start) - 1, 0)]

    def _of_words(self) -> Iterator[Hint]:
        for first, stop, readings in _homelands().find(self._words.lower):
            if self._is_name(first, stop):
                country, what = readings[0].payload
                start, end = self._words.span(first, stop)
                sentence = self._words.sentence_of[first]
                yield Hint(country, sentence, _OF_WORDS[what], what, self._words.text[start:end])

    def _is_name(self, first: int, stop: int) -> bool:
        if stop - first == 1 and len(self._words.lower[first]) <= _SHORT:
            return self._words.acronym(first)
        return self._words.capital(first)


_SHORT: Final = 3  # letters of a word that is an abbreviation, and no people


@lru_cache(maxsize=1)
def _homelands() -> PhraseTable[tuple[str, str]]:
    return PhraseTable((row["pattern"], (row["country"], row["what"])) for row in table("homelands"))

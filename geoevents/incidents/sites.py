"""Sites: the places of a sentence as they stand together in one phrase, with the word that governs them.

"in the Karrada district of Baghdad, Iraq" is one site of three nested places, governed by "in"; "Mosul and Kirkuk" are
two. A name that lies far from the places it is said to be in was taken for another place, and is left out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geoevents.geo import distance_km
from geoevents.incidents.lexicon import data_lines
from geoevents.model import Location
from geoevents.text.words import Words

_CHAIN_REACH: Final = 9  # words between two places of one phrase
_GOVERNOR_REACH: Final = 8  # words between a place and what governs it
_NESTED_KM: Final = 150.0  # how far a place may lie from one that it is told to be in, beyond that one's radius
COUNTRY: Final = 6  # where_prec of countries
_NESTING: Final = frozenset("in of at near inside outside within on around off".split())
_ADJECTIVES: Final = 2  # words between "in" and "area of" that no list needs to know
_DIRECTIONS: Final = frozenset("north south east west northeast northwest southeast southwest".split())


@dataclass(frozen=True, slots=True)
class Site:
    """Places of one phrase, in the order of the text.

    Attributes
    ----------
    places
        The nested places; never empty.
    first, stop
        Words of the phrase, without what governs it.
    governor
        The preposition or verb before it; empty where there is none.
    at
        Word of the governor; that of the phrase where there is none.
    """

    places: tuple[Location, ...]
    first: int
    stop: int
    governor: str
    at: int

    @property
    def finest(self) -> Location:
        """The place that lies in the others; the first of equals."""
        return min(self.places, key=lambda place: place.where_prec)

    @property
    def is_country(self) -> bool:
        """Whether it names no more than a country."""
        return self.finest.where_prec >= COUNTRY


def read_sites(words: Words, sentence: range, places: Sequence[Location]) -> list[Site]:
    """Sites of a sentence.

    Parameters
    ----------
    places
        Its locations in order.
    """
    sites: list[Site] = []
    for chain in _chains(words, places):
        first, stop = _words_of(words, chain[0][0]).start, _words_of(words, chain[-1][-1]).stop
        governor, at = _governor(words, sentence, first)
        if not governor and words.lower[first] in governors():
            governor, at = words.lower[first], first  # "near Baquba" brings its own
        if not governor and sites and set(words.lower[sites[-1].stop : first]) <= _AND:
            governor = sites[-1].governor  # "in Mosul and Kirkuk"
        nested = [place for part in chain for place in part]
        sites.append(Site(tuple(nested), first, stop, governor, at))
    return sites


_AND: Final = frozenset((",", "and", "or", "as", "well", "the"))


def _chains(words: Words, places: Sequence[Location]) -> Iterator[list[list[Location]]]:
    """Divide a sentence's places into runs that stand in one phrase and lie in each other."""
    chain: list[list[Location]] = []
    for place in places:
        if chain:
            last = chain[-1][-1]
            between = words.lower[_words_of(words, last).stop : _words_of(words, place).start]
            if place.start < last.end:
                if place.end > last.end and place.where_prec < last.where_prec:
                    chain[-1] = [place]  # "near the West Bank village of Huwara"
                continue
            between = between[_tail(words, _words_of(words, last).stop, between) :]
            if len(between) <= _CHAIN_REACH and _links() >= set(between) and "and" not in between:
                if _may_nest(last, place, between):
                    chain.append([place])
                    continue
                if "'s" in between:
                    continue  # "Basra's Al Quds district": the finer name was misread
                if (_NESTING & set(between) and not _owns(place, between)) or _is_misread(last, place, between):
                    chain = [part for part in chain if _are_near(part[0], place)]  # misread names
                    chain.append([place])
                    continue
            yield chain
        chain = [[place]]
    if chain:
        yield chain


def _tail(words: Words, first: int, between: Sequence[str]) -> int:
    """How many words more belong to the name before: "Ahmad *Agha* neighborhood of", "Maria *del Poggio*, on"."""
    tail = 0
    while tail < len(between) and (words.capital(first + tail) or between[tail] in _PARTICLES):
        tail += 1
    return tail


_PARTICLES: Final = frozenset("al as de del della di du el la le e y".split())


def _owns(place: Location, between: Sequence[str]) -> bool:
    """Whether a country owns what is told of, and is not where it is: "the offices in Rome of Chile's embassy"."""
    return place.where_prec >= COUNTRY and "of" in between


def _is_misread(first: Location, second: Location, between: Sequence[str]) -> bool:
    """Whether a name is no part of a list, but was taken for a namesake far from what it is said to lie in or off.

    "in Mushtal district, 30 km west of Kabul"; "at Telwan, Kabul", where the first is much less sure than the second.
    """
    if first.place.country_code == second.place.country_code:
        return False
    if second.relation in _OFFSETS and "," in between:
        return True
    return set(between) == {","} and first.confidence < _UNSURE <= second.confidence


_OFFSETS: Final = ("offset", "near")
_UNSURE: Final = 0.9  # confidence of a name below which its neighbour has a say


def _may_nest(first: Location, second: Location, between: Sequence[str]) -> bool:
    """Whether one of two places can lie in the other: same country, near, and one an area or tied by a preposition."""
    if not _are_near(first, second):
        return False
    return bool(_NESTING & set(between)) or first.where_prec != second.where_prec or "'s" in between


def _are_near(first: Location, second: Location) -> bool:
    if first.place.country_code and second.place.country_code == first.place.country_code:
        if _is_of_country(first) or _is_of_country(second):
            return True  # the middle of "southern Thailand" may lie far from its ends
    elif first.place.country_code and second.place.country_code and max(first.where_prec, second.where_prec) >= COUNTRY:
        return False  # what has no country, as Kashmir, is judged by distance
    reach = _NESTED_KM + first.radius_km + second.radius_km
    return distance_km(first.latitude, first.longitude, second.latitude, second.longitude) <= reach


def _is_of_country(place: Location) -> bool:
    return place.where_prec >= COUNTRY or place.place.feature_code.startswith("PCL")


def _words_of(words: Words, place: Location) -> range:
    first = max(bisect_right(words.starts, place.start) - 1, 0)
    return range(first, max(bisect_left(words.starts, place.end), first + 1))


def _governor(words: Words, sentence: range, first: int) -> tuple[str, int]:
    """Find the preposition or verb that governs a phrase, and where it stands.

    Articles, adjectives, names and the kind of place ("the northern town of") are passed over on the way.
    """
    weights, links, kinds = governors(), _links(), _kinds()
    adjectives = 0
    for index in range(first - 1, max(sentence.start, first - _GOVERNOR_REACH) - 1, -1):
        word = words.lower[index]
        if word == "of" and index > sentence.start and words.lower[index - 1] in kinds:
            if words.lower[index - 1] in _DIRECTIONS and words.lower[index - 2] != "the":
                return "", index  # "northeast of Baghdad" is not in Baghdad
            adjectives = _ADJECTIVES  # "a residential area of"
            continue
        if word in weights:
            return word, index
        if word == ",":
            break
        if not (word in links or word in kinds or words.capital(index)):
            adjectives -= 1
            if adjectives < 0 or not word.isalpha() or word in _no_nouns():
                break
    return "", first


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    rows = (line.partition(":") for line in data_lines("places.txt"))
    return {name: words.split() for name, _, words in rows}


def word_list(name: str) -> frozenset[str]:
    """One of the lists of ``data/places.txt``."""
    return frozenset(_lists()[name])


@lru_cache(maxsize=1)
def governors() -> dict[str, float]:
    """Word that governs a place → what it says for the place's being an event's own."""
    pairs = (item.split("=") for item in _lists()["governors"])
    return {word: float(weight) for word, weight in pairs}


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return word_list("kinds")


@lru_cache(maxsize=1)
def _no_nouns() -> frozenset[str]:
    return word_list("no nouns")


@lru_cache(maxsize=1)
def _links() -> frozenset[str]:
    return word_list("links") | _kinds() | _NESTING | {"'s"}

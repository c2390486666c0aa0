"""According to whom: the speaker of each part of a sentence, and how the text stands to what is said.

"Police said three were killed", "three were killed, according to the Observatory", "the group claimed". A passive
("was reported killed") and "reportedly" name no speaker. "Initially", "at first" mark a figure that later ones replace;
"rose to", "now", "later" one that replaces. The words are in ``data/speech.txt``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from geoevents.incidents.lexicon import data_lines
from geoevents.incidents.tags import Tagged
from geoevents.model import Stance

_STANCES: Final[Mapping[str, Stance]] = {
    "verbs": "reported",
    "claimed": "claimed",
    "denied": "denied",
    "disputed": "disputed",
    "revising": "revised",
}
_MARKS: Final = frozenset(',;:()[]"“”–—.')
_LONGEST_SPEAKER: Final = 12  # words; the longest in Airwars' first half that is a speaker has 11
_MOST: Final = 20  # attributions of one sentence; more are no prose
_CLOSING: Final = 3  # words that may follow the verb of "…, police said on Friday."
_ACCORDING: Final = frozenset(("according", "per"))
_CITING: Final = frozenset(("citing", "quoting"))


class Attribution(NamedTuple):
    """A stretch of a sentence, by offsets, that somebody vouches for."""

    start: int
    end: int
    speaker: str
    stance: Stance


class Voices(NamedTuple):
    """Who speaks where in one sentence, and whether its figures are early or late ones."""

    attributions: tuple[Attribution, ...]
    early: bool
    late: bool
    revised: bool
    false: bool

    def at(self, offset: int) -> tuple[str | None, Stance]:
        """Speaker and stance at an offset of the text; (None, "reported") where the article speaks itself."""
        for attribution in self.attributions:
            if attribution.start <= offset < attribution.end:
                return attribution.speaker, attribution.stance
        return None, "reported"


@dataclass(frozen=True, slots=True)
class _Speech:
    verbs: Mapping[str, Stance]
    boundaries: frozenset[str]
    determiners: frozenset[str]
    auxiliaries: frozenset[str]
    between: frozenset[str]
    leading: frozenset[str]
    nobody: frozenset[str]
    nouns: frozenset[str]
    behind_nouns: frozenset[str]
    early: frozenset[str]
    late: frozenset[str]
    revised: frozenset[str]
    false: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=1)
def _speech() -> _Speech:
    lines = {head: rest for head, _, rest in (line.partition(":") for line in data_lines("speech.txt"))}
    heads = ("boundaries", "determiners", "auxiliaries", "between", "leading", "nobody", "nouns", "behind nouns")
    sets = {head.replace(" ", "_"): frozenset(lines[head].split()) for head in heads}
    cues = {head: _cues(lines[head]) for head in ("early", "late", "revised", "false")}
    verbs = {word: stance for head, stance in _STANCES.items() for word in lines[head].split()}
    openers = frozenset(cue.split()[0] for some in cues.values() for cue in some if " " in cue)
    return _Speech(verbs=verbs, openers=openers, **sets, **cues)


def _cues(line: str) -> frozenset[str]:
    """Single words before the first bar, then phrases of two words."""
    words, *phrases = line.split("|")
    return frozenset([*words.split(), *(phrase.strip() for phrase in phrases)])


def read_voices(words: Tagged) -> Voices:
    """Speakers of a sentence."""
    speech, lower = _speech(), words.lower
    found: list[Attribution] = []
    speaking = [
        (at, word) for at, word in enumerate(lower) if word in speech.verbs or word in _CITING or word in _ACCORDING
    ]
    for index, word in speaking:
        if len(found) > _MOST:
            break
        if word in speech.verbs and not _is_noun(lower, index, speech):
            _take(words, index, speech, found)
        elif word in _CITING or (word in _ACCORDING and index + 1 < len(lower) and lower[index + 1] == "to"):
            start = index + (2 if word == "according" else 1)
            if speaker := _speaker_after(words, start, speech):
                found = _cite(words, index, speaker, found)
    heard = set(lower)
    if not speech.openers.isdisjoint(heard):
        heard.update([f"{a} {b}" for a, b in pairwise(lower) if a in speech.openers])
    return Voices(
        tuple(found),
        early=not heard.isdisjoint(speech.early),
        late=not heard.isdisjoint(speech.late),
        revised=not heard.isdisjoint(speech.revised),
        false=not heard.isdisjoint(speech.false),
    )


def _cite(words: Tagged, index: int, speaker: str, found: list[Attribution]) -> list[Attribution]:
    """Give "according to" its sentence, or what stands behind the one before it."""
    cited = [attribution for attribution in found if attribution.start == words.starts[0]]
    if not cited:
        return [*found, Attribution(words.starts[0], words.ends[-1], speaker, "reported")]
    start = words.starts[index]
    kept = [a._replace(end=min(a.end, words.ends[index - 1])) if a in cited else a for a in found]
    behind = max((position for position in range(index) if words.lower[position] in ("and", "but", ",")), default=0)
    cut = min(start, words.starts[behind])
    return [*(a._replace(end=cut) if a in kept and a.start < cut < a.end else a for a in kept),
            Attribution(cut, words.ends[-1], speaker, "reported")]  # fmt: skip


def _take(words: Tagged, verb: int, speech: _Speech, found: list[Attribution]) -> None:
    """Give a verb of speech its stretch: what follows it, or what precedes it where it closes the sentence."""
    first, last = _subject(words, verb, speech)
    if first == last:
        if not (found and words.lower[verb - 1] in ("and", ",")):
            return
        speaker = found[-1].speaker
    else:
        speaker = words.text[words.starts[first] : words.ends[last - 1]]
    stance = speech.verbs[words.lower[verb]]
    rest = [word for word in words.lower[verb + 1 :] if word not in _MARKS]
    if len(rest) <= _CLOSING and first > 0:
        found.append(Attribution(words.starts[0], words.ends[verb], speaker, stance))
        return
    start = words.ends[verb]
    if found and found[-1].end > start:
        found[-1] = found[-1]._replace(end=words.starts[verb])
    found.append(Attribution(start, words.ends[-1], speaker, stance))


def _subject(words: Tagged, verb: int, speech: _Speech) -> tuple[int, int]:
    """Words of the speaker before a verb; an empty range where there is none."""
    lower, last = words.lower, verb
    while last > 0 and (lower[last - 1] in speech.between or lower[last - 1].endswith("ly")):
        last -= 1
    if last == 0 or lower[last - 1] in speech.determiners or lower[last - 1] in speech.auxiliaries:
        return verb, verb
    first = last
    while first > 0 and last - first < _LONGEST_SPEAKER and not _ends_speaker(lower, first - 1, speech):
        first -= 1
    while first < last and lower[first] in speech.leading:
        first += 1
    if last - first == 1 and (lower[first] in speech.nobody or lower[first][0].isdigit()):
        return verb, verb
    return first, last


def _ends_speaker(lower: Sequence[str], index: int, speech: _Speech) -> bool:
    word = lower[index]
    if word in speech.verbs:
        return not _is_noun(lower, index, speech)
    return word in _MARKS or word in speech.boundaries


def _is_noun(lower: Sequence[str], index: int, speech: _Speech) -> bool:
    """Tell "reports" the noun, which says, tells or comes from somebody itself, from the verb."""
    if lower[index] not in speech.nouns or index + 1 >= len(lower):
        return False
    behind = index + 1
    while behind + 1 < len(lower) and lower[behind] in speech.between:
        behind += 1
    return lower[behind] in speech.verbs or lower[behind] in speech.behind_nouns


def _speaker_after(words: Tagged, first: int, speech: _Speech) -> str:
    last = first
    while last < len(words) and last - first < _LONGEST_SPEAKER and not _ends_speaker(words.lower, last, speech):
        last += 1
    return words.text[words.starts[first] : words.ends[last - 1]] if last > first else ""

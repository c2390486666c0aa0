"""Where in a clause those who act and those who suffer are to be sought.

A frame says on which side of a word its roles stand: the subject of "killed" acts, that of "died" suffers, the "of" of
"the killing of" suffers, the "on" of "an attack on" too. The passive turns them round. Ranges are of words, ordered as
they are to be searched: the nearest to the trigger first.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from geoevents.incidents._phrases import Form
from geoevents.incidents._tables import word_set
from geoevents.text.words import Words

Voice = Literal["active", "passive", "nominal"]
EMPTY: Final = range(0)

_BE: Final = word_set("be")
_HAVE: Final = frozenset("has have had having".split())
_BETWEEN_AUX: Final = word_set("between aux")
_STOPS: Final = frozenset(";:()[]—–") | {"...", "…"}
_SUBORDINATORS: Final = word_set("subordinators")
_PARTICLES: Final = word_set("particles")
_RELATIVES: Final = frozenset("who which that whom".split())
_SPEECH: Final = word_set("verbs of speech")
_PASSIVE_FOLLOWERS: Final = word_set("passive followers")
_DETERMINERS: Final = word_set("determiners")
_ARTICLES: Final = word_set("articles")
_ON: Final = word_set("on")
_AT: Final = word_set("at")
_OUTSIDE_NOUN: Final = _DETERMINERS | word_set("prepositions")
_PREMODIFIERS: Final = 5  # words of "an Israeli army mortar attack" that can stand before a nominal trigger


_VERB_OPENERS: Final = word_set("verb openers")
_NOUN_OPENERS: Final = word_set("noun openers")
_OBJECT_OPENERS: Final = word_set("object openers")


_NO_NOUNS: Final = (
    _PASSIVE_FOLLOWERS | _DETERMINERS | _OBJECT_OPENERS | _BE | _HAVE | _RELATIVES | frozenset("to of that not".split())
)


class Roles(NamedTuple):
    """Voice of a trigger and the words to search for its two sides."""

    voice: Voice
    agent: range
    patient: range


class Clause(NamedTuple):
    """Words around a trigger up to the nearest clause boundaries, and whether it is a relative clause."""

    start: int
    stop: int
    antecedent: bool


def roles(words: Words, first: int, stop: int, form: Form, frame: str) -> Roles:
    """Where to look for the one who acts and the one who suffers.

    Parameters
    ----------
    first, stop
        The trigger's words.
    form
        The form of its verb; ``noun`` where it has none.
    frame
        One of the keys of :data:`FRAMES`, or ``none``.
    """
    clause = clause_of(words, first, stop)
    if form == "noun" and frame not in _VERBAL:
        return _nominal(words, first, stop, clause, frame)
    voice = "active" if form == "noun" else voice_of(words, first, stop, form)
    has_object = any(word not in _PARTICLES for word in words.lower[first + 1 : stop])
    if (has_object or frame in _INTRANSITIVE) and words.lower[max(first - 1, 0)] not in _BE:
        voice = "active"  # "burned 37 houses": a verb with its object inside cannot be a bare participle
    before = range(first - 1, _subject_start(words, clause, first) - 1, -1)
    after = range(stop, clause.stop)
    by = _after(words, stop, clause.stop, _BY)
    if frame == "meet":
        return Roles(voice, before, after)
    if frame == "use":
        return Roles(voice, by if voice == "passive" else before, _after(words, stop, clause.stop, _ON))
    if frame in ("suffer", "happen"):
        return Roles(voice, by, before if frame == "suffer" else after)
    if frame == "stage":
        return Roles(voice, before, _after(words, stop, clause.stop, _ON))
    if voice == "passive":
        return Roles(voice, by, before)
    if voice == "nominal":
        return Roles(voice, by, after)
    if frame == "do_on" and words.lower[stop - 1] not in _ON:
        return Roles(voice, before, _after(words, stop, clause.stop, _ON) or after)
    return Roles(voice, before, after)


_VERBAL: Final = frozenset({"suffer", "happen", "stage", "gain", "do", "do_on", "use"})
_INTRANSITIVE: Final = frozenset({"suffer", "happen", "stage"})
_BY: Final = frozenset({"by"})


def voice_of(words: Words, first: int, stop: int, form: Form) -> Voice:
    """Voice of a verb by what stands around it: "was killed", "killed in a blast", "killed three"."""
    if form in ("base", "third", "past"):
        return "active"
    if is_adjective(words, first, stop, form):
        return "nominal"
    sentence = words.sentences[words.sentence_of[first]]
    at = first - 1
    while at >= sentence.start and (words.lower[at] in _BETWEEN_AUX or words.lower[at].endswith("ly")):
        at -= 1
    before = words.lower[at] if at >= sentence.start else ""
    if form == "ing":
        return "passive" if before == "being" else "active"
    if before in _BE:
        return "passive"
    if before in _HAVE:
        return "active"
    if form == "participle":
        return "passive"
    after = words.lower[stop] if stop < sentence.stop else "."
    return "passive" if after in _PASSIVE_FOLLOWERS else "active"


def is_adjective(words: Words, first: int, stop: int, form: Form) -> bool:
    """Whether a participle stands before its noun: "the wounded soldiers", "three kidnapped nuns"."""
    if form not in ("participle", "past or participle"):
        return False
    sentence = words.sentences[words.sentence_of[first]]
    before = words.lower[first - 1] if first > sentence.start else ""
    after = words.lower[stop] if stop < sentence.stop else "."
    counted = before in _DETERMINERS or before in _OBJECT_OPENERS or before.isdigit() or before == "'s"
    return counted and after.isalpha() and after not in _NO_NOUNS


def is_sure_verb(words: Words, first: int, stop: int) -> bool:
    """Whether a word that is mostly a noun ("storm", "place") must be a verb: after "to" or with an object."""
    sentence = words.sentences[words.sentence_of[first]]
    before = words.lower[first - 1] if first > sentence.start else ""
    after = words.lower[stop] if stop < sentence.stop else ""
    if before in _VERB_OPENERS:
        return True
    acts_on = (after in _OBJECT_OPENERS or after.isdigit()) and words.lower[stop - 1] not in _ON
    return before.endswith("s") and len(before) > 1 and before not in _DETERMINERS and (acts_on or stop - first > 1)


def is_noun_participle(words: Words, first: int, stop: int, form: Form) -> bool:
    """Whether "shot" or "cut" is the noun: after an article, and not before another noun."""
    if form not in ("past", "past or participle", "participle", "base or past") or stop - first > 1:
        return False
    sentence = words.sentences[words.sentence_of[first]]
    before = words.lower[first - 1] if first > sentence.start else ""
    return before in _ARTICLES and not is_adjective(words, first, stop, form)


def in_name(words: Words, first: int, stop: int) -> bool:
    """Whether a word is part of a name: a capital amid words without ("the Boys Club", "Battle Ground Academy")."""
    sentence = words.sentences[words.sentence_of[first]]
    if words.shouted[words.sentence_of[first]] or not words.capital(first) or first == sentence.start:
        return False
    beside = [i for i in (first - 1, stop) if i in sentence and words.lower[i].isalpha()]
    if not any(words.capital(i) for i in beside):
        return False
    long = [i for i in sentence if len(words.lower[i]) > _SHORT]
    return sum(words.capital(i) for i in long) < len(long) * _TITLE_SHARE


_TITLES: Final = word_set("titles")


def is_surname(words: Words, first: int) -> bool:
    """Whether a word is somebody's name: a capital behind a title ("Mrs. Blast")."""
    at = first - 2 if first and words.lower[first - 1] == "." else first - 1
    return at >= 0 and words.lower[at] in _TITLES and words.capital(first) and words.capital(at)


_SHORT: Final = 3  # "of", "the" and "for" have no capital in a headline either
_TITLE_SHARE: Final = 0.6  # of its longer words; with more capitals a sentence is a headline, and they tell nothing


def is_noun_use(words: Words, first: int, stop: int, form: Form) -> bool:
    """Whether a word that can be a noun or a verb ("attack", "bombing") is a noun where it stands."""
    sentence = words.sentences[words.sentence_of[first]]
    before = words.lower[first - 1] if first > sentence.start else ""
    after = words.lower[stop] if stop < sentence.stop else ""
    if form == "ing":
        return before in _DETERMINERS or before == "'s" or (after not in _OBJECT_OPENERS and not after.isdigit())
    if form not in ("base", "third"):
        return False
    if before in _DETERMINERS or before == "'s" or before in _NOUN_OPENERS:
        return True
    if before in _VERB_OPENERS:
        return False
    acts_on = after in _OBJECT_OPENERS or after.isdigit()
    if form == "base" and before.endswith("s") and before.isalpha():
        return not acts_on and (after in _ON or after in _PASSIVE_FOLLOWERS)
    return not acts_on


def clause_of(words: Words, first: int, stop: int) -> Clause:
    """Clause around a trigger: up to marks and words that begin another clause."""
    sentence = words.sentences[words.sentence_of[first]]
    lower = words.lower
    sentence = range(max(sentence.start, first - _CLAUSE_WORDS), min(sentence.stop, stop + _CLAUSE_WORDS))
    start, antecedent = sentence.start, False
    brackets = _brackets(words, sentence)
    for i in range(first - 1, sentence.start - 1, -1):
        word = lower[i]
        if i in brackets:
            continue
        if word in _RELATIVES and i > sentence.start:
            antecedent = lower[i - 1] not in _SPEECH
            start = i + 1
            break
        if word in _STOPS or word in _SUBORDINATORS or word in _SPEECH:
            start = i + 1
            break
    end = sentence.stop
    for i in range(stop, sentence.stop):
        if i in brackets:
            continue
        if lower[i] == "," and _names_speaker(words, i, sentence.stop):
            end = i
            break
        if lower[i] in _STOPS or lower[i] in _SUBORDINATORS or (lower[i] in _RELATIVES and i > stop):
            end = i
            break
    return Clause(start, end, antecedent)


_CLAUSE_WORDS: Final = 60  # no clause of news is longer; a list without marks must not cost its square
_OPENING: Final = frozenset("([")
_BRACKET_WORDS: Final = 8
_SPEAKER_WORDS: Final = 9


def _names_speaker(words: Words, comma: int, stop: int) -> bool:
    """Whether a comma opens the words for a speaker (", the provincial police chief said")."""
    for i in range(comma + 1, min(stop, comma + 1 + _SPEAKER_WORDS)):
        if words.lower[i] in _SPEECH:
            return True
        if words.lower[i] in _STOPS or words.lower[i] == ",":
            return False
    return False


def _brackets(words: Words, sentence: range) -> frozenset[int]:
    """Words of short insertions ("the Islamic State (ISIS) has"), brackets included: a clause goes on behind them."""
    if _OPENING.isdisjoint(words.lower[sentence.start : sentence.stop]):
        return frozenset()
    inside: set[int] = set()
    opened: int | None = None
    for i in sentence:
        if words.lower[i] in "([":
            opened = i
        elif words.lower[i] in ")]" and opened is not None:
            if i - opened <= _BRACKET_WORDS:
                inside.update(range(opened, i + 1))
            opened = None
    return frozenset(inside)


_ANTECEDENT_WORDS: Final = 8


def _subject_start(words: Words, clause: Clause, first: int) -> int:
    """Relative clause's subject is the noun before its pronoun."""
    if not clause.antecedent:
        return clause.start
    sentence = words.sentences[words.sentence_of[first]]
    return max(sentence.start, clause.start - 1 - _ANTECEDENT_WORDS)


def _nominal(words: Words, first: int, stop: int, clause: Clause, frame: str) -> Roles:
    by = _after(words, stop, clause.stop, _BY) or _after(words, stop, clause.stop, frozenset({"from"}))
    before = _premodifiers(words, first, stop)
    if frame == "meet":
        return Roles("nominal", range(first - 1, clause.start - 1, -1), range(stop, clause.stop))
    if frame == "stage_n":
        return Roles("nominal", by or range(first - 1, clause.start - 1, -1), _after(words, stop, clause.stop, _ON))
    markers = _PATIENT_MARKERS.get(frame, _ON)
    patient = _after(words, first + 1, clause.stop, markers)
    stopper = next((i for i in patient if words.lower[i] == "by"), clause.stop)
    patient = range(patient.start, min(patient.stop, stopper)) if patient else patient
    return Roles("nominal", by or before, patient)


_PATIENT_MARKERS: Final[Mapping[str, frozenset[str]]] = {
    "of": frozenset({"of", "against"}),
    "on": _ON,
    "at": _AT,
    "none": frozenset(),
}


def _premodifiers(words: Words, first: int, stop: int) -> range:
    """Words of a noun and right before it: "an [Israeli army mortar attack]", "police killed in [suicide attack]"."""
    sentence = words.sentences[words.sentence_of[first]]
    at = first - 1
    while (
        at >= max(sentence.start, first - _PREMODIFIERS)
        and words.lower[at] not in _OUTSIDE_NOUN
        and words.lower[at][0].isalnum() | (words.lower[at] == "'s")
    ):
        at -= 1
    return range(stop - 1, at, -1)


def _after(words: Words, start: int, stop: int, markers: frozenset[str]) -> range:
    for i in range(start, stop):
        if words.lower[i] in markers:
            return range(i + 1, stop)
    return EMPTY

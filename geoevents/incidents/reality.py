"""Whether a word of violence tells of something that happened.

Most words of violence in a newspaper tell of no event: attacks are feared, planned, prevented and condemned, bills are
killed, hearts attacked and wars remembered. The phrases that give this away are data: ``data/unreal.csv`` holds phrases
whose word of violence means something else ("heart attack"), ``data/cues.csv`` phrases beside it that tell how the text
stands to it ("plans to", "fears of", "anniversary of"). What no phrase gives away has happened.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from geoevents.incidents._phrases import Found, PhraseTable
from geoevents.incidents._tables import table, word_set
from geoevents.incidents.dates import DatePhrase
from geoevents.incidents.kinds import Trigger, families
from geoevents.text.words import Words

Verdict = Literal["happened", "background", "not"]
Why = Literal[
    "reported", "attempt", "court", "history", "anniversary", "planned", "threatened", "feared", "possible",
    "conditional", "prevented", "denied", "negated", "question", "generic", "policy", "exercise", "fiction",
    "figurative", "labour", "sport", "accident", "mishap", "natural",
]  # fmt: skip

#: what each reason makes of a trigger, and how it reads; a court's report tells of an event, but of an older one
VERDICTS: Final[Mapping[str, tuple[Verdict, str]]] = {
    "reported": ("happened", "told as a fact"),
    "attempt": ("happened", "tried or failed"),
    "court": ("happened", "told by a court report: older than the report"),
    "history": ("background", "history told in passing"),
    "anniversary": ("background", "remembered, not reported"),
    "planned": ("not", "planned, wanted or ordered"),
    "threatened": ("not", "threatened"),
    "feared": ("not", "feared or warned of"),
    "possible": ("not", "said to be possible"),
    "conditional": ("not", "a condition"),
    "prevented": ("not", "prevented"),
    "denied": ("not", "denied"),
    "negated": ("not", "said not to have happened"),
    "question": ("not", "asked, not told"),
    "generic": ("not", "such things in general"),
    "policy": ("not", "talk of policy"),
    "exercise": ("not", "an exercise"),
    "fiction": ("not", "fiction"),
    "figurative": ("not", "means something else here"),
    "labour": ("not", "a strike of workers"),
    "sport": ("not", "sport"),
    "accident": ("not", "an accident"),
    "mishap": ("happened", "with weapons, but not on purpose"),
    "natural": ("not", "a natural cause"),
}  # fmt: skip


class Reality(NamedTuple):
    """What the text makes of one trigger.

    Attributes
    ----------
    verdict
        ``happened``, ``background`` (it happened, but is told in passing) or ``not``.
    why
        Key of :data:`VERDICTS`.
    reason
        The same for people, with the words that gave it away.
    """

    verdict: Verdict
    why: Why
    reason: str


class Cue(NamedTuple):
    """How a phrase beside a trigger gives it away; see ``data/cues.csv``."""

    side: str
    reach: int
    takes: str
    why: Why


@lru_cache(maxsize=1)
def _unreal() -> PhraseTable[Why]:
    return PhraseTable((row["pattern"], row["why"]) for row in table("unreal"))  # type: ignore[misc]  # a test holds it


@lru_cache(maxsize=2)
def _cues_of(side: str) -> PhraseTable[Cue]:
    return PhraseTable(
        (row["pattern"], Cue(row["side"], int(row["reach"]), row["takes"], row["why"]))  # type: ignore[arg-type]  # held by a test
        for row in table("cues")
        if row["side"] in (side, "-")
    )


def _cues(words: Words, sentence: range) -> list[Found[Cue]]:
    """Cues of a sentence in order.

    The longest phrase counts on each side by itself: "an attack would kill" must not hide the "would" before "kill".
    """
    found = (hit for side in "rl" for hit in _cues_of(side).find(words.lower, sentence))
    return sorted(found, key=attrgetter("first"))


def judge(
    words: Words, triggers: Sequence[Trigger], dates: Sequence[DatePhrase] = (), published: date | None = None
) -> tuple[Reality, ...]:
    """One verdict for each trigger, in their order.

    Parameters
    ----------
    dates
        The document's dates; an event more than a year before the article is background.
    published
        The article's own date; without it the latest stated date counts from.
    """
    text = _read(words, triggers, dates, published)
    verdicts = [_judge(words, trigger, text) for trigger in triggers]
    return tuple(_explained(triggers, verdicts))


def _explained(triggers: Sequence[Trigger], verdicts: list[Reality]) -> Iterator[Reality]:
    """Give the dead of an accident its verdict: "a gas cylinder exploded, killing three"."""
    causes: dict[int, list[Reality]] = {}
    for trigger, verdict in zip(triggers, verdicts, strict=True):
        if families()[trigger.family].nature != "outcome":
            causes.setdefault(trigger.sentence, []).append(verdict)
    for trigger, verdict in zip(triggers, verdicts, strict=True):
        here = causes.get(trigger.sentence, ())
        outcome = families()[trigger.family].nature == "outcome" and verdict.why == "reported"
        harmless = here and all(cause.why in _HARMLESS for cause in here)
        yield (list(here) or [verdict])[0] if outcome and harmless else verdict


_HARMLESS: Final = frozenset({"accident", "natural", "sport", "fiction", "exercise"})


class _Text(NamedTuple):
    """What is found in a document once, for all its triggers.

    `unreal` is by word, `cues` and `dates` are by sentence; `violent` are the sentences that tell of violence in words
    of their own, so that a crash or a flood in them explains nobody's death; `sporting` are those about a match.
    """

    unreal: Mapping[int, Found[Why]]
    cues: Mapping[int, Sequence[Found[Cue]]]
    dates: Mapping[int, Sequence[DatePhrase]]
    today: date | None
    violent: frozenset[int]
    sporting: frozenset[int]


_VIOLENT: Final = frozenset({"method", "general", "crowd", "ground"})


def _read(words: Words, triggers: Sequence[Trigger], dates: Sequence[DatePhrase], published: date | None) -> _Text:
    here = {trigger.sentence for trigger in triggers}
    dated: dict[int, list[DatePhrase]] = {}
    for phrase in dates:
        dated.setdefault(phrase.sentence, []).append(phrase)
    return _Text(
        unreal={
            word: hit
            for number in here
            for hit in _unreal().find(words.lower, words.sentences[number])
            for word in range(hit.first, hit.stop)
        },
        cues={number: _cues(words, words.sentences[number]) for number in here},
        dates=dated,
        today=published or _latest(dates),
        violent=frozenset(t.sentence for t in triggers if _is_violent(t)),
        sporting=frozenset(number for number in here if _is_sporting(words, words.sentences[number])),
    )


def _is_violent(trigger: Trigger) -> bool:
    """Tell words of violence from words for its outcome, unless a weapon is named with them."""
    armed = trigger.weapon is not None and trigger.sub_event_type != families()[trigger.family].sub_event_type
    return armed or families()[trigger.family].nature in _VIOLENT


def _is_sporting(words: Words, sentence: range) -> bool:
    return len(_SPORT.intersection(words.lower[sentence.start : sentence.stop])) > 1


def _judge(words: Words, trigger: Trigger, text: _Text) -> Reality:
    unreal = text.unreal.get(trigger.first) or text.unreal.get(trigger.stop - 1)
    if unreal is not None and unreal.stop - unreal.first > trigger.stop - trigger.first:
        return _reality(unreal.payload, words.surface(unreal.first, unreal.stop))
    if any(d.first < trigger.stop and trigger.first < d.stop for d in text.dates.get(trigger.sentence, ())):
        return _reality("figurative", "a date")
    found = list(_reasons(words, trigger, text))
    for why in _PRIORITY:
        for name, first, stop in found:
            if name == why and not _moot(trigger, why):
                mishap = why == "accident" and (trigger.family in _ARMED or trigger.weapon == "firearms")
                return _reality("mishap" if mishap else why, words.surface(first, stop))
    old = _older(words, trigger, text.dates.get(trigger.sentence, ()), text.today)
    return _reality("history", old.when.text) if old is not None else _reality("reported", "")


_CUE_WORDS: Final = 60  # no cue reaches further; a long list must not cost its square


def _near(cues: Sequence[Found[Cue]], trigger: Trigger) -> Sequence[Found[Cue]]:
    low = bisect_left(cues, trigger.first - _CUE_WORDS, key=attrgetter("first"))
    return cues[low : bisect_left(cues, trigger.stop + _CUE_WORDS, key=attrgetter("first"))]


def _reasons(words: Words, trigger: Trigger, text: _Text) -> Iterator[tuple[Why, int, int]]:
    """Give all that speaks for a reading, with the words that do."""
    for hit in _near(text.cues.get(trigger.sentence, []), trigger):
        for cue in {reading.payload for reading in hit.readings}:
            if _governs(words, hit, cue, trigger, explained=trigger.sentence in text.violent):
                yield cue.why, hit.first, hit.stop
    if _is_aim(words, trigger):
        yield "planned", trigger.first - 1, trigger.first
    end = words.sentences[trigger.sentence].stop
    if words.lower[end - 1] == "?":
        yield "question", end - 1, end
    if trigger.weapon in _PLAYED and trigger.sentence in text.sporting and trigger.family not in _NO_GAMES:
        yield "sport", trigger.first, trigger.stop


_SPORT: Final = word_set("sport")
_ARMED: Final = frozenset({"shooting", "bombing", "shelling", "grenade", "air", "chemical"})
_NO_GAMES: Final = frozenset(
    {"killing", "death", "execution", "suicide", "abduction", "found_dead", "sexual", "arrest"}
)
#: weapons that words of sport bring with them ("shot", "bombarded"): none that the text names
_PLAYED: Final = (None, "firearms", "artillery", "aircraft")

#: the first of these that a cue gives decides
_PRIORITY: Final[tuple[Why, ...]] = (
    "figurative", "labour", "sport",
    "negated", "denied", "prevented", "exercise", "fiction", "accident", "natural", "anniversary", "planned",
    "threatened", "feared", "possible", "conditional", "question", "generic", "policy", "history", "court", "attempt",
)  # fmt: skip


def _reality(why: Why, words: str) -> Reality:
    verdict, reason = VERDICTS[why]
    return Reality(verdict=verdict, why=why, reason=f"{reason}: {' '.join(words.split())!r}" if words else reason)


def _moot(trigger: Trigger, why: Why) -> bool:
    """Foiled plot is an event of its own kind, and so is an accord that somebody is urged to keep."""
    return trigger.family == "disrupted" and why in ("prevented", "planned")


_PHRASE_ENDS: Final = word_set("phrase ends")
_BLOCKS: Final = word_set("blocks")
_AUXILIARIES: Final = word_set("auxiliaries")


def _governs(words: Words, hit: Found[Cue], cue: Cue, trigger: Trigger, *, explained: bool) -> bool:
    if not _takes(words, hit, cue, trigger):
        return False
    if cue.side == "-":
        return False
    start, stop = (hit.stop, trigger.first) if cue.side == "r" else (trigger.stop, hit.first)
    if cue.takes == "outcome":
        return stop >= start and not explained  # a flood anywhere in the sentence explains its dead
    if not 0 <= stop - start <= cue.reach:
        return False
    if cue.takes == "object" and not _PHRASE_ENDS.isdisjoint(words.lower[start:stop]):
        return False  # "staged a sit-in before the tax office" does nothing to a tax
    if cue.why in ("fiction", "exercise"):
        return True  # what a film or a drill tells of reaches over commas
    return not any(word in _BLOCKS for word in words.lower[start:stop])


def _takes(words: Words, hit: Found[Cue], cue: Cue, trigger: Trigger) -> bool:
    form = trigger.form
    if form == "noun" and cue.why in _OF_THE_UNKNOWN and cue.side == "r" and _is_known(words, hit.stop, trigger.first):
        return False
    if cue.takes == "any" or (cue.why == "negated" and hit.stop == trigger.first):
        return True
    if cue.takes == "ground":
        return families()[trigger.family].nature == "ground"
    if cue.takes == "outcome":
        return families()[trigger.family].nature in ("outcome", "effect")
    if cue.takes == "noun":
        return form in ("noun", "ing") and not (
            cue.why in _OF_THE_UNKNOWN and _is_known(words, hit.stop, trigger.first)
        )
    if cue.takes == "object":
        return form != "noun" and trigger.voice == "active"
    if form in ("participle", "past or participle", "base or past") and cue.side == "r":
        between = words.lower[hit.first : trigger.first]
        return form == "base or past" or any(word in _AUXILIARIES for word in between)
    return form in ("base", "base or past") or (cue.takes == "verb" and form == "ing")


#: what is planned, feared or asked for is "an attack"; "the attack" is one the reader has heard of
_OF_THE_UNKNOWN: Final = frozenset({"planned", "feared", "threatened", "conditional", "possible"})
_PREPOSITIONS: Final = word_set("prepositions")


def _is_known(words: Words, start: int, stop: int) -> bool:
    between = words.lower[start:stop]
    return any(word in ("the", "this", "'s") or word in _PREPOSITIONS for word in between)


_FACTUAL: Final = word_set("factual")
_AIM_REACH: Final = 5


def _is_aim(words: Words, trigger: Trigger) -> bool:
    """Take "to attack" and "to be killed" for aims, unless the words before say they came about ("began to shell")."""
    sentence = words.sentences[trigger.sentence]
    at = trigger.first - 1
    while at >= sentence.start and (words.lower[at] == "be" or words.lower[at].endswith("ly")):
        at -= 1
    if at < sentence.start or words.lower[at] != "to":
        return False
    if trigger.form not in ("base", "base or past") and "be" not in words.lower[at : trigger.first]:
        return False
    before = words.lower[max(sentence.start, at - _AIM_REACH) : at]
    return not any(word in _FACTUAL or (word[0].isdigit() and not word.isdigit()) for word in before)


_LONG_AGO_DAYS: Final = 365  # an event more than a year before the article is told as history


def _latest(dates: Sequence[DatePhrase]) -> date | None:
    return max((d.when.end for d in dates if d.basis == "stated"), default=None)


def _older(words: Words, trigger: Trigger, dates: Sequence[DatePhrase], today: date | None) -> DatePhrase | None:
    """Find the date of the trigger's clause, or one that opens the sentence, where it lies more than a year back."""
    if today is None:
        return None
    told = [d for d in dates if d.basis not in ("since", "future") and _dates(words, d, trigger)]
    nearest = min(told, key=lambda d: max(d.first - trigger.stop, trigger.first - d.stop), default=None)
    if nearest is None or (today - nearest.when.end).days <= _LONG_AGO_DAYS:
        return None
    return nearest


_REQUITED: Final = frozenset("revenge retaliation reprisal retribution avenge avenging".split())
_OPENING: Final = 6  # words within which a date opens its sentence ("In late 2006, …")


def _dates(words: Words, phrase: DatePhrase, trigger: Trigger) -> bool:
    if phrase.first - words.sentences[trigger.sentence].start < _OPENING:
        return True
    if not _REQUITED.isdisjoint(words.lower[trigger.stop : phrase.first]):
        return False  # "shot the consul in revenge for raids in 1915"
    between = words.lower[trigger.stop : phrase.first] or words.lower[phrase.stop : trigger.first]
    return not _BLOCKS & set(between)

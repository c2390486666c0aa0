"""Scenes: what one sentence tells of one event, gathered from all that was read of the document.

A sentence is one scene, unless it tells of things that cannot be one event (a bombing and an arrest), or tells of some
as history and of some as news.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from geoevents.incidents.claims import Voices, read_voices
from geoevents.incidents.dates import DatePhrase, find_dates
from geoevents.incidents.deciding import joinable
from geoevents.incidents.figures import Statement
from geoevents.incidents.harms import Counted, Harm, read_harms
from geoevents.incidents.kinds import Trigger, families, find_triggers
from geoevents.incidents.lexicon import lexicon
from geoevents.incidents.numbers import read_numbers
from geoevents.incidents.reality import Reality, judge
from geoevents.incidents.sites import word_list
from geoevents.incidents.tags import Tagged, read_tags
from geoevents.model import Document, DocumentPlaces, Location, Quote, Span
from geoevents.text.sentences import split_sentences
from geoevents.text.words import Words, read_words

#: words that say an event is another than those told of before
_FRESH: Final = frozenset(
    "another separate separately elsewhere second third fourth fifth different unrelated similar".split()
)
#: words before a trigger that point back to an event told of before
_BACK: Final = frozenset("the this that these those his her their its 's".split())
_FRESH_REACH: Final = 4  # words before a trigger, or at the head of a sentence
_HEAD: Final = 6
_LONGEST_SENTENCE: Final = 2000  # characters; the longest sentence of Airwars, MUC-4 and RDWTI has 1,284
_LONG_DAYS: Final = 6  # a number of more than a week, in the present perfect or beside a plural, is a balance
_DATE_REACH: Final = 3  # words between a verb and its date
_DATE_REACH_AFTER: Final = 14  # words between a date that opens a sentence and its verb
#: verbs whose date is that of what was said or printed
_DATED_OTHERWISE: Final = frozenset(
    "said says told announced released published posted tweeted wrote reported stated confirmed added issued updated "
    "shared noted warned testified interviewed accessed dated born mourned remembered".split()
)
_NO_PLACES: Final = word_list("no places")
_HARM_TAGS: Final = frozenset("KGWYZMB")


class Scene(NamedTuple):
    """What one sentence tells of one event.

    Attributes
    ----------
    sentence
        Number of its sentence.
    triggers
        Words that tell of the event, in order.
    statements
        Harms told of it.
    dates
        Those of the sentence that may be the event's.
    background
        Told in passing, as history.
    court
        Told by a court report.
    fresh
        Said to be another event than those before ("in a separate attack").
    back
        Points back to an event told of before ("the attack").
    events
        How many events the trigger counts ("90 airstrikes"); 1 for a single one, 0 for a plural without a number.
    """

    sentence: int
    triggers: tuple[Trigger, ...]
    statements: tuple[Statement, ...]
    dates: tuple[DatePhrase, ...] = ()
    background: bool = False
    court: bool = False
    fresh: bool = False
    back: bool = False
    events: int = 1

    @property
    def is_balance(self) -> bool:
        """Whether it sums up many events of more than a week ("have killed 61 since January")."""
        perfect = any(statement.harm.perfect for statement in self.statements)
        days = max(((date.when.end - date.when.start).days for date in self.dates), default=0)
        open_start = any(date.basis == "since" for date in self.dates)
        return (perfect or self.events != 1) and (days > _LONG_DAYS or (open_start and days > 0))

    @property
    def families(self) -> frozenset[str]:
        """Families of its triggers; plain killing where it has harms only."""
        return frozenset(trigger.family for trigger in self.triggers) or frozenset(("harm",))

    @property
    def names(self) -> frozenset[str]:
        """Last names of those harmed."""
        return frozenset(
            people.name.split()[-1].lower() for s in self.statements for people in s.harm.people if people.name
        )

    def statements_of(self, harm: str) -> list[Statement]:
        """Its statements of one harm that are told as fact."""
        return [s for s in self.statements if s.harm.kind == harm and s.harm.force == "real" and not s.harm.nobody]

    @property
    def start(self) -> int:
        """Offset of its first trigger or harm."""
        return min([t.start for t in self.triggers] + [s.offset for s in self.statements])


class Reading:
    """All that was read of one document, once."""

    def __init__(self, document: Document, places: DocumentPlaces) -> None:
        self.document = document
        self.places = places
        whole = document.sentences or split_sentences(document.text)
        self.sentences: Sequence[Span] = [part for span in whole for part in _pieces(document.text, span)]
        self.words: Words = read_words(document.text, self.sentences)
        self.triggers = find_triggers(self.words)

    @cached_property
    def dates(self) -> tuple[DatePhrase, ...]:
        """Date expressions."""
        return find_dates(self.words, self.document.published)

    @cached_property
    def realities(self) -> Mapping[int, Reality]:
        """First word of each trigger → what the text makes of it."""
        verdicts = judge(self.words, self.triggers, self.dates, self.document.published)
        return {trigger.first: verdict for trigger, verdict in zip(self.triggers, verdicts, strict=True)}

    @cached_property
    def place_words(self) -> dict[int, int]:
        """First word of each place's name → the word after it."""
        spans = sorted(
            (r.mention.start, r.mention.end) for r in self.places.resolved if r.mention.kind in ("place", "metonym")
        )
        found: dict[int, int] = {}
        index, starts, ends = 0, self.words.starts, self.words.ends
        for start, end in spans:
            while index < len(starts) and ends[index] <= start:
                index += 1
            last = index
            while last < len(starts) and starts[last] < end:
                last += 1
            if last > index:
                found[index] = last
        return found

    def quote(self, sentence: int) -> Quote:
        """Quote a sentence."""
        start, end = self.sentences[sentence]
        return Quote(doc_id=self.document.id, start=start, end=end, text=self.document.text[start:end])

    def _dates_an_event(self, date: DatePhrase) -> bool:
        """Whether a date may be an event's: not that of a statement ("said on Friday") or a publication."""
        if date.basis == "future":
            return False
        sentence = self.words.sentences[date.sentence]
        before = self.words.lower[max(sentence.start, date.first - _DATE_REACH) : date.first]
        if not _DATED_OTHERWISE.isdisjoint(before):
            return False
        if date.basis == "reckoned" and _in_quotes(self.words, sentence, date.first):
            return False
        if any(sentence.start <= t.first < date.first for t in self.triggers):
            return True
        told = next((t.first for t in self.triggers if t.first >= date.stop), sentence.stop)
        after = self.words.lower[date.stop : min(told, date.stop + _DATE_REACH_AFTER, sentence.stop)]
        if ";" in self.words.lower[date.stop : told]:
            return False  # "The officers had left a week before; nobody was hurt"
        return _DATED_OTHERWISE.isdisjoint(after)  # "On Friday a neighbour posted a photo of the blast"

    def dates_in(self, sentence: int) -> tuple[DatePhrase, ...]:
        """Dates of a sentence that may be an event's: none of statements and publications."""
        return tuple([d for d in self._dates_by_sentence.get(sentence, ()) if self._dates_an_event(d)])

    @cached_property
    def _dates_by_sentence(self) -> Mapping[int, Sequence[DatePhrase]]:
        found: dict[int, list[DatePhrase]] = {}
        for phrase in self.dates:
            found.setdefault(phrase.sentence, []).append(phrase)
        return found

    def places_in(self, sentence: int) -> list[Location]:
        """Locations of a sentence, in order."""
        start, end = self.sentences[sentence]
        return self._locations[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _locations(self) -> list[Location]:
        found = (place for place in self.places.locations if not self._is_no_place(place))
        return sorted(found, key=lambda place: (place.start, -place.end))

    def _is_no_place(self, place: Location) -> bool:
        """Whether a name is none of a place where something happened: "Molotov cocktail", "Europe"."""
        if place.place.feature_code == "CONT":
            return True
        after = bisect_left(self.words.starts, place.end)
        return after < len(self.words) and self.words.lower[after] in _NO_PLACES

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self._locations]


def _pieces(text: str, span: Span) -> Iterable[Span]:
    """Cut what is too long for a sentence where a space is, so that no reading of one sentence costs much."""
    start, end = span
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def _in_quotes(words: Words, sentence: range, at: int) -> bool:
    """Whether a word stands in a quotation: its "today" is another's."""
    before = words.lower[sentence.start : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@lru_cache(maxsize=1)
def _harm_words() -> frozenset[str]:
    words = {word for word, entry in lexicon().words.items() if entry.tag in _HARM_TAGS and entry.harm}
    phrases = {first for first, rests in lexicon().phrases.items() if any(e.harm for _, e in rests)}
    return frozenset(words | (phrases - _COMMON_OPENERS) | {"toll", "tally", "fled", "seized", "lost", "fatally"})


#: first words of harm phrases too common to open a sentence's reading by themselves
_COMMON_OPENERS: Final = frozenset(
    "in the of a with put cost took take taken taking left made done held met passed passes suffered received "
    "sustained treated forced went gone no were paid lost lose losing listed claims fled listed expected".split()
)


def read_scenes(reading: Reading) -> list[Scene]:
    """Scenes of a document in order."""
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in reading.triggers:
        by_sentence.setdefault(trigger.sentence, []).append(trigger)
    scenes: list[Scene] = []
    counted = Counted()
    for sentence, words in enumerate(reading.words.sentences):
        triggers = by_sentence.get(sentence, [])
        if not triggers and _harm_words().isdisjoint(reading.words.lower[words.start : words.stop]):
            continue
        tagged = read_tags(reading.words, words, reading.place_words)
        harms = read_harms(tagged, counted)
        if triggers or harms:
            scenes.extend(_scenes_of(reading, sentence, words, tagged, triggers, harms))
    return scenes


def _scenes_of(
    reading: Reading, sentence: int, words: range, tagged: Tagged, triggers: Sequence[Trigger], harms: Sequence[Harm]
) -> list[Scene]:
    voices = read_voices(tagged)
    quote = reading.quote(sentence)
    dates = reading.dates_in(sentence)
    scenes = []
    for background, part in _parts(reading, triggers, harms, tagged):
        part_triggers, part_harms = part
        statements = tuple(_statement(reading, harm, tagged, sentence, voices, quote) for harm in part_harms)
        if not part_triggers and not statements:
            continue
        scenes.append(
            Scene(
                sentence=sentence,
                triggers=tuple(part_triggers),
                statements=statements,
                dates=dates,
                background=background,
                court=any(reading.realities[t.first].why == "court" for t in part_triggers),
                fresh=_is_fresh(reading.words, words, part_triggers),
                back=_points_back(reading.words, words, part_triggers) or _are_known(statements),
                events=_events(tagged, part_triggers),
            )
        )
    return scenes


_Part = tuple[list[Trigger], list[Harm]]


def _parts(
    reading: Reading, triggers: Sequence[Trigger], harms: Sequence[Harm], tagged: Tagged
) -> Iterable[tuple[bool, _Part]]:
    """Divide a sentence's triggers and harms among events; what did not happen falls away."""
    parts: list[tuple[bool, _Part]] = []
    dropped: set[int] = set()
    covered: dict[int, _Part] = {}
    for trigger in triggers:
        verdict = reading.realities[trigger.first].verdict
        if verdict == "not":
            dropped.update(range(trigger.first, trigger.stop))
            continue
        background = _is_background(reading, _host_of_relative(reading.words, trigger, triggers) or trigger, triggers)
        part = next((p for b, p in parts if b == background and _are_one(p[0], trigger)), None)
        if part is None:
            part = ([], [])
            parts.append((background, part))
        part[0].append(trigger)
        covered.update(dict.fromkeys(range(trigger.first, trigger.stop), part))
    for harm in harms:
        word = tagged.first + harm.word
        if dropped.intersection(range(word, tagged.first + harm.stop)) and not harm.nobody:
            continue
        home = next((covered[w] for w in range(word, tagged.first + harm.stop) if w in covered), None)
        if harm.perfect and _is_balance(reading, tagged):
            parts.append((True, ([], [harm])))
            continue
        if home is None:
            home = _nearest(parts, word)
        if home is None:
            home = ([], [])
            parts.append((False, home))
        home[1].append(harm)
    return parts


def _is_background(reading: Reading, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    told_so = reading.realities[trigger.first].verdict == "background"
    return told_so or _is_reference(reading.words, trigger, triggers)


#: words for what goes on for long: numbers beside them, in the present perfect, are balances
_LASTING: Final = frozenset(
    "insurgency conflict war violence uprising campaign unrest crackdown offensive rebellion intifada fighting "
    "hostilities "
    "operation siege occupation".split()
)
_OLD_DAYS: Final = 366  # a balance since longer ago is history; since less long ago, an aggregate


def _are_one(triggers: Sequence[Trigger], trigger: Trigger) -> bool:
    """Whether a trigger can tell of the same event as others of its sentence, as arrests do of a raid."""
    if not triggers:
        return True
    natures = {families()[t.family].nature for t in triggers}
    if families()[trigger.family].nature == "measure" and natures != {"measure"}:
        return True
    return all(joinable(t.family, trigger.family) for t in triggers if families()[t.family].nature != "measure")


def _is_balance(reading: Reading, tagged: Tagged) -> bool:
    """Whether a number in the present perfect sums up a war, or the time since some date more than a year ago."""
    today = reading.document.published
    words = range(tagged.first, tagged.first + len(tagged))
    told = [date.when.start for date in reading.dates if date.first in words]
    if told and today is not None:
        return any((today - start).days > _OLD_DAYS for start in told)
    return not _LASTING.isdisjoint(tagged.lower) or "since" in tagged.lower


#: words before a noun of violence that make it the reason of another event, and no news itself
_REASONS: Final = frozenset(
    "retaliation revenge reprisal response reaction retribution protest avenge avenging avenged commemorate mourn for "
    "over scene anniversary investigating investigate investigated probing probe".split()
)
_RESPONSIBLE: Final = frozenset("responsible responsibility credit blamed blame".split())
_AFTERMATHS: Final = frozenset("after following since before amid despite".split())
_REASON_REACH: Final = 4
#: with these before an "after", it is another event that happened later
_SPANS: Final = frozenset("hours days weeks months years hour day week month year shortly soon".split())


def _is_reference(words: Words, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Whether a noun of violence only gives the reason or the setting of another event of its sentence.

    "in retaliation for the killing of", "at the scene of the murder of", "came days after the assassination of".
    """
    sentence = words.sentences[trigger.sentence]
    before = words.lower[max(sentence.start, trigger.first - _REASON_REACH) : trigger.first]
    if trigger.form != "noun":
        return _is_told_of_reference(words, trigger, triggers) or _follows(words, trigger)
    others = [t for t in triggers if t is not trigger]
    if others and all(families()[t.family].nature == "measure" for t in others):
        return False  # "arrested over the killing of two": the killing is the event
    if not _REASONS.isdisjoint(before):
        return _RESPONSIBLE.isdisjoint(before)
    if len(triggers) < 2 or trigger is triggers[0] or _AFTERMATHS.isdisjoint(before[-3:]):
        return False
    earlier = [t for t in others if t.first < trigger.first]
    outcome = all(families()[t.family].nature == "outcome" for t in earlier)
    return not outcome or not _SPANS.isdisjoint(before)  # "wounded after Saturday's raid": by it


def _is_told_of_reference(words: Words, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Whether a verb tells of an event that is itself only a reference ("investigating a blast that killed two")."""
    host = _host_of_relative(words, trigger, triggers)
    return host is not None and _is_reference(words, host, triggers)


def _host_of_relative(words: Words, trigger: Trigger, triggers: Sequence[Trigger]) -> Trigger | None:
    """Find the noun of violence that a relative clause says more of ("the bombing of a bus that wounded nine")."""
    if trigger.form == "noun" or not {"that", "which"} & set(words.lower[max(0, trigger.first - 2) : trigger.first]):
        return None
    earlier = [t for t in triggers if t.first < trigger.first]
    return earlier[-1] if earlier and earlier[-1].form == "noun" else None


_FOLLOWING: Final = frozenset(("comes", "came", "come", "coming", "follows", "followed"))
_FOLLOWING_REACH: Final = 14


def _follows(words: Words, trigger: Trigger) -> bool:
    """Whether a verb tells what an event came after: "The raid comes days after three boys were killed"."""
    sentence = words.sentences[trigger.sentence]
    before = words.lower[max(sentence.start, trigger.first - _FOLLOWING_REACH) : trigger.first]
    if "after" not in before and "day" not in before:
        return False
    at = max((index for index, word in enumerate(before) if word in ("after", "since")), default=-1)
    return at > 0 and not _FOLLOWING.isdisjoint(before[:at]) and "," not in before[at:]


def _nearest(parts: Sequence[tuple[bool, _Part]], word: int) -> _Part | None:
    """Violent part nearest to a harm without a trigger of its own."""
    near = [
        (min(abs(t.first - word) for t in part[0]), number)
        for number, (_, part) in enumerate(parts)
        if part[0] and any(families()[t.family].nature != "measure" for t in part[0])
    ]
    return parts[min(near)[1]][1] if near else None


def _statement(reading: Reading, harm: Harm, tagged: Tagged, sentence: int, voices: Voices, quote: Quote) -> Statement:
    speaker, stance = voices.at(tagged.starts[harm.word])
    return Statement(
        harm=harm,
        sentence=sentence,
        offset=tagged.starts[harm.word],
        quote=quote,
        speaker=speaker,
        stance=stance,
        early=voices.early or tagged.starts[harm.word] < reading.document.body_start,
        false=voices.false,
        late=voices.late,
        revised=voices.revised,
    )


def _is_fresh(words: Words, sentence: range, triggers: Sequence[Trigger]) -> bool:
    head = words.lower[sentence.start : min(sentence.start + _HEAD, sentence.stop)]
    if "elsewhere" in head or "separately" in head or "separate" in head:
        return True
    for trigger in triggers:
        if families()[trigger.family].nature == "outcome":
            continue  # "another child was hurt"
        if trigger.form == "noun" and words.lower[trigger.first - 1] in _BACK and trigger.first > sentence.start:
            continue  # "another was wounded in the attack"
        reach = _FRESH_REACH if trigger.form == "noun" else 1  # "another bombing"; "a second bomb went off"
        if not _FRESH.isdisjoint(words.lower[max(sentence.start, trigger.first - reach) : trigger.first]):
            return True
    return False


def _points_back(words: Words, sentence: range, triggers: Sequence[Trigger]) -> bool:
    """Whether a sentence points back to an event told of before: "the attack", "the kidnappers"."""
    first = triggers[0] if triggers else None
    if first is not None and first.form == "noun":
        return not _BACK.isdisjoint(words.lower[max(sentence.start, first.first - 3) : first.first])
    known = lexicon().words
    for index in range(sentence.start, sentence.stop - 1):
        if words.lower[index] == "the":
            entry = known.get(words.lower[index + 1])
            if entry is not None and entry.victims == "perpetrators":
                return True
    return False


def _are_known(statements: Sequence[Statement]) -> bool:
    """Whether all harms befell people told of before: "two of the victims", "one of them", "the hostages"."""
    told = [people for statement in statements for people in statement.harm.people]
    return bool(told) and all(p.part or p.of_them or p.of_wounded or p.definite or p.noun in _HELD for p in told)


#: who is held was taken before
_HELD: Final = frozenset(("hostage", "captive", "abductee", "prisoner"))


def _events(tagged: Tagged, triggers: Sequence[Trigger]) -> int:
    """How many events a nominal trigger counts ("some 90 airstrikes"); 0 for a bare plural."""
    told = [t for t in triggers if families()[t.family].nature != "outcome"]
    plurals = [t for t in told if t.form == "noun" and t.text.lower().endswith("s")]
    if not plurals or len(plurals) != len(told):
        return 1
    numbers = read_numbers(tagged)
    for trigger in plurals:
        local = trigger.first - tagged.first
        for number in numbers:
            between = {entry.tag for entry in tagged.entries[number.last : max(number.last, local)]}
            if number.last <= local <= number.last + 3 and number.bounds is not None and between <= set("mjxTXL~"):
                return number.bounds.best
    return 0

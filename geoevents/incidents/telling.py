"""From the scenes of one event to its record: kind, sides, time, place, numbers, status, clarity, confidence."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final, Literal

from geoevents.incidents.actors import ActorMention, Attribution, Sides, sides
from geoevents.incidents.casualties import Reckoning, reckon
from geoevents.incidents.dates import DatePhrase
from geoevents.incidents.deciding import Kind, decide_kind
from geoevents.incidents.figures import Statement
from geoevents.incidents.join import Event
from geoevents.incidents.kinds import families
from geoevents.incidents.lexicon import data_lines
from geoevents.incidents.nations import Nations
from geoevents.incidents.scene import Reading, Scene
from geoevents.incidents.where import Whereabouts, namesake_in
from geoevents.model import Incident, Location, Quote, Status, When, content_id
from geoevents.settings import IncidentSettings

_RECENT_DAYS: Final = 3  # UCDP reads an event without a date as of the three days before the report
_MANY_EVENTS: Final = 10  # a plural of so many events is an aggregate, however short the time
_AFTER_REACH: Final = 3  # words behind a date in which an "after" sets the event before it
_QUOTES: Final = 6
_REACH: Final = 2  # sentences behind an event in which it may still be denied or called unverified
_SURE_PLACE: Final = 0.95  # confidence from which groups named with a place do not put it elsewhere
_DOUBTED_PLACE: Final = 0.5  # confidence below which a name without a namesake there is given up
_LEAST_EVIDENCE: Final = 1.5
_NO_KIND: Final = Kind("Attack", None, "harm without a word for what did it")

# Confidence: a base and a step for each fact that an incident should have; set by hand, no probability.
_BASE: Final = 0.35
_FOR_TRIGGER: Final = 0.25
_FOR_NUMBERS: Final = 0.15
_FOR_PLACE: Final = 0.15
_FOR_DATE: Final = 0.1
_AGAINST_CLAIMED: Final = 0.15


class Teller:
    """Turns the events of one document into incidents."""

    def __init__(
        self,
        reading: Reading,
        whereabouts: Whereabouts,
        settings: IncidentSettings,
        actors: Sequence[ActorMention],
        attributions: Sequence[Attribution],
    ) -> None:
        self.reading = reading
        self.whereabouts = whereabouts
        self.settings = settings
        self.actors: defaultdict[int, list[ActorMention]] = defaultdict(list)
        for actor in actors:
            self.actors[actor.sentence].append(actor)
        self._attributions: defaultdict[int, list[Attribution]] = defaultdict(list)
        for attribution in attributions:
            self._attributions[attribution.sentence].append(attribution)
        self.nations = Nations(reading.words, actors, reading.places)

    def tell(self, event: Event, *, first: bool) -> Incident | None:
        """Record of an event; None where the text says neither when nor where nor of how many.

        Parameters
        ----------
        first
            Whether it is the document's first event, to which the document's own date and dateline may be lent.
        """
        document = self.reading.document
        both = self.sides(event)
        kind = _kind(event, both)
        statements = [statement for scene in event.scenes for statement in scene.statements]
        reckoning = reckon(statements, document.text, document.id, self.settings.counts, both)
        when = _when(event, self.reading, first=first)
        where = self.whereabouts.of_event(event.scenes, event.place, main=first)
        sentences = {scene.sentence for scene in event.scenes}
        where = self._checked(where, sentences)
        told = where is not None and where.place.country_code
        country, why = ("", "") if told else self.nations.country_of(sentences)
        if when is None and where is None and not reckoning.claims and not reckoning.said:
            return None
        status = self._status(event, statements)
        start = min(scene.start for scene in event.scenes)
        return Incident(
            id=content_id("inc", document.id, start, kind.sub_event_type),
            doc_id=document.id,
            sub_event_type=kind.sub_event_type,
            weapon=kind.weapon,
            when=when,
            where=where,
            country_code=country,
            country_reason=why,
            killed=reckoning.killed,
            injured=reckoning.injured,
            deaths=reckoning.deaths,
            claims=reckoning.claims,
            side_a=both.side_a,
            side_b=both.side_b,
            target=both.target,
            status=status,
            event_clarity=_clarity(event),
            quotes=self._quotes(event),
            confidence=_confidence(event, reckoning, when, where, status),
        )

    def _checked(self, where: Location | None, sentences: Collection[int]) -> Location | None:
        """Take an unsure name for its namesake in the country of the groups and forces named; None without one there.

        A town of Chad is not where "the Israeli army" and "settlers" met: no point is better than that one.
        """
        if where is None or where.confidence >= _SURE_PLACE or not where.place.country_code:
            return where
        name = self.reading.document.text[where.mention_start : where.mention_end]
        country, why = self.nations.country_of(sentences, name, _LEAST_EVIDENCE)
        if not country or country == where.place.country_code:
            return where
        found = namesake_in(country, where, f"the namesake there, {why}")
        return None if found is where and where.confidence < _DOUBTED_PLACE else found

    def sides(self, event: Event) -> Sides:
        """Who did it, to whom, and who is blamed."""
        triggers = sorted(event.triggers, key=lambda t: (-families()[t.family].rank, t.first))
        sentences = {scene.sentence for scene in event.scenes}
        actors = [actor for sentence in sentences for actor in self.actors[sentence]]
        near = sorted(sentences | {sentence + 1 for sentence in sentences})
        blamed = [attribution for sentence in near for attribution in self._attributions[sentence]]
        return sides(triggers, actors, blamed, self.reading.words)

    def _quotes(self, event: Event) -> tuple[Quote, ...]:
        sentences = dict.fromkeys(scene.sentence for scene in event.scenes)
        return tuple(self.reading.quote(sentence) for sentence in sentences)[:_QUOTES]

    def _status(self, event: Event, statements: Sequence[Statement]) -> Status:
        if event.background:
            return "background"
        if any(statement.stance == "denied" for statement in statements) or self._says_near(event, _DENIALS):
            return "disputed"
        told = [statement for statement in statements if not statement.harm.nobody]
        if told and all(statement.stance == "claimed" for statement in told):
            return "claimed"
        if told and all(statement.speaker for statement in told) and self._says_near(event, _UNVERIFIED):
            return "claimed"
        return "reported"

    def _says_near(self, event: Event, phrases: frozenset[tuple[str, ...]]) -> bool:
        """Whether one of `phrases` stands in the event's sentences or right behind them."""
        words = self.reading.words
        sentences = sorted({scene.sentence + step for scene in event.scenes for step in range(_REACH + 1)})
        for sentence in sentences:
            if sentence < len(words.sentences):
                span = words.sentences[sentence]
                lower = words.lower[span.start : span.stop]
                heard = {*((word,) for word in lower), *pairwise(lower)}
                if not heard.isdisjoint(phrases):
                    return True
        return False


def _phrases(head: str) -> frozenset[tuple[str, ...]]:
    line = next(rest for name, _, rest in (line.partition(":") for line in data_lines("speech.txt")) if name == head)
    words, *phrases = line.split("|")
    return frozenset([*((word,) for word in words.split()), *(tuple(phrase.split()) for phrase in phrases)])


_DENIALS: Final = _phrases("denials")
_UNVERIFIED: Final = _phrases("unverified")


def _kind(event: Event, both: Sides) -> Kind:
    triggers = event.triggers
    return decide_kind(triggers, both.mention_a, both.mention_b or both.target_mention) if triggers else _NO_KIND


def _when(event: Event, reading: Reading, *, first: bool) -> When | None:
    """Date of the event's earliest scene that has one; for the first event of a document, the days before its own."""
    for scene in event.scenes:
        if scene.dates:
            return _date_of(scene, reading).when
    published = reading.document.published
    if first and published is not None:
        earliest = published - timedelta(days=_RECENT_DAYS)
        return When(
            start=earliest, end=published, prec=2, reason="no date in the text: the days before the article's own"
        )
    return None


def _date_of(scene: Scene, reading: Reading) -> DatePhrase:
    """Date of a scene nearest to its most telling trigger; a date that the event came before is the last resort."""
    triggers = sorted(scene.triggers, key=lambda t: -families()[t.family].rank)
    at = triggers[0].first if triggers else scene.dates[0].first

    def distance(date: DatePhrase) -> tuple[bool, int]:
        between = reading.words.lower[date.stop : at]
        return "after" in between[:_AFTER_REACH] and date.stop <= at, min(abs(date.first - at), abs(at - date.stop))

    return min(scene.dates, key=distance)


def _clarity(event: Event) -> Literal[1, 2]:
    """UCDP's event_clarity: 2 for many events told as one, and for a balance of a longer time."""
    if any(scene.events >= _MANY_EVENTS for scene in event.scenes):
        return 2
    return 2 if any(scene.is_balance for scene in event.scenes) else 1


def _confidence(event: Event, reckoning: Reckoning, when: When | None, where: Location | None, status: Status) -> float:
    strength = max((trigger.strength for trigger in event.triggers), default=0.0)
    score = _BASE + _FOR_TRIGGER * strength
    score += _FOR_NUMBERS * reckoning.said
    score += _FOR_PLACE * where.confidence if where is not None else 0.0
    score += _FOR_DATE * (when is not None and bool(when.text))
    score -= _AGAINST_CLAIMED * (status in ("claimed", "disputed"))
    return round(min(max(score, 0.0), 1.0), 3)

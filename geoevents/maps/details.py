"""What the page shows of one event: unpacked, with its neighbours', when a reader opens it.

Details come in chunks of CHUNK events, each packed on its own. A chunk is made of columns: ``event.target`` holds a
value per event; ``claims`` holds how many claims each event has, and ``claims.low`` a value per claim of all events. An
event's articles are numbered from 0, its sources first. Which words of a passage are a number, the date or the place is
left to the page, which looks when an event is opened: here it would be asked for all of them.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from geoevents.maps.contexts import Passage, Texts, holds, passages
from geoevents.maps.packing import Column
from geoevents.maps.payload import ABSENT, EPOCH, OPEN, PLACE, SHARE, Places, Row, scaled
from geoevents.model import Actor, Correction, Deaths, Event, Location, Place, Quote, Source

Columns = dict[str, Column]

#: Events per chunk of details: a chunk of typical events unpacks in some 10 ms, and larger ones deflate no better.
CHUNK: Final = 1024
#: In a column of days, one that nobody knows.
UNDATED: Final = -(10**6)

_DEATHS: Final = ("side", "low", "best", "high", "text")
_SIDES: Final = tuple(Deaths.__dataclass_fields__)
_CORRECTION: Final = tuple(Correction.__dataclass_fields__)


def details(events: Sequence[Event], texts: Texts, places: Places) -> Columns:
    """Columns of a chunk of events; see the module's docstring.

    A place is given as the number of its row in `places`, the index's table, or ``~n`` for row n of the chunk's own.
    """
    own = Places()
    where = [event.where for event in events]
    alternatives = [at.alternatives if at else () for at in where]
    others = [*chain.from_iterable(alternatives)]
    return {
        **_scalars(events, where),
        **_cited([_cite(event, texts) for event in events]),
        **_claims(events),
        **_records("deaths", _DEATHS, [_deaths(event.deaths) for event in events]),
        "alternatives": [*map(len, alternatives)],
        "alternatives.place": _numbers([other.place for other in others], places, own),
        "alternatives.confidence": scaled([other.confidence for other in others], SHARE),
        **_records("corrections", _CORRECTION, [_corrections(event) if event.corrections else () for event in events]),
        **_columns("place", PLACE, own.rows),
    }


#: Articles an event names, how many of them (the first) are its sources, passages of them, where quotes stand in these,
#: the article of each claim, and the article whose words say where it was. No NamedTuple: that takes twice as long.
_Citations = tuple[Sequence[Source], int, Sequence[Row], Sequence[Row], Sequence[int], int]


def _cite(event: Event, texts: Texts) -> _Citations:
    sources, quotes = event.sources, event.quotes
    if len(sources) == 1 == len(quotes) and sources[0].doc_id not in texts and _is_plain(event, sources[0].doc_id):
        return sources, 1, ((0, quotes[0].start, quotes[0].text),), (), (0,) * len(event.claims), 0
    article = {source.doc_id: number for number, source in enumerate(sources)}
    unknown = [doc_id for doc_id in dict.fromkeys(_doc_ids(event)) if doc_id not in article]
    article |= {doc_id: number for number, doc_id in enumerate(unknown, len(sources))}
    found = passages(event, texts)
    return (
        [*sources, *(Source(doc_id=doc_id) for doc_id in unknown)],
        len(sources),
        [(article[doc_id], start, text) for doc_id, start, text in found],
        [*_quoted(quotes, found)],
        [article[claim.doc_id] for claim in event.claims],
        article.get(event.where.doc_id, ABSENT) if event.where else ABSENT,
    )


def _is_plain(event: Event, doc_id: str) -> bool:
    """Whether all that an event of one quote says is in that quote, and of one article; as in most, where very many."""
    quote, where = event.quotes[0], event.where
    if quote.doc_id != doc_id or event.doc_ids != (doc_id,) or (where is not None and where.doc_id != doc_id):
        return False
    for claim in event.claims:  # noqa: SIM110  # twice as quick as all() of a generator
        if claim.quote is not quote or claim.doc_id != doc_id:
            return False
    return True


def _cited(found: Sequence[_Citations]) -> Columns:
    all_articles, sources, shown, quoted, claims, where = zip(*found, strict=True)
    articles = [*chain.from_iterable(all_articles)]
    days = [article.published for article in articles]
    return {
        "event.where_article": where,
        "sources": sources,
        "articles": [*map(len, all_articles)],
        "articles.doc_id": [article.doc_id for article in articles],
        "articles.title": [article.title or "" for article in articles],
        "articles.publisher": [article.publisher or "" for article in articles],
        "articles.published": [day.toordinal() - EPOCH if day else UNDATED for day in days],
        "articles.url": [article.url or "" for article in articles],
        "articles.name": [article.name for article in articles],
        **_records("passages", ("article", "start", "text"), shown),
        **_records("quoted", ("passage", "start", "end"), quoted),
        "claims.article": [*chain.from_iterable(claims)],
    }


def _doc_ids(event: Event) -> Iterable[str]:
    """Documents an event names anywhere but in its sources."""
    yield from event.doc_ids
    for quote in event.quotes:
        yield quote.doc_id
    for claim in event.claims:
        yield claim.doc_id
        yield claim.quote.doc_id


def _quoted(quotes: Iterable[Quote], found: Sequence[Passage]) -> Iterable[Row]:
    """Where quotes stand in passages; a passage that is nothing but the quote needs no mark for it."""
    for number, passage in enumerate(found):
        _, start, text = passage
        for quote in quotes:
            if quote.text not in ("", text) and holds(passage, quote):
                yield number, quote.start - start, quote.end - start


def _numbers(found: Sequence[Place], known: Places, own: Places) -> list[int]:
    """Give numbers of places: of the index's table, or, where they are not in it, of the chunk's own."""
    numbers = [known.find(place) for place in found]
    new = iter(own.numbers([place for place, number in zip(found, numbers, strict=True) if number is None]))
    return [~next(new) if number is None else number for number in numbers]


def _records(name: str, members: Sequence[str], rows: Sequence[Sequence[Row]]) -> Columns:
    """Give records as how many each event has, and a column per member of all."""
    return {name: [*map(len, rows)], **_columns(name, members, [*chain.from_iterable(rows)])}


def _columns(name: str, members: Sequence[str], rows: Sequence[Row]) -> Columns:
    columns: Iterable[Column] = zip(*rows, strict=True) if rows else ((),) * len(members)
    return {f"{name}.{member}": column for member, column in zip(members, columns, strict=True)}


def _scalars(events: Sequence[Event], where: Sequence[Location | None]) -> Columns:
    """Columns of the fields an event has once."""
    when = [event.when for event in events]
    found: Columns = {
        "killed_words": [event.killed.text if event.killed else "" for event in events],
        "injured_words": [event.injured.text if event.injured else "" for event in events],
        "incidents": [len(event.incident_ids) for event in events],
        "target": [event.target or "" for event in events],
        "when_text": [one.text if one else "" for one in when],
        "when_start": [one.text_start if one else 0 for one in when],
        "when_reason": [one.reason if one else "" for one in when],
        "where_text": [one.text if one else "" for one in where],
        "where_start": [one.start if one else 0 for one in where],
        "where_confidence": scaled([one.confidence if one else 0.0 for one in where], SHARE),
        "where_reason": [one.reason if one else "" for one in where],
        **_actors("side_a", [event.side_a for event in events]),
        **_actors("side_b", [event.side_b for event in events]),
    }
    return {f"event.{name}": column for name, column in found.items()}


def _actors(side: str, found: Sequence[Actor | None]) -> Columns:
    return {
        f"{side}_text": [actor.text if actor else "" for actor in found],
        f"{side}_start": [actor.start if actor else 0 for actor in found],
        f"{side}_kind": [actor.kind if actor else "" for actor in found],
        f"{side}_certainty": [actor.certainty if actor else "" for actor in found],
    }


def _claims(events: Sequence[Event]) -> Columns:
    claims = [*chain.from_iterable([event.claims for event in events])]
    counts = [claim.count for claim in claims]
    return {
        "claims": [len(event.claims) for event in events],
        "claims.harm": [claim.harm for claim in claims],
        "claims.low": [count.low for count in counts],
        "claims.best": [count.best for count in counts],
        "claims.high": [OPEN if count.high is None else count.high for count in counts],
        "claims.qualifier": [count.qualifier for count in counts],
        "claims.text": [count.text for count in counts],
        "claims.start": [count.start for count in counts],
        "claims.victims": [claim.victims for claim in claims],
        "claims.speaker": [claim.speaker or "" for claim in claims],
        "claims.stance": [claim.stance for claim in claims],
    }


def _deaths(deaths: Deaths) -> Sequence[Row]:
    if not (deaths.side_a or deaths.side_b or deaths.civilians or deaths.unknown):
        return ()
    found = [(side, getattr(deaths, side)) for side in _SIDES]
    return [
        (side, count.low, count.best, OPEN if count.high is None else count.high, count.text)
        for side, count in found
        if count is not None
    ]


def _corrections(event: Event) -> Sequence[Row]:
    return [tuple([getattr(one, name) for name in _CORRECTION]) for one in event.corrections]

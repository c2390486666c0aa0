"""What the page shows of one event: unpacked, with its neighbours', when a reader opens it.

Details come in chunks of CHUNK events, each packed on its own. A chunk is made of columns: one per scalar field of its
events, and for each list of records (claims, passages) how many each owner has, and a column per member of the records
of all. A column of one value holds that value for every record. ``FIELDS`` names the columns, and travels with the
data, so that Python and the script agree by construction.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

from geoevents.maps.contexts import Passage, Texts, passages
from geoevents.maps.packing import Table
from geoevents.maps.payload import ABSENT, PLACE, Column, Json, Places, Row, high, short
from geoevents.model import Actor, Claim, Correction, Deaths, Event, Location, Place, Quote, Source

#: How many records each owner has, and columns of the records of all.
Counted = tuple[Sequence[int], list[Column]]

#: Events per chunk of details: a chunk of typical events unpacks in some 15 ms, and larger ones deflate no better.
CHUNK: Final = 1024

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "event": (
        *("killed_words", "injured_words", "target", "when_text", "when_reason"),
        *("where_text", "relation", "where_confidence", "where_reason"),
        *("side_a_text", "side_a_kind", "side_a_certainty", "side_b_text", "side_b_kind", "side_b_certainty"),
    ),
    "incidents": ("id",),
    "sources": ("source",),
    "passages": ("source", "text"),
    "marks": ("start", "end", "what"),
    "claims": (
        "source",
        "passage",
        *("harm", "low", "best", "high", "qualifier", "text", "victims", "speaker", "stance"),
    ),
    "deaths": ("side", "low", "best", "high", "text"),
    "anchors": ("place",),
    "alternatives": ("place", "confidence"),
    "corrections": ("action", "field", "before", "after", "who", "when", "why"),
    # tables: of a chunk the articles its events name; of the index the places, of a chunk further ones
    "article": ("doc_id", "title", "publisher", "published", "url", "name"),
    "place": PLACE,
}
#: Lists of records, with the number of records each event has (of marks, each passage).
LISTS: Final = (
    "incidents",
    "sources",
    "passages",
    "marks",
    "claims",
    "deaths",
    "anchors",
    "alternatives",
    "corrections",
)


def details(events: Sequence[Event], texts: Mapping[str, str], places: Places) -> Iterable[Json]:
    """Chunks of CHUNK events each, in columns; see the module's docstring.

    A place is given as the number of its row in `places`, the index's table, or ``~n`` for row n of the chunk's own.
    """
    reader = Texts(texts)
    for start in range(0, len(events), CHUNK):
        yield _Chunk(reader, places).build(events[start : start + CHUNK])


class _Chunk:
    def __init__(self, texts: Texts, places: Places) -> None:
        self._texts = texts
        self._places = places
        self._own = Places()
        self._articles: Table[Row] = Table()

    def build(self, events: Sequence[Event]) -> Json:
        """Give columns of `events`, and how many records of each list they have."""
        where = [event.where for event in events]
        lists = {
            "incidents": _flat([event.incident_ids for event in events]),
            **self._cited(events),
            "deaths": _counted([_deaths(event.deaths) for event in events]),
            "anchors": _flat([[self._place(place) for place in at.anchors] if at else () for at in where]),
            "alternatives": _counted([self._alternatives(at) for at in where]),
            "corrections": _counted([[_correction(c) for c in event.corrections] for event in events]),
        }
        columns = {
            "event": _scalars(events, where),
            **{name: found for name, (_, found) in lists.items()},
            "article": _columns([(*row[:3], _iso(row[3]), *row[4:]) for row in self._articles.rows]),
            "place": _columns(self._own.rows),
        }
        return {
            "count": len(events),
            "counts": {name: short(count) for name, (count, _) in lists.items()},
            **{name: [*map(short, found)] for name, found in columns.items()},
        }

    def _cited(self, events: Sequence[Event]) -> dict[str, Counted]:
        """Articles, and what stands in them: passages with marks, and claims."""
        sources, shown, marks = [], [], []
        claims: list[Claim] = []
        source: list[int] = []
        passage: list[int] = []
        for event in events:
            articles = self._articles_of(event)
            found = passages(event, self._texts)
            sources.append([*articles.values()])
            shown.append([(articles[doc_id], text) for doc_id, _, text, _ in found])
            marks += [mark for _, _, _, mark in found]
            claims += event.claims
            source += [articles[claim.doc_id] for claim in event.claims]
            passage += [_passage_of(claim.quote, found) for claim in event.claims]
        return {
            "sources": _flat(sources),
            "passages": _counted(shown),
            "marks": _counted(marks),
            "claims": ([len(event.claims) for event in events], [source, passage, *_claims(claims)]),
        }

    def _articles_of(self, event: Event) -> dict[str, int]:
        """Document id → number of the article, of all that an event names anywhere."""
        articles = self._articles
        found = {
            s.doc_id: articles((s.doc_id, s.title, s.publisher, s.published, s.url, s.name)) for s in event.sources
        }
        for doc_id in _doc_ids(event):
            if doc_id not in found:
                found[doc_id] = articles((doc_id, *_UNKNOWN))
        return found

    def _place(self, place: Place) -> int:
        known = self._places.find(place)
        return ~self._own(place) if known is None else known

    def _alternatives(self, where: Location | None) -> Sequence[Row]:
        return [(self._place(c.place), round(c.confidence, 3)) for c in where.alternatives] if where else ()


_BARE: Final = Source(doc_id="")
#: Members of an article of which nothing but its id is known.
_UNKNOWN: Final = (_BARE.title, _BARE.publisher, _BARE.published, _BARE.url, _BARE.name)


def _counted(rows: Sequence[Sequence[Row]]) -> Counted:
    """Give records of each owner as how many each has, and columns of all."""
    return [*map(len, rows)], _columns([*chain.from_iterable(rows)])


def _flat(values: Sequence[Sequence[Any]]) -> Counted:
    """Give records of one member each, as :func:`_counted` gives them."""
    return [*map(len, values)], [[*chain.from_iterable(values)]]


def _columns(rows: Sequence[Row]) -> list[Column]:
    return [*zip(*rows, strict=True)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _doc_ids(event: Event) -> Iterable[str]:
    """Documents an event names anywhere but in its sources."""
    yield from event.doc_ids
    for quote in event.quotes:
        yield quote.doc_id
    for claim in event.claims:
        yield claim.doc_id
        yield claim.quote.doc_id


def _scalars(events: Sequence[Event], where: Sequence[Location | None]) -> list[Column]:
    """Columns of the fields an event has once."""
    when = [event.when for event in events]
    return [
        [event.killed.text if event.killed else "" for event in events],
        [event.injured.text if event.injured else "" for event in events],
        [event.target or "" for event in events],
        [one.text if one else "" for one in when],
        [one.reason if one else "" for one in when],
        [one.text if one else "" for one in where],
        [one.relation if one else "" for one in where],
        [round(one.confidence, 3) if one else 0 for one in where],
        [one.reason if one else "" for one in where],
        *_actors([event.side_a for event in events]),
        *_actors([event.side_b for event in events]),
    ]


def _actors(found: Sequence[Actor | None]) -> list[Column]:
    return [
        [actor.text if actor else "" for actor in found],
        [actor.kind if actor else "" for actor in found],
        [actor.certainty if actor else "" for actor in found],
    ]


def _claims(claims: Sequence[Claim]) -> list[Column]:
    counts = [claim.count for claim in claims]
    return [
        [claim.harm for claim in claims],
        [count.low for count in counts],
        [count.best for count in counts],
        [high(count) for count in counts],
        [count.qualifier for count in counts],
        [count.text for count in counts],
        [claim.victims for claim in claims],
        [claim.speaker for claim in claims],
        [claim.stance for claim in claims],
    ]


def _passage_of(quote: Quote, found: Sequence[Passage]) -> int:
    """Give the number of the passage a quote stands in; ABSENT if in none."""
    for number, (doc_id, start, text, _) in enumerate(found):
        if doc_id == quote.doc_id and start <= quote.start and quote.end <= start + len(text):
            return number
    return ABSENT


_SIDES: Final = tuple(Deaths.__dataclass_fields__)


def _deaths(deaths: Deaths) -> Sequence[Row]:
    return [
        (side, count.low, count.best, high(count), count.text)
        for side in _SIDES
        if (count := getattr(deaths, side)) is not None
    ]


def _correction(correction: Correction) -> Row:
    return tuple(getattr(correction, name) for name in FIELDS["corrections"])

"""Events as the page reads them: columns for all of them, and details that are unpacked when one is opened.

The index holds a column per field, with tables for what repeats; ``null`` never stands in a column (see ABSENT).
Details come in chunks of CHUNK events, each packed on its own, in columns too: a chunk has a column per scalar field of
its events, and for each list of records (claims, passages) how many each event has, and a column per member. Columns
deflate to three quarters of what rows take. ``FIELDS`` names the columns, and travels with the data, so that Python and
the script agree by construction.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

from geoevents.countries import country_name, iso3
from geoevents.maps.basemap import Area, BaseMap
from geoevents.maps.contexts import Passage, Texts, passages
from geoevents.maps.packing import Table
from geoevents.model import Claim, Count, Deaths, Event, Location, Place, Quote, Source

Json = dict[str, Any]
Row = tuple[Any, ...]

#: Events per chunk of details: a chunk of typical events unpacks in some 15 ms, and larger ones deflate no better.
CHUNK: Final = 1024
#: A number nobody stated; in ``high``, -2 stands for an open end.
ABSENT: Final = -1
OPEN: Final = -2
#: Units per degree in the columns latitude and longitude: about a metre.
DEGREE: Final = 100_000
#: Units of the columns confidence and merge_confidence.
SHARE: Final = 1000
_EPOCH: Final = date(1970, 1, 1).toordinal()

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "event": (
        *("killed_words", "injured_words", "target", "when_text", "when_reason"),
        *("where_text", "relation", "where_confidence", "where_reason"),
        *("side_a_text", "side_a_kind", "side_a_certainty", "side_b_text", "side_b_kind", "side_b_certainty"),
    ),
    "incidents": ("id",),
    "sources": ("source",),
    "passages": ("source", "text", "marks"),
    "claims": ("harm", "low", "best", "high", "qualifier", "text", "victims", "speaker", "stance", "source", "passage"),
    "deaths": ("side", "low", "best", "high", "text"),
    "anchors": ("place",),
    "alternatives": ("place", "confidence"),
    "corrections": ("action", "field", "before", "after", "who", "when", "why"),
    # tables: of a chunk the articles and places its events name, of the index the places events are put at
    "article": ("doc_id", "title", "publisher", "published", "url", "name"),
    "place": ("id", "name", "latitude", "longitude", "feature_code", "country", "admin1", "admin2"),
}
#: Lists of records an event has.
LISTS: Final = ("incidents", "sources", "passages", "claims", "deaths", "anchors", "alternatives", "corrections")


def index(events: Sequence[Event], base: BaseMap) -> Json:
    """Columns and tables of all events."""
    return _Index(base).build(events)


class _Index:
    def __init__(self, base: BaseMap) -> None:
        self._base = base
        self._kinds: Table[tuple[str, str, str]] = Table()
        self._names: Table[str] = Table("")
        self._places: Table[Place] = Table()
        self._qualifiers: Table[str] = Table("")
        self._statuses: Table[str] = Table()
        self._areas: Table[Area] = Table()

    def build(self, events: Sequence[Event]) -> Json:
        names = self._names
        where = [self._where(event.where) for event in events]
        killed = [self._count(event.killed) for event in events]
        injured = [self._count(event.injured) for event in events]
        when = [
            (w.start.toordinal() - _EPOCH, w.end.toordinal() - _EPOCH, w.prec) if (w := event.when) else (0, 0, 0)
            for event in events
        ]
        columns = {
            "id": [event.id for event in events],
            "kind": [self._kinds((event.sub_event_type, event.event_type, event.disorder_type)) for event in events],
            "weapon": [names(event.weapon or "") for event in events],
            **_columns(("start", "end", "date_prec"), when),
            **_columns(("latitude", "longitude", "where_prec", "radius", "place", "area"), where),
            **_columns([f"killed_{name}" for name in _COUNT], killed),
            **_columns([f"injured_{name}" for name in _COUNT], injured),
            "side_a": [names(event.side_a.name if event.side_a else "") for event in events],
            "side_b": [names(event.side_b.name if event.side_b else "") for event in events],
            "status": [self._statuses(event.status) for event in events],
            "clarity": [event.event_clarity for event in events],
            "confidence": [round(SHARE * event.confidence) for event in events],
            "merge_confidence": [round(SHARE * event.merge_confidence) for event in events],
            "publishers": [sorted({names(source.publisher or "") for source in event.sources}) for event in events],
            "corrections": [len(event.corrections) for event in events],
        }
        return {"count": len(events), "columns": columns, "tables": self._tables()}

    def _tables(self) -> Json:
        places = self._places.rows
        codes = sorted({place.country_code for place in places} - {""})
        return {
            "kinds": self._kinds.rows,
            "names": self._names.rows,
            "places": [_place(place) for place in places],
            "qualifiers": self._qualifiers.rows,
            "statuses": self._statuses.rows,
            "areas": [[area.code, area.name, area.rings] for area in self._areas.rows],
            "countries": [[code, iso3(code) or "", country_name(code) or code] for code in codes],
        }

    def _where(self, where: Location | None) -> tuple[int, ...]:
        if where is None:
            return (0, 0, 0, 0, ABSENT, ABSENT)
        area = self._base.area_of(where)
        return (
            round(where.latitude * DEGREE),
            round(where.longitude * DEGREE),
            where.where_prec,
            round(where.radius_km * 10),
            self._places(where.place),
            ABSENT if area is None else self._areas(area),
        )

    def _count(self, count: Count | None) -> tuple[int, ...]:
        if count is None:
            return (ABSENT, ABSENT, ABSENT, 0)
        high = OPEN if count.high is None else count.high
        return (count.low, count.best, high, self._qualifiers(count.qualifier))


_COUNT: Final = ("low", "best", "high", "qualifier")


def _columns(names: Sequence[str], rows: Sequence[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    columns = zip(*rows, strict=True) if rows else iter([()] * len(names))
    return dict(zip(names, columns, strict=True))


def details(events: Sequence[Event], texts: Mapping[str, str]) -> Iterable[Json]:
    """Chunks of CHUNK events each, in columns; see the module's docstring."""
    reader = Texts(texts)
    for start in range(0, len(events), CHUNK):
        yield _Chunk(reader).build(events[start : start + CHUNK])


class _Chunk:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._articles: Table[tuple[str | None, ...]] = Table()
        self._places: Table[Place] = Table()

    def build(self, events: Sequence[Event]) -> Json:
        scalars = [_scalars(event) for event in events]
        lists = [self._lists(event) for event in events]
        columns = dict(zip(LISTS, zip(*lists, strict=True), strict=True)) if lists else dict.fromkeys(LISTS, ())
        return {
            "event": list(zip(*scalars, strict=True)),
            "counts": {name: [len(rows) for rows in column] for name, column in columns.items()},
            **{name: list(zip(*chain.from_iterable(column), strict=True)) for name, column in columns.items()},
            "article": list(zip(*self._articles.rows, strict=True)),
            "place": list(zip(*map(_place, self._places.rows), strict=True)),
        }

    def _lists(self, event: Event) -> tuple[Sequence[Row], ...]:
        """Collect an event's records, in the order of LISTS."""
        articles = {source.doc_id: self._article(source) for source in event.sources}
        for doc_id in _cited(event):
            if doc_id not in articles:
                articles[doc_id] = self._article(Source(doc_id=doc_id))
        found = passages(event, self._texts)
        where, places = event.where, self._places
        return (
            [(incident,) for incident in event.incident_ids],
            [(number,) for number in articles.values()],
            [(articles[doc_id], text, marks) for doc_id, _, text, marks in found],
            [_claim(claim, articles, found) for claim in event.claims],
            _deaths(event.deaths),
            [(places(place),) for place in where.anchors] if where else (),
            [(places(c.place), round(c.confidence, 3)) for c in where.alternatives] if where else (),
            [tuple(getattr(c, name) for name in FIELDS["corrections"]) for c in event.corrections],
        )

    def _article(self, s: Source) -> int:
        published = s.published.isoformat() if s.published else None
        return self._articles((s.doc_id, s.title, s.publisher, published, s.url, s.name))


def _cited(event: Event) -> Iterable[str]:
    """Documents an event names anywhere."""
    claims = event.claims
    return chain(
        event.doc_ids,
        [quote.doc_id for quote in event.quotes],
        [claim.doc_id for claim in claims],
        [claim.quote.doc_id for claim in claims],
    )


_NO_WHEN: Final = ("", "")
_NO_WHERE: Final = ("", "", 0, "")
_NO_ACTOR: Final = ("", "", "")


def _scalars(event: Event) -> Row:
    when, where, a, b = event.when, event.where, event.side_a, event.side_b
    return (
        event.killed.text if event.killed else "",
        event.injured.text if event.injured else "",
        event.target or "",
        *((when.text, when.reason) if when else _NO_WHEN),
        *((where.text, where.relation, round(where.confidence, 3), where.reason) if where else _NO_WHERE),
        *((a.text, a.kind, a.certainty) if a else _NO_ACTOR),
        *((b.text, b.kind, b.certainty) if b else _NO_ACTOR),
    )


def _claim(claim: Claim, articles: Mapping[str, int], found: Sequence[Passage]) -> Row:
    count, quote = claim.count, claim.quote
    return (
        claim.harm,
        count.low,
        count.best,
        OPEN if count.high is None else count.high,
        count.qualifier,
        count.text,
        claim.victims,
        claim.speaker,
        claim.stance,
        articles[claim.doc_id],
        next((i for i, passage in enumerate(found) if _holds(passage, quote)), ABSENT),
    )


def _holds(passage: Passage, quote: Quote) -> bool:
    doc_id, start, text, _ = passage
    return doc_id == quote.doc_id and start <= quote.start and quote.end <= start + len(text)


def _place(p: Place) -> Row:
    return (p.id, p.name, p.latitude, p.longitude, p.feature_code, p.country_code, p.admin1, p.admin2)


_NO_DEATHS: Final = Deaths()


def _deaths(deaths: Deaths) -> list[Row]:
    if deaths == _NO_DEATHS:
        return []
    sides = (
        ("side_a", deaths.side_a),
        ("side_b", deaths.side_b),
        ("civilians", deaths.civilians),
        ("unknown", deaths.unknown),
    )
    return [
        (side, count.low, count.best, OPEN if count.high is None else count.high, count.text)
        for side, count in sides
        if count is not None
    ]

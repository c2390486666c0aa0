"""Events as the page reads them: columns for all of them, and details that are unpacked when one is opened.

The index holds a column per field, with tables for what repeats; ``null`` never stands in a column (see ABSENT).
Details come in chunks of CHUNK events, each packed on its own. ``FIELDS`` names the members of the rows that stand for
records, and travels with the data, so that Python and the script agree by construction.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from geoevents.countries import country_name, iso3
from geoevents.maps.basemap import Area, BaseMap
from geoevents.maps.contexts import Passage, Texts, passages
from geoevents.maps.packing import Table
from geoevents.model import Claim, Count, Deaths, Event, Location, Place, Source

Json = dict[str, Any]
Row = list[Any]

#: Events per chunk of details: a chunk of typical events unpacks in a few milliseconds.
CHUNK: Final = 256
#: A number nobody stated; in ``high``, -2 stands for an open end.
ABSENT: Final = -1
OPEN: Final = -2
#: Units per degree in the columns latitude and longitude: about a metre.
DEGREE: Final = 100_000
_EPOCH: Final = date(1970, 1, 1).toordinal()

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "detail": (
        "incident_ids",
        "sources",
        "passages",
        "claims",
        "when",
        "where",
        "deaths",
        "side_a",
        "side_b",
        "target",
        "corrections",
    ),
    "source": ("doc_id", "title", "publisher", "published", "url", "name"),
    "passage": ("source", "text", "marks"),
    "claim": ("harm", "low", "best", "high", "qualifier", "text", "victims", "speaker", "stance", "source", "passage"),
    "when": ("text", "reason"),
    "where": ("text", "relation", "confidence", "reason", "anchors", "alternatives"),
    "place": ("id", "name", "latitude", "longitude", "feature_code", "country", "admin1", "admin2", "confidence"),
    "death": ("side", "low", "best", "high", "text"),
    "actor": ("text", "kind", "certainty"),
    "correction": ("action", "field", "before", "after", "who", "when", "why"),
}


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
            "confidence": [round(100 * event.confidence) for event in events],
            "merge_confidence": [round(100 * event.merge_confidence) for event in events],
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
            "places": [
                [p.id, p.name, p.latitude, p.longitude, p.feature_code, p.country_code, p.admin1, p.admin2, 1]
                for p in places
            ],
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
    """Chunks of CHUNK events each: their sources, and a row of details for each event."""
    reader = Texts(texts)
    for start in range(0, len(events), CHUNK):
        yield _Chunk(reader).build(events[start : start + CHUNK])


class _Chunk:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._sources: Table[tuple[str | None, ...]] = Table()

    def build(self, events: Iterable[Event]) -> Json:
        rows = [self._detail(event) for event in events]
        return {"sources": self._sources.rows, "events": rows}

    def _detail(self, event: Event) -> Row:
        sources = {source.doc_id: self._source(source) for source in event.sources}
        for doc_id in (*event.doc_ids, *(claim.doc_id for claim in event.claims), *(q.doc_id for q in event.quotes)):
            if doc_id not in sources:
                sources[doc_id] = self._source(Source(doc_id=doc_id))
        found = passages(event, self._texts)
        when, where = event.when, event.where
        return [
            event.incident_ids,
            list(sources.values()),
            [[sources[p.doc_id], p.text, p.marks] for p in found],
            [self._claim(claim, sources, found) for claim in event.claims],
            when and [when.text, when.reason],
            where and self._where(where),
            _deaths(event.deaths),
            event.side_a and [event.side_a.text, event.side_a.kind, event.side_a.certainty],
            event.side_b and [event.side_b.text, event.side_b.kind, event.side_b.certainty],
            event.target,
            [[getattr(correction, name) for name in FIELDS["correction"]] for correction in event.corrections],
        ]

    def _source(self, s: Source) -> int:
        published = s.published.isoformat() if s.published else None
        return self._sources((s.doc_id, s.title, s.publisher, published, s.url, s.name))

    def _claim(self, claim: Claim, sources: Mapping[str, int], found: Sequence[Passage]) -> Row:
        count, quote = claim.count, claim.quote
        high = OPEN if count.high is None else count.high
        place = next((i for i, p in enumerate(found) if p.holds(quote.doc_id, quote.start, quote.end)), ABSENT)
        return [
            claim.harm,
            count.low,
            count.best,
            high,
            count.qualifier,
            count.text,
            claim.victims,
            claim.speaker,
            claim.stance,
            sources[claim.doc_id],
            place,
        ]

    def _where(self, where: Location) -> Row:
        return [
            where.text,
            where.relation,
            round(where.confidence, 3),
            where.reason,
            [_place(place, 1) for place in where.anchors],
            [_place(candidate.place, round(candidate.confidence, 3)) for candidate in where.alternatives],
        ]


def _place(p: Place, confidence: float) -> Row:
    return [p.id, p.name, p.latitude, p.longitude, p.feature_code, p.country_code, p.admin1, p.admin2, confidence]


def _deaths(deaths: Deaths) -> list[Row]:
    sides = {"side_a": deaths.side_a, "side_b": deaths.side_b, "civilians": deaths.civilians, "unknown": deaths.unknown}
    return [
        [side, count.low, count.best, OPEN if count.high is None else count.high, count.text]
        for side, count in sides.items()
        if count is not None
    ]

"""Records as JSON Lines, and back: one object a line, every field of ``docs/data-dictionary.md``.

The flat fields (``latitude``, ``date_start``, ``side_a``…) are what people and other tools read, and the truth.
The nested ones (``where``, ``when``, ``actors``) carry what a flat row has no room for: offsets, reasons, runners-up.
A line without the nested ones still reads back, so that rows made elsewhere can be mapped.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import Any, Final, TypeVar

from geoevents.codes import date_precision
from geoevents.countries import country_name, iso2, iso3
from geoevents.errors import RecordError
from geoevents.files import replacing
from geoevents.model import (
    Actor,
    Candidate,
    Claim,
    Correction,
    Count,
    Deaths,
    DocumentPlaces,
    Event,
    Incident,
    Location,
    Place,
    Quote,
    ResolvedPlace,
    Source,
    When,
    content_id,
)

Json = dict[str, Any]
#: Sentences by document id.
Contexts = Mapping[str, Sequence[Quote]]
#: No sentence lies farther into its article, in characters; a line that says so is not believed.
_LONGEST_ARTICLE: Final = 10_000_000
Record = TypeVar("Record")


def place_row(resolved: ResolvedPlace) -> Json:
    """One line of ``--level places``; coordinates are null where the mention is unresolved."""
    mention, place = resolved.mention, resolved.place
    return {
        "doc_id": mention.doc_id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "place_id": place and place.id,
        "name": place and place.name,
        "feature_code": place and place.feature_code,
        "country_code": place and place.country_code,
        "admin1": place and place.admin1,
        "admin2": place and place.admin2,
        "population": place and place.population,
        "radius_km": place and place.radius_km,
        "confidence": round(resolved.confidence, 3),
        "reason": resolved.reason,
        "alternatives": [_candidate(c) for c in resolved.alternatives],
    }


def document_row(source: Source, places: DocumentPlaces) -> Json:
    """One line of ``--level documents``: the article, and the countries, divisions and places it is about."""
    return {
        **_dated(_fields(source)),
        "mentions": len(places.resolved),
        "focus": [
            {"level": focus.level, "score": round(focus.score, 3), "mentions": focus.mentions, **_fields(focus.place)}
            for focus in places.focus
        ],
    }


def incident_row(incident: Incident, source: Source | None = None, contexts: Contexts | None = None) -> Json:
    """One line of ``--level incidents``; with the article it comes from, so that the line can be cited and merged.

    Where `contexts` holds the sentences of the articles, the line keeps those that its quotes stand in.
    """
    row = {"incident_id": incident.id, "doc_id": incident.doc_id, **_facts(incident)}
    return {
        **row,
        "keywords": list(incident.keywords),
        "source": _dated(_fields(source)) if source else None,
        **_contexts(incident, contexts),
    }


def event_row(event: Event, contexts: Contexts | None = None) -> Json:
    """One line of ``--level events``; for `contexts` see :func:`incident_row`."""
    return {
        "event_id": event.id,
        "doc_ids": list(event.doc_ids),
        "incident_ids": list(event.incident_ids),
        **_facts(event),
        "merge_confidence": round(event.merge_confidence, 3),
        "sources": [_dated(_fields(source)) for source in event.sources],
        "corrections": [_fields(correction) for correction in event.corrections],
        **_contexts(event, contexts),
    }


class ReadEvents(tuple[Event, ...]):
    """Events that were read from their lines, which are kept: :func:`event_lines` need not make them anew.

    Attributes
    ----------
    lines
        What :func:`dump` gives of each event's row.
    """

    lines: tuple[str, ...]

    @classmethod
    def of(cls, read: Iterable[tuple[Event, str]]) -> "ReadEvents":
        """Put events together with their lines."""
        pairs = list(read)
        found = cls(event for event, _ in pairs)
        found.lines = tuple(line for _, line in pairs)
        return found


def event_lines(events: Iterable[Event]) -> Iterator[str]:
    """One line of JSON for each event."""
    yield from events.lines if isinstance(events, ReadEvents) else (dump(event_row(event)) for event in events)


def incident_from_row(row: Mapping[str, Any]) -> Incident:
    """Read back what :func:`incident_row` made.

    Raises
    ------
    RecordError
        If a field is missing or contradicts another.
    """
    return _reading(_incident, row, "incident")


def source_from_row(row: Mapping[str, Any]) -> Source | None:
    """Read back the article that :func:`incident_row` was given.

    Raises
    ------
    RecordError
        If a field is unknown or of the wrong kind.
    """
    return _reading(_source, row["source"], "source") if row.get("source") else None


def event_from_row(row: Mapping[str, Any]) -> Event:
    """Read back what :func:`event_row` made.

    Raises
    ------
    RecordError
        If a field is missing or contradicts another.
    """
    return _reading(_event, row, "event")


def contexts_from_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Quote, ...]]:
    """Read the sentences that lines of events or incidents keep, by document id, in the order of the text.

    Raises
    ------
    RecordError
        If one is no quote.
    """
    found: dict[str, dict[int, Quote]] = {}
    for row in rows:
        for quote in _reading(_read_contexts, row, "sentences"):
            if quote.end <= _LONGEST_ARTICLE:
                found.setdefault(quote.doc_id, {})[quote.start] = quote
    return {doc_id: tuple(quotes[start] for start in sorted(quotes)) for doc_id, quotes in found.items()}


def write_jsonl(rows: Iterable[Json], path: Path) -> None:
    """Write one object a line, whole or not at all.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    with replacing(path) as file:
        file.writelines(dump(row) + "\n" for row in rows)


def dump(row: Json) -> str:
    """One line of JSON; lone surrogates stay escaped, so that the line is valid UTF-8."""
    line = json.dumps(row, ensure_ascii=False, separators=(", ", ": "))
    return line if _encodable(line) else json.dumps(row)


def read_jsonl(path: Path) -> Iterator[Json]:
    """Objects of a JSON Lines file, one by one; empty lines are passed over.

    Raises
    ------
    RecordError
        If the file cannot be read or a line is no JSON object; the message names file and line.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _object(line, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"cannot read {path}: {error}") from error


def _object(line: str, where: str) -> Json:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{where}: no JSON: {error}") from error
    if not isinstance(value, dict):
        raise RecordError(f"{where}: not a JSON object but a {type(value).__name__}")
    return value


def _encodable(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


# -- out ---------------------------------------------------------------------------------------------------------------


def _facts(record: Incident | Event) -> Json:
    when, where = record.when, record.where
    code = (where.place.country_code if where else "") or record.country_code
    return {
        "event_type": record.event_type,
        "sub_event_type": record.sub_event_type,
        "disorder_type": record.disorder_type,
        "weapon": record.weapon,
        "date_start": when and when.start.isoformat(),
        "date_end": when and when.end.isoformat(),
        "date_prec": when and when.prec,
        "latitude": where and where.latitude,
        "longitude": where and where.longitude,
        "where_prec": where and where.where_prec,
        "geo_precision": where and where.geo_precision,
        "radius_km": where and where.radius_km,
        "place_name": where and where.place.name,
        "place_id": where and where.place.id,
        "adm_1": where and where.place.admin1,
        "adm_2": where and where.place.admin2,
        "country": country_name(code),
        "iso3": iso3(code),
        "country_reason": record.country_reason or None,
        "killed": _count(record.killed),
        "injured": _count(record.injured),
        "deaths": {side: _count(getattr(record.deaths, side)) for side in Deaths.__dataclass_fields__},
        "side_a": record.side_a and record.side_a.name,
        "side_b": record.side_b and record.side_b.name,
        "target": record.target,
        "status": record.status,
        "event_clarity": record.event_clarity,
        "confidence": round(record.confidence, 3),
        "quotes": [_fields(quote) for quote in record.quotes],
        "claims": [_claim(claim) for claim in record.claims],
        "when": when and {key: getattr(when, key) for key in _WHEN_DETAIL},
        "where": where and _where(where),
        "actors": {side: actor and _fields(actor) for side in _SIDES if (actor := getattr(record, side)) is not None},
    }


def _contexts(record: Incident | Event, contexts: Contexts | None) -> Json:
    """Sentences that the quotes of a record, and of its claims, stand in."""
    if contexts is None:
        return {}
    quotes = (*record.quotes, *(claim.quote for claim in record.claims))
    met = {
        (quote.doc_id, sentence.start): sentence
        for quote in quotes
        for sentence in contexts.get(quote.doc_id, ())
        if quote.start < sentence.end and sentence.start < quote.end
    }
    return {"contexts": [_fields(met[key]) for key in sorted(met)]}


_SIDES = ("side_a", "side_b")
_WHEN_DETAIL = ("text", "text_start", "text_end", "reason")
_WHERE_DETAIL = ("doc_id", "start", "end", "text", "mention_start", "mention_end", "relation", "confidence", "reason")


def _fields(record: Any) -> Json:
    """Fields of a record that holds no other record: what :func:`dataclasses.asdict` gives, in a tenth of the time."""
    kind: Any = type(record)
    names, values = _getter(kind)
    return dict(zip(names, values(record), strict=True))


@cache
def _getter(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


def _count(count: Count | None) -> Json | None:
    return _fields(count) if count else None


def _claim(claim: Claim) -> Json:
    return {
        "harm": claim.harm,
        **_fields(claim.count),
        "victims": claim.victims,
        "speaker": claim.speaker,
        "stance": claim.stance,
        "doc_id": claim.doc_id,
        "quote": _fields(claim.quote),
    }


def _where(where: Location) -> Json:
    return {
        **{key: getattr(where, key) for key in _WHERE_DETAIL},
        "place": _fields(where.place),
        "anchors": [_fields(place) for place in where.anchors],
        "alternatives": [_candidate(c) for c in where.alternatives],
    }


def _candidate(candidate: Candidate) -> Json:
    return {"confidence": round(candidate.confidence, 3), **_fields(candidate.place)}


def _dated(row: Json) -> Json:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}


# -- in ----------------------------------------------------------------------------------------------------------------


def _reading(build: Callable[[Mapping[str, Any]], Record], row: Mapping[str, Any], what: str) -> Record:
    try:
        return build(row)
    except KeyError as error:
        raise RecordError(f"cannot be read as {what}: it has no field {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"cannot be read as {what}: {error}") from error


def _incident(row: Mapping[str, Any]) -> Incident:
    return Incident(
        id=row["incident_id"],
        doc_id=row["doc_id"],
        **_read_facts(row, row["doc_id"]),
        keywords=tuple(map(intern, row.get("keywords", ()))),
    )


def _source(row: Mapping[str, Any]) -> Source:
    return Source(**{**row, "published": _read_date(row.get("published"))})


def _event(row: Mapping[str, Any]) -> Event:
    doc_ids = tuple(row["doc_ids"])
    return Event(
        id=row["event_id"],
        doc_ids=doc_ids,
        incident_ids=tuple(row["incident_ids"]),
        **_read_facts(row, doc_ids[0] if doc_ids else ""),
        merge_confidence=row.get("merge_confidence", 1.0),
        sources=tuple(_source(source) for source in row.get("sources", ())),
        corrections=tuple(Correction(**correction) for correction in row.get("corrections", ())),
    )


def _read_facts(row: Mapping[str, Any], doc_id: str) -> Json:
    return {
        "sub_event_type": row["sub_event_type"],
        "weapon": row.get("weapon"),
        "when": _read_when(row),
        "where": _read_where(row, doc_id),
        "country_code": _read_country(row),
        "country_reason": row.get("country_reason") or "",
        "killed": _read_count(row.get("killed")),
        "injured": _read_count(row.get("injured")),
        "deaths": Deaths(**{side: _read_count(count) for side, count in (row.get("deaths") or {}).items()}),
        "claims": tuple(_read_claim(claim) for claim in row.get("claims", ())),
        **{side: _read_actor(row, side) for side in _SIDES},
        "target": row.get("target"),
        "status": row.get("status", "reported"),
        "event_clarity": row.get("event_clarity", 1),
        "quotes": tuple(Quote(**quote) for quote in row["quotes"]),
        "confidence": row.get("confidence", 1.0),
    }


def _read_country(row: Mapping[str, Any]) -> str:
    """Country of a row that no place of its own tells."""
    place = (row.get("where") or {}).get("place")
    told = row.get("latitude") is not None and (place is None or place["country_code"])
    return "" if told else iso2(row.get("iso3") or "") or ""


def _read_contexts(row: Mapping[str, Any]) -> tuple[Quote, ...]:
    return tuple(Quote(**quote) for quote in row.get("contexts") or ())


def _read_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_when(row: Mapping[str, Any]) -> When | None:
    start = _read_date(row.get("date_start"))
    if start is None:
        return None
    end = _read_date(row.get("date_end")) or start
    return When(
        start=start,
        end=end,
        prec=row.get("date_prec") or date_precision((end - start).days + 1),
        **(row.get("when") or {}),
    )


def _read_where(row: Mapping[str, Any], doc_id: str) -> Location | None:
    if row.get("latitude") is None or row.get("longitude") is None:
        return None
    detail = dict(row.get("where") or {})
    place = detail.pop("place", None)
    anchors = detail.pop("anchors", ())
    alternatives = detail.pop("alternatives", ())
    name = row.get("place_name") or ""
    unknown = {"doc_id": doc_id, "start": 0, "end": 0, "text": "", "mention_start": 0, "mention_end": 0}
    return Location(
        **{**unknown, "relation": "at", **detail},
        latitude=row["latitude"],
        longitude=row["longitude"],
        radius_km=row.get("radius_km") or 0.0,
        where_prec=row.get("where_prec") or 1,
        place=Place(**place) if place else _bare_place(row, name),
        anchors=tuple(Place(**anchor) for anchor in anchors),
        alternatives=tuple(_read_candidate(c) for c in alternatives),
    )


def _bare_place(row: Mapping[str, Any], name: str) -> Place:
    return Place(
        id=row.get("place_id") or content_id("row", name, row["latitude"], row["longitude"]),
        name=name,
        latitude=row["latitude"],
        longitude=row["longitude"],
        feature_code="",
        country_code=iso2(row.get("iso3") or "") or "",
        admin1=row.get("adm_1") or "",
        admin2=row.get("adm_2") or "",
    )


def _read_candidate(row: Mapping[str, Any]) -> Candidate:
    fields = dict(row)
    return Candidate(confidence=fields.pop("confidence"), place=Place(**fields))


def _read_count(row: Mapping[str, Any] | None) -> Count | None:
    return Count(**row) if row else None


_COUNT_FIELDS = tuple(Count.__dataclass_fields__)


def _read_claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        doc_id=row["doc_id"],
        harm=row["harm"],
        count=Count(**{key: row[key] for key in _COUNT_FIELDS}),
        victims=row.get("victims", "all"),
        speaker=row.get("speaker"),
        stance=row.get("stance", "reported"),
        quote=Quote(**row["quote"]),
    )


def _read_actor(row: Mapping[str, Any], side: str) -> Actor | None:
    name = row.get(side)
    if not name:
        return None
    detail = (row.get("actors") or {}).get(side) or {"text": "", "start": 0, "end": 0}
    return Actor(**{**detail, "name": name})

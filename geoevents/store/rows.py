"""Records as rows of the store's tables, and back."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

from geoevents.jsonl import dump, event_row
from geoevents.model import Event, Quote, Source
from geoevents.store.records import KeptCall

Run = Callable[[str, tuple[Any, ...]], sqlite3.Cursor]

#: after all other places: an event without one
_NOWHERE = "\U0010ffff"


def write_event(run: Run, event: Event, *, decided: bool) -> None:
    """Write an event and its claims, in the place of what there was of its id."""
    day = event.when.start.isoformat() if event.when else "9999"
    place = event.where.place.name if event.where else _NOWHERE
    facts = (event.id, day, place, len(event.incident_ids), event.merge_confidence, decided)
    run("DELETE FROM events WHERE id = ?", (event.id,))
    run("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", (*facts, dump(event_row(event))))
    for claim in event.claims:
        count = claim.count
        values = (event.id, claim.doc_id, claim.harm, count.low, count.best, count.high, count.qualifier)
        more = (claim.victims, claim.speaker, claim.stance, claim.quote.text)
        run("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*values, *more))


def write_call(run: Run, kept: KeptCall) -> None:
    """Write a close call."""
    call = kept.call
    values = (call.first, call.second, call.score, call.merged, call.reason, kept.doubt, *kept.pair)
    run("INSERT INTO close_calls VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def read_source(row: str) -> Source:
    """Read back the source of a document."""
    fields = json.loads(row)
    return Source(**{**fields, "published": date.fromisoformat(fields["published"]) if fields["published"] else None})


def read_contexts(doc_id: str, row: str) -> tuple[Quote, ...]:
    """Read back the sentences that the quotes of a document stand in."""
    return tuple(Quote(doc_id=doc_id, start=start, end=end, text=text) for start, end, text in json.loads(row))

"""The tables of a store, its version, and how an older one becomes the present one."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from geoevents.errors import StoreError
from geoevents.jsonl import event_from_row
from geoevents.model import CloseCall
from geoevents.store.records import KeptCall
from geoevents.store.rows import write_call, write_event

#: "gevt": says that a SQLite file is one of ours
APPLICATION_ID: Final = 0x67657674
#: raised with every change of the tables; :data:`MIGRATIONS` leads from each older one to the next
VERSION: Final = 3

TABLES: Final = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    config TEXT NOT NULL
);
CREATE TABLE problems (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    source TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX problems_of_article ON problems (article);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    text_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    contexts TEXT NOT NULL,
    fixed TEXT NOT NULL
);
CREATE INDEX documents_of_article ON documents (article);
CREATE TABLE incidents (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
CREATE TABLE decisions (position INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    inputs TEXT NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0,
    merging TEXT NOT NULL DEFAULT ''
);
"""
#: what merging made, and what it needs to know the next time
MERGED_TABLES: Final = """
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    members INTEGER NOT NULL,
    confidence REAL NOT NULL,
    decided INTEGER NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE claims (
    event TEXT NOT NULL REFERENCES events ON DELETE CASCADE,
    document TEXT NOT NULL,
    harm TEXT NOT NULL,
    low INTEGER NOT NULL,
    best INTEGER NOT NULL,
    high INTEGER,
    qualifier TEXT NOT NULL,
    victims TEXT NOT NULL,
    speaker TEXT,
    stance TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE INDEX claims_of_event ON claims (event);
CREATE TABLE close_calls (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    score REAL NOT NULL,
    merged INTEGER NOT NULL,
    reason TEXT NOT NULL,
    doubt REAL NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL
);
CREATE TABLE merged_documents (
    document TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE merged_incidents (
    incident TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    columns BLOB NOT NULL,
    event TEXT,
    chain TEXT NOT NULL
);
CREATE TABLE merged_by (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""
#: files all of whose articles are there: what the system said of a file when these were read, and the keys of these
FILE_TABLES: Final = """
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    config TEXT NOT NULL,
    articles TEXT NOT NULL
) WITHOUT ROWID;
"""


def _to_2(connection: sqlite3.Connection) -> None:
    """Events are found by day and place; what merging needs is kept, from the next merging on."""
    events = [record for (record,) in connection.execute("SELECT record FROM events ORDER BY position")]
    calls = connection.execute("SELECT first, second, score, merged, reason FROM close_calls ORDER BY rowid").fetchall()
    for table in ("claims", "events", "close_calls"):
        connection.execute(f"DROP TABLE {table}")
    _make(connection, MERGED_TABLES)
    connection.execute("ALTER TABLE runs ADD COLUMN merging TEXT NOT NULL DEFAULT ''")
    for record in events:
        write_event(connection.execute, event_from_row(json.loads(record)), decided=False)
    for number, (first, second, score, merged, reason) in enumerate(calls):
        call = CloseCall(first=first, second=second, score=score, merged=bool(merged), reason=reason)
        write_call(connection.execute, KeptCall(call=call, pair=("", ""), doubt=float(number)))


def _to_3(connection: sqlite3.Connection) -> None:
    """Keep what files looked like, from the next run on."""
    _make(connection, FILE_TABLES)


def _make(connection: sqlite3.Connection, tables: str) -> None:
    """Make tables; one by one, for a script would end the transaction."""
    for statement in filter(str.strip, tables.split(";")):
        connection.execute(statement)


#: version → what makes a store of that version one of the next
MIGRATIONS: Final[Mapping[int, Callable[[sqlite3.Connection], None]]] = {1: _to_2, 2: _to_3}


def prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    """Make the tables of a new store; check the mark and the version of an old one, and migrate it where need be.

    Raises
    ------
    StoreError
        If the file is no store, or of a version that this program cannot read.
    """
    mark, version = (_pragma(connection, name) for name in ("application_id", "user_version"))
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if empty and write:
        _create(connection)
        return
    if mark != APPLICATION_ID:
        raise StoreError(f"{path} is a SQLite file, but no geoevents store; give another name to --store")
    if version > VERSION:
        raise StoreError(
            f"{path} is of store version {version}, by a newer geoevents; this one reads up to {VERSION}: update it"
        )
    if version < VERSION:
        _migrate(connection, path, version, write=write)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _create(connection: sqlite3.Connection) -> None:
    """All or nothing: a store that was killed while it was made is empty and is made the next time."""
    script = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
    connection.executescript(f"BEGIN IMMEDIATE; {TABLES} {FILE_TABLES} {MERGED_TABLES} {script} COMMIT;")


def _migrate(connection: sqlite3.Connection, path: Path, version: int, *, write: bool) -> None:
    missing = [step for step in range(version, VERSION) if step not in MIGRATIONS]
    if missing:
        raise StoreError(
            f"{path} is of store version {version}, which is no longer read; read the articles into a new store"
        )
    if not write:
        raise StoreError(
            f"{path} is of store version {version}; 'geoevents run … --store {path}' brings it up to {VERSION}"
        )
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for step in range(version, VERSION):
            MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")

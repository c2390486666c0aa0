"""The store: a SQLite file that one run writes at a time."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from geoevents.errors import StoreError
from geoevents.jsonl import ReadEvents, dump, event_from_row, incident_from_row, incident_row
from geoevents.model import CloseCall, Event, Incident, Problem, Quote, Source
from geoevents.store.lazily import Decoded, DecodedRows
from geoevents.store.records import (
    KeptArticle,
    KeptDocument,
    KeptFile,
    KeptIncident,
    KeptMerging,
    Known,
    MergingChanges,
)
from geoevents.store.rows import read_contexts, read_source, write_call, write_event
from geoevents.store.schema import VERSION, prepare

_BUSY_SECONDS: Final = 1.0  # for a reader that is about to be done
_TABLES: Final = (
    "articles",
    "documents",
    "incidents",
    "events",
    "claims",
    "close_calls",
    "decisions",
    "problems",
    "runs",
)
#: what merging made, claims before the events they are of
_MERGED: Final = ("claims", "events", "close_calls", "merged_documents", "merged_incidents", "merged_by")


@dataclass(frozen=True)
class Store:
    """An open store.

    Attributes
    ----------
    path
        The file.
    connection
        To SQLite; outside of a transaction between two calls.
    """

    path: Path
    connection: sqlite3.Connection

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, write: bool = False) -> Iterator["Store"]:
        """Open a store, and close it in the end.

        Parameters
        ----------
        write
            Make the file where there is none, and keep every other process out until it is closed.

        Raises
        ------
        StoreError
            If another run has it open, it is no store or a damaged one, or of another version.
        """
        if not write and not path.is_file():
            raise StoreError(f"there is no store {path}")
        with _explained(path):
            connection = _connect(path, write=write)
            try:
                prepare(connection, path, write=write)
                if write:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = NORMAL")
                yield cls(path, connection)
            finally:
                connection.close()

    # -- what was read ------------------------------------------------------------------------------------------------

    def articles(self) -> dict[str, Known]:
        """Key → what is there of each article, in the order in which they were read."""
        rows = self.connection.execute("SELECT id, key, path, config FROM articles ORDER BY id").fetchall()
        problems: dict[int, list[Problem]] = {}
        for article, source, stage, reason in self.connection.execute("SELECT * FROM problems ORDER BY rowid"):
            problems.setdefault(article, []).append(Problem(source=source, stage=stage, reason=reason))
        documents: dict[int, list[tuple[str, str, str]]] = {}
        for article, text, row in self.connection.execute(
            "SELECT article, text_hash, source FROM documents ORDER BY rowid"
        ):
            source = json.loads(row)
            documents.setdefault(article, []).append((source["doc_id"], text, source["name"]))
        return {
            key: Known(path, config, tuple(documents.get(number, ())), tuple(problems.get(number, ())))
            for number, key, path, config in rows
        }

    def files(self) -> dict[str, KeptFile]:
        """Path → what is known of each file that was read whole."""
        rows = self.connection.execute("SELECT path, stamp, config, articles FROM files")
        return {path: KeptFile(stamp, config, tuple(keys.split())) for path, stamp, config, keys in rows}

    def note_files(self, read: Mapping[str, KeptFile], gone: Iterable[str]) -> None:
        """Keep what is known of files that were read whole, and take out those that are `gone` or read in part."""
        with self._writing() as run:
            for path in gone:
                run("DELETE FROM files WHERE path = ?", (path,))
            for path, file in read.items():
                run(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                    (path, file.stamp, file.config, " ".join(file.articles)),
                )

    def keep(self, article: KeptArticle) -> None:
        """Write what was read of an article, in place of what was there of its key or its documents."""
        with self._writing() as run:
            run("DELETE FROM articles WHERE key = ?", (article.key,))
            number = run(
                "INSERT INTO articles (key, path, config) VALUES (?, ?, ?)", (article.key, article.path, article.config)
            ).lastrowid
            for problem in article.problems:
                run("INSERT INTO problems VALUES (?, ?, ?, ?)", (number, problem.source, problem.stage, problem.reason))
            for document in article.documents:
                _insert_document(run, number, document)

    def forget(self, keys: Iterable[str]) -> None:
        """Take articles out, with all that was read of them."""
        with self._writing() as run:
            for key in keys:
                run("DELETE FROM articles WHERE key = ?", (key,))

    def documents(self, *, unmerged: bool = False) -> Iterator[KeptDocument]:
        """All documents with what they say, or those that the last merging did not see, as they were read first."""
        which = "WHERE documents.id NOT IN (SELECT document FROM merged_documents)" if unmerged else ""
        incidents = self.connection.execute(
            f"SELECT document, record FROM incidents JOIN documents ON documents.id = document {which}"  # noqa: S608  # ours
            " ORDER BY documents.rowid, position"
        )
        told: dict[str, list[Any]] = {}
        for document, record in incidents:
            told.setdefault(document, []).append(incident_from_row(json.loads(record)))
        rows = self.connection.execute(
            f"SELECT id, text_hash, source, contexts, fixed FROM documents {which} ORDER BY rowid"  # noqa: S608  # ours
        )
        for name, text_hash, row, contexts, fixed in rows:
            source = read_source(row)
            yield KeptDocument(
                text_hash=text_hash,
                source=source,
                incidents=tuple(told.pop(name, ())),
                contexts=read_contexts(source.doc_id, contexts),
                fixed=tuple(json.loads(fixed)),
            )

    def told(self) -> tuple[Mapping[str, Source], Mapping[str, tuple[Quote, ...]], Sequence[Incident]]:
        """Articles, the sentences of their quotes, and all incidents; each is read from its row when asked for."""
        rows = self.connection.execute("SELECT id, source, contexts FROM documents ORDER BY rowid").fetchall()
        # SQLite holds an id with its lone surrogates escaped; what was escaped is read from the record
        ids = [json.loads(source)["doc_id"] if "\\" in name else name for name, source, _ in rows]
        records = self.connection.execute(
            "SELECT record FROM incidents JOIN documents ON documents.id = document ORDER BY documents.rowid, position"
        )
        return (
            Decoded({name: source for name, (_, source, _) in zip(ids, rows, strict=True)}, _decoded_source),
            Decoded(
                {name: quotes for name, (_, _, quotes) in zip(ids, rows, strict=True) if quotes != "[]"}, read_contexts
            ),
            DecodedRows([record for (record,) in records], _decoded_incident),
        )

    def fixed(self) -> frozenset[str]:
        """Names in the documents that a person's decision changed."""
        rows = self.connection.execute("SELECT fixed FROM documents WHERE fixed != '[]'")
        return frozenset(name for (fixed,) in rows for name in json.loads(fixed))

    def records(self, wanted: Iterable[tuple[str, str]]) -> tuple[dict[str, Incident], dict[str, Source]]:
        """Incidents by id, and their articles by the document's id.

        Parameters
        ----------
        wanted
            Document's and incident's id of each.
        """
        incidents: dict[str, Incident] = {}
        sources: dict[str, Source] = {}
        ids_of: dict[str, set[str]] = {}
        for document, name in wanted:
            ids_of.setdefault(document, set()).add(name)
        for document, names in ids_of.items():
            for name, record in self._run(
                "SELECT id, record FROM incidents WHERE document = ? ORDER BY position", (document,)
            ):
                if name in names:
                    incidents[name] = incident_from_row(json.loads(record))
            for (row,) in self._run("SELECT source FROM documents WHERE id = ?", (document,)):
                source = read_source(row)
                sources[source.doc_id] = source
        return incidents, sources

    # -- what was made of it -------------------------------------------------------------------------------------------

    def merging(self) -> KeptMerging:
        """Give what the last merging left."""
        found: dict[bool, list[KeptIncident]] = {True: [], False: []}
        for *row, there in self.connection.execute(
            "SELECT incident, m.document, columns, event, chain, d.document IS NOT NULL"
            " FROM merged_incidents AS m LEFT JOIN merged_documents AS d ON d.document = m.document"
        ):
            found[bool(there)].append(KeptIncident(*row))
        marks = self.connection.execute("SELECT id, members, confidence, decided FROM events")
        return KeptMerging(
            basis=dict(self.connection.execute("SELECT name, value FROM merged_by")),
            incidents=found[True],
            gone=found[False],
            events={name: (members, confidence, bool(decided)) for name, members, confidence, decided in marks},
            reasons={
                (one, other): reason
                for one, other, reason in self.connection.execute("SELECT one, other, reason FROM close_calls")
            },
        )

    def save(self, changes: MergingChanges, *, anew: bool = False) -> None:
        """Write what a merging changed, at once: the store holds the old merging or the new one.

        Parameters
        ----------
        anew
            Whether `changes` are all there is, and what was before goes.
        """
        with self._writing() as run:
            for table in _MERGED if anew else ():
                run(f"DELETE FROM {table}")  # noqa: S608  # names of ours
            calls = self.connection.execute("SELECT rowid, one, other FROM close_calls").fetchall()
            touched = frozenset(changes.touched).union(changes.gone)
            for number, one, other in calls:
                if one in touched or other in touched:
                    run("DELETE FROM close_calls WHERE rowid = ?", (number,))
            for name in sorted(changes.gone):
                run("DELETE FROM merged_incidents WHERE incident = ?", (name,))
            for name in sorted(changes.gone_events):
                run("DELETE FROM events WHERE id = ?", (name,))
            for one in changes.incidents:
                values = (one.id, one.document, one.columns, one.event, one.chain)
                run("INSERT OR REPLACE INTO merged_incidents VALUES (?, ?, ?, ?, ?)", values)
            for event in changes.events:
                write_event(run, event, decided=event.id in changes.decided)
            for call in changes.calls:
                write_call(run, call)
            for name, value in changes.basis.items():
                run("INSERT OR REPLACE INTO merged_by VALUES (?, ?)", (name, value))
            run("INSERT OR IGNORE INTO merged_documents SELECT id FROM documents")

    def events(self) -> Iterator[Event]:
        """Events of the last run, in order."""
        for (record,) in self.connection.execute("SELECT record FROM events ORDER BY day, place, id"):
            yield event_from_row(json.loads(record))

    def read_events(self, known: Mapping[str, Event]) -> ReadEvents:
        """Events of the last run in order, with their lines; those that are `known` by id are not read from these."""
        found = self.connection.execute("SELECT id, record FROM events ORDER BY day, place, id")
        return ReadEvents.of(
            (known.get(name) or event_from_row(json.loads(record)), _line(record)) for name, record in found
        )

    def event(self, name: str) -> Event | None:
        """Find an event by its id."""
        row = self.connection.execute("SELECT record FROM events WHERE id = ?", (name,)).fetchone()
        return event_from_row(json.loads(row[0])) if row else None

    def homes(self) -> Iterator[tuple[str, str, str]]:
        """Id, document and event of each incident that is in an event."""
        yield from self.connection.execute(
            "SELECT incident, document, event FROM merged_incidents WHERE event IS NOT NULL ORDER BY incident"
        )

    def close_calls(self) -> Iterator[CloseCall]:
        """Pairs a person may decide about, the most doubtful first."""
        for first, second, score, merged, reason in self.connection.execute(
            "SELECT first, second, score, merged, reason FROM close_calls ORDER BY doubt, first, second"
        ):
            yield CloseCall(first=first, second=second, score=score, merged=bool(merged), reason=reason)

    # -- what people decided, and the runs -----------------------------------------------------------------------------

    def decide(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Keep these corrections in the place of those there are."""
        with self._writing() as run:
            run("DELETE FROM decisions")
            for row in rows:
                run("INSERT INTO decisions (record) VALUES (?)", (json.dumps(dict(row)),))

    def decisions(self) -> list[dict[str, str]]:
        """Corrections as they were given, row by row."""
        found = self.connection.execute("SELECT record FROM decisions ORDER BY position")
        return [json.loads(record) for (record,) in found]

    def begin_run(self, inputs: Sequence[str], version: str) -> int:
        """Note that a run has begun; give its number."""
        with self._writing() as run:
            number = run(
                "INSERT INTO runs (version, inputs) VALUES (?, ?)", (version, json.dumps(list(inputs)))
            ).lastrowid
        return number or 0

    def finish_run(self, number: int, merging: str) -> None:
        """Note that a run is done, and how much its merging had to do."""
        with self._writing() as run:
            run("UPDATE runs SET finished = 1, merging = ? WHERE id = ?", (merging, number))

    def info(self) -> dict[str, Any]:
        """How much it holds, and how its last run ended."""
        counts = {
            table: self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # names of ours
            for table in _TABLES
        }
        last = self.connection.execute(
            "SELECT inputs, version, finished, merging FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
        found = {"path": str(self.path), "store_version": VERSION, "bytes": self.path.stat().st_size, **counts}
        if last:
            inputs, version, finished, merging = last
            found["last_run"] = {
                "inputs": json.loads(inputs),
                "geoevents": version,
                "finished": bool(finished),
                "merging": merging,
            }
        return found

    def vacuum(self) -> None:
        """Give the space of what is gone back."""
        self.connection.execute("VACUUM")

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """SQLite takes no lone surrogates: in its columns they are escaped; the records in JSON keep them."""
        safe = tuple(v.encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v for v in values)
        return self.connection.execute(sql, safe)

    @contextmanager
    def _writing(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._run
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make the folder of {path}: {error.strerror or error}") from error
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    if write:
        # exclusive before the first access: SQLite then keeps the lock, and the system drops it if the process dies
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    return connection


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ones that say what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise StoreError(
                f"{path} is in use by another geoevents run; wait until it is done, or give another --store"
            ) from error
        raise StoreError(f"cannot use the store {path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is no store, or a damaged one ({error}); give another --store") from error


def _insert_document(run: Callable[..., sqlite3.Cursor], article: int | None, document: KeptDocument) -> None:
    source = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(document.source).items()
    }
    name = document.source.doc_id
    contexts = [[quote.start, quote.end, quote.text] for quote in document.contexts]
    # an article that loses a document to another is read anew
    run("UPDATE articles SET config = '' WHERE id IN (SELECT article FROM documents WHERE id = ?)", (name,))
    run("DELETE FROM documents WHERE id = ?", (name,))
    run(
        "INSERT INTO documents (id, article, text_hash, source, contexts, fixed) VALUES (?, ?, ?, ?, ?, ?)",
        (name, article, document.text_hash, json.dumps(source), json.dumps(contexts), json.dumps(document.fixed)),
    )
    for position, incident in enumerate(document.incidents):
        run(
            "INSERT INTO incidents VALUES (?, ?, ?, ?)",
            (name, position, incident.id, json.dumps(incident_row(incident))),
        )


def _line(record: str) -> str:
    """Give the line of an event as it is written now; records were once written with all but ASCII escaped."""
    return dump(json.loads(record)) if "\\u" in record else record


def _decoded_source(_: str, row: str) -> Source:
    return read_source(row)


def _decoded_incident(row: str) -> Incident:
    return incident_from_row(json.loads(row))

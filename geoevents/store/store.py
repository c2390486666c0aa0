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
from geoevents.jsonl import event_from_row, event_row, incident_from_row, incident_row
from geoevents.model import CloseCall, Event, Problem, Quote, Source
from geoevents.store.records import KeptArticle, KeptDocument, Known
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

    def known(self, key: str, config: str) -> Known | None:
        """Find an article that was read before, from the same bytes and with the same settings.

        An article one of whose documents was left out as a copy of another's is not known: the other may be gone.
        """
        row = self.connection.execute("SELECT id FROM articles WHERE key = ? AND config = ?", (key, config)).fetchone()
        if row is None:
            return None
        documents = self.connection.execute(
            "SELECT text_hash, source FROM documents WHERE article = ? ORDER BY rowid", row
        )
        sources = [(text, _source(json.loads(source))) for text, source in documents]
        problems = self.connection.execute("SELECT source, stage, reason FROM problems WHERE article = ?", row)
        return Known(
            key=key,
            documents=tuple((source.doc_id, text, source.name) for text, source in sources),
            problems=tuple(Problem(source=s, stage=stage, reason=reason) for s, stage, reason in problems),
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

    def articles(self) -> Iterator[tuple[str, str]]:
        """Key and path of all articles."""
        yield from self.connection.execute("SELECT key, path FROM articles ORDER BY id")

    def ids(self) -> Iterator[tuple[str, str, str, str]]:
        """Key of the article, id, hash of the text and name of all documents."""
        rows = self.connection.execute(
            "SELECT key, text_hash, source FROM documents JOIN articles ON articles.id = article"
        )
        for key, text, row in rows:
            source = _source(json.loads(row))
            yield key, source.doc_id, text, source.name

    def documents(self) -> Iterator[KeptDocument]:
        """All documents with what they say, in the order they were read first."""
        incidents = self.connection.execute(
            "SELECT document, record FROM incidents JOIN documents ON documents.id = document"
            " ORDER BY documents.rowid, position"
        )
        told: dict[str, list[Any]] = {}
        for document, record in incidents:
            told.setdefault(document, []).append(incident_from_row(json.loads(record)))
        rows = self.connection.execute("SELECT id, text_hash, source, contexts, fixed FROM documents ORDER BY rowid")
        for name, text_hash, row, contexts, fixed in rows:
            source = _source(json.loads(row))
            quotes = (Quote(doc_id=source.doc_id, start=a, end=b, text=text) for a, b, text in json.loads(contexts))
            yield KeptDocument(
                text_hash=text_hash,
                source=source,
                incidents=tuple(told.pop(name, ())),
                contexts=tuple(quotes),
                fixed=tuple(json.loads(fixed)),
            )

    # -- what was made of it -------------------------------------------------------------------------------------------

    def save(self, events: Sequence[Event], close_calls: Sequence[CloseCall]) -> None:
        """Put these events in the place of those of the last run."""
        with self._writing() as run:
            for clear in ("DELETE FROM claims", "DELETE FROM events", "DELETE FROM close_calls"):
                run(clear)
            for position, event in enumerate(events):
                run("INSERT INTO events VALUES (?, ?, ?)", (event.id, position, json.dumps(event_row(event))))
                for claim in event.claims:
                    count = claim.count
                    values = (event.id, claim.doc_id, claim.harm, count.low, count.best, count.high, count.qualifier)
                    more = (claim.victims, claim.speaker, claim.stance, claim.quote.text)
                    run("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*values, *more))
            for call in close_calls:
                run("INSERT INTO close_calls VALUES (?, ?, ?, ?, ?)", tuple(asdict(call).values()))

    def events(self) -> Iterator[Event]:
        """Events of the last run, in order."""
        for (record,) in self.connection.execute("SELECT record FROM events ORDER BY position"):
            yield event_from_row(json.loads(record))

    def event(self, name: str) -> Event | None:
        """Find an event by its id."""
        row = self.connection.execute("SELECT record FROM events WHERE id = ?", (name,)).fetchone()
        return event_from_row(json.loads(row[0])) if row else None

    def close_calls(self) -> Iterator[CloseCall]:
        """Pairs a person may decide about, the most doubtful first."""
        for first, second, score, merged, reason in self.connection.execute("SELECT * FROM close_calls ORDER BY rowid"):
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

    def finish_run(self, number: int) -> None:
        """Note that a run is done."""
        with self._writing() as run:
            run("UPDATE runs SET finished = 1 WHERE id = ?", (number,))

    def info(self) -> dict[str, Any]:
        """How much it holds, and how its last run ended."""
        counts = {
            table: self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # names of ours
            for table in _TABLES
        }
        last = self.connection.execute("SELECT inputs, version, finished FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        found = {"path": str(self.path), "store_version": VERSION, "bytes": self.path.stat().st_size, **counts}
        if last:
            inputs, version, finished = last
            found["last_run"] = {"inputs": json.loads(inputs), "geoevents": version, "finished": bool(finished)}
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


def _source(row: Mapping[str, Any]) -> Source:
    return Source(**{**row, "published": date.fromisoformat(row["published"]) if row["published"] else None})

"""Runs over a store: what is read again, what goes, and that runs of any number make the same events."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from geoevents import project
from geoevents.errors import StoreError
from geoevents.events import event_id
from geoevents.jsonl import event_row
from geoevents.model import Document, Problem
from geoevents.pipeline import Reading, Result, run
from geoevents.settings import Settings
from geoevents.store import Store, unchanged

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = {
    "a.txt": "MOSUL, March 10, 2021 - A car bomb killed 12 people and wounded 30 at a market in Mosul on Wednesday, "
    "police said.",
    "b.txt": "ERBIL, March 11, 2021 - The car bomb at the Mosul market killed 12 people on Wednesday and wounded 30, "
    "a doctor said.",
    "c.txt": "KYIV, May 5, 2022 - Shelling killed three people in Kharkiv on Thursday, the governor said.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    return articles


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of documents as they are read."""
    found: list[str] = []
    real = project.readings_of

    def noted(records: Sequence[Document | Problem], settings: Settings) -> list[tuple[str, Reading | Problem]]:
        found.extend(Path(getattr(record, "name", "")).name for record in records)
        return real(records, settings)

    monkeypatch.setattr(project, "readings_of", noted)
    return found


def facts(result: Result) -> list[tuple[object, ...]]:
    return [(e.id, e.doc_ids, e.incident_ids, e.when, e.killed, e.injured, e.sub_event_type) for e in result.events]


def test_a_run_over_a_store_finds_what_a_plain_run_finds(folder: Path, tmp_path: Path) -> None:
    assert facts(project.run([folder], tmp_path / "s.db")) == facts(run([folder]))


def test_only_what_is_new_or_changed_is_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "s.db"
    project.run([folder], store)
    read = reads(monkeypatch)
    again = project.run([folder], store)
    assert read == []
    (folder / "c.txt").write_text(ARTICLES["c.txt"].replace("three", "four"), encoding="utf-8")
    (folder / "d.txt").write_text(
        "ADEN, June 6, 2021 - A shell killed two women in Hays on Saturday.", encoding="utf-8"
    )
    changed = project.run([folder], store)
    assert read == ["c.txt", "d.txt"]
    assert len(changed.events) == len(again.events) + 1
    assert facts(changed) == facts(run([folder]))


def test_other_settings_read_all_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from geoevents.settings import IncidentSettings, Settings

    project.run([folder], tmp_path / "s.db")
    read = reads(monkeypatch)
    project.run([folder], tmp_path / "s.db", settings=Settings(incidents=IncidentSettings(background=True)))
    assert sorted(read) == sorted(ARTICLES)


def test_removed_articles_go_and_those_from_elsewhere_stay(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (folder / "c.txt").rename(other / "c.txt")
    project.run([folder], tmp_path / "s.db")
    both = project.run([other], tmp_path / "s.db")
    assert len(both.sources) == 3
    (folder / "b.txt").unlink()
    left = project.run([folder], tmp_path / "s.db")
    assert {Path(source.name).name for source in left.sources.values()} == {"a.txt", "c.txt"}


def test_one_run_or_two_make_the_same_events(folder: Path, tmp_path: Path) -> None:
    project.run([folder / "b.txt"], tmp_path / "s.db")
    project.run([folder / "c.txt"], tmp_path / "s.db")
    assert facts(project.run([folder / "a.txt"], tmp_path / "s.db")) == facts(run([folder]))


def test_a_copy_takes_the_place_of_an_article_that_is_gone(folder: Path, tmp_path: Path) -> None:
    (folder / "z.txt").write_text(ARTICLES["a.txt"], encoding="utf-8")
    first = project.run([folder], tmp_path / "s.db")
    assert [problem.reason for problem in first.problems if "same article" in problem.reason]
    (folder / "a.txt").unlink()
    second = project.run([folder], tmp_path / "s.db")
    assert {Path(source.name).name for source in second.sources.values()} == {"b.txt", "c.txt", "z.txt"}


def test_problems_are_told_again(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.json").write_text("{", encoding="utf-8")
    first, second = (project.run([folder], tmp_path / "s.db").problems for _ in range(2))
    assert first == second
    assert first


def test_a_second_run_at_once_is_told_so(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", write=True):
        command = [sys.executable, "-m", "geoevents", "run", str(folder), "--store", str(tmp_path / "s.db")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is in use by another geoevents run" in done.stderr


def test_a_killed_run_loses_nothing_that_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = tmp_path / "many"
    articles.mkdir()
    for number in range(200):
        (articles / f"{number:03}.txt").write_text(f"{ARTICLES['c.txt']} It was house {number}.", encoding="utf-8")
    store = tmp_path / "s.db"
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "geoevents",
            "run",
            str(articles),
            "-o",
            str(tmp_path / "o"),
            "--store",
            str(store),
            "-v",
        ],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    finished = 0
    for line in child.stderr:
        finished += line.startswith("read ")
        if finished == 20:
            os.kill(child.pid, signal.SIGKILL)
            break
    child.wait()
    child.stderr.close()
    with sqlite3.connect(store) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    connection.close()
    assert kept >= 20
    read = reads(monkeypatch)
    assert len(project.run([articles], store).sources) == 200
    assert len(read) == 200 - kept


def test_files_that_are_no_stores_are_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.db"
    text.write_text("not a database, but long enough to look at: " * 40, encoding="utf-8")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    for path, message in ((text, "no store"), (other, "no geoevents store")):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=message):
            project.run([folder], path)
        assert path.read_bytes() == before


@pytest.mark.parametrize(("version", "message"), [(99, "newer geoevents"), (0, "no longer read")])
def test_a_store_of_another_version_is_refused(folder: Path, tmp_path: Path, version: int, message: str) -> None:
    project.run([folder], tmp_path / "s.db")
    with sqlite3.connect(tmp_path / "s.db") as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(StoreError, match=message):
        project.run([folder], tmp_path / "s.db")


def test_reading_commands_show_what_is_there(folder: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from geoevents.cli import main

    store = str(tmp_path / "s.db")
    result = project.run([folder], Path(store))
    shell = CliRunner()
    info = json.loads(shell.invoke(main, ["store", "info", store, "--json"]).output)
    assert (info["documents"], info["events"], info["last_run"]["finished"]) == (3, len(result.events), True)
    listed = shell.invoke(main, ["store", "list", store]).output.splitlines()
    assert [line.split()[0] for line in listed] == [event.id for event in result.events]
    joined = next(event for event in result.events if len(event.doc_ids) == 2)
    shown = shell.invoke(main, ["store", "show", store, joined.id]).output
    assert "a doctor" in shown
    assert "car bomb" in shown
    for name in (*joined.incident_ids, *joined.doc_ids, *map(event_id, joined.incident_ids)):
        assert shell.invoke(main, ["store", "show", store, name]).output == shown
    assert shell.invoke(main, ["store", "show", store, "evt-none"]).exit_code == 1
    out = tmp_path / "e.jsonl"
    assert shell.invoke(main, ["store", "export", store, "-o", str(out)]).exit_code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(result.events)
    assert shell.invoke(main, ["store", "vacuum", store]).exit_code == 0
    assert shell.invoke(main, ["store", "info", str(tmp_path / "none.db")]).exit_code == 1


def test_a_store_keeps_what_the_records_say(folder: Path, tmp_path: Path) -> None:
    project.run([folder], tmp_path / "s.db")
    with Store.open(tmp_path / "s.db") as store:
        kept = {document.source.doc_id: document for document in store.documents()}
    fresh = run([folder])
    assert {i.id for document in kept.values() for i in document.incidents} == {i.id for i in fresh.incidents}
    assert {key: document.source for key, document in kept.items()} == dict(fresh.sources)


def test_standard_input_adds_to_a_store(tmp_path: Path, folder: Path) -> None:
    for name in ("a.txt", "c.txt"):
        with (folder / name).open("rb") as stream:
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "geoevents",
                    "run",
                    "-",
                    "-o",
                    str(tmp_path / "o"),
                    "--store",
                    str(tmp_path / "s.db"),
                ],
                cwd=ROOT,
                stdin=stream,
                capture_output=True,
                check=False,
            )
        assert done.returncode == 0, done.stderr
    with Store.open(tmp_path / "s.db") as store:
        assert len(list(store.documents())) == 2


def test_the_time_of_a_run_is_not_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_now", lambda: 2**63)  # long after the articles were written
    project.run([folder], tmp_path / "one.db")
    time.sleep(0.01)
    project.run([folder], tmp_path / "two.db")
    with sqlite3.connect(tmp_path / "one.db") as one, sqlite3.connect(tmp_path / "two.db") as two:
        assert list(one.iterdump()) == list(two.iterdump())
    one.close()
    two.close()


def old_store(path: Path, result: Result, decisions: list[dict[str, str]]) -> None:
    """Write a store as version 1 did: with the tables it had, and what one run left in them."""
    with Store.open(path) as kept:
        documents = list(
            kept.connection.execute("SELECT id, article, text_hash, source, contexts, fixed FROM documents")
        )
        articles = list(kept.connection.execute("SELECT id, key, path, config FROM articles"))
        incidents = list(kept.connection.execute("SELECT document, position, id, record FROM incidents"))
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8"))
        connection.executemany("INSERT INTO articles VALUES (?, ?, ?, ?)", articles)
        connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", documents)
        connection.executemany("INSERT INTO incidents VALUES (?, ?, ?, ?)", incidents)
        for position, event in enumerate(result.events):
            connection.execute(
                "INSERT INTO events VALUES (?, ?, ?)", (event.id, position, json.dumps(event_row(event)))
            )
            connection.execute(
                "INSERT INTO claims VALUES (?, 'd', 'killed', 1, 1, 1, 'exact', '', NULL, 'claimed', 'q')", (event.id,)
            )
        connection.execute("INSERT INTO close_calls VALUES ('evt-a', 'evt-b', 0.4, 0, 'same day')")
        connection.executemany(
            "INSERT INTO decisions (record) VALUES (?)", [(json.dumps(decision),) for decision in decisions]
        )
        connection.execute("INSERT INTO runs (version, inputs, finished) VALUES ('0.1', '[\"a\"]', 1)")
    connection.close()


def test_a_store_of_version_1_is_brought_up_to_date(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "s.db"
    result = project.run([folder], store)
    shelled = next(event for event in result.events if event.where and event.where.place.name == "Kharkiv")
    decision = {
        "action": "killed",
        "target": shelled.id,
        "value": "9",
        "country": "",
        "who": "Ann",
        "when": "2024-01-02",
    }
    old_store(store, result, [{**decision, "why": "the registry"}])
    with (
        pytest.raises(StoreError, match=r"store version 1; 'geoevents run … --store .*' brings it up to 3"),
        Store.open(store),
    ):
        pass
    with Store.open(store, write=True) as migrated:
        assert list(migrated.events()) == list(result.events)
        assert [call.first for call in migrated.close_calls()] == ["evt-a"]
        assert migrated.info()["claims"] == sum(len(event.claims) for event in result.events)
    read = reads(monkeypatch)
    again = project.run([folder], store)
    assert read == []
    assert [event.killed.best for event in again.events if event.id == shelled.id and event.killed] == [9]
    assert [e.id for e in again.events] == [e.id for e in result.events]


def test_a_store_that_was_killed_while_it_was_migrated_is_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geoevents.store import schema

    store = tmp_path / "s.db"
    result = project.run([folder], store)
    old_store(store, result, [])

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema, "write_event", killed)
        with pytest.raises(KeyboardInterrupt), Store.open(store, write=True):
            pass
    with sqlite3.connect(store) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (len(result.events),)
    connection.close()
    with Store.open(store, write=True) as migrated:
        assert list(migrated.events()) == list(result.events)


def test_lines_of_events_are_those_of_a_plain_run(folder: Path, tmp_path: Path) -> None:
    from geoevents.exports import export

    (folder / "é.txt").write_text(
        "TRIPOLI, May 9, 2022 - A “naïve” shell killed four people in Homs on Monday.", "utf-8"
    )
    (folder / "f.json").write_text(
        '{"id": "\\ud800", "text": "A mine killed two people in Aden on May 7, 2022, \\"medics\\" \\ud800 said."}',
        "utf-8",
    )
    plain, store = run([folder]), tmp_path / "s.db"
    stored = [project.run([folder], store) for _ in range(2)]
    with sqlite3.connect(store) as connection:  # as version 2 wrote them
        for name, record in connection.execute("SELECT id, record FROM events").fetchall():
            connection.execute("UPDATE events SET record = ? WHERE id = ?", (json.dumps(json.loads(record)), name))
    connection.close()
    stored.append(project.run([folder], store))
    for ending in (".geojson", ".jsonl", ".csv"):
        paths = [tmp_path / f"{number}{ending}" for number in range(4)]
        for result, path in zip([plain, *stored], paths, strict=True):
            export(result.events, path)
        assert len({path.read_bytes() for path in paths}) == 1
    assert "“naïve”" in (tmp_path / "3.jsonl").read_text("utf-8")

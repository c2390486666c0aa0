"""Files that are as they were: told without being opened, and never wrongly so."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from geoevents import project
from geoevents.articles import finding
from geoevents.pipeline import Result, run
from geoevents.settings import ArticleSettings, Settings
from geoevents.store import KeptArticle, Store, unchanged

TEXTS = {
    "a": "BASRA, March 10, 2021 - A car bomb killed 12 people and wounded 30 at a market in Basra on Wednesday.",
    "b": "ODESA, May 5, 2022 - Shelling killed three people in Odesa on Thursday, the governor said.",
    "c": "ADEN, June 6, 2021 - A mine killed two women in Aden on Sunday, a medic said.",
}


def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an hour pass after all files were written."""
    monkeypatch.setattr(unchanged, "_now", lambda: time.time_ns() + 3600 * 10**9)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_rest(monkeypatch)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXTS["a"], encoding="utf-8")
    rows(folder / "b.csv", "b", "c")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    return folder


def rows(path: Path, *names: str) -> None:
    path.write_text("\n".join(["text", *(f'"{TEXTS[name]}"' for name in names)]) + "\n", encoding="utf-8")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of files as they are opened."""
    found: list[str] = []
    real = finding._opened

    @contextmanager
    def noted(path: Path) -> Iterator[object]:
        found.append(path.name)
        with real(path) as stream:
            yield stream

    monkeypatch.setattr(finding, "_opened", noted)
    return found


def facts(result: Result) -> tuple[object, ...]:
    events = [(e.id, e.doc_ids, e.when, e.killed, [s.name for s in e.sources]) for e in result.events]
    return events, sorted(source.name for source in result.sources.values()), result.problems


def test_files_that_are_as_they_were_are_not_opened(folder: Path, tmp_path: Path, opened: list[str]) -> None:
    first = project.run([folder], tmp_path / "s.db")
    assert opened == ["a.txt", "b.csv", "broken.json"]
    opened.clear()
    assert facts(project.run([folder], tmp_path / "s.db")) == facts(first)
    assert opened == []
    assert [problem.source for problem in first.problems] == [str(folder / "broken.json")]
    assert facts(project.run([folder], tmp_path / "s.db", jobs=2)) == facts(first)


def test_a_file_of_the_same_size_that_was_written_again_is_opened(
    folder: Path, tmp_path: Path, opened: list[str]
) -> None:
    project.run([folder], tmp_path / "s.db")
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_text(TEXTS["a"].replace("12", "14"), encoding="utf-8")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.clear()
    again = project.run([folder], tmp_path / "s.db")
    assert opened == ["a.txt"]
    assert facts(again) == facts(run([folder]))
    assert 14 in [event.killed.best for event in again.events if event.killed]


def test_a_file_that_has_hardly_come_to_rest_is_opened_the_next_time(
    folder: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = max(path.stat().st_ctime_ns for path in folder.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "_now", lambda: newest + 10**9)
        project.run([folder], tmp_path / "s.db")
    for expected in (["a.txt", "b.csv", "broken.json"], []):
        opened.clear()
        project.run([folder], tmp_path / "s.db")
        assert opened == expected


def test_contents_are_looked_at_where_that_is_asked_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_stamp", lambda _: "a system that tells nothing")
    before = project.run([folder], tmp_path / "s.db")
    (folder / "a.txt").write_text(TEXTS["a"].replace("12", "14"), encoding="utf-8")
    assert facts(project.run([folder], tmp_path / "s.db")) == facts(before)
    assert facts(project.run([folder], tmp_path / "s.db", check_contents=True)) == facts(run([folder]))


@pytest.mark.parametrize("names", [("b",), ("c",), ("c", "b"), ("b", "c", "a"), ("a", "b", "c")])
def test_a_table_may_change_row_by_row(folder: Path, tmp_path: Path, names: tuple[str, ...]) -> None:
    project.run([folder], tmp_path / "s.db")
    rows(folder / "b.csv", *names)
    for _ in range(2):
        result = project.run([folder], tmp_path / "s.db")
        assert facts(result)[:2] == facts(run([folder]))[:2]
        assert len(result.problems) == len(run([folder]).problems)


def test_a_table_whose_reading_was_killed_is_read_to_its_end(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.keep

    def killed(store: Store, article: KeptArticle) -> None:
        if article.path.endswith("row 3"):
            raise KeyboardInterrupt
        real(store, article)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            project.run([folder], tmp_path / "s.db")
    assert facts(project.run([folder], tmp_path / "s.db")) == facts(run([folder]))


def test_what_stands_before_a_copy_of_it_takes_its_place(folder: Path, tmp_path: Path) -> None:
    (folder / "0.txt").touch()
    before = project.run([folder], tmp_path / "s.db")
    for _ in range(2):
        (folder / "0.txt").write_text(TEXTS["a"], encoding="utf-8")
        for _ in range(2):
            assert facts(project.run([folder], tmp_path / "s.db")) == facts(run([folder]))
        (folder / "0.txt").write_text("", encoding="utf-8")
        assert facts(project.run([folder], tmp_path / "s.db")) == facts(before)


def test_what_stands_before_one_of_the_same_id_takes_it(folder: Path, tmp_path: Path) -> None:
    (folder / "b.json").write_text(json.dumps({"id": "x", "text": TEXTS["b"]}), encoding="utf-8")
    project.run([folder], tmp_path / "s.db")
    (folder / "a.json").write_text(json.dumps({"id": "x", "text": TEXTS["c"]}), encoding="utf-8")
    for _ in range(2):
        assert facts(project.run([folder], tmp_path / "s.db")) == facts(run([folder]))


def test_an_article_that_lost_its_document_is_read_again_after_a_kill(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder / "x.json"
    other.write_text(json.dumps({"id": "x", "text": TEXTS["b"]}), encoding="utf-8")
    project.run([folder], tmp_path / "s.db")
    (folder / "a.json").write_text(json.dumps({"id": "x", "text": TEXTS["c"]}), encoding="utf-8")
    with monkeypatch.context() as patch:
        real = Store.keep

        def killed(store: Store, article: object) -> None:
            real(store, article)  # type: ignore[arg-type]  # passed through unchanged
            raise KeyboardInterrupt

        patch.setattr(Store, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            project.run([folder], tmp_path / "s.db")
    (folder / "a.json").unlink()
    assert facts(project.run([folder], tmp_path / "s.db")) == facts(run([folder]))


def test_files_that_are_gone_are_forgotten_and_those_from_elsewhere_stay(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "d.txt").write_text(TEXTS["c"].replace("two", "six"), encoding="utf-8")
    project.run([folder], tmp_path / "s.db")
    project.run([elsewhere], tmp_path / "s.db")
    (folder / "a.txt").unlink()
    project.run([folder], tmp_path / "s.db")
    with Store.open(tmp_path / "s.db") as store:
        assert {Path(path).name for path in store.files()} == {"b.csv", "broken.json", "d.txt"}


def test_other_settings_open_all_again(folder: Path, tmp_path: Path, opened: list[str]) -> None:
    project.run([folder], tmp_path / "s.db")
    opened.clear()
    project.run([folder], tmp_path / "s.db", settings=Settings(articles=ArticleSettings(max_characters=200_000)))
    assert opened == ["a.txt", "b.csv", "broken.json"]


def test_a_store_of_version_2_is_brought_up_to_date(folder: Path, tmp_path: Path, opened: list[str]) -> None:
    store = tmp_path / "s.db"
    result = project.run([folder], store)
    with sqlite3.connect(store) as connection:  # all that version 3 has more
        connection.executescript("DROP TABLE files; PRAGMA user_version = 2")
    connection.close()
    for expected in (["a.txt", "b.csv", "broken.json"], []):
        opened.clear()
        assert facts(project.run([folder], store)) == facts(result)
        assert opened == expected

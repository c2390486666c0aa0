"""What a user names, and what a stranger's folder holds."""

import io
import os
import sys
from pathlib import Path

import pytest

from geoevents.articles import count_articles, find_articles
from geoevents.articles.finding import find_files
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

SETTINGS = ArticleSettings()


def names(inputs: list[str | Path], root: Path) -> list[str]:
    """Files found, relative to `root`; problems by their reason."""
    return [
        f"! {found.reason}" if isinstance(found, Problem) else str(Path(found.path).relative_to(root))
        for found in find_files(inputs)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "a/.hidden.txt", ".git/x.txt", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Two died.")
    return tmp_path


def test_a_folder_gives_all_below_it_by_name_without_hidden_files(folder: Path) -> None:
    assert names([folder], folder) == ["a/1.txt", "a/2.txt", "b.txt", "c.jsonl"]


def test_arguments_keep_their_order_and_nothing_comes_twice(folder: Path) -> None:
    again = [
        folder / "b.txt",
        str(folder),
        folder / "a" / ".." / "b.txt",
        f"{folder}/**/*.txt",
        folder / "a" / ".hidden.txt",
    ]
    assert names(again, folder) == ["b.txt", "a/1.txt", "a/2.txt", "c.jsonl", "a/.hidden.txt"]


def test_patterns_reach_files_and_folders(folder: Path) -> None:
    assert names([f"{folder}/a*"], folder) == ["a/1.txt", "a/2.txt"]
    assert names([f"{folder}/**/1.*"], folder) == ["a/1.txt"]
    assert names([f"{folder}/*.pdf"], folder) == ["! no file matches this pattern"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Two died.")
    assert names([tmp_path / "a[1].txt"], tmp_path) == ["a[1].txt"]


def test_links_are_followed_neither_out_nor_round(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("secret")
    (folder / "loop").symlink_to(folder)
    (folder / "a" / "up").symlink_to("..")
    (folder / "again.txt").symlink_to(folder / "b.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "outer").symlink_to(secret.parent)
    (folder / "dead.txt").symlink_to(folder / "nothing")
    found = names([folder], folder)
    assert [name for name in found if name[0] != "!"] == ["a/1.txt", "a/2.txt", "b.txt", "c.jsonl"]
    assert found.count("! it is a link that leads out of its folder") == 2
    assert names([folder / "out.txt"], folder) == ["out.txt"]  # named by the user


def test_a_pattern_follows_links_neither_out_nor_round(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("secret")
    for name in ("one", "two", "three"):  # followed, they make 3 ** 40 paths
        (folder / "a" / name).symlink_to(folder)
    (folder / "a" / "out.txt").symlink_to(secret)
    found = names([f"{folder}/**/*.txt"], folder)
    assert found == ["a/1.txt", "a/2.txt", "! it is a link that leads out of its folder", "b.txt"]


def test_what_is_no_file_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert names([tmp_path], tmp_path) == []


def test_a_deep_tree_needs_no_recursion(tmp_path: Path) -> None:
    folder, depth = tmp_path, sys.getrecursionlimit() + 100
    for _ in range(depth):
        folder = folder / "d"
        folder.mkdir()
    try:
        (folder / "x.txt").write_text("Two died.")
        assert len(list(find_files([tmp_path]))) == 1
    finally:
        (folder / "x.txt").unlink()
        for _ in range(depth):  # pytest itself removes folders by recursion
            folder.rmdir()
            folder = folder.parent


@pytest.mark.parametrize("name", ["nothing.txt", "a\0b", "x" * 5000, "", "no/such/folder"])
def test_what_is_not_there_is_a_problem(name: str, tmp_path: Path) -> None:
    given = tmp_path / name if name else f"{tmp_path}/nothing"
    (found,) = find_articles([given], SETTINGS)
    assert isinstance(found, Problem)
    assert found.reason


def test_an_unreadable_folder_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert names([folder], folder) == ["! permission denied"]


def test_sizes_are_checked_before_reading(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(1 << 40)  # a file with a hole takes no room on the disk
    (tmp_path / "empty.txt").write_text(" \n")
    problems = [found for found in find_articles([tmp_path], SETTINGS) if isinstance(found, Problem)]
    assert [problem.reason for problem in problems] == ["it is empty", "it is larger than 20000000 bytes"]


def test_an_endless_input_is_cut_off() -> None:
    (found,) = find_articles(["/dev/zero"], ArticleSettings(max_bytes=1000))
    assert isinstance(found, Problem)


def test_articles_are_read_one_by_one(folder: Path) -> None:
    found = find_articles([folder / "b.txt", folder / "gone.txt"], SETTINGS)
    assert isinstance(next(found), Article)
    (folder / "gone.txt").write_text("It was not there when the first was asked for.")
    assert isinstance(next(found), Article)


class StandardInput:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "types"),
    [
        (b"Two died in Karsa.", ["text/plain"]),
        (b"<html><p>Two died.", ["text/html"]),
        (b'{"text": "x"}\n{"text": "y"}\n', ["application/json"] * 2),
        (b"id,text\n1,x\n2,y\n", ["application/json"] * 2),
    ],
)
def test_standard_input_is_known_by_its_looks(data: bytes, types: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = StandardInput(data)
    monkeypatch.setattr(sys, "stdin", stdin)
    found = list(find_articles(["-", "-"], SETTINGS))
    assert [article.media_type for article in found if isinstance(article, Article)] == types
    assert isinstance(found[0], Article)
    assert found[0].name.startswith("<standard input>")
    assert not stdin.buffer.closed


def test_counting_tells_how_many_to_expect(folder: Path) -> None:
    (folder / "c.jsonl").write_text('{"text": "x"}\n{"text": "y"}\n{"text": "z"}')
    (folder / "d.png").write_bytes(b"\x89PNG")
    (folder / "e.csv").write_text("id,text\n1,x\n2,y\n")
    (folder / "f.csv").write_text("a,b\n1,2\n" * 1000)
    assert count_articles([folder, "-"]) == 3 + 3 + 2 + 1


def test_names_that_cannot_be_printed_are_shown_so_that_they_can(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\n.xyz").write_text("x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.xyz")).write_text("x")
    for found in find_articles([tmp_path], SETTINGS):
        assert isinstance(found, Problem)
        assert found.source.isprintable()
        found.source.encode()

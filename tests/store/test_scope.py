"""Which articles an input stands for."""

from pathlib import Path

import pytest

from geoevents.store import Scope


@pytest.mark.parametrize(
    ("given", "path", "inside"),
    [
        ("news", "news/a.txt", True),
        ("news", "news/2021/a.txt", True),
        ("news", "newsreel/a.txt", False),
        ("news/a.txt", "news/a.txt", True),
        ("news/a.txt", "news/b.txt", False),
        ("news/t.csv", "news/t.csv, row 5", True),
        ("news", "news/t.jsonl, line 12", True),
        ("news/*.txt", "news/a.txt", True),
        ("news/*.txt", "news/a.html", False),
        ("news/*.txt", "news/2021/a.txt", False),
        ("news/20*", "news/2021/a.txt", True),
        ("news/**/*.txt", "news/2021/05/a.txt", True),
        (".", "news/a.txt", True),
        ("/", "news/a.txt", True),
        ("-", "<standard input>", False),
    ],
)
def test_what_lies_within_an_input(
    given: str, path: str, inside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (str(tmp_path / path) in Scope([given])) is inside

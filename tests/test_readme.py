"""The README's commands and names exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

from geoevents.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^geoevents .*$", README, flags=re.MULTILINE)


def test_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        found = command.get_command(context, words.pop(0))
        assert found is not None, line
        command = found
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("-") and word != "-"} <= known


def test_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", README, flags=re.DOTALL)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text("Between 4 and 6 people were shot dead in Mosul on 5 May 2021.")
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    event, place = capsys.readouterr().out.splitlines()
    assert event == "Attack 2021-05-05 Mosul (4, 6, 'Between 4 and 6')"
    assert "Iraq" in place
    assert (tmp_path / "outputs" / "map.html").exists()


def test_ci_runs_the_line_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "<!-- command: tests -->" in script
    lines = re.findall(r"<!-- command: (\w+) -->\n```\n(python3 .+)\n```", README)
    assert [name for name, _ in lines] == ["run", "tests"]


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{page.name} → {target}"

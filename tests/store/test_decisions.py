"""Corrections in whole runs: names are fixed where they are read, and a store keeps what was decided."""

from pathlib import Path

from geoevents import project
from geoevents.pipeline import Result, run
from geoevents.settings import EventSettings, Settings

TEXT = (
    "BAGHDAD, March 10, 2021 - A car bomb killed 12 people in Zarqun al-Hadid, a village in Iraq, on Wednesday, police "
    "said. "
    "Iraq's army was sent to Zarqun al-Hadid."
)
HEAD = "action,target,value,country,who,when,why\n"


def write(folder: Path, rows: str) -> Settings:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "c.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return Settings(events=EventSettings(corrections=path))


def spot(result: Result) -> tuple[float, float] | None:
    (event,) = result.events
    return (event.where.latitude, event.where.longitude) if event.where else None


def test_a_name_is_placed_everywhere(tmp_path: Path) -> None:
    settings = write(tmp_path, 'name,Zarqun al-Hadid,"32.87, 44.22",,Ann,2024-01-02,the maps agree\n')
    result = run([tmp_path / "a.txt"], settings=settings)
    assert spot(result) == (32.87, 44.22)
    (event,) = result.events
    assert event.where
    assert event.where.place.country_code == "IQ"
    assert "Ann placed it there" in event.where.reason
    assert [(c.action, c.who) for c in event.corrections] == [("name", "Ann")]
    assert result.problems == ()


def test_a_name_is_placed_in_one_countrys_news_only(tmp_path: Path) -> None:
    settings = write(tmp_path, 'name,Zarqun al-Hadid,"32.87, 44.22",SY,Ann,2024-01-02,the maps agree\n')
    result = run([tmp_path / "a.txt"], settings=settings)
    assert spot(result) != (32.87, 44.22)
    assert ["name Zarqun al-Hadid" in problem.source for problem in result.problems] == [True]


def test_a_name_that_is_never_a_place_is_none(tmp_path: Path) -> None:
    settings = write(tmp_path, "no-place,Baghdad,,,Ann,2024-01-02,a newspaper\n")
    result = run([tmp_path / "a.txt"], settings=settings)
    assert all(event.where is None or event.where.place.name != "Baghdad" for event in result.events)
    assert result.problems == ()


def test_a_store_keeps_what_was_decided(tmp_path: Path) -> None:
    settings = write(tmp_path, 'name,Zarqun al-Hadid,"32.87, 44.22",,Ann,2024-01-02,the maps agree\n')
    first = project.run([tmp_path / "a.txt"], tmp_path / "s.db", settings=settings)
    again = project.run([tmp_path / "a.txt"], tmp_path / "s.db")
    assert spot(first) == spot(again) == (32.87, 44.22)
    taken_back = project.run([tmp_path / "a.txt"], tmp_path / "s.db", settings=write(tmp_path, ""))
    assert spot(taken_back) != (32.87, 44.22)


def test_a_file_of_corrections_beside_the_store_is_followed(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from geoevents.cli import main

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "project").mkdir()
    row = 'name,Zarqun al-Hadid,"32.87, 44.22",,Ann,2024-01-02,the maps agree\n'
    (tmp_path / "project" / "corrections.csv").write_text(HEAD + row, encoding="utf-8")
    (tmp_path / "other.csv").write_text(HEAD, encoding="utf-8")
    store = str(tmp_path / "project" / "s.db")
    command = ["run", str(tmp_path / "a.txt"), "-o", str(tmp_path / "o"), "--store", store]
    shell = CliRunner()
    for more, placed in (([], True), (["--corrections", str(tmp_path / "other.csv")], False)):
        done = shell.invoke(main, [*command, *more])
        assert (done.exit_code, "following the corrections of" in done.output) == (0, placed), done.output
        assert ("32.8700, 44.2200" in _shown(store)) is placed


def _shown(store: str) -> str:
    from geoevents.store import Store

    with Store.open(Path(store)) as opened:
        spots = [event.where for event in opened.events() if event.where]
    return " ".join(f"{spot.latitude:.4f}, {spot.longitude:.4f}" for spot in spots)

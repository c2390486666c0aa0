"""Settings come from options or a file, and nonsense is refused by name."""

from pathlib import Path

import pytest

from geoevents.errors import SettingsError
from geoevents.settings import IncidentSettings, PlaceSettings, Settings


def load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "geoevents.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.load(path)


def test_a_file_sets_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    settings = load(tmp_path, '[places]\nthreshold = 0.4\ngazetteer = "my.gaz"\n[incidents]\ncounts = "ucdp"\n')
    assert settings.places == PlaceSettings(threshold=0.4, gazetteer=tmp_path.resolve() / "my.gaz")
    assert settings.incidents == IncidentSettings(counts="ucdp")
    assert settings.articles == Settings().articles


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[places", "no TOML"),
        ("[plaices]\nx = 1", "no table"),
        ("places = 3", "no table"),
        ("[places]\nthresholt = 1", "no setting"),
        ('[places]\nthreshold = "high"', "must be a float"),
        ("[places]\nthreshold = 3", "between 0 and 1"),
        ('[incidents]\ncounts = "guess"', "counts must be one of"),
        ("[incidents]\nbackground = 1", "must be a bool"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        load(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml"):
        Settings.load(tmp_path / "none.toml")


def test_settings_are_plain_values_for_the_run_file() -> None:
    plain = Settings(places=PlaceSettings(gazetteer=Path("my.gaz"))).as_dict()
    assert plain["places"]["gazetteer"] == "my.gaz"
    assert plain["incidents"] == {"counts": "ranges", "background": False}

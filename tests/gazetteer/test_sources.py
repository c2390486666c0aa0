"""What is said of the bundled data's sources is true."""

import sys
import tomllib
from pathlib import Path

import pytest

from geoevents.places.gazetteer import Gazetteer

GAZETTEER = Path(__file__).resolve().parents[2] / "gazetteer"


@pytest.fixture
def builder_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(GAZETTEER))
    for name in ("sources", "sources_page"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def test_the_page_of_sources_is_that_of_the_data(builder_modules: None) -> None:
    import sources_page  # type: ignore[import-not-found]  # a module of the builder, found by its path

    expected = sources_page.text(GAZETTEER, GAZETTEER / "data")
    assert (GAZETTEER / "SOURCES.md").read_text(encoding="utf-8") == expected, "run gazetteer/build.py"


def test_the_data_names_its_sources() -> None:
    table = tomllib.loads((GAZETTEER / "sources.toml").read_text(encoding="utf-8"))
    told = {source["package"]: source for source in Gazetteer.open().metadata["sources"]}
    assert told.keys() == table.keys()
    for name, row in table.items():
        assert (told[name]["version"], told[name]["licence"]) == (row["version"], row["licence"])
    assert any("GeoNames" in source["title"] and "CC BY 4.0" in source["licence"] for source in told.values())

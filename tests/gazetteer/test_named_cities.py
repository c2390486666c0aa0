"""Which cities the base map names."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

GAZETTEER = Path(__file__).resolve().parents[2] / "gazetteer"


@pytest.fixture
def named_cities(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(GAZETTEER))
    monkeypatch.delitem(sys.modules, "named_cities", raising=False)
    import named_cities  # type: ignore[import-not-found]  # a module of the builder, found by its path

    module: ModuleType = named_cities
    return module


def test_a_city_comes_before_its_quarters_and_suburbs(named_cities: ModuleType) -> None:
    def city(name: str, east: float, people: int, code: str, *, country: str = "IQ") -> object:
        return named_cities.City(name, 30.0, 40.0 + east, country, people, code, code == "PPLC")

    cities = [
        city("Old Quarter", 0.01, 2_000_000, "PPLX"),  # a section of a place, whatever its people
        city("Seat", 0.0, 1_600_000, "PPLA"),
        city("Larger Suburb", 0.05, 2_000_000, "PPL"),  # 5 km from the seat
        city("River Town", 0.09, 1_550_000, "PPL"),
        city("Small Seat", 1.0, 70_000, "PPLA"),
        city("Market Town", 1.08, 900_000, "PPLA2"),  # 8 km from a seat that is no match for it
        city("Far Town", 2.0, 20_000, "PPL"),
        city("Capital", 3.0, 20_000, "PPLC"),
        city("Foreign Town", 0.02, 40_000, "PPL", country="IR"),
    ]
    found = [(rank, one.name) for rank, one in named_cities.ranked(cities, {})]
    assert found == [
        (0, "Capital"),
        (2, "Seat"),
        (3, "Market Town"),
        (4, "Larger Suburb"),
        (4, "River Town"),
        (4, "Small Seat"),
        (4, "Foreign Town"),
    ]


@pytest.mark.parametrize(
    ("name", "country", "english"),
    [
        ("Ḩamāh", "SY", "Hama"),
        ("Al ‘Amārah", "IQ", "Al Amarah"),
        ("Diyarbakır", "TR", "Diyarbakir"),
        ("Xi’an", "CN", "Xi'an"),
        ("São Paulo", "BR", "São Paulo"),
    ],
)
def test_names_are_those_of_an_english_map(named_cities: ModuleType, name: str, country: str, english: str) -> None:
    city = named_cities.City(name, 30.0, 40.0, country, 100_000, "PPLA", False)
    assert named_cities.english(city, {("SY", "Ḩamāh"): "Hama"}) == english


def test_the_bundled_map_names_what_news_names() -> None:
    cities = json.loads((GAZETTEER / "data" / "pagemap.json").read_text(encoding="utf-8"))["cities"]
    ranks = {name: rank for name, _, _, rank in cities}
    assert ranks["Mosul"] == 2
    for name in ("Basra", "Raqqa", "Hama", "Hodeidah", "Mykolaiv", "El Fasher", "Bogotá", "Astana"):
        assert name in ranks
    assert not {"Al Mawşil al Jadīdah", "Al Başrah al Qadīmah"} & ranks.keys()

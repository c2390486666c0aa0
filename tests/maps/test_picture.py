"""The picture for print: drawn, the same every time, and hostile titles are only words."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from geoevents.errors import ExportError
from geoevents.maps import write_static_map
from geoevents.maps.signs import scale, signs
from geoevents.settings import MapSettings
from tests.maps.demo import BASRA, demo, many, simple
from tests.maps.hostile import TEXTS, hostile_event


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_same_events_same_bytes(tmp_path: Path, ending: str) -> None:
    # of one country, which takes half the time of a map of the world
    iraq = [found for found in demo()[0] if found.where and found.where.place.country_code == "IQ"]
    paths = [tmp_path / f"{name}{ending}" for name in ("one", "two")]
    for path in paths:
        write_static_map(iraq, path, MapSettings(title="A title", description="What it shows"))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].stat().st_size > 10_000


def test_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    write_static_map(demo()[0], path, MapSettings(title="A title", description="What it shows"))
    drawn = path.read_text(encoding="utf-8")
    for words in ("A title", "What it shows", "14 events · 1 event has no place and is not drawn", "Battles", "Riots",
                  "Hatched, hollow: somewhere in this area", "1,000 km", "Saudi Arabia", "Natural Earth"):  # fmt: skip
        assert f"<!-- {words}" in drawn or f" {words} " in drawn, words


def test_no_events_is_a_map_of_the_world(tmp_path: Path) -> None:
    write_static_map([], tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_events_all_over_the_world(tmp_path: Path) -> None:
    write_static_map(many(100), tmp_path / "map.svg")
    ElementTree.parse(tmp_path / "map.svg")  # our own file


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.png"):
        write_static_map([], tmp_path / "map.gif")


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_other_languages(tmp_path: Path, language: str) -> None:
    write_static_map(demo()[0][:2], tmp_path / "map.png", MapSettings(language=language, title="日本 عنوان Назва"))


def test_hostile_texts_are_words(tmp_path: Path) -> None:
    texts = [text for text in TEXTS if len(text) < 2000]
    title = "$\\frac{1}{0}$ <script> & \x00 \ud800 " + "".join(texts)[:500]
    write_static_map(
        [
            hostile_event(i, text) for i, text in enumerate(texts) if i % 5 == 0
        ],  # a picture writes only the title's text
        tmp_path / "map.svg",
        MapSettings(title=title, description=title),
    )
    ElementTree.parse(tmp_path / "map.svg")  # our own file


def test_events_of_one_spot_are_one_sign() -> None:
    events = [
        simple("a", "Attack", "In Basra 3 died.", killed=("3", 3, 3, 3, "exact"), where=("In Basra", BASRA, 1, 7))[0],
        simple("b", "Armed clash", "In Basra at least 9 died.", killed=("at least 9", 9, 9, None, "at_least"),
               where=("In Basra", BASRA, 1, 7))[0],
        simple("c", "Arrests", "In Basra five were held.", where=("In Basra", BASRA, 1, 7))[0],
        simple("d", "Arrests", "Somewhere five were held.")[0],
    ]  # fmt: skip
    denied = replace(events[1], id="evt-denied", status="denied")
    summary = replace(events[1], id="evt-summary", event_clarity=2)
    (sign,) = signs(events)
    (same,) = signs([*events, denied, summary])
    assert (same.number, same.low, same.best, same.high) == (5, 12, 12, 12)
    (alone,) = signs([summary])
    assert alone.best == 9
    assert (sign.number, sign.low, sign.best, sign.high, sign.open) == (3, 12, 12, 12, True)
    assert sign.kind == "Battles"


def test_discs_fit() -> None:
    found = signs(many(500))
    assert max(sign.high for sign in found) ** 0.5 * scale(found) <= 30.001

"""The picture for print: drawn, the same every time, and hostile titles are only words."""

import html
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from geoevents.errors import ExportError
from geoevents.maps import assets, basemap, write_static_map
from geoevents.maps.picture import _disc_around
from geoevents.maps.signs import scale, signs
from geoevents.maps.views import extent, fit
from geoevents.settings import MapSettings
from tests.maps.demo import BASRA, demo, many, place, simple
from tests.maps.hostile import TEXTS, hostile_event

SVG = "{http://www.w3.org/2000/svg}"


def words(path: Path) -> set[str]:
    """What a picture writes; matplotlib draws letters as outlines, and says in a comment which."""
    return {html.unescape(one) for one in re.findall(r"<!-- (.*?) -->", path.read_text(encoding="utf-8"))}


def drawn(path: Path, kind: str) -> set[tuple[float, float]]:
    """Spots of the signs of a kind, by its colour."""
    colour = assets.symbols()["kinds"][kind]["light"].lower()
    uses = ElementTree.parse(path).iter(f"{SVG}use")
    found = [use for use in uses if f"fill: {colour};" in f"{use.get('style', '')};".lower()]
    return {(float(use.get("x", "nan")), float(use.get("y", "nan"))) for use in found}


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
    path = tmp_path / "map.svg"
    write_static_map(many(100), path)
    assert words(path) >= {"100 events", "Area: number killed"}
    assert len(words(path) & {area.name for area in basemap.load().countries.values()}) > 5
    assert not {name for name in words(path) if name.endswith(" km")}  # a map of the world has no one scale
    glyphs = drawn(path, "Explosions/Remote violence") | drawn(path, "Violence against civilians")
    assert len(glyphs) > 10
    assert all(0 < x < 648 and 0 < y < 440 for x, y in glyphs)
    assert path.stat().st_size < 2_000_000


def test_outlines_are_as_fine_as_the_picture(tmp_path: Path) -> None:
    write_static_map([], tmp_path / "map.svg")
    points = [
        (float(x), float(y))
        for path in ElementTree.parse(tmp_path / "map.svg").iter(f"{SVG}path")
        for x, y in re.findall(r"[ML] (-?[\d.]+) (-?[\d.]+)", path.get("d", ""))
    ]
    assert 20_000 < len(points) < 60_000  # without it 170,000


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.png"):
        write_static_map([], tmp_path / "map.gif")


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", {"حدثان", "المساحة: عدد القتلى"}), ("ru", {"2 события", "Площадь: число убитых"})],
)
def test_other_languages(tmp_path: Path, language: str, said: set[str]) -> None:
    title = "日本 عنوان Назва"
    write_static_map(demo()[0][:2], tmp_path / "map.svg", MapSettings(language=language, title=title))
    assert words(tmp_path / "map.svg") >= {title, *said}


def test_hostile_texts_are_words(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    texts = [text for text in TEXTS if len(text) < 2000]
    title = "$\\frac{1}{0}$ <script>alert(1)</script> & \x00 \ud800 -->" + "".join(texts)[:500]
    events = [hostile_event(i, text) for i, text in enumerate(texts) if i % 5 == 0]
    write_static_map(events, path, MapSettings(title=title, description=title))
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.parse(path).iter() if isinstance(element.tag, str)}
    assert {"svg", "path"} <= tags
    assert not tags & {"script", "a", "foreignObject", "image", "iframe", "animate", "set", "text"}
    names = {name for element in ElementTree.parse(path).iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on")}
    assert any(word.startswith("$\\frac{1}{0}$ <script>alert(1)</script> &") for word in words(path))


def test_what_crosses_the_date_line_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    suva = place("Suva", -18.14, 178.44, "PPLC", country_code="FJ", radius_km=5)
    island = place("Taveuni", -16.85, -179.97, "ISL", country_code="FJ", radius_km=20)
    found = [
        simple("suva", "Attack", "In Suva 3 died.", where=("In Suva", suva, 1, 5)),
        simple("island", "Attack", "Near Taveuni 3 died.", where=("Near Taveuni", island, 2, 90)),
    ]
    write_static_map([event for event, _ in found], path)
    assert "Fiji" in words(path)
    view = fit(signs([event for event, _ in found]))
    (west, _), (east, _) = (view.transform(spot.longitude, spot.latitude) for spot in (suva, island))
    assert 160_000 < east - west < 180_000  # metres: side by side, not at the two ends of the world
    assert view.x[0] < west < east < view.x[1]
    circle = view.clip(_disc_around(found[1][0].where))
    assert circle.geom_type == "Polygon"
    assert circle.bounds[0] < 180 < circle.bounds[2]
    assert extent([-170.0, 0.0, 170.0]) == (-170.0, 170.0)
    assert extent([178.0, -179.0]) == (178.0, 181.0)


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
    assert (alone.apart, alone.best, alone.stated) == (True, 0, False)  # its size would be counted twice
    assert not same.apart
    assert (sign.number, sign.low, sign.best, sign.high, sign.open) == (3, 12, 12, 12, True)
    assert sign.kind == "Battles"


def test_discs_fit() -> None:
    found = signs(many(500))
    assert max(sign.high for sign in found) ** 0.5 * scale(found) <= 30.001

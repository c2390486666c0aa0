"""The page as a file: what is in it, what is not, and that it is the same every time."""

import base64
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from geoevents.errors import SettingsError
from geoevents.maps import folium_map, render_map, write_map
from geoevents.settings import MapSettings
from tests.maps.demo import demo, many
from tests.maps.packs import block, unpack


def policy(html: str) -> dict[str, list[str]]:
    """The page's Content-Security-Policy, directive by directive."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert found is not None
    return {parts[0]: parts[1:] for rule in found[1].split(";") if (parts := rule.split())}


def test_same_input_same_bytes() -> None:
    events, texts = demo()
    assert render_map(events, texts=texts) == render_map(events, texts=texts)


def test_the_empty_page_is_small() -> None:
    assert len(render_map([]).encode()) <= 900_000


def test_two_thousand_events_fit_in_two_megabytes() -> None:
    assert len(render_map(many(2000)).encode()) <= 2_000_000


def test_no_address_is_in_the_page_but_links_to_read() -> None:
    html = render_map(demo()[0])
    loaded = re.findall(r'(?:src|href)="([^"]*)"', html.split("<script>")[0])
    assert not [address for address in loaded if "//" in address]
    assert "cdn" not in html.split('id="geoevents-data"')[0]


def test_policy_allows_exactly_the_inline_elements() -> None:
    html = render_map(demo()[0])
    rules = policy(html)
    for tag in ("script", "style"):
        contents = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        hashes = [f"'sha256-{base64.b64encode(sha256(c.encode()).digest()).decode()}'" for c in contents]
        assert contents
        assert rules[f"{tag}-src"] == hashes
    assert rules["default-src"] == ["'none'"]
    assert rules["img-src"] == ["data:", "blob:"]
    assert "unsafe" not in str(rules)


def test_no_handler_and_no_style_attribute_in_the_markup() -> None:
    html = re.sub(r"<(script|style)\b.*?</\1>", "", render_map(demo()[0]), flags=re.DOTALL)
    assert not re.search(r"\s(on\w+|style)\s*=", html)


def test_text_is_in_the_page_as_base64_only() -> None:
    events, texts = demo()
    html = render_map(events, MapSettings(title="A title {{ 7 * 7 }}", description="</script><b>"), texts=texts)
    assert "A title" not in html
    assert "Baquba" not in html
    assert "49" not in block(html)["packs"]
    about = unpack(block(html)["packs"]["about"])
    assert about["title"] == "A title {{ 7 * 7 }}"


def test_data_block_holds_nothing_that_could_end_it() -> None:
    html = render_map(demo()[0])
    assert re.fullmatch(r'[A-Za-z0-9+/=":,{}\[\]_]+', json.dumps(block(html), separators=(",", ":")))


def test_tiles_open_the_policy_for_their_hosts_only() -> None:
    html = render_map([], MapSettings(tiles=("https://{s}.tile.example.org/{z}/{x}/{y}.png", "OpenTopoMap")))
    hosts = policy(html)["img-src"][2:]
    assert "https://a.tile.example.org" in hosts
    assert all(re.fullmatch(r"https://[a-c]\.tile\.(example\.org|opentopomap\.org)", host) for host in hosts)


@pytest.mark.parametrize(
    "tile",
    [
        "No such layer",
        "Thunderforest.OpenCycleMap",
        "javascript:alert(1)/{z}/{x}/{y}",
        "https://example.org/tiles",
        "https://example.org'; script-src *;/{z}/{x}/{y}",
        "https:///{z}/{x}/{y}",
    ],
)
def test_impossible_tiles_are_refused(tile: str) -> None:
    with pytest.raises(SettingsError):
        render_map([], MapSettings(tiles=(tile,)))


def test_unknown_language_is_refused() -> None:
    with pytest.raises(SettingsError, match="xx"):
        render_map([], MapSettings(language="xx"))


def test_arabic_reads_from_right_to_left() -> None:
    assert '<html lang="ar" dir="rtl">' in render_map([], MapSettings(language="ar"))


def test_logo_is_a_picture_of_a_kind_known_and_of_limited_size(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    about = unpack(block(render_map([], MapSettings(logo=logo)))["packs"]["about"])
    assert about["logo"].startswith("data:image/svg+xml;base64,")
    logo.write_text("<p>no picture</p>", encoding="utf-8")
    with pytest.raises(SettingsError, match="no PNG"):
        render_map([], MapSettings(logo=logo))
    logo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300_000))
    with pytest.raises(SettingsError, match="at most"):
        render_map([], MapSettings(logo=logo))
    with pytest.raises(SettingsError, match="cannot read"):
        render_map([], MapSettings(logo=tmp_path / "absent.png"))


def test_folium_layers_can_be_added() -> None:
    import folium

    shell = folium_map(demo()[0])
    folium.CircleMarker([33.3, 44.4], radius=5).add_to(shell)
    html = shell.get_root().render()
    assert ".addTo(geoevents_map)" in html
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(policy(html)["script-src"]) == len(scripts)


def test_page_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "map.html"
    write_map(demo()[0], path)
    assert path.read_text(encoding="utf-8") == render_map(demo()[0])
    assert [item.name for item in path.parent.iterdir()] == ["map.html"]

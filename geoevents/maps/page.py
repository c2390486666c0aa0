"""The page: folium's figure and map as the shell, with our own template, and a policy that lets nothing else run.

folium (through branca) reads what an element renders as a template again, so text that came through it could run as
template code. Therefore nothing but our own short templates goes through folium; data, scripts and styles take the
places of marks afterwards.
"""

import gc
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from geoevents import __version__
from geoevents.maps import assets, basemap
from geoevents.maps.contexts import Texts
from geoevents.maps.details import CHUNK, details
from geoevents.maps.languages import Words
from geoevents.maps.logos import logo_uri
from geoevents.maps.packing import LEVEL_SMALL, pack, pack_columns
from geoevents.maps.payload import PLACE, Index, Places
from geoevents.maps.tiles import hosts, tile_layers
from geoevents.model import Event
from geoevents.settings import MapSettings

Json = dict[str, Any]

#: Version of the data in the page; a script reads its own.
_VERSION: Final = 2
#: What a page says of its run, if told: plain figures and names.
_MARK = re.compile("@@([a-z_]+)@@")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def folium_map(
    events: Sequence[Event],
    settings: MapSettings,
    texts: Mapping[str, str],
    run: Mapping[str, Any],
) -> Any:
    """Make the map as a :class:`folium.Map` whose figure is the whole page; folium's own layers can be added."""
    direction = Words(settings.language).direction
    page_class, map_class = _classes()
    tiles = tile_layers(settings.tiles)
    page = page_class(settings.language, direction, hosts(tiles), _data(events, settings, tiles, texts, run))
    shell = map_class()
    page.add_child(shell)
    return shell


def _data(
    events: Sequence[Event],
    settings: MapSettings,
    tiles: list[Json],
    texts: Mapping[str, str],
    run: Mapping[str, Any],
) -> str:
    """Write the JSON block. Its strings are our own words and base64: nothing in it can end the block."""
    about = {
        "title": settings.title,
        "description": settings.description,
        "logo": logo_uri(settings.logo) if settings.logo else None,
        "language": settings.language,
        "embed": settings.embed,
        "tiles": tiles,
        "program": f"geoevents {__version__}",
        "run": {str(key): value for key, value in run.items() if isinstance(value, str | int | float)},
        "symbols": assets.symbols(),
        "fields": {"place": PLACE},
    }
    with _collector_at_rest():
        packs = {
            "about": pack(about, LEVEL_SMALL),
            **_fixed_packs(),
            **event_packs(events, basemap.load(), Texts(texts)),
        }
    return json.dumps({"version": _VERSION, "packs": packs}, separators=(",", ":"))


def event_packs(events: Sequence[Event], base: basemap.BaseMap, texts: Texts) -> Json:
    """Pack the events: the index of all, and details in chunks."""
    places = Places()
    index = Index(base, places)
    packs = []
    for start in range(0, len(events), CHUNK):
        chunk = events[start : start + CHUNK]
        index.add(chunk)
        packs.append(pack_columns(len(chunk), details(chunk, texts, places)))
    return {"index": pack_columns(index.value, index.columns), "details": packs}


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from going through all events again and again while rows are made of them.

    Rows hold no cycles, so that there is nothing for it to find; it took a third of the time of large pages.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=1)
def _fixed_packs() -> Mapping[str, str]:
    """Pack what is the same in every page: the base map and the interface's strings."""
    base = basemap.load()
    areas = {
        name: [[area.code, area.name, *area.label, area.rank] for area in found.values()]
        for name, found in (("countries", base.countries), ("divisions", base.divisions))
    }
    ground = {
        "scale": base.scale,
        "kinds": base.kinds,
        **areas,
        "rings": [area.rings for area in base.countries.values()],
        "cities": base.cities,
    }
    return MappingProxyType(
        {
            "words": pack(assets.words(), LEVEL_SMALL),
            "lines": base.packed_lines,
            "ground": pack(ground, LEVEL_SMALL),
        }
    )


def _finish(text: str, data: str, tile_hosts: Sequence[str]) -> str:
    """Put scripts, styles, policy and data in the places of their marks."""
    leaflet, leaflet_style = assets.leaflet()
    parts = {
        "leaflet": leaflet,
        "leaflet_style": leaflet_style,
        "script": assets.script(),
        "style": assets.style(),
    }
    text = _MARK.sub(lambda mark: parts.get(mark[1], mark[0]), text)
    before, after = text.split("@@data@@")
    before = before.replace("@@policy@@", _policy(before + after, tile_hosts))
    return before + data + after


def _policy(text: str, tile_hosts: Sequence[str]) -> str:
    """Content-Security-Policy that allows the inline elements of `text` by their hashes, and nothing else."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, content in _INLINE.findall(text):
        digest = b64encode(sha256(content.encode("utf-8")).digest()).decode("ascii")
        hashes[tag].append(f"'sha256-{digest}'")
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(hashes['script'])}",
            f"style-src {' '.join(hashes['style'])}",
            f"img-src {' '.join(['data:', 'blob:', *tile_hosts])}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


@lru_cache(maxsize=1)
def _classes() -> tuple[type[Any], type[Any]]:
    """Our figure and our map; made here, because folium is imported when a map is made, not before."""
    import folium
    from branca.element import Figure
    from jinja2 import Template

    class Page(Figure):
        """A whole page; rendering it puts the data in."""

        _template = Template(assets.read("page.html"))

        def __init__(self, language: str, direction: str, tile_hosts: Sequence[str], data: str) -> None:
            super().__init__()
            self.header = type(self.header)()  # without branca's own meta element
            self.language = language
            self.direction = direction
            self._tile_hosts = tile_hosts
            self._data = data

        def render(self, **kwargs: Any) -> str:
            return _finish(super().render(**kwargs), self._data, self._tile_hosts)

    class EventsMap(folium.Map):
        """folium's map, with our own template and none of the scripts folium takes from the network."""

        _template = Template(assets.read("map.html"))
        default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium's own declaration
        default_css: list[tuple[str, str]] = []  # noqa: RUF012  # folium's own declaration
        generator = f"geoevents {__version__}"

        def __init__(self) -> None:
            super().__init__(tiles=None)

        def get_name(self) -> str:
            """One name on every run; branca's own is random."""
            return "geoevents_map"

    return Page, EventsMap

"""Tile layers by xyzservices name or URL template; only with these does a page ask any host."""

import re
from collections.abc import Iterable
from typing import Any, Final

from geoevents.errors import SettingsError

Json = dict[str, Any]

#: A tile server's address: what may be written into the page's policy.
_URL: Final = re.compile(r"(https?)://((?:\{s\}\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?)/[!-~]{1,1000}\Z")
_SUBDOMAINS: Final = "abc"
_MAX_ZOOM: Final = 18


def tile_layers(tiles: Iterable[str]) -> list[Json]:
    """Layers as the page reads them: name, url, attribution, subdomains, max_zoom.

    Parameters
    ----------
    tiles
        Names that xyzservices knows ("OpenStreetMap.Mapnik", "OpenTopoMap") or URL templates with ``{z}/{x}/{y}``.

    Raises
    ------
    SettingsError
        If a name is unknown, needs a key, or a URL is no tile URL.
    """
    return [_from_url(tile) if "{z}" in tile else _from_name(tile) for tile in tiles]


def hosts(layers: Iterable[Json]) -> list[str]:
    """Origins the layers' images come from, for the page's policy."""
    found = []
    for layer in layers:
        scheme, host = _parts(layer["url"])
        found += [f"{scheme}://{host.replace('{s}', sub)}" for sub in (layer["subdomains"] if "{s}" in host else [""])]
    return sorted(set(found))


def _from_url(url: str) -> Json:
    _, host = _parts(url)
    name = host.removeprefix("{s}.")
    return _layer(name, url, name, list(_SUBDOMAINS), _MAX_ZOOM)


def _from_name(name: str) -> Json:
    import xyzservices.providers  # type: ignore[import-untyped]  # it has no stubs

    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise SettingsError(
            f"no tile layer is called {name!r}: give a name of xyzservices, such as 'OpenStreetMap.Mapnik' "
            "or 'OpenTopoMap', or a URL with {z}/{x}/{y}"
        ) from error
    if provider.requires_token():
        raise SettingsError(f"tile layer {name!r} needs a key: give its URL with your key in it")
    url = provider.build_url(fill_subdomain=False)
    subdomains = list(provider.get("subdomains", _SUBDOMAINS))
    return _layer(provider.name, url, provider.attribution, subdomains, int(provider.get("max_zoom", _MAX_ZOOM)))


def _layer(name: str, url: str, attribution: str, subdomains: list[str], max_zoom: int) -> Json:
    _parts(url)
    return {"name": name, "url": url, "attribution": attribution, "subdomains": subdomains, "max_zoom": max_zoom}


def _parts(url: str) -> tuple[str, str]:
    match = _URL.match(url)
    if match is None or any(key not in url for key in ("{z}", "{x}", "{y}")):
        raise SettingsError(f"not a tile URL: {url!r}; it needs http(s), a host and {{z}}, {{x}} and {{y}}")
    return match[1], match[2]

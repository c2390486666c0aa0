"""Maps of events: one page that needs no network, and a picture for print.

:func:`write_map` and :func:`render_map` make the page; :func:`folium_map` gives it as a folium map to build on;
:func:`write_static_map` draws a picture.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from geoevents.files import replacing
from geoevents.model import Event
from geoevents.settings import MapSettings

if TYPE_CHECKING:
    import folium

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def folium_map(
    events: Sequence[Event],
    settings: MapSettings | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    run: Mapping[str, Any] | None = None,
) -> "folium.Map":
    """Make the page as a folium map; see :func:`render_map` for the parameters and errors."""
    from geoevents.maps import page

    found: folium.Map = page.folium_map(events, settings or MapSettings(), texts or _NOTHING, run or _NOTHING)
    return found


def render_map(
    events: Sequence[Event],
    settings: MapSettings | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    run: Mapping[str, Any] | None = None,
) -> str:
    """Make the page as HTML: everything in it, the same bytes for the same input.

    Parameters
    ----------
    events
        Events with and without a place; those without are listed, not placed.
    settings
        Title, language, tile layers and so on.
    texts
        Document id → the document's text, so that quotes can be shown in their sentences.
    run
        What the page says of its making: names and figures, such as ``{"articles": 12, "gazetteer": "bundled-…"}``.

    Raises
    ------
    SettingsError
        If a setting cannot be met: an unknown language or tile layer, a logo that cannot be read.
    GazetteerError
        If the bundled base map is missing.
    """
    html: str = folium_map(events, settings, texts=texts, run=run).get_root().render()
    return html


def write_map(
    events: Sequence[Event],
    path: Path,
    settings: MapSettings | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    run: Mapping[str, Any] | None = None,
) -> None:
    """Write the page to `path`, whole or not at all; see :func:`render_map` for the parameters.

    Raises
    ------
    SettingsError, GazetteerError
        As :func:`render_map`.
    ExportError
        If the file cannot be written.
    """
    html = render_map(events, settings, texts=texts, run=run)
    with replacing(path) as file:
        file.write(html)


def write_static_map(events: Sequence[Event], path: Path, settings: MapSettings | None = None) -> None:
    """Draw the events as a picture for print: PNG, SVG or PDF, by the ending of `path`; same input, same bytes.

    Raises
    ------
    SettingsError, GazetteerError
        As :func:`render_map`.
    ExportError
        If the ending is another, or the file cannot be written.
    """
    from geoevents.maps.picture import write_picture

    write_picture(events, path, settings or MapSettings())

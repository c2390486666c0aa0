"""From folders of news articles to a map of conflict events: places, dates, casualty ranges, quotes; offline.

>>> import geoevents
>>> result = geoevents.run(["articles/"])  # doctest: +SKIP
>>> geoevents.write_outputs(result, "outputs")  # doctest: +SKIP

``run`` is the whole line; the stages are here too: ``read_articles``, ``PlaceFinder``, ``IncidentReader``, ``merge``,
``write_map``, ``export``. Names are imported when they are first asked for, so that ``import geoevents`` stays quick.
"""

import importlib
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

if TYPE_CHECKING:
    from geoevents.articles import document_from_text, read_articles
    from geoevents.errors import GeoeventsError
    from geoevents.events import merge
    from geoevents.exports import export
    from geoevents.incidents import IncidentReader
    from geoevents.maps import write_map
    from geoevents.outputs import write_outputs
    from geoevents.pipeline import read, read_document, run
    from geoevents.places import PlaceFinder
    from geoevents.places.geocoder import Gazetteer
    from geoevents.settings import Settings

__all__ = [
    "Gazetteer",
    "GeoeventsError",
    "IncidentReader",
    "PlaceFinder",
    "Settings",
    "__version__",
    "document_from_text",
    "export",
    "merge",
    "read",
    "read_articles",
    "read_document",
    "run",
    "write_map",
    "write_outputs",
]

#: public name → the module that has it
_HOMES: Final = {
    "Gazetteer": "geoevents.places.geocoder",
    "GeoeventsError": "geoevents.errors",
    "IncidentReader": "geoevents.incidents",
    "PlaceFinder": "geoevents.places",
    "Settings": "geoevents.settings",
    "document_from_text": "geoevents.articles",
    "export": "geoevents.exports",
    "merge": "geoevents.events",
    "read": "geoevents.pipeline",
    "read_articles": "geoevents.articles",
    "read_document": "geoevents.pipeline",
    "run": "geoevents.pipeline",
    "write_map": "geoevents.maps",
    "write_outputs": "geoevents.outputs",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'geoevents' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

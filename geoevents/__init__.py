"""From folders of news articles to a map of conflict events: places, dates, casualty ranges, quotes; offline."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoevents.places.geocoder import Gazetteer

__version__ = "0.1.0"

#: public name → the module that holds it, imported when the name is first used
_PUBLIC = {"Gazetteer": "geoevents.places.geocoder"}

__all__ = ["Gazetteer", "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PUBLIC[name]), name)

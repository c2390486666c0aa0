"""Places: the gazetteer, and finding and resolving toponyms with it.

:class:`PlaceFinder` is the stage; it is imported when it is first asked for, so that looking a name up in the gazetteer
does not load the recogniser.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoevents.places.finder import PlaceFinder

__all__ = ["PlaceFinder"]


def __getattr__(name: str) -> Any:
    if name == "PlaceFinder":
        from geoevents.places.finder import PlaceFinder

        return PlaceFinder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

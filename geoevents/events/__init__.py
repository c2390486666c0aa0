"""Events: which incidents are one event, what their articles agree on, and the corrections of people."""

from geoevents.events.merging import Merged, merge

__all__ = ["Merged", "merge"]

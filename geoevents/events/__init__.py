"""Events: which incidents are one event, what their articles agree on, and the corrections of people."""

from geoevents.events.decisions import Decisions, decisions_of, read_rows
from geoevents.events.merging import Merged, merge

__all__ = ["Decisions", "Merged", "decisions_of", "merge", "read_rows"]

"""Events: which incidents are one event, what their articles agree on, and the corrections of people."""

from geoevents.events.decisions import Decisions, decisions_of, read_rows
from geoevents.events.merging import Merged, merge
from geoevents.events.settling import event_id

__all__ = ["Decisions", "Merged", "decisions_of", "event_id", "merge", "read_rows"]

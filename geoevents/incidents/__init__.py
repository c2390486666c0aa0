"""Incidents: numbers, casualty ranges, dates, kinds, actors, what really happened and what did not.

The line within the stage: words (`geoevents.text.words`) → tags → numbers → people → nodes → clause → harms, beside
them triggers (`kinds`), dates, actors and reality; both meet in scenes, scenes are joined to events, and the reader
makes each event an :class:`~geoevents.model.Incident`.
"""

from geoevents.incidents.reader import IncidentReader

__all__ = ["IncidentReader"]

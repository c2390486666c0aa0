"""Incidents: numbers, casualty ranges, dates, kinds, actors, what really happened and what did not."""

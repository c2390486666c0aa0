"""A project that remembers: articles already read, what they say, the events they make, and what people decided.

One SQLite file in write-ahead mode. Each article is written in a transaction of its own, so a run that is killed at any
moment loses nothing that was finished, and the file is whole whatever happens.
"""

from geoevents.store.records import (
    KeptArticle,
    KeptCall,
    KeptDocument,
    KeptFile,
    KeptIncident,
    KeptMerging,
    Known,
    MergingChanges,
)
from geoevents.store.scope import Scope
from geoevents.store.store import Store
from geoevents.store.unchanged import Files

__all__ = [
    "Files",
    "KeptArticle",
    "KeptCall",
    "KeptDocument",
    "KeptFile",
    "KeptIncident",
    "KeptMerging",
    "Known",
    "MergingChanges",
    "Scope",
    "Store",
]

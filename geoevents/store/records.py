"""What the store keeps of an article, and of a merging."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from geoevents.model import CloseCall, Event, Incident, Problem, Quote, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptDocument:
    """One document of an article, as the merging and the map need it.

    Attributes
    ----------
    text_hash
        Hash of its text.
    contexts
        The sentences that hold its incidents' quotes.
    fixed
        Names in it that a person's decision changed.
    """

    text_hash: str
    source: Source
    incidents: tuple[Incident, ...] = ()
    contexts: tuple[Quote, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptArticle:
    """One input that was read.

    Attributes
    ----------
    key
        Hash of its name and its bytes.
    path
        Where it lies, absolute; a row of a table ends in ``, row 5``.
    config
        Hash of all that its reading depended on besides: settings, gazetteer, version. Empty where it has to be read
        again in any case: one of its documents was left out as a copy of another's, which may go.
    """

    key: str
    path: str
    config: str
    documents: tuple[KeptDocument, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """An article that was read before.

    Attributes
    ----------
    path, config
        As of :class:`KeptArticle`.
    documents
        Id, hash of the text, and name of each of its documents.
    """

    path: str
    config: str
    documents: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file all of whose articles were read.

    Attributes
    ----------
    stamp
        What the system said of it before it was opened: with the same stamp, it is the same.
    config
        As of :class:`KeptArticle`.
    articles
        Keys of its articles, in their order.
    """

    stamp: str
    config: str
    articles: tuple[str, ...]


# -- of merging --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptIncident:
    """What merging has to know of every incident.

    Attributes
    ----------
    columns
        Its numbers, packed.
    event
        Id of the event it is in; None where people dropped that.
    chain
        Id of the first of the incidents that likely pairs link it to.
    """

    id: str
    document: str
    columns: bytes
    event: str | None
    chain: str


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A close call with the ids of its two incidents, and how it ranks: the least `doubt` first."""

    call: CloseCall
    pair: tuple[str, str]
    doubt: float


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptMerging:
    """What the last merging left.

    Attributes
    ----------
    basis
        What it depended on besides the incidents, by name, in bytes of the caller's own making.
    incidents
        Those it saw, in documents that are still as they were.
    gone
        Those it saw in documents that are gone or were read anew.
    events
        Id of an event → how many incidents it had, how sure it was, whether people decided about it.
    reasons
        Ids of the two incidents of each close call → the words for it.
    """

    basis: Mapping[str, bytes]
    incidents: Sequence[KeptIncident]
    gone: Sequence[KeptIncident]
    events: Mapping[str, tuple[int, float, bool]]
    reasons: Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class MergingChanges:
    """What a merging changed.

    Attributes
    ----------
    incidents
        Those whose event or chain is another now, or which are new.
    gone
        Ids of incidents that there are no more.
    touched
        Ids of all incidents that were joined anew: their close calls are taken out.
    gone_events
        Ids of events that there are no more.
    events
        Those that are new or have changed.
    decided
        Ids of those that people decided about.
    """

    basis: Mapping[str, bytes]
    incidents: Sequence[KeptIncident]
    gone: Collection[str]
    touched: Collection[str]
    gone_events: Collection[str]
    events: Sequence[Event]
    decided: Collection[str]
    calls: Sequence[KeptCall]

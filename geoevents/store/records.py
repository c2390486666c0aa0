"""What the store keeps of an article."""

from dataclasses import dataclass

from geoevents.model import Incident, Problem, Quote, Source


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
        Hash of all that its reading depended on besides: settings, gazetteer, version.
    """

    key: str
    path: str
    config: str
    documents: tuple[KeptDocument, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """An article that need not be read again: its documents as (id, hash of the text, name), and its problems."""

    key: str
    documents: tuple[tuple[str, str, str], ...]
    problems: tuple[Problem, ...]

"""The records that pass along the line, from an article's bytes to an event on the map.

    files → Article → Document → PlaceMention → ResolvedPlace → Location → Incident → Event

Every record is frozen, keyword-only and checked when made; a record that contradicts itself raises
:class:`~geoevents.errors.RecordError`. Sequences are tuples. Spans are half-open ``[start, end)`` offsets in
Unicode code points of ``Document.text``, and always slice back: ``text[start:end] == surface``.

Unknown is ``None``: a number nobody stated is ``None``, "nobody was killed" is 0 to 0, and the open end of
"at least 19" is a ``high`` of ``None``. Ids are content hashes: the same input gives the same ids, in any order
and on any machine.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from geoevents.codes import EVENT_TYPE_OF, GEO_PRECISION_OF, disorder_type
from geoevents.errors import RecordError

MentionKind = Literal["place", "demonym", "metonym", "organisation", "person"]
"""What a toponym stands for: a place; a people or its adjective ("Iraqi"); a government or team named by its place
("Washington said"); part of an organisation's name ("University of Mosul") or of a person's ("Ben Rhodes")."""

Relation = Literal["at", "part", "near", "offset", "between", "along", "area"]
"""How a phrase relates an event to its anchors: in it; in a part of it ("outskirts of"); near it; at a stated distance
or direction from it; between two; on a road or river; somewhere in a vague area."""

Qualifier = Literal["exact", "about", "at_least", "at_most", "range", "vague", "none", "implied"]
"""How a number is stated: "19"; "about 19"; "at least 19"; "up to 19"; "between 64 and 75"; "scores"; "no one was
hurt"; a plural without a number ("killing civilians")."""

Harm = Literal["killed", "injured", "missing", "abducted", "detained", "displaced"]
Victims = Literal["all", "civilians", "combatants", "perpetrators", "side_a", "side_b", "unknown"]
Stance = Literal["reported", "claimed", "disputed", "denied", "revised"]
Certainty = Literal["stated", "alleged", "claimed", "denied"]
Status = Literal["reported", "claimed", "disputed", "denied", "background"]
"""How the text vouches for an incident. Background (history told in passing) is not mapped unless asked for."""

_ID_BYTES: Final = 8  # 64 bits: a collision among a million records has odds of about 1 in 37 million


def content_id(prefix: str, *parts: object) -> str:
    """Id that depends on nothing but its parts, such as ``inc-5f1d…``; equal parts give equal ids anywhere."""
    digest = hashlib.blake2b(digest_size=_ID_BYTES)
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return f"{prefix}-{digest.hexdigest()}"


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise RecordError(message)


def _check_span(start: int, end: int, text: str) -> None:
    if not (0 <= start <= end and end - start == len(text)):
        raise RecordError(f"span {start}:{end} does not hold the {len(text)} characters of {text[:40]!r}")


def _check_point(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise RecordError(f"no point on Earth: latitude {latitude}, longitude {longitude}")


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise RecordError(f"{name} must be between 0 and 1, not {value}")


class Span(NamedTuple):
    """Half-open range of code points ``[start, end)``."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """An input or a record that could not be used, and why.

    Attributes
    ----------
    source
        What it is about: a file's name, an article id, a row of a table.
    stage
        The stage that met it, such as ``articles`` or ``geocoder``.
    reason
        What was wrong and what to do, in a sentence.
    """

    source: str
    stage: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One input as it came: bytes and what they are said to be."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Dateline:
    """The line that says where and when an article was filed ("BAGHDAD, Aug 22 (Reuters) –")."""

    start: int
    end: int
    text: str
    place_text: str | None = None
    date_text: str | None = None
    agency: str | None = None

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Readable text of one article.

    Attributes
    ----------
    id
        The caller's id where the input has one, else a hash of the text.
    text
        What all offsets of this document point into.
    published
        The article's own date, from its metadata or first lines; never from the clock.
    published_from
        Where `published` was found: ``metadata``, ``dateline``, ``first lines``; empty without a date.
    body_start
        Offset of the first character after title, byline and dateline.
    sentences
        Sentence spans in order; a headline, a list item and a table cell are sentences of their own.
    extra
        Fields of a JSON, JSONL, CSV or front-matter input that have no attribute here, unchanged.
    """

    id: str
    text: str
    name: str = ""
    title: str | None = None
    author: str | None = None
    published: date | None = None
    published_from: str = ""
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: Dateline | None = None
    body_start: int = 0
    sentences: tuple[Span, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require(bool(self.id), "a document needs an id")
        object.__setattr__(self, "extra", MappingProxyType(dict(self.extra)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle for other processes; a read-only mapping cannot be pickled itself."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return partial(Document, **{**values, "extra": dict(self.extra)}), ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One entry of a gazetteer.

    Attributes
    ----------
    id
        Stable id with its source's prefix: ``gn:98182``, ``ne:IRQ``, ``geo:mosul-dam``.
    latitude, longitude
        Degrees, WGS 84.
    feature_code
        GeoNames feature code, such as ``PPLC``, ``ADM1``, ``DAM``, ``AIRB``.
    country_code
        ISO 3166-1 alpha-2; empty for seas and regions that span countries.
    admin1, admin2
        Names of the first- and second-order divisions it lies in; empty where unknown.
    population
        Inhabitants; 0 where unknown.
    radius_km
        How far the place reaches from its point: half of a village is 1, a country's is hundreds.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    feature_code: str
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius_km: float = 0.0

    def __post_init__(self) -> None:
        _check_point(self.latitude, self.longitude)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceMention:
    """A span of a document that names a place, or looks as if it did."""

    doc_id: str
    start: int
    end: int
    text: str
    kind: MentionKind = "place"
    confidence: float = 1.0

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)
        _check_share("confidence", self.confidence)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place a mention could have meant, with its share of belief."""

    place: Place
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolvedPlace:
    """A mention with the place it most likely means; `place` is None where nothing was sure enough."""

    mention: PlaceMention
    place: Place | None
    confidence: float
    reason: str
    alternatives: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        _check_share("confidence", self.confidence)


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """Where a phrase of the text puts something: a point, how it was derived, and how far off it may be.

    Attributes
    ----------
    start, end, text
        The whole phrase ("a village near Baquba").
    mention_start, mention_end
        Span of the anchor's own toponym within it ("Baquba").
    relation
        How the point relates to its anchors.
    radius_km
        The true spot lies within this distance of the point, as far as the text allows to say.
    where_prec
        UCDP's precision, 1 (exact) to 7 (at sea or in the air).
    place
        The anchor, or the first of them.
    anchors
        All places the point was derived from.
    """

    doc_id: str
    start: int
    end: int
    text: str
    mention_start: int
    mention_end: int
    relation: Relation
    latitude: float
    longitude: float
    radius_km: float
    where_prec: int
    place: Place
    anchors: tuple[Place, ...] = ()
    confidence: float = 1.0
    reason: str = ""
    alternatives: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)
        _check_point(self.latitude, self.longitude)
        _check_share("confidence", self.confidence)
        _require(self.where_prec in GEO_PRECISION_OF, f"where_prec must be 1 to 7, not {self.where_prec}")
        _require(self.radius_km >= 0, f"radius_km must not be negative: {self.radius_km}")

    @property
    def geo_precision(self) -> int:
        """ACLED's precision, 1 to 3."""
        return GEO_PRECISION_OF[self.where_prec]


@dataclass(frozen=True, kw_only=True, slots=True)
class Focus:
    """One of the places a document is about, with its score (the scores of one level add up to 1)."""

    level: Literal["country", "admin1", "place"]
    place: Place
    score: float
    mentions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentPlaces:
    """All that the place stage found in one document, and what went wrong (an online geocoder that failed).

    Attributes
    ----------
    fixed
        Names that a person's decision changed here.
    """

    doc_id: str
    resolved: tuple[ResolvedPlace, ...] = ()
    locations: tuple[Location, ...] = ()
    focus: tuple[Focus, ...] = ()
    problems: tuple[Problem, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words of an article, with their place in it."""

    doc_id: str
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """A number of people as a range, with the words it was stated in.

    Attributes
    ----------
    low, best, high
        ``low <= best <= high``; `high` is None where the text leaves the end open ("at least 19").
    qualifier
        How it was stated.
    start, end, text
        The words ("between 64 and 75"), in the document of the claim that carries the count.
    """

    low: int
    best: int
    high: int | None
    qualifier: Qualifier
    text: str
    start: int
    end: int

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)
        _require(0 <= self.low <= self.best, f"count out of order: low {self.low}, best {self.best}")
        _require(self.high is None or self.best <= self.high, f"count out of order: best {self.best}, high {self.high}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Who said which number where.

    Attributes
    ----------
    victims
        Whom the number counts, where the text tells; ``all`` for a total.
    speaker
        The source as the text names it ("police", "the Observatory"); None where the article speaks itself.
    stance
        How the text stands to it.
    quote
        The words around the number, with their offsets.
    """

    doc_id: str
    harm: Harm
    count: Count
    victims: Victims = "all"
    speaker: str | None = None
    stance: Stance = "reported"
    quote: Quote


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """When something happened, as exactly as the text allows.

    Attributes
    ----------
    start, end
        First and last day it may have happened on.
    prec
        UCDP's ``date_prec``: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 the year.
    text, text_start, text_end
        The words it was read from ("Friday"); empty where the article's own date is all there is.
    reason
        How the words became dates.
    """

    start: date
    end: date
    prec: int
    text: str = ""
    text_start: int = 0
    text_end: int = 0
    reason: str = ""

    def __post_init__(self) -> None:
        _check_span(self.text_start, self.text_end, self.text)
        _require(self.start <= self.end, f"dates out of order: {self.start} to {self.end}")
        _require(1 <= self.prec <= 5, f"date_prec must be 1 to 5, not {self.prec}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who did it, or whom it was done to.

    Attributes
    ----------
    name
        Normalised name ("Islamic State"), or the words themselves where no table knows them ("gunmen").
    kind
        ``state``, ``rebel``, ``militia``, ``communal``, ``civilians``, ``protesters``, ``external``, ``unidentified``
        or ``other``: the groups ACLED tells apart.
    certainty
        Whether the text states it, reports an accusation, a claim of responsibility, or a denial.
    """

    name: str
    text: str
    start: int
    end: int
    kind: str = "other"
    certainty: Certainty = "stated"

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deaths:
    """Deaths by whom they befell, as UCDP tells them apart; None where the text does not say."""

    side_a: Count | None = None
    side_b: Count | None = None
    civilians: Count | None = None
    unknown: Count | None = None


def _check_kind(sub_event_type: str) -> None:
    if sub_event_type not in EVENT_TYPE_OF:
        raise RecordError(f"not a sub-event type of ACLED: {sub_event_type!r}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """What ONE article says of one event.

    Attributes
    ----------
    sub_event_type
        ACLED's; `event_type` and `disorder_type` follow from it.
    when, where
        None where the text does not say.
    country_code
        ISO 3166-1 alpha-2 code of the country it happened in, where no place tells it: that of the forces, groups and
        peoples named, if they point to one country; empty where they do not, or where `where` tells. No point on a map.
    country_reason
        What told `country_code`, in words ("by the group 'FARC'"); empty where it is.
    killed, injured
        The range over the claims that stand; None where nothing is said, 0 to 0 where nobody was hurt.
    claims
        Every number with its words, speaker and stance; killed, injured and the other harms.
    target
        Whom or what it was aimed at, in the text's words.
    event_clarity
        UCDP's: 1 an event of its own, 2 an aggregate ("90 strikes since August 8").
    quotes
        The words it was read from; the first is the trigger's sentence.
    keywords
        The words that tell this event from others, the most telling first, in lower case: names of victims and
        streets, rare words; see :func:`geoevents.text.keywords.keywords`.
    """

    id: str
    doc_id: str
    sub_event_type: str
    weapon: str | None = None
    when: When | None = None
    where: Location | None = None
    country_code: str = ""
    country_reason: str = ""
    killed: Count | None = None
    injured: Count | None = None
    deaths: Deaths = field(default_factory=Deaths)
    claims: tuple[Claim, ...] = ()
    side_a: Actor | None = None
    side_b: Actor | None = None
    target: str | None = None
    status: Status = "reported"
    event_clarity: Literal[1, 2] = 1
    quotes: tuple[Quote, ...]
    keywords: tuple[str, ...] = ()
    confidence: float = 1.0

    def __post_init__(self) -> None:
        _check_kind(self.sub_event_type)
        _check_share("confidence", self.confidence)
        _require(bool(self.quotes), f"incident {self.id} has no quote")

    @property
    def event_type(self) -> str:
        """ACLED's event type."""
        return EVENT_TYPE_OF[self.sub_event_type]

    @property
    def disorder_type(self) -> str:
        """ACLED's disorder type."""
        return disorder_type(self.sub_event_type)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """An article as an event cites it."""

    doc_id: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A change a person made to an event or a name, kept beside what the machine said.

    Attributes
    ----------
    action
        ``move``, ``kind``, ``date``, ``killed``, ``injured``, ``place``, ``split``, ``join``, ``drop``, ``confirm``.
    before, after
        The value the machine had and the one that replaced it, as text.
    """

    action: str
    field: str
    before: str
    after: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One real-world event, put together from the incidents of one or more articles; every claim kept.

    `killed` and `injured` span the claims that stand; see :class:`Incident` for the other fields.
    """

    id: str
    doc_ids: tuple[str, ...]
    incident_ids: tuple[str, ...]
    sub_event_type: str
    weapon: str | None = None
    when: When | None = None
    where: Location | None = None
    country_code: str = ""
    country_reason: str = ""
    killed: Count | None = None
    injured: Count | None = None
    deaths: Deaths = field(default_factory=Deaths)
    claims: tuple[Claim, ...] = ()
    side_a: Actor | None = None
    side_b: Actor | None = None
    target: str | None = None
    status: Status = "reported"
    event_clarity: Literal[1, 2] = 1
    quotes: tuple[Quote, ...]
    sources: tuple[Source, ...] = ()
    confidence: float = 1.0
    merge_confidence: float = 1.0
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        _check_kind(self.sub_event_type)
        _check_share("confidence", self.confidence)
        _check_share("merge_confidence", self.merge_confidence)
        _require(bool(self.incident_ids), f"event {self.id} has no incident")

    @property
    def event_type(self) -> str:
        """ACLED's event type."""
        return EVENT_TYPE_OF[self.sub_event_type]

    @property
    def disorder_type(self) -> str:
        """ACLED's disorder type."""
        return disorder_type(self.sub_event_type)


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseCall:
    """Two incidents or events that were nearly, or only just, taken for one; a person may decide."""

    first: str
    second: str
    score: float
    merged: bool
    reason: str

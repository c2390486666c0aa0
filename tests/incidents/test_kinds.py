"""What happened: triggers, their families and roles, and ACLED's sub-event type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.codes import EVENT_TYPE_OF
from geoevents.incidents.kinds import families, find_triggers
from geoevents.text.words import read_words


def families_of(text: str) -> list[str]:
    return [trigger.family for trigger in find_triggers(read_words(text))]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("A car bomb exploded near a market.", "bombing"),
        ("Gunmen opened fire on a bus.", "shooting"),
        ("Clashes erupted at the border.", "clash"),
        ("The killing of five farmers shocked the town.", "killing"),
    ],
)
def test_a_phrase_tells_its_family(text: str, family: str) -> None:
    assert family in families_of(text)


def test_every_family_has_a_sub_event_type_of_acled() -> None:
    assert {family.sub_event_type for family in families().values()} <= set(EVENT_TYPE_OF)


@given(st.text(max_size=300))
def test_spans_slice_back_on_any_text(text: str) -> None:
    for trigger in find_triggers(read_words(text)):
        assert text[trigger.start : trigger.end] == trigger.text

"""Who was harmed and how many: one sentence at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.incidents.harms import Harm, read_harms
from geoevents.incidents.tags import read_tags
from geoevents.text.words import read_words


def harms(text: str) -> list[Harm]:
    words = read_words(text)
    return [harm for sentence in words.sentences for harm in read_harms(read_tags(words, sentence, {}))]


def counted(text: str) -> list[tuple[str, list[int | str]]]:
    """Each harm told as fact, with the lows it counts (or its vague words)."""
    return [
        (harm.kind, [people.bounds.low if people.bounds else people.vague for people in harm.people])
        for harm in harms(text)
        if harm.force == "real"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # voices
        ("Three soldiers were killed near the bridge.", [("killed", [3])]),
        ("The blast killed three soldiers.", [("killed", [3])]),
        ("A mine went off, killing three soldiers.", [("killed", [3])]),
        ("Three soldiers died.", [("killed", [3])]),
        ("The ambush left three soldiers dead.", [("killed", [3])]),
        ("The deaths of three soldiers shocked the town.", [("killed", [3])]),
        ("The raid claimed the lives of three soldiers.", [("killed", [3])]),
        # shared subjects and objects
        ("Two monks were abducted and killed.", [("abducted", [2]), ("killed", [2])]),
        ("The shell killed and wounded dozens.", [("killed", ["dozens"]), ("injured", ["dozens"])]),
        ("Four were killed and nine wounded.", [("killed", [4]), ("injured", [9])]),
        ("The bomb killed four, injuring nine.", [("killed", [4]), ("injured", [9])]),
        ("Doctors pronounced Lynch dead.", [("killed", [1])]),
        # lists
        ("Three soldiers and two civilians were killed.", [("killed", [3, 2])]),
        ("Gunmen killed his wife and three sons.", [("killed", [1, 3])]),
        ("The mayor was killed along with two guards.", [("killed", [1, 2])]),
        # breakdowns count once
        ("Twenty people, including five children and a nurse, were killed.", [("killed", [20])]),
        ("Twenty people – including five children – were killed.", [("killed", [20])]),
        ("Two officers, Adam Lee and Omar Khan, were killed.", [("killed", [2])]),
        ("Five children of one family, two boys, two girls and a baby, were killed.", [("killed", [5])]),
        ("Nadia Said, the head of the clinic in Sorra, was killed.", [("killed", [1])]),
        ("Gunmen killed the consul's bodyguard.", [("killed", [1])]),
        # numbers that are no people
        ("Planes flew 90 airstrikes 75 miles from the town.", []),
        ("The bomb damaged 12 houses and four cars.", []),
        ("A 12-year-old boy was wounded by a 155mm shell.", [("injured", [1])]),
        ("A cook was taken to a clinic with a gunshot wound to his leg.", []),
        ("The cook died of a stab wound of the head.", [("killed", [1])]),
        ("Two cooks sustained wounds to the lower extremities.", [("injured", [2])]),
        ("A baker was found suffering from multiple stab wounds in a yard.", []),
        ("Police said a total of six rounds were shot during the fight.", []),
        ("A guard was wounded in the shoulder.", [("injured", [1])]),
        ("Three farm hands were shot dead on Monday.", [("killed", [3])]),
        # bullets that hit
        ("Six guests were hit by gunfire.", [("shot", [6])]),
        ("A girl was struck by a stray bullet.", [("shot", [1])]),
        # those a toll counts already
        ("The toll stood at 17 on Sunday after two more people died.", [("killed", [17])]),
        ("The blast killed 17 people, police said, after two more bodies were found.", [("killed", [17])]),
        ("The blast killed 17 people and two more died on Sunday.", [("killed", [17]), ("killed", [2])]),
        ("Three people died a day after two more were killed in a raid.", [("killed", [3]), ("killed", [2])]),
        # not fact
        ("They planned to kill five officers.", []),
        ("The strike could have killed hundreds of people.", []),
        # totals
        ("The death toll rose to 17.", [("killed", [17])]),
        ("Reports put the number of dead at between 64 and 75.", [("killed", [64])]),
    ],
)
def test_a_sentence_tells_who_was_harmed(text: str, expected: list[tuple[str, list[int | str]]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No one was injured.", "injured"),
        ("The rocket fell in a field without casualties.", "casualty"),
        ("There were no deaths.", "killed"),
        ("Nobody was killed.", "killed"),
    ],
)
def test_nobody_is_told_apart_from_nothing(text: str, kind: str) -> None:
    assert [(harm.kind, harm.nobody) for harm in harms(text)] == [(kind, True)]


@given(st.text(max_size=200))
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    for harm in harms(text):
        for people in harm.people:
            assert 0 <= people.start < people.end <= len(text)
            assert people.bounds is None or people.bounds.low <= people.bounds.best


@pytest.mark.parametrize("piece", ["two and ", "killed ", "1,", "(a ", "including ", "of the ", "killed, wounded, "])
def test_long_runs_stay_linear(piece: str) -> None:
    harms(piece * 4000)

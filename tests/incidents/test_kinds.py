"""What happened: triggers, their families and roles, and ACLED's sub-event type."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.codes import EVENT_TYPE_OF
from geoevents.incidents._tables import table
from geoevents.incidents.actors import find_actors, find_attributions, sides
from geoevents.incidents.deciding import decide_kind, joinable
from geoevents.incidents.kinds import Trigger, families, find_triggers
from geoevents.incidents.reality import judge
from geoevents.text.sentences import split_sentences
from geoevents.text.words import Words, read_words

SENTENCES = Path(__file__).with_name("kind_sentences.csv")


def read(text: str) -> tuple[Words, tuple[Trigger, ...]]:
    words = read_words(text, split_sentences(text))
    return words, find_triggers(words)


def only(text: str, family: str) -> tuple[Words, Trigger]:
    words, triggers = read(text)
    (trigger,) = [t for t in triggers if t.family == family]
    return words, trigger


def said(words: Words, where: range) -> str:
    return " ".join(words.lower[i] for i in sorted(where))


def cases() -> list[tuple[str, str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(sentence, family, kind) for sentence, family, kind in rows[1:]]


def test_there_are_enough_sentences() -> None:
    assert len(cases()) >= 200


@pytest.mark.parametrize(("sentence", "family", "kind"), cases())
def test_sentence(sentence: str, family: str, kind: str) -> None:
    words, triggers = read(sentence)
    verdicts = judge(words, triggers)
    triggers = tuple(t for t, v in zip(triggers, verdicts, strict=True) if v.verdict == "happened")
    told = {t.family for t in triggers}
    assert family in told or family == "use"
    lead = max(triggers, key=lambda t: t.strength)
    event = sorted((t for t in triggers if joinable(lead.family, t.family)), key=lambda t: -t.strength)
    actors = find_actors(words)
    who = sides(event, actors, find_attributions(words, actors), words)
    assert decide_kind(event, who.mention_a, who.mention_b or who.target_mention).sub_event_type == kind


# -- roles -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "family", "voice", "agent", "patient"),
    [
        ("Gunmen killed a judge", "killing", "active", "gunmen", "a judge"),
        ("A judge was killed by gunmen", "killing", "passive", "gunmen", "a judge was"),
        (
            "A judge was later reportedly killed by gunmen",
            "killing",
            "passive",
            "gunmen",
            "a judge was later reportedly",
        ),
        ("The killing of a judge by gunmen", "killing", "nominal", "gunmen", "a judge"),
        ("A rebel attack on a convoy", "assault", "nominal", "rebel attack", "a convoy"),
        ("ISIS's beheading of a driver", "execution", "nominal", "isis 's beheading", "a driver"),
        ("Five people killed in the capital", "killing", "passive", "", "five people"),
        ("Three died", "death", "active", "", "three"),
    ],
)
def test_roles_stand_where_the_frame_says(text: str, family: str, voice: str, agent: str, patient: str) -> None:
    words, trigger = only(text, family)
    assert (trigger.voice, said(words, trigger.agent), said(words, trigger.patient)) == (voice, agent, patient)


def test_a_relative_clause_has_its_noun_for_subject() -> None:
    words, trigger = only("Militants who abducted a nurse have left", "abduction")
    assert "militants" in said(words, trigger.agent)


def test_a_speaker_is_no_subject() -> None:
    words, trigger = only("Police said rebels abducted a nurse", "abduction")
    assert said(words, trigger.agent) == "rebels"
    words, trigger = only("Rebels abducted a nurse, the police chief said", "abduction")
    assert "police" not in said(words, trigger.patient)


def test_a_bracket_does_not_end_a_clause() -> None:
    words, trigger = only("The Allied Democratic Forces (ADF) abducted a nurse", "abduction")
    assert "allied" in said(words, trigger.agent)


# -- nouns, verbs, names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The Boys Club met at Battle Ground Academy on Sunday.",
        "Tuesday's storm dumped snow on the hills.",
        "They are still shooting for early June.",
        "He was in the wrong place at the wrong time.",
        "The firm makes electronic devices such as phones.",
        "The mayor took a picture of the target.",
    ],
)
def test_a_noun_or_a_name_is_no_verb(text: str) -> None:
    assert [t for t in read(text)[1] if t.strength >= 0.5 and t.family not in ("shooting",)] == []


def test_where_nobody_fights_a_battle_weighs_half() -> None:
    office = only("The two firms battled over the contract.", "clash")[1]
    front = only("The two armies battled over the hill; soldiers dug in.", "clash")[1]
    assert office.strength == front.strength / 2


def test_an_arrest_of_militants_weighs_more_than_one_of_a_driver() -> None:
    driver = only("Deputies arrested a drunk driver.", "arrest")[1]
    rebel = only("Deputies arrested a wanted guerrilla.", "arrest")[1]
    assert driver.strength < 0.5 <= rebel.strength


# -- weapons -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("He was killed by a roadside bomb.", "roadside bomb"),
        ("A car bomb exploded.", "car bomb"),
        ("Two were stabbed.", "knife"),
        ("They were beheaded.", "blade"),
        ("Rebels shot him.", "firearms"),
        ("A Molotov cocktail was thrown at the school.", "incendiary"),
        ("Mortars hit the camp.", "mortar"),
        ("They were hacked to death with machetes.", "machete"),
        ("He was killed when his boat hit a mine.", "landmine"),
    ],
)
def test_weapon_beside_a_trigger(text: str, weapon: str) -> None:
    assert weapon in {t.weapon for t in read(text)[1]}


@pytest.mark.parametrize(
    "text", ["He was killed at a gold mine.", "Two were killed near a mine.", "He died in a coal mine."]
)
def test_a_place_is_no_weapon(text: str) -> None:
    assert {t.sub_event_type for t in read(text)[1]} <= {"Attack"}


def test_a_helicopter_that_is_shot_at_does_not_attack() -> None:
    assert only("Rebels fired at a helicopter.", "shooting")[1].sub_event_type == "Attack"
    assert only("Rebels were shot from a helicopter.", "shooting")[1].sub_event_type == "Air/drone strike"


# -- tables ------------------------------------------------------------------------------------------------------------


def test_every_row_of_the_lexicon_names_a_family_and_a_kind_of_acled() -> None:
    known = {*families(), "nothing", "use", "find"}
    for row in table("kinds"):
        assert row["family"] in known, row
        assert row["sub_event_type"] in {"", *EVENT_TYPE_OF}, row
        assert 0 <= float(row["strength"]) <= 1, row
        assert row["frame"] in FRAMES, row


FRAMES = {
    "do",
    "do_on",
    "suffer",
    "happen",
    "meet",
    "stage",
    "stage_n",
    "of",
    "on",
    "at",
    "gain",
    "use",
    "from",
    "none",
}


def test_every_family_is_sound() -> None:
    natures = {"method", "effect", "general", "outcome", "crowd", "ground", "measure"}
    for family in families().values():
        assert family.sub_event_type in EVENT_TYPE_OF
        assert family.nature in natures
        assert family.context in ("", "armed", "militants")


def test_joins_are_symmetric_and_name_families_or_natures() -> None:
    names = {*families(), *(f.nature for f in families().values())}
    for row in table("joins"):
        assert {row["first"], row["second"]} <= names
        assert row["join"] in ("0", "1", "2")
    for a in families():
        for b in families():
            assert joinable(a, b) == joinable(b, a)


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("blast", "bombing", 2),
        ("killing", "bombing", 2),
        ("assault", "suicide", 2),
        ("suicide", "shooting", 1),
        ("arrest", "bombing", 0),
        ("protest", "air", 1),
        ("agreement", "killing", 0),
    ],
)
def test_which_words_can_tell_of_one_event(first: str, second: str, how: int) -> None:
    assert joinable(first, second) == how


# -- any text ----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "gunmen killed by a bomb was were who which the police said , . ; ( ) set fire to opened on and or not will of in "
    "at attack attacks bombing shot dead mine drone hit struck between soldiers rebels 12 two his home from took "
    "Friday".split()
)


@given(st.lists(WORDS, max_size=40))
def test_any_row_of_words(words: list[str]) -> None:
    text = " ".join(words)
    read_text, triggers = read(text)
    last = 0
    for t in triggers:
        assert text[t.start : t.end] == t.text
        assert t.first >= last
        assert t.sub_event_type in EVENT_TYPE_OF
        assert all(0 <= i < len(read_text) for i in (*t.agent, *t.patient))
        last = t.stop


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for trigger in read(text)[1]:
        assert text[trigger.start : trigger.end] == trigger.text


@pytest.mark.parametrize("seed", ["took a ", "killed ", "a bomb ", "set ", "( ", "beat the very old ", "soldiers , "])
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(text: str) -> float:
        words = read_words(text)
        start = time.process_time()
        find_triggers(words)
        return time.process_time() - start

    short, long = (min(seconds(seed * n) for _ in range(2)) for n in (200, 1_600))
    assert long < 40 * short + 0.1

"""Who: names and what they are normalised to, forces put together from their words, sides, targets and blame."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.countries import countries
from geoevents.incidents._tables import table
from geoevents.incidents.actors import ActorMention, Sides, find_actors, find_attributions, sides
from geoevents.incidents.kinds import find_triggers
from geoevents.text.sentences import split_sentences
from geoevents.text.words import read_words, split

KINDS = {"state", "rebel", "militia", "communal", "civilians", "protesters", "external", "unidentified", "other"}


def mentions(text: str, *focus: str) -> tuple[ActorMention, ...]:
    return find_actors(read_words(text, split_sentences(text)), focus)


def names(text: str, *focus: str) -> list[str]:
    return [mention.name for mention in mentions(text, *focus)]


def who(text: str, *focus: str) -> Sides:
    words = read_words(text, split_sentences(text))
    actors = find_actors(words, focus)
    triggers = sorted(find_triggers(words), key=lambda t: -t.strength)
    return sides(triggers, actors, find_attributions(words, actors), words)


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ISIS", "Islamic State"),
        ("ISIL", "Islamic State"),
        ("Daesh", "Islamic State"),
        ("Da’esh", "Islamic State"),
        ("the so-called Islamic State", "Islamic State"),
        ("Islamic State of Iraq and Syria", "Islamic State"),
        ("the Nusra Front", "Jabhat al-Nusra"),
        ("the al-Nusra front", "Jabhat al-Nusra"),
        ("al Shabaab", "Al-Shabaab"),
        ("al-Shabab", "Al-Shabaab"),
        ("Harakat al-Shabaab al-Mujahideen", "Al-Shabaab"),
        ("Hezbollah", "Hezbollah"),
        ("Hizballah", "Hezbollah"),
        ("the Taleban", "Taliban"),
        ("the TTP", "Tehrik-i-Taliban Pakistan"),
        ("the Pakistani Taliban", "Tehrik-i-Taliban Pakistan"),
        ("Lashkar-e-Toiba", "Lashkar-e-Taiba"),
        ("the Tamil Tigers", "Liberation Tigers of Tamil Eelam"),
        ("the PKK", "Kurdistan Workers' Party"),
        ("Basque Fatherland and Freedom", "Euskadi Ta Askatasuna"),
        ("Sendero Luminoso", "Shining Path"),
        ("SHINING PATH", "Shining Path"),
        ("the FMLN", "Farabundo Marti National Liberation Front"),
        ("Farc", "Revolutionary Armed Forces of Colombia"),
        ("the Provisional IRA", "Provisional Irish Republican Army"),
        ("Boko Haram", "Boko Haram"),
        ("ISWAP", "Islamic State West Africa Province"),
        ("the Rapid Support Forces", "Rapid Support Forces"),
        ("M-23", "M23"),
        ("Clan del Golfo", "Gulf Clan"),
        ("Los Urabeños", "Gulf Clan"),
        ("Séléka", "Seleka"),
        ("the Tatmadaw", "Military Forces of Myanmar"),
        ("the IDF", "Military Forces of Israel"),
        ("CJNG", "Jalisco New Generation Cartel"),
        ("the Lord’s Resistance Army", "Lord's Resistance Army"),
        ("Kata'ib Hezbollah", "Kataib Hezbollah"),
        ("UÇK", "Kosovo Liberation Army"),
        ("Asa’ib Ahl al-Haq", "Asaib Ahl al-Haq"),
    ],
)
def test_an_alias_is_normalised(text: str, name: str) -> None:
    assert name in names(f"Police blamed {text} for it.")


def test_a_group_and_its_fighters_are_one_mention() -> None:
    (fighters,) = mentions("Daesh fighters fled.")
    assert (fighters.name, fighters.text) == ("Islamic State", "Daesh fighters")


@pytest.mark.parametrize(
    ("text", "focus", "name"),
    [
        ("Officials said JEM attacked.", ("SD",), "Justice and Equality Movement"),
        ("Officials said JeM attacked.", ("IN",), None),
        ("The Justice and Equality Movement (JEM) left.", (), "Justice and Equality Movement"),
        ("The SLA attacked.", ("LB",), "South Lebanon Army"),
        ("The SLA attacked.", ("SD",), "Sudan Liberation Movement/Army"),
        ("The RAF attacked.", ("GB",), None),
        ("The RAF attacked.", ("DE",), "Red Army Faction"),
        ("The PDF attacked.", ("MM",), "People's Defence Force"),
        ("The PDF is on our site.", (), None),
        ("IS claimed it.", ("SY",), "Islamic State"),
        ("This is what it is.", ("SY",), None),
    ],
)
def test_a_doubtful_acronym_needs_its_country_or_its_full_name(
    text: str, focus: tuple[str, ...], name: str | None
) -> None:
    found = [m.name for m in mentions(text, *focus) if m.role == "group"]
    assert found[:1] == ([name] if name else []) or set(found) == {name}


def test_a_pronoun_in_capitals_is_no_country() -> None:
    assert names("THEY TOLD US TO LEAVE THE TOWN AT ONCE.") == names("THEY TOLD HIM TO LEAVE THE TOWN AT ONCE.")


# -- forces ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Iraqi police", "Police Forces of Iraq", "state"),
        ("the Iraqi army", "Military Forces of Iraq", "state"),
        ("Iraq's security forces", "Security Forces of Iraq", "state"),
        ("Nigerian government troops", "Military Forces of Nigeria", "state"),
        ("Ethiopian federal police", "Police Forces of Ethiopia", "state"),
        ("Turkish warplanes", "Military Forces of Turkey", "state"),
        ("soldiers", "Military Forces", "state"),
        ("the US-led coalition", "US-led coalition", "external"),
        ("UN peacekeepers", "United Nations peacekeepers", "external"),
        ("unidentified gunmen", "unidentified armed group", "unidentified"),
        ("masked men", "unidentified armed group", "unidentified"),
        ("gunmen", "gunmen", "unidentified"),
        ("Palestinian militants", "Palestinian militants", "rebel"),
        ("Shia militias", "Shi'ite militia", "militia"),
        ("a pro-government militia", "pro-government militia", "militia"),
        ("a suicide bomber", "suicide bomber", "unidentified"),
        ("herders", "herders", "communal"),
        ("demonstrators", "protesters", "protesters"),
        ("villagers", "civilians", "civilians"),
    ],
)
def test_forces_and_people_by_what_they_are(text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(m.name, m.kind) for m in mentions(f"They met {text} there.")}


def test_a_post_is_not_its_force() -> None:
    (post,) = mentions("They burned the gendarmerie post.")
    assert (post.role, post.kind, post.text) == ("object", "state", "gendarmerie post")


def test_a_country_after_a_preposition_is_where_and_not_who() -> None:
    assert mentions("It happened in Mali.") == ()
    assert [m.name for m in mentions("Mali bombed it.")] == ["Military Forces of Mali"]


def test_a_compound_adjective_names_nobody() -> None:
    assert mentions("They took the rebel-held hill.") == ()


# -- sides -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "side_a", "side_b", "target"),
    [
        ("Boko Haram killed twelve fishermen.", "Boko Haram", "civilians", "fishermen"),
        ("Twelve fishermen were killed by Boko Haram.", "Boko Haram", "civilians", "fishermen"),
        ("The killing of twelve fishermen by Boko Haram shocked all.", "Boko Haram", "civilians", "fishermen"),
        ("Israeli air strikes on a camp killed nine.", "Military Forces of Israel", None, "camp"),
        ("Clashes between the army and rebels went on.", "Military Forces", "rebels", None),
        ("Rebels and soldiers exchanged fire.", "rebels", "Military Forces", None),
        ("Government troops fought rebels.", "Military Forces", "rebels", None),
        ("Youths threw stones at police.", "youths", "Police Forces", None),
        ("Gunmen ambushed an army patrol.", "gunmen", "Military Forces", "army patrol"),
        ("Gunmen opened fire on a tea stall.", "gunmen", None, "tea stall"),
        ("A bomb killed 15 people outside a bakery.", None, "civilians", "bakery"),
        ("Two men on a motorbike shot a judge.", "men", "civilians", "judge"),
        ("Police said rebels burned a clinic, the mayor said.", "rebels", None, "clinic"),
        ("Damascus bombed the quarter.", "Military Forces of Syria", None, None),
        ("A car bomb went off in Turkey.", None, None, None),
        ("Militants who fled the valley shelled the town.", "militants", None, "town"),
    ],
)
def test_sides(text: str, side_a: str | None, side_b: str | None, target: str | None) -> None:
    found = who(text)
    assert (found.side_a and found.side_a.name) == side_a
    assert (found.side_b and found.side_b.name) == side_b
    assert target is None or found.target == target


@pytest.mark.parametrize(
    ("text", "name", "certainty"),
    [
        ("A bomb killed two. Hamas claimed responsibility.", "Hamas", "claimed"),
        ("A bomb killed two. Responsibility was claimed by the PKK.", "Kurdistan Workers' Party", "claimed"),
        ("Police blamed the attack on the ELN.", "National Liberation Army (Colombia)", "alleged"),
        ("The attack was attributed to Boko Haram.", "Boko Haram", "alleged"),
        ("The raid was blamed on Fulani herdsmen.", "Fulani militia", "alleged"),
        ("Suspected Taliban fighters killed a judge.", "Taliban", "alleged"),
        ("Gunmen killed a judge. The Taliban took credit.", "Taliban", "claimed"),
        ("Boko Haram killed a judge.", "Boko Haram", "stated"),
        ("The attack bore the hallmarks of al-Qaeda.", "Al-Qaeda", "alleged"),
    ],
)
def test_blame(text: str, name: str, certainty: str) -> None:
    found = who(text).side_a
    assert found is not None
    assert (found.name, found.certainty) == (name, certainty)


def test_a_denial_lays_no_blame() -> None:
    found = who("A bomb killed two. Hamas denied responsibility.").side_a
    assert found is None or found.name != "Hamas"


def test_nobody_has_claimed_it() -> None:
    assert who("A bomb killed two. No group has claimed responsibility.").side_a is None


# -- tables ------------------------------------------------------------------------------------------------------------


def test_the_table_of_groups_is_large_and_sound() -> None:
    rows = table("actors")
    aliases = [alias for row in rows for alias in row["aliases"].split("|") if alias]
    assert len(rows) >= 500
    assert len(aliases) >= 1_500
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert row["kind"] in KINDS, row
        assert set(row["countries"].split()) <= set(countries()), row
        assert split(row["name"]), row


def test_a_name_of_two_groups_is_doubtful_in_both() -> None:
    meanings: dict[tuple[str, ...], set[tuple[str, bool]]] = {}
    for row in table("actors"):
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            meanings.setdefault(split(alias.lstrip("?")), set()).add((row["name"], alias.startswith("?")))
    for words, groups in meanings.items():
        if len({name for name, _ in groups}) > 1:
            assert all(doubtful for _, doubtful in groups), (words, groups)


def test_other_tables_are_sound() -> None:
    assert {row["kind"] for row in table("generic_actors")} <= KINDS
    assert {row["owner"] for row in table("objects")} <= {"state", "civilian", "external"}
    assert {row["country"] for name in ("nationalities", "metonyms") for row in table(name)} <= set(countries())
    assert {row["side"] for row in table("attributions")} <= {"left", "right", "none"}
    assert {row["certainty"] for row in table("attributions")} <= {"claimed", "alleged", "denied", ""}


# -- any text ----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "ISIS fighters Iraqi police post the army 's of in by gunmen killed and civilians Mali US IS blamed on claimed "
    "responsibility for a market said , . Damascus bombed rebel - held two".split()
)


@given(st.lists(WORDS, max_size=40), st.lists(st.sampled_from(["SY", "IQ", "SD"]), max_size=2))
def test_any_row_of_words(words: list[str], focus: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for mention in mentions(text, *focus):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        last = mention.end
    found = who(text, *focus)
    for actor in (found.side_a, found.side_b):
        assert actor is None or text[actor.start : actor.end] == actor.text


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.text
    who(text)


@pytest.mark.parametrize("seed", ["Iraqi police ", "the Islamic ", "blamed ISIS ", "two armed "])
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(text: str) -> float:
        words = read_words(text)
        start = time.process_time()
        find_attributions(words, find_actors(words))
        return time.process_time() - start

    short, long = (min(seconds(seed * n) for _ in range(2)) for n in (200, 1_600))
    assert long < 40 * short + 0.1

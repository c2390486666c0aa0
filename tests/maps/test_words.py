"""The table of strings: complete in every language, with every plural form that language has."""

import re
from pathlib import Path
from typing import get_args

import pytest

from geoevents.codes import DATE_PREC, EVENT_TYPE_OF, WHERE_PREC
from geoevents.errors import SettingsError
from geoevents.maps import assets, picture
from geoevents.maps.languages import LANGUAGES, Words, plural
from geoevents.model import Certainty, Harm, Qualifier, Stance, Status, Victims

WORDS = assets.words()
SOURCE = "\n".join(assets.read(f"{name}.js") for name in assets.MODULES)
DRAWN = Path(picture.__file__).read_text(encoding="utf-8")


def forms(entry: object) -> list[str]:
    """All strings of an entry."""
    return list(entry.values()) if isinstance(entry, dict) else [str(entry)]


def test_every_string_is_there_in_every_language() -> None:
    for key, entry in WORDS.items():
        assert tuple(entry) == LANGUAGES, key
        assert all(text.strip() or key == "comma" for language in entry.values() for text in forms(language)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_all_forms_of_the_language(language: str) -> None:
    babel = pytest.importorskip("babel")
    # CLDR's "many" of French and Spanish is for millions with "de"; their "other" serves
    needed = set(babel.Locale.parse(language).plural_form.tags) | {"other"}
    needed -= {"many"} if language in ("fr", "es") else set()
    for key, entry in WORDS.items():
        if isinstance(entry["en"], dict):
            assert set(entry[language]) >= needed, key
            assert set(entry[language]) <= needed | {"zero", "two", "few", "many", "other"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_those_of_cldr(language: str) -> None:
    babel = pytest.importorskip("babel")
    rule = babel.Locale.parse(language).plural_form
    for number in (*range(131), 1000, 1_000_001):
        wanted = rule(number)
        if language in ("fr", "es") and wanted == "many":
            continue
        assert plural(language, number) == wanted, number


def test_python_reads_the_same_table() -> None:
    assert Words("ru").n("list.all", 3) == "3 события"
    assert Words("ar").direction == "rtl"
    with pytest.raises(SettingsError, match="xx"):
        Words("xx")


def test_placeholders_are_the_same_in_every_language() -> None:
    for key, entry in WORDS.items():
        wanted = set(re.findall(r"\{(\w+)\}", " ".join(forms(entry["en"]))))
        for language, translated in entry.items():
            found = set(re.findall(r"\{(\w+)\}", " ".join(forms(translated))))
            assert found == wanted, (key, language)


def test_every_string_the_script_names_is_there() -> None:
    named = set(re.findall(r'\b(?:t|section)\(\s*"([a-z_.]+)"', SOURCE))
    assert len(named) > 80
    assert named <= set(WORDS)


def test_no_string_is_left_over() -> None:
    plain = {key for key in WORDS if re.search(rf'["`]{re.escape(key)}["`]', SOURCE + DRAWN)}
    families = set(re.findall(r"[`\"]([a-z]+)(?:\.by)?\.\$\{", SOURCE))
    left = {key for key in WORDS if key not in plain and key.split(".")[0] not in families}
    assert not left


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("sub", EVENT_TYPE_OF),
        ("type", set(EVENT_TYPE_OF.values())),
        ("prec", [0, *WHERE_PREC]),
        ("where", list(WHERE_PREC)),
        ("dateprec", list(DATE_PREC)),
        ("qualifier", set(get_args(Qualifier)) - {"exact"}),
        ("stance", set(get_args(Stance)) - {"reported"}),
        ("victims", get_args(Victims)),
        ("certainty", set(get_args(Certainty)) - {"stated"}),
        ("status", get_args(Status)),
        ("status", [f"{status}.long" for status in get_args(Status)]),
    ],
)
def test_every_value_of_the_model_has_its_words(family: str, values: object) -> None:
    assert {f"{family}.{value}" for value in values} <= set(WORDS)  # type: ignore[attr-defined]  # any iterable


def test_every_harm_has_its_words() -> None:
    assert set(get_args(Harm)) <= set(WORDS)

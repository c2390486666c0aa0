"""Single persons: whether two phrases can name one and the same.

A short report tells of one victim many times: "a boy", "the 4-year-old", "Ivan Petrov, 4", "himself". They are one as
long as nothing they say tells them apart: a sex, an age, a name, a calling, a relative of whom.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from geoevents.incidents._tables import table
from geoevents.incidents.numbers import value_of
from geoevents.incidents.people import People

#: years by which two ages of one person may differ: a birthday, a hasty first report
_AGE_SLACK: Final = 1
#: relatives by whom a boy or girl is told of again, not somebody beside them
_OFFSPRING: Final = frozenset("son daughter grandson granddaughter child nephew niece".split())
_GROWN_FROM, _YOUNG_UNTIL = 16, 20
_AGE: Final = re.compile(
    r"\b(?P<old>\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)[- ](?P<unit>year|month|week|day)s?[- ]olds?\b"
    r"|\baged?\s(?P<aged>\d{1,3})\b|,\s?(?P<behind>\d{1,3})$|\((?P<inside>\d{1,3})\)$"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


class Person(NamedTuple):
    """What a phrase says of one person; empty and None where it does not say.

    Attributes
    ----------
    sex, stage
        ``m`` or ``f``; ``young`` or ``grown``.
    age
        In years.
    calling
        Noun that tells them from others ("soldier", "teacher").
    names
        Words of the name in small letters.
    owner
        Sex of whose relative it is ("his wife"); empty for who is nobody's relative.
    offspring
        It is somebody's child.
    other
        Told apart from those before by a word ("another man", "a second one").
    """

    sex: str
    stage: str
    age: int | None
    calling: str
    names: tuple[str, ...]
    owner: str
    offspring: bool
    other: bool


@lru_cache(maxsize=1)
def _traits() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["sex"], row["stage"]) for row in table("persons")}


def person(people: People, text: str) -> Person:
    """Read what the words of a single person say of them; `text` is the article's."""
    phrase = text[people.start : people.end].lower()
    words = _WORD.findall(phrase)
    traits = [_traits()[word] for word in words if word in _traits()]
    age = _age(phrase)
    stage = next((stage for _, stage in traits if stage), "")
    if not stage and age is not None:
        stage = "young" if age < _GROWN_FROM else "grown" if age >= _YOUNG_UNTIL else ""
    owned = people.kin and words[:1] and words[0] in ("his", "her")
    sex = next((sex for sex, _ in (traits[1:] if owned else traits) if sex), "")
    return Person(
        sex=sex,
        stage=stage,
        age=age,
        calling="" if people.noun in _traits() or people.name == people.noun else people.noun,
        names=tuple(people.name.lower().split()),
        owner=(_traits()[words[0]][0] if owned else "any") if people.kin else "",
        offspring=people.noun in _OFFSPRING,
        other=people.more,
    )


def _age(phrase: str) -> int | None:
    match = _AGE.search(phrase)
    if match is None:
        return None
    if match["unit"] and match["unit"] != "year":
        return 0
    return value_of(match["old"] or match["aged"] or match["behind"] or match["inside"])


def can_be_one(before: Person, later: Person) -> bool:
    """Whether nothing tells two single persons apart; `later` stands behind `before` in the text."""
    if later.other or _differ(before.sex, later.sex) or _differ(before.calling, later.calling):
        return False
    if before.names and later.names and not _share_a_name(before.names, later.names):
        return False
    if before.age is not None and later.age is not None:
        return abs(before.age - later.age) <= _AGE_SLACK
    if _differ(before.stage, later.stage):
        return False
    if not later.owner or before.owner or (before.stage == "young" and later.offspring):
        return True
    return later.owner != before.sex  # "a man … his father" are two, "a man … his wife" told apart by sex already


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _share_a_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[-1] in other or other[-1] in one

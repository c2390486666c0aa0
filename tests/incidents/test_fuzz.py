"""Sentences put together by chance (seeded) whose answers are known by construction: numbers × qualifiers × voices."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pytest

from geoevents.incidents import IncidentReader
from geoevents.model import Count, Document, DocumentPlaces
from geoevents.settings import IncidentSettings

SEED: Final = 20140822
CASES: Final = 400
READER: Final = IncidentReader.from_settings(IncidentSettings())

Ends = tuple[int, int | None]

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(n: int) -> str:
    """Number in words, up to 999."""
    if n < 20:
        return _UNITS[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f"-{_UNITS[n % 10]}" if n % 10 else "")
    return f"{_UNITS[n // 100]} hundred" + (f" and {spelled(n % 100)}" if n % 100 else "")


@dataclass(frozen=True)
class Stated:
    """A number in words, and the range it means."""

    text: str
    ends: Ends


def stated(chance: random.Random) -> Stated:
    """Any number under any qualifier."""
    n = chance.choice([chance.randint(2, 19), chance.randint(20, 99), chance.randint(100, 999), 1200, 4800])
    more = n + chance.randint(1, 40)

    def said(value: int) -> str:
        forms = [str(value), f"{value:,}"] if value > 999 else [str(value), spelled(value)]
        return chance.choice(forms)

    forms: list[Callable[[], Stated]] = [
        lambda: Stated(said(n), (n, n)),
        lambda: Stated(f"at least {said(n)}", (n, None)),
        lambda: Stated(f"more than {said(n)}", (n, None)),
        lambda: Stated(f"no fewer than {said(n)}", (n, None)),
        lambda: Stated(f"up to {said(n)}", (1, n)),
        lambda: Stated(f"as many as {said(n)}", (1, n)),
        lambda: Stated(f"about {said(n)}", (n, n)),
        lambda: Stated(f"some {said(n)}", (n, n)),
        lambda: Stated(f"between {said(n)} and {said(more)}", (n, more)),
        lambda: Stated(f"{n} to {more}", (n, more)),
        lambda: Stated(f"{n}-{more}", (n, more)),
    ]
    return chance.choice(forms)()


NOUNS: Final = ("people", "civilians", "soldiers", "villagers", "worshippers", "shoppers", "farmers", "students")
EVENTS: Final = ("a car bombing", "an air strike", "an attack by gunmen", "a rocket attack", "a suicide bombing")
#: what holds a number that counts nobody
NOISE: Final = (
    "",
    " The market lies 75 miles from the capital.",
    " The blast destroyed 14 houses and 9 cars.",
    " Officials put the damage at 2 million dollars.",
    " The road was closed for 6 hours.",
)
#: templates of killed {k} and injured {i} people
BOTH: Final = (
    "{K} {n} were killed and {i} wounded in {e} on Monday.",
    "{K} {n} were killed and {i} others were wounded in {e} on Monday.",
    "A bomb killed {k} {n} and wounded {i} on Monday.",
    "A rocket hit a market on Monday, killing {k} {n} and wounding {i}.",
    "A rocket hit a market on Monday, killing {k} {n} and wounding {i}, police and hospital officials said.",
    "Police said {k} {n} were killed and {i} injured in {e} on Monday.",
    "On Monday {e} left {k} {n} dead and {i} wounded.",
    "{K} {n} died and {i} were hurt in {e} on Monday, a doctor said.",
    "According to the police, {e} on Monday killed {k} {n}. {I} were wounded.",
)
ONE: Final = (
    "{K} {n} were killed in {e} on Monday.",
    "{K} {n} died when a bomb exploded at a market on Monday.",
    "A bomb killed {k} {n} on Monday.",
    "A rocket hit a market on Monday, killing {k} {n}.",
    "A bombing on Monday caused the deaths of {k} {n}.",
    "The killing of {k} {n} by gunmen on Monday shocked the town.",
    "On Monday {e} claimed the lives of {k} {n}.",
    "Gunmen shot dead {k} {n} on Monday.",
)


def ends(count: Count | None) -> Ends | None:
    return (count.low, count.high) if count is not None else None


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def sentence(chance: random.Random) -> tuple[str, Ends, Ends | None]:
    """Text, killed, injured."""
    k, i = stated(chance), stated(chance)
    while i.ends == k.ends:
        i = stated(chance)
    both = chance.random() < 0.5
    template = chance.choice(BOTH if both else ONE)
    words = {"k": k.text, "K": capital(k.text), "i": i.text, "I": capital(i.text)}
    text = template.format(**words, n=chance.choice(NOUNS), e=chance.choice(EVENTS)) + chance.choice(NOISE)
    return text, k.ends, i.ends if both else None


@pytest.mark.parametrize("case", range(CASES))
def test_answer_is_known_by_construction(case: int) -> None:
    text, killed, injured = sentence(random.Random(SEED + case))  # no secret
    incidents = READER(Document(id="d", text=text, published=date(2024, 5, 17)), DocumentPlaces(doc_id="d"))
    assert [(ends(i.killed), ends(i.injured)) for i in incidents] == [(killed, injured)], text

"""How many: the figures of one event made into one range per harm.

Figures are read in :mod:`geoevents.incidents.figures` and put together in :mod:`geoevents.incidents.ranges`. Here those
who were hurt and died come to count once, deaths are told by side, and every figure is kept as a claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from geoevents.incidents.actors import Sides
from geoevents.incidents.figures import Figure, Statement, counted, figures_of, last_name
from geoevents.incidents.people import People
from geoevents.incidents.persons import can_be_one, person
from geoevents.incidents.profiles import Bounds
from geoevents.incidents.ranges import MOST_PERSONS, Range
from geoevents.model import Claim, Count, Deaths, Qualifier
from geoevents.model import Harm as HarmKind
from geoevents.settings import CountProfile

_COUNTED_HARMS: Final = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The figures of one event."""

    killed: Count | None
    injured: Count | None
    deaths: Deaths
    claims: tuple[Claim, ...]

    @property
    def said(self) -> bool:
        """Whether the text says anything of killed or injured."""
        return self.killed is not None or self.injured is not None


def reckon(
    statements: Sequence[Statement], text: str, doc_id: str, profile: CountProfile, both: Sides | None = None
) -> Reckoning:
    """Make the figures of one event, in the order of the text, into ranges.

    Parameters
    ----------
    statements
        Harms of the event, in order.
    profile
        What vague words count to.
    both
        The event's sides, for deaths by side.
    """
    real = [s for s in statements if s.harm.force == "real" and not s.false]
    nobody = {kind for s in real if s.harm.nobody for kind in _nobody_suffers(s.harm.kind)}
    figures = {kind: figures_of(real, kind, profile) for kind in ("killed", "injured", "shot")}
    _move_the_dead(figures)
    killed, injured = Range(text), Range(text)
    for figure in figures["killed"]:
        killed.take(figure)
    for figure in figures["injured"]:
        injured.take(figure)
    if not _share_the_shot(figures["shot"], killed, injured, text):
        injured.less += sum(_from_the_wounded(figure) for figure in figures["killed"])
    if killed.points_back_behind(injured) and injured.is_individuals:
        injured.less += killed.best  # "a guard was hit … he died in hospital"
    elif killed.is_individuals and injured.is_individuals and not injured.less:
        injured.less = _died(injured.base, killed.base, text)
    counts = {
        kind: spread.count(text) or (_zero(real, kind, text) if kind in nobody else None)
        for kind, spread in (("killed", killed), ("injured", injured))
    }
    deaths = _deaths(killed, text, both)
    return Reckoning(counts["killed"], counts["injured"], deaths, _claims(real, text, doc_id, profile))


# -- deaths by side ----------------------------------------------------------------------------------------------------

#: kinds of actors → the camp their fighters are counted in
_CAMPS: Final = {
    "state": "forces",
    "external": "forces",
    "rebel": "fighters",
    "militia": "fighters",
    "communal": "fighters",
}


def _deaths(killed: Range, text: str, both: Sides | None) -> Deaths:
    """Deaths by whom they befell: doers, their armed opponents, civilians; unknown where the text does not tell."""
    a = _CAMPS.get(both.mention_a.kind, "") if both is not None and both.mention_a is not None else ""
    sums: dict[str, list[tuple[People, Bounds]]] = {}
    for figure in killed.base:
        for people, bounds in figure.groups:
            sums.setdefault(_side(people, a, figure), []).append((people, bounds))
    return Deaths(**{side: _sum(groups, text) for side, groups in sums.items()})


def _side(people: People, camp_a: str, figure: Figure) -> str:
    if people.victims == "perpetrators" or figure.self_inflicted:
        return "side_a"
    if people.victims == "civilians":
        return "civilians"
    if people.victims == "combatants":
        return "side_a" if people.camp and people.camp == camp_a else "side_b"
    return "unknown"


def _sum(groups: Sequence[tuple[People, Bounds]], text: str) -> Count:
    highs = [bounds.high for _, bounds in groups]
    high = None if None in highs else sum(high for high in highs if high is not None)
    low, best = sum(bounds.low for _, bounds in groups), sum(bounds.best for _, bounds in groups)
    first = groups[0][0]
    stated = {people.qualifier for people, _ in groups}
    qualifier: Qualifier = stated.pop() if len(stated) == 1 else ("at_least" if high is None else "range")
    return Count(
        low=low,
        best=best,
        high=high,
        qualifier=qualifier,
        text=text[first.start : first.end],
        start=first.start,
        end=first.end,
    )


def _nobody_suffers(kind: str) -> tuple[str, ...]:
    return _COUNTED_HARMS if kind == "casualty" else (kind,)


# -- the hurt who died -------------------------------------------------------------------------------------------------


def _move_the_dead(figures: dict[str, list[Figure]]) -> None:
    """Whoever was injured and died counts as killed only."""
    dead = {(people.start, people.end) for figure in figures["killed"] for people, _ in figure.groups}
    names = {name for figure in figures["killed"] for name in figure.names()}
    for kind in ("injured", "shot"):
        for figure in figures[kind]:
            figure.groups = [
                (people, bounds)
                for people, bounds in figure.groups
                if (people.start, people.end) not in dead and not (people.name and last_name(people) in names)
            ]
        figures[kind] = [figure for figure in figures[kind] if figure.groups]


def _share_the_shot(shot: Sequence[Figure], killed: Range, injured: Range, text: str) -> bool:
    """Take those only said to be "shot" for injured, but for those said to have died; whether there are any."""
    if not shot or injured.base:
        return False
    spread = Range(text)
    for figure in shot:
        spread.take(figure)
    dead = killed.best
    if spread.best > dead:
        injured.base, injured.less = spread.base, dead
        injured.rivals = spread.rivals
        return True
    return False


def _died(injured: Sequence[Figure], killed: Sequence[Figure], text: str) -> int:
    """How many of the injured are one with a dead person of another sentence ("a 15-year-old has died …")."""
    dead = ((figure.sentence, people) for figure in killed for people, _ in figure.groups)
    left = list(islice(dead, MOST_PERSONS))
    died = 0
    for figure in islice(injured, MOST_PERSONS):
        for hurt, _ in figure.groups:
            same = next((one for one in left if one[0] != figure.sentence and _is_one(one[1], hurt, text)), None)
            if same is not None:
                left.remove(same)
                died += 1
    return died


def _is_one(dead: People, hurt: People, text: str) -> bool:
    """Whether a dead and an injured person are one: the later points back, repeats an age, or names the dead."""
    first, second = sorted((dead, hurt), key=lambda people: people.start)
    before, later = person(first, text), person(second, text)
    if not can_be_one(before, later):
        return False
    names_the_dead = second is dead and bool(later.names)  # "a man was wounded … Omar Hadi died"
    return second.definite or names_the_dead or (before.age is not None and before.age == later.age)


def _from_the_wounded(figure: Figure) -> int:
    """How many of those who died were counted as injured before ("two of the wounded", "one of them died")."""
    return sum(bounds.best for people, bounds in figure.groups if people.of_them or people.of_wounded)


# -- nobody -----------------------------------------------------------------------------------------------------------


def _zero(statements: Sequence[Statement], kind: str, text: str) -> Count:
    for statement in statements:
        if statement.harm.nobody and kind in _nobody_suffers(statement.harm.kind):
            quote = statement.quote
            return Count(
                low=0,
                best=0,
                high=0,
                qualifier="none",
                text=text[quote.start : quote.end],
                start=quote.start,
                end=quote.end,
            )
    raise AssertionError("a harm nobody suffered has a statement")


# -- claims ------------------------------------------------------------------------------------------------------------


_CLAIMED: Final[Mapping[str, HarmKind]] = {
    "killed": "killed",
    "injured": "injured",
    "shot": "injured",
    "missing": "missing",
    "abducted": "abducted",
    "detained": "detained",
    "displaced": "displaced",
}


def _claims(statements: Sequence[Statement], text: str, doc_id: str, profile: CountProfile) -> tuple[Claim, ...]:
    """Every number with its words, whom it counts and who says so."""
    claims: list[Claim] = []
    for statement in statements:
        harm = _CLAIMED.get(statement.harm.kind)
        if harm is None:
            continue
        for people in statement.harm.people:
            bounds = counted(people, profile)
            if bounds is not None:
                claims.append(_claim(statement, harm, people, bounds, text, doc_id))
    return tuple(claims)


def _claim(statement: Statement, harm: HarmKind, people: People, bounds: Bounds, text: str, doc_id: str) -> Claim:
    count = Count(
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        qualifier=people.qualifier,
        text=text[people.start : people.end],
        start=people.start,
        end=people.end,
    )
    return Claim(
        doc_id=doc_id,
        harm=harm,
        count=count,
        victims=people.victims,
        speaker=statement.speaker,
        stance=statement.stance,
        quote=statement.quote,
    )

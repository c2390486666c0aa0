"""How many: the figures of one event made into one range per harm.

Figures that add up (three soldiers and two civilians; two more who died later), that break down (20 people, five of
them children), that say the same again, that replace (the toll rose to 17), and that contradict each other (police say
12, the hospital 15). Only the last make a range of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from geoevents.incidents.actors import Sides
from geoevents.incidents.harms import Harm
from geoevents.incidents.nodes import range_of
from geoevents.incidents.people import People
from geoevents.incidents.persons import can_be_one, person
from geoevents.incidents.profiles import Bounds, vague_counts
from geoevents.model import Claim, Count, Deaths, Qualifier, Quote, Stance, Victims
from geoevents.model import Harm as HarmKind
from geoevents.settings import CountProfile

_COUNTED_HARMS: Final = ("killed", "injured")
#: nouns that can name all victims of an event, whatever they were called before
_WHOLES: Final = frozenset(("civilian", "member", "martyr", "resident", "palestinian", "dead"))
#: single persons that are looked back at, so that a text of nothing but victims costs no more than its length
_MOST_PERSONS: Final = 40
#: nouns that say nothing of whom they count
_GENERIC: Final = frozenset(("", "person", "individual", "victim", "human", "soul", "casualty", "year-old"))


class Statement(NamedTuple):
    """A harm as one sentence tells it, and who says so."""

    harm: Harm
    sentence: int
    offset: int
    quote: Quote
    speaker: str | None = None
    stance: Stance = "reported"
    early: bool = False
    late: bool = False
    revised: bool = False
    false: bool = False


@dataclass(slots=True)
class Figure:
    """What one speaker says in one sentence of one harm: phrases that add up."""

    kind: str
    sentence: int
    speaker: str | None
    early: bool
    late: bool
    groups: list[tuple[People, Bounds]] = field(default_factory=list)
    more: bool = False
    revised: bool = False
    later: bool = False
    prior: bool = False
    claimed: bool = False
    total: bool = False
    self_inflicted: bool = False
    parts: int = 0

    @property
    def on_top(self) -> bool:
        """Whether it counts more victims than those told of ("two more", "a further three")."""
        return any(people.on_top for people, _ in self.groups)

    @property
    def comes_beside(self) -> bool:
        """Whether it tells of others beside those told of ("two others", "two of his bodyguards were also killed")."""
        return self.more or all(people.kin or people.part for people, _ in self.groups)

    @property
    def low(self) -> int:
        """Sum of the lows."""
        return sum(bounds.low for _, bounds in self.groups)

    @property
    def best(self) -> int:
        """Sum of the best guesses."""
        return sum(bounds.best for _, bounds in self.groups)

    @property
    def high(self) -> int | None:
        """Sum of the highs; None where one is open."""
        highs = [bounds.high for _, bounds in self.groups]
        return None if None in highs else sum(high for high in highs if high is not None)

    @property
    def top(self) -> int:
        """Highest number it names."""
        return sum(bounds.best if bounds.high is None else bounds.high for _, bounds in self.groups)

    @property
    def is_vague(self) -> bool:
        """Whether no group has a number."""
        return all(people.bounds is None for people, _ in self.groups)

    @property
    def is_generic(self) -> bool:
        """Whether it counts people without saying whom."""
        return all(people.noun in _GENERIC and not people.name for people, _ in self.groups)

    @property
    def is_individuals(self) -> bool:
        """Whether it tells of single persons only."""
        return all(
            bounds.high == 1 and not (people.numbered and people.noun in _GENERIC) for people, bounds in self.groups
        )

    @property
    def is_back_reference(self) -> bool:
        """Whether it only points back to people told of before."""
        return all(_points_back(people) for people, _ in self.groups)

    def names(self) -> set[str]:
        """Last names in it."""
        return {_last_name(people) for people, _ in self.groups if people.name}

    def victims(self) -> set[Victims]:
        """Classes of its victims."""
        return {people.victims for people, _ in self.groups}


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
    figures = {kind: _figures(real, kind, profile) for kind in ("killed", "injured", "shot")}
    _move_the_dead(figures)
    killed, injured = _Range(text), _Range(text)
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


def _deaths(killed: "_Range", text: str, both: Sides | None) -> Deaths:
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


# -- figures -----------------------------------------------------------------------------------------------------------


def _figures(statements: Iterable[Statement], kind: str, profile: CountProfile) -> list[Figure]:
    figures: list[Figure] = []
    for statement in statements:
        harm = statement.harm
        if harm.kind != kind or harm.nobody:
            continue
        groups = [(people, bounds) for people in harm.people if (bounds := counted(people, profile)) is not None]
        if not groups:
            continue
        last = figures[-1] if figures else None
        apart = (
            harm.total
            or (last is not None and last.total)
            or (
                last is not None
                and (last.self_inflicted, last.prior) != (harm.self_inflicted, harm.prior and statement.speaker is None)
            )
        )
        if last is None or apart or (last.sentence, last.speaker) != (statement.sentence, statement.speaker):
            last = Figure(kind, statement.sentence, statement.speaker, statement.early, statement.late)
            last.revised = statement.revised
            figures.append(last)
        known = {(people.start, people.end) for people, _ in last.groups}
        groups = [(p, b) for p, b in groups if (p.start, p.end) not in known and not _is_told(p, b, last.groups)]
        if len(last.groups) == len(groups) == 1 and (joined := range_of(last.groups[0][0], groups[0][0])) is not None:
            last.groups = [(joined, bounds) for bounds in (joined.bounds,) if bounds is not None]
        else:
            last.groups += groups
        last.more = last.more or harm.also or all(people.more for people, _ in groups)
        last.later = last.later or harm.later
        last.prior = harm.prior and statement.speaker is None  # "police said two had been killed" is news
        last.claimed = statement.stance == "claimed"
        last.parts = max(last.parts, sum(p.bounds.low for p in harm.parts if p.bounds is not None and p.noun))
        last.total = last.total or harm.total
        last.self_inflicted = last.self_inflicted or harm.self_inflicted
    return figures


def counted(people: People, profile: CountProfile) -> Bounds | None:
    """How many a phrase counts; None for "them", and for what the profile leaves blank."""
    if people.bounds is not None:
        return people.bounds
    if people.definite:
        return None
    return vague_counts(profile).get(people.vague)


def _move_the_dead(figures: dict[str, list[Figure]]) -> None:
    """Whoever was injured and died counts as killed only."""
    dead = {(people.start, people.end) for figure in figures["killed"] for people, _ in figure.groups}
    names = {name for figure in figures["killed"] for name in figure.names()}
    for kind in ("injured", "shot"):
        for figure in figures[kind]:
            figure.groups = [
                (people, bounds)
                for people, bounds in figure.groups
                if (people.start, people.end) not in dead and not (people.name and _last_name(people) in names)
            ]
        figures[kind] = [figure for figure in figures[kind] if figure.groups]


def _share_the_shot(shot: Sequence[Figure], killed: "_Range", injured: "_Range", text: str) -> bool:
    """Take those only said to be "shot" for injured, but for those said to have died; whether there are any."""
    if not shot or injured.base:
        return False
    spread = _Range(text)
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
    left = list(islice(dead, _MOST_PERSONS))
    died = 0
    for figure in islice(injured, _MOST_PERSONS):
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


def _camp(people: People) -> str:
    """Which of the parties that can be counted apart people belong to."""
    return people.camp or people.victims


def _is_told(people: People, bounds: Bounds, before: Sequence[tuple[People, Bounds]]) -> bool:
    """Whether a phrase repeats one of the same sentence: "them", or the same number again."""
    if before and _points_back(people):
        return True
    return people.numbered and any(
        bounds == other and bounds.low > 1 and known.numbered and (people.noun in ("", known.noun) or not known.noun)
        for known, other in before
    )


def _points_back(people: People) -> bool:
    return people.definite and not people.name and people.victims != "perpetrators"


def _from_the_wounded(figure: Figure) -> int:
    """How many of those who died were counted as injured before ("two of the wounded", "one of them died")."""
    return sum(bounds.best for people, bounds in figure.groups if people.of_them or people.of_wounded)


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a name was told before: its last word, where it has several its first too."""
    words = name.lower().split()
    return words[-1] in known and (len(words) == 1 or words[0] in known)


def _last_name(people: People) -> str:
    return people.name.split()[-1].lower()


# -- ranges ------------------------------------------------------------------------------------------------------------


class _Range:
    """The figures of one harm that stand: those that add up, and the rivals that contradict them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.base: list[Figure] = []
        self.rivals: list[Figure] = []
        self.less = 0
        self.known: set[str] = set()

    @property
    def low(self) -> int:
        return sum(figure.low for figure in self.base)

    @property
    def best(self) -> int:
        return sum(figure.best for figure in self.base)

    @property
    def top(self) -> int:
        return sum(figure.top for figure in self.base)

    @property
    def is_individuals(self) -> bool:
        """Whether only single persons were told of."""
        return bool(self.base) and all(figure.is_individuals for figure in self.base)

    def points_back_behind(self, other: "_Range") -> bool:
        """Whether it tells only of people told of before, behind the first figure of another harm."""
        if not self.base or not other.base or not all(figure.is_back_reference for figure in self.base):
            return False
        return self.base[0].groups[0][0].start > other.base[0].groups[0][0].start

    def take(self, figure: Figure) -> None:
        """Take in the next figure of the text."""
        figure.groups = [g for g in figure.groups if not (g[0].name and _is_known(g[0].name, self.known))]
        if not figure.groups:
            return
        for people, _ in figure.groups:
            self.known.update(people.name.lower().split())
        if self._tells_again(figure):
            return
        for relation, apply in (
            (self._opens, self._replace),
            (self._repeats, None),
            (self._replaces, self._replace),
            (self._adds, self._add),
            (self._contradicts, self._oppose),
        ):
            if relation(figure):
                if apply is not None:
                    apply(figure)
                return

    def _tells_again(self, figure: Figure) -> bool:
        """Take those out of single persons who may be single persons told of before; whether nobody is left."""
        if not (self.is_individuals and figure.is_individuals) or figure.on_top or figure.more:
            return False
        told = islice(((people for known in reversed(self.base) for people, _ in known.groups)), _MOST_PERSONS)
        left = list(told)[::-1]
        others = []
        for people, bounds in figure.groups:
            now = person(people, self.text)
            same = next((known for known in left if can_be_one(person(known, self.text), now)), None)
            if same is None:
                others.append((people, bounds))
            else:
                left.remove(same)
        figure.groups = others
        return not others

    # -- relations of a new figure to those before it

    def _opens(self, figure: Figure) -> bool:
        """Whether it is the first figure, or better than what stands: vague words, first reports, a bomber's death."""
        if not self.base:
            return True
        if all(known.self_inflicted for known in self.base):
            return True
        if all(known.prior for known in self.base) and not figure.prior:
            return True
        if figure.is_vague or figure.is_back_reference:
            return False
        if all(known.is_vague for known in self.base):
            return True
        return all(known.early for known in self.base) and not figure.early and not figure.is_individuals

    def _repeats(self, figure: Figure) -> bool:
        if figure.is_vague or figure.is_back_reference or figure.self_inflicted or figure.prior:
            return True
        if all(people.of_them or (people.part and people.noun == "victim") for people, _ in figure.groups):
            return True
        if figure.on_top or figure.comes_beside or figure.is_individuals:
            return False
        return figure.low == self.low and figure.top == self.top

    def _replaces(self, figure: Figure) -> bool:
        """Whether it is a toll brought up to date, or a number for all after single persons."""
        first = self.base[0]
        bigger = figure.low > self.top
        same_voice = figure.speaker == first.speaker
        if figure.total and (figure.revised or (figure.top >= self.low and (figure.late or same_voice))):
            return True
        if figure.late and bigger and self._covers(figure) and not figure.on_top:
            return True
        if self.is_individuals and not figure.is_individuals and not figure.comes_beside:
            return bigger and self._covers(figure)
        return False

    def _adds(self, figure: Figure) -> bool:
        """Figures of one sentence and voice, of other victims, of more victims, of other single persons."""
        last = self.base[-1]
        if figure.sentence == last.sentence and figure.speaker == last.speaker:
            return not figure.total and not last.total
        if figure.on_top or (figure.later and figure.more):
            return True
        if self._is_apart(figure) and not (figure.claimed and figure.speaker != last.speaker):
            return True
        if self.is_individuals:
            return figure.comes_beside or figure.is_individuals
        return False

    def _contradicts(self, figure: Figure) -> bool:
        return not figure.early and not figure.is_individuals and self._covers(figure)

    def _covers(self, figure: Figure) -> bool:
        """Whether a figure can count the same people as the base, all of them."""
        mine = {people.noun for known in self.base for people, _ in known.groups}
        return figure.is_generic or all(people.noun in mine or people.noun in _WHOLES for people, _ in figure.groups)

    def _is_apart(self, figure: Figure) -> bool:
        """Whether a figure counts others than the base: fighters beside civilians."""
        mine = {_camp(people) for known in self.base for people, _ in known.groups}
        theirs = {_camp(people) for people, _ in figure.groups}
        return "all" not in mine | theirs and not mine & theirs

    # -- what follows from them

    def _replace(self, figure: Figure) -> None:
        self.base = [figure]

    def _add(self, figure: Figure) -> None:
        self.base.append(figure)

    def _oppose(self, figure: Figure) -> None:
        self.rivals.append(figure)

    def count(self, text: str) -> Count | None:
        """Make the range a record; None without figures."""
        if not self.base:
            return None
        highs = [figure.high for figure in self.base]
        high = None if None in highs else max(0, sum(h for h in highs if h is not None) - self.less)
        low, best = max(0, self.low - self.less), max(0, self.best - self.less)
        if self.less and not best:
            return None
        low, best, high = self._widened(low, best, high)
        people = [people for people, _ in self.base[0].groups]
        start, end = min(p.start for p in people), max(p.end for p in people)
        stated = self._qualifier(low, high)
        return Count(low=low, best=best, high=high, qualifier=stated, text=text[start:end], start=start, end=end)

    def _qualifier(self, low: int, high: int | None) -> Qualifier:
        stated = {people.qualifier for figure in self.base for people, _ in figure.groups}
        if len(stated) == 1 and not (self.rivals and low != high):
            only = stated.pop()
            if only not in ("exact", "about", "at_least") or low == high or (only == "at_least" and high is None):
                return only
        if high is None:
            return "at_least"
        return "exact" if low == high else "range"

    def _widened(self, low: int, best: int, high: int | None) -> tuple[int, int, int | None]:
        """Take in the rivals: two sources make a range, they close an open end, they open an "up to" at its foot."""
        speaker = self.base[0].speaker
        stated = [people.qualifier for figure in self.base for people, _ in figure.groups]
        at_most = all(qualifier == "at_most" for qualifier in stated)
        if stated == ["range"] and speaker is None:
            return low, best, high  # the article has weighed the sources itself
        for rival in self.rivals:
            if high is None:
                continue
            if at_most and rival.low < high:
                low = rival.low if low <= self._floor() else min(low, rival.low)
            elif speaker and rival.speaker and rival.speaker != speaker:
                low, best, high = min(low, rival.low), best, max(high, rival.top)
        if high is None:
            high = max((rival.top for rival in self.rivals if rival.top > low), default=None)
        if at_most:
            low = max(low, self._floor())
        if high is not None:
            low = min(low, high)
        return low, max(low, best if high is None else min(best, high)), high

    def _floor(self) -> int:
        """Lowest number an "up to" leaves open: those it names as part of it."""
        return max(1, *(figure.parts for figure in self.base))


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

"""What one sentence and voice says of one harm: phrases of people that add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from geoevents.incidents.harms import Harm
from geoevents.incidents.nodes import range_of
from geoevents.incidents.people import People
from geoevents.incidents.profiles import Bounds, vague_counts
from geoevents.model import Quote, Stance, Victims
from geoevents.settings import CountProfile

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
        return all(points_back(people) for people, _ in self.groups)

    def names(self) -> set[str]:
        """Last names in it."""
        return {last_name(people) for people, _ in self.groups if people.name}

    def victims(self) -> set[Victims]:
        """Classes of its victims."""
        return {people.victims for people, _ in self.groups}


def figures_of(statements: Iterable[Statement], kind: str, profile: CountProfile) -> list[Figure]:
    """Figures of one harm, in the order of the text."""
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


def _is_told(people: People, bounds: Bounds, before: Sequence[tuple[People, Bounds]]) -> bool:
    """Whether a phrase repeats one of the same sentence: "them", or the same number again."""
    if before and points_back(people):
        return True
    return people.numbered and any(
        bounds == other and bounds.low > 1 and known.numbered and (people.noun in ("", known.noun) or not known.noun)
        for known, other in before
    )


def points_back(people: People) -> bool:
    """Whether a phrase only points back to people told of before."""
    return people.definite and not people.name and people.victims != "perpetrators"


def last_name(people: People) -> str:
    """Last word of a name, in small letters."""
    return people.name.split()[-1].lower()

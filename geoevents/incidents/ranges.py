"""The figures of one harm that stand: those that add up, and the rivals that contradict them.

Figures that add up (three soldiers and two civilians; two more who died later), that say the same again, that replace
(the toll rose to 17), and that contradict each other (police say 12, the hospital 15).
"""

from itertools import islice
from typing import Final

from geoevents.incidents.figures import Figure
from geoevents.incidents.people import People
from geoevents.incidents.persons import can_be_one, person
from geoevents.model import Count, Qualifier

#: nouns that can name all victims of an event, whatever they were called before
_WHOLES: Final = frozenset(("civilian", "member", "martyr", "resident", "palestinian", "dead"))
#: single persons that are looked back at, so that a text of nothing but victims costs no more than its length
MOST_PERSONS: Final = 40


class Range:
    """The figures of one harm that stand: those that add up, and the rivals that contradict them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.base: list[Figure] = []
        self.rivals: list[Figure] = []
        self.less = 0
        self.known: set[str] = set()

    @property
    def low(self) -> int:
        """Least of the figures that add up."""
        return sum(figure.low for figure in self.base)

    @property
    def best(self) -> int:
        """Best guess of the figures that add up."""
        return sum(figure.best for figure in self.base)

    @property
    def top(self) -> int:
        """Highest number they name."""
        return sum(figure.top for figure in self.base)

    @property
    def is_individuals(self) -> bool:
        """Whether only single persons were told of."""
        return bool(self.base) and all(figure.is_individuals for figure in self.base)

    def points_back_behind(self, other: "Range") -> bool:
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
        told = islice(((people for known in reversed(self.base) for people, _ in known.groups)), MOST_PERSONS)
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


def _camp(people: People) -> str:
    """Which of the parties that can be counted apart people belong to."""
    return people.camp or people.victims


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a name was told before: its last word, where it has several its first too."""
    words = name.lower().split()
    return words[-1] in known and (len(words) == 1 or words[0] in known)

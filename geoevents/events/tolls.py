"""One range out of what many articles say: least to most of the figures that stand, and the best of them by a rule.

Figures are never added up. Which stand:

- a vague figure ("dozens", a bare plural) gives way to a number;
- a figure for a part of the victims ("three soldiers"; "the two midwives who died", where all that the article counts
  adds up to what another gives for all) gives way to a greater one for all;
- a revised toll ("rose to 17", "lowered to 9") replaces what other articles said before that day;
- a copy of a wire report counts once;
- where one article counts more dead than another, and says nothing of the injured, the further dead may be of the
  other's injured: so many fewer injured are a figure too, or one shot on Monday who died on Tuesday would be two.

Best: of the latest reports that state a number, the one most of them give, else the lowest (GTD's rule); for the
profiles of other codebooks see :data:`_RULES`.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from geoevents.events.reports import Report
from geoevents.model import Claim, Count, Deaths
from geoevents.settings import CountProfile

Harm = Literal["killed", "injured"]

_VAGUE: Final = frozenset(("vague", "implied"))
_WHOLE: Final = frozenset(("all", "unknown"))
#: words by which an article says that its figure takes the place of an earlier one
_REVISING: Final = re.compile(
    r"\b(?:ris(?:es?|en|ing)|rose|climb(?:s|ed)?|grew|grown|increased?|jump(?:s|ed)|lower(?:s|ed)|revis(?:es|ed|ing)|"
    r"correct(?:s|ed)|updat(?:es|ed)|reduced|bring(?:s|ing)|brought|final|later died|died later|"
    r"died (?:of|from) (?:his|her|their|the) (?:wounds|injuries)|died in hospital)\b",
    re.IGNORECASE,
)
_QUOTE: Final = 600  # characters of a quote that are looked at


@dataclass(frozen=True, slots=True)
class Figure:
    """What one report says of one harm.

    Attributes
    ----------
    vague
        It is no number that was counted.
    sum
        All that the article counts, where the figure is one for people told of before ("the two midwives"); else 0.
    """

    count: Count
    vague: bool
    published: date | None
    whole: bool
    revising: bool
    is_copy: bool
    sum: int = 0


def agreed(reports: Sequence[Report], harm: Harm, profile: CountProfile) -> Count | None:
    """Range over the figures of `reports` that stand; None where none says anything."""
    figures = [figure for report in reports if (figure := _figure(report, harm))]
    if harm == "injured" and figures:
        figures += [figure for report in reports if (figure := _left_over(report, reports))]
    return spanning(figures, profile)


def _left_over(report: Report, reports: Sequence[Report]) -> Figure | None:
    """Injured that are left by a report that tells of further dead only; None where there are no further dead."""
    dead = report.incident.killed
    if report.incident.injured or dead is None or dead.qualifier in _VAGUE:
        return None
    left = []
    for other in reports:
        injured, killed = other.incident.injured, other.incident.killed
        further = dead.best - (killed.best if killed else 0)
        if injured and further > 0:
            left.append((max(0, injured.low - further), injured))
    if not left:
        return None
    most, injured = max(left, key=lambda item: (item[0], -item[1].start))
    count = replace(injured, low=most, best=most, high=most, qualifier="implied")
    return Figure(count, vague=False, published=report.published, whole=True, revising=False, is_copy=report.is_copy)


def agreed_deaths(reports: Sequence[Report], profile: CountProfile) -> Deaths:
    """Deaths by side, each over the reports that tell them apart."""
    found = {}
    for side in Deaths.__dataclass_fields__:
        counts = [(report, count) for report in reports if (count := getattr(report.incident.deaths, side))]
        found[side] = spanning([_plain(report, count) for report, count in counts], profile)
    return Deaths(**found)


def _plain(report: Report, count: Count) -> Figure:
    vague = count.qualifier in _VAGUE
    return Figure(count, vague=vague, published=report.published, whole=True, revising=False, is_copy=report.is_copy)


def _figure(report: Report, harm: Harm) -> Figure | None:
    count: Count | None = getattr(report.incident, harm)
    if count is None:
        return None
    claims = [claim for claim in report.incident.claims if claim.harm == harm]
    return replace(
        _plain(report, count),
        whole=not claims or any(claim.victims in _WHOLE for claim in claims),
        sum=sum(claim.count.best for claim in claims) if count.text.lower().startswith("the ") else 0,
        revising=any(_revises(claim, count) for claim in claims),
    )


def _revises(claim: Claim, count: Count) -> bool:
    """Whether a claim gives the report's own figure, in words that replace an earlier one."""
    own = claim.count.low in (count.low, count.high)
    return own and (claim.stance == "revised" or bool(_REVISING.search(claim.quote.text[:_QUOTE])))


def spanning(figures: Sequence[Figure], profile: CountProfile) -> Count | None:
    """Range over the figures that stand; None without figures."""
    if not figures:
        return None
    standing = _standing(figures)
    own = [figure for figure in standing if not figure.is_copy] or list(standing)
    best = _RULES[profile](own)
    low = min(figure.count.low for figure in standing)
    high = _high([figure.count for figure in standing])
    middle = max(low, best.count.best if high is None else min(best.count.best, high))
    same = (best.count.low, best.count.high) == (low, high)
    return replace(best.count, low=low, best=middle, high=high, qualifier=best.count.qualifier if same else "range")


def _standing(figures: Sequence[Figure]) -> Sequence[Figure]:
    numbers = [figure for figure in figures if not figure.vague] or figures
    whole = max((figure.count.best for figure in numbers if figure.whole), default=-1)
    told = {figure.count.best for figure in numbers if figure.whole}
    numbers = [
        f for f in numbers if f.count.best >= whole or (f.whole and (f.sum <= f.count.best or f.sum not in told))
    ]
    revised = max((f.published for f in numbers if f.revising and f.published), default=date.min)
    return [figure for figure in numbers if figure.published is None or figure.published >= revised]


def _high(counts: Sequence[Count]) -> int | None:
    """Most of the closed ends; open where an open figure reaches as high as all closed ones."""
    closed = max((count.high for count in counts if count.high is not None), default=-1)
    opened = max((count.best for count in counts if count.high is None), default=-1)
    return None if opened >= closed else closed


# -- which figure is best ----------------------------------------------------------------------------------------------

Rule = Callable[[Sequence[Figure]], Figure]


def _lowest(figures: Sequence[Figure]) -> Figure:
    return min(figures, key=lambda figure: (figure.count.best, figure.count.start, figure.count.text))


def _majority(figures: Sequence[Figure]) -> Figure:
    """Figure that most reports give; the lowest of several that as many give."""
    votes = Counter(figure.count.best for figure in figures)
    most = max(votes.values())
    return _lowest([figure for figure in figures if votes[figure.count.best] == most])


def _latest(figures: Sequence[Figure]) -> Figure:
    """Majority of the reports of the latest day."""
    latest = max((figure.published for figure in figures if figure.published), default=None)
    return _majority([figure for figure in figures if figure.published == latest])


#: profile → how the best figure is chosen: ACLED takes the lowest, UCDP the one best supported, GTD the most recent,
#: else a majority, else the lowest; IBC's and Airwars' ranges span all sources, and take GTD's rule within
_RULES: Final[Mapping[CountProfile, Rule]] = {
    "ranges": _latest,
    "acled": _lowest,
    "ucdp": _majority,
    "gtd": _latest,
    "airwars": _latest,
}

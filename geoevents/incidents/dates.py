"""All date expressions of a document, resolved against the article's own date.

What stays unsaid stays unsaid: without an article date "yesterday" gives nothing, and so does "22 August" unless its
year stands beside it. A weekday is the last one up to the article's date; a day and month without a year is the last
such day up to it; both lie ahead where the words before them speak of what is to come ("will meet on Sunday").
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Final, NamedTuple

from geoevents.codes import date_precision
from geoevents.incidents._calendar import Days
from geoevents.incidents._date_rules import resolvers, scanner
from geoevents.incidents._date_words import OTHER, Basis, Context, Phrase, Reading, word_classes
from geoevents.incidents._tables import table, word_set
from geoevents.model import When
from geoevents.text.words import Words

#: every date has a word of one of these classes; rows of date words without one ("in the", "after that") are skipped
_ANCHORS: Final = (
    "weekday weekday_short month month_short month_doubtful season season_doubtful today yesterday tomorrow overnight "
    "recently weekend year decade night part day_unit hour_unit week_unit month_unit year_unit decade_unit slash"
).split()
_FUTURE_REACH: Final = 8  # words before a date that may say "will"; chosen on sentences of GMB with "will … Sunday"
_FUTURE: Final = word_set("future")
_NO_DATE_AFTER: Final = word_set("no date after")
_ANCHOR_REACH: Final = 3  # sentences over which "the next day" still looks back to a date
_LOOK_BACK: Final = 8  # dates looked at for that: a table of dates must not cost its square
_MONTH_OPENERS: Final = word_set("month openers")
_YEAR_OPENERS: Final = word_set("year openers")
_PRAYER_OPENERS: Final = word_set("prayer openers")
_CLOSERS: Final = word_set("closers")


class DatePhrase(NamedTuple):
    """Date expression and where it stands.

    Attributes
    ----------
    when
        The days it means, its words with their offsets, the precision and the reason.
    first, stop
        Its words, as a range of :class:`~geoevents.text.words.Words`.
    sentence
        Number of its sentence.
    basis
        ``stated`` (the year is in the text), ``reckoned`` from the article's date, ``anchored`` to a date before it in
        the text, ``since`` (an open start) or ``future`` (still to come when the article was written).
    """

    when: When
    first: int
    stop: int
    sentence: int
    basis: Basis


class _Match(NamedTuple):
    """Words that fit a rule, and the words of the sentence directly before and after them."""

    rule: str
    first: int
    stop: int
    sentence: int
    before: str
    after: str


def find_dates(words: Words, published: date | None = None) -> tuple[DatePhrase, ...]:
    """Date expressions in the order of the text, without overlaps.

    Parameters
    ----------
    words
        The document's words.
    published
        The article's own date; without it only dates that state their year are given.
    """
    found: list[DatePhrase] = []
    for match in _matches(words):
        if not _plausible(words, match):
            continue
        reading = _read(words, match, published, found)
        if reading is not None:
            found.append(_phrase(words, match, reading))
    return tuple(found)


@lru_cache(maxsize=1)
def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    """Letter of each date word, and the pattern of an anchor."""
    classes = word_classes()
    anchors = "".join(sorted({c.letter for c in classes.values() if c.name in _ANCHORS}))
    return {word: c.letter for word, c in classes.items()}, re.compile(f"[{anchors}]")


def _matches(words: Words) -> Iterator[_Match]:
    letters, anchors = _letters()
    shape = "".join(map(letters.get, words.lower, repeat(OTHER)))
    done = 0
    for anchor in anchors.finditer(shape):
        at = anchor.start()
        if at < done:
            continue
        number = words.sentence_of[at]
        sentence = words.sentences[number]
        start = max(sentence.start, shape.rfind(OTHER, 0, at) + 1, done)
        end = shape.find(OTHER, at)
        done = sentence.stop if end < 0 else min(sentence.stop, end)
        for rule, first, stop in _fitting(
            shape[start : min(done + 1, sentence.stop)]
        ):  # a rule may look at what follows
            yield _match_of(words, rule, (start + first, start + stop), number)


@lru_cache(maxsize=2048)
def _fitting(shape: str) -> tuple[tuple[str, int, int], ...]:
    """Rules that fit in a stretch of date words, and where; stretches such as that of "on Friday" come again."""
    return tuple([(match.lastgroup, *match.span()) for match in scanner().finditer(shape) if match.lastgroup])


def _match_of(words: Words, rule: str, span: tuple[int, int], number: int) -> _Match:
    sentence = words.sentences[number]
    first, stop = span
    before = words.lower[first - 1] if first > sentence.start else ""
    after = words.lower[stop] if stop < sentence.stop else ""
    return _Match(rule, first, stop, number, before, after)


# -- what looks like a date and is none --------------------------------------------------------------------------------


def _plausible(words: Words, match: _Match) -> bool:
    owned = match.before == "by" and match.after == "'s"  # "killed by Friday's bomb"
    if (match.before in _NO_DATE_AFTER and not owned) or _is_name(words, match) or not _well_written(words, match):
        return False
    test = _TESTS.get(match.rule)
    return test is None or test(words, match)


def _is_name(words: Words, match: _Match) -> bool:
    traps_before, traps_after = _traps()
    if match.before in traps_before and words.capital(match.first - 1):
        return True
    group = match.rule in ("day_of_month", "month_and_day") and match.after in _GROUPS
    if group or (match.after in traps_after and words.capital(match.stop)):
        return True
    quoted = match.before in _QUOTES and match.after in _QUOTES
    return quoted and match.stop - match.first <= 2  # the "9 May" front


_QUOTES: Final = frozenset('"“”')
#: "the 17 November group": after a day of a month also without a capital
_GROUPS: Final = word_set("groups")


@lru_cache(maxsize=1)
def _traps() -> tuple[frozenset[str], frozenset[str]]:
    rows = table("date_traps")
    before, after = (frozenset(row["word"] for row in rows if row["side"] == side) for side in ("before", "after"))
    return before, after


def _well_written(words: Words, match: _Match) -> bool:
    """Short and doubtful names ("Sat", "Mar", "May") count with a capital only."""
    if words.shouted[match.sentence]:
        return True
    classes = word_classes()
    doubtful = ("weekday_short", "month_short", "month_doubtful")
    return all(
        words.capital(i)
        for i in range(match.first, match.stop)
        if (c := classes.get(words.lower[i])) and c.name in doubtful
    )


def _lone_month(words: Words, match: _Match) -> bool:
    name = words.lower[match.first]
    if word_classes()[name].name == "month_short":
        return match.before in _MONTH_OPENERS and not words.shouted[match.sentence]
    return match.before in _MONTH_OPENERS or (match.after == "'s" and word_classes()[name].name == "month")


def _month_pair(words: Words, match: _Match) -> bool:
    doubtful = word_classes()[words.lower[match.first]].name != "month"
    return not doubtful or match.before in _MONTH_OPENERS or match.before == "between"


def _lone_year(words: Words, match: _Match) -> bool:
    """Tell years from numbers: after "in" or "since", or between "the" and a noun ("the 2003 invasion")."""
    if match.after in _UNITS_OF_MEASURE:
        return False
    if match.before in ("the", "'s"):
        return bool(match.after) and match.after[0].isalpha() and match.after not in _COUNTED
    if match.before not in _YEAR_OPENERS:
        return match.before in "(" and match.after in ")" and bool(match.before and match.after)
    if match.before == "of":
        return not match.after or not match.after[0].isalpha() or match.after in _CLOSERS
    counts = match.after in _COUNTED or (match.after.endswith("s") and match.after not in _CLOSERS)
    return not (counts and words.lower[match.first].endswith("00"))


_COUNTED: Final = word_set("counted")
_UNITS_OF_MEASURE: Final = word_set("units of measure")


def _year_pair(words: Words, match: _Match) -> bool:
    joined = words.lower[match.first + 1]
    return joined in "-–/" or (
        len(words.lower[match.stop - 1]) == 4 and (joined != "and" or match.before in ("between", "from"))
    )


def _lone_weekday(words: Words, match: _Match) -> bool:
    if match.after in ("prayers", "prayer"):
        return match.before in _PRAYER_OPENERS
    classes = word_classes()
    short = [i for i in range(match.first, match.stop) if classes[words.lower[i]].name == "weekday_short"]
    return not short or not (words.shouted[match.sentence] or words.lower[short[0]] in ("sun", "sat"))


def _weekday_pair(words: Words, match: _Match) -> bool:
    return match.after not in ("prayers", "prayer") and _lone_weekday(words, match)


def _lone_season(words: Words, match: _Match) -> bool:
    """Take "last summer" and "the spring of 2011"; "the Arab Spring" and "a fall" are no seasons."""
    names = {word_classes()[words.lower[i]].name for i in range(match.first, match.stop)}
    if "year" in names:
        return True
    named = bool(names & {"last", "this", "past"})
    return named and "season_doubtful" not in names


def _clause_ends(words: Words, match: _Match) -> bool:
    """Look back from "the day before" only where nothing follows that it could be before ("the vote")."""
    ends = not match.after or not match.after[0].isalnum() or match.after in ("in", "at", "by")
    return ends or words.lower[match.stop - 1] != "before"


def _follows_date(words: Words, match: _Match) -> bool:
    """Count back in "on Monday, two days after the raid", not in "two days after the raid, police said"."""
    known = word_classes().get(words.lower[match.first - 2]) if match.before == "," else None
    return known is not None and known.name in _DAYS


_DAYS: Final = frozenset(("weekday", "weekday_short", "day", "ordinal", "year", "today", "yesterday"))


def _lone_decade(words: Words, match: _Match) -> bool:
    """Tell "the 80s" from "a man in his 40s"."""
    return match.stop - match.first > 1 or len(words.lower[match.first]) > 3 or match.before == "the"


_TESTS: Final = {
    "decade": _lone_decade,
    "month": _lone_month,
    "month_span": _month_pair,
    "year": _lone_year,
    "years": _year_pair,
    "weekday": _lone_weekday,
    "weekday_span": _weekday_pair,
    "season": _lone_season,
    "day_before": _clause_ends,
    "so_long_before": _clause_ends,
    "so_long_after": _follows_date,
}


# -- what it means -----------------------------------------------------------------------------------------------------


def _read(words: Words, match: _Match, published: date | None, found: list[DatePhrase]) -> Reading | None:
    context = Context(
        published, _anchor(found, match), _stated_year(found, match, published), _speaks_of_future(words, match)
    )
    classes = word_classes()
    part = words.lower[match.first : match.stop]
    try:
        reading = resolvers()[match.rule](Phrase(tuple([classes[word] for word in part]), part), context)
    except (ValueError, OverflowError):  # 30 February, or a day before the first year of the calendar
        return None
    if reading is None or reading.days[0] > reading.days[1]:
        return None
    return _opened(words, match, reading, published)


def _opened(words: Words, match: _Match, reading: Reading, published: date | None) -> Reading | None:
    """Open "since 8 August" up to the article's date; "after 2003" says nothing of an event's time."""
    sentence = words.sentences[match.sentence]
    leading = words.lower[max(sentence.start, match.first - 2) : match.first]
    if "after" in leading[-1:] and reading.days[1].toordinal() - reading.days[0].toordinal() > 300:
        return None
    if "since" not in leading or (leading[-1] != "since" and leading[-1] not in ("the", "at", "early", "late")):
        return reading
    start = reading.days[0]
    end = max(published, reading.days[1]) if published else reading.days[1]
    return Reading((start, end), f"since then, {reading.reason}", "since")


def _anchor(found: list[DatePhrase], match: _Match) -> Days | None:
    for phrase in reversed(found[-_LOOK_BACK:]):
        if match.sentence - phrase.sentence > _ANCHOR_REACH:
            return None
        if phrase.basis not in ("future", "since"):
            return phrase.when.start, phrase.when.end
    return None


def _stated_year(found: list[DatePhrase], match: _Match, published: date | None) -> int | None:
    """Year of a stated date in the same sentence; where nothing else could tell, of one shortly before."""
    reach = 0 if published else _ANCHOR_REACH
    for phrase in reversed(found[-_LOOK_BACK:]):
        if match.sentence - phrase.sentence > reach:
            return None
        if phrase.basis == "stated" and phrase.when.start.year == phrase.when.end.year:
            return phrase.when.start.year
    return None


def _speaks_of_future(words: Words, match: _Match) -> bool:
    start = max(words.sentences[match.sentence].start, match.first - _FUTURE_REACH)
    before = words.lower[start : match.first]
    if any(
        word in _FUTURE and not (word == "due" and before[i + 1 : i + 2] == ("to",)) for i, word in enumerate(before)
    ):
        return True
    after = words.lower[match.stop : match.stop + 1]
    return before[-1:] == ("for",) and after != ("'s",) and match.rule not in ("ago", "calendar_unit")


def _phrase(words: Words, match: _Match, reading: Reading) -> DatePhrase:
    start, end = words.span(match.first, match.stop)
    first, last = reading.days
    when = When(
        start=first,
        end=last,
        prec=date_precision((last - first).days + 1),
        text=words.text[start:end],
        text_start=start,
        text_end=end,
        reason=reading.reason,
    )
    return DatePhrase(when=when, first=match.first, stop=match.stop, sentence=match.sentence, basis=reading.basis)

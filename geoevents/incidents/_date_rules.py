"""The grammar of dates: which words in which order are a date, and which days they mean.

A sentence is first rewritten with one letter for each word's class (``on Friday, August 22`` becomes the letters of
*on weekday comma month day*), so that a rule is a short pattern over class names and the scan is one regular expression
over a short string. The rules stand in one table, the first that fits wins. Precisions are UCDP's.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from geoevents.incidents import _calendar as cal
from geoevents.incidents._calendar import Days
from geoevents.incidents._date_words import OTHER, Context, Phrase, Reading, Resolver, word_classes

# -- dates that name a month or a year ---------------------------------------------------------------------------------


def _iso(p: Phrase, _: Context) -> Reading:
    month, day = p.days
    found = date(p.values("year")[0], month, day)
    return Reading((found, found), "year, month and day in digits", "stated")


def _digits(p: Phrase, c: Context) -> Reading | None:
    first, second = p.days
    year = p.year or 0
    year += 100 if year < 1930 else 0
    readings = [
        date(year, month, day)
        for day, month in {(first, second), (second, first)}
        if month <= 12 and _exists(year, month, day)
    ]
    if len(readings) > 1:
        if c.published is None:
            return None
        published = c.published
        readings.sort(key=lambda day: (day > published + cal.GRACE, abs(day - published)))
        reason = "day and month in digits, in the order nearest to the article's date"
        return Reading((readings[0], readings[0]), reason, "stated")
    return Reading((readings[0], readings[0]), "day, month and year in digits", "stated") if readings else None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= cal.month(year, month)[1].day


def _nine_eleven(p: Phrase, _: Context) -> Reading | None:
    day = date(2001, 9, 11)
    return Reading((day, day), "name of the attacks of 11 September 2001", "stated") if p.days == [9, 11] else None


def _day(p: Phrase, c: Context) -> Reading | None:
    return _dated(p.months[0], p.days[0], p.months[0], p.days[0], p.year, c)


def _day_span(p: Phrase, c: Context) -> Reading | None:
    months = p.months * 2
    return _dated(months[0], p.days[0], months[1], p.days[1], p.year, c)


def _dated(month_a: int, day_a: int, month_b: int, day_b: int, year: int | None, c: Context) -> Reading | None:
    """Days from one day of a month to another; the end is placed first, the start is the last such day before it."""
    if year is not None:
        end, reason, basis = date(year, month_b, day_b), "the year is stated", "stated"
    elif c.year is not None:
        end, reason, basis = date(c.year, month_b, day_b), f"in {c.year}, the year stated just before", "stated"
    elif c.published is None:
        return None
    elif c.future:
        end = cal.latest(month_b, day_b, c.published)
        if end <= c.published:
            end = date(end.year + 1, month_b, day_b)
        reason, basis = "the next such day, as the words before it speak of what is to come", "future"
    else:
        end = cal.latest(month_b, day_b, c.published)
        reason, basis = "the last such day up to the article's date", "reckoned"
    start = date(end.year - ((month_a, day_a) > (month_b, day_b)), month_a, day_a)
    return Reading((start, end), reason, basis)  # type: ignore[arg-type]  # mypy takes the tuple's strings for str


def _month(p: Phrase, c: Context) -> Reading | None:
    found = _whole_months(p.months[0], p.months[-1], p.year, c)
    return _part_of_month(p, found) if found else None


def _whole_months(first: int, last: int, year: int | None, c: Context) -> Reading | None:
    year = year if year is not None else c.year
    if year is not None:
        start, end = cal.month(year - (first > last), first)[0], cal.month(year, last)[1]
        return Reading((start, end), "the year is stated", "stated")
    if c.published is None:
        return None
    start, end = cal.latest_month(last, c.published)
    if c.future and end < c.published:
        start, end = cal.month(start.year + 1, last)
        return Reading((start, end), "the next such month, as the words before it speak of what is to come", "future")
    if first != last:
        start = cal.month(start.year - (first > last), first)[0]
    end = max(start, min(end, c.published))
    return Reading((start, end), "the last such month that had begun by the article's date")


def _part_of_month(p: Phrase, found: Reading) -> Reading:
    year, month = found.days[0].year, found.days[0].month
    first, last = cal.month(year, month)
    if p.has("week_unit"):
        rank = (p.values("rank", "ordinal") or [0])[0]
        days = (
            (date(year, month, 7 * rank - 6), date(year, month, 7 * rank))
            if rank
            else (last.replace(day=last.day - 6), last)
        )
        return Reading(days, f"{found.reason}; its weeks counted from its first day", found.basis)
    if p.has("half"):
        late = p.values("rank") == [2] or p.has("late")
        days = (date(year, month, 16), last) if late else (first, date(year, month, 15))
        return Reading(days, f"{found.reason}; half a month", found.basis)
    for name, a, b in (("early", 1, 10), ("middle", 11, 20), ("late", 21, last.day)):
        if p.has(name):
            days = date(year, month, a), date(year, month, b)
            return Reading(days, f"{found.reason}; early, mid and late are its thirds", found.basis)
    return found


def _this_or_last_month_name(p: Phrase, c: Context) -> Reading | None:
    """Resolve "last July", "this May", "next March"."""
    if c.published is None:
        return None
    month = p.months[0]
    start, end = cal.latest_month(month, c.published)
    if p.has("next", "coming"):
        start, end = cal.month(start.year + 1, month)
        return Reading((start, end), "the next such month after the article's date", "future")
    if p.has("last", "past") and start <= c.published <= end:
        start, end = cal.month(start.year - 1, month)
    end = max(start, min(end, c.published))
    return _part_of_month(p, Reading((start, end), "the last such month before the article's date"))


def _years(p: Phrase, _: Context) -> Reading | None:
    first = p.values("year")[0]
    last = p.values("year", "short_year", "day")[-1]
    last = last if last > 99 else first // 100 * 100 + last
    if not first < last <= first + 60:
        return None
    return Reading((cal.year(first)[0], cal.year(last)[1]), "from one year to another", "stated")


def _year(p: Phrase, _: Context) -> Reading:
    return _part_of_year(p, Reading(cal.year(p.values("year")[0]), "a whole year", "stated"))


def _part_of_year(p: Phrase, found: Reading) -> Reading:
    year = found.days[0].year
    if p.has("half"):
        late = p.values("rank") == [2] or p.has("late")
        days = (date(year, 7, 1), date(year, 12, 31)) if late else (date(year, 1, 1), date(year, 6, 30))
        return Reading(days, f"{found.reason}, half of it", found.basis)
    for name, a, b in (("early", 1, 4), ("middle", 5, 8), ("late", 9, 12)):
        if p.has(name):
            days = cal.month(year, a)[0], cal.month(year, b)[1]
            return Reading(days, f"{found.reason}; early, mid and late are its thirds", found.basis)
    return found


def _decade(p: Phrase, _: Context) -> Reading:
    year = p.values("decade")[0]
    for name, a, b in (("early", 0, 3), ("middle", 4, 6), ("late", 7, 9)):
        if p.has(name):
            return Reading((cal.year(year + a)[0], cal.year(year + b)[1]), "part of a decade", "stated")
    return Reading((cal.year(year)[0], cal.year(year + 9)[1]), "a decade", "stated")


def _season(p: Phrase, c: Context) -> Reading | None:
    first = p.values("season", "season_doubtful")[0]
    year = p.year
    if year is None:
        if c.published is None:
            return None
        year = c.published.year
        running = cal.season(year, first)
        last = p.has("last", "past") and running[0] <= c.published <= running[1]
        year -= running[0] > c.published or last
        start, end = cal.season(year, first)
        days = start, max(start, min(end, c.published))
        return Reading(days, "the last such season of the northern half of the Earth")
    return Reading(cal.season(year, first), "a season of the northern half of the Earth", "stated")


# -- dates reckoned from the article's own -----------------------------------------------------------------------------


def _back(days: int, reason: str) -> Resolver:
    def resolve(_: Phrase, c: Context) -> Reading | None:
        if c.published is None:
            return None
        day = cal.days_before(c.published, days)
        return Reading((day, day), reason, "future" if days < 0 else "reckoned")

    return resolve


def _overnight(_: Phrase, c: Context) -> Reading | None:
    if c.published is None:
        return None
    return Reading((cal.days_before(c.published, 1), c.published), "the night before the article's date")


def _recently(_: Phrase, c: Context) -> Reading | None:
    if c.published is None:
        return None
    days = cal.days_before(c.published, 3), cal.days_before(c.published, 1)
    return Reading(days, "recently: the three days before the report (UCDP)")


def _weekday(p: Phrase, c: Context) -> Reading | None:
    if c.published is None:
        return None
    weekday = p.values("weekday", "weekday_short")[0]
    if p.has("next", "coming") or (c.future and not p.has("last", "past", "previous")):
        day = cal.weekday_after(c.published, weekday, strictly=p.has("next", "coming"))
        return Reading((day, day), "the next such day after the article's date", "future")
    strictly = p.has("last", "past", "previous")
    day = cal.weekday_before(c.published, weekday, strictly=strictly)
    where = "before" if strictly else "up to"
    return Reading((day, day), f"the last such day {where} the article's date")


def _weekday_span(p: Phrase, c: Context) -> Reading | None:
    if c.published is None:
        return None
    first, last = p.values("weekday", "weekday_short")[:2]
    end = cal.weekday_before(c.published, last)
    return Reading((cal.weekday_before(end, first), end), "the last such days up to the article's date")


def _weekday_of_week(p: Phrase, c: Context) -> Reading | None:
    """Resolve "Tuesday of last week", "a week ago Friday"."""
    if c.published is None:
        return None
    weekday = p.values("weekday")[0]
    if p.has("ago"):
        day = cal.days_before(cal.weekday_before(c.published, weekday), 7 * p.count[0])
        return Reading((day, day), "such a day, so many weeks before the last one")
    monday = cal.week(c.published)[0]
    weeks = 1 if p.has("last", "previous", "past") else -1 if p.has("next", "coming") else 0
    day = cal.days_before(monday, 7 * weeks - weekday)
    return Reading((day, day), "that day of that week", "future" if day > c.published + cal.GRACE else "reckoned")


def _weekend(p: Phrase, c: Context) -> Reading | None:
    """Saturday to Sunday (UCDP); on a weekend "last weekend" is the one before."""
    if c.published is None:
        return None
    saturday = cal.weekday_before(c.published, 5)
    if p.has("next", "coming") or c.future:
        saturday = cal.weekday_after(c.published, 5)
        return Reading((saturday, cal.days_before(saturday, -1)), "the next Saturday and Sunday", "future")
    if p.has("last", "previous") and c.published.weekday() >= 5:
        saturday = cal.days_before(saturday, 7)
    end = min(cal.days_before(saturday, -1), c.published)
    return Reading((saturday, end), "the last Saturday and Sunday up to the article's date (UCDP)")


def _ago(p: Phrase, c: Context) -> Reading | None:
    if c.published is None:
        return None
    count, vague = p.count
    return Reading(_distance(c.published, count, p.unit, vague), "so long before the article's date")


#: unit → days of one, days of leeway either way; a few stated days are exact, other units are round
_UNITS: Final[Mapping[str, tuple[int, int]]] = {"hour": (0, 0), "day": (1, 0), "week": (7, 3), "decade": (3652, 1826)}
_MANY_DAYS: Final = 7  # "eight days ago" is reckoned from the day of the report or the one before
_VAGUE_LEEWAY: Final = 2  # "a few days" and "several weeks": as many units more or fewer


def _distance(day: date, count: int, unit: str, vague: bool) -> Days:
    """Days `count` units before `day`, as roughly as people mean it."""
    more = _VAGUE_LEEWAY if vague else 0
    if unit == "month":
        return cal.months_before(day, count + more)[0], cal.months_before(day, max(count - more, 1))[1]
    if unit == "year":
        if count == 1 and not vague:
            return cal.around(cal.days_before(day, 365), 182)
        return cal.year(day.year - count - more)[0], cal.year(day.year - max(count - more, 1))[1]
    size, leeway = _UNITS[unit]
    if unit == "day" and count >= _MANY_DAYS:
        leeway = 1
    if unit == "hour":
        return cal.days_before(day, -(-count // 24) if not vague else 1), day
    reach = leeway + more * size
    start, end = cal.around(cal.days_before(day, count * size), reach)
    return start, min(end, day)


def _window(p: Phrase, c: Context) -> Reading | None:
    """Resolve "in the last two weeks": from so many days ago until the article's date."""
    base = c.anchor[0] if p.has("previous") and c.anchor else c.published
    if base is None:
        return None
    count, _ = p.count if p.has("number", "day", "short_year") else ((3, True) if p.has("recent") else (1, False))
    sizes = {"hour": -(-count // 24), "day": count, "week": 7 * count, "month": 30 * count}
    back = sizes.get(p.unit, (3652 if p.unit == "decade" else 365) * count)
    return Reading((cal.days_before(base, back), base), "so long up to the article's date")


def _calendar_unit(p: Phrase, c: Context) -> Reading | None:
    """Resolve "last week", "this month", "late last year", "earlier this week"."""
    if c.published is None:
        return None
    back = 1 if p.has("last", "previous", "past") else -1 if p.has("next", "coming") else 0
    day, unit = c.published, p.unit
    if unit == "week":
        found = Reading(cal.week(cal.days_before(day, 7 * back)), "a week from Monday to Sunday")
        found = _part_of_week(p, found)
    elif unit == "month":
        found = _part_of_month(p, Reading(cal.months_before(day, back), "a calendar month"))
    elif unit == "decade":
        first = day.year // 10 * 10 - 10 * back
        found = Reading((cal.year(first)[0], cal.year(first + 9)[1]), "a decade")
    else:
        found = _part_of_year(p, Reading(cal.year(day.year - back), "a calendar year"))
    if back < 0:
        return found._replace(basis="future")
    start, end = found.days
    return found._replace(days=(start, max(start, min(end, day))))


def _part_of_week(p: Phrase, found: Reading) -> Reading:
    monday = found.days[0]
    for name, a, b in (("early", 0, 2), ("middle", 1, 3), ("late", 3, 6)):
        if p.has(name):
            days = cal.days_before(monday, -a), cal.days_before(monday, -b)
            return Reading(days, f"{found.reason}, part of it", found.basis)
    return found


# -- dates reckoned from another date of the text ----------------------------------------------------------------------


#: unit → the longest span of days that can still be counted on from
_ANCHOR_SPAN: Final[Mapping[str, int]] = {"hour": 1, "day": 7, "week": 7, "month": 31, "year": 366, "decade": 3653}


def _from_anchor(p: Phrase, c: Context) -> Reading | None:
    """Count from a date before it: "ten days later", "the next day", "a day earlier", "that day".

    What "Monday, two days after" leads to was two days before Monday.
    """
    if c.anchor is None or (c.anchor[1] - c.anchor[0]).days >= _ANCHOR_SPAN[p.unit]:
        return None
    start, end = c.anchor
    if p.has("that", "same"):
        return _same(p, c.anchor)
    count, vague = p.count if p.has("number", "day", "one", "short_year") else (1, False)
    sign = 1 if p.has("earlier", "before", "previous", "after") else -1
    reason = "so long before or after the date before it in the text"
    if p.unit in ("year", "decade") and (end - start).days > 7:
        number = start.year - sign * count * (10 if p.unit == "decade" else 1)
        return Reading(cal.year(number), reason, "anchored")
    days = {"day": 1, "hour": 0, "week": 7, "month": 30, "year": 365, "decade": 3652}[p.unit] * count
    leeway = 0 if p.unit in ("day", "hour") and not vague else max(1, days // 6)
    moved = cal.days_before(start, sign * days + leeway), cal.days_before(end, sign * days - leeway)
    return Reading(moved, reason, "anchored")


def _same(p: Phrase, anchor: Days) -> Reading:
    start, end = anchor
    days = {"week": cal.week(start), "month": cal.month(start.year, start.month), "year": cal.year(start.year)}
    return Reading(days.get(p.unit, (start, end)), "the time of the date before it in the text", "anchored")


def _day_before(p: Phrase, c: Context) -> Reading | None:
    if c.anchor is None:
        return _back(1, "the day before the article's date")(p, c)
    return _from_anchor(p, c)


def _holiday(days_from_easter: int) -> Resolver:
    def resolve(p: Phrase, c: Context) -> Reading | None:
        year = p.year or c.year
        if year is None and c.published is None:
            return None
        years = [year] if year else [c.published.year, c.published.year - 1] if c.published else []
        found = [cal.days_before(cal.easter(y), -days_from_easter) for y in years]
        past = [day for day in found if year or (c.published and day <= c.published + cal.GRACE)]
        return Reading((past[0], past[0]), "reckoned from the date of Easter") if past else None

    return resolve


# -- the table ---------------------------------------------------------------------------------------------------------

_MACROS: Final[Mapping[str, str]] = {
    "WEEKDAY": "(weekday|weekday_short dot?)",
    "TIME": "(part|night)",
    "PREFIX": "((last|this)? WEEKDAY TIME? comma? open? the?)",
    "MONTH": "(month|month_short dot?|month_doubtful)",
    "DAY": "(day|ordinal)",
    "YEAR": "(comma? of? year|short_year)",
    "TO": "(to|dash|until|slash)",
    "COUNT": "(one? number of?|day|short_year|one|many)",
    "UNIT": "(day_unit|night|hour_unit|week_unit|month_unit|year_unit|decade_unit)",
    "THIRD": "(early|middle|late|rank half|late half)",
    "OF": "(dash|of|in|the|on)",
    "CLOSED": "(?!other)",
}

#: name, pattern over class names, how it is resolved; the first that fits at a word wins
RULES: Final[tuple[tuple[str, str, Resolver], ...]] = (
    ("iso", "year (dash|slash|dot) day (dash|slash|dot) day", _iso),
    ("digits", "day (dash|slash|dot) day (dash|slash|dot) (year|short_year)", _digits),
    ("span_of_two_dates", "PREFIX? the? DAY of? MONTH YEAR? (TO|and) PREFIX? the? DAY of? MONTH YEAR?", _day_span),
    ("span_of_two_months", "PREFIX? MONTH DAY YEAR? comma? (TO|and) PREFIX? MONTH DAY YEAR?", _day_span),
    ("days_of_month", "PREFIX? the? DAY (TO|and|or) the? DAY of? MONTH YEAR?", _day_span),
    ("month_and_days", "PREFIX? MONTH DAY (TO DAY YEAR?|(and|or) DAY (YEAR|CLOSED))", _day_span),
    ("day_of_month", "PREFIX? the? DAY of? MONTH YEAR?", _day),
    ("month_and_day", "PREFIX? MONTH the? DAY YEAR?", _day),
    ("month_span", "MONTH YEAR? (TO|and|or) MONTH YEAR?", _month),
    ("week_of_month", "the? (rank|ordinal|last) week_unit of MONTH YEAR?", _month),
    ("part_of_month", "the? THIRD OF* MONTH YEAR?", _month),
    ("month_of_year", "MONTH (comma|of|dash)? year", _month),
    ("named_month", "(last|this|next|coming|past) MONTH", _this_or_last_month_name),
    ("month", "MONTH", _month),
    ("years", "year (TO|and) (year|short_year|day)", _years),
    ("part_of_year", "the? THIRD OF* year", _year),
    ("season", "(last|this|past|the|in)? (season|season_doubtful) (of? year)?", _season),
    ("year", "year", _year),
    ("decade", "(THIRD OF*)? decade", _decade),
    ("nine_eleven", "day (slash|dash) day", _nine_eleven),
    (
        "day_before_yesterday",
        "the? day_unit before yesterday",
        _back(2, "the day before the day before the article's date"),
    ),
    ("night_before_last", "the? night before last", _back(2, "the night before last night")),
    ("today", "(early|earlier|later|late)? today", _back(0, "the article's own date")),
    ("this_morning", "(early|earlier|later|late)? this (part)", _back(0, "the article's own date")),
    ("yesterday", "(early|earlier|late)? yesterday TIME?", _back(1, "the day before the article's date")),
    ("last_night", "(early|late)? last (night|part)", _back(1, "last night: the day before the report (UCDP)")),
    ("tomorrow", "tomorrow TIME?", _back(-1, "the day after the article's date")),
    ("overnight", "overnight", _overnight),
    ("recently", "recently", _recently),
    ("weekday_of_week", "weekday of? (last|this|next|previous|coming) week_unit", _weekday_of_week),
    ("week_ago_weekday", "(one|number) week_unit ago on? weekday", _weekday_of_week),
    ("weekday_week_ago", "weekday (one|number) week_unit ago", _weekday_of_week),
    ("weekday_span", "(from|between)? WEEKDAY TIME? (TO|or) WEEKDAY TIME?", _weekday_span),
    ("weekday_between", "between WEEKDAY TIME? and WEEKDAY TIME?", _weekday_span),
    ("weekday", "(early|late)? (last|past|this|this past|previous|next|this? coming)? WEEKDAY TIME?", _weekday),
    ("weekend", "(last|this|past|the|next|this past|this? coming|previous)? weekend", _weekend),
    ("ago", "COUNT? (one half)? UNIT ago", _ago),
    (
        "early_calendar_unit",
        "(THIRD|earlier|later) OF* (last|this|next) (week_unit|month_unit|year_unit|decade_unit)",
        _calendar_unit,
    ),
    ("window", "(the|this)? (last|past|previous|recent) COUNT UNIT", _window),
    ("one_window", "the (last|past) (hour_unit|day_unit|week_unit|month_unit|year_unit|decade_unit)", _window),
    ("past_window", "this? past (week_unit|month_unit|year_unit|decade_unit)", _window),
    ("recent_window", "recent UNIT", _window),
    ("calendar_unit", "(last|this|next|previous|coming) (week_unit|month_unit|year_unit|decade_unit)", _calendar_unit),
    ("later", "COUNT UNIT (later|earlier)", _from_anchor),
    ("so_long_before", "COUNT UNIT before", _from_anchor),
    ("so_long_after", "COUNT UNIT after", _from_anchor),
    ("next_day", "(the|on) next (day_unit|night|part)", _from_anchor),
    ("day_before", "the? (day_unit|night) before|the? previous (day_unit|night|part)", _day_before),
    (
        "that_day",
        "(later|earlier|early|late)? (that|the? same) (day_unit|night|part|week_unit|month_unit|year_unit)",
        _from_anchor,
    ),
)


@lru_cache(maxsize=1)
def resolvers() -> dict[str, Resolver]:
    """How the phrase of each rule becomes days."""
    return {name: resolver for name, _, resolver in RULES}


@lru_cache(maxsize=1)
def scanner() -> re.Pattern[str]:
    """All rules as one pattern over class letters; the group that matched is the rule's name.

    Repetition is only over single classes that no neighbour shares without end, so that the scan is linear.
    """
    letters = {c.name: c.letter for c in word_classes().values()} | {"other": re.escape(OTHER)}
    return re.compile("|".join(f"(?P<{name}>{_compiled(pattern, letters)})" for name, pattern, _ in RULES))


def _compiled(pattern: str, letters: Mapping[str, str]) -> str:
    for _ in range(3):  # macros nest no deeper
        pattern = re.sub(r"[A-Z]+", lambda m: f"(?:{_MACROS[m.group()]})", pattern)
    pattern = re.sub(r"[a-z_]+", lambda m: letters[m.group()], pattern)
    return re.sub(r"\((?!\?)", "(?:", pattern).replace(" ", "")

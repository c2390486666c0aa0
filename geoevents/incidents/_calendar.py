"""Days, weeks, months and years around a day: plain arithmetic, no words."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

GRACE: Final = timedelta(days=1)  # an article may carry the date of the day before its newest news: time zones
Days = tuple[date, date]


def days_before(day: date, count: int) -> date:
    """Day `count` days earlier (later where negative)."""
    return day - timedelta(days=count)


def around(day: date, reach: int) -> Days:
    """From `reach` days before to `reach` days after."""
    return day - timedelta(days=reach), day + timedelta(days=reach)


def month(year: int, number: int) -> Days:
    """First and last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months_before(day: date, count: int) -> Days:
    """Calendar month `count` months earlier."""
    index = day.year * 12 + day.month - 1 - count
    return month(index // 12, index % 12 + 1)


def year(number: int) -> Days:
    """First and last day of a year."""
    return date(number, 1, 1), date(number, 12, 31)


def season(year_of_start: int, first_month: int) -> Days:
    """Three months that begin with `first_month`; winter reaches into the next year."""
    last = first_month + 2
    return date(year_of_start, first_month, 1), month(year_of_start + (last > 12), (last - 1) % 12 + 1)[1]


def weekday_before(day: date, weekday: int, *, strictly: bool = False) -> date:
    """Last `weekday` (Monday is 0) up to `day`, or before it where `strictly`."""
    back = (day.weekday() - weekday) % 7
    return days_before(day, 7 if strictly and back == 0 else back)


def weekday_after(day: date, weekday: int, *, strictly: bool = False) -> date:
    """Next `weekday` from `day` on, or after it where `strictly`."""
    ahead = (weekday - day.weekday()) % 7
    return days_before(day, -(7 if strictly and ahead == 0 else ahead))


def week(day: date) -> Days:
    """Monday to Sunday of the week that holds `day`."""
    monday = weekday_before(day, 0)
    return monday, days_before(monday, -6)


def latest(number: int, day: int, published: date) -> date:
    """Last such day of such a month up to `published`; 29 February may be years back.

    Raises
    ------
    ValueError
        If no such day exists.
    """
    for back in range(9):
        try:
            found = date(published.year - back, number, day)
        except ValueError:
            continue
        if found <= published + GRACE:
            return found
    raise ValueError(f"there is no day {day} in month {number}")


def latest_month(number: int, published: date) -> Days:
    """Last such month that has begun by `published`."""
    first, last = month(published.year, number)
    return (first, last) if first <= published + GRACE else month(published.year - 1, number)


def easter(number: int) -> date:
    """Easter Sunday of a Gregorian year (the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = number % 19, number // 100, number % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(number, f // 31, f % 31 + 1)

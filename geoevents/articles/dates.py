"""Calendar dates as metadata, datelines and date lines state them; whole or without a year, never completed by a guess.

Not the dates of events: those stand in sentences and are the incidents stage's.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

#: Month names by number: English with the agencies' abbreviations; French, Spanish, Portuguese, German, Italian;
#: Russian and Ukrainian in the genitive that dates use; Arabic of Egypt and of the Levant.
_MONTH_NAMES: Final = (
    "january jan janvier janv enero ene janeiro januar jänner gennaio gen января янв січня يناير كانون_الثاني",
    "february feb février févr fevrier febrero fevereiro februar febbraio февраля фев лютого فبراير شباط",
    "march mar mars marzo março marco märz mär марта мар березня مارس آذار",
    "april apr avril avr abril abr aprile апреля апр квітня أبريل ابريل نيسان",
    "may mai mayo maio maggio mag мая травня مايو أيار",
    "june jun juin junio junho juni giugno giu июня июн червня يونيو حزيران",
    "july jul juillet juil julio julho juli luglio lug июля июл липня يوليو تموز",
    "august aug août aout agosto ago августа авг серпня أغسطس اغسطس آب",
    "september sep sept septembre septiembre setiembre setembro settembre set сентября сен сент вересня سبتمبر أيلول",
    "october oct octobre octubre outubro out oktober okt ottobre ott октября окт жовтня أكتوبر اكتوبر تشرين_الأول",
    "november nov novembre noviembre novembro ноября ноя листопада نوفمبر تشرين_الثاني",
    "december dec décembre déc decembre diciembre dic dezembro dez dicembre декабря дек грудня ديسمبر كانون_الأول",
)
_MONTHS: Final = {
    name.replace("_", " "): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
#: POSIX's rule for years of two digits.
_CENTURY_SPLIT: Final = 69
_FIRST_YEAR: Final = 1800
_LAST_YEAR: Final = 2199
#: A date stands within the first characters of what it is looked for in.
_LONGEST: Final = 300

_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>\d{4}|'\d{2}|\d{2}(?=\s{0,3}(?:[](),.;|–—]|--|-\s|\Z)))"  # but "22 Aug 20 people"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?"
_OF = r"(?:\s{0,3}(?:de|of|,|-|/)\s{0,3}|\s{1,3}|(?<=\.))"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        rf"(?<![\w.]){_DAY}{_OF}(?:of\s)?{_MONTH}(?:{_OF}(?:of\s|del?\s)?{_YEAR})?(?!\w)",
        rf"(?<!\w){_MONTH}\s{{0,3}}{_DAY}(?:(?:\s{{0,3}},?\s{{1,3}}|,){_YEAR})?(?![\w:])",
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d/.-]*\d)",
        rf"(?<!\w){_MONTH}{_OF}(?P<year>\d{{4}})(?!\w)",
    )
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4,6})?Z?")
_YEAR_ALONE = re.compile(r"\d{4}")
_EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedDate:
    """A date as far as it is stated, and where.

    Attributes
    ----------
    year, month, day
        None where not stated.
    ambiguous
        The parts could be day and month or month and day ("03/04/2014"); then neither is given.
    start, end
        Its span in the text it was looked for in.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    ambiguous: bool = False
    start: int = 0
    end: int = 0

    @property
    def whole(self) -> date | None:
        """The calendar date, where all of it is stated."""
        return _calendar(self.year, self.month, self.day)

    def completed(self, other: "StatedDate | None") -> date | None:
        """Take what is not stated here from `other`; None where parts still lack or the two contradict each other."""
        parts = []
        for name in ("year", "month", "day"):
            mine, theirs = getattr(self, name), getattr(other, name, None)
            if mine is not None and theirs is not None and mine != theirs:
                return None
            parts.append(mine if mine is not None else theirs)
        return _calendar(*parts)


def find_date(text: str) -> StatedDate | None:
    """First date in the beginning of `text`, in whatever form; None where there is none.

    A form with a month's name or the year first wins over one of three numbers wherever it stands; of "22/08/2014" and
    "08/22/2014" each can be read in one way only, "03/04/2014" in two.
    """
    head = text[:_LONGEST]
    for form in _FORMS:
        for match in form.finditer(head):
            if stated := _stated(match):
                return stated
    return None


def read_date(value: object) -> StatedDate | None:
    """Date that a metadata field states; None where it states none.

    Takes what :func:`find_date` takes, and what only a field may hold: ``date`` and ``datetime``, ``20140823``, a year
    alone, and seconds or milliseconds since 1970 (UTC).
    """
    if isinstance(value, date):  # datetime is one too
        return StatedDate(year=value.year, month=value.month, day=value.day)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if (match := _COMPACT.fullmatch(text)) and (day := _calendar(*map(int, match.groups()))):
        return read_date(day)
    if match := _EPOCH.fullmatch(text):
        return read_date(datetime.fromtimestamp(int(match[1]), UTC))
    if _YEAR_ALONE.fullmatch(text):
        return StatedDate(year=int(text)) if _FIRST_YEAR <= int(text) <= _LAST_YEAR else None
    return find_date(text)


def _stated(match: re.Match[str]) -> StatedDate | None:
    parts = match.groupdict()
    year = _year(parts["year"])
    if parts["year"] and year is None:
        return None
    if "a" in parts:
        day, month = _day_and_month(int(parts["a"]), int(parts["b"]), parts["mark"])
    else:
        day, month = _number(parts.get("day")), _MONTHS.get(parts["month"].lower()) or _number(parts["month"])
    if month and not _calendar(year or 2000, month, day or 1):  # a leap year, for 29 February without one
        return None
    return StatedDate(year=year, month=month, day=day, ambiguous=month is None, start=match.start(), end=match.end())


def _day_and_month(a: int, b: int, mark: str) -> tuple[int | None, int | None]:
    """Order of two numbers: day first between dots; else where one is over 12, or both are equal."""
    if mark == "." or a > 12 or a == b:
        return a, b
    return (b, a) if b > 12 else (None, None)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() else None


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    year = int(digits.lstrip("'"))
    if len(digits.lstrip("'")) == 2:
        return year + (1900 if year >= _CENTURY_SPLIT else 2000)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _calendar(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None

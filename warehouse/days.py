"""Days, spans of days, and the units of the calendar."""

import calendar
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

Unit = Literal["day", "week", "month", "quarter", "half", "year"]
Grain = Literal["day", "week", "month", "quarter", "year"]
Bucket = Literal["hour", Grain]

YearWord = Literal["before last", "last", "this", "next"]

YearNumber = Annotated[int, Field(ge=1900, le=2199)]
OfYear = YearNumber | YearWord

YEAR_OFFSETS: dict[YearWord, int] = {"before last": -2, "last": -1, "this": 0, "next": 1}
MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
DAYS: dict[Unit, int] = {"day": 1, "week": 7}


class Span(NamedTuple):
    """Days in a row, both ends in."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1

    @property
    def whole_months(self) -> int:
        """How many whole months the days are; 0 where they are not whole months."""
        if self.start.day != 1 or self.end != month_end(self.end):
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def first(self, days: int) -> "Span":
        """The first `days` days; all of them where there are no more."""
        return Span(self.start, min(self.end, self.start + timedelta(days - 1)))

    def through(self, days: int) -> "Span":
        """So many days through the last one."""
        return Span(self.end - timedelta(days - 1), self.end)

    def just_before(self) -> "Span":
        """As many days just before."""
        return Span(self.start - timedelta(self.days), self.start - timedelta(1))

    def months_before(self) -> "Span":
        """As many months just before, for whole months."""
        return Span(shift_months(self.start, -self.whole_months), self.start - timedelta(1))

    def a_unit_before(self, unit: Unit) -> "Span":
        """The days of the unit before each one's own; of the one before the last as many as the last has."""
        last = unit_start(self.end, unit)
        before = shift(last, unit, -1)
        end = last - timedelta(1) if self.end == unit_of(last, unit).end else before + (self.end - last)
        return Span(shift(self.start, unit, -1), min(end, last - timedelta(1)))

    def year_earlier(self) -> "Span":
        """The same days a year earlier; February 29 becomes 28."""
        return Span(shift_months(self.start, -12), shift_months(self.end, -12))

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def shift_months(day: date, months: int) -> date:
    """The same day that many months on, or the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date, unit: Unit, count: int) -> date:
    """The same day that many units on."""
    if unit in DAYS:
        return day + timedelta(DAYS[unit] * count)
    return shift_months(day, MONTHS[unit] * count)


def unit_start(day: date, unit: Unit) -> date:
    """The first day of the unit that holds the day; a week starts on Monday."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(day.weekday())
    months = MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def unit_of(day: date, unit: Unit) -> Span:
    """The whole unit that holds the day."""
    start = unit_start(day, unit)
    return Span(start, shift(start, unit, 1) - timedelta(1))


def buckets(span: Span, grain: Grain) -> list[date]:
    """The first day of every unit that the span touches, the first one's even where the span starts later."""
    starts, day = [], unit_start(span.start, grain)
    while day <= span.end:
        starts.append(day)
        day = shift(day, grain, 1)
    return starts


def unfinished(grain: Grain, span: Span, as_of: date) -> bool:
    """Whether the unit that holds the span's last day goes on past the as-of day."""
    return unit_of(span.end, grain).end > as_of


def year_later(year: OfYear, years: int) -> OfYear | None:
    """The year so many years later; None where there is no word for it."""
    if isinstance(year, int):
        return year + years
    offset = YEAR_OFFSETS[year] + years
    return next((word for word, at in YEAR_OFFSETS.items() if at == offset), None)

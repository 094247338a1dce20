"""Other periods: the usual ones, months and years that have data, festivals, and days that were typed."""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationError

from tools.edits import numbers
from warehouse.days import Span, Unit, buckets
from warehouse.errors import QueryError
from warehouse.period import Day, Last, Next, Occasion, Part, Period, Range, Relative, Year
from warehouse.text import LANGUAGES, Text
from warehouse.warehouse import Reading

USUAL: tuple[Period, ...] = (
    Relative(unit="day", offset=0),
    Relative(unit="day", offset=-1),
    Last(n=7, unit="day"),
    Last(n=30, unit="day"),
    Last(n=90, unit="day"),
    Relative(unit="week", offset=0),
    Relative(unit="week", offset=-1),
    Relative(unit="month", offset=0),
    Relative(unit="month", offset=-1),
    Relative(unit="quarter", offset=0),
    Relative(unit="quarter", offset=-1),
    Last(n=1, unit="half"),
    Relative(unit="year", offset=0),
    Relative(unit="year", offset=-1),
)
TO_COME: tuple[Period, ...] = (
    *(Next(n=n, unit="day") for n in (7, 14, 30, 60, 90)),
    *(Next(n=n, unit="week") for n in (4, 8, 12)),
    *(Next(n=n, unit="month") for n in (3, 6, 12)),
    Relative(unit="week", offset=1),
    Relative(unit="month", offset=1),
    Relative(unit="quarter", offset=1),
    Relative(unit="year", offset=1),
)
COUNTED: tuple[Unit, ...] = ("day", "week", "month")
MOST_COUNTED = 9_999
ALL_TIME = Text("全部时间", "all time")
ISO_DAY = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")


class Named(NamedTuple):
    """A period, None for all of the data, and what it is called."""

    period: Period | None
    names: tuple[str, ...]


def usual(reading: Reading) -> Iterator[Named]:
    """The periods that people ask for most, and all of the data."""
    yield from _with_data(USUAL, reading)
    yield Named(None, tuple(ALL_TIME))


def of_calendar(reading: Reading) -> Iterator[Named]:
    """Each month and year that has data, the latest first, then the festivals."""
    whole = Span(reading.model.calendar.first_day, reading.as_of)
    months = [Part(unit="month", number=each.month, year=each.year) for each in buckets(whole, "month")]
    years = [Year(year=each.year) for each in buckets(whole, "year")]
    occasions = [Occasion(name=each.name.zh) for each in reading.model.calendar.occasions]
    yield from _with_data([*occasions, *reversed(years), *reversed(months)], reading)


def ahead(reading: Reading) -> Iterator[Named]:
    """Days to come, as forecasts are asked of; no other plan carries them."""
    yield from (_named(each, reading) for each in TO_COME)


def typed(text: str, reading: Reading) -> Iterator[Named]:
    """What a text tells: a day, the days from one to the other, or so many units: 2026/3/1 到 2026/3/15, 45天, 45."""
    yield from _days(text)
    told = numbers.typed(text)
    for n in (each for each in told if len(told) == 1 and isinstance(each, int)):
        for unit in COUNTED:
            if 1 <= n <= MOST_COUNTED:
                yield from _with_data([Last(n=n, unit=unit)], reading)
                yield _named(Next(n=n, unit=unit), reading)


def _days(text: str) -> Iterator[Named]:
    try:
        days = sorted(datetime.date(*map(int, each)) for each in ISO_DAY.findall(text))
        told = [Day(year=each.year, month=each.month, day=each.day) for each in days]
    except (ValueError, ValidationError):
        return
    match told:
        case [day]:
            yield Named(day, (text,))
        case [first, last] if first != last:
            yield Named(Range(first=first, last=last), (text,))


def _with_data(periods: Iterator[Period] | tuple[Period, ...] | list[Period], reading: Reading) -> Iterator[Named]:
    """Those that have begun and end no sooner than the data begin."""
    calendar = reading.model.calendar
    for each in periods:
        try:
            span = each.resolve(reading.as_of, calendar)
        except QueryError:
            continue
        if span.end >= calendar.first_day:
            yield _named(each, reading)


def _named(period: Period, reading: Reading) -> Named:
    return Named(period, tuple(period.say(language, reading.model.calendar) for language in LANGUAGES))

"""The days that have a name: a model's festivals, and a country's public holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from warehouse.days import Span
from warehouse.errors import ModelError, UnknownName
from warehouse.text import Text

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Festival:
    """A festival on the same days each year, from month and day to month and day, both in.

    One whose last day stands earlier in the year than its first ends in the next year. `also` are other words for it.
    """

    name: Text
    first: MonthDay
    last: MonthDay
    also: tuple[str, ...] = ()

    def days(self, year: int) -> Span:
        """Its days in the year in which it begins."""
        return Span(date(year, *self.first), date(year + (self.last < self.first), *self.last))


@dataclass(frozen=True)
class Holiday:
    """A public holiday of a country, by its English name in the `holidays` library: "National Day".

    Its days are all days off in a row around the days of that name: weekends, bridge days and a neighbour holiday's
    too, as it is announced; weekend days that are worked in exchange end it.
    """

    name: Text
    country: str
    listed: str
    also: tuple[str, ...] = ()

    def days(self, year: int) -> Span | None:
        """Its days off around the days of that name in `year`; None where that year has none."""
        return days_off(self.country, self.listed, year)


@dataclass(frozen=True)
class Calendar:
    """What a model calls its days. `first_day` is where the data start: periods without a start begin there."""

    occasions: tuple[Festival | Holiday, ...] = ()
    first_day: date = date(1970, 1, 1)

    def occasion(self, name: str) -> Festival | Holiday:
        """The festival or holiday of that Chinese name. Raises UnknownName, naming those there are."""
        for occasion in self.occasions:
            if occasion.name.zh == name:
                return occasion
        known = [occasion.name for occasion in self.occasions]
        raise UnknownName(
            Text(f"日历里没有“{name}”。", f"The calendar has no “{name}”."),
            Text(
                f"有：{'、'.join(name.zh for name in known)}。" if known else "日历里还没有节日。",
                f"It has: {', '.join(name.en for name in known)}." if known else "It has no festivals yet.",
            ),
        )


@lru_cache(maxsize=512)
def days_off(country: str, listed: str, year: int) -> Span | None:
    """The days off in a row around the year's holiday that the `holidays` library lists under that English name."""
    import holidays  # noqa: PLC0415 - its import is slow, and few questions name a holiday

    try:
        listing = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError as error:
        raise ModelError(
            Text(f"没有国家“{country}”的假日。", f"There are no holidays of a country “{country}”."),
            Text("请改模型的 calendar.country，例如 CN。", "Mend the model's calendar.country: CN, for one."),
        ) from error
    named = [day for day, names in listing.items() if day.year == year and _is_listed(listed, names)]
    if not named:
        return None

    def free(days: Iterator[date], edge: date) -> date:
        for day in days:
            if listing.is_working_day(day):
                return edge
            edge = day
        return edge

    first, last = min(named), max(named)
    return Span(free(_from(first, -1), first), free(_from(last, 1), last))


def _is_listed(listed: str, names: str) -> bool:
    """Whether one of a day's names begins so: “Chinese New Year's Eve” for Chinese New Year."""
    return any(name.startswith(listed) for name in names.split("; "))


def _from(day: date, step: int) -> Iterator[date]:
    while True:
        day += timedelta(step)
        yield day

"""The days that have a name: a model's festivals, and a country's public holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from warehouse.days import Span
from warehouse.errors import ModelError, UnknownName
from warehouse.text import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

MonthDay = tuple[int, int]

YEARS = range(2000, 2041)


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

    Its days are from the first to the last listed day off in a row: of its name, given in exchange, or a neighbouring
    holiday's. Weekend days between two of them are bridged; a plain weekend before or after is not part of it, and a
    weekend day that is worked in exchange ends it.
    """

    name: Text
    country: str
    listed: str
    also: tuple[str, ...] = ()

    def days(self, year: int) -> Span | None:
        """Its days off around the first day of that name in `year`; None where that year has none."""
        return days_off(self.country, self.listed, year)


@dataclass(frozen=True)
class Calendar:
    """What a model calls its days, and the country whose public holidays count.

    `first_day` is where the data start: periods without a start begin there.
    """

    country: str
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
    """The listed days off in a row around the year's first day that the `holidays` library lists under that name."""
    listing = _listing(country, [year])
    named = [day for day, names in listing.items() if is_listed(listed, names)]
    if not named:
        return None
    first = min(named)
    return Span(_last_in_a_row(listing, first, -1), _last_in_a_row(listing, first, 1))


@lru_cache(maxsize=512)
def listed_days(country: str, year: int) -> frozenset[date]:
    """The days of the year that the `holidays` library lists as public holidays of the country."""
    return frozenset(_listing(country, [year]))


def is_listed(listed: str, names: str) -> bool:
    """Whether one of a day's names begins so: “Chinese New Year's Eve” for Chinese New Year."""
    return any(name.startswith(listed) for name in names.split("; "))


def holiday_names(country: str) -> list[str]:
    """What the `holidays` library calls the days off of a country, in English, in the years that data are of."""
    named = (name for names in _listing(country, YEARS).values() for name in names.split("; "))
    return sorted({name.partition(" (")[0] for name in named})


def _listing(country: str, years: Iterable[int]) -> "HolidayBase":
    """Each public holiday of the years with its names; raises `ModelError` for a country that is not known."""
    import holidays  # noqa: PLC0415 - its import is slow, and few questions name a holiday

    try:
        return holidays.country_holidays(country, years=years, language="en_US")
    except NotImplementedError as error:
        raise ModelError(
            Text(f"没有国家“{country}”的假日。", f"There are no holidays of a country “{country}”."),
            Text("请改模型的 calendar.country，例如 CN。", "Mend the model's calendar.country: CN, for one."),
        ) from error


def _last_in_a_row(listing: "HolidayBase", day: date, step: int) -> date:
    """The last listed day before the next working day, or with steps of −1 before the one that came last."""
    last = day
    while not listing.is_working_day(day := day + timedelta(step)):
        if day in listing:
            last = day
    return last

"""Periods that come back each year: months, dates, festivals."""

from abc import abstractmethod
from datetime import date

from typing_extensions import override

from warehouse.calendar import Calendar
from warehouse.days import YEAR_OFFSETS, OfYear, Span
from warehouse.named import Named, NoSuchDays

YEARS_BACK = 10


class Yearly(Named):
    """What comes back each year; where `year` is None, the latest that has begun."""

    year: OfYear | None = None

    @abstractmethod
    def _days(self, year: int, calendar: Calendar) -> Span | None:
        """Its days in that year; None where that year has none."""

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        match self.year:
            case None:
                return self._latest_days(as_of, calendar)[1]
            case int():
                days = self._days(self.year, calendar)
            case _:
                days = self._days(as_of.year + YEAR_OFFSETS[self.year], calendar)
        if days is None:
            raise NoSuchDays(self, calendar)
        return days

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return self.model_copy(update={"year": self._latest_days(as_of, calendar)[0]})

    def _latest_days(self, as_of: date, calendar: Calendar) -> tuple[int, Span]:
        for year in range(as_of.year + 1, as_of.year - YEARS_BACK, -1):
            days = self._days(year, calendar)
            if days is not None and days.start <= as_of:
                return year, days
        raise NoSuchDays(self, calendar)

    def _first_ending_by(self, start: date, calendar: Calendar) -> Span:
        """The first that ends on that day or later."""
        for year in range(start.year - 1, start.year + YEARS_BACK):
            days = self._days(year, calendar)
            if days is not None and days.end >= start:
                return days
        raise NoSuchDays(self, calendar)

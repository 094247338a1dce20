"""The year of periods side by side: 去年3月和4月, March and April 2025, 去年和今年618, 今年3月比去年."""

from typing import Any

from warehouse.days import MONTHS, YEAR_OFFSETS
from warehouse.period import Day, Occasion, Part, Period, Relative, Year


def in_year_of(period: object, before: object) -> Period | None:
    """A period that tells no year, in that of the one before it; or a year alone, as that one's days in it.

    Not in this year where it comes later in it, since this year may not have come so far: 今年Q1比Q4.
    """
    if isinstance(before, Part | Day | Occasion) and before.year is not None:
        year = _year_told(period)
        if year is not None:
            return before.model_copy(update={"year": year})
        if type(period) is type(before) and isinstance(period, Part | Day | Occasion) and period.year is None:
            return (
                None
                if before.year == "this" and _may_be_later(period, before)
                else period.model_copy(update={"year": before.year})
            )
    return None


def in_year_after(period: object, after: object, *, alike: bool) -> Period | None:
    """A year alone, as the days of the one after it: 去年和今年618; where `alike`, its kind in that year."""
    if not isinstance(after, Part | Day | Occasion) or after.year is None:
        return None
    year = _year_told(period)
    if year is not None:  # the same year told twice is no other: 2024年、2024年1月
        return after.model_copy(update={"year": year}) if year != after.year else None
    if alike and type(period) is type(after) and isinstance(period, Part | Day) and period.year is None:
        return period.model_copy(update={"year": after.year})
    return None


def turns_the_year(period: object, after: object) -> bool:
    """Whether a year's first month or quarter may be the one just after the last of the year told: Q1, Q4 last year."""
    if not isinstance(period, Part) or not isinstance(after, Part) or not isinstance(after.year, str):
        return False
    whole = MONTHS["year"] // MONTHS[after.unit]
    return period.unit == after.unit and (period.number, after.number) == (1, whole)


def _year_told(period: object) -> Any:
    """The year that a period is, as other periods tell theirs."""
    if isinstance(period, Year):
        return period.year
    if isinstance(period, Relative) and period.unit == "year":
        return next((word for word, at in YEAR_OFFSETS.items() if at == period.offset), None)
    return None


def _may_be_later(one: Part | Day | Occasion, other: Part | Day | Occasion) -> bool:
    """Whether one may come later in a year than the other."""
    if isinstance(one, Part) and isinstance(other, Part):
        return one.number > other.number
    if isinstance(one, Day) and isinstance(other, Day):
        return (one.month, one.day) > (other.month, other.day)
    return True

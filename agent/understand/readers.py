"""From the filled slots of a form to the period that they name, by kind of form."""

from collections.abc import Callable, Mapping
from typing import Any

from warehouse.days import YEAR_OFFSETS, Unit
from warehouse.period import (
    Day,
    DayOfMonth,
    Last,
    Next,
    Occasion,
    Open,
    Part,
    Period,
    Range,
    Relative,
    Simple,
    Weekday,
    Year,
)

Filled = Mapping[str, Any]
MONTHS_A_YEAR = 12
SATURDAY, SUNDAY = 6, 7
LAST_THIRD = 21  # the last part of a month begins on this day


def _last(filled: Filled) -> Period:
    return Last(**_count(filled))


def _last_and_half(filled: Filled) -> Period:
    return Last(n=MONTHS_A_YEAR * filled["n"] + MONTHS_A_YEAR // 2, unit="month")


def _next(filled: Filled) -> Period:
    return Next(**_count(filled))


def _count(filled: Filled) -> dict[str, Any]:
    return {"n": filled.get("n", 1), "unit": _first_of(filled, "single", "units") or "day"}


def _relative(filled: Filled) -> Relative:
    if "current" in filled:
        return Relative(unit=filled["current"], offset=0)
    unit, offset = filled["relative"]
    return Relative(unit=unit, offset=offset)


def _to_date(filled: Filled) -> Period:
    if "relative" in filled:
        return since(_relative(filled))
    return Relative(unit=filled["starts"] if "starts" in filled else filled["to_date"], offset=0)


def _weekday(filled: Filled) -> Period:
    return Weekday(week=filled["week"], day=filled["weekday"])


def _weekend(filled: Filled) -> Period:
    return Range(first=Weekday(week=filled["week"], day=SATURDAY), last=Weekday(week=filled["week"], day=SUNDAY))


def _weekdays(filled: Filled) -> Period:
    week = filled["week"]
    return Range(first=Weekday(week=week, day=filled["weekday"]), last=Weekday(week=week, day=filled["weekday2"]))


def _day_of_month(filled: Filled) -> Period:
    return DayOfMonth(month=filled["near_month"], day=filled["d"])


def _days_of_month(filled: Filled) -> Period:
    month = filled["near_month"]
    last = filled["d2"] if "d2" in filled else filled["n"]
    return Range(first=DayOfMonth(month=month, day=filled.get("d", 1)), last=DayOfMonth(month=month, day=last))


def _year(filled: Filled) -> Period:
    return Year(year=_first_of(filled, "y", "short_year"))


def _years(filled: Filled) -> Period:
    return Range(first=Year(year=filled["y"]), last=Year(year=filled["y2"]))


def _part(unit: Unit) -> Callable[[Filled], Period]:
    def read(filled: Filled) -> Period:
        return Part.model_validate(
            {"unit": unit, "number": _first_of(filled, unit, f"coded_{unit}", "mm", "m"), "year": _of_year(filled)}
        )

    return read


def _day(filled: Filled) -> Period:
    month, day = _first_of(filled, "month", "mm", "mm2d"), _first_of(filled, "d", "dd", "dd2d")
    return Day(month=month, day=day, year=_of_year(filled))


def _months(filled: Filled) -> Period:
    year = _of_year(filled)
    first, last = Part(unit="month", number=filled["m"], year=year), Part(unit="month", number=filled["month2"])
    return Range(first=first, last=last)


def _first_months(filled: Filled) -> Period:
    year = _of_year(filled)
    return Range(first=Part(unit="month", number=1, year=year), last=Part(unit="month", number=filled["n"], year=year))


def _first_quarters(filled: Filled) -> Period:
    year = _of_year(filled)
    first = Part(unit="quarter", number=1, year=year)
    return Range(first=first, last=Part(unit="quarter", number=filled["n"], year=year))


def _days(filled: Filled) -> Period:
    month, year = filled["month"], _of_year(filled)
    last = filled["d2"] if "d2" in filled else filled["n"]
    return Range(first=Day(month=month, day=filled.get("d", 1), year=year), last=Day(month=month, day=last, year=year))


def _dates(filled: Filled) -> Period:
    year = filled["y"]
    first, last = Day(month=filled["mm"], day=filled["dd"], year=year), Day(month=filled["mm2"], day=filled["dd2"])
    return Range(first=first, last=last)


def _days_ago(filled: Filled) -> Period | None:
    return Relative(unit="day", offset=-filled["n"]) if filled["n"] else None


def _third(filled: Filled) -> Period:
    """The days of a month from its 1st, 11th or 21st."""
    first = 10 * filled["third"] - 9
    if "near_month" in filled:
        month = filled["near_month"]
        end = DayOfMonth(month=month, day=first + 9) if first < LAST_THIRD else Relative(unit="month", offset=month)
        return Range(first=DayOfMonth(month=month, day=first), last=end)
    month, year = filled["month"], _of_year(filled)
    last = Part(unit="month", number=month, year=year)
    return Range(
        first=Day(month=month, day=first, year=year),
        last=Day(month=month, day=first + 9, year=year) if first < LAST_THIRD else last,
    )


def unit_named(filled: Filled) -> Relative | Part | Year | None:
    """The month, quarter or year whose end or beginning is told."""
    if (edge := _first_of(filled, "ends", "starts")) is not None:
        return Relative(unit=edge, offset=0)
    if (unit := next((each for each in ("month", "quarter") if each in filled), None)) is not None:
        return Part(unit=unit, number=filled[unit], year=_of_year(filled))
    if "relative" in filled:
        unit, offset = filled["relative"]
        return Relative(unit=unit, offset=offset) if unit in {"month", "quarter", "year"} else None
    if "year" in filled:
        return Relative(unit="year", offset=YEAR_OFFSETS[filled["year"]])
    return Year(year=_first_of(filled, "y", "short_year"))


def _occasion(filled: Filled) -> Period:
    return Occasion(name=_first_of(filled, "occasion", "coded", "spelled"), year=_of_year(filled))


def _of_year(filled: Filled) -> Any:
    return "this" if "this" in filled else _first_of(filled, "y", "yy", "year")


def _first_of(filled: Filled, *names: str) -> Any:
    return next((filled[name] for name in names if name in filled), None)


def since(of: Simple) -> Period:
    """Since that period through now; since the unit of now is that unit."""
    return of if isinstance(of, Relative) and of.offset == 0 else Open(side="since", of=of)


def unit_told(period: Simple) -> Unit | None:
    """The unit of the calendar that a period is one of; None for a festival."""
    match period:
        case Relative() | Part():
            return period.unit
        case Year():
            return "year"
        case Occasion():
            return None
        case _:
            return "day"


SIMPLE = (Relative, Weekday, DayOfMonth, Year, Part, Day, Occasion)

READERS: dict[str, Callable[[Filled], Period | None]] = {
    "last": _last,
    "last_and_half": _last_and_half,
    "next": _next,
    "relative": _relative,
    "to_date": _to_date,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "weekend": _weekend,
    "day_of_month": _day_of_month,
    "days_of_month": _days_of_month,
    "year": _year,
    "years": _years,
    "month": _part("month"),
    "quarter": _part("quarter"),
    "half": _part("half"),
    "day": _day,
    "months": _months,
    "first_months": _first_months,
    "first_quarters": _first_quarters,
    "days": _days,
    "dates": _dates,
    "third": _third,
    "days_ago": _days_ago,
    "occasion": _occasion,
}

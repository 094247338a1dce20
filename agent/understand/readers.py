"""From the filled slots of a form to the period that they name, by kind of form."""

from collections.abc import Callable, Mapping
from typing import Any

from warehouse.days import Unit
from warehouse.period import Day, Last, Next, Occasion, Open, Part, Period, Range, Relative, Simple, Weekday, Year

Filled = Mapping[str, Any]
MONTHS_A_YEAR = 12
SATURDAY, SUNDAY = 6, 7


def _last(filled: Filled) -> Period:
    return Last(**_count(filled))


def _last_and_half(filled: Filled) -> Period:
    return Last(n=MONTHS_A_YEAR * filled["n"] + MONTHS_A_YEAR // 2, unit="month")


def _next(filled: Filled) -> Period:
    return Next(**_count(filled))


def _count(filled: Filled) -> dict[str, Any]:
    return {"n": filled.get("n", 1), "unit": filled["single"] if "single" in filled else filled["units"]}


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


def _year(filled: Filled) -> Period:
    return Year(year=filled["y"])


def _part(unit: Unit) -> Callable[[Filled], Period]:
    def read(filled: Filled) -> Period:
        return Part.model_validate(
            {"unit": unit, "number": filled.get(unit, filled.get("mm")), "year": _of_year(filled)}
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


def _days(filled: Filled) -> Period:
    month, year = filled["month"], _of_year(filled)
    return Range(first=Day(month=month, day=filled["d"], year=year), last=Day(month=month, day=filled["d2"], year=year))


def _occasion(filled: Filled) -> Period:
    return Occasion(name=_first_of(filled, "occasion", "coded", "spelled"), year=_of_year(filled))


def _of_year(filled: Filled) -> Any:
    return _first_of(filled, "y", "yy", "year")


def _first_of(filled: Filled, *names: str) -> Any:
    return next((filled[name] for name in names if name in filled), None)


def since(of: Simple) -> Period:
    """Since that period through now; since the unit of now is that unit."""
    return of if isinstance(of, Relative) and of.offset == 0 else Open(side="since", of=of)


SIMPLE = (Relative, Weekday, Year, Part, Day, Occasion)

READERS: dict[str, Callable[[Filled], Period]] = {
    "last": _last,
    "last_and_half": _last_and_half,
    "next": _next,
    "relative": _relative,
    "to_date": _to_date,
    "weekday": _weekday,
    "weekend": _weekend,
    "year": _year,
    "month": _part("month"),
    "quarter": _part("quarter"),
    "half": _part("half"),
    "day": _day,
    "months": _months,
    "first_months": _first_months,
    "days": _days,
    "occasion": _occasion,
}

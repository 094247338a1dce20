"""What every row's time tells without a model: its weekday, its hour, whether it falls on a weekend or a holiday."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import sqlglot
from sqlglot import exp

from warehouse.calendar import Calendar, listed_days
from warehouse.days import Span
from warehouse.model import Dimension, Kind, Words
from warehouse.table import Type
from warehouse.text import Text
from warehouse.trees import as_date, day

TIME = "time"  # the parameter that stands for the row's own time
CLOCK = ""  # the source of a time part: whichever source is counted


def _part(name: str, words: Words, expression: str, kind: Kind, type_: Type, values: tuple[str, ...] = ()) -> Dimension:
    return Dimension(
        name=name,
        words=words,
        source=CLOCK,
        expression=sqlglot.parse_one(expression, dialect="duckdb"),
        type=type_,
        kind=kind,
        values={value: Words(Text(value, value), (value,), ()) for value in values},
        unit=None,
    )


WEEKDAY = _part(
    "weekday",
    Words(
        Text("星期", "weekday"),
        ("星期", "周几", "星期几"),
        ("weekday", "weekdays", "day of the week", "day of week", "days of the week"),
    ),
    "isodow($time)",
    "number",
    "integer",
)
HOUR = _part(
    "hour",
    Words(
        Text("小时", "hour of day"),
        ("小时", "几点", "时段"),
        ("hour of day", "hour of the day", "hour", "hours", "time of day", "hourly distribution"),
    ),
    "hour($time)",
    "number",
    "integer",
)
DAY_TYPE = _part(
    "day_type",
    Words(Text("日期类型", "day type"), ("日期类型",), ("day type",)),
    "CASE WHEN isodow($time) >= 6 THEN '周末' ELSE '工作日' END",
    "category",
    "text",
    ("周末", "工作日"),
)
HOLIDAY = _part(
    "holiday",
    Words(Text("是否节假日", "holiday or not"), ("是否节假日",), ("holiday or not",)),
    "CASE WHEN $holiday THEN '节假日' ELSE '平日' END",
    "category",
    "text",
    ("节假日", "平日"),
)
TIME_PARTS: Mapping[str, Dimension] = {each.name: each for each in (WEEKDAY, HOUR, DAY_TYPE, HOLIDAY)}


def of_clock(dimension: Dimension) -> bool:
    """Whether the dimension is a part of the row's time."""
    return dimension.source == CLOCK


def named_of_period(dimension: Dimension) -> bool:
    """Whether what it is depends on the period asked, or on the row's time."""
    return any(node.name in {"start", "end", TIME} for node in dimension.expression.find_all(exp.Placeholder))


def of_day(dimension: Dimension) -> bool:
    """Whether the dimension is told by the row's day alone."""
    return of_clock(dimension) and dimension.name != HOUR.name


def bound_to(dimension: Dimension, span: Span, calendar: Calendar) -> Dimension:
    """The holiday part with the days of the span that are holidays written out; any other dimension as it is."""
    if dimension.name != HOLIDAY.name:
        return dimension
    at = as_date(exp.Placeholder(this=TIME))
    holidays = [day(each) for each in _holidays(span, calendar)]
    found = exp.In(this=at, expressions=holidays) if holidays else exp.false()
    tree = dimension.expression.copy().transform(
        lambda node: found if isinstance(node, exp.Placeholder) and node.name == HOLIDAY.name else node
    )
    return replace(dimension, expression=tree)


def value_on(dimension: Dimension, at: date, calendar: Calendar) -> int | str:
    """What a part of the day is on that day."""
    match dimension.name:
        case WEEKDAY.name:
            return at.isoweekday()
        case DAY_TYPE.name:
            return "周末" if at.isoweekday() >= 6 else "工作日"
        case _:
            return "节假日" if at in listed_days(calendar.country, at.year) else "平日"


def _holidays(span: Span, calendar: Calendar) -> list[date]:
    """The public holidays of the span, in order."""
    listed = [listed_days(calendar.country, year) for year in range(span.start.year, span.end.year + 1)]
    return sorted(each for each in frozenset().union(*listed) if span.start <= each <= span.end)

"""Hypothesis strategies for days and for every kind of period."""

from datetime import date

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tests.festivals import CALENDAR
from warehouse.period import Day, DayOfMonth, Last, Next, Occasion, Part, Period, Relative, Simple, Weekday, Year

PERIOD: TypeAdapter[Period] = TypeAdapter(Period)

days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
units = st.sampled_from(("day", "week", "month", "quarter", "half", "year"))
offsets = st.integers(-2, 2)
years = st.none() | st.integers(2023, 2028) | st.sampled_from(("before last", "last", "this", "next"))

counts = st.tuples(st.integers(1, 400), units).filter(lambda pair: pair[0] == 1 or pair[1] != "half")
last = counts.map(lambda pair: Last(n=pair[0], unit=pair[1]))
upcoming = counts.map(lambda pair: Next(n=pair[0], unit=pair[1]))
relative = st.builds(Relative, unit=st.sampled_from(("day", "week", "month", "quarter", "year")), offset=offsets)
days_ago = st.builds(Relative, unit=st.just("day"), offset=st.integers(-400, -3))
weekday = st.builds(Weekday, week=offsets, day=st.integers(1, 7))
day_of_month = st.builds(DayOfMonth, month=offsets, day=st.integers(1, 31))
year = st.builds(Year, year=st.integers(2023, 2028))
parts = st.sampled_from((("month", 12), ("quarter", 4), ("half", 2)))
part = parts.flatmap(lambda unit: st.builds(Part, unit=st.just(unit[0]), number=st.integers(1, unit[1]), year=years))
day = st.builds(Day, month=st.integers(1, 12), day=st.integers(1, 28), year=years)
occasion = st.builds(Occasion, name=st.sampled_from([each.name.zh for each in CALENDAR.occasions]), year=years)
simple: st.SearchStrategy[Simple] = st.one_of(relative, days_ago, weekday, day_of_month, year, part, day, occasion)


def _or_none(kind: str, **fields: object) -> Period | None:
    try:
        return PERIOD.validate_python({"kind": kind, **fields})
    except ValidationError:
        return None


ranges = st.tuples(simple, simple).map(lambda ends: _or_none("range", first=ends[0], last=ends[1]))
opens = st.tuples(st.sampled_from(("since", "after", "until", "before")), simple).map(
    lambda pair: _or_none("open", side=pair[0], of=pair[1])
)
periods: st.SearchStrategy[Period] = st.one_of(
    last, upcoming, relative, days_ago, weekday, day_of_month, year, part, day, occasion, ranges, opens
).filter(lambda period: period is not None)

"""Public holidays, read by hand from what the `holidays` library lists.

China, 2024 to 2026, where "for" is a day off in exchange for a weekend day worked:

    2024  01-01 Mon New Year's Day
          02-10 Sat, 02-11, 02-12 Chinese New Year; 02-13, 02-14 observed; 02-15 for 02-04; 02-16 Fri for 02-18
          04-04 Thu Tomb-Sweeping Day; 04-05 Fri for 04-07
          05-01 Wed Labor Day; 05-02 for 04-28; 05-03 Fri for 05-11
          06-10 Mon Dragon Boat Festival
          09-16 Mon for 09-14; 09-17 Tue Mid-Autumn Festival
          10-01 Tue, 10-02, 10-03 National Day; 10-04 Fri for 09-29; 10-07 Mon for 10-12
    2025  01-01 Wed New Year's Day
          01-28 Tue Chinese New Year's Eve; 01-29, 01-30, 01-31 Fri Chinese New Year; 02-03 Mon for 01-26;
          02-04 Tue for 02-08
          04-04 Fri Tomb-Sweeping Day
          05-01 Thu, 05-02 Fri Labor Day; 05-05 Mon for 04-27
          05-31 Sat Dragon Boat Festival; 06-02 Mon observed
          10-01 Wed, 10-02, 10-03 Fri National Day; 10-06 Mon Mid-Autumn Festival; 10-07 for 09-28; 10-08 Wed for 10-11
    2026  01-01 Thu New Year's Day; 01-02 Fri for 01-04
          02-16 Mon Chinese New Year's Eve; 02-17, 02-18, 02-19 Chinese New Year; 02-20 Fri for 02-14;
          02-23 Mon for 02-28
          04-05 Sun Tomb-Sweeping Day; 04-06 Mon observed
          05-01 Fri, 05-02 Sat Labor Day; 05-04 Mon observed; 05-05 Tue for 05-09
          06-19 Fri Dragon Boat Festival
          09-25 Fri Mid-Autumn Festival
          10-01 Thu, 10-02, 10-03 Sat National Day; 10-05 Mon observed; 10-06 for 09-20; 10-07 Wed for 10-10
"""

from datetime import date, timedelta

import duckdb
import holidays
import pytest
from sqlglot import exp

from tests.festivals import CALENDAR
from warehouse.calendar import Calendar, Holiday
from warehouse.dayfilter import part_of
from warehouse.days import Span
from warehouse.text import Text
from warehouse.timepart import HOLIDAY, bound_to, value_on

PERIODS = {
    "元旦": ("2024-01-01..2024-01-01", "2025-01-01..2025-01-01", "2026-01-01..2026-01-02"),
    "春节": ("2024-02-10..2024-02-16", "2025-01-28..2025-02-04", "2026-02-16..2026-02-23"),
    "清明": ("2024-04-04..2024-04-05", "2025-04-04..2025-04-04", "2026-04-05..2026-04-06"),
    "五一": ("2024-05-01..2024-05-03", "2025-05-01..2025-05-05", "2026-05-01..2026-05-05"),
    "端午": ("2024-06-10..2024-06-10", "2025-05-31..2025-06-02", "2026-06-19..2026-06-19"),
    "中秋": ("2024-09-16..2024-09-17", "2025-10-01..2025-10-08", "2026-09-25..2026-09-25"),
    "国庆": ("2024-10-01..2024-10-07", "2025-10-01..2025-10-08", "2026-10-01..2026-10-07"),
}

LISTED = {
    2024: "01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03"
    " 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07",
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 05-31"
    " 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-05 04-06 05-01 05-02 05-04 05-05"
    " 06-19 09-25 10-01 10-02 10-03 10-05 10-06 10-07",
}
DAYS_OFF = {date.fromisoformat(f"{year}-{day}") for year, days in LISTED.items() for day in days.split()}


def days_of(span: Span) -> list[date]:
    return [span.start + timedelta(number) for number in range(span.days)]


@pytest.mark.parametrize("name", PERIODS)
def test_a_holiday_lasts_from_its_first_to_its_last_listed_day_in_a_row(name: str) -> None:
    found = tuple(str(CALENDAR.occasion(name).days(year)) for year in (2024, 2025, 2026))
    assert found == PERIODS[name]


@pytest.mark.parametrize(
    ("country", "listed", "year", "days"),
    [
        # 2023: 09-29 Fri Mid-Autumn Festival; 10-01 Sun to 10-06 Fri National Day and days off in exchange
        ("CN", "Mid-Autumn Festival", 2023, "2023-09-29..2023-10-06"),
        # 2018-12-31 Mon for 12-29; 2019-01-01 Tue New Year's Day
        ("CN", "New Year's Day", 2019, "2018-12-31..2019-01-01"),
        # 2021-01-01 Fri New Year's Day; 2021-12-31 Fri and 2022-01-01 Sat the next one
        ("US", "New Year's Day", 2021, "2021-01-01..2021-01-01"),
        ("US", "New Year's Day", 2022, "2021-12-31..2022-01-01"),
        # 12-25 Fri Christmas Day; 12-26 Sat Boxing Day; 12-28 Mon Boxing Day observed
        ("GB", "Christmas Day", 2026, "2026-12-25..2026-12-28"),
    ],
)
def test_the_days_in_a_row_may_be_another_holidays_or_another_years(
    country: str, listed: str, year: int, days: str
) -> None:
    assert str(Holiday(Text(listed, listed), country, listed).days(year)) == days


@pytest.mark.parametrize("name", PERIODS)
def test_no_working_day_is_in_a_holiday_and_one_stands_before_any_other_listed_day(name: str) -> None:
    listing = holidays.country_holidays("CN", years=range(2009, 2028))
    for year in range(2010, 2027):
        span = CALENDAR.occasion(name).days(year)
        assert span is not None
        assert span.start in listing
        assert span.end in listing
        assert not any(listing.is_working_day(day) for day in days_of(span))
        for edge, step in ((span.start, -1), (span.end, 1)):
            beyond = edge + timedelta(step)
            while beyond.weekday() >= 5 and beyond not in listing:
                beyond += timedelta(step)
            assert beyond not in listing, (name, edge)


def test_the_filter_is_the_listed_days_and_no_other() -> None:
    span = Span(date(2024, 1, 1), date(2026, 12, 31))
    told = {day for day in days_of(span) if value_on(HOLIDAY, day, CALENDAR) == "节假日"}
    assert told == DAYS_OFF
    assert len([day for day in told if date(2026, 1, 1) <= day <= date(2026, 6, 30)]) == 15


@pytest.mark.parametrize(
    "span",
    [
        Span(date(2024, 1, 1), date(2026, 12, 31)),
        Span(date(2025, 10, 5), date(2025, 10, 7)),  # from a Sunday within a holiday to a day within it
        Span(date(2026, 6, 20), date(2026, 6, 30)),  # none: the weekend after 端午 is plain
    ],
)
def test_sql_finds_the_listed_days_and_no_other(span: Span) -> None:
    part = part_of(bound_to(HOLIDAY, span, CALENDAR), exp.column("day")).sql("duckdb")
    series = f"generate_series(TIMESTAMP '{span.start} 23:59:59', TIMESTAMP '{span.end} 23:59:59', INTERVAL 1 DAY)"
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT CAST(day AS DATE), {part} FROM {series} AS days(day)").fetchall()
    assert len(rows) == span.days
    assert {day for day, told in rows if told == "节假日"} == DAYS_OFF & set(days_of(span))
    assert {told for _, told in rows} <= {"节假日", "平日"}


def test_the_filter_needs_no_holiday_to_be_named() -> None:
    calendar = Calendar("CN")
    assert value_on(HOLIDAY, date(2026, 6, 19), calendar) == "节假日"
    assert value_on(HOLIDAY, date(2026, 6, 20), calendar) == "平日"

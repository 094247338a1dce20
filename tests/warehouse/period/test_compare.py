"""环比 and 同比, worked by hand from the glossary."""

from datetime import date
from typing import Any

import pytest

from tests.festivals import CALENDAR
from tests.warehouse.period.periods import PERIOD
from tests.warehouse.period.test_resolve import day, last, occasion, part, relative, since, span
from warehouse.days import Span, buckets, unfinished


@pytest.mark.parametrize(
    ("as_of", "period", "previous", "year_earlier"),
    [
        # a plain length
        ("2026-06-30", last(30, "day"), "2026-05-02..2026-05-31", "2025-06-01..2025-06-30"),
        ("2024-02-29", last(1, "day"), "2024-02-28..2024-02-28", "2023-02-28..2023-02-28"),
        # a finished unit against the whole unit before, though its days be fewer or more
        ("2026-06-30", relative("month", 0), "2026-05-01..2026-05-31", "2025-06-01..2025-06-30"),
        ("2026-06-30", relative("month", -1), "2026-04-01..2026-04-30", "2025-05-01..2025-05-31"),
        ("2026-06-30", relative("quarter", 0), "2026-01-01..2026-03-31", "2025-04-01..2025-06-30"),
        ("2026-06-28", relative("week", 0), "2026-06-15..2026-06-21", "2025-06-22..2025-06-28"),
        ("2026-06-30", relative("year", -1), "2024-01-01..2024-12-31", "2024-01-01..2024-12-31"),
        ("2026-06-30", part("half", 1), "2025-07-01..2025-12-31", "2025-01-01..2025-06-30"),
        ("2025-12-31", {"kind": "year", "year": 2025}, "2024-01-01..2024-12-31", "2024-01-01..2024-12-31"),
        # an unfinished one against as many days from the start of the one before
        ("2026-06-29", relative("month", 0), "2026-05-01..2026-05-29", "2025-06-01..2025-06-29"),
        ("2026-06-30", relative("week", 0), "2026-06-22..2026-06-23", "2025-06-29..2025-06-30"),
        ("2026-06-30", relative("year", 0), "2025-01-01..2025-06-30", "2025-01-01..2025-06-30"),
        ("2026-08-15", part("half", 2), "2026-01-01..2026-02-15", "2025-07-01..2025-08-15"),
        # all of it where it is shorter
        ("2026-03-30", relative("month", 0), "2026-02-01..2026-02-28", "2025-03-01..2025-03-30"),
        # February and its 29th
        ("2024-02-29", relative("month", 0), "2024-01-01..2024-01-31", "2023-02-01..2023-02-28"),
        ("2025-02-28", relative("month", 0), "2025-01-01..2025-01-31", "2024-02-01..2024-02-29"),
        ("2024-02-28", relative("month", 0), "2024-01-01..2024-01-28", "2023-02-01..2023-02-28"),
        # whole months: as many months before
        ("2026-06-30", span(part("month", 1), part("month", 4)), "2025-09-01..2025-12-31", "2025-01-01..2025-04-30"),
        ("2026-03-10", span(part("month", 1), part("month", 4)), "2025-09-01..2025-11-08", "2025-01-01..2025-03-10"),
        (
            "2026-06-30",
            span(part("month", 1, 2025), part("month", 2)),
            "2024-11-01..2024-12-31",
            "2024-01-01..2024-02-29",
        ),
        # other ranges and days: as many days before
        ("2026-06-30", span(day(3, 1), day(3, 15)), "2026-02-14..2026-02-28", "2025-03-01..2025-03-15"),
        ("2026-06-30", day(3, 1), "2026-02-28..2026-02-28", "2025-03-01..2025-03-01"),
        ("2026-06-30", occasion("618"), "2026-05-12..2026-05-31", "2025-06-01..2025-06-20"),
        ("2026-06-10", occasion("618"), "2026-05-22..2026-05-31", "2025-06-01..2025-06-10"),
        ("2026-06-30", since(day(6, 21)), "2026-06-11..2026-06-20", "2025-06-21..2025-06-30"),
    ],
)
def test_previous_and_year_earlier(as_of: str, period: dict[str, Any], previous: str, year_earlier: str) -> None:
    named, on = PERIOD.validate_python(period), date.fromisoformat(as_of)
    assert str(named.previous(on, CALENDAR)) == previous
    assert str(named.year_earlier(on, CALENDAR)) == year_earlier


def test_the_name_and_not_the_days_decides_what_came_before() -> None:
    on = date(2026, 6, 30)
    month, thirty = (PERIOD.validate_python(each) for each in (relative("month", 0), last(30, "day")))
    assert month.resolve(on, CALENDAR) == thirty.resolve(on, CALENDAR)
    assert month.previous(on, CALENDAR) != thirty.previous(on, CALENDAR)


@pytest.mark.parametrize(
    ("as_of", "base", "cut", "days"),
    [
        ("2026-06-10", occasion("618", "last"), occasion("618", "this"), "2025-06-01..2025-06-10"),
        ("2026-06-10", part("quarter", 2, 2025), part("quarter", 2, 2026), "2025-04-01..2025-06-10"),
        ("2026-06-10", relative("month", -1), relative("month", 0), "2026-05-01..2026-05-10"),
        ("2026-06-30", relative("month", -1), relative("month", 0), "2026-05-01..2026-05-31"),
        ("2026-03-30", part("month", 2), relative("month", 0), "2026-02-01..2026-02-28"),
        ("2026-06-10", occasion("双11"), occasion("618"), "2025-10-31..2025-11-09"),
    ],
)
def test_two_named_periods_side_by_side(as_of: str, base: dict[str, Any], cut: dict[str, Any], days: str) -> None:
    named = PERIOD.validate_python(base)
    assert str(named.beside(PERIOD.validate_python(cut), date.fromisoformat(as_of), CALENDAR)) == days


def test_buckets_are_keyed_by_their_first_day() -> None:
    year = Span(date(2026, 1, 1), date(2026, 1, 12))  # January 1 is a Thursday
    assert buckets(year, "week") == [date(2025, 12, 29), date(2026, 1, 5), date(2026, 1, 12)]
    assert buckets(Span(date(2025, 11, 30), date(2026, 2, 1)), "month") == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert buckets(year, "quarter") == buckets(year, "year") == [date(2026, 1, 1)]
    assert len(buckets(year, "day")) == 12


def test_a_bucket_is_unfinished_until_its_last_day() -> None:
    june = Span(date(2026, 6, 1), date(2026, 6, 28))
    assert unfinished("month", june, date(2026, 6, 28))
    assert not unfinished("week", june, date(2026, 6, 28))
    assert not unfinished("day", june, date(2026, 6, 28))
    assert not unfinished("month", june, date(2026, 6, 30))

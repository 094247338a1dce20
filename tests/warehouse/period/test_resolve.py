"""The glossary's table of days, worked by hand."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.festivals import CALENDAR
from tests.warehouse.period.periods import PERIOD
from warehouse.errors import UnknownName
from warehouse.named import NoSuchDays, NotBegun

JUNE_30 = date(2026, 6, 30)  # a Tuesday, last day of a month, a quarter and a half


def last(n: int, unit: str) -> dict[str, Any]:
    return {"kind": "last", "n": n, "unit": unit}


def relative(unit: str, offset: int) -> dict[str, Any]:
    return {"kind": "relative", "unit": unit, "offset": offset}


def part(unit: str, number: int, year: int | str | None = None) -> dict[str, Any]:
    return {"kind": "part", "unit": unit, "number": number, "year": year}


def day(month: int, number: int, year: int | str | None = None) -> dict[str, Any]:
    return {"kind": "day", "month": month, "day": number, "year": year}


def occasion(name: str, year: int | str | None = None) -> dict[str, Any]:
    return {"kind": "occasion", "name": name, "year": year}


def span(first: dict[str, Any], final: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "range", "first": first, "last": final}


def since(of: dict[str, Any], side: str = "since") -> dict[str, Any]:
    return {"kind": "open", "side": side, "of": of}


def resolve(period: dict[str, Any], as_of: date) -> str:
    return str(PERIOD.validate_python(period).resolve(as_of, CALENDAR))


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (last(7, "day"), "2026-06-24..2026-06-30"),
        (last(2, "week"), "2026-06-17..2026-06-30"),
        (last(1, "month"), "2026-05-31..2026-06-30"),
        (last(3, "month"), "2026-03-31..2026-06-30"),
        (last(1, "quarter"), "2026-03-31..2026-06-30"),
        (last(1, "half"), "2025-12-31..2026-06-30"),
        (last(1, "year"), "2025-07-01..2026-06-30"),
        (relative("day", 0), "2026-06-30..2026-06-30"),
        (relative("day", -1), "2026-06-29..2026-06-29"),
        (relative("day", -2), "2026-06-28..2026-06-28"),
        (relative("week", 0), "2026-06-29..2026-06-30"),
        (relative("week", -1), "2026-06-22..2026-06-28"),
        (relative("week", -2), "2026-06-15..2026-06-21"),
        (relative("month", 0), "2026-06-01..2026-06-30"),
        (relative("month", -1), "2026-05-01..2026-05-31"),
        (relative("month", -2), "2026-04-01..2026-04-30"),
        (relative("quarter", 0), "2026-04-01..2026-06-30"),
        (relative("quarter", -1), "2026-01-01..2026-03-31"),
        (relative("year", 0), "2026-01-01..2026-06-30"),
        (relative("year", -1), "2025-01-01..2025-12-31"),
        (relative("year", -2), "2024-01-01..2024-12-31"),
        ({"kind": "weekday", "week": -1, "day": 5}, "2026-06-26..2026-06-26"),
        (part("half", 1), "2026-01-01..2026-06-30"),
        (part("half", 2), "2025-07-01..2025-12-31"),
        (part("half", 2, "last"), "2025-07-01..2025-12-31"),
        (part("month", 3), "2026-03-01..2026-03-31"),
        (part("month", 7), "2025-07-01..2025-07-31"),
        (part("month", 3, "last"), "2025-03-01..2025-03-31"),
        (part("quarter", 1), "2026-01-01..2026-03-31"),
        (part("quarter", 2, 2026), "2026-04-01..2026-06-30"),
        (part("quarter", 3), "2025-07-01..2025-09-30"),
        ({"kind": "year", "year": 2026}, "2026-01-01..2026-06-30"),
        (day(3, 5, 2026), "2026-03-05..2026-03-05"),
        (day(7, 5), "2025-07-05..2025-07-05"),
        (day(2, 29), "2024-02-29..2024-02-29"),
        (occasion("618"), "2026-06-01..2026-06-20"),
        (occasion("双11"), "2025-10-31..2025-11-11"),
        (occasion("双12", "before last"), "2024-12-01..2024-12-12"),
        (occasion("年货节", "this"), "2026-01-10..2026-01-25"),
        (occasion("双旦"), "2025-12-24..2026-01-03"),
        # test_holidays.py has the listing that these are read from
        (occasion("元旦"), "2026-01-01..2026-01-02"),
        (occasion("元旦", 2024), "2024-01-01..2024-01-01"),
        (occasion("春节"), "2026-02-16..2026-02-23"),
        (occasion("春节", "last"), "2025-01-28..2025-02-04"),
        (occasion("清明", 2026), "2026-04-05..2026-04-06"),
        (occasion("五一"), "2026-05-01..2026-05-05"),
        (occasion("端午"), "2026-06-19..2026-06-19"),
        (occasion("端午", 2025), "2025-05-31..2025-06-02"),
        (occasion("中秋", 2024), "2024-09-16..2024-09-17"),
        (occasion("国庆"), "2025-10-01..2025-10-08"),
        (span(part("month", 1), part("month", 4)), "2026-01-01..2026-04-30"),
        (span(part("month", 11), part("month", 2)), "2025-11-01..2026-02-28"),
        (span(part("month", 5), part("month", 8)), "2026-05-01..2026-06-30"),
        (span(part("month", 3, "last"), part("month", 5)), "2025-03-01..2025-05-31"),
        (span(part("month", 11, 2024), part("month", 2)), "2024-11-01..2025-02-28"),
        (span(part("month", 3), part("month", 5, 2025)), "2025-03-01..2025-05-31"),
        (span(day(3, 1), day(3, 15)), "2026-03-01..2026-03-15"),
        (span(occasion("国庆"), occasion("春节")), "2025-10-01..2026-02-23"),
        (span(part("month", 3), relative("day", -1)), "2026-03-01..2026-06-29"),
        (since(part("month", 5)), "2026-05-01..2026-06-30"),
        (since(relative("month", -1)), "2026-05-01..2026-06-30"),
        (since(occasion("618"), "after"), "2026-06-21..2026-06-30"),
        (since(relative("day", -1), "until"), "2024-07-01..2026-06-29"),
        (since(day(3, 1, 2026), "before"), "2024-07-01..2026-02-28"),
    ],
)
def test_the_glossarys_days_on_june_30(period: dict[str, Any], days: str) -> None:
    assert resolve(period, JUNE_30) == days


@pytest.mark.parametrize(
    ("as_of", "period", "days"),
    [
        (date(2024, 2, 29), last(1, "year"), "2023-03-01..2024-02-29"),
        (date(2024, 2, 29), last(1, "month"), "2024-01-30..2024-02-29"),
        (date(2024, 2, 29), relative("month", 0), "2024-02-01..2024-02-29"),
        (date(2025, 3, 31), last(1, "month"), "2025-03-01..2025-03-31"),  # the day after February 28
        (date(2026, 6, 29), relative("week", 0), "2026-06-29..2026-06-29"),  # a Monday
        (date(2026, 6, 28), relative("week", 0), "2026-06-22..2026-06-28"),  # a Sunday
        (date(2026, 1, 1), relative("year", 0), "2026-01-01..2026-01-01"),
        (date(2026, 1, 1), relative("month", -1), "2025-12-01..2025-12-31"),
        (date(2026, 1, 1), relative("quarter", -2), "2025-07-01..2025-09-30"),
        (date(2026, 1, 1), part("half", 1), "2026-01-01..2026-01-01"),
        (date(2026, 1, 1), part("month", 12), "2025-12-01..2025-12-31"),
        (date(2026, 3, 10), span(part("month", 1), part("month", 4)), "2026-01-01..2026-03-10"),
        (date(2025, 12, 31), relative("year", 0), "2025-01-01..2025-12-31"),
        (date(2018, 12, 31), occasion("元旦"), "2018-12-31..2018-12-31"),  # 2019's has begun
        (date(2023, 12, 31), occasion("元旦"), "2023-01-01..2023-01-02"),  # 2024's has not
        (date(2026, 5, 31), occasion("618"), "2025-06-01..2025-06-20"),
        (date(2026, 6, 1), occasion("618"), "2026-06-01..2026-06-01"),
        (date(2026, 1, 2), occasion("双旦"), "2025-12-24..2026-01-02"),
    ],
)
def test_the_glossarys_days_on_other_days(as_of: date, period: dict[str, Any], days: str) -> None:
    assert resolve(period, as_of) == days


@pytest.mark.parametrize(
    ("period", "latest"),
    [
        ({"kind": "year", "year": 2027}, "2026年（2026-01-01 至 2026-06-30）"),
        (relative("month", 1), "本月（2026-06-01 至 2026-06-30）"),
        (relative("day", 1), "今天（2026-06-30）"),
        (part("month", 9, 2026), "2025年9月（2025-09-01 至 2025-09-30）"),
        (occasion("双11", "this"), "2025年双11期间（2025-10-31 至 2025-11-11）"),
        ({"kind": "weekday", "week": 0, "day": 5}, "上周五（2026-06-26）"),
        ({"kind": "next", "n": 30, "unit": "day"}, "最近30天（2026-06-01 至 2026-06-30）"),
        (span(part("month", 8, 2026), part("month", 9)), "2025年8月 至 2025年9月（2025-08-01 至 2025-09-30）"),
        (since(part("month", 8, 2026)), "自2025年8月以来（2025-08-01 至 2026-06-30）"),
        (since(relative("day", 0), "after"), "今天（2026-06-30）"),
    ],
)
def test_what_has_not_begun_is_declined_naming_the_latest_that_has(period: dict[str, Any], latest: str) -> None:
    with pytest.raises(NotBegun) as told:
        resolve(period, JUNE_30)
    assert latest in told.value.hint.zh
    assert "2026-06-30" in told.value.message.en


def test_days_that_are_not_there_are_declined() -> None:
    with pytest.raises(NoSuchDays):
        resolve(day(2, 29, "last"), JUNE_30)
    with pytest.raises(NoSuchDays):
        resolve(span(part("month", 5, 2026), part("month", 2, 2026)), JUNE_30)
    with pytest.raises(UnknownName, match="no “黑五”"):
        resolve(occasion("黑五"), JUNE_30)


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ({"kind": "lately"}, "does not match any of the expected tags"),
        (last(0, "day"), "greater than or equal to 1"),
        (last(2, "half"), "write 12 months"),
        (part("quarter", 5), "a year has 4 of unit quarter, not 5"),
        (day(2, 30), "day is out of range for month"),
        (day(2, 29, 2025), "day is out of range for month"),
        (span(part("month", 3), relative("day", 0)), "open period"),
        (since(relative("year", 0)), "kind relative, offset 0"),
        ({**last(7, "day"), "days": 7}, "Extra inputs are not permitted"),
    ],
)
def test_a_period_that_is_none_says_why(period: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        PERIOD.validate_python(period)


def test_json_is_compact_and_read_again() -> None:
    written = PERIOD.dump_json(PERIOD.validate_python(span(part("month", 3, 2026), part("month", 5))))
    assert written == (
        b'{"kind":"range","first":{"kind":"part","year":2026,"unit":"month","number":3},'
        b'"last":{"kind":"part","year":2026,"unit":"month","number":5}}'
    )

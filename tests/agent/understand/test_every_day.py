"""The glossary's table of times, reckoned by hand for every day of three years."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from agent.understand.periods import find
from tests.festivals import CALENDAR
from warehouse.named import NotBegun

Days = tuple[date, date]
Reckoning = Callable[[date], Days]

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]


def back(day: date, months: int) -> date:
    """The same day so many months before, or that month's last."""
    year, month = day.year, day.month - months
    while month < 1:
        year, month = year - 1, month + 12
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month(year: int, number: int) -> Days:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Days:
    return month(year, first)[0], month(year, last)[1]


def day_ago(number: int) -> Reckoning:
    return lambda today: (today - timedelta(number), today - timedelta(number))


def last_days(number: int) -> Reckoning:
    return lambda today: (today - timedelta(number - 1), today)


def last_months(number: int) -> Reckoning:
    return lambda today: (back(today, number) + timedelta(1), today)


def week_ago(number: int) -> Reckoning:
    def reckon(today: date) -> Days:
        monday = today - timedelta(today.weekday() + 7 * number)
        return monday, min(today, monday + timedelta(6))

    return reckon


def weekday_ago(number: int, weekday: int) -> Reckoning:
    def reckon(today: date) -> Days:
        day = today - timedelta(today.weekday() + 7 * number - weekday + 1)
        return day, day

    return reckon


def month_ago(number: int) -> Reckoning:
    def reckon(today: date) -> Days:
        start = back(today.replace(day=1), number)
        return start, min(today, month(start.year, start.month)[1])

    return reckon


def quarter_ago(number: int) -> Reckoning:
    def reckon(today: date) -> Days:
        start = back(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * number)
        return start, min(today, month(start.year, start.month + 2)[1])

    return reckon


def year_ago(number: int) -> Reckoning:
    return lambda today: (date(today.year - number, 1, 1), min(today, date(today.year - number, 12, 31)))


def latest(first: int, last: int) -> Reckoning:
    """The latest of those months that has begun, cut at the day."""

    def reckon(today: date) -> Days:
        year = today.year if date(today.year, first, 1) <= today else today.year - 1
        start, end = months(year, first, last) if first <= last else (date(year, first, 1), month(year + 1, last)[1])
        return start, min(today, end)

    return reckon


def of_last_year(first: int, last: int) -> Reckoning:
    return lambda today: months(today.year - 1, first, last)


def festival(first: tuple[int, int], last: tuple[int, int]) -> Reckoning:
    def reckon(today: date) -> Days:
        year = today.year if date(today.year, *first) <= today else today.year - 1
        return date(year, *first), min(today, date(year, *last))

    return reckon


def since(first: int) -> Reckoning:
    return lambda today: (latest(first, first)(today)[0], today)


def until(day: date) -> Reckoning:
    return lambda today: (CALENDAR.first_day, min(day, today))


def days_of_month_ago(number: int, first: int, last: int) -> Reckoning:
    def reckon(today: date) -> Days:
        start = back(today.replace(day=1), number)
        return start.replace(day=first), min(
            start.replace(day=first) + timedelta(last - first), month(start.year, start.month)[1]
        )

    return reckon


def from_the_21st_of_february(today: date) -> Days:
    year = today.year if date(today.year, 2, 21) <= today else today.year - 1
    return date(year, 2, 21), min(today, month(year, 2)[1])


TABLE: dict[str, Reckoning] = {
    "今天 | today": day_ago(0),
    "昨天 | 昨日 | yesterday": day_ago(1),
    "前天 | the day before yesterday": day_ago(2),
    "最近1天 | 近一天 | the last 1 days": last_days(1),
    "最近7天 | 近7天 | 近七天 | 过去7天 | last 7 days | the past seven days": last_days(7),
    "最近28天 | last 28 days": last_days(28),
    "近三十天 | 过去30天 | past 30 days": last_days(30),
    "过去60天 | the last sixty days": last_days(60),
    "最近365天 | the past 365 days": last_days(365),
    "最近一周 | 近1周 | the past week": last_days(7),
    "最近两周 | 最近2周 | past two weeks": last_days(14),
    "最近6周 | last 6 weeks": last_days(42),
    "最近一个月 | 近1个月 | the past month": last_months(1),
    "最近3个月 | 近三个月 | last three months": last_months(3),
    "最近12个月 | the last twelve months": last_months(12),
    "最近一个季度 | the past quarter": last_months(3),
    "最近两个季度 | the last two quarters": last_months(6),
    "最近半年 | 近半年 | the past half year": last_months(6),
    "最近一年 | 过去一年 | the past year": last_months(12),
    "最近两年 | 近2年 | last 2 years": last_months(24),
    "最近一年半": last_months(18),
    "本周 | 这周 | 本周至今 | 这周到现在 | this week | WTD": week_ago(0),
    "上周 | 上个星期 | last week": week_ago(1),
    "上上周 | the week before last": week_ago(2),
    "上周三 | Wednesday of last week": weekday_ago(1, 3),
    "上上周日 | Sunday of the week before last": weekday_ago(2, 7),
    "本月 | 这个月 | 本月至今 | MTD | this month | month to date | 本月截至目前": month_ago(0),
    "上月 | 上个月 | last month": month_ago(1),
    "上上个月 | the month before last": month_ago(2),
    "本季度 | 本季至今 | QTD | this quarter": quarter_ago(0),
    "上季度 | 上个季度 | last quarter": quarter_ago(1),
    "上上季度 | the quarter before last": quarter_ago(2),
    "今年 | 年初至今 | 年初到现在 | YTD | this year | year to date | since the start of the year": year_ago(0),
    "去年 | last year | 去年全年 | all of last year": year_ago(1),
    "前年 | the year before last": year_ago(2),
    "上半年 | H1 | the first half": latest(1, 6),
    "下半年 | H2 | the second half": latest(7, 12),
    "去年上半年 | the first half of last year": of_last_year(1, 6),
    "Q1 | 一季度 | 第一季度 | the first quarter": latest(1, 3),
    "Q2 | 二季度 | second quarter": latest(4, 6),
    "Q3 | 第3季度 | the third quarter": latest(7, 9),
    "Q4 | 四季度 | the 4th quarter": latest(10, 12),
    "去年Q4 | Q4 last year | last year's fourth quarter": of_last_year(10, 12),
    **{f"{number}月 | {number}月份": latest(number, number) for number in range(1, 13)},
    "三月 | March | 整个3月": latest(3, 3),
    "十一月 | Nov": latest(11, 11),
    "去年五月 | 去年的5月 | May last year": of_last_year(5, 5),
    "1到4月 | 一月到四月 | 1-4月 | 1月至4月 | January to April | Jan-Apr": latest(1, 4),
    "11月到2月 | November to February": latest(11, 2),
    "3月以来 | 3月至今 | 从3月起 | since March | from March until now": since(3),
    "10月以来 | 10月到现在 | since October": since(10),
    "2025年3月 | 2025-03 | 25年3月 | March 2025": lambda _: (date(2025, 3, 1), date(2025, 3, 31)),
    "2024Q2 | 24Q2 | 2024年二季度 | Q2 2024": lambda _: (date(2024, 4, 1), date(2024, 6, 30)),
    "2024年 | 24年 | 2024全年 | the year 2024": lambda _: (date(2024, 1, 1), date(2024, 12, 31)),
    "2025-03-05 | 2025年3月5日 | March 5, 2025 | 20250305": lambda _: (date(2025, 3, 5), date(2025, 3, 5)),
    "3天前 | 三天前 | 3 days ago": day_ago(3),
    "30天前 | thirty days ago": day_ago(30),
    "上个月上旬": days_of_month_ago(1, 1, 10),
    "上个月中旬": days_of_month_ago(1, 11, 20),
    "上个月下旬": days_of_month_ago(1, 21, 31),
    "2月下旬": from_the_21st_of_february,
    "从3月初到现在 | 3月初至今 | from the beginning of March to now": since(3),
    "从今年年初一直到现在 | from the start of the year to now": year_ago(0),
    "1月到4月底 | from January to the end of April": latest(1, 4),
    "截至2025年底 | 到2025年年底 | by the end of 2025 | as of the end of 2025": until(date(2025, 12, 31)),
    "截至2025年2月底 | until the end of February 2025": until(date(2025, 2, 28)),
    "618期间 | 618 | 618大促": festival((6, 1), (6, 20)),
    "双11 | 双十一期间 | Double 11 | Singles' Day": festival((10, 31), (11, 11)),
    "双12 | 双十二 | Double 12": festival((12, 1), (12, 12)),
    "年货节 | 年货节期间": festival((1, 10), (1, 25)),
    "去年双十一 | last year's Double 11": lambda today: (date(today.year - 1, 10, 31), date(today.year - 1, 11, 11)),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
def test_a_row_of_the_table_on_every_day(row: str) -> None:
    reckon = TABLE[row]
    for words in row.split(" | "):
        told = find(words.lower(), CALENDAR)
        assert [(each.start, each.end) for each in told] == [(0, len(words))], words
        for today in DAYS:
            first, last = reckon(today)
            if first > today:
                with pytest.raises(NotBegun):
                    told[0].period.resolve(today, CALENDAR)
            else:
                assert tuple(told[0].period.resolve(today, CALENDAR)) == (first, min(last, today)), (words, today)


HOLIDAYS = {
    "春节": [(date(2024, 2, 10), date(2024, 2, 16)), (date(2025, 1, 28), date(2025, 2, 4))],
    "清明": [(date(2024, 4, 4), date(2024, 4, 5)), (date(2025, 4, 4), date(2025, 4, 4))],
    "五一": [(date(2024, 5, 1), date(2024, 5, 3)), (date(2025, 5, 1), date(2025, 5, 5))],
    "国庆": [(date(2024, 10, 1), date(2024, 10, 7)), (date(2025, 10, 1), date(2025, 10, 8))],
}


@pytest.mark.parametrize("name", HOLIDAYS)
def test_a_holiday_is_the_latest_that_has_begun(name: str) -> None:
    for words in (name, f"{name}假期", f"{name}期间"):
        (told,) = find(words, CALENDAR)
        for today in DAYS:
            held = [days for days in HOLIDAYS[name] if days[0] <= today]
            if held and today.year < LAST.year:
                start, end = held[-1]
                assert tuple(told.period.resolve(today, CALENDAR)) == (start, min(end, today)), (words, today)

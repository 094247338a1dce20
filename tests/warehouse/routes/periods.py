"""Time words with their first and last days, told by hand from the glossary's table."""

import datetime
from typing import NamedTuple

from warehouse.period import Day, Last, Occasion, Open, Part, Period, Range, Relative, Year

BEGINNING = "1900-01-01"


class Days(NamedTuple):
    """A time word, the period that it names, and its first and last day as of one day."""

    word: str
    period: Period | None
    first: str
    last: str


# As of Tuesday 2026-06-30: every current week, month, quarter and half is cut or ends there.
WORDS: tuple[Days, ...] = (
    Days("全部时间", None, BEGINNING, "2026-06-30"),
    Days("今天", Relative(unit="day", offset=0), "2026-06-30", "2026-06-30"),
    Days("上个月", Relative(unit="month", offset=-1), "2026-05-01", "2026-05-31"),
    Days("最近7天", Last(n=7, unit="day"), "2026-06-24", "2026-06-30"),
    Days("去年", Relative(unit="year", offset=-1), "2025-01-01", "2025-12-31"),
    Days("上周", Relative(unit="week", offset=-1), "2026-06-22", "2026-06-28"),
    Days("本季度", Relative(unit="quarter", offset=0), "2026-04-01", "2026-06-30"),
    Days("昨天", Relative(unit="day", offset=-1), "2026-06-29", "2026-06-29"),
    Days("今年", Relative(unit="year", offset=0), "2026-01-01", "2026-06-30"),
    Days("618", Occasion(name="618"), "2026-06-01", "2026-06-20"),
    Days("最近半年", Last(n=1, unit="half"), "2025-12-31", "2026-06-30"),
    Days("本周", Relative(unit="week", offset=0), "2026-06-29", "2026-06-30"),
    Days("双11", Occasion(name="双11"), "2025-10-31", "2025-11-11"),
    Days("Q1", Part(unit="quarter", number=1), "2026-01-01", "2026-03-31"),
    Days("春节", Occasion(name="春节"), "2026-02-16", "2026-02-23"),
    Days("2026年3月", Part(unit="month", number=3, year=2026), "2026-03-01", "2026-03-31"),
    Days("本月", Relative(unit="month", offset=0), "2026-06-01", "2026-06-30"),
    Days("下半年", Part(unit="half", number=2), "2025-07-01", "2025-12-31"),
    Days("2026-03-05", Day(month=3, day=5, year=2026), "2026-03-05", "2026-03-05"),
    Days("前年", Relative(unit="year", offset=-2), "2024-01-01", "2024-12-31"),
    Days("7月", Part(unit="month", number=7), "2025-07-01", "2025-07-31"),
    Days(
        "1-4月",
        Range(first=Part(unit="month", number=1), last=Part(unit="month", number=4)),
        "2026-01-01",
        "2026-04-30",
    ),
    Days(
        "11月到2月",
        Range(first=Part(unit="month", number=11), last=Part(unit="month", number=2)),
        "2025-11-01",
        "2026-02-28",
    ),
    Days("2025年以前", Open(side="before", of=Year(year=2025)), BEGINNING, "2024-12-31"),
)

# As of Tuesday 2026-03-17, while the shop's data go on: what came later is not known yet.
EARLIER_DAY = datetime.date(2026, 3, 17)
EARLIER_WORDS: tuple[Days, ...] = (
    Days("全部时间", None, BEGINNING, "2026-03-17"),
    Days("本月", Relative(unit="month", offset=0), "2026-03-01", "2026-03-17"),
    Days("最近30天", Last(n=30, unit="day"), "2026-02-16", "2026-03-17"),
    Days("今年", Relative(unit="year", offset=0), "2026-01-01", "2026-03-17"),
    Days("最近一个月", Last(n=1, unit="month"), "2026-02-18", "2026-03-17"),
    Days("618", Occasion(name="618"), "2025-06-01", "2025-06-20"),
    Days("上个月", Relative(unit="month", offset=-1), "2026-02-01", "2026-02-28"),
)

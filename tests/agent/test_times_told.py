"""Ordinary ways to tell a time: the end of a month, several months of one deed, the same month again."""

from pathlib import Path

import pytest

from agent.analyst import Analyst
from tests.asking import args, assert_rows_of, assert_stopped

THIS_MONTH = {"kind": "relative", "unit": "month", "offset": 0}
LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
YEAR_2025 = {"kind": "year", "year": 2025}


def month(number: int, year: str | None = None) -> dict[str, object]:
    """A month by its number."""
    return {"kind": "part", **({"year": year} if year else {}), "unit": "month", "number": number}


def until(period: dict[str, object]) -> dict[str, object]:
    """From the beginning of the data through a period."""
    return {"kind": "open", "side": "until", "of": period}


def did(behaviour: str, period: dict[str, object]) -> dict[str, object]:
    """What people did, as a plan has it."""
    return {"behaviour": behaviour, "period": period}


def no(condition: dict[str, object]) -> dict[str, object]:
    """What they did not."""
    return {"not": condition}


# A state is asked for at the last day of what ends; what adds up is not.
PLANS = [
    ("5月底的流失率", {"metrics": ["churn_rate"], "period": month(5)}),
    ("去年年底的库存", {"metrics": ["stock"], "period": {"kind": "relative", "unit": "year", "offset": -1}}),
    ("年初的库存", {"metrics": ["stock"], "period": {"kind": "day", "year": "this", "month": 1, "day": 1}}),
    ("stock at the end of 2025", {"metrics": ["stock"], "period": YEAR_2025}),
    ("churn rate at the end of May", {"metrics": ["churn_rate"], "period": month(5)}),
    ("5月底的库存比4月底", {"metrics": ["stock"], "period": month(5), "compare": {"period": month(4)}}),
    (
        "how many users at the end of 2025",
        {"metrics": ["users"], "period": YEAR_2025},
    ),
    ("到3月底一共有多少用户", {"metrics": ["users"], "period": until(month(3))}),
    ("截至5月5日的用户数", {"metrics": ["users"], "period": until({"kind": "day", "month": 5, "day": 5})}),
    ("users as of 5 May", {"metrics": ["users"], "period": until({"kind": "day", "month": 5, "day": 5})}),
    ("revenue until the end of April", {"metrics": ["revenue"], "period": until(month(4))}),
    ("5月底流失用户有多少", {"where": [{"segment": "churned", "period": month(5)}], "show": "count"}),
    ("3天前的订单数", {"metrics": ["orders"], "period": {"kind": "relative", "unit": "day", "offset": -3}}),
    ("customers who ordered 3 days ago", {"where": [did("order", {"kind": "relative", "unit": "day", "offset": -3})]}),
    (
        "GMV this month versus the same stretch of last month",
        {"metrics": ["gmv"], "period": THIS_MONTH, "compare": {"period": "previous"}},
    ),
    (
        "近7天 跟 之前7天 比 GMV",
        {"metrics": ["gmv"], "period": {"kind": "last", "n": 7, "unit": "day"}, "compare": {"period": "previous"}},
    ),
    (
        "revenue in Q1 compared with Q4 last year",
        {
            "metrics": ["revenue"],
            "period": {"kind": "part", "unit": "quarter", "number": 1},
            "compare": {"period": {"kind": "part", "year": "last", "unit": "quarter", "number": 4}},
        },
    ),
    ("5月和4月的销售额对比", {"metrics": ["revenue"], "period": month(5), "compare": {"period": month(4)}}),
    ("上个月注册而且当月就买过的用户", {"where": [did("register", LAST_MONTH), did("purchase", LAST_MONTH)]}),
    (
        "4月买过、5月和6月都没再买的用户",
        {
            "where": [
                did("purchase", month(4)),
                no(did("purchase", month(5))),
                no(did("purchase", month(6))),
            ]
        },
    ),
    (
        "customers who bought in April but not in May or June",
        {
            "where": [
                did("purchase", month(4)),
                no(did("purchase", month(5))),
                no(did("purchase", month(6))),
            ]
        },
    ),
    (
        "customers who bought in May or June",
        {"where": [{"any": [did("purchase", month(5)), did("purchase", month(6))]}]},
    ),
    ("5月和6月都买过的用户", {"where": [did("purchase", month(5)), did("purchase", month(6))]}),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_time_is_read_as_it_is_told(question: str, plan: dict[str, object], tiny_analyst: Analyst) -> None:
    assert args(tiny_analyst, question) == plan


# Sales have no day at a month's end or beginning; a day counted back, or a month meant again, may be another one.
UNCLEAR = [
    "5月底的销售额",
    "6月初下单的用户有多少",
    "5月底的库存和销售额",
    "年底的库存",
    "每月月末库存",
    "5月、6月买过的用户",
    "5月和6月下单的用户的销售额",
    "4月买过口红、5月和6月都没再买的用户",
    "上周下单，当天活跃的用户有哪些",
    "上个月和当月的GMV对比",
    "3天前下单的用户",
    "下单3天前看过口红的用户",
    "which users as of 5 May",
    "revenue by May",
]


@pytest.mark.parametrize("question", UNCLEAR)
def test_a_time_that_is_not_clear_is_not_guessed(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)


def bought(first: str, after: str) -> str:
    """SQL for the users with a paid order from one day up to before another."""
    return f"SELECT user_id FROM orders WHERE paid_at >= '{first}' AND paid_at < '{after}'"


MAY, JUNE = bought("2026-05-01", "2026-06-01"), bought("2026-06-01", "2026-07-01")
ROWS: list[tuple[str, str, str]] = [
    (
        "5月或6月买过的用户有多少",
        "how many customers bought in May or June",
        f"SELECT count(*) FROM ({MAY} UNION {JUNE})",
    ),
    (
        "4月活跃、5月和6月都没买的用户有多少",
        "how many users were active in April but did not buy in May or June",
        f"""SELECT count(DISTINCT user_id) FROM events WHERE event_at >= '2026-04-01' AND event_at < '2026-05-01'
        AND user_id NOT IN ({MAY}) AND user_id NOT IN ({JUNE})""",
    ),
    (
        "5月底的流失率",
        "churn rate at the end of May",
        f"""SELECT count(*) FILTER (user_id NOT IN ({bought("2026-05-02", "2026-06-01")})) / count(*) FROM
        (SELECT DISTINCT user_id FROM orders WHERE paid_at < '2026-06-01')""",
    ),
    (
        "截至去年年底的累计销售额",
        "revenue until the end of last year",
        "SELECT CAST(sum(pay_amount) AS DOUBLE) FROM orders WHERE paid_at < '2026-01-01'",
    ),
    (
        "6月上旬的销售额",
        "revenue on June 1-10",
        "SELECT CAST(sum(pay_amount) AS DOUBLE) FROM orders WHERE paid_at >= '2026-06-01' AND paid_at < '2026-06-11'",
    ),
    (
        "5天前的销售额",
        "revenue 5 days ago",
        "SELECT CAST(sum(pay_amount) AS DOUBLE) FROM orders WHERE CAST(paid_at AS DATE) = '2026-06-25'",
    ),
]


@pytest.mark.parametrize(("zh", "en", "sql"), ROWS)
def test_what_is_answered_is_what_sql_by_hand_tells(zh: str, en: str, sql: str, analyst: Analyst, shop: Path) -> None:
    assert_rows_of(sql, shop, analyst, zh, en)

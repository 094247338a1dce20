"""Names that some metrics share with the people whom they count: active users, buyers, repeat buyers, new users."""

from pathlib import Path

import duckdb
import pytest

from agent.analyst import Analyst
from tests.asking import answered, args, assert_rows_of, rows

ACTIVE = "SELECT user_id FROM events WHERE event_at >= '{}' AND event_at < '2026-07-01'"
PAID = "SELECT user_id FROM orders WHERE paid_at >= '{}' AND paid_at < '2026-07-01' GROUP BY 1 HAVING count(*) >= {}"
JUNE, WEEK, QUARTER = "2026-06-01", "2026-06-24", "2026-04-02"
LISTED = [
    ("最近7天活跃用户有哪些", "list active users in the last 7 days", ACTIVE.format(WEEK)),
    ("导出最近7天的活跃用户", "export active users of the last 7 days", ACTIVE.format(WEEK)),
    ("本月买家有哪些", "who are the buyers this month", PAID.format(JUNE, 1)),
    ("最近90天谁是复购用户", "who are the repeat buyers in the last 90 days", PAID.format(QUARTER, 2)),
    ("本月新用户有哪些", "list new users this month", "SELECT user_id FROM users WHERE registered_at >= '2026-06-01'"),
]


@pytest.mark.parametrize(("zh", "en", "sql"), LISTED)
def test_who_they_are_is_a_list(analyst: Analyst, shop: Path, zh: str, en: str, sql: str) -> None:
    with duckdb.connect(str(shop), read_only=True) as connection:
        wanted = {row[0] for row in connection.sql(sql).fetchall()}
    assert wanted
    for question in (zh, en):
        assert {row[0] for row in rows(analyst, question)} == wanted


@pytest.mark.parametrize(
    "question", ["最近7天活跃用户", "active users in the last 7 days", "最近7天活跃用户是多少", "上海的活跃用户有多少"]
)
def test_alone_they_are_counted(analyst: Analyst, question: str) -> None:
    assert args(analyst, question)["metrics"] == ["active_users"]


@pytest.mark.parametrize("question", ["本月活跃用户的GMV", "GMV of active users this month"])
def test_a_metric_may_be_of_them(analyst: Analyst, shop: Path, question: str) -> None:
    sql = (
        f"SELECT CAST(sum(pay_amount) AS DOUBLE) FROM orders WHERE ordered_at >= '{JUNE}' "
        f"AND ordered_at < '2026-07-01' AND user_id IN ({ACTIVE.format(JUNE)})"
    )
    assert_rows_of(sql, shop, analyst, question)


@pytest.mark.parametrize("tool", ["画像", "RFM", "漏斗", "聚类"])
def test_an_analysis_may_be_of_them(analyst: Analyst, tool: str) -> None:
    days = {"kind": "last", "n": 30, "unit": "day"}
    assert args(analyst, f"最近30天活跃用户的{tool}")["where"] == [{"segment": "active_users", "period": days}]


def test_the_days_of_those_asked_of_are_none_of_an_analysis_of_all_that_they_bought(analyst: Analyst) -> None:
    for question in (
        "对最近90天买过美妆的人做RFM",
        "最近30天注册用户的RFM",
        "RFM of users who visited in the last 30 days",
    ):
        assert "period" not in {name for name, value in args(analyst, question).items() if value is not None}


def test_they_go_on_as_people(analyst: Analyst) -> None:
    answer = answered(analyst, "最近7天活跃用户有哪些", "其中女性有多少")
    assert answer.plan is not None
    assert answer.plan["tool"] == "audience"
    assert "女" in answer.understood

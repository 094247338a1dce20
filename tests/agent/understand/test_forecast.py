"""Forecasts as people ask for them, and as they read themselves back."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import answered, args, ask

NEXT_MONTH = {"kind": "relative", "unit": "month", "offset": 1}
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("预测未来30天每天的销售额", {"metric": "revenue"}),
    ("预测未来30天的销售额，按平台", {"metric": "revenue", "by": "platform"}),
    ("预测未来的销售额", {"metric": "revenue"}),
    ("未来的销售额", {"metric": "revenue"}),  # not of those who did not come
    ("forecast future revenue", {"metric": "revenue"}),
    ("未来的7天的订单数", {"metric": "orders", "ahead": {"kind": "next", "n": 7, "unit": "day"}}),
    ("未来7天的订单数", {"metric": "orders", "ahead": {"kind": "next", "n": 7, "unit": "day"}}),
    ("下个月的销售额会是多少", {"metric": "revenue", "ahead": NEXT_MONTH}),
    ("What will revenue be next month?", {"metric": "revenue", "ahead": NEXT_MONTH}),
    ("forecast revenue by day for the next 30 days, by platform", {"metric": "revenue", "by": "platform"}),
    (
        "forecast orders for the next 8 weeks by week",
        {"metric": "orders", "ahead": {"kind": "next", "n": 8, "unit": "week"}, "grain": "week"},
    ),
    ("预测未来30天的订单数，根据最近180天的数据", {"metric": "orders", "history": 180}),
    (
        "预测2026年双11期间的销售额",
        {"metric": "revenue", "ahead": {"kind": "occasion", "year": 2026, "name": "双11"}},
    ),
    (
        "预测未来30天95后女性的支付订单数",
        {
            "metric": "paid_orders",
            "where": [
                {"dimension": "birth_year", "bounds": {"at_least": 1995, "at_most": 1999}},
                {"dimension": "gender", "values": ["女"]},
            ],
        },
    ),
)


@pytest.mark.parametrize(("question", "plan"), ASKED)
def test_a_forecast_is_read_and_read_back(analyst: Analyst, question: str, plan: dict[str, Any]) -> None:
    answer = answered(analyst, question)
    assert answer.plan == {"tool": "forecast", "args": plan}
    assert args(analyst, answer.understood) == plan


@pytest.mark.parametrize(
    "question", ["预测上个月的销售额", "预测本月销售额", "预测未来30天销售额最高的平台", "预测未来30天"]
)
def test_what_no_forecast_carries_stops(analyst: Analyst, question: str) -> None:
    assert ask(analyst, question).status in {"refuse", "clarify"}

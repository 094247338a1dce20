"""Of whom an analysis is: those left out of it, all customers after some, and nobody told where it needs some."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import answered, args, ask, assert_stopped

SHANGHAI = {"dimension": "city", "values": ["上海"]}
WOMEN = {"dimension": "gender", "values": ["女"]}
REFUNDED = {"behaviour": "refund"}
NOT_REFUNDED = {"not": REFUNDED}
LATELY = {"kind": "last", "n": 30, "unit": "day"}


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("排除退款的用户做RFM", [NOT_REFUNDED]),
        ("不含退款用户的RFM", [NOT_REFUNDED]),
        ("RFM，退款用户除外", [NOT_REFUNDED]),
        ("剔除退款用户后做RFM", [NOT_REFUNDED]),
        ("RFM excluding customers who refunded", [NOT_REFUNDED]),
        ("RFM excluding refunded customers", [NOT_REFUNDED]),
        ("RFM of women excluding those who refunded", [WOMEN, NOT_REFUNDED]),
        ("RFM excluding customers who refunded in the last 30 days", [{"not": {**REFUNDED, "period": LATELY}}]),
        ("排除没有下单的用户做RFM", [{"behaviour": "order"}]),
        ("排除上海女用户的RFM", [{"not": {"all": [SHANGHAI, WOMEN]}}]),
        ("RFM excluding women in Shanghai", [{"not": {"all": [WOMEN, SHANGHAI]}}]),
        ("RFM in Shanghai excluding women", [SHANGHAI, {"not": WOMEN}]),
        ("上海女用户除外的RFM", [{"not": {"all": [SHANGHAI, WOMEN]}}]),
        ("去掉上海的用户做RFM", [{"not": SHANGHAI}]),
    ],
)
def test_who_is_left_out(analyst: Analyst, question: str, where: list[Any]) -> None:
    assert args(analyst, question)["where"] == where


def test_lists_and_numbers_leave_out_in_the_same_way(analyst: Analyst) -> None:
    for question in ("排除退款用户的名单", "除了退款用户以外的用户", "customers excluding those who refunded"):
        assert args(analyst, question)["where"] == [NOT_REFUNDED], question
    for question in ("全部时间的销售额，不含退款用户", "revenue of all time excluding customers who refunded"):
        assert args(analyst, question)["where"] == [NOT_REFUNDED], question


def test_two_left_out_may_be_either_or_both(analyst: Analyst) -> None:
    assert_stopped(analyst, "剔除退款和退订的用户做RFM")


def test_brackets_that_do_not_hold_of_what_was_not_done(analyst: Analyst) -> None:
    assert args(analyst, "不满足（最近30天未下单）的用户")["where"] == [{"behaviour": "order", "period": LATELY}]


@pytest.mark.parametrize(
    "then", ["所有人的", "全部用户呢", "换成全部用户", "整体呢", "for everyone", "what about all customers"]
)
def test_the_same_of_everybody(analyst: Analyst, then: str) -> None:
    for analysis in ("上海女用户的RFM", "上海女用户的漏斗"):
        answer = answered(analyst, analysis, then)
        assert answer.tool == answered(analyst, analysis).tool
        assert answer.plan is not None
        assert "where" not in answer.plan["args"]


def test_a_forecast_of_everybody_keeps_what_is_not_about_people(analyst: Analyst) -> None:
    answer = answered(analyst, "预测未来30天上海用户在天猫的销售额", "全部用户呢")
    assert answer.tool == "forecast"
    assert dict(answer.plan["args"])["where"] == [{"dimension": "platform", "values": ["天猫"]}]  # type: ignore[index]


def test_another_whole_is_not_taken_for_everybody(analyst: Analyst) -> None:
    for then in ("全国呢", "总共呢"):
        assert_stopped(analyst, "上海女用户的RFM", then)
    assert answered(analyst, "上海女用户的RFM", "全部用户有多少").tool == "audience"


def test_who_is_left_out_of_the_analysis_before(analyst: Analyst) -> None:
    for then in ("排除退款用户", "去掉退款用户", "exclude those who refunded"):
        answer = answered(analyst, "上海用户的RFM", then)
        assert answer.tool == "rfm"
        assert dict(answer.plan["args"])["where"] == [SHANGHAI, NOT_REFUNDED], then  # type: ignore[index]
    assert answered(analyst, "上海用户的RFM", "排除退款用户的名单").tool == "audience"


@pytest.mark.parametrize(
    ("turns", "tool"),
    [
        (("用户画像",), "profile"),
        (("customer persona",), "profile"),
        (("上海女用户画像", "所有人的"), "profile"),
        (("预测未来7天",), "forecast"),
        (("forecast",), "forecast"),
    ],
)
def test_what_an_analysis_lacks_is_asked_for(analyst: Analyst, turns: tuple[str, ...], tool: str) -> None:
    asked = ask(analyst, *turns)
    assert asked.status == "clarify"
    assert len(asked.options) > 1
    for each in asked.options:
        assert answered(analyst, str(each)).tool == tool


def test_the_people_before_are_the_first_that_may_be_meant(analyst: Analyst) -> None:
    first = str(ask(analyst, "最近30天下单的上海用户", "用户画像").options[0])
    assert args(analyst, first)["where"] == [{"behaviour": "order", "period": LATELY}, SHANGHAI]


@pytest.mark.parametrize(
    "question",
    [
        "预测未来30天的销售额，不考虑双11",
        "不含双11的RFM",
        "forecast revenue for the next 30 days excluding Singles' Day",
    ],
)
def test_days_cannot_be_left_out_and_that_is_said(analyst: Analyst, question: str) -> None:
    declined = ask(analyst, question)
    assert declined.status == "refuse"
    assert "双11" in declined.text or "Singles" in declined.text


def test_two_metrics_are_not_forecast_at_once(analyst: Analyst) -> None:
    assert "一个指标" in ask(analyst, "预测未来30天的销售额和订单数").text

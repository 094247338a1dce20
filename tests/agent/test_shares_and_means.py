"""Shares of the whole, what each customer has on average, who and what stands first or last: plans by hand."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import args, ask, assert_stopped

LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
BEFORE_LAST = {"kind": "relative", "unit": "month", "offset": -2}


def of_each(metric: str) -> dict[str, Any]:
    """The mean over customers, last month."""
    return {"metrics": [{"metric": metric, "show": "mean", "over": "customer"}], "period": LAST_MONTH}


def share_of(metric: str, dimension: str, value: str) -> dict[str, Any]:
    """One group's share, last month."""
    keep = [{"dimension": dimension, "values": [value]}]
    return {
        "metrics": [{"metric": metric, "show": "share"}],
        "by": [dimension],
        "period": LAST_MONTH,
        "keep": keep,
    }


def ranked(metric: str, by: str, n: int | None = None, *, descending: bool = True) -> dict[str, Any]:
    """Groups in order, last month."""
    order = {"column": metric} if descending else {"column": metric, "descending": False}
    return {"metrics": [metric], "by": [by], "period": LAST_MONTH, "order": order, **({"limit": n} if n else {})}


PLANS = [
    *((question, of_each("orders")) for question in ("上个月人均订单数", "上个月平均每个用户下几单")),
    *((question, of_each("revenue")) for question in ("上个月每个用户平均花多少钱", "上个月每位用户平均销售额")),
    ("上个月核销率几成", {"metrics": ["redemption_rate"], "period": LAST_MONTH}),
    ("上个月平均每单多少件", {"metrics": ["items_per_order"], "period": LAST_MONTH}),
    *(
        (question, share_of("revenue", "province", "浙江"))
        for question in ("上个月浙江销售额占全国比例", "上个月浙江销售额占总体的比例", "上个月浙江的销售额占全国多少")
    ),
    *(
        (question, ranked("units", "product", 10, descending=False))
        for question in ("上个月卖得最差的10个商品", "上个月最不畅销的10个商品", "10 worst-selling products last month")
    ),
    *(
        (question, ranked("revenue", "user_id", 10))
        for question in ("top 10 spenders last month", "the 10 biggest spenders last month")
    ),
    ("top spenders last month", ranked("revenue", "user_id")),
    ("the biggest spender last month", ranked("revenue", "user_id", 1)),
    ("上个月收藏最多的商品", ranked("favoriters", "product", 1)),
    ("上个月加购最多的5个商品", ranked("carters", "product", 5)),
    ("上个月浏览最多的商品", ranked("page_views", "product", 1)),
    ("前月的销售额", {"metrics": ["revenue"], "period": BEFORE_LAST}),
    *(
        (
            question,
            {"metrics": ["revenue"], "period": LAST_MONTH, "where": [{"dimension": "platform", "values": ["天猫"]}]},
        )
        for question in ("上个月天猫那边的销售额", "上个月天猫这块的销售额", "上个月全国天猫的销售额")
    ),
]
UNTOLD = ["没有设置性别的用户有多少", "性别没填的用户有多少", "性别未知的用户有多少", "未设置性别的用户有多少"]
NOT_ANSWERED = [
    "全国和上海的销售额",
    "上海和全国的销售额",
    "总体、女性的客单价",
    "人均客单价",
    "上个月销售额几成",
    "上个月spenders有多少",
    "spenders last month",
    "上个月收藏最多的用户",
]
ASKED = ["上个月回头客有多少", "上个月回头客数", "上个月买得最多的品类", "昨天20点到22点下单多少"]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_it_is_read(question: str, plan: dict[str, Any], tiny_analyst: Analyst) -> None:
    assert args(tiny_analyst, question) == plan


@pytest.mark.parametrize("question", UNTOLD)
def test_what_was_not_told_is_the_value_that_says_so(question: str, tiny_analyst: Analyst) -> None:
    assert args(tiny_analyst, question) == {"where": [{"dimension": "gender", "values": ["未知"]}], "show": "count"}


def test_what_the_data_hold_no_word_for_is_missing(tiny_analyst: Analyst) -> None:
    assert args(tiny_analyst, "没填城市的用户有多少")["where"] == [{"dimension": "city", "op": "missing"}]


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_a_neighbour_is_not_answered(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)


@pytest.mark.parametrize("question", ASKED)
def test_what_may_be_counted_in_two_ways_is_asked_about(question: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status == "clarify"
    assert len(answer.options) > 1


@pytest.mark.parametrize("question", ["本月过生日的会员有多少人", "users with birthdays this month"])
def test_what_the_model_cannot_tell_of_a_birthday_is_said(question: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status == "clarify"
    assert {"生日", "birthday"} & set(answer.text.replace("，", " ").replace("的", " ").split())

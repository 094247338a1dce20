"""Calls that are nearly the question's: each goes back, or is told to be unsure; none is given as if exact."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.agent.llm.server import ChatServer, call
from tests.asking import ask

WORDS = {"吸金总额": "revenue"}
LOVER = {"剁手": "order"}


def query(**told: Any) -> Any:
    """A call of the metric that the unknown word stands for."""
    return call("query", **{"metrics": ["revenue"], "period": "本月", "words": WORDS, **told})


def people(*where: Any, **words: str) -> Any:
    """A call for people, among whom the unknown word stands for having ordered."""
    return call("audience", where=list(where), words={**LOVER, **words})


ORDERED, VIEWED, CARTED = ({"behaviour": each, "period": "本月"} for each in ("order", "view", "cart"))
BEST = {"column": "revenue"}
SHARE = {"metric": "revenue", "show": "share"}
SHANGHAI = {"dimension": "city", "values": ["上海"]}

WRONG: dict[str, tuple[str, Any, str]] = {
    "the highest for the lowest": ("本月吸金总额最低的3个城市", query(by=["city"], limit=3), "最低"),
    "the lowest for the highest": (
        "本月吸金总额最高的3个城市",
        query(by=["city"], limit=3, order={"column": "revenue", "descending": False}),
        "lowest",
    ),
    "no order": ("本月各城市的吸金总额，从低到高", query(by=["city"]), "从低到高"),
    "one row nobody asked for": ("本月各城市的吸金总额", query(by=["city"], limit=1), "limit 1"),
    "a segment nobody asked for": ("本月的吸金总额", query(where=[{"segment": "churned"}]), "churned"),
    "a group nobody asked for": ("本月的吸金总额", query(by=["city"]), "city"),
    "a metric nobody asked for": ("本月的吸金总额", query(metrics=["revenue", "gmv"]), "gmv"),
    "a behaviour nobody asked for": ("本月浏览的剁手用户", people(VIEWED, ORDERED, CARTED), "cart"),
    "days nobody asked for": ("本月的吸金总额", query(grain="day"), "day"),
    "days for weeks": ("本月每周的吸金总额", query(grain="day"), "每周"),
    "no comparison": ("本月的吸金总额同比", query(), "同比"),
    "another comparison": ("本月的吸金总额同比", query(compare={"period": "previous"}), "同比"),
    "a comparison nobody asked for": ("本月的吸金总额", query(compare={"period": "previous"}), "compare"),
    "the neighbour of a metric": ("本月的订单数和吸金总额", query(metrics=["gmv", "revenue"]), "订单数"),
    "another value, accounted for": (
        "本月上海的吸金总额",
        query(where=[{"dimension": "city", "values": ["北京"]}], words={**WORDS, "上海": "北京"}),
        "上海",
    ),
    "another period, accounted for": ("上月的吸金总额", query(words={**WORDS, "上月": "本月"}), "上月"),
    "a value that a word carried elsewhere accounts for": (
        "本月的吸金总额",
        query(where=[SHANGHAI], words={**WORDS, "本月": "上海"}),
        "上海",
    ),
    "a value that glue accounts for": (
        "本月的吸金总额",
        query(where=[SHANGHAI], words={**WORDS, "的": "上海"}),
        "上海",
    ),
    "a number that no word accounts for": (
        "本月各城市的吸金总额",
        query(by=["city"], limit=5, words={**WORDS, "五": "5"}),
        "“5”",
    ),
    "fewer for more": (
        "下单超过3次的上海剁手用户",
        people({"behaviour": "order", "times": {"less_than": 3}}, SHANGHAI),
        "超过3次",
    ),
    "at most for a bare number": ("下单3次的剁手用户", people({"behaviour": "order", "times": {"at_most": 3}}), "3次"),
    "more for less, of groups": (
        "本月吸金总额低于1000的城市",
        query(by=["city"], having=[{"column": "revenue", "bounds": {"more_than": 1000}}]),
        "低于1000",
    ),
    "or for and": ("本月浏览且加购的剁手用户", people({"any": [VIEWED, CARTED]}, ORDERED), "any"),
    "and for or": ("本月浏览或加购的剁手用户", people(VIEWED, CARTED, ORDERED), "或"),
    "no negation, accounted for": (
        "本月浏览但没有加购的剁手用户",
        people(VIEWED, CARTED, ORDERED, 没有="order"),
        "没有",
    ),
    "the first time": ("本月下单的剁手用户", people({**ORDERED, "which": "first"}), "first"),
    "in a row": (
        "最近7天下单的剁手用户",
        people({"behaviour": "order", "period": "最近7天", "in_a_row": 7}),
        "in_a_row",
    ),
}


@pytest.mark.parametrize(("question", "wrong", "why"), WRONG.values(), ids=WRONG)
def test_it_goes_back_with_the_reason(question: str, wrong: Any, why: str, helped: Analyst, server: ChatServer) -> None:
    server.acts(wrong, call("decline"))
    assert ask(helped, question).planner == "rules"
    assert why in server.requests[1].last


TANGLED: dict[str, tuple[str, Any]] = {
    "times changed over": (
        "上月下单且本月浏览的剁手用户",
        people(ORDERED, {"behaviour": "view", "period": "上月"}),
    ),
    "what was not done changed over": ("本月浏览但没有加购的剁手用户", people(CARTED, {"not": VIEWED})),
    "the order by another metric": (
        "本月各城市的吸金总额和订单数，按订单数从高到低",
        query(metrics=["revenue", "orders"], by=["city"], order={"column": "revenue"}),
    ),
    "a limit of all for one of each": (
        "本月各平台吸金总额前3的城市",
        query(by=["platform", "city"], limit=3),
    ),
}


@pytest.mark.parametrize(("question", "wrong"), TANGLED.values(), ids=TANGLED)
def test_what_no_check_tells_is_said(question: str, wrong: Any, helped: Analyst, server: ChatServer) -> None:
    server.acts(wrong)
    answer = ask(helped, question)
    assert answer.planner == "rules" or any("各属于哪一项" in each for each in answer.doubts)


RIGHT: dict[str, tuple[str, Any]] = {
    "the lowest": (
        "本月吸金总额最低的3个城市",
        query(by=["city"], limit=3, order={"column": "revenue", "descending": False}),
    ),
    "the one highest": ("本月吸金总额最高的城市", query(by=["city"], limit=1)),
    "weeks": ("本月每周的吸金总额", query(grain="week")),
    "a trend in days": ("本月吸金总额的趋势", query(grain="day")),
    "a year earlier": ("本月的吸金总额同比", query(compare={"period": "year_earlier"})),
    "either value": ("本月上海或北京的吸金总额", query(where=[{"dimension": "city", "values": ["上海", "北京"]}])),
    "more than": ("下单超过1次的剁手用户", people({"behaviour": "order", "times": {"more_than": 1}})),
    "two conditions": ("本月浏览的剁手用户", people(VIEWED, ORDERED)),
    "a share": (
        "本月各平台的吸金总额占比",
        query(metrics=["revenue", SHARE], by=["platform"]),
    ),
    "people by a group": (
        "本月各城市下单的剁手人数",
        call("audience", where=[ORDERED], show="breakdown", by="city", words=LOVER),
    ),
    "the best months": ("今年吸金总额最高的2个月", query(period="今年", grain="month", limit=2, order=BEST)),
}  # fmt: skip


@pytest.mark.parametrize(("question", "right"), RIGHT.values(), ids=RIGHT)
def test_the_right_call_is_run(question: str, right: Any, helped: Analyst, server: ChatServer) -> None:
    server.acts(right)
    answer = ask(helped, question)
    assert (answer.status, answer.planner) == ("answer", "llm"), server.requests[-1].last
    assert len(server.requests) == 1

"""Questions about funnels and retention, as people put them, and the plans that they are."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import answered, ask

LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
THIS_MONTH = LAST_MONTH | {"offset": 0}
DECEMBER = {"kind": "part", "unit": "month", "number": 12, "year": "last"}
FIRST_HALF = {
    "kind": "range",
    "first": {"kind": "part", "unit": "month", "number": 1, "year": 2025},
    "last": {"kind": "part", "unit": "month", "number": 6, "year": 2025},
}
SEXES = {"dimension": "gender", "values": ["男", "女"]}
MAY = {"kind": "part", "unit": "month", "number": 5}
WEEKS = {"kind": "last", "n": 12, "unit": "week"}
THIRTY = {"kind": "last", "n": 30, "unit": "day"}
OF_2026 = {"kind": "year", "year": 2026}
STEPS = ["view", "cart", "order", "purchase"]
IOS = {"dimension": "device", "first": "iOS", "second": "Android"}
NEW = {"dimension": "customer_type", "first": "新客", "second": "老客"}

FUNNELS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("上个月的漏斗", {"period": LAST_MONTH}),
    ("上个月的购买漏斗", {"period": LAST_MONTH}),
    ("show the purchase funnel for last month", {"period": LAST_MONTH}),
    ("哪一步流失的人最多", {}),
    ("最近30天从浏览、加购、下单到支付的漏斗，每一步多少人", {"period": THIRTY, "steps": STEPS}),
    ("浏览到支付的漏斗", {"steps": ["view", "purchase"]}),
    ("加购→收藏→支付的漏斗", {"steps": ["cart", "favorite", "purchase"]}),
    ("加购、收藏、支付漏斗", {"steps": ["cart", "favorite", "purchase"]}),
    ("funnel of added to cart, favorited, bought", {"steps": ["cart", "favorite", "purchase"]}),
    ("最近30天的漏斗，7天内完成", {"period": THIRTY, "within": 7}),
    ("the funnel in the last 30 days, done within 7 days", {"period": THIRTY, "within": 7}),
    ("最近30天各城市的漏斗", {"period": THIRTY, "by": "city"}),
    ("按访问设备看最近30天的漏斗", {"period": THIRTY, "by": "visit_device"}),
    ("最近30天iOS和安卓的漏斗对比", {"period": THIRTY, "compare": IOS}),
    ("最近30天新客和老客的漏斗对比", {"period": THIRTY, "compare": NEW}),
    ("本月的漏斗和上月对比", {"period": THIS_MONTH, "compare": {"period": "previous"}}),
    ("funnel this month vs last month", {"period": THIS_MONTH, "compare": {"period": "previous"}}),
    (
        "funnel of last month, users who bought in the last 30 days",
        {"period": LAST_MONTH, "where": [{"behaviour": "purchase", "period": THIRTY}]},
    ),
    (
        "上个月的漏斗，最近30天买过的用户",
        {"period": LAST_MONTH, "where": [{"behaviour": "purchase", "period": THIRTY}]},
    ),
    ("最近30天漏斗环比", {"period": THIRTY, "compare": {"period": "previous"}}),
    ("上个月的漏斗，同比", {"period": LAST_MONTH, "compare": {"period": "year_earlier"}}),
    ("漏斗和上个月比", {"period": THIS_MONTH, "compare": {"period": "previous"}}),
    ("最近30天的漏斗和去年12月对比", {"period": THIRTY, "compare": {"period": DECEMBER}}),
    ("where do users drop off most", {}),
    ("which step loses the most users in the last 30 days", {"period": THIRTY}),
    ("从搜索开始到支付的漏斗", {"steps": ["search", "purchase"]}),
    ("浏览-加购-支付漏斗", {"steps": ["view", "cart", "purchase"]}),
    ("浏览后加购的转化率", {"steps": ["view", "cart"]}),
    ("从加购到下单流失了多少人", {"steps": ["cart", "order"]}),
    ("浏览、加购的用户的漏斗", {"where": [{"behaviour": "view"}, {"behaviour": "cart"}]}),
    ("funnel of users who viewed and added to cart", {"where": [{"behaviour": "view"}, {"behaviour": "cart"}]}),
    ("浏览到支付的转化率", {"steps": ["view", "purchase"]}),
    ("浏览到支付转化率", {"steps": ["view", "purchase"]}),
    ("最近30天从浏览到加购的转化率", {"period": THIRTY, "steps": ["view", "cart"]}),
    ("浏览到加购到下单的转化情况", {"steps": ["view", "cart", "order"]}),
    ("加购→支付的流失率，按城市", {"steps": ["cart", "purchase"], "by": "city"}),
    ("conversion from view to purchase", {"steps": ["view", "purchase"]}),
    ("conversion rate from view to order last month", {"steps": ["view", "order"], "period": LAST_MONTH}),
    ("view to purchase conversion in the last 30 days", {"steps": ["view", "purchase"], "period": THIRTY}),
    ("女性用户上个月的转化漏斗", {"where": [{"dimension": "gender", "values": ["女"]}], "period": LAST_MONTH}),
)  # fmt: skip
BOUGHT, CAME = {"cohort": "first_purchase"}, {"cohort": "registration"}
RETENTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("次日留存率", {**CAME, "n": 1, "unit": "day"}),
    ("上个月注册用户的7日留存率", {**CAME, "n": 7, "unit": "day", "period": LAST_MONTH}),
    ("7-day retention of users who registered last month", {**CAME, "n": 7, "unit": "day", "period": LAST_MONTH}),
    ("D30 retention of new users", {**CAME, "n": 30, "unit": "day"}),
    ("第二天又回来的注册用户的留存率", {**CAME, "n": 1, "unit": "day"}),
    ("首购用户的留存率，按月", {**BOUGHT, "grain": "month"}),
    ("2026年首购用户的次月留存率", {**BOUGHT, "n": 1, "unit": "month", "period": OF_2026}),
    ("next-month retention of users who first bought in 2026", {**BOUGHT, "n": 1, "unit": "month", "period": OF_2026}),
    ("注册用户次月购买留存率", {**CAME, "n": 1, "unit": "month", "back": "purchase"}),
    ("首购用户次月又下单的比例", {**BOUGHT, "n": 1, "unit": "month", "back": "order"}),
    ("上个月首购的用户次月又活跃了多少", {**BOUGHT, "n": 1, "unit": "month", "back": "event", "period": LAST_MONTH}),
    ("注册用户的留存率，之后3个月内", {**CAME, "through": 3, "unit": "month"}),
    ("最近12周注册用户的留存，看前8周", {**CAME, "through": 8, "unit": "week", "period": WEEKS}),
    ("weekly retention of new users over the first 8 weeks", {**CAME, "through": 8, "unit": "week", "grain": "week"}),
    ("注册用户最近30天留存率", {**CAME, "period": THIRTY}),  # 30天 is of the period
    ("retention of users who registered in the first 6 months of 2025", {**CAME, "period": FIRST_HALF}),
    ("注册用户7日下单留存率", {**CAME, "n": 7, "unit": "day", "back": "order"}),
    ("注册后7天的留存率", {**CAME, "n": 7, "unit": "day"}),
    ("7-day purchase retention of new users", {**CAME, "n": 7, "unit": "day", "back": "purchase"}),
    ("注册用户30天内留存率", {**CAME, "within": 30, "unit": "day"}),
    ("注册30天内的留存率", {**CAME, "within": 30, "unit": "day"}),
    ("注册用户30天内又购买的留存率", {**CAME, "within": 30, "unit": "day", "back": "purchase"}),
    ("首购用户3个月内复购留存率", {**BOUGHT, "within": 3, "unit": "month"}),
    ("retention of new users within 30 days", {**CAME, "within": 30, "unit": "day"}),
    ("30天内注册用户的留存率", {**CAME, "period": THIRTY}),
    ("男性和女性的次日留存对比", {**CAME, "n": 1, "unit": "day", "where": [SEXES], "by": "gender"}),
    ("new customer retention by month", {**BOUGHT, "grain": "month"}),
    (
        "what percentage of users who signed up in May came back the next week",
        {**CAME, "n": 1, "unit": "week", "period": MAY},
    ),
    ("Weekly retention of new users", {**CAME, "grain": "week"}),
    ("上个月注册用户的次日浏览留存率", {**CAME, "n": 1, "unit": "day", "returned": ["view"], "period": LAST_MONTH}),
    ("favorited retention of new users, by week", {**CAME, "grain": "week", "returned": ["favorite"]}),
    ("各注册渠道的次日留存率", {**CAME, "n": 1, "unit": "day", "by": "register_channel"}),
)

NEW_OF = {kind: {"segment": "new_customers", "period": each} for kind, each in (("30", THIRTY), ("month", LAST_MONTH))}
ORDERED = {"behaviour": "order", "period": THIRTY}
# The days of a clause are those of the funnel, too, where it tells no others.
DAYS_OF_PEOPLE: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("新客最近30天的漏斗",), {"where": [NEW_OF["30"]], "period": THIRTY}),
    (("funnel of new customers in the last 30 days",), {"where": [NEW_OF["30"]], "period": THIRTY}),
    (("最近30天下单的用户的漏斗",), {"where": [ORDERED], "period": THIRTY}),
    (("最近30天下单的用户上个月的漏斗",), {"where": [ORDERED], "period": LAST_MONTH}),
    (("最近30天下单的用户全部时间的漏斗",), {"where": [ORDERED]}),
    (("最近30天的漏斗", "新客呢"), {"where": [NEW_OF["30"]], "period": THIRTY}),
    (("新客最近30天的漏斗", "上个月呢"), {"where": [NEW_OF["month"]], "period": LAST_MONTH}),
    (("最近30天的漏斗", "上个月的新客呢"), {"where": [NEW_OF["month"]], "period": LAST_MONTH}),
    (("最近30天的漏斗", "环比呢"), {"period": THIRTY, "compare": {"period": "previous"}}),
    (("最近30天漏斗环比", "去掉环比"), {"period": THIRTY}),
    (("最近30天下单的用户的漏斗", "上个月呢"), {"where": [ORDERED], "period": LAST_MONTH}),
)


@pytest.mark.parametrize(("turns", "args"), DAYS_OF_PEOPLE)
def test_the_days_of_the_people_are_those_of_the_funnel(
    analyst: Analyst, turns: tuple[str, ...], args: dict[str, Any]
) -> None:
    answer = answered(analyst, *turns)
    assert answer.plan == {"tool": "funnel", "args": args}
    assert answered(analyst, answer.understood).plan == answer.plan


def test_who_is_new_needs_days(analyst: Analyst) -> None:
    for question in ("新客的漏斗", "funnel of new customers", "新客的RFM"):
        assert ask(analyst, question).status == "refuse"


WHOSE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("留存率", {}),
    ("用户留存怎么样", {}),
    ("最近30天的留存率", {"period": THIRTY}),
    ("retention last month", {"period": LAST_MONTH}),
    ("女性用户的次月又下单的留存率", {"n": 1, "unit": "month", "back": "order", "where": [
        {"dimension": "gender", "values": ["女"]}]}),
    ("浏览留存率", {"returned": ["view"]}),
)  # fmt: skip


@pytest.mark.parametrize(("question", "told"), WHOSE)
def test_whose_retention_is_asked_back(analyst: Analyst, question: str, told: dict[str, Any]) -> None:
    """Each option is the whole question, of those who registered or of those who first bought, and is answered."""
    answer = ask(analyst, question)
    assert answer.status == "clarify"
    plans = [answered(analyst, each).plan for each in answer.options]
    assert plans == [{"tool": "retention", "args": {**whose, **told}} for whose in (CAME, BOUGHT)]


def test_what_is_usual_of_one_is_told_of_the_other(analyst: Analyst) -> None:
    """Coming back is a purchase of those who bought anyway."""
    bought = {"n": 1, "unit": "month"}
    plans = [answered(analyst, each).plan for each in ask(analyst, "次月购买留存率").options]
    assert [each["args"] for each in plans if each] == [{**CAME, **bought, "back": "purchase"}, {**BOUGHT, **bought}]


@pytest.mark.parametrize(("question", "args"), FUNNELS)
def test_funnels(analyst: Analyst, question: str, args: dict[str, Any]) -> None:
    answer = answered(analyst, question)
    assert answer.plan == {"tool": "funnel", "args": args}
    assert answered(analyst, answer.understood).plan == answer.plan


def test_a_conversion_rate_by_its_name_is_the_metric(analyst: Analyst) -> None:
    """Only from one step to another is it a funnel; and not where all of that is a name of the model."""
    for question in (
        "转化率",
        "下单转化率",
        "推送转化率",
        "从5月到6月的转化率",
        "浏览过的用户的转化率",
        "conversion from May to June",
        "view-to-cart conversion rate",
    ):
        plan = answered(analyst, question).plan or {}
        assert plan.get("tool") == "query", question


@pytest.mark.parametrize(("question", "args"), RETENTIONS)
def test_retention(analyst: Analyst, question: str, args: dict[str, Any]) -> None:
    answer = answered(analyst, question)
    assert answer.plan == {"tool": "retention", "args": args}
    assert answered(analyst, answer.understood).plan == answer.plan


def test_the_months_of_first_purchases_and_the_share_in_the_month_after(analyst: Analyst) -> None:
    answer = answered(analyst, "今年1到4月，每个月首购的用户有多少比例在次月又买了？")
    assert answer.plan is not None
    period = answer.plan["args"].pop("period")
    assert (period["kind"], period["first"]["number"], period["last"]["number"]) == ("range", 1, 4)
    assert answer.plan["args"] == {**BOUGHT, "n": 1, "unit": "month", "grain": "month"}


def test_one_step_is_no_funnel(analyst: Analyst) -> None:
    for question in ("最近30天购买漏斗", "最近30天下单的漏斗"):
        assert "只说出了一步" in ask(analyst, question).text


@pytest.mark.parametrize(
    "question",
    [
        "最近30天购买漏斗",  # one step: no order of them, and no condition on customers
        "漏斗按天看",
        "漏斗前3个城市",
        "最近30天各城市漏斗环比",
        "漏斗环比",  # of which days
        "未来的漏斗",  # of days to come, not of those who did not come
        "未来用户留存",
        "the funnel in the future",
        "1月注册用户在2月的留存率",
        "4月首购的用户第2个月还有多少人回来买",
    ],
)
def test_what_cannot_be_carried_is_declined(analyst: Analyst, question: str) -> None:
    assert ask(analyst, question).status in {"refuse", "clarify"}

"""Ordinary wordings of what was done and to what alone, of rises, first orders and misspelt words: plans by hand."""

from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import args, ask, assert_rows_of, assert_stopped

LAST_WEEK = {"kind": "relative", "unit": "week", "offset": -1}
LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
THIS_MONTH = {"kind": "relative", "unit": "month", "offset": 0}
HALF_A_YEAR = {"kind": "last", "n": 1, "unit": "half"}
BEAUTY = {"dimension": "category", "values": ["美妆"]}


def bought(where: dict[str, Any]) -> dict[str, Any]:
    """A purchase of something."""
    return {"behaviour": "purchase", "where": [where]}


def spent_at_first(amount: int, period: dict[str, Any] | None = None) -> dict[str, Any]:
    """A first purchase of at least so much."""
    paid = {"dimension": "order_amount", "bounds": {"at_least": amount}}
    return {"behaviour": "first_purchase", **({"period": period} if period else {}), "where": [paid]}


PLANS = [
    *(
        (question, {"metrics": ["gmv"], "period": LAST_WEEK, "compare": {"period": "previous"}})
        for question in ("did GMV rise last week", "上周GMV有没有涨", "上周GMV涨了吗", "Did GMV go up last week?")
    ),
    ("最近半年每周新注册了多少人", {"metrics": ["new_users"], "grain": "week", "period": HALF_A_YEAR}),
    (
        "New and returning customers for each month of this year",
        {
            "metrics": ["new_customers", "returning_customers"],
            "grain": "month",
            "period": {"kind": "relative", "unit": "year", "offset": 0},
        },
    ),
    (
        "Buyers of 口红 who never bought 跑鞋",
        {
            "where": [
                bought({"dimension": "subcategory", "values": ["口红"]}),
                {"not": bought({"dimension": "subcategory", "values": ["跑鞋"]})},
            ]
        },
    ),
    (
        "How many registered users have never bought anything?",
        {"metrics": ["users"], "where": [{"not": {"behaviour": "purchase"}}]},
    ),
    (
        "APP推送上个月发了几条，转化率和打开率是多少",
        {
            "metrics": ["messages_sent", "message_conversion_rate", "open_rate"],
            "period": LAST_MONTH,
            "where": [{"dimension": "message_channel", "values": ["APP推送"]}],
        },
    ),
    ("上个月的UV和转化率", {"metrics": ["active_users", "conversion_rate"], "period": LAST_MONTH}),
    (
        "上周发往江浙沪的支付订单数，按收货省份拆",
        {
            "metrics": ["paid_orders"],
            "by": ["ship_province"],
            "period": LAST_WEEK,
            "where": [{"dimension": "ship_jiangzhehu", "values": ["江浙沪"]}],
        },
    ),
    (
        "本月新客里，首单就花了800以上的有谁",
        {"where": [{"segment": "new_customers", "period": THIS_MONTH}, spent_at_first(800, THIS_MONTH)]},
    ),
    ("第一单买的就是美妆的用户", {"where": [{"behaviour": "first_purchase", "where": [BEAUTY]}]}),
    (
        "近一年因为服饰类商品退货退款过的用户",
        {
            "where": [
                {
                    "behaviour": "refund",
                    "period": {"kind": "last", "n": 1, "unit": "year"},
                    "where": [
                        {"dimension": "category", "values": ["服饰"]},
                        {"dimension": "refund_type", "values": ["退货退款"]},
                    ],
                }
            ]
        },
    ),
    (
        "用过满100减10券的用户有多少",
        {
            "where": [
                {
                    "behaviour": "use_coupon",
                    "where": [
                        {"dimension": "coupon_threshold", "bounds": {"at_least": 100, "at_most": 100}},
                        {"dimension": "coupon_discount", "bounds": {"at_least": 10, "at_most": 10}},
                    ],
                }
            ],
            "show": "count",
        },
    ),
    (
        "拿近90天算，星期几的订单量最大？七天都列出来，由多到少",
        {
            "metrics": ["orders"],
            "by": ["weekday"],
            "period": {"kind": "last", "n": 90, "unit": "day"},
            "order": {"column": "orders"},
        },
    ),
    ("How many days of stock do we have left in each category?", {"metrics": ["days_of_stock"], "by": ["category"]}),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_an_ordinary_wording_is_read(question: str, plan: dict[str, Any], analyst: Analyst) -> None:
    assert args(analyst, question) == plan


def test_several_misspelt_words_are_told_as_doubts(analyst: Analyst) -> None:
    answer = ask(analyst, "revnue and average oder value by platfrom last week")
    assert answer.plan is not None, answer.text
    assert answer.plan["args"] == {
        "metrics": ["revenue", "average_order_value"],
        "by": ["platform"],
        "period": LAST_WEEK,
    }
    assert len(answer.doubts) == 3


@pytest.mark.parametrize("question", ["上周销售", "上周的销售怎么样", "各平台销售"])
def test_sales_without_more_are_asked_about(question: str, analyst: Analyst) -> None:
    answer = ask(analyst, question)
    assert answer.status == "clarify"
    assert len(answer.options) == 3


# What is said of one thing alone is never dropped, nor what may be meant for another.
NEAR = [
    "只买过口红的用户",
    "仅上个月买过的用户",
    "users who ordered only last month",
    "首单花了800",
    "首单客单价",
    "how many customers left last month",
    "customers who left",
    "最近7天各城市GMV，七天都列出来",
    "昨天下单的订单和用户",
]


@pytest.mark.parametrize("question", NEAR)
def test_what_is_near_is_not_answered_in_its_place(question: str, analyst: Analyst) -> None:
    assert_stopped(analyst, question)


LINES = """SELECT DISTINCT orders.user_id FROM orders JOIN order_items USING (order_id) JOIN products USING (product_id)
    WHERE orders.paid_at IS NOT NULL"""
FIRST = """SELECT user_id, min_by(order_id, (paid_at, order_id)) AS order_id,
    min_by(pay_amount, (paid_at, order_id)) AS paid FROM orders WHERE paid_at IS NOT NULL GROUP BY user_id"""
ROWS = [
    (
        "只买过美妆的用户有多少",
        "how many customers bought only beauty",
        f"SELECT count(*) FROM (({LINES} AND category = '美妆') EXCEPT ({LINES} AND category <> '美妆'))",
    ),
    (
        "只在天猫买过的用户有多少",
        "how many customers only bought on Tmall",
        """SELECT count(*) FROM
        (SELECT user_id FROM orders WHERE paid_at IS NOT NULL GROUP BY 1 HAVING bool_and(platform = '天猫'))""",
    ),
    (
        "首单买美妆的用户有多少",
        "how many users made their first purchase in beauty",
        f"""SELECT count(DISTINCT first.user_id) FROM ({FIRST}) AS first JOIN order_items USING (order_id)
        JOIN products USING (product_id) WHERE category = '美妆'""",
    ),
    (
        "首单花了800元以上的用户有多少",
        "how many users made their first purchase (order amount at least 800 yuan)",
        f"SELECT count(*) FROM ({FIRST}) WHERE paid >= 800",
    ),
    (
        "北上广深有多少用户",
        "how many users are from Beijing, Shanghai, Guangzhou and Shenzhen",
        "SELECT count(*) FROM users WHERE city IN ('北京', '上海', '广州', '深圳')",
    ),
]


@pytest.mark.parametrize(("zh", "en", "sql"), ROWS)
def test_what_is_answered_is_what_sql_by_hand_tells(zh: str, en: str, sql: str, analyst: Analyst, shop: Path) -> None:
    assert_rows_of(sql, shop, analyst, zh, en)

"""What shop operators ask next, and how they count, compare and leave out: plans and rows by hand."""

from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import args, ask, assert_rows_of, assert_stopped, understood

THIS_YEAR = {"kind": "relative", "unit": "year", "offset": 0}
LAST_YEAR = {"kind": "relative", "unit": "year", "offset": -1}
LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
LAST_WEEK = {"kind": "relative", "unit": "week", "offset": -1}
MONTH = {"kind": "last", "n": 30, "unit": "day"}

PLANS: list[tuple[str, dict[str, Any]]] = [
    # A trend beside another year is compared month by month with that year, not with the month before.
    *(
        (question, {"metrics": ["revenue"], "grain": grain, "period": period, "compare": {"period": "year_earlier"}})
        for question, grain, period in (
            ("今年每季度销售额和去年对比", "quarter", THIS_YEAR),
            ("去年每月销售额跟前年比", "month", LAST_YEAR),
            ("2026年每月销售额比2025年", "month", {"kind": "year", "year": 2026}),
            ("weekly revenue this year compared with last year", "week", THIS_YEAR),
        )
    ),
    # What each row came to, and no total of customers.
    (
        "上个月销售额在500元以上的订单有多少笔",
        {
            "metrics": ["paid_orders"],
            "period": LAST_MONTH,
            "where": [{"dimension": "order_amount", "bounds": {"at_least": 500}}],
        },
    ),
    (
        "上周GMV不足50元的订单数",
        {
            "metrics": ["orders"],
            "period": LAST_WEEK,
            "where": [{"dimension": "order_amount", "bounds": {"less_than": 50}}],
        },
    ),
    # Becoming a customer is not bound by the time of what is asked.
    (
        "达人合作注册的用户上个月的GMV",
        {
            "metrics": ["gmv"],
            "period": LAST_MONTH,
            "where": [{"dimension": "register_channel", "values": ["达人合作"]}, {"behaviour": "register"}],
        },
    ),
    # How much of it was used is no change.
    ("上个月发了多少张券，用掉了几成", {"metrics": ["coupons_issued", "redemption_rate"], "period": LAST_MONTH}),
    # A value tells what the unclear word behind it is a name of.
    (
        "邮件渠道上周的打开率",
        {
            "metrics": ["open_rate"],
            "period": LAST_WEEK,
            "where": [{"dimension": "message_channel", "values": ["邮件"]}],
        },
    ),
    # Several where no superlative stands; all that there are; the one told at the end, or in the middle.
    ("上周畅销的品牌", {"metrics": ["units"], "by": ["brand"], "period": LAST_WEEK, "order": {"column": "units"}}),
    (
        "上周销量最高的品牌是哪些",
        {"metrics": ["units"], "by": ["brand"], "period": LAST_WEEK, "order": {"column": "units"}},
    ),
    (
        "Top 3 best-selling brands last week",
        {"metrics": ["units"], "by": ["brand"], "period": LAST_WEEK, "order": {"column": "units"}, "limit": 3},
    ),
    (
        "每个大区卖得最好的品牌是哪个，上个月的",
        {
            "metrics": ["units"],
            "by": ["region", "brand"],
            "period": LAST_MONTH,
            "order": {"column": "units"},
            "limit": 1,
            "limit_per": "region",
        },
    ),
    (
        "今年卖得最好的月份",
        {"metrics": ["units"], "grain": "month", "period": THIS_YEAR, "order": {"column": "units"}, "limit": 1},
    ),
    ("四个仓库的库存各多少", {"metrics": ["stock"], "by": ["warehouse"]}),
    ("上周平均每笔卖多少钱", {"metrics": ["average_order_value"], "period": LAST_WEEK}),
    (
        "上个月GMV前5的省份，上海不看",
        {
            "metrics": ["gmv"],
            "by": ["province"],
            "period": LAST_MONTH,
            "where": [{"not": {"dimension": "province", "values": ["上海"]}}],
            "order": {"column": "gmv"},
            "limit": 5,
        },
    ),
    (
        "上个月支付人数环比降得最多的品类",
        {
            "metrics": ["buyers"],
            "by": ["category"],
            "period": LAST_MONTH,
            "compare": {"period": "previous"},
            "order": {"column": "buyers_growth", "descending": False},
            "limit": 1,
        },
    ),
    # People.
    ("近30天下单天数超过3天的用户", {"where": [{"behaviour": "order", "period": MONTH, "days": {"more_than": 3}}]}),
    (
        "近30天只加购没下单的用户",
        {"where": [{"behaviour": "cart", "period": MONTH}, {"not": {"behaviour": "order", "period": MONTH}}]},
    ),
    (
        "who viewed 图书 but not 运动",
        {
            "where": [
                {"behaviour": "view", "where": [{"dimension": "category", "values": ["图书"]}]},
                {"not": {"behaviour": "view", "where": [{"dimension": "category", "values": ["运动"]}]}},
            ]
        },
    ),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_it_is_read(question: str, plan: dict[str, Any], analyst: Analyst) -> None:
    assert args(analyst, question) == plan


TURNS = [
    ("今年GMV和去年比|按季度看", "今年的GMV，按季度，同比"),
    ("本月注册的用户|其中下过单的", "本月注册、全部时间下单的用户"),
    ("上周各品类销售额|谁最低", "上周的销售额，按品类，按销售额从低到高，前1名"),
    ("上周各品类销售额|第一名是谁", "上周的销售额，按品类，按销售额从高到低，前1名"),
    ("口红今年的销量|退货率也看看", "今年口红的销量、退货率"),
    ("京东上周的GMV|按平台看", "上周的GMV，按平台"),
    ("上周京东的GMV|跟抖音比呢", "上周的GMV，按平台，京东对比抖音"),
    ("上周京东的GMV|五个平台分别多少", "上周的GMV，按平台"),
    ("上个月新增用户|按注册渠道|只看直播", "上个月注册渠道：直播的新增用户，按注册渠道"),
    ("最近30天GMV|延长到60天", "最近60天的GMV"),
    ("上周各品类GMV前5|反过来，最低的5个", "上周的GMV，按品类，按GMV从低到高，前5名"),
    ("上周来过的女用户有多少|给我名单", "上周活跃的用户，女性"),
    ("上周来过的女用户|名单发我", "上周活跃的用户，女性"),
]


@pytest.mark.parametrize(("conversation", "said"), TURNS)
def test_the_next_turn_changes_what_it_says(conversation: str, said: str, analyst: Analyst) -> None:
    assert understood(analyst, *conversation.split("|")) == said


def test_they_are_the_groups_found(analyst: Analyst) -> None:
    first = ask(analyst, "上个月销售额前3的品牌").table
    then = ask(analyst, "上个月销售额前3的品牌", "他们的退货率").table
    assert first is not None
    assert then is not None
    assert set(then.column("brand")) == set(first.column("brand"))


# Buckets have no base of another length; a number of people is not the people; another number is not all of them; what
# the shop spends on a channel is not what the customers spend who came by it.
STOPPED = [
    "本月每天的GMV和上个月比",
    "上周GMV环比|按天",
    "上个月下单人数|他们的客单价",
    "三个仓库的库存各多少",
    "上周京东的GMV|三个平台分别多少",
    "只买过口红没买过面膜的用户",
    "上个月发了多少张券，退款了百分之几",
    "信息流广告上个月花费多少",
    "What did we spend on search ads last week?",
]


@pytest.mark.parametrize("conversation", STOPPED)
def test_it_is_not_taken_for_what_is_near(conversation: str, analyst: Analyst) -> None:
    assert_stopped(analyst, *conversation.split("|"))


def test_slow_movers_are_what_the_glossary_says(analyst: Analyst, shop: Path) -> None:
    sql = """
        SELECT product_name, sum(on_hand)
        FROM inventory JOIN products USING (product_id)
        WHERE snapshot_date = DATE '{day}' AND is_active AND product_id NOT IN (
            SELECT product_id FROM order_items JOIN orders USING (order_id)
            WHERE paid_at >= DATE '{day}' - 29 AND paid_at < DATE '{day}' + 1
        )
        GROUP BY 1 HAVING sum(on_hand) > 0 ORDER BY 2 DESC, 1
    """
    assert_rows_of(
        sql.format(day="2026-06-30"), shop, analyst, "滞销商品有哪些", "哪些商品滞销", "slow-moving products"
    )
    assert_rows_of(sql.format(day="2026-05-31"), shop, analyst, "上个月滞销的商品有哪些")

"""Answers on a shop whose numbers are worked out by hand (tests/tiny.sql), in both languages."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import ask, rows

# Orders by the day they were placed: 1 on May 31 (100), 2 and 3 on June 10 (200, 400), 4 on June 23 (30), 5 on June 24
# (50), 7 on June 29 (60), 6 and 8 on June 30 (70, 10). Paid: 1 on June 1, 2, 4, 5, 7 on June 30, 8.
NUMBERS = [
    ("昨天的GMV", "GMV yesterday", 60),
    ("今天GMV多少", "What is the GMV today?", 80),
    ("今天的销售额", "revenue today", 70),
    ("本周GMV是多少", "GMV this week", 140),
    ("上周的订单数", "orders last week", 2),
    ("本月GMV", "GMV this month", 820),
    ("本月销售额", "How much revenue this month?", 450),
    ("上个月GMV", "gross merchandise value last month", 100),
    ("上月销售额", "sales last month", 0),
    ("最近7天的订单数", "number of orders in the last 7 days", 4),
    ("2026年6月的订单数", "orders in June 2026", 7),
    ("最近7天支付人数", "buyers in the past 7 days", 3),
    ("最近7天活跃用户数", "active users in the last 7 days", 5),
    ("最近8天活跃用户数", "active users, last 8 days", 5),
    ("2026-06-23的UV", "UV on 2026-06-23", 1),
    ("最近7天上海的GMV", "GMV of 上海 in the last 7 days", 120),
    ("本月女性用户的销售额", "revenue from women this month", 360),
    ("本月95后的GMV", "GMV this month, born 1995-1999", 850 - 100),
    ("天猫本月的GMV", "Tmall GMV this month", 440),
]


@pytest.mark.parametrize(("zh", "en", "expected"), NUMBERS)
def test_one_number(tiny_analyst: Analyst, zh: str, en: str, expected: float) -> None:
    assert rows(tiny_analyst, zh) == [[expected]]
    assert rows(tiny_analyst, en) == [[expected]]


TABLES: list[tuple[str, str, list[list[Any]]]] = [
    ("本月各平台GMV", "GMV by platform this month", [["天猫", 440], ["京东", 260], ["抖音", 120]]),
    ("本月销售额按性别", "revenue by gender this month", [["女", 360], ["男", 80], ["未知", 10]]),
    (
        "本月各城市的订单数",
        "orders per city this month",
        [["上海", 4], ["北京", 1], ["成都", 1], ["杭州", 1]],
    ),
    (
        "最近7天每天的GMV",
        "daily GMV in the last 7 days",
        [[f"2026-06-{day}", gmv] for day, gmv in zip(range(24, 31), [50, 0, 0, 0, 0, 60, 80], strict=True)],
    ),
    (
        "本月每周的订单数",
        "orders by week this month",
        [["2026-06-01", 0], ["2026-06-08", 2], ["2026-06-15", 0], ["2026-06-22", 2], ["2026-06-29", 3]],
    ),
    (
        "今年每月销售额",
        "monthly revenue this year",
        [*([f"2026-0{month}-01", 0] for month in range(1, 6)), ["2026-06-01", 450]],
    ),
    (
        "最近2天各性别每天的活跃用户数",
        "daily active users by gender, last 2 days",
        [["2026-06-29", "女", 2], ["2026-06-29", "未知", 0], ["2026-06-30", "女", 1], ["2026-06-30", "未知", 1]],
    ),
    ("本月GMV和支付人数", "GMV and buyers this month", [[820, 4]]),
    (
        "抖音占本月销售额的比例，按周",
        "what share of revenue came from Douyin this month, by week",
        [
            *([f"2026-06-{day}", "抖音", 0] for day in ("01", "08")),
            ["2026-06-15", "抖音", None],
            ["2026-06-22", "抖音", 0.625],
            ["2026-06-29", "抖音", 0],
        ],
    ),
    ("抖音占各城市本月销售额的比例", "Douyin's share of revenue by city this month", [["上海", "抖音", 0.625]]),
    (
        "本月天猫的销售额占比，按周占全期合计",
        "share of revenue this month, Tmall, by week out of the whole period",
        [
            ["2026-06-01", 0.714285714286],
            *([f"2026-06-{day}", 0] for day in ("08", "15")),
            ["2026-06-22", 0.214285714286],
            ["2026-06-29", 0.0714285714286],
        ],
    ),
    ("天猫贡献了本月GMV的多少", "how much of GMV this month came from Tmall", [["天猫", 440, 0.536585365854]]),
    (
        "最近2天每天的GMV、销售额和活跃用户数",
        "GMV, revenue and active users by day, last 2 days",
        [["2026-06-29", 60, 0, 2], ["2026-06-30", 80, 70, 2]],
    ),
    (
        "本月各平台的GMV和支付人数",
        "GMV and buyers by platform this month",
        [["天猫", 440, 3], ["京东", 260, 2], ["抖音", 120, 1]],
    ),
]


@pytest.mark.parametrize(("zh", "en", "expected"), TABLES)
def test_a_table(tiny_analyst: Analyst, zh: str, en: str, expected: list[list[Any]]) -> None:
    assert rows(tiny_analyst, zh) == expected
    assert rows(tiny_analyst, en) == expected


# In the last 7 days users 1, 3, 4, 5 and 2 were active; 3, 4 and 5 placed an order, 1 and 2 did not.
# Of 1 (1995-01-01) and 2 (1999-12-31), both are women born 1995-1999.
PEOPLE = [
    (
        "最近7天活跃但未下单的95后女性有哪些？",
        "women born 1995-1999 who were active in the last 7 days but placed no order",
        [1, 2],
    ),
    ("最近7天活跃但没有下单的用户名单", "list the users who were active in the last 7 days but did not order", [1, 2]),
    ("最近7天活跃且下单的用户有哪些", "users who were active in the last 7 days and placed an order", [3, 4, 5]),
    ("昨天活跃的上海用户", "users from 上海 who were active yesterday", []),
    ("最近7天下单的男性和女性", "men and women who ordered in the last 7 days", [3, 4]),
    ("昨天下单但今天未活跃的用户", "users who placed an order yesterday, were not active today", [4]),
    ("下过单的用户有哪些", "users who placed an order", [1, 2, 3, 4, 5]),
    # Last paid on June 10 (user 1), 24 (3) and 30 (4, 5), 2 never; who ordered last: 2 on June 10, too.
    ("最近一次购买在6天前的用户", "customers whose last purchase was at least 6 days ago", [1, 3]),
    ("最近一次购买超过6天的用户", "customers whose last purchase was more than 6 days ago", [1]),
    ("最后一次下单距今不到3天的用户", "users whose latest order was less than 3 days ago", [3, 4, 5]),
    ("最近一次下单是在6月10日的用户", "users whose last order was on 2026-06-10", [1, 2]),
    ("超过6天没下单的用户", "users who have not ordered for more than 6 days", [1, 2]),
    # Of one amount: 400 is order 3 of user 2, 200 is 2 of user 1, both of June 10; 2 never paid; 1 first paid 100.
    ("有超过150元的订单的用户", "customers with an order over 150 yuan", [1, 2]),
    ("单笔支付超过150元的用户", "customers who paid for an order over 150 yuan", [1]),
    ("本月单笔订单不超过10元的用户", "customers who placed an order of at most 10 yuan this month", [5]),
    ("本月单笔订单至少150元的用户", "customers with at least one order of at least 150 yuan this month", [1, 2]),
    ("昨天一单没下的女性", "women who did not order once yesterday", [1, 2]),
    ("一分钱没花的用户", "customers who bought nothing", [2]),
    ("本月在京东买过但没在天猫买过的用户", "customers who bought on JD but not on Tmall this month", [4]),
    ("一张券没领过的男性", "men who got no coupon", [3]),
    # Nobody is of two generations; 1, 2 and 3 are of the one, 4 of the other.
    ("不满足（95后且00后）的用户", "users who do not match (born 1995-1999 and born 2000-2009)", [1, 2, 3, 4, 5]),
    ("不满足（95后或00后）的用户", "users who do not match (born 1995-1999 or born 2000-2009)", [5]),
    # Registered on January 1 to 5, which is 180 to 176 days ago.
    ("注册满178天的用户有哪些", "users who registered at least 178 days ago", [1, 2, 3]),
    ("注册超过178天的用户有哪些", "users who registered more than 178 days ago", [1, 2]),
    ("注册不到177天的用户有哪些", "users who registered less than 177 days ago", [5]),
]


@pytest.mark.parametrize(("zh", "en", "expected"), PEOPLE)
def test_people(tiny_analyst: Analyst, zh: str, en: str, expected: list[int]) -> None:
    assert [row[0] for row in rows(tiny_analyst, zh)] == expected
    assert [row[0] for row in rows(tiny_analyst, en)] == expected


def test_a_list_shows_who_they_are(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "最近7天活跃但未下单的95后女性有哪些？")
    assert answer.json()["rows"] == [[1, "安", "女", 31, "杭州", "金卡"], [2, "宝", "女", 26, "上海", "普通"]]
    assert answer.headline is not None
    assert answer.headline.text == "2"
    assert answer.chart is not None
    assert answer.chart.data is not None
    assert answer.chart.data.rows == (("上海", 1), ("杭州", 1))


def test_people_counted_and_broken_down(tiny_analyst: Analyst) -> None:
    assert rows(tiny_analyst, "最近7天活跃但未下单的用户有多少") == [[2]]
    assert rows(tiny_analyst, "how many users were active in the last 7 days but placed no order") == [[2]]
    assert rows(tiny_analyst, "数一下最近7天下单的用户") == [[3]]
    assert rows(tiny_analyst, "数一数最近7天活跃又下单的用户有多少") == [[3]]
    assert rows(tiny_analyst, "最近7天下单的用户，按性别") == [["女", 1], ["未知", 1], ["男", 1]]


def test_the_amount_of_a_first_purchase(tiny_analyst: Analyst) -> None:
    assert [row[0] for row in rows(tiny_analyst, "首单金额超过50元的用户")] == [1, 4]
    assert [row[0] for row in rows(tiny_analyst, "首单至少100元的用户")] == [1]


def test_the_amount_of_one_order_leaves_open_whether_it_was_paid(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "单笔超过150元的用户")
    assert answer.status == "clarify"
    assert list(answer.options) == [
        "全部时间下单（订单金额超过150元）的用户",
        "全部时间支付（订单金额超过150元）的用户",
    ]


def test_people_told_by_what_they_are_are_ranked_one_by_one(tiny_analyst: Analyst) -> None:
    assert rows(tiny_analyst, "本月消费最多的2个女性") == [[1, 300], [4, 60]]
    assert rows(tiny_analyst, "top 2 women by spending this month") == [[1, 300], [4, 60]]


def test_kinds_of_people_in_a_list_are_counted_one_by_one(tiny_analyst: Analyst) -> None:
    assert rows(tiny_analyst, "本月新客和老客各有多少") == [[4, 0]]
    assert rows(tiny_analyst, "how many new and returning customers this month") == [[4, 0]]
    assert rows(tiny_analyst, "昨天下单和今天支付的用户") == [[4, "丹", "女", 26, "北京", "钻石"]]
    assert rows(tiny_analyst, "今天下单和支付的人各有多少") == [[2, 2]]
    assert rows(tiny_analyst, "本月新客和老客按城市") == [
        ["上海", 1, 0],
        ["北京", 1, 0],
        ["成都", 1, 0],
        ["杭州", 1, 0],
    ]


def test_more_rows_than_the_limit_are_counted(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "下过单的用户有哪些", limit=2)
    assert answer.table is not None
    assert (len(answer.table.rows), answer.table.row_count, answer.table.truncated) == (2, 5, True)
    assert answer.headline is not None
    assert answer.headline.value == 5

"""Every metric of the demo model on a shop whose numbers are worked out by hand (tests/hand.sql)."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AS_OF
from tests.warehouse.results import asked, same, value
from tests.warehouse.shops import hand
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.warehouse import Reading, Warehouse

MAY: dict[str, Any] = {"kind": "part", "unit": "month", "number": 5, "year": 2026}
JUNE: dict[str, Any] = {"kind": "part", "unit": "month", "number": 6, "year": 2026}
END_OF_MAY = AS_OF.replace(month=5, day=31)


@pytest.fixture(scope="module")
def shop_by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hand(tmp_path_factory.mktemp("hand"))


@pytest.fixture(scope="module")
def reading(shop_by_hand: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop_by_hand), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def then(shop_by_hand: Path) -> Iterator[Reading]:
    """The same shop as it stood on May 31."""
    with Warehouse(DuckDbEngine(shop_by_hand), load(DEMO), END_OF_MAY).reading() as reading:
        yield reading


# Paid in May: order 1 (100, user 1), 2 (230, user 2). Placed in May: 2 (230), 4 (60, cancelled), 3 (300).
# Paid in June: 3 (300, user 3), 5 (280, user 1), 6 (100, user 1), 7 (50, user 4), 8 (30, user 4), 9 (50, user 2),
# 11 (400, user 4). Placed in June: 5, 6, 7, 8, 15 (30, user 6, cancelled), 9, 10 (600, user 3, unpaid), 11.
# Of each metric its value in May and in June.
VALUES: dict[str, tuple[float | None, float | None]] = {
    "gmv": (230 + 60 + 300, 280 + 100 + 50 + 30 + 30 + 50 + 600 + 400),
    "revenue": (100 + 230, 300 + 280 + 100 + 50 + 30 + 50 + 400),
    "net_revenue": (330 - 0, 1210 - 90 - 30),
    "orders": (3, 8),
    "paid_orders": (2, 7),
    "ordering_users": (2, 5),  # 2, 3; then 1, 4, 6, 2, 3
    "buyers": (2, 4),
    "average_spend": (330 / 2, 1210 / 4),
    "average_order_value": (330 / 2, 1210 / 7),
    "average_unit_price": (330 / 4, 1210 / 19),
    "units": (1 + 3, 1 + 5 + 2 + 1 + 1 + 1 + 8),
    "items_per_order": (4 / 2, 19 / 7),
    "discount": (20, 10 + 50),
    "payment_rate": (2 / 3, 6 / 8),  # 2 and 3 of May's three; all of June's but 15 and 10
    "cancellation_rate": (1 / 3, 1 / 8),
    "cancelled_orders": (1, 1),
    "orders_then_paid": (2, 6),
    "refund_amount": (0, 90 + 30),
    "refund_rate": (0, 120 / 1210),
    "returned_units": (0, 2),
    "return_rate": (0, 2 / 19),
    "cost_of_goods": (40 + 80 + 20, 200 + 110 + 40 + 20 + 10 + 40 + 160),
    "gross_profit": (330 - 140, 1210 - 580),
    "gross_margin": (190 / 330, 630 / 1210),
    "platform_fee": (15, 15 + 14 + 4 + 2 + 1 + 3 + 10),
    "logistics_cost": (16, 10 + 9 + 8 + 5 + 5 + 8 + 5),
    "contribution_profit": (190 - 0 - 15 - 16 - 5, 630 - 120 - 49 - 50 - 50),
    "contribution_margin": (154 / 330, 361 / 1210),
    "active_users": (1, 5),  # 3; then 1, 4, 2, 6, 5
    "page_views": (1, 4),
    "viewers": (1, 4),
    "searchers": (0, 1),
    "favoriters": (0, 1),
    "carters": (0, 1),
    "sharers": (0, 1),
    "cart_rate": (0, 1 / 4),
    "conversion_rate": (2 / 1, 4 / 5),
    "order_conversion_rate": (2 / 1, 5 / 5),
    "visits": (1, 7),
    "stay_seconds": (60, 10 + 30 + 10 + 20 + 5 + 15 + 7 + 12 + 40 + 25 + 5 + 5 + 8 + 3),
    "stay_per_user": (60, 195 / 5),
    "new_users": (2, 3),
    "users": (3, 6),
    "new_customers": (1, 2),  # 2; then 3, whose order is of May but was paid in June, and 4
    "returning_customers": (1, 2),
    "new_customer_share": (1 / 2, 2 / 4),
    "returning_customer_share": (1 / 2, 2 / 4),
    "repeat_buyers": (0, 2),  # in June 1 and 4
    "repurchase_rate": (0, 2 / 4),
    "customers": (2, 4),
    "churned_users": (1, 0),  # on May 31 user 1, who last paid on May 1, one day before the last 30
    "churn_rate": (1 / 2, 0),
    "messages_sent": (1, 4),
    "messages_opened": (1, 2),  # of those sent in May one was opened, in June
    "messages_clicked": (1, 1),
    "messages_converted": (0, 1),
    "messages_unsubscribed": (0, 1),
    "open_rate": (1, 2 / 4),
    "click_rate": (1, 1 / 4),
    "message_conversion_rate": (0, 1 / 4),
    "unsubscribe_rate": (0, 1 / 4),
    "coupons_issued": (1, 3),
    "coupons_used": (0, 2),
    "redemption_rate": (0, 2 / 3),
    "ad_spend": (5, 20 + 30),
    "ad_revenue": (0, 150),
    "roi": (0, 150 / 50),
    "ad_impressions": (100, 1500),
    "ad_clicks": (10, 75),
    "ad_click_rate": (10 / 100, 75 / 1500),
    "cost_per_click": (5 / 10, 50 / 75),
    "ad_new_users": (0, 3),
    "acquisition_cost": (None, 50 / 3),
    "stock": (None, 10 + 20 + 5 + 0 + 3),  # on June 30; no snapshot is of May
    "recent_units": (3, 19),  # from May 2: not order 1, paid on May 1
    # All that is on hand was sold in June, or is sold no more: there is nothing to sum, as of stock without a snapshot.
    "slow_stock": (None, None),
    "days_of_stock": (None, 38 / (19 / 30)),
    "products_sold": (2, 4),
    "active_products": (4, 4),  # 1, 2, 3, 5
    "sell_rate": (2 / 4, 4 / 4),
    "sell_through": (None, 19 / (19 + 38)),
    "reviews": (1, 3),
    "rating": (5, (4 + 2 + 3) / 3),
    "positive_review_rate": (1, 1 / 3),
    "negative_review_rate": (0, 1 / 3),
    "first_day_users": (0, 2),  # 4 on June 10, 5 on June 30; 6 came 15 days later
    "new_user_share": (0, 2 / 5),
    # Through D, users 1 to 4: R scores 2 3 1 4 (last paid on June 5, 18, 1, 30), F 4 2 1 3 (5, 2, 1 and 3 orders),
    # M 4 1 2 3 (880, 280, 300, 480). Each mean is 2.5: user 4 alone is high in all three.
    "high_value_buyers": (0, 1),
    "high_value_share": (0, 1 / 4),
    "campaign_revenue": (0, 300 + 280 + 50),
}


def test_every_metric_is_worked_out(reading: Reading) -> None:
    elsewhere = {"campaign_budget", "campaign_roi"}  # told by campaign below
    assert set(reading.model.metrics) == set(VALUES) | elsewhere


@pytest.mark.parametrize("metric", VALUES)
def test_a_metric_in_may_and_in_june(metric: str, reading: Reading) -> None:
    in_may, in_june = VALUES[metric]
    assert same(value(reading, metrics=[metric], period=MAY), in_may)
    assert same(value(reading, metrics=[metric], period=JUNE), in_june)


@pytest.mark.parametrize("metric", VALUES)
def test_june_is_compared_with_may(metric: str, reading: Reading) -> None:
    in_may, in_june = VALUES[metric]
    known = in_may is not None and in_june is not None
    difference = in_june - in_may if in_may is not None and in_june is not None else None
    growth = difference / in_may if known and in_may and difference is not None else None
    found = asked(reading, metrics=[metric], period=JUNE, compare={"period": "previous"})
    assert same(found, [[in_june, in_may, difference, growth]])


# By groups in June, in the groups' order of the answer or not: each group with its value.
GROUPED: list[tuple[str, str, dict[Any, float | None]]] = [
    # Order 5 has two lines of lipstick and one of nuts: one order of each.
    ("orders", "category", {"美妆": 5, "食品": 3, "运动": 1}),
    ("paid_orders", "category", {"美妆": 5, "食品": 2, "运动": 1}),
    ("buyers", "category", {"美妆": 3, "食品": 2, "运动": 1}),
    ("revenue", "category", {"美妆": 190 + 100 + 50 + 50 + 400, "食品": 90 + 30, "运动": 300}),
    ("gmv", "category", {"美妆": 790, "食品": 90 + 30 + 30, "运动": 600}),
    ("revenue", "brand", {"红豆": 190 + 50, "白露": 100 + 90 + 50 + 30 + 400, "青山": 300}),
    ("units", "product", {"口红甲": 3, "面膜乙": 11, "坚果丙": 4, "跑鞋丁": 1}),
    ("average_order_value", "category", {"美妆": 790 / 5, "食品": 120 / 2, "运动": 300}),
    ("discount", "subcategory", {"口红": 60, "面膜": 0, "坚果": 0, "跑鞋": 0}),
    # Fees and freight of order 5 are shared 190 to 90; of the others each has lines of one category.
    (
        "contribution_profit",
        "category",
        {
            "美妆": (790 - 340) - 90 - (14 * 190 / 280 + 19) - (9 * 190 / 280 + 26) - 50,
            "食品": (120 - 40) - 30 - (14 * 90 / 280 + 1) - (9 * 90 / 280 + 5),
            "运动": (300 - 200) - 15 - 10,
        },
    ),
    # New customers stand where their first order ever was: of user 4's two at one moment 7, in the mini program.
    ("new_customers", "platform", {"天猫": 1, "小程序": 1}),
    ("buyers", "platform", {"天猫": 3, "京东": 1, "小程序": 1, "抖音": 1}),
    ("returning_customers", "platform", {"天猫": 2, "京东": 1, "小程序": 0, "抖音": 1}),
    ("repurchase_rate", "platform", {"天猫": 0, "京东": 0, "小程序": 0, "抖音": 1}),
    # Refunds stand with their order's platform, and what it was shipped to.
    ("refund_amount", "platform", {"京东": 90, "天猫": 30}),
    ("refund_amount", "ship_city", {"上海": 90, "杭州": 30}),
    ("refund_rate", "platform", {"天猫": 30 / 630, "京东": 90 / 100, "小程序": 0, "抖音": 0}),
    # Order 6 was sent to Shanghai for a user of Hangzhou.
    ("revenue", "city", {"杭州": 380, "上海": 50, "北京": 300, "成都": 480}),
    ("revenue", "ship_city", {"杭州": 280, "上海": 150, "北京": 300, "成都": 480}),
    ("revenue", "region", {"华东": 430, "华北": 300, "西南": 480}),
    # User 3 turns 36 on June 30; user 4, born a day later, is still 35. User 5 tells no birth date.
    ("users", "age", {30: 1, 26: 1, 36: 1, 35: 1, None: 1, 25: 1}),
    ("users", "age_band", {"25-29岁": 2, "30-34岁": 1, "35-39岁": 2, "未知": 1}),
    ("users", "birth_year", {1996: 1, 1999: 1, 1990: 2, None: 1, 2001: 1}),
    ("users", "gender", {"女": 3, "男": 2, "未知": 1}),
    ("buyers", "customer_type", {"新客": 2, "老客": 2}),
    ("revenue", "customer_type", {"新客": 300 + 480, "老客": 380 + 50}),
    ("paid_orders", "used_coupon", {"用券": 2, "未用券": 5}),
    ("paid_orders", "pay_method", {"微信支付": 1, "支付宝": 2, "花呗": 3, "银行卡": 1}),
    ("orders", "order_status", {"已完成": 5, "已取消": 1, "待付款": 1, "已付款": 1}),
    # The user's own device, and the one of the visit: user 6 owns Android and came by iOS.
    ("active_users", "device", {"iOS": 1, "PC": 1, "Android": 2, "鸿蒙": 1}),
    ("active_users", "visit_device", {"iOS": 2, "PC": 1, "Android": 1, "鸿蒙": 1}),
    ("orders", "weekday", {1: 1, 2: 2, 4: 1, 5: 4}),
    ("orders", "hour", {8: 2, 10: 1, 12: 2, 15: 1, 20: 1, 23: 1}),
    ("orders", "day_type", {"工作日": 8}),
    ("messages_sent", "message_channel", {"APP推送": 1, "微信": 1, "邮件": 1, "短信": 1}),
    ("open_rate", "message_channel", {"APP推送": 1, "微信": 0, "邮件": 1, "短信": 0}),
    ("stock", "category", {"美妆": 35, "食品": 0, "运动": 3}),
    ("stock", "warehouse", {"华东仓": 33, "华南仓": 5}),
    ("rating", "product", {"口红甲": 3.5, "面膜乙": 2}),
    ("campaign_revenue", "campaign", {"2026年618大促": 630}),
    ("campaign_roi", "campaign", {"2026年618大促": 0.63, "6月会员日": None}),  # a budget of 0
    ("roi", "ad_platform", {"短视频广告": 5, "搜索广告": 50 / 30}),
    ("buyers", "rfm_segment", {"重要保持客户": 1, "一般发展客户": 1, "一般挽留客户": 1, "重要价值客户": 1}),
]


@pytest.mark.parametrize(("metric", "by", "expected"), GROUPED)
def test_a_metric_by_a_dimension(metric: str, by: str, expected: dict[Any, float | None], reading: Reading) -> None:
    found = dict(asked(reading, metrics=[metric], by=[by], period=JUNE))
    assert set(found) == set(expected)
    assert all(same(found[key], each) for key, each in expected.items()), found


IN_JUNE: list[tuple[str, list[dict[str, Any]], float | None]] = [
    ("revenue", [{"dimension": "category", "values": ["美妆"]}], 790),
    ("revenue", [{"not": {"dimension": "category", "values": ["美妆"]}}], 420),
    ("paid_orders", [{"dimension": "order_amount", "bounds": {"at_least": 100}}], 4),
    ("paid_orders", [{"dimension": "order_amount", "bounds": {"more_than": 100}}], 3),
    ("revenue", [{"dimension": "launched_on", "period": {"kind": "relative", "unit": "year", "offset": 0}}], 550 + 120),
    ("units", [{"dimension": "product_status", "values": ["停售"]}], 1),
    ("revenue", [{"dimension": "birth_year", "bounds": {"at_least": 1995, "at_most": 1999}}], 380 + 50),
    ("users", [{"not": {"dimension": "birth_year", "bounds": {"at_least": 1995}}}], 3),  # 3, 4, and 5, not told
    ("revenue", [{"dimension": "day_type", "values": ["周末"]}], 0),
    ("average_order_value", [{"dimension": "day_type", "values": ["周末"]}], None),
    # Of the row's customer: who viewed in June (1, 4, 2, 6), who did not (3).
    ("revenue", [{"behaviour": "view", "period": JUNE}], 380 + 480 + 50),
    ("revenue", [{"not": {"behaviour": "view", "period": JUNE}}], 300),
    ("revenue", [{"metric": "revenue", "bounds": {"more_than": 300}, "period": JUNE}], 380 + 480),
    ("revenue", [{"segment": "returning_customers", "period": JUNE}], 380 + 50),
    ("revenue", [{"segment": "new_customers", "period": JUNE}], 300 + 480),
    ("revenue", [{"any": [{"dimension": "gender", "values": ["男"]}, {"dimension": "city", "values": ["上海"]}]}], 830),
]


@pytest.mark.parametrize(("metric", "where", "expected"), IN_JUNE)
def test_a_metric_where_conditions_hold(
    metric: str, where: list[dict[str, Any]], expected: float | None, reading: Reading
) -> None:
    assert same(value(reading, metrics=[metric], period=JUNE, where=where), expected)


def test_a_state_that_comes_later_holds_by_the_day_asked(then: Reading) -> None:
    # On May 31 order 3 is not paid yet, and the message sent that day not opened.
    assert value(then, metrics=["payment_rate"], period=MAY) == pytest.approx(1 / 3)
    assert value(then, metrics=["open_rate"], period=MAY) == 0
    assert value(then, metrics=["click_rate"], period=MAY) == 0
    assert value(then, metrics=["churn_rate"]) == 1 / 2
    assert value(then, metrics=["users"]) == 3
    assert value(then, metrics=["gmv"]) == 300 + 100 + 100 + 590
    assert value(then, metrics=["stock"]) is None


def test_with_no_period_all_of_the_data(reading: Reading) -> None:
    assert value(reading, metrics=["revenue"]) == 300 + 100 + 330 + 1210
    assert value(reading, metrics=["refund_amount"]) == 220
    assert value(reading, metrics=["stock"]) == 38
    assert same(value(reading, metrics=["days_of_stock"]), 60)
    trend = asked(reading, metrics=["refund_amount", "revenue"], grain="year")
    assert trend == [["2024-01-01", 0, 300], ["2025-01-01", 100, 100], ["2026-01-01", 120, 1540]]


def test_a_stock_of_an_earlier_day(reading: Reading) -> None:
    yesterday = {"kind": "day", "year": 2026, "month": 6, "day": 29}
    assert value(reading, metrics=["stock"], period=yesterday) == 46
    by_day = asked(reading, metrics=["stock"], grain="day", period={"kind": "last", "n": 3, "unit": "day"})
    assert by_day == [["2026-06-28", None], ["2026-06-29", 46], ["2026-06-30", 38]]


def test_the_month_with_a_leap_day_and_its_last_day_a_year_later(reading: Reading) -> None:
    february = {"kind": "part", "unit": "month", "number": 2, "year": 2025}
    last_day = {"kind": "day", "year": 2025, "month": 2, "day": 28}
    leap_day = {"kind": "day", "year": 2024, "month": 2, "day": 29}
    yearly = {"period": "year_earlier"}
    assert asked(reading, metrics=["revenue"], period=february, compare=yearly) == [[0, 300, -300, -1]]
    assert asked(reading, metrics=["revenue"], period=last_day, compare=yearly) == [[0, 0, 0, None]]
    assert value(reading, metrics=["revenue"], period=leap_day) == 300


def test_the_618_is_compared_with_the_last(reading: Reading) -> None:
    # June 1 to 20: 300 + 380 + 80 + 50; a year earlier the 100 of June 20.
    festival = {"kind": "occasion", "name": "618"}
    found = asked(reading, metrics=["revenue"], period=festival, compare={"period": "year_earlier"})
    assert same(found, [[810, 100, 710, 7.1]])


def test_groups_of_either_period_are_compared(reading: Reading) -> None:
    found = asked(reading, metrics=["revenue"], by=["city"], period=JUNE, compare={"period": "previous"})
    expected = {
        "杭州": [380, 100, 280, 2.8],
        "上海": [50, 230, -180, -180 / 230],
        "北京": [300, 0, 300, None],
        "成都": [480, 0, 480, None],
    }
    assert {row[0] for row in found} == set(expected)
    assert all(same(row[1:], expected[row[0]]) for row in found)


def test_two_groups_are_compared(reading: Reading) -> None:
    compare = {"dimension": "platform", "first": "天猫", "second": "京东"}
    found = asked(reading, metrics=["revenue"], by=["platform"], period=JUNE, compare=compare)
    assert sorted(found, key=lambda row: row[1]) == [["京东", 100, None, None], ["天猫", 630, 530, 5.3]]


# June's revenue by day: 300 on the 1st, 380 on the 5th, 80, 50, 400 on the 30th, and 25 days without; by customer 380,
# 50, 300 and 480, by order 300, 280, 100, 50, 30, 50 and 400.
STATISTICS: list[tuple[dict[str, Any], float | None]] = [
    ({"metric": "revenue", "show": "mean", "over": "day"}, 1210 / 30),
    ({"metric": "revenue", "show": "median", "over": "day"}, 0),
    ({"metric": "revenue", "show": "highest", "over": "day"}, 400),
    ({"metric": "revenue", "show": "lowest", "over": "day"}, 0),
    ({"metric": "buyers", "show": "mean", "over": "day"}, 5 / 30),
    ({"metric": "active_users", "show": "mean", "over": "day"}, (1 + 1 + 1 + 1 + 1 + 2) / 30),
    ({"metric": "revenue", "show": "highest", "over": "week"}, 680),
    ({"metric": "revenue", "show": "mean", "over": "customer"}, 1210 / 4),
    ({"metric": "revenue", "show": "median", "over": "customer"}, 340),
    ({"metric": "revenue", "show": "percentile", "n": 50, "over": "customer"}, 340),
    # Off the mean of 302.5 by 77.5, −252.5, −2.5 and 177.5.
    ({"metric": "revenue", "show": "variance", "over": "customer"}, (6006.25 + 63756.25 + 6.25 + 31506.25) / 3),
    ({"metric": "revenue", "show": "stdev", "over": "customer"}, math.sqrt(101275 / 3)),
    ({"metric": "paid_orders", "show": "highest", "over": "customer"}, 3),
    ({"metric": "average_order_value", "show": "lowest", "over": "customer"}, 50),
    ({"metric": "revenue", "show": "median", "over": "row"}, 100),
    ({"metric": "revenue", "show": "mean", "over": "row"}, 1210 / 7),
    ({"metric": "rating", "show": "median", "over": "row"}, 3),
]


@pytest.mark.parametrize(("measure", "expected"), STATISTICS, ids=lambda each: str(each)[:60])
def test_a_statistic_of_june(measure: dict[str, Any], expected: float | None, reading: Reading) -> None:
    assert same(value(reading, metrics=[measure], period=JUNE), expected)


def test_a_mean_by_day_counts_the_days_that_a_filter_leaves(reading: Reading) -> None:
    # June 2026 has 8 days of weekends; all is paid on workdays.
    mean = {"metric": "revenue", "show": "mean", "over": "day"}
    for kind, expected in (("工作日", 1210 / 22), ("周末", 0)):
        where = [{"dimension": "day_type", "values": [kind]}]
        assert same(value(reading, metrics=[mean], period=JUNE, where=where), expected)


def test_weeks_run_up_and_move(reading: Reading) -> None:
    measures = ["revenue", {"metric": "revenue", "show": "running"}, {"metric": "revenue", "show": "moving", "n": 2}]
    found = asked(reading, metrics=measures, grain="week", period=JUNE)
    assert [row[:3] for row in found] == [
        ["2026-06-01", 680, 680],
        ["2026-06-08", 80, 760],
        ["2026-06-15", 50, 810],
        ["2026-06-22", 0, 810],
        ["2026-06-29", 400, 1210],
    ]
    assert [row[3] for row in found[1:]] == [380, 65, 25, 200]


def test_shares_of_all_and_of_the_category(reading: Reading) -> None:
    measures = [{"metric": "revenue", "show": "share"}, {"metric": "revenue", "show": "share_of_parent"}]
    found = asked(reading, metrics=measures, by=["category", "brand"], period=JUNE)
    expected = {
        ("美妆", "红豆"): [240 / 1210, 240 / 790],
        ("美妆", "白露"): [550 / 1210, 550 / 790],
        ("食品", "白露"): [120 / 1210, 1],
        ("运动", "青山"): [300 / 1210, 1],
    }
    assert {tuple(row[:2]) for row in found} == set(expected)
    assert all(same(row[2:], expected[tuple(row[:2])]) for row in found)


def test_cohorts_by_the_months_since_the_first_purchase(reading: Reading) -> None:
    by = [{"dimension": "first_paid_at", "grain": "month"}, {"dimension": "first_paid_at", "since": "month"}]
    found = asked(reading, metrics=["buyers"], by=by)
    assert {tuple(row) for row in found} == {
        ("2024-02-01", 0, 1),
        ("2024-02-01", 16, 1),
        ("2024-02-01", 27, 1),
        ("2024-02-01", 28, 1),
        ("2026-05-01", 0, 1),
        ("2026-05-01", 1, 1),
        ("2026-06-01", 0, 2),
    }


def test_holidays_are_told_apart(reading: Reading) -> None:
    # Order 1 was paid on May 1; Labour Day is listed on May 1, 2, 4 and 5.
    found = asked(reading, metrics=["revenue"], by=["holiday"], period=MAY)
    assert sorted(found) == [["平日", 230], ["节假日", 100]]


def test_the_first_of_each_category(reading: Reading) -> None:
    found = asked(
        reading,
        metrics=["units"],
        by=["category", "product"],
        period=JUNE,
        order={"column": "units"},
        limit=1,
        limit_per="category",
    )
    assert sorted(found) == [["美妆", "面膜乙", 11], ["运动", "跑鞋丁", 1], ["食品", "坚果丙", 4]]


def test_the_trend_of_the_hours_of_a_day(reading: Reading) -> None:
    day = {"kind": "day", "year": 2026, "month": 6, "day": 5}
    found = asked(reading, metrics=["revenue"], grain="hour", period=day)
    assert len(found) == 24
    assert [row[1] for row in found if row[1]] == [380]
    assert found[12][0] == "2026-06-05T12:00:00"


def test_things_of_several_kinds_are_each_counted(reading: Reading) -> None:
    # Users and orders, both counted once whatever the lines.
    found = asked(reading, metrics=["buyers", "paid_orders", "repeat_buyers", "units"], by=["category"], period=JUNE)
    assert sorted(found) == [["美妆", 3, 5, 2, 14], ["运动", 1, 1, 0, 1], ["食品", 2, 2, 0, 4]]
    found = asked(reading, metrics=["buyers", "repeat_buyers"], by=["platform"], period=JUNE)
    assert sorted(found) == [["京东", 1, 0], ["天猫", 3, 0], ["小程序", 1, 0], ["抖音", 1, 1]]
    # Users who viewed and users who carted, beside sessions of any event.
    found = asked(reading, metrics=["viewers", "carters", "visits"], period=JUNE)
    assert found == [[4, 1, 7]]

"""Every metric of the glossary as SQL written by hand, over a period and cut by the dimensions that fit it.

In the SQL stand `{first}` and `{last}`, the days of the period, `{day}`, the as-of day, and `{group}`, the expression
to cut by. Its tables have fixed letters: u users, o orders, c the order's, message's or coupon's campaign, i order
lines, p products, r refunds, e events, m messages, k coupons, a ads, s inventory, v reviews.

An order may have no campaign, and an event no product: `{campaigns}` and `{products}` say that such rows stay (LEFT),
or, where the dimension is one of campaigns or products, that they are in no group.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Number = float | None

ORDERS = "orders o JOIN users u ON u.user_id = o.user_id {campaigns} JOIN campaigns c ON c.campaign_id = o.campaign_id"
LINES = (
    "order_items i JOIN orders o ON o.order_id = i.order_id JOIN products p ON p.product_id = i.product_id "
    "JOIN users u ON u.user_id = o.user_id {campaigns} JOIN campaigns c ON c.campaign_id = o.campaign_id"
)
REFUNDS = (
    "refunds r JOIN orders o ON o.order_id = r.order_id JOIN products p ON p.product_id = r.product_id "
    "JOIN users u ON u.user_id = r.user_id {campaigns} JOIN campaigns c ON c.campaign_id = o.campaign_id"
)
EVENTS = "events e JOIN users u ON u.user_id = e.user_id {products} JOIN products p ON p.product_id = e.product_id"
MESSAGES = "messages m JOIN users u ON u.user_id = m.user_id JOIN campaigns c ON c.campaign_id = m.campaign_id"
COUPONS = "coupons k JOIN users u ON u.user_id = k.user_id JOIN campaigns c ON c.campaign_id = k.campaign_id"
ADS = "ads_daily a JOIN products p ON p.product_id = a.product_id"
STOCK = "inventory s JOIN products p ON p.product_id = s.product_id"
REVIEWS = (
    "reviews v JOIN users u ON u.user_id = v.user_id JOIN products p ON p.product_id = v.product_id "
    "JOIN orders o ON o.order_id = v.order_id"
)
FIRST_ORDERS = f"firsts f JOIN {ORDERS.replace('orders o JOIN', 'orders o ON o.order_id = f.order_id JOIN', 1)}"
FIRST_LINES = f"{LINES} JOIN firsts f ON f.order_id = o.order_id"

USER = {
    "gender": "u.gender",
    "city": "u.city",
    "province": "u.province",
    "region": "region_of(u.province)",
    "city_tier": "u.city_tier",
    "member_level": "u.member_level",
    "device": "u.device_os",
    "register_channel": "u.register_channel",
    "age_band": "age_band_of(age_on(u.birth_date, {day}))",
    "rfm_segment": "(SELECT x.segment FROM rfm({day}) x WHERE x.user_id = u.user_id)",
}
ORDER = {
    "platform": "o.platform",
    "order_status": "o.status",
    "pay_method": "o.pay_method",
    "ship_province": "o.province",
    "ship_city": "o.city",
    "ship_region": "region_of(o.province)",
    "used_coupon": "CASE WHEN o.coupon_id IS NULL THEN '未用券' ELSE '用券' END",
}
CAMPAIGN = {"campaign": "c.campaign_name", "campaign_type": "c.campaign_type"}
PRODUCT = {
    "category": "p.category",
    "subcategory": "p.subcategory",
    "brand": "p.brand",
    "product": "p.product_name",
    "product_status": "CASE WHEN p.is_active THEN '在售' ELSE '停售' END",
}
CLOCK = {
    "weekday": "isodow({time})",
    "hour": "hour({time})",
    "day_type": "day_type_of({time})",
    "holiday": "holiday_of({time})",
}
DAY_CLOCK = {name: each for name, each in CLOCK.items() if name != "hour"}
EVENT = {
    "event_type": "e.event_type",
    "page": "e.page",
    "visit_device": "e.device_os",
    "source_channel": "e.source_channel",
    "search_keyword": "e.search_keyword",
}
REFUND = {"refund_reason": "r.reason", "refund_type": "r.refund_type"}
SOLD = {**USER, **ORDER, **CAMPAIGN, **CLOCK}
LINE = {**SOLD, **PRODUCT}
RETURNED = {
    **USER,
    **PRODUCT,
    **REFUND,
    **CLOCK,
    **CAMPAIGN,
    **{name: ORDER[name] for name in ("platform", "ship_province", "ship_city", "ship_region")},
}
SEEN = {**USER, **EVENT, **PRODUCT, **CLOCK}
SENT = {**USER, **CAMPAIGN, **CLOCK, "message_channel": "m.channel"}
ADVERTISED = {**PRODUCT, **DAY_CLOCK, "ad_platform": "a.ad_platform"}
STORED = {**PRODUCT, "warehouse": "s.warehouse"}


@dataclass(frozen=True)
class Counted:
    """What is counted in one table: its SQL with the dimensions that fit, and what it is over no rows."""

    sql: str
    by: Mapping[str, str]
    time: str = ""
    empty: Number = 0


def rows(value: str, tables: str, time: str, by: Mapping[str, str], where: str = "TRUE", empty: Number = 0) -> Counted:
    """A value over the rows that the period holds."""
    sql = (
        f"SELECT {{group}} AS g, {value} AS value FROM {tables} "
        f"WHERE CAST({time} AS DATE) BETWEEN {{first}} AND {{last}} AND {where} GROUP BY 1"
    )
    return Counted(sql, by, time, empty)


def _sold(value: str, line_value: str, time: str, where: str = "TRUE") -> tuple[Counted, ...]:
    """By orders, and by their lines where a product is asked for."""
    return rows(value, ORDERS, time, SOLD, where), rows(line_value, LINES, time, LINE, where)


def _cost(column: str) -> tuple[Counted, ...]:
    """Of orders, or shared over their lines by line_amount."""
    shared = f"coalesce(sum(o.{column} * CAST(i.line_amount AS DOUBLE) / nullif(o.pay_amount, 0)), 0)"
    return rows(f"sum(o.{column})", ORDERS, "o.paid_at", SOLD), rows(shared, LINES, "o.paid_at", LINE)


PAID_BY_THEN = "o.paid_at < {day} + 1"
THAT_DAY = "CAST(e.event_at AS DATE) = CAST(u.registered_at AS DATE)"
HIGH_VALUE = "u.user_id IN (SELECT x.user_id FROM rfm({day}) x WHERE x.segment = '重要价值客户')"

# Each by its tables in turn; the first that has the dimension is the one.
COUNTED: Mapping[str, tuple[Counted, ...]] = {
    "gmv": _sold("sum(o.pay_amount)", "sum(i.line_amount)", "o.ordered_at"),
    "revenue": _sold("sum(o.pay_amount)", "sum(i.line_amount)", "o.paid_at"),
    "orders": _sold("count(*)", "count(DISTINCT o.order_id)", "o.ordered_at"),
    "paid_orders": _sold("count(*)", "count(DISTINCT o.order_id)", "o.paid_at"),
    "ordering_users": _sold("count(DISTINCT o.user_id)", "count(DISTINCT o.user_id)", "o.ordered_at"),
    "buyers": _sold("count(DISTINCT o.user_id)", "count(DISTINCT o.user_id)", "o.paid_at"),
    "units": (rows("sum(i.quantity)", LINES, "o.paid_at", LINE),),
    "discount": _sold("sum(o.discount_amount)", "sum(i.discount_amount)", "o.paid_at"),
    "paid_of_placed": _sold("count(*)", "count(DISTINCT o.order_id)", "o.ordered_at", PAID_BY_THEN),
    "cancelled": _sold("count(*)", "count(DISTINCT o.order_id)", "o.ordered_at", "o.status = '已取消'"),
    "refund_amount": (rows("sum(r.refund_amount)", REFUNDS, "r.refunded_at", RETURNED),),
    "returned_units": (rows("sum(r.quantity)", REFUNDS, "r.refunded_at", RETURNED),),
    "cost_of_goods": (rows("sum(i.quantity * i.unit_cost)", LINES, "o.paid_at", LINE),),
    "gross_profit": (rows("sum(i.line_amount - i.quantity * i.unit_cost)", LINES, "o.paid_at", LINE),),
    "platform_fee": _cost("platform_fee"),
    "logistics_cost": _cost("logistics_cost"),
    "active_users": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN),),
    "page_views": (rows("count(*)", EVENTS, "e.event_at", SEEN, "e.event_type = 'view'"),),
    "viewers": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN, "e.event_type = 'view'"),),
    "searchers": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN, "e.event_type = 'search'"),),
    "favoriters": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN, "e.event_type = 'favorite'"),),
    "carters": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN, "e.event_type = 'cart'"),),
    "sharers": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN, "e.event_type = 'share'"),),
    "visits": (rows("count(DISTINCT e.session_id)", EVENTS, "e.event_at", SEEN),),
    "stay_seconds": (rows("sum(e.stay_seconds)", EVENTS, "e.event_at", SEEN),),
    "first_day_users": (rows("count(DISTINCT e.user_id)", EVENTS, "e.event_at", SEEN, THAT_DAY),),
    "new_users": (rows("count(*)", "users u", "u.registered_at", {**USER, **CLOCK}),),
    "users": (
        Counted("SELECT {group} AS g, count(*) FROM users u WHERE u.registered_at < {last} + 1 GROUP BY 1", USER),
    ),
    "new_customers": (
        rows("count(DISTINCT o.user_id)", FIRST_ORDERS, "o.paid_at", SOLD),
        rows("count(DISTINCT o.user_id)", FIRST_LINES, "o.paid_at", LINE),
    ),
    "repeat_buyers": (
        Counted(
            f"SELECT g, count(*) FROM (SELECT {{group}} AS g, o.user_id FROM {ORDERS} "
            "WHERE CAST(o.paid_at AS DATE) BETWEEN {first} AND {last} GROUP BY 1, 2 HAVING count(*) >= 2) GROUP BY 1",
            SOLD,
            "o.paid_at",
        ),
        Counted(
            f"SELECT g, count(*) FROM (SELECT {{group}} AS g, o.user_id FROM {LINES} WHERE CAST(o.paid_at AS DATE) "
            "BETWEEN {first} AND {last} GROUP BY 1, 2 HAVING count(DISTINCT o.order_id) >= 2) GROUP BY 1",
            LINE,
            "o.paid_at",
        ),
    ),
    "customers": (
        Counted(
            f"SELECT {{group}} AS g, count(DISTINCT o.user_id) FROM {ORDERS} WHERE o.paid_at < {{last}} + 1 GROUP BY 1",
            {**USER, **ORDER, **CAMPAIGN},
        ),
    ),
    "churned_users": (
        Counted(
            f"SELECT g, count(*) FROM (SELECT {{group}} AS g, o.user_id FROM {ORDERS} WHERE o.paid_at < {{last}} + 1 "
            "GROUP BY 1, 2 HAVING max(o.paid_at) < {last} - 29) GROUP BY 1",
            {**USER, **ORDER, **CAMPAIGN},
        ),
    ),
    "high_value_buyers": (
        rows("count(DISTINCT o.user_id)", ORDERS, "o.paid_at", SOLD, HIGH_VALUE),
        rows("count(DISTINCT o.user_id)", LINES, "o.paid_at", LINE, HIGH_VALUE),
    ),
    "messages_sent": (rows("count(*)", MESSAGES, "m.sent_at", SENT),),
    "messages_opened": (rows("count(*)", MESSAGES, "m.sent_at", SENT, "m.opened_at < {day} + 1"),),
    "messages_clicked": (rows("count(*)", MESSAGES, "m.sent_at", SENT, "m.clicked_at < {day} + 1"),),
    "messages_unsubscribed": (rows("count(*)", MESSAGES, "m.sent_at", SENT, "m.unsubscribed_at < {day} + 1"),),
    "messages_converted": (
        rows("count(*)", f"{MESSAGES} JOIN orders o ON o.order_id = m.order_id", "m.sent_at", SENT, PAID_BY_THEN),
    ),
    "coupons_issued": (rows("count(*)", COUPONS, "k.issued_at", {**USER, **CAMPAIGN, **CLOCK}),),
    "coupons_used": (rows("count(*)", COUPONS, "k.issued_at", {**USER, **CAMPAIGN, **CLOCK}, "k.used_at < {day} + 1"),),
    "ad_spend": (rows("sum(a.spend)", ADS, "a.stat_date", ADVERTISED),),
    "ad_revenue": (rows("sum(a.revenue)", ADS, "a.stat_date", ADVERTISED),),
    "ad_impressions": (rows("sum(a.impressions)", ADS, "a.stat_date", ADVERTISED),),
    "ad_clicks": (rows("sum(a.clicks)", ADS, "a.stat_date", ADVERTISED),),
    "ad_new_users": (rows("sum(a.new_users)", ADS, "a.stat_date", ADVERTISED),),
    "stock": (
        Counted(
            f"SELECT {{group}} AS g, sum(s.on_hand) FROM {STOCK} WHERE s.snapshot_date = (SELECT max(snapshot_date) "
            "FROM inventory WHERE snapshot_date BETWEEN {first} AND {last}) GROUP BY 1",
            STORED,
            empty=None,
        ),
    ),
    "recent_units": (
        Counted(
            f"SELECT {{group}} AS g, sum(i.quantity) FROM {LINES} "
            "WHERE CAST(o.paid_at AS DATE) BETWEEN {last} - 29 AND {last} GROUP BY 1",
            {**PRODUCT, **USER, **ORDER},
        ),
    ),
    "products_sold": (rows("count(DISTINCT i.product_id)", LINES, "o.paid_at", LINE),),
    "active_products": (
        Counted("SELECT {group} AS g, count(*) FROM products p WHERE p.is_active GROUP BY 1", PRODUCT),
    ),
    "reviews": (rows("count(*)", REVIEWS, "v.reviewed_at", {**USER, **PRODUCT, **CLOCK}),),
    "rating": (rows("avg(v.rating)", REVIEWS, "v.reviewed_at", {**USER, **PRODUCT, **CLOCK}, empty=None),),
    "good_reviews": (rows("count(*)", REVIEWS, "v.reviewed_at", {**USER, **PRODUCT, **CLOCK}, "v.rating >= 4"),),
    "bad_reviews": (rows("count(*)", REVIEWS, "v.reviewed_at", {**USER, **PRODUCT, **CLOCK}, "v.rating <= 2"),),
    "campaign_revenue": (
        rows("sum(o.pay_amount)", ORDERS, "o.paid_at", SOLD, "o.campaign_id IS NOT NULL"),
        rows("sum(i.line_amount)", LINES, "o.paid_at", LINE, "o.campaign_id IS NOT NULL"),
    ),
}


@dataclass(frozen=True)
class Reckoned:
    """A metric made of what is counted; `under` is the denominator of a ratio, which has a row in a group listed."""

    of: tuple[str, ...]
    value: Callable[..., Number]
    under: Callable[..., Number] | None = None


def _ratio(above: str, below: str) -> Reckoned:
    return Reckoned((above, below), lambda a, b: a / b if b else None, lambda _a, b: b)


def _profit(gross: float, refunds: float, fee: float, logistics: float, ads: float) -> float:
    return gross - refunds - fee - logistics - ads


COSTS = ("gross_profit", "refund_amount", "platform_fee", "logistics_cost", "ad_spend")

RECKONED: Mapping[str, Reckoned] = {
    "net_revenue": Reckoned(("revenue", "refund_amount"), lambda revenue, refunds: revenue - refunds),
    "average_spend": _ratio("revenue", "buyers"),
    "average_order_value": _ratio("revenue", "paid_orders"),
    "average_unit_price": _ratio("revenue", "units"),
    "items_per_order": _ratio("units", "paid_orders"),
    "payment_rate": _ratio("paid_of_placed", "orders"),
    "cancellation_rate": _ratio("cancelled", "orders"),
    "refund_rate": _ratio("refund_amount", "revenue"),
    "return_rate": _ratio("returned_units", "units"),
    "gross_margin": _ratio("gross_profit", "revenue"),
    "contribution_profit": Reckoned(COSTS, _profit),
    "contribution_margin": Reckoned(
        (*COSTS, "revenue"), lambda *all_: _profit(*all_[:5]) / all_[5] if all_[5] else None, lambda *all_: all_[5]
    ),
    "stay_per_user": _ratio("stay_seconds", "active_users"),
    "cart_rate": _ratio("carters", "viewers"),
    "conversion_rate": _ratio("buyers", "active_users"),
    "order_conversion_rate": _ratio("ordering_users", "active_users"),
    "returning_customers": Reckoned(("buyers", "new_customers"), lambda buyers, new: buyers - new),
    "new_customer_share": _ratio("new_customers", "buyers"),
    "returning_customer_share": Reckoned(
        ("buyers", "new_customers"), lambda b, n: (b - n) / b if b else None, lambda b, _n: b
    ),
    "repurchase_rate": _ratio("repeat_buyers", "buyers"),
    "churn_rate": _ratio("churned_users", "customers"),
    "open_rate": _ratio("messages_opened", "messages_sent"),
    "click_rate": _ratio("messages_clicked", "messages_sent"),
    "message_conversion_rate": _ratio("messages_converted", "messages_sent"),
    "unsubscribe_rate": _ratio("messages_unsubscribed", "messages_sent"),
    "redemption_rate": _ratio("coupons_used", "coupons_issued"),
    "roi": _ratio("ad_revenue", "ad_spend"),
    "ad_click_rate": _ratio("ad_clicks", "ad_impressions"),
    "cost_per_click": _ratio("ad_spend", "ad_clicks"),
    "acquisition_cost": _ratio("ad_spend", "ad_new_users"),
    "days_of_stock": Reckoned(
        ("stock", "recent_units"), lambda s, n: s / (n / 30) if n and s is not None else None, lambda _s, n: n
    ),
    "sell_rate": _ratio("products_sold", "active_products"),
    "sell_through": Reckoned(
        ("units", "stock"),
        lambda n, s: n / (n + s) if s is not None and n + s else None,
        lambda n, s: None if s is None else n + s,
    ),
    "positive_review_rate": _ratio("good_reviews", "reviews"),
    "negative_review_rate": _ratio("bad_reviews", "reviews"),
    "new_user_share": _ratio("first_day_users", "active_users"),
    "high_value_share": _ratio("high_value_buyers", "buyers"),
}
HELPERS = {"paid_of_placed", "cancelled", "good_reviews", "bad_reviews"}
NAMES = tuple(name for name in (*COUNTED, *RECKONED) if name not in HELPERS)


def parts(metric: str) -> tuple[str, ...]:
    """What is counted for a metric."""
    return RECKONED[metric].of if metric in RECKONED else (metric,)


def dimensions(metric: str) -> list[str]:
    """The dimensions that fit all that is counted for a metric."""
    tied = [{name for route in COUNTED[part] for name in route.by} for part in parts(metric)]
    known = dict.fromkeys(name for part in parts(metric) for route in COUNTED[part] for name in route.by)
    return [name for name in known if all(name in each for each in tied)]

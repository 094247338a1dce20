"""The planted truths about products, days and money, found again in the shop."""

import duckdb
import numpy as np
import pytest


def test_three_pairs_sell_together(seen: duckdb.DuckDBPyConnection) -> None:
    found = seen.sql(
        """
        WITH lines AS (SELECT order_id, product_id
        FROM order_items), alone AS (SELECT product_id, count(*) AS n FROM lines
        GROUP BY product_id), both_in AS (SELECT a.product_id, b.product_id AS companion, count(*) AS n
        FROM lines a JOIN lines b ON a.order_id = b.order_id AND a.product_id < b.product_id
        GROUP BY a.product_id, b.product_id) SELECT c.product_id, companion, c.n * (SELECT count(*)
        FROM orders) / x.n / y.n AS lift FROM both_in c JOIN alone x ON x.product_id = c.product_id
        JOIN alone y ON y.product_id = companion WHERE c.n >= 60 ORDER BY lift DESC LIMIT 3
        """
    ).fetchall()
    planted = {frozenset(pair) for pair in seen.sql("SELECT product_id, companion FROM pairs").fetchall()}
    assert {frozenset((one, other)) for one, other, _ in found} == planted
    assert min(lift for _, _, lift in found) > 5


def test_one_pair_sells_together_within_one_kind_alone(seen: duckdb.DuckDBPyConnection) -> None:
    shares = dict(
        seen.sql(
            """
            SELECT true_kinds.kind = 'price', avg(EXISTS (FROM order_items b
            WHERE b.order_id = a.order_id AND b.product_id = p.companion)::INTEGER) FROM pairs p
            JOIN order_items a USING (product_id) JOIN orders USING (order_id) JOIN true_kinds USING (user_id)
            WHERE p.kind = 1 GROUP BY 1
            """
        ).fetchall()
    )
    assert shares[True] > 0.5
    assert shares[False] < 0.06


def test_one_bestseller_loses_money(seen: duckdb.DuckDBPyConnection) -> None:
    losers = seen.sql("SELECT product_id, gross > 0 FROM profits WHERE place <= 20 AND contribution < 0").fetchall()
    [(loser,)] = seen.sql("SELECT product_id FROM roles WHERE role = 'loser'").fetchall()
    assert losers == [(loser, True)]
    [(by_units,)] = seen.sql(
        """
        WITH u AS (SELECT product_id, rank() OVER (ORDER BY sum(quantity) DESC) AS place FROM sold
        GROUP BY product_id) SELECT place FROM u JOIN roles USING (product_id) WHERE role = 'loser'
        """
    ).fetchall()
    assert by_units <= 3


def test_a_dozen_products_are_about_to_run_out(seen: duckdb.DuckDBPyConnection) -> None:
    short = seen.sql(
        """
        WITH stock AS (SELECT product_id, sum(on_hand) AS stock FROM inventory
        WHERE snapshot_date = getvariable('as_of')
        GROUP BY product_id), demand AS (SELECT product_id, sum(quantity) / 30 AS daily FROM sold
        WHERE paid_at >= getvariable('as_of') - 29 GROUP BY product_id) SELECT product_id FROM products
        JOIN stock USING (product_id) JOIN demand USING (product_id)
        WHERE is_active AND stock < daily * lead_time_days ORDER BY 1
        """
    ).fetchall()
    assert short == seen.sql("SELECT product_id FROM roles WHERE role = 'runs out' ORDER BY 1").fetchall()
    assert len(short) == 12


def test_a_dozen_products_do_not_move(seen: duckdb.DuckDBPyConnection) -> None:
    still = {
        product
        for (product,) in seen.sql(
            """
            SELECT product_id FROM products WHERE is_active AND product_id IN (SELECT product_id FROM inventory
            WHERE snapshot_date = getvariable('as_of') GROUP BY product_id
            HAVING sum(on_hand) > 0) AND product_id NOT IN (SELECT product_id FROM sold
            WHERE paid_at >= getvariable('as_of') - 29)
            """
        ).fetchall()
    }
    planted = {product for (product,) in seen.sql("SELECT product_id FROM roles WHERE role = 'unmoving'").fetchall()}
    assert len(planted) == 12
    assert planted <= still
    assert len(still) <= 15


def test_stock_moves_by_sales_and_deliveries(seen: duckdb.DuckDBPyConnection) -> None:
    """What a warehouse has fallen by more than it sold would be lost; what it has more than before was delivered."""
    [(pairs, lost, deliveries, late)] = seen.sql(
        """
        WITH regions AS (
          FROM (VALUES
            ('华东仓', ['上海', '江苏', '浙江', '安徽', '江西', '山东']),
            ('华南仓', ['广东', '广西', '海南', '福建', '湖南']),
            ('华北仓', ['北京', '天津', '河北', '山西', '内蒙古', '河南', '辽宁', '吉林', '黑龙江']),
            ('西南仓', ['重庆', '四川', '贵州', '云南', '西藏', '陕西', '甘肃', '青海', '宁夏', '新疆', '湖北'])
          ) AS r(warehouse, provinces)
        ),
        daily AS (
          SELECT product_id, warehouse, paid_at::DATE AS snapshot_date, sum(quantity) AS sold
          FROM paid JOIN regions ON list_contains(provinces, province) JOIN order_items USING (order_id) GROUP BY ALL
        ),
        moves AS (
          SELECT on_hand - lag(on_hand) OVER w + coalesce(sold, 0) AS delivered, lag(in_transit) OVER w AS coming
          FROM inventory LEFT JOIN daily USING (product_id, warehouse, snapshot_date)
          WINDOW w AS (PARTITION BY product_id, warehouse ORDER BY snapshot_date)
        )
        SELECT count(delivered), count(*) FILTER (WHERE delivered < 0), count(*) FILTER (WHERE delivered > 0),
          count(*) FILTER (WHERE delivered > coming) FROM moves
        """
    ).fetchall()
    assert pairs > 100_000
    assert lost == 0
    assert deliveries > 1_000
    assert late == 0


def test_price_elasticity_differs_by_category(seen: duckdb.DuckDBPyConnection) -> None:
    """Units a week against unit price, product by product, where a product sells every week."""
    rows = seen.sql(
        """
        WITH weeks AS (SELECT product_id, category, date_trunc('week', ordered_at) AS week,
          any_value(unit_price) AS price, sum(quantity) AS units
        FROM sold
        GROUP BY ALL), levels AS (SELECT product_id, category, price, sum(units) / count(*) AS units, count(*)
          AS weeks
        FROM weeks WHERE product_id IN (SELECT product_id FROM weeks GROUP BY product_id
        HAVING avg(units) > 4 AND count(*) > 60)
        GROUP BY ALL), centred AS (SELECT category, ln(price) - avg(ln(price)) OVER p AS price, ln(units) -
          avg(ln(units)) OVER p AS units
        FROM levels WHERE weeks >= 3 WINDOW p AS (PARTITION BY product_id))
        SELECT category, -regr_slope(units, price), any_value(elasticity) FROM centred
        JOIN categories USING (category) GROUP BY category
        """
    ).fetchall()
    assert len(rows) == 8
    found = np.array([slope for _, slope, _ in rows], dtype=float)
    planted = np.array([elasticity for _, _, elasticity in rows], dtype=float)
    assert np.corrcoef(found, planted)[0, 1] > 0.8
    assert np.abs(found - planted).mean() < 0.35


def lift_of(seen: duckdb.DuckDBPyConnection, first: str, last: str) -> float:
    """Orders a day between two days of the year, against the 28 days before."""
    [(inside, before)] = seen.execute(
        """
        WITH daily AS (SELECT ordered_at::DATE AS day, count(*) AS n FROM orders
        GROUP BY day), years AS (SELECT DISTINCT year(day) AS y
        FROM daily), spans AS (SELECT make_date(y, month(?::DATE), day(?::DATE)) AS a, make_date(y,
          month(?::DATE), day(?::DATE)) AS z
        FROM years), whole AS (FROM spans WHERE a - 28 >= (SELECT min(day)
        FROM daily) AND z <= (SELECT max(day) FROM daily))
        SELECT avg(n) FILTER (WHERE day BETWEEN a AND z), avg(n) FILTER (WHERE day < a AND day >= a - 28)
        FROM whole, daily
        """,
        [first, first, last, last],
    ).fetchall()
    return float(inside / before)


@pytest.mark.parametrize(
    ("first", "last", "least"),
    [
        ("2000-06-01", "2000-06-20", 1.3),
        ("2000-10-31", "2000-11-11", 1.4),
        ("2000-06-18", "2000-06-18", 1.6),
        ("2000-11-11", "2000-11-11", 1.9),
    ],
)
def test_festivals_lift_orders(first: str, last: str, least: float, seen: duckdb.DuckDBPyConnection) -> None:
    assert lift_of(seen, first, last) > least


@pytest.mark.parametrize(("festival", "first", "last"), [("双12", "12-12", "11-20"), ("年货节", "01-18", "12-20")])
def test_smaller_festivals_lift_orders(festival: str, first: str, last: str, seen: duckdb.DuckDBPyConnection) -> None:
    """The festival's own day against a plain day some weeks earlier, over the years."""
    [(peak, plain)] = seen.execute(
        """
        WITH daily AS (SELECT ordered_at::DATE AS day, count(*) AS n FROM orders GROUP BY day)
        SELECT avg(n) FILTER (WHERE strftime(day, '%m-%d') = ?), avg(n) FILTER (WHERE strftime(day, '%m-%d') =
          ?)
        FROM daily
        """,
        [first, last],
    ).fetchall()
    assert peak > 1.25 * plain, festival


def test_weeks_paydays_and_growth(seen: duckdb.DuckDBPyConnection) -> None:
    [(weekend, monday, payday, plain, this_year, last_year)] = seen.sql(
        """
        WITH daily AS (SELECT ordered_at::DATE AS day, count(*) AS n FROM orders
        GROUP BY day), quiet AS (FROM daily WHERE month(day) NOT IN (1, 6, 11, 12)) SELECT (SELECT avg(n)
        FROM quiet WHERE isodow(day) >= 6), (SELECT avg(n) FROM quiet WHERE isodow(day) = 1), (SELECT avg(n)
        FROM quiet WHERE day(day) IN (10, 15)), (SELECT avg(n) FROM quiet
        WHERE day(day) IN (8, 13, 18, 20)), (SELECT avg(n) FROM daily
        WHERE day > getvariable('as_of') - 365), (SELECT avg(n) FROM daily
        WHERE day BETWEEN getvariable('as_of') - 729 AND getvariable('as_of') - 365)
        """
    ).fetchall()
    assert weekend > 1.12 * monday
    assert payday > 1.1 * plain
    assert this_year > 1.2 * last_year


def test_ad_platforms_saturate_and_differ(seen: duckdb.DuckDBPyConnection) -> None:
    rows = seen.sql(
        """
        WITH days AS (SELECT *, ntile(4) OVER (PARTITION BY ad_platform, product_id
        ORDER BY spend, stat_date) AS quarter FROM ads_daily)
        SELECT ad_platform, sum(revenue) / sum(spend), sum(revenue) FILTER (WHERE quarter = 4) / sum(spend)
          FILTER (WHERE quarter = 4) / (sum(revenue) FILTER (WHERE quarter <= 2) / sum(spend) FILTER (WHERE
          quarter <= 2))
        FROM days GROUP BY ad_platform
        """
    ).fetchall()
    returns = {platform: value for platform, value, _ in rows}
    falls = {platform: value for platform, _, value in rows}
    assert len(returns) == 4
    assert max(returns.values()) > 1.5 * min(returns.values())
    assert max(falls.values()) < 0.85
    assert falls["短视频广告"] < 0.5 < falls["搜索广告"]


def test_payments_failed_for_three_hours(seen: duckdb.DuckDBPyConnection) -> None:
    hours = seen.sql(
        """
        SELECT date_trunc('hour', ordered_at) AS hour FROM orders GROUP BY hour
        HAVING count(*) >= 5 AND count(paid_at) = 0 ORDER BY hour
        """
    ).fetchall()
    planted = seen.sql(
        "SELECT getvariable('as_of') - 41 + to_hours(19 + h::INTEGER) FROM range(3) AS t(h) ORDER BY 1"
    ).fetchall()
    assert hours == planted


def test_one_evening_of_events_is_missing_and_no_other(seen: duckdb.DuckDBPyConnection) -> None:
    gaps = seen.sql(
        """
        WITH hours AS (SELECT h FROM generate_series((SELECT min(ordered_at)::DATE
        FROM orders), getvariable('as_of'), INTERVAL 1 DAY) AS d(day), LATERAL (SELECT day +
          to_hours(unnest(range(10, 24))::INTEGER) AS h))
        SELECT h FROM hours ANTI JOIN (SELECT DISTINCT date_trunc('hour', event_at) AS h
        FROM events) USING (h) ORDER BY h
        """
    ).fetchall()
    assert (
        gaps
        == seen.sql(
            "SELECT getvariable('as_of') - 24 + to_hours(18 + h::INTEGER) FROM range(5) AS t(h) ORDER BY 1"
        ).fetchall()
    )
    [(orders,)] = seen.execute(
        "SELECT count(*) FROM orders WHERE ordered_at >= ? AND ordered_at < ?", [gaps[0][0], gaps[-1][0]]
    ).fetchall()
    assert orders > 10


def test_reasons_of_refunds_vary_by_category(seen: duckdb.DuckDBPyConnection) -> None:
    rows = seen.sql(
        """
        SELECT category, mode(reason) FROM refunds JOIN products USING (product_id)
        WHERE product_id NOT IN (SELECT product_id FROM roles WHERE role = 'loser') GROUP BY category
        """
    ).fetchall()
    commonest = dict(rows)
    assert commonest["服饰"] == "尺码不合"
    assert commonest["食品"] == "包装破损"
    assert commonest["数码"] == "质量问题"

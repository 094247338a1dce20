"""What a model file becomes: parsed, expanded, joined; and what the demo shop's model means."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp

from tests.warehouse.test_check import SOUND
from warehouse.load import DEMO, load
from warehouse.model import Join, SemanticModel
from warehouse.period import Last
from warehouse.query import Did, Not
from warehouse.roles import ROLES
from warehouse.text import Text

AS_OF = datetime.date(2026, 6, 30)
# The glossary's regions.
REGIONS = {
    "华东": "上海 江苏 浙江 安徽 福建 江西 山东",
    "华南": "广东 广西 海南",
    "华北": "北京 天津 河北 山西 内蒙古",
    "华中": "河南 湖北 湖南",
    "西南": "重庆 四川 贵州 云南 西藏",
    "西北": "陕西 甘肃 青海 宁夏 新疆",
    "东北": "辽宁 吉林 黑龙江",
}


@pytest.fixture(scope="module")
def demo() -> SemanticModel:
    return load(DEMO)


@pytest.fixture
def small(tmp_path: Path) -> SemanticModel:
    path = tmp_path / "model.yml"
    path.write_text(SOUND.replace("first_sales: guest_id}", "first_sales: {column: guest_id, to: guest_id}}"), "utf-8")
    return load(path)


@pytest.fixture
def data() -> Iterator[duckdb.DuckDBPyConnection]:
    """Orders through a day, and one that is paid on the next."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE orders (user_id INT, order_id INT, paid_at TIMESTAMP, pay_amount DECIMAL(9,2))"
        )
        connection.execute("""
            INSERT INTO orders VALUES
              (1, 10, '2026-05-01 08:00', 100), (1, 12, '2026-06-30 23:59:59', 100), (1, 11, '2026-06-01 00:00', 100),
              (2, 20, '2026-06-29 00:00', 500), (2, 21, NULL, 900),
              (3, 32, '2026-06-28 09:00', 60),
              (4, 41, '2026-06-27 10:00', 40), (4, 40, '2026-06-27 10:00', 60),
              (5, 50, '2026-06-20 10:00', 10), (5, 51, '2026-07-01 00:00', 999),
              (6, 60, NULL, 5), (7, 70, '2026-07-01 00:00', 5)
        """)
        yield connection


def rows(data: duckdb.DuckDBPyConnection, model: SemanticModel, source: str) -> list[tuple[object, ...]]:
    """The rows of a source that is a query, as of the day, in the order of its key."""
    query = model.source(source).sql
    assert query is not None
    day = exp.cast(exp.Literal.string(AS_OF.isoformat()), "DATE")
    bound = query.copy().transform(lambda node: day.copy() if isinstance(node, exp.Placeholder) else node)
    return data.execute(f"SELECT * FROM ({bound.sql('duckdb')}) ORDER BY 1").fetchall()


def test_a_formula_becomes_one_over_metrics_with_routes(small: SemanticModel) -> None:
    formula = small.metric("double_spend").formula
    assert formula is not None
    assert formula.sql() == "2 * (takings / buyers)"
    assert small.metric("spend").formula is not None
    assert small.metric("spend").type == "number"


def test_bands_become_labels_by_a_number(small: SemanticModel) -> None:
    band = small.dimension("age_band")
    assert (band.source, band.type, band.kind) == ("guests", "text", "category")
    assert band.bands == ("年少", "青年", "中年", "未知")
    assert list(band.values) == list(band.bands)
    expression = band.expression.sql("duckdb").replace("$as_of", "DATE '2026-06-30'")
    births = "(VALUES ('2009-01-01'), ('2008-12-31'), ('1987-01-01'), ('1986-12-31'), (NULL)) AS births (born)"
    found = duckdb.execute(f"SELECT {expression} FROM (SELECT born::DATE AS born FROM {births})").fetchall()
    assert [label for (label,) in found] == ["年少", "青年", "青年", "中年", "未知"]


def test_joins_lead_to_the_far_key_unless_told(small: SemanticModel) -> None:
    assert small.source("sales").joins["shops"] == Join("sales", "shop_id", "shops", "shop_id")
    assert small.source("guests").joins["first_sales"] == Join("guests", "guest_id", "first_sales", "guest_id")
    assert [step.far for step in small.path("sales", "first_sales") or ()] == ["guests", "first_sales"]
    assert small.path("guests", "sales") is None


def test_parts_are_parsed(small: SemanticModel) -> None:
    (route,) = small.metric("buyers").routes
    assert (route.source, route.aggregate, route.reach) == ("sales", "count_distinct", "period")
    assert route.where == exp.column("phone", table="guests").is_(exp.null()).not_()
    assert route.having is not None
    assert isinstance(route.at, exp.Column)
    visit = small.behaviour("visit")
    assert isinstance(visit.counts, exp.Column)
    assert visit.counts.name == "day"
    assert small.behaviour("buy").counts is None
    assert small.source("first_sales").sql is not None
    assert small.source("guests").sql is None
    assert small.dimension("region").expression == exp.column("region")
    assert small.source("guests").private == ("phone",)
    assert small.parameters == {"lapse_days": 30}
    assert small.customer.listed == ("guest_id", "town")
    assert small.role("purchase").part("amount") == exp.column("amount")
    assert set(small.roles) == {"purchase"}


def test_segments_are_conditions_as_in_a_query(small: SemanticModel) -> None:
    lapsed = small.segment("lapsed")
    assert lapsed.where[:2] == (
        Did(behaviour="buy"),
        Not(not_=Did(behaviour="buy", period=Last(n=30, unit="day"))),
    )
    assert lapsed.taken == "at_end"


def test_the_demo_model_fills_every_role(demo: SemanticModel) -> None:
    assert set(demo.roles) == set(ROLES)


def test_the_demo_model_takes_orders_first_and_lines_by_product(demo: SemanticModel) -> None:
    for name in ("gmv", "revenue", "orders", "paid_orders", "buyers", "discount", "platform_fee", "repeat_buyers"):
        first, second = demo.metric(name).routes
        assert (first.source, second.source) == ("orders", "order_items"), name
        assert demo.path("orders", "products") is None
        assert demo.path("order_items", "products") is not None


def test_the_demo_model_declines_what_has_no_tie(demo: SemanticModel) -> None:
    untied = {
        "platform": ("active_users", "new_users", "users", "ad_spend", "messages_sent", "coupons_issued", "stock"),
        "customer_type": ("active_users", "new_users", "messages_sent"),
        "city": ("ad_spend", "stock", "active_products", "campaign_budget"),
        "category": ("new_users", "users", "messages_sent", "coupons_issued", "campaign_budget"),
        "source_channel": ("buyers", "revenue", "messages_sent"),
    }
    for dimension, metrics in untied.items():
        end = demo.dimension(dimension).source
        for name in metrics:
            assert all(demo.path(route.source, end) is None for route in demo.metric(name).routes), (name, dimension)


def test_the_demo_provinces_lie_in_the_regions_of_the_glossary(demo: SemanticModel) -> None:
    for dimension in ("region", "ship_region"):
        expression = demo.dimension(dimension).expression.sql("duckdb")
        for region, provinces in REGIONS.items():
            for province in provinces.split():
                found = duckdb.execute(f"SELECT {expression} FROM (SELECT ? AS province)", [province]).fetchone()
                assert found == (region,)
    assert {each for told in REGIONS.values() for each in told.split()} == set(demo.dimension("province").values)


@pytest.mark.parametrize(
    ("born", "age"),
    [("1996-06-30", 30), ("1996-07-01", 29), ("2008-06-30", 18), ("2004-02-29", 22), ("2026-06-30", 0)],
)
def test_an_age_is_in_whole_years_on_the_day(demo: SemanticModel, born: str, age: int) -> None:
    expression = demo.dimension("age").expression.sql("duckdb").replace("$as_of", f"DATE '{AS_OF}'")
    assert duckdb.execute(f"SELECT {expression} FROM (SELECT ?::DATE AS birth_date)", [born]).fetchone() == (age,)


def test_the_first_purchase_is_the_earliest_paid_and_of_two_the_smaller(
    demo: SemanticModel, data: duckdb.DuckDBPyConnection
) -> None:
    found = [(user, order) for user, order, _ in rows(data, demo, "first_purchases")]
    assert found == [(1, 10), (2, 20), (3, 32), (4, 40), (5, 50)]


def test_rfm_is_scored_as_the_glossary_says(demo: SemanticModel, data: duckdb.DuckDBPyConnection) -> None:
    # Strictly worse: by recency 4, 3, 2, 1, 0 of 5; by orders 4, 0, 0, 3, 0; by amount 3, 4, 0 and of equals 1, 1.
    assert rows(data, demo, "rfm") == [
        (1, 0, 3, 300, 5, 5, 4, "重要价值客户"),
        (2, 1, 1, 500, 4, 1, 5, "重要发展客户"),
        (3, 2, 1, 60, 3, 1, 2, "一般挽留客户"),
        (4, 3, 2, 100, 2, 4, 3, "一般保持客户"),
        (5, 10, 1, 10, 1, 1, 1, "一般挽留客户"),
    ]


def test_equal_buyers_share_an_rfm_score(demo: SemanticModel, data: duckdb.DuckDBPyConnection) -> None:
    data.execute("UPDATE orders SET pay_amount = 100 WHERE order_id = 32")
    assert [row[6] for row in rows(data, demo, "rfm")] == [4, 5, 2, 2, 1]


def test_every_thing_of_the_demo_shop_has_a_name_in_both_languages(demo: SemanticModel) -> None:
    for things in (demo.metrics, demo.dimensions, demo.behaviours, demo.segments):
        for name, thing in things.items():
            label: Text = thing.words.label
            assert any("一" <= letter <= "鿿" for letter in label.zh) or label.zh.isupper(), name
            assert label.en.isascii(), name


def test_no_metric_has_the_name_of_what_must_be_asked_about(demo: SemanticModel) -> None:
    unclear = {"利润", "赚", "挣", "平均销售额", "渠道", "用户数"}
    words = {word for metric in demo.metrics.values() for word in metric.words.zh}
    dimensions = {word for dimension in demo.dimensions.values() for word in dimension.words.zh}
    assert unclear.isdisjoint(words | dimensions)

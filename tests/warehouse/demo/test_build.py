"""Building: same arguments, same rows; whole or not at all; clear words for arguments that make no shop."""

import datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.demo.build import build
from warehouse.errors import AnalyticsError
from warehouse.text import Text

AS_OF = datetime.date(2026, 3, 1)
SCHEMA = Path(__file__).parents[3] / "warehouse" / "demo" / "sql" / "schema.sql"
FEW = 500


def differences(one: Path, other: Path) -> list[str]:
    """The tables of two shops whose rows, or whose order, differ."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        tables = [
            name
            for (name,) in connection.sql(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'one'"
            ).fetchall()
        ]
        assert len(tables) == 14
        return [
            table
            for table in tables
            if connection.sql(
                f"(SELECT rowid, * FROM one.{table} EXCEPT SELECT rowid, * FROM other.{table}) "
                f"UNION ALL (SELECT rowid, * FROM other.{table} EXCEPT SELECT rowid, * FROM one.{table})"
            )
            .limit(1)
            .fetchall()
        ]


def test_same_arguments_same_shop_with_one_thread_or_two(tmp_path: Path) -> None:
    users = 3_000
    build(tmp_path / "one.duckdb", as_of=AS_OF, users=users, seed=7, threads=1)
    build(tmp_path / "two.duckdb", as_of=AS_OF, users=users, seed=7, threads=2)
    assert differences(tmp_path / "one.duckdb", tmp_path / "two.duckdb") == []


def test_another_seed_makes_another_shop(tmp_path: Path) -> None:
    build(tmp_path / "one.duckdb", as_of=AS_OF, users=FEW, seed=1)
    build(tmp_path / "two.duckdb", as_of=AS_OF, users=FEW, seed=2)
    assert {"users", "orders", "order_items", "events", "reviews"} <= set(
        differences(tmp_path / "one.duckdb", tmp_path / "two.duckdb")
    )


def test_tables_are_those_of_the_schema(shop_file: Path) -> None:
    listing = (
        """
        SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE database_name = ?
        ORDER BY ALL
        """,
        """
        SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints()
        WHERE database_name = ? ORDER BY ALL
        """,
    )
    with duckdb.connect(str(shop_file), read_only=True) as built, duckdb.connect() as plain:
        plain.execute(SCHEMA.read_text(encoding="utf-8"))
        for sql in listing:
            rows = built.execute(sql, [shop_file.stem]).fetchall()
            assert rows == plain.execute(sql, ["memory"]).fetchall()
            assert rows
        assert built.sql("SELECT count(*) FROM duckdb_types() WHERE NOT internal").fetchall() == [(0,)]


def test_values_are_those_of_the_schema(shop: duckdb.DuckDBPyConnection) -> None:
    fixed = {
        "users.gender": "女 男 未知",
        "users.city_tier": "一线 新一线 二线 三线 四线及以下",
        "users.member_level": "普通 银卡 金卡 钻石",
        "users.device_os": "iOS Android 鸿蒙 PC",
        "users.register_channel": "自然流量 搜索广告 信息流广告 直播 社群裂变 达人合作",
        "products.category": "美妆 服饰 食品 母婴 家居 数码 运动 图书",
        "campaigns.campaign_type": "大促 优惠券 新品 会员日 召回",
        "orders.status": "待付款 已取消 已付款 已发货 已完成",
        "orders.platform": "天猫 京东 拼多多 抖音 小程序",
        "refunds.refund_type": "仅退款 退货退款",
        "events.event_type": "visit search view favorite cart share order pay",
        "events.page": "首页 新品频道 搜索结果 活动页 商品详情 购物车 结算页 支付成功",
        "events.source_channel": "自然流量 搜索广告 信息流广告 直播 社群裂变 达人合作 站内推送",
        "events.device_os": "iOS Android 鸿蒙 PC",
        "messages.channel": "短信 APP推送 微信 邮件",
        "ads_daily.ad_platform": "短视频广告 搜索广告 信息流广告 种草社区",
        "inventory.warehouse": "华东仓 华南仓 华北仓 西南仓",
    }
    for column, values in fixed.items():
        table, name = column.split(".")
        found = {value for (value,) in shop.sql(f"SELECT DISTINCT {name} FROM {table}").fetchall()}
        assert found == set(values.split()), column
    methods = shop.sql("SELECT DISTINCT pay_method FROM orders WHERE pay_method IS NOT NULL").fetchall()
    assert {method for (method,) in methods} == {"支付宝", "微信支付", "银行卡", "花呗"}


def test_every_day_has_events_and_orders_through_the_last(shop: duckdb.DuckDBPyConnection) -> None:
    for table, column in (
        ("events", "event_at"),
        ("orders", "ordered_at"),
        ("orders", "paid_at"),
        ("ads_daily", "stat_date"),
    ):
        [(first, last, days)] = shop.sql(
            f"SELECT min({column}::DATE), max({column}::DATE), count(DISTINCT {column}::DATE) FROM {table}"
        ).fetchall()
        [(opening, as_of)] = shop.sql(
            "SELECT (getvariable('as_of') + 1 - INTERVAL 26 MONTH)::DATE, getvariable('as_of')"
        ).fetchall()
        assert (first, last) == (opening, as_of)
        assert days == (last - first).days + 1


def test_nothing_is_later_than_the_last_day(shop: duckdb.DuckDBPyConnection) -> None:
    """Plans aside: a coupon may expire later, and a campaign may end later."""
    columns = shop.sql(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE database_name = 'shop' AND data_type IN ('DATE', 'TIMESTAMP')
          AND column_name NOT IN ('expires_at', 'end_date')
        """
    ).fetchall()
    assert len(columns) > 15
    for table, column in columns:
        later = shop.sql(f"FROM {table} WHERE {column}::DATE > getvariable('as_of')").limit(1).fetchall()
        assert later == [], column


@pytest.mark.parametrize("as_of", [datetime.date(2026, 2, 28), datetime.date(2024, 12, 30), datetime.date(2026, 11, 5)])
def test_any_day_makes_a_shop(as_of: datetime.date, tmp_path: Path) -> None:
    """Also one on which months have no such day, and one within a festival; each span has two 618s and two 双11s."""
    build(tmp_path / "shop.duckdb", as_of=as_of, users=FEW)
    with duckdb.connect(str(tmp_path / "shop.duckdb"), read_only=True) as connection:
        [(last,)] = connection.sql("SELECT max(event_at)::DATE FROM events").fetchall()
        names = [
            name
            for (name,) in connection.sql("SELECT campaign_name FROM campaigns WHERE campaign_type = '大促'").fetchall()
        ]
        gaps = connection.sql(
            "FROM (SELECT event_id - lag(event_id) OVER (ORDER BY event_id) AS step FROM events) WHERE step <> 1"
        ).fetchall()
    assert last == as_of
    assert sum("618" in name for name in names) >= 2
    assert sum("双11" in name for name in names) >= 2
    assert gaps == []


def test_progress_is_told_in_both_languages(tmp_path: Path) -> None:
    told: list[tuple[float, Text]] = []
    build(tmp_path / "shop.duckdb", as_of=AS_OF, users=FEW, progress=lambda part, name: told.append((part, name)))
    parts = [part for part, _ in told]
    assert parts == sorted(parts)
    assert parts[0] == 0
    assert parts[-1] == 1
    assert all(name.zh and name.en for _, name in told)


def test_a_build_that_breaks_leaves_nothing_and_keeps_the_old_shop(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    path.write_bytes(b"the old shop")

    def interrupt(part: float, _name: Text) -> None:
        if part > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(path, as_of=AS_OF, users=FEW, progress=interrupt)
    assert path.read_bytes() == b"the old shop"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("as_of", "users", "seed", "said"),
    [
        (AS_OF, 10, 1, "10"),
        (datetime.date(1900, 1, 1), FEW, 1, "1900"),
        (datetime.date(9999, 1, 1), FEW, 1, "9999"),
        (AS_OF, FEW, -1, "-1"),
        (AS_OF, FEW, 2**64, str(2**64)),
    ],
)
def test_arguments_that_make_no_shop_are_refused(
    as_of: datetime.date, users: int, seed: int, said: str, tmp_path: Path
) -> None:
    with pytest.raises(AnalyticsError) as refused:
        build(tmp_path / "shop.duckdb", as_of=as_of, users=users, seed=seed)
    assert said in refused.value.said("zh")
    assert said in refused.value.said("en")
    assert list(tmp_path.iterdir()) == []

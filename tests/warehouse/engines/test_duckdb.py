"""The DuckDB engine: rows, limits, streams, errors."""

import datetime
import decimal
import time
import tracemalloc
from pathlib import Path

import pytest

from tests.warehouse.shop import build
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.engines.engine import Engine, Field
from warehouse.errors import QueryFailed, QueryTimeout
from warehouse.guard import Guard

NUMBERS = "(SELECT x FROM generate_series(1, 3000) AS t(x))"
SLOW = f"SELECT sum(a.x % b.x + c.x % d.x) AS n FROM {NUMBERS} AS a, {NUMBERS} AS b, {NUMBERS} AS c, {NUMBERS} AS d"
WIDE = "SELECT a.x AS a, b.x AS b FROM generate_series(1, 1000) AS a(x), generate_series(1, 1000) AS b(x)"


def test_it_is_an_engine(engine: DuckDbEngine) -> None:
    typed: Engine = engine
    assert typed.dialect == "duckdb"


def test_rows_are_plain_values_with_plain_types(engine: DuckDbEngine, guard: Guard) -> None:
    sql = """SELECT order_id, pay_amount, pay_amount::DOUBLE AS d, ordered_at, ordered_at::DATE AS day,
      paid_at IS NULL AS open, platform, coupon_id, sum(order_id) OVER () AS whole, TIME '10:30:00' AS at,
      INTERVAL 1 DAY AS span, [1, NULL] AS listed FROM orders WHERE order_id = 102"""
    given = engine.run(guard.admit(sql), limit=10)
    assert {field.name: field.type for field in given.fields} == {
        "order_id": "integer",
        "pay_amount": "number",
        "d": "number",
        "ordered_at": "datetime",
        "day": "date",
        "open": "boolean",
        "platform": "text",
        "coupon_id": "integer",
        "whole": "integer",
        "at": "text",
        "span": "text",
        "listed": "text",
    }
    moment = datetime.datetime(2026, 6, 11, 9)  # noqa: DTZ001 (the shop's times carry no zone)
    row = (102, decimal.Decimal("45.90"), 45.9, moment, moment.date(), True, "天猫", None, 102)
    assert given.rows == ((*row, "10:30:00", "1 day, 0:00:00", "[1, None]"),)


def test_columns_come_as_arrays_with_what_is_missing_told(engine: DuckDbEngine, guard: Guard) -> None:
    sql = "SELECT order_id, pay_amount, coupon_id, pay_method FROM orders ORDER BY order_id"
    given = engine.arrays(guard.admit(sql))
    assert given["order_id"].dtype.kind == "i"
    assert given["pay_amount"].tolist() == [99.0, 425.4, 45.9, 193.5, 45.9]
    assert str(given["coupon_id"].tolist()) == "[nan, 7.0, nan, 8.0, nan]"
    assert given["pay_method"].tolist() == ["支付宝", "微信支付", None, "花呗", "银行卡"]


def test_a_division_by_zero_is_missing(engine: DuckDbEngine, guard: Guard) -> None:
    assert engine.run(guard.admit("SELECT 1 / 0 AS a, 5 % 0 AS b"), limit=1).rows == ((None, None),)


@pytest.mark.parametrize(("limit", "rows", "more"), [(0, 0, True), (3, 3, True), (4, 4, False), (9, 4, False)])
def test_a_limit_cuts_and_says_so(engine: DuckDbEngine, guard: Guard, limit: int, rows: int, more: bool) -> None:
    given = engine.run(guard.admit("SELECT user_id FROM users ORDER BY user_id"), limit=limit)
    assert [row[0] for row in given.rows] == [1, 2, 3, 4][:rows]
    assert given.more is more


def test_no_limit_gives_all(engine: DuckDbEngine, guard: Guard) -> None:
    given = engine.run(guard.admit("SELECT x FROM range(25000) AS t(x)"), limit=None)
    assert [row[0] for row in given.rows] == list(range(25_000))
    assert not given.more


def test_a_limit_does_not_read_on(engine: DuckDbEngine, guard: Guard) -> None:
    endless = "SELECT a.x AS x FROM range(50000) AS a(x), range(50000) AS b(x), range(50000) AS c(x)"
    assert len(engine.run(guard.admit(endless), limit=5).rows) == 5


def test_count_tells_all_rows(engine: DuckDbEngine, guard: Guard) -> None:
    assert engine.count(guard.admit("SELECT user_id FROM users ORDER BY user_id -- all")) == 4
    assert engine.count(guard.admit("SELECT user_id, user_id FROM users LIMIT 3")) == 3
    assert (
        engine.count(guard.admit("WITH t AS (SELECT city FROM users) SELECT * FROM t UNION ALL SELECT * FROM t")) == 8
    )


def test_a_stream_gives_every_row_in_bounded_memory(engine: DuckDbEngine, guard: Guard) -> None:
    seen = 0
    tracemalloc.start()
    for batch in engine.stream(guard.admit(WIDE + " LIMIT 300000")):
        assert len(batch) <= 10_000
        seen += len(batch)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == 300_000
    assert peak < 20_000_000


def test_a_stream_left_early_frees_the_engine(engine: DuckDbEngine, guard: Guard) -> None:
    stream = engine.stream(guard.admit(WIDE))
    next(stream)
    del stream
    assert engine.run(guard.admit("SELECT 1 AS one"), limit=1).rows == ((1,),)


def test_tables_and_columns(engine: DuckDbEngine) -> None:
    assert engine.tables() == ("events", "order_items", "orders", "products", "refunds", "staff", "users")
    assert engine.columns("events") == (
        Field("event_id", "integer"),
        Field("user_id", "integer"),
        Field("event_at", "datetime"),
        Field("event_type", "text"),
    )
    with pytest.raises(QueryFailed):
        engine.columns('users" LIMIT 0; SELECT "')


def test_a_query_past_its_time_ends_and_the_next_one_runs(small_shop: Path, guard: Guard) -> None:
    engine = DuckDbEngine(small_shop, timeout_seconds=0.2)
    sql = guard.admit(SLOW)
    for _ in range(2):
        with pytest.raises(QueryTimeout) as late:
            engine.run(sql, limit=1)
        assert "0.2" in late.value.message.zh
    with pytest.raises(QueryTimeout):
        list(engine.stream(sql))
    with pytest.raises(QueryTimeout):
        engine.count(sql)
    assert engine.run(guard.admit("SELECT count(*) FROM users"), limit=1).rows == ((4,),)
    engine.close()


def test_the_time_limit_of_a_stream_is_for_each_batch(small_shop: Path, guard: Guard) -> None:
    engine = DuckDbEngine(small_shop, timeout_seconds=2)
    stream = engine.stream(guard.admit(WIDE))
    first = next(stream)
    time.sleep(2.5)
    assert len(first) + sum(map(len, stream)) == 1_000_000
    engine.close()


def test_a_query_past_its_memory_fails_and_the_next_one_runs(small_shop: Path, guard: Guard) -> None:
    engine = DuckDbEngine(small_shop, memory_bytes=64 * 1024**2)
    greedy = f"SELECT list(a) AS l FROM ({WIDE.replace('1000', '5000')}) AS t"
    with pytest.raises(QueryFailed) as failed:
        engine.run(guard.admit(greedy), limit=1)
    assert "内存" in failed.value.message.zh
    assert engine.run(guard.admit("SELECT count(*) FROM users"), limit=1).rows == ((4,),)
    engine.close()


def test_a_large_sort_spills_to_disk(small_shop: Path, guard: Guard) -> None:
    engine = DuckDbEngine(small_shop, memory_bytes=64 * 1024**2)
    wide = "SELECT b, lpad(a::VARCHAR, 200, '0') AS a FROM (" + WIDE + ") AS t ORDER BY 2 DESC, 1"
    given = engine.run(guard.admit(wide + " LIMIT 1 OFFSET 999999"), limit=1)
    assert given.rows == ((1000, "1".rjust(200, "0")),)
    engine.close()


def test_an_engine_error_is_one_line_in_both_languages(engine: DuckDbEngine, guard: Guard) -> None:
    with pytest.raises(QueryFailed) as failed:
        engine.run(guard.admit("SELECT no_such_column FROM users"), limit=1)
    assert "no_such_column" in failed.value.message.zh
    assert "no_such_column" in failed.value.message.en
    assert "\n" not in failed.value.message.en


@pytest.mark.parametrize("content", [None, b"", b"not a database" * 1000])
def test_no_database_is_told_with_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "absent.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QueryFailed) as failed:
        DuckDbEngine(path)
    assert "absent.duckdb" in failed.value.message.zh
    assert "WENSHU_WAREHOUSE" in failed.value.hint.en
    assert str(tmp_path) not in failed.value.said("en")


def test_half_a_database_is_no_database(tmp_path: Path) -> None:
    path = build(tmp_path / "shop.duckdb")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 9 // 10])
    with pytest.raises(QueryFailed):
        DuckDbEngine(path)


def test_a_path_with_quotes_opens(tmp_path: Path, guard: Guard) -> None:
    engine = DuckDbEngine(build(tmp_path / '店\'s "shop".duckdb'))
    assert engine.run(guard.admit("SELECT count(*) FROM users"), limit=1).rows == ((4,),)
    engine.close()

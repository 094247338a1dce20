"""Law 2: compiled SQL and SQL written from the glossary return the same rows on the demo shop."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from agent.answer import cell_json
from tests.conftest import AS_OF
from warehouse.days import Grain
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.period import Last, Part, Period, Relative
from warehouse.query import Filter, Query
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse


class Meaning(NamedTuple):
    """A metric as the glossary has it."""

    value: str
    rows: str
    time: str


PAID = "orders o JOIN users u USING (user_id) WHERE paid_at IS NOT NULL AND"
MEANINGS = {
    "gmv": Meaning("coalesce(sum(pay_amount), 0)", "orders o JOIN users u USING (user_id) WHERE", "ordered_at"),
    "revenue": Meaning("coalesce(sum(pay_amount), 0)", PAID, "paid_at"),
    "orders": Meaning("count(*)", "orders o JOIN users u USING (user_id) WHERE", "ordered_at"),
    "buyers": Meaning("count(DISTINCT user_id)", PAID, "paid_at"),
    "active_users": Meaning("count(DISTINCT user_id)", "events e JOIN users u USING (user_id) WHERE", "event_at"),
}
# Each period with its days as of Tuesday 2026-06-30, told by hand.
PERIODS: list[tuple[Period, str, str]] = [
    (Relative(unit="day", offset=0), "2026-06-30", "2026-06-30"),
    (Relative(unit="day", offset=-1), "2026-06-29", "2026-06-29"),
    (Last(n=7, unit="day"), "2026-06-24", "2026-06-30"),
    (Last(n=30, unit="day"), "2026-06-01", "2026-06-30"),
    (Last(n=2, unit="month"), "2026-05-01", "2026-06-30"),
    (Relative(unit="week", offset=0), "2026-06-29", "2026-06-30"),
    (Relative(unit="week", offset=-1), "2026-06-22", "2026-06-28"),
    (Relative(unit="month", offset=-1), "2026-05-01", "2026-05-31"),
    (Relative(unit="quarter", offset=0), "2026-04-01", "2026-06-30"),
    (Relative(unit="year", offset=-1), "2025-01-01", "2025-12-31"),
    (Part(unit="month", number=2, year=2026), "2026-02-01", "2026-02-28"),
]
DIMENSIONS = {"platform": "o.platform", "city": "u.city", "gender": "u.gender"}
GRAINS: list[Grain] = ["day", "week", "month"]


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def connection(shop: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shop), read_only=True) as connection:
        yield connection


def compiled(reading: Reading, query: Query) -> list[list[Any]]:
    measured = reading.compiler.measurement(reading.resolver.query(query))
    table = reading.read(measured, limit=None, stop=Stop()).table
    return [[cell_json(cell) for cell in row] for row in table.rows]


def written(connection: duckdb.DuckDBPyConnection, sql: str) -> list[list[Any]]:
    return [[cell_json(cell) for cell in row] for row in connection.execute(sql).fetchall()]


@pytest.mark.parametrize(("metric", "period"), list(itertools.product(MEANINGS, PERIODS)))
def test_a_total_and_its_cuts(
    metric: str, period: tuple[Period, str, str], reading: Reading, connection: duckdb.DuckDBPyConnection
) -> None:
    value, rows, time = MEANINGS[metric]
    named, first, last = period
    within = f"{rows} CAST({time} AS DATE) BETWEEN DATE '{first}' AND DATE '{last}'"
    assert compiled(reading, Query(metrics=(metric,), period=named)) == written(
        connection, f"SELECT {value} FROM {within}"
    )
    for name, column in DIMENSIONS.items():
        if metric == "active_users" and name == "platform":
            continue
        query = Query(metrics=(metric,), by=(name,), period=named)
        assert compiled(reading, query) == written(
            connection, f"SELECT {column}, {value} FROM {within} GROUP BY 1 ORDER BY 2 DESC, 1"
        )


@pytest.mark.parametrize(("metric", "grain", "period"), list(itertools.product(MEANINGS, GRAINS, PERIODS[3::3])))
def test_a_trend_lists_every_bucket(
    metric: str,
    grain: Grain,
    period: tuple[Period, str, str],
    reading: Reading,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    value, rows, time = MEANINGS[metric]
    named, first, last = period
    sql = f"""
        WITH days AS (
            SELECT CAST(unnest(generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 DAY)) AS DATE) AS day),
        buckets AS (SELECT DISTINCT CAST(date_trunc('{grain}', day) AS DATE) AS bucket FROM days),
        found AS (SELECT CAST(date_trunc('{grain}', {time}) AS DATE) AS bucket, {value} AS value
                  FROM {rows} CAST({time} AS DATE) BETWEEN DATE '{first}' AND DATE '{last}' GROUP BY 1)
        SELECT bucket, coalesce(value, 0) FROM buckets LEFT JOIN found USING (bucket) ORDER BY 1"""
    assert compiled(reading, Query(metrics=(metric,), grain=grain, period=named)) == written(connection, sql)


def test_a_trend_with_no_time_starts_at_the_first_row(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    first = connection.execute("SELECT CAST(min(paid_at) AS DATE) FROM orders").fetchall()[0][0]
    found = compiled(reading, Query(metrics=("revenue",), grain="month"))
    assert found[0][0] == first.replace(day=1).isoformat()
    assert found[-1][0] == "2026-06-01"
    total = connection.execute("SELECT sum(pay_amount) FROM orders WHERE paid_at IS NOT NULL").fetchall()[0][0]
    assert sum(row[1] for row in found) == pytest.approx(float(total))


def test_metrics_of_several_facts_stand_side_by_side(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    names = ("gmv", "revenue", "active_users")

    def by_gender(*metrics: str) -> list[list[Any]]:
        return compiled(reading, Query(metrics=metrics, by=("gender",), period=Last(n=7, unit="day")))

    found = by_gender(*names)
    alone = {name: {row[0]: row[1] for row in by_gender(name)} for name in names}
    assert {row[0]: row[1:] for row in found} == {
        group: [alone[name].get(group, 0) for name in names] for group in {g for each in alone.values() for g in each}
    }


def test_filters_split_a_total(reading: Reading) -> None:
    def total(*where: Filter) -> float:
        value: float = compiled(reading, Query(metrics=("gmv",), where=where, period=Last(n=90, unit="day")))[0][0]
        return value

    genders = ["女", "男", "未知"]
    parts = [total(Filter(dimension="gender", values=(each,))) for each in genders]
    assert sum(parts) == pytest.approx(total())
    assert total(Filter(dimension="gender", values=tuple(genders[:2]))) == pytest.approx(parts[0] + parts[1])

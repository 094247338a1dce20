"""Another shape of data: UCI Online Retail, one flat table of lines, against its published numbers and SQL by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.answer import cell_json
from tests.warehouse.results import asked, people, same, value
from tests.warehouse.shops import online_retail
from warehouse.warehouse import Reading

SOLD = "lines WHERE Quantity > 0 AND UnitPrice > 0"
KNOWN = [{"dimension": "known", "values": ["known"]}]
MARCH: dict[str, Any] = {"kind": "part", "unit": "month", "number": 3, "year": 2011}
IN_MARCH = "InvoiceDate >= DATE '2011-03-01' AND InvoiceDate < DATE '2011-04-01'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("online_retail")


@pytest.fixture(scope="module")
def reading(folder: Path) -> Iterator[Reading]:
    with online_retail(folder).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def connection(folder: Path, reading: Reading) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(folder / "online_retail.duckdb"), read_only=True) as connection:
        yield connection


def written(connection: duckdb.DuckDBPyConnection, sql: str) -> list[list[Any]]:
    return [[cell_json(cell) for cell in row] for row in connection.execute(sql).fetchall()]


def keys(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return sorted(row[0] for row in connection.execute(sql).fetchall())


def test_the_published_totals(reading: Reading) -> None:
    found = asked(reading, metrics=["lines", "buyers", "orders", "sales"], where=KNOWN)
    assert same(found, [[397_884, 4_338, 18_532, 8_911_407.904]])
    assert reading.as_of.isoformat() == "2011-12-09"


def test_the_published_retention(reading: Reading) -> None:
    by = [{"dimension": "first_bought_at", "grain": "month"}, {"dimension": "first_bought_at", "since": "month"}]
    found = asked(reading, metrics=["buyers"], by=by, where=KNOWN)
    december = {row[1]: row[2] for row in found if row[0] == "2010-12-01"}
    assert (december[0], december[1], december[2]) == (885, 324, 286)


def test_every_cohort(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    by = [{"dimension": "first_bought_at", "grain": "month"}, {"dimension": "first_bought_at", "since": "month"}]
    bought = {"not": {"dimension": "first_bought_at", "op": "missing"}}
    found = asked(reading, metrics=["buyers"], by=by, where=[bought])
    sql = f"""
        WITH months AS (SELECT DISTINCT CustomerID AS who, CAST(date_trunc('month', InvoiceDate) AS DATE) AS month
                        FROM {SOLD} AND CustomerID IS NOT NULL),
        firsts AS (SELECT who, min(month) AS first FROM months GROUP BY who)
        SELECT first, 12 * (year(month) - year(first)) + month(month) - month(first) AS age, count(*)
        FROM months JOIN firsts USING (who) GROUP BY ALL"""
    assert sorted(found) == sorted(written(connection, sql))


TOTALS = {
    "sales": f"SELECT sum(Quantity * UnitPrice) FROM {SOLD}",
    "cancelled": "SELECT -sum(Quantity * UnitPrice) FROM lines WHERE left(InvoiceNo, 1) = 'C'",
    "revenue": """SELECT sum(Quantity * UnitPrice) FROM lines
                  WHERE (Quantity > 0 AND UnitPrice > 0) OR left(InvoiceNo, 1) = 'C'""",
    "lines": f"SELECT count(*) FROM {SOLD}",
    "units": f"SELECT sum(Quantity) FROM {SOLD}",
    "orders": f"SELECT count(DISTINCT InvoiceNo) FROM {SOLD}",
    "cancellations": "SELECT count(DISTINCT InvoiceNo) FROM lines WHERE left(InvoiceNo, 1) = 'C'",
    "cancellation_rate": f"""SELECT c / (c + o) FROM (SELECT count(DISTINCT InvoiceNo) AS o FROM {SOLD}),
        (SELECT count(DISTINCT InvoiceNo) AS c FROM lines WHERE left(InvoiceNo, 1) = 'C')""",
    "buyers": f"SELECT count(DISTINCT CustomerID) FROM {SOLD}",
    "average_order_value": f"SELECT sum(Quantity * UnitPrice) / count(DISTINCT InvoiceNo) FROM {SOLD}",
    "items_per_order": f"SELECT sum(Quantity) / count(DISTINCT InvoiceNo) FROM {SOLD}",
    "average_price": f"SELECT avg(UnitPrice) FROM {SOLD}",
    "repeat_buyers": f"""SELECT count(*) FROM (SELECT CustomerID FROM {SOLD} AND CustomerID IS NOT NULL
                         GROUP BY 1 HAVING count(DISTINCT InvoiceNo) > 1)""",
    "repeat_rate": f"""SELECT count(*) FILTER (WHERE n > 1) / count(*) FROM (SELECT count(DISTINCT InvoiceNo) AS n
                       FROM {SOLD} AND CustomerID IS NOT NULL GROUP BY CustomerID)""",
    "new_buyers": f"SELECT count(DISTINCT CustomerID) FROM {SOLD}",
}


def test_every_metric_has_its_sql(reading: Reading) -> None:
    assert set(reading.model.metrics) == set(TOTALS)


@pytest.mark.parametrize("metric", TOTALS)
def test_a_total(metric: str, reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    assert same([[value(reading, metrics=[metric])]], written(connection, TOTALS[metric]))


BY_COUNTRY = {
    "sales": "SELECT Country, sum(Quantity * UnitPrice) FROM sold GROUP BY 1",
    "units": "SELECT Country, sum(Quantity) FROM sold GROUP BY 1",
    "orders": "SELECT Country, count(DISTINCT InvoiceNo) FROM sold GROUP BY 1",
    "buyers": "SELECT Country, count(DISTINCT CustomerID) FROM sold GROUP BY 1",
    "average_order_value": "SELECT Country, sum(Quantity * UnitPrice) / count(DISTINCT InvoiceNo) FROM sold GROUP BY 1",
    "repeat_rate": """SELECT Country, count(*) FILTER (WHERE n > 1) / count(*)
        FROM (SELECT Country, CustomerID, count(DISTINCT InvoiceNo) AS n FROM sold
              WHERE CustomerID IS NOT NULL GROUP BY ALL) GROUP BY 1""",
}


@pytest.mark.parametrize("metric", BY_COUNTRY)
def test_a_metric_by_country_in_a_month(metric: str, reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    found = asked(reading, metrics=[metric], by=["country"], period=MARCH)
    known = [row for row in found if row[1] is not None]
    sql = f"WITH sold AS (SELECT * FROM {SOLD} AND {IN_MARCH}) {BY_COUNTRY[metric]}"
    assert same(sorted(known), sorted(written(connection, sql)))


def test_months(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    found = asked(reading, metrics=["sales", "buyers", "cancellations"], grain="month")
    sold, gone = "Quantity > 0 AND UnitPrice > 0", "left(InvoiceNo, 1) = 'C'"
    sql = f"""SELECT CAST(date_trunc('month', InvoiceDate) AS DATE) AS month,
        sum(Quantity * UnitPrice) FILTER (WHERE {sold}), count(DISTINCT CustomerID) FILTER (WHERE {sold}),
        count(DISTINCT InvoiceNo) FILTER (WHERE {gone}) FROM lines GROUP BY 1 ORDER BY 1"""
    assert same(found, written(connection, sql))
    assert len(found) == 13


def test_the_hours_of_the_day(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    found = asked(reading, metrics=["orders"], by=["weekday", "hour"])
    sql = f"SELECT isodow(InvoiceDate), hour(InvoiceDate), count(DISTINCT InvoiceNo) FROM {SOLD} GROUP BY ALL"
    assert sorted(found) == sorted(written(connection, sql))


def test_november_is_compared_with_october(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    november = {"kind": "part", "unit": "month", "number": 11, "year": 2011}
    found = asked(reading, metrics=["revenue"], by=["country"], period=november, compare={"period": "previous"})
    sql = """
        WITH net AS (SELECT Country, month(InvoiceDate) AS month, Quantity * UnitPrice AS amount FROM lines
            WHERE ((Quantity > 0 AND UnitPrice > 0) OR left(InvoiceNo, 1) = 'C')
              AND InvoiceDate >= DATE '2011-10-01' AND InvoiceDate < DATE '2011-12-01'),
        two AS (SELECT Country, coalesce(sum(amount) FILTER (WHERE month = 11), 0) AS now,
            coalesce(sum(amount) FILTER (WHERE month = 10), 0) AS past FROM net GROUP BY 1)
        SELECT Country, now, past, now - past, (now - past) / nullif(CAST(past AS DOUBLE), 0) FROM two"""
    assert same(sorted(found), sorted(written(connection, sql)))


def test_the_last_month_is_cut_and_so_is_the_one_before(
    reading: Reading, connection: duckdb.DuckDBPyConnection
) -> None:
    december = {"kind": "relative", "unit": "month", "offset": 0}
    [[now, before, _, _]] = asked(reading, metrics=["sales"], period=december, compare={"period": "previous"})
    for found, first in ((now, "2011-12-01"), (before, "2011-11-01")):
        sql = f"""SELECT sum(Quantity * UnitPrice) FROM {SOLD}
            AND CAST(InvoiceDate AS DATE) BETWEEN DATE '{first}' AND DATE '{first}' + 8"""
        assert same([[found]], written(connection, sql))


def test_the_products_that_sell_best(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    found = asked(reading, metrics=["units"], by=["product"], order={"column": "units"}, limit=20)
    sql = f"SELECT Description, sum(Quantity) FROM {SOLD} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20"
    assert found == written(connection, sql)


def test_the_best_product_of_each_country(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    found = asked(
        reading,
        metrics=["sales"],
        by=["country", "stock_code"],
        order={"column": "sales"},
        limit=1,
        limit_per="country",
    )
    sql = f"""
        SELECT Country, StockCode, amount FROM (
            SELECT Country, StockCode, sum(Quantity * UnitPrice) AS amount,
                row_number() OVER (PARTITION BY Country ORDER BY sum(Quantity * UnitPrice) DESC, StockCode) AS place
            FROM {SOLD} GROUP BY 1, 2) WHERE place = 1"""
    assert same(sorted(found), sorted(written(connection, sql)))


def test_shares_of_sales(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    found = asked(reading, metrics=[{"metric": "sales", "show": "share"}], by=["country"])
    sql = f"""SELECT Country, sum(Quantity * UnitPrice) / (SELECT CAST(sum(Quantity * UnitPrice) AS DOUBLE) FROM {SOLD})
        FROM {SOLD} GROUP BY 1"""
    assert same(sorted(found), sorted(written(connection, sql)))


def test_what_a_customer_spends(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    shows: list[dict[str, Any]] = [
        {"metric": "sales", "show": "mean", "over": "customer"},
        {"metric": "sales", "show": "median", "over": "customer"},
        {"metric": "sales", "show": "percentile", "n": 90, "over": "customer"},
        {"metric": "sales", "show": "highest", "over": "customer"},
    ]
    sql = f"""SELECT avg(amount), median(amount), quantile_cont(CAST(amount AS DOUBLE), 0.9), max(amount)
        FROM (SELECT sum(Quantity * UnitPrice) AS amount FROM {SOLD} AND CustomerID IS NOT NULL GROUP BY CustomerID)"""
    assert same(asked(reading, metrics=shows), written(connection, sql))


HEART, STAND = "WHITE HANGING HEART T-LIGHT HOLDER", "REGENCY CAKESTAND 3 TIER"
PRODUCT: dict[str, Any] = {"dimension": "product", "values": [HEART]}
STANDS: dict[str, Any] = {"dimension": "product", "values": [STAND]}
KNOWN_SOLD = f"{SOLD} AND CustomerID IS NOT NULL"
PEOPLE: list[tuple[str, list[dict[str, Any]], str]] = [
    (
        "bought one thing and not the other",
        [{"behaviour": "purchase", "where": [PRODUCT]}, {"not": {"behaviour": "purchase", "where": [STANDS]}}],
        f"""SELECT CustomerID FROM {KNOWN_SOLD} GROUP BY 1
            HAVING bool_or(Description = '{HEART}') AND NOT coalesce(bool_or(Description = '{STAND}'), false)""",
    ),
    (
        "at least ten orders",
        [{"behaviour": "purchase", "times": {"at_least": 10}}],
        f"SELECT CustomerID FROM {KNOWN_SOLD} GROUP BY 1 HAVING count(DISTINCT InvoiceNo) >= 10",
    ),
    (
        "at most two orders in March",
        [{"behaviour": "purchase", "times": {"at_most": 2}, "period": MARCH}],
        f"SELECT CustomerID FROM {KNOWN_SOLD} AND {IN_MARCH} GROUP BY 1 HAVING count(DISTINCT InvoiceNo) <= 2",
    ),
    (
        "on at least five days",
        [{"behaviour": "purchase", "days": {"at_least": 5}}],
        f"SELECT CustomerID FROM {KNOWN_SOLD} GROUP BY 1 HAVING count(DISTINCT CAST(InvoiceDate AS DATE)) >= 5",
    ),
    (
        "spent over 5,000",
        [{"metric": "sales", "bounds": {"more_than": 5000}}],
        f"SELECT CustomerID FROM {KNOWN_SOLD} GROUP BY 1 HAVING sum(Quantity * UnitPrice) > 5000",
    ),
    (
        "bought and cancelled in March",
        [{"behaviour": "purchase", "period": MARCH}, {"behaviour": "cancel", "period": MARCH}],
        f"""SELECT CustomerID FROM lines WHERE {IN_MARCH} AND CustomerID IS NOT NULL GROUP BY 1
            HAVING bool_or(Quantity > 0 AND UnitPrice > 0) AND bool_or(left(InvoiceNo, 1) = 'C')""",
    ),
    (
        "lost: none in the last 90 days",
        [{"segment": "lost"}],
        f"SELECT CustomerID FROM {KNOWN_SOLD} GROUP BY 1 HAVING max(InvoiceDate) < DATE '2011-12-09' - 89",
    ),
    (
        "never bought",
        [{"not": {"behaviour": "purchase"}}],
        """SELECT CustomerID FROM lines WHERE CustomerID IS NOT NULL GROUP BY 1
           HAVING NOT bool_or(Quantity > 0 AND UnitPrice > 0)""",
    ),
    (
        "first bought in March",
        [{"dimension": "first_bought_at", "period": MARCH}],
        f"""SELECT CustomerID FROM {KNOWN_SOLD} GROUP BY 1
            HAVING min(InvoiceDate) >= DATE '2011-03-01' AND min(InvoiceDate) < DATE '2011-04-01'""",
    ),
]


@pytest.mark.parametrize(("name", "where", "sql"), PEOPLE, ids=[each[0] for each in PEOPLE])
def test_who_they_are(
    name: str, where: list[dict[str, Any]], sql: str, reading: Reading, connection: duckdb.DuckDBPyConnection
) -> None:
    expected = keys(connection, sql)
    assert expected
    assert people(reading, *where) == expected


def test_sales_to_those_who_cancelled(reading: Reading, connection: duckdb.DuckDBPyConnection) -> None:
    sql = f"""SELECT sum(Quantity * UnitPrice) FROM {SOLD} AND CustomerID IN (
        SELECT CustomerID FROM lines WHERE left(InvoiceNo, 1) = 'C' AND CustomerID IS NOT NULL)"""
    found = value(reading, metrics=["sales"], where=[{"behaviour": "cancel"}])
    assert same([[found]], written(connection, sql))

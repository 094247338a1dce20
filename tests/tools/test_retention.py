"""Retention: worked out by hand, by SQL, and as published of Online Retail; what is planted is found, and no more."""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from pydantic import ValidationError

from agent.verify import verify
from tests.conftest import AS_OF
from tests.tools.made_shop import Event, Order, User, cells, found, made, said
from tests.warehouse.shops import MODELS, gym, online_retail
from tools.retention.args import RetentionArgs
from tools.retention.tool import RetentionTool
from tools.tool import Context
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import ModelError, NotEnoughData, QueryError
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

TOOL = RetentionTool()
BOUGHT: dict[str, Any] = {"cohort": "first_purchase"}
CAME: dict[str, Any] = {"cohort": "registration"}
JANUARY, MARCH, APRIL, MAY, JUNE = (datetime.date(2026, month, 1) for month in (1, 3, 4, 5, 6))


def days(first: str, last: str) -> dict[str, Any]:
    """A period from one day through another."""
    ends = [datetime.date.fromisoformat(each) for each in (first, last)]
    told = [{"kind": "day", "month": each.month, "day": each.day, "year": each.year} for each in ends]
    return {"kind": "range", "first": told[0], "last": told[1]}


SPRING = days("2026-04-01", "2026-06-30")

USERS = [
    User(1, "2026-04-01 00:00:00", gender="女"),
    User(2, "2026-04-30 23:59:59", gender="男"),
    User(3, "2026-05-11 12:00:00", gender="女"),
    User(4, "2026-06-29 12:00:00", gender="男"),
    User(5, "2026-06-30 12:00:00", gender="男"),
]
EVENTS = [
    Event(1, "2026-04-01 00:00:00", "visit"),
    Event(1, "2026-04-02 23:59:59", "visit"),  # the day after
    Event(1, "2026-05-31 10:00:00", "view"),  # the month after
    Event(2, "2026-05-01 00:00:00", "visit"),  # a second later: the day after, and the month after
    Event(2, "2026-06-30 10:00:00", "visit"),
    Event(3, "2026-05-18 10:00:00", "visit"),  # seven days after, and the week after
    Event(4, "2026-06-30 10:00:00", "visit"),  # the day after
    Event(5, "2026-07-01 10:00:00", "visit"),  # after the last day
]
ORDERS = [
    # User 1 first pays in April, and again in June; what was not paid is no purchase.
    Order(1, "2026-04-01 10:00:00", "2026-04-01 10:00:00"),
    Order(1, "2026-05-02 10:00:00", None),
    Order(1, "2026-06-01 00:00:00", "2026-06-01 00:00:00"),
    # User 2 first orders in April and pays in May, then again in May and June.
    Order(2, "2026-04-30 23:00:00", "2026-05-01 00:10:00"),
    Order(2, "2026-05-20 10:00:00", "2026-05-20 10:00:00"),
    Order(2, "2026-06-20 10:00:00", "2026-06-20 10:00:00"),
    # User 3 only once.
    Order(3, "2026-05-11 12:00:00", "2026-05-11 12:00:00"),
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with made(tmp_path_factory.mktemp("kept") / "shop.duckdb", USERS, EVENTS, ORDERS).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def demo(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


COLUMNS = ("cohort", "n", "users", "returned", "retention")


def test_months_after_the_first_purchase(reading: Reading) -> None:
    result = found(TOOL, reading, **BOUGHT)
    verify(result)
    assert cells(result, *COLUMNS) == [
        (APRIL, 0, 1, 1, 1.0),
        (APRIL, 1, 1, 0, 0.0),
        (APRIL, 2, 1, 1, 1.0),
        (MAY, 0, 2, 2, 1.0),
        (MAY, 1, 2, 1, 0.5),
    ]  # nobody first bought in June: a cohort with nobody is not listed


def test_months_after_registration(reading: Reading) -> None:
    assert cells(found(TOOL, reading, **CAME), *COLUMNS) == [
        (APRIL, 0, 2, 1, 0.5),
        (APRIL, 1, 2, 2, 1.0),
        (APRIL, 2, 2, 1, 0.5),
        (MAY, 0, 1, 1, 1.0),
        (MAY, 1, 1, 0, 0.0),
        (JUNE, 0, 2, 1, 0.5),
    ]


def test_weeks_that_are_not_over_are_empty(reading: Reading) -> None:
    # D is a Tuesday: of the week that began on June 29 nothing is known yet.
    monday = datetime.date(2026, 5, 11)
    rows = cells(found(TOOL, reading, **CAME, unit="week", period=SPRING), *COLUMNS)
    assert [row[1:] for row in rows if row[0] == monday] == [
        (0, 1, 0, 0.0),
        (1, 1, 1, 1.0),
        *[(n, 1, 0, 0.0) for n in range(2, 7)],
        (7, 1, None, None),
    ]
    assert rows[-1] == (datetime.date(2026, 6, 29), 0, 2, None, None)


def test_the_day_after(reading: Reading) -> None:
    result = found(TOOL, reading, next="day", period=SPRING)
    verify(result)
    assert cells(result, "n", "users", "returned") == [(1, 4, 3)]  # for user 5 that day is not over
    by_month = found(TOOL, reading, next="day", grain="month", period=SPRING)
    assert cells(by_month, *COLUMNS) == [(APRIL, 1, 2, 2, 1.0), (MAY, 1, 1, 0, 0.0), (JUNE, 1, 2, None, None)]


def test_seven_days_after(reading: Reading) -> None:
    assert cells(found(TOOL, reading, n=7, unit="day", period=SPRING), "n", "users", "returned") == [(7, 3, 1)]


def test_a_curve_of_days(reading: Reading) -> None:
    rows = cells(found(TOOL, reading, unit="day", period=SPRING), "n", "users", "returned")
    assert rows[:3] == [(0, 5, 1), (1, 4, 3), (2, 3, 0)]
    assert (rows[7], rows[30]) == ((7, 3, 1), (30, 3, 0))
    assert len(rows) == 31


def test_one_period_alone_and_all_up_to_one(reading: Reading) -> None:
    one = cells(found(TOOL, reading, **CAME, next="month"), *COLUMNS)
    assert one == [(APRIL, 1, 2, 2, 1.0), (MAY, 1, 1, 0, 0.0), (JUNE, 1, 2, None, None)]
    told = cells(found(TOOL, reading, **CAME, through=2), "cohort", "n", "returned")
    assert [row for row in told if row[0] == JUNE] == [(JUNE, 0, 1), (JUNE, 1, None), (JUNE, 2, None)]


def test_at_least_once_within_so_many_periods(reading: Reading) -> None:
    """The day of entering does not count; those for whom the last of the days is not over are left out."""
    result = found(TOOL, reading, within=7, unit="day", period=SPRING)
    verify(result)
    assert cells(result, "n", "users", "returned") == [(7, 3, 3)]  # on day 1, 1 and 7
    assert cells(found(TOOL, reading, within=6, unit="day", period=SPRING), "n", "users", "returned") == [(6, 3, 2)]
    bought = {**CAME, "back": "purchase"}
    told = {n: cells(found(TOOL, reading, **bought, within=n), "cohort", "n", "users", "returned") for n in (1, 2)}
    assert told[1] == [(APRIL, 1, 2, 1), (MAY, 1, 1, 0), (JUNE, 1, 2, None)]
    assert told[2] == [(APRIL, 2, 2, 2), (MAY, 2, 1, None), (JUNE, 2, 2, None)]
    assert "7天内" in said(result)
    assert any("至少一次" in each.zh for each in result.notes)


def test_within_a_number_of_days_by_sql(demo: Reading, shop: Path) -> None:
    period = days("2026-03-01", "2026-04-30")
    result = found(TOOL, demo, within=30, unit="day", period=period)
    sql = """
        SELECT count(DISTINCT u.user_id), count(DISTINCT e.user_id) FROM users AS u LEFT JOIN events AS e
        ON e.user_id = u.user_id AND e.event_at >= CAST(u.registered_at AS DATE) + INTERVAL 1 DAY
        AND e.event_at < CAST(u.registered_at AS DATE) + INTERVAL 31 DAY
        WHERE u.registered_at >= '2026-03-01' AND u.registered_at < '2026-05-01'
    """
    with duckdb.connect(str(shop), read_only=True) as connection:
        assert cells(result, "users", "returned") == connection.sql(sql).fetchall()


def test_coming_back_may_be_any_behaviour(reading: Reading) -> None:
    rows = cells(found(TOOL, reading, **CAME, returned=["purchase"]), "cohort", "n", "returned")
    assert rows[:3] == [(APRIL, 0, 1), (APRIL, 1, 1), (APRIL, 2, 2)]
    viewed = cells(found(TOOL, reading, **CAME, returned=["view"]), "cohort", "n", "returned")
    assert viewed[:3] == [(APRIL, 0, 0), (APRIL, 1, 1), (APRIL, 2, 0)]


def test_of_some_customers_and_by_what_they_are(reading: Reading) -> None:
    where = [{"dimension": "gender", "values": ["女"]}]
    assert cells(found(TOOL, reading, **CAME, next="month", where=where), "users", "returned") == [(1, 1), (1, 0)]
    result = found(TOOL, reading, **CAME, next="month", by="gender")
    verify(result)
    assert cells(result, "cohort", "gender", "returned")[:2] == [(APRIL, "女", 1), (APRIL, "男", 1)]


def test_a_cohort_holds_the_days_asked_alone(reading: Reading) -> None:
    period = days("2026-04-02", "2026-05-31")
    result = found(TOOL, reading, **CAME, next="month", period=period)
    assert cells(result, "cohort", "users") == [(APRIL, 1), (MAY, 1)]
    assert any("第一批不完整" in each.zh for each in result.notes)


def with_purchases(folder: Path) -> Path:
    """The model of Online Retail with a purchase: an invoice of a known customer."""
    model = yaml.safe_load((MODELS / "online_retail.yml").read_text("utf-8"))
    model["sources"]["invoices"] = {
        "sql": "SELECT InvoiceNo, CustomerID, min(InvoiceDate) AS bought_at, sum(Quantity * UnitPrice) AS amount "
        "FROM lines WHERE Quantity > 0 AND UnitPrice > 0 AND CustomerID IS NOT NULL GROUP BY InvoiceNo, CustomerID",
        "joins": {"customers": "CustomerID"},
    }
    parts = {"key": "InvoiceNo", "customer": "CustomerID", "time": "bought_at", "amount": "amount"}
    model["roles"]["purchase"] = {"source": "invoices", "parts": parts}
    path = folder / "online_retail.yml"
    path.write_text(yaml.safe_dump(model, allow_unicode=True), "utf-8")
    return path


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    folder = tmp_path_factory.mktemp("retail")
    online_retail(folder)  # skips without the data
    engine = DuckDbEngine(folder / "online_retail.duckdb")
    with Warehouse(engine, load(with_purchases(folder))).reading() as reading:
        yield reading


def test_online_retail_as_published(retail: Reading) -> None:
    result = found(TOOL, retail, **BOUGHT)
    verify(result)
    december = datetime.date(2010, 12, 1)
    rows = {n: (users, returned) for cohort, n, users, returned, _ in cells(result, *COLUMNS) if cohort == december}
    assert [rows[n] for n in range(3)] == [(885, 885), (885, 324), (885, 286)]
    assert rows[12] == (885, None)  # December 2011 ends with its ninth day


def test_every_cohort_of_online_retail(retail: Reading, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("by_hand")
    online_retail(folder)
    with duckdb.connect(str(folder / "online_retail.duckdb"), read_only=True) as connection:
        expected = connection.execute(
            """WITH months AS (SELECT DISTINCT CustomerID AS who, date_trunc('month', InvoiceDate)::DATE AS month
                 FROM lines WHERE Quantity > 0 AND UnitPrice > 0 AND CustomerID IS NOT NULL),
               firsts AS (SELECT who, min(month) AS first FROM months GROUP BY who)
               SELECT first, 12 * (year(month) - year(first)) + month(month) - month(first) AS age, count(*) AS n
               FROM months JOIN firsts USING (who) WHERE month < DATE '2011-12-01' GROUP BY ALL ORDER BY ALL"""
        ).fetchall()
    rows = cells(found(TOOL, retail, **BOUGHT), "cohort", "n", "returned")
    assert [row for row in rows if row[2]] == expected


def test_the_development_questions_sql_gives_the_same(demo: Reading, shop: Path) -> None:
    """Asked: 今年1到4月，每个月首购的用户有多少比例在次月又买了."""
    with duckdb.connect(str(shop), read_only=True) as connection:
        expected = connection.execute(
            """WITH f AS (SELECT user_id, date_trunc('month', min(paid_at))::DATE AS cohort FROM orders
                 WHERE paid_at IS NOT NULL GROUP BY 1)
               SELECT f.cohort, CASE WHEN f.cohort + INTERVAL 2 MONTH <= DATE '2026-07-01' THEN
                 count(DISTINCT f.user_id) FILTER (WHERE o.paid_at >= f.cohort + INTERVAL 1 MONTH
                   AND o.paid_at < f.cohort + INTERVAL 2 MONTH) / count(DISTINCT f.user_id) END
               FROM f JOIN orders o ON o.user_id = f.user_id AND o.paid_at IS NOT NULL
               WHERE f.cohort BETWEEN DATE '2026-01-01' AND DATE '2026-04-01' GROUP BY 1 ORDER BY 1"""
        ).fetchall()
    period = days("2026-01-01", "2026-04-30")
    assert cells(found(TOOL, demo, **BOUGHT, next="month", period=period), "cohort", "retention") == expected
    told = cells(found(TOOL, demo, **BOUGHT, through=4, period=period), "cohort", "n", "retention")
    assert [(cohort, share) for cohort, n, share in told if n == 1] == expected  # either way of counting


@pytest.mark.parametrize("n", [1, 7, 30])
def test_days_after_registration_by_sql(demo: Reading, shop: Path, n: int) -> None:
    with duckdb.connect(str(shop), read_only=True) as connection:
        expected = connection.execute(
            """SELECT date_trunc('week', registered_at)::DATE AS week, count(*), count(*) FILTER (WHERE EXISTS (
                 SELECT 1 FROM events e WHERE e.user_id = u.user_id AND e.event_at::DATE = u.registered_at::DATE + $n))
               FROM users u WHERE registered_at >= DATE '2026-03-02' AND registered_at < DATE '2026-05-04'
               GROUP BY 1 ORDER BY 1""",
            {"n": n},
        ).fetchall()
    period = days("2026-03-02", "2026-05-03")
    weekly = found(TOOL, demo, **CAME, n=n, unit="day", grain="week", period=period)
    assert cells(weekly, "cohort", "users", "returned") == expected
    whole = cells(found(TOOL, demo, n=n, unit="day", period=period), "users", "returned")
    assert whole == [(sum(row[1] for row in expected), sum(row[2] for row in expected))]


def planted(path: Path, chances: tuple[float, float], size: int, seed: int) -> Warehouse:
    """Two cohorts, of March and April, by so many users each, who come back the month after with the chances told."""
    draws = random.Random(seed)  # noqa: S311
    users: list[User] = []
    events: list[Event] = []
    for month, chance in zip((3, 4), chances, strict=True):
        for _ in range(size):
            number = len(users) + 1
            users.append(User(number, f"2026-0{month}-10 08:00:00", gender=draws.choice("女男")))
            events.append(Event(number, f"2026-0{month}-10 08:00:00", "visit"))
            if draws.random() < chance:
                events.append(Event(number, f"2026-0{month + 1}-15 08:00:00", "visit"))
    return made(path, users, events)


def test_a_planted_cohort_is_found(tmp_path: Path) -> None:
    with planted(tmp_path / "shop.duckdb", (0.4, 0.3), 1_000, 1).reading() as reading:
        result = found(TOOL, reading, **CAME, next="month")
    verify(result)
    assert "2026年3月最高" in said(result)
    assert "差异显著" in said(result)


def test_a_difference_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    """Of 20 pairs of cohorts, and of random halves, that are alike, at most 5% differ, give or take chance."""
    cohorts, halves = 0, 0
    for seed in range(20):
        with planted(tmp_path / f"{seed}.duckdb", (0.35, 0.35), 300, 50 + seed).reading() as reading:
            cohorts += "差异显著" in said(found(TOOL, reading, **CAME, next="month"))
            halves += "差异显著" in said(found(TOOL, reading, **CAME, next="month", by="gender"))
    assert max(cohorts, halves) <= 4  # of 20 at 5%, five or more would come about once in four hundred times


def test_which_cohort_is_meant_must_be_told(reading: Reading) -> None:
    with pytest.raises(QueryError, match="registered, or first bought"):
        found(TOOL, reading, next="month")
    assert RetentionArgs.model_validate({"next": "day"}).cohort == "registration"


def test_coming_back_may_be_told_by_what_the_roles_know(reading: Reading) -> None:
    rows = cells(found(TOOL, reading, **CAME, back="purchase"), "cohort", "n", "returned")
    assert rows[:3] == [(APRIL, 0, 1), (APRIL, 1, 1), (APRIL, 2, 2)]
    rows = cells(found(TOOL, reading, **BOUGHT, back="order"), "cohort", "n", "returned")
    assert rows == [(APRIL, 0, 1), (APRIL, 1, 1), (APRIL, 2, 1), (MAY, 0, 2), (MAY, 1, 1)]
    assert RetentionArgs.model_validate({**BOUGHT, "back": "purchase"}) == RetentionArgs.model_validate(BOUGHT)


@pytest.mark.parametrize(
    "told",
    [
        {"cohort": "registration", "n": 1, "through": 3},
        {"cohort": "registration", "n": 1, "within": 3},
        {"cohort": "registration", "within": 401},
        {"cohort": "registration", "next": "month", "unit": "week"},
        {"cohort": "registration", "next": "month", "n": 3},
        {"cohort": "registration", "n": 0},
        {"cohort": "churn"},
        {"cohort": "registration", "returned": ["view", "cart"]},
        {"cohort": "registration", "returned": ["view"], "back": "order"},
    ],
)
def test_arguments_that_do_not_go_together_are_declined(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RetentionArgs.model_validate(told)


def test_what_is_done_once_is_no_coming_back(reading: Reading) -> None:
    with pytest.raises(QueryError, match="done once: registered"):
        found(TOOL, reading, **CAME, returned=["register"])


def test_the_length_of_a_period_that_the_cohorts_have_anyway_is_told_once() -> None:
    told = {"cohort": "registration", "grain": "week"}
    assert RetentionArgs.model_validate({**told, "unit": "week"}) == RetentionArgs.model_validate(told)


def test_thin_data_and_missing_roles_are_refused(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(NotEnoughData, match="There are no users who registered"):
        found(TOOL, reading, **CAME, period=days("2026-03-01", "2026-03-31"))
    with pytest.raises(NotEnoughData, match="For no cohort is month 3 over yet"):
        found(TOOL, reading, **CAME, n=3)
    with gym(tmp_path).reading() as other:
        with pytest.raises(ModelError, match="purchase"):
            found(TOOL, other, **BOUGHT)
        with pytest.raises(ModelError, match="when users registered"):
            found(TOOL, other, **CAME)


def test_cohorts_are_a_heat_map_or_curves_without_what_is_not_over(reading: Reading) -> None:
    chart = found(TOOL, reading, **CAME, unit="week", period=SPRING).chart
    assert chart is not None
    assert (chart.type, chart.types) == ("heatmap", ("heatmap", "line", "table"))
    assert (chart.x, chart.series, chart.y) == ("n", "cohort", ("retention",))
    assert chart.data is not None
    assert min(int(str(n)) for n in chart.data.column("n")) == 1  # beside the first period all others would be pale


def test_what_is_exported_are_the_rows(reading: Reading) -> None:
    args = RetentionArgs.model_validate(CAME)
    context = Context(reading, 2, Stop(), "zh")
    result = TOOL.run(args, context)
    verify(result)
    assert result.table is not None
    assert (len(result.table.rows), result.table.row_count) == (2, 6)
    assert len([row for batch in TOOL.export(args, context).batches for row in batch]) == 6


def test_a_plan_says_itself(reading: Reading) -> None:
    told = {"cohort": "first_purchase", "n": 4, "unit": "week", "grain": "month", "by": "city"}
    args = RetentionArgs.model_validate(told)
    assert RetentionArgs.model_validate(args.model_dump(mode="json")) == args
    words = TOOL.say(args, reading)
    assert words.zh == "首购用户的留存率，第4周，按月，按城市"
    assert words.en == "retention of users who first bought, week 4, by month, by city"

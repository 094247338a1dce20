"""What is written in a table's place, and what is told of it."""

import pytest

from tests.warehouse.policies.shops import guard_of
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.guard import Guard
from warehouse.policy import LOCAL


def words(sql: str) -> str:
    return " ".join(sql.split())


def test_what_no_rule_is_about_stays_as_it_is(east: Guard) -> None:
    untouched = "SELECT event_type, COUNT(*) AS n FROM events GROUP BY event_type"
    safe = east.admit(untouched)
    assert words(safe.sql) == untouched
    assert not safe.covered.filtered
    assert not safe.covered.masked


def test_a_table_of_masks_that_are_not_asked_stays_as_it_is(east: Guard) -> None:
    safe = east.admit("SELECT city, COUNT(*) AS n FROM users GROUP BY city")
    assert words(safe.sql) == "SELECT city, COUNT(*) AS n FROM users GROUP BY city"
    assert not safe.covered.masked


def test_what_was_kept_back_is_told(east: Guard) -> None:
    safe = east.admit("SELECT u.phone, count(*) AS n FROM users u JOIN orders USING (user_id) GROUP BY 1")
    assert safe.tables == {"users", "orders"}
    assert safe.covered.filtered == {"orders"}
    assert safe.covered.masked == {"users.phone"}


def test_the_tables_that_a_condition_reads_are_not_the_query_s(east: Guard) -> None:
    safe = east.admit("SELECT count(*) AS n FROM reviews")
    assert safe.tables == {"reviews"}
    assert safe.covered.filtered == {"reviews"}


@pytest.mark.parametrize("role", [LOCAL, "east", "nobody"])
def test_personal_columns_are_masked_unless_shown(role: str, whole: DuckDbEngine) -> None:
    phones = whole.run(guard_of(role, whole).admit("SELECT DISTINCT phone FROM users"), limit=None).rows
    assert phones == (("***",),)


def test_a_role_may_be_shown_personal_columns(whole: DuckDbEngine) -> None:
    safe = guard_of("desk", whole).admit("SELECT phone FROM users ORDER BY user_id")
    assert [row[0] for row in whole.run(safe, limit=None).rows] == [f"CANARY-13{digit}" for digit in (8, 9, 7, 6)]
    assert not safe.covered.masked


def test_none_that_is_seen_is_none_that_is_given(whole: DuckDbEngine) -> None:
    safe = guard_of("nobody", whole).admit("SELECT count(*) AS n, sum(pay_amount) AS s FROM orders")
    assert whole.run(safe, limit=None).rows == ((0, None),)
    assert safe.covered.filtered == {"orders"}


def test_a_column_may_be_named_as_what_is_written_in_its_place(whole: DuckDbEngine, east: Guard) -> None:
    """`seen` is the name that the written form uses inside."""
    rows = whole.run(east.admit("SELECT o.order_id AS seen FROM orders AS o ORDER BY seen"), limit=None).rows
    assert rows == ((1,), (2,), (3,), (4,))

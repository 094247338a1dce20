"""What holds for any text and any tree at the guard."""

import copy
import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp, parse_one

from tests.warehouse.guard.statements import statements
from tests.warehouse.shop import TABLES
from warehouse.errors import UnsafeSql
from warehouse.guard import Guard, SafeSql
from warehouse.veil import Covered

GUARD = Guard(TABLES)
TEXTS = [each.sql for name in ("accepted.sql", "refused.sql") for each in statements(name)]
WORDS = sorted({word for text in TEXTS for word in text.split()})


def admitted(sql: str | exp.Query) -> bool:
    """Whether the guard lets it pass; any error but `UnsafeSql` fails the test."""
    try:
        safe = GUARD.admit(sql)
    except UnsafeSql:
        return False
    assert safe.tables <= set(TABLES)
    return True


def test_only_the_guard_makes_safe_sql() -> None:
    safe = GUARD.admit("SELECT 1 AS one")
    with pytest.raises(TypeError):
        SafeSql("DROP TABLE users", frozenset(), Covered(), seal=None)
    with pytest.raises(TypeError):
        dataclasses.replace(safe, sql="DROP TABLE users", seal=None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        safe.sql = "DROP TABLE users"  # type: ignore[misc]
    with pytest.raises(TypeError):
        type("Forged", (SafeSql,), {})
    assert copy.copy(safe) == safe


def test_what_is_run_is_written_anew_without_comments() -> None:
    safe = GUARD.admit("select /*+ hint */ city -- why\n from USERS /* ; drop */ ;")
    assert safe.sql.split() == ["SELECT", "city", "FROM", "USERS"]
    assert safe.tables == {"users"}


def test_a_refusal_names_what_was_refused_and_what_there_is() -> None:
    with pytest.raises(UnsafeSql) as refused:
        GUARD.admit("SELECT * FROM staff")
    assert "staff" in refused.value.message.zh
    assert "staff" in refused.value.message.en
    assert "users" in refused.value.hint.zh
    assert "orders" in refused.value.hint.en


def test_compiled_trees_pass_the_same_door() -> None:
    tree = exp.select("city").from_("users")
    assert GUARD.admit(tree) == GUARD.admit("SELECT city FROM users")
    for forbidden in ("SELECT * FROM staff", "SELECT random()", "SELECT * FROM read_csv('x')"):
        query = parse_one(forbidden, read="duckdb")
        assert isinstance(query, exp.Query)
        assert not admitted(query)


@pytest.mark.parametrize(
    "node",
    [
        exp.Identifier(this="users; DROP TABLE users", quoted=False),
        exp.Literal(this="1; DROP TABLE users", is_string=False),
        exp.Var(this="x); DROP TABLE users"),
        exp.Anonymous(this="sum(1); DROP TABLE users; --"),
        exp.Anonymous(this="read_csv", expressions=[exp.Literal.string("x")]),
        exp.Interval(this="1; DROP TABLE users", unit=exp.var("DAY")),
    ],
)
def test_a_tree_cannot_smuggle_text(node: exp.Expr) -> None:
    assert not admitted(exp.select(exp.alias_(node, "x")).from_("users"))


def test_text_in_a_tree_stays_text() -> None:
    hostile = "'; DROP TABLE users; --"
    safe = GUARD.admit(exp.select("city").from_("users").where(exp.column("city").eq(exp.Literal.string(hostile))))
    (read,) = parse_one(safe.sql, read="duckdb").find_all(exp.Literal)
    assert read.this == hostile


BOMBS = {
    "brackets": "SELECT " + "(" * 10_000 + "1" + ")" * 10_000,
    "open brackets": "SELECT " + "(" * 10_000,
    "lists": "SELECT " + "[" * 5_000 + "]" * 5_000,
    "cases": "SELECT " + "CASE WHEN 1 THEN " * 1_000,
    "subqueries": "SELECT * FROM " + "(SELECT * FROM " * 1_000 + "users" + ")" * 1_000,
    "NOTs": "SELECT " + "NOT " * 4_000 + "true",
    "minus signs": "SELECT " + "- " * 9_000 + "1",
    "intervals": "SELECT " + "INTERVAL " * 2_000 + "1",
    "casts": "SELECT 1" + "::INTEGER" * 2_000,
    "pluses": "SELECT 1" + "+1" * 9_000,
    "joins without conditions": "SELECT 1 FROM users" + " JOIN users" * 1_000,
    "calls by dots": "SELECT a" + ".f()" * 4_000,
    "places in lists": "SELECT a" + "[1]" * 4_000,
    "ANYs": "SELECT 1 = " + "ANY(" * 3_000 + "1" + ")" * 3_000,
    "types in types": "SELECT " + "STRUCT(" * 30,
    "types in types, within the bounds": "SELECT " + "DECIMAL(" * 12,
    "a type in a table's place": "SELECT * FROM DATE(DATE(DATE()))",
    "a megabyte": "SELECT " + "1, " * 350_000 + "1",
    "a megabyte of spaces": "SELECT 1" + " " * 1_000_000,
    "a long string": "SELECT '" + "x" * 1_000_000 + "'",
    "a long number": "SELECT * FROM range(" + "9" * 10_000 + ")",
    "the year 1": "SELECT unnest(range(date_trunc('year', DATE '0001-01-01'), DATE '0002-01-01', INTERVAL 1 DAY))",
    "a nul": "SELECT 1\x00; DROP TABLE users",
    "half a surrogate": "SELECT '\ud800' FROM staff",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(bomb: str) -> None:
    begun = time.process_time()
    if bomb == BOMBS["the year 1"]:
        assert admitted(bomb)
    else:
        assert not admitted(bomb)
    assert time.process_time() - begun < 10


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_admitted_or_refused(text: str) -> None:
    admitted(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *"()[]{},;.*'\"-/$?@:", "--", "/*", "*/", "$$", "::", "||"]), max_size=30))
def test_any_words_are_admitted_or_refused(words: list[str]) -> None:
    admitted(" ".join(words))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.integers(0, 400), st.integers(0, 400))
def test_any_splice_of_two_is_admitted_or_refused(one: str, other: str, end: int, start: int) -> None:
    admitted(one[:end] + other[start:])


FORBIDDEN = ("staff", "read_text('/etc/passwd')", "main.users", "query('SELECT 1')", "duckdb_settings()")
PLACES = (
    "SELECT * FROM {0}",
    "SELECT 1 AS x WHERE EXISTS (FROM {0})",
    "SELECT (SELECT count(*) FROM {0}) AS x",
    "SELECT u.city FROM users u JOIN {0} AS x ON true",
    "SELECT city FROM users UNION ALL SELECT 'x' FROM {0}",
    "WITH x AS (SELECT * FROM {0}) SELECT 1 AS x",
    "SELECT count(*) OVER (ORDER BY (SELECT 1 FROM {0})) AS x FROM users",
    "SELECT city FROM users GROUP BY city HAVING count(*) > (SELECT count(*) FROM {0})",
    "SELECT city FROM users QUALIFY row_number() OVER () = (SELECT 1 FROM {0})",
    "SELECT city FROM users, LATERAL (SELECT 1 AS x FROM {0}) AS y",
    "SELECT x FROM unnest([(SELECT 1 FROM {0})]) AS t(x)",
)
WRAPS = ("SELECT * FROM ({0}) AS w", "WITH w AS ({0}) SELECT * FROM w", "({0})", "{0} UNION ALL {0}")


@given(st.sampled_from(FORBIDDEN), st.sampled_from(PLACES), st.lists(st.sampled_from(WRAPS), max_size=4))
def test_nothing_hides_a_forbidden_table(forbidden: str, place: str, wraps: list[str]) -> None:
    harmless, hostile = place.format("users"), place.format(forbidden)
    for wrap in wraps:
        harmless, hostile = wrap.format(harmless), wrap.format(hostile)
    assert admitted(harmless)
    assert not admitted(hostile)

"""For any query the policed answer equals the plain one on a shop that holds the permitted rows and nothing else."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import exp, parse_one

from tests.warehouse.policies.shops import MODEL, SECRET
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NotAllowed
from warehouse.guard import Guard
from warehouse.reads import tables_read

PLAIN: Final = Guard(tables_read(MODEL))
TABLES: Final = ("users", "orders", "order_items", "refunds", "reviews", "products", "events")
KEYS: Final = ("user_id", "order_id", "product_id")
NUMBERS: Final = {
    "users": ("user_id",),
    "orders": ("order_id", "user_id", "pay_amount", "coupon_id", "discount_amount"),
    "order_items": ("order_id", "product_id", "line_no", "quantity", "line_amount"),
    "refunds": ("order_id", "product_id", "user_id", "refund_amount"),
    "reviews": ("order_id", "product_id", "user_id", "rating"),
    "products": ("product_id", "list_price"),
    "events": ("user_id", "product_id", "stay_seconds"),
}
WORDS: Final = {
    "users": ("phone", "city", "nickname"),
    "orders": ("province", "platform", "city", "status"),
    "order_items": (),
    "refunds": ("reason", "refund_type"),
    "reviews": ("content",),
    "products": ("category", "brand"),
    "events": ("event_type", "page"),
}
VALUES: Final = ("0", "1", "2", "10", "12", "45.90", "1000", "9001", "NULL")
TEXTS: Final = ("'上海'", "'北京'", "'CANARY-138'", "'***'", "'天猫'", "'1'", "NULL")


@dataclass(frozen=True)
class Scope:
    """What stands in a FROM, and the columns that can be named in it."""

    text: str
    numbers: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Both."""
        return (*self.numbers, *self.words)


@st.composite
def relations(draw: st.DrawFn, alias: str, depth: int) -> Scope:
    """A table, a subquery, a union, or a CTE that may have a table's name; its columns after the alias."""
    table = draw(st.sampled_from(TABLES))
    numbers, words = NUMBERS[table], WORDS[table]
    listed = ", ".join((*numbers, *words))
    condition = draw(conditions(Scope(table, numbers, words), depth))
    text = draw(
        st.sampled_from(
            (
                f"{table} AS {alias}",
                f"{table.upper()} AS {alias}",
                f"(SELECT {listed} FROM {table} WHERE {condition}) AS {alias}",
                f"(SELECT {listed} FROM {table} UNION ALL SELECT {listed} FROM {table} WHERE {condition}) AS {alias}",
                f"(WITH {table} AS (SELECT {listed} FROM {table}) SELECT * FROM {table} WHERE {condition}) AS {alias}",
                f"(WITH w AS (SELECT {listed} FROM {table}) SELECT {listed} FROM w AS {table}) AS {alias}",
                f"(SELECT {listed} FROM {table} EXCEPT SELECT {listed} FROM {table} WHERE {condition}) AS {alias}",
            )
        )
    )
    return Scope(text, tuple(f"{alias}.{each}" for each in numbers), tuple(f"{alias}.{each}" for each in words))


@st.composite
def conditions(draw: st.DrawFn, scope: Scope, depth: int) -> str:
    """A condition over a scope's columns, with subqueries down to a depth."""
    kinds = ["number", "null"]
    kinds += ["not", "and", "or"] if depth >= 0 else []
    kinds += ["word", "like"] if scope.words else []
    kinds += ["in", "exists", "scalar"] if depth > 0 else []
    kind = draw(st.sampled_from(kinds))
    if kind in {"not", "and", "or"}:
        one, other = draw(conditions(scope, -1)), draw(conditions(scope, -1))
        return f"NOT ({one})" if kind == "not" else f"({one}) {kind.upper()} ({other})"
    number = draw(st.sampled_from(scope.numbers))
    if kind in {"in", "exists", "scalar"}:
        inner = draw(relations("i", depth - 1))
        chosen = draw(st.sampled_from(inner.numbers))
        return {
            "in": f"{number} IN (SELECT {chosen} FROM {inner.text})",
            "exists": f"EXISTS (SELECT 1 FROM {inner.text} WHERE {chosen} = {number})",
            "scalar": f"{number} < (SELECT max({chosen}) FROM {inner.text})",
        }[kind]
    if kind == "null":
        return f"{draw(st.sampled_from(scope.columns))} IS NULL"
    if kind == "number":
        sign = draw(st.sampled_from(("=", "<>", "<", ">=")))
        return f"{number} {sign} {draw(st.sampled_from(VALUES))}"
    word = draw(st.sampled_from(scope.words))
    return f"{word} LIKE 'CANARY%'" if kind == "like" else f"{word} = {draw(st.sampled_from(TEXTS))}"


@st.composite
def joins(draw: st.DrawFn) -> Scope:
    """Relations joined by keys that they share, by all rows, or alone."""
    scope = draw(relations("a", 1))
    for alias in draw(st.sampled_from(("", "b", "bc"))):
        other = draw(relations(alias, 1))
        shared = [
            f"{mine} = {theirs}"
            for mine in scope.numbers
            for theirs in other.numbers
            if mine.split(".")[1] == theirs.split(".")[1] and theirs.split(".")[1] in KEYS
        ]
        kind = draw(st.sampled_from(("JOIN", "LEFT JOIN", "FULL JOIN"))) if shared else "CROSS JOIN"
        condition = f" ON {draw(st.sampled_from(shared))}" if shared else ""
        text = f"{scope.text} {kind} {other.text}{condition}"
        scope = Scope(text, (*scope.numbers, *other.numbers), (*scope.words, *other.words))
    return scope


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A SELECT over joins: rows, aggregates, groups, windows or all columns; its numbers are exact."""
    scope = draw(joins())
    column, number = draw(st.sampled_from(scope.columns)), draw(st.sampled_from(scope.numbers))
    condition = draw(conditions(scope, 1))
    body = f"FROM {scope.text} WHERE {condition}"
    return draw(
        st.sampled_from(
            (
                f"SELECT {column}, {number} {body}",
                f"SELECT DISTINCT {column} {body}",
                f"SELECT count(*) AS n, sum({number}) AS s, min({column}) AS low, max({column}) AS high {body}",
                f"SELECT count(DISTINCT {column}) AS n, count(*) FILTER (WHERE {condition}) AS f FROM {scope.text}",
                f"SELECT {column} AS k, count(*) AS n, sum({number}) AS s {body} GROUP BY {column} HAVING count(*) > 1",
                f"SELECT {column}, rank() OVER (PARTITION BY {column} ORDER BY {number}) AS r {body}",
                f"WITH t AS (SELECT {column} AS x, {number} AS y {body}) SELECT x, max(y) AS m FROM t GROUP BY ALL",
                f"SELECT * {body}",
                f"SELECT a {body}",
            )
        )
    )


def may_be_refused(sql: str) -> bool:
    """Whether it asks for all of a table at once, or has a CTE that could stand where a policy reads."""
    return any(word in sql for word in ("SELECT *", "SELECT a ", "WITH orders"))


def is_refused(guard: Guard, sql: str | exp.Query) -> bool:
    try:
        guard.admit(sql)
    except NotAllowed:
        return True
    return False


def rows_of(engine: DuckDbEngine, guard: Guard, sql: str | exp.Query) -> Counter[str]:
    return Counter(map(repr, engine.run(guard.admit(sql), limit=None).rows))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(queries())
def test_the_policed_answer_is_the_plain_one_on_the_permitted_rows(
    whole: DuckDbEngine, permitted: DuckDbEngine, east: Guard, sql: str
) -> None:
    tree = parse_one(sql, read="duckdb")
    assert isinstance(tree, exp.Query)
    wanted = rows_of(permitted, PLAIN, sql)
    for asked in (sql, tree):
        if may_be_refused(sql) and is_refused(east, asked):
            continue
        found = rows_of(whole, east, asked)
        assert found == wanted
        assert not SECRET.search(" ".join(found))

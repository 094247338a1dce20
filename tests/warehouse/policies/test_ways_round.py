"""The ways round a policy that ways_round.sql lists: each gives what a shop of the permitted rows gives, or is refused.

What stands before the colon tells the sort: `rows`, `errors` and `mask` are answered from the permitted rows and
columns alone; `denied` names the column; `unsafe` is stopped by the guard; `shadow` cannot be decided; `failed` binds
to nothing.
"""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from sqlglot import exp, parse_one

from tests.warehouse.guard.statements import Statement
from tests.warehouse.policies.shops import HERE, MODEL, SECRET
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NotAllowed, QueryFailed, UnsafeSql
from warehouse.guard import Guard
from warehouse.reads import tables_read


def _ways(path: Path) -> list[Statement]:
    parts = (block.split("\n", 1) for block in path.read_text("utf-8").strip().split("\n\n"))
    return [Statement(said.removeprefix("-- "), sql) for said, sql in parts]


WAYS: Final = _ways(HERE / "ways_round.sql")
PLAIN: Final = Guard(tables_read(MODEL))
COLUMNS: Final = {"platform_fee", "unit_cost"}


def ways(*sorts: str) -> pytest.MarkDecorator:
    chosen = [each for each in WAYS if each.said.split(":")[0] in sorts]
    assert chosen
    return pytest.mark.parametrize("way", chosen, ids=[f"{each.said}: {each.sql[:40]}" for each in chosen])


def rows_of(engine: DuckDbEngine, guard: Guard, sql: str | exp.Query) -> Counter[str]:
    """What a query gives, in any order."""
    return Counter(map(repr, engine.run(guard.admit(sql), limit=None).rows))


def test_the_list_is_long_and_of_known_sorts() -> None:
    sorts = Counter(each.said.split(":")[0] for each in WAYS)
    assert set(sorts) == {"rows", "errors", "mask", "denied", "unsafe", "shadow", "failed"}
    assert sum(sorts.values()) - sorts["unsafe"] >= 150
    assert len({each.sql for each in WAYS}) == len(WAYS)


@ways("rows", "errors", "mask")
def test_a_way_leads_to_the_permitted_rows_alone(
    way: Statement, whole: DuckDbEngine, permitted: DuckDbEngine, east: Guard
) -> None:
    try:
        wanted = rows_of(permitted, PLAIN, way.sql)
    except QueryFailed:
        with pytest.raises(QueryFailed) as failed:
            rows_of(whole, east, way.sql)
        assert not SECRET.search(f"{failed.value.message} {failed.value.hint}")
        return
    found = rows_of(whole, east, way.sql)
    assert found == wanted
    assert not SECRET.search(" ".join(found))


@ways("rows", "mask")
def test_a_compiled_tree_has_no_way_round_either(
    way: Statement, whole: DuckDbEngine, permitted: DuckDbEngine, east: Guard
) -> None:
    tree = parse_one(way.sql, read="duckdb")
    assert isinstance(tree, exp.Query)
    untouched = tree.copy()
    try:
        wanted = rows_of(permitted, PLAIN, tree)
    except QueryFailed:
        with pytest.raises(QueryFailed):
            rows_of(whole, east, tree)
        return
    assert rows_of(whole, east, tree) == wanted
    assert tree == untouched


@ways("rows", "errors", "mask")
def test_without_a_policy_the_way_leads_round(way: Statement, whole: DuckDbEngine, permitted: DuckDbEngine) -> None:
    def outcome(engine: DuckDbEngine) -> Counter[str] | str:
        try:
            return rows_of(engine, PLAIN, way.sql)
        except QueryFailed as failed:
            return str(failed)

    assert outcome(whole) != outcome(permitted)


@ways("denied")
def test_a_denied_column_is_told_by_name(way: Statement, east: Guard) -> None:
    for sql in (way.sql, parse_one(way.sql, read="duckdb")):
        assert isinstance(sql, str | exp.Query)
        with pytest.raises(NotAllowed) as refused:
            east.admit(sql)
        assert any(column in refused.value.message.zh for column in COLUMNS)
        assert any(column in refused.value.message.en for column in COLUMNS)
        assert "east" in refused.value.message.zh


@ways("unsafe")
def test_the_guard_stops_it_first(way: Statement, east: Guard) -> None:
    with pytest.raises(UnsafeSql):
        east.admit(way.sql)


@ways("shadow")
def test_what_cannot_be_decided_stops_the_query(way: Statement, east: Guard) -> None:
    with pytest.raises(NotAllowed) as refused:
        east.admit(way.sql)
    assert "orders" in refused.value.message.zh
    assert "WITH" in refused.value.hint.en


@ways("failed")
def test_what_binds_to_nothing_fails(way: Statement, whole: DuckDbEngine, east: Guard) -> None:
    with pytest.raises(QueryFailed) as failed:
        rows_of(whole, east, way.sql)
    assert not SECRET.search(str(failed.value))

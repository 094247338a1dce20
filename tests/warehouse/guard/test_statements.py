"""The guard against two lists: attacks, each refused, and analyses, each admitted with the rows unchanged."""

import hashlib
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp, parse_one

from tests.warehouse.guard.statements import Statement, statements
from tests.warehouse.shop import SCHEMA, TABLES
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.engines.duckdb_file import DuckDbFile
from warehouse.errors import UnsafeSql
from warehouse.guard import Guard

REFUSED = statements("refused.sql")
ACCEPTED = statements("accepted.sql")
STOPPED_TWICE = [each for each in REFUSED if each.said.startswith("guard, engine")]


def named(statement: Statement) -> str:
    return f"{statement.said}: {statement.sql[:40]}"


def test_the_lists_are_long() -> None:
    assert len(REFUSED) >= 80
    assert len(STOPPED_TWICE) >= 60
    assert len(ACCEPTED) >= 80
    assert len({each.sql for each in REFUSED + ACCEPTED}) == len(REFUSED + ACCEPTED)


@pytest.mark.parametrize("attack", REFUSED, ids=named)
def test_an_attack_is_refused_in_both_languages(attack: Statement, guard: Guard) -> None:
    with pytest.raises(UnsafeSql) as refused:
        guard.admit(attack.sql)
    assert all(refused.value.message)
    assert all(refused.value.hint)


@pytest.mark.parametrize("attack", STOPPED_TWICE, ids=named)
def test_an_attack_that_went_round_the_guard_fails_at_the_engine(attack: Statement, engine: DuckDbEngine) -> None:
    with engine.held() as data, pytest.raises(duckdb.Error):
        run_bare(data, attack.sql)


def run_bare(data: DuckDbFile, sql: str) -> None:
    """Run all statements of a text on the engine's own locked connection, round the guard."""
    with data.cursor() as cursor:
        for statement in cursor.extract_statements(sql):
            cursor.execute(statement).fetchall()


def test_no_attack_leaves_a_trace(
    engine: DuckDbEngine, guard: Guard, small_shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = hashlib.sha256(small_shop.read_bytes()).hexdigest()
    settings = "SELECT * FROM duckdb_settings() WHERE name NOT IN ('schema', 'search_path') ORDER BY name"
    with engine.held() as data:
        with data.cursor() as cursor:
            locked = cursor.execute(settings).fetchall()
        for attack in STOPPED_TWICE:
            with pytest.raises(duckdb.Error):
                run_bare(data, attack.sql)
        with data.cursor() as cursor:
            assert cursor.execute(settings).fetchall() == locked
            attached = cursor.execute("SELECT database_name FROM duckdb_databases() ORDER BY 1").fetchall()
    assert attached == [("memory",), ("system",), ("temp",), ("warehouse",)]
    assert list(tmp_path.iterdir()) == []
    assert list(small_shop.parent.iterdir()) == [small_shop]
    assert hashlib.sha256(small_shop.read_bytes()).hexdigest() == before
    assert engine.run(guard.admit("SELECT count(*) FROM users"), limit=None).rows == ((4,),)


@pytest.mark.parametrize("analysis", ACCEPTED, ids=named)
def test_an_analysis_gives_the_rows_of_its_own_text(
    analysis: Statement, guard: Guard, engine: DuckDbEngine, small_shop: Path
) -> None:
    given = engine.run(guard.admit(analysis.sql), limit=None)
    with duckdb.connect(str(small_shop), read_only=True) as plain:
        wanted = plain.execute(analysis.sql).fetchall()
        names = [column[0] for column in plain.description or ()]
    assert [field.name for field in given.fields] == names
    assert [row if isinstance(row, tuple) else tuple(row) for row in given.rows] == [as_text(row) for row in wanted]


def as_text(row: tuple[object, ...]) -> tuple[object, ...]:
    """Lists are no cells: the engine gives them as text."""
    return tuple(str(cell) if isinstance(cell, list) else cell for cell in row)


@pytest.mark.parametrize("analysis", ACCEPTED, ids=named)
def test_what_was_admitted_is_admitted_as_it_is(analysis: Statement, guard: Guard) -> None:
    once = guard.admit(analysis.sql)
    again = guard.admit(once.sql)
    tree = parse_one(analysis.sql, read="duckdb")
    assert isinstance(tree, exp.Query)
    untouched = tree.copy()
    assert guard.admit(tree) == once
    assert tree == untouched
    assert again.tables == once.tables
    assert again.sql.split() == once.sql.split()


@pytest.mark.parametrize("analysis", ACCEPTED, ids=named)
def test_the_tables_named_are_those_it_needs(analysis: Statement, guard: Guard) -> None:
    read = guard.admit(analysis.sql).tables
    assert runs_with(read, analysis.sql)
    assert not any(runs_with(read - {table}, analysis.sql) for table in read)


def runs_with(tables: frozenset[str], sql: str) -> bool:
    """Whether the query runs where there are no other tables than these."""
    with duckdb.connect() as database:
        database.execute(SCHEMA)
        for table in {*TABLES, "staff"} - tables:
            database.execute(f"DROP TABLE {table}")
        try:
            database.execute(sql)
        except (duckdb.CatalogException, duckdb.BinderException):
            return False
        return True

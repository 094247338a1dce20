"""Small shops made for one test: users, what they did, and what they bought, as the test tells them."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from tests.conftest import AS_OF
from tools.tool import Context, Result, Tool
from warehouse.demo.build import HERE as DEMO_FOLDER
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.table import Cell
from warehouse.text import Language
from warehouse.warehouse import Reading, Warehouse


class User(NamedTuple):
    """A customer; what no test looks at is the same for all."""

    number: int
    registered: str = "2026-01-01 08:00:00"
    gender: str = "女"
    device: str = "iOS"
    city: str = "上海"


class Event(NamedTuple):
    """Something that a customer did."""

    user: int
    at: str
    type: str
    device: str = "iOS"


class Order(NamedTuple):
    """Something that a customer bought; `paid` is None where it was not."""

    user: int
    placed: str
    paid: str | None


def made(
    path: Path,
    users: Iterable[User],
    events: Iterable[Event],
    orders: Iterable[Order] = (),
    as_of: datetime.date | None = AS_OF,
) -> Warehouse:
    """A shop with the demo shop's tables."""
    with duckdb.connect(str(path)) as connection:
        connection.execute((DEMO_FOLDER / "sql" / "schema.sql").read_text("utf-8"))
        _fill(
            connection,
            "users",
            [
                (
                    u.number,
                    f"u{u.number}",
                    "1",
                    u.gender,
                    None,
                    u.city,
                    u.city,
                    "一线",
                    "普通",
                    u.device,
                    "直播",
                    u.registered,
                )
                for u in users
            ],
        )
        _fill(
            connection,
            "events",
            [(at, e.user, at, e.at, e.type, "首页", None, None, "直播", e.device, 5) for at, e in enumerate(events, 1)],
        )
        _fill(
            connection,
            "orders",
            [
                (at, o.user, o.placed, o.paid, "已完成", "天猫", "上海", "上海", None, 0, 10, 0, 0, None, None)
                for at, o in enumerate(orders, 1)
            ],
        )
    return Warehouse(DuckDbEngine(path), load(DEMO), as_of)


def found(tool: Tool, reading: Reading, language: Language = "zh", **told: Any) -> Result:
    """What a tool finds for arguments."""
    return tool.run(tool.Args.model_validate(told), Context(reading, 10_000, Stop(), language))


def cells(result: Result, *columns: str) -> list[tuple[Cell, ...]]:
    """The rows of a result, of those columns."""
    assert result.table is not None
    return list(zip(*(result.table.column(each) for each in columns), strict=True))


def said(result: Result, language: Language = "zh") -> str:
    """A result's sentences with the figures left out."""
    return "".join(
        part.said(language) if isinstance(part, tuple) and hasattr(part, "said") else "#"
        for sentence in result.sentences
        for part in sentence.parts
    )


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        columns = list(zip(*rows, strict=True))
        names = [f"c{at}" for at in range(len(columns))]
        unnested = ", ".join(f"unnest(${name}) AS {name}" for name in names)
        connection.execute(
            f"INSERT INTO {table} SELECT {unnested}",
            dict(zip(names, map(list, columns), strict=True)),
        )

"""One version of a DuckDB file, opened so that nothing but reading its tables is possible."""

import datetime
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from warehouse.engines.engine import Arrays, Field, Rows
from warehouse.engines.watch import watched
from warehouse.errors import QueryFailed, QueryTimeout
from warehouse.guard import SafeSql
from warehouse.stop import Stop
from warehouse.table import Cell, Type
from warehouse.text import Text

Settings = dict[str, str | bool | int | float | list[str]]

CATALOG: Final = "warehouse"
HEADER_BYTES: Final = 3 * 4096
BATCH_ROWS: Final = 10_000
INTEGERS: Final = tuple(f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE"))
PLAIN_TYPES: Final[dict[str, Type]] = {
    **dict.fromkeys((*INTEGERS, "INTEGER", "UINTEGER"), "integer"),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), "number"),
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
SETTINGS: Final[Settings] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "ieee_floating_point_ops": "false",  # a division by zero is NULL, not infinity
    "error_on_division_by_zero": "false",
}

Row = tuple[Cell, ...]


class Mark(NamedTuple):
    """What tells one state of a file from another without reading it."""

    device: int
    inode: int
    modified_ns: int
    size: int

    @classmethod
    def of(cls, path: Path) -> "Mark":
        """The file's mark now. Raises `OSError` where there is none."""
        stat = path.stat()
        return cls(stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size)


@dataclass(frozen=True)
class Limits:
    """What one opened file may use: bytes of memory and of disk to spill to, threads, seconds a query."""

    memory_bytes: int
    spill_bytes: int
    threads: int
    timeout_seconds: float


class Broken(Exception):
    """The file is no whole DuckDB database."""


class DuckDbFile:
    """A `Data`: the file as it was when opened, whatever takes its place later; until `close`."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.mark = Mark.of(path)
        self._timeout_seconds = limits.timeout_seconds
        self._spill = tempfile.TemporaryDirectory(prefix="wenshu-spill-")
        self._database = _opened(path, limits, self._spill.name)
        try:
            _check_whole(self._database, path)
            self.tables()
        except (duckdb.Error, QueryFailed, Broken) as error:
            self.close()
            raise Broken(str(error)) from error

    def close(self) -> None:
        """Give back memory, file and spill space. No query may be running."""
        self._database.close()
        self._spill.cleanup()

    def version(self) -> str:
        """Another text whenever the file is another."""
        return "-".join(f"{part:x}" for part in self.mark)

    def tables(self) -> tuple[str, ...]:
        """The names of the tables and views, in order."""
        names = self._rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1")
        return tuple(str(name) for (name,) in names.rows)

    def columns(self, table: str) -> tuple[Field, ...]:
        """A table's columns, in its order."""
        quoted = table.replace('"', '""')
        return self._rows(f'SELECT * FROM "{quoted}" LIMIT 0').fields

    def fields(self, sql: SafeSql) -> tuple[Field, ...]:
        """The columns that a query gives, told without reading a row."""
        return self._rows(f"SELECT * FROM (\n{sql.sql}\n) AS described LIMIT 0").fields

    def run(self, sql: SafeSql, *, limit: int | None, stop: Stop | None = None) -> Rows:
        """At most `limit` rows, None for all."""
        return self._rows(sql.sql, limit, stop)

    def stream(self, sql: SafeSql, *, stop: Stop | None = None) -> Iterator[Sequence[Row]]:
        """Every row, in batches of at most 10,000; the time limit holds for the wait for each."""
        with self.cursor() as cursor:
            with self._step(cursor, stop):
                cursor.execute(sql.sql)
            plain = _plainer(cursor.description)
            while True:
                with self._step(cursor, stop):
                    batch = cursor.fetchmany(BATCH_ROWS)
                if not batch:
                    return
                yield plain(batch)

    def arrays(self, sql: SafeSql, *, stop: Stop | None = None) -> Arrays:
        """Every row, as numpy columns; numbers as floats where one is missing, else as they are."""
        with self.cursor() as cursor, self._step(cursor, stop):
            cursor.execute(sql.sql)
            return {name: _unmasked(column) for name, column in cursor.fetchnumpy().items()}

    def count(self, sql: SafeSql, *, stop: Stop | None = None) -> int:
        """How many rows the query gives in all."""
        ((number,),) = self._rows(f"SELECT count(*) FROM (\n{sql.sql}\n) AS counted", None, stop).rows
        return int(str(number))

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of one's own to the locked database, reading the file's tables by their bare names."""
        with self._database.cursor() as cursor:
            cursor.execute(f"USE {CATALOG}")
            yield cursor

    def _rows(self, text: str, limit: int | None = None, stop: Stop | None = None) -> Rows:
        with self.cursor() as cursor, self._step(cursor, stop):
            cursor.execute(text)
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
            kept = tuple(_plainer(cursor.description)(rows[:limit]))
            return Rows(_fields(cursor.description), kept, more=len(kept) < len(rows))

    @contextmanager
    def _step(self, cursor: duckdb.DuckDBPyConnection, stop: Stop | None) -> Iterator[None]:
        """The limits of one wait for the engine, and its errors as ours."""
        with watched(cursor.interrupt, self._timeout_seconds, stop) as watch:
            try:
                yield
            except duckdb.InterruptException as error:
                if stop is not None:
                    stop.check()
                raise (_timeout(self._timeout_seconds) if watch.timed_out else _failure(error)) from error
            except duckdb.Error as error:
                raise _failure(error) from error


def _opened(path: Path, limits: Limits, spill: str) -> duckdb.DuckDBPyConnection:
    """A locked database of its own that has the file attached.

    In memory and attached, not connected to: DuckDB keeps one database per path in a process, and would give back the
    old file's where a new one took its place.
    """
    quoted = str(path.absolute()).replace("'", "''")
    used: Settings = {
        "memory_limit": f"{limits.memory_bytes}B",
        "threads": str(limits.threads),
        "temp_directory": spill,
        "max_temp_directory_size": f"{limits.spill_bytes}B",
    }
    database = duckdb.connect(":memory:", config=SETTINGS | used)
    try:
        database.execute(f"ATTACH '{quoted}' AS {CATALOG} (READ_ONLY, TYPE duckdb)")
        database.execute("SET GLOBAL enable_external_access = false")
        database.execute("SET GLOBAL lock_configuration = true")
    except duckdb.Error as error:
        database.close()
        raise Broken(str(error)) from error
    return database


def _check_whole(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A file that is still being copied opens, and fails at the first block that is not there yet."""
    with database.cursor() as cursor:
        sizes = cursor.execute("CALL pragma_database_size()").fetchall()
    wanted = next(HEADER_BYTES + block * blocks for name, _, block, blocks, *_ in sizes if name == CATALOG)
    if path.stat().st_size < wanted:
        raise Broken(f"{path.stat().st_size} of {wanted} bytes")


def _fields(description: Sequence[Sequence[Any]]) -> tuple[Field, ...]:
    return tuple(Field(str(name), _type(str(kind))) for name, kind, *_ in description)


def _plain_name(kind: str) -> str:
    """A type's name without its parameters; a list's as it is."""
    return kind if kind.endswith("]") else kind.split("(", maxsplit=1)[0]


def _type(kind: str) -> Type:
    moment = kind.startswith("TIMESTAMP") and not kind.endswith("]")
    return "datetime" if moment else PLAIN_TYPES.get(_plain_name(kind), "text")


def _plainer(description: Sequence[Sequence[Any]]) -> Callable[[Sequence[Any]], Sequence[Row]]:
    """What turns fetched rows into plain ones: as they are, but for columns of types that a `Cell` is not."""
    odd = {at for at, (_, kind, *_) in enumerate(description) if _plain_name(str(kind)) not in PLAIN_TYPES}

    def plain(rows: Sequence[Any]) -> Sequence[Row]:
        return [tuple(_cell(cell) if at in odd else cell for at, cell in enumerate(row)) for row in rows]

    return plain if odd else list


def _unmasked(column: Any) -> Any:
    """A fetched column with NaN, in other than numbers None, in place of what its mask leaves out."""
    if not hasattr(column, "mask"):
        return column
    plain = column.data.astype(float if column.dtype.kind in "iuf" else object)
    plain[column.mask] = float("nan") if column.dtype.kind in "iuf" else None
    return plain


def _cell(value: Any) -> Cell:
    """A moment without its zone, None as it is, all else as text."""
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    return None if value is None else str(value)


def _timeout(seconds: float) -> QueryTimeout:
    return QueryTimeout(
        Text(f"查询超过 {seconds:g} 秒，已中止。", f"The query ran past {seconds:g} seconds and was ended."),
        Text("请缩短时间范围，或减少分组。", "Ask about a shorter time, or fewer groups."),
    )


def _failure(error: duckdb.Error) -> QueryFailed:
    """What the engine said, in one line; nothing of what it says about files, which would name their paths."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryFailed(
            Text("查询需要的内存超过了上限。", "The query needs more memory than it may use."),
            Text("请缩短时间范围，或减少分组。", "Ask about a shorter time, or fewer groups."),
        )
    if isinstance(error, duckdb.IOException | duckdb.PermissionException | duckdb.FatalException):
        return QueryFailed(
            Text("读取数据文件失败。", "The data file could not be read."),
            Text("请稍后重试；若仍失败，请检查数据文件。", "Try again; if it still fails, check the data file."),
        )
    said = str(error).split("\n", 1)[0][:300]
    return QueryFailed(
        Text(f"引擎无法运行这个查询：{said}", f"The engine could not run the query: {said}"),
        Text("请换个问法，或修改 SQL。", "Ask in another way, or mend the SQL."),
    )

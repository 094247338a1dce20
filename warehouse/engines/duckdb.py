"""A DuckDB file as an engine: locked, limited, and followed when another file takes its place."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from warehouse.engines.duckdb_file import Broken, DuckDbFile, Limits, Mark, Row
from warehouse.engines.engine import Arrays, Field, Rows
from warehouse.errors import QueryFailed
from warehouse.guard import SafeSql
from warehouse.stop import Stop
from warehouse.text import Text

MOST_MEMORY_BYTES: Final = 2 * 1024**3
SPILL_BYTES: Final = 8 * 1024**3


def fair_memory() -> int:
    """2 GB, or half of the machine's memory where that is less; in bytes."""
    return min(MOST_MEMORY_BYTES, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)


class DuckDbEngine:
    """An `Engine` over one DuckDB file, opened read-only without access to files, network or settings.

    A new file put in the old one's place by a rename is read from the next query on, without a restart: queries that
    run finish on the old one, which is closed after the last. A new file that is no whole database is left aside, and
    the old one goes on being read, as it is where the file is missing for a moment.

    `timeout_seconds` is for each query, `memory_bytes` and `threads` are for all together. Raises `QueryFailed`
    where there is no DuckDB file at `path`.
    """

    dialect: Final = "duckdb"

    def __init__(
        self, path: Path, *, memory_bytes: int | None = None, threads: int = 2, timeout_seconds: float = 30.0
    ) -> None:
        self._path = path
        self._limits = Limits(memory_bytes or fair_memory(), SPILL_BYTES, threads, timeout_seconds)
        self._lock = threading.Lock()
        self._readers: dict[DuckDbFile, int] = {}
        self._left_aside: Mark | None = None
        try:
            self._file = DuckDbFile(path, self._limits)
        except (OSError, Broken) as error:
            raise _no_database(path) from error

    def close(self) -> None:
        """Close the file once its last query ends; no query may begin after."""
        with self._lock:
            self._close_unread(self._file)

    def version(self) -> str:
        """Another text whenever the file is another."""
        with self.held() as data:
            return data.version()

    def tables(self) -> tuple[str, ...]:
        """The names of the tables and views, in order."""
        with self.held() as data:
            return data.tables()

    def columns(self, table: str) -> tuple[Field, ...]:
        """A table's columns, in its order."""
        with self.held() as data:
            return data.columns(table)

    def fields(self, sql: SafeSql) -> tuple[Field, ...]:
        """The columns that a query gives, told without reading a row."""
        with self.held() as data:
            return data.fields(sql)

    def run(self, sql: SafeSql, *, limit: int | None, stop: Stop | None = None) -> Rows:
        """At most `limit` rows, None for all."""
        with self.held() as data:
            return data.run(sql, limit=limit, stop=stop)

    def stream(self, sql: SafeSql, *, stop: Stop | None = None) -> Iterator[Sequence[Row]]:
        """Every row, in batches."""
        with self.held() as data:
            yield from data.stream(sql, stop=stop)

    def arrays(self, sql: SafeSql, *, stop: Stop | None = None) -> Arrays:
        """Every row, as numpy columns."""
        with self.held() as data:
            return data.arrays(sql, stop=stop)

    def count(self, sql: SafeSql, *, stop: Stop | None = None) -> int:
        """How many rows the query gives in all."""
        with self.held() as data:
            return data.count(sql, stop=stop)

    @contextmanager
    def held(self) -> Iterator[DuckDbFile]:
        """The file as it stands now: inside, every query reads this one version, and it stays open."""
        with self._lock:
            self._follow()
            file = self._file
            self._readers[file] = self._readers.get(file, 0) + 1
        try:
            yield file
        finally:
            with self._lock:
                self._readers[file] -= 1
                if file is not self._file:
                    self._close_unread(file)

    def _follow(self) -> None:
        """Read the file that is in place now, if it is another and whole. Under the lock."""
        try:
            mark = Mark.of(self._path)
        except OSError:
            return
        if mark == self._file.mark:
            return
        if mark != self._left_aside and self._change():
            return
        self._left_aside = mark
        if (mark.device, mark.inode) == (self._file.mark.device, self._file.mark.inode):
            raise QueryFailed(
                Text("数据文件正在被改写。", "The data file is being written over."),
                Text(
                    "请稍后重试；更新数据时，先写到另一个文件，再改名替换。",
                    "Try again soon; to renew the data, write another file and rename it into place.",
                ),
            )

    def _change(self) -> bool:
        try:
            new = DuckDbFile(self._path, self._limits)
        except (OSError, Broken):
            return False
        old, self._file = self._file, new
        self._close_unread(old)
        return True

    def _close_unread(self, file: DuckDbFile) -> None:
        if not self._readers.get(file):
            self._readers.pop(file, None)
            file.close()


def _no_database(path: Path) -> QueryFailed:
    return QueryFailed(
        Text(f"{path.name} 不存在，或不是完整的 DuckDB 文件。", f"{path.name} is missing or no whole DuckDB file."),
        Text("请检查 WENSHU_WAREHOUSE 指向的文件。", "Check the file that WENSHU_WAREHOUSE names."),
    )

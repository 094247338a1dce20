"""The SQLite file that everything kept stands in; there is none until something is."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import AnalyticsError
from warehouse.text import Text

WAIT_SECONDS = 3.0  # for another process that writes
OWNER_ONLY = 0o600

# Each brings a file from the version of its place to the next; what was released is never changed.
MIGRATIONS = (
    """
    CREATE TABLE spending (
        id INTEGER PRIMARY KEY, day TEXT NOT NULL, person TEXT NOT NULL, question TEXT NOT NULL,
        calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost REAL
    );
    CREATE INDEX spending_day ON spending (day, person);
    CREATE TABLE replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL);
    CREATE TABLE verified (
        id INTEGER PRIMARY KEY, model TEXT NOT NULL, question TEXT NOT NULL, language TEXT NOT NULL,
        before TEXT, plans TEXT NOT NULL, ran TEXT NOT NULL, asked TEXT NOT NULL, as_of TEXT NOT NULL,
        role TEXT NOT NULL, person TEXT NOT NULL, day TEXT NOT NULL, stale TEXT
    );
    """,
)


class NotKept(AnalyticsError):
    """The file cannot be read or written."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(
            Text(f"工作区文件 {path} 不能用：{error}。", f"The workspace {path} cannot be used: {error}."),
            Text("请检查它的权限，或换一个 WENSHU_WORKSPACE。", "Check who may write it, or set WENSHU_WORKSPACE."),
        )


class Store:
    """One file of things kept; safe to share between threads, and between processes by SQLite's own locks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """The file as it stands; None where nothing was ever kept. Raises `NotKept` where it cannot be read."""
        with self._lock, self._telling():
            yield self._connection() if self._opened or self._path.exists() else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The file, alone: what is done inside is done as a whole, or not at all. Raises `NotKept`."""
        with self._lock, self._telling():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:  # what is no file of ours, or a row that is none
            raise NotKept(self._path, error) from error

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(OWNER_ONLY)
            opened = sqlite3.connect(self._path, WAIT_SECONDS, isolation_level=None, check_same_thread=False)
            opened.row_factory = sqlite3.Row
            try:
                _migrate(opened)
            except BaseException:
                opened.close()
                raise
            self._opened = opened
        return self._opened


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version; two processes that begin at once do it one after the other."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for statement in (each for script in MIGRATIONS[version:] for each in script.split(";") if each.strip()):
        connection.execute(statement)
    if version < len(MIGRATIONS):
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")

"""Build the demo shop: a DuckDB file with a made-up shop in it."""

import datetime
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb

from warehouse.errors import AnalyticsError
from warehouse.text import Text

HERE = Path(__file__).parent
MONTHS = 26
FEWEST_USERS = 500
USER_MONTHS_AT_ONCE = 600_000  # some 1.5 million events
AS_OF_YEARS = range(2015, 2100)
SEEDS = range(2**63)

Progress = Callable[[float, Text], None]

# Each script, what it does, and the part of the work that is done before it.
SCRIPTS: tuple[tuple[str, Text, float], ...] = (
    ("schema", Text("建表", "Creating tables"), 0.0),
    ("draws", Text("准备随机数", "Preparing chance"), 0.0),
    ("calendar", Text("排日历", "Laying out the calendar"), 0.01),
    ("catalogue", Text("编目录", "Drawing up the catalogue"), 0.02),
    ("products", Text("上架商品", "Stocking the shelves"), 0.02),
    ("campaigns", Text("安排活动", "Planning campaigns"), 0.04),
    ("customers", Text("招揽顾客", "Inviting customers"), 0.05),
    ("purchases", Text("安排购买与访问", "Timing purchases and visits"), 0.08),
    ("touches", Text("发送消息", "Sending messages"), 0.15),
    ("experiments", Text("分配实验", "Assigning experiments"), 0.2),
    ("baskets", Text("装满购物篮", "Filling baskets"), 0.24),
    ("orders", Text("写入用户与订单", "Writing users and orders"), 0.35),
    ("service", Text("处理退款与评价", "Writing refunds and reviews"), 0.45),
    ("marketing", Text("写入营销数据", "Writing marketing data"), 0.5),
    ("inventory", Text("盘点库存", "Counting stock"), 0.55),
    ("sessions", Text("整理会话", "Arranging sessions"), 0.6),
)
EVENTS = Text("写入行为日志", "Writing the click-stream")
EVENTS_FROM = 0.64
DONE = Text("完成", "Done")


def build(
    path: Path,
    *,
    as_of: datetime.date,
    users: int = 50_000,
    seed: int = 42,
    threads: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Build the shop at `path`, complete through the day `as_of`, with `users` users.

    The same arguments give the same rows, whatever `threads` is. `progress` gets the part done, 0 to 1, and the step's
    name. The file appears at `path` whole or not at all. Raises AnalyticsError where the arguments make no shop.
    """
    _check(as_of, users, seed)
    path = path.resolve()
    tell = progress or (lambda _part, _name: None)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as workshop:
        draft = Path(workshop) / "shop.duckdb"
        with duckdb.connect(str(draft)) as connection:
            _set_up(connection, Path(workshop), users, threads)
            _set_arguments(connection, as_of, users, seed)
            for name, text, done in SCRIPTS:
                tell(done, text)
                connection.execute(_script(name))
            _write_events(connection, users, tell)
        draft.replace(path)
    tell(1.0, DONE)


def _script(name: str) -> str:
    return (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _check(as_of: datetime.date, users: int, seed: int) -> None:
    if users < FEWEST_USERS:
        raise AnalyticsError(
            Text(
                f"演示店铺至少要有 {FEWEST_USERS} 个用户，现在是 {users}。",
                f"A demo shop needs at least {FEWEST_USERS} users, not {users}.",
            ),
            Text("请加大用户数。", "Ask for more users."),
        )
    if as_of.year not in AS_OF_YEARS:
        raise AnalyticsError(
            Text(
                f"截至日 {as_of} 不在 2015 年到 2099 年之间。", f"The as-of day {as_of} is not between 2015 and 2099."
            ),
            Text("请换一个日期，例如 2026-06-30。", "Choose another day, such as 2026-06-30."),
        )
    if seed not in SEEDS:
        raise AnalyticsError(
            Text(f"随机种子 {seed} 不在 0 到 2^63 之间。", f"The seed {seed} is not between 0 and 2^63."),
            Text("请换一个种子，例如 42。", "Choose another seed, such as 42."),
        )


def _set_up(connection: duckdb.DuckDBPyConnection, workshop: Path, users: int, threads: int | None) -> None:
    # The indexes of the keys must stay in memory; all else spills.
    connection.execute(f"SET memory_limit = '{1200 + users // 250}MB'")
    connection.execute("SET temp_directory = ?", [str(workshop / "spill")])
    connection.execute("SET wal_autocheckpoint = '1GB'")
    connection.execute("SET enable_progress_bar = false")  # the caller shows how far it is
    if threads is not None:
        connection.execute("SET threads = ?", [threads])


def _set_arguments(connection: duckdb.DuckDBPyConnection, as_of: datetime.date, users: int, seed: int) -> None:
    arguments = {"as_of": as_of, "users": users, "seed": seed, "folder": str(HERE / "data")}
    for name, value in arguments.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute(f"SET VARIABLE opening = (getvariable('as_of') + 1 - INTERVAL {MONTHS} MONTH)::DATE")
    connection.execute("SET VARIABLE founding = (getvariable('opening') - INTERVAL 24 MONTH)::DATE")
    connection.execute("SET VARIABLE closing = (getvariable('as_of') + 1)::TIMESTAMP")


def _write_events(connection: duckdb.DuckDBPyConnection, users: int, tell: Progress) -> None:
    script = _script("events")
    stride = max(1, min(MONTHS, USER_MONTHS_AT_ONCE // users))
    starts = [f"getvariable('opening') + INTERVAL {month} MONTH" for month in range(0, MONTHS, stride)]
    for done, (span_from, span_to) in enumerate(pairwise([*starts, "getvariable('closing')"])):
        tell(EVENTS_FROM + (0.98 - EVENTS_FROM) * done / len(starts), EVENTS)
        connection.execute(f"SET VARIABLE span_from = ({span_from})::TIMESTAMP")
        connection.execute(f"SET VARIABLE span_to = ({span_to})::TIMESTAMP")
        connection.execute("SET VARIABLE events_before = (SELECT count(*) FROM events)")
        connection.execute(script)

"""Many threads at one engine: answers do not mix, a stop ends its own query, a replaced file is followed."""

import itertools
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.engines.test_duckdb import SLOW, WIDE
from tests.warehouse.shop import build
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import QueryFailed, Stopped
from warehouse.guard import Guard
from warehouse.stop import Stop

PEOPLE = 10
VERSIONS = 6


def test_answers_never_mix(engine: DuckDbEngine, guard: Guard) -> None:
    def ask(person: int) -> bool:
        sql = guard.admit(f"SELECT x, x * {person} AS y FROM range({person * 1000}) AS t(x)")
        given = engine.run(sql, limit=None)
        return given.rows == tuple((x, x * person) for x in range(person * 1000))

    with ThreadPoolExecutor(PEOPLE) as people:
        assert all(people.map(ask, [1 + n % PEOPLE for n in range(100)]))


def test_a_stop_ends_its_own_query_only(engine: DuckDbEngine, guard: Guard) -> None:
    stop, other = Stop(), Stop()
    with ThreadPoolExecutor(2) as people:
        stopped = people.submit(engine.run, guard.admit(SLOW), limit=1, stop=stop)
        running = people.submit(lambda: sum(map(len, engine.stream(guard.admit(WIDE), stop=other))))
        threading.Timer(0.2, stop.press).start()
        with pytest.raises(Stopped):
            stopped.result(timeout=60)
        assert running.result(timeout=60) == 1_000_000
    assert not other.pressed


def test_a_stop_pressed_before_runs_nothing(engine: DuckDbEngine, guard: Guard) -> None:
    stop = Stop()
    stop.press()
    with pytest.raises(Stopped):
        engine.run(guard.admit(SLOW), limit=1, stop=stop)
    with pytest.raises(Stopped):
        next(engine.stream(guard.admit(SLOW), stop=stop))


def test_a_stop_ends_a_stream_midway(engine: DuckDbEngine, guard: Guard) -> None:
    stop = Stop()
    stream = engine.stream(guard.admit(WIDE), stop=stop)
    next(stream)
    stop.press()
    with pytest.raises(Stopped):
        next(stream)


def test_a_stop_is_never_lost(engine: DuckDbEngine, guard: Guard) -> None:
    """Pressed at any moment of a query's start, it ends the query."""
    sql = guard.admit(SLOW)
    for microseconds in range(0, 4000, 100):
        stop = Stop()
        threading.Timer(microseconds / 1e6, stop.press).start()
        with pytest.raises(Stopped):
            engine.run(sql, limit=1, stop=stop)


def versions(folder: Path) -> list[Path]:
    """Shops whose every row tells which version it is of."""
    made = []
    for number in range(1, VERSIONS + 1):
        path = folder / f"version-{number}.duckdb"
        with duckdb.connect(str(path)) as database:
            database.execute(f"CREATE TABLE users AS SELECT {number} AS version FROM range({number * 50_000})")
            database.execute(f"CREATE TABLE orders AS SELECT {number} AS version FROM range(10)")
        made.append(path)
    return made


def test_a_replaced_file_is_followed_under_load(tmp_path: Path) -> None:
    guard, live, shops = Guard(["users", "orders"]), tmp_path / "live.duckdb", versions(tmp_path)
    shutil.copy(shops[0], live)
    engine = DuckDbEngine(live)
    sql = guard.admit("SELECT version FROM users UNION ALL SELECT version FROM orders")
    over, asked = threading.Event(), threading.Semaphore(0)

    def ask_on() -> list[int]:
        seen = []
        for _ in itertools.takewhile(lambda _: not over.is_set(), itertools.count()):
            rows = engine.run(sql, limit=None).rows
            (version,) = {int(str(row[0])) for row in rows}
            assert len(rows) == version * 50_000 + 10
            seen.append(version)
            asked.release()
        return seen

    with ThreadPoolExecutor(4) as people:
        asking = [people.submit(ask_on) for _ in range(4)]
        try:
            for shop in shops[1:]:
                for _ in range(4):
                    assert asked.acquire(timeout=60)
                os.replace(shop, live)  # noqa: PTH105 (the rename itself is what is tested)
            for _ in range(8):
                assert asked.acquire(timeout=60)
        finally:
            over.set()
    for each in asking:
        seen = each.result()
        assert seen == sorted(seen)
        assert seen[-1] == VERSIONS
    engine.close()


def test_a_version_in_use_stays_until_it_is_let_go(tmp_path: Path) -> None:
    guard, live, shops = Guard(["users"]), tmp_path / "live.duckdb", versions(tmp_path)
    shutil.copy(shops[0], live)
    engine = DuckDbEngine(live)
    sql = guard.admit("SELECT max(version) FROM users")
    before = engine.version()
    stream = engine.stream(guard.admit("SELECT version FROM users"))
    streamed = len(next(stream))
    with engine.held() as held:
        shops[1].replace(live)
        assert engine.run(sql, limit=1).rows == ((2,),)
        assert held.run(sql, limit=1).rows == ((1,),)
        assert held.version() == before != engine.version()
    assert streamed + sum(map(len, stream)) == 50_000
    engine.close()


def spoil_by_rename(live: Path) -> None:
    half = live.with_suffix(".half")
    half.write_bytes(live.read_bytes()[: live.stat().st_size // 2])
    half.replace(live)


@pytest.mark.parametrize("spoil", [spoil_by_rename, Path.unlink], ids=["half a file", "no file"])
def test_the_old_data_stay_while_the_new_are_not_whole(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    guard, live, shops = Guard(["users"]), tmp_path / "live.duckdb", versions(tmp_path)
    shutil.copy(shops[0], live)
    engine = DuckDbEngine(live)
    sql = guard.admit("SELECT max(version) FROM users")
    spoil(live)
    assert engine.run(sql, limit=1).rows == ((1,),)
    assert engine.run(sql, limit=1).rows == ((1,),)
    shops[1].replace(live)
    assert engine.run(sql, limit=1).rows == ((2,),)
    engine.close()


def test_a_file_written_over_is_not_read_until_it_is_whole(tmp_path: Path) -> None:
    guard, live, shops = Guard(["users"]), tmp_path / "live.duckdb", versions(tmp_path)
    shutil.copy(shops[0], live)
    engine = DuckDbEngine(live)
    sql = guard.admit("SELECT max(version) FROM users")
    whole = shops[1].read_bytes()
    for part in (b"", whole[:5000], whole[: len(whole) // 2]):
        live.write_bytes(part)
        with pytest.raises(QueryFailed) as failed:
            engine.run(sql, limit=1)
        assert str(tmp_path) not in failed.value.said("zh")
    live.write_bytes(whole)
    assert engine.run(sql, limit=1).rows == ((2,),)
    engine.close()


def test_a_closed_version_leaves_no_spill_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spill))
    live = build(tmp_path / "live.duckdb")
    engine = DuckDbEngine(live)
    assert len(list(spill.iterdir())) == 1
    build(tmp_path / "next.duckdb").replace(live)
    engine.version()
    assert len(list(spill.iterdir())) == 1
    engine.close()
    assert list(spill.iterdir()) == []

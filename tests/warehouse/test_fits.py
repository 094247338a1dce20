"""What took long to fit is kept while the data stand, and what a policy kept back from it is told each time."""

import datetime
from pathlib import Path

from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.fits import MOST_KEPT
from warehouse.load import DEMO, load
from warehouse.policies import read_policies
from warehouse.query import People
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

POLICY = "roles:\n  east: {rows: {users: city = '上海'}}\n"


def counted(reading: Reading) -> int:
    read = reading.read(reading.compiler.count(reading.resolver.people(People())), limit=1, stop=Stop())
    return int(str(read.table.rows[0][0]))


def test_the_same_is_made_once_for_the_data_and_day_as_they_stand(tiny: Path) -> None:
    made: list[datetime.date] = []

    def make(reading: Reading) -> int:
        made.append(reading.as_of)
        return counted(reading)

    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        first = [reading.fitted("a", make), reading.fitted("a", make), reading.watched().fitted("a", make)]
        reading.fitted("b", make)
        earlier = reading.at(datetime.date(2026, 6, 15))
        earlier.fitted("a", make)
    assert first == [first[0]] * 3
    assert made == [AS_OF, AS_OF, datetime.date(2026, 6, 15)]


def test_the_last_few_are_kept(tiny: Path) -> None:
    made: list[object] = []
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        for key in (*range(MOST_KEPT), 0, "one more", 0, 1):
            reading.fitted(key, lambda _, key=key: made.append(key))  # type: ignore[misc]
    assert made == [*range(MOST_KEPT), "one more", 1]  # 0 was used last, 1 was not


def test_what_was_kept_back_is_told_each_time(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "policies.yml"
    path.write_text(POLICY, "utf-8")
    model = load(DEMO)
    with Warehouse(DuckDbEngine(tiny), model, AS_OF, read_policies(model, path)).reading("east") as reading:
        told = []
        for _ in range(2):
            watched = reading.watched()
            watched.fitted("count", counted)
            told.append((watched.kept_back.filtered, watched.asked))
    assert told[0] == told[1]
    assert told[0][0] == {"users"}
    assert told[0][1]

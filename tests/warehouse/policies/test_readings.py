"""A reading belongs to a role: its values, its days, its words for what fails."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlglot import parse_one

from tests.warehouse.policies.shops import MODEL, POLICIES, SECRET, opened
from warehouse.compile import Compiled
from warehouse.errors import NotAllowed, NotEnoughData, QueryFailed
from warehouse.policies import read_policies
from warehouse.stop import Stop
from warehouse.warehouse import Warehouse


@pytest.fixture(scope="module")
def warehouse(whole_shop: Path) -> Iterator[Warehouse]:
    with opened(whole_shop) as engine:
        yield Warehouse(engine, MODEL, policies=read_policies(MODEL, POLICIES))


def compiled(sql: str) -> Compiled:
    return Compiled(parse_one(sql, read="duckdb"), ())  # type: ignore[arg-type]


def test_a_role_s_values_are_of_rows_that_it_sees(warehouse: Warehouse) -> None:
    with warehouse.reading() as local, warehouse.reading("east") as east:
        assert "CANARY-p" in local.values["platform"]
        assert set(east.values["platform"]) == {"天猫", "京东", "抖音"}
        assert not SECRET.search(str(east.values))
        assert local is not east


def test_a_role_s_reading_is_made_once(warehouse: Warehouse) -> None:
    with warehouse.reading("east") as one, warehouse.reading("east") as other:
        assert one is other
        assert one.role == "east"


def test_the_days_are_those_of_rows_that_the_role_sees(whole_shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "policies.yml"
    path.write_text("roles: {early: {rows: {orders: order_id = 2, events: user_id = 1}}}", "utf-8")
    with opened(whole_shop) as engine:
        warehouse = Warehouse(engine, MODEL, policies=read_policies(MODEL, path))
        with warehouse.reading() as local, warehouse.reading("early") as early:
            assert local.last == datetime.date(2026, 6, 30)
            assert early.last == datetime.date(2026, 6, 24)
            assert local.model.calendar.first_day == datetime.date(2026, 5, 3)
            assert early.model.calendar.first_day == datetime.date(2026, 6, 10)


def test_a_role_that_sees_nothing_is_told_so(warehouse: Warehouse) -> None:
    with pytest.raises(NotEnoughData) as nothing, warehouse.reading("nobody"):
        pass
    assert "nobody" in nothing.value.message.zh
    assert "there may be some" in nothing.value.message.en


def test_an_unknown_role_is_told_which_there_are(warehouse: Warehouse) -> None:
    with pytest.raises(NotAllowed) as unknown, warehouse.reading("west"):
        pass
    assert "west" in unknown.value.message.zh
    assert all(role in unknown.value.hint.en for role in ("local", "east", "desk", "nobody"))


def test_a_failure_over_hidden_rows_does_not_tell_of_them(warehouse: Warehouse) -> None:
    """A compiled query's own expressions may be tried on hidden rows; what the engine says then is not passed on."""
    failing = compiled("SELECT CAST('x' || content AS INTEGER) AS n FROM reviews")
    with warehouse.reading("east") as east, pytest.raises(QueryFailed) as failed:
        east.read(failing, limit=None, stop=Stop())
    assert failed.value.message.en == "The engine could not run the query."
    with warehouse.reading() as local, pytest.raises(QueryFailed) as told:
        local.read(failing, limit=None, stop=Stop())
    assert "convert" in told.value.message.en.lower()


def test_a_watch_remembers_what_was_kept_back_since_it_began(warehouse: Warehouse) -> None:
    with warehouse.reading("east") as east:
        east.read(compiled("SELECT count(*) AS n FROM reviews"), limit=None, stop=Stop())
        watched = east.watched()
        assert not watched.kept_back.filtered
        watched.read(compiled("SELECT phone FROM users"), limit=1, stop=Stop())
        assert list(watched.stream(compiled("SELECT order_id FROM orders"), stop=Stop()))
        assert watched.kept_back.filtered == {"orders"}
        assert watched.kept_back.masked == {"users.phone"}
        assert watched.values is east.values

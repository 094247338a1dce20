"""The law of the policed answer for compiled queries, random ones and the development questions' plans."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.conftest import AS_OF
from tests.warehouse import drawn
from tests.warehouse.policies.shops import HERE, MODEL, opened
from tests.warehouse.results import listed, rows, same
from tests.warehouse.test_dev_golds import PLANS, run
from warehouse.errors import NotAllowed
from warehouse.policies import read_policies
from warehouse.warehouse import Reading, Warehouse

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
EXAMPLE = HERE.parents[2] / "warehouse" / "demo" / "policies.yml"
# What the role's answers would need, and its policy denies: the order that a message led to.
DENIED = {"dev-027": "messages.order_id"}


@pytest.fixture(scope="module")
def warehouse(shop: Path) -> Iterator[Warehouse]:
    with opened(shop) as engine:
        yield Warehouse(engine, MODEL, AS_OF, read_policies(MODEL, EXAMPLE))


@pytest.fixture(scope="module")
def permitted(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """A shop that holds the orders sent to East China and what hangs on them, and no others."""
    path = tmp_path_factory.mktemp("east") / "shop.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute(f"ATTACH '{shop}' AS whole (READ_ONLY)")
        database.execute((HERE / "east_china.sql").read_text("utf-8"))
    with opened(path) as engine, Warehouse(engine, MODEL, AS_OF).reading() as reading:
        yield reading


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_gives_what_it_gives_on_the_permitted_rows(name: str, warehouse: Warehouse, permitted: Reading) -> None:
    with warehouse.reading("运营-华东") as east:
        if name in DENIED:
            with pytest.raises(NotAllowed) as refused:
                run(PLANS[name], east)
            assert DENIED[name] in refused.value.message.zh
            return
        assert run(PLANS[name], east).table.rows == run(PLANS[name], permitted).table.rows


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_random_query_gives_what_it_gives_on_the_permitted_rows(
    data: st.DataObject, warehouse: Warehouse, permitted: Reading
) -> None:
    query = data.draw(drawn.queries(permitted))
    with warehouse.reading("运营-华东") as east:
        try:
            found = rows(east, query)
        except NotAllowed:  # it names the column that is denied: see the plans below
            reject()
    right = rows(permitted, query)
    assert len(found) == len(right)
    assert all(same(*cells) for both in zip(found, right, strict=True) for cells in zip(*both, strict=True))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_customers_are_those_of_the_permitted_rows(
    data: st.DataObject, warehouse: Warehouse, permitted: Reading
) -> None:
    where = data.draw(drawn.people(permitted)).where
    with warehouse.reading("运营-华东") as east:
        try:
            found = listed(east, *where)
        except NotAllowed:
            reject()
    assert found == listed(permitted, *where)


def test_the_policy_matters(warehouse: Warehouse, permitted: Reading) -> None:
    with warehouse.reading() as local:
        others = [
            name for name in PLANS if run(PLANS[name], local).table.rows != run(PLANS[name], permitted).table.rows
        ]
    assert len(others) > len(PLANS) / 2


def test_the_values_are_those_of_the_permitted_rows(warehouse: Warehouse, permitted: Reading) -> None:
    with warehouse.reading("运营-华东") as east, warehouse.reading() as local:
        assert east.values == permitted.values
        assert east.values != local.values


def test_nobody_s_question_needs_personal_columns(warehouse: Warehouse) -> None:
    with warehouse.reading() as local:
        watched = local.watched()
        for plan in PLANS.values():
            run(plan, watched)
    assert not watched.kept_back.masked
    assert not watched.kept_back.filtered

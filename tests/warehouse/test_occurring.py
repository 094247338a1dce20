"""The values that dimensions have: all of them, and none that a role may not see."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import parse_one

from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.occurring import Values, outcomes
from warehouse.policies import read_policies
from warehouse.warehouse import Warehouse


@given(st.lists(st.text()), st.text())
def test_a_value_is_there_or_not(values: list[str], other: str) -> None:
    sorted_values = Values(sorted(values))
    assert all(each in sorted_values for each in values)
    assert (other in sorted_values) is (other in values)


def test_the_values_are_those_of_the_columns(tiny: Path) -> None:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        with duckdb.connect(str(tiny), read_only=True) as connection:
            for dimension, column, table in [
                ("platform", "platform", "orders"),
                ("city", "city", "users"),
                ("product", "product_name", "products"),
                ("page", "page", "events"),
            ]:
                sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
                assert list(reading.values[dimension]) == sorted(
                    value for (value,) in connection.execute(sql).fetchall()
                )
        assert set(reading.values) == {each.name for each in reading.model.groupings}


def test_outcomes_that_the_model_tells_are_values_of_any_data(tiny: Path) -> None:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        assert set(reading.values["customer_type"]) == {"新客", "老客"}
        assert len(reading.values["rfm_segment"]) == 8
        assert len(reading.values["region"]) == 7


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("CASE WHEN a > 1 THEN 'x' WHEN b THEN 'y' END", {"x", "y"}),
        ("CASE WHEN a > 1 THEN 'x' ELSE (CASE WHEN b THEN 'y' ELSE NULL END) END", {"x", "y"}),
        ("CASE WHEN a > 1 THEN 'x' ELSE c END", None),
        ("CASE WHEN a > 1 THEN 1 ELSE 2 END", None),
        ("c", None),
        ("upper(c)", None),
    ],
)
def test_outcomes_are_told_by_literals_alone(expression: str, told: set[str] | None) -> None:
    source = load(DEMO).sources["orders"]
    assert outcomes(parse_one(expression, read="duckdb"), source) == told


def test_personal_columns_give_no_values_even_where_they_are_shown(tiny: Path, tmp_path: Path) -> None:
    model = load(DEMO)
    phone = replace(model.dimensions["phone"], kind="category")
    model = replace(model, dimensions={**model.dimensions, "phone": phone})
    policies = tmp_path / "policies.yml"
    policies.write_text("roles: {head: {shown: {users: [phone]}}}", "utf-8")
    warehouse = Warehouse(DuckDbEngine(tiny), model, AS_OF, read_policies(model, policies))
    with warehouse.reading() as local, warehouse.reading("head") as head:
        assert local.values["phone"] == head.values["phone"] == ()
        assert local.values["city"] == head.values["city"] != ()


def test_masked_and_denied_columns_give_no_values(tiny: Path, tmp_path: Path) -> None:
    model = load(DEMO)
    policies = tmp_path / "policies.yml"
    policies.write_text("roles: {few: {masked: {users: [city]}, denied: {orders: [platform]}}}", "utf-8")
    warehouse = Warehouse(DuckDbEngine(tiny), model, AS_OF, read_policies(model, policies))
    with warehouse.reading() as local, warehouse.reading("few") as few:
        hidden = {"city", "four_cities", "platform"}  # the groups of cities are read off the masked city
        assert {name for name, values in few.values.items() if not values and local.values[name]} == hidden
        assert {name: values for name, values in local.values.items() if name not in hidden} == {
            name: values for name, values in few.values.items() if name not in hidden
        }


def test_values_stand_in_the_same_rows_or_not(tiny: Path) -> None:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        with duckdb.connect(str(tiny), read_only=True) as connection:
            pairs = connection.execute("SELECT DISTINCT city, province FROM users").fetchall()
        for city in {one for one, _ in pairs} - {None}:
            for province in {other for _, other in pairs} - {None}:
                same = [pair for pair in pairs if pair[0] == city or pair[1] == province] == [(city, province)]
                assert reading.same_rows(("city", city), ("province", province)) is same
        assert not reading.same_rows(("city", "上海"), ("platform", "天猫"))

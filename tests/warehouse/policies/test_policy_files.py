"""A policy file that is wrong says so: the file, the place, and what there is instead."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.policies.shops import MODEL, guard_of
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import ModelError
from warehouse.policies import read_policies, veil
from warehouse.policy import LOCAL

WRONG = {
    "an unknown table": (
        "roles: {a: {rows: {order: 1 = 1}}}",
        "line 1, is wrong: roles.a.rows.order: there is no table named order; is it orders?",
    ),
    "an unknown table, masked": (
        "roles: {a: {masked: {user: [phone]}}}",
        "roles.a.masked.user: there is no table named user; is it users?",
    ),
    "an unknown table, shown": (
        "roles: {a: {shown: {userz: [phone]}}}",
        "roles.a.shown.userz: there is no table named userz; is it users?",
    ),
    "an unknown column, masked": (
        "roles: {a: {masked: {users: [nick]}}}",
        "roles.a: users has no column nick; is it nickname?",
    ),
    "an unknown column, denied": (
        "roles: {a: {denied: {orders: [fee]}}}",
        "orders has no column fee; there are: campaign_id, city,",
    ),
    "an unknown column in a condition": (
        "roles: {a: {rows: {orders: provinz = '上海'}}}",
        "orders has no column provinz; is it province?",
    ),
    "an unknown column inside": ("roles: {a: {rows: {orders: user_id IN (SELECT id FROM users)}}}", "rows.orders"),
    "a table inside that is not the model's": ("roles: {a: {rows: {orders: user_id IN (SELECT 1 FROM pets)}}}", "pets"),
    "the clock": ("roles: {a: {rows: {orders: ordered_at < now()}}}", "now"),
    "a file": ("roles: {a: {rows: {orders: user_id IN (SELECT 1 FROM read_csv('x'))}}}", "rows.orders"),
    "no condition": ("roles: {a: {rows: {orders: 'province IN ('}}}", "rows.orders"),
    "two statements": ("roles: {a: {rows: {orders: '1 = 1; SELECT 1'}}}", "rows.orders"),
    "a query": ("roles: {a: {rows: {orders: SELECT 1 UNION SELECT 2}}}", "rows.orders"),
    "an aggregate": ("roles: {a: {rows: {orders: count(*) > 0}}}", "rows.orders"),
    "a number for a condition": ("roles: {a: {rows: {orders: 1}}}", "roles.a.rows.orders"),
    "a word for a list": ("roles: {a: {masked: {users: phone}}}", "roles.a.masked.users"),
    "an unknown part": (
        "roles:\n  a:\n    row: {users: 1 = 1}",
        "line 3, is wrong: roles.a.row: there is no key row; is it rows?",
    ),
    "no roles": ("rules: {}", "roles"),
    "nothing": ("", "None does not fit; it should be keys with values"),
    "no YAML": ("roles: {a: [", "line 2, is wrong: not YAML"),
    "a table told twice": (
        "roles:\n  a:\n    rows:\n      orders: 1 = 0\n      orders: 1 = 1\n",
        "line 5, is wrong: roles.a.rows.orders: the key stands twice",
    ),
    "a role told twice": (
        "roles:\n  a: {rows: {orders: 1 = 0}}\n  a: {}\n",
        "line 3, is wrong: roles.a: the key stands twice",
    ),
    "a column masked and denied": ("roles: {a: {masked: {users: [city]}, denied: {users: [CITY]}}}", "users.city"),
    "a column masked and shown": ("roles: {a: {masked: {users: [phone]}, shown: {users: [phone]}}}", "users.phone"),
    "a key masked": ("roles: {a: {masked: {orders: [order_id]}}}", "orders.order_id cannot be masked"),
    "a tie masked": ("roles: {a: {masked: {order_items: [product_id]}}}", "order_items.product_id cannot be masked"),
    "the day of the data masked": ("roles: {a: {masked: {events: [event_at]}}}", "events.event_at cannot be masked"),
    "the day of the data denied": ("roles: {a: {denied: {orders: [paid_at]}}}", "orders.paid_at cannot be denied"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told(text: str, said: str, whole: DuckDbEngine, tmp_path: Path) -> None:
    path = tmp_path / "policies.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError) as wrong:
        guard_of("a", whole, path)
    assert said in wrong.value.message.en
    assert wrong.value.message.en.startswith("The policy file policies.yml")
    assert wrong.value.message.zh.startswith("权限文件 policies.yml ")


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as wrong:
        read_policies(MODEL, tmp_path / "nowhere.yml")
    assert "nowhere.yml" in wrong.value.message.en


def test_without_a_file_there_is_one_role_that_sees_all_but_personal_columns() -> None:
    policies = read_policies(MODEL, None)
    assert list(policies) == [LOCAL]
    rules = policies[LOCAL].rules
    assert {table: rule.masked for table, rule in rules.items()} == {"users": {"phone"}}
    assert all(rule.rows is None and not rule.denied for rule in rules.values())


def test_a_private_column_that_is_not_there_stops_the_reading(whole: DuckDbEngine) -> None:
    users = replace(MODEL.source("users"), private=("phone", "mail"))
    model = replace(MODEL, sources={**MODEL.sources, "users": users})
    with pytest.raises(ModelError) as wrong:
        veil(read_policies(model, None)[LOCAL], whole)
    assert "mail" in wrong.value.message.zh
    assert "private" in wrong.value.message.en

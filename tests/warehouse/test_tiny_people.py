"""Groups of people on the shop that is worked out by hand (tests/hand.sql)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import AS_OF
from tests.warehouse.results import people
from tests.warehouse.shops import hand
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.warehouse import Reading, Warehouse

JUNE: dict[str, Any] = {"kind": "part", "unit": "month", "number": 6, "year": 2026}
MAY: dict[str, Any] = {"kind": "part", "unit": "month", "number": 5, "year": 2026}
WEEK: dict[str, Any] = {"kind": "last", "n": 7, "unit": "day"}


def product(*values: str) -> list[dict[str, Any]]:
    return [{"dimension": "category", "values": list(values)}]


PEOPLE: list[tuple[str, list[dict[str, Any]], list[int]]] = [
    ("everybody", [], [1, 2, 3, 4, 5, 6]),
    ("bought", [{"behaviour": "purchase"}], [1, 2, 3, 4]),
    ("never bought", [{"not": {"behaviour": "purchase"}}], [5, 6]),
    (
        "ordered in May, paid in June",
        [{"behaviour": "order", "period": MAY}, {"behaviour": "purchase", "period": JUNE}],
        [2, 3],
    ),
    ("bought in May", [{"behaviour": "purchase", "period": MAY}], [1, 2]),
    (
        "ordered in June and paid none",
        [{"behaviour": "order", "period": JUNE}, {"not": {"behaviour": "purchase", "period": JUNE}}],
        [6],
    ),
    ("three purchases or more in June", [{"behaviour": "purchase", "period": JUNE, "times": {"at_least": 3}}], [4]),
    (
        "at most one in June, none is not counted",
        [{"behaviour": "purchase", "period": JUNE, "times": {"at_most": 1}}],
        [2, 3],
    ),
    # Orders are counted, not lines: order 5 has two lines of beauty.
    (
        "two beauty orders in June",
        [{"behaviour": "purchase", "period": JUNE, "where": product("美妆"), "times": {"at_least": 2}}],
        [1, 4],
    ),
    ("two orders with nuts", [{"behaviour": "purchase", "where": product("食品"), "times": {"at_least": 2}}], []),
    (
        "beauty and not food",
        [
            {"behaviour": "purchase", "where": product("美妆")},
            {"not": {"behaviour": "purchase", "where": product("食品")}},
        ],
        [2],
    ),
    ("on two days in June", [{"behaviour": "purchase", "period": JUNE, "days": {"at_least": 2}}], [4]),
    ("active three days in a row", [{"behaviour": "active", "in_a_row": 3}], [4]),
    ("active four days in a row", [{"behaviour": "active", "in_a_row": 4}], []),
    ("two sessions or more", [{"behaviour": "active", "period": JUNE, "times": {"at_least": 2}}], [4]),
    ("first active in June", [{"behaviour": "active", "period": JUNE, "which": "first"}], [1, 2, 4, 5, 6]),
    ("last active in May", [{"behaviour": "active", "period": MAY, "which": "last"}], [3]),
    (
        "last bought in the first half of June",
        [
            {
                "behaviour": "purchase",
                "period": {
                    "kind": "range",
                    "first": {"kind": "day", "year": 2026, "month": 6, "day": 1},
                    "last": {"kind": "day", "year": 2026, "month": 6, "day": 15},
                },
                "which": "last",
            }
        ],
        [1, 3],
    ),
    ("spent over 300 in all", [{"metric": "revenue", "bounds": {"more_than": 300}}], [1, 4]),
    ("spent at least 300 in all", [{"metric": "revenue", "bounds": {"at_least": 300}}], [1, 3, 4]),
    ("spent at most 300 in June", [{"metric": "revenue", "bounds": {"at_most": 300}, "period": JUNE}], [2, 3]),
    (
        "spent over 200 on beauty",
        [{"metric": "revenue", "bounds": {"more_than": 200}, "where": product("美妆")}],
        [1, 2, 4],
    ),
    ("average order over 250", [{"metric": "average_order_value", "bounds": {"more_than": 250}}], [3]),
    (
        "searched for masks",
        [{"behaviour": "search", "where": [{"dimension": "search_keyword", "op": "contains", "values": ["面"]}]}],
        [4],
    ),
    ("refunded in June", [{"behaviour": "refund", "period": JUNE}], [1, 2]),
    ("new in June", [{"segment": "new_customers", "period": JUNE}], [3, 4]),
    ("returning in June", [{"segment": "returning_customers", "period": JUNE}], [1, 2]),
    ("silent", [{"segment": "silent"}], [3]),
    ("churned today", [{"segment": "churned"}], []),
    ("churned at the end of May", [{"segment": "churned", "period": MAY}], [1]),
    ("high value", [{"segment": "high_value"}], [4]),
    ("sent in May, opened in May", [{"behaviour": "open", "period": MAY}], []),
    ("opened in June", [{"behaviour": "open", "period": JUNE}], [1, 2, 4]),
    ("sent in May and opened by now", [{"behaviour": "opened_of_received", "period": MAY}], [1]),
    ("a message of June unopened", [{"behaviour": "unopened", "period": JUNE}], [3, 4]),
    (
        "sent some in June, opened none of them",
        [{"behaviour": "receive", "period": JUNE}, {"not": {"behaviour": "opened_of_received", "period": JUNE}}],
        [3],
    ),
    ("a coupon of June unused", [{"behaviour": "unused_coupon", "period": JUNE}], [4]),
    ("a coupon of May unused", [{"behaviour": "unused_coupon", "period": MAY}], [2]),
    ("used a coupon in June", [{"behaviour": "use_coupon", "period": JUNE}], [1, 2]),
    ("registered in June", [{"behaviour": "register", "period": JUNE}], [4, 5, 6]),
    ("born 1995 to 1999", [{"dimension": "birth_year", "bounds": {"at_least": 1995, "at_most": 1999}}], [1, 2]),
    ("36 or older", [{"dimension": "age", "bounds": {"at_least": 36}}], [3]),
    ("35 or younger, those not told are not", [{"dimension": "age", "bounds": {"at_most": 35}}], [1, 2, 4, 6]),
    ("not 35 or younger: older, and not told", [{"not": {"dimension": "age", "bounds": {"at_most": 35}}}], [3, 5]),
    ("birth date not told", [{"dimension": "birth_year", "op": "missing"}], [5]),
    ("first paid in June", [{"dimension": "first_paid_at", "period": JUNE}], [3, 4]),
    (
        "from 杭州 or a diamond member",
        [{"any": [{"dimension": "city", "values": ["杭州"]}, {"dimension": "member_level", "values": ["钻石"]}]}],
        [1, 4],
    ),
    (
        "neither bought nor viewed in June",
        [{"not": {"any": [{"behaviour": "purchase", "period": JUNE}, {"behaviour": "view", "period": JUNE}]}}],
        [5],
    ),
    (
        "active this week and did not order in it",
        [{"behaviour": "active", "period": WEEK}, {"not": {"behaviour": "order", "period": WEEK}}],
        [5, 6],
    ),
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(hand(tmp_path_factory.mktemp("hand"))), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.mark.parametrize(("name", "where", "expected"), PEOPLE, ids=[each[0] for each in PEOPLE])
def test_who_they_are(name: str, where: list[dict[str, Any]], expected: list[int], reading: Reading) -> None:
    assert people(reading, *where) == expected

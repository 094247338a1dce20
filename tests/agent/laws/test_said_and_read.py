"""Law 1, the round trip: any plan of any model, said in either language, is read back as that plan."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.planner import Call
from tests.agent.laws.planning import LAW, Plan, described, is_shallow, plan_of, planned, plans
from tests.agent.laws.shops import DEMO_SHOP
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from warehouse.warehouse import Reading

LONGEST_SAID = 400  # more than anyone types
MAY: dict[str, Any] = {"kind": "relative", "unit": "month", "offset": -1}
MAY_VERSUS_APRIL: dict[str, Any] = {"metrics": ["gmv"], "period": MAY, "compare": {"period": "previous"}}
A_DAY: dict[str, Any] = {"kind": "day", "year": 2025, "month": 3, "day": 23}
NEW: dict[str, Any] = {"segment": "new_customers"}
SILENT: dict[str, Any] = {"segment": "silent"}
PRICED: dict[str, Any] = {"dimension": "product", "op": "contains", "values": ["灯"]}
# Plans of the demo shop that were misread once, one of each class.
PEOPLE: list[dict[str, Any]] = [
    {"where": []},
    {"where": [], "show": "count"},
    {"where": [{"behaviour": "cart", "times": {"at_least": 1}}]},
    {"where": [{"behaviour": "order", "period": MAY, "times": {"less_than": 2}}]},
    {"where": [NEW]},
    {"where": [SILENT, {"behaviour": "click", "period": MAY, "which": "first"}], "show": "count"},
    {"where": [{"all": [{"not": SILENT}, {"dimension": "rfm_segment", "op": "ends", "values": ["客户"]}]}]},
    {"where": [{"metric": "viewers", "bounds": {"at_least": 21, "at_most": 400}, "where": [PRICED]}]},
    {"where": [{"metric": "orders", "bounds": {"at_least": 2}, "period": A_DAY}], "show": "breakdown", "by": "city"},
    {"where": [{"not": {"all": [{**SILENT, "period": A_DAY}, {"behaviour": "favorite"}]}}]},
    {"where": [{"all": [{"behaviour": "order", "days": {"less_than": 2}}, {"behaviour": "favorite", "in_a_row": 2}]}]},
]
NUMBERS: list[dict[str, Any]] = [
    {"metrics": ["gmv"], "where": [{"not": {"all": [PRICED, {"dimension": "weekday", "bounds": {"at_least": 6}}]}}]},
    {"metrics": ["gmv"], "where": [{"any": [PRICED, {"all": [SILENT, {"behaviour": "order", "period": MAY}]}]}]},
    {"metrics": ["gmv"], "period": MAY, "where": [{**NEW, "period": A_DAY}]},
    {"metrics": ["gmv"], "period": MAY, "where": [{"metric": "orders", "bounds": {"more_than": 2}}], "by": ["region"]},
    {"metrics": [{"metric": "roi", "show": "percentile", "n": 60, "over": "month"}, "cancellation_rate"]},
    {"metrics": [{"metric": "ad_spend", "show": "lowest", "over": "row"}, "gmv"]},
    {"metrics": [{"metric": "active_users", "show": "highest", "over": "month"}]},
    {"metrics": ["gmv"], "grain": "year", "limit": 4},
    {"metrics": ["gmv"], "by": ["city_tier", "city"], "limit": 3, "limit_per": "city"},
    {"metrics": ["gmv"], "by": ["category"], "order": {"column": "category"}, "limit": 3},
    {"metrics": ["gmv"], "grain": "week", "having": [{"column": "gmv", "bounds": {"at_least": 201, "at_most": 298}}]},
    {"metrics": ["gmv"], "by": ["holiday"]},
    {"metrics": ["gmv"], "by": ["category"], "grain": "year", "order": {"column": "year"}, "limit": 3},
    {"metrics": ["gmv"], "by": ["city"], "grain": "day", "order": {"column": "gmv"}, "limit": 3, "limit_per": "city"},
    {"metrics": ["gmv"], "grain": "quarter", "where": [{"behaviour": "order", "in_a_row": 2}], "chart": "line"},
    {"metrics": ["cost_of_goods", "gmv"], "period": MAY},
    {**MAY_VERSUS_APRIL, "where": [{"metric": "orders", "bounds": {"at_least": 2}}]},
    {"metrics": ["gmv"], "where": [{"dimension": "weekday", "bounds": {"at_least": 6}}, {"behaviour": "favorite"}]},
]


def misread(plan: Plan, reading: Reading, *, declined: bool = True) -> Iterator[str]:
    """Each saying of the plan that is not read back as it, with what became of it; or only those read as another."""
    for question in plan.said(reading):
        if len(question) > LONGEST_SAID:
            continue
        move = planned(question, reading)
        another = isinstance(move, Call) and plan_of(move).asks() != plan.asks()
        if another or (declined and not isinstance(move, Call)):
            yield f"{question}\n    {described(move)}"


@LAW
@given(data=st.data())
def test_a_plan_said_is_read_back(data: st.DataObject, reading: Reading) -> None:
    assert list(misread(data.draw(plans(reading).filter(is_shallow)), reading)) == []


@LAW
@given(data=st.data())
def test_no_plan_said_is_read_as_another(data: st.DataObject, reading: Reading) -> None:
    assert list(misread(data.draw(plans(reading)), reading, declined=False)) == []


@pytest.mark.soak  # some with brackets in brackets are declined: docs/decisions/0002
@LAW
@given(data=st.data())
def test_a_plan_of_brackets_in_brackets_is_read_back(data: st.DataObject, reading: Reading) -> None:
    assert list(misread(data.draw(plans(reading)), reading)) == []


@pytest.mark.parametrize("shop_name", [DEMO_SHOP], indirect=True)
@pytest.mark.parametrize("plan", PEOPLE, ids=str)
def test_people_said_are_read_back(plan: dict[str, Any], reading: Reading) -> None:
    assert list(misread(Plan("audience", AudienceArgs.model_validate(plan)), reading)) == []


@pytest.mark.parametrize("shop_name", [DEMO_SHOP], indirect=True)
@pytest.mark.parametrize("plan", NUMBERS, ids=str)
def test_numbers_said_are_read_back(plan: dict[str, Any], reading: Reading) -> None:
    assert list(misread(Plan("query", QueryArgs.model_validate(plan)), reading)) == []

"""Law 1, the round trip: any plan of any model, said in either language, is read back as that plan."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.planner import Call
from tests.agent.laws.planning import LAW, Plan, described, plan_of, planned, plans
from warehouse.warehouse import Reading

LONGEST_SAID = 400  # more than anyone types


def misread(plan: Plan, reading: Reading) -> Iterator[str]:
    """Each saying of the plan that is not read back as it, with what became of it."""
    for question in plan.said(reading):
        if len(question) > LONGEST_SAID:
            continue
        move = planned(question, reading)
        if not isinstance(move, Call) or plan_of(move).asks() != plan.asks():
            yield f"{question}\n    {described(move)}"


@pytest.mark.soak  # does not hold of every model yet: docs/decisions/0002
@LAW
@given(data=st.data())
def test_a_plan_said_is_read_back(data: st.DataObject, reading: Reading) -> None:
    assert list(misread(data.draw(plans(reading)), reading)) == []

"""The same asked in other words is the same plan, and something else asked is another one, or none."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.planner import Call
from tests.agent.laws.planning import LAW, described, plain_plans, plan_of, planned, read
from tests.agent.laws.wordings import changes, rewordings
from warehouse.text import LANGUAGES
from warehouse.warehouse import Reading


def parted(question: str, reading: Reading) -> Iterator[str]:
    """Each rewording of an answered question that is not read as it."""
    plan = read(question, reading)
    for kind, other in rewordings(question, plan, reading) if plan is not None else ():
        move = planned(other, reading)
        if plan is not None and (not isinstance(move, Call) or plan_of(move).asks() != plan.asks()):
            yield f"{kind}: {question!r} → {other!r}\n    {described(move)}"


def confused(question: str, reading: Reading) -> Iterator[str]:
    """Each question that asks something else, and is read as the one given."""
    plan = read(question, reading)
    for kind, other in changes(question, reading) if plan is not None else ():
        changed = read(other, reading)
        if plan is not None and changed is not None and changed.asks() == plan.asks():
            yield f"{kind}: {question!r} → {other!r}\n    {changed.args.model_dump(mode='json')}"


@st.composite
def sayings(draw: st.DrawFn, reading: Reading, *, dated: bool = False) -> str:
    """What a plan says in one of the languages; where `dated`, perhaps with its days."""
    said = list(draw(plain_plans(reading)).said(reading))
    return draw(st.sampled_from(said if dated else said[: len(LANGUAGES)]))


@pytest.mark.soak  # a keyword of a search told by another word is another keyword: docs/decisions/0002
def test_questions_keep_their_plan_in_other_words(asked: Sequence[str], reading: Reading) -> None:
    assert [each for question in asked for each in parted(question, reading)] == []


def test_questions_changed_are_other_questions(asked: Sequence[str], reading: Reading) -> None:
    assert [each for question in asked for each in confused(question, reading)] == []


def test_most_questions_are_answered(asked: Sequence[str], reading: Reading) -> None:
    """Without this the laws above would hold for a planner that declines everything."""
    if not asked:
        pytest.skip("no questions of this shop")
    assert sum(read(question, reading) is not None for question in asked) > len(asked) / 2


@pytest.mark.soak  # does not hold of every model yet: docs/decisions/0002
@LAW
@given(data=st.data())
def test_sayings_keep_their_plan_in_other_words(data: st.DataObject, reading: Reading) -> None:
    assert list(parted(data.draw(sayings(reading)), reading)) == []


@LAW
@given(data=st.data())
def test_sayings_changed_are_other_plans(data: st.DataObject, reading: Reading) -> None:
    assert list(confused(data.draw(sayings(reading, dated=True)), reading)) == []

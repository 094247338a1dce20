"""Whatever is typed, an answer comes: no exception, and nothing that was understood is dropped in silence."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation
from agent.planners.rules import RulePlanner
from agent.steps import Step
from tests.agent.laws.dropped import dropped
from tests.agent.laws.nonsense import inputs
from tests.agent.laws.shops import ALL, DEMO_SHOP, OTHERS, questions
from tests.asking import ask
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.model import SemanticModel
from warehouse.warehouse import Warehouse

INPUTS = int(os.environ.get("LAW_INPUTS", "2000"))
SHARES = {DEMO_SHOP: INPUTS - INPUTS // 4}  # the rest on the other shops


@pytest.fixture(scope="module")
def warehouse(shop_name: str, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The shop; of the demo's kind the tiny one, whose queries take no time."""
    if shop_name == DEMO_SHOP:
        return Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF)
    return OTHERS[shop_name](tmp_path_factory.mktemp(shop_name))


@pytest.fixture(scope="module")
def model(warehouse: Warehouse) -> SemanticModel:
    with warehouse.reading() as reading:
        return reading.model


@pytest.fixture(scope="module")
def asked(shop_name: str) -> Sequence[str]:
    return questions(shop_name) or questions(DEMO_SHOP)


def test_any_input_gets_an_answer_that_drops_nothing(
    shop_name: str, asked: Sequence[str], warehouse: Warehouse, model: SemanticModel
) -> None:
    analyst = Analyst(warehouse, RulePlanner())
    count = SHARES.get(shop_name, INPUTS // 4 // (len(ALL) - 1))
    silent, before = [], Conversation()
    for number, text in enumerate(inputs(len(shop_name), count, asked)):
        follows = number % 4 == 0
        answer = last(analyst.ask(text, before if follows else Conversation(), limit=10))
        silent += [f"{word!r} of {text!r}\n    {answer.understood}" for word in dropped(text, answer, model)]
        if answer.status == "answer":
            before = Conversation((answer,))
    assert silent == []


def last(events: Iterable[Step | Answer]) -> Answer:
    """The answer that ends the steps."""
    *_, answer = events
    assert isinstance(answer, Answer)
    return answer


def test_what_a_question_says_is_seen(tiny_analyst: Analyst) -> None:
    """The law itself: an answer to one question held against another one is caught."""
    answer = ask(tiny_analyst, "GMV last month")
    with Warehouse.reading(tiny_analyst._warehouse) as reading:
        model = reading.model
    assert answer.status == "answer"
    assert list(dropped("GMV last month", answer, model)) == []
    for other in (
        "revenue last month",
        "GMV last week",
        "GMV last month not 天猫",
        "GMV of the top 7 cities last month",
    ):
        assert list(dropped(other, answer, model)) != [], other

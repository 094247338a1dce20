"""Every tool is asked for by its own examples, in both languages, with no line of the planner about it."""

from pathlib import Path

import pytest

from agent.analyst import Analyst
from agent.understand.tool_examples import examples
from tests.asking import ask
from tests.conftest import settings
from tools.registry import TOOLS
from tools.tool import Tool
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import load
from warehouse.text import LANGUAGES
from warehouse.warehouse import Warehouse


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_the_examples_of_a_tool_are_answered_by_it(tool: Tool, analyst: Analyst, shop: Path) -> None:
    told = settings(shop)
    with Warehouse(DuckDbEngine(told.shop), load(told.semantic_model), told.as_of).reading() as reading:
        questions = [each.said(language) for each in examples(tool.asked, reading) for language in LANGUAGES]
    answers = {question: ask(analyst, question) for question in questions}
    assert {question: answer.tool for question, answer in answers.items() if answer.tool != tool.name} == {}

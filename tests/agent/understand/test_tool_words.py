"""A tool that only this test has is asked for in both languages, by what it declares alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.planner import Call, Conversation, Turn
from agent.planners.rules import RulePlanner
from agent.understand.tool_examples import examples
from agent.understand.tool_words import told
from agent.understand.words import read
from tests.conftest import settings
from tools.help.args import HelpArgs, Term
from tools.registry import TOOLS
from tools.tool import ArgumentWords, Asked
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.lexicon.phrases import Phrases
from warehouse.load import load
from warehouse.period import Occasion
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

SPEND, REVENUE, GMV = (Term(kind="metric", name=name) for name in ("average_spend", "revenue", "gmv"))

ASKED = Asked(
    cues=Phrases(zh=("称重",), en=("weigh",)),
    arguments={
        "parts": ArgumentWords("number", phrases=Phrases(zh=("分成{n}份",), en=("into {n} parts",))),
        "change": ArgumentWords(
            "number",
            phrases=Phrases(zh=("加重{n}",), en=("up by {n}",)),
            below=Phrases(zh=("减重{n}",), en=("down by {n}",)),
        ),
        "way": ArgumentWords(
            "choice",
            choices={"quick": Phrases(zh=("快",), en=("quickly",)), "exact": Phrases(zh=("精确",), en=("exactly",))},
        ),
        "who": ArgumentWords("id", phrases=Phrases(zh=("用户[ID]{id}",), en=("user {id}",))),
    },
)


@pytest.mark.parametrize(
    "text", ["称重分成5份，减重10%，精确，用户ID128", "weigh it into five parts, down by 10%, exactly, user 128"]
)
def test_the_tools_own_words_are_read(text: str) -> None:
    found = told(ASKED, read(text).text)
    assert found.named
    assert found.values == {"parts": 5, "change": -0.1, "way": "exact", "who": "128"}


def test_a_number_in_the_wrong_place_is_not_taken() -> None:
    found = told(ASKED, read("称重 5").text)
    assert found.values == {}
    assert found.places == ((0, 2),)


def test_words_of_arguments_alone_do_not_name_the_tool() -> None:
    found = told(ASKED, read("分成5份").text)
    assert not found.named
    assert found.values == {"parts": 5}


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    of = settings(shop)
    with Warehouse(DuckDbEngine(of.shop), load(of.semantic_model), of.as_of).reading() as reading:
        yield reading


def test_the_examples_of_every_tool_are_whole_questions(reading: Reading) -> None:
    for tool in TOOLS:
        said = examples(tool.asked, reading)
        assert said, tool.name
        assert not [each for each in said if "{" in each.zh + each.en]


HELP_QUESTIONS = (
    ("你能做什么？", HelpArgs(topic="abilities")),
    ("what can you do?", HelpArgs(topic="abilities")),
    ("都有哪些指标", HelpArgs(topic="metrics")),
    ("What metrics do you have?", HelpArgs(topic="metrics")),
    ("能按什么维度拆分", HelpArgs(topic="dimensions")),
    ("hello there", HelpArgs(topic="greeting")),
    ("谢谢啦", HelpArgs(topic="thanks")),
    ("客单价怎么算的？", HelpArgs(topic="term", terms=(SPEND,))),
    ("客单价的口径是什么", HelpArgs(topic="term", terms=(SPEND,))),
    ("How is 客单价 calculated?", HelpArgs(topic="term", terms=(SPEND,))),
    ("what does 客单价 mean", HelpArgs(topic="term", terms=(SPEND,))),
    ("销售额和GMV有什么区别", HelpArgs(topic="term", terms=(REVENUE, GMV))),
    ("what's the difference between 销售额 and gmv", HelpArgs(topic="term", terms=(REVENUE, GMV))),
    ("客单价可以按什么看", HelpArgs(topic="dimensions", terms=(SPEND,))),
    ("618期间是哪几天", HelpArgs(topic="times", period=Occasion(name="618"))),
    ("when is 618期间", HelpArgs(topic="times", period=Occasion(name="618"))),
)


@pytest.mark.parametrize(("question", "wanted"), HELP_QUESTIONS)
def test_help_is_asked_for_in_many_words(reading: Reading, question: str, wanted: HelpArgs) -> None:
    move = RulePlanner().next(Turn(question, "zh", Conversation(), reading, Stop()))
    assert isinstance(move, Call)
    assert move.tool == "help"
    assert HelpArgs.model_validate(move.args) == wanted

"""A tool that only this test has is asked for in both languages, by what it declares alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from agent.understand.tool_examples import examples
from agent.understand.tool_words import Filled, Island, Islands, Missing, fill
from agent.understand.words import read
from tests.conftest import settings
from tools.help.args import HelpArgs, Term
from tools.help.tool import HelpTool
from tools.registry import TOOLS
from tools.tool import ArgumentWords, Asked
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.lexicon.phrases import Phrases
from warehouse.load import DEMO, load
from warehouse.model import SemanticModel
from warehouse.period import Occasion
from warehouse.warehouse import Reading, Warehouse

SPEND, REVENUE, GMV = (Term(kind="metric", name=name) for name in ("average_spend", "revenue", "gmv"))
TERMS = (("客单价", SPEND), ("销售额", REVENUE), ("gmv", GMV))


class WeighArgs(BaseModel):
    """What a made-up tool takes."""

    metric: str
    period: str | None = None
    cuts: tuple[str, ...] = ()
    parts: int = 3
    change: float | None = None
    way: Literal["quick", "exact"] = "quick"
    who: str | None = None
    trial: tuple[str, ...] = ()


ASKED = Asked(
    cues=Phrases(zh=("称重",), en=("weigh",)),
    arguments={
        "metric": ArgumentWords("metric"),
        "period": ArgumentWords("period"),
        "cuts": ArgumentWords("dimensions"),
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
        "trial": ArgumentWords("values", of=("experiment", "name")),
    },
)


@pytest.fixture(scope="module")
def model() -> SemanticModel:
    return load(DEMO)


def filled(text: str, islands: Islands, model: SemanticModel) -> Filled | Missing:
    return fill(ASKED, WeighArgs, read(text).text, islands, model)


@pytest.mark.parametrize(
    "text", ["称重分成5份，减重10%，精确，用户ID128", "weigh it into five parts, down by 10%, exactly, user 128"]
)
def test_the_tools_own_words_are_read(model: SemanticModel, text: str) -> None:
    told = filled(text, {"metric": [Island(0, 0, "gmv")]}, model)
    assert isinstance(told, Filled)
    assert told.args == WeighArgs(metric="gmv", parts=5, change=-0.1, way="exact", who="128")


def test_islands_are_given_out_by_kind(model: SemanticModel) -> None:
    islands: Islands = {
        "metric": [Island(2, 4, "gmv"), Island(5, 7, "revenue")],
        "period": [Island(8, 10, "last month")],
        "dimensions": [Island(10, 11, "city"), Island(11, 12, "gender")],
    }
    told = filled("称重", islands, model)
    assert isinstance(told, Filled)
    assert told.args == WeighArgs(metric="gmv", period="last month", cuts=("city", "gender"))
    assert (5, 7) not in told.places  # a second metric is left over, for whoever asked to name it
    assert {(0, 2), (2, 4), (8, 10), (10, 11), (11, 12)} == set(told.places)


def test_of_two_meanings_of_a_place_the_first_is_taken(model: SemanticModel) -> None:
    told = filled(
        "称重", {"metric": [Island(2, 4, "gmv")], "dimensions": [Island(4, 6, "a"), Island(4, 6, "b")]}, model
    )
    assert isinstance(told, Filled)
    assert told.args == WeighArgs(metric="gmv", cuts=("a",))


def test_values_are_of_the_dimension_that_plays_the_part(model: SemanticModel) -> None:
    values = [Island(2, 4, ("platform", "天猫")), Island(4, 6, ("experiment", "按钮颜色"))]
    told = filled("称重", {"metric": [Island(0, 0, "gmv")], "values": values}, model)
    assert isinstance(told, Filled)
    assert told.args == WeighArgs(metric="gmv", trial=("按钮颜色",))


def test_what_is_missing_is_named(model: SemanticModel) -> None:
    told = filled("称重分成5份", {}, model)
    assert isinstance(told, Missing)
    assert told.fields == ("metric",)


def test_a_number_in_the_wrong_place_is_not_taken(model: SemanticModel) -> None:
    told = filled("称重 5", {"metric": [Island(0, 0, "gmv")]}, model)
    assert isinstance(told, Filled)
    assert told.args == WeighArgs(metric="gmv")
    assert all(end <= 2 for _, end in told.places)


@pytest.fixture
def reading(shop: Path) -> Iterator[Reading]:
    told = settings(shop)
    with Warehouse(DuckDbEngine(told.shop), load(told.semantic_model), told.as_of).reading() as reading:
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
def test_help_is_asked_for_in_many_words(model: SemanticModel, question: str, wanted: HelpArgs) -> None:
    text = read(question).text
    terms = [Island(text.find(name), text.find(name) + len(name), term) for name, term in TERMS if name in text]
    period = [Island(text.find("618"), text.find("618") + 5, Occasion(name="618"))] if "618" in text else []
    told = fill(HelpTool.asked, HelpArgs, text, {"terms": terms, "period": period}, model)
    assert isinstance(told, Filled)
    assert told.args == wanted
    used = {at for start, end in told.places for at in range(start, end)}
    left = "".join(text[at] for at in range(len(text)) if at not in used)
    assert left.replace("and", "").replace("和", "").strip(" ?是") == ""

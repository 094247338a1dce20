"""What users rely on of every tool there is, those of installed packages too."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from agent.analyst import Analyst
from agent.executor import execute
from agent.planner import Call, Conversation, Failed, Turn
from agent.planners.rules import RulePlanner
from agent.understand.tool_examples import examples
from tests.asking import ask
from tests.conftest import AS_OF
from tools.edits.edit import edit
from tools.found import found, groups
from tools.registry import ANSWERING, TOOLS, tool
from tools.tool import Context, Grouping, Result, Tool
from ui.figure import figure
from ui.turn import answered
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import Stopped
from warehouse.load import DEMO, load
from warehouse.model import SemanticModel
from warehouse.query import People, Segment, plain
from warehouse.stop import Stop
from warehouse.text import LANGUAGES, Text
from warehouse.warehouse import Reading, Warehouse

EVERY = pytest.mark.parametrize("each", TOOLS, ids=lambda each: each.name)
ANSWERS = pytest.mark.parametrize("each", ANSWERING, ids=lambda each: each.name)
ANALYSES = pytest.mark.parametrize(
    "each", [each for each in ANSWERING if each.asked.cues.all], ids=lambda each: each.name
)


@pytest.fixture(scope="module")
def model() -> SemanticModel:
    return load(DEMO)


@pytest.fixture(scope="module")
def reading(shop: Path, model: SemanticModel) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), model, AS_OF, found=found).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def tiny_reading(tiny: Path, model: SemanticModel) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(tiny), model, AS_OF).reading() as reading:
        yield reading


def calls(each: Tool, reading: Reading) -> list[Call]:
    """The calls of a tool's own examples, each once."""
    rules, told = RulePlanner(), {}
    for example in examples(each.asked, reading):
        for language in LANGUAGES:
            move = rules.next(Turn(example.said(language), language, Conversation(), reading, Stop()))
            assert isinstance(move, Call), (example.said(language), move)
            assert move.tool == each.name, example.said(language)
            told[json.dumps(move.args, sort_keys=True)] = move
    assert told
    return list(told.values())


def context(reading: Reading, stop: Stop | None = None) -> Context:
    return Context(reading, 1_000, stop or Stop(), "zh")


@EVERY
def test_what_it_says_is_read_back_as_the_same_call(each: Tool, reading: Reading) -> None:
    rules = RulePlanner()
    for call in calls(each, reading):
        said = each.say(each.Args.model_validate(call.args), reading)
        for language in LANGUAGES:
            move = rules.next(Turn(said.said(language), language, Conversation(), reading, Stop()))
            assert isinstance(move, Call), said.said(language)
            assert (move.tool, move.args) == (call.tool, call.args), said.said(language)


@EVERY
def test_what_its_chips_are_changed_to_is_said_and_read_back(each: Tool, reading: Reading) -> None:
    """Of each sort that a chip offers the first, and the plan without the chip: in the chip's place, and as a whole."""
    rules = RulePlanner()
    for call in calls(each, reading):
        args = each.Args.model_validate(call.args)
        for at in range(len(each.pieces(args, reading))):
            found = edit(each, args, at, reading)
            first = [sort.plans[0] for sort in found.sorts]
            for other in first:
                dated = each.say(other.args, reading, dated=True)
                assert all(other.words.said(language) in dated.said(language) for language in LANGUAGES)
            for plan in (*(other.args for other in first), *([] if found.without is None else [found.without])):
                assert plan != args
                said = each.say(plan, reading)
                for language in LANGUAGES:
                    move = rules.next(Turn(said.said(language), language, Conversation(), reading, Stop()))
                    assert isinstance(move, Call), said.said(language)
                    assert (move.tool, each.Args.model_validate(move.args)) == (each.name, plan), said.said(language)


@EVERY
def test_its_answer_is_json_with_all_that_is_promised(each: Tool, reading: Reading, analyst: Analyst) -> None:
    for call in calls(each, reading):
        question = each.say(each.Args.model_validate(call.args), reading).zh
        told = ask(analyst, question, limit=1_000).json()
        assert told["status"] == "answer", told["text"]
        assert told["tool"] == each.name
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        assert all(len(row) == len(told["columns"]) for row in told["rows"])
        assert told["row_count"] >= len(told["rows"])


@ANSWERS
def test_the_same_question_gives_the_same_answer(each: Tool, shop: Path, model: SemanticModel) -> None:
    found = []
    for _ in range(2):  # each time from the start: nothing that was kept
        with Warehouse(DuckDbEngine(shop), model, AS_OF).reading() as reading:
            found.append([execute(call, context(reading)).outcome for call in calls(each, reading)])
    assert found[0] == found[1]


@EVERY
def test_arguments_that_are_none_of_its_own_are_told(each: Tool, reading: Reading) -> None:
    outcome = execute(Call(each.name, {"no such argument": 1}), context(reading)).outcome
    assert isinstance(outcome, Failed)
    assert "no such argument" in outcome.error.message.en


@EVERY
def test_arguments_of_the_wrong_kind_are_told(each: Tool, reading: Reading) -> None:
    for name in each.Args.model_fields:
        outcome = execute(Call(each.name, {name: {"no": ["such", "value"]}}), context(reading)).outcome
        assert isinstance(outcome, Failed), name
        assert outcome.error.message.zh
        assert outcome.error.hint.en


@ANSWERS
def test_of_thin_data_it_says_something_or_what_it_takes(each: Tool, reading: Reading, tiny_reading: Reading) -> None:
    for call in calls(each, reading):
        outcome = execute(call, context(tiny_reading)).outcome
        assert isinstance(outcome, Result | Failed)


@ANALYSES
def test_a_missing_role_is_named(each: Tool, shop: Path, model: SemanticModel, reading: Reading) -> None:
    """A tool either needs none, and finds the same without, or says which it lacks."""
    bare = replace(model, roles={})
    for call in calls(each, reading):
        whole = execute(call, context(reading)).outcome
        assert isinstance(whole, Result)
        with Warehouse(DuckDbEngine(shop), bare, AS_OF).reading() as without:
            outcome = execute(call, context(without)).outcome
        if isinstance(outcome, Failed):
            assert _names_role([outcome.error.message.en])
        else:
            assert outcome.table == whole.table or _names_role([note.en for note in outcome.notes])


def _names_role(said: list[str]) -> bool:
    return any("role" in each for each in said)


@ANSWERS
def test_it_stops(each: Tool, shop: Path, model: SemanticModel, reading: Reading) -> None:
    stop = Stop()
    stop.press()
    for call in calls(each, reading):
        with Warehouse(DuckDbEngine(shop), model, AS_OF).reading() as fresh, pytest.raises(Stopped):
            execute(call, context(fresh, stop))


@ANSWERS
def test_what_it_tells_meanwhile_is_in_both_languages_and_a_stop_then_ends_it(
    each: Tool, shop: Path, model: SemanticModel, reading: Reading
) -> None:
    stop, told = Stop(), list[Text]()

    def tell(doing: Text) -> None:
        told.append(doing)
        stop.press()

    first = calls(each, reading)[0]
    with Warehouse(DuckDbEngine(shop), model, AS_OF).reading() as fresh, suppress(Stopped):
        execute(first, replace(context(fresh, stop), tell=tell))
        assert not told, "it went on"
    assert all(text.zh and text.en for text in told)


@ANSWERS
def test_its_chart_is_drawn_in_both_languages(each: Tool, reading: Reading) -> None:
    for call in calls(each, reading):
        result = execute(call, context(reading)).outcome
        assert isinstance(result, Result)
        if result.chart is None or result.chart.type in {"number", "table"}:
            continue
        data = result.chart.data or result.table
        assert data is not None
        for language in LANGUAGES:
            drawn = figure(result.chart, data, language)
            assert drawn is not None
            assert drawn["data"], call.args


@EVERY
def test_its_answer_stands_on_the_page(each: Tool, reading: Reading, analyst: Analyst) -> None:
    for call in calls(each, reading):
        said = each.say(each.Args.model_validate(call.args), reading)
        for language in LANGUAGES:
            answer = ask(analyst, said.said(language))
            assert answer.status == "answer", answer.text
            page = unescape(answered(answer)["html"])
            assert all(chip.text in page for chip in answer.chips)


@EVERY
def test_its_suggestions_are_whole_questions(each: Tool, reading: Reading, analyst: Analyst) -> None:
    for call in calls(each, reading):
        answer = ask(analyst, each.say(each.Args.model_validate(call.args), reading).zh)
        for suggestion in answer.suggestions:
            assert ask(analyst, answer.question, suggestion).status == "answer", suggestion


@pytest.mark.parametrize("each", [each for each in ANSWERING if isinstance(each, Grouping)], ids=lambda each: each.name)
def test_its_groups_are_customers_that_can_be_asked_for(each: Tool, analyst: Analyst, reading: Reading) -> None:
    for call in calls(each, reading):
        for name in groups(call.tool, dict(call.args), reading):
            who = People(where=(Segment(segment=name),))
            question = tool("audience").say(tool("audience").Args.model_validate(plain(who)), reading)
            for language in LANGUAGES:
                answer = ask(analyst, question.said(language))
                assert answer.status == "answer", answer.text
                assert answer.plan == {"tool": "audience", "args": plain(who)}

"""What can be proved over the development questions without a language model, and over our own."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest
import yaml

from agent.analyst import Analyst, language_of
from agent.planner import Call, Conversation, Turn
from agent.planners.rules import RulePlanner
from tests.agent.laws.shops import DEMO_SHOP, questions
from tests.agent.llm.conftest import with_model
from tests.agent.llm.prompts import Prompts
from tests.agent.llm.server import ChatServer, call
from tests.asking import ask
from tests.conftest import AS_OF
from tests.warehouse.evaluation import dev_questions, scorer
from tests.warehouse.test_dev_golds import PLANS
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import AnalyticsError
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

NAMING = frozenset({"metric", "metrics", "dimension", "by", "behaviour", "segment", "limit_per"})
MOST_TOKENS = 2_500
KEPT = 0.98
RIGHT = 0.97
DAY = re.compile(r"getvariable\('D'\)", re.IGNORECASE)


@pytest.fixture(scope="module")
def dev() -> dict[str, dict[str, Any]]:
    """The development questions by id."""
    return dev_questions()


@pytest.fixture(scope="module")
def score() -> ModuleType:
    return scorer()


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def led_shop(shop: Path, running: ChatServer) -> Analyst:
    """An analyst of the demo shop whose questions the scripted model plans."""
    return with_model(shop, running, WENSHU_PLANNER="llm")


def names(plan: object, key: str = "") -> Iterator[str]:
    """The names of the model in a plan."""
    match plan:
        case Mapping():
            for each, inner in plan.items():
                yield from names(inner, each) if each != "period" else ()
        case list():
            for each in plan:
                yield from names(each, key)
        case str() if key in NAMING:
            yield plan


def test_the_prompt_holds_the_names_that_the_plan_needs(dev: dict[str, dict[str, Any]], reading: Reading) -> None:
    prompts = Prompts(reading)
    lacking, sizes = {}, []
    for name, plan in PLANS.items():
        prompt = prompts.of(question := " ".join(dev[name]["turns"]))
        sizes.append(prompt.tokens)
        if lacks := set(names(plan["args"])) - set(re.findall(r"\w+", prompt.asked)):
            lacking[question] = lacks
    assert len(lacking) <= (1 - KEPT) * len(PLANS), lacking
    assert sorted(sizes)[len(sizes) // 2] <= MOST_TOKENS


def test_the_right_call_gives_the_rules_own_answer_to_the_byte(
    reading: Reading, analyst: Analyst, led_shop: Analyst, server: ChatServer
) -> None:
    """Of every question that the rules plan: nothing in the way of the model's call changes what it gives."""
    rules = RulePlanner()
    differing, planned = {}, 0
    for question in questions(DEMO_SHOP):
        turn = Turn(question, language_of(question, "zh"), Conversation(), reading, Stop())
        try:
            own = rules.next(turn)
        except AnalyticsError:
            continue
        if not isinstance(own, Call) or own.doubts:
            continue
        planned += 1
        server.acts(call(own.tool, **own.args))
        found, wanted = ask(led_shop, question).json(), ask(analyst, question).json()
        left = {"elapsed_ms", "llm", "planner"}
        if {k: v for k, v in found.items() if k not in left} != {k: v for k, v in wanted.items() if k not in left}:
            differing[question] = found["notes"] + [each.last[:300] for each in server.requests[-1:]]
    assert planned >= 40
    assert differing == {}


def test_the_gold_sql_handed_over_scores_right(
    dev: dict[str, dict[str, Any]], shop: Path, score: ModuleType, led_shop: Analyst, server: ChatServer
) -> None:
    golds = {name: each for name, each in dev.items() if each.get("gold") and len(each["turns"]) == 1}
    wrong = {}
    with duckdb.connect(str(shop), read_only=True) as connection:
        connection.execute(f"SET VARIABLE D = DATE '{AS_OF}'")
        for name, each in golds.items():
            server.acts(call("sql", sql=DAY.sub(f"DATE '{AS_OF}'", each["gold"])))
            answer = ask(led_shop, each["turns"][0]).json(name) | {"tool": each["tool"]}
            verdict = score.judge(each, answer, connection)
            if verdict["verdict"] != "right" or answer["planner"] != "llm":
                wrong[name] = (answer["planner"], verdict["reason"], answer["text"], server.requests[-1].last[:200])
    assert len(golds) > 50
    assert len(wrong) <= (1 - RIGHT) * len(golds), yaml.safe_dump(wrong, allow_unicode=True)

"""Law 2: a plan written by hand for each development question gives, compiled, what its gold SQL gives."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest
import yaml

from agent.answer import cell_json
from tests.conftest import AS_OF
from tests.warehouse.evaluation import dev_questions, scorer
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.query import People, Query
from warehouse.stop import Stop
from warehouse.warehouse import Read, Reading, Warehouse

PLANS: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("dev_plans.yml").read_text("utf-8"))
MOST_LINES = 200


@pytest.fixture(scope="module")
def questions() -> dict[str, dict[str, Any]]:
    """The development questions that plans of these two tools answer, by id."""
    return {
        name: each
        for name, each in dev_questions().items()
        if each.get("gold") and each["tool"] in {"query", "audience"}
    }


@pytest.fixture(scope="module")
def score() -> ModuleType:
    return scorer()


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def connection(shop: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shop), read_only=True) as connection:
        connection.execute(f"SET VARIABLE D = DATE '{AS_OF}'")
        yield connection


def run(plan: dict[str, Any], reading: Reading) -> Read:
    args = dict(plan["args"])
    if plan["tool"] == "query":
        compiled = reading.compiler.measurement(reading.resolver.query(Query.model_validate(args)))
    else:
        show = args.pop("show", "list")
        crowd = reading.resolver.people(People.model_validate(args))
        if show == "count":
            compiled = reading.compiler.count(crowd)
        else:
            listed = [reading.model.dimension(name) for name in reading.model.customer.listed]
            compiled = reading.compiler.listing(crowd, listed)
    return reading.read(compiled, limit=None, stop=Stop())


def test_every_question_has_its_plan(questions: dict[str, dict[str, Any]]) -> None:
    assert {name: plan["tool"] for name, plan in PLANS.items()} == {
        name: each["tool"] for name, each in questions.items()
    }


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_gives_what_the_gold_gives(
    name: str,
    questions: dict[str, dict[str, Any]],
    score: ModuleType,
    reading: Reading,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    read = run(PLANS[name], reading)
    answer = {
        "id": name,
        "status": "answer",
        "tool": PLANS[name]["tool"],
        "columns": [{"name": each.name} for each in read.table.columns],
        "rows": [[cell_json(cell) for cell in row] for row in read.table.rows],
    }
    verdict = score.judge(questions[name], answer, connection)
    assert verdict["verdict"] == "right", (questions[name]["turns"], verdict["reason"], read.sql)
    assert read.sql.count("\n") < MOST_LINES

"""Law 2 for richer plans: compiled SQL and SQL from the glossary return the same rows."""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import AS_OF
from tests.warehouse.routes.periods import EARLIER_DAY
from tests.warehouse.routes.running import ByHand, broken_down, compiled, counted, difference, equal, listed, with_edges
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.query import People, Query
from warehouse.warehouse import Reading, Warehouse

FOLDER = Path(__file__).parent / "routes" / "richer"
Asked = Mapping[str, Any]
ROUTES: list[Asked] = [
    each for path in sorted(FOLDER.glob("*.yml")) for each in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
]
QUERIES = [each for each in ROUTES if "query" in each]
PEOPLE = [each for each in ROUTES if "people" in each]
Readings = Mapping[datetime.date, Reading]


@pytest.fixture(scope="module")
def edges(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_edges(shop, tmp_path_factory.mktemp("richer") / "edges.duckdb")


@pytest.fixture(scope="module")
def readings(edges: Path) -> Iterator[Readings]:
    engine, model = DuckDbEngine(edges), load(DEMO)
    with Warehouse(engine, model, AS_OF).reading() as now, Warehouse(engine, model, EARLIER_DAY).reading() as then:
        yield {AS_OF: now, EARLIER_DAY: then}


@pytest.fixture(scope="module")
def by_hand(edges: Path) -> Iterator[ByHand]:
    by_hand = ByHand(edges)
    yield by_hand
    by_hand.close()


def ids(asked: list[Asked]) -> list[str]:
    return [each["name"] for each in asked]


def in_order(asked: Asked) -> bool:
    """Whether the rows have an order: a ranking, or a trend of nothing else."""
    query = asked["query"]
    ranked = "order" in query or ("grain" in query and "by" not in query)
    return ranked and not asked.get("any_order", False)


@pytest.mark.parametrize("asked", QUERIES, ids=ids(QUERIES))
def test_a_query(asked: Asked, readings: Readings, by_hand: ByHand) -> None:
    right = by_hand.rows(asked["sql"])
    _, found = compiled(readings[asked.get("as_of", AS_OF)], Query.model_validate(asked["query"]))
    assert equal(found, right, in_order=in_order(asked)), f"{asked['asks']}: {difference(found, right)}"


@pytest.mark.parametrize("asked", PEOPLE, ids=ids(PEOPLE))
def test_people(asked: Asked, readings: Readings, by_hand: ByHand) -> None:
    right = by_hand.rows(asked["sql"])
    reading, people = readings[asked.get("as_of", AS_OF)], People.model_validate(asked["people"])
    match asked.get("show", "list"):
        case "count":
            found = counted(reading, people)
        case "breakdown":
            found = broken_down(reading, people, asked["by"])
        case _:
            found = listed(reading, people)
    assert equal(found, right, in_order=False), f"{asked['asks']}: {difference(found, right)}"


def test_routes_tell_something(by_hand: ByHand) -> None:
    """No name stands twice, and few answers by hand are empty: an empty one agrees too easily."""
    assert len(set(ids(ROUTES))) == len(ROUTES)
    empty = [each["name"] for each in ROUTES if not by_hand.rows(each["sql"])]
    assert empty == []

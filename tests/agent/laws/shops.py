"""The shops that the laws are held to: the demo shop and three other trades, each with the questions asked of it."""

import functools
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from tests.warehouse.shops import MODELS, SHOPS
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import load
from warehouse.warehouse import Warehouse

DEMO_SHOP = "demo"
QUESTIONS = Path(__file__).parents[2] / "questions"


def hotel(folder: Path) -> Warehouse:
    """Eighty guests of five hotels, what they book, stay, spend and say, through 2026-03-15."""
    path = folder / "hotel.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((MODELS / "hotel.sql").read_text("utf-8"))
    return Warehouse(DuckDbEngine(path), load(MODELS / "hotel.yml"))


OTHERS: Mapping[str, Callable[[Path], Warehouse]] = {**SHOPS, "hotel": hotel}
ALL = (DEMO_SHOP, *OTHERS)


@functools.cache
def conversations(shop: str) -> tuple[tuple[str, ...], ...]:
    """The turns of each question in the shop's file in tests/questions; of the demo shop the development ones, too."""
    files = [QUESTIONS / f"{shop}.jsonl"]
    outside = os.environ.get("WENSHU_EVAL_DATA")
    if shop == DEMO_SHOP and outside is not None:
        files.append(Path(outside) / "questions" / "dev.jsonl")
    lines = (line for file in files if file.exists() for line in file.read_text("utf-8").splitlines())
    return tuple(tuple(json.loads(line)["turns"]) for line in lines)


def questions(shop: str) -> tuple[str, ...]:
    """The first question of each conversation."""
    return tuple(turns[0] for turns in conversations(shop))

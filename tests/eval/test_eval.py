"""The evaluation: answers are counted where they belong, and the questions of our own are sound."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.agent.laws.shops import DEMO_SHOP, OTHERS, QUESTIONS
from tests.conftest import AS_OF
from tests.eval.asked import Judged
from tests.eval.shops import DEMOS, ROOT
from tests.eval.table import headline, of_tools, spent, table
from warehouse.demo.build import build

FILES = sorted(QUESTIONS.glob("*.jsonl"))


def judged(verdict: str, tool: str | None, expect: str = "answer", chart: bool | None = None, turns: int = 1) -> Judged:
    """An item with that verdict."""
    question = {"expect": expect, "tool": tool, "lang": "zh", "turns": ["?"] * turns, "tags": ["simple", "metric:x"]}
    return Judged(question, None, {"verdict": verdict}, chart)


FOUND = [
    judged("right", "query", chart=True),
    judged("right", "query", chart=False, turns=2),
    judged("silently wrong", "audience"),
    judged("declined", "forecast"),
    judged("right", None, "refuse"),
    judged("other", None, "clarify"),
]


def test_verdicts_are_counted_by_kind() -> None:
    rows = dict(line.split(" | ", 1) for line in table(FOUND).splitlines())
    assert rows["| **all**"] == "6 | 3 (50.0%) | 1 (16.7%) | 1 (16.7%) | 1 (16.7%) | 1 of 2 |"
    assert rows["| **of audience, help, query**"] == "5 | 3 (60.0%) | 1 (20.0%) | 0 | 1 (20.0%) | 1 of 2 |"
    assert rows["| tool query"] == "2 | 2 (100.0%) | 0 | 0 | 0 | 1 of 2 |"
    assert rows["| tool forecast"] == "1 | 0 | 0 | 1 (100.0%) | 0 |  |"
    assert rows["| to clarify"] == "1 | 0 | 0 | 0 | 1 (100.0%) |  |"
    assert rows["| several turns"] == "1 | 1 (100.0%) | 0 | 0 | 0 | 0 of 1 |"
    assert rows["| simple"].startswith("6 |")
    assert "| metric:x" not in rows


def test_the_headline_leaves_out_tools_that_are_not_there() -> None:
    assert headline(FOUND) == "right 3 (60.0%), silently wrong 1, charts as wanted 1 (50.0%)"
    assert of_tools(FOUND, frozenset({"forecast"})) == FOUND[3:]


def test_what_a_model_took_is_told_of_those_it_was_asked() -> None:
    def took(calls: int, tokens: int, waited: float) -> Judged:
        told = {"calls": calls, "input_tokens": tokens, "output_tokens": 0, "seconds": waited}
        return replace(judged("right", "query"), answer={"llm": told, "elapsed_ms": {"total": 500.0}})

    found = [took(0, 0, 0.0), took(1, 2_000, 3.0), took(2, 5_000, 0.1), judged("declined", "query")]
    assert spent(found) == (
        "2 questions of 0 requests, 1 questions of 1 requests, 1 questions of 2 requests; "
        "of those asked 3,500 tokens and 1.8 s at the median, 7,000 tokens in all"
    )


def test_without_the_data_it_says_so() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "WENSHU_EVAL_DATA"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.eval"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert "WENSHU_EVAL_DATA" in run.stdout


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_gold_gives_rows(file: Path, shop: Path, tmp_path: Path) -> None:
    """What should be answered can be: its SQL runs on the shop that the file is named after, and finds something."""
    if file.stem == DEMO_SHOP:
        database, as_of = shop, AS_OF
    elif (demo := DEMOS.get(file.stem)) is not None:
        database, as_of = tmp_path / "demo.duckdb", demo.as_of
        build(database, as_of=as_of, seed=demo.seed, users=demo.users)
    else:
        with OTHERS[file.stem](tmp_path).reading() as reading:
            database, as_of = tmp_path / f"{file.stem}.duckdb", reading.as_of
    questions: list[dict[str, Any]] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"SET VARIABLE D = DATE '{as_of}'")
        for question in questions:
            assert (question["expect"] == "answer") == (question["tool"] is not None), question["id"]
            if question["gold"] is not None:
                assert connection.execute(question["gold"]).fetchall(), question["id"]

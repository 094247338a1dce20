"""Asking in tests."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation

BRACKETS = re.compile(r"（[^（）]*）| \([^()]*\)")


def ask(analyst: Analyst, *turns: str, limit: int | None = None) -> Answer:
    """The answer to the last of the turns, asked one after the other."""
    answers: tuple[Answer, ...] = ()
    for turn in turns:
        events = analyst.ask(turn, Conversation(answers), limit=limit)
        answers = (*answers, *(each for each in events if isinstance(each, Answer)))
    return answers[-1]


def answered(analyst: Analyst, *turns: str) -> Answer:
    """The answer to the last of the turns; fails where there is none."""
    answer = ask(analyst, *turns)
    assert answer.status == "answer", answer.text
    return answer


def rows(analyst: Analyst, question: str) -> list[list[Any]]:
    """The rows of an answer, as JSON has them; fails where there is no answer."""
    found: list[list[Any]] = answered(analyst, question).json()["rows"]
    return found


def args(analyst: Analyst, *turns: str) -> dict[str, Any]:
    """The arguments of an answer's plan; fails where there is no answer."""
    answer = answered(analyst, *turns)
    assert answer.plan is not None
    return dict(answer.plan["args"])


def understood(analyst: Analyst, *turns: str) -> str:
    """What an answer says that it understood, without what stands in brackets; fails where there is no answer."""
    return BRACKETS.sub("", answered(analyst, *turns).understood)


def assert_stopped(analyst: Analyst, *turns: str) -> None:
    """Fail where a question is answered, neither declined nor asked about."""
    answer = ask(analyst, *turns)
    assert answer.status in {"refuse", "clarify"}, (answer.understood, answer.plan)


def assert_rows_of(sql: str, shop: Path, analyst: Analyst, *questions: str) -> None:
    """Fail where a question's rows are not those of SQL written by hand."""
    with duckdb.connect(str(shop), read_only=True) as connection:
        told = [[pytest.approx(value) for value in row] for row in connection.sql(sql).fetchall()]
    for question in questions:
        assert told == rows(analyst, question), question

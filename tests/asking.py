"""Asking in tests."""

from typing import Any

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation


def ask(analyst: Analyst, *turns: str, limit: int | None = None) -> Answer:
    """The answer to the last of the turns, asked one after the other."""
    answers: tuple[Answer, ...] = ()
    for turn in turns:
        events = analyst.ask(turn, Conversation(answers), limit=limit)
        answers = (*answers, *(each for each in events if isinstance(each, Answer)))
    return answers[-1]


def rows(analyst: Analyst, question: str) -> list[list[Any]]:
    """The rows of an answer, as JSON has them; fails where there is no answer."""
    answer = ask(analyst, question)
    assert answer.status == "answer", answer.text
    found: list[list[Any]] = answer.json()["rows"]
    return found

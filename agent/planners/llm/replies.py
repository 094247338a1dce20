"""A model's reply as moves: functions called, by whatever form it told them in."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.planners.llm.chat import Called, Reply
from agent.planners.llm.signatures import WORDS, declared
from tools.tool import Tool

CLARIFY, DECLINE = "clarify", "decline"
MOST_STEPS = 4
FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
TALK = (
    declared(CLARIFY, "ask which question is meant", {"questions": {"type": "array", "items": {"type": "string"}}}, [
        "questions"
    ]),
    declared(DECLINE, "nothing here carries the question", {}, []),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A tool that the model called, its arguments, and what words of the question stand for by its account."""

    tool: str
    args: Mapping[str, Any]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Clarify:
    """Whole questions that the model thinks may be meant."""

    questions: tuple[str, ...]


@dataclass(frozen=True)
class Decline:
    """The model found nothing that carries the question."""


class Unusable(Exception):
    """A reply that names no move; why, for the model."""


def moves(reply: Reply, tools: Sequence[Tool]) -> tuple[Step, ...] | Clarify | Decline:
    """What the reply names; raises `Unusable`."""
    called = list(reply.calls or _written(reply.text))
    if not called:
        raise Unusable("no function was called")
    if len(called) > MOST_STEPS:
        raise Unusable(f"at most {MOST_STEPS} functions may be called")
    named = [(each.name, _arguments(each)) for each in called]
    known = [each.name for each in tools]
    for name, arguments in named:
        match name:
            case "clarify":
                return Clarify(_questions(arguments.get("questions")))
            case "decline":
                return Decline()
            case _ if name not in known:
                raise Unusable(f"there is no function of that name; there are {', '.join((*known, CLARIFY, DECLINE))}")
    return tuple(Step(name, _without_words(arguments), _words(arguments)) for name, arguments in named)


def _questions(told: object) -> tuple[str, ...]:
    return tuple(each for each in (told if isinstance(told, list) else [told]) if isinstance(each, str))


def _arguments(called: Called) -> Mapping[str, Any]:
    try:
        arguments = json.loads(called.arguments or "{}")
        json.dumps(arguments, ensure_ascii=False).encode()  # halves of characters, which nothing can write
    except (ValueError, RecursionError) as error:
        raise Unusable("the arguments are no whole JSON") from error
    if not isinstance(arguments, dict):
        raise Unusable("the arguments are no JSON object")
    return arguments


def _without_words(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in arguments.items() if name != WORDS}


def _words(arguments: Mapping[str, Any]) -> Mapping[str, str]:
    words = arguments.get(WORDS)
    if not isinstance(words, dict):
        return {}
    return {str(word): "" if meant is None else str(meant) for word, meant in words.items()}


def _written(text: str) -> Iterator[Called]:
    """Calls written as JSON, as servers without functions have them; none where the text is no JSON."""
    fenced = FENCED.search(text)
    try:
        told = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        return
    calls = told.get("calls", [told]) if isinstance(told, dict) else told
    for each in calls if isinstance(calls, list) else ():
        if isinstance(each, dict):
            name = each.get("function") or each.get("name")
            yield Called(str(name), _dumped(each.get("arguments") or {}))


def _dumped(arguments: object) -> str:
    try:
        return json.dumps(arguments)
    except RecursionError as error:
        raise Unusable("the arguments are nested too deep") from error

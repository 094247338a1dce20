"""An answer revised: its plan with one piece changed or left out, run as any other plan is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from agent.answer import Answer
from agent.planner import Call, Finish, Turn
from tools.edits.edit import edit
from tools.registry import tool
from warehouse.text import Language
from warehouse.warehouse import Reading


@dataclass(frozen=True)
class Change:
    """Another plan: what it says in the piece's place, all of it as a question, its arguments as JSON has them."""

    text: str
    question: str
    args: Mapping[str, Any]


@dataclass(frozen=True)
class Sort:
    """Changes of one sort; `more` where further ones are found by what they are called."""

    title: str
    changes: tuple[Change, ...]
    more: bool


@dataclass(frozen=True)
class Changes:
    """What can be done with one chip; `removal` is None where the plan cannot be without it."""

    removal: Change | None = None
    sorts: tuple[Sort, ...] = ()


class Decided:
    """The planner of a plan that stands already."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def prepare(self, reading: Reading) -> None:
        """Nothing: the plan stands."""

    def next(self, turn: Turn) -> Call | Finish:
        """The plan; after it, its outcome is the answer."""
        return Finish() if turn.moves else self._call


def changes(answer: Answer, at: int, reading: Reading, sought: str) -> Changes:
    """What can be done with the chip at that place; raises `AnalyticsError` where the plan is none any more."""
    if answer.plan is None or not 0 <= at < len(answer.chips) or not answer.chips[at].editable:
        return Changes()
    name, language = answer.plan["tool"], answer.language
    chosen = tool(name)
    found = edit(chosen, chosen.Args.model_validate(answer.plan["args"]), at, reading, sought=sought)

    def change(text: str, plan: BaseModel) -> Change:
        return Change(text, chosen.say(plan, reading).said(language), plan.model_dump(mode="json"))

    return Changes(
        removal=None if found.without is None else change(answer.chips[at].text, found.without),
        sorts=tuple(
            Sort(
                each.title.said(language),
                tuple(change(other.words.said(language), other.args) for other in each.plans),
                each.more,
            )
            for each in found.sorts
        ),
    )


def question_of(call: Call, language: Language, reading: Reading) -> str:
    """The plan in words; raises `AnalyticsError` or `ValidationError` where it is none."""
    chosen = tool(call.tool)
    return chosen.say(chosen.Args.model_validate(call.args), reading).said(language)

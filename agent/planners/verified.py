"""Answers marked right first: a question in the same or equivalent words is planned as it was, by nobody anew."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from pydantic import ValidationError

from agent.links import NoLink, found_by, linked
from agent.planner import Ask, Call, Conversation, Failed, Finish, Planner, Turn
from agent.understand.cover import Cover
from agent.understand.sameness import Sameness, leans, sameness
from agent.understand.words import Words, read
from agent.verifying import last_plan, model_name, right, why_stale
from tools.registry import tool
from tools.tool import Result
from warehouse.errors import AnalyticsError
from warehouse.stop import Stop
from warehouse.text import Text
from warehouse.warehouse import Reading, Warehouse
from workspace.store import NotKept
from workspace.verified import Verified, VerifiedAnswers

LOG = logging.getLogger(__name__)
LONGEST = 500
UNREAD = Text(
    "工作区文件不能用，没有查找标为正确的回答",
    "the workspace file cannot be used: answers marked right were not looked for",
)

Planned = tuple[str, Mapping[str, Any]]


class Rules(Protocol):
    """The rule planner, which knows what words mean."""

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """Its own move."""

    def covered(self, words: Words, reading: Reading) -> Cover:
        """What each stretch of a question may mean."""


@dataclass(frozen=True)
class Replayed:
    """Which answer is given again, and how many of its steps are made."""

    kept: Verified
    made: int


@dataclass(frozen=True)
class Question:
    """What a question means by its words, and the rules' own plan of it."""

    told: Sameness
    planned: Planned | None


@dataclass(frozen=True)
class Known:
    """What was found out about the questions kept, and the answers that hold, in one reading of the data."""

    questions: dict[str, Question]
    fresh: set[int]


class VerifiedPlanner:
    """Names the plan of an answer marked right where its question is asked again; else another planner's move."""

    def __init__(self, inner: Planner, rules: Rules, answers: VerifiedAnswers, warehouse: Warehouse) -> None:
        self._inner, self._rules, self._answers, self._warehouse = inner, rules, answers, warehouse
        self._known: WeakKeyDictionary[Reading, Known] = WeakKeyDictionary()

    def prepare(self, reading: Reading) -> None:
        """Make the other planner ready, and read the questions kept."""
        self._inner.prepare(reading)
        with suppress(NotKept):  # which each question will tell
            for each in self._answers.all():
                self._question(each.question, Turn(each.question, "zh", Conversation(), reading, Stop()))

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """The next step of an answer marked right, its end, or what the other planner does."""
        unread: tuple[Text, ...] = ()
        try:
            known = self._known_move(turn)
        except NotKept as error:
            LOG.warning("%s", error)
            known, unread = None, (UNREAD,)
        if known is not None:
            return known
        others = tuple(each for each in turn.moves if not isinstance(each.call.memory, Replayed))
        move = self._inner.next(replace(turn, moves=others))
        return replace(move, notes=(*unread, *move.notes)) if unread else move

    def _known_move(self, turn: Turn) -> Call | Finish | None:
        """The next step of an answer marked right, or its end; None where there is none."""
        if turn.moves:
            memory, failed = turn.moves[-1].call.memory, isinstance(turn.moves[-1].outcome, Failed)
            return self._step(memory, turn) if isinstance(memory, Replayed) and not failed else None
        kept = self._found(turn)
        first = None if kept is None else self._step(Replayed(kept, 0), turn)
        return first if isinstance(first, Call) else None

    def _step(self, replayed: Replayed, turn: Turn) -> Call | Finish | None:
        """The step after those made; None where it cannot be made from what they found."""
        kept = replayed.kept
        if replayed.made == len(kept.plans):
            return Finish()
        plan, moves = kept.plans[replayed.made], [each for each in turn.moves if isinstance(each.outcome, Result)]
        with suppress(NoLink, ValidationError, KeyError, IndexError):
            args = linked(plan["args"], [each.call.args for each in moves], found_by(moves))
            whole: dict[str, Any] = tool(plan["tool"]).Args.model_validate(args).model_dump(mode="json")
            return Call(
                plan["tool"],
                whole,
                notes=() if replayed.made + 1 < len(kept.plans) else (_label(kept),),
                planner="verified",
                told=plan["args"],
                right=right(kept),
                memory=Replayed(kept, replayed.made + 1),
            )
        return None

    def _found(self, turn: Turn) -> Verified | None:
        """The answer marked right to the question, where one still holds."""
        return next((each for each in self._same(turn) if self._holds(each, turn.reading)), None)

    def _same(self, turn: Turn) -> Iterator[Verified]:
        """Those whose question it is: by its words, or since the rules give both one plan."""
        kept = [each for each in self._answers.all() if each.stale is None and each.model == model_name(turn.reading)]
        if not kept or not turn.question.strip() or len(turn.question) > LONGEST:
            return
        told, before, own = (
            self._told(turn.question, turn.reading),
            last_plan(turn.conversation.answers),
            self._planned(turn),
        )
        for each in kept:
            known = self._question(each.question, turn)
            planned_so = each.before is None and own is not None and own == known.planned
            told_so = bool(told) and told == known.told
            if planned_so or (told_so and (each.before == before or (each.before is None and self._alone(turn, own)))):
                yield each

    def _alone(self, turn: Turn, own: Planned | None) -> bool:
        """Whether the question means here what it means alone: nothing in it leans, and the rules read it so."""
        covered = self._rules.covered(read(turn.question), turn.reading)
        return not leans(covered) and own == self._planned(replace(turn, conversation=Conversation()))

    def _planned(self, turn: Turn) -> Planned | None:
        """The rules' own plan, where they have one beyond doubt."""
        try:
            own = self._rules.next(turn)
        except AnalyticsError:
            return None
        return (own.tool, own.args) if isinstance(own, Call) and not own.doubts and not own.unused else None

    def _holds(self, kept: Verified, reading: Reading) -> bool:
        """Whether it still means what it meant, found out once for each version of the data; marked where not."""
        fresh = self._about(reading).fresh
        if kept.id in fresh:
            return True
        try:
            why = why_stale(kept, self._warehouse)
        except AnalyticsError:  # a time-out, say: not now
            return False
        if why is not None:
            self._answers.mark(kept.id, f"{why.zh}\n{why.en}")
            return False
        fresh.add(kept.id)
        return True

    def _told(self, question: str, reading: Reading) -> Sameness:
        return sameness(self._rules.covered(read(question), reading))

    def _question(self, question: str, turn: Turn) -> Question:
        """What a question kept means, found out once."""
        known = self._about(turn.reading).questions
        if question not in known:
            alone = replace(turn, question=question, conversation=Conversation(), moves=())
            known[question] = Question(self._told(question, turn.reading), self._planned(alone))
        return known[question]

    def _about(self, reading: Reading) -> Known:
        return self._known.setdefault(reading, Known({}, set()))


def _label(kept: Verified) -> Text:
    return Text(
        f"核对过的回答：{kept.person} 于 {kept.day} 标为正确", f"checked: {kept.person} marked it right on {kept.day}"
    )

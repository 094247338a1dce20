"""Marking answers right, and taking that back: by people in one role."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from agent.answer import Answer
from agent.planner import Ask, Call, Conversation, Finish, Turn
from agent.understand.cover import Cover
from agent.understand.sameness import leans
from agent.understand.words import Words, read
from agent.verifying import Marking, last_plan, right, stands_alone, verified
from warehouse.errors import AnalyticsError, NotAllowed, QueryError
from warehouse.stop import Stop
from warehouse.text import Text
from warehouse.warehouse import Reading
from workspace.verified import VerifiedAnswers


class Rules(Protocol):
    """The rule planner, which knows what words mean."""

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """Its own move."""

    def covered(self, words: Words, reading: Reading) -> Cover:
        """What each stretch of a question may mean."""


class Review:
    """What is done with answers by people in the role `reviewer`."""

    def __init__(
        self, rules: Rules, answers: VerifiedAnswers, reviewer: str, today: Callable[[], datetime.date]
    ) -> None:
        self._rules, self._answers, self._reviewer, self._today = rules, answers, reviewer, today

    def may(self, role: str) -> bool:
        """Whether people in that role may mark answers."""
        return role == self._reviewer

    def mark(self, answer: Answer, earlier: Conversation, person: str, reading: Reading) -> Answer:
        """Keep an answer as right, and tell so in it; `earlier` is what was said before its question.

        Raises `NotAllowed` in any other role, `QueryError` where it is no answer, or of other data.
        """
        self._check(reading.role)
        if answer.status != "answer" or answer.plan is None:
            raise QueryError(
                Text("只有回答可以标为正确。", "Only an answer can be marked right."),
                Text("请先选一个问题。", "Choose a question first."),
            )
        if answer.version != reading.data.version():
            raise QueryError(
                Text("数据已经更新。", "The data have changed since this answer."),
                Text("请重新提问，再标。", "Ask again, then mark it."),
            )
        marking = Marking(person, reading.role, self._today())
        kept = verified(answer, self._before(answer, earlier, reading), marking, reading)
        return replace(answer, right=right(replace(kept, id=self._answers.keep(kept))))

    def take_back(self, answer: Answer, role: str) -> Answer:
        """Forget that an answer is right; raises `NotAllowed` in any other role."""
        self._check(role)
        if answer.right is not None:
            self._answers.remove(answer.right.number)
        return replace(answer, right=None)

    def _check(self, role: str) -> None:
        if not self.may(role):
            raise NotAllowed(
                Text(f"角色 {role} 不能标注回答。", f"The role {role} may not mark answers."),
                Text(f"由角色 {self._reviewer} 来标。", f"The role {self._reviewer} may."),
            )

    def _before(self, answer: Answer, earlier: Conversation, reading: Reading) -> str | None:
        """The plan that the question went on from; None where it says all that the plan holds."""
        before = last_plan(earlier.answers)
        covered = self._rules.covered(read(answer.question), reading)
        if before is None or (not leans(covered) and self._reads_alone(answer, before, covered, reading)):
            return None
        return before

    def _reads_alone(self, answer: Answer, before: str, covered: Cover, reading: Reading) -> bool:
        """Whether the rules give the same plan alone; what they do not plan has to have nothing of the one before."""
        turn = Turn(answer.question, answer.language, Conversation(), reading, Stop())
        try:
            own = self._rules.next(turn)
        except AnalyticsError:
            own = Finish()
        if isinstance(own, Call):
            return answer.plan == {"tool": own.tool, "args": dict(own.args)}
        return stands_alone(answer, before, covered)

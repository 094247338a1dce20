"""Asking a question: the one loop from words to an answer."""

from __future__ import annotations

import csv
import re
import time
import unicodedata
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from agent.answer import Answer, cell_json
from agent.compose import answered, asked_back, combined, failed, refused
from agent.examples import examples
from agent.executor import execute
from agent.planner import NOTHING, Ask, Call, Conversation, Failed, Finish, Move, Planner, Turn
from agent.review import Review
from agent.revision import Changes, Decided, changes, question_of
from agent.steps import Step, StepKind
from agent.suggesting import suggested
from agent.telling import telling
from tools.registry import tool
from tools.tool import Context, Export, Result
from warehouse.errors import AnalyticsError, QueryError
from warehouse.policy import LOCAL
from warehouse.stop import Stop
from warehouse.table import Cell, Table
from warehouse.text import Language, Text
from warehouse.warehouse import Warehouse

MOST_MOVES = 8
FORMULA_SIGNS = "=+-@\t\r"
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class About:
    """What the page says of the shop at hand, in one language."""

    data_name: str
    as_of: str
    planner: str
    examples: tuple[str, ...]


class Analyst:
    """Answers questions about one warehouse, in one role; raises `NotAllowed` where there is no such role.

    `person` is who asks. `mode` is what the page calls the planner; `rules` is the one that asks no language model,
    where that one may: it tells whether a suggestion is read as it is said. Safe to share between threads;
    conversations are the callers'.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        planner: Planner,
        role: str = LOCAL,
        mode: Literal["rules", "auto", "llm"] = "rules",
        rules: Planner | None = None,
        *,
        person: str = LOCAL,
        review: Review | None = None,
    ) -> None:
        warehouse.check_role(role)
        self._warehouse = warehouse
        self._planner = planner
        self._role = role
        self._mode = mode
        self._rules = rules or planner
        self._person, self._review = person, review

    def prepare(self) -> None:
        """Make ready what the first question would wait for; what is wrong with the data, that question will tell."""
        with suppress(AnalyticsError), self._warehouse.reading(self._role) as reading:
            self._planner.prepare(reading)

    def about(self, language: Language) -> About:
        """The shop's name, its as-of day (ISO), the planner, and six example questions that will be answered."""
        with self._warehouse.reading(self._role) as reading:
            said = tuple(each.said(language) for each in examples(reading))
            return About(reading.model.name.said(language), reading.as_of.isoformat(), self._mode, said)

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        language: Language | None = None,
        limit: int | None = 1000,
        stop: Stop | None = None,
    ) -> Iterator[Step | Answer]:
        """Steps as they begin and end, then one `Answer`. Never raises for what a user can mend.

        The answer is in the question's language; `language` decides where the question does not show one.
        """
        spoken = language_of(question, language or "zh")
        yield from self._answered(self._planner, question, spoken, conversation, limit, stop or Stop())

    def changes(self, answer: Answer, at: int, sought: str = "") -> Changes:
        """What the chip at that place can be changed to, called as is `sought` where something is.

        Raises `AnalyticsError` where the data carry the answer's plan no more.
        """
        with self._warehouse.reading(self._role) as reading:
            return changes(answer, at, reading, sought)

    def revise(
        self,
        answer: Answer,
        args: Mapping[str, Any],
        conversation: Conversation,
        *,
        limit: int | None = 1000,
        stop: Stop | None = None,
    ) -> Iterator[Step | Answer]:
        """As `ask`, with the answer's tool and the arguments of a change; the question is what that plan says."""
        if answer.plan is None:
            raise ValueError("an answer without a plan cannot be revised")
        call = Call(answer.plan["tool"], args)
        try:
            with self._warehouse.reading(self._role) as reading:
                question = question_of(call, answer.language, reading)
        except (AnalyticsError, ValidationError):
            question = answer.question  # running it will tell what is wrong
        yield from self._answered(Decided(call), question, answer.language, conversation, limit, stop or Stop())

    def _answered(
        self,
        planner: Planner,
        question: str,
        spoken: Language,
        conversation: Conversation,
        limit: int | None,
        stop: Stop,
    ) -> Iterator[Step | Answer]:
        clock = _Clock()
        try:
            yield clock.begin("understand")
            with self._warehouse.reading(self._role) as reading:
                turn = Turn(question, spoken, conversation, reading, stop, person=self._person)
                yield clock.end()
                answer = yield from _moves(planner, turn, limit, clock)
                if answer.status == "answer":
                    answer = replace(answer, suggestions=suggested(answer, turn, self._rules))
        except AnalyticsError as error:
            answer = failed(question, spoken, error, None)
        yield replace(answer, steps=tuple(clock.ended), elapsed_ms=clock.elapsed())

    @property
    def reviews(self) -> bool:
        """Whether whoever asks may mark answers right."""
        return self._review is not None and self._review.may(self._role)

    def mark(self, answer: Answer, earlier: Conversation) -> Answer:
        """The answer marked right, or no more where it was; `earlier` is what was said before its question.

        Raises `NotAllowed` where whoever asks may not, `QueryError` where it cannot be.
        """
        if self._review is None:
            raise ValueError("nothing is kept here")
        if answer.right is not None:
            return self._review.take_back(answer, self._role)
        with self._warehouse.reading(self._role) as reading:
            return self._review.mark(answer, earlier, self._person, reading)

    def export(self, answer: Answer, path: Path, *, stop: Stop | None = None) -> int:
        """Write every row of the answer's table to a CSV file at `path` (UTF-8 with a mark); returns how many.

        Raises `QueryError` where the data have changed since: the file would not be what was shown.
        Text that a spreadsheet would run as a formula is written after an apostrophe.
        """
        with self._warehouse.reading(self._role) as reading, path.open("w", encoding="utf-8-sig", newline="") as file:
            if answer.version != reading.data.version():
                raise _data_changed()
            export = _export(answer, Context(reading, None, stop or Stop(), answer.language))
            writer = csv.writer(file)
            writer.writerow([column.label.said(answer.language) for column in export.columns])
            written = 0
            for batch in export.batches:
                writer.writerows([[_csv_cell(cell) for cell in row] for row in batch])
                written += len(batch)
            return written


class _Clock:
    """Times the steps of one question."""

    def __init__(self) -> None:
        self.ended: list[Step] = []
        self._started = self._begun = time.perf_counter()
        self._kind: StepKind = "understand"

    def begin(self, kind: StepKind) -> Step:
        self._kind, self._begun = kind, time.perf_counter()
        return Step(kind)

    def end(self) -> Step:
        step = Step(self._kind, (time.perf_counter() - self._begun) * 1000)
        self.ended.append(step)
        return step

    def elapsed(self) -> dict[str, float]:
        def total(*kinds: StepKind) -> float:
            return sum(step.ms or 0 for step in self.ended if step.kind in kinds)

        whole = (time.perf_counter() - self._started) * 1000
        return {"plan": total("understand", "plan"), "query": total("query"), "total": whole}


def _moves(planner: Planner, turn: Turn, limit: int | None, clock: _Clock) -> Generator[Step, None, Answer]:
    """The planner's moves, each made, until it finishes; gives the answer back as the generator's value."""
    spent = NOTHING
    for _ in range(MOST_MOVES):
        yield clock.begin("plan")
        try:
            move = planner.next(turn)
        except AnalyticsError as error:
            move = Finish(error=error)
        finally:
            ended = clock.end()
        yield ended
        spent += move.spent
        match move:
            case Ask():
                return replace(asked_back(turn, move), llm=spent.json())
            case Finish():
                return replace(_finished(turn, move), llm=spent.json())
        turn.stop.check()
        yield clock.begin("query")
        made = yield from _made(move, turn, limit)
        yield clock.end()
        turn = replace(turn, moves=(*turn.moves, made))
    raise AssertionError(f"the planner did not finish in {MOST_MOVES} moves")


def _made(call: Call, turn: Turn, limit: int | None) -> Generator[Step, None, Move]:
    """A call run, with what its tool tells meanwhile."""

    def work(tell: Callable[[Step], None]) -> Move:
        told = Context(turn.reading, limit, turn.stop, turn.language, lambda doing: tell(Step("query", doing=doing)))
        return execute(call, told)

    return (yield from telling(work, turn.stop.press))


def language_of(question: str, otherwise: Language) -> Language:
    """The language that most of its words are in; names in capitals (KPI) are in none.

    A Chinese character counts as a word.
    """
    chinese = sum("CJK" in unicodedata.name(each, "") for each in question)
    english = sum(not word.isupper() for word in LATIN_WORD.findall(question))
    if chinese == english == 0:
        return otherwise
    return "zh" if chinese >= english else "en"


def _finished(turn: Turn, move: Finish) -> Answer:
    answer = _concluded(turn, move)
    told = tuple(each.said(turn.language) for each in move.notes)
    return replace(answer, notes=(*told, *answer.notes)) if told else answer


def _concluded(turn: Turn, move: Finish) -> Answer:
    if move.refusal is not None:
        return refused(turn, move.refusal)
    if move.error is not None:
        return failed(turn.question, turn.language, move.error, turn)
    last: Move = turn.moves[-1]
    if isinstance(last.outcome, Failed):
        return failed(turn.question, turn.language, last.outcome.error, turn)
    answer = answered(turn, last.call, last.outcome)
    before = tuple(
        answered(turn, each.call, each.outcome)
        for each in turn.moves[:-1]
        if isinstance(each.outcome, Result) and each.call.planner == last.call.planner
    )
    return combined(answer, before) if before else answer


def _export(answer: Answer, context: Context) -> Export:
    """All rows of an answer: its plan run anew, or its table where that is all there is."""
    table = answer.table or Table((), (), 0)
    if answer.plan is None:
        return Export(table.columns, iter([table.rows]))
    chosen = tool(answer.plan["tool"])
    export = chosen.export(chosen.Args.model_validate(answer.plan["args"]), context)
    return export or Export(table.columns, iter([table.rows]))


def _data_changed() -> QueryError:
    return QueryError(
        Text("数据已经更新，和显示的结果可能不同。", "The data have changed since this answer."),
        Text("请重新提问，再导出。", "Ask again, then export."),
    )


def _csv_cell(cell: Cell) -> object:
    if isinstance(cell, str) and cell.startswith(tuple(FORMULA_SIGNS)):
        return f"'{cell}"
    return cell_json(cell)

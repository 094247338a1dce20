"""Answers marked right: what is kept of one, and whether it still means what it meant."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from agent.answer import Answer, Right
from agent.held import Held, held
from agent.understand.cover import Cover
from agent.understand.mentions import Dating, Deed, Dimension, Grouping, Meaning, Measure, Member, Ranked, Value, When
from tools.registry import tool
from tools.sql import SqlTool
from tools.tool import Context
from warehouse.errors import (
    BadSql,
    ModelError,
    NotAllowed,
    NotEnoughData,
    QueryError,
    QueryFailed,
    UnsafeSql,
)
from warehouse.stop import Stop
from warehouse.text import Text
from warehouse.warehouse import Reading, Warehouse
from workspace.verified import Verified

# What a plan that no longer fits raises; a time-out, say, is nothing of the plan's.
UNFIT = (QueryError, ModelError, NotAllowed, NotEnoughData, UnsafeSql, BadSql, QueryFailed)
CHANGED = Text("模型或数据变了，它的含义不再相同", "the model or the data changed, and what it means with them")
DATED = Text("它的 SQL 写定了日期，那一天已经过去", "its SQL has its dates written out, for a day that has passed")


@dataclass(frozen=True)
class Marking:
    """Who marks, in which role, on which day."""

    person: str
    role: str
    day: datetime.date


def verified(answer: Answer, before: str | None, marking: Marking, reading: Reading) -> Verified:
    """What is kept of an answer; raises `AnalyticsError` where its plans no longer run."""
    as_of = answer.as_of or reading.as_of
    ran = tuple(each.plan for each in (*answer.parts, answer) if each.plan is not None)
    return Verified(
        model=model_name(reading),
        question=answer.question,
        language=answer.language,
        before=before,
        plans=answer.recipe,
        ran=ran,
        asked=asked_by(ran, reading.at(as_of)),
        as_of=as_of,
        role=marking.role,
        person=marking.person,
        day=marking.day,
    )


def why_stale(kept: Verified, warehouse: Warehouse) -> Text | None:
    """Why its plans no longer mean what they meant; None where they do.

    They do where, as of the same day and in the same role, they ask for the same tables by the same SQL. Rows may have
    come since.
    """
    try:
        with warehouse.reading(kept.role) as reading:
            if any(each["tool"] == SqlTool.name for each in kept.ran) and reading.as_of != kept.as_of:
                return DATED
            return None if asked_by(kept.ran, reading.at(kept.as_of)) == kept.asked else CHANGED
    except UNFIT as error:
        return Text(error.said("zh"), error.said("en"))
    except (KeyError, ValidationError):
        return CHANGED


def asked_by(plans: Sequence[Mapping[str, Any]], reading: Reading) -> tuple[str, ...]:
    """The SQL that plans ask for, with the types of what it gives, and which of their values occur at all."""
    watched, found = reading.watched(), []
    for each in plans:
        chosen = tool(each["tool"])
        result = chosen.run(chosen.Args.model_validate(each["args"]), Context(watched, 1, Stop(), "zh"))
        columns = result.table.columns if result.table else ()
        found.append(str([(column.name, column.type, column.unit) for column in columns]))
        found.append(str(sorted(_occurring(held(each["args"]), reading))))
    return (*watched.asked, *found)


def _occurring(plan: Held, reading: Reading) -> frozenset[str]:
    """Which of a plan's values stand in the data: one that is gone leaves nothing to count, and no error."""
    return frozenset(value for name in plan.names for value in plan.values & set(reading.values.get(name, ())))


def right(kept: Verified) -> Right:
    """What an answer by it tells of it."""
    return Right(kept.id, kept.question, kept.person, kept.day)


def model_name(reading: Reading) -> str:
    """What tells one semantic model's answers from another's."""
    return reading.model.name.en


def last_plan(answers: Sequence[Answer]) -> str | None:
    """The plan that a question may go on from, as text; None where there is none."""
    plan = next((each.plan for each in reversed(answers) if each.plan is not None), None)
    return None if plan is None else json.dumps(plan, ensure_ascii=False, sort_keys=True)


def stands_alone(answer: Answer, before: str, covered: Cover) -> bool:
    """Whether a plan has nothing of the one before that its question does not say itself."""
    plan = Held()
    for each in (*answer.parts, answer):
        plan |= Held() if each.plan is None else held(each.plan["args"])
    earlier, said = held(json.loads(before)["args"]), _said(covered)
    shared = (plan.names | plan.values) & (earlier.names | earlier.values)
    periods = [each for each in plan.periods if each in earlier.periods and each not in said.periods]
    return not (shared - said.names - said.values) and not periods and not plan.numbers & earlier.numbers


def _said(covered: Cover) -> Held:
    said = Held()
    for each in (mention.meaning for stretch in covered.stretches for mention in stretch):
        for part in _held(each):
            said |= part
    return said


def _held(meaning: Meaning) -> Iterator[Held]:
    match meaning:
        case Measure(metric=name) | Ranked(metric=name) | Dimension(name=name) | Dating(dimension=name):
            yield Held(names=frozenset({name}))
        case Deed(behaviour=name) | Member(segment=name):
            yield Held(names=frozenset({name}))
        case Grouping(group=group):
            yield Held(names=frozenset({group.dimension}))
        case Value(dimension=name, value=value):
            yield Held(names=frozenset({name}), values=frozenset({value}))
        case When(period=period):
            yield Held(periods=(period,))
        case _:
            pass

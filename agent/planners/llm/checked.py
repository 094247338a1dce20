"""A model's steps as calls: bound to the semantic model, and held against the question."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from agent.held import Held, held
from agent.links import Found, NoLink, Plans, found_by, linked
from agent.planner import Call, Move
from agent.planners.llm.briefing import Heard
from agent.planners.llm.faithful import Account, Check, not_in_sql
from agent.planners.llm.replies import Step
from agent.planners.llm.shape import shape
from agent.planners.llm.told import prepared
from agent.planners.llm.words import TANGLED, taken_for, unseen
from tools.registry import tool
from tools.sql import SqlTool
from warehouse.errors import BadSql, NotAllowed, QueryError, UnsafeSql
from warehouse.warehouse import Reading

MOST_NAMED = 6
MOST_MENDED, MOST_MENDED_SQL = 2, 1
TELLABLE = (QueryError, NotAllowed, UnsafeSql, BadSql)  # errors whose words hold no row


class Wrong(Exception):
    """A plan that does not resolve, or is not the question's; why, for the model, and how often it may be mended."""

    def __init__(self, why: str, most: int = MOST_MENDED) -> None:
        super().__init__(why)
        self.most = most


@dataclass(frozen=True)
class Plan:
    """The first call, and the steps after it; `idle` are words that the model would leave out."""

    first: Call
    later: tuple[Step, ...] = ()
    idle: tuple[str, ...] = ()


def checked(
    steps: Sequence[Step], heard: Heard, own: Call | None, before: Mapping[str, Any] | None, reading: Reading
) -> Plan:
    """The steps in the model's names; raises `Wrong`.

    What is the rules' `own` call needs no further check: `before` is the plan that the question may change.
    """
    if any(each.tool == SqlTool.name for each in steps):
        return _written(steps, heard, reading)
    calls, samples = _tried(steps, reading)
    if own is not None and [(each.tool, each.args) for each in calls] == [(own.tool, own.args)]:
        return Plan(replace(own, planner="llm"))
    whole = Held()
    for each in calls:
        whole |= held(each.args)
    account = Account({word: meant for each in steps for word, meant in each.words.items()})
    known = (Held() if before is None else held(before["args"])) | Held(values=frozenset(samples))
    done = shape([each.args for each in calls])
    check = Check(heard, whole, frozenset(each.tool for each in calls), account, known, reading, done)
    if wrongs := list(_wrongs(check)):
        raise Wrong("; ".join(wrongs))
    doubts = tuple(taken_for(told, meant, reading.model) for told, meant in check.taken().items())
    told = (*doubts, TANGLED) if done.tangled else doubts
    return Plan(replace(calls[0], doubts=told), tuple(steps[1:]), check.idle())


def next_call(step: Step, moves: Sequence[Move], reading: Reading) -> Call:
    """A later step, with what the moves before it gave; raises `Wrong`."""
    return _call(step, [each.call.args for each in moves], found_by(moves), reading)


def _tried(steps: Sequence[Step], reading: Reading) -> tuple[list[Call], list[str]]:
    """The steps as calls, each with a sample in the place of what an earlier one will find; and the samples."""
    samples: list[str] = []

    def sample(step: int, dimension: str) -> Sequence[str]:
        values = reading.values.get(dimension, ())[:1]
        if dimension not in {each if isinstance(each, str) else each["dimension"] for each in cuts(step)}:
            raise NoLink(f"step {step} lists no {dimension}")
        samples.extend(values)
        return values

    def cuts(step: int) -> Sequence[Any]:
        by = calls[step - 1].args.get("by") or ()
        return [by] if isinstance(by, str) else by

    calls: list[Call] = []
    for each in steps:
        calls.append(_call(each, [call.args for call in calls], sample, reading))
    return calls, samples


def _written(steps: Sequence[Step], heard: Heard, reading: Reading) -> Plan:
    """SQL, which nothing is checked of but that it runs; what it seems to leave out is told."""
    if len(steps) > 1:
        raise Wrong(f"{SqlTool.name} stands alone", MOST_MENDED_SQL)
    try:
        call = _call(steps[0], (), found_by(()), reading)
    except Wrong as wrong:
        raise Wrong(str(wrong), MOST_MENDED_SQL) from wrong
    return Plan(replace(call, doubts=tuple(map(unseen, not_in_sql(heard, call.args["sql"])))))


def _call(step: Step, plans: Plans, found: Found, reading: Reading) -> Call:
    chosen = tool(step.tool)
    try:
        told = prepared(step.args, reading.model.calendar)
        json.dumps(told, ensure_ascii=False).encode()
        args = chosen.Args.model_validate(prepared(linked(told, plans, found), reading.model.calendar))
        chosen.say(args, reading)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Wrong(f"{step.tool}: {place}: {first['msg']}") from error
    except NoLink as error:
        raise Wrong(str(error)) from error
    except (RecursionError, UnicodeEncodeError) as error:
        raise Wrong(f"{step.tool}: the arguments are nested too deep, or hold what is no character") from error
    except TELLABLE as error:
        raise Wrong(error.said("en")) from error
    return Call(step.tool, args.model_dump(mode="json"), planner="llm", told=told if plans else None)


def _wrongs(check: Check) -> Iterator[str]:
    if dropped := check.dropped():
        yield f"these words of the question are not in the call, nor in words: {_listed(dropped)}"
    if invented := check.invented():
        yield f"the question does not say {_listed(invented)}"
    if unfounded := check.unfounded():
        yield f"words: {_listed(unfounded)} is no name, value or argument of the call"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in words[:MOST_NAMED])

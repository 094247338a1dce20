"""Planning in the laws: what a question becomes, and when two plans ask the same."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, assume, reject, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from agent.analyst import language_of
from agent.planner import Ask, Call, Conversation, Finish, Turn
from agent.planners.rules import RulePlanner
from tests.agent.laws.shops import ALL
from tests.warehouse import drawn
from tools.audience import AudienceArgs
from tools.chart import CHART_WORDS
from tools.query.tool import QueryArgs
from tools.registry import tool
from warehouse.errors import AnalyticsError, QueryError
from warehouse.model import SemanticModel
from warehouse.query import All, Any_, Condition, Did, Filter, Not, Total
from warehouse.stop import Stop
from warehouse.text import LANGUAGES
from warehouse.warehouse import Reading

PLANNER = RulePlanner()
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "150"))
LAW = settings(max_examples=EXAMPLES // len(ALL) + 1, deadline=None, suppress_health_check=list(HealthCheck))
SETS = frozenset({"where", "all", "any", "values", "having", "keep"})


@dataclass(frozen=True)
class Plan:
    """A tool and its arguments."""

    tool: str
    args: BaseModel

    def said(self, reading: Reading) -> Iterator[str]:
        """The plan in words: in both languages, without its days and with them."""
        chosen = tool(self.tool)
        for dated in (False, True):
            words = chosen.say(self.args, reading, dated=dated)
            yield from (words.said(language) for language in LANGUAGES)

    def asks(self) -> Any:
        """What is asked, for comparing: conditions that all hold, or of which one does, stand in no order."""
        return self.tool, _unordered(self.args)


def planned(question: str, reading: Reading) -> Call | Ask | Finish:
    """The planner's first move; what it cannot carry is declined."""
    turn = Turn(question, language_of(question, "zh"), Conversation(), reading, Stop())
    try:
        return PLANNER.next(turn)
    except AnalyticsError:
        return Finish()


def read(question: str, reading: Reading) -> Plan | None:
    """The plan of a question that is answered without a word left over or taken for another, else None."""
    move = planned(question, reading)
    return plan_of(move) if isinstance(move, Call) and not move.unused and not move.doubts else None


def plan_of(call: Call) -> Plan:
    """The call's plan; raises where its arguments are none."""
    return Plan(call.tool, tool(call.tool).Args.model_validate(call.args))


def described(move: Call | Ask | Finish) -> str:
    """What became of a question, in a line."""
    match move:
        case Call():
            left = [*move.unused, *(each.zh for each in move.doubts)]
            return f"{move.tool} {dict(move.args)}" + (f" but {left}" if left else "")
        case Ask():
            return f"asks: {move.text.zh} {' | '.join(each.zh for each in move.options)}"
        case Finish(refusal=None):
            return "declined: no such plan"
        case Finish(refusal=refusal):
            return f"declined: {refusal.unused or refusal.text.zh}" if refusal else ""


def plans(reading: Reading) -> st.SearchStrategy[Plan]:
    """Any plan of numbers or of people that the model allows, every second one with few parts."""
    return plain_plans(reading) | told_plainly(queries(reading) | audiences(reading), reading)


def plain_plans(reading: Reading) -> st.SearchStrategy[Plan]:
    """Plans as people ask for them: few parts, none joined."""
    return told_plainly(plain_queries(reading) | plain_audiences(reading), reading)


def is_shallow(plan: Plan) -> bool:
    """Whether no condition of the plan joins or negates one that joins or negates others in turn."""
    return all(_depth(each) < 2 for each in getattr(plan.args, "where", ()))


def _depth(condition: Condition) -> int:
    match condition:
        case Not():
            return 1 + _depth(condition.not_)
        case All() | Any_():
            return 1 + max(map(_depth, condition.all if isinstance(condition, All) else condition.any))
        case _:
            return 0


def told_plainly(plans: st.SearchStrategy[Plan], reading: Reading) -> st.SearchStrategy[Plan]:
    """The plans in which what customers are stands beside what they did, not in it, where it would mean the same.

    No value begins or ends with a space, which nobody sees.
    """

    def is_plain(plan: Plan) -> bool:
        conditions = getattr(plan.args, "where", ())
        done = [each for one in conditions for each in drawn.leaves_of(one) if isinstance(each, Did | Total)]
        named = [drawn.dimension(reading.model, test.dimension) for each in done for test in each.where]
        spaced = (each != each.strip() for one in conditions for each in _values(one))
        return not any(reading.resolver.about_people(each) for each in named) and not any(spaced)

    return plans.filter(is_plain)


def _values(condition: Condition) -> Iterator[str]:
    """The values that a condition tests for."""
    for each in drawn.leaves_of(condition):
        tests = each.where if isinstance(each, Did | Total) else (each,)
        yield from (value for test in tests if isinstance(test, Filter) for value in test.values)


@st.composite
def plain_queries(draw: st.DrawFn, reading: Reading) -> Plan:
    """One or two metrics by at most one group, of one period, under at most one condition."""
    model = reading.model
    names = draw(st.lists(st.sampled_from(sorted(model.metrics)), min_size=1, max_size=2, unique=True))
    metrics = [model.metric(name) for name in names]
    assume(drawn.tied(model, metrics, []))
    by = draw(drawn.groups(reading, metrics, few=True, most=1))
    cut = [drawn.dimension(model, each.dimension) for each in by]
    filtered = any(drawn.tied(model, metrics, [*cut, each]) for each in drawn.testable(model))
    where = draw(st.lists(drawn.row_conditions(reading, metrics, cut), max_size=1)) if filtered else []
    args = {
        "metrics": names,
        "by": by,
        "grain": draw(st.none() | st.sampled_from(drawn.GRAINS)),
        "period": draw(st.none() | drawn.periods(reading, short=True)),
        "where": where,
        "chart": draw(st.none() | st.sampled_from(list(CHART_WORDS))),
    }
    plan = QueryArgs.model_validate(args)
    try:
        reading.resolver.query(plan)
    except QueryError:
        reject()
    return Plan("query", plan)


@st.composite
def plain_audiences(draw: st.DrawFn, reading: Reading) -> Plan:
    """People of one or two conditions, listed or counted."""
    where = draw(st.lists(drawn.about_customers(reading), min_size=1, max_size=2, unique=True))
    try:
        return Plan("audience", AudienceArgs(where=tuple(where), show=draw(st.sampled_from(["list", "count"]))))
    except ValidationError:
        reject()


@st.composite
def queries(draw: st.DrawFn, reading: Reading) -> Plan:
    """Metrics, with or without a chart asked for."""
    query = draw(drawn.queries(reading))
    chart = draw(st.none() | st.sampled_from(list(CHART_WORDS)))
    return Plan("query", QueryArgs(**dict(query), chart=chart))


@st.composite
def audiences(draw: st.DrawFn, reading: Reading) -> Plan:
    """People listed, counted or broken down."""
    people = draw(drawn.people(reading))
    cuts = [each.name for each in reading.model.groupings if reading.resolver.about_people(each)]
    shows: list[Any] = ["list", "count", *(["breakdown"] if cuts else [])]
    show = draw(st.sampled_from(shows))
    by = draw(st.sampled_from(cuts)) if show == "breakdown" else None
    return Plan("audience", AudienceArgs(where=people.where, show=show, by=by))


def surfaces(model: SemanticModel) -> Mapping[str, frozenset[tuple[str, str]]]:
    """Every word of the model, in small letters: of what kind it is, and the name of what it names.

    A value's name is its dimension's and its own, as in city=Leeds; "undone" is a behaviour that was not done.
    """
    known: dict[str, set[tuple[str, str]]] = {}

    def add(words: tuple[str, ...], kind: str, name: str) -> None:
        for word in words:
            known.setdefault(word.lower(), set()).add((kind, name))

    for metric in model.metrics.values():
        add((*metric.words.zh, *metric.words.en), "metric", metric.name)
        for per in metric.per.values():
            add(per, "metric", metric.name)
    for dimension in model.dimensions.values():
        add((*dimension.words.zh, *dimension.words.en), "dimension", dimension.name)
        for value, words in dimension.values.items():
            add((value, *words.zh, *words.en), "value", f"{dimension.name}={value}")
    for behaviour in model.behaviours.values():
        add((*behaviour.words.zh, *behaviour.words.en, *behaviour.bare), "behaviour", behaviour.name)
        add((*behaviour.negated.zh, *behaviour.negated.en), "undone", behaviour.name)
        add((*behaviour.counted.zh, *behaviour.counted.en), "counted", behaviour.name)
    for segment in model.segments.values():
        add((*segment.words.zh, *segment.words.en), "segment", segment.name)
    for occasion in model.calendar.occasions:
        add((*occasion.name, *occasion.also), "occasion", occasion.name.zh)
    return {word: frozenset(names) for word, names in known.items()}


def _unordered(part: Any) -> Any:
    """A plan as nested tuples, the order of what has none taken out, and conditions that all hold in one list."""
    match part:
        case BaseModel():
            fields = {name: getattr(part, name) for name in type(part).model_fields}
            return (type(part).__name__, *(_field(name, held) for name, held in fields.items()))
        case tuple():
            return tuple(map(_unordered, part))
        case _:
            return part


def _field(name: str, held: Any) -> Any:
    if name not in SETS or not isinstance(held, tuple):
        return name, _unordered(held)
    parts = list(_flat(held)) if name in {"where", "all"} else held
    return name, tuple(sorted((_unordered(each) for each in parts), key=repr))


def _flat(conditions: tuple[Any, ...]) -> Iterator[Any]:
    for each in conditions:
        if isinstance(each, All):
            yield from _flat(each.all)
        else:
            yield each

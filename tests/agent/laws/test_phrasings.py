"""The same asked in the many ways that people put it, of any model: one plan, whatever the order of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from agent.planner import Call
from tests.agent.laws.planning import LAW, Plan, described, plan_of, planned, surfaces
from tests.agent.laws.wordings import CHINESE
from tests.warehouse import drawn
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from warehouse.errors import QueryError
from warehouse.model import Behaviour, Dimension, Metric, SemanticModel
from warehouse.period import Last, Relative
from warehouse.query import Did, Filter, Measure, Not, Query
from warehouse.resolved import Measurement
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

CUT = (
    "{period}{value}的{metric}按{dimension}分", "{period}各{dimension}{value}的{metric}",
    "{value}{period}每个{dimension}的{metric}是多少", "按{dimension}看{period}{value}的{metric}",
    "{metric}按{dimension}，{period}，{value}", "{period}，{value}，{metric}，按{dimension}",
    "看一下{period}{value}分{dimension}的{metric}", "{metric} by {dimension} for {value} {period}",
    "{period} {metric} of {value} by {dimension}", "{metric} per {dimension}, {value}, {period}",
    "what was the {metric} {period} by {dimension} for {value}?",
)  # fmt: skip
RANKED = (
    "{period}{metric}最高的{n}个{dimension}", "{period}{metric}前{n}的{dimension}",
    "{period}{metric} top{n}的{dimension}", "{period}哪{n}个{dimension}的{metric}最高",
    "{metric}排名前{n}的{dimension}，{period}", "top {n} {dimension} by {metric} {period}",
    "{period}, top {n} {dimension} by {metric}",
)  # fmt: skip
SHARED = (
    "{period}各{dimension}的{metric}占比", "{period}{metric}按{dimension}的占比",
    "{period}{metric}各{dimension}占多少", "share of {metric} by {dimension} {period}",
    "{metric} share by {dimension}, {period}",
)  # fmt: skip
TREND = (
    "{period}每个月的{metric}", "{period}{metric}按月的趋势", "{metric}{period}逐月走势", "{period}月度{metric}",
    "monthly {metric} {period}", "{metric} by month {period}", "{metric} trend by month, {period}",
)  # fmt: skip
BEFORE = (
    "{period}{metric}环比", "{period}的{metric}和上期比怎么样", "{metric} {period} versus the period before",
    "{metric} {period} compared to the previous period",
)  # fmt: skip
DONE = (
    "{period}{did}但{undone}的{people}有哪些", "{period}{did}、{undone}的{people}名单",
    "哪些{people}{period}{did}但是{undone}", "{period}谁{did}却{undone}", "{people} who {did} {period} but {undone}",
    "which {people} {did} {period} and {undone}?", "list the {people} who {did} but {undone} {period}",
)  # fmt: skip
COUNTED = (
    "{period}{did}的{people}有多少", "{period}有多少{people}{did}", "{period}多少人{did}",
    "how many {people} {did} {period}?", "{period} how many {people} {did}",
)  # fmt: skip
OPENING = ("since", "through")  # behind a name that ends so, a period may be open to one side, or be all of it
PERIODS = st.one_of(
    st.builds(Last, n=st.integers(2, 90), unit=st.just("day")),
    st.builds(Relative, unit=st.sampled_from(["week", "month", "quarter", "year"]), offset=st.integers(-1, 0)),
)


@dataclass(frozen=True)
class Asked:
    """A plan, the ways to ask for it, and the words to fill in; `also` is a plan that shows more, and is as good."""

    plan: Plan
    forms: Sequence[str]
    words: dict[str, Text]
    also: Plan | None = None

    def is_met_by(self, plan: Plan) -> bool:
        """Whether the plan is what was asked."""
        return plan.asks() in [each.asks() for each in (self.plan, self.also) if each is not None]

    def questions(self) -> Iterator[str]:
        """The plan asked in each way, but for a name that runs into the period behind it: paid since last year."""
        running = [f" {word} {self.words['period'].en}" for word in OPENING]
        for form in self.forms:
            language: Language = "zh" if CHINESE.search(form) else "en"
            question = form.format(**{name: words.said(language) for name, words in self.words.items()})
            if not any(each in question for each in running):
                yield question


@st.composite
def cuts(draw: st.DrawFn, reading: Reading) -> Asked:
    """A metric by a dimension, of one value of another."""
    metric, dimension, words = draw(measured(reading))
    others = [each for each in valued(reading, metric) if each is not dimension]
    assume(others)
    other = draw(st.sampled_from(others))
    told = draw(st.sampled_from(sorted(other.values)))
    assume(not has_other_meaning(told, dimension, reading))
    value = Filter(dimension=other.name, values=(told,))
    plan = Query(metrics=(metric.name,), by=(dimension.name,), where=(value,))
    words["value"] = reading.sayer.condition(bound(plan, reading).where[0])
    assume("：" not in words["value"].zh and ":" not in words["value"].en)  # it is no name of its own
    return asked(plan, CUT, words, reading, draw(PERIODS))


@st.composite
def rankings(draw: st.DrawFn, reading: Reading) -> Asked:
    """The groups where a metric is highest."""
    metric, dimension, words = draw(measured(reading))
    n = draw(st.integers(2, 9))
    plan = Query(metrics=(metric.name,), by=(dimension.name,), order={"column": metric.name}, limit=n)
    return asked(plan, RANKED, {**words, "n": Text(str(n), str(n))}, reading, draw(PERIODS))


@st.composite
def shares(draw: st.DrawFn, reading: Reading) -> Asked:
    """Each group's part of a total, of a metric whose parts make one."""
    metric, dimension, words = draw(measured(reading))
    assume(drawn.linear(reading.model, metric, [dimension]))
    assume(not share_is_named(metric, reading.model))
    share = Measure(metric=metric.name, show="share")
    plan = Query(metrics=(share,), by=(dimension.name,))
    beside = plan.model_copy(update={"metrics": (Measure(metric=metric.name), share)})
    return asked(plan, SHARED, words, reading, draw(PERIODS), also=beside)


@st.composite
def trends(draw: st.DrawFn, reading: Reading) -> Asked:
    """A metric month by month, or against the period before."""
    metric, _, words = draw(measured(reading))
    if draw(st.booleans()):
        long = st.builds(Last, n=st.integers(2, 12), unit=st.just("month")) | st.just(Relative(unit="year", offset=-1))
        open_ = metric.words.label.en.startswith("average")  # monthly average spend: the mean of the months, too
        forms = [each for each in TREND if not (open_ and each.startswith("monthly"))]
        return asked(Query(metrics=(metric.name,), grain="month"), forms, words, reading, draw(long))
    plan = Query(metrics=(metric.name,), compare={"period": "previous"})
    return asked(plan, BEFORE, words, reading, draw(PERIODS))


@st.composite
def crowds(draw: st.DrawFn, reading: Reading) -> Asked:
    """People who did one thing, and did not do another, or the count of those who did it.

    When people became customers does not bound what they did later: 本月注册但未下单 is none ever.
    """
    model, period = reading.model, draw(PERIODS)
    first, second = draw(st.lists(st.sampled_from(sorted(model.behaviours)), min_size=2, max_size=2, unique=True))
    assume(not are_states(model.behaviour(first), model.behaviour(second)))
    label = model.customer.words.label
    words = {
        "people": Text(label.zh, f"{label.en}s"),
        "did": model.behaviour(first).words.label,
        "undone": model.behaviour(second).negated.label,
        "period": within(said(period, reading)),
    }
    done = Did(behaviour=first, period=period)
    if draw(st.booleans()):
        return Asked(Plan("audience", AudienceArgs(where=(done,), show="count")), COUNTED, words)
    became = model.behaviour(first).source == model.customer.source
    undone = Not(not_=Did(behaviour=second, period=None if became else period))
    return Asked(Plan("audience", AudienceArgs(where=(done, undone))), DONE[:-1] if became else DONE, words)


@st.composite
def measured(draw: st.DrawFn, reading: Reading) -> tuple[Metric, Dimension, dict[str, Text]]:
    """A metric and a dimension that it can be cut by, with their words."""
    model = reading.model
    metric = model.metric(draw(st.sampled_from(sorted(model.metrics))))
    tied = [each for each in model.groupings if drawn.tied(model, [metric], [each])]
    assume(tied)
    dimension = draw(st.sampled_from(tied))
    return metric, dimension, {"metric": metric.words.label, "dimension": dimension.words.label}


def are_states(one: Behaviour, other: Behaviour) -> bool:
    """Whether two behaviours are earlier and later states of one row: received, and opened or not."""
    return one.source == other.source and one.time != other.time


def has_other_meaning(value: str, dimension: Dimension, reading: Reading) -> bool:
    """Whether a value's word is one of the named dimension's values, too, or one that people mean several things by."""
    unclear = [word for each in reading.model.unclear for word in (*each.words.zh, *each.words.en)]
    return value in reading.values[dimension.name] or value in unclear


def share_is_named(metric: Metric, model: SemanticModel) -> bool:
    """Whether the model has another metric by the name that a metric's share would have: 新增用户占比."""
    label = metric.words.label
    names = surfaces(model)
    return any(each.lower() in names for each in (f"{label.zh}占比", f"{label.en} share", f"share of {label.en}"))


def valued(reading: Reading, metric: Metric) -> list[Dimension]:
    """The dimensions whose values the model lists, and which the metric can be cut by."""
    model = reading.model
    return [each for each in model.groupings if each.values and drawn.tied(model, [metric], [each])]


def asked(
    query: Query,
    forms: Sequence[str],
    words: dict[str, Text],
    reading: Reading,
    period: Last | Relative,
    also: Query | None = None,
) -> Asked:
    """The query of that period, if the model carries it."""
    plan, other = (None if each is None else each.model_copy(update={"period": period}) for each in (query, also))
    assert plan is not None
    bound(plan, reading)
    words = {**words, "period": said(period, reading)}
    return Asked(_plan(plan), forms, words, None if other is None else _plan(other))


def _plan(query: Query) -> Plan:
    return Plan("query", QueryArgs(**dict(query)))


def bound(query: Query, reading: Reading) -> Measurement:
    """The query bound to the model; leaves out one that it does not carry."""
    try:
        return reading.resolver.query(query)
    except QueryError:
        reject()


def said(period: Last | Relative, reading: Reading) -> Text:
    """The period in both languages."""
    return Text(period.say("zh", reading.model.calendar), period.say("en", reading.model.calendar))


def within(period: Text) -> Text:
    """The period as it stands beside what was done: in the last 7 days."""
    return Text(period.zh, f"in {period.en}" if period.en.startswith("the ") else period.en)


def misread(asked: Asked, reading: Reading) -> Iterator[str]:
    """Each way to ask that gives another plan, or none."""
    for question in asked.questions():
        move = planned(question, reading)
        if not isinstance(move, Call):
            yield f"declined {question!r}\n    {described(move)}"
        elif not asked.is_met_by(plan_of(move)) or move.unused:
            yield f"WRONG {question!r}\n    {described(move)}"


def phrasings(reading: Reading) -> st.SearchStrategy[Asked]:
    """Plans of every kind that people ask for all day."""
    return st.one_of(cuts(reading), rankings(reading), shares(reading), trends(reading), crowds(reading))


@pytest.mark.soak  # does not hold of every model yet: docs/decisions/0002
@LAW
@given(data=st.data())
def test_the_order_of_the_parts_does_not_matter(data: st.DataObject, reading: Reading) -> None:
    assert list(misread(data.draw(phrasings(reading)), reading)) == []

"""Laws 1 and 3: what a plan says is read back as that plan, and no word is dropped in silence."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, reject, settings
from hypothesis import strategies as st

from agent.planner import Ask, Call, Conversation, Finish, Turn
from agent.planners.rules import RulePlanner
from tests.conftest import AS_OF
from tools.audience import AudienceArgs
from tools.chart import CHART_WORDS
from tools.query.tool import QueryArgs
from tools.registry import tool
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NoJoinPath
from warehouse.load import DEMO, load
from warehouse.model import Dimension
from warehouse.period import Last, Part, Relative
from warehouse.query import Bounds, Condition, Did, Filter, Not, Ranged, contradicts
from warehouse.stop import Stop
from warehouse.text import LANGUAGES, Language
from warehouse.warehouse import Reading, Warehouse

PLANNER = RulePlanner()
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
MODEL = load(DEMO)
# Names that hold a period, or who did what, are read as that.
CLAUSES = {"recent_units", "favoriters", "carters"}
# Values that are as well words of their own: 新品, 优惠券, 已付款.
WORDS = {"新品", "优惠券", "已付款"}
# 上周 before 六盘水 is 上周六: such a question is declined.
WEEKDAYS = tuple("一二三四五六日天")
# Done to one message, or coupon, or to any; a registration bounds nothing: two of them in a question are asked about.
LASTING = {"register"}
ASKED_ABOUT = (
    LASTING,
    {"receive", "open", "click", "unopened", "opened_of_received"},
    {"get_coupon", "use_coupon", "unused_coupon", "used_of_issued"},
)
PERIODS = st.one_of(
    st.none(),
    st.builds(Last, n=st.integers(1, 400), unit=st.sampled_from(["day", "week"])),
    st.builds(Last, n=st.integers(1, 13), unit=st.sampled_from(["month", "quarter", "year"])),
    st.builds(Relative, unit=st.sampled_from(["day", "week", "month", "quarter", "year"]), offset=st.integers(-2, 0)),
    st.builds(Part, unit=st.just("month"), number=st.integers(1, 12), year=st.integers(2024, 2025)),
)
BIRTHS = st.tuples(st.integers(1950, 2010), st.integers(0, 30)).map(
    lambda years: Ranged(dimension="birth_year", bounds=Bounds(at_least=years[0], at_most=years[0] + years[1]))
)
DEEDS = st.builds(Did, behaviour=st.sampled_from(sorted(MODEL.behaviours)), period=PERIODS)
METRICS = st.lists(st.sampled_from(sorted(set(MODEL.metrics) - CLAUSES)), min_size=1, max_size=3, unique=True)


def is_tail(name: str) -> bool:
    """Whether another metric's name ends with this one's: beside others it is asked about which is meant."""
    label = MODEL.metrics[name].words.label
    others = [each.words for each in MODEL.metrics.values() if each.name != name]
    surfaces = [(label.zh, word) for each in others for word in each.zh]
    surfaces += [(label.en, word) for each in others for word in each.en]
    return any(word.endswith(mine) for mine, word in surfaces)


def family(asked: Filter) -> frozenset[str]:
    """The dimensions that share values with this one: two of them in a row are read as one list."""
    values = set(MODEL.dimensions[asked.dimension].values)
    return frozenset(each.name for each in MODEL.groupings if values & set(each.values))


def one_value(dimensions: Sequence[Dimension]) -> st.SearchStrategy[Filter]:
    """A filter on one listed value of one of the dimensions."""
    pairs = [
        (each.name, value)
        for each in dimensions
        for value in each.values
        if value not in WORDS and not value.startswith(WEEKDAYS)
    ]
    return st.sampled_from(pairs).map(lambda pair: Filter(dimension=pair[0], values=(pair[1],)))


@st.composite
def queries(draw: st.DrawFn, reading: Reading) -> QueryArgs:
    """Metrics by dimensions that all of them are tied to, filtered by values of such dimensions."""
    metrics = draw(METRICS)
    assume(len(metrics) == 1 or not any(map(is_tail, metrics)))
    tied = [
        each
        for each in reading.model.groupings
        if all(reading.resolver.tied([reading.model.metric(name)], each) for name in metrics)
    ]
    valued = [each for each in tied if each.values]
    by = draw(st.lists(st.sampled_from([each.name for each in tied]), max_size=2, unique=True)) if tied else []
    values = draw(st.lists(one_value(valued), max_size=2, unique_by=family)) if valued else []
    where: list[Condition] = [*values]
    if reading.resolver.tied(map(reading.model.metric, metrics), reading.model.dimension("birth_year")):
        where = [*where, *draw(st.lists(BIRTHS, max_size=1))]
    routes = [reading.model.metric(name).routes for name in metrics]
    untimed = any(each and all(route.at is None for route in each) for each in routes)
    args = QueryArgs.model_validate(
        {
            "metrics": metrics,
            "by": by,
            "grain": None
            if untimed
            else draw(st.none() | st.sampled_from(["day", "week", "month", "quarter", "year"])),
            "period": None if untimed else draw(PERIODS),
            "where": where,
            "chart": draw(st.none() | st.sampled_from(list(CHART_WORDS))),
        }
    )
    try:
        reading.resolver.query(args)
    except NoJoinPath:
        reject()  # each is tied, and no way leads to all of them at once
    return args


@st.composite
def audiences(draw: st.DrawFn, reading: Reading) -> AudienceArgs:
    """What people did and did not, and what they are."""
    deeds = draw(st.lists(st.tuples(DEEDS, st.booleans()), min_size=1, max_size=3))
    named = [deed.behaviour for deed, _ in deeds]
    assume(all(len(named) == 1 or len(same.intersection(named)) < 2 - (same == LASTING) for same in ASKED_ABOUT))
    did = tuple(Not(not_=deed) if negated else deed for deed, negated in deeds)
    people = [each for each in reading.model.groupings if reading.resolver.about_people(each)]
    values = draw(st.lists(one_value([each for each in people if each.values]), max_size=2, unique_by=family))
    where: tuple[Condition, ...] = (*did, *values, *draw(st.lists(BIRTHS, max_size=1)))
    assume(len(set(where)) == len(where) and not contradicts(where))
    show: Any = draw(st.sampled_from(["list", "count", "breakdown"]))
    by = draw(st.sampled_from([each.name for each in people])) if show == "breakdown" else None
    return AudienceArgs(where=where, show=show, by=by)


@pytest.fixture(scope="module")
def reading(tiny_warehouse: Warehouse) -> Iterator[Reading]:
    with tiny_warehouse.reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def tiny_warehouse(tiny: Any) -> Warehouse:
    return Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF)


def planned(question: str, language: Language, reading: Reading) -> Call | Ask | Finish:
    return PLANNER.next(Turn(question, language, Conversation(), reading, Stop()))


def check(args: QueryArgs | AudienceArgs, name: str, reading: Reading) -> None:
    """Said shortly and said whole, in both languages, the plan is read back."""
    chosen = tool(name)
    for language in LANGUAGES:
        for said in (chosen.say(args, reading), chosen.say(args, reading, dated=True)):
            question = said.said(language)
            move = planned(question, language, reading)
            assert isinstance(move, Call), (question, move)
            assert move.tool == name, question
            assert chosen.Args.model_validate(move.args) == args, question


LAW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@LAW
@given(data=st.data())
def test_a_query_said_is_read_back(data: st.DataObject, reading: Reading) -> None:
    check(data.draw(queries(reading)), "query", reading)


@LAW
@given(data=st.data())
def test_an_audience_said_is_read_back(data: st.DataObject, reading: Reading) -> None:
    check(data.draw(audiences(reading)), "audience", reading)


KNOWN = [
    "最近7天活跃但未下单的95后女性有哪些",
    "上个月各平台GMV",
    "daily revenue in the last 30 days",
    "how many users were active yesterday",
]
STRANGE = [
    "转化",
    "环比",
    "不是",
    "前五",
    "竞品",
    "拒收",
    "30",
    "100元",
    "超过",
    "除了",
    "同比",
    "为什么",
    "预测",
    "zebra",
    "most",
    "except",
    "vs",
    "average",
    "never",
]
FOLLOW_UPS = [
    "那男性呢",
    "换成按城市",
    "只看上海",
    "上个月呢",
    "画成饼图",
    "再加上订单数",
    "里面加购过的有多少人",
    "make_it_weekly",
    "what_about_Beijing",
]


@pytest.mark.parametrize("question", KNOWN)
@pytest.mark.parametrize("word", STRANGE)
def test_a_word_that_cannot_be_carried_stops_the_answer(question: str, word: str, reading: Reading) -> None:
    for changed in (f"{word} {question}", f"{question} {word}"):
        move = planned(changed, "zh", reading)
        assert isinstance(move, Finish), changed
        assert move.refusal is not None
        assert any(word in each or each in word for each in move.refusal.unused), (changed, move.refusal.unused)


@pytest.mark.parametrize("question", KNOWN)
@pytest.mark.parametrize("polite", ["请问{}", "帮我看看{}", "{}？", "{}呢", "　{}　", "please {}", "{}!!", "{}\n"])
def test_politeness_and_punctuation_change_nothing(question: str, polite: str, reading: Reading) -> None:
    assert planned(polite.format(question), "zh", reading) == planned(question, "zh", reading)


@pytest.mark.parametrize("question", [each.replace("_", " ") for each in FOLLOW_UPS])
def test_a_follow_up_is_not_taken_for_a_question(question: str, reading: Reading) -> None:
    assert isinstance(planned(question, "zh", reading), Finish)


@settings(max_examples=3 * EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
@example(text="'; DROP TABLE users; --")
@example(text="<script>alert(1)</script>")
@example(text="\x00\x1b[31m")
@example(text="👗" * 50)
@example(text="？！。，")
def test_any_text_gets_a_move(text: str, reading: Reading) -> None:
    assert isinstance(planned(text, "zh", reading), Call | Ask | Finish)


@LAW
@given(data=st.data())
def test_pieces_of_questions_are_never_confident_nonsense(data: st.DataObject, reading: Reading) -> None:
    """A splice of two questions is refused, or carries every metric and period that stands in it."""
    first, second = data.draw(st.sampled_from(KNOWN)), data.draw(st.sampled_from(KNOWN))
    text = first[: data.draw(st.integers(0, len(first)))] + second[data.draw(st.integers(0, len(second))) :]
    try:
        move = planned(text, "zh", reading)
    except NoJoinPath:
        return
    if not isinstance(move, Call):
        return
    chosen = tool(move.tool)
    said = chosen.say(chosen.Args.model_validate(move.args), reading)
    for word in ("GMV", "95后", "最近7天", "上个月", "yesterday", "未下单"):
        if word in text:
            assert word in said.zh + said.en, (text, said)


def test_a_long_question_is_declined(reading: Reading) -> None:
    move = planned("GMV" * 5000, "zh", reading)
    assert isinstance(move, Finish)
    assert move.refusal is not None

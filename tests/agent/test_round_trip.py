"""Laws 1 and 3: what a plan says is read back as that plan, and no word is dropped in silence."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from agent.planner import Ask, Call, Conversation, Finish, Turn
from agent.planners.rules import RulePlanner
from tests.conftest import AS_OF
from tools.audience import AudienceArgs
from tools.query import CHART_WORDS, QueryArgs
from tools.registry import tool
from warehouse.days import Grain
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NoJoinPath
from warehouse.load import DEMO, load
from warehouse.period import Last, Part, Relative
from warehouse.query import Did, Filter, contradicts
from warehouse.stop import Stop
from warehouse.text import LANGUAGES, Language
from warehouse.warehouse import Reading, Warehouse

PLANNER = RulePlanner()
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
METRICS = ["gmv", "revenue", "orders", "buyers", "active_users"]
PERIODS = st.one_of(
    st.none(),
    st.builds(Last, n=st.integers(1, 400), unit=st.sampled_from(["day", "week"])),
    st.builds(Last, n=st.integers(1, 13), unit=st.sampled_from(["month", "quarter", "year"])),
    st.builds(Relative, unit=st.sampled_from(["day", "week", "month", "quarter", "year"]), offset=st.integers(-2, 0)),
    st.builds(Part, unit=st.just("month"), number=st.integers(1, 12), year=st.integers(2024, 2025)),
)
BIRTHS = st.tuples(st.integers(1950, 2010), st.integers(0, 30)).map(
    lambda years: Filter(dimension="birth_year", op="between", values=(years[0], years[0] + years[1]))
)
GENDERS = st.sampled_from(["女", "男", "未知"]).map(lambda value: Filter(dimension="gender", values=(value,)))
PLATFORMS = st.sampled_from(["天猫", "京东", "小程序"]).map(lambda value: Filter(dimension="platform", values=(value,)))
CITIES = st.sampled_from(["杭州", "上海", "北京"]).map(lambda value: Filter(dimension="city", values=(value,)))


def some(*strategies: st.SearchStrategy[Filter]) -> st.SearchStrategy[tuple[Filter, ...]]:
    """At most one filter of each kind, in any order that saying gives them."""
    each = [st.one_of(st.just(()), strategy.map(lambda made: (made,))) for strategy in strategies]
    return st.tuples(*each).map(lambda made: tuple(one for few in made for one in few))


@st.composite
def queries(draw: st.DrawFn) -> QueryArgs:
    metrics = draw(st.lists(st.sampled_from(METRICS), min_size=1, unique=True))
    of_orders = "active_users" not in metrics
    cuts = ["gender", "city", *(["platform"] * of_orders)]
    return QueryArgs(
        metrics=tuple(metrics),
        by=tuple(draw(st.lists(st.sampled_from(cuts), max_size=2, unique=True))),
        grain=draw(st.none() | st.sampled_from(list[Grain](["day", "week", "month", "quarter", "year"]))),
        period=draw(PERIODS),
        where=draw(some(GENDERS, CITIES, *([PLATFORMS] * of_orders), BIRTHS)),
        chart=draw(st.none() | st.sampled_from(list(CHART_WORDS))),
    )


@st.composite
def audiences(draw: st.DrawFn) -> AudienceArgs:
    deeds = draw(
        st.lists(
            st.builds(Did, behaviour=st.sampled_from(["active", "order"]), period=PERIODS, negated=st.booleans()),
            min_size=1,
            max_size=3,
        )
    )
    assume(not contradicts(deeds))
    show: Any = draw(st.sampled_from(["list", "count", "breakdown"]))
    by = draw(st.sampled_from(["gender", "city"])) if show == "breakdown" else None
    return AudienceArgs(did=tuple(deeds), where=draw(some(GENDERS, CITIES, BIRTHS)), show=show, by=by)


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


LAW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAW
@given(args=queries())
def test_a_query_said_is_read_back(args: QueryArgs, reading: Reading) -> None:
    check(args, "query", reading)


@LAW
@given(args=audiences())
def test_an_audience_said_is_read_back(args: AudienceArgs, reading: Reading) -> None:
    check(args, "audience", reading)


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
    "退款",
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
    move = planned(text, "zh", reading)
    if not isinstance(move, Call):
        return
    chosen = tool(move.tool)
    try:
        said = chosen.say(chosen.Args.model_validate(move.args), reading)
    except NoJoinPath:
        return
    for word in ("GMV", "95后", "最近7天", "上个月", "yesterday", "未下单"):
        if word in text:
            assert word in said.zh + said.en, (text, said)


def test_a_long_question_is_declined(reading: Reading) -> None:
    move = planned("GMV" * 5000, "zh", reading)
    assert isinstance(move, Finish)
    assert move.refusal is not None

"""What plans say: complete, in both languages, and never the same words for two plans."""

import calendar
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.warehouse.plans import UNLISTED, changed, people, queries
from warehouse.amounts import digits
from warehouse.errors import AnalyticsError
from warehouse.load import DEMO, load
from warehouse.model import Words
from warehouse.named import Named
from warehouse.period import Last, Relative
from warehouse.query import Any_, Bounds, Did, Filter, Measure, Not, People, Query, Segment, Total
from warehouse.resolve import Resolver, about_customers
from warehouse.resolved import Crowd, Measurement
from warehouse.saying import Sayer, bucket
from warehouse.text import LANGUAGES, Text
from warehouse.timepart import TIME_PARTS

AS_OF = date(2026, 6, 30)
FIRST_DAY = date(2024, 7, 1)
SHOP = load(DEMO)
MODEL = replace(SHOP, calendar=replace(SHOP.calendar, first_day=FIRST_DAY))
RESOLVER = Resolver(MODEL, AS_OF, lambda _: FIRST_DAY, lambda name: UNLISTED.get(name, ("云感",)))
SAYERS = (Sayer(AS_OF, MODEL), Sayer(AS_OF, MODEL, dated=False))
USERS = Text("用户", "users")
GOLDENS = yaml.safe_load((Path(__file__).parent / "sayings.yml").read_text("utf-8"))
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "60"))
LAW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def bound(plan: Query | People) -> Measurement | Crowd:
    """The plan bound to the model."""
    return RESOLVER.query(plan) if isinstance(plan, Query) else RESOLVER.people(plan)


def carried(plan: Any) -> bool:
    """Whether it is a plan that the model carries."""
    try:
        return isinstance(plan, Query | People) and bound(plan) is not None
    except AnalyticsError:
        return False


@st.composite
def plans(draw: st.DrawFn) -> Query | People:
    """Plans that the model carries."""
    either: st.SearchStrategy[Any] = queries() | people
    plan: Query | People = draw(either)
    assume(carried(plan))
    return plan


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Query | People, Query | People]:
    """Two plans that the model carries, which differ in one field and mean different things."""
    plan = draw(plans())
    other = draw(changed(plan))
    assume(carried(other))
    assert isinstance(other, Query | People)
    assume(told_apart(other) != told_apart(plan))
    return plan, other


def said(plan: Query | People, sayer: Sayer = SAYERS[0]) -> Text:
    asked = bound(plan)
    return sayer.crowd(asked, USERS) if isinstance(asked, Crowd) else sayer.measurement(asked)


def written(plan: dict[str, Any]) -> Query | People:
    return People.model_validate({"where": plan["people"]}) if "people" in plan else Query.model_validate(plan)


@pytest.mark.parametrize("golden", GOLDENS, ids=range(len(GOLDENS)))
def test_a_plan_says_itself(golden: dict[str, Any]) -> None:
    assert said(written(golden["plan"])) == Text(golden["zh"], golden["en"])


UNDATED = [
    (
        {
            "metrics": ["revenue"],
            "period": {"kind": "relative", "unit": "month", "offset": 0},
            "compare": {"period": "previous"},
        },
        Text("本月的销售额，环比", "revenue, this month, versus the period before"),
    ),
    (
        {"metrics": ["orders"], "where": [{"dimension": "hour", "bounds": {"at_least": 18, "at_most": 20}}]},
        Text("全部时间18点到20点的订单数", "orders, all time, 18:00–20:59"),
    ),
    (
        {
            "metrics": ["orders"],
            "period": {"kind": "part", "unit": "month", "number": 3},
            "where": [{"dimension": "hour", "bounds": {"at_least": 9, "at_most": 9}}],
        },
        Text("3月 9点的订单数", "orders, March, 09:00–09:59"),
    ),
    (
        {
            "people": [
                {"behaviour": "active", "period": {"kind": "last", "n": 7, "unit": "day"}},
                {"not": {"behaviour": "order", "period": {"kind": "last", "n": 7, "unit": "day"}}},
                {"dimension": "birth_year", "bounds": {"at_least": 1995, "at_most": 1999}},
            ]
        },
        Text(
            "最近7天活跃、同期未下单的用户，95后",
            "users who were active in the last 7 days, placed no order in the same days, born 1995–1999",
        ),
    ),
    ({"people": [{"segment": "churned"}]}, Text("属于流失用户的用户", "users who belong to churned users")),
]


@pytest.mark.parametrize(("plan", "words"), UNDATED, ids=[words.en for _, words in UNDATED])
def test_undated_it_says_no_more_than_the_names(plan: dict[str, Any], words: Text) -> None:
    assert said(written(plan), SAYERS[1]) == words


def told_apart(plan: Query | People) -> str:
    """The plan without the order of its conditions, which changes nothing: what was done is said first."""
    asked = bound(plan)
    kinds = [about_customers(held) for held in asked.where]
    ordered = sorted(zip(kinds, map(repr, plan.where), strict=False), key=lambda one: not one[0])
    return repr((plan.model_copy(update={"where": ()}), ordered))


@LAW
@given(pair=pairs())
def test_two_plans_never_say_the_same(pair: tuple[Query | People, Query | People]) -> None:
    for sayer in SAYERS:
        one, another = (said(plan, sayer) for plan in pair)
        assert one.zh != another.zh
        assert one.en != another.en


def parts(part: BaseModel) -> Iterator[BaseModel]:
    """A plan and all that it holds."""
    yield part
    for name in type(part).model_fields:
        held = getattr(part, name)
        for each in held if isinstance(held, tuple) else [held]:
            if isinstance(each, BaseModel):
                yield from parts(each)


def forms(number: float) -> list[str]:
    """The ways in which a bound may be written: as it is, in hundredths, as a year, as an hour, as a weekday."""
    written = [digits(number), digits(Decimal(repr(number)) * 100), digits(number).replace(",", "")]
    weekdays = [f"周{name}" for name in "一二三四五六日"]
    if isinstance(number, int) and number in range(1, 8):
        written += [weekdays[number - 1], calendar.day_name[number - 1]]
    return [*written, f"{number:02}:"]


def told(part: BaseModel) -> list[Text]:
    """The names that must stand in a saying of the part; what was just done, or not, has words of its own."""
    names: list[Text] = []
    match part:
        case Measure() | Total():
            names = [MODEL.metric(part.metric).words.label]
        case Did() if part.which != "any" or any((part.times, part.days, part.in_a_row)):
            names = [MODEL.behaviour(part.behaviour).words.label]
        case Segment():
            names = [MODEL.segment(part.segment).words.label]
        case Filter() if part.dimension not in TIME_PARTS or part.op != "in":
            values = [value.replace("“", "““").replace("”", "””") for value in part.values]
            names = [Text(value, value) for value in values]
        case Query(limit=int(limit)):
            names = [Text(f"{limit:,}", f"{limit:,}")]
    return names


@LAW
@given(plan=plans())
def test_nothing_is_left_out(plan: Query | People) -> None:
    words = said(plan, SAYERS[1])
    for part in parts(plan):
        for name in told(part):
            assert name.zh in words.zh
            assert name.en in words.en
        if isinstance(part, Bounds):
            for number in (each for each in part.model_dump().values() if each is not None):
                assert any(form in words.zh or form in words.en for form in forms(number))
        period = getattr(part, "period", None)
        if isinstance(period, Named):
            assert all(period.say(each, MODEL.calendar) in words.said(each) for each in LANGUAGES)


def known_words() -> list[Words]:
    """What the model calls its things, in both languages."""
    return [
        *(each.words for each in MODEL.metrics.values()),
        *(each.words for each in MODEL.dimensions.values()),
        *(each.words for each in MODEL.behaviours.values()),
        *(each.words for each in MODEL.segments.values()),
        *(words for each in MODEL.dimensions.values() for words in each.values.values()),
    ]


LATIN_NAMES = sorted({word for words in known_words() for word in words.zh if re.search("[A-Za-z]", word)}, key=len)


@LAW
@given(plan=plans())
def test_each_language_keeps_to_itself(plan: Query | People) -> None:
    words = said(plan)
    quotes = re.compile("“(?:[^“”]|““|””)*”")
    values = sorted({value for each in parts(plan) if isinstance(each, Filter) for value in each.values}, key=len)
    zh, en = quotes.sub("", words.zh), quotes.sub("", words.en)
    for name in (*reversed(LATIN_NAMES), *reversed(values)):
        zh = zh.replace(name, "")
    versus = [getattr(plan, "compare", None)]
    for name in (*reversed(values), *(getattr(each, side, "") for each in versus for side in ("first", "second"))):
        en = en.replace(name, "") if isinstance(name, str) else en
    assert re.search(r"[A-Za-z{}]|None", zh) is None, zh
    assert re.search(r"[一-鿿，。、（）：{}]|None", en.replace("重要价值客户", "")) is None, en


def test_values_alone_are_of_one_dimension() -> None:
    """A value that stands alone is said so for one dimension only."""
    plans = {
        (name, value): Query(metrics=("revenue",), where=(Filter(dimension=name, values=(value,)),))
        for name, dimension in MODEL.dimensions.items()
        for value in dimension.values
    }
    told: dict[str, tuple[str, str]] = {}
    for key, plan in plans.items():
        try:
            asked = RESOLVER.query(plan)
        except AnalyticsError:
            continue
        words = SAYERS[0].condition(asked.where[0]).zh
        assert told.setdefault(words, key) == key
    assert told["杭州"] == ("city", "杭州")
    assert told["浙江"] == ("province", "浙江")
    assert told["iOS"] == ("device", "iOS")


def test_same_days_are_those_told_last() -> None:
    """A window is said again where another stood between."""
    week, month = Last(n=7, unit="day"), Relative(unit="month", offset=-1)
    plan = People(
        where=(
            Did(behaviour="active", period=week),
            Did(behaviour="cart", period=month),
            Any_(any=(Did(behaviour="search", period=month), Segment(segment="silent"))),
            Not(not_=Did(behaviour="order", period=month)),
            Did(behaviour="share", period=week),
        )
    )
    assert said(plan, SAYERS[1]).zh == (
        "最近7天活跃、上个月加购、（同期搜索或属于沉默用户）、同期未下单、最近7天分享的用户"
    )


def test_customers_and_units_are_the_models_own() -> None:
    """Another shop's customers are not users, and its goods are weighed."""
    members = Words(Text("会员", "member"), ("会员",), ("member", "members"))
    dimension = replace(MODEL.dimensions["order_amount"], unit="kg", words=Words(Text("重量", "weight"), (), ()))
    model = replace(
        MODEL,
        customer=replace(MODEL.customer, words=members),
        dimensions={**MODEL.dimensions, "order_amount": dimension},
    )
    asked = replace(RESOLVER, model=model).query(
        Query.model_validate(
            {
                "metrics": ["revenue"],
                "where": [
                    {"dimension": "order_amount", "bounds": {"at_least": 2, "at_most": 3}},
                    {"segment": "silent"},
                ],
            }
        )
    )
    assert Sayer(AS_OF, model, dated=False).measurement(asked) == Text(
        "全部时间重量2到3 kg的销售额，仅限属于沉默用户的会员",
        "revenue, all time, weight between 2 and 3 kg, only members who belong to silent users",
    )


def test_pieces_are_the_parts_of_the_plan() -> None:
    asked = RESOLVER.query(
        Query.model_validate(
            {
                "metrics": ["revenue"],
                "by": ["city"],
                "grain": "month",
                "period": {"kind": "relative", "unit": "month", "offset": -1},
                "where": [{"dimension": "platform", "values": ["天猫"]}, {"segment": "silent"}],
                "compare": {"period": "previous"},
                "having": [{"column": "revenue", "bounds": {"more_than": 100}}],
                "order": {"column": "revenue"},
                "limit": 5,
            }
        )
    )
    assert [(each.kind, each.words.zh) for each in SAYERS[1].pieces(asked)] == [
        ("metric", "销售额"),
        ("time", "上个月"),
        ("filter", "天猫"),
        ("behaviour", "属于沉默用户"),
        ("dimension", "按月"),
        ("dimension", "按城市"),
        ("comparison", "环比"),
        ("filter", "只看销售额超过100元的"),
        ("order", "按销售额从高到低"),
        ("order", "前5名"),
    ]


@pytest.mark.parametrize(
    ("grain", "words"),
    [
        ("hour", Text("2026-04-06 00点", "2026-04-06 00:00")),
        ("day", Text("2026-04-06", "2026-04-06")),
        ("week", Text("2026-04-06 起的一周", "the week of 2026-04-06")),
        ("month", Text("2026年4月", "2026-04")),
        ("quarter", Text("2026年第2季度", "2026 Q2")),
        ("year", Text("2026年", "2026")),
    ],
)
def test_a_bucket_is_said_by_its_first_day(grain: Any, words: Text) -> None:
    assert bucket(date(2026, 4, 6), grain) == words

"""Questions after another: the plan each conversation ends in, worked out by hand; what is asked back and declined."""

import json
from typing import Any

import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation
from tests.asking import ask
from tools.audience import AudienceArgs
from tools.chart import DrawnAs
from tools.query.tool import QueryArgs
from warehouse.days import Bucket
from warehouse.period import Last, Occasion, Part, Period, Relative
from warehouse.query import (
    Against,
    Any_,
    Bounds,
    Condition,
    Did,
    Filter,
    Group,
    Having,
    Measure,
    Not,
    Order,
    Ranged,
    Segment,
    Versus,
    plain,
)

MONTH = Relative(unit="month", offset=-1)
MONTH_BEFORE = Relative(unit="month", offset=-2)
MAY_2025 = Part(unit="month", number=5, year=2025)
THIS_MONTH = Relative(unit="month", offset=0)
QUARTER = Relative(unit="quarter", offset=-1)
THIS_YEAR = Relative(unit="year", offset=0)
LAST_YEAR = Relative(unit="year", offset=-1)
WEEK = Last(n=7, unit="day")
DAYS = Last(n=30, unit="day")
SIXTY = Last(n=60, unit="day")

Plan = dict[str, Any]


def query(
    metrics: str | Measure | list[str | Measure],
    period: Period | None,
    *,
    by: str | list[str] = (),  # type: ignore[assignment]
    where: list[Condition] = [],  # noqa: B006 - never written to
    grain: Bucket | None = None,
    compare: Against | Versus | None = None,
    having: tuple[Having, ...] = (),
    order: tuple[str, str] | None = None,
    limit: int | None = None,
    per: str | None = None,
    chart: DrawnAs | None = None,
    keep: Filter | None = None,
) -> Plan:
    """The plan of a query."""
    shown = metrics if isinstance(metrics, list) else [metrics]
    args = QueryArgs(
        metrics=tuple(each if isinstance(each, Measure) else Measure(metric=each) for each in shown),
        period=period,
        by=tuple(Group(dimension=each) for each in ([by] if isinstance(by, str) else by)),
        where=tuple(where),
        grain=grain,
        compare=compare,
        having=having,
        order=None if order is None else Order(column=order[0], descending=order[1] == "desc"),
        limit=limit,
        limit_per=per,
        chart=chart,
        keep=() if keep is None else (keep,),
    )
    return {"tool": "query", "args": plain(args)}


def people(*where: Condition, show: Any = "list", by: str | None = None) -> Plan:
    """The plan of a list, a count or a breakdown of customers."""
    return {"tool": "audience", "args": plain(AudienceArgs(where=where, show="breakdown" if by else show, by=by))}


def one_of(dimension: str, *values: str) -> Filter:
    """One of the values."""
    return Filter(dimension=dimension, values=values)


def no(condition: Condition) -> Not:
    """Not so."""
    return Not(not_=condition)


def bought(dimension: str, value: str, period: Period | None) -> Did:
    """A paid order with such a line."""
    return Did(behaviour="purchase", period=period, where=(one_of(dimension, value),))


BORN_95 = Ranged(dimension="birth_year", bounds=Bounds(at_least=1995, at_most=1999))
BORN_00 = Ranged(dimension="birth_year", bounds=Bounds(at_least=2000, at_most=2009))
WOMEN, MEN = one_of("gender", "女"), one_of("gender", "男")
SHANGHAI, BEIJING = one_of("city", "上海"), one_of("city", "北京")
TMALL, JD = one_of("platform", "天猫"), one_of("platform", "京东")
ORDERED, ACTIVE = Did(behaviour="order", period=DAYS), Did(behaviour="active", period=WEEK)
TOP = ("revenue", "desc")
SHARE = Measure(metric="revenue", show="share")

# Each conversation, and the plan of its last answer.
CHINESE: list[tuple[str, Plan]] = [
    ("上个月各平台销售额|换成订单数", query("orders", MONTH, by="platform")),
    ("上个月各平台销售额|换成订单数|再加上客单价", query(["orders", "average_spend"], MONTH, by="platform")),
    ("上个月各平台销售额|那男性呢", query("revenue", MONTH, by="platform", where=[MEN])),
    ("上个月各平台销售额|那男性呢|女性呢", query("revenue", MONTH, by="platform", where=[WOMEN])),
    ("上个月各平台销售额|换成按城市", query("revenue", MONTH, by="city")),
    (
        "上个月销售额前3的品牌|按订单数呢",
        query("orders", MONTH, by="brand", order=("orders", "desc"), limit=3),
    ),
    ("上个月各平台销售额|换成按城市|前五就行", query("revenue", MONTH, by="city", order=TOP, limit=5)),
    ("上个月各平台销售额|去年同期呢", query("revenue", MAY_2025, by="platform")),
    ("上个月各平台销售额|只看上海", query("revenue", MONTH, by="platform", where=[SHANGHAI])),
    ("上个月各平台销售额|只看上海|北京呢", query("revenue", MONTH, by="platform", where=[BEIJING])),
    ("上个月各平台销售额|再往前一个月呢", query("revenue", MONTH_BEFORE, by="platform")),
    ("上个月各平台销售额|上上个月呢", query("revenue", MONTH_BEFORE, by="platform")),
    (
        "上个月各平台销售额|上上个月呢|环比呢",
        query("revenue", MONTH_BEFORE, by="platform", compare=Against(period="previous")),
    ),
    ("上个月各平台销售额|同比呢", query("revenue", MONTH, by="platform", compare=Against(period="year_earlier"))),
    ("上个月各平台销售额|同比呢|去掉同比", query("revenue", MONTH, by="platform")),
    ("上个月各平台销售额|画成饼图", query("revenue", MONTH, by="platform", chart="pie")),
    ("上个月各平台销售额|画成饼图|换成柱状图", query("revenue", MONTH, by="platform", chart="bar")),
    ("上个月各平台销售额|去掉天猫", query("revenue", MONTH, by="platform", where=[no(TMALL)])),
    (
        "上个月各平台销售额|去掉天猫|再去掉京东",
        query("revenue", MONTH, by="platform", where=[no(one_of("platform", "天猫", "京东"))]),
    ),
    ("上个月天猫的销售额|去掉天猫", query("revenue", MONTH)),
    (
        "上个月各平台销售额|只看天猫和抖音|再加上京东",
        query("revenue", MONTH, by="platform", where=[one_of("platform", "天猫", "抖音", "京东")]),
    ),
    ("上个月各平台销售额|看占比", query(SHARE, MONTH, by="platform")),
    ("上个月各平台销售额|看占比|画成饼图", query(SHARE, MONTH, by="platform", chart="pie")),
    ("上个月各平台销售额占比|去掉占比", query("revenue", MONTH, by="platform")),
    (
        "上个月各平台销售额|从低到高排|前三",
        query("revenue", MONTH, by="platform", order=("revenue", "asc"), limit=3),
    ),
    ("上个月各平台销售额|从高到低排|不要排序", query("revenue", MONTH, by="platform")),
    ("上个月销售额|按平台看", query("revenue", MONTH, by="platform")),
    ("上个月销售额|按平台看|再按城市拆", query("revenue", MONTH, by=["platform", "city"])),
    ("上个月销售额|按天看|换成按周", query("revenue", MONTH, grain="week")),
    ("最近半年复购率，按月看|不按月了，按平台看", query("repurchase_rate", Last(n=1, unit="half"), by="platform")),
    ("上个月销售额|看趋势|画成柱状图", query("revenue", MONTH, grain="day", chart="bar")),
    ("上个月销售额|日均呢", query(Measure(metric="revenue", show="mean", over="day"), MONTH)),
    ("上个月销售额和订单数|去掉订单数|按城市", query("revenue", MONTH, by="city")),
    ("上个月销售额|加上订单数和毛利|去掉毛利，按品类看", query(["revenue", "orders"], MONTH, by="category")),
    ("上个月美妆的销售额|服饰呢", query("revenue", MONTH, where=[one_of("category", "服饰")])),
    ("上个月美妆的销售额|服饰呢|那口红呢", query("revenue", MONTH, where=[one_of("subcategory", "口红")])),
    ("上个月广东的销售额|只看深圳|上海呢", query("revenue", MONTH, where=[SHANGHAI])),
    (
        "本月销售额最高的5个品牌|改成按毛利排",
        query("gross_profit", THIS_MONTH, by="brand", order=("gross_profit", "desc"), limit=5),
    ),
    (
        "本月销售额最高的5个品牌|改成按毛利排|前十就行",
        query("gross_profit", THIS_MONTH, by="brand", order=("gross_profit", "desc"), limit=10),
    ),
    ("今年每个月的新增用户|去年的呢|按季度看", query("new_users", LAST_YEAR, grain="quarter")),
    ("最近30天各平台订单数|只看95后|00后呢", query("orders", DAYS, by="platform", where=[BORN_00])),
    (
        "双11各平台销售额|只看天猫和抖音|按天画折线，两个平台分开",
        query(
            "revenue",
            Occasion(name="双11"),
            by="platform",
            grain="day",
            where=[one_of("platform", "天猫", "抖音")],
            chart="line",
        ),
    ),
    (
        "上个月各平台销售额|超过10万的有哪些",
        query("revenue", MONTH, by="platform", having=(Having(column="revenue", bounds=Bounds(more_than=100_000)),)),
    ),
    (
        "上个月销售额|天猫和京东对比一下",
        query("revenue", MONTH, by="platform", compare=Versus(dimension="platform", first="天猫", second="京东")),
    ),
    (
        "上个月各平台各品类销售额|每个平台前三",
        query("revenue", MONTH, by=["platform", "category"], order=TOP, limit=3, per="platform"),
    ),
    (
        "上个月各品类销售额|每个平台前三",
        query("revenue", MONTH, by=["platform", "category"], order=TOP, limit=3, per="platform"),
    ),
    (
        "上个月每天的销售额|最高的3天|最低的呢",
        query("revenue", MONTH, grain="day", order=("revenue", "asc"), limit=3),
    ),
    ("上个月每天的订单数|累计呢", query(Measure(metric="orders", show="running"), MONTH, grain="day")),
    ("上个月新客有多少|老客呢", people(Segment(segment="returning_customers", period=MONTH), show="count")),
    (
        "上个月新客有多少|老客呢|上上个月呢",
        people(Segment(segment="returning_customers", period=MONTH_BEFORE), show="count"),
    ),
    (
        "上个月各平台销售额|上海和北京分别多少",
        query("revenue", MONTH, by="city", where=[one_of("city", "上海", "北京")]),
    ),
    ("上个月各平台销售额|天猫占多少", query(SHARE, MONTH, by="platform", keep=TMALL)),
    ("上个月各平台销售额占比|只看天猫", query(SHARE, MONTH, by="platform", keep=TMALL)),
    ("今年各平台每月销售额占比|只看天猫", query(SHARE, THIS_YEAR, grain="month", by="platform", keep=TMALL)),
    ("今年天猫每月销售额|那占比呢", query(SHARE, THIS_YEAR, grain="month", by="platform", keep=TMALL)),
    ("今年各平台每月销售额|只看天猫|占比呢", query(SHARE, THIS_YEAR, grain="month", by="platform", keep=TMALL)),
    ("上个月销售额|女性占多少", query(SHARE, MONTH, by="gender", keep=WOMEN)),
    ("上个月各平台销售额占比|按周看", query(SHARE, MONTH, grain="week", by="platform")),
    (
        "最近30天下单的用户|女性占比",
        query(Measure(metric="users", show="share"), DAYS, by="gender", where=[ORDERED], keep=WOMEN),
    ),
    ("今年销售额|增长率呢", query("revenue", THIS_YEAR, compare=Against(period="previous"))),
    ("上个月各平台销售额|只看天猫|按城市看", query("revenue", MONTH, by="city", where=[TMALL])),
    ("Tmall revenue last month|and as a share?", query(SHARE, MONTH, by="platform", keep=TMALL)),
    (
        "上个月天猫销售额占比|按城市看",
        query(Measure(metric="revenue", show="share_of_parent"), MONTH, by=["city", "platform"], keep=TMALL),
    ),
    ("上个月销售额|订单数", query("orders", MONTH)),
    ("上个月销售额|不要上海的|只要女性", query("revenue", MONTH, where=[no(SHANGHAI), WOMEN])),
    ("最近30天下单的女性用户|其中上海的|有多少人", people(ORDERED, WOMEN, SHANGHAI, show="count")),
    ("最近30天下单的女性用户|男性呢|换成最近60天", people(Did(behaviour="order", period=SIXTY), MEN)),
    (
        "最近30天下单的女性用户|这些人里买过美妆的有多少",
        people(ORDERED, WOMEN, bought("category", "美妆", DAYS), show="count"),
    ),
    (
        "最近30天买过面膜的用户|只看没买过精华的",
        people(bought("subcategory", "面膜", DAYS), no(bought("subcategory", "精华", DAYS))),
    ),
    ("最近30天买过面膜的用户|那买过精华的呢", people(bought("subcategory", "精华", DAYS))),
    (
        "最近30天买过面膜的用户|那买过精华的呢|他们的客单价多少",
        query("average_spend", DAYS, where=[bought("subcategory", "精华", DAYS)]),
    ),
    (
        "最近7天活跃的用户有多少|没下单的呢",
        people(ACTIVE, no(Did(behaviour="order", period=WEEK)), show="count"),
    ),
    ("最近7天活跃的用户有多少|没下单的呢|去掉没下单的", people(ACTIVE, show="count")),
    ("最近7天活跃的用户|按城市等级分|导出名单", people(ACTIVE)),
]

ENGLISH: list[tuple[str, Plan]] = [
    ("Revenue by category last month|and the month before?", query("revenue", MONTH_BEFORE, by="category")),
    (
        "users who viewed 口红 in the last 30 days|which of them didn't buy it?",
        people(
            Did(behaviour="view", period=DAYS, where=(one_of("subcategory", "口红"),)),
            no(bought("subcategory", "口红", DAYS)),
        ),
    ),
    ("Revenue by category last month|what about men?", query("revenue", MONTH, by="category", where=[MEN])),
    (
        "Revenue by category last month|what about men?|women?",
        query("revenue", MONTH, by="category", where=[WOMEN]),
    ),
    ("Buyers last quarter by platform|by city instead", query("buyers", QUARTER, by="city")),
    (
        "Buyers last quarter by platform|by city instead|top 5 only",
        query("buyers", QUARTER, by="city", order=("buyers", "desc"), limit=5),
    ),
    (
        "Top 10 brands by revenue this year|only Shanghai",
        query("revenue", THIS_YEAR, by="brand", where=[SHANGHAI], order=TOP, limit=10),
    ),
    ("How many new users did we get this month?|and last month?", query("new_users", MONTH)),
    (
        "How many new users did we get this month?|and last month?|by registration channel",
        query("new_users", MONTH, by="register_channel"),
    ),
    ("Revenue last month by platform|as a share of the total", query(SHARE, MONTH, by="platform")),
    (
        "Revenue last month by platform|as a share of the total|as a pie chart",
        query(SHARE, MONTH, by="platform", chart="pie"),
    ),
    ("Daily revenue for the last 7 days|add orders", query(["revenue", "orders"], WEEK, grain="day")),
    ("Daily revenue for the last 7 days|also show orders|drop revenue", query("orders", WEEK, grain="day")),
    ("Daily revenue for the last 30 days|make it weekly", query("revenue", DAYS, grain="week")),
    ("Daily revenue for the last 7 days|make it the last 30 days", query("revenue", DAYS, grain="day")),
    (
        "Gross margin by category last quarter|vs last year?",
        query("gross_margin", QUARTER, by="category", compare=Against(period="year_earlier")),
    ),
    (
        "Gross margin by category last quarter|vs last year?|by brand instead",
        query("gross_margin", QUARTER, by="brand", compare=Against(period="year_earlier")),
    ),
    (
        "Gross profit by brand this month|top 5 only|bottom 3",
        query("gross_profit", THIS_MONTH, by="brand", order=("gross_profit", "asc"), limit=3),
    ),
    (
        "Who was active in the last 7 days?|of them, who bought beauty?",
        people(ACTIVE, bought("category", "美妆", WEEK)),
    ),
    (
        "Who was active in the last 7 days?|of them, who bought beauty?|how many?",
        people(ACTIVE, bought("category", "美妆", WEEK), show="count"),
    ),
    (
        "Units sold by category last month|make it this month|only Tmall and JD",
        query("units", THIS_MONTH, by="category", where=[one_of("platform", "天猫", "京东")]),
    ),
    ("Monthly revenue this year|not by month, by platform", query("revenue", THIS_YEAR, by="platform")),
    (
        "Revenue last month by platform|sort by orders instead|lowest first",
        query("orders", MONTH, by="platform", order=("orders", "asc")),
    ),
    ("Revenue last month by platform|orders as well", query(["revenue", "orders"], MONTH, by="platform")),
    ("Revenue last month by platform|orders as well|without revenue", query("orders", MONTH, by="platform")),
    ("Revenue last month|break it down by member level", query("revenue", MONTH, by="member_level")),
    (
        "Revenue last month by platform|exclude Tmall|also exclude JD",
        query("revenue", MONTH, by="platform", where=[no(one_of("platform", "天猫", "京东"))]),
    ),
    (
        "Revenue last month by platform|for women only|and in Shanghai",
        query("revenue", MONTH, by="platform", where=[WOMEN, SHANGHAI]),
    ),
    (
        "Revenue last month by platform|compared with the previous month|drop the comparison",
        query("revenue", MONTH, by="platform"),
    ),
    ("Revenue last month by city and platform|drop city", query("revenue", MONTH, by="platform")),
    ("Revenue last month for Tmall|and JD?", query("revenue", MONTH, where=[JD])),
    ("Customers who bought beauty last month|how many?|by city", people(bought("category", "美妆", MONTH), by="city")),
    (
        "Customers who bought beauty last month|only women|in the last 60 days instead",
        people(bought("category", "美妆", SIXTY), WOMEN),
    ),
    ("Orders last month|how many of them were on Tmall?", query("orders", MONTH, where=[TMALL])),
    (
        "Revenue last month by platform|over 100000 only",
        query("revenue", MONTH, by="platform", having=(Having(column="revenue", bounds=Bounds(more_than=100_000)),)),
    ),
    (
        "top 3 brands by revenue last month|and by units sold?",
        query("units", MONTH, by="brand", order=("units", "desc"), limit=3),
    ),
    ("revenue last month|same period last year?", query("revenue", MAY_2025)),
]

# What an unclear word of the question before was meant for.
TOLD_NOW: list[tuple[str, Plan]] = [
    ("上个月各渠道拉新多少人|我说的是注册渠道", query("new_users", MONTH, by="register_channel")),
    ("上个月我们利润多少|看毛利", query("gross_profit", MONTH)),
    (
        "年轻用户最近一年花了多少钱|就按95后加00后算",
        query("revenue", Last(n=1, unit="year"), where=[Any_(any=(BORN_95, BORN_00))]),
    ),
    (
        "I want new users by channel last month|I mean the registration channel",
        query("new_users", MONTH, by="register_channel"),
    ),
    ("上个月我们利润多少|看毛利|按平台", query("gross_profit", MONTH, by="platform")),
]

# A question with a head of its own keeps nothing of the one before.
NEW: list[tuple[str, Plan]] = [
    ("上个月各平台销售额|本月各城市订单数", query("orders", THIS_MONTH, by="city")),
    ("上个月各平台销售额|最近30天下单的女性用户", people(ORDERED, WOMEN)),
    ("最近30天下单的女性用户|上个月销售额", query("revenue", MONTH)),
    ("上个月销量前五的品牌|本月客单价", query("average_spend", THIS_MONTH)),
    ("Revenue last month by platform|How many orders did we have this month?", query("orders", THIS_MONTH)),
    ("Customers who bought beauty last month|Revenue this year by city", query("revenue", THIS_YEAR, by="city")),
]

DECLINED = [
    "上个月各平台销售额|按平台看",  # nothing would change
    "上个月各平台销售额|去掉订单数",
    "上个月销售额|前五就行",  # of no groups
    "上个月销售额|看占比",  # of itself
    "上个月各平台销售额|有多少人",
    "最近30天下单的女性用户|按月看",
    "最近30天下单的女性用户|画成饼图",
    "上个月各平台销售额|它的订单数呢",  # which of them?
    "上个月各平台销售额|每个平台前三",  # of what?
    "上个月各平台销售额|再加上上海",
    "Revenue last month by platform|by platform",
    "Revenue last month|top 5 only",
    "Revenue last month by platform|drop the refunds",
    "Revenue last month by platform|how many of them are women?",
]


def last(analyst: Analyst, conversation: str) -> Answer:
    """The answer to the last of the turns."""
    return ask(analyst, *conversation.split("|"))


def same(plan: Any) -> str:
    """A plan as text; the order in which its conditions were told does not matter."""
    args = dict(plan["args"])
    if "where" in args:
        args["where"] = sorted(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in args["where"])
    return json.dumps({"tool": plan["tool"], "args": args}, ensure_ascii=False, sort_keys=True)


@pytest.mark.parametrize(("conversation", "plan"), [*CHINESE, *ENGLISH])
def test_a_question_changes_the_plan_before_it(analyst: Analyst, conversation: str, plan: Plan) -> None:
    answer = last(analyst, conversation)
    assert answer.status == "answer", answer.text
    assert same(answer.plan) == same(plan)
    assert answer.unused == ()


@pytest.mark.parametrize(("conversation", "plan"), [*CHINESE, *ENGLISH])
def test_what_was_understood_asked_alone_is_the_same_plan(analyst: Analyst, conversation: str, plan: Plan) -> None:
    alone = ask(analyst, last(analyst, conversation).understood)
    assert alone.status == "answer", alone.text
    assert same(alone.plan) == same(plan)


@pytest.mark.parametrize(("conversation", "plan"), TOLD_NOW)
def test_what_a_word_was_meant_for_settles_the_question_before(analyst: Analyst, conversation: str, plan: Plan) -> None:
    answer = last(analyst, conversation)
    assert answer.status == "answer", answer.text
    assert same(answer.plan) == same(plan)


@pytest.mark.parametrize(("conversation", "plan"), NEW)
def test_a_whole_question_is_a_new_one(analyst: Analyst, conversation: str, plan: Plan) -> None:
    answer = last(analyst, conversation)
    assert answer.status == "answer", answer.text
    assert same(answer.plan) == same(plan)


@pytest.mark.parametrize("conversation", DECLINED)
def test_what_cannot_change_the_plan_is_declined_with_one_to_ask_whole(analyst: Analyst, conversation: str) -> None:
    before = last(analyst, conversation.rsplit("|", 1)[0])
    answer = last(analyst, conversation)
    assert answer.status == "refuse"
    whole = ask(analyst, answer.suggestions[0])
    assert same(whole.plan) == same(before.plan)


@pytest.mark.parametrize(
    ("conversation", "notes"),
    [
        ("上个月各平台销售额|换成按城市", "沿用：销售额、上个月；改为：按城市"),
        ("上个月各平台销售额|前三", "沿用：销售额、上个月、按平台；加上：按销售额从高到低、前3名"),
        ("上个月天猫的销售额|去掉天猫", "沿用：销售额、上个月；去掉：天猫"),
        ("最近30天下单的女性用户|男性呢", "沿用：最近30天下单、名单；改为：男性"),
        ("Revenue by category last month|and this month?", "Kept: revenue, by category; changed to: this month"),
        ("Revenue by category last month|without revenue, add orders", ""),
        ("上个月我们利润多少|看毛利", "上一个问题里的「利润」按「毛利」算"),
    ],
)
def test_what_is_kept_and_what_is_replaced_is_said(analyst: Analyst, conversation: str, notes: str) -> None:
    answer = last(analyst, conversation)
    assert (notes in answer.notes) if notes else answer.status == "refuse"


@pytest.mark.parametrize(
    ("conversation", "dimension", "plan"),
    [
        ("上个月销售额|哪个平台最高|它的订单数呢", "platform", query("orders", MONTH)),
        ("上个月销售额|哪个城市最高|这个城市的毛利呢", "city", query("gross_profit", MONTH)),
        ("Revenue last month|which platform is highest?|its orders?", "platform", query("orders", MONTH)),
        ("Which category has the highest refund rate this year?|how many orders for that category?", "category",
         query("orders", THIS_YEAR)),
    ],
)  # fmt: skip
def test_it_is_the_one_that_the_answer_before_found(
    analyst: Analyst, conversation: str, dimension: str, plan: Plan
) -> None:
    found = last(analyst, conversation.rsplit("|", 1)[0]).json()["rows"]
    assert len(found) == 1
    answer = last(analyst, conversation)
    assert answer.status == "answer", answer.text
    assert same(answer.plan) == same(
        {**plan, "args": {**plan["args"], "where": [plain(one_of(dimension, found[0][0]))]}}
    )


def test_these_are_all_that_the_answer_before_found(analyst: Analyst) -> None:
    found = [row[0] for row in last(analyst, "上个月销售额前三的品牌").json()["rows"]]
    answer = last(analyst, "上个月销售额前三的品牌|这些品牌的毛利")
    assert {row[0] for row in answer.json()["rows"]} == set(found)
    assert answer.plan is not None
    assert answer.plan["args"]["metrics"] == ["gross_profit"]


@pytest.mark.parametrize(
    ("conversation", "options"),
    [
        ("上个月销售额|毛利是多少", ("上个月的毛利", "全部时间的毛利")),
        ("上个月买过面膜的用户|没买过精华的",
         ("上个月未支付（精华）的用户", "上个月支付（面膜）、同期未支付（精华）的用户")),
        ("上个月各平台销售额|那本月订单数呢", ("本月的订单数，按平台", "本月的订单数")),
        ("Revenue last month by platform|what is the gross profit?",
         ("gross profit, last month, by platform", "gross profit, all time")),
    ],
)  # fmt: skip
def test_what_may_go_on_or_be_new_is_asked(analyst: Analyst, conversation: str, options: tuple[str, ...]) -> None:
    answer = last(analyst, conversation)
    assert (answer.status, answer.options) == ("clarify", options)
    chosen = [ask(analyst, *conversation.split("|"), option) for option in options]
    assert [same(each.plan) for each in chosen] == [same(ask(analyst, option).plan) for option in options]


@pytest.mark.parametrize("question", ["为什么", "为什么呢", "why?"])
def test_why_is_declined_by_the_name_of_what_would_tell(analyst: Analyst, question: str) -> None:
    answer = ask(analyst, "上个月各平台销售额", question)
    assert answer.status == "refuse"
    assert "explain" in answer.text


@pytest.mark.parametrize(("question", "note"), [("导出", "下载"), ("export", "download")])
def test_an_export_is_the_answer_again_and_where_to_get_it(analyst: Analyst, question: str, note: str) -> None:
    before = ask(analyst, "上个月各平台销售额")
    answer = ask(analyst, "上个月各平台销售额", question)
    assert answer.plan == before.plan
    assert any(note in each for each in answer.notes)


def test_a_question_after_one_that_was_declined_leans_on_the_last_answer(analyst: Analyst) -> None:
    answer = ask(analyst, "上个月各平台销售额", "按星座看", "按品类看")
    assert answer.plan is not None
    assert same(answer.plan) == same(query("revenue", MONTH, by="category"))


@pytest.mark.parametrize(
    "question", ["那男性呢", "换成按城市", "前五就行", "what about men?", "top 5 only", "它的销售额呢"]
)
def test_the_first_question_cannot_lean_on_another(analyst: Analyst, question: str) -> None:
    assert last(analyst, question).status == "refuse"


def test_every_suggestion_means_the_same_in_a_conversation_as_alone(analyst: Analyst) -> None:
    openings = ["上个月各平台销售额", "最近30天下单的女性用户", "上个月销售额最高的5个品牌", "最近7天活跃的用户有多少"]
    answers = [ask(analyst, each) for each in openings]
    said = {each for answer in answers for each in (*answer.suggestions, answer.understood)}
    for opening in answers:
        for each in sorted(said):
            events = analyst.ask(each, Conversation((opening,)))
            plan = next(event.plan for event in events if isinstance(event, Answer))
            assert plan == ask(analyst, each).plan, (opening.question, each)

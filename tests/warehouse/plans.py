"""Hypothesis strategies for plans over the demo model, and for the same plan with one field changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from warehouse.period import Day, Last, Occasion, Open, Period, Range, Relative, Weekday, Year
from warehouse.period import Part as PartOfYear
from warehouse.query import (
    Against,
    All,
    Any_,
    Bounds,
    Condition,
    Dated,
    Did,
    Filter,
    Group,
    Having,
    Measure,
    Not,
    Order,
    Part,
    People,
    Query,
    Ranged,
    Segment,
    Total,
    Versus,
)

Values = dict[str, Sequence[str]]

VALUES: Values = {
    "gender": ("女", "男", "未知"),
    "city": ("杭州", "上海", "拉萨"),
    "province": ("上海", "浙江"),
    "register_channel": ("搜索广告", "直播"),
    "jiangzhehu": ("江浙沪", "江浙沪以外"),
    "age_band": ("18-24岁", "未知"),
    "device": ("iOS", "PC"),
}
OF_ROWS: Values = {
    "platform": ("天猫", "京东", "抖音"),
    "ship_city": ("杭州", "上海"),
    "category": ("美妆", "服饰"),
    "product": ("云感跑鞋（男款）", "跑鞋或面膜", "跑鞋", "面膜", "A and B", "他说“好”或“不好”"),
    "customer_type": ("新客", "老客"),
    "used_coupon": ("用券", "未用券"),
    "day_type": ("周末", "工作日"),
    "holiday": ("节假日", "平日"),
}
UNLISTED: Values = {"product": OF_ROWS["product"]}
NUMBERS = ("age", "birth_year")
NUMBERS_OF_ROWS = ("order_amount", "list_price", "hour", "weekday")
SCOPES: Mapping[str, Values] = {
    "active": {"page": ("首页", "购物车")},
    "order": {"platform": ("天猫", "京东")},
    "purchase": {"category": ("美妆", "服饰"), "product": OF_ROWS["product"]},
    "cart": {"category": ("美妆", "服饰")},
    "receive": {"message_channel": ("短信", "微信")},
}
METRICS = ("revenue", "gmv", "orders", "buyers", "units", "new_customers", "new_customer_share", "refund_rate")
GRAINS = ("hour", "day", "week", "month", "quarter", "year")
STATISTICS = ("mean", "median", "percentile", "stdev", "variance", "highest", "lowest")
TRIES = 4
texts = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=6)


def _valid(part: type[BaseModel], **fields: Any) -> BaseModel | None:
    try:
        return part.model_validate(fields)
    except ValidationError:
        return None


@st.composite
def made(draw: st.DrawFn, /, part: type[BaseModel], **fields: st.SearchStrategy[Any]) -> Any:
    """The parts with such fields that are sound."""
    sound = (_valid(part, **{name: draw(field) for name, field in fields.items()}) for _ in range(TRIES))
    first = next((each for each in sound if each is not None), None)
    assume(first is not None)
    return first


def few(strategy: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some of them, none twice."""
    return st.lists(strategy, max_size=most).map(lambda drawn: tuple(dict.fromkeys(drawn)))


numbers = st.integers(0, 30) | st.integers(1, 23) | st.sampled_from((0.05, 0.5, 99.5, 1985, 1995, 1999, 10000))
units = st.sampled_from(("day", "week", "month", "quarter", "year"))
years = st.sampled_from((None, 2024, 2025, "last"))
months = made(PartOfYear, unit=st.just("month"), number=st.integers(1, 12), year=years)
begun: st.SearchStrategy[Any] = st.one_of(
    made(Relative, unit=units, offset=st.integers(-2, -1)),
    made(Weekday, week=st.integers(-2, -1), day=st.integers(1, 7)),
    made(Year, year=st.sampled_from((2024, 2025))),
    months,
    made(Day, month=st.integers(1, 12), day=st.integers(1, 28), year=years),
    made(Occasion, name=st.sampled_from(("618", "双11", "国庆")), year=years),
)
periods: st.SearchStrategy[Period] = st.one_of(
    made(Last, n=st.integers(1, 40), unit=units),
    made(Relative, unit=units, offset=st.just(0)),
    begun,
    made(Open, side=st.sampled_from(("since", "after", "until", "before")), of=begun),
    made(Range, first=months, last=months),
)
bounds = st.one_of(
    *(made(Bounds, **{end: numbers}) for end in Bounds.model_fields),
    made(Bounds, at_least=numbers, at_most=numbers),
    made(Bounds, more_than=numbers, less_than=numbers),
    made(Bounds, at_least=numbers, less_than=numbers),
)


def filters(values: Values) -> st.SearchStrategy[Filter]:
    """Filters of words on these dimensions."""
    return st.one_of(*(filters_of(name, values[name]) for name in sorted(values)))


def filters_of(dimension: str, values: Sequence[str]) -> st.SearchStrategy[Filter]:
    """Filters of words on a dimension."""
    name = st.just(dimension)
    told, parts = few(st.sampled_from(values), most=3), few(texts, most=2)
    return st.one_of(
        made(Filter, dimension=name, values=told),
        made(Filter, dimension=name, op=st.sampled_from(("starts", "ends", "contains")), values=parts),
        made(Filter, dimension=name, op=st.just("missing")),
    )


def tests(values: Values, ranged: Sequence[str], dated: Sequence[str]) -> st.SearchStrategy[Any]:
    """Conditions on dimensions."""
    return st.one_of(
        filters(values),
        made(Ranged, dimension=st.sampled_from(ranged), bounds=bounds),
        made(Dated, dimension=st.sampled_from(dated), period=periods),
    )


def did(behaviour: str) -> st.SearchStrategy[Any]:
    """What was done, of some kind, and so often."""
    where = few(filters(SCOPES[behaviour]), most=2)
    name, when, sometime = st.just(behaviour), st.none() | periods, periods
    return st.one_of(
        made(Did, behaviour=name, period=when, where=where),
        made(Did, behaviour=name, period=when, where=where, times=bounds),
        made(Did, behaviour=name, period=when, where=where, days=bounds),
        made(Did, behaviour=name, period=when, where=where, in_a_row=st.integers(2, 9)),
        made(Did, behaviour=name, period=sometime, where=where, which=st.sampled_from(("first", "last"))),
    )


deeds: st.SearchStrategy[Any] = st.one_of(
    *map(did, sorted(SCOPES)),
    made(
        Total,
        metric=st.sampled_from(("revenue", "orders", "refund_amount")),
        bounds=bounds,
        period=st.none() | periods,
        where=st.lists(filters({"category": OF_ROWS["category"]}), max_size=1).map(tuple),
    ),
    made(Segment, segment=st.sampled_from(("silent", "churned", "new_customers")), period=st.none() | periods),
)
attributes = tests({**VALUES, "nickname": ("或", "A", "“")}, NUMBERS, ("registered_at", "first_paid_at"))
row_tests = tests({**VALUES, **OF_ROWS}, (*NUMBERS, *NUMBERS_OF_ROWS), ("registered_at", "launched_on"))


def joined(simple: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Conditions, joined and negated."""
    some = st.deferred(lambda: simple | compound)
    several = few(some, most=3)
    compound = st.one_of(
        made(All, all=several),
        made(Any_, any=several),
        some.map(lambda one: one if isinstance(one, Not) else Not(not_=one)),
    )
    return simple | compound


def where(simple: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Condition, ...]]:
    """A few conditions, all of which hold."""
    return few(joined(simple), most=3)


people: st.SearchStrategy[People] = made(People, where=where(attributes | deeds))

measures = st.one_of(
    st.builds(Measure, metric=st.sampled_from(METRICS)),
    made(Measure, metric=st.sampled_from(METRICS), show=st.sampled_from(("share", "share_of_parent", "running"))),
    made(Measure, metric=st.sampled_from(METRICS), show=st.just("moving"), n=st.integers(2, 30)),
    made(
        Measure,
        metric=st.sampled_from(METRICS),
        show=st.sampled_from(STATISTICS),
        n=st.none() | st.integers(1, 99),
        over=st.sampled_from(("day", "week", "month", "row", "customer")),
    ),
)
groups = st.one_of(
    st.sampled_from((*VALUES, *OF_ROWS, "hour", "weekday")).map(lambda name: Group(dimension=name)),
    made(
        Group,
        dimension=st.sampled_from(("registered_at", "first_paid_at")),
        grain=st.none() | st.sampled_from(GRAINS[1:]),
        since=st.none() | st.sampled_from(GRAINS[1:]),
    ),
)


KNOWN: Values = {**VALUES, **OF_ROWS}
FILTERS = {name: filters_of(name, values) for name, values in KNOWN.items()}
AGAINST = made(Against, period=st.sampled_from(("previous", "year_earlier")) | periods)
ROW_CONDITIONS = where(row_tests | deeds)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Sound queries; whether the model carries them is for it to say."""
    by = draw(few(groups, most=3))
    shown = (draw(measures), *draw(few(measures, most=2)))
    grain = draw(st.none() | st.sampled_from(GRAINS))
    names = [each.column for each in (*shown, *by)]
    cut = [each.dimension for each in by if each.dimension in KNOWN]
    columns = st.sampled_from([*names, *([grain] if grain else []), *(f"{each.column}_growth" for each in shown)])
    versus = [
        made(Versus, dimension=st.just(name), **dict.fromkeys(("first", "second"), st.sampled_from(KNOWN[name])))
        for name in cut
    ]
    limit = draw(st.none() | st.integers(1, 20))
    kept = draw(st.lists(st.sampled_from(cut), max_size=1)) if cut else []
    drawn = _valid(
        Query,
        metrics=shown,
        by=by,
        grain=grain,
        period=draw(st.none() | periods),
        where=draw(ROW_CONDITIONS),
        compare=draw(st.one_of(st.none(), AGAINST, *versus)),
        having=tuple(draw(st.lists(made(Having, column=columns, bounds=bounds), max_size=2))),
        keep=tuple(draw(FILTERS[name]) for name in kept),
        order=draw(st.none() | made(Order, column=columns, descending=st.booleans())),
        limit=limit,
        limit_per=draw(st.sampled_from([None, *(each.column for each in by)])) if limit else None,
    )
    return drawn if isinstance(drawn, Query) else Query(metrics=shown[:1])


OTHERS: Mapping[str, st.SearchStrategy[Any]] = {
    "metric": st.sampled_from(METRICS),
    "metrics": st.lists(measures, min_size=1, max_size=2).map(tuple),
    "show": st.sampled_from(("value", "share", "share_of_parent", "running", *STATISTICS)),
    "over": st.sampled_from(("day", "week", "month", "row", "customer")),
    "n": st.integers(1, 99),
    "by": st.lists(groups, max_size=2).map(tuple),
    "grain": st.none() | st.sampled_from(GRAINS),
    "since": st.none() | st.sampled_from(GRAINS[1:]),
    "period": st.none() | periods | st.sampled_from(("previous", "year_earlier")),
    "where": where(deeds) | where(attributes),
    "compare": st.none() | made(Against, period=st.sampled_from(("previous", "year_earlier"))),
    "bounds": bounds,
    "times": st.none() | bounds,
    "days": st.none() | bounds,
    "in_a_row": st.none() | st.integers(2, 9),
    "which": st.sampled_from(("any", "first", "last")),
    "values": few(st.sampled_from(("女", "男", "上海", "杭州", "跑鞋")), most=2),
    "op": st.sampled_from(("in", "starts", "ends", "contains", "missing")),
    "dimension": st.sampled_from((*VALUES, *OF_ROWS, *NUMBERS)),
    "behaviour": st.sampled_from(sorted(SCOPES)),
    "segment": st.sampled_from(("silent", "churned", "new_customers", "high_value")),
    "not_": deeds | attributes,
    "first": st.sampled_from(("天猫", "女")),
    "second": st.sampled_from(("京东", "男")),
    "column": st.sampled_from(METRICS),
    "descending": st.booleans(),
    "having": st.just(()),
    "keep": st.just(()),
    "order": st.none(),
    "limit": st.none() | st.integers(1, 20),
    "limit_per": st.none() | st.sampled_from(sorted(VALUES)),
    **{end: st.none() | numbers for end in Bounds.model_fields},
}


@st.composite
def changed(draw: st.DrawFn, part: BaseModel) -> BaseModel | None:
    """The part with one field changed, of its own or of one that it holds; None where that is not sound."""
    name = draw(st.sampled_from(sorted(type(part).model_fields)))
    held = getattr(part, name)
    inside = name in {"all", "any"} or draw(st.booleans())
    if isinstance(held, Part) and inside:
        other: Any = draw(changed(held))
    elif isinstance(held, tuple) and held and isinstance(held[0], Part) and inside:
        place = draw(st.integers(0, len(held) - 1))
        other = (*held[:place], draw(changed(held[place])), *held[place + 1 :])
    elif name not in OTHERS:
        return None
    else:
        other = draw(OTHERS[name])
    told = {field: getattr(part, field) for field in type(part).model_fields}
    try:
        return type(part).model_validate({**told, name: other})
    except ValidationError:
        return None

"""What a query cannot ask, each with what can be asked instead."""

from collections.abc import Sequence
from difflib import get_close_matches

from sqlglot import exp

from warehouse.dayfilter import day_filters
from warehouse.days import DAYS, MONTHS, Bucket, Span
from warehouse.errors import NoJoinPath, QueryError, UnknownName
from warehouse.model import Behaviour, Dimension, Metric, SegmentDefinition, SemanticModel
from warehouse.query import Did, Query
from warehouse.resolved import Amount, Deed, Held, Leaf, Measurement, Shown, Test, attributes, leaves_of
from warehouse.text import Text
from warehouse.timepart import HOUR, named_of_period, of_clock, of_day
from warehouse.yearly import Yearly

MOST_BUCKETS = 5_000
MOST_COMPARED = 10_000
DAYS_OF_MONTH = 28
HOURS = 24
SHARES = frozenset({"share", "share_of_parent"})


def check_buckets(span: Span, grain: Bucket) -> None:
    """Raise `QueryError` where there would be more buckets than anybody reads."""
    if grain == "hour":
        count = span.days * HOURS
    else:
        count = span.days // (DAYS[grain] if grain in DAYS else MONTHS[grain] * DAYS_OF_MONTH)
    if count > MOST_BUCKETS:
        raise QueryError(
            Text(f"时段太多：一次最多 {MOST_BUCKETS:,} 个。", f"Too many buckets: {MOST_BUCKETS:,} at most."),
            Text("请缩短时间，或按更长的时段看。", "Name a shorter period, or longer buckets."),
        )


def of_no_period(segment: SegmentDefinition) -> QueryError:
    """That what an analysis found is of the days that it looked at."""
    label = segment.words.label
    return QueryError(
        Text(
            f"{label.zh}是分析得出的，不能再按时间看。",
            f"{label.en} was found by an analysis, and is of no other time.",
        ),
        Text("请去掉这个时间，或换一个时间做分析。", "Leave the time out, or analyse another one."),
    )


def check_recurring(query: Query) -> None:
    """One June has no years to be cut by; which Junes are meant is not told."""
    if query.grain == "year" and isinstance(query.period, Yearly) and query.period.year is None:
        raise QueryError(
            Text(
                "没有说是哪几年：这个时间只是一年里的一段。",
                "Which years is not told: the period is a part of one year.",
            ),
            Text("请说明年份，例如“2025年”。", "Name the year, as in “2025”."),
        )


def check_amount(metric: Metric, leaves: Sequence[Leaf]) -> None:
    """Raise `QueryError` where a metric is no one total of a customer's own rows."""
    if any(each.route.reach != "period" or each.route.having is not None for each in leaves):
        raise cannot_show(metric.words.label, Text("一个用户没有这样的合计", "a customer has no such total"))


def check_shown(shown: Shown, bound: Measurement, model: SemanticModel) -> None:
    """Raise `QueryError` where a metric cannot be shown so."""
    show, label = shown.measure.show, shown.metric.words.label
    simple = shown.metric.formula is None
    additive = simple and all(each.route.additive for each in shown.leaves)
    for fails, why in (
        (show in SHARES and not (bound.by or bound.grain), Text("占比要先分组", "a share needs groups")),
        (
            show == "share_of_parent" and len(bound.by) < 2,
            Text("占上一级的比例要有两级分组", "a share of the parent needs two groups"),
        ),
        (show in SHARES and not simple, Text("比率没有占比", "a ratio has no shares")),
        (show in {"running", "moving"} and bound.grain is None, Text("要先按时间分段", "it needs buckets of time")),
        (show == "running" and not additive, Text("不能累加", "its buckets cannot be added up")),
        (show == "moving" and not simple, Text("比率没有移动平均", "a ratio has no moving average")),
    ):
        if fails:
            raise cannot_show(label, why)
    if shown.measure.over == "row" and not (simple and shown.leaves[0].route.aggregate in {"sum", "avg"}):
        raise cannot_show(label, Text("单行没有这个数值", "a single row has no such value"))
    if shown.is_statistic and shown.measure.over in DAYS | MONTHS:
        _check_over(shown, bound, label)
    if bound.against and bound.grain and (shown.is_statistic or not isinstance(bound.against.asked.period, str)):
        raise cannot_show(label, Text("不能逐段这样对比", "it cannot be compared so, bucket by bucket"))
    if shown.is_windowed and (bound.versus or (bound.against and show not in SHARES)):
        raise cannot_show(label, Text("不能这样对比", "it cannot be compared so"))
    _check_moving(shown, bound)
    if any(each.group.since for each in bound.by) and any(leaf.route.reach != "period" for leaf in shown.leaves):
        raise cannot_show(label, Text("它不按某个时间计", "its rows are not counted by a time of their own"))
    if bound.grain == "hour" or any(each.dimension.name == HOUR.name for each in bound.by):
        _check_hours(shown, model)


def _check_moving(shown: Shown, bound: Measurement) -> None:
    """What is reckoned anew in each bucket or for each customer takes no part in what would need it twice."""
    label, reaches = shown.metric.words.label, {leaf.route.reach for leaf in shown.leaves}
    asked = [*(each.dimension for each in bound.by), *attributes(bound.where)]
    of_period = any(named_of_period(each) and not of_clock(each) for each in asked)
    if bound.against and bound.grain and (reaches & {"through", "trailing"} or of_period):
        raise cannot_show(label, Text("不能逐段这样对比", "it cannot be compared so, bucket by bucket"))
    if bound.against and bound.grain in {"day", "hour"} and day_filters(bound.where):
        raise cannot_show(label, Text("筛掉了一些日子，不能逐日对比", "with days left out, days cannot be compared"))
    if of_period and ((bound.grain and reaches != {"period"}) or shown.measure.over in DAYS | MONTHS):
        raise cannot_show(label, Text("分组随时间变化", "the groups depend on the period"))
    if shown.measure.over == "customer" and reaches != {"period"}:
        raise cannot_show(label, Text("单个用户没有这个数值", "a customer has no such value"))


def check_of_then(segment: SegmentDefinition, held: Sequence[Held], model: SemanticModel) -> None:
    """Raise `QueryError` where what a segment is told by is known as of today alone."""
    trees: list[exp.Expr] = []
    for each in leaves_of(held):
        if isinstance(each, Deed) and each.behaviour.where is not None:
            trees.append(each.behaviour.where)
        for test in (each,) if isinstance(each, Test) else each.where if isinstance(each, Deed | Amount) else ():
            sql = None if of_clock(test.dimension) else model.source(test.dimension.source).sql
            trees += [test.dimension.expression, *([] if sql is None else [sql])]
            trees += _read_by(test.dimension, model)
    today = any(node.name == "as_of" for tree in trees for node in tree.find_all(exp.Placeholder))
    last = any(isinstance(each, Deed) and each.asked.which == "last" for each in leaves_of(held))
    if today or last:
        label = segment.words.label
        raise QueryError(
            Text(f"{label.zh}只能按截至日来算。", f"{label.en} are known as of the last day alone."),
            Text("请不要给它加时间。", "Ask for them without a period."),
        )


def check_counted(behaviour: Behaviour, did: Did, model: SemanticModel) -> None:
    """Raise `QueryError` where it is counted how often somebody became a customer, which everyone does once."""
    if behaviour.source == model.customer.source and any((did.times, did.days, did.in_a_row)):
        label = behaviour.words.label
        raise QueryError(
            Text(f"“{label.zh}”每人只有一次，不能按次数或天数筛选。", f"Everyone {label.en} once: it is not counted."),
            Text(f"请改问是哪段时间{label.zh}的。", f"Ask in which days they {label.en}."),
        )


def _read_by(dimension: Dimension, model: SemanticModel) -> list[exp.Expr]:
    """The model's own queries that a dimension's expression reads columns of."""
    names = {column.table for column in dimension.expression.find_all(exp.Column) if column.table}
    sources = (model.sources[name] for name in names if name in model.sources)
    return [each.sql for each in sources if each.sql is not None]


def _check_over(shown: Shown, bound: Measurement, label: Text) -> None:
    over = str(shown.measure.over)
    if any(leaf.route.reach == "always" for leaf in shown.leaves):
        raise cannot_show(label, Text("它没有时间", "it has no time"))
    if over != "day" and any(of_day(each.dimension) for each in bound.by):
        raise cannot_show(label, Text("分组比统计的时段更短", "the groups are shorter than what it is taken over"))
    order = ["hour", "day", "week", "month", "quarter", "year"]
    if bound.grain is not None and (
        order.index(bound.grain) <= order.index(over) or {bound.grain, over} == {"week", "month"}
    ):
        raise cannot_show(label, Text("时段不比统计的单位长", "the buckets are no longer than what it is taken over"))


def _check_hours(shown: Shown, model: SemanticModel) -> None:
    for leaf in shown.leaves:
        at = leaf.route.at
        source = model.source(at.table or leaf.route.source) if at is not None else None
        if at is None or source is None or at.name in source.days or leaf.route.reach != "period":
            raise cannot_show(leaf.metric.words.label, Text("它的时间只到天", "its time has days, no hours"))


def cannot_show(metric: Text, why: Text) -> QueryError:
    """A metric that cannot be shown in the way asked."""
    return QueryError(
        Text(f"{metric.zh}不能这样看：{why.zh}。", f"{metric.en} cannot be shown so: {why.en}."),
        Text("请换一种看法，或换一个指标。", "Ask for it in another way, or for another metric."),
    )


def empty_window() -> QueryError:
    """A comparison of all of the data with nothing."""
    return QueryError(
        Text("没有说是哪段时间，不知道和什么比。", "No period is told, so there is none to compare with."),
        Text("请说明时间，例如“上个月”。", "Name a period, such as “last month”."),
    )


def unfit(dimension: Text) -> QueryError:
    """A filter that does not fit what the dimension holds."""
    return QueryError(
        Text(f"{dimension.zh}不能这样筛选。", f"{dimension.en} cannot be filtered in this way."),
        Text(
            "词用 values，数用 bounds，日期用 period。",
            "Words are filtered by values, numbers by bounds, days by a period.",
        ),
    )


def unfit_group(dimension: Text) -> QueryError:
    """A dimension of words grouped as days are."""
    return QueryError(
        Text(f"{dimension.zh}不是日期，不能按时段分组。", f"{dimension.en} is no day, and has no buckets."),
        Text("日期维度才有 grain 和 since。", "Only dimensions of days take grain and since."),
    )


def unknown_column(column: str, known: Sequence[str]) -> UnknownName:
    """A column that the answer does not have."""
    return UnknownName(
        Text(f"结果里没有列 {column}。", f"The result has no column {column}."),
        Text(f"有：{'、'.join(known)}。", f"It has: {', '.join(known)}."),
    )


def unknown_value(value: str, dimension: Text, known: Sequence[str]) -> UnknownName:
    """A value that the dimension does not have."""
    near = get_close_matches(value, known[:MOST_COMPARED], n=3, cutoff=0.3) or list(known[:3])
    return UnknownName(
        Text(f"{dimension.zh}里没有“{value}”。", f"There is no {dimension.en} “{value}”."),
        Text(f"有：{'、'.join(near)} 等。", f"There are: {', '.join(near)}, among others."),
    )


def no_tie(subject: Text, dimension: Text, tied: list[Text]) -> NoJoinPath:
    """Something asked by a dimension that it has no tie to."""
    zh, en = "、".join(each.zh for each in tied), ", ".join(each.en for each in tied)
    return NoJoinPath(
        Text(
            f"{subject.zh}和{dimension.zh}没有关联，不能这样拆分或筛选。",
            f"{subject.en} cannot be cut by {dimension.en}: the data has no tie between them.",
        ),
        Text(f"{subject.zh}可以按：{zh}。", f"{subject.en} can be cut by: {en}."),
    )

"""From the slots of a question to the arguments of a tool."""

from collections.abc import Sequence

from agent.understand.grammar import wholes
from agent.understand.grammar.counts import (
    counts_members,
    counts_people,
    counts_times,
    counts_who,
    number_of_customers,
    of_rows,
)
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Choice, Contrast, Further
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.shifted import same_day
from agent.understand.loose import Before, Same
from agent.understand.mentions import When
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from warehouse.days import DAYS, MONTHS, Bucket, Grain
from warehouse.errors import QueryError
from warehouse.model import Behaviour, Dimension, Metric, SegmentDefinition, SemanticModel
from warehouse.period import Day, Last, Part, Period, Relative, Year
from warehouse.query import (
    Against,
    Attribute,
    Condition,
    Did,
    Filter,
    Group,
    Having,
    Measure,
    Not,
    Order,
    Query,
    Ranged,
    Segment,
    Versus,
)
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS, named_of_period
from warehouse.warehouse import Reading

MOST_DAILY = 92
DAYS_OF_MONTH = 28  # the least: a period at least as long as a bucket may be cut by it


def audience(frame: Frame) -> AudienceArgs:
    """Who: a list, a count, or a breakdown."""
    where = tuple(frame.where)
    if frame.grain or frame.trend or frame.compare or frame.ranking or frame.sorting or len(frame.by) > 1:
        raise ValueError("customers have no buckets, comparison or order")
    if frame.chart not in {None, "table"}:
        raise ValueError("customers are listed and counted in their own chart")
    if frame.by:
        return AudienceArgs(where=where, show="breakdown", by=frame.by[0].dimension)
    if frame.several is not None and frame.each_own and frame.counted:
        return AudienceArgs(where=where, show="breakdown", by=frame.several.dimension)
    return AudienceArgs(where=where, show="count" if frame.counted and not frame.listed else "list")


def of_period(condition: Condition, phrase: Phrase) -> Dimension | SegmentDefinition | None:
    """What a condition names that means something only within a period, as new customers do; None where it does not."""
    inner = condition.not_ if isinstance(condition, Not) else condition
    if isinstance(inner, Segment):
        segment = phrase.model.segment(inner.segment)
        return segment if inner.period is None and segment.taken == "within" else None
    if not isinstance(inner, Filter) or inner.dimension in TIME_PARTS:
        return None
    dimension = phrase.dimension(inner.dimension)
    return dimension if named_of_period(dimension) else None


def check_dated(frame: Frame, where: Sequence[Condition], phrase: Phrase) -> None:
    """Raise an error where values mean something only within a period, and none is told of them."""
    named = () if frame.all_time else [of_period(each, phrase) for each in where]
    undated = [each for each in named if each is not None]
    if undated and any(True for _ in phrase.of(When)):
        raise ValueError("a period is told, but not of who is new")
    if undated:
        label = undated[0].words.label
        raise QueryError(
            Text(f"“{label.zh}”要看是哪段时间。", f"“{label.en}” depends on the period, and none is told."),
            Text("请加上时间，例如“上个月”。", "Add a period, such as “last month”."),
        )


def _each_alone(frame: Frame, several: Choice, by: list[Group], phrase: Phrase) -> bool:
    """Whether several values are groups of their own, or one filter; where it is not clear both are tried."""
    if frame.total or any(each.dimension == several.dimension for each in by):
        return False
    if frame.each_own or set(several.values) == set(phrase.dimension(several.dimension).values):
        return True  # all that there are filter nothing
    if (by or frame.grain) and phrase.has("only"):
        return False
    if not (by or frame.grain):
        if frame.sorting or frame.ranking or frame.chart:
            return True
        if any(phrase.model.metric(each.metric).formula is not None for each in frame.measures):
            return True
    return phrase.fork("each by itself")


def _each_of_times(frame: Frame) -> list[Group]:
    """The days of the week, or hours, of which each is asked for: 周一到周五分别多少."""
    told = [each.dimension for each in frame.where if isinstance(each, Ranged) and each.dimension in TIME_PARTS]
    return [Group(dimension=each) for each in told[:1]] if frame.each_own else []


def query(frame: Frame, phrase: Phrase) -> QueryArgs:
    """Metrics, with how they are cut, compared and chosen. Raises `QueryError` for what the model cannot give."""
    reading = phrase.reading
    metrics, shared = wholes.shared(frame, phrase, _metrics(frame))
    by, keep, where = list(frame.by), list(frame.keep), list(frame.where)
    period = period_asked(frame)
    grain = _grain(frame, period, metrics, reading)
    compare = compared(frame, by, reading, grain)
    if shared is not None:
        where, keep = wholes.as_groups(shared, by, where), [*(each for each in keep if each != shared), shared]
        if of_period(shared, phrase) and (frame.grain is not None or frame.trend):
            raise ValueError("who is new depends on the length of time, each of which has others")
    if frame.several is not None and _each_alone(frame, frame.several, by, phrase):
        by.append(Group(dimension=frame.several.dimension))
    by += _each_of_times(frame) if not (by or frame.grain) else []
    if period is None:
        check_dated(frame, (*where, *keep), phrase)
    if (frame.ranking or frame.sorting) and (frame.heads or not (by or grain)):
        by += [each for each in _customers(frame, metrics, reading) if each not in by]
    growth = frame.growth and compare is not None
    order, limit, per = _order(frame, metrics, by, grain, growth=growth)
    if order is not None and _turned(frame, order, phrase, growth=growth):
        order = Order(column=order.column, descending=not order.descending)
    having = tuple(Having(column=each.measure.column + each.further, bounds=each.bounds) for each in frame.bounds)
    return QueryArgs(
        metrics=tuple(metrics),
        by=tuple(by),
        grain=grain,
        period=period,
        where=tuple(dict.fromkeys(where)),
        compare=compare,
        having=having,
        keep=tuple(keep),
        order=order,
        limit=limit,
        limit_per=per,
        chart=frame.chart,
    )


def _customers(frame: Frame, metrics: list[Measure], reading: Reading) -> list[Group]:
    """Customers ranked one by one: 里程最高的20个客户. Raises ValueError where nothing is there to be ranked."""
    if not (frame.customers or frame.heads) or any(counts_people(reading.model, each.metric) for each in metrics):
        raise ValueError("an order of nothing, or of what is one for each")
    return [Group(dimension=reading.model.customer.listed[0])]


def _metrics(frame: Frame) -> list[Measure]:
    told = list(frame.measures)
    asked = [frame.ranking.by if frame.ranking else None, frame.sorting.by if frame.sorting else None]
    told += [each.measure for each in frame.bounds if each.measure not in told]
    return told + [each for each in dict.fromkeys(asked) if isinstance(each, Measure) and each not in told]


def period_asked(frame: Frame) -> Period | None:
    """The period asked; that of a comparison with the one before is the unit of now where none is told."""
    against = (
        frame.compare.against.period if frame.compare is not None and not isinstance(frame.compare, Contrast) else None
    )
    if frame.period is None and isinstance(against, Relative) and against.offset == -1:
        return Relative(unit=against.unit, offset=0)
    return frame.period


def compared(frame: Frame, by: list[Group], reading: Reading, grain: Bucket | None = None) -> Against | Versus | None:
    """What is compared with what; two groups are among the groups. Raises `ValueError` for times of other lengths."""
    match frame.compare:
        case None:
            return None
        case Contrast(dimension, first, second):
            group = Group(dimension=dimension)
            if group not in by:
                by.append(group)
            return Versus(dimension=group.column, first=first, second=second)
        case comparing:
            period, beside = period_asked(frame), comparing.beside
            if beside is not None and (day := same_day(period, beside, reading)) is not None:
                return _normal(Against(period=day), period, grain, reading)
            if beside is not None and not _as_long(beside, period):
                raise ValueError("compared with a time of another length")
            return _normal(comparing.against, period, grain, reading)


def _as_long(beside: Before | Same, period: Period | None) -> bool:
    """Whether a period is of the length that the one compared with was told to be."""
    n = beside.n if isinstance(beside, Before) else 1
    match period:
        case Last():
            return (period.n, period.unit) == (n, beside.unit)
        case Relative() | Part():
            return n == 1 and period.unit == beside.unit
        case Year():
            return n == 1 and beside.unit == "year"
        case Day():
            return n == 1 and beside.unit == "day"
        case _:
            return False


def _normal(against: Against, period: Period | None, grain: Bucket | None, reading: Reading) -> Against:
    """A base that is the period just before, or the same a year earlier, by its own name; in the year that was told.

    Cut by a length of time "previous" compares each bucket with the one before it: no other unit's base is called so.
    """
    base, year = against.period, _year(period, reading)
    if isinstance(base, Part) and isinstance(period, Part) and base.year is None:
        return Against(period=base.model_copy(update={"year": period.year}))
    if grain not in {None, "year"} and year is not None and not isinstance(base, str):
        return Against(period="year_earlier") if _year(base, reading) == year - 1 else against
    if not isinstance(base, Relative):
        return against
    before = isinstance(period, Relative) and base.unit == period.unit and base.offset == period.offset - 1
    if before and grain in {None, base.unit}:
        return Against(period="previous")
    if base.unit == "year" and base.offset == -1 and year is None:
        return Against(period="year_earlier")
    return against


def bucketed(old: QueryArgs, grain: Bucket | None, reading: Reading) -> Against | Versus | None:
    """The comparison of a query that is cut by a length of time: with the year before, else with none that is known."""
    whole = isinstance(old.compare, Against) and old.compare.period == "previous" and old.grain is None
    if not whole or grain in {None, "year"}:
        return old.compare
    return Against(period="year_earlier") if _year(old.period, reading) is not None else None


def _year(period: Period | None, reading: Reading) -> int | None:
    """Which year a period is; None where it is none."""
    if isinstance(period, Relative) and period.unit == "year":
        return reading.as_of.year + period.offset
    return period.year if isinstance(period, Year) else None


def _grain(frame: Frame, period: Period | None, metrics: list[Measure], reading: Reading) -> Bucket | None:
    """The length of the buckets: told, implied by "trend" or by a metric's name."""
    if frame.grain is not None:
        return frame.grain
    if len(frame.implied) > 1:
        raise ValueError("names that imply buckets of two lengths")
    implied = next(iter(frame.implied), None)
    if not frame.trend and implied is None:
        return None
    bound = reading.resolver.query(Query(metrics=tuple(metrics), period=period))
    days = bound.window.span.days
    if frame.trend:
        return implied or ("day" if days <= MOST_DAILY else "month")
    if implied is not None and _longer(implied, period, days):
        raise ValueError("a bucket longer than the period")
    return None if implied is None or _one_unit(implied, period, days) else implied


def _longer(grain: Grain, period: Period | None, days: int) -> bool:
    """Whether the bucket is longer than a period that is told, and not a unit of that length begun only lately."""
    if period is None or (isinstance(period, Relative) and period.unit == grain):
        return False
    return days < _least_days(grain)


def _one_unit(grain: Grain, period: Period | None, days: int) -> bool:
    """Whether the period is one unit of the grain, or no longer than one."""
    if period is None:
        return False
    if isinstance(period, Relative) and period.unit == grain:
        return True
    if isinstance(period, Last) and period.unit == grain and period.n == 1:
        return True
    return days <= _least_days(grain)


def _least_days(grain: Grain) -> int:
    return DAYS[grain] if grain in DAYS else MONTHS[grain] * DAYS_OF_MONTH


def _order(
    frame: Frame, metrics: list[Measure], by: list[Group], grain: Bucket | None, *, growth: bool
) -> tuple[Order | None, int | None, str | None]:
    ranking, sorting = frame.ranking, frame.sorting
    if ranking is None and sorting is None:
        return None, None, None
    told = (sorting.by if sorting else None) or (ranking.by if ranking else None)
    column = _column(told, metrics, by, grain, growth=growth)
    descending = sorting.descending if sorting is not None else ranking is None or ranking.descending
    if ranking is not None and not ranking.descending:
        descending = False
    order = Order(column=column, descending=descending)
    if ranking is None or not (by or grain):
        return order, None, None
    several = len(by) > 1 or (frame.of_each and grain is not None)
    within = frame.each if frame.each is not None and several else None
    one = frame.which == "one" or (frame.which is None and not frame.listed and not ranking.several)
    limit = ranking.n or (1 if (one and sorting is None) or within is not None else None)
    return order, limit, within.column if within is not None and limit is not None else None


def _turned(frame: Frame, order: Order, phrase: Phrase, *, growth: bool) -> bool:
    """Whether the other end is meant: the worst of what is good where it is low, the most of a fall."""
    falls = growth and frame.falling and order.column.endswith("_growth")
    metrics = phrase.model.metrics
    judged = any(each is not None and each.judged for each in (frame.ranking, frame.sorting))
    bad = judged and any(
        metrics[name].low_is_good for name in (order.column, order.column.removesuffix("_growth")) if name in metrics
    )
    return falls != bad


def _column(
    told: Measure | Further | Group | str | None,
    metrics: list[Measure],
    by: list[Group],
    grain: Bucket | None,
    *,
    growth: bool,
) -> str:
    if isinstance(told, Further):
        return told.column
    if isinstance(told, Group):
        return told.column
    if isinstance(told, str):
        group = next((each for each in by if each.dimension == told), None)
        return group.column if group is not None else str(grain)
    column = (told or metrics[0]).column
    return f"{column}_growth" if growth else column


def as_metrics(frame: Frame, phrase: Phrase) -> Frame | None:
    """People counted by what is no customer's own, over time, or twice: as the metrics that count who did it.

    Where they are put in order, or nobody is told, by how often it was done or what was paid: one counts for one.
    What no metric counts the times of is put in order by how many did it: 收红最多的平台.
    """
    done = [each for each in frame.where if isinstance(each, Did | Segment)]
    if all(isinstance(each, Attribute) for each in frame.where) and not (frame.heads or frame.grain or frame.trend):
        return _customers_counted(frame, phrase)
    periods = {each.period for each in done}
    if not done or len(periods) != 1 or (frame.listed and not (frame.by or frame.heads)):
        return None
    ranked = frame.ranking is not None or frame.sorting is not None
    people = frame.customers or frame.counted or any(isinstance(each, Segment) for each in done)
    often = frame.heads or (ranked and not people)
    metrics = [_often(each, phrase) if often else None for each in done]
    if not frame.heads:
        metrics = [told or counting(each, phrase.model) for told, each in zip(metrics, done, strict=True)]
    if None in metrics:
        return None
    frame.measures = [Measure(metric=each) for each in metrics if each is not None]
    frame.where = [each for each in frame.where if each not in done]
    frame.period, frame.people = periods.pop(), False
    return frame


def _customers_counted(frame: Frame, phrase: Phrase) -> Frame | None:
    """Customers told by nothing done, by more than one group or in order: the number that there are."""
    metric = number_of_customers(phrase.model)
    grouped = frame.by or isinstance(frame.compare, Contrast)
    if metric is None or not grouped or not (frame.customers or frame.counted):
        return None
    frame.measures, frame.people = [Measure(metric=metric)], False
    return frame


def _often(done: Did | Segment, phrase: Phrase) -> str | None:
    """The metric that counts how often something was done; or that sums what was paid, where both could be meant."""
    if isinstance(done, Segment) or done != Did(behaviour=done.behaviour, period=done.period):
        return None
    behaviour, purchase = phrase.model.behaviour(done.behaviour), phrase.model.roles.get("purchase")
    rows = (behaviour.source, behaviour.time)
    paid = purchase is None or (purchase.source, purchase.parts.get("time")) == rows
    metrics = phrase.model.metrics.values()
    often = next((each.name for each in metrics if counts_times(each, behaviour)), None)
    much = next((each.name for each in metrics if paid and _sums_money(each, behaviour)), None)
    return much if often and much and phrase.fork("by amount") else often


def _sums_money(metric: Metric, behaviour: Behaviour) -> bool:
    route = of_rows(metric, behaviour)
    return route is not None and route.aggregate == "sum" and (metric.unit or "").isupper()


def counting(done: Did | Segment, model: SemanticModel) -> str | None:
    """The metric that counts the customers who did something, or are of a segment."""
    if isinstance(done, Segment):
        return counts_members(model, done.segment)
    if done != Did(behaviour=done.behaviour, period=done.period):
        return None
    behaviour = model.behaviour(done.behaviour)
    return next((each.name for each in model.metrics.values() if counts_who(each, behaviour, model)), None)

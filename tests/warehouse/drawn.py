"""Plans at random from any model: queries and groups of people that it allows."""

from collections.abc import Sequence
from typing import Any, Literal

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlglot import exp

from warehouse.days import Bucket, Grain
from warehouse.errors import QueryError
from warehouse.model import Dimension, Metric, Route, SemanticModel
from warehouse.period import Day, Last, Occasion, Open, Part, Period, Relative, Year
from warehouse.query import (
    Against,
    All,
    Any_,
    Attribute,
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
    Over,
    People,
    Query,
    Ranged,
    Segment,
    Show,
    Total,
    Versus,
)
from warehouse.timepart import TIME_PARTS, of_clock
from warehouse.warehouse import Reading

GRAINS: list[Grain] = ["day", "week", "month", "quarter", "year"]
LENGTHS: list[Bucket] = ["hour", *GRAINS]
MOST_GROUPS = 40  # of a dimension that is cut by buckets, too
SHORT = 45  # days that are cut by the hour or the day


def leaves(model: SemanticModel, metric: Metric) -> list[Metric]:
    """The metrics with routes that a metric is reckoned from."""
    if metric.formula is None:
        return [metric]
    return [model.metric(name) for name in dict.fromkeys(each.name for each in metric.formula.find_all(exp.Column))]


def reaches(model: SemanticModel, source: str, dimension: Dimension) -> bool:
    """Whether the rows of a source each have one value of the dimension."""
    return of_clock(dimension) or model.path(source, dimension.source) is not None


def route(model: SemanticModel, leaf: Metric, dimensions: Sequence[Dimension]) -> Route | None:
    """The first route of a metric that has all the dimensions."""
    fitting = (each for each in leaf.routes if all(reaches(model, each.source, one) for one in dimensions))
    return next(fitting, None)


def tied(model: SemanticModel, metrics: Sequence[Metric], dimensions: Sequence[Dimension]) -> bool:
    """Whether the metrics can be cut by all the dimensions at once; by parts of the time only rows that have one."""
    routes = [route(model, leaf, dimensions) for metric in metrics for leaf in leaves(model, metric)]
    clocked = any(map(of_clock, dimensions))
    return all(each is not None and (each.reach == "period" or not clocked) for each in routes)


def linear(model: SemanticModel, metric: Metric, dimensions: Sequence[Dimension] = ()) -> bool:
    """Whether the values of parts sum to the whole's: sums and counts, and what is added up from them."""
    if metric.formula is not None and any(
        not isinstance(each, exp.Add | exp.Sub | exp.Column | exp.Identifier | exp.Paren | exp.Neg)
        for each in metric.formula.walk()
    ):
        return False
    ways = [route(model, leaf, asked) for leaf in leaves(model, metric) for asked in ((), dimensions)]
    return all(each is not None and each.additive for each in ways)


def on_every_row(
    model: SemanticModel, metric: Metric, groups: Sequence[Dimension], others: Sequence[Dimension]
) -> bool:
    """Whether it is promised that every row of the metric lies in a group, on the routes that have the others, too."""
    ways = [route(model, leaf, [*groups, *others]) for leaf in leaves(model, metric)]
    sources = [each.source for each in groups if not of_clock(each)]
    paths = [model.path(way.source, each) for way in ways if way is not None for each in sources]
    return all(step.always for path in paths for step in path or ())


def of_one_scan(model: SemanticModel, metric: Metric) -> bool:
    """Whether a customer has a total of the metric: a sum over rows of one kind, dated in one way."""
    ways = [each for leaf in leaves(model, metric) for each in leaf.routes]
    plain = all(each.reach == "period" and each.having is None for each in ways)
    return plain and (metric.formula is None or len({(each.source, each.at, each.where) for each in ways}) == 1)


def of_customers(model: SemanticModel, metric: Metric) -> bool:
    """Whether each row of the metric has one customer."""
    return tied(model, [metric], [model.dimension(model.customer.listed[0])])


def has_hours(model: SemanticModel, metric: Metric) -> bool:
    """Whether the rows of a metric are dated to the hour."""
    ways = [each for leaf in leaves(model, metric) for each in leaf.routes]
    known = [(each.at, model.source(each.at.table or each.source)) for each in ways if each.at is not None]
    return len(known) == len(ways) and all(at.name not in source.days for at, source in known)


def told_by_period(dimension: Dimension) -> bool:
    """Whether the dimension looks at the ends of the period asked."""
    return any(each.name in {"start", "end"} for each in dimension.expression.find_all(exp.Placeholder))


@st.composite
def periods(draw: st.DrawFn, reading: Reading, *, short: bool = False) -> Period:
    """A period that has begun; a short one has few days."""
    as_of, calendar = reading.as_of, reading.model.calendar
    year = st.integers(calendar.first_day.year, as_of.year)
    day = st.dates(calendar.first_day, as_of).map(lambda each: Day(year=each.year, month=each.month, day=each.day))
    few: list[st.SearchStrategy[Any]] = [
        st.builds(Last, n=st.integers(1, SHORT), unit=st.just("day")),
        st.builds(Relative, unit=st.sampled_from(["day", "week", "month"]), offset=st.integers(-2, 0)),
        day,
    ]
    many: list[st.SearchStrategy[Any]] = [
        st.builds(Last, n=st.integers(1, 12), unit=st.sampled_from(["week", "month", "quarter"])),
        st.builds(Relative, unit=st.sampled_from(["quarter", "year"]), offset=st.integers(-1, 0)),
        st.builds(Part, unit=st.just("month"), number=st.integers(1, 12), year=year),
        st.builds(Part, unit=st.just("half"), number=st.integers(1, 2), year=year),
        st.builds(Year, year=year),
        st.builds(Open, side=st.sampled_from(["since", "after", "until", "before"]), of=day),
    ]
    if calendar.occasions:
        names = [each.name.zh for each in calendar.occasions]
        many.append(st.builds(Occasion, name=st.sampled_from(names), year=st.none() | year))
    period: Period = draw(st.one_of(*few, *([] if short else many)))
    try:
        period.resolve(as_of, calendar)
    except QueryError:
        assume(False)  # noqa: FBT003
    return period


def recurs(period: Period | None) -> bool:
    """Whether the period is told without its year, so that it has no years to be cut by."""
    return isinstance(period, Occasion) and period.year is None


def bounds(low: int, high: int) -> st.SearchStrategy[Bounds]:
    """A range of numbers, open to one side or closed."""
    number = st.integers(low, high)
    return st.one_of(
        st.builds(Bounds, at_least=number),
        st.builds(Bounds, more_than=number),
        st.builds(Bounds, at_most=number),
        st.builds(Bounds, less_than=number),
        st.tuples(number, number).map(lambda ends: Bounds(at_least=min(ends), at_most=max(ends))),
    )


@st.composite
def filters(draw: st.DrawFn, reading: Reading, dimension: Dimension) -> Filter:
    """A test of a dimension of words by values that stand in the data."""
    known = dimension.bands or (tuple(dimension.values) if of_clock(dimension) else reading.values[dimension.name])
    assume(known)
    values = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
    ways = ["in"] if of_clock(dimension) else ["in", "in", "in", "starts", "ends", "contains", "missing"]
    op: Any = draw(st.sampled_from(ways))
    if op == "missing":
        return Filter(dimension=dimension.name, op=op)
    parts = {"in": values, "starts": [values[0][:2]], "ends": [values[0][-2:]], "contains": [values[0][1:3] or "_"]}
    return Filter(dimension=dimension.name, op=op, values=tuple(parts[op]))


def attributes(reading: Reading, dimension: Dimension) -> st.SearchStrategy[Attribute]:
    """A test of any dimension, as its kind allows."""
    match dimension.kind:
        case "category":
            return filters(reading, dimension)
        case "birth_year":
            return st.builds(Ranged, dimension=st.just(dimension.name), bounds=bounds(1955, 2010))
        case "number":
            high = 24 if of_clock(dimension) else 400
            return st.builds(Ranged, dimension=st.just(dimension.name), bounds=bounds(0, high))
        case _:
            return st.builds(Dated, dimension=st.just(dimension.name), period=periods(reading))


def named(model: SemanticModel, dimensions: Sequence[Dimension]) -> st.SearchStrategy[Dimension]:
    """One of the dimensions."""
    return st.sampled_from([each.name for each in dimensions]).map(lambda name: dimension(model, name))


def testable(model: SemanticModel) -> list[Dimension]:
    """The dimensions that rows can be filtered by."""
    parts = [TIME_PARTS[name] for name in ("weekday", "day_type", "holiday")]
    return [*(each for each in model.dimensions.values() if each.kind != "attribute"), *parts]


@st.composite
def deeds(draw: st.DrawFn, reading: Reading, *, counted: bool = True) -> Did:
    """What people did, in one of all the ways that it can be told."""
    model = reading.model
    behaviour = draw(st.sampled_from(sorted(model.behaviours)))
    source = model.behaviour(behaviour).source
    cuts = [each for each in testable(model) if reaches(model, source, each)]
    ways: list[dict[str, Any]] = [{}]
    if counted and source != model.customer.source:  # everyone becomes a customer once
        ways += [{"times": draw(bounds(1, 4))}, {"days": draw(bounds(1, 3))}, {"in_a_row": draw(st.integers(2, 3))}]
    if counted:
        ways += [{"which": "first"}, {"which": "last"}]
    way = draw(st.sampled_from(ways))
    where = draw(named(model, cuts).flatmap(lambda each: attributes(reading, each))) if draw(st.booleans()) else None
    period = draw(periods(reading) if "which" in way else st.none() | periods(reading))
    return Did(behaviour=behaviour, period=period, where=() if where is None else (where,), **way)


@st.composite
def totals(draw: st.DrawFn, reading: Reading) -> Total:
    """People by their own total of a metric."""
    model = reading.model
    summed = [each.name for each in model.metrics.values() if of_customers(model, each) and of_one_scan(model, each)]
    metric = model.metric(draw(st.sampled_from(summed)))
    key = model.dimension(model.customer.listed[0])
    cuts = [each for each in testable(model) if tied(model, [metric], [key, each])]
    where = draw(named(model, cuts).flatmap(lambda each: attributes(reading, each))) if draw(st.booleans()) else None
    period = draw(st.none() | periods(reading))
    return Total(
        metric=metric.name, bounds=draw(bounds(0, 500)), period=period, where=() if where is None else (where,)
    )


def of_people(reading: Reading) -> st.SearchStrategy[Condition]:
    """One condition on what a customer did or is."""
    ways: list[st.SearchStrategy[Condition]] = [deeds(reading), totals(reading)]
    if reading.model.segments:
        names = st.sampled_from(sorted(reading.model.segments))
        ways.append(st.builds(Segment, segment=names, period=st.none() | periods(reading)))
    return st.one_of(*ways)


def about_customers(reading: Reading) -> st.SearchStrategy[Condition]:
    """One condition on a customer, attributes among them."""
    model = reading.model
    own = [
        each
        for each in testable(model)
        if not of_clock(each) and reaches(model, model.customer.source, each) and not told_by_period(each)
    ]
    anyone = of_people(reading) | named(model, own).flatmap(lambda each: attributes(reading, each))
    return anyone.filter(lambda each: is_carried(reading, People(where=(each,))))


def is_carried(reading: Reading, plan: Query | People) -> bool:
    """Whether it is not declined because it cannot be shown so, or is known as of the last day alone."""
    try:
        if isinstance(plan, Query):
            reading.resolver.query(plan)
        else:
            reading.resolver.people(plan)
    except QueryError as declined:
        if type(declined) is not QueryError:
            raise
        return False
    return True


@st.composite
def nested(draw: st.DrawFn, leaf: st.SearchStrategy[Condition]) -> Condition:
    """A condition, negated or joined with others, two deep at most."""
    shape = draw(st.integers(0, 6))
    if shape < 3:
        return draw(leaf)
    if shape == 3:
        return Not(not_=draw(leaf))
    first, second, third = (draw(leaf) for _ in range(3))
    assume(len({first, second, third}) == 3)
    inner = draw(st.sampled_from([All(all=(first, second)), Any_(any=(first, second)), Not(not_=first)]))
    match shape:
        case 4:
            return All(all=(inner, third))
        case 5:
            return Any_(any=(third, inner))
        case _:
            return Not(not_=All(all=(first, third)))


@st.composite
def people(draw: st.DrawFn, reading: Reading) -> People:
    """Customers of up to three conditions."""
    found = draw(st.lists(nested(about_customers(reading)), max_size=3))
    made: People = _valid(People, where=tuple(found))
    assume(is_carried(reading, made))
    return made


def row_conditions(
    reading: Reading, metrics: Sequence[Metric], groups: Sequence[Dimension] = ()
) -> st.SearchStrategy[Condition]:
    """One condition that the rows of all the metrics can be tested by, beside the groups."""
    model = reading.model
    key = model.dimension(model.customer.listed[0])
    cuts = [each for each in testable(model) if tied(model, metrics, [*groups, each])]
    ways: list[st.SearchStrategy[Condition]] = []
    if cuts:
        ways.append(named(model, cuts).flatmap(lambda each: attributes(reading, each)))
    if tied(model, metrics, [*groups, key]):
        ways.append(of_people(reading))
    return st.one_of(*ways)


@st.composite
def conditions(
    draw: st.DrawFn, reading: Reading, metrics: Sequence[Metric], groups: Sequence[Dimension], least: int = 0
) -> tuple[Condition, ...]:
    """Up to two conditions on the rows, all of which the metrics and groups can carry together."""
    model = reading.model
    found = draw(st.lists(nested(row_conditions(reading, metrics, groups)), min_size=least, max_size=2, unique=True))
    key = [model.dimension(model.customer.listed[0])] if any(map(_asks_people, found)) else []
    names = [name for each in found for name in dimensions_of(each)]
    assume(tied(model, metrics, [*groups, *key, *(dimension(model, name) for name in names)]))
    return tuple(found)


def dimensions_of(condition: Condition) -> list[str]:
    """The dimensions that a condition tests rows by."""
    match condition:
        case Filter() | Ranged() | Dated():
            return [condition.dimension]
        case All():
            return [name for each in condition.all for name in dimensions_of(each)]
        case Any_():
            return [name for each in condition.any for name in dimensions_of(each)]
        case Not():
            return dimensions_of(condition.not_)
        case _:
            return []


def leaves_of(condition: Condition) -> list[Condition]:
    """The conditions that others are joined from."""
    match condition:
        case All():
            return [leaf for each in condition.all for leaf in leaves_of(each)]
        case Any_():
            return [leaf for each in condition.any for leaf in leaves_of(each)]
        case Not():
            return leaves_of(condition.not_)
        case _:
            return [condition]


@st.composite
def groups(draw: st.DrawFn, reading: Reading, metrics: Sequence[Metric], *, few: bool, most: int = 2) -> list[Group]:
    """What the metrics can be grouped by together; few where buckets cut each group again."""
    model = reading.model
    found: list[Group] = []
    taken: list[Dimension] = []
    for _ in range(draw(st.integers(0, most))):
        cuts = [each for each in _groupable(reading, few=few) if each not in taken]
        cuts = [each for each in cuts if tied(model, metrics, [*taken, each])]
        if not cuts:
            break
        dimension = draw(named(model, cuts))
        taken.append(dimension)
        if dimension.kind == "date":
            timeless = any(_timeless(model, each) for each in metrics)
            way = "grain" if timeless else draw(st.sampled_from(["grain", "since"]))
            found.append(Group.model_validate({"dimension": dimension.name, way: draw(st.sampled_from(GRAINS[1:]))}))
        else:
            found.append(Group(dimension=dimension.name))
    return found


@st.composite
def queries(
    draw: st.DrawFn,
    reading: Reading,
    *,
    metrics: Sequence[str] = (),
    least: int = 0,
    compared: bool | Literal["versus"] = True,
    finished: bool = True,
    dated: bool = False,
) -> Query:
    """Any query that the model allows, of one of the `metrics` where they are told, else of up to three.

    It has at least so many conditions, a period where it is `dated`, and chooses among its groups if it is `finished`.
    """
    model = reading.model
    some = st.lists(st.sampled_from(sorted(model.metrics)), min_size=1, max_size=3, unique=True)
    one = st.sampled_from(metrics).map(lambda name: [name]) if metrics else some
    chosen = [model.metric(name) for name in draw(one)]
    assume(tied(model, chosen, []))
    grain = draw(st.none() | st.sampled_from(GRAINS))
    by = draw(groups(reading, chosen, few=grain is not None, most=2 if grain in {None, "month"} else 1))
    short = periods(reading, short=grain == "day" or any(each.since == "day" for each in by))
    period = draw(short if dated or grain == "day" else st.none() | short)
    assume(grain != "year" or not recurs(period))
    cut = [dimension(model, each.dimension) for each in by]
    where = draw(conditions(reading, chosen, cut, least))
    if compared == "versus":
        assume(ways_to_compare(reading, by))
        compare: Against | Versus | None = draw(st.one_of(ways_to_compare(reading, by)))
    else:
        compare = draw(comparisons(reading, by, period, grain)) if compared else None
    shown = tuple(draw(measures(reading, each, by, cut, grain, against=compare)) for each in chosen)
    made = _valid(Query, metrics=shown, by=tuple(by), grain=grain, period=period, where=where, compare=compare)
    assume(is_carried(reading, made))
    return draw(choices(made)) if finished else made


@st.composite
def comparisons(
    draw: st.DrawFn, reading: Reading, by: Sequence[Group], period: Period | None, grain: Grain | None
) -> Against | Versus | None:
    """A comparison, or none."""
    ways: list[st.SearchStrategy[Any]] = [st.none()]
    if period is not None:
        ways.append(st.builds(Against, period=st.sampled_from(["previous", "year_earlier"])))
        if grain is None:
            ways.append(st.builds(Against, period=periods(reading, short=True)))
    chosen: Against | Versus | None = draw(st.one_of(*ways, *ways_to_compare(reading, by)))
    return chosen


def ways_to_compare(reading: Reading, by: Sequence[Group]) -> list[st.SearchStrategy[Versus]]:
    """For each group by words, two of them compared."""
    known = {each.dimension: reading.values.get(each.dimension, ()) for each in by}
    return [
        st.lists(st.sampled_from(values), min_size=2, max_size=2, unique=True).map(
            lambda pair, name=name: Versus(dimension=name, first=pair[0], second=pair[1])  # type: ignore[misc]
        )
        for name, values in known.items()
        if len(values) > 1
    ]


@st.composite
def measures(
    draw: st.DrawFn,
    reading: Reading,
    metric: Metric,
    by: Sequence[Group],
    cut: Sequence[Dimension],
    grain: Grain | None,
    *,
    against: Against | Versus | None,
) -> Measure:
    """A metric in one of the ways that it can be shown beside these groups and buckets."""
    model = reading.model
    simple, clocked = metric.formula is None, any(map(of_clock, cut))
    shows: list[Show] = ["value"] * 4
    if simple and against is None:
        shows += ["share"] if by or grain else []
        shows += ["share_of_parent"] if len(by) > 1 else []
        shows += ["moving"] if grain else []
        shows += ["running"] if grain and linear(model, metric, cut) else []
    units = [each for each in ("day", "week", "month") if _longer(grain, each) and (each == "day" or not clocked)]
    over: list[Over] = [*units] if not _timeless(model, metric) else []  # type: ignore[list-item]
    if simple and metric.routes[0].aggregate in {"sum", "avg"} and route(model, metric, cut) is metric.routes[0]:
        over.append("row")
    if tied(model, [metric], [*cut, model.dimension(model.customer.listed[0])]):
        over.append("customer")
    statistics = bool(over) and not (grain is not None and isinstance(against, Against))
    show = draw(
        st.sampled_from(
            [*shows, *(["mean", "median", "percentile", "stdev", "highest", "lowest"] if statistics else [])]
        )
    )
    n = draw(st.integers(1, 9)) if show == "moving" else draw(st.integers(1, 99)) if show == "percentile" else None
    taken = show not in {"value", "share", "share_of_parent", "running", "moving"}
    return Measure(metric=metric.name, show=show, n=n, over=draw(st.sampled_from(over)) if taken else None)


@st.composite
def choices(draw: st.DrawFn, query: Query) -> Query:
    """The query with its finished groups chosen among, ordered and limited."""
    if not (query.by or query.grain):
        return query
    columns = [each.column for each in query.metrics]
    if isinstance(query.compare, Against):
        columns += [f"{columns[0]}_before", f"{columns[0]}_growth"]
    names = [each.column for each in query.by]
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["having"] = (Having(column=draw(st.sampled_from(columns)), bounds=draw(bounds(0, 300))),)
    if draw(st.booleans()):
        more["order"] = Order(column=draw(st.sampled_from([*columns, *names])), descending=draw(st.booleans()))
    if draw(st.booleans()):
        more["limit"] = draw(st.integers(1, 12))
        several = len(names) > 1 or (names and query.grain is not None)
        more["limit_per"] = draw(st.none() | st.sampled_from(names)) if several else None
    return type(query).model_validate(dict(query) | more)


def _valid(part: type[Any], **fields: Any) -> Any:
    try:
        return part(**fields)
    except ValidationError:
        assume(False)  # noqa: FBT003


def _asks_people(condition: Condition) -> bool:
    return any(isinstance(each, Did | Total | Segment) for each in leaves_of(condition))


def dimension(model: SemanticModel, name: str) -> Dimension:
    """A dimension of the model, or a part of the time."""
    return TIME_PARTS[name] if name in TIME_PARTS else model.dimension(name)


def _groupable(reading: Reading, *, few: bool) -> list[Dimension]:
    parts = [TIME_PARTS[name] for name in ("weekday", "day_type", "holiday")]
    own = [each for each in reading.model.dimensions.values() if each.kind in {"category", "date"} or each.bands]
    if few:
        own = [each for each in own if each.kind != "date" and len(reading.values[each.name]) <= MOST_GROUPS]
    return [*own, *parts]


def _longer(grain: Bucket | None, unit: str) -> bool:
    order: list[str] = [*LENGTHS]
    return grain is None or (order.index(grain) > order.index(unit) and {grain, unit} != {"week", "month"})


def _timeless(model: SemanticModel, metric: Metric) -> bool:
    return any(each.reach == "always" for leaf in leaves(model, metric) for each in leaf.routes)

"""What holds for every plan of every model: parts make wholes, conditions are sets, nothing changes what was asked."""

import datetime
import itertools
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import AS_OF
from tests.warehouse import drawn
from tests.warehouse.results import Rows, answered, counted, listed, read, rows, same
from tests.warehouse.shops import SHOPS
from warehouse.days import Bucket, Span, shift, unit_of
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.period import Day, Last, Range
from warehouse.query import (
    Against,
    All,
    Any_,
    Bounds,
    Condition,
    Filter,
    Measure,
    Not,
    Order,
    Over,
    People,
    Query,
    Show,
    Versus,
    plain,
)
from warehouse.timepart import of_clock
from warehouse.warehouse import Reading, Warehouse

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
MODELS = ["demo", *SHOPS]
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
LAW = settings(max_examples=EXAMPLES // len(MODELS) + 1, deadline=None, suppress_health_check=SLOW)


@pytest.fixture(scope="module", params=MODELS)
def reading(request: pytest.FixtureRequest, shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    if request.param == "demo":
        warehouse = Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF)
    else:
        warehouse = SHOPS[request.param](tmp_path_factory.mktemp(request.param))
    with warehouse.reading() as reading:
        yield reading


def linear(reading: Reading) -> list[str]:
    """The metrics whose parts sum to the whole."""
    return sorted(name for name, each in reading.model.metrics.items() if drawn.linear(reading.model, each))


def summed(draw: Any, reading: Reading, **told: Any) -> Query:
    """A query of one value that is a sum, by no buckets."""
    query: Query = draw(drawn.queries(reading, metrics=linear(reading), compared=False, finished=False, **told))
    metric = reading.model.metric(query.metrics[0].metric)
    cut = [drawn.dimension(reading.model, each.dimension) for each in query.by]
    asked = [drawn.dimension(reading.model, name) for each in query.where for name in drawn.dimensions_of(each)]
    assume(drawn.linear(reading.model, metric, [*cut, *asked]))
    return query.model_copy(update={"metrics": (Measure(metric=metric.name),), "grain": None})


def total(reading: Reading, query: Query) -> float:
    """The one value of a query that is a sum, without its groups."""
    [[found]] = rows(reading, query.model_copy(update={"by": (), "grain": None}))
    return float(found)


def lasting(reading: Reading, query: Query) -> bool:
    """Whether no condition depends on the period: who is new in a month may have come before the last of its days."""
    names = (name for each in query.where for name in drawn.dimensions_of(each))
    return not any(drawn.told_by_period(drawn.dimension(reading.model, name)) for name in names)


def listed_whole(reading: Reading, query: Query) -> bool:
    """Whether the groups hold every row: a row without what it is grouped by is in none."""
    cut = [drawn.dimension(reading.model, each.dimension) for each in query.by]
    asked = [drawn.dimension(reading.model, name) for each in query.where for name in drawn.dimensions_of(each)]
    return drawn.on_every_row(reading.model, reading.model.metric(query.metrics[0].metric), cut, asked)


def near(first: float, second: float) -> bool:
    return first == pytest.approx(second, rel=1e-9, abs=1e-4)


def columns(query: Query) -> list[str]:
    """The columns that a query has, as the plan's form promises them."""
    further = {Against: ["before", "difference", "growth"], Versus: ["difference", "growth"]}
    names = [str(query.grain)] if query.grain else []
    names += [each.column for each in query.by]
    for measure in query.metrics:
        added = further.get(type(query.compare), [])  # type: ignore[arg-type]
        names += [measure.column, *(f"{measure.column}_{each}" for each in added)]
    return names


@LAW
@given(data=st.data())
def test_every_query_is_kept_compiled_let_pass_and_run(data: st.DataObject, reading: Reading) -> None:
    query = data.draw(drawn.queries(reading))
    assert Query.model_validate(json.loads(json.dumps(plain(query)))) == query
    first, second = answered(reading, query), answered(reading, query)
    assert [each.name for each in first.table.columns] == columns(query)
    assert first.sql == second.sql
    keys = len(query.by) + (query.grain is not None)
    named = [row[:keys] for row in first.table.rows]
    assert len(set(named)) == len(named), "a group stands twice"


@LAW
@given(data=st.data())
def test_every_group_of_people_is_kept_compiled_let_pass_and_run(data: st.DataObject, reading: Reading) -> None:
    people = data.draw(drawn.people(reading))
    assert People.model_validate(json.loads(json.dumps(plain(people)))) == people
    crowd = reading.resolver.people(people)
    shown = [reading.model.dimension(name) for name in reading.model.customer.listed]
    found = read(reading, reading.compiler.listing(crowd, shown))
    assert found.sql == read(reading, reading.compiler.listing(crowd, shown)).sql
    cut = reading.model.dimension(reading.model.customer.breakdown)
    broken = read(reading, reading.compiler.breakdown(crowd, cut)).table.rows
    number = counted(reading, *people.where)
    assert len({row[0] for row in found.table.rows}) == len(found.table.rows) == number
    assert sum(int(str(row[1])) for row in broken) == number


@LAW
@given(data=st.data())
def test_conditions_on_people_are_sets(data: st.DataObject, reading: Reading) -> None:
    condition = data.draw(drawn.nested(drawn.about_customers(reading)))
    everybody = listed(reading)

    def members(held: Condition) -> set[Any]:
        match held:
            case All():
                return set.intersection(*map(members, held.all))
            case Any_():
                return set.union(*map(members, held.any))
            case Not():
                return everybody - members(held.not_)
            case _:
                return listed(reading, held)

    assert listed(reading, condition) == members(condition)


@LAW
@given(data=st.data())
def test_who_did_it_in_a_window_did_it_in_a_wider_one(data: st.DataObject, reading: Reading) -> None:
    did = data.draw(drawn.deeds(reading, counted=False))
    assume(not any(drawn.told_by_period(drawn.dimension(reading.model, each.dimension)) for each in did.where))
    least = Bounds(at_least=data.draw(st.integers(1, 4)))
    way: dict[str, Any] = data.draw(st.sampled_from([{}, {"times": least}, {"days": least}, {"in_a_row": 2}]))
    way = {} if reading.model.behaviour(did.behaviour).source == reading.model.customer.source else way
    few, more = data.draw(st.integers(1, 400)), data.draw(st.integers(0, 400))
    narrow, wide = (did.model_copy(update={"period": Last(n=days, unit="day"), **way}) for days in (few, few + more))
    assert (
        listed(reading, narrow)
        <= listed(reading, wide)
        <= listed(reading, did.model_copy(update={"period": None, **way}))
    )


@LAW
@given(data=st.data())
def test_groups_sum_to_the_total(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading)
    assume(listed_whole(reading, query))
    assert near(sum(float(row[-1]) for row in rows(reading, query)), total(reading, query))


@LAW
@given(data=st.data())
def test_buckets_sum_to_the_total(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading, dated=True)
    metric = reading.model.metric(query.metrics[0].metric)
    lengths: list[Bucket] = [*drawn.GRAINS, *(["hour"] if drawn.has_hours(reading.model, metric) else [])]  # type: ignore[list-item]
    grain = data.draw(st.sampled_from(lengths))
    days = span(reading, query).days
    assume(grain not in {"hour", "day"} or days <= drawn.SHORT)
    assume(grain != "year" or not drawn.recurs(query.period))
    assume(lasting(reading, query))
    query = query.model_copy(update={"by": query.by[:1] if few(reading, query) else ()})
    assume(listed_whole(reading, query))
    trend = rows(reading, query.model_copy(update={"grain": grain}))
    assert near(sum(float(row[-1]) for row in trend), total(reading, query))


@LAW
@given(data=st.data())
def test_a_filter_split_in_two_adds_up(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading)
    metric = reading.model.metric(query.metrics[0].metric)
    asked = [drawn.dimension(reading.model, name) for each in query.where for name in drawn.dimensions_of(each)]
    cuts = [
        each
        for each in reading.model.groupings
        if len(reading.values[each.name]) > 1 and drawn.linear(reading.model, metric, [*asked, each])
    ]
    assume(cuts)
    cut = data.draw(st.sampled_from(cuts)).name
    values = data.draw(st.lists(st.sampled_from(reading.values[cut]), min_size=2, max_size=6, unique=True))
    at = data.draw(st.integers(1, len(values) - 1))

    def part(*some: str) -> float:
        where = (*query.where, Filter(dimension=cut, values=some))
        assume(len(set(where)) == len(where))
        return total(reading, query.model_copy(update={"where": where}))

    assert near(part(*values[:at]) + part(*values[at:]), part(*values))


@LAW
@given(data=st.data())
def test_what_holds_and_what_does_not_make_all(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading, least=1)
    base = query.model_copy(update={"where": query.where[1:]})
    first = query.where[0]
    other: Condition = first.not_ if isinstance(first, Not) else Not(not_=first)
    without = base.model_copy(update={"where": (*base.where, other)})
    assume(len(set(without.where)) == len(without.where))
    assert near(total(reading, query) + total(reading, without), total(reading, base))


@LAW
@given(data=st.data())
def test_either_and_both_add_up_to_the_two(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading, least=2)
    first, second = query.where

    def value(*where: Condition) -> float:
        return total(reading, query.model_copy(update={"where": where}))

    assert near(value(Any_(any=(first, second))) + value(All(all=(first, second))), value(first) + value(second))
    assert near(value(All(all=(first, second))), value(first, second))


@LAW
@given(data=st.data())
def test_a_metric_beside_others_is_what_it_is_alone(data: st.DataObject, reading: Reading) -> None:
    query = data.draw(drawn.queries(reading, compared=False, finished=False, dated=True))
    keys = len(query.by) + (query.grain is not None)
    together = keyed(rows(reading, query), keys)
    for at, measure in enumerate(query.metrics):
        alone = keyed(rows(reading, query.model_copy(update={"metrics": (measure,)})), keys)
        assert set(alone) <= set(together)
        for key, row in together.items():
            assert same(row[at], alone[key][0]) if key in alone else row[at] in {0, None}, (measure, key, row)


@LAW
@given(data=st.data())
def test_the_order_of_conditions_is_no_matter(data: st.DataObject, reading: Reading) -> None:
    query = data.draw(drawn.queries(reading, least=2))
    turned = query.model_copy(update={"where": query.where[::-1]})
    assert same(rows(reading, query), rows(reading, turned))


@LAW
@given(data=st.data())
def test_chosen_groups_are_the_same_groups(data: st.DataObject, reading: Reading) -> None:
    """Having takes those within its bounds, a limit the first in order, or the first of each group."""
    query = data.draw(drawn.queries(reading))
    whole = query.model_copy(update={"having": (), "limit": None, "limit_per": None})
    names = columns(query)
    expected = rows(reading, whole)
    if query.order is not None:
        check_order(expected, names.index(query.order.column), query.order)
    for having in query.having:
        at = names.index(having.column)
        expected = [row for row in expected if holds(having.bounds, row[at])]
    if query.limit is not None:
        each = [] if query.limit_per is None else [names.index(query.limit_per)]  # of a trend in every bucket
        expected = first_rows(expected, query.limit, [*([0] if each and query.grain else []), *each])
    found = rows(reading, query)
    if query.limit_per is not None:  # whatever the order of the groups that are each limited
        at, first = names.index(query.limit_per), 0 if query.grain else names.index(query.limit_per)
        found, expected = (sorted(all_, key=lambda row: (str(row[first]), str(row[at]))) for all_ in (found, expected))
    elif query.order is not None and query.limit is None:  # means that are equal may differ in their last digits
        check_order(found, names.index(query.order.column), query.order)
        found, expected = (sorted(all_, key=_exactly) for all_ in (found, expected))
    assert same(found, expected)


def _exactly(row: Sequence[Any]) -> str:
    """A row without what is reckoned in floating point."""
    return str([cell for cell in row if not isinstance(cell, float)])


def check_order(found: Rows, at: int, order: Order) -> None:
    """Rising or falling, what is missing last either way."""
    known = [row[at] for row in found if row[at] is not None]
    assert [row[at] for row in found][: len(known)] == known
    pairs = itertools.pairwise(known)
    assert all(first >= second if order.descending else first <= second for first, second in pairs)


def holds(bounds: Bounds, value: float | None) -> bool:
    """Whether a value lies within bounds; what is missing does not."""
    return value is not None and not (
        (bounds.at_least is not None and value < bounds.at_least)
        or (bounds.more_than is not None and value <= bounds.more_than)
        or (bounds.at_most is not None and value > bounds.at_most)
        or (bounds.less_than is not None and value >= bounds.less_than)
    )


def first_rows(found: Rows, limit: int, per: Sequence[int]) -> Rows:
    """The first so many, or so many of each value in some columns."""
    if not per:
        return found[:limit]
    seen: Counter[Any] = Counter()
    kept = []
    for row in found:
        group = tuple(row[at] for at in per)
        seen[group] += 1
        if seen[group] <= limit:
            kept.append(row)
    return kept


def span(reading: Reading, query: Query) -> Span:
    """The days of a query's period."""
    assert query.period is not None
    return query.period.resolve(reading.as_of, reading.model.calendar)


def few(reading: Reading, query: Query) -> bool:
    """Whether the first group has few values."""
    return bool(query.by) and len(reading.values.get(query.by[0].dimension, ())) <= drawn.MOST_GROUPS


def keyed(found: Rows, keys: int) -> dict[tuple[Any, ...], list[Any]]:
    """Rows by their groups."""
    return {tuple(row[:keys]): row[keys:] for row in found}


@LAW
@given(data=st.data())
def test_a_comparison_holds_what_each_period_holds_alone(data: st.DataObject, reading: Reading) -> None:
    query = data.draw(
        drawn.queries(reading, metrics=sorted(reading.model.metrics), compared=False, finished=False, dated=True)
    )
    now = query.model_copy(update={"metrics": (Measure(metric=query.metrics[0].metric),), "grain": None})
    assert now.period is not None
    to = data.draw(st.sampled_from(["previous", "year_earlier"]))
    earlier = getattr(now.period, to)(reading.as_of, reading.model.calendar)
    then = now.model_copy(update={"period": days(earlier)})
    keys = len(now.by)
    both = keyed(rows(reading, now.model_copy(update={"compare": Against(period=to)})), keys)
    alone = [keyed(rows(reading, each), keys) for each in (now, then)]
    assert set(both) == set(alone[0]) | set(alone[1])
    for key, (value, before, difference, growth) in both.items():
        for found, each in zip((value, before), alone, strict=True):
            assert same(found, each[key][0]) if key in each else found in {0, None}, (key, found, each.get(key))
        known = value is not None and before is not None
        assert same(difference, value - before if known else None)
        assert growth is None if not known or before == 0 else growth == pytest.approx((value - before) / before)


def days(span: Span) -> Range:
    """A period of those days."""
    first, last = (Day(year=each.year, month=each.month, day=each.day) for each in span)
    return Range(first=first, last=last)


@LAW
@given(data=st.data())
def test_groups_compared_are_the_groups(data: st.DataObject, reading: Reading) -> None:
    query = data.draw(drawn.queries(reading, metrics=sorted(reading.model.metrics), compared="versus", finished=False))
    versus = query.compare
    assert isinstance(versus, Versus)
    query = query.model_copy(update={"metrics": (Measure(metric=query.metrics[0].metric),)})
    keys = len(query.by) + (query.grain is not None)
    at = columns(query).index(versus.dimension)
    compared = keyed(rows(reading, query), keys)
    alone = keyed(rows(reading, query.model_copy(update={"compare": None})), keys)
    assert {key: row[:1] for key, row in compared.items()} == {
        key: row for key, row in alone.items() if key[at] in {versus.first, versus.second}
    }
    for key, (value, difference, growth) in compared.items():
        other = compared.get((*key[:at], versus.second, *key[at + 1 :]), [None])[0]
        if key[at] == versus.second:
            assert difference is None
            assert growth is None
        elif value is not None and other is not None:
            assert same(difference, value - other)
            assert growth is None if other == 0 else growth == pytest.approx((value - other) / other)


@LAW
@given(data=st.data())
def test_shares_make_one_and_running_totals_end_with_the_total(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading, dated=True)
    assume(lasting(reading, query))
    assume(reading.model.metric(query.metrics[0].metric).formula is None)
    whole, listed_sum = total(reading, query), sum(float(row[-1]) for row in rows(reading, query))
    if query.by and abs(listed_sum) > 1e-6:
        assert near(sum(float(row[-1]) for row in rows(reading, shown(query, "share"))), 1)
    if len(query.by) == 2:
        parents: Counter[Any] = Counter()
        for row in rows(reading, shown(query, "share_of_parent")):
            parents[row[0]] += row[-1] or 0
        assert all(near(each, 1) or near(each, 0) for each in parents.values())
    trend = rows(reading, shown(query, "running").model_copy(update={"by": (), "grain": "month"}))
    assert near(float(trend[-1][-1]), whole)


def shown(query: Query, show: Show, n: int | None = None, over: Over | None = None) -> Query:
    """The query's one metric shown in another way."""
    measure = Measure(metric=query.metrics[0].metric, show=show, n=n, over=over)
    return query.model_copy(update={"metrics": (measure,)})


@LAW
@given(data=st.data())
def test_statistics_of_days_agree(data: st.DataObject, reading: Reading) -> None:
    query = summed(data.draw, reading, dated=True).model_copy(update={"by": ()})
    asked = [drawn.dimension(reading.model, name) for each in query.where for name in drawn.dimensions_of(each)]
    assume(not any(map(of_clock, asked)) and lasting(reading, query))

    def statistic(show: Show, n: int | None = None) -> float | None:
        [[found]] = rows(reading, shown(query, show, n, "day"))
        return None if found is None else float(found)

    number = span(reading, query).days
    mean = statistic("mean")
    assert mean is not None
    assert near(mean * number, total(reading, query))
    ranked = [statistic("lowest"), statistic("percentile", 25), statistic("median"), statistic("highest")]
    known = [each for each in ranked if each is not None]
    assert len(known) == 4
    assert known == sorted(known)
    assert near(known[2], statistic("percentile", 50) or 0)
    stdev, variance = statistic("stdev"), statistic("variance")
    assert (stdev is None) == (variance is None) == (number == 1)
    assert stdev is None or variance is None or stdev**2 == pytest.approx(variance, rel=1e-6, abs=1e-6)


@LAW
@given(data=st.data())
def test_a_trend_lists_each_bucket_once_in_order(data: st.DataObject, reading: Reading) -> None:
    query = data.draw(drawn.queries(reading, compared=False, finished=False, dated=True))
    assume(query.grain is not None)
    measures = tuple(Measure(metric=each.metric) for each in query.metrics)
    trend = rows(reading, query.model_copy(update={"by": (), "metrics": measures}))
    found: Sequence[Any] = [row[0] for row in trend]
    assert found == sorted(set(found))
    within = span(reading, query)
    assert all(str(each) <= within.end.isoformat() for each in found[-1:])  # none where its days are filtered out
    filtered = [drawn.dimension(reading.model, name) for each in query.where for name in drawn.dimensions_of(each)]
    if query.grain == "day" and not any(map(of_clock, filtered)):
        assert len(found) == within.days


@LAW
@given(data=st.data())
def test_each_bucket_holds_what_its_days_hold_alone(data: st.DataObject, reading: Reading) -> None:
    """So does each that it is compared with: the one before it, or that of a year earlier."""
    query = data.draw(drawn.queries(reading, compared=False, finished=False, dated=True))
    assume(query.grain is not None)
    to = data.draw(st.sampled_from([None, "previous", "year_earlier"]))
    value = query.model_copy(update={"metrics": (Measure(metric=query.metrics[0].metric),)})
    trend = value.model_copy(update={"compare": None if to is None else Against(period=to)})
    assume(drawn.is_carried(reading, trend))
    keys = 1 + len(query.by)
    whole = keyed(rows(reading, trend), keys)
    assume(whole)
    first = data.draw(st.sampled_from(sorted({key[0] for key in whole})))
    told = {key[1:]: row for key, row in whole.items() if key[0] == first}
    for at, days_of in enumerate(spans_of(reading, trend, datetime.date.fromisoformat(first))):
        alone = {}
        if days_of.start <= days_of.end:
            asked = value.model_copy(update={"grain": None, "period": days(days_of)})
            alone = keyed(rows(reading, asked), keys - 1)
        assert set(alone) <= set(told)
        for key, row in told.items():
            assert same(row[at], alone[key][0]) if key in alone else row[at] in {0, None}, (key, row, alone.get(key))


def spans_of(reading: Reading, trend: Query, first: datetime.date) -> list[Span]:
    """The days of one bucket of a trend, and of the one that it is compared with."""
    assert trend.grain is not None
    assert trend.grain != "hour"
    assert trend.period is not None
    whole = span(reading, trend)
    own = within(unit_of(first, trend.grain), whole)
    match trend.compare:
        case Against(period="previous"):
            before = unit_of(shift(first, trend.grain, -1), trend.grain)
            return [own, within(before, whole.a_unit_before(trend.grain))]
        case Against(period="year_earlier"):
            earlier = unit_of(shift(first, "year", -1), trend.grain)
            counted = trend.period.year_earlier(reading.as_of, reading.model.calendar)
            return [own, within(own.year_earlier() if trend.grain == "week" else earlier, counted)]
        case _:
            return [own]


def within(days_of: Span, whole: Span) -> Span:
    """Those of the days that lie in the whole; they end before they start where none does."""
    return Span(max(days_of.start, whole.start), min(days_of.end, whole.end))

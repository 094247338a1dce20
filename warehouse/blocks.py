"""Facts aggregated each on its own: what a query joins is never a row of two facts, only groups of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlglot import exp

from warehouse.block import BUCKETS, Block, Frame, Key, Rows, Want
from warehouse.days import Bucket
from warehouse.model import Route, SemanticModel
from warehouse.predicates import DAY, Predicates, within
from warehouse.reckoning import aggregated, statistic
from warehouse.resolved import Held, Window
from warehouse.scope import Scope
from warehouse.trees import (
    all_of,
    any_of,
    as_date,
    bucket,
    column,
    filtered,
    interval,
    join,
    named,
    number,
    query,
    select,
    table,
)

LAST_DAY, THING = "last_day", "thing"
DISTINCT = "count_distinct"
COARSE = frozenset({"week", "month", "quarter", "year"})


class Kind(NamedTuple):
    """What wants share that can be reckoned from the same rows."""

    source: str
    at: str
    reach: str
    days: int | None
    frame: str


Filters = Mapping[str, list[exp.Expr]]  # by the column of what is wanted


@dataclass(frozen=True)
class Blocks:
    """Makes the blocks of one query: `keys` to group by after the bucket of `grain`, `held` conditions on the rows."""

    predicates: Predicates
    keys: tuple[Key, ...]
    grain: Bucket | None
    held: tuple[Held, ...]

    @property
    def model(self) -> SemanticModel:
        """The model that is compiled for."""
        return self.predicates.model

    def made(self, wants: Iterable[Want]) -> list[Block]:
        """The blocks that reckon the wants."""
        kinds: dict[Kind, list[Want]] = {}
        for want in {each.column: each for each in wants}.values():
            kinds.setdefault(_kind(want), []).append(want)
        parted = [(kind, members) for kind, all_ in kinds.items() for members in _parted(all_)]
        names = _names([kind for kind, _ in parted])
        return [self._block(kind, members, name) for (kind, members), name in zip(parted, names, strict=True)]

    def _block(self, kind: Kind, wants: Sequence[Want], name: str) -> Block:
        match kind.reach:
            case "last":
                return self._last(wants, name)
            case "through" | "trailing" if self.grain:
                return self._ranged(wants, name)
            case "always":
                return self._gathered(wants, name, Rows(self._scope(wants)))
            case _:
                scope, frame = self._scope(wants), wants[0].frame
                keys = {} if self.grain is None else {str(self.grain): _bucket(scope, self.grain, frame)}
                return self._gathered(
                    wants, name, Rows(scope, keys, conditions=_reached(scope.time, wants[0].route, frame.window))
                )

    def _ranged(self, wants: Sequence[Want], name: str) -> Block:
        """For each bucket all rows through its last day, or those of the days before it that the route reaches.

        What adds up is first added up by day: there are fewer days than rows.
        """
        grain, last = str(self.grain), column(LAST_DAY, BUCKETS)
        bucket_key: dict[str, exp.Expr] = {grain: column(grain, BUCKETS)}
        if all(each.adds_up for each in wants):
            scope = self._scope(wants)
            until = within(scope.time, replace(wants[0].frame.window, since_ever=True))
            daily = self._daily(wants, name, Rows(scope, conditions=until))
            on = all_of(_through(column(DAY, daily.name), last, wants[0].route.days))
            keys = bucket_key | {each.column: column(each.column, daily.name) for each in self.keys}
            shown, joins = [named(each, name) for name, each in keys.items()], [join(table(daily.name), on)]
            tree = select(shown, table(BUCKETS), joins=joins, group=keys.values())
            values = {each.column: exp.Sum(this=column(each.column, daily.name)) for each in wants}
            parts = {**daily.parts, daily.name: daily.whole()}
            return Block(name, tree, values, tuple(keys), tuple(wants), reads_buckets=True, parts=parts)
        scope = self._scope(wants, end=last)
        on = all_of(_through(scope.time, last, wants[0].route.days))
        return replace(
            self._gathered(wants, name, Rows(scope, bucket_key, {LAST_DAY: last}, on=on)), reads_buckets=True
        )

    def _last(self, wants: Sequence[Want], name: str) -> Block:
        """Rows of the last day that has any, of each bucket where there are buckets."""
        scope, found, frame = self._scope(wants), self._scope(wants), wants[0].frame
        at, latest = as_date(scope.time), exp.Max(this=as_date(found.time))
        span = within(found.time, frame.window)
        if self.grain is None:
            days = query(found.select([latest], span))
            return self._gathered(wants, name, Rows(scope, conditions=[exp.EQ(this=at, expression=days)]))
        days_name, start = f"{name}_days", _bucket(found, self.grain, frame)
        part = found.select([named(start, self.grain), named(latest, LAST_DAY)], span, group=[start])
        same = exp.EQ(this=at, expression=column(LAST_DAY, days_name))
        keys: dict[str, exp.Expr] = {str(self.grain): column(self.grain, days_name)}
        block = self._gathered(wants, name, Rows(scope, keys, on=same, beside=days_name))
        return replace(block, parts={days_name: part, **block.parts})

    def _scope(self, wants: Sequence[Want], end: exp.Expr | None = None) -> Scope:
        """A scope with the parameters of the wants' period; in buckets those of the row's own bucket."""
        route, window = wants[0].route, wants[0].frame.window
        parameters = self.predicates.parameters(window.span) | ({} if end is None else {"end": end})
        if self.grain is not None and route.reach == "period" and route.at is not None:
            start = bucket(Scope.of(self.model, route, parameters).time, self.grain)
            following = as_date(exp.Add(this=start, expression=interval(1, self.grain)))
            last = exp.Sub(this=following, expression=number(1))
            parameters |= {
                "start": exp.Greatest(this=start, expressions=[parameters["start"]]),
                "end": exp.Least(this=last, expressions=[parameters["end"]]),
            }
        return Scope.of(self.model, route, parameters)

    def _gathered(self, wants: Sequence[Want], name: str, rows: Rows) -> Block:
        """The aggregate by the way that is fastest: at once, by day first, or by the counted thing first."""
        rows, filters = self._narrowed(wants, rows)
        customer = self._late(wants, rows)
        if customer is not None:
            return self._by_thing(wants, name, rows, filters, customer)
        counted = [each for each in wants if each.route.aggregate == DISTINCT]
        flags = {(*filters[each.column], each.route.having) for each in counted}
        if len({each.route.expression for each in counted}) == 1 and flags != {(None,)}:
            return self._by_thing(wants, name, rows, filters, None)
        in_period = wants[0].route.reach == "period"
        if self.grain in COARSE and in_period and all(each.adds_up for each in wants):
            return self._by_day(wants, name, rows, filters)
        return self._at_once(wants, name, rows, filters)

    def _narrowed(self, wants: Sequence[Want], rows: Rows) -> tuple[Rows, Filters]:
        """The rows that any of the wants counts, and what each still has to leave out of them."""
        scope = rows.scope
        wheres = {each.column: each.route.where for each in wants}
        own = {name: None if each is None else scope.bind(each) for name, each in wheres.items()}
        told = list(dict.fromkeys(own.values()))
        either = [] if None in told else [any_of([each.copy() for each in told if each is not None])]
        held = [self.predicates.held(each, scope) for each in self.held]
        filters = {name: [each] if each is not None and len(told) > 1 else [] for name, each in own.items()}
        return replace(rows, conditions=[*either, *rows.conditions, *held]), filters

    def _late(self, wants: Sequence[Want], rows: Rows) -> exp.Expr | None:
        """The customer's key, where rows are gathered by it before what is known of customers is looked up."""
        if rows.on is not None or not any(self._of_customers(each, rows.scope.source) for each in self.keys):
            return None
        customer = rows.scope.customer()
        return customer if all(_gathers(each, customer, rows.scope) for each in wants) else None

    def _of_customers(self, key: Key, source: str) -> bool:
        """Whether a key is known of the customers of a source's rows, of whom there are fewer than rows."""
        customers = self.model.customer.source
        path = () if key.known_of is None else self.model.path(source, key.known_of) or ()
        steps = [step for step in path if step.far == customers]
        return bool(steps) and steps[0].column != self.model.source(source).key

    def _daily(self, wants: Sequence[Want], name: str, rows: Rows) -> Block:
        """What adds up, by day."""
        rows, filters = self._narrowed(wants, rows)
        rows = replace(rows, keys={DAY: as_date(rows.scope.time)})
        return self._at_once(wants, f"{name}_daily", rows, filters)

    def _by_day(self, wants: Sequence[Want], name: str, rows: Rows, filters: Filters) -> Block:
        """By day first: a day is had from a time faster than its month is."""
        days = {DAY: _bucket(rows.scope, "day", wants[0].frame)}
        daily = self._at_once(wants, f"{name}_daily", replace(rows, keys=days), filters)
        keys: dict[str, exp.Expr] = {str(self.grain): bucket(column(DAY, daily.name), self.grain or "day")}
        keys |= {each.column: column(each.column, daily.name) for each in self.keys}
        shown = [named(each, name) for name, each in keys.items()]
        values = {each.column: exp.Sum(this=column(each.column, daily.name)) for each in wants}
        tree = select(shown, table(daily.name), group=keys.values())
        return Block(name, tree, values, tuple(keys), tuple(wants), parts={daily.name: daily.whole()})

    def _at_once(self, wants: Sequence[Want], name: str, rows: Rows, filters: Filters) -> Block:
        """One SELECT, grouped by the keys."""
        keys = {**rows.keys, **{each.column: each.bind(rows.scope) for each in self.keys}}
        values = {want.column: _value(want, rows.scope, filters[want.column]) for want in wants}
        return Block(name, rows.grouped(keys), values, tuple(keys), tuple(wants))

    def _by_thing(
        self, wants: Sequence[Want], name: str, rows: Rows, filters: Filters, customer: exp.Expr | None
    ) -> Block:
        """Rows first gathered by the thing that is counted, then the things by the keys.

        Where the thing is the customer, what is known of customers is looked up only then.
        """
        source = rows.scope.source
        early = [each for each in self.keys if customer is None or not self._of_customers(each, source)]
        thing = customer or rows.scope.bind(next(e.route.expression for e in wants if e.route.aggregate == DISTINCT))
        inner: dict[str, exp.Expr] = {}
        each_name = f"{name}_each"
        values = {want.column: _of_things(want, rows.scope, filters[want.column], inner, each_name) for want in wants}
        shown = {**rows.keys, **{each.column: each.bind(rows.scope) for each in early}, **rows.told, THING: thing}
        gathered = rows.grouped(shown, inner)
        keys: dict[str, exp.Expr] = {
            key: column(key, each_name) for key in shown if key != THING and key not in rows.told
        }
        known = Scope(self.model, self.model.customer.source, self.predicates.parameters(wants[0].frame.window.span))
        keys |= {each.column: each.bind(known) for each in self.keys if each not in early}
        keys = {key: keys[key] for key in (*rows.keys, *(each.column for each in self.keys))}
        joins = [] if customer is None else [self._looked_up(each_name), *known.joins]
        columns = [named(each, key) for key, each in keys.items()]
        tree = select(columns, table(each_name), joins=joins, group=keys.values())
        return Block(name, tree, values, tuple(keys), tuple(wants), parts={each_name: gathered})

    def _looked_up(self, gathered: str) -> exp.Join:
        """The customers of gathered rows; rows that have none are in no group of customers."""
        customer = self.model.customer
        same = exp.EQ(this=column(THING, gathered), expression=column(customer.key, customer.source))
        return join(table(self.model.source(customer.source).table, customer.source), same)


def _of_things(
    want: Want, scope: Scope, filters: list[exp.Expr], inner: dict[str, exp.Expr], gathered: str
) -> exp.Expr:
    """The value over gathered things; what it needs of each is put into `inner`."""
    route, told, things = want.route, column(want.column, gathered), exp.Count(this=column(THING, gathered))
    if route.having is not None:
        inner[want.column] = _having(route.having, scope, filters)
        return filtered(things, [told])
    if route.aggregate == DISTINCT:
        if not filters:
            return things
        inner[want.column] = exp.LogicalOr(this=all_of([each.copy() for each in filters]))
        return filtered(things, [told])
    inner[want.column] = aggregated(route, scope, filters)
    return exp.Sum(this=told)


def _having(having: exp.Expr, scope: Scope, filters: list[exp.Expr]) -> exp.Expr:
    """The condition on a thing's rows, each aggregate over those where the filters hold."""
    bound = scope.bind(having)
    for aggregate in list(bound.find_all(exp.AggFunc)) if filters else ():
        aggregate.replace(filtered(aggregate.copy(), filters))
    return bound


def _value(want: Want, scope: Scope, filters: list[exp.Expr]) -> exp.Expr:
    if want.statistic is None:
        return aggregated(want.route, scope, filters)
    return filtered(statistic(want.statistic, want.n, scope.bind(want.route.expression)), filters)


def _bucket(scope: Scope, grain: Bucket, frame: Frame) -> exp.Expr:
    time = scope.time
    return bucket(time if frame.later is None else exp.Add(this=time, expression=frame.later.copy()), grain)


def _reached(time: exp.Expr, route: Route, window: Window) -> list[exp.Expr]:
    """The span of time whose rows count for a period."""
    if route.reach == "through":
        return within(time, replace(window, since_ever=True))
    if route.days is not None:
        return within(time, Window(None, window.span.through(route.days)))
    return within(time, window)


def _through(time: exp.Expr, last: exp.Expr, days: int | None) -> list[exp.Expr]:
    """The span of time through a bucket's last day, from the first row on or so many days."""
    ends = exp.LT(this=time.copy(), expression=exp.Add(this=last.copy(), expression=interval(1, "day")))
    if days is None:
        return [ends]
    first = exp.Sub(this=last.copy(), expression=interval(days - 1, "day"))
    return [exp.GTE(this=time.copy(), expression=first), ends]


def _kind(want: Want) -> Kind:
    route = want.route
    at = "" if route.at is None else route.at.sql()
    return Kind(route.source, at, route.reach, route.days, want.frame.name)


def _parted(wants: Sequence[Want]) -> Iterator[list[Want]]:
    """Wants that are reckoned by one SELECT: those that count things that have to be gathered, each kind alone."""
    counted: dict[str, list[Want]] = {}
    for want in wants:
        if want.statistic is None and want.route.aggregate == DISTINCT:
            counted.setdefault(want.route.expression.sql(), []).append(want)
    gathered = [
        each
        for each in counted.values()
        if len({(one.route.where, one.route.having) for one in each}) > 1 or any(one.route.having for one in each)
    ]
    yield from gathered
    rest = [each for each in wants if not any(each in members for members in gathered)]
    if rest:
        yield rest


def _gathers(want: Want, thing: exp.Expr, scope: Scope) -> bool:
    """Whether a value can be had from things gathered first."""
    if want.statistic is None and want.route.aggregate == DISTINCT:
        return scope.bind(want.route.expression) == thing
    return want.adds_up


def _names(kinds: Sequence[Kind]) -> list[str]:
    """A name for each block, none twice."""
    names: list[str] = []
    for kind in kinds:
        words = [kind.source, f"by_{kind.at.rpartition('.')[2]}"] if kind.at else ["all", kind.source]
        words += [] if kind.reach in {"period", "always"} else [kind.reach]
        name = "_".join([*words, *([kind.frame] if kind.frame else [])])
        names.append(name if name not in names else f"{name}_{len(names)}")
    return names

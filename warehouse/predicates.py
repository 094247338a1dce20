"""Conditions as SQL predicates: of a row, and of the row's customer."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from warehouse.days import Span
from warehouse.model import Behaviour, SemanticModel
from warehouse.query import Bounds, Did, Filter, Ranged
from warehouse.reckoning import aggregated, reckoned
from warehouse.resolved import Amount, Deed, Either, Every, Held, Leaf, Member, Negation, Test, Window
from warehouse.scope import Scope
from warehouse.trees import (
    all_of,
    any_of,
    as_date,
    ascending,
    column,
    day,
    missing,
    named,
    negated,
    number,
    or_zero,
    query,
    select,
    text,
)

ONE_DAY = datetime.timedelta(1)
CUSTOMER, DAY = "customer", "day"


@dataclass(frozen=True)
class Predicates:
    """Compiles conditions for one model on one as-of day.

    `known` are conditions that all customers asked for fulfil anyway: where customers are gathered from rows, the rows
    of others are left out early.
    """

    model: SemanticModel
    as_of: datetime.date
    known: tuple[Test, ...] = ()

    def parameters(self, span: Span | None = None) -> dict[str, exp.Expr]:
        """What expressions may name: the as-of day, the model's own parameters, and the ends of a period."""
        values = {name: number(value) for name, value in self.model.parameters.items()}
        ends = {} if span is None else {"start": day(span.start), "end": day(span.end)}
        return {"as_of": day(self.as_of), **ends, **values}

    def held(self, held: Held, scope: Scope) -> exp.Expr:
        """Whether a condition holds for a row of the scope, or for its customer."""
        found: exp.Expr
        match held:
            case Test():
                found = test(scope.dimension(held.dimension), held)
            case Every():
                found = all_of([self.held(each, scope) for each in held.of])
            case Either():
                found = any_of([self.held(each, scope) for each in held.of])
            case Member(segment=segment) if segment.keys is not None:
                found = exp.In(this=scope.customer(), query=query(segment.keys.copy()))
            case Member():
                found = all_of([self.held(each, scope) for each in held.where])
            case Negation():
                found = self._not(held.of, scope)
            case Deed() if self._tells_itself(held, scope):
                found = all_of(self._of_row(held, scope))
            case Deed() | Amount():
                found = exp.In(this=scope.customer(), query=query(self._customers(held)))
        return found

    def _tells_itself(self, held: Deed | Amount, scope: Scope) -> bool:
        """Whether the customer's own row tells what was done: registered this month."""
        own = self.model.customer.source
        if not isinstance(held, Deed) or not scope.source == held.behaviour.source == own:
            return False
        return held.asked.model_copy(update={"period": None, "where": ()}) == Did(behaviour=held.asked.behaviour)

    def _of_row(self, deed: Deed, scope: Scope) -> list[exp.Expr]:
        """What was done, as conditions on the customer's own row."""
        behaviour = deed.behaviour
        conditions = [] if behaviour.where is None else [scope.bind(behaviour.where)]
        return [*conditions, *within(scope.bind(behaviour.time), deed.window)]

    def _not(self, held: Held, scope: Scope) -> exp.Expr:
        """That it is not so, or not known."""
        match held:
            case Test(asked=Filter(op="in", values=(value,))):
                return exp.NullSafeNEQ(this=scope.dimension(held.dimension), expression=text(value))
            case Deed() | Amount() if scope.has_customers and not self._tells_itself(held, scope):
                # NOT IN holds for nobody where one of the keys is missing
                return negated(exp.In(this=scope.customer(), query=query(self._customers(held, known=True))))
            case _:
                return negated(exp.Is(this=exp.Paren(this=self.held(held, scope)), expression=exp.Boolean(this=True)))

    def done(self, behaviours: Sequence[Behaviour]) -> exp.Select:
        """The customers of the rows that all the behaviours are told by, and for each 1 where ever done, or 0."""
        first = behaviours[0]
        span = Span(self.model.calendar.first_day, self.as_of)
        scope = Scope(self.model, first.source, self.parameters(span), first.time)
        customer = scope.bind(first.customer)
        shown = [named(customer, CUSTOMER)]
        for each in behaviours:
            held = exp.true() if each.where is None else scope.bind(each.where)
            one = exp.Case(ifs=[exp.If(this=held, true=number(1))], default=number(0))
            shown.append(named(exp.Max(this=one), each.name))
        where = [*within(scope.time, Window(None, span, since_ever=True)), negated(missing(customer.copy()))]
        return scope.select(shown, where, group=[customer])

    def is_numbered(self, held: Deed | Amount) -> bool:
        """Whether a condition bounds a number."""
        return isinstance(held, Amount) or held.asked.times is not None or held.asked.days is not None

    def numbered(self, held: Deed | Amount, name: str) -> exp.Select:
        """The customers with the number that a condition bounds, as `customer` and `name`."""
        tree, value, bounds = self._counted(held, known=False)
        tree.set("expressions", [named(tree.selects[0].unalias(), CUSTOMER), named(value.copy(), name)])
        tree.set("having", exp.Having(this=within_bounds(value, bounds)))
        return tree

    def _customers(self, held: Deed | Amount, *, known: bool = False) -> exp.Select:
        """The keys of the customers who did, or whose total is, what is told; none of them missing where `known`."""
        if isinstance(held, Amount) or self.is_numbered(held):
            tree, value, bounds = self._counted(held, known=known)
            tree.set("having", exp.Having(this=within_bounds(value, bounds)))
            return tree
        scope, conditions = self._rows(held, known=known)
        customer, asked = scope.bind(held.behaviour.customer), held.asked
        if asked.in_a_row is not None:
            return _in_a_row(scope, customer, conditions, asked.in_a_row)
        if asked.which == "any":  # what is left out is looked up by each row: its keys are to stand there once
            return scope.select([customer], conditions, distinct=known)
        edge = exp.Min(this=scope.time) if asked.which == "first" else exp.Max(this=scope.time)
        return scope.select([customer], conditions, group=[customer], having=within(edge, held.window))

    def _counted(self, held: Deed | Amount, *, known: bool) -> tuple[exp.Select, exp.Expr, Bounds]:
        """Rows by customer, the number that is bounded, and its bounds."""
        if isinstance(held, Amount):
            return (*self._amount(held, known=known), held.bounds)
        bounds = held.asked.times or held.asked.days
        if bounds is None:
            raise TypeError(f"nothing of {held.behaviour.name} is counted")
        scope, conditions = self._rows(held, known=known)
        customer, counts = scope.bind(held.behaviour.customer), held.behaviour.counts
        one: exp.Expr = exp.Star()
        if held.asked.days is not None:
            one = exp.Distinct(expressions=[as_date(scope.time)])
        elif counts is not None:
            one = exp.Distinct(expressions=[scope.bind(counts)])
        return scope.select([customer], conditions, group=[customer]), exp.Count(this=one), bounds

    def _rows(self, deed: Deed, *, known: bool) -> tuple[Scope, list[exp.Expr]]:
        """The rows of what was done, and which of them count; for a first or last time those of all days."""
        asked, behaviour = deed.asked, deed.behaviour
        scope = Scope(self.model, behaviour.source, self.parameters(deed.window.span), behaviour.time)
        ever = Window(None, Span(deed.window.span.start, self.as_of), since_ever=True)
        conditions = [] if behaviour.where is None else [scope.bind(behaviour.where)]
        conditions += within(scope.time, deed.window if asked.which == "any" else ever)
        conditions += [self.held(each, scope) for each in deed.where]
        if asked.in_a_row is not None or self.is_numbered(deed):
            conditions += self._of_customers(scope)
        return scope, [*conditions, *([negated(missing(scope.bind(behaviour.customer)))] if known else [])]

    def _amount(self, amount: Amount, *, known: bool) -> tuple[exp.Select, exp.Expr]:
        """In one scan, where the metric is one aggregate, or several over the same rows; else a row for each."""
        formula = amount.metric.formula or column(amount.metric.name)
        values: dict[str, exp.Expr] = {}
        if len({(each.route.source, each.route.at, each.route.where) for each in amount.leaves}) == 1:
            scope, conditions = self._own_rows(amount, amount.leaves[0], known=known)
            values |= {leaf.metric.name: aggregated(leaf.route, scope) for leaf in amount.leaves}
            return scope.select([scope.customer()], conditions, group=[scope.customer()]), reckoned(formula, values)
        parts = [self._part(amount, leaf, known=known) for leaf in amount.leaves]
        either: exp.Query = parts[0]
        for part in parts[1:]:
            either = exp.Union(this=either, expression=part, distinct=False)
        for leaf in amount.leaves:
            value = exp.Max(this=column(leaf.metric.name))
            values[leaf.metric.name] = value if leaf.route.aggregate == "avg" else or_zero(value)
        tree = select([column(CUSTOMER)], query(either, "parts"), group=[column(CUSTOMER)])
        return tree, reckoned(formula, values)

    def _of_customers(self, scope: Scope) -> list[exp.Expr]:
        """What is known of all customers, where a row's way to it leads through its customer."""
        customers = self.model.customer.source
        first = self.model.path(scope.source, customers)
        ways = ((each, self.model.path(customers, each.dimension.source) or ()) for each in self.known)
        if first is None:
            return []
        tied = [each for each, way in ways if self.model.path(scope.source, each.dimension.source) == (*first, *way)]
        return [self.held(each, scope) for each in tied]

    def _part(self, amount: Amount, leaf: Leaf, *, known: bool) -> exp.Select:
        """One of an amount's values by customer, beside empty columns for the others."""
        scope, conditions = self._own_rows(amount, leaf, known=known)
        mine = ((aggregated(leaf.route, scope) if each is leaf else exp.Null(), each) for each in amount.leaves)
        shown = [named(scope.customer(), CUSTOMER), *(named(value, each.metric.name) for value, each in mine)]
        return scope.select(shown, conditions, group=[scope.customer()])

    def _own_rows(self, amount: Amount, leaf: Leaf, *, known: bool) -> tuple[Scope, list[exp.Expr]]:
        """The rows that a leaf of an amount counts."""
        route = leaf.route
        scope = Scope.of(self.model, route, self.parameters(amount.window.span))
        conditions = [] if route.where is None else [scope.bind(route.where)]
        conditions += within(scope.time, amount.window)
        conditions += [*(self.held(each, scope) for each in amount.where), *self._of_customers(scope)]
        return scope, [*conditions, *([negated(missing(scope.customer()))] if known else [])]


def test(subject: exp.Expr, asked: Test) -> exp.Expr:
    """Whether a dimension's value is as asked."""
    if asked.window is not None:
        return all_of(within(subject, asked.window))
    match asked.asked:
        case Ranged(bounds=bounds):
            return within_bounds(subject, bounds)
        case Filter(op="missing"):
            return missing(subject)
        case Filter(op="in", values=values):
            listed = [text(value) for value in values]
            if len(listed) == 1:
                return exp.EQ(this=subject, expression=listed[0])
            return exp.In(this=subject, expressions=listed)
        case Filter(op="starts" | "ends" | "contains" as op, values=values):
            kind = {"starts": exp.StartsWith, "ends": exp.EndsWith, "contains": exp.Contains}[op]
            return any_of([kind(this=subject.copy(), expression=text(value)) for value in values])
        case _:
            raise TypeError(f"no test of {asked.dimension.name}")


def within(time: exp.Expr, window: Window) -> list[exp.Expr]:
    """Half-open on days, so that times of the last day count."""
    ends = exp.LT(this=time.copy(), expression=day(window.span.end + ONE_DAY))
    return [ends] if window.since_ever else [exp.GTE(this=time.copy(), expression=day(window.span.start)), ends]


def within_bounds(subject: exp.Expr, bounds: Bounds) -> exp.Expr:
    """Whether a number lies within bounds."""
    if bounds.at_least is not None and bounds.at_most is not None:
        if bounds.at_least == bounds.at_most:
            return exp.EQ(this=subject, expression=number(bounds.at_least))
        return exp.Between(this=subject, low=number(bounds.at_least), high=number(bounds.at_most))
    ends = (
        (exp.GTE, bounds.at_least),
        (exp.GT, bounds.more_than),
        (exp.LTE, bounds.at_most),
        (exp.LT, bounds.less_than),
    )
    return all_of([kind(this=subject.copy(), expression=number(end)) for kind, end in ends if end is not None])


def _in_a_row(scope: Scope, customer: exp.Expr, conditions: Sequence[exp.Expr], least: int) -> exp.Select:
    """A run of n days ends on a day whose (n−1)th day before, of the customer's own, is n−1 days earlier."""
    date = as_date(scope.time)
    days = scope.select([named(customer, CUSTOMER), named(date, DAY)], conditions, distinct=True)
    earlier = exp.Window(
        this=exp.Lag(this=column(DAY), offset=number(least - 1)),
        partition_by=[column(CUSTOMER)],
        order=exp.Order(expressions=[ascending(column(DAY))]),
    )
    runs = select([column(CUSTOMER), column(DAY), named(earlier, "earlier")], query(days, "days"))
    same = exp.EQ(this=column("earlier"), expression=exp.Sub(this=column(DAY), expression=number(least - 1)))
    return select([column(CUSTOMER)], query(runs, "runs"), where=[same])

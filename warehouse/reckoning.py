"""Values: a route's aggregate over rows, and a formula over values."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from warehouse.model import Route
from warehouse.query import Statistic
from warehouse.scope import Scope
from warehouse.trees import all_of, divided, filtered, number

STATISTICS: Mapping[Statistic, type[exp.Expr]] = {
    "mean": exp.Avg,
    "median": exp.Median,
    "stdev": exp.StddevSamp,
    "variance": exp.Variance,
    "highest": exp.Max,
    "lowest": exp.Min,
}


def aggregated(route: Route, scope: Scope, conditions: Sequence[exp.Expr] = ()) -> exp.Expr:
    """A route's aggregate over the rows where the conditions hold."""
    value = scope.bind(route.expression)
    match route.aggregate:
        case "sum":
            return filtered(exp.Sum(this=value), conditions)
        case "avg":
            return filtered(exp.Avg(this=value), conditions)
        case "count":
            return filtered(exp.Count(this=value), conditions)
        case "count_distinct":  # engines count the distinct values of a CASE faster than those that a FILTER leaves
            one = (
                exp.Case(ifs=[exp.If(this=all_of([each.copy() for each in conditions]), true=value)])
                if conditions
                else value
            )
            return exp.Count(this=exp.Distinct(expressions=[one]))


def statistic(kind: Statistic, n: int | None, value: exp.Expr) -> exp.Expr:
    """A statistic of values; of spread the sample's, a percentile between the two nearest values in proportion.

    What lies between two values is no multiple of a cent: amounts are taken as doubles.
    """
    if kind == "percentile":
        return exp.PercentileCont(this=_double(value), expression=number((n or 0) / 100))
    return STATISTICS[kind](this=_double(value) if kind == "median" else value)


def reckoned(formula: exp.Expr, values: Mapping[str, exp.Expr]) -> exp.Expr:
    """A formula over values by their names; NULL where it divides by 0."""
    if isinstance(formula, exp.Column):
        return values[formula.name].copy()
    if not formula.args or isinstance(formula, exp.Literal):
        return formula.copy()
    parts = {name: reckoned(part, values) for name, part in formula.args.items() if isinstance(part, exp.Expr)}
    if isinstance(formula, exp.Div):
        return divided(parts["this"], parts["expression"])
    enclose = isinstance(formula, exp.Binary)
    told = {name: _enclosed(part) if enclose else part for name, part in parts.items()}
    return type(formula)(**{**formula.args, **told})


def _enclosed(part: exp.Expr) -> exp.Expr:
    return exp.Paren(this=part) if isinstance(part, exp.Add | exp.Sub) else part


def _double(value: exp.Expr) -> exp.Cast:
    return exp.Cast(this=value, to=exp.DataType(this=exp.DType.DOUBLE))

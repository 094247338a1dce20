"""The finished groups: shares and running totals, comparisons, which groups are kept, and their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from warehouse.labels import Further, further_label, measure_label, measure_unit
from warehouse.predicates import test, within_bounds
from warehouse.query import Versus
from warehouse.resolved import Measurement, Shown
from warehouse.side import Side
from warehouse.table import Column, Type
from warehouse.trees import (
    ascending,
    column,
    descending,
    divided,
    less,
    named,
    number,
    ordered,
    select,
    table,
    text,
    with_parts,
)

RESULT, SHOWN, RANKED, PLACE = "result", "shown", "ranked", "place"


@dataclass(frozen=True)
class Finish:
    """Finishes one measurement; `formulas` are its values, and those of the period compared with, over the blocks'."""

    asked: Measurement
    side: Side
    formulas: Mapping[str, exp.Expr]

    def tree(self, *, ranked: bool = False, in_order: bool = True) -> exp.Select:
        """The whole query: from the greatest first metric down where `ranked`, unless an order is asked for."""
        tree = self.side.select([named(self.side.value(each), name) for name, each in self.formulas.items()])
        values = {name: value for shown in self.asked.shown for name, value in self._values(shown).items()}
        if any(value != column(name, RESULT) for name, value in values.items()):
            tree = _from(
                RESULT, tree, [*map(column, self.side.keys), *(named(value, name) for name, value in values.items())]
            )
        if self.asked.having or self.asked.keep or self.asked.limit_per:
            tree = self._kept(tree, [*self.side.keys, *values], ranked=ranked)
        order = self._order(ranked=ranked) if in_order else []
        if self.asked.limit_per is not None:
            return ordered(tree, [*(ascending(column(each)) for each in self._each), *order])
        return ordered(tree, order, self.asked.limit)

    def columns(self) -> tuple[Column, ...]:
        """The columns of the values, in order."""
        return tuple(column for shown in self.asked.shown for column in self._columns(shown))

    @property
    def _each(self) -> list[str]:
        """The columns of which each value has its own first groups: of a trend in every bucket."""
        per = self.asked.limit_per
        return [str(each) for each in (self.asked.grain, per) if each is not None]

    def _values(self, shown: Shown) -> dict[str, exp.Expr]:
        """A metric's columns, over those of the groups' values."""
        name, value = shown.column, column(shown.column, RESULT)
        if self.asked.against is not None:
            now, then = self._windowed(shown, value), self._windowed(shown, column(f"{name}_before", RESULT))
            return {
                name: now,
                f"{name}_before": then,
                f"{name}_difference": less(now.copy(), then.copy()),
                f"{name}_growth": divided(less(now.copy(), then.copy()), then.copy()),
            }
        if self.asked.versus is not None:
            other = self._other(self.asked.versus, value)
            first = exp.EQ(this=column(self.asked.versus.dimension), expression=text(self.asked.versus.first))
            difference, growth = less(value.copy(), other), divided(less(value.copy(), other.copy()), other.copy())
            return {
                name: value,
                f"{name}_difference": _when(first, difference),
                f"{name}_growth": _when(first.copy(), growth),
            }
        return {name: self._windowed(shown, value)}

    def _other(self, versus: Versus, value: exp.Expr) -> exp.Expr:
        """The value of the group compared with, on every row."""
        second = exp.EQ(this=column(versus.dimension), expression=text(versus.second))
        found = exp.Max(this=_when(second, value.copy()))
        return _over(found, [key for key in self.side.keys if key != versus.dimension])

    def _windowed(self, shown: Shown, value: exp.Expr) -> exp.Expr:
        groups, buckets = list(self.side.groups), [] if self.side.grain is None else [str(self.side.grain)]
        match shown.measure.show:
            case "share":
                return divided(value, _over(exp.Sum(this=value.copy()), buckets if groups else []))
            case "share_of_parent":
                return divided(value, _over(exp.Sum(this=value.copy()), [*buckets, *groups[:-1]]))
            case "running":
                return _over(exp.Sum(this=value), groups, buckets)
            case "moving":  # NULL until there are so many buckets
                n = shown.measure.n or 1
                found = _over(exp.Count(this=exp.Star()), groups, buckets, last=n)
                mean = _over(exp.Avg(this=value), groups, buckets, last=n)
                return _when(exp.EQ(this=found, expression=number(n)), mean)
            case _:
                return value

    def _kept(self, tree: exp.Select, columns: Sequence[str], *, ranked: bool) -> exp.Select:
        """The groups that are asked to be kept, of each the first where so many of each are asked for."""
        conditions = [within_bounds(column(each.column), each.bounds) for each in self.asked.having]
        conditions += [test(column(each.dimension.name), each) for each in self.asked.keep]
        per, limit = self.asked.limit_per, self.asked.limit
        shown: list[exp.Expr] = [column(each) for each in columns]
        if per is None or limit is None:
            return _from(SHOWN, tree, shown, conditions)
        place = _over(exp.RowNumber(), self._each, self._order(ranked=ranked))
        chosen = _from(SHOWN, tree, [*shown, named(place, PLACE)], conditions)
        first = exp.LTE(this=column(PLACE), expression=number(limit))
        return _from(RANKED, chosen, [each.copy() for each in shown], [first])

    def _order(self, *, ranked: bool) -> list[exp.Expr]:
        """As asked; else a trend by its keys, a comparison of groups with the first named first, groups by size."""
        keys, order, versus = list(self.side.keys), self.asked.order, self.asked.versus
        if not keys:
            return []
        if order is not None:
            by = (descending if order.descending else ascending)(column(order.column))
            return [by, *(ascending(column(key)) for key in keys if key != order.column)]
        if versus is not None:
            first = exp.EQ(this=column(versus.dimension), expression=text(versus.first))
            others = [ascending(column(key)) for key in keys if key != versus.dimension]
            return [*others, descending(_when(first, number(1)))]
        if self.side.grain is not None and not ranked:
            return [ascending(column(key)) for key in keys]
        return [descending(column(self.asked.shown[0].column)), *(ascending(column(key)) for key in keys)]

    def _columns(self, shown: Shown) -> list[Column]:
        kind = _type(shown)
        own = Column(shown.column, measure_label(shown), kind, "measure", measure_unit(shown))
        further: tuple[Further, ...] = ("difference", "growth") if self.asked.against or self.asked.versus else ()
        further = ("before", *further) if self.asked.against else further
        return [own, *(_further(each, shown, "number" if each == "growth" else kind) for each in further)]


def _further(name: Further, shown: Shown, kind: Type) -> Column:
    return Column(f"{shown.column}_{name}", further_label(name, shown), kind, "measure", measure_unit(shown, name))


def _type(shown: Shown) -> Type:
    return shown.metric.type if shown.measure.show in {"value", "running", "highest", "lowest"} else "number"


def _from(name: str, part: exp.Select, shown: Sequence[exp.Expr], where: Sequence[exp.Expr] = ()) -> exp.Select:
    """A SELECT over a named query, whose own named parts come before it."""
    own = part.args.get("with_")
    part.set("with_", None)
    tree = with_parts(select(shown, table(name), where=where), {name: part})
    if own is not None:
        tree.args["with_"].set("expressions", [*own.expressions, *tree.args["with_"].expressions])
    return tree


def _when(condition: exp.Expr, value: exp.Expr) -> exp.Case:
    """The value where the condition holds, else NULL."""
    return exp.Case(ifs=[exp.If(this=condition, true=value)])


def _over(
    value: exp.Expr, partition: Sequence[str], order: Sequence[str | exp.Expr] = (), last: int | None = None
) -> exp.Expr:
    """A window: within the partition; in order, up to the row, or the last so many."""
    in_order = [ascending(column(each)) if isinstance(each, str) else each for each in order]
    spec = None
    if last is not None:
        spec = exp.WindowSpec(kind="ROWS", start=number(last - 1), start_side="PRECEDING", end="CURRENT ROW")
    elif in_order and not isinstance(value, exp.RowNumber):
        spec = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
    return exp.Window(
        this=value,
        partition_by=[column(each) for each in partition],
        order=exp.Order(expressions=in_order) if in_order else None,
        spec=spec,
    )

"""Aggregates side by side: on a spine of every group there is to list, one block joined after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from warehouse.block import BUCKETS, Block, Want
from warehouse.days import Bucket
from warehouse.reckoning import reckoned
from warehouse.trees import (
    all_of,
    any_of,
    column,
    join,
    missing,
    negated,
    number,
    or_zero,
    select,
    table,
    with_parts,
)

GROUPS, SPINE = "groups", "spine"


@dataclass(frozen=True)
class Side:
    """The blocks of a query, its group columns, and its buckets where it has any.

    `listing` are the values whose rows make a group worth listing.
    """

    blocks: tuple[Block, ...]
    groups: tuple[str, ...]
    grain: Bucket | None
    buckets: exp.Select | None
    listing: frozenset[str]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the bucket and the groups."""
        return self.groups if self.grain is None else (self.grain, *self.groups)

    def value(self, formula: exp.Expr) -> exp.Expr:
        """A formula over the blocks' values."""
        asked = {each.name for each in formula.find_all(exp.Column)}
        values = {name: self._value(block, name) for block in self.blocks for name in block.values if name in asked}
        return reckoned(formula, values)

    def select(self, values: Sequence[exp.Expr]) -> exp.Select:
        """The keys and the values, unordered."""
        if not self._alone:
            return self._joined(values)
        block = self.blocks[0]
        tree = self._listed(block)
        tree.set("expressions", [*tree.expressions, *values])
        return with_parts(tree, block.parts)

    @property
    def _alone(self) -> bool:
        return len(self.blocks) == 1 and self.grain is None

    def _value(self, block: Block, name: str) -> exp.Expr:
        counted = name in block.zeros
        if self._alone:
            value = block.values[name].copy()
            return or_zero(value) if counted and not _is_count(value) else value
        value = column(name, block.name)
        return or_zero(value) if counted else value

    def _joined(self, values: Sequence[exp.Expr]) -> exp.Select:
        parts: dict[str, exp.Query] = {}
        if self.buckets is not None:
            parts[BUCKETS] = self.buckets
        for block in self.blocks:
            parts |= {**block.parts, block.name: block.whole(self._listed(block))}
        base = self._base(parts)
        joins = [self._join(each, base) for each in self.blocks if each.name != base]
        return with_parts(select([*(column(key, base) for key in self.keys), *values], table(base), joins=joins), parts)

    def _join(self, block: Block, base: str) -> exp.Join:
        same = [self._same(block, key, base) for key in self.keys if key in block.keys]
        return join(table(block.name), all_of(same), "left") if same else join(table(block.name), None, "cross")

    def _same(self, block: Block, key: str, base: str) -> exp.Expr:
        mine, there = column(key, block.name), column(key, base)
        if key != self.grain:
            return exp.NullSafeEQ(this=mine, expression=there)
        earlier = block.frame.earlier
        return exp.EQ(
            this=mine, expression=there if earlier is None else exp.Sub(this=there, expression=earlier.copy())
        )

    def _base(self, parts: dict[str, exp.Query]) -> str:
        """The name of what lists every group, put into the parts where it is none of the blocks."""
        listing = [each for each in self.blocks if any(name in self.listing for name in each.values)]
        if not self.groups:
            return BUCKETS if self.grain is not None else self.blocks[0].name
        if self.grain is None and len(listing) == 1:
            return listing[0].name
        found = [select(map(column, self.groups), table(each.name), distinct=len(listing) == 1) for each in listing]
        groups: exp.Query = found[0]
        for each in found[1:]:
            groups = exp.Union(this=groups, expression=each, distinct=True)
        parts[GROUPS] = groups
        if self.grain is None:
            return GROUPS
        crossed = join(table(GROUPS), None, "cross")
        parts[SPINE] = select(map(column, self.keys), table(BUCKETS), joins=[crossed])
        return SPINE

    def _listed(self, block: Block) -> exp.Select:
        """The block without groups that only its other values have."""
        listing = [each for each in block.wants if each.column in self.listing]
        wheres = {each.route.where for each in block.wants}
        by_row = {each.route.where for each in listing if each.route.having is None}
        tree = block.tree.copy()
        if block.keys and listing and by_row != wheres:
            found = [_occurs(each, block.values[each.column].copy()) for each in listing]
            tree.set("having", exp.Having(this=any_of(found)))
        return tree


def _is_count(value: exp.Expr) -> bool:
    return isinstance(value.find(exp.AggFunc), exp.Count)


def _occurs(want: Want, value: exp.Expr) -> exp.Expr:
    """Whether a value has a row: a count is above 0, all else is told."""
    counts = want.statistic is None and want.route.aggregate in {"count", "count_distinct"}
    return exp.GT(this=value, expression=number(0)) if counts else negated(missing(value))

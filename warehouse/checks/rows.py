"""Whether the rows are what the model says of them: keys that are unique, promised rows that are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from sqlglot import exp

from warehouse.checks.mistake import Mistake, Place
from warehouse.checks.scope import Scope
from warehouse.engines.engine import Data
from warehouse.errors import AnalyticsError
from warehouse.expression import parsed, with_values
from warehouse.guard import Guard
from warehouse.spec import JoinSpec
from warehouse.table import Cell
from warehouse.text import Text
from warehouse.trees import as_date, column, join, missing, number, query, select, table


def rows(scope: Scope, data: Data) -> Iterator[Mistake]:
    """Keys are unique, and every row has the row that `always` promises. The model has no other mistakes."""
    return _Rows(scope, data).mistakes()


@dataclass(frozen=True)
class _Rows:
    scope: Scope
    data: Data

    def mistakes(self) -> Iterator[Mistake]:
        """What the rows are not; what the engine cannot run is told, too."""
        spec = self.scope.spec
        joins = [
            (name, far, JoinSpec(column=each) if isinstance(each, str) else each)
            for name, source in spec.sources.items()
            for far, each in source.joins.items()
        ]
        unique: dict[tuple[str, str], Place] = {
            (name, source.key): ("sources", name, "key") for name, source in spec.sources.items() if source.key
        }
        for name, far, told in joins:
            unique.setdefault((far, self._to(far, told)), ("sources", name, "joins", far))
        for (source, key), place in unique.items():
            yield from self._repeated(place, source, key)
        for name, far, told in joins:
            if told.always:
                yield from self._lost(("sources", name, "joins", far, "always"), name, far, told)

    def _to(self, far: str, told: JoinSpec) -> str:
        """The column of the far source that a join leads to."""
        return told.to or cast("str", self.scope.spec.sources[far].key)

    def _repeated(self, place: Place, source: str, key: str) -> Iterator[Mistake]:
        rows, values = exp.Count(this=column(key)), exp.Count(this=exp.Distinct(expressions=[column(key)]))
        tree = select([exp.Sub(this=rows, expression=values)], self._source(source))
        wrong = Text(f"{source} 里 {key} 与别的行重复的行数", f"{source} has rows with the {key} of another row")
        wanted = Text("它应当唯一，否则连到它的行会被重复计算", "it is to be unique, or rows joined to it count twice")
        yield from self._told(place, tree, wrong, wanted)

    def _lost(self, place: Place, near: str, far: str, told: JoinSpec) -> Iterator[Mistake]:
        mine, there = column(told.column, near), column(self._to(far, told), far)
        same = exp.EQ(this=mine, expression=there)
        joined = join(self._source(far), same, "left")
        tree = select([exp.Count(this=exp.Star())], self._source(near), joins=[joined], where=[missing(there.copy())])
        wrong = Text(
            f"{near} 里按 {told.column} 找不到 {far} 的行数",
            f"{near} has rows without a row of {far} by {told.column}",
        )
        yield from self._told(place, tree, wrong, Text("去掉 always", "leave out always"))

    def _told(self, place: Place, tree: exp.Query, wrong: Text, wanted: Text) -> Iterator[Mistake]:
        """A mistake where the query counts any rows, or cannot be run."""
        try:
            found = self._cell(tree)
        except AnalyticsError as error:
            yield Mistake(place, Text(error.message.zh.rstrip("。"), error.message.en.rstrip(".")))
            return
        if found:
            yield Mistake(place, Text(f"{wrong.zh}：{found:,}", f"{wrong.en}: {found:,}"), wanted)

    def _source(self, name: str) -> exp.Table | exp.Subquery:
        """A source as a FROM reads it."""
        spec = self.scope.spec.sources[name]
        if spec.table is not None:
            return table(spec.table, name)
        return query(with_values(cast("exp.Query", parsed(spec.sql or "")), self._parameters), name)

    @cached_property
    def _parameters(self) -> Mapping[str, exp.Expr]:
        """What a source's SQL may name, as of the last day of the data; of data without rows any day does."""
        spec = self.scope.spec
        latest = (
            select([as_date(exp.Max(this=column(each.column)))], self._source(each.source)) for each in spec.complete
        )
        days = [day for each in latest if (day := self._cell(each)) is not None]
        as_of = exp.Literal.string(str(max(map(str, days), default="1970-01-01")))
        return {"as_of": as_date(as_of), **{name: number(value) for name, value in spec.parameters.items()}}

    def _cell(self, tree: exp.Query) -> Cell:
        """The one cell that a query gives."""
        guard = Guard(self.data.tables())
        return self.data.run(guard.admit(tree), limit=1).rows[0][0]

"""One SELECT over a source, and the joins that the expressions in it need."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from sqlglot import exp

from warehouse.errors import ModelError
from warehouse.model import Dimension, Join, Route, SemanticModel
from warehouse.text import Text
from warehouse.timepart import TIME, of_clock
from warehouse.trees import column, folded, join, select, table

Path = tuple[Join, ...]


class Scope:
    """Binds expressions of the model to one SELECT: columns to their tables, parameters to their values.

    `time` is the rows' own time, for parts of it. Sources are joined on unique columns, so that no row is multiplied;
    one that is reached in two ways is joined once for each.
    """

    def __init__(
        self, model: SemanticModel, source: str, parameters: Mapping[str, exp.Expr], time: exp.Column | None = None
    ) -> None:
        self.model = model
        self.source = source
        self._aliases: dict[Path, str] = {(): source}
        self._needed: set[Path] = set()
        self._parameters = dict(parameters)
        if time is not None:
            self._need(self._path(source, time.table or source))  # rows without a time are in no period
            self._parameters[TIME] = self.bind(time)

    @classmethod
    def of(cls, model: SemanticModel, route: Route, parameters: Mapping[str, exp.Expr]) -> "Scope":
        """The scope of a metric's route."""
        return cls(model, route.source, parameters, route.at)

    @property
    def time(self) -> exp.Expr:
        """The rows' own time."""
        return self._parameters[TIME].copy()

    def bind(self, tree: exp.Expr, source: str | None = None) -> exp.Expr:
        """An expression over columns of `source`, the scope's own unless told."""
        home = self._path(self.source, source or self.source)
        if isinstance(tree, exp.Column):
            return self._column(tree, home)
        bound = tree.copy()
        parameters = list(bound.find_all(exp.Placeholder))
        for node in list(bound.find_all(exp.Column)):
            node.replace(self._column(node, home))
        for parameter in parameters:
            bound = _replaced(bound, parameter, self._parameter(parameter.name))
        return folded(bound) if parameters else bound

    def dimension(self, dimension: Dimension) -> exp.Expr:
        """A dimension's expression."""
        return self.bind(dimension.expression, None if of_clock(dimension) else dimension.source)

    def group(self, dimension: Dimension) -> exp.Expr:
        """A dimension's expression to group by: rows that the joins to its source find none for are in no group."""
        if not of_clock(dimension):
            self._need(self._path(self.source, dimension.source))
        return self.dimension(dimension)

    def customer(self) -> exp.Expr:
        """The key of the rows' customer."""
        customer = self.model.customer
        path = self._path(self.source, customer.source)
        if not path:
            return column(customer.key, self.source)
        return column(path[-1].column, self._alias(path[:-1]))

    @property
    def has_customers(self) -> bool:
        """Whether every row has its customer."""
        return all(step.always for step in self._path(self.source, self.model.customer.source))

    @property
    def table(self) -> exp.Table:
        """The scope's own source, as a FROM reads it."""
        return table(self.model.source(self.source).table, self.source)

    @property
    def joins(self) -> list[exp.Join]:
        """The joins that all that was bound so far needs."""
        return [self._join(path, alias) for path, alias in self._aliases.items() if path]

    def select(self, shown: Iterable[exp.Expr], where: Sequence[exp.Expr] = (), **parts: Any) -> exp.Select:
        """A SELECT over the source and its joins; `parts` as `trees.select` takes them."""
        return select(shown, self.table, joins=self.joins, where=where, **parts)

    def _need(self, path: Path) -> None:
        """Leave out rows that have no row at the path's end."""
        self._needed |= {path[:length] for length in range(1, len(path) + 1)}

    def _join(self, path: Path, alias: str) -> exp.Join:
        step, near = path[-1], self._aliases[path[:-1]]
        on = exp.EQ(this=column(step.column, near), expression=column(step.to, alias))
        kept = path in self._needed or all(each.always for each in path)
        return join(table(self.model.source(step.far).table, alias), on, "" if kept else "left")

    def _column(self, node: exp.Column, home: Path) -> exp.Column:
        near = home[-1].far if home else self.source
        path = (*home, *self._path(near, node.table)) if node.table else home
        return column(node.name, self._alias(path))

    def _alias(self, path: Path) -> str:
        """The name of the table at a path's end, which is joined."""
        for length in range(1, len(path) + 1):
            step = path[:length]
            if step not in self._aliases:
                far = step[-1].far
                longer = f"{self._aliases[step[:-1]]}_{far}"
                names = chain([far, longer], (f"{longer}_{number}" for number in count(2)))
                self._aliases[step] = next(each for each in names if each not in self._aliases.values())
        return self._aliases[path]

    def _path(self, near: str, far: str) -> Path:
        path = self.model.path(near, far)
        if path is None:
            raise ModelError(
                Text(f"{near} 和 {far} 没有关联。", f"There is no tie from {near} to {far}."),
                Text("请检查模型里的表达式。", "Check the model's expressions."),
            )
        return path

    def _parameter(self, name: str) -> exp.Expr:
        if name not in self._parameters:
            raise ModelError(
                Text(f"这里用不了参数 ${name}。", f"The parameter ${name} has no value here."),
                Text("请检查模型里的表达式。", "Check the model's expressions."),
            )
        return self._parameters[name].copy()


def _replaced(tree: exp.Expr, node: exp.Expr, value: exp.Expr) -> exp.Expr:
    """The tree with the value in a node's place, which may be the whole tree."""
    if node is tree:
        return value
    node.replace(value)
    return tree

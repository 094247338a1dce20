"""A tool's own SQL, written over the roles that a model fills, bound to the model's tables.

The tables that such SQL reads are roles (`purchase`, `event`, `product` …); their columns are the parts of the role,
and the dimensions that its rows have a tie to, by name. `customer` has `key`, `since` and the customers' dimensions.
Rows from after the as-of day are not there, nor those of other customers where a population is told. `members` are the
customers (`customer`) of a group that is only marked. `tables` are other queries, by the names they are read by;
`deeds` are further ones of rows that tell what customers did in a window: their columns are `customer`, `time` and the
dimensions tied to them.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from warehouse.days import Span
from warehouse.errors import NoJoinPath
from warehouse.expression import parsed, with_values
from warehouse.model import Behaviour, Role, SemanticModel
from warehouse.predicates import Predicates, within
from warehouse.resolved import Held, Window
from warehouse.roles import ROLES
from warehouse.scope import Scope
from warehouse.text import Text
from warehouse.trees import (
    column,
    day,
    missing,
    name_of,
    named,
    negated,
    number,
    query,
    select,
    table,
    text,
    with_parts,
)

CUSTOMER, MEMBERS, POPULATION = "customer", "members", "population"
TIMES = ("time", "sent", "issued")  # the part that dates a role's rows, by what it is called

Value = int | float | str | datetime.date


@dataclass(frozen=True)
class Deeds:
    """Rows of a source in a window, each of which tells that a customer did something, at a time."""

    source: str
    customer: exp.Expr
    time: exp.Expr
    where: exp.Expr | None
    window: Window

    @classmethod
    def of_behaviour(cls, behaviour: Behaviour, window: Window) -> "Deeds":
        """The rows of a behaviour."""
        return cls(behaviour.source, behaviour.customer, behaviour.time, behaviour.where, window)

    @classmethod
    def of_role(cls, role: Role, window: Window, part: str | None = None) -> "Deeds":
        """The rows of a role, or those that a part of it, a condition, holds for."""
        where = None if part is None else role.part(part)
        return cls(role.source, role.part("customer"), role.part("time"), where, window)


@dataclass(frozen=True)
class RoleSql:
    """Binds SQL over roles. `population` leaves the rows of all others out, `members` are marked only.

    `rows` are conditions on the rows of a role, `deeds` further tables by their names. Raises `ModelError` where the
    model lacks a role or part that is read, `NoJoinPath` where a role's rows have no tie to a dimension that is.
    """

    model: SemanticModel
    predicates: Predicates
    population: exp.Select | None = None
    members: exp.Select | None = None
    rows: Mapping[str, Sequence[Held]] = field(default_factory=dict)
    deeds: Mapping[str, Deeds] = field(default_factory=dict)
    tables: Mapping[str, exp.Select] = field(default_factory=dict)

    def bound(self, sql: str, values: Mapping[str, Value]) -> exp.Select:
        """The query with the rows of each role before it, and each `$name` written out."""
        literals = {name: _literal(value) for name, value in values.items()}
        tree = _filled(sql, {"as_of": day(self.predicates.as_of), **literals})
        wanted: dict[str, set[str]] = {}
        for place, columns in _read(tree, self.tables.keys()):
            wanted.setdefault(place.name, set()).update(columns)
            self._rename(place)
        parts = {self._named(role): self._rows(role, sorted(columns)) for role, columns in wanted.items()}
        cut = {} if self.population is None else {self._named(POPULATION): self.population}
        return with_parts(tree, {**cut, **self.tables, **parts})

    def _rename(self, place: exp.Table) -> None:
        """Give a role that is read the name of its rows, before its columns, too."""
        role, rows = place.name, self._named(place.name)
        inner = place.parent_select
        if not place.alias and inner is not None:
            for each in inner.find_all(exp.Column):
                if each.table == role and each.parent_select is inner:
                    each.set("table", name_of(rows))
        place.replace(table(rows, place.alias or rows))

    def _named(self, role: str) -> str:
        """What a role's rows are called in the query: like no column, which could be taken for a whole row of them.

        Nor like a table of the model.
        """
        taken = {name for each in self.model.sources.values() for name in (each.name, each.table)}
        plural = role if role.endswith("s") else f"{role}s"
        return next(each for each in (plural, f"{role}_rows", f"{role}_rows_read") if each not in taken)

    def _rows(self, role: str, columns: Sequence[str]) -> exp.Select:
        if role == MEMBERS:
            return self._everybody() if self.members is None else self.members
        if role == CUSTOMER:
            return self._customers(columns)
        if role in self.deeds:
            return self._done(self.deeds[role], columns)
        played = self.model.role(role)
        scope = Scope(self.model, played.source, self.predicates.parameters())
        shown = [
            named(scope.bind(played.part(each)) if each in ROLES[role].all else self._dimension(each, scope), each)
            for each in columns
        ]
        dated = next((scope.bind(played.parts[each]) for each in TIMES if each in played.parts), None)
        where = [] if dated is None else within(dated, self._ever)
        where += [self.predicates.held(each, scope) for each in self.rows.get(role, ())]
        if self.model.path(played.source, self.model.customer.source) is not None:
            where += self._of_population(scope)
        return scope.select(shown, where)

    def _done(self, deeds: Deeds, columns: Sequence[str]) -> exp.Select:
        scope = Scope(self.model, deeds.source, self.predicates.parameters(deeds.window.span))
        own = {"customer": deeds.customer, "time": deeds.time}
        shown = [
            named(scope.bind(own[each]) if each in own else self._dimension(each, scope), each) for each in columns
        ]
        where = [] if deeds.where is None else [scope.bind(deeds.where)]
        where += within(scope.bind(deeds.time), deeds.window)
        if not scope.has_customers:
            where.append(negated(missing(scope.bind(deeds.customer))))
        return scope.select(shown, [*where, *self._of_population(scope)])

    def _customers(self, columns: Sequence[str]) -> exp.Select:
        customer = self.model.customer
        scope = Scope(self.model, customer.source, self.predicates.parameters())
        own = {"key": column(customer.key), "since": customer.since}
        shown = [
            named(scope.bind(tree) if (tree := own.get(each)) is not None else self._dimension(each, scope), each)
            for each in columns
        ]
        since = [] if customer.since is None else within(scope.bind(customer.since), self._ever)
        return scope.select(shown, [*since, *self._of_population(scope)])

    def _everybody(self) -> exp.Select:
        everybody = self._customers(["key"])
        everybody.set("expressions", [named(everybody.expressions[0].unalias(), CUSTOMER)])
        return everybody

    def _of_population(self, scope: Scope) -> list[exp.Expr]:
        if self.population is None:
            return []
        keys = select([column(CUSTOMER)], table(self._named(POPULATION)))
        return [exp.In(this=scope.customer(), query=query(keys))]

    def _dimension(self, name: str, scope: Scope) -> exp.Expr:
        dimension = self.model.dimension(name)
        if self.model.path(scope.source, dimension.source) is None:
            label = dimension.words.label
            raise NoJoinPath(
                Text(f"{label.zh}和这里的数据没有关联。", f"The rows read here have no tie to {label.en}."),
                Text("请换一个维度。", "Choose another dimension."),
            )
        return scope.dimension(dimension)

    @property
    def _ever(self) -> Window:
        return Window(None, Span(self.model.calendar.first_day, self.predicates.as_of), since_ever=True)


def _filled(sql: str, values: Mapping[str, exp.Expr]) -> exp.Select:
    written = parsed(sql)
    tree = with_values(written, values) if isinstance(written, exp.Query) else written
    if not isinstance(tree, exp.Select):
        raise TypeError("a tool's SQL is a SELECT")
    return tree


def _read(tree: exp.Select, told: Collection[str]) -> list[tuple[exp.Table, set[str]]]:
    """The tables that are roles, each with the columns that its SELECT reads of it."""
    own = {*told, *(each.alias for each in tree.find_all(exp.CTE))}
    return [
        (place, _columns(inner, place, alone=len(sources) == 1))
        for inner in tree.find_all(exp.Select)
        for sources in [list(_sources(inner))]
        for place in sources
        if isinstance(place, exp.Table) and place.name not in own
    ]


def _sources(tree: exp.Select) -> Iterator[exp.Expr]:
    begun = tree.args.get("from_")
    if begun is not None:
        yield begun.this
    yield from (each.this for each in tree.args.get("joins") or ())


def _columns(tree: exp.Select, place: exp.Table, *, alone: bool) -> set[str]:
    """The columns of a table that a SELECT itself reads; those without a table's name where it is the only one."""
    aliases = {each.alias for each in tree.expressions if each.alias}
    told = [each for each in tree.find_all(exp.Column) if each.parent_select is tree]
    of_table = {each.name for each in told if each.table == place.alias_or_name}
    if not alone:
        return of_table
    return of_table | {
        each.name
        for each in told
        if not each.table and not (each.name in aliases and each.find_ancestor(exp.Order) is not None)
    }


def _literal(value: Value) -> exp.Expr:
    if isinstance(value, str):
        return text(value)
    return day(value) if isinstance(value, datetime.date) else number(value)

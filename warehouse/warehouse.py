"""One shop's warehouse: engine, model and guard together, read as its data stands."""

import copy
import datetime
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from sqlglot import exp

from warehouse.compile import Compiled, Compiler, last_day
from warehouse.engines.engine import Arrays, Data, Engine, Rows
from warehouse.errors import BadSql, NotAllowed, NotEnoughData, QueryFailed
from warehouse.fits import Fit, Fits
from warehouse.guard import Guard, SafeSql
from warehouse.model import Behaviour, Metric, SegmentDefinition, SemanticModel
from warehouse.occurring import Values, are_same, occurring
from warehouse.policies import read_policies, veil
from warehouse.policy import LOCAL, Policy
from warehouse.reads import tables_read
from warehouse.resolve import Resolver
from warehouse.saying import Sayer
from warehouse.stop import Stop
from warehouse.table import Cell, Column, Role, Table, Type
from warehouse.text import Text
from warehouse.veil import Covered

Thing = TypeVar("Thing")

MOST_VALUES = 5_000_000
MOST_VERSIONS = 2  # of the data at once: the old one, still being read, and the new


ROLES: Mapping[Type, Role] = {"integer": "measure", "number": "measure", "date": "time", "datetime": "time"}


@dataclass(frozen=True)
class Written:
    """A query that somebody wrote, and its columns by their types: nobody knows what they mean."""

    tree: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Read:
    """A table, and the SQL that gave it."""

    table: Table
    sql: str


def nobody(name: str, reading: "Reading") -> SegmentDefinition | None:
    """No analysis finds anybody."""


class Reading:
    """The data as they stand, as one role sees them: the as-of day, the values, and everything bound to them.

    `last` is the last day that has data, which may lie before an as-of day that was set. The first of the guards lets
    queries through; values must pass all of them.
    """

    def __init__(
        self,
        data: Data,
        guards: Sequence[Guard],
        model: SemanticModel,
        as_of: datetime.date | None,
        role: str = LOCAL,
        found: "Found" = nobody,
    ) -> None:
        self.data = data
        self.role = role
        self._guard, *_ = self._guards = guards
        self._whole = self
        self._found = found
        self._kept_back: list[Covered] | None = None
        self._asked: list[str] = []
        self._first_days: dict[tuple[str, str, str], datetime.date] = {}
        self._fits = Fits()
        self.last = self._last_day(model)
        self.as_of = as_of or self.last
        self.compiler = Compiler(model, self.as_of)
        first = min(self._first_row(each.source, exp.column(each.column), None) for each in model.complete)
        if self.as_of < first:
            raise _before_the_data(self.as_of, first)
        calendar = replace(model.calendar, first_day=first)
        self.model = replace(model, calendar=calendar, found=lambda name: found(name, self))
        self.compiler = Compiler(self.model, self.as_of)
        self.resolver = Resolver(self.model, self.as_of, self.first_day, lambda name: self.values[name])
        self.sayer = Sayer(self.as_of, self.model)

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values of every dimension that people group by, as the role sees them, in order; never personal data."""
        return self._whole._all_values

    @cached_property
    def _all_values(self) -> Mapping[str, Values]:
        return occurring(self.compiler, self._seen)

    def fitted(self, key: Hashable, make: Callable[["Reading"], Thing]) -> Thing:
        """What was made of these data before under the key, else made now and kept: a model that takes long to fit.

        The last few are kept while the data are these. What a policy keeps back from one is told each time.
        """
        kept = self._fits.get(self.as_of, key)
        if kept is None:
            watched = self.watched()
            kept = self._fits.put(self.as_of, key, Fit(make(watched), tuple(watched._kept_back or ()), watched.asked))
        if self._kept_back is not None:
            self._kept_back += kept.kept_back
            self._asked += kept.asked
        made: Thing = kept.made
        return made

    def watched(self) -> "Reading":
        """The same reading, which remembers from now on what the policy keeps back, and the tables asked for."""
        watched = copy.copy(self)
        watched._kept_back, watched._asked = [], []
        return watched

    def at(self, day: datetime.date) -> "Reading":
        """The same data, as of another day."""
        other = copy.copy(self)
        other.as_of, other._first_days = day, {}
        other.model = replace(self.model, found=lambda name: self._found(name, other))
        other.compiler = Compiler(other.model, day)
        other.resolver = Resolver(other.model, day, other.first_day, lambda name: other.values[name])
        other.sayer = Sayer(day, other.model)
        return other

    @property
    def asked(self) -> tuple[str, ...]:
        """The SQL of every table read since the watch began, as it was before any policy."""
        return tuple(self._asked)

    @property
    def kept_back(self) -> Covered:
        """What the policy kept back from everything that was read since the watch began."""
        kept = self._kept_back or []
        return Covered(
            frozenset().union(*(each.filtered for each in kept)), frozenset().union(*(each.masked for each in kept))
        )

    def first_day(self, dated: Metric | Behaviour) -> datetime.date:
        """The day of the first row that counts for a metric or behaviour; the data's first where there is none."""
        if isinstance(dated, Behaviour):
            return self._first_row(dated.source, dated.time, dated.where)
        route = dated.routes[0]
        return self.as_of if route.at is None else self._first_row(route.source, route.at, route.where)

    def written(self, sql: str) -> Written:
        """SQL that fits the tables, no row of which is read to tell.

        Raises `UnsafeSql` or `NotAllowed` where it may not be run, `BadSql` where it does not fit.
        """
        try:
            fields = self.data.fields(self._guard.admit(sql))
        except QueryFailed as error:
            raise BadSql(error.message, error.hint) from error
        return Written(
            sql, tuple(Column(e.name, Text(e.name, e.name), e.type, ROLES.get(e.type, "group")) for e in fields)
        )

    def read(self, compiled: Compiled | Written, *, limit: int | None, stop: Stop) -> Read:
        """At most `limit` rows (None for all) and how many there are in all."""
        safe = self._admitted(compiled.tree)
        self._asked.append(compiled.tree if isinstance(compiled.tree, str) else compiled.tree.sql())
        with _hidden_errors(safe):
            rows = self.data.run(safe, limit=limit, stop=stop)
            count = self.data.count(safe, stop=stop) if rows.more else len(rows.rows)
        return Read(Table(compiled.columns, rows.rows, count), safe.sql)

    def stream(self, compiled: Compiled | Written, *, stop: Stop) -> Iterator[Sequence[tuple[Cell, ...]]]:
        """Every row, in batches."""
        safe = self._admitted(compiled.tree)
        with _hidden_errors(safe):
            yield from self.data.stream(safe, stop=stop)

    def arrays(self, compiled: Compiled, *, stop: Stop) -> tuple[Arrays, str]:
        """Every row as numpy columns, for models that take one row a customer; and the SQL that gave them."""
        safe = self._admitted(compiled.tree)
        self._asked.append(compiled.tree if isinstance(compiled.tree, str) else compiled.tree.sql())
        with _hidden_errors(safe):
            return self.data.arrays(safe, stop=stop), safe.sql

    def same_rows(self, inner: tuple[str, str], outer: tuple[str, str]) -> bool:
        """Whether two dimensions' values, each told with its dimension, stand in the same rows of one source."""
        one, other = ((self.model.dimension(name), value) for name, value in (inner, outer))
        return are_same(one, other, self.compiler, self._seen)

    def _admitted(self, tree: exp.Query | str) -> SafeSql:
        safe = self._guard.admit(tree)
        if self._kept_back is not None:
            self._kept_back.append(safe.covered)
        return safe

    def _seen(self, tree: exp.Query) -> Rows | None:
        """The rows of values; None where a guard denies or masks a column of them."""
        try:
            safe, *others = [guard.admit(tree) for guard in self._guards]
        except NotAllowed:
            return None
        if any(each.covered.masked for each in (safe, *others)):
            return None
        with _hidden_errors(safe):
            return self.data.run(safe, limit=MOST_VALUES)

    def _last_day(self, model: SemanticModel) -> datetime.date:
        days = [self._rows(last_day(model, each))[0][0] for each in model.complete]
        known = [day for day in days if isinstance(day, datetime.date)]
        if not known and any(self._guard.admit(last_day(model, each)).covered.filtered for each in model.complete):
            raise _nothing_to_see(self.role)
        if not known:
            raise NotEnoughData(
                Text("仓库里还没有任何数据。", "The warehouse has no data yet."),
                Text("请先载入数据，或换一个 WENSHU_WAREHOUSE。", "Load some, or set another WENSHU_WAREHOUSE."),
            )
        return max(known)

    def _first_row(self, source: str, time: exp.Column, where: exp.Expr | None) -> datetime.date:
        key = (source, time.sql(), "" if where is None else where.sql())
        if key not in self._first_days:
            day = self._rows(self.compiler.first_day(source, time, where).tree)[0][0]
            self._first_days[key] = day if isinstance(day, datetime.date) else self.as_of
        return self._first_days[key]

    def _rows(self, tree: exp.Query) -> Sequence[tuple[Cell, ...]]:
        safe = self._admitted(tree)
        with _hidden_errors(safe):
            return self.data.run(safe, limit=1).rows


@contextmanager
def _hidden_errors(safe: SafeSql) -> Iterator[None]:
    """Where rows are hidden, what the engine says of a failure stays unsaid: it may tell a value of theirs."""
    try:
        yield
    except QueryFailed as error:
        if not safe.covered.filtered:
            raise
        raise QueryFailed(Text("引擎无法运行这个查询。", "The engine could not run the query."), error.hint) from error


def _nothing_to_see(role: str) -> NotEnoughData:
    return NotEnoughData(
        Text(f"角色 {role} 看不到任何数据，这不等于没有数据。", f"The role {role} sees no data; there may be some."),
        Text("请管理员检查权限文件。", "Ask whoever keeps the policies."),
    )


def _before_the_data(as_of: datetime.date, first: datetime.date) -> NotEnoughData:
    return NotEnoughData(
        Text(f"数据从 {first} 才开始，晚于截至日 {as_of}。", f"The data begin on {first}, after {as_of}."),
        Text("请改 WENSHU_AS_OF，或不设它。", "Set another WENSHU_AS_OF, or none."),
    )


Found = Callable[[str, Reading], SegmentDefinition | None]


class Warehouse:
    """Gives a `Reading` of the data as they stand, to a role; safe to share between threads.

    Without `policies` there is only the role `local`, which sees all but personal columns. `found` gives the segments
    that analyses find, by their names.
    """

    def __init__(
        self,
        engine: Engine,
        model: SemanticModel,
        as_of: datetime.date | None = None,
        policies: Mapping[str, Policy] | None = None,
        found: Found = nobody,
    ) -> None:
        self._engine = engine
        self._found = found
        self._model = model
        self._as_of = as_of
        self._private = read_policies(model, None)[LOCAL]
        self._policies = {LOCAL: self._private} if policies is None else policies
        self._tables = tables_read(model)
        self._lock = threading.Lock()
        self._readings: dict[Data, dict[str, Reading]] = {}

    def check_role(self, role: str) -> None:
        """Raise `NotAllowed`, naming the roles there are, where this is none of them."""
        if role not in self._policies:
            roles = list(self._policies)
            raise NotAllowed(
                Text(f"没有名为 {role} 的角色。", f"There is no role named {role}."),
                Text(f"现有角色：{'、'.join(roles)}。", f"The roles: {', '.join(roles)}."),
            )

    @contextmanager
    def reading(self, role: str = LOCAL) -> Iterator[Reading]:
        """The data as they stand now, as the role sees them: inside, every query reads this one version of them.

        Raises `NotAllowed` for a role that there is not, `ModelError` where its policy does not fit the data.
        """
        self.check_role(role)
        with self._engine.held() as data:
            yield self._bound(data, role)

    def _bound(self, data: Data, role: str) -> Reading:
        """Made once for each version of the data and role, outside the lock: others go on with theirs meanwhile."""
        with self._lock:
            known = self._readings.get(data, {}).get(role)
        if known is not None:
            return known
        guards = [Guard(self._tables, veil(each, data)) for each in self._laid_over(role)]
        made = Reading(data, guards, self._model, self._as_of, role, self._found)
        with self._lock:
            if data not in self._readings:
                for old in list(self._readings)[: 1 - MOST_VERSIONS]:
                    del self._readings[old]
            return self._readings.setdefault(data, {}).setdefault(role, made)

    def _laid_over(self, role: str) -> Iterator[Policy]:
        """The role's policy; where that shows personal columns, for values the one that masks them all, too."""
        own, private = self._policies[role], self._private
        yield own
        covered = {table: rule.masked | rule.denied for table, rule in own.rules.items()}
        if any(rule.masked - covered.get(table, frozenset()) for table, rule in private.rules.items()):
            yield private

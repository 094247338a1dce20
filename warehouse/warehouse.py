"""One shop's warehouse: engine, model and guard together, read as its data stands."""

import datetime
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from warehouse.compile import Compiled, Compiler, first_day, last_day, values_of
from warehouse.engines.engine import Data, Engine
from warehouse.errors import NotEnoughData
from warehouse.guard import Guard
from warehouse.model import Behaviour, Metric, SemanticModel
from warehouse.resolve import Resolver
from warehouse.saying import Sayer
from warehouse.stop import Stop
from warehouse.table import Cell, Table
from warehouse.text import Text

MOST_VALUES = 100_000


@dataclass(frozen=True)
class Read:
    """A table, and the SQL that gave it."""

    table: Table
    sql: str


class Reading:
    """The warehouse with the data as they stand: the as-of day, the values, and everything bound to them."""

    def __init__(self, data: Data, guard: Guard, model: SemanticModel, as_of: datetime.date | None) -> None:
        self.data = data
        self._guard = guard
        self._first_days: dict[tuple[str, str, str], datetime.date] = {}
        self.as_of = as_of or self._last_day(model)
        first = min(self._first_row(each.source, each.column, None, model) for each in model.complete)
        self.model = replace(model, calendar=replace(model.calendar, first_day=first))
        self.compiler = Compiler(self.model, self.as_of)
        self.resolver = Resolver(self.model, self.as_of, self.first_day)
        self.sayer = Sayer(self.as_of, self.model.calendar)

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values of every dimension that people group by, as they stand in the data; at most 100,000 each."""
        return {each.name: self._values(each.name) for each in self.model.groupings}

    def first_day(self, dated: Metric | Behaviour) -> datetime.date:
        """The day of the first row that counts for a metric or behaviour; the data's first where there is none."""
        return self._first_row(dated.source, dated.time, dated.where, self.model)

    def read(self, compiled: Compiled, *, limit: int | None, stop: Stop) -> Read:
        """At most `limit` rows (None for all) and how many there are in all."""
        safe = self._guard.admit(compiled.tree)
        rows = self.data.run(safe, limit=limit, stop=stop)
        count = self.data.count(safe, stop=stop) if rows.more else len(rows.rows)
        return Read(Table(compiled.columns, rows.rows, count), safe.sql)

    def stream(self, compiled: Compiled, *, stop: Stop) -> Iterator[Sequence[tuple[Cell, ...]]]:
        """Every row, in batches."""
        return self.data.stream(self._guard.admit(compiled.tree), stop=stop)

    def _values(self, dimension: str) -> tuple[str, ...]:
        return tuple(str(row[0]) for row in self._rows(values_of(self.model, self.model.dimension(dimension))))

    def _last_day(self, model: SemanticModel) -> datetime.date:
        days = [self._rows(last_day(model, each))[0][0] for each in model.complete]
        known = [day for day in days if isinstance(day, datetime.date)]
        if not known:
            raise NotEnoughData(
                Text("仓库里还没有任何数据。", "The warehouse has no data yet."),
                Text("请先载入数据，或换一个 WENSHU_WAREHOUSE。", "Load some, or set another WENSHU_WAREHOUSE."),
            )
        return max(known)

    def _first_row(self, source: str, time: str, where: exp.Expr | None, model: SemanticModel) -> datetime.date:
        key = (source, time, "" if where is None else where.sql())
        if key not in self._first_days:
            day = self._rows(first_day(model, source, time, where))[0][0]
            self._first_days[key] = day if isinstance(day, datetime.date) else self.as_of
        return self._first_days[key]

    def _rows(self, tree: exp.Query) -> Sequence[tuple[Cell, ...]]:
        return self.data.run(self._guard.admit(tree), limit=MOST_VALUES).rows


class Warehouse:
    """Gives a `Reading` of the data as they stand; safe to share between threads."""

    def __init__(self, engine: Engine, model: SemanticModel, as_of: datetime.date | None = None) -> None:
        self._engine = engine
        self._model = model
        self._as_of = as_of
        self._guard = Guard(each.table for each in model.sources.values())
        self._lock = threading.Lock()
        self._reading: Reading | None = None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The data as they stand now: inside, every query reads this one version of them."""
        with self._engine.held() as data:
            yield self._bound(data)

    def _bound(self, data: Data) -> Reading:
        with self._lock:
            if self._reading is None or self._reading.data is not data:
                self._reading = Reading(data, self._guard, self._model, self._as_of)
            return self._reading

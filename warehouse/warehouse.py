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
MOST_VERSIONS = 2  # of the data at once: the old one, still being read, and the new


@dataclass(frozen=True)
class Read:
    """A table, and the SQL that gave it."""

    table: Table
    sql: str


class Reading:
    """The warehouse with the data as they stand: the as-of day, the values, and everything bound to them.

    `last` is the last day that has data, which may lie before an as-of day that was set.
    """

    def __init__(self, data: Data, guard: Guard, model: SemanticModel, as_of: datetime.date | None) -> None:
        self.data = data
        self._guard = guard
        self._first_days: dict[tuple[str, str, str], datetime.date] = {}
        self.last = self._last_day(model)
        self.as_of = as_of or self.last
        first = min(self._first_row(each.source, each.column, None, model) for each in model.complete)
        if self.as_of < first:
            raise _before_the_data(self.as_of, first)
        self.model = replace(model, calendar=replace(model.calendar, first_day=first))
        self.compiler = Compiler(self.model, self.as_of)
        self.resolver = Resolver(self.model, self.as_of, self.first_day, lambda name: self.values[name])
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


def _before_the_data(as_of: datetime.date, first: datetime.date) -> NotEnoughData:
    return NotEnoughData(
        Text(f"数据从 {first} 才开始，晚于截至日 {as_of}。", f"The data begin on {first}, after {as_of}."),
        Text("请改 WENSHU_AS_OF，或不设它。", "Set another WENSHU_AS_OF, or none."),
    )


class Warehouse:
    """Gives a `Reading` of the data as they stand; safe to share between threads."""

    def __init__(self, engine: Engine, model: SemanticModel, as_of: datetime.date | None = None) -> None:
        self._engine = engine
        self._model = model
        self._as_of = as_of
        self._guard = Guard(each.table for each in model.sources.values())
        self._lock = threading.Lock()
        self._readings: dict[Data, Reading] = {}

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The data as they stand now: inside, every query reads this one version of them."""
        with self._engine.held() as data:
            yield self._bound(data)

    def _bound(self, data: Data) -> Reading:
        """Made once for each version of the data, outside the lock: others go on with theirs meanwhile."""
        with self._lock:
            known = self._readings.get(data)
        if known is not None:
            return known
        made = Reading(data, self._guard, self._model, self._as_of)
        with self._lock:
            for old in list(self._readings)[: 1 - MOST_VERSIONS]:
                del self._readings[old]
            return self._readings.setdefault(data, made)

"""Cohorts as a table: the share of each that came back in each period, and what all of them have on average."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tools.retention.args import Unit
from tools.retention.query import SIZE, Bound
from tools.stats.proportions import same_proportion
from warehouse.compile import dimension_column
from warehouse.days import Span, shift, unit_start
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

WITHIN: Mapping[Unit, Text] = {
    "day": Text("几天内", "within days"),
    "week": Text("几周内", "within weeks"),
    "month": Text("几个月内", "within months"),
}
NTH: Mapping[Unit, Text] = {
    "day": Text("第几天", "days after"),
    "week": Text("第几周", "weeks after"),
    "month": Text("第几个月", "months after"),
}
USERS = Column("users", Text("批次人数", "users of the cohort"), "integer", "measure")
RETURNED = Column("returned", Text("回来人数", "users who came back"), "integer", "measure")
SHARE = Column("retention", Text("留存率", "retention"), "number", "measure", "ratio")
COHORT = Text("批次", "cohort")
SURE = 0.05
ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Point:
    """A cohort in one period: how many it has, and came back; None where that is not over yet, or was not recorded.

    `start` is None where all who came in the days asked are one cohort, or the average of all.
    """

    start: datetime.date | None
    part: Cell
    n: int
    users: int
    returned: int | None

    @property
    def share(self) -> float | None:
        """The share that came back."""
        return None if self.returned is None or not self.users else self.returned / self.users


@dataclass(frozen=True)
class Counted:
    """What was counted: people by the bucket they are counted in, their part, and n."""

    asked: Bound
    people: Mapping[tuple[datetime.date, Cell], Mapping[int, int]]
    data: Span

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], asked: Bound, data: Span) -> "Counted":
        """From rows of start, the part where there is one, n and people; the data are of the days told."""
        found: dict[tuple[datetime.date, Cell], dict[int, int]] = {}
        for row in rows:
            start, n, people = row[0], row[-2], row[-1]
            if isinstance(start, datetime.date) and isinstance(n, int) and isinstance(people, int):
                found.setdefault((start, None if asked.by is None else row[1]), {})[n] = people
        return cls(asked, found, data)

    def points(self) -> list[Point]:
        """Every cohort in every period, in order; a missing part last."""
        if self.asked.args.cohorts is None:
            found = [point for part in {part for _, part in self.people} for point in self._whole(part)]
        else:
            found = [point for start, part in self.people for point in self._cohort(start, part)]
        return sorted(found, key=lambda e: (e.start or datetime.date.min, e.part is None, str(e.part), e.n))

    def _whole(self, part: Cell) -> Iterator[Point]:
        """All as one cohort: in each period those for whom it is over."""
        starts = {start: of for (start, its), of in self.people.items() if its == part}
        for n in self._listed(min(starts)):
            over = [start for start in starts if self._is_known(start, start, n)]
            if over:
                users = sum(starts[each][SIZE] for each in over)
                yield Point(None, part, n, users, sum(starts[each].get(n, 0) for each in over))
            else:
                yield Point(None, part, n, sum(each[SIZE] for each in starts.values()), None)

    def _cohort(self, start: datetime.date, part: Cell) -> Iterator[Point]:
        unit, grain, span = self.asked.unit, self.asked.keyed_by, self.asked.window.span
        first = unit_start(max(start, span.start), unit)
        last = unit_start(min(shift(start, grain, 1) - ONE_DAY, span.end), unit)
        of = self.people[start, part]
        for n in self._listed(first):
            known = self._is_known(first, last, n)
            yield Point(start, part, n, of[SIZE], of.get(n, 0) if known else None)

    def _listed(self, first: datetime.date) -> list[int]:
        """The periods asked, or those that have begun for the first of a cohort."""
        args, unit = self.asked.args, self.asked.unit
        if args.single is not None:
            return [args.single]
        if args.through is not None:
            return list(range(args.through + 1))
        listed: list[int] = []
        while shift(first, unit, len(listed)) <= self.data.end and len(listed) <= (self.asked.through or len(listed)):
            listed.append(len(listed))
        return listed

    def _is_known(self, first: datetime.date, last: datetime.date, n: int) -> bool:
        """Whether the Nth period is over for all whose own lie between two, and not before the data begin."""
        unit = self.asked.unit
        ends = (shift(each, unit, n + 1) - ONE_DAY for each in (first, last))
        begun = self.asked.args.within is None or shift(first, unit, 1) >= self.data.start
        return begun and next(ends) >= self.data.start and next(ends) <= self.data.end


def averages(points: Iterable[Point], *, by_part: bool) -> list[Point]:
    """What all cohorts have on average in each period, those alone for which it is over, weighted by their size."""
    sums: dict[tuple[Cell, int], tuple[int, int]] = {}
    for each in points:
        if each.returned is not None:
            key = (each.part if by_part else None, each.n)
            users, returned = sums.get(key, (0, 0))
            sums[key] = (users + each.users, returned + each.returned)
    found = [Point(None, part, n, users, returned) for (part, n), (users, returned) in sums.items()]
    return sorted(found, key=lambda e: (e.part is None, str(e.part), e.n))


def differ(points: Sequence[Point]) -> bool | None:
    """Whether shares differ by more than chance would have them (chi-square at 5%); None where too few to tell."""
    known = [(each.returned, each.users) for each in points if each.returned is not None]
    p = same_proportion([returned for returned, _ in known], [users for _, users in known])
    return None if p is None else p < SURE


def _age(asked: Bound) -> Column:
    named = NTH if asked.args.within is None else WITHIN
    return Column("n", named[asked.unit], "integer", "group")


def table(points: Sequence[Point], asked: Bound) -> Table:
    """One row a cohort, part and n."""
    grain = asked.args.cohorts
    cohort = [] if grain is None else [Column("cohort", COHORT, "date", "time", grain=grain)]
    part = [] if asked.by is None else [dimension_column(asked.by)]
    columns = (*cohort, *part, _age(asked), USERS, RETURNED, SHARE)
    rows = tuple(
        (
            *([each.start] if cohort else []),
            *([each.part] if part else []),
            each.n,
            each.users,
            each.returned,
            each.share,
        )
        for each in points
    )
    return Table(columns, rows, len(rows))


def average_table(points: Sequence[Point], asked: Bound) -> Table:
    """One row a part and n, of all cohorts together."""
    part = [] if asked.by is None else [dimension_column(asked.by)]
    columns = (*part, _age(asked), USERS, RETURNED, SHARE)
    rows = tuple((*([e.part] if part else []), e.n, e.users, e.returned, e.share) for e in points)
    return Table(columns, rows, len(rows))

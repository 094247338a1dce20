"""What RFM is asked of, and that bound to the data."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import model_validator

from tools.rfm.scores import SCORED
from warehouse.compile import Compiled
from warehouse.days import Span
from warehouse.errors import NotEnoughData, QueryError, Unfit
from warehouse.model import Dimension
from warehouse.period import Last, Period
from warehouse.query import People, Versus
from warehouse.resolved import Crowd, Window
from warehouse.table import Column
from warehouse.text import Text
from warehouse.warehouse import Reading

ONE_DAY = datetime.timedelta(1)
MOVED_OVER = Last(n=30, unit="day")
FEWEST = 20  # buyers: fifths of fewer are single people


class RfmArgs(People):
    """Of which customers. Segments and scores count the purchases of `period`, all where it is None.

    Movements are from the day before a period to its end, the last 30 days where none is told. `customer` is a key.
    `by` cuts the segments by a dimension of customers, `compare` shows two groups of one; the scores are among all.
    """

    period: Period | None = None
    show: Literal["segments", "grid", "moves"] = "segments"
    customer: str | None = None
    by: str | None = None
    compare: Versus | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.customer is not None and self.show != "segments":
            raise ValueError("movements and the grid are of all customers, scores of one")
        if (self.by or self.compare) and (self.show != "segments" or self.customer is not None):
            raise Unfit("只有各层人数可以按维度拆分", "the segments' sizes alone are cut by a dimension")
        if self.compare is not None and self.by not in {None, self.compare.dimension}:
            raise Unfit("对比和拆分只能按同一个维度", "a comparison is of the dimension that it is cut by")
        return self


@dataclass(frozen=True)
class RfmPlan:
    """The arguments bound: of whom, and the days whose purchases count."""

    args: RfmArgs
    crowd: Crowd
    window: Window
    reading: Reading
    cut: Dimension | None = None

    @property
    def span(self) -> Span:
        """The days whose purchases count."""
        return self.window.span

    @property
    def before(self) -> datetime.date:
        """The day that movements are told from."""
        return self.span.start - ONE_DAY

    def compiled(self, sql: str, columns: Sequence[Column]) -> Compiled:
        """SQL over the scores: of the table `scores`, and for movements `scores_before`."""
        moves = self.args.show == "moves"
        then = f", scores_before AS ({SCORED.replace('$end', '$before')})" if moves else ""
        return self.reading.compiler.over_roles(
            f"WITH scores AS ({SCORED}){then} {sql}",
            columns,
            population=self.crowd,
            start=self.reading.model.calendar.first_day if moves else self.span.start,
            end=self.span.end,
            before=self.before,
            customer=self.args.customer or "",
        )

    def check(self, buyers: int) -> None:
        """Raise `NotEnoughData` where fifths of the buyers hold nobody."""
        if buyers < FEWEST:
            raise NotEnoughData(
                Text(
                    f"只有 {buyers} 位有过购买，分不出五档。",
                    f"There are only {buyers} buyers: too few to rank in fifths.",
                ),
                Text(
                    f"至少要 {FEWEST} 位，请放宽条件或时间。", f"It takes {FEWEST}: widen the conditions or the period."
                ),
            )


def bound(args: RfmArgs, reading: Reading) -> RfmPlan:
    """Raises `QueryError` for what the model cannot give."""
    crowd = reading.resolver.people(args)
    by = args.by if args.compare is None else args.compare.dimension
    cut = None if by is None else reading.resolver.breakdown(by)
    period = args.period or (MOVED_OVER if args.show == "moves" else None)
    if period is None:
        ever = Span(reading.model.calendar.first_day, reading.as_of)
        return RfmPlan(args, crowd, Window(None, ever, since_ever=True), reading, cut)
    span = period.resolve(reading.as_of, reading.model.calendar)
    if args.show == "moves" and span.start <= reading.model.calendar.first_day:
        raise QueryError(
            Text("那之前没有数据，无从比较。", "There are no data from before, so nobody moved."),
            Text("请选更晚的时间。", "Choose a later period."),
        )
    return RfmPlan(args, crowd, Window(period, span), reading, cut)

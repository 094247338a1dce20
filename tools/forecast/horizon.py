"""Which buckets a forecast is of, and which ones it learns from."""

import datetime
from dataclasses import dataclass

from tools.forecast.args import Length
from warehouse.calendar import Calendar
from warehouse.days import Span, buckets, shift, unit_of
from warehouse.errors import QueryError
from warehouse.period import Next, Period
from warehouse.text import Text

MOST_STEPS = 400
ONE_DAY = datetime.timedelta(1)
UNIT_NAMES = {"day": Text("天", "days"), "week": Text("周", "weeks"), "month": Text("个月", "months")}


@dataclass(frozen=True)
class Horizon:
    """The first days of all buckets from the first that is not history, `skip` of them before those asked for.

    `unfinished` is the first day of a bucket that the as-of day cuts: it is no history.
    """

    grain: Length
    starts: tuple[datetime.date, ...]
    skip: int
    unfinished: datetime.date | None

    @property
    def asked(self) -> tuple[datetime.date, ...]:
        """The first days of the buckets asked for."""
        return self.starts[self.skip :]

    @property
    def covered(self) -> Span:
        """Their days, from the first one's first to the last one's last."""
        return Span(self.asked[0], unit_of(self.asked[-1], self.grain).end)


def horizon(ahead: Period, grain: Length, as_of: datetime.date, calendar: Calendar) -> Horizon:
    """Of so many units of the grain as many whole ones; else every bucket that the days asked for touch.

    Raises `QueryError` for days that are not all ahead, or too far.
    """
    span = ahead.whole(as_of, calendar)
    if span.start <= as_of:
        raise _not_ahead(ahead, as_of, calendar)
    current = unit_of(as_of, grain)
    cut = current.end > as_of
    first = current.start if cut else current.end + ONE_DAY
    if isinstance(ahead, Next) and ahead.unit == grain:
        asked = current.end + ONE_DAY
        span = Span(asked, shift(asked, grain, ahead.n) - ONE_DAY)
    starts = tuple(buckets(Span(first, span.end), grain))
    if len(starts) > MOST_STEPS:
        raise _too_far(len(starts), grain)
    skip = sum(unit_of(each, grain).end < span.start for each in starts)
    return Horizon(grain, starts, skip, current.start if cut else None)


def _not_ahead(period: Period, as_of: datetime.date, calendar: Calendar) -> QueryError:
    named = Text(period.say("zh", calendar), period.say("en", calendar))
    return QueryError(
        Text(
            f"{named.zh}不全在截至日 {as_of} 之后，不能预测。",
            f"Not all of it comes after the as-of day {as_of}, so it cannot be forecast: {named.en}.",
        ),
        Text(
            f"请说未来的时间，如未来30天、下个月，或写明年份，如{as_of.year + 1}年1月。",
            f"Name days ahead: the next 30 days, next month, or with the year: January {as_of.year + 1}.",
        ),
    )


def _too_far(steps: int, grain: Length) -> QueryError:
    name = UNIT_NAMES[grain]
    return QueryError(
        Text(
            f"要预测 {steps:,} {name.zh}，最多预测 {MOST_STEPS} {name.zh}。",
            f"That is {steps:,} {name.en} ahead; at most {MOST_STEPS} are forecast.",
        ),
        Text("请缩短时间，或改为按周、按月。", "Ask for less time ahead, or by week or month."),
    )

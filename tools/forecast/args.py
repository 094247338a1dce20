"""What a forecast is asked for."""

from typing import Literal, Self

from pydantic import Field, model_validator

from warehouse.errors import Unfit
from warehouse.period import Next, Period
from warehouse.query import Condition, Group, Measure, Part, check_conditions

Length = Literal["day", "week", "month"]


class ForecastArgs(Part):
    """A metric in the days ahead, by day, week or month, and by a dimension.

    `history` is how many days through the as-of day it learns from; all where it is None.
    """

    metric: Measure
    ahead: Period = Next(n=30, unit="day")
    grain: Length = "day"
    by: Group | None = None
    where: tuple[Condition, ...] = ()
    history: int | None = Field(None, ge=1, le=9999)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        check_conditions(self.where)
        if self.metric.show != "value":
            raise Unfit(
                "预测的是指标本身，不是它的占比、累计或统计量",
                "a metric itself is forecast, not a share or statistic of it",
            )
        return self

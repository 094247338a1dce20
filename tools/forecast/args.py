"""What a forecast is asked for."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from warehouse.errors import Unfit
from warehouse.period import Next, Period, Relative
from warehouse.query import Condition, Group, Measure, Part, check_conditions

Ahead = Annotated[Next | Relative, Field(discriminator="kind")]
Length = Literal["day", "week", "month"]


class ForecastArgs(Part):
    """A metric in the days ahead, by day, week or month, and by a dimension; `period` is the history to learn from."""

    metric: Measure
    ahead: Ahead = Next(n=30, unit="day")
    grain: Length = "day"
    by: Group | None = None
    where: tuple[Condition, ...] = ()
    period: Period | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        check_conditions(self.where)
        if self.metric.show != "value":
            raise Unfit(
                "预测的是指标本身，不是它的占比、累计或统计量",
                "a metric itself is forecast, not a share or statistic of it",
            )
        if isinstance(self.ahead, Relative) and self.ahead.offset < 1:
            raise Unfit("预测的是截至日之后的时段", "a forecast is of days after the as-of day")
        if isinstance(self.period, Next):
            raise Unfit("历史在截至日之前", "the history lies before the as-of day")
        return self

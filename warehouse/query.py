"""What is asked, in the model's names: the plan that is kept, said and compiled."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

from warehouse.days import Bucket
from warehouse.errors import Unfit
from warehouse.period import Period

Windowed = Literal["share", "share_of_parent", "running", "moving"]
Statistic = Literal["mean", "median", "percentile", "stdev", "variance", "highest", "lowest"]
Show = Literal["value", Windowed, Statistic]
Over = Literal["day", "week", "month", "row", "customer"]
LARGEST = 10**15
Number = (
    Annotated[int, Field(strict=True, ge=-LARGEST, le=LARGEST)]
    | Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
)

WINDOWED: frozenset[str] = frozenset(get_args(Windowed))
STATISTICS: frozenset[str] = frozenset(get_args(Statistic))
MOST_CONDITIONS = 40
DEEPEST = 5


class Part(BaseModel):
    """A piece of a plan: frozen, and strict about unknown fields, since planners and files write it."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True, validate_by_name=True)

    @model_serializer(mode="wrap")
    def _as_told(self, handler: SerializerFunctionWrapHandler) -> Any:
        written = handler(self)
        fields = type(self).model_fields
        told = [field.alias or name for name, field in fields.items() if getattr(self, name) != field.default]
        return {name: written[name] for name in told}


class Named(Part):
    """A part that is written as its name alone where it says no more."""

    written_as: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {cls.written_as: value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _as_told(self, handler: SerializerFunctionWrapHandler) -> Any:
        told = super()._as_told(handler)
        return told[self.written_as] if list(told) == [self.written_as] else told


def plain(part: Part) -> dict[str, Any]:
    """A plan as JSON has it, without what it leaves open."""
    plan: dict[str, Any] = part.model_dump(mode="json")
    return plan


class Bounds(Part):
    """A range of numbers; an end is in it (at least, at most) or not (more than, less than)."""

    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None

    @model_validator(mode="after")
    def _a_range(self) -> Self:
        lows = [each for each in (self.at_least, self.more_than) if each is not None]
        highs = [each for each in (self.at_most, self.less_than) if each is not None]
        if len(lows) > 1 or len(highs) > 1 or not (lows or highs):
            raise Unfit("一个范围有一个下限、一个上限，或两者都有", "a range has one lower end, one upper end, or both")
        closed = self.at_least is not None and self.at_most is not None
        if lows and highs and (lows[0] > highs[0] or (lows[0] == highs[0] and not closed)):
            raise Unfit("这个范围里没有数", "no number lies in the range")
        return self


class Filter(Part):
    """A dimension of words: one of the values, one that starts or ends with or contains one of them, or none told."""

    dimension: str
    op: Literal["in", "starts", "ends", "contains", "missing"] = "in"
    values: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if (self.op == "missing") == bool(self.values):
            raise Unfit(
                "missing 不带 values，其他的至少带一个", "missing takes no values, every other test at least one"
            )
        if len(set(self.values)) < len(self.values):
            raise Unfit("一个取值写了两次", "a value stands twice")
        if any(not value for value in self.values):
            raise Unfit("空的取值什么都符合", "an empty value fits everything")
        return self


class Ranged(Part):
    """A dimension of numbers, within bounds."""

    dimension: str
    bounds: Bounds


class Dated(Part):
    """A dimension of days, within a period."""

    dimension: str
    period: Period


Attribute = Filter | Ranged | Dated


class Did(Part):
    """Customers who did something in a period, all of the data where it is None.

    `where` are conditions on what was done (a product, a page, a keyword); `times` and `days` how often and on how many
    distinct days, `in_a_row` on at least so many days in a row. With `which`, the first or last time ever is in the
    period.
    """

    behaviour: str
    period: Period | None = None
    where: tuple[Attribute, ...] = ()
    times: Bounds | None = None
    days: Bounds | None = None
    in_a_row: int | None = Field(None, ge=2, le=366)
    which: Literal["any", "first", "last"] = "any"

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        counted = [each for each in (self.times, self.days, self.in_a_row) if each is not None]
        if len(counted) > 1:
            raise Unfit(
                "times、days 与 in_a_row 一次只写一个；几个用 all 连起来",
                "times, days and in_a_row are told one at a time; join several with all",
            )
        if self.which != "any" and (counted or self.period is None):
            raise Unfit(
                "第一次或最后一次要有 period，且不计次数", "the first or last time has a period, and is not counted"
            )
        return self


class Total(Part):
    """Customers whose own total of a metric lies within bounds: spent over 1,000."""

    metric: str
    bounds: Bounds
    period: Period | None = None
    where: tuple[Attribute, ...] = ()


class Segment(Part):
    """Customers of a segment that the model names, in a period or, where it is None, today."""

    segment: str
    period: Period | None = None


class All(Part):
    """All of the conditions hold."""

    all: tuple["Condition", ...] = Field(min_length=2)


class Any_(Part):  # noqa: N801 - typing has the plain name
    """At least one of the conditions holds."""

    any: tuple["Condition", ...] = Field(min_length=2)


class Not(Part):
    """The condition does not hold; what is not known does not hold."""

    not_: "Condition" = Field(alias="not")

    @field_validator("not_")
    @classmethod
    def _once(cls, value: "Condition") -> "Condition":
        if isinstance(value, Not):
            raise Unfit("not 里又是 not，等于没说", "not, and not again, is nothing said")
        return value


Condition = Filter | Ranged | Dated | Did | Total | Segment | All | Any_ | Not


class Measure(Named):
    """A metric, and how it is shown.

    "share" is of all groups' total, "share_of_parent" of the total over the last group alone; "running" adds up the
    buckets so far, "moving" is the mean of the last `n`. A statistic (mean, median …) is taken `over` the metric's
    values by day, week or month, by customer, or over the single rows; `n` is the percentile, 1 to 99.
    """

    written_as = "metric"
    metric: str
    show: Show = "value"
    n: int | None = Field(None, ge=1, le=400)
    over: Over | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.n is not None) != (self.show in {"moving", "percentile"}):
            raise ValueError("moving and percentile, and only they, take n")
        if self.show == "percentile" and (self.n or 0) > 99:
            raise ValueError("a percentile lies between 1 and 99")
        if (self.over is not None) != (self.show in STATISTICS):
            raise ValueError("a statistic, and only it, is taken over something")
        return self

    @property
    def column(self) -> str:
        """The name of its column: revenue, revenue_share, revenue_median_by_customer, revenue_moving_7."""
        parts = [self.metric, *([] if self.show == "value" else [self.show])]
        parts += [] if self.n is None else [str(self.n)]
        return "_".join([*parts, *([] if self.over is None else ["by", self.over])])


class Group(Named):
    """What to group by: a dimension, one of days by their buckets (`grain`), or by the time passed (`since`).

    `since` counts the units from the one of that day to the one of the row: a cohort's age.
    """

    written_as = "dimension"
    dimension: str
    grain: Bucket | None = None
    since: Bucket | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.grain is not None and self.since is not None:
            raise ValueError("grain and since are two groups")
        return self

    @property
    def column(self) -> str:
        """The name of its column: city, registered_on_month, registered_on_months_since."""
        if self.since is not None:
            return f"{self.dimension}_{self.since}s_since"
        return self.dimension if self.grain is None else f"{self.dimension}_{self.grain}"


class Against(Part):
    """A comparison with another period: the one just before (环比), a year earlier (同比), or one named."""

    period: Literal["previous", "year_earlier"] | Period


class Versus(Part):
    """A comparison of two groups of one dimension; the first carries the difference and the rate."""

    dimension: str
    first: str
    second: str

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.first == self.second:
            raise ValueError("a group is compared with another one")
        return self


class Having(Part):
    """Groups whose value in a column lies within bounds."""

    column: str
    bounds: Bounds


class Order(Part):
    """The column that the groups are ordered by."""

    column: str
    descending: bool = True


class Query(Part):
    """Metrics of a period, by dimensions and by buckets of their own time.

    `having` and `keep` choose among the finished groups, by number and by name; `limit` takes the first in order, of
    each group of `limit_per` where it is told, and tells its order.
    """

    metrics: tuple[Measure, ...] = Field(min_length=1, max_length=20)
    by: tuple[Group, ...] = Field((), max_length=6)
    grain: Bucket | None = None
    period: Period | None = None
    where: tuple[Condition, ...] = ()
    compare: Against | Versus | None = None
    having: tuple[Having, ...] = ()
    keep: tuple[Filter, ...] = ()
    order: Order | None = None
    limit: int | None = Field(None, ge=1, le=100_000)
    limit_per: str | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for names in ([each.column for each in self.metrics], [each.column for each in self.by]):
            if len(set(names)) < len(names):
                raise ValueError(f"a name stands twice: {', '.join(names)}")
        if self.limit_per is not None and (self.limit is None or self.limit_per not in {g.column for g in self.by}):
            raise ValueError("limit_per is one of the groups, and goes with limit")
        if isinstance(self.compare, Versus) and self.compare.dimension not in {each.column for each in self.by}:
            raise ValueError("the dimension compared is one of the groups")
        if self.limit_per is not None and len(self.by) == 1 and self.grain is None:
            raise ValueError("one row of each group leaves nothing to choose among")
        if not (self.by or self.grain) and (self.having or self.keep or self.limit):
            raise ValueError("one row leaves nothing to choose among: having, keep and limit go with groups")
        if isinstance(self.compare, Against) and self.compare.period == self.period:
            raise ValueError("a period is compared with another one")
        check_conditions(self.where)
        if self.limit is not None and self.order is None:
            object.__setattr__(self, "order", self._usual_order())
        return self

    def _usual_order(self) -> Order:
        """The order that groups stand in where none is told: a trend by its time, others by size."""
        return Order(column=self.metrics[0].column if self.grain is None else self.grain, descending=self.grain is None)


class People(Part):
    """Customers of whom every condition holds."""

    where: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        check_conditions(self.where)
        return self


def check_conditions(conditions: Sequence[Condition]) -> None:
    """Raise ValueError where conditions are too many or too deep, stand twice, or cannot all hold."""
    if sum(1 for _ in _walk(conditions, 1)) > MOST_CONDITIONS:
        raise ValueError(f"at most {MOST_CONDITIONS} conditions")
    if len(set(conditions)) < len(conditions):
        raise ValueError("a condition stands twice")
    if contradicts(conditions):
        raise ValueError("the same is asked to hold and not to hold: that is nobody")


def contradicts(conditions: Sequence[Condition]) -> bool:
    """Whether one of the conditions is another one's negation."""
    held = {each for each in conditions if not isinstance(each, Not)}
    return any(isinstance(each, Not) and each.not_ in held for each in conditions)


def _walk(conditions: Sequence[Condition], depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"conditions joined more than {DEEPEST} deep")
    told = [each.dimension for each in conditions if isinstance(each, Filter) and each.op == "in"]
    if len(set(told)) < len(told):
        raise ValueError("the values of one dimension stand in one filter")
    for condition in conditions:
        yield condition
        match condition:
            case All():
                yield from _walk(condition.all, depth + 1)
            case Any_():
                yield from _walk(condition.any, depth + 1)
            case Not():
                yield from _walk((condition.not_,), depth + 1)

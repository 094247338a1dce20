"""The form of a semantic model's YAML file; `docs/model.schema.json` is made from it, for editors."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from warehouse.calendar import MonthDay
from warehouse.days import Grain
from warehouse.errors import Unfit
from warehouse.model import Kind, Reach, Taken, Words
from warehouse.query import Condition
from warehouse.table import Type
from warehouse.text import Text
from warehouse.wordings import spelled_out


class Spec(BaseModel):
    """What every part of a model file shares: unknown keys are errors, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _written(value: object) -> object:
    """YAML reads 618 as a number; a word is meant. Several wordings may be written as one."""
    if not isinstance(value, list):
        return value
    return list(dict.fromkeys(wording for each in value for wording in spelled_out(str(each))))


def _text(value: object) -> object:
    """YAML reads 1 as a number; an expression is meant."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _month_day(value: object) -> MonthDay:
    try:
        day = datetime.datetime.strptime(f"2000-{value}", "%Y-%m-%d").replace(tzinfo=datetime.UTC)
    except ValueError:
        raise Unfit(f"{value} 不是月-日", f"{value} is no month-day") from None
    return day.month, day.day


Surfaces = Annotated[tuple[str, ...], BeforeValidator(_written)]
Sql = Annotated[str, BeforeValidator(_text)]
MonthDaySpec = Annotated[MonthDay, BeforeValidator(_month_day, json_schema_input_type=str)]


class TextSpec(Spec):
    """The same words in both languages."""

    zh: str
    en: str

    def text(self) -> Text:
        """As the program holds it."""
        return Text(self.zh, self.en)


class WordsSpec(Spec):
    """Names in both languages, the first of each being the label."""

    zh: Surfaces = Field(min_length=1)
    en: Surfaces = Field(min_length=1)

    def words(self) -> Words:
        """As the program holds it."""
        return Words(Text(self.zh[0], self.en[0]), self.zh, self.en)


class ValueSpec(Spec):
    """Further names of one value; its own writing is its label in any language."""

    zh: Surfaces = ()
    en: Surfaces = ()

    def words(self, value: str) -> Words:
        """As the program holds it, for this value."""
        return Words(Text(value, value), (value, *self.zh), self.en)


class FestivalSpec(WordsSpec):
    """A festival of the shop, on the same days of every year, written as month-day."""

    first: MonthDaySpec
    last: MonthDaySpec


class HolidaySpec(WordsSpec):
    """A public holiday, by its English name in the `holidays` library."""

    listed: str


class CalendarSpec(Spec):
    """Whose public holidays count, and the shop's own festivals."""

    country: str
    festivals: tuple[FestivalSpec, ...] = ()
    holidays: tuple[HolidaySpec, ...] = ()


class TimeColumnSpec(Spec):
    """A column that dates rows of a source."""

    source: str
    column: str


class JoinSpec(Spec):
    """A many-to-one join: the column here, and the other source's column where it is not its key.

    `always` promises that every row here has its row there, which makes queries faster; one without it would be lost.
    """

    column: str
    to: str | None = None
    always: bool = False


class SourceSpec(Spec):
    """A table of the warehouse, or a query over its tables; `key` is unique, `days` are columns of days without a time.

    `row` says what one row is, for statistics over rows: the median of an order.
    """

    table: str | None = None
    sql: str | None = None
    key: str | None = None
    joins: Mapping[str, str | JoinSpec] = {}
    days: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    row: WordsSpec | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.table is None) == (self.sql is None):
            raise Unfit(
                "数据源是一张表或一个查询：table 与 sql 给一个",
                "a source is a table or a query: give one of table and sql",
            )
        return self


class BandsSpec(Spec):
    """Bands of a dimension of numbers: `labels` is one longer than `from`, the first being what lies below."""

    of: str
    starts: tuple[int | float, ...] = Field(alias="from", min_length=1)
    labels: Surfaces
    missing: str

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if len(self.labels) != len(self.starts) + 1 or list(self.starts) != sorted(set(self.starts)):
            raise Unfit(
                "from 要逐个变大，labels 比 from 多一个：第一个是比第一个数小的",
                "from rises, and labels has one more than from: the first is below the first number",
            )
        return self


class DimensionSpec(WordsSpec):
    """Something to group and filter by. `expression` is the column of the dimension's name unless told.

    `within` is the dimension one step up: a city lies within a province. `verbs` stand before its values: shipped to.
    """

    source: str | None = None
    expression: Sql | None = None
    bands: BandsSpec | None = None
    kind: Kind = "category"
    type: Type = "text"
    unit: str | None = None
    within: str | None = None
    verbs: Surfaces = ()
    values: Mapping[str, ValueSpec] = {}

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if self.bands is not None and (self.source is not None or self.expression is not None):
            raise Unfit(
                "bands 用它所分维度的 source 与 expression，不再另写",
                "bands take the source and the expression of the dimension that they are of",
            )
        if self.bands is None and self.source is None:
            raise Unfit("维度要有 source 或 bands", "a dimension has a source, or bands")
        return self


class RouteSpec(Spec):
    """One way to reckon a metric: an aggregate over the rows of a source, each placed in a period by `at`.

    `having` chooses, for count_distinct, what is counted by its own rows: customers with at least two of them.
    """

    of: str
    sum: Sql | None = None
    avg: Sql | None = None
    count: Sql | None = None
    count_distinct: Sql | None = None
    having: Sql | None = None
    where: Sql | None = None
    at: str | None = None
    reach: Reach = "period"
    days: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _one_aggregate(self) -> Self:
        if sum(each is not None for each in (self.sum, self.avg, self.count, self.count_distinct)) != 1:
            raise Unfit("sum、avg、count、count_distinct 给一个", "give one of sum, avg, count, count_distinct")
        if self.having is not None and self.count_distinct is None:
            raise Unfit("having 要与 count_distinct 一起写", "having goes with count_distinct")
        if (self.days is not None) != (self.reach == "trailing"):
            raise Unfit("days 与 reach: trailing 一起写", "days goes with reach: trailing")
        if (self.at is None) != (self.reach == "always"):
            raise Unfit("要写 at，只有 reach: always 不写", "at is told unless reach is always")
        return self


class MetricSpec(WordsSpec):
    """Routes, tried in order until one has every dimension asked, or a formula over other metrics.

    `per` names it by the length of its buckets, as DAU does; `ranks` are names for being ranked by it: bestselling.
    `ranks_last` name the other end, worst-selling, and `ranks_people` the customers that it is of: spenders.
    `low_is_good` says that the best has the lowest, as for a rate of returns.
    `beside` are names that it has beside metrics of its own rows, and another metric elsewhere.
    """

    definition: TextSpec
    routes: tuple[RouteSpec, ...] = ()
    formula: Sql | None = None
    unit: str | None = None
    per: Mapping[Grain, Surfaces] = {}
    ranks: Surfaces = ()
    ranks_last: Surfaces = ()
    ranks_people: Surfaces = ()
    low_is_good: bool = False
    beside: Surfaces = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if bool(self.routes) == (self.formula is not None):
            raise Unfit("指标要有 routes 或 formula，二者给一个", "a metric has routes or a formula")
        return self


class DeedSpec(Spec):
    """Rows that tell what a customer did. `counts` is what its times count, distinct; rows where it is not told."""

    source: str
    customer: str
    time: str
    where: Sql | None = None
    counts: str | None = None


class BehaviourSpec(WordsSpec, DeedSpec):
    """What a customer did: rows of a source. `bare` are English verbs that are read only after an auxiliary.

    `negated` names not having done it; unless told, by its label: 没下单, have not placed an order.

    `about` is the text dimension that its object is looked for in: the keyword that was searched for. `counted` names
    one of its times. `otherwise` are the rows that are looked at where what was done is told by what
    the source has no tie to: order lines where a product is named.
    """

    negated: WordsSpec | None = None
    bare: Surfaces = ()
    definition: TextSpec
    counted: WordsSpec
    about: str | None = None
    otherwise: DeedSpec | None = None


class SegmentSpec(WordsSpec):
    """Customers by conditions, written as in a query.

    taken "within" a period, conditions that tell no period of their own take it, and one has to be told; taken "over" a
    period, all of the data will do, too; taken "at_end", all are reckoned as if the period's last day were the as-of
    day.
    """

    definition: TextSpec
    where: tuple[Condition, ...] = Field(min_length=1)
    taken: Taken


class UnclearSpec(WordsSpec):
    """Words that people mean several things by, and must be asked about.

    `as` are phrases that can stand in their place in a question, each with one meaning; where there are none, `why`
    tells what must be told instead.
    """

    readings: tuple[TextSpec, ...] = Field(default=(), alias="as", max_length=5)
    why: TextSpec

    @model_validator(mode="after")
    def _several(self) -> Self:
        if len(self.readings) == 1:
            raise Unfit(
                "只有一种意思的词并不模糊：把它写到它所指的那一项里",
                "a word with one reading is clear: give it to what it means",
            )
        return self


class CustomerSpec(WordsSpec):
    """The role of the people. `since` is the column that tells when each became one: later ones are not listed."""

    source: str
    key: str
    since: str | None = None
    listed: tuple[str, ...] = Field(min_length=1)
    breakdown: str


class RoleSpec(Spec):
    """A source that plays a part, and which of its columns play what: time, amount, product and so on."""

    source: str
    parts: Mapping[str, Sql] = {}


class RolesSpec(Spec):
    """Which parts of the model play the parts that tools ask for."""

    customer: CustomerSpec
    purchase: RoleSpec | None = None
    line: RoleSpec | None = None
    product: RoleSpec | None = None
    event: RoleSpec | None = None
    refund: RoleSpec | None = None
    campaign: RoleSpec | None = None
    message: RoleSpec | None = None
    coupon: RoleSpec | None = None
    ad_spend: RoleSpec | None = None
    experiment: RoleSpec | None = None
    assignment: RoleSpec | None = None
    stock: RoleSpec | None = None
    review: RoleSpec | None = None


class ModelSpec(Spec):
    """A whole model file."""

    name: TextSpec
    calendar: CalendarSpec
    complete: tuple[TimeColumnSpec, ...] = Field(min_length=1)
    parameters: Mapping[str, int] = {}
    sources: Mapping[str, SourceSpec]
    roles: RolesSpec
    dimensions: Mapping[str, DimensionSpec]
    metrics: Mapping[str, MetricSpec]
    behaviours: Mapping[str, BehaviourSpec] = {}
    segments: Mapping[str, SegmentSpec] = {}
    unclear: tuple[UnclearSpec, ...] = ()

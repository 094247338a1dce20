"""The form of a semantic model's YAML file."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from warehouse.calendar import MonthDay
from warehouse.days import Grain
from warehouse.model import Aggregate, Words
from warehouse.table import Type
from warehouse.text import Text


class Spec(BaseModel):
    """What every part of a model file shares: unknown keys are errors, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _written(value: object) -> object:
    """YAML reads 618 as a number; a word is meant."""
    return [str(each) for each in value] if isinstance(value, list) else value


Surfaces = Annotated[tuple[str, ...], BeforeValidator(_written)]


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


def _month_day(value: object) -> MonthDay:
    day = datetime.datetime.strptime(f"2000-{value}", "%Y-%m-%d").replace(tzinfo=datetime.UTC)
    return day.month, day.day


MonthDaySpec = Annotated[MonthDay, BeforeValidator(_month_day)]


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


class SourceSpec(Spec):
    """One table."""

    table: str
    key: str | None = None
    joins: Mapping[str, str] = {}


class DimensionSpec(WordsSpec):
    """Something to group and filter by."""

    source: str
    expression: str
    kind: Literal["category", "birth_year", "attribute"] = "category"
    type: Type = "text"
    unit: str | None = None
    values: Mapping[str, ValueSpec] = {}


class MetricSpec(WordsSpec):
    """An aggregate over one source. `per` names it by the length of its buckets, as DAU does."""

    definition: TextSpec
    source: str
    aggregate: Aggregate
    expression: str
    where: str | None = None
    time: str
    unit: str | None = None
    per: Mapping[Grain, Surfaces] = {}


class BehaviourSpec(WordsSpec):
    """What a customer did. `bare` are English verbs that are read only after an auxiliary: did not order."""

    negated: WordsSpec
    bare: Surfaces = ()
    definition: TextSpec
    source: str
    customer: str
    time: str
    where: str | None = None


class CustomerSpec(WordsSpec):
    """The role of the people."""

    source: str
    key: str
    listed: tuple[str, ...] = Field(min_length=1)
    breakdown: str


class RolesSpec(Spec):
    """Which parts of the model play the parts that tools ask for."""

    customer: CustomerSpec


class ModelSpec(Spec):
    """A whole model file."""

    name: TextSpec
    calendar: CalendarSpec
    complete: tuple[TimeColumnSpec, ...] = Field(min_length=1)
    sources: Mapping[str, SourceSpec]
    roles: RolesSpec
    dimensions: Mapping[str, DimensionSpec]
    metrics: Mapping[str, MetricSpec]
    behaviours: Mapping[str, BehaviourSpec] = {}

"""What is asked, in the model's names: the plan that is kept, said and compiled."""

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from warehouse.days import Grain
from warehouse.period import Period


class Part(BaseModel):
    """A piece of a plan: frozen, and strict about unknown fields, since planners and files write it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def plain(part: Part) -> dict[str, Any]:
    """A plan as JSON has it, without what it leaves open."""
    return {name: value for name, value in part.model_dump(mode="json").items() if value not in (None, [])}


def _rising(low: str | int, high: str | int) -> bool:
    return isinstance(low, int) and isinstance(high, int) and low <= high


class Filter(Part):
    """Rows whose dimension is one of `values` ("in"), or lies between the two, both ends in ("between")."""

    dimension: str
    op: Literal["in", "between"] = "in"
    values: tuple[str | int, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.op == "between" and (len(self.values) != 2 or not _rising(*self.values)):
            raise ValueError("between takes two values of one kind, the smaller first")
        if self.op == "in" and len(set(self.values)) < len(self.values):
            raise ValueError("a value stands twice")
        return self


class Did(Part):
    """Customers who did something in a period (all of the data where it is None), or did not."""

    behaviour: str
    period: Period | None = None
    negated: bool = False


def contradicts(did: Sequence[Did]) -> bool:
    """Whether something is both done and not done in the same window."""
    done = {(each.behaviour, each.period) for each in did if not each.negated}
    return any((each.behaviour, each.period) in done for each in did if each.negated)


class Query(Part):
    """Metrics of a period, by dimensions and by buckets of their own time."""

    metrics: tuple[str, ...] = Field(min_length=1)
    by: tuple[str, ...] = ()
    grain: Grain | None = None
    period: Period | None = None
    where: tuple[Filter, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for names in (self.metrics, self.by, tuple(each.dimension for each in self.where)):
            if len(set(names)) < len(names):
                raise ValueError(f"a name stands twice: {', '.join(names)}")
        return self


class People(Part):
    """Customers of whom every filter and every behaviour holds."""

    where: tuple[Filter, ...] = ()
    did: tuple[Did, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if contradicts(self.did):
            raise ValueError("the same is done and not done in one window: nobody is both")
        return self

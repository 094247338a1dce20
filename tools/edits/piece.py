"""A piece of a plan that is being changed, and the plans that have something else in its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from tools.tool import ArgumentWords
from warehouse.text import Text
from warehouse.warehouse import Reading

INSTEAD = Text("换成", "Instead")
OPPOSITE = Text("反过来", "The opposite")
TYPED = Text("填入的", "As typed")
Plan = TypeVar("Plan", bound=BaseModel)


class Candidate(NamedTuple):
    """A plan that may be offered, and what it is called, `as_said` by its words in the place as well.

    Where the first of several plans cannot be, the next is tried.
    """

    plans: tuple[BaseModel | None, ...]
    names: Iterable[str] = ()
    as_said: bool = False


class Sort(NamedTuple):
    """Candidates under their title."""

    title: Text
    candidates: Iterable[Candidate]


def changed(part: Plan, **fields: Any) -> Plan | None:
    """The part with other fields; None where they do not go together."""
    try:
        return type(part)(**{**dict(part), **fields})
    except ValidationError:
        return None


def alone(args: Any, fields: Mapping[str, Any], _: Reading) -> BaseModel | None:
    """The plan with other fields, of which none hangs on another."""
    plan: BaseModel | None = changed(args, **fields)
    return plan


Mended = Callable[[Any, Mapping[str, Any], Reading], BaseModel | None]


@dataclass(frozen=True)
class Piece:
    """The argument of a piece, or one part of it; how a question tells it, and what was typed to find others.

    `mended` gives the plan with other fields, without what they leave hanging.
    """

    args: Any
    field: str
    at: int
    reading: Reading
    sought: str = ""
    told: ArgumentWords | None = None
    mended: Mended = alone

    @property
    def value(self) -> Any:
        """What stands in the place."""
        told = getattr(self.args, self.field)
        return told[self.at] if isinstance(told, tuple) else told

    @property
    def rest(self) -> Any:
        """The argument without this: of several parts the others, else what it is where nothing is told."""
        told, field = getattr(self.args, self.field), type(self.args).model_fields[self.field]
        if isinstance(told, tuple):
            return (*told[: self.at], *told[self.at + 1 :])
        return None if field.is_required() else field.get_default(call_default_factory=True)

    def changed(self, **fields: Any) -> BaseModel | None:
        """The plan with other fields; None where there is none such."""
        return self.mended(self.args, fields, self.reading)

    def put(self, value: object) -> BaseModel | None:
        """The plan with something else in the place."""
        if value is None:
            return None
        told = getattr(self.args, self.field)
        whole = (*told[: self.at], value, *told[self.at + 1 :]) if isinstance(told, tuple) else value
        return self.changed(**{self.field: whole})


Ways = Callable[[Piece], Iterator[Sort]]


@dataclass(frozen=True)
class Edits:
    """How each argument is changed, of a tool that tells its arguments by no kinds, or whose plans hang together."""

    ways: Mapping[str, Ways]
    mended: Mended = alone

"""Changing one piece of a plan: other plans with something else in its place, and the plan without it."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel, ValidationError

from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_OFFERED = 24  # of one sort
Plan = TypeVar("Plan", bound=BaseModel)


@dataclass(frozen=True)
class Other:
    """Another plan, and what it says in the piece's place."""

    words: Text
    args: BaseModel


@dataclass(frozen=True)
class Others:
    """Other plans of one sort; `more` where not all that fit are listed."""

    title: Text
    plans: tuple[Other, ...]
    more: bool = False


@dataclass(frozen=True)
class Edit:
    """What can be done with one piece of a plan; `without` is the plan without it, None where it cannot be left out."""

    without: BaseModel | None
    sorts: tuple[Others, ...]


@runtime_checkable
class Editable(Protocol):
    """A tool whose plans can be changed piece by piece."""

    def edit(self, args: Any, at: int, reading: Reading, *, sought: str = "") -> Edit:
        """What can be done with the piece at that place among those that `run` tells.

        Where something is `sought`, only what is called so is offered, and what a number or days typed there make.
        """


class Candidate(NamedTuple):
    """A plan that may be offered, and what it is called; where the first of several cannot be, the next is tried."""

    plans: tuple[BaseModel | None, ...]
    names: Iterable[str] = ()


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


def offered(
    args: BaseModel, sorts: Iterable[Sort], say: Callable[[Any], Text | None], *, sought: str
) -> tuple[Others, ...]:
    """The candidates that are called as is `sought` and that `say` has words for, each plan once, never `args`."""
    taken = {args}
    listed = (_listed(sort, say, _folded(sought), taken) for sort in sorts)
    return tuple(each for each in listed if each.plans)


def _listed(sort: Sort, say: Callable[[Any], Text | None], sought: str, taken: set[BaseModel]) -> Others:
    found: list[Other] = []
    for each in _fitting(sort.candidates, say, sought, taken):
        if len(found) == MOST_OFFERED:
            return Others(sort.title, tuple(found), more=True)
        found.append(each)
        taken.add(each.args)
    return Others(sort.title, tuple(found))


def _fitting(
    candidates: Iterable[Candidate], say: Callable[[Any], Text | None], sought: str, taken: set[BaseModel]
) -> Iterator[Other]:
    for each in candidates:
        if sought and not any(sought in _folded(name) for name in each.names):
            continue
        plans = (plan for plan in each.plans if plan is not None)
        said = ((plan, words) for plan in plans if (words := say(plan)) is not None)
        plan, words = next(said, (None, None))
        if plan is not None and words is not None and plan not in taken:
            yield Other(words, plan)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()

"""Changing one piece of a plan: other plans with something else in its place, and the plan without it."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel

from tools.edits.kinds import WAYS
from tools.edits.piece import Candidate, Edits, Piece, Sort, Ways, alone
from tools.tool import Tool, Understood
from warehouse.errors import AnalyticsError
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_OFFERED = 24  # of one sort
Say = Callable[[BaseModel], Text | None]


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

    without: BaseModel | None = None
    sorts: tuple[Others, ...] = ()


@runtime_checkable
class Mending(Protocol):
    """A tool that says itself how its arguments are changed; those of others are by their kinds."""

    edits: ClassVar[Edits]


def is_editable(tool: Tool, piece: Understood) -> bool:
    """Whether there are ways to put something else in a piece's place."""
    return piece.field is not None and _ways(tool, piece.field) is not None


def without(tool: Tool, args: BaseModel, piece: Understood, reading: Reading) -> BaseModel | None:
    """The plan as it is asked for without a piece's words; None where it is none, or says the same."""
    told = _arguments(tool, args, piece, reading)
    rest = told[0].changed(**{each.field: each.rest for each in told}) if told else None
    if rest is None or rest == args:
        return None
    return rest if _said(tool, rest, reading) not in (None, tool.pieces(args, reading)) else None


def edit(tool: Tool, args: BaseModel, at: int, reading: Reading, *, sought: str = "") -> Edit:
    """What can be done with the piece at that place among those of the plan.

    Where something is `sought`, only what is called so is offered, and what a number or days typed there make.
    """
    piece = tool.pieces(args, reading)[at]

    def say(other: BaseModel) -> Text | None:
        for each in _said(tool, other, reading) or ():
            if (each.field, each.at) == (piece.field, piece.at):
                return None if each.words == piece.words else each.words
        return None

    told = _arguments(tool, args, piece, reading, sought)
    sorts = (sort for each in told if (way := _ways(tool, each.field)) is not None for sort in way(each))
    return Edit(without(tool, args, piece, reading), _offered(args, sorts, say, _folded(sought)))


def _ways(tool: Tool, field: str) -> Ways | None:
    if isinstance(tool, Mending):
        return tool.edits.ways.get(field)
    words = tool.asked.arguments.get(field)
    return None if words is None else WAYS.get(words.kind)


def _arguments(tool: Tool, args: BaseModel, piece: Understood, reading: Reading, sought: str = "") -> list[Piece]:
    """Those that a piece says, each in its place."""
    if piece.field is None:
        return []
    mended = tool.edits.mended if isinstance(tool, Mending) else alone
    told = tool.asked.arguments
    return [
        Piece(args, field, piece.at, reading, sought, told.get(field), mended) for field in (piece.field, *piece.also)
    ]


def _said(tool: Tool, args: BaseModel, reading: Reading) -> tuple[Understood, ...] | None:
    """The pieces of a plan; None where the data do not carry it."""
    try:
        return tool.pieces(args, reading)
    except AnalyticsError:
        return None


def _offered(args: BaseModel, sorts: Iterable[Sort], say: Say, sought: str) -> tuple[Others, ...]:
    """The candidates that are called as is `sought` and that `say` has words for, each plan once, never `args`."""
    taken = {args}
    listed = (_listed(sort, say, sought, taken) for sort in sorts)
    return tuple(each for each in listed if each.plans)


def _listed(sort: Sort, say: Say, sought: str, taken: set[BaseModel]) -> Others:
    found: list[Other] = []
    for each in _fitting(sort.candidates, say, sought, taken):
        if len(found) == MOST_OFFERED:
            return Others(sort.title, tuple(found), more=True)
        found.append(each)
        taken.add(each.args)
    return Others(sort.title, tuple(found))


def _fitting(candidates: Iterable[Candidate], say: Say, sought: str, taken: set[BaseModel]) -> Iterator[Other]:
    for each in candidates:
        called = not sought or any(sought in _folded(name) for name in each.names)
        if not called and not each.as_said:
            continue
        plans = (plan for plan in each.plans if plan is not None)
        said = ((plan, words) for plan in plans if (words := say(plan)) is not None)
        plan, words = next(said, (None, None))
        if plan is None or words is None or plan in taken:
            continue
        if called or any(sought in _folded(said) for said in words):
            yield Other(words, plan)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()

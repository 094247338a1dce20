"""Steps that use what an earlier one found: its people, its period, the names in its table. The model sees none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from agent.planner import Move
from tools.tool import Result

STEP = "step"
LISTS = frozenset({"where", "all", "any"})
MOST_FOUND = 200

Found = Callable[[int, str], Sequence[str]]
Plans = Sequence[Mapping[str, Any]]


class NoLink(Exception):
    """A step that names no earlier one, or what that has not; why."""


def linked(args: Mapping[str, Any], plans: Plans, found: Found) -> dict[str, Any]:
    """The arguments with what earlier steps gave in the places that name them.

    `plans` are the arguments of those steps, `found` the values of a dimension that one of them found.
    """
    return {key: _link(key, value, args, plans, found) for key, value in args.items()}


def found_by(moves: Sequence[Move]) -> Found:
    """What the moves made so far found."""

    def found(step: int, dimension: str) -> Sequence[str]:
        outcome = moves[step - 1].outcome
        table = outcome.table if isinstance(outcome, Result) else None
        if table is None or dimension not in {each.name for each in table.columns}:
            raise NoLink(f"step {step} lists no {dimension}")
        values = [str(cell) for cell in dict.fromkeys(table.column(dimension)) if cell is not None]
        if not values or table.truncated or len(values) > MOST_FOUND:
            raise NoLink(f"step {step} finds none, or more than {MOST_FOUND}, of {dimension}")
        return values

    return found


def _link(key: str, value: Any, beside: Mapping[str, Any], plans: Plans, found: Found) -> Any:
    named = _named(value, len(plans))
    if named is not None:
        return _given(key, named, beside, plans, found)
    if isinstance(value, Mapping):
        return linked(value, plans, found)
    if isinstance(value, list):
        return list(_items(key, value, plans, found))
    return value


def _items(key: str, items: Sequence[Any], plans: Plans, found: Found) -> Iterator[Any]:
    for each in items:
        named = _named(each, len(plans))
        if named is not None and key in LISTS:
            yield from _people(named, plans)
        else:
            yield _link(key, each, {}, plans, found)


def _given(key: str, step: int, beside: Mapping[str, Any], plans: Plans, found: Found) -> Any:
    """What stands in the place of a step that is named under that key."""
    if key == "values":
        return list(found(step, str(beside.get("dimension"))))
    if key == "period":
        if "period" not in plans[step - 1]:
            raise NoLink(f"step {step} has no period")
        return plans[step - 1]["period"]
    people = _people(step, plans)
    if key in LISTS:
        return people
    if key == "not":
        return people[0] if len(people) == 1 else {"all": people}
    raise NoLink(f"{key} takes no step")


def _people(step: int, plans: Plans) -> list[Any]:
    """The conditions of the people that a step asks for."""
    plan = plans[step - 1]
    if "metrics" in plan or not plan.get("where"):
        raise NoLink(f"step {step} is no set of people")
    return list(plan["where"])


def _named(value: Any, steps: int) -> int | None:
    """The step that a value names; None where it is no such name."""
    if not isinstance(value, Mapping) or set(value) != {STEP}:
        return None
    step = value[STEP]
    if not isinstance(step, int) or isinstance(step, bool) or not 1 <= step <= steps:
        raise NoLink(f"there is no earlier step {step}")
    return step

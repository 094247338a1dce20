"""What a plan holds, taken apart: the names, values, numbers and periods in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from warehouse.period import Period
from warehouse.query import Bounds

NAMING = frozenset({"metrics", "metric", "by", "dimension", "behaviour", "segment", "column", "limit_per"})
VALUED = frozenset({"values", "first", "second"})
RANGED = frozenset({"bounds", "times", "days"})
NEGATIONS = frozenset({"not", "missing"})
PERIODS: TypeAdapter[Period] = TypeAdapter(Period)


@dataclass(frozen=True)
class Held:
    """Names of the model; values; numbers, and the ranges that they end; periods; all else, by key and word.

    `counts` are the numbers that end no range.
    """

    names: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    ranges: frozenset[Bounds] = frozenset()
    periods: tuple[Period, ...] = ()
    words: frozenset[str] = frozenset()
    counts: frozenset[float] = frozenset()

    def __or__(self, other: "Held") -> "Held":
        return Held(
            self.names | other.names,
            self.values | other.values,
            self.numbers | other.numbers,
            self.ranges | other.ranges,
            (*self.periods, *other.periods),
            self.words | other.words,
            self.counts | other.counts,
        )

    @property
    def negated(self) -> bool:
        """Whether something in it does not hold."""
        return not NEGATIONS.isdisjoint(self.words)


def held(args: Mapping[str, Any]) -> Held:
    """What is in a plan as JSON has it."""
    found = Held()
    for part in _parts("", args):
        found |= part
    return found


def _parts(key: str, value: Any) -> Iterator[Held]:
    match value:
        case {"kind": str()} if key == "period":
            yield Held(periods=(PERIODS.validate_python(value),))
        case Mapping() if key in RANGED:
            numbers = frozenset(float(each) for each in value.values())
            yield Held(ranges=frozenset({Bounds.model_validate(value)}), numbers=numbers, words=frozenset(value))
        case Mapping():
            yield Held(words=frozenset(map(str, value)))
            for name, each in value.items():
                yield from _parts(name, each)
        case list() | tuple():
            for each in value:
                yield from _parts(key, each)
        case str():
            kept = frozenset({value})
            yield Held(names=kept) if key in NAMING else Held(values=kept) if key in VALUED else Held(words=kept)
        case bool() | None:
            pass
        case int() | float():
            number = frozenset({float(value)})
            yield Held(numbers=number, counts=number)

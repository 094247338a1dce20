"""Whether the values that a model gives words to are nearly, and not quite, those of the data."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from warehouse.checks.mistake import Mistake, unknown
from warehouse.model import Dimension
from warehouse.occurring import outcomes
from warehouse.text import Text
from warehouse.warehouse import Reading

ALIKE = 0.75  # a name of two characters, and the same with one more


def values(reading: Reading) -> Iterator[Mistake]:
    """Every value told occurs, or is like none that does: one may be told before it first occurs.

    Of an expression that gives certain values alone, no other one can ever occur.
    """
    for dimension in reading.model.groupings:
        if dimension.bands:
            continue
        occurring = reading.values[dimension.name]
        certain = outcomes(dimension.expression, reading.model.source(dimension.source)) is not None
        for value in dimension.values:
            if value not in occurring:
                yield from _missing(dimension, value, occurring, certain=certain)


def _missing(dimension: Dimension, value: str, occurring: Sequence[str], *, certain: bool) -> Iterator[Mistake]:
    place = ("dimensions", dimension.name, "values", value)
    if certain:
        yield unknown(place, Text("取值", "value"), value, occurring)
        return
    near = _nearest(value, [each for each in occurring if each not in dimension.values])
    if near is not None:
        yield Mistake(
            place,
            Text(f"数据里没有取值 {value}", f"the data have no value {value}"),
            Text(f"是不是 {near}？都有就都写", f"is it {near}? if both are meant, list both"),
        )


def _nearest(value: str, others: Sequence[str]) -> str | None:
    """The nearest of the others that is like it in all but a letter or so, its digits being the same."""
    alike = {each.casefold(): each for each in others if _digits(each) == _digits(value)}
    near = get_close_matches(value.casefold(), alike, n=1, cutoff=ALIKE)
    return alike[near[0]] if near else None


def _digits(value: str) -> str:
    return "".join(each for each in value if each.isdigit())

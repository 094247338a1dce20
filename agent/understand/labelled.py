"""Values told behind their dimension's name and a colon: they are its own, whatever else is called so."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from agent.understand.closed_class import surfaces
from agent.understand.cover import Cover
from agent.understand.mentions import Mention, Value
from warehouse.lexicon.form import any_of
from warehouse.model import SemanticModel
from warehouse.text import Text

Span = tuple[int, int]


def owners(text: str, names: Iterable[tuple[int, str]], values: Mapping[Span, Collection[str]]) -> dict[Span, str]:
    """By the place of each such value, its dimension.

    `names` are where dimensions are named: where each name ends, and whose it is; `values` are the dimensions that a
    stretch may be a value of, by its place.
    """
    lead, joint = _patterns()
    starting: dict[int, list[Span]] = {}
    for span in values:
        starting.setdefault(span[0], []).append(span)
    found: dict[Span, str] = {}
    for end, dimension in names:
        joined = lead.match(text, end)
        while joined is not None:
            own = [each for each in starting.get(joined.end(), ()) if dimension in values[each]]
            if not own:
                break
            longest = max(own)
            found[longest] = dimension
            joined = joint.match(text, longest[1])
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind the name, and between two values, of which the first may have its translation beside it."""

    def told(kind: str) -> str:
        return any_of(surfaces(kind))

    return re.compile(rf"\s?(?:{told('colon')}|{told('except')})\s?"), re.compile(
        rf"(?:\s?\([^()]*\))?\s?(?:{told('or')})\s?"
    )


def is_value(stretch: Iterable[Mention], named: Collection[str]) -> bool:
    """Whether a stretch is a value of a dimension that the question names."""
    return any(isinstance(each.meaning, Value) and each.meaning.dimension in named for each in stretch)


def valued(unclear: Mention, covered: Cover, readings: Sequence[Text], shop: SemanticModel) -> bool:
    """Whether a value right before an unclear word tells what it is a name of: 红渠道."""
    values = [each.meaning for near in covered.stretches for each in near if each.end == unclear.start]
    named = [shop.dimension(each.dimension) for each in values if isinstance(each, Value)]
    return any(reading.zh in each.words.zh for each in named for reading in readings)

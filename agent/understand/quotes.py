"""What stands in quotes: names of the data, and texts that names are tested for."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from agent.understand.closed_class import surfaces
from warehouse.lexicon.form import any_of

MARKS = re.compile(r"“((?:““|””|[^“”])+)”(?!”)|\"([^\"]{1,80})\"|「([^「」]{1,80})」")
BEFORE = frozenset({"contains", "uncontained", "edge", "ends_around"})


class Quote(NamedTuple):
    """A text in quotes: its place with them, the place of what they hold, and whether a name is tested for it."""

    start: int
    end: int
    first: int
    last: int
    tested: bool


def find(text: str) -> Iterator[Quote]:
    """The quotes in a normalised text, in order; those joined by "or" are all tested, or none is."""
    before, joined, after = _patterns()
    end, tested = 0, False
    for found in MARKS.finditer(text):
        first, last = next(found.span(group) for group in (1, 2, 3) if found[group] is not None)
        going_on = tested and joined.fullmatch(text, end, found.start()) is not None
        tested = (
            going_on or before.search(text, 0, found.start()) is not None or after.match(text, found.end()) is not None
        )
        end = found.end()
        yield Quote(found.start(), end, first, last, tested)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a text that is tested, between two, and behind one."""

    def told(*kinds: str) -> str:
        return any_of(surfaces(*kinds))

    return (
        re.compile(rf"(?:{told(*BEFORE)})\s?$"),
        re.compile(rf"\s?(?:{told('or')})\s?"),
        re.compile(rf"\s?(?:{told('edge')})"),
    )

"""Years of birth: 95后, 1995–1999年出生, born 1995-1999."""

import re
from collections.abc import Iterator

from agent.understand.mentions import Born, Mention

DECADE = 10
FIVE = 5
THIS_CENTURY_BEFORE = 30

GENERATION = re.compile(r"(?<!\d)(?P<short>\d0|\d5)后")
YEARS = re.compile(
    r"(?<!\d)(?:born(?: in| between| from)? )?(?P<first>(?:19|20)\d\d) ?(?:-|–|—|~|至|到|to|and) ?"
    r"(?P<last>(?:19|20)\d\d)(?!\d)(?: ?年)? ?(?P<born>出生)?"
)


def find(text: str) -> Iterator[Mention]:
    """Every telling of years of birth in normalised text."""
    for match in GENERATION.finditer(text):
        short = int(match["short"])
        first = short + (2000 if short < THIS_CENTURY_BEFORE else 1900)
        yield Mention(*match.span(), Born(first, first + (DECADE if short % DECADE == 0 else FIVE) - 1))
    for match in YEARS.finditer(text):
        if match["born"] or match[0].startswith("born"):
            first, last = int(match["first"]), int(match["last"])
            if first <= last:
                yield Mention(*match.span(), Born(first, last))

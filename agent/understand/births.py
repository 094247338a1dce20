"""Years of birth: 95后, 1995–1999年出生, born 1995-1999."""

import re
from collections.abc import Iterator

from agent.understand.mentions import Born, Mention

DECADE = 10
FIVE = 5
THIS_CENTURY_BEFORE = 30
LAST_DAY = 31

GENERATION = re.compile(r"(?<!\d)(?<!\d[年日号])(?P<month>\d月)?(?P<short>\d0|\d5)后")
ONE_YEAR = re.compile(r"(?<!\d)(?:born in (?P<after>(?:19|20)\d\d)|(?P<before>(?:19|20)\d\d) ?年?出生)(?!\d)")
YEARS = re.compile(
    r"(?<!\d)(?:born(?: in| from)? )?(?P<first>(?:19|20)\d\d) ?(?:年 ?)?(?:-|–|—|~|至|到|to) ?"
    r"(?P<last>(?:19|20)\d\d)(?!\d)(?: ?年)? ?(?P<born>出生)?"
)
BETWEEN = re.compile(r"born between (?P<first>(?:19|20)\d\d) and (?P<last>(?:19|20)\d\d)(?!\d)")


def find(text: str) -> Iterator[Mention]:
    """Every telling of years of birth in normalised text."""
    for match in GENERATION.finditer(text):
        short = int(match["short"])
        if match["month"] and short <= LAST_DAY:
            continue  # 6月15后 is a day of June
        first = short + (2000 if short < THIS_CENTURY_BEFORE else 1900)
        yield Mention(
            match.start("short"), match.end(), Born(first, first + (DECADE if short % DECADE == 0 else FIVE) - 1)
        )
    for match in ONE_YEAR.finditer(text):
        year = int(match["after"] or match["before"])
        yield Mention(*match.span(), Born(year, year))
    for match in (*YEARS.finditer(text), *BETWEEN.finditer(text)):
        if match[0].startswith("born") or match["born"]:
            first, last = int(match["first"]), int(match["last"])
            if first <= last:
                yield Mention(*match.span(), Born(first, last))

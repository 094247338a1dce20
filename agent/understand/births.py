"""Years of birth in a question: 95后, Z世代, 1995年及以后出生, born 1995–1999."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.understand.numbers import read_integer
from warehouse.query import Bounds

DECADE, FIVE = 10, 5
THIS_CENTURY_BEFORE = 30
LAST_DAY = 31
GENERATION_Z = Bounds(at_least=1995, at_most=2009)

SHORT = r"\d0|\d5|[〇零一二五六七八九][〇零五]"
TIES = r"\s?(?:、|/|,|和|与|及|以及|跟|and|&)\s?"
NAMED = re.compile(r"z世代|(?<![a-z])gen(?:eration)?[\s-]?z(?:ers?)?(?![a-z])")
GENERATION = re.compile(
    rf"(?<![\d.年日号])(?P<month>\d月)?(?P<short>{SHORT})(?:后(?![\d续来期台面天年半勤端])|(?={TIES}(?:{SHORT})后(?!\d)))"
    r"(?:\s?\((?P<first>\d{4})[-–](?P<last>\d{4})年出生\))?"
)
POST = re.compile(
    r"(?<![a-z])post[\s-]?(?P<century>19|20)?(?P<short>\d[05])'?s?(?![a-z\d])(?:\s?\((?P<gloss>\d[05])后\))?"
)
NINETIES = {"thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980,
            "nineties": 1990, "noughties": 2000}  # fmt: skip
SPELLED = "|".join(NINETIES)
ENGLISH_DECADE = re.compile(
    rf"(?<![a-z])born in the (?:(?P<century>19|20)?(?P<short>\d0)'?s|(?P<spelled>{SPELLED}))(?![a-z\d])"
)
CHINESE_DECADE = re.compile(r"(?<!\d)(?P<century>19|20)?(?P<short>\d0)年代(?:出生|生)(?!产|成)")

YEAR = r"(?:19|20)\d\d"
SHORT_YEAR = rf"{YEAR}|\d\d(?=\s?年)"
BORN = r"(?:出生|生(?![产成活鲜日意]))"
BEFORE = r"(?:(?:出?生于|出生在)\s?)"
LATER = "(?P<from>及以后|或以后|及之后|及其后|起)|(?P<after>以后|之后|后)"
SIDE = f"{LATER}|(?P<to>及以前|或以前|及之前)|(?P<before>以前|之前|前)"
CHINESE = re.compile(
    rf"(?<![\d.])(?:(?P<lead>{BEFORE})?(?P<first>{SHORT_YEAR})\s?年?\s?(?:[-–—~至到]\s?(?P<last>{SHORT_YEAR})\s?)?年?"
    rf"(?:{SIDE})?\s?(?P<born>{BORN})?(?:之间)?)"
)
ENGLISH = re.compile(
    rf"(?<![a-z])born (?:(?:in |from |between )?(?P<first>{YEAR})\s?(?:-|–|—|~|to|and|through|until)\s?(?P<last>{YEAR})"
    rf"|(?P<after>after) (?P<y1>{YEAR})|(?P<before>before|prior to) (?P<y2>{YEAR})"
    rf"|(?P<from>in or after|since|from) (?P<y3>{YEAR})(?: onwards?| on)?|(?P<to>in or before|by|until) (?P<y4>{YEAR})"
    rf"|(?:in )?(?P<y5>{YEAR})(?: (?:or|and) (?:(?P<later>later|after)|(?P<earlier>earlier|before)))?)(?!\d)"
)


@dataclass(frozen=True)
class FoundBirths:
    """Years of birth in their place in the normalised text."""

    start: int
    end: int
    bounds: Bounds


def find(text: str) -> list[FoundBirths]:
    """Every telling of years of birth in a normalised text, in order of place."""
    found = sorted((*_generations(text), *_chinese(text), *_english(text)), key=lambda each: (each.start, -each.end))
    return [each for at, each in enumerate(found) if not any(each.end <= before.end for before in found[:at])]


def _generations(text: str) -> Iterator[FoundBirths]:
    for match in NAMED.finditer(text):
        yield FoundBirths(*match.span(), GENERATION_Z)
    for match in GENERATION.finditer(text):
        short = read_integer("".join(str(read_integer(each)) for each in match["short"])) or 0
        if match["month"] and short <= LAST_DAY:
            continue  # 6月15后 is a day of June
        bounds = _generation(_full(short))
        glossed = match["first"] and bounds == _years(match["first"], match["last"])
        end = match.end() if glossed or not match["first"] else match.start("first") - 1
        yield FoundBirths(match.start("short"), end, bounds)
    for match in POST.finditer(text):
        first = int(match["century"] + match["short"]) if match["century"] else _full(int(match["short"]))
        end = match.end() if match["gloss"] in {None, match["short"]} else match.start("gloss") - 1
        yield FoundBirths(match.start(), end, _generation(first))
    for match in (*ENGLISH_DECADE.finditer(text), *CHINESE_DECADE.finditer(text)):
        spelled = match.groupdict().get("spelled")
        short = _full(int(match["short"])) if match["short"] else 0
        first = NINETIES[spelled] if spelled else int(match["century"] + match["short"]) if match["century"] else short
        yield FoundBirths(*match.span(), Bounds(at_least=first, at_most=first + DECADE - 1))


def _chinese(text: str) -> Iterator[FoundBirths]:
    for match in CHINESE.finditer(text):
        if not (match["lead"] or match["born"]):
            continue
        first, last = _year(match["first"]), _year(match["last"] or match["first"])
        bounds = _sided(match, first) if first == last else None if _side(match) else _years(first, last)
        if bounds is not None:
            yield FoundBirths(match.start(), match.start() + len(match[0].rstrip()), bounds)


def _english(text: str) -> Iterator[FoundBirths]:
    for match in ENGLISH.finditer(text):
        year = next((int(match[name]) for name in ("y1", "y2", "y3", "y4", "y5") if match[name]), 0)
        bounds = _sided(match, year) if year else _years(match["first"], match["last"])
        if bounds is not None:
            yield FoundBirths(*match.span(), bounds)


def _sided(match: re.Match[str], year: int) -> Bounds:
    """A year, or the years to one side of it."""
    match _side(match):
        case "after":
            return Bounds(more_than=year)
        case "from" | "later":
            return Bounds(at_least=year)
        case "before":
            return Bounds(less_than=year)
        case "to" | "earlier":
            return Bounds(at_most=year)
        case _:
            return Bounds(at_least=year, at_most=year)


def _side(match: re.Match[str]) -> str | None:
    told = match.groupdict()
    return next((side for side in ("after", "from", "later", "before", "to", "earlier") if told.get(side)), None)


def _years(first: str | int, last: str | int) -> Bounds | None:
    return Bounds(at_least=int(first), at_most=int(last)) if int(first) <= int(last) else None


def _generation(first: int) -> Bounds:
    """A decade from a year that ends in 0, five years from one that ends in 5."""
    return Bounds(at_least=first, at_most=first + (DECADE if first % DECADE == 0 else FIVE) - 1)


def _year(written: str) -> int:
    return int(written) if len(written) > 2 else _full(int(written))


def _full(short: int) -> int:
    return short + (2000 if short < THIS_CENTURY_BEFORE else 1900)

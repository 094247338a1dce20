"""Hours of the day and days of the week in a question, as they recur: 晚上8点到10点, 8pm, 周一到周五, Mondays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from agent.understand.numbers import read_integer
from agent.understand.phrases import either
from warehouse.lexicon.form import any_of
from warehouse.lexicon.lexicon import ClockWords, lexicon
from warehouse.query import Bounds
from warehouse.text import LANGUAGES

NOON, LAST_HOUR, END_OF_DAY = 12, 23, 24
LAST_MINUTE = 59
NUMERAL = "[〇零一二两三四五六七八九十]"


@dataclass(frozen=True)
class FoundTime:
    """Hours 0–23, or days of the week 1–7 from Monday, in their place.

    Without bounds where no whole hours or days in a row say it: 20:30, 22点到2点. `bare` is one hour or day, told with
    no word that says that it recurs.
    """

    start: int
    end: int
    bounds: Bounds | None
    unit: Literal["hour", "weekday"]
    bare: bool = False


def find(text: str) -> list[FoundTime]:
    """The hours and days of the week in a normalised text, in order of place."""
    return sorted((*_hours(text), *_weekdays(text)), key=lambda each: each.start)


def _hours(text: str) -> Iterator[FoundTime]:
    for match in _clock().finditer(text):
        if not any(
            match[name] for name in ("mark", "minute", "pm", "am", "named", "mark2", "minute2", "pm2", "am2", "named2")
        ):
            continue
        found = _range(match) if match["hour2"] or match["named2"] else _open(match)
        yield found


def _range(match: re.Match[str]) -> FoundTime:
    """From an hour to another, both in: until 20:59 where the last one is 20."""
    half = match["half_day"] or ""
    first, last = _hour(match, ""), _hour(match, "2")
    if first is not None and last is not None and not (match["half_day2"] or match["am2"] or match["pm2"]):
        last = _added(half, last) if half else last
    if first is not None and match["pm2"] and not (match["am"] or match["pm"] or half) and first + NOON <= (last or 0):
        first += NOON
    exactly = not _minute(match, "") and _minute(match, "2") in {0, LAST_MINUTE}
    last = LAST_HOUR if last == END_OF_DAY else last
    known = exactly and first is not None and last is not None and first <= last <= LAST_HOUR
    return FoundTime(*match.span(), Bounds(at_least=first, at_most=last) if known else None, "hour")


def _open(match: re.Match[str]) -> FoundTime:
    """One hour, or those to one side of it."""
    hour = _hour(match, "")
    if hour is None or _minute(match, ""):
        return FoundTime(*match.span(), None, "hour")
    if match["since_before"] or match["since"]:
        ends = (hour, LAST_HOUR)
    elif match["until_before"] or match["until"]:
        ends = (0, hour - 1)
    else:
        hour %= END_OF_DAY
        return FoundTime(*match.span(), Bounds(at_least=hour, at_most=hour), "hour", bare=not match["gloss"])
    bounds = Bounds(at_least=ends[0], at_most=ends[1]) if ends[0] <= ends[1] else None
    return FoundTime(*match.span(), bounds, "hour")


def _hour(match: re.Match[str], which: str) -> int | None:
    """The hour 0–24 that is told; None where there is none such."""
    if match[f"named{which}"]:
        return _words()[1][match[f"named{which}"]]
    hour = read_integer(match[f"hour{which}"])
    if hour is None or hour > END_OF_DAY:
        return None
    if match[f"pm{which}"]:
        return hour % NOON + NOON if hour <= NOON else None
    if match[f"am{which}"]:
        return hour % NOON if hour <= NOON else None
    return _added(match[f"half_day{which}"], hour)


def _added(half_day: str | None, hour: int) -> int:
    first, last = _words()[0].get(half_day or "", (0, 0))
    return hour + NOON if 0 < first <= hour <= last else hour


def _minute(match: re.Match[str], which: str) -> int:
    return int(match[f"minute{which}"] or 0)


def _weekdays(text: str) -> Iterator[FoundTime]:
    days = _days()
    for match in _weekday().finditer(text):
        name, last = match["day"] or match["name"], match["day2"] or match["name2"]
        first_day, last_day = days[name], days[last or name]
        if not (last or match["day"] or name in _full_names()):
            continue
        bounds = Bounds(at_least=first_day, at_most=last_day) if first_day <= last_day else None
        bare = not (last or match["every"] or match["plural"])
        yield FoundTime(*match.span(), bounds, "weekday", bare)


@cache
def _clock() -> re.Pattern[str]:
    words = [lexicon(language).clock for language in LANGUAGES]
    joined = any_of(_joined())
    both = any_of(word for each in LANGUAGES for word in lexicon(each).comparators["between"].joined)
    opening = any_of(word for each in LANGUAGES for word in lexicon(each).comparators["between"].before)
    closing = any_of(word for each in LANGUAGES for word in lexicon(each).comparators["between"].after)
    before = (
        rf"(?:(?P<since_before>{either(word for each in words for word in each.since_before)})\s?"
        rf"|(?P<until_before>{either(word for each in words for word in each.until_before)})\s?"
        rf"|(?P<opening>{opening})\s?)?"
    )
    after = (
        rf"(?P<since>{any_of(word for each in words for word in each.since)})"
        rf"|(?P<until>{any_of(word for each in words for word in each.until)})"
    )
    return re.compile(
        rf"{before}{_time(words, '')}(?:\s?(?(opening)(?:{both})|(?:{joined}))\s?{_time(words, '2')}"
        rf"(?:\s?(?:{closing}))?|\s?(?:{after}))?"
        r"(?P<gloss>\s?\(\d\d:00[-–]\d\d:59\))?"
    )


def _time(words: Sequence[ClockWords], which: str) -> str:
    """A regular expression for one time of day."""
    half_days = any_of(word for each in words for word in each.half_days)
    mark = any_of(word for each in words for word in each.hour)
    guard = "|".join(each.hour_not_before for each in words if each.hour_not_before)
    am, pm = (any_of(word for each in words for word in getattr(each, name)) for name in ("am", "pm"))
    named = either(word for each in words for word in each.named)
    return (
        rf"(?:(?P<named{which}>{named})|(?:(?P<half_day{which}>{half_days})的?)?(?<![\d.,:a-z])"
        rf"(?P<hour{which}>\d{{1,2}}|{NUMERAL}{{1,3}})(?![\d.,]\d)"
        rf"(?::(?P<minute{which}>[0-5]\d)(?![\d:]))?(?:\s?(?P<mark{which}>{mark})(?!{guard}))?"
        rf"(?:\s?(?:(?P<am{which}>{am})|(?P<pm{which}>{pm}))(?![a-z]))?)"
    )


@cache
def _words() -> tuple[Mapping[str, tuple[int, int]], Mapping[str, int]]:
    words = [lexicon(language).clock for language in LANGUAGES]
    return (
        {word: hours for each in words for word, hours in each.half_days.items()},
        {word: hour for each in words for word, hour in each.named.items()},
    )


@cache
def _days() -> Mapping[str, int]:
    return {
        name.lower(): number
        for language in LANGUAGES
        for number, names in enumerate(lexicon(language).time.weekdays, 1)
        for name in names
    }


@cache
def _full_names() -> frozenset[str]:
    """The names that are told out: mon and sat are days in a range alone."""
    return frozenset(names[0].lower() for names in lexicon("en").time.weekdays)


def _joined() -> list[str]:
    """The words that make a range of two times by themselves: 8点和10点 is none."""
    return [
        word
        for language in LANGUAGES
        for word in lexicon(language).comparators["between"].joined
        if word not in lexicon(language).quantities.within
    ]


@cache
def _weekday() -> re.Pattern[str]:
    zh, en = lexicon("zh"), lexicon("en")
    week = any_of(zh.clock.week)
    days = "".join(name for names in zh.time.weekdays for name in names)
    names = any_of(name for names in en.time.weekdays for name in names)
    every = either((*zh.clock.every, *en.clock.every))
    joined = any_of(_joined())
    guard = "|".join(zh.time.forms["weekday"][0].not_before)
    return re.compile(
        rf"(?:(?P<every>{every})\s?)?"
        rf"(?:(?<![{zh.clock.weekday_not_after}])(?:{week})(?P<day>[{days}])"
        rf"(?:\s?(?:{joined})\s?(?:{week})?(?P<day2>[{days}])|(?!{guard}))"
        rf"|(?<![a-z])(?P<name>{names})(?:s?\s?(?:{joined})\s?(?P<name2>{names})s?|(?P<plural>s))?(?![a-z]))"
    )

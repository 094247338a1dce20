"""Periods in a question, in Chinese and English, each with its place.

The lexicon's forms give simple periods, which are then joined: a range, since, until. What stands inside a longer
reading is left out; readings that only overlap, or that fit the same words equally well, are all given.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pydantic import ValidationError

from agent.understand.readers import READERS, SIMPLE, since
from agent.understand.slots import Slot, time_slots
from warehouse.calendar import Calendar
from warehouse.lexicon.form import Form, any_of
from warehouse.lexicon.lexicon import lexicon
from warehouse.lexicon.time import TimeWords
from warehouse.period import Open, Period, Range
from warehouse.text import LANGUAGES, Language

GAPS: dict[Language, str] = {"zh": r"\s{0,2}", "en": ""}
JOINS = ("range", "since", "after", "until", "before")
GLOSS = re.compile(r"\s?\(\d{4}-\d\d-\d\d(?:\s\S{1,2}\s\d{4}-\d\d-\d\d)?\)")
CUT_DATE = re.compile(r"[-/.]\d{1,2}(?!\d)")
NUMERALS = frozenset("0123456789〇零一二两三四五六七八九十百")
REACH = 24
SHIELD = "shield"


@dataclass(frozen=True)
class Found:
    """A period and its place in the normalised text."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True)
class _Reading:
    """A simple period, and whether it may stand without being joined to another."""

    found: Found
    alone: bool


def find(text: str, calendar: Calendar) -> list[Found]:
    """The periods in a normalised text (NFKC, lower case), in order of place."""
    grammar = _grammar(calendar)
    matches = {match: match.reading(text) for match in grammar.matches(text)}
    readings = list(dict.fromkeys(reading for reading in matches.values() if reading))
    places = defaultdict(list)
    for reading in readings:
        places[reading.found.start].append(reading.found)
    joined = (found for join in grammar.joins for found in join.found(text, readings, places))
    told = dict.fromkeys((*(each.found for each in readings if each.alone), *joined))
    shields = [(match.start, match.end) for match, reading in matches.items() if reading is None]
    return list(_longest((_with_gloss(text, found) for found in told), shields))


@dataclass(frozen=True, eq=False)
class _Pattern:
    """One form as it is matched."""

    kind: str
    form: Form
    source: str
    slots: Mapping[str, Slot]
    guards: Mapping[str, str]
    not_before: re.Pattern[str] | None
    alone_after: re.Pattern[str] | None

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when a question first has a character that it begins with."""
        return re.compile(self.source)

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether it stands there as words of its own."""
        before = text[start - 1 : start]
        if before and (before in self.guards.get(text[start], "") or before in self.form.not_after):
            return False
        if self.form.apart and before.isalnum():
            return False
        if end < len(text) and (_one_word(text[end - 1], text[end]) or _cut_date(text, end)):
            return False
        return self.not_before is None or self.not_before.match(text, end) is None

    def alone(self, text: str, start: int, end: int) -> bool:
        """Whether it may stand there without being joined to another."""
        if self.alone_after is None or (self.form.unsure and text[start:end] not in self.form.unsure):
            return True
        return self.alone_after.search(text[max(0, start - REACH) : start]) is not None


@dataclass(frozen=True, eq=False)
class _Match:
    """A form in its place."""

    pattern: _Pattern
    start: int
    end: int
    match: re.Match[str]

    def reading(self, text: str) -> _Reading | None:
        """The period that it names; None where it only looks like one: a shield, a February 30."""
        slots, read = self.pattern.slots, READERS.get(self.pattern.kind)
        filled = {name: slots[name].read(value) for name, value in self.match.groupdict().items() if value is not None}
        if read is None or None in filled.values():
            return None
        try:
            period = read(filled)
        except ValidationError:
            return None
        return _Reading(Found(self.start, self.end, period), self.pattern.alone(text, self.start, self.end))


@dataclass(frozen=True, eq=False)
class _Join:
    """A form that joins simple periods: what stands before the first, between the two, after the last."""

    kind: str
    before: re.Pattern[str] | None
    between: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def found(self, text: str, readings: Iterable[_Reading], places: Mapping[int, list[Found]]) -> Iterator[Found]:
        """The joined periods in the text."""
        starts = {match.end(): match.start() for match in self.before.finditer(text)} if self.before else {}
        for first in (reading.found for reading in readings):
            start = starts.get(first.start) if self.before else first.start
            for last in () if start is None else self._lasts(text, first, places):
                end = self._end(text, last.end)
                period = _joined(self.kind, first.period, last.period) if end else None
                if start is not None and end is not None and period is not None:
                    yield Found(start, end, period)

    def _lasts(self, text: str, first: Found, places: Mapping[int, list[Found]]) -> Iterable[Found]:
        if self.between is None:
            return (first,)
        between = self.between.match(text, first.end)
        return places.get(between.end(), ()) if between else ()

    def _end(self, text: str, end: int) -> int | None:
        """Where the words after the last end; None where they are not there."""
        after = self.after.match(text, end) if self.after else None
        if self.after is None or after is None:
            return None if self.after else end
        at = after.start() + len(after[0].rstrip())
        return None if _one_word(text[at - 1], text[at : at + 1]) else at


@dataclass(frozen=True)
class _Grammar:
    """All forms, by the character that they begin with, ready for one calendar's words."""

    patterns: Mapping[str, tuple[_Pattern, ...]]
    joins: tuple[_Join, ...]

    def matches(self, text: str) -> Iterator[_Match]:
        """Every form in every place."""
        before = ""
        for start, character in enumerate(text):
            patterns = self.patterns.get(character, ())
            if patterns and not (before and _one_word(before, character)):
                for pattern in patterns:
                    match = pattern.regex.match(text, start)
                    end = start + len(match[0].rstrip()) if match else 0
                    if match and pattern.fits(text, start, end):
                        yield _Match(pattern, start, end, match)
            before = character


@lru_cache(maxsize=8)
def _grammar(calendar: Calendar) -> _Grammar:
    patterns: dict[str, list[_Pattern]] = defaultdict(list)
    joins: list[_Join] = []
    for language in LANGUAGES:
        words, gap = lexicon(language).time, GAPS[language]
        slots = time_slots(words, language, calendar)
        firsts = {name: slot.firsts for name, slot in slots.items()}
        forms = [(kind, form) for kind in READERS for form in words.forms.get(kind, ())]
        for kind, form in (*forms, *((SHIELD, form) for form in words.shields)):
            pattern = _pattern(kind, form, words, slots, gap)
            for character in set(form.firsts(words.words, firsts)):
                patterns[character].append(pattern)
        joins += (_join(kind, form, words, gap) for kind in JOINS for form in words.forms[kind])
    return _Grammar({character: tuple(each) for character, each in patterns.items()}, tuple(joins))


def _pattern(kind: str, form: Form, words: TimeWords, slots: Mapping[str, Slot], gap: str) -> _Pattern:
    written = {name: slot.pattern for name, slot in slots.items()}
    return _Pattern(
        kind=kind,
        form=form,
        source=form.pattern(words.words, written, gap),
        slots=slots,
        guards=words.guards,
        not_before=re.compile("|".join(form.not_before)) if form.not_before else None,
        alone_after=re.compile(rf"(?<![a-z])(?:{any_of(form.alone_after)})\s+$") if form.alone_after else None,
    )


def _join(kind: str, form: Form, words: TimeWords, gap: str) -> _Join:
    before, *between, after = form.around(words.words, gap)
    return _Join(
        kind=kind,
        before=re.compile(rf"(?<![a-z])(?:{before}){gap}") if before else None,
        between=re.compile(rf"{gap}(?:{between[0]}){gap}") if between else None,
        after=re.compile(f"{gap}(?:{after})") if after else None,
    )


def _joined(kind: str, first: Period, last: Period) -> Period | None:
    if not isinstance(first, SIMPLE) or not isinstance(last, SIMPLE):
        return None
    if kind == "since":
        return since(first)
    if kind != "range":
        return Open.model_validate({"side": kind, "of": first})
    try:
        return Range(first=first, last=last)
    except ValidationError:
        return since(first)


def _one_word(left: str, right: str) -> bool:
    """Whether two characters side by side belong to one number or one English word."""
    if left in NUMERALS and right in NUMERALS:
        return True
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _cut_date(text: str, end: int) -> bool:
    """Whether a date goes on there: the month of 2026-13-45 is none."""
    return text[end - 1].isdigit() and CUT_DATE.match(text, end) is not None


def _with_gloss(text: str, found: Found) -> Found:
    gloss = GLOSS.match(text, found.end)
    return Found(found.start, gloss.end(), found.period) if gloss else found


def _longest(told: Iterable[Found], shields: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Those that stand inside no longer one, and inside or across no shield."""
    longest = (-1, -1)
    for found in sorted(told, key=lambda each: (each.start, -each.end)):
        if found.end <= longest[1] and (found.start, found.end) != longest:
            continue
        longest = max(longest, (found.start, found.end), key=lambda span: span[1])
        if not any(_shielded(found, shield) for shield in shields):
            yield found


def _shielded(found: Found, shield: tuple[int, int]) -> bool:
    start, end = shield
    inside = found.start <= start and end <= found.end and (found.start, found.end) != shield
    return found.start < end and start < found.end and not inside

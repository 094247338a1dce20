"""Periods in a question, in Chinese and English, each with its place.

The lexicon's forms give simple periods, which are then joined: a range, since, until. What stands inside a longer
reading is left out; readings that only overlap, or that fit the same words equally well, are all given.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Generic, TypeVar, get_args

from pydantic import ValidationError

from agent.understand import loose as loosely
from agent.understand.loose import Before, Edge, Loose
from agent.understand.readers import READERS, SIMPLE, unit_told
from agent.understand.slots import time_slots
from agent.understand.spelled import (
    Beside,
    Filled,
    Memo,
    Spelled,
    Trie,
    ends,
    first_characters,
    last_characters,
    one_word,
    starts,
)
from agent.understand.years import in_year_after, in_year_of, turns_the_year
from warehouse.calendar import Calendar
from warehouse.days import Grain, Unit
from warehouse.lexicon.form import Form, any_of
from warehouse.lexicon.lexicon import lexicon
from warehouse.period import Period
from warehouse.text import LANGUAGES

WHOLE: Mapping[str, Unit] = {f"whole_{unit}": unit for unit in get_args(Grain)}
JOINS = ("range", "since", "after", "until", "until_end", "before", "whole", *WHOLE)
GLOSS = re.compile(r"\s?\(\d{4}-\d\d-\d\d(?:\s?\S{1,2}\s?\d{4}-\d\d-\d\d)?\)")
CUT_DATE = re.compile(r"[-/.]\d{1,2}(?!\d)")
REACH = 24
SHIELD = "shield"
Names = frozenset[tuple[int, int]]
NO_NAMES: Names = frozenset()


Time_co = TypeVar("Time_co", covariant=True)


@dataclass(frozen=True)
class Found(Generic[Time_co]):
    """A time, and its place in the normalised text."""

    start: int
    end: int
    period: Time_co


_Told = Found[Period | Loose]


@dataclass(frozen=True)
class _Reading:
    """A simple period, and whether it may stand without being joined to another."""

    found: _Told
    alone: bool


def find(text: str, calendar: Calendar, names: Names = NO_NAMES) -> list[Found[Period]]:
    """The periods in a normalised text (NFKC, lower case), in order of place.

    `names` are where names of the shop stand: what would be part of another word beside a period is not, if named.
    """
    return _periods(_read(text, calendar, names)[0])


def inside(text: str, calendar: Calendar, names: Names = NO_NAMES) -> list[Found[Period]]:
    """The periods inside a longer one, whose other part may be another word's; none of what is joined.

    A name that ends in a word that joins may be told with it or without it: since | last year, since last year.
    """
    return _periods(_read(text, calendar, names)[1])


def _periods(told: Iterable[_Told]) -> list[Found[Period]]:
    return [Found(each.start, each.end, each.period) for each in told if not isinstance(each.period, Loose)]


def loose(text: str, calendar: Calendar, names: Names = NO_NAMES) -> list[Found[Loose]]:
    """The times in a normalised text that name no days by themselves, in order of place, none inside a period."""
    return [
        Found(each.start, each.end, each.period)
        for each in _read(text, calendar, names)[0]
        if isinstance(each.period, Loose)
    ]


@lru_cache(maxsize=4)
def _read(text: str, calendar: Calendar, names: Names) -> tuple[tuple[_Told, ...], tuple[_Told, ...]]:
    """Every time in the text, periods and loose ones: those inside no longer one, and the others."""
    grammar = _grammar(calendar)
    text = text.replace("’", "'")
    matches = {match: match.reading(text) for match in grammar.matches(text, names)}
    readings = list(dict.fromkeys(reading for reading in matches.values() if reading))
    places = defaultdict(list)
    for reading in readings:
        places[reading.found.start].append(reading.found)
    simple = [each.found for each in readings if isinstance(each.found.period, (*SIMPLE, Edge))]
    joined = [
        found
        for first in simple
        for join in grammar.joins_before(text[first.end : first.end + 1])
        for found in join.found(text, first, places)
    ]
    told = dict.fromkeys((*(each.found for each in readings if each.alone), *joined))
    shields = [(match.start, match.end) for match, reading in matches.items() if reading is None]
    glossed = [_with_gloss(text, each) for each in told]
    longest = list(_longest(glossed))
    outer = [each for each in longest if _clear(each, shields)]
    whole = [(each.start, each.end) for each in outer if isinstance(each.period, Loose) or each in joined]
    inner = (each for each in glossed if each not in longest and _clear(each, [*shields, *whole]))
    return tuple(_with_years(text, [each for each in outer if not _leans(each, outer)])), tuple(inner)


@dataclass(frozen=True, eq=False)
class _Pattern:
    """One form as it is read."""

    kind: str
    form: Form
    guards: Mapping[str, str]

    @cached_property
    def not_before(self) -> re.Pattern[str] | None:
        """What may not follow it."""
        return re.compile("|".join(self.form.not_before)) if self.form.not_before else None

    @cached_property
    def alone_after(self) -> re.Pattern[str] | None:
        """What must stand before it where it stands alone."""
        words = self.form.alone_after
        return re.compile(rf"(?<![a-z])(?:{any_of(words)})\s+$") if words else None

    def fits(self, text: str, start: int, end: int, names: Names) -> bool:
        """Whether it stands there as words of its own; beside a name it does."""
        before = text[start - 1 : start]
        guarded = before and (before in self.guards.get(text[start], "") or before in self.form.not_after)
        if guarded and not any(start == name for _, name in names):
            return False
        if self.form.apart and before.isalnum():
            return False
        if end < len(text) and (one_word(text[end - 1], text[end]) or _cut_date(text, end)):
            return False
        guard = self.not_before.match(text, end) if self.not_before else None
        return guard is None or (guard.end() > end and any(end == name for name, _ in names))

    def alone(self, text: str, start: int, end: int) -> bool:
        """Whether it may stand there without being joined to another."""
        if self.alone_after is None or (self.form.unsure and text[start:end] not in self.form.unsure):
            return True
        return self.alone_after.search(text[max(0, start - REACH) : start]) is not None


@dataclass(frozen=True, eq=False)
class _Match:
    """A form in its place, with what fills its slots."""

    pattern: _Pattern
    start: int
    end: int
    filled: Filled

    def reading(self, text: str) -> _Reading | None:
        """The period that it names; None where it only looks like one: a shield, a February 30."""
        read = ALL_READERS.get(self.pattern.kind)
        if read is None or None in self.filled.values():
            return None
        try:
            period = read(self.filled)
        except ValidationError:
            return None
        if period is None:
            return None
        return _Reading(_Told(self.start, self.end, period), self.pattern.alone(text, self.start, self.end))


@dataclass(frozen=True, eq=False)
class _Join:
    """A form that joins simple periods: what stands before the first, between the two, after the last."""

    kind: str
    pattern: _Pattern
    before: Sequence[Beside]
    between: Sequence[Beside] | None
    after: Sequence[Beside]

    def found(self, text: str, first: _Told, places: Mapping[int, list[_Told]]) -> Iterator[_Told]:
        """The joined periods that begin with one."""
        if self._before and text[first.start - 1 : first.start] not in self._before:
            return
        start = min(starts(self.before, text, first.start), default=None)
        if start is None or (self.before and start and _begins_no_word(text[start - 1], text[start])):
            return
        for last in self._lasts(text, first, places):
            for end in ends(self.after, text, last.end):
                if self._fits(text, last.end, end):
                    period = _joined(self.kind, first.period, last.period)
                    if period is not None:
                        yield _Told(start, end, period)

    @cached_property
    def _before(self) -> frozenset[str]:
        """The characters one of which stands just before the first period; none where nothing need."""
        return last_characters(self.before)

    @cached_property
    def follows(self) -> frozenset[str]:
        """The characters one of which stands just after the first period; none where nothing need."""
        return first_characters(self.after if self.between is None else self.between)

    def _fits(self, text: str, start: int, end: int) -> bool:
        """Whether the words after the last period stand there by themselves."""
        if end > start and one_word(text[end - 1], text[end : end + 1]):
            return False
        return self.pattern.not_before is None or self.pattern.not_before.match(text, end) is None

    def _lasts(self, text: str, first: _Told, places: Mapping[int, list[_Told]]) -> Iterable[_Told]:
        if self.between is None:
            return (first,)
        return [last for end in ends(self.between, text, first.end) for last in places.get(end, ())]


@dataclass(frozen=True)
class _Grammar:
    """All forms, ready for one calendar's words."""

    forms: Trie[_Pattern]
    joins: tuple[_Join, ...]

    @cached_property
    def _joins(self) -> Mapping[str, Sequence[_Join]]:
        return {
            character: [join for join in self.joins if not join.follows or character in join.follows]
            for character in frozenset("").union(*(join.follows for join in self.joins))
        }

    @cached_property
    def _opening(self) -> Sequence[_Join]:
        return [join for join in self.joins if not join.follows]

    def joins_before(self, character: str) -> Sequence[_Join]:
        """The joins that may go on with that character after their first period."""
        return self._joins.get(character, self._opening)

    def matches(self, text: str, names: Names) -> Iterator[_Match]:
        """Every form in every place."""
        before, memo = "", Memo()
        for start, character in enumerate(text):
            if not (before and one_word(before, character)):
                for pattern, end, filled in self.forms.found(text, start, memo):
                    if pattern.fits(text, start, end, names):
                        yield _Match(pattern, start, end, filled)
            before = character


@lru_cache(maxsize=8)
def _grammar(calendar: Calendar) -> _Grammar:
    trie: Trie[_Pattern] = Trie()
    joins: list[_Join] = []
    for language in LANGUAGES:
        words = lexicon(language).time
        reading = Spelled(language, words.words, time_slots(words, language, calendar))
        forms = [(kind, form) for kind in ALL_READERS for form in words.forms.get(kind, ())]
        for kind, form in (*forms, *((SHIELD, form) for form in words.shields)):
            pattern = _Pattern(kind, form, words.guards)
            for pieces in reading.pieces(form):
                trie.add(pattern, pieces)
        for kind in JOINS:
            joins += (_join(kind, form, each) for form in words.forms.get(kind, ()) for each in reading.around(form))
    return _Grammar(trie, tuple(joins))


def _join(kind: str, form: Form, parts: Sequence[Sequence[Beside]]) -> _Join:
    before, *between, after = parts
    return _Join(kind, _Pattern(kind, form, {}), before, between[0] if between else None, after)


def _joined(kind: str, first: Period | Loose, last: Period | Loose) -> Period | None:
    if kind in WHOLE or kind == "whole":
        one = first if isinstance(first, SIMPLE) else None
        return one if one is not None and (kind == "whole" or unit_told(one) == WHOLE[kind]) else None
    return loosely.joined(kind, first, last)


def _cut_date(text: str, end: int) -> bool:
    """Whether a date goes on there: the month of 2026-13-45 is none."""
    return text[end - 1].isdigit() and CUT_DATE.match(text, end) is not None


def _with_gloss(text: str, found: _Told) -> _Told:
    gloss = GLOSS.match(text, found.end)
    return _Told(found.start, gloss.end(), found.period) if gloss else found


def _longest(told: Iterable[_Told]) -> Iterator[_Told]:
    """Those that stand inside no longer one."""
    longest = (-1, -1)
    for found in sorted(told, key=lambda each: (each.start, -each.end)):
        if found.end > longest[1] or (found.start, found.end) == longest:
            longest = max(longest, (found.start, found.end), key=lambda span: span[1])
            yield found


def _leans(found: _Told, told: Sequence[_Told]) -> bool:
    """Whether it is some days before a period just told, and not before the one asked about: 春节前一周."""
    return isinstance(found.period, Before) and any(each.end == found.start for each in told)


def _with_years(text: str, told: Sequence[_Told]) -> Iterator[_Told]:
    """Periods side by side share the year that one tells."""
    for at, found in enumerate(told):
        before, after = told[at - 1] if at else None, told[at + 1] if at + 1 < len(told) else None
        period = in_year_of(found.period, before.period) if before and _tied(text, before, found) else None
        if period is None and after is not None and _tied(text, found, after):
            compared = _tied(text, found, after, ("tie_compared",))
            alike = text[found.start].isascii() and not (compared and turns_the_year(found.period, after.period))
            period = in_year_after(found.period, after.period, alike=alike)
        yield _Told(found.start, found.end, period) if period is not None else found


def _tied(text: str, first: _Told, last: _Told, kinds: tuple[str, ...] = ("tie", "tie_compared")) -> bool:
    return _ties(kinds).fullmatch(text, first.end, last.start) is not None


@cache
def _ties(kinds: tuple[str, ...]) -> re.Pattern[str]:
    words = [word for language in LANGUAGES for kind in kinds for word in lexicon(language).time.words[kind]]
    return re.compile(rf"\s?(?:{any_of(words)})\s?")


def _begins_no_word(before: str, first: str) -> bool:
    """Whether a character is inside a word, or the second of two words that a hyphen makes one: sell-through."""
    return one_word(before, first) or (before == "-" and first.isascii())


def _clear(found: _Told, shields: Sequence[tuple[int, int]]) -> bool:
    """Whether it stands inside and across no shield."""
    start, end = found.start, found.end
    return all(last <= start or end <= first or start <= first <= last <= end for first, last in shields)


ALL_READERS: Mapping[str, Callable[[Filled], Period | Loose | None]] = {**READERS, **loosely.READERS}

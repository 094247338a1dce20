"""Quantities in a question: numbers with their comparing words and units, each with its place.

What a comparing word says is kept as bounds: 3次以上 is at least 3 times, 18到24岁 between 18 and 24 years. A number
that nobody can tell exactly (几百, 十几个, 3000多元) is none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pydantic import ValidationError

from agent.understand import clock
from agent.understand.amounts import HUNDRED, POINTS, RATIO, THINGS, Amount, Amounts, Units, amounts
from agent.understand.phrases import Phrases, Place, either
from warehouse.lexicon.form import any_of
from warehouse.lexicon.lexicon import Comparator, lexicon
from warehouse.query import Bounds, Number
from warehouse.text import LANGUAGES

ENDS: Mapping[Comparator, tuple[str, ...]] = {
    ">=": ("at_least",),
    ">": ("more_than",),
    "<=": ("at_most",),
    "<": ("less_than",),
    "=": ("at_least", "at_most"),
}
LOWER = frozenset({"at_least", "more_than"})
LENGTHS = frozenset({"days", "weeks", "months", "quarters", "years", "years_long", "seconds"})
COUNTLESS = frozenset({THINGS, "people", None})
CHAIN = re.compile(r"\s?[-~–—/]\s?\d")
REACH = 12


@dataclass(frozen=True)
class Quantity:
    """A range of numbers in a unit; `bare` where a number is told with no comparing word."""

    bounds: Bounds
    unit: str | None
    bare: bool


@dataclass(frozen=True)
class FoundQuantity:
    """A quantity and its place in the normalised text; `named` where its unit stands before it: aged over 30."""

    start: int
    end: int
    quantity: Quantity
    named: bool = False


def find(text: str, units: Units = frozenset(), begun: frozenset[int] = frozenset()) -> list[FoundQuantity]:
    """The quantities in a normalised text (NFKC, lower case), in order of place.

    `units` are the model's own nouns and units, each as it is written and as it is called here; names begin at `begun`.
    """
    times = clock.find(text)
    told = [
        FoundQuantity(each.start, each.end, Quantity(each.bounds, each.unit, each.bare))
        for each in times
        if each.bounds is not None
    ]
    counted = _comparing(units).read(text, [(each.start, each.end) for each in times], begun)
    return sorted((*told, *counted), key=lambda each: (each.start, each.end))


def ago(text: str, number: FoundQuantity) -> int | None:
    """Where it ends that a length of time is told to be ago: 30天前, more than 60 days ago."""
    if number.quantity.unit not in LENGTHS:
        return None
    place = _comparing(frozenset()).ago.at(text, number.end)
    return place.end if place is not None else None


@dataclass(frozen=True)
class _Comparing:
    """The comparing words of both languages."""

    amounts: Amounts
    before: Phrases[Comparator]
    after: Phrases[Comparator]
    opening: Phrases[None]
    joined: re.Pattern[str]
    within: re.Pattern[str]
    closing: re.Pattern[str]
    join: re.Pattern[str]
    negated: re.Pattern[str]
    unequal: re.Pattern[str]
    unless_followed: Mapping[str, re.Pattern[str]]
    ages: Mapping[str, str]
    superlatives: frozenset[str]
    during: frozenset[str]
    ago: Phrases[None]

    def read(self, text: str, taken: Sequence[tuple[int, int]], begun: frozenset[int]) -> list[FoundQuantity]:
        """The quantities in the text, none within the places taken."""
        counted = self.amounts.find(text, taken, begun)
        return list(self._merged(text, list(self._found(text, counted)))) if counted else []

    def _found(self, text: str, counted: Sequence[Amount]) -> Iterator[FoundQuantity]:
        before, opening = self.before.ends(text), self.opening.ends(text)
        taken = -1
        for at, amount in enumerate(counted):
            if amount.start < taken:
                continue
            following = counted[at + 1] if at + 1 < len(counted) else None
            found = self._range(text, amount, following, opening) or self._single(text, amount, before)
            if found is not None:
                taken = found.end
                yield found

    def _range(
        self, text: str, low: Amount, high: Amount | None, opening: Mapping[int, Place[None]]
    ) -> FoundQuantity | None:
        """Two numbers joined: both ends are in."""
        if high is None or low.ranked or high.ranked or self.joined.fullmatch(text, low.end, high.start) is None:
            return None
        if CHAIN.match(text, high.end) or text[max(0, low.start - 1) : low.start] in {"-", "/"}:
            return None
        end, unit = high.whole
        first, closed = opening.get(low.start), self.closing.match(text, end)
        if self.within.fullmatch(text, low.end, high.start) and not (closed or (first and first.word == "between")):
            return None
        bounds = _between(low, high)
        if bounds is None:
            return None
        start = first.start if first else low.start
        named = self.amounts.named(text, start)
        if named is not None and (unit or low.unit) in {None, named.worth}:
            start, unit = named.start, named.worth
        return FoundQuantity(start, closed.end() if closed else end, Quantity(bounds, unit or low.unit, bare=False))

    def _single(self, text: str, amount: Amount, before: Mapping[int, Place[Comparator]]) -> FoundQuantity | None:
        """One number, with the comparing word before or after it; None where what it says cannot be kept."""
        if amount.ranked:
            return _bare(amount)
        if self.unequal.search(text, max(0, amount.start - REACH), amount.start):
            return None
        place = before.get(amount.start)
        if place is not None and self._compares(text, place, amount):
            if self.negated.search(text, max(0, place.start - REACH), place.start):
                return None
            return self._compared(amount, place, amount.whole, self.amounts.named(text, place.start))
        return self._told_after(text, amount) or _bare(amount)

    def _compares(self, text: str, place: Place[Comparator], amount: Amount) -> bool:
        """Whether the word before a number compares it: the most goods do not, at most 3 times do."""
        if place.word in self.superlatives and amount.whole[1] in COUNTLESS:
            return False
        if place.word in self.during and amount.unit in LENGTHS:
            return False
        unless = self.unless_followed.get(place.word)
        return unless is None or unless.match(text, amount.end) is None

    def _told_after(self, text: str, amount: Amount) -> FoundQuantity | None:
        """3次以上, 5 or more times."""
        for end, unit in dict.fromkeys((amount.whole, (amount.end, amount.unit))):
            place = self.after.at(text, end)
            unless = self.unless_followed.get(place.word) if place else None
            if place is None or (unless and unless.match(text, place.end)):
                continue
            later = self.amounts.unit(text, place.end) if unit is None else None
            whole = later or (place.end, unit)
            return self._compared(amount, place, whole, None)
        return None

    def _compared(
        self, amount: Amount, place: Place[Comparator], whole: tuple[int, str | None], named: Place[str] | None
    ) -> FoundQuantity | None:
        """A number with its comparing word; `named` is a unit told before both: aged over 30."""
        end, unit = whole
        start = min(amount.start, place.start)
        if named is not None and unit in {None, named.worth}:
            start, unit = named.start, named.worth
        unit = unit or self.ages.get(place.word)
        value = _value(amount.value, unit)
        found = _found(start, max(end, place.end), dict.fromkeys(ENDS[place.worth], value), unit, bare=False)
        return found and replace(found, named=start < min(amount.start, place.start))

    def _merged(self, text: str, found: Sequence[FoundQuantity]) -> Iterator[FoundQuantity]:
        """Two ends side by side make one range: 超过200元且至多1,000元."""
        at = 0
        while at < len(found):
            one = found[at]
            other = found[at + 1] if at + 1 < len(found) else None
            both = _both(one, other) if other and self.join.fullmatch(text, one.end, other.start) else None
            yield both or one
            at += 2 if both else 1


def _both(one: FoundQuantity, other: FoundQuantity) -> FoundQuantity | None:
    """A lower and an upper end as one range; None where they are not, or of other units, or leave no number."""
    first, second = one.quantity, other.quantity
    if first.bare or second.bare or (first.unit != second.unit and None not in {first.unit, second.unit}):
        return None
    if other.named and first.unit is None:  # a number of something else
        return None
    ends = [each.bounds.model_dump(exclude_none=True) for each in (first, second)]
    if any(len(each) != 1 for each in ends) or len({next(iter(each)) in LOWER for each in ends}) == 1:
        return None
    return _found(one.start, other.end, ends[0] | ends[1], first.unit or second.unit, bare=False)


def _bare(amount: Amount) -> FoundQuantity | None:
    """A number with no comparing word; of a length of time, which may be counted as things, the number alone."""
    if amount.counter is not None:
        return _found(
            amount.start, amount.counter, dict.fromkeys(ENDS["="], _value(amount.told, None)), None, bare=True
        )
    value = _value(amount.value, amount.unit)
    return _found(amount.start, amount.end, dict.fromkeys(ENDS["="], value), amount.unit, bare=True)


def _between(low: Amount, high: Amount) -> Bounds | None:
    """Both ends in; the lower one has the unit and the scale of the higher one where it tells none: 3到5万, 10-20%."""
    unit = high.whole[1] or low.unit
    if low.unit not in {None, unit}:
        return None
    first, second = low.value, high.value
    if unit == RATIO and low.unit is None:
        first /= HUNDRED
    elif low.unit is None and low.scale == 1 and first * high.scale < second:
        first *= high.scale
    return _bounds({"at_least": _value(first, unit), "at_most": _value(second, unit)})


def _found(start: int, end: int, ends: Mapping[str, Number], unit: str | None, *, bare: bool) -> FoundQuantity | None:
    bounds = _bounds(ends)
    return FoundQuantity(start, end, Quantity(bounds, unit, bare)) if bounds else None


def _bounds(ends: Mapping[str, Number]) -> Bounds | None:
    try:
        return Bounds(**ends)
    except ValidationError:
        return None


def _value(value: Decimal, unit: str | None) -> Number:
    """A plain number; points of a percentage are a fraction."""
    exactly = value / HUNDRED if unit == POINTS else value
    return int(exactly) if exactly == exactly.to_integral_value() else float(exactly)


@lru_cache(maxsize=64)
def _comparing(units: Units) -> _Comparing:
    words = [lexicon(language).quantities for language in LANGUAGES]
    told = {op: [lexicon(language).comparators[op] for language in LANGUAGES] for op in (*ENDS, "between")}
    between = told["between"]
    joined = [word for each in between for word in each.joined]
    within = [word for each in words for word in each.within]
    return _Comparing(
        amounts=amounts(units),
        before=Phrases({word: op for op in ENDS for each in told[op] for word in each.before}),
        after=Phrases({word: op for op in ENDS for each in told[op] for word in each.after}),
        opening=Phrases({word: None for each in between for word in each.before}),
        joined=re.compile(rf"\s?(?:{any_of(joined)})\s?"),
        within=re.compile(rf"\s?(?:{any_of(within)})\s?"),
        closing=re.compile(rf"\s?{either(word for each in between for word in each.after)}"),
        join=re.compile(rf"\s?(?:{any_of(word for each in words for word in each.join)})?\s?"),
        negated=re.compile(rf"(?:{any_of(word for each in words for word in each.never_before)})\s?$"),
        unequal=re.compile(rf"(?:{any_of(word for each in words for word in each.unequal)})\s?$"),
        unless_followed={
            word: re.compile(rf"\s?(?:{guard})") for each in words for word, guard in each.unless_followed.items()
        },
        ages={word: unit for each in words for word, unit in each.ages.items()},
        superlatives=frozenset(word for each in words for word in each.superlatives),
        during=frozenset(word for each in words for word in each.during),
        ago=Phrases(dict.fromkeys(word for each in words for word in each.ago)),
    )

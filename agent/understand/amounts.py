"""Numbers with their units: 200元, ¥200, 5 different days, aged 30."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agent.understand import numbers
from agent.understand.phrases import Phrases, Place, either
from warehouse.lexicon.form import any_of
from warehouse.lexicon.lexicon import QuantityWords, lexicon
from warehouse.query import LARGEST
from warehouse.text import LANGUAGES

Units = frozenset[tuple[str, str]]
Worth = tuple[str, int]

RATIO, POINTS, TIMES, SECONDS, THINGS = "ratio", "pp", "times", "seconds", "things"
HUNDRED = 100
REACH = 16
NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Amount:
    """A number with its unit, in its place.

    `told` is the number as it is written, which a length of time turns into seconds. `noun` is where a noun of the
    model after it ends, and what it is called; it counts where the number is compared. A `ranked` one only counts
    places: top 10. `counter` is where what counts things ends before a length of time, which may be things
    too: the 5个 of 5个小时.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    told: Decimal = Decimal(0)
    scale: int = 1
    noun: tuple[int, str] | None = None
    ranked: bool = False
    counter: int | None = None

    @property
    def whole(self) -> tuple[int, str | None]:
        """Where it ends with its noun, and its unit then."""
        return self.noun or (self.end, self.unit)


@dataclass(frozen=True)
class Amounts:
    """The words around the numbers of both languages."""

    before: Phrases[str]
    after: Phrases[Worth]
    nouns: Phrases[str]
    told: Phrases[int]
    not_before: Mapping[str, re.Pattern[str]]
    modifiers: re.Pattern[str]
    ranks: re.Pattern[str]
    vague_before: re.Pattern[str]
    vague_after: re.Pattern[str]
    scales: re.Pattern[str]
    scale_worth: Mapping[str, int]

    def find(self, text: str, taken: Sequence[tuple[int, int]], begun: frozenset[int] = NOWHERE) -> list[Amount]:
        """The numbers in the text with their units, none within the places taken; those too large are left out.

        What counts things does so before a name, which begins at a place of `begun`: 2个性别.
        """
        before = self.before.ends(text)
        counted = (
            self._amount(text, found, before, begun)
            for found in numbers.find(text)
            if not any(start < found.end and found.start < end for start, end in taken)
        )
        told = (Amount(each.start, each.end, Decimal(each.worth), TIMES) for each in self.told.all(text))
        known = [each for each in (*counted, *told) if each is not None and abs(each.value) <= LARGEST]
        return sorted(known, key=lambda each: each.start)

    def _amount(
        self, text: str, found: numbers.FoundNumber, before: Mapping[int, Place[str]], begun: frozenset[int]
    ) -> Amount | None:
        """A number with its unit; None where it is vague."""
        head = text[max(0, found.start - REACH) : found.start]
        if self.vague_before.search(head + text[found.start : found.start + 1]) or self.vague_after.match(
            text, found.end
        ):
            return None
        value, start, ranked = found.number.value, found.start, bool(self.ranks.search(head))
        symbol = before.get(start)
        if symbol is not None:
            start = symbol.start
            if text[start - 1 : start] == "-" and not text[max(0, start - 2) : start - 1].isalnum():
                start, value = start - 1, -value
        after = None if found.number.percent else self._unit(text, found.end, begun, ranked=ranked)
        if after is not None and self.vague_after.match(text, after.end):
            return None
        told = symbol.worth if symbol is not None else None
        unit, worth = (RATIO, 1) if found.number.percent else after.worth if after else (told, 1)
        return Amount(
            start=start,
            end=after.end if after else found.end,
            value=value * worth,
            unit=unit,
            told=value,
            scale=self._scale(text[found.start : found.end]),
            noun=None if ranked else self._noun(text, found.end, after),
            ranked=ranked,
            counter=self._counter(text, found.end) if unit == SECONDS else None,
        )

    def _unit(self, text: str, at: int, begun: frozenset[int] = NOWHERE, *, ranked: bool) -> Place[Worth] | None:
        """The unit after a number; a ranked one has only what counts things, since a noun may be what is ranked."""
        gap = self.modifiers.match(text, at)
        place = self.after.at(text, gap.end() if gap else at)
        if place is None or (ranked and (place.worth[0] != THINGS)):
            return None
        guard = self.not_before.get(place.word)
        named = place.worth[0] == THINGS and place.end in begun
        return None if guard and not named and guard.match(text, place.end) else place

    def _counter(self, text: str, at: int) -> int:
        """Where the shortest word for things ends that stands there."""
        at += text[at : at + 1] == " "
        word = text[at : at + 1]
        return at + 1 if self.after.worth.get(word) == (THINGS, 1) else at

    def unit(self, text: str, at: int) -> tuple[int, str] | None:
        """Where the unit or noun that stands there ends, and what it is called: times after 5 or more."""
        unit = self._unit(text, at, ranked=False)
        return self._noun(text, at, unit) or ((unit.end, unit.worth[0]) if unit and unit.worth[1] == 1 else None)

    def named(self, text: str, end: int) -> Place[str] | None:
        """The unit told just before a place: aged, before over 30."""
        start = max(0, end - REACH)
        place = self.before.ends(text[start:end]).get(end - start)
        return place and Place(start + place.start, start + place.end, place.word, place.worth)

    def _noun(self, text: str, at: int, unit: Place[Worth] | None) -> tuple[int, str] | None:
        gap = self.modifiers.match(text, at)
        for start in dict.fromkeys(([unit.end] if unit else []) + [gap.end() if gap else at]):
            place = self.nouns.at(text, start)
            if place is not None and (unit is None or place.end > unit.end):
                return place.end, place.worth
        return None

    def _scale(self, number: str) -> int:
        """What the number's last word multiplies by: 10,000 in 3万."""
        match = self.scales.search(number)
        return self.scale_worth[match[0]] if match else 1


@lru_cache(maxsize=64)
def amounts(units: Units) -> Amounts:
    """The words around numbers, beside a model's own nouns and units."""
    words = [lexicon(language).quantities for language in LANGUAGES]
    scales = _scales()
    surfaces = [
        (surface, unit, each) for every in words for unit, each in every.units.items() for surface in each.after
    ]
    return Amounts(
        before=Phrases(
            {surface: unit for each in words for unit, every in each.units.items() for surface in every.before}
        ),
        after=Phrases({surface: (unit, 1) for surface, unit, _ in surfaces} | _seconds(words)),
        nouns=Phrases(dict(units)),
        told=Phrases({word: n for each in words for word, n in each.told.items()}),
        not_before={surface: re.compile(each.not_before) for surface, _, each in surfaces if each.not_before},
        modifiers=re.compile(rf"[\s-]?(?:{any_of(word for each in words for word in each.modifiers)}\s)?"),
        ranks=re.compile(rf"(?:{either(word for each in words for word in each.ranks)})\s?$"),
        vague_before=re.compile(rf"(?:{'|'.join(word for each in words for word in each.vague_before)})\s?.$"),
        vague_after=re.compile(rf"\s?(?:{'|'.join(word for each in words for word in each.vague_after)})"),
        scales=re.compile(rf"(?:{any_of(scales)})$"),
        scale_worth=scales,
    )


def _seconds(words: Sequence[QuantityWords]) -> dict[str, Worth]:
    return {word: (SECONDS, worth) for each in words for word, worth in each.seconds.items()}


def _scales() -> dict[str, int]:
    """The words that multiply a number by a hundred or more."""
    told = [lexicon(language).numbers for language in LANGUAGES]
    scales = {word: worth for each in told for word, worth in (*each.scales.items(), *each.suffixes.items())}
    return {word: worth for word, worth in scales.items() if worth >= HUNDRED}

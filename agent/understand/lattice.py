"""Everything that the stretches of a question may mean, overlaps included."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from agent.understand import births, periods, quantities
from agent.understand.deeds import Parted
from agent.understand.mentions import Born, Dimension, Loosely, Mention, Quoted, Vague, Value, When, Word
from agent.understand.namesakes import Namesakes, needs_name
from agent.understand.second_look import SecondLook
from agent.understand.value_index import ValueIndex
from agent.understand.vocabulary import Vocabulary
from agent.understand.words import Words, normal
from warehouse.days import Span
from warehouse.errors import QueryError
from warehouse.garbage import uncollected
from warehouse.period import Period
from warehouse.warehouse import Reading

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
QUOTED = re.compile(r"“((?:““|””|[^“”])+)”(?!”)|\"([^\"]{1,80})\"|「([^「」]{1,80})」")
UNITS = frozenset({"day", "week", "month"})  # that an average may be over


class Lattice:
    """Finds the mentions of one reading of the data."""

    @uncollected()
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._vocabulary = Vocabulary(reading.model)
        self._values = ValueIndex(reading)
        self._namesakes = Namesakes(reading)
        self._parted = Parted(reading.model)

    @cached_property
    def second_look(self) -> SecondLook:
        """What unknown stretches may nearly be."""
        return SecondLook(self._vocabulary, self._values)

    @property
    def values(self) -> ValueIndex:
        """The values of the data."""
        return self._values

    def mentions(self, words: Words) -> list[Mention]:
        """All mentions, in no order."""
        known = list(self._vocabulary.found(words.text))
        known = [each for each in known if not _of_what_told(each, known, words.text)]
        named = _named(known)
        known += [*self._told_values(words.text, named), *self._recognised(words)]
        return [*known, *self._parted.found(words.text, known)]

    def _told_values(self, text: str, named: set[str]) -> Iterator[Mention]:
        """Values as what a bare name means, and of every dimension that the question names."""
        homes: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for found in self._values.found(text):
            homes.setdefault((found.start, found.end), []).append((found.dimension, found.value))
        for (start, end), each in homes.items():
            bare = () if needs_name(text[start:end]) else self._namesakes.plain(each)
            asked = [home for home in each if home[0] in named]
            for dimension, value in (
                asked if asked and not self._of_people(text, end) else dict.fromkeys((*asked, *bare))
            ):
                yield Mention(start, end, Value(dimension, value))

    def _of_people(self, text: str, end: int) -> bool:
        """Whether a word for people follows: they are told by what they are, whatever else is cut by that name."""
        words = self._reading.model.customer.words
        return text[end:].lstrip(" 的").startswith(tuple(normal(each) for each in (*words.zh, *words.en)))

    def _recognised(self, words: Words) -> Iterator[Mention]:
        calendar = self._reading.model.calendar
        for born in births.find(words.text):
            yield Mention(born.start, born.end, Born(born.bounds))
        dated = [(each.start, each.end) for each in periods.find(words.text, calendar)]
        for found in periods.find(words.text, calendar):
            if _gloss_holds(words.text[found.start : found.end], found.period, self._reading):
                yield Mention(found.start, found.end, When(found.period))
        for loose in periods.loose(words.text, calendar):
            yield Mention(loose.start, loose.end, Loosely(loose.loose))
        for number in quantities.find(words.text):
            if not any(start <= number.start and number.end <= end for start, end in dated):
                yield Mention(number.start, number.end, number.quantity)
        for quoted in QUOTED.finditer(words.text):
            start, end = next(quoted.span(group) for group in (1, 2, 3) if quoted[group] is not None)
            told = words.told(start, end).replace("““", "“").replace("””", "”")
            yield Mention(quoted.start(), quoted.end(), Quoted(told))
            for dimension, value in self._namesakes.plain(self._values.homes(told)):
                yield Mention(quoted.start(), quoted.end(), Value(dimension, value))


def _of_what_told(vague: Mention, known: Sequence[Mention], text: str) -> bool:
    """Whether an average of what is unclear is told with what it is of: average revenue per day."""
    if not isinstance(vague.meaning, Vague):
        return False
    means = [(each, each.meaning.get("mean")) for each in known if isinstance(each.meaning, Word)]
    averages = any(vague.start <= each.start and each.end <= vague.end for each, over in means if over)
    return averages and any(
        each.start >= vague.end and not text[vague.end : each.start].strip() for each, over in means if over in UNITS
    )


def _named(known: Sequence[Mention]) -> set[str]:
    """The dimensions that are named, without those whose names stand inside a longer one's."""
    told = [each for each in known if isinstance(each.meaning, Dimension)]
    return {
        each.meaning.name
        for each in told
        if isinstance(each.meaning, Dimension)
        and not any(
            other.start <= each.start and each.end <= other.end and (other.start, other.end) != (each.start, each.end)
            for other in told
        )
    }


def _gloss_holds(text: str, period: Period, reading: Reading) -> bool:
    """Whether days in brackets behind a period are that period's: those of another day's answer are not."""
    _, bracket, days = text.partition("(")
    if not bracket:
        return True
    try:
        span = period.resolve(reading.as_of, reading.model.calendar)
    except QueryError:
        return False
    return glosses(days, span)


def glosses(text: str, span: Span) -> bool:
    """Whether the days told, as answers tell them, are those of the span."""
    told = ISO_DAY.findall(text)
    return told == ([str(span.start)] if span.days == 1 else [str(span.start), str(span.end)])

"""Everything that the stretches of a question may mean, overlaps included."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import NamedTuple

from agent.understand import births, labelled, periods, quantities, quotes
from agent.understand.amounts import Units
from agent.understand.deeds import Parted
from agent.understand.loose import Ago
from agent.understand.mentions import Born, Deed, Dimension, Loosely, Mention, Quoted, Vague, Value, When, Word
from agent.understand.namesakes import Namesakes
from agent.understand.second_look import SecondLook
from agent.understand.told_once import ToldOnce
from agent.understand.value_index import ValueIndex
from agent.understand.vocabulary import Vocabulary
from agent.understand.words import Words, normal
from warehouse.days import Span
from warehouse.errors import QueryError
from warehouse.garbage import uncollected
from warehouse.named import NotBegun
from warehouse.period import Period
from warehouse.warehouse import Reading

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
UNITS = frozenset({"day", "week", "month"})  # that an average may be over


class Told(NamedTuple):
    """A stretch that may be values, each of its dimension; `quoted` is the text where it stands in quotes."""

    start: int
    end: int
    homes: tuple[tuple[str, str], ...]
    quoted: str | None


class Lattice:
    """Finds the mentions of one reading of the data."""

    @uncollected()
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        with ThreadPoolExecutor(1) as beside:  # the engine looks for values while words are made ready
            values = beside.submit(ValueIndex, reading)
            self._vocabulary = Vocabulary(reading.model)
            self._values = values.result()
        self._namesakes = Namesakes(reading)
        self._parted = Parted(reading.model)
        self._told_once = ToldOnce(self._vocabulary, reading)

    @cached_property
    def second_look(self) -> SecondLook:
        """What unknown stretches may nearly be."""
        return SecondLook(self._vocabulary, self._values)

    @cached_property
    def _units(self) -> Units:
        """What the times of something done are counted in, in Chinese: 门, 晚."""
        counted = (word for each in self._reading.model.behaviours.values() for word in each.counted.zh)
        return frozenset((word, "times") for word in counted)

    @property
    def values(self) -> ValueIndex:
        """The values of the data."""
        return self._values

    def mentions(self, words: Words) -> list[Mention]:
        """All mentions, in no order."""
        known = list(self._vocabulary.found(words.text))
        cut = [each for each in known if _cuts_name(each, known) or _cuts_never(each, known)]
        known = [each for each in known if each not in cut and not _of_what_told(each, known, words.text)]
        told = [*self._bare_values(words.text), *self._quoted_values(words)]
        known = self._told_once.read(words.text, known, [(e.start, e.end, [name for name, _ in e.homes]) for e in told])
        known += list(self._values_meant(words.text, known, told))
        known += list(self._recognised(words, known))
        return [*known, *self._parted.found(words.text, known)]

    def _bare_values(self, text: str) -> Iterator[Told]:
        """Values as they are called."""
        homes: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for found in self._values.found(text):
            homes.setdefault((found.start, found.end), []).append((found.dimension, found.value))
        for (start, end), each in homes.items():
            yield Told(start, end, tuple(each), None)

    def _quoted_values(self, words: Words) -> Iterator[Told]:
        """What stands in quotes, and what values are called so."""
        for quote in quotes.find(words.text):
            text = words.told(quote.first, quote.last).replace("““", "“").replace("””", "”")
            yield Told(quote.start, quote.end, () if quote.tested else tuple(self._values.homes(text)), text)

    def _values_meant(self, text: str, known: Sequence[Mention], told: Sequence[Told]) -> Iterator[Mention]:
        """Values as what a bare name means, and of every dimension that the question names; texts that are none."""
        names = list(_names(known))
        named = {name for _, name in names}
        owners = labelled.owners(text, names, {(e.start, e.end): [name for name, _ in e.homes] for e in told})
        for each in told:
            owner = owners.get((each.start, each.end))
            asked = [home for home in each.homes if (home[0] == owner if owner else home[0] in named)]
            asked = list(self._namesakes.innermost(asked)) if len(asked) > 1 else asked
            if each.quoted is None:
                bare = (
                    () if self._namesakes.needs_name(text[each.start : each.end]) else self._namesakes.plain(each.homes)
                )
                alone = owner or (asked and not self._of_people(text, each.end))
                meant = asked if alone else list(dict.fromkeys((*asked, *bare)))
            else:
                meant = asked or list(self._namesakes.plain(each.homes))
                if not asked:
                    yield Mention(each.start, each.end, Quoted(each.quoted))
            for dimension, value in meant:
                yield Mention(each.start, each.end, Value(dimension, value))

    def _of_people(self, text: str, end: int) -> bool:
        """Whether a word for people follows: they are told by what they are, whatever else is cut by that name."""
        words = self._reading.model.customer.words
        return text[end:].lstrip(" 的").startswith(tuple(normal(each) for each in (*words.zh, *words.en)))

    def _recognised(self, words: Words, known: Sequence[Mention]) -> Iterator[Mention]:
        """Times and numbers; a name of the shop, of two characters or more, tells where they end."""
        names = frozenset((start, end) for start, end, of in known if end > start + 1 and not isinstance(of, Word))
        begun = frozenset(start for start, _ in names)
        calendar = self._reading.model.calendar
        for born in births.find(words.text):
            yield Mention(born.start, born.end, Born(born.bounds))
        dated = periods.find(words.text, calendar, names)
        for found in (*dated, *periods.inside(words.text, calendar, names)):
            if _gloss_holds(words.text[found.start : found.end], found.period, self._reading):
                yield Mention(found.start, found.end, When(found.period))
        for loose in periods.loose(words.text, calendar, names):
            yield Mention(loose.start, loose.end, Loosely(loose.period))
        for number in quantities.find(words.text, self._units, begun):
            if (end := quantities.ago(words.text, number)) is not None:
                yield Mention(number.start, end, Loosely(Ago(number.quantity)))
            if not any(each.start <= number.start and number.end <= each.end for each in dated):
                yield Mention(number.start, number.end, number.quantity)


def _of_what_told(vague: Mention, known: Sequence[Mention], text: str) -> bool:
    """Whether an average of what is unclear is told with what it is of: average revenue per day, 每位客户平均里程."""
    if not isinstance(vague.meaning, Vague):
        return False
    means = [(each, each.meaning.get("mean")) for each in known if isinstance(each.meaning, Word)]
    ends = len(text[: vague.start].rstrip())
    if any(each.end == ends and each.meaning.get("over") for each in known if isinstance(each.meaning, Word)):
        return True
    averages = any(vague.start <= each.start and each.end <= vague.end for each, over in means if over)
    return averages and any(
        each.start >= vague.end and not text[vague.end : each.start].strip() for each, over in means if over in UNITS
    )


def _cuts_name(vague: Mention, known: Sequence[Mention]) -> bool:
    """Whether what is unclear ends within a name of which no more is unclear: 的里程 in 的里程表."""
    named = (each for each in known if not isinstance(each.meaning, Vague | Word))
    return isinstance(vague.meaning, Vague) and any(vague.start < each.start < vague.end < each.end for each in named)


def _cuts_never(done: Mention, known: Sequence[Mention]) -> bool:
    """Whether what was not done begins within a word that says never: 未付 in 从未付."""
    never = (each for each in known if isinstance(each.meaning, Word) and each.meaning.get("never"))
    denied = isinstance(done.meaning, Deed) and done.meaning.negated
    return denied and any(each.start < done.start < each.end for each in never)


def _names(known: Sequence[Mention]) -> Iterator[tuple[int, str]]:
    """Where dimensions' names end, and whose each is, without those that stand inside a longer one."""
    told = [each for each in known if isinstance(each.meaning, Dimension)]
    for each in told:
        longer = (other for other in told if other.start <= each.start and each.end <= other.end)
        if isinstance(each.meaning, Dimension) and all((o.start, o.end) == (each.start, each.end) for o in longer):
            yield each.end, each.meaning.name


def _gloss_holds(text: str, period: Period, reading: Reading) -> bool:
    """Whether days in brackets behind a period are that period's: those of another day's answer are not."""
    _, bracket, days = text.partition("(")
    if not bracket:
        return True
    try:
        span = period.resolve(reading.as_of, reading.model.calendar)
    except NotBegun:
        span = period.whole(reading.as_of, reading.model.calendar)
    except QueryError:
        return False
    return glosses(days, span)


def glosses(text: str, span: Span) -> bool:
    """Whether the days told, as answers tell them, are those of the span."""
    told = ISO_DAY.findall(text)
    if re.search(r"\d", ISO_DAY.sub("", text)):  # days written otherwise are others
        return False
    return told == ([str(span.start)] if span.days == 1 else [str(span.start), str(span.end)])

"""Whether a plan is the question's: each word of that carried or accounted for, and nothing in it that nobody said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from agent.held import Held
from agent.planners.llm.briefing import Heard
from agent.planners.llm.shape import Shape, done, unsaid
from agent.understand.mentions import (
    Born,
    Dating,
    Deed,
    Dimension,
    Grouping,
    Meaning,
    Measure,
    Member,
    Mention,
    Quoted,
    Ranked,
    Rows,
    Unknown,
    Value,
    When,
    Word,
)
from agent.understand.quantities import Quantity
from agent.understand.words import counts, normal
from warehouse.errors import QueryError
from warehouse.period import Period
from warehouse.query import Bounds
from warehouse.text import LANGUAGES
from warehouse.warehouse import Reading

FIRM = (Value, When, Born, Quantity, Quoted)  # nobody's to leave out, whoever accounts for them
NAMED = (Measure, Ranked, Dimension, Dating, Grouping, Deed, Member)
NEGATING = ("negation", "never", "except", "outside", "unmatched", "uncontained", "missing")
# Words that join or ask, and add nothing to what their neighbours tell.
JOINING = frozenset(
    {
        *("pause", "comma", "and", "but", "open", "close", "colon", "filler", "aux", "at", "belonging", "also", "by"),
        *("split", "split_after", "which", "who", "whose", "list", "how_many", "how_much", "them", "that", "instead"),
    }
)
GLUE = ("pause", "comma", "and", "but", "open", "close", "colon", "filler", "aux", "at", "belonging", "tie")
ANYWAY = frozenset({0.0, 1.0})  # the highest one, doubled: numbers that words imply


@dataclass(frozen=True)
class Account:
    """What a model says of words that its plan does not carry as such: each with what it stands for, or nothing."""

    words: Mapping[str, str]

    def meant(self, text: str) -> Mapping[int, str]:
        """What each place of a normalised text stands for."""
        return {at: meant for word, meant in self.words.items() for at in _places(word, text)}


@dataclass(frozen=True)
class Check:
    """One plan beside its question: what it holds, and the names of its tools.

    `before` is what the plan holds that the question may change.
    """

    heard: Heard
    plan: Held
    tools: frozenset[str]
    account: Account
    before: Held
    reading: Reading
    shape: Shape

    def dropped(self) -> list[str]:
        """The words that change something and are not in the plan."""
        return list(dict.fromkeys(self._told(each) for each in self.heard.covered.stretches if self._is_dropped(each)))

    def idle(self) -> tuple[str, ...]:
        """The words that the model says change nothing, though the rules do not know them."""
        stretches = (each for each in self.heard.covered.stretches if self._needs_account(each))
        return tuple(dict.fromkeys(self._told(each) for each in stretches if self._accounts(each) == {""}))

    def taken(self) -> dict[str, str]:
        """The words that the model took for something, as the asker wrote them, with what for."""
        needed = {
            at
            for each in self.heard.covered.stretches
            if self._may_tell(each)
            for at in range(each[0].start, each[0].end)
        }
        taken = {}
        for word, meant in self.account.words.items():
            places = [] if not meant else list(_places(word, self.heard.words.text))
            if not needed.isdisjoint(places):
                taken[self.heard.words.told(places[0], places[0] + len(normal(word)))] = meant
        return taken

    def invented(self) -> list[str]:
        """What stands in the plan though neither the question nor the plan before says it."""
        news = (self._new_values, self._new_numbers, self._new_periods, self._new_negation, self._new_names)
        return [*(each for new in news for each in new()), *unsaid(self.shape, self.heard.covered.stretches)]

    def unfounded(self) -> list[str]:
        """What words are said to stand for that is not in the plan."""
        known = self.plan.names | self.plan.values | self.plan.words | self.tools
        return [
            meant
            for meant in self.account.words.values()
            if meant and meant not in known and not self._is_number(meant) and not self._is_said(meant)
        ]

    def _is_firm(self, meant: str) -> bool:
        """Whether it is a value, a number or a period of the plan."""
        return meant in self.plan.values or self._is_number(meant) or self._is_said(meant)

    def _is_number(self, meant: str) -> bool:
        try:
            return float(meant) in self.plan.numbers
        except ValueError:
            return False

    def _is_said(self, meant: str) -> bool:
        """Whether it is what one of the plan's periods is called."""
        calendar = self.reading.model.calendar
        return any(meant == each.say(language, calendar) for each in self.plan.periods for language in LANGUAGES)

    @cached_property
    def _meant(self) -> Mapping[int, str]:
        return self.account.meant(self.heard.words.text)

    @cached_property
    def _leftover(self) -> frozenset[int]:
        return frozenset(at for each in self.heard.unused for at in _places(each, self.heard.words.text))

    def _told(self, stretch: tuple[Mention, ...]) -> str:
        return self.heard.words.told(stretch[0].start, stretch[0].end)

    def _accounts(self, stretch: tuple[Mention, ...]) -> set[str]:
        """What the stretch is said to stand for; ? among it where a part of it is not told."""
        text = self.heard.words.text
        places = range(stretch[0].start, stretch[0].end)
        return {self._meant.get(at, "?") for at in places if counts(text[at])} or {""}

    @cached_property
    def _accounted(self) -> frozenset[str]:
        """What words stand for that can tell it: what is said of others excuses nothing."""
        return frozenset(self.taken().values())

    def _needs_account(self, stretch: tuple[Mention, ...]) -> bool:
        """Whether the stretch is not in the plan as such, and may matter."""
        is_done = done(self.shape, stretch, self.heard.covered.stretches)
        if is_done is not None:
            return not is_done
        if any(self._carries(each.meaning) for each in stretch):
            return False
        meanings = [each.meaning for each in stretch]
        if any(isinstance(each, (Unknown, *FIRM)) for each in meanings) or _negates(meanings):
            return True
        if any(isinstance(each, Word) and not JOINING.isdisjoint(kind for kind, _ in each.roles) for each in meanings):
            return False
        if any(isinstance(each, NAMED) for each in meanings):
            return True
        return not self._leftover.isdisjoint(range(stretch[0].start, stretch[0].end))

    def _may_tell(self, stretch: tuple[Mention, ...]) -> bool:
        """Whether the stretch can stand for what no rule finds in it: not what is carried as such, and no glue."""
        if self._needs_account(stretch):
            return True
        glue = any(isinstance(e.meaning, Word) and any(map(e.meaning.get, GLUE)) for e in stretch)
        return not glue and not any(self._carries(each.meaning) for each in stretch)

    def _is_dropped(self, stretch: tuple[Mention, ...]) -> bool:
        if not self._needs_account(stretch):
            return False
        if done(self.shape, stretch, self.heard.covered.stretches) is False:
            return True
        accounts = self._accounts(stretch)
        if "?" in accounts:
            return True
        meanings = [each.meaning for each in stretch]
        if any(isinstance(each, FIRM) for each in meanings) or _negates(meanings):
            return not (self._is_of_a_longer_word(stretch) and any(map(self._is_firm, accounts)))
        return "" in accounts and not isinstance(meanings[0], Unknown)

    def _is_of_a_longer_word(self, stretch: tuple[Mention, ...]) -> bool:
        """Whether a word that the rules do not know holds it and more: then they may have seen what is not there."""
        unknown = {at for each in self.heard.covered.unknown for at in range(each.start, each.end)}
        places = set(range(stretch[0].start, stretch[0].end))
        told = (set(_places(word, self.heard.words.text)) for word in self.account.words)
        return any(places < each and not unknown.isdisjoint(each) for each in told)

    def _carries(self, meaning: Meaning) -> bool:
        return any(carries(meaning) for carries in (self._names, self._counts, self._tells))

    def _names(self, meaning: Meaning) -> bool:
        """Whether the plan has a name of the model."""
        names = self.plan.names
        match meaning:
            case Measure(metric=name) | Ranked(metric=name) | Dimension(name=name) | Dating(dimension=name):
                return name in names
            case Grouping(group=group):
                return group.dimension in names
            case Deed(behaviour=name, negated=negated):
                return name in names and (self.plan.negated or not negated)
            case _:
                return isinstance(meaning, Member) and meaning.segment in names

    def _counts(self, meaning: Meaning) -> bool:
        """Whether the plan has a number, or the range that it ends."""
        if isinstance(meaning, Quantity):
            ends = _ends(meaning.bounds)
            if len(ends) == 1 and ends <= self.plan.counts:
                return True
            known = {_closed(each) for each in self.plan.ranges}
            low, high = _closed(meaning.bounds)
            return (low, high) in known or (meaning.bare and (low, None) in known)
        return isinstance(meaning, Born) and meaning.bounds in self.plan.ranges

    def _tells(self, meaning: Meaning) -> bool:
        """Whether the plan has a value, a period or a negation."""
        match meaning:
            case Value(value=value):
                return value in self.plan.values
            case Quoted(text=text):
                return normal(text) in set(map(normal, self.plan.values))
            case When(period=period):
                return any(self._same(period, each) for each in self.plan.periods)
            case _:
                return self.plan.negated and _negates([meaning])

    def _same(self, one: Period, other: Period) -> bool:
        if one == other:
            return True
        calendar, as_of = self.reading.model.calendar, self.reading.as_of
        try:
            return one.resolve(as_of, calendar) == other.resolve(as_of, calendar)
        except QueryError:
            return False

    def _mentions(self) -> Iterator[Meaning]:
        return (each.meaning for stretch in self.heard.covered.stretches for each in stretch)

    def _new_values(self) -> Iterator[str]:
        told = {each.value for each in self._mentions() if isinstance(each, Value)}
        known = told | self.before.values | self._accounted
        yield from (each for each in self.plan.values - known if normal(each) not in self.heard.words.text)

    def _new_numbers(self) -> Iterator[str]:
        told = (each.bounds for each in self._mentions() if isinstance(each, Quantity | Born))
        known = frozenset(end for each in told for end in _ends(each)) | self.before.numbers | ANYWAY
        yield from (f"{each:g}" for each in self.plan.numbers - known if f"{each:g}" not in self._accounted)

    def _new_periods(self) -> Iterator[str]:
        known = [each.period for each in self._mentions() if isinstance(each, When)] + list(self.before.periods)
        calendar = self.reading.model.calendar
        for period in self.plan.periods:
            said = {period.say(each, calendar) for each in LANGUAGES}
            if not any(self._same(period, each) for each in known) and said.isdisjoint(self._accounted):
                yield period.say("en", calendar)

    def _new_negation(self) -> Iterator[str]:
        denied = _negates(list(self._mentions())) or any(
            isinstance(each, Deed) and each.negated for each in self._mentions()
        )
        if self.plan.negated and not denied and not self.before.negated and "not" not in self._accounted:
            yield "not"

    def _new_names(self) -> Iterator[str]:
        """Names that no word means; the dimension of a value that is said needs no name of its own."""
        known = {each for meaning in self._mentions() for each in _meant(meaning)} | self.before.names | self._accounted
        counted = {each.source for each in self._mentions() if isinstance(each, Rows)}
        for argument, name in sorted(self.shape.names):
            if known.isdisjoint((name, argument)) and not self._counts_rows(name, counted):
                yield name
        if not any(isinstance(e, Born) or (isinstance(e, Quantity) and e.unit == "years") for e in self._mentions()):
            yield from sorted(self.shape.ranged - known)
        values = {(each.dimension, each.value) for each in self._mentions() if isinstance(each, Value)}
        for dimension, value in sorted(self.shape.filters):
            told = value in self._accounted or normal(value) in self.heard.words.text
            if dimension not in known and not told:
                yield dimension
            elif (dimension, value) not in values and value in {each for _, each in values}:
                yield f"{dimension} {value}"

    def _counts_rows(self, name: str, sources: set[str]) -> bool:
        """Whether it is the number of what the question names."""
        metric = self.reading.model.metrics.get(name)
        routes = () if metric is None else metric.routes
        return any(each.source in sources and each.aggregate == "count" and each.where is None for each in routes)


def not_in_sql(heard: Heard, sql: str) -> list[str]:
    """The words whose value or number does not stand in SQL as it is written."""
    stretches = heard.covered.stretches
    missing = (each for each in stretches if not any(_stands(mention.meaning, sql) for mention in each))
    return list(dict.fromkeys(heard.words.told(each[0].start, each[0].end) for each in missing))


def _stands(meaning: Meaning, sql: str) -> bool:
    match meaning:
        case Value(value=text) | Quoted(text=text):
            return text in sql
        case Quantity(bounds=bounds) | Born(bounds=bounds):
            return all(f"{each:g}" in sql for each in _ends(bounds))
        case _:
            return True


def _meant(meaning: Meaning) -> Iterator[str]:
    """The names of the model that a meaning tells."""
    match meaning:
        case Measure(metric=name) | Ranked(metric=name) | Dimension(name=name) | Deed(behaviour=name):
            yield name
        case Dating(dimension=name) | Value(dimension=name) | Member(segment=name):
            yield name
        case Grouping(group=group):
            yield group.dimension


def _places(word: str, text: str) -> Iterator[int]:
    """Where the characters of a word stand in a normalised text."""
    sought = normal(word)
    at = text.find(sought) if sought else -1
    while at >= 0:
        yield from range(at, at + len(sought))
        at = text.find(sought, at + 1)


def _negates(meanings: list[Meaning]) -> bool:
    return any(isinstance(each, Word) and any(each.get(kind) for kind in NEGATING) for each in meanings)


def _closed(bounds: Bounds) -> tuple[float | None, float | None]:
    """The ends of a range of whole numbers, both of them in: more than 3 is at least 4; else as they are told."""
    low, high, more, less = bounds.at_least, bounds.at_most, bounds.more_than, bounds.less_than
    low = (more + 1 if isinstance(more, int) else more) if low is None and more is not None else low
    high = (less - 1 if isinstance(less, int) else less) if high is None and less is not None else high
    return low, high


def _ends(bounds: Bounds) -> frozenset[float]:
    return frozenset(float(each) for each in bounds.model_dump().values())

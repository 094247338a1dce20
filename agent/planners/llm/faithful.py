"""Whether a plan is the question's: each word of that carried or accounted for, and nothing in it that nobody said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from agent.held import Held
from agent.planners.llm.briefing import Heard
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
            if self._needs_account(each)
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
        return [*self._new_values(), *self._new_numbers(), *self._new_periods(), *self._new_negation()]

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

    def _needs_account(self, stretch: tuple[Mention, ...]) -> bool:
        """Whether the stretch is not in the plan as such, and may matter."""
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

    def _is_dropped(self, stretch: tuple[Mention, ...]) -> bool:
        if not self._needs_account(stretch):
            return False
        accounts = self._accounts(stretch)
        if "?" in accounts:
            return True
        meanings = [each.meaning for each in stretch]
        if any(isinstance(each, FIRM) for each in meanings) or _negates(meanings):
            return not any(
                each in self.plan.values or self._is_number(each) or self._is_said(each) for each in accounts
            )
        return "" in accounts and not isinstance(meanings[0], Unknown)

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
            return meaning.bounds in self.plan.ranges or (len(ends) == 1 and ends <= self.plan.numbers)
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
        known = told | self.before.values | set(self.account.words.values())
        yield from (each for each in self.plan.values - known if normal(each) not in self.heard.words.text)

    def _new_numbers(self) -> Iterator[str]:
        told = (each.bounds for each in self._mentions() if isinstance(each, Quantity | Born))
        known = frozenset(end for each in told for end in _ends(each)) | self.before.numbers | ANYWAY
        accounted = set(self.account.words.values())
        yield from (f"{each:g}" for each in self.plan.numbers - known if f"{each:g}" not in accounted)

    def _new_periods(self) -> Iterator[str]:
        known = [each.period for each in self._mentions() if isinstance(each, When)] + list(self.before.periods)
        calendar = self.reading.model.calendar
        for period in self.plan.periods:
            said = {period.say(each, calendar) for each in LANGUAGES}
            if not any(self._same(period, each) for each in known) and said.isdisjoint(self.account.words.values()):
                yield period.say("en", calendar)

    def _new_negation(self) -> Iterator[str]:
        denied = _negates(list(self._mentions())) or any(
            isinstance(each, Deed) and each.negated for each in self._mentions()
        )
        if self.plan.negated and not denied and not self.before.negated and "not" not in self.account.words.values():
            yield "not"


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


def _places(word: str, text: str) -> Iterator[int]:
    """Where the characters of a word stand in a normalised text."""
    sought = normal(word)
    at = text.find(sought) if sought else -1
    while at >= 0:
        yield from range(at, at + len(sought))
        at = text.find(sought, at + 1)


def _negates(meanings: list[Meaning]) -> bool:
    return any(isinstance(each, Word) and any(each.get(kind) for kind in NEGATING) for each in meanings)


def _ends(bounds: Bounds) -> frozenset[float]:
    return frozenset(float(each) for each in bounds.model_dump().values())

"""What customers did and are: behaviours with their windows, segments, totals, joined by and, or, not."""

from collections.abc import Callable, Mapping
from typing import Any

from agent.understand.grammar import amounts
from agent.understand.grammar.counts import counts_arrivals
from agent.understand.grammar.done import Done, Item, Link, Which, becoming, joined, window_before
from agent.understand.grammar.exclusive import exclusively
from agent.understand.grammar.node import Choice, Shown, Test
from agent.understand.grammar.objects import Objects, closing
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.repeated import at_another_time, but_not
from agent.understand.grammar.row_states import of_rows
from agent.understand.grammar.verbs import at_end, helped, last_done, negates, told_behind
from agent.understand.mentions import Deed, Member, When, Whens, Word
from agent.understand.quantities import Quantity
from warehouse.model import Behaviour
from warehouse.period import Period
from warehouse.query import All, Attribute, Condition, Filter, Not


class Telling:
    """Reads the conditions on people from left to right."""

    def __init__(self, phrase: Phrase, *, window: Period | None = None, inner: bool = False) -> None:
        self.phrase = phrase
        self._inner = inner  # within brackets
        self.items: list[Item] = []
        self._link: Link = "and"
        self._or: int | None = None  # where the word for "or" stands that the next condition takes
        self._window = window
        self._fresh: int | None = None  # where the window was told that nothing has used yet
        self._negation: int | None = None
        self._never: int | None = None
        self._until_now: int | None = None
        self._lasting: int | None = None
        self._several: Whens | None = None
        self._nothing = ""  # not even one of what was named, or of anything
        self._which: Which = "any"
        self._ordinal: int | None = None  # where the word for the first or last time stands
        self._row = False
        self._objects = Objects(phrase)
        self.all_time = False

    @property
    def window(self) -> Period | None:
        """The window that still holds at the end."""
        return self._window

    def read(self, first: int = 0, last: int | None = None) -> None:
        """Read the nodes from `first` up to `last`."""
        place, end = first, len(self.phrase.nodes) if last is None else last
        while place < end:
            place = self._node(place, end)
        self._flush()

    def conditions(self) -> tuple[Condition, ...]:
        """What was told, joined: those linked by "or" in one."""
        return joined(of_rows(self.phrase, exclusively(self.phrase, self.items)))

    def _node(self, place: int, end: int) -> int:
        if self.phrase.word(place, "open") and self.phrase.word(closing(self.phrase, place), "close"):
            return self._bracket(place, end)
        read = NODES.get(type(part := self.phrase.part(place)))
        return place + 1 if read is None else read(self, place, part)

    def _word(self, place: int, _word: Word) -> int:
        """What a closed-class word does, by the first of its kinds that counts here; the next place."""
        self._objects.parted(place)
        if self.phrase.english(place) and (again := at_another_time(self.phrase, self.items, place)) is not None:
            return again
        for kind, act in WORDS.items():
            if self.phrase.word(place, kind) and act(self, place):
                break
        return place + 1

    def _either(self, place: int) -> bool:
        self._link, self._or = "or", place if self.items else None
        return True

    def _never_told(self, place: int) -> bool:
        self._never = place
        return True

    def _nothing_told(self, place: int) -> bool:
        if self.phrase.word(place, "which") != "one" or not self.phrase.word(place + 1, "all_of"):
            return False
        self._nothing = "anything"
        self.phrase.take(place, place + 1)
        return True

    def _until_now_told(self, place: int) -> bool:
        done = last_done(self.phrase, self.items, place) if self.phrase.english(place) else None
        if done is None:
            self._until_now = place
        elif done.negated and not done.own:
            done.ever, done.window = True, None
            self.phrase.take(place)
        return True

    def _both(self, place: int) -> bool:
        if not (self.phrase.english(place) and isinstance(self.phrase.part(place + 1), Deed)):
            return False
        self.phrase.take(place)
        return True

    def _denied(self, place: int) -> bool:
        if not negates(self.phrase, place, last_done(self.phrase, self.items, place)):
            return False
        self._negation, self._never = (None, place) if self._until_now is not None else (place, self._never)
        return True

    def _first_or_last(self, place: int) -> bool:
        which: Which = "first" if self.phrase.word(place, "first") else "last"
        done = last_done(self.phrase, self.items, place) if self.phrase.english(place) else None
        if done is None:
            self._which, self._ordinal = which, place
        else:
            done.which = which
            self.phrase.take(place)
        return True

    def _same(self, place: int) -> bool:
        """The days told before: the window of the next thing done, in English of the last."""
        behind = self.phrase.english(place) or told_behind(self.phrase, place)
        done = last_done(self.phrase, self.items, place) if behind else None
        window = self._window or window_before(self.items, done, self.phrase.model.customer.source)
        if done is not None and not done.own:
            done.own, done.window = True, window
            self.phrase.take(place)
        elif done is None and self._fresh is None:
            self._fresh, self._window = place, window
        return True

    def _lasting_told(self, place: int) -> bool:
        self._lasting = place
        return True

    def _all_time(self, place: int) -> bool:
        if self.phrase.nodes[place] in self.phrase.taken:  # told of the metrics
            self._window = None
            return True
        self.all_time, self._window = True, None
        done = last_done(self.phrase, self.items, place) if self.phrase.english(place) else None
        led = isinstance(self.phrase.part(self.phrase.after(place, over=("aux",))), Deed)
        if done is None or done.own or led or self._fresh is not None:
            self._fresh = place
            return True
        done.own, done.ever, done.window = True, True, None
        self.phrase.take(place)
        return True

    def _in_a_row(self, place: int) -> bool:
        done = last_done(self.phrase, self.items, place)
        counted = self.phrase.part(self.phrase.before(place, over=("distinct", "aux", "at")))
        if done is not None and done.days is not None and isinstance(counted, Quantity):
            done.in_a_row, done.days = amounts.at_least(done.days), None
        else:
            self._row = True
        self.phrase.take(place)
        return True

    def _when(self, place: int, when: When) -> int:
        period = when.period
        if self.phrase.nodes[place] in self.phrase.taken:  # the metric's own, which later clauses may share
            self._window = None if counts_arrivals(self.phrase) else period
            return place + 1
        done = last_done(self.phrase, self.items, place)
        behind = told_behind(self.phrase, place)
        trailing = done is not None and behind and not done.own and self._fresh is None
        if trailing and done is not None:
            for item in self.items:  # a window told last holds for those before that tell none
                told = item.told
                if isinstance(told, Done) and (
                    told is done or not (told.told or told.own or told.ever or at_end(self.phrase, told))
                ):
                    told.window, told.told = period, True
            done.own, self._window = True, period
            done.ever = False
            self.phrase.take(place)
        else:
            self._window, self._fresh = period, place
        return place + 1

    def _whens(self, place: int, told: Whens) -> int:
        """Several times: of what was done just before in English, of what comes next in Chinese."""
        done = last_done(self.phrase, self.items, place) if self.phrase.english(place) else None
        if done is not None and not done.own:
            meant = done.within(told)
            self.items = [Item(meant, each.link) if each.told is done else each for each in self.items]
            self.phrase.take(place)
        elif done is None and not self.phrase.english(place):
            self._several, self._fresh, self._window = told, place, None
        return place + 1

    def _begun(self, place: int) -> Done:
        """A new thing done, with what was told before it: its window, its negation, its first time."""
        phrase = self.phrase
        if self._fresh is None and self.items and becoming(self.items[-1].told, self.phrase.model.customer.source):
            self._window = None
        done = Done(place, window=self._window, told=self._window is not None, which=self._which)
        if self._fresh is not None:
            done.own = True
            phrase.take(self._fresh)
        if self._never is not None:
            done.negated = True
            done.ever = not done.own
            phrase.take(self._never)
            if done.ever:
                done.window = None
        elif self._negation is not None:
            done.negated = True
            phrase.take(self._negation)
        if self._lasting is not None:
            phrase.take(self._lasting)
            done.ever, done.window = (False, done.window) if done.own else (True, None)
        if self._until_now is not None:
            phrase.take(self._until_now)
        self._fresh = self._negation = self._never = self._until_now = self._lasting = None
        done.anything, done.not_one, self._nothing = self._nothing == "anything", self._nothing == "one", ""
        if self._ordinal is not None:
            phrase.take(self._ordinal)
        self._which, self._ordinal = "any", None
        if self._several is not None:
            done, self._several = done.within(self._several), None
        self._append(done, place)
        return done

    def _append(self, told: Done | Condition, place: int) -> None:
        """One more condition; the word that joins it to the one before is carried with it."""
        self.items.append(Item(told, self._link))
        if self._link == "or" and self._or is not None:
            self.phrase.take(self._or)
        self._link, self._or = "and", None
        self.phrase.take(place)

    def _deed(self, place: int, deed: Deed) -> int:
        denied = self._negation is not None or self._never is not None
        if deed.bare and not (denied or helped(self.phrase, place)):
            return place + 1
        done = self._begun(place)
        done.row, self._row = self._row, False
        done.behaviour = self.phrase.model.behaviour(deed.behaviour)
        done.negated = done.negated != deed.negated
        self._objects.before(done)
        place = self._objects.behind(done, place + 1)
        earlier = [item.told for item in self.items[:-1] if isinstance(item.told, Done)]
        self._objects.lend(done, earlier[-1] if earlier else None)
        self._objects.carry(done, earlier[-1] if earlier else None)
        return place

    def _member(self, place: int, member: Member) -> int:
        own = self._fresh is not None
        done = self._begun(place)
        done.segment = member.segment
        if at_end(self.phrase, done) and not own:
            done.window = None
        return place + 1

    def _measure(self, place: int, shown: Shown) -> int:
        """A metric that people must have within bounds; any other is no condition."""
        if (behaviour := amounts.noun_of(self.phrase, place)) is not None:
            return self._times(place, behaviour)
        return self._total(place, shown) if amounts.is_total(self.phrase, place) else place + 1

    def _times(self, place: int, behaviour: Behaviour) -> int:
        quantity = self.phrase.part(place - 1)
        done = self._begun(place)
        self.phrase.owned.add(self.phrase.nodes[place])
        done.behaviour = behaviour
        done.times = quantity.bounds if isinstance(quantity, Quantity) else None
        self.phrase.take(place - 1)
        return self._objects.behind(done, place + 1)

    def _total(self, place: int, shown: Shown) -> int:
        at = amounts.bounds_of(self.phrase, place)
        quantity = self.phrase.part(at) if at is not None else None
        done = self._begun(place)
        self.phrase.owned.add(self.phrase.nodes[place])
        done.total = shown.measure.metric
        if isinstance(quantity, Quantity) and at is not None:
            done.times = amounts.bounds_in(quantity, self.phrase.model.metric(done.total).unit)
            self.phrase.take(at)
        self._objects.before(done)
        last = max(place, at or place)
        if last > place + 1 and self.phrase.word(place + 1, "open"):
            self._objects.in_brackets(done, place + 1)
        return self._objects.behind(done, last + 1)

    def _count(self, place: int, quantity: Quantity) -> int:
        """How often, or on how many days: told behind the verb, or before it."""
        phrase = self.phrase
        if phrase.nodes[place] in phrase.taken:
            return place + 1
        then = phrase.after(place, over=("also", "thing_done"))
        one = quantity.bare and quantity.bounds.at_least == 1
        if one and (phrase.word(then, "negation") or phrase.word(then, "never")):
            phrase.take(place)  # not even one
            self._nothing = "anything" if amounts.of_anything(phrase, place, quantity) else "one"
            return place + 1
        done = last_done(phrase, self.items, place)
        at = phrase.after(place, over=("aux", "at", "in_a_row", "distinct", "all_of"))
        ahead = phrase.part(at)
        if isinstance(ahead, Deed) and (done is None or not done.open_to_count or self._fresh is not None):
            return self._counted_ahead(place, at, quantity, ahead)
        if done is not None and done.open_to_count:
            done.row, self._row = done.row or self._row, False
            amounts.count(phrase, done, place, quantity)
            return place + 1 if phrase.english(place) else self._objects.behind(done, place + 1)
        return place + 1

    def _counted_ahead(self, place: int, at: int, quantity: Quantity, deed: Deed) -> int:
        """A number told before its verb: 至少3天活跃, 连续3天下单."""
        self._row = self._row or any(self.phrase.word(each, "in_a_row") for each in range(place + 1, at))
        self.phrase.take(*range(place + 1, at))
        end = self._deed(at, Deed(deed.behaviour, deed.negated, deed.bare and self.phrase.english(at)))
        done = self.items[-1].told if self.items else None
        if isinstance(done, Done) and done.place == at:
            amounts.count(self.phrase, done, place, quantity)
        return end

    def _test(self, place: int, test: Test) -> int:
        condition = test.condition
        if but_not(self.phrase, self.items, self._objects, place, condition):
            return place + 1
        if isinstance(condition, Attribute) and not self.phrase.about_people(condition.dimension):
            if self._joins(place):
                self._append(condition, place)
            elif last_done(self.phrase, self.items, place) is None or not self.phrase.english(place):
                self._objects.wait(place, condition)
            return place + 1
        self._append(condition, place)
        return place + 1

    def _choice(self, place: int, choice: Choice) -> int:
        if self.phrase.about_people(choice.dimension) or self._joins(place):
            self._append(Filter(dimension=choice.dimension, values=choice.values), place)
        elif last_done(self.phrase, self.items, place) is None or not self.phrase.english(place):
            self._objects.wait(place, choice)
        return place + 1

    def _joins(self, place: int) -> bool:
        """Whether a test within brackets is one of the conditions joined there, and not what a verb is about."""
        return self._inner and any(self.phrase.word(place + 1, kind) for kind in ("and", "or", "close"))

    def _bracket(self, place: int, end: int) -> int:
        phrase, close = self.phrase, closing(self.phrase, place)
        if amounts.count_in_brackets(phrase, last_done(phrase, self.items, place), place, close):
            return close + 1
        inner = Telling(phrase, window=self._window, inner=True)
        inner.read(place + 1, min(close, end))
        conditions = inner.conditions()
        self._window, self.all_time = inner.window, self.all_time or inner.all_time
        unmatched = phrase.before(place)
        if conditions:
            condition = conditions[0] if len(conditions) == 1 else All(all=conditions)
            if phrase.word(unmatched, "unmatched"):
                condition = condition.not_ if isinstance(condition, Not) else Not(not_=condition)
                phrase.take(unmatched)
            self._append(condition, place)
            phrase.take(close)
        return close + 1

    def _flush(self) -> None:
        """A window told last of all holds for all that tell none."""
        deeds = [item.told for item in self.items if isinstance(item.told, Done)]
        if self._fresh is not None and deeds and not any(done.told or done.ever or done.own for done in deeds):
            for done in deeds:  # a window told last of all holds for all
                done.window = self._window
            self.phrase.take(self._fresh)


WORDS: Mapping[str, Callable[[Telling, int], bool]] = {
    "or": Telling._either,
    "never": Telling._never_told,
    "which": Telling._nothing_told,
    "until_now": Telling._until_now_told,
    "all_of": Telling._both,
    "negation": Telling._denied,
    "same": Telling._same,
    "first": Telling._first_or_last,
    "last": Telling._first_or_last,
    "sofar": Telling._lasting_told,
    "running": Telling._lasting_told,
    "all_time": Telling._all_time,
    "in_a_row": Telling._in_a_row,
}

NODES: Mapping[type, Callable[[Telling, int, Any], int]] = {
    Word: Telling._word,
    When: Telling._when,
    Whens: Telling._whens,
    Deed: Telling._deed,
    Member: Telling._member,
    Shown: Telling._measure,
    Quantity: Telling._count,
    Test: Telling._test,
    Choice: Telling._choice,
}

"""Conditions in words, those on what people did too: 最近7天活跃、同期未下单."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from warehouse.amounts import within
from warehouse.attributes import ALL_TIME, AttributeSayer
from warehouse.labels import join
from warehouse.period import Period
from warehouse.query import Bounds, Filter
from warehouse.resolve import about_customers
from warehouse.resolved import Amount, Deed, Either, Every, Held, Member, Negation, Test, Window
from warehouse.text import Text
from warehouse.values import names_of

SAME_DAYS = Text("同期", "in the same days")
PREPOSITIONS = {"last": "in ", "part": "in ", "year": "in ", "day": "on ", "occasion": "during "}
AND = Text("且", " and ")
OR = Text("或", " or ")
FIRST_OR_LAST = {
    "first": (
        Text("首次", "for the first time"),
        Text("第一次", "the first time ever"),
        Text("头一次", "the first time ever"),
    ),
    "last": (Text("最后一次", "for the last time"), Text("末次", "for the last time")),
}


@dataclass
class ConditionSayer:
    """Says conditions one after another: a window that is the one told just before is said as the same days.

    With `among`, what the customers are called, the conditions hold for rows, and those on the rows' customers name
    them: 最近7天活跃的用户. `told` holds the window told last.
    """

    attributes: AttributeSayer
    among: Text | None = None
    told: list[Period | None] = field(default_factory=list)

    def condition(self, held: Held) -> Text:
        """A condition, complete in itself but for days told before; several joined stand in brackets."""
        if self.among is not None and all_about_customers(held):
            return self.customers([held], self.among)
        return self._said(held)

    def _said(self, held: Held) -> Text:
        match held:
            case Test():
                return self.attributes.test(held)
            case Deed():
                return self._deed(held, negated=False)
            case Amount():
                return self._amount(held)
            case Member():
                return self._member(held, negated=False)
            case Every() | Either():
                said = [self.condition(each) for each in held.of]
                return bracketed(join(said, AND if isinstance(held, Every) else OR))
            case Negation():
                return self._negation(held.of)

    def customers(self, held: Sequence[Held], among: Text) -> Text:
        """The customers of whom all of the conditions hold, each being about them."""
        sayer = ConditionSayer(self.attributes, told=self.told)
        said = [sayer.condition(each) for each in held]
        zh, en = "、".join(each.zh for each in said), ", ".join(each.en for each in said)
        return Text(f"{zh}的{among.zh}", f"{among.en} who {en}")

    def _negation(self, held: Held) -> Text:
        """What has a negation of its own, and else that the condition in brackets does not hold."""
        match held:
            case Test(asked=Filter() as asked):
                return self.attributes.filtered(held.dimension, asked, negated=True)
            case Deed() if not is_counted(held):
                return self._deed(held, negated=True)
            case Member():
                return self._member(held, negated=True)
            case Every() | Either():
                said = self.condition(held)
            case _:
                said = bracketed(self.condition(held))
        of_people = self.among is None and about_customers(held)
        return Text(f"不满足{said.zh}", f"{'do not match' if of_people else 'not matching'} {said.en}")

    def _deed(self, deed: Deed, *, negated: bool) -> Text:
        window, asked = self._window(deed.window), deed.asked
        verb = (deed.behaviour.negated if negated else deed.behaviour.words).label
        scope = self._scope(deed.where)
        what = Text(f"{verb.zh}{scope.zh}", f"{verb.en}{scope.en}")
        if asked.which != "any":
            time = self._first_or_last(asked.which, verb)
            return Text(f"{time.zh}{what.zh}在{window.zh}", f"{what.en} {time.en} {window.en}")
        count = _count(deed)
        row = "连续" if asked.in_a_row is not None else ""
        return Text(f"{window.zh}{row}{what.zh}{count.zh}", f"{what.en}{count.en} {window.en}")

    def _first_or_last(self, which: Literal["first", "last"], verb: Text) -> Text:
        """The first or last time, in words that do not make another name of the verb: 首次+购买 may be one."""
        told, names = FIRST_OR_LAST[which], names_of(self.attributes.model)
        zh = next((each.zh for each in told if f"{each.zh}{verb.zh}" not in names), told[-1].zh)
        en = next((each.en for each in told if f"{verb.en} {each.en}" not in names), told[-1].en)
        return Text(zh, en)

    def _amount(self, amount: Amount) -> Text:
        window, label, scope = self._window(amount.window), amount.metric.words.label, self._scope(amount.where)
        numbers = within(amount.bounds, amount.metric.unit)
        return Text(
            f"{window.zh}{label.zh}{scope.zh}{numbers.zh}",
            f"had {label.en} {numbers.en}{scope.en} {window.en}",
        )

    def _member(self, member: Member, *, negated: bool) -> Text:
        window = self._of_member(member)
        segment = member.segment.words.label
        if member.segment.keys is None:  # what an analysis found says itself what it is
            segment = self.attributes.glossed(segment, member.segment.definition)
        belong = Text("不属于", "do not belong to") if negated else Text("属于", "belong to")
        return Text(f"{window.zh}{belong.zh}{segment.zh}", f"{belong.en} {segment.en} {window.en}".rstrip())

    def _of_member(self, member: Member) -> Text:
        """The days that a segment is looked at in; one that is reckoned as of today needs none."""
        if member.window is not None:
            return self._window(member.window)
        if member.segment.taken == "at_end":
            return Text("", "")
        same = self.told == [None]
        self.told[:] = [None]
        return SAME_DAYS if same else ALL_TIME

    def _scope(self, tests: Sequence[Test]) -> Text:
        """Of which kind the rows are that were done or added up."""
        if not tests:
            return Text("", "")
        said = [self.attributes.test(each) for each in tests]
        en = said[0].en if len(said) == 1 else f"({join(said).en})"
        return Text(f"（{join(said).zh}）", f" with {en}")

    def _window(self, window: Window) -> Text:
        same = self.told == [window.period]
        self.told[:] = [window.period]
        if same:
            return SAME_DAYS
        said = self.attributes.window(window)
        preposition = "" if window.period is None else PREPOSITIONS.get(window.period.kind, "")
        return Text(said.zh, f"{preposition}{said.en}")


def bracketed(said: Text) -> Text:
    """Words in brackets."""
    return Text(f"（{said.zh}）", f"({said.en})")


def is_counted(deed: Deed) -> bool:
    """Whether more is asked of a deed than that it was done."""
    asked = deed.asked
    return asked.which != "any" or any(each is not None for each in (asked.times, asked.days, asked.in_a_row))


def all_about_customers(held: Held) -> bool:
    """Whether every part of a condition asks what a row's customer did or is."""
    match held:
        case Every() | Either():
            return all(map(all_about_customers, held.of))
        case Negation():
            return all_about_customers(held.of)
        case _:
            return about_customers(held)


def is_attribute(held: Held) -> bool:
    """Whether a condition stands before a noun: a filter of words or numbers, or the negation of one of words."""
    match held:
        case Test():
            return held.asked is not None
        case Negation(of=Test(asked=Filter())):
            return True
        case _:
            return False


def _count(deed: Deed) -> Text:
    """How often, or on how many days."""
    asked = deed.asked
    if asked.times is not None:
        times = within(asked.times, counted=deed.behaviour.counted)
        return Text(times.zh, f" ({times.en})")
    if asked.days is not None:
        days = within(asked.days, "days")
        return Text(days.zh, f" on {days.en}")
    if asked.in_a_row is not None:
        days = within(Bounds(at_least=asked.in_a_row), "days")
        return Text(days.zh, f" on {days.en} in a row")
    return Text("", "")

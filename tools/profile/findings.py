"""The differences between a group and the others that chance would hardly make."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.profile.facts import Facts
from tools.stats.lifts import Lift, adjusted, of_means, of_shares
from warehouse.text import Text

LEVEL = 0.01
DID = Text("行为", "behaviour")
NUMBER = Text("均值", "mean")


@dataclass(frozen=True)
class Finding:
    """One thing that sets the group apart: of `what` the `value`; the shares or means of both, and their ratio.

    `users` are those of the group of whom it is told: who have it, or whose number is known.
    """

    what: Text
    value: Text
    inside: float
    outside: float
    lift: Lift
    users: int
    is_share: bool = True

    @property
    def sureness(self) -> float:
        """How far the nearer end of its interval lies from no difference."""
        return self.lift.low if self.lift.ratio > 1 else 1 / self.lift.high


@dataclass(frozen=True)
class Found:
    """The findings, the surest first; how many were tested, and what all of the group have, or none, by definition."""

    findings: tuple[Finding, ...]
    tested: int
    by_definition: tuple[Text, ...]


def found(facts: Facts, group: int, others: int) -> Found:
    """The findings whose p-values, corrected for how many were tested, lie under 1%."""
    definite = tuple(dict.fromkeys(_definite(facts, group, others)))
    tested = [each for each in _all(facts, group, others) if not {each.what, each.value} & set(definite)]
    ps = adjusted([each.lift.p for each in tested])
    kept = [each for each, p in zip(tested, ps, strict=True) if p < LEVEL and not each.lift.low <= 1 <= each.lift.high]
    kept.sort(key=lambda each: (-each.sureness, each.what.zh, each.value.zh))
    return Found(tuple(kept), len(tested), definite)


def _all(facts: Facts, group: int, others: int) -> Iterator[Finding]:
    for each in facts.counted:
        words = each.dimension.values.get(each.value)
        said = f"{each.value} ({words.en[0]})" if words is not None and words.en else each.value
        value = Text(each.value, said)
        yield _shares(each.dimension.words.label, value, each.inside, each.outside, group, others)
    seen: set[tuple[int, int]] = set()
    for behaviour, done in facts.behaviours:
        inside, outside = int(done[facts.marked].sum()), int(done[~facts.marked].sum())
        if (inside, outside) not in seen:  # two that tell the same of the same people are one
            seen.add((inside, outside))
            yield _shares(DID, behaviour.words.label, inside, outside, group, others)
    for label, values in facts.numbers:
        yield from _means(label, values, facts.marked)


def _shares(what: Text, value: Text, inside: int, outside: int, group: int, others: int) -> Finding:
    lift = of_shares(inside, group, outside, others)
    return Finding(what, value, inside / group, outside / others, lift, inside)


def _means(label: Text, values: Any, marked: Any) -> Iterator[Finding]:
    known = values == values  # noqa: PLR0124 - NaN alone is not itself
    inside, outside = values[known & marked], values[known & ~marked]
    lift = of_means(inside, outside)
    if lift is not None:
        yield Finding(NUMBER, label, float(inside.mean()), float(outside.mean()), lift, len(inside), is_share=False)


def _definite(facts: Facts, group: int, others: int) -> Iterator[Text]:
    """What follows from how the group is told: dimensions of which all have one value, what all did, or none.

    Of a dimension that tells one side from the other without exception, too: a city's region.
    """
    for each in facts.counted:
        apart = (each.inside, each.outside) in {(group, 0), (0, others)}
        if apart or (each.inside == group and each.outside):
            yield each.dimension.words.label
    for behaviour, done in facts.behaviours:
        inside, outside = int(done[facts.marked].sum()), int(done[~facts.marked].sum())
        if (inside == group and outside < len(done) - group) or (inside == 0 and outside > 0):
            yield behaviour.words.label

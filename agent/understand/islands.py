"""The parts of a plan, each from the mentions that tell it."""

from dataclasses import replace

from agent.understand.draft import Draft
from agent.understand.mentions import Born, Bucket, Deed, Drawn, Group, Measure, Value, When, Word
from tools.chart import ChartType
from warehouse.days import Grain
from warehouse.period import Period
from warehouse.query import Did, Filter


def negations(draft: Draft) -> None:
    """A negation right before a behaviour makes it one not done."""
    for place in list(draft.words_left("negation")):
        after = draft.beside(place, 1)
        deed = draft.meaning(after)
        if isinstance(deed, Deed) and not deed.negated:
            negated = draft.mentions[after]._replace(meaning=replace(deed, negated=True))
            draft.mentions = (*draft.mentions[:after], negated, *draft.mentions[after + 1 :])
            draft.take(place)


def glosses(draft: Draft) -> None:
    """The days in brackets after "all time" only say which days those are."""
    for place in list(draft.words_left("all_time")):
        if isinstance(draft.meaning(place + 1), When):
            gap = draft.words.text[draft.mentions[place].end : draft.mentions[place + 1].start]
            if gap.strip() == "(":
                draft.take(place + 1)


def during(draft: Draft) -> None:
    """A word such as "over" right before a period says nothing more."""
    for place in list(draft.words_left("during")):
        if isinstance(draft.meaning(draft.beside(place, 1)), When):
            draft.take(place)


def filters(draft: Draft, *, several: bool) -> tuple[Filter, ...]:
    """Values and years of birth; `several` values of one dimension are any of them, else they are left."""
    told: dict[str, dict[str, list[int]]] = {}
    for place, value in draft.left(Value):
        told.setdefault(value.dimension, {}).setdefault(value.value, []).append(place)
    made = []
    for dimension, values in told.items():
        if several or len(values) == 1:
            places = [place for each in values.values() for place in each]
            draft.take(*places, *(_named(draft, place, dimension) for place in places))
            made.append(Filter(dimension=dimension, values=tuple(values)))
    return tuple(made)


def births(draft: Draft, dimension: str | None) -> tuple[Filter, ...]:
    """Years of birth, where they are told once."""
    told = list(draft.left(Born))
    if dimension is None or len({years for _, years in told}) != 1:
        return ()
    draft.take(*(place for place, _ in told))
    years = told[0][1]
    return (Filter(dimension=dimension, op="between", values=(years.first, years.last)),)


def groups(draft: Draft) -> tuple[str, ...]:
    """Dimensions after a word such as "by", or before one such as "distribution"; a list of them shares the word."""
    found = []
    for place in list(draft.words_left("by")):
        after = draft.beside(place, 1)
        if isinstance(draft.meaning(after), Group):
            draft.take(place)
        while isinstance(group := draft.meaning(after), Group):
            draft.take(after)
            found.append(group.dimension)
            joined = draft.beside(after, 1)
            after = draft.beside(joined, 1) if draft.meaning(joined) == Word("join") else -1
    for place in list(draft.words_left("spread")):
        before = draft.beside(place, -1)
        if isinstance(group := draft.meaning(before), Group):
            draft.take(place, before)
            found.append(group.dimension)
    return tuple(dict.fromkeys(found))


def buckets(draft: Draft, implied: set[Grain], days: int | None, default: Grain) -> Grain | None:
    """The length of time to cut by, told by a word, by a metric's name, or by "trend" alone.

    A name such as DAU cuts nothing where the period is that one day. None where two lengths are told: they are left.
    """
    told = {bucket.grain: place for place, bucket in draft.left(Bucket)}
    trends = list(draft.words_left("trend"))
    grains = set(told) | implied
    if len(grains) > 1:
        return None
    draft.take(*(place for place, _ in draft.left(Bucket)), *trends)
    if told or trends:
        return next(iter(grains), default)
    return next(iter(implied - {"day"} if days == 1 else implied), None)


def chart(draft: Draft) -> ChartType | None:
    """The chart asked for, where one is."""
    told = list(draft.left(Drawn))
    if len({drawn.chart for _, drawn in told}) != 1:
        return None
    draft.take(*(place for place, _ in told))
    return told[0][1].chart


def measures(draft: Draft) -> tuple[Measure, ...]:
    """The metrics, in the order told."""
    told = list(draft.left(Measure))
    draft.take(*(place for place, _ in told))
    return tuple(dict.fromkeys(measure for _, measure in told))


def period(draft: Draft) -> Period | None:
    """The one period of a question; more than one are left."""
    told = list(draft.left(When))
    everything = list(draft.words_left("all_time"))
    if len(told) > 1 or (told and everything):
        return None
    draft.take(*everything, *(place for place, _ in told))
    return told[0][1].period if told else None


def deeds(draft: Draft) -> tuple[Did, ...]:
    """What was done and what was not, each in the window of its clause, or of the last clause before that told one."""
    windows = _windows(draft)
    made: list[Did] = []
    for place, deed in list(draft.left(Deed)):
        clause = draft.clause(place)
        told = [windows[each] for each in sorted(windows) if each <= clause]
        made.append(Did(behaviour=deed.behaviour, period=told[-1] if told else None, negated=deed.negated))
        draft.take(place)
    if len(made) > 1:
        draft.take(*draft.words_left("same_days"))
    return tuple(made)


def _windows(draft: Draft) -> dict[int, Period | None]:
    """The window that each clause tells; where one tells two, they are left."""
    told: dict[int, list[tuple[int, Period | None]]] = {}
    for place, when in draft.left(When):
        told.setdefault(draft.clause(place), []).append((place, when.period))
    for place in draft.words_left("all_time"):
        told.setdefault(draft.clause(place), []).append((place, None))
    single = {clause: each[0] for clause, each in told.items() if len(each) == 1}
    draft.take(*(place for place, _ in single.values()))
    return {clause: period for clause, (_, period) in single.items()}


def _named(draft: Draft, place: int, dimension: str) -> int:
    """The place of the dimension's own name right before its value, else the value's."""
    before = draft.beside(place, -1)
    return before if draft.meaning(before) == Group(dimension) else place

"""The parts of a plan, each from the mentions that tell it; a rule takes only what it carries."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.understand.draft import Draft
from agent.understand.mentions import Born, Bucket, Deed, Drawn, Group, Measure, Member, Value, When, Word
from tools.chart import DrawnAs
from warehouse.days import DAYS, MONTHS, Grain
from warehouse.period import Last, Period, Relative
from warehouse.query import Bounds, Did, Filter, Not, Ranged, Segment

DAYS_OF_MONTH = 28  # the least: a period at least as long as a bucket may be cut by it
MOST_DAILY = 92
BETWEEN_NEGATION = frozenset({"", "有", "是"})


def negations(draft: Draft) -> None:
    """A negation right before a behaviour makes it one not done; "never" not once in all of the data."""
    for place in list(draft.words_left("negation", "never")):
        after = draft.beside(place, 1)
        deed = draft.meaning(after)
        near = isinstance(deed, Deed) and draft.between(place, after).strip() in BETWEEN_NEGATION
        if near and isinstance(deed, Deed) and not deed.negated:
            draft.put(after, replace(deed, negated=True, ever=draft.meaning(place) == Word("never")))
            draft.take(place)


def glosses(draft: Draft) -> None:
    """The days in brackets after "all time" only say which days those are."""
    for place in list(draft.words_left("all_time")):
        if isinstance(draft.meaning(place + 1), When) and draft.between(place, place + 1).strip() == "(":
            draft.take(place + 1)


def filters(draft: Draft, *, several: bool) -> tuple[Filter, ...]:
    """Values of dimensions; `several` of one dimension in one list are any of them, else they are left."""
    told: dict[str, list[int]] = {}
    for place, value in draft.left(Value):
        told.setdefault(value.dimension, []).append(place)
    made = []
    for dimension, places in told.items():
        values = tuple(dict.fromkeys(_value(draft, place) for place in places))
        if len(values) == 1 or (several and _one_list(draft, places)):
            draft.take(*places, *(_named(draft, place, dimension) for place in places))
            made.append(Filter(dimension=dimension, values=values))
    return tuple(made)


def births(draft: Draft, dimension: str | None) -> tuple[Ranged, ...]:
    """Years of birth, where they are told once."""
    told = list(draft.left(Born))
    if dimension is None or len({years for _, years in told}) != 1:
        return ()
    draft.take(*(place for place, _ in told))
    years = told[0][1]
    return (Ranged(dimension=dimension, bounds=Bounds(at_least=years.first, at_most=years.last)),)


def groups(draft: Draft, *, most: int) -> tuple[str, ...]:
    """Dimensions after a word such as "by", or before one such as "distribution"; a list of them shares the word.

    More than `most` of them are left.
    """
    found: list[str] = []
    places: list[int] = []
    for place in list(draft.words_left("by")):
        after = draft.beside(place, 1)
        if isinstance(draft.meaning(after), Group):
            places.append(place)
        while isinstance(group := draft.meaning(after), Group):
            places.append(after)
            found.append(group.dimension)
            joined = draft.beside(after, 1)
            after = draft.beside(joined, 1) if draft.meaning(joined) == Word("join") else -1
    for place, _ in list(draft.left(Bucket)):
        joined = draft.beside(place, 1)
        after = draft.beside(joined, 1)
        if draft.meaning(joined) == Word("join") and isinstance(group := draft.meaning(after), Group):
            places.append(after)
            found.append(group.dimension)
    for place in list(draft.words_left("spread")):
        before = draft.beside(place, -1)
        if isinstance(group := draft.meaning(before), Group):
            places += [place, before]
            found.append(group.dimension)
    if len(dict.fromkeys(found)) > most:
        return ()
    draft.take(*places)
    return tuple(dict.fromkeys(found))


def buckets(draft: Draft, measures: Sequence[Measure], period: Period | None, days: int) -> Grain | None:
    """The length of time to cut by, told by a word, by a metric's name, or by "trend" alone.

    A name such as DAU cuts nothing where the period is one such unit. Where two lengths are told, or a name implies
    one longer than the period, what tells them is left.
    """
    told = [place for place, _ in draft.left(Bucket)]
    trends = list(draft.words_left("trend"))
    implied = {each.per for each in measures if each.per}
    grains = {bucket.grain for _, bucket in draft.left(Bucket)} | implied
    rolling = isinstance(period, Last) and not implied <= {"day"}
    if len(grains) > 1 or rolling or any(_longer(grain, period, days) for grain in implied):
        draft.drop(*(place for place, _ in draft.all(Measure)))
        return None
    draft.take(*told, *trends)
    if told or trends:
        return next(iter(grains), "day" if days <= MOST_DAILY else "month")
    return None if _one_unit(grains, period, days) else next(iter(grains), None)


def chart(draft: Draft) -> DrawnAs | None:
    """The chart asked for, where one is."""
    told = list(draft.left(Drawn))
    if len({drawn.chart for _, drawn in told}) != 1:
        return None
    draft.take(*(place for place, _ in told))
    return told[0][1].chart


def measures(draft: Draft) -> tuple[Measure, ...]:
    """The metrics in the order told, each joined to the one before by a word or a mark; one that is not is left.

    One told twice is left, too: a part of it may be meant, beside all of it.
    """
    told = list(draft.left(Measure))
    joined = [told[0], *(after for before, after in pairwise(told) if _listed(draft, before, after))]
    firsts = {measure.metric: place for place, measure in reversed(joined)}
    draft.take(*firsts.values())
    return tuple(measure for place, measure in joined if place in firsts.values())


def period(draft: Draft) -> Period | None:
    """The one period of a question; more than one are left."""
    told = list(draft.left(When))
    everything = list(draft.words_left("all_time"))
    if len(told) + len(everything) > 1:
        return None
    draft.take(*everything, *(place for place, _ in told))
    return told[0][1].period if told else None


def deeds(draft: Draft) -> tuple[Did | Not, ...]:
    """What was done and what was not, each in the window of its clause, or of the last clause before that told one.

    A window that no behaviour uses is left, and so is a behaviour whose window, or negation, is not clear.
    """
    windows = _windows(draft)
    made: list[Did | Not] = []
    for place, deed in list(draft.left(Deed)):
        clause = draft.clause(place)
        told = [each for each in sorted(windows) if each <= clause]
        if deed.ever:
            made.append(_did(deed, None))
        elif told:
            window, stated = windows[told[-1]]
            draft.take(*window)
            made.append(_did(deed, stated))
        elif windows:
            continue  # a window that only a later clause tells: it may or may not be meant here too
        else:
            made.append(_did(deed, None))
        if not _shared_negation(draft, place):
            draft.take(place)
    _take_same_days(draft)
    return tuple(made)


def members(draft: Draft) -> tuple[Segment, ...]:
    """Segments, in the one period of a question that tells nothing done, else as they are today.

    A period right before a segment in a question of deeds is nobody's: it may be either's.
    """
    told = list(draft.left(Member))
    deeds = any(True for _ in draft.all(Deed))
    dated = [place for place, _ in told if isinstance(draft.meaning(draft.beside(place, -1)), When)]
    if not told or (deeds and dated):
        return ()
    when = None if deeds else period(draft)
    draft.take(*(place for place, _ in told))
    return tuple(Segment(segment=name, period=when) for name in dict.fromkeys(member.segment for _, member in told))


def _did(deed: Deed, window: Period | None) -> Did | Not:
    did = Did(behaviour=deed.behaviour, period=window)
    return Not(not_=did) if deed.negated else did


def _windows(draft: Draft) -> dict[int, tuple[list[int], Period | None]]:
    """The window that each clause tells, with its places; where one tells two, neither is."""
    told: dict[int, list[tuple[int, Period | None]]] = {}
    for place, when in draft.left(When):
        if not _counted_from_another(draft, place):
            told.setdefault(draft.clause(place), []).append((place, when.period))
    for place in draft.words_left("all_time"):
        told.setdefault(draft.clause(place), []).append((place, None))
    return {clause: ([each[0][0]], each[0][1]) for clause, each in told.items() if len(each) == 1}


def _counted_from_another(draft: Draft, place: int) -> bool:
    """Whether the days count from what was done, not from the as-of day: 下单3天内, 上周下单当天."""
    told = draft.told(place)
    after_deed = isinstance(draft.meaning(draft.beside(place, -1)), Deed)
    if after_deed and ("内" in told or "within" in told):
        return True
    return told.startswith("当") and len(list(draft.all(When))) > 1


def _take_same_days(draft: Draft) -> None:
    """The words are carried by a clause that has a behaviour and no window of its own, after another."""
    carried = [draft.clause(place) for place, _ in draft.all(Deed)]
    stated = {draft.clause(place) for place, _ in draft.all(When)}
    for place in list(draft.words_left("same_days")):
        clause = draft.clause(place)
        if clause in carried and clause not in stated and min(carried) < clause:
            draft.take(place)


def _shared_negation(draft: Draft, place: int) -> bool:
    """Whether a negation before "and" may be meant for this behaviour too: 未活跃和下单."""
    before, deed = draft.beside(place, -1), draft.meaning(place)
    if draft.meaning(before) == Word("join"):
        before = draft.beside(before, -1)
    other = draft.meaning(before)
    return isinstance(other, Deed) and other.negated and isinstance(deed, Deed) and not deed.negated


def _value(draft: Draft, place: int) -> str:
    meaning = draft.meaning(place)
    return meaning.value if isinstance(meaning, Value) else ""


def _one_list(draft: Draft, places: Sequence[int]) -> bool:
    """Whether the values stand in one list, with nothing but "and" or "or" between them."""
    for before, after in pairwise(places):
        joint = draft.beside(before, 1)
        if draft.meaning(joint) in {Word("join"), Word("or")}:
            summed = draft.meaning(joint) == Word("join") and not draft.mark(joint) and draft.has("count", "headcount")
            if draft.beside(joint, 1) != after or summed:
                return False
            draft.take(joint)
        elif joint != after or _value(draft, before) != _value(draft, after):
            return False
    return True


def _listed(draft: Draft, before: tuple[int, Measure], after: tuple[int, Measure]) -> bool:
    return any(draft.meaning(place) == Word("join") for place in range(before[0] + 1, after[0]))


def _longer(grain: Grain, period: Period | None, days: int) -> bool:
    """Whether the bucket is longer than a period that is told, and not a unit of that length begun only lately."""
    if period is None or (isinstance(period, Relative) and period.unit == grain):
        return False
    return days < (DAYS[grain] if grain in DAYS else MONTHS[grain] * DAYS_OF_MONTH)


def _one_unit(grains: set[Grain], period: Period | None, days: int) -> bool:
    """Whether the period is one unit of the only grain."""
    if isinstance(period, Relative) and grains == {period.unit}:
        return True
    return grains == {"day"} and days == 1


def _named(draft: Draft, place: int, dimension: str) -> int:
    """The place of the dimension's own name right before its value, else the value's."""
    before = draft.beside(place, -1)
    return before if draft.meaning(before) == Group(dimension) else place

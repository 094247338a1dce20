"""Which groups, in which order: 最高的5个, 前三, from high to low, 每个平台前3."""

from dataclasses import replace
from typing import cast

from agent.understand.grammar.counts import rows_counted
from agent.understand.grammar.node import (
    Bucketed,
    Choice,
    Comparing,
    Contrast,
    Cut,
    Further,
    Nobody,
    Ranking,
    Shown,
    Sorting,
    Test,
)
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension, Grouping, People
from agent.understand.quantities import Quantity
from warehouse.days import Bucket
from warehouse.query import Group, Measure

COUNTABLE = frozenset({None, "things", "people", "pieces", "orders", "times"})
BUCKETS = {"days": "day", "weeks": "week", "months": "month", "quarters": "quarter", "years_long": "year"}
SECONDS_AN_HOUR = 3600
BETWEEN = ("at", "whose", "aux", "came_to")  # of a number and its superlative: the 5 brands that had the most orders
GOING_ON = ("follow", "and", "instead", "comma", "pause")
MOST_KEPT = 100_000
UNNUMBERED = frozenset({"top", "the top", "bottom", "the bottom"})  # of a group by themselves: the top product


def rankings(phrase: Phrase, place: int) -> bool:
    """The first or last so many: 里程最高的5个品牌, top 10 products, the 5 brands with the highest revenue."""
    if most := phrase.word(place, "most"):
        return _superlative(phrase, place, descending=most == "desc")
    if phrase.word(place, "fastest") and phrase.has("growth"):
        return _superlative(phrase, place, descending=True)
    if champion := phrase.word(place, "champion"):
        at = phrase.after(place)
        number = _number(phrase, at)
        by, last = _beside(phrase, place), place if number is None else at
        phrase.join(place, last, Ranking(champion == "desc", number or 1, by, _unit(phrase, at)))
        return True
    top = phrase.word(place, "top")
    number = _number(phrase, place + 1)
    if (
        top
        and number is None
        and isinstance(phrase.part(phrase.after(place)), Dimension)
        and phrase.told(place) in UNNUMBERED
    ):
        phrase.put(place, Ranking(descending=top == "desc"))
        return True
    if not top or number is None or _not_even(phrase, place + 1):
        return False
    by = _beside(phrase, place, before_only=True)
    of = _unit(phrase, place + 1)
    if of is not None and by is None and not phrase.english(place):
        return False  # the first days of a time, not the best ones: 上个月后10天
    phrase.join(place, _with_rank(phrase, place + 1), Ranking(descending=top == "desc", n=number, by=by, of=of))
    return True


def _not_even(phrase: Phrase, place: int) -> bool:
    """Whether a number says that something was not done even so often: 下单后一次没付款."""
    denied = phrase.after(place, over=("also",))
    return phrase.word(denied, "negation") is not None or phrase.word(denied, "never") is not None


def _superlative(phrase: Phrase, place: int, *, descending: bool) -> bool:
    judged = phrase.word(place, "judged") is not None
    by, last = _beside(phrase, place), place
    if _judges(phrase, place):
        return False
    at = phrase.after(place)
    number, of = _number(phrase, at), _unit(phrase, at)
    if (unit := phrase.word(at, "unit_of_time")) is not None and number is None:
        number, of, last = _one_or_before(phrase, place, at), cast("Bucket", unit), at
        if number is None:
            return False
        first = phrase.before(place) if _number(phrase, phrase.before(place)) is not None else place
        phrase.join(first, last, Ranking(descending, number, by, of, judged))
        return True
    if number is not None:
        last = at
    elif (earlier := _number_before(phrase, place)) is not None:
        ranking = Ranking(descending, earlier[0], by, _unit(phrase, earlier[1]), judged)
        phrase.put(earlier[1], ranking)
        phrase.put(place, ranking)
        return True
    phrase.join(place, _with_rank(phrase, last), Ranking(descending, number, by, of, judged))
    return True


def _judges(phrase: Phrase, place: int) -> bool:
    """Whether a word tells how good something is of which the metric only tells how many there are: worst ratings."""
    shown = phrase.part(phrase.after(place))
    if not phrase.word(place, "judged") or not isinstance(shown, Shown) or not phrase.english(place):
        return False
    return rows_counted(phrase.model.metric(shown.measure.metric)) is not None


def _one_or_before(phrase: Phrase, place: int, noun: int) -> int | None:
    """How many of the units of time are meant: the three best days, the best day."""
    told = _number(phrase, phrase.before(place))
    return told if told is not None else 1 if not phrase.told(noun).endswith("s") else None


def _number(phrase: Phrase, place: int) -> int | None:
    part = phrase.part(place)
    if not isinstance(part, Quantity) or not part.bare or part.unit not in {*COUNTABLE, *BUCKETS, "seconds"}:
        return None
    value = part.bounds.at_least
    if value is not None and part.unit == "seconds":
        value = value / SECONDS_AN_HOUR
    return int(value) if value is not None and value == int(value) and 1 <= value <= MOST_KEPT else None


def _unit(phrase: Phrase, place: int) -> Bucket | None:
    """The length of time that a number counts: the 3 days with the highest revenue."""
    part = phrase.part(place)
    unit = part.unit if isinstance(part, Quantity) else None
    return "hour" if unit == "seconds" else cast("Bucket | None", BUCKETS.get(unit or ""))


def _number_before(phrase: Phrase, place: int) -> tuple[int, int] | None:
    """A number of groups told before: 5个里程最高的品牌, the 5 brands with the highest revenue."""
    at = phrase.before(place)
    at = phrase.before(at) if isinstance(phrase.part(at), Shown) else at
    at = (
        phrase.before(at)
        if isinstance(phrase.part(at), Dimension) and phrase.word(phrase.before(phrase.before(at)), "which")
        else at
    )
    if phrase.english(place):
        at = phrase.before(place, over=BETWEEN)
        at = phrase.before(at, over=BETWEEN) if isinstance(phrase.part(at), Shown) else at
        while isinstance(phrase.part(at), Dimension | Cut | People | Choice | Test):
            at = phrase.before(at, over=BETWEEN)
    number = _number(phrase, at)
    return None if number is None else (number, at)


def numbered(phrase: Phrase, place: int) -> bool:
    """A ranking with its number behind it: 卖得最好的十个子品类."""
    ranking, at = phrase.part(place), phrase.after(place)
    if isinstance(ranking, Ranking) and ranking.of is None and (unit := phrase.word(at, "unit_of_time")) is not None:
        phrase.join(place, at, replace(ranking, n=ranking.n or 1, of=cast("Bucket", unit)))
        return True
    number = _number(phrase, at)
    if not isinstance(ranking, Ranking) or ranking.n is not None or number is None:
        return False
    phrase.join(place, _with_rank(phrase, at), replace(ranking, n=number, of=_unit(phrase, at)))
    return True


def _with_rank(phrase: Phrase, place: int) -> int:
    """Past words such as 名, and those that only say that it is ranked."""
    while phrase.word(place + 1, "places") and not phrase.gap(place, place + 1):
        place += 1
    return place


def _beside(phrase: Phrase, place: int, *, before_only: bool = False) -> Measure | None:
    """The metric right before, or right after an English superlative."""
    before = phrase.part(phrase.before(place, over=("rank",)))
    if isinstance(before, Shown) and not phrase.english(place):
        return before.measure
    after = phrase.part(phrase.after(place))
    if isinstance(after, Shown) and phrase.english(place) and not before_only:
        return after.measure
    return before.measure if isinstance(before, Shown) and not before_only else None


def ordered_by(phrase: Phrase, place: int) -> bool:
    """What a ranking is by, told after it: top 10 brands by gross profit."""
    at, rankings = phrase.after(place, over=("how_many",)), list(phrase.of(Ranking))
    shown = phrase.part(at)
    if not phrase.word(place, "by") or not isinstance(shown, Shown):
        return False
    if _all_there_is(phrase, place, at):
        phrase.put(place, Sorting(descending=True, by=shown.measure))
        return True
    if not phrase.english(place):
        return False
    if not rankings:
        return _listed_by(phrase, place, shown)
    if any(ranking.by not in {None, shown.measure} for _, ranking in rankings):
        return False
    for at, ranking in rankings:
        phrase.put(at, replace(ranking, by=shown.measure))
    phrase.put(place, Nobody())
    phrase.take(place)
    return True


def _all_there_is(phrase: Phrase, place: int, shown: int) -> bool:
    """Whether another order is all that a question asks of the one before: and by visits?, 按里程呢."""
    others = [at for at in range(len(phrase.nodes)) if at not in {place, shown} and not phrase.light(at)]
    return all(any(phrase.word(at, kind) for kind in GOING_ON) for at in others)


def _listed_by(phrase: Phrase, place: int, shown: Shown) -> bool:
    """Groups named first, in the order of a metric told after "by": brands by revenue, rank brands by revenue."""
    first = phrase.after(-1, over=("rank", "list"))
    dimension = phrase.part(first)
    others = any(isinstance(node.part, Shown | Cut | Sorting) for node in phrase.nodes[:place])
    if not isinstance(dimension, Dimension) or others or dimension.verb:
        return False
    phrase.put(place, Sorting(descending=True, by=shown.measure))
    phrase.join(phrase.after(-1), first, Cut((Group(dimension=dimension.name),)))
    return True


def sortings(phrase: Phrase, place: int) -> bool:
    """An order of all groups: 按里程从高到低, ranked by revenue, highest revenue first, 升序."""
    direction = phrase.word(place, "sort")
    ranked = phrase.word(place, "rank")
    if direction is None and ranked is None:
        return False
    last, judged = place, phrase.word(place, "judged") is not None
    by: Measure | Further | Group | str | None = None
    first = place
    before = phrase.before(place)
    if (told := _column(phrase, before)) is not None and phrase.word(phrase.before(before), "by"):
        by, first = told, phrase.before(before)
    elif told is not None and phrase.english(place) and phrase.word(before - 1, "comma"):
        by, first = told, before
    elif (
        isinstance(told, str) and direction in {"latest", "earliest"} and not isinstance(phrase.part(before), Dimension)
    ):
        by = told  # the cut by days says what is in order, too: 按天从早到晚
    after = phrase.after(place, over=("by",))
    if by is None and phrase.english(place) and ranked and (told := _column(phrase, after)) is not None:
        by, last = told, after
    further = phrase.after(last, over=("rank", "comma"))
    if direction is None and (direction := phrase.word(further, "sort")) is not None:
        last, judged = further, phrase.word(further, "judged") is not None
    elif phrase.word(phrase.after(last), "rank"):
        last = phrase.after(last)
    descending = direction in {None, "desc", "latest"}
    phrase.join(first, last, Sorting(descending, by, judged))
    return True


def much(phrase: Phrase, place: int) -> bool:
    """Which groups have much of something, asked of all of them: 星期几下单多."""
    told = phrase.word(place, "tall")
    which = any(part.which for _, part in phrase.of(Cut)) or phrase.has("which")
    after_metric = isinstance(phrase.part(phrase.before(place)), Shown | Deed)
    compared = any(True for _ in phrase.of(Contrast)) or any(True for _ in phrase.of(Comparing)) or phrase.has("than")
    if not (told and which and after_metric) or compared:
        return False
    phrase.put(place, Sorting(told == "desc", judged=phrase.word(place, "judged") is not None))
    return True


def _column(phrase: Phrase, place: int) -> Measure | Further | Group | str | None:
    match phrase.part(place):
        case Shown(measure=measure):
            return measure
        case Further() as further:
            return further
        case Dimension(name=name):
            return name
        case Grouping(group):
            return group
        case Bucketed(grain=grain):
            return grain
        case _:
            return None


def bests_first(phrase: Phrase, place: int) -> bool:
    """Highest revenue first, lowest city first: the saying of an order in English."""
    ranking, end = phrase.part(place), phrase.word(place, "end_of_time")
    named = phrase.after(place)
    column = _column(phrase, named) or phrase.word(named, "unit_of_time")
    first = phrase.after(named)
    if column is None or phrase.told(first) != "first" or not (end or isinstance(ranking, Ranking)):
        return False
    descending = ranking.descending if isinstance(ranking, Ranking) else end == "latest"
    judged = isinstance(ranking, Ranking) and ranking.judged
    phrase.join(place, first, Sorting(descending, column, judged))
    return True

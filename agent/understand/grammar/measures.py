"""Metrics as they are to be shown: 日均里程, share of revenue, the median over customers."""

from typing import Any

from pydantic import ValidationError
from sqlglot import exp

from agent.understand.grammar.node import Choice, Nobody, Node, Ranking, Shown, Sorting, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.shares import share_kind, share_of_groups
from agent.understand.inflections import superlative
from agent.understand.mentions import Deed, Measure, People, Ranked, When
from agent.understand.quantities import Quantity
from warehouse import query
from warehouse.query import Over

BUCKETS_OVER: dict[str, Over] = {"day": "day", "week": "week", "month": "month"}
PIECES = frozenset({"units", "items", "pieces"})
BY_DAYS = frozenset({"stdev", "variance"})  # over the days' values unless another unit is told


def ranked(phrase: Phrase, place: int) -> bool:
    """A name for being ranked by a metric: the metric, and the order."""
    part = phrase.part(place)
    if not isinstance(part, Ranked):
        return False
    if part.people:
        return _people_ranked(phrase, place, part)
    start, end = phrase.nodes[place].start, phrase.nodes[place].end
    shown = Shown(query.Measure(metric=part.metric))
    number = next((at for at in (place + 1, place - 1) if _counts_groups(phrase, at)), place)
    told = phrase.part(number)
    n = _n(told) if isinstance(told, Quantity) else None
    first, last = min(place, number), max(place, number)
    topped = part.descending and phrase.word(first - 1, "top") == "desc" and phrase.told(first - 1).isascii()
    first = first - 1 if topped and first <= number else first
    order = Ranking(part.descending, n, several=not superlative(phrase.told(place)))
    phrase.nodes[first : last + 1] = [Node(start, start, shown), Node(start, end, order)]
    return True


def _people_ranked(phrase: Phrase, place: int, ranked: Ranked) -> bool:
    """Customers called by a metric behind a word for an order: top 10 spenders, the biggest spender."""
    lead = phrase.before(place - 1 if _counts_groups(phrase, place - 1) else place)
    end = phrase.word(lead, "top") or phrase.word(lead, "most")
    if end is None:
        return False
    number = phrase.part(lead - 1 if phrase.word(lead, "most") else place - 1)
    lead = lead - 1 if _counts_groups(phrase, lead - 1) and phrase.word(lead, "most") else lead
    n = _n(number) if isinstance(number, Quantity) else None if phrase.told(place).endswith("s") else 1
    by = query.Measure(metric=ranked.metric)
    order = Ranking(end == "desc", n, by) if n is not None else Sorting(end == "desc", by)
    start, last = phrase.nodes[lead].start, phrase.nodes[place].end
    phrase.nodes[lead : place + 1] = [
        Node(start, start, Shown(by)),
        Node(start, start, order),
        Node(start, last, People()),
    ]
    return True


def _counts_groups(phrase: Phrase, place: int) -> bool:
    """Whether a plain number stands there in English: the two bestselling brands."""
    part = phrase.part(place)
    return isinstance(part, Quantity) and part.bare and part.unit is None and phrase.english(place)


def counted(phrase: Phrase, place: int) -> bool:
    """A metric that stands within its bounds: which brands sold more than 50 units."""
    part, told = phrase.part(place), phrase.told(place)
    if not isinstance(part, Quantity) or part.bare or any(isinstance(node.part, Deed) for node in phrase.nodes):
        return False
    for metric in phrase.model.metrics.values():
        for name in metric.words.en:
            beside = f"{told} {phrase.told(place + 1)}"
            if beside.endswith(f" {name.lower()}") and len(name) > len(phrase.told(place + 1)) + 1:
                start, end = phrase.nodes[place].start, phrase.nodes[place + 1].end
                noun = start + len(beside) - len(name)
                phrase.nodes[place : place + 2] = [Node(start, noun - 1, part), Node(noun, end, Measure(metric.name))]
                return True
    for metric in phrase.model.metrics.values():
        for name in metric.words.en:
            if told.endswith(f" {name.lower()}"):
                start, end = phrase.nodes[place].start, phrase.nodes[place].end
                split = end - len(name)
                phrase.nodes[place : place + 1] = [Node(start, split - 1, part), Node(split, end, Measure(metric.name))]
                return True
    return False


def amount_in(phrase: Phrase, place: int) -> bool:
    """A number told before its metric: more than 10k in revenue."""
    number, metric = phrase.part(place), phrase.part(place + 2)
    if not isinstance(number, Quantity) or number.bare or number.unit == "seconds" or not isinstance(metric, Measure):
        return False
    if phrase.told(place + 1) != "in" or phrase.word(place + 1, "at") is None:
        return False
    told, between, measure = phrase.nodes[place : place + 3]
    phrase.nodes[place : place + 3] = [measure, Node(told.start, between.end, number)]
    return True


def pieces_of(phrase: Phrase, place: int) -> bool:
    """A word for pieces that is only what another metric sums: how many units do we have in stock."""
    if not isinstance(phrase.part(place), Measure) or phrase.told(place) not in PIECES:
        return False
    if not phrase.word(phrase.before(place), "how_many"):
        return False
    at = next((at for at in range(place + 1, len(phrase.nodes)) if isinstance(phrase.part(at), Measure)), None)
    listed = any(phrase.word(each, kind) for each in range(place, at or place) for kind in ("and", "comma", "pause"))
    other = phrase.part(at) if at is not None and not listed else None
    if not isinstance(other, Measure) or not sums_pieces(phrase, other):
        return False
    phrase.put(place, Nobody())
    phrase.take(place)
    return True


def sums_pieces(phrase: Phrase, measure: Measure) -> bool:
    """Whether a metric is a sum of what has no unit, as pieces have none."""
    metric = phrase.model.metric(measure.metric)
    return metric.unit is None and any(route.aggregate == "sum" for route in metric.routes)


def shown(phrase: Phrase, place: int) -> bool:
    """A metric, with what stands before and after it to tell how it is shown."""
    measure = phrase.part(place)
    if not isinstance(measure, Measure):
        return False
    for form in (_percentile, _moving, _statistic, _mean_of_each, _mean, _running, _share, share_of_groups):
        if form(phrase, place, measure):
            return True
    phrase.put(place, Shown(query.Measure(metric=measure.metric), measure.per))
    return True


def _made(phrase: Phrase, first: int, last: int, measure: Measure, **told: Any) -> bool:
    try:
        made = query.Measure(metric=measure.metric, **told)
    except ValidationError:
        return False
    per = None if "over" in told else measure.per
    phrase.join(first, last, Shown(made, per))
    return True


def _share(phrase: Phrase, place: int, measure: Measure) -> bool:
    """里程占比, share of revenue, each group's of the total or of its parent."""
    after = phrase.after(place)
    kind = phrase.word(after, "share")
    led = phrase.english(place) and phrase.word(phrase.before(place, over=("at", "total")), "share")
    if kind and not led:
        return _made(phrase, place, after, measure, show=share_kind(kind))
    to = [at for at in range(place) if phrase.word(at, "to")][-1:]
    before = phrase.before(place, over=("at", "total", "to"))
    between = []
    while isinstance(phrase.part(before), When | Choice | Test):
        between.append(before)
        before = phrase.before(before, over=("at", "total", "to"))
    kind = phrase.word(before, "share")
    if not kind or not phrase.english(before):
        return False
    within = phrase.after(place)
    parent = phrase.word(within, "share") == "parent"
    show = "share_of_parent" if parent else share_kind(kind)
    last = within if parent else place
    phrase.take(*to)
    if not between:
        return _made(phrase, before, last, measure, show=show)
    phrase.put(before, Nobody())
    phrase.take(before)
    return _made(phrase, place, last, measure, show=show)


def _running(phrase: Phrase, place: int, measure: Measure) -> bool:
    """累计里程 over buckets; without any it is the plain total."""
    before = phrase.before(place, over=("at",))
    if not phrase.word(before, "running"):
        return False
    cut = any(node.word("grains") or node.word("trend") for node in phrase.nodes)
    return cut and _made(phrase, before, place, measure, show="running")


def _mean(phrase: Phrase, place: int, measure: Measure) -> bool:
    """日均里程, average daily revenue, revenue per day, average DAU."""
    before, after = phrase.before(place, over=("at",)), phrase.after(place)
    over = _over_words(phrase, before)
    if phrase.word(before, "mean") not in {None, "any", "customer"}:
        return _made(phrase, before, place, measure, show="mean", over=phrase.word(before, "mean"))
    if phrase.word(after, "mean") not in {None, "any"}:
        first = before if phrase.word(before, "mean") else place
        doubled = phrase.after(after, over=("at",))
        last = doubled if phrase.word(doubled, "mean") == "any" else after
        return _made(phrase, first, last, measure, show="mean", over=phrase.word(after, "mean"))
    earlier = phrase.before(before, over=("at",)) if over else before
    if (per := phrase.word(after, "grains")) in BUCKETS_OVER and phrase.english(after) and not over:
        averaged = phrase.after(after)
        if phrase.word(earlier, "mean") == "any":
            return _made(phrase, earlier, after, measure, show="mean", over=per)
        if phrase.word(averaged, "mean") == "any":
            return _made(phrase, place, averaged, measure, show="mean", over=per)
    if phrase.word(earlier, "mean") == "any":
        bracket = _bracketed(phrase, place)
        told = over or measure.per or (bracket[0] if bracket else None)
        if told in {*BUCKETS_OVER, "customer", "row"}:
            return _made(
                phrase,
                earlier,
                bracket[1] if bracket and not over and not measure.per else place,
                measure,
                show="mean",
                over=told,
            )
        if phrase.model.metric(measure.metric).formula is not None or _averaged(phrase, measure):
            return _made(phrase, earlier, place, measure)
    bracket = _bracketed(phrase, after)
    if phrase.word(after, "mean") == "any" and bracket:
        return _made(phrase, place, bracket[1], measure, show="mean", over=bracket[0])
    return False


def _mean_of_each(phrase: Phrase, place: int, measure: Measure) -> bool:
    """What each customer has on average, of what adds up: 人均里程, 每个用户平均里程."""
    before = phrase.before(place, over=("at",))
    first = phrase.before(before)
    turned = phrase.word(before, "mean") == "any" and phrase.word(first, "over") == "customer"
    if not (turned or phrase.word(before, "mean") == "customer"):
        return False
    sums = [each.aggregate in {"sum", "count"} for each in phrase.model.metric(measure.metric).routes]
    return any(sums) and _made(phrase, first if turned else before, place, measure, show="mean", over="customer")


def _averaged(phrase: Phrase, measure: Measure) -> bool:
    return any(route.aggregate == "avg" for route in phrase.model.metric(measure.metric).routes)


def _over_words(phrase: Phrase, place: int) -> str | None:
    """The unit that a statistic is taken over: daily, 按用户."""
    grain = phrase.word(place, "grains")
    return phrase.word(place, "over") or (grain if grain in BUCKETS_OVER else None)


def _bracketed(phrase: Phrase, place: int) -> tuple[str, int] | None:
    """The unit in brackets right after a place, and where the bracket ends."""
    over = _over_words(phrase, place + 2)
    if phrase.word(place + 1, "open") and over and phrase.word(place + 3, "close"):
        return over, place + 3
    return None


def _statistic(phrase: Phrase, place: int, measure: Measure) -> bool:
    """里程的中位数（按用户）, standard deviation of daily revenue."""
    after, before = phrase.after(place), phrase.before(place, over=("at",))
    if (name := phrase.word(after, "statistic")) is not None:
        bracket = _bracketed(phrase, after)
        leading = _over_words(phrase, before)
        over = bracket[0] if bracket else leading or measure.per or ("day" if name in BY_DAYS else None)
        first = before if leading and not bracket else place
        return over is not None and _made(
            phrase, first, bracket[1] if bracket else after, measure, show=name, over=over
        )
    leading = _over_words(phrase, before)
    at = phrase.before(before, over=("at",)) if leading else before
    bracket = _bracketed(phrase, place)
    name = phrase.word(at, "statistic") or (_extreme(phrase, at) if leading or bracket else None)
    if name is None:
        return False
    over = leading or (bracket[0] if bracket else None) or measure.per or ("day" if name in BY_DAYS else None)
    return over is not None and _made(
        phrase, at, bracket[1] if bracket and not leading else place, measure, show=name, over=over
    )


def _extreme(phrase: Phrase, place: int) -> str | None:
    most = phrase.word(place, "most")
    return None if most is None else {"desc": "highest", "asc": "lowest"}[most]


def _percentile(phrase: Phrase, place: int, measure: Measure) -> bool:
    """里程的90分位数, 90th percentile of daily revenue."""
    at = phrase.after(place)
    number, word = phrase.part(at), at + 1
    if isinstance(number, Quantity) and phrase.word(word, "percentile"):
        bracket = _bracketed(phrase, word)
        over = bracket[0] if bracket else measure.per
        return over is not None and _made(
            phrase, place, bracket[1] if bracket else word, measure, show="percentile", n=_n(number), over=over
        )
    before = phrase.before(place, over=("at",))
    over = _over_words(phrase, before)
    at = phrase.before(before, over=("at",)) if over else before
    number = phrase.part(at - 1)
    if phrase.word(at, "percentile") and isinstance(number, Quantity):
        bracket = _bracketed(phrase, place)
        over = over or (bracket[0] if bracket else None) or measure.per
        last = bracket[1] if bracket else place
        return over is not None and _made(phrase, at - 1, last, measure, show="percentile", n=_n(number), over=over)
    return False


def _n(quantity: Quantity) -> int | None:
    value = quantity.bounds.at_least
    return int(value) if value is not None and quantity.bounds.at_most == value else None


def _moving(phrase: Phrase, place: int, measure: Measure) -> bool:
    """里程的7期移动平均, 7-day moving average of revenue."""
    at = phrase.after(place)
    number = phrase.part(at)
    word = phrase.after(at, over=("periods",))
    if isinstance(number, Quantity) and phrase.word(word, "moving"):
        return _made(phrase, place, word, measure, show="moving", n=_n(number))
    before = phrase.before(place, over=("at",))
    at = phrase.before(before, over=("periods",))
    number = phrase.part(at)
    if phrase.word(before, "moving") and isinstance(number, Quantity):
        return _made(phrase, at, place, measure, show="moving", n=_n(number))
    return False


def of_denominator(phrase: Phrase, place: int) -> bool:
    """A rate told with what it is a rate of: the share of new customers among buyers."""
    part, after = phrase.part(place), phrase.after(place, over=("at",))
    base = phrase.part(after)
    if (
        not isinstance(part, Shown)
        or not isinstance(base, Shown)
        or not phrase.english(place)
        or after == phrase.after(place)
    ):
        return False
    formula = phrase.model.metric(part.measure.metric).formula
    if (
        not isinstance(formula, exp.Div)
        or formula.expression.name != base.measure.metric
        or base.measure.show != "value"
    ):
        return False
    phrase.join(place, after, part)
    return True

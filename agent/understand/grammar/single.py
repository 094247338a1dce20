"""The amount of one of the rows of what was done: 单笔超过500的用户, customers with an order over 1000 yuan."""

from typing import NamedTuple

from agent.understand.grammar import row_names
from agent.understand.grammar.counts import rows_counted
from agent.understand.grammar.node import Choice, Node, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Measure, People, Rows
from agent.understand.quantities import Quantity
from warehouse.model import Behaviour, Dimension, Metric, Route, Words
from warehouse.query import Ranged


class Had(NamedTuple):
    """Where it is told that people have such rows, what is told of them, and how many they have."""

    first: int
    last: int
    told: str
    times: Quantity | None = None


def amount_of_one(phrase: Phrase, place: int) -> bool:
    """The amount of what each customer did once: 第一趟付了800以上, 首单金额超过500."""
    deed, at = phrase.part(place), phrase.after(place, over=("at", "aux"))
    if not isinstance(deed, Deed) or not _once(phrase, phrase.model.behaviour(deed.behaviour)):
        return False
    named = isinstance(phrase.part(at), Measure) or phrase.word(at, "amount") is not None
    last = phrase.after(at) if named else at
    quantity, behaviour = phrase.part(last), phrase.model.behaviour(deed.behaviour)
    if not isinstance(quantity, Quantity) or quantity.bare or not (named or quantity.unit):
        return False
    amounts = [
        each for each in phrase.model.dimensions.values() if _is_amount(phrase, each, phrase.part(at), behaviour)
    ]
    if len(amounts) != 1 or quantity.unit not in {None, amounts[0].unit}:
        return False
    phrase.join(at, last, Test(Ranged(dimension=amounts[0].name, bounds=quantity.bounds)))
    return True


def amount_of_rows(phrase: Phrase, place: int) -> bool:
    """The amount of each of the rows right behind, no total of those who have them: 里程超过1000的趟."""
    told, at = phrase.part(place), phrase.after(place, over=("at", "aux"))
    quantity, behind = phrase.part(at), phrase.after(at)
    if not isinstance(told, Measure) or not isinstance(quantity, Quantity) or quantity.bare:
        return False
    route, rows = phrase.model.metric(told.metric).routes[:1], phrase.part(behind)
    counted = rows_counted(phrase.model.metric(rows.metric)) if isinstance(rows, Measure) else None
    source = rows.source if isinstance(rows, Rows) else counted
    summed = [(each.source, each.expression) for each in route if each.aggregate == "sum" and each.source == source]
    numbers = [each for each in phrase.model.dimensions.values() if each.kind == "number"]
    amounts = [each for each in numbers if (each.source, each.expression) in summed]
    if len(amounts) != 1 or not phrase.tied(at, behind) or quantity.unit not in {None, amounts[0].unit}:
        return False
    if counted or phrase.word(phrase.after(behind, over=("aux",)), "how_many"):
        placed = [each.name for each in phrase.model.metrics.values() if _placed(each, source, route[0])]
        for name in placed[:1]:
            phrase.put(behind, Measure(name))
    phrase.join(place, at, Test(Ranged(dimension=amounts[0].name, bounds=quantity.bounds)))
    return True


def _placed(metric: Metric, source: str | None, route: Route) -> bool:
    """Whether a metric counts the rows that another sums, by the same time: what was paid, the paid ones."""
    return rows_counted(metric) == source and (metric.routes[0].at, metric.routes[0].where) == (route.at, route.where)


def _once(phrase: Phrase, behaviour: Behaviour) -> bool:
    """Whether each customer does it once."""
    return phrase.model.sources[behaviour.source].key == behaviour.customer.name


def _is_amount(phrase: Phrase, dimension: Dimension, told: object, behaviour: Behaviour) -> bool:
    """Whether a number is what the metric told sums, or else what was paid."""
    purchase = phrase.model.roles.get("purchase")
    summed = [(purchase.source, purchase.parts.get("amount"))] if purchase is not None else []
    if isinstance(told, Measure):
        routes = phrase.model.metric(told.metric).routes[:1]
        summed = [(each.source, each.expression) for each in routes if each.aggregate == "sum"]
    of_it = dimension.kind == "number" and (dimension.source, dimension.expression) in summed
    return of_it and phrase.model.path(behaviour.source, dimension.source) is not None


def rows_had(phrase: Phrase, place: int) -> bool:
    """People told by a number that rows of theirs have, and by no verb: by what leaves such rows."""
    test = phrase.part(place)
    if not isinstance(test, Test) or not isinstance(test.condition, Ranged):
        return False
    source = phrase.dimension(test.condition.dimension).source
    if not source or phrase.about_people(test.condition.dimension):
        return False
    had = _english(phrase, place, source) if phrase.english(place) else _chinese(phrase, place, source)
    done = _leaving(phrase, source, had.told) if had is not None else []
    if had is None or not done:
        return False
    meant = next((each for each in done[1:] if phrase.fork(f"rows of {each.name}")), done[0])
    start, end = phrase.nodes[had.first].start, phrase.nodes[had.last].end
    counted = [Node(end, end, had.times)] if had.times is not None else []
    nodes = [Node(start, start, Deed(meant.name)), Node(start, end, test), *counted]
    phrase.nodes[had.first : had.last + 1] = nodes
    return True


def _chinese(phrase: Phrase, place: int, source: str) -> Had | None:
    """单笔超过500的用户, 有超过500元的订单的用户: people right behind, and nothing done before."""
    at, noun, last = phrase.after(place), phrase.told(place), place
    if isinstance(phrase.part(at), Rows) and row_names.named(phrase, at) == source:
        noun, last, at = phrase.told(at), at, phrase.after(at)
    owned = phrase.followed_by("tie", last)
    before = phrase.part(phrase.before(place, over=("aux", "at")))
    while isinstance(phrase.part(at), Test | Choice):
        at = phrase.after(at)
    if not owned or not isinstance(phrase.part(at), People) or isinstance(before, Deed | Measure | People):
        return None
    return Had(place, last, noun)


def _english(phrase: Phrase, place: int, source: str) -> Had | None:
    """With an order over 1000 yuan, with at least one order over 800 yuan."""
    at = phrase.before(place, over=("at",))
    rows = phrase.part(at)
    if row_names.named_before(phrase, at) != source or not phrase.word(phrase.before(at), "whose"):
        return None
    if not isinstance(rows, Rows | Quantity | Shown) and not (isinstance(rows, Deed) and rows.bare):
        return None
    return Had(at, place, phrase.told(at).split(" ")[-1], rows if isinstance(rows, Quantity) else None)


def _leaving(phrase: Phrase, source: str, told: str) -> list[Behaviour]:
    """What leaves such rows, each of it; what the words name alone, where they do: an order, 单笔支付."""
    done = [each for each in phrase.model.behaviours.values() if each.source == source and each.where is None]
    row = phrase.model.sources[source].row
    nouns = (*row.zh, *row.en) if row is not None and _says(told, row) else ()
    named = [each for each in done if any(noun in word for noun in nouns for word in (*each.words.zh, *each.bare))]
    verbs = [each for each in done if any(len(word) > 1 and word in told for word in (*each.words.zh, *each.bare))]
    return verbs or named or done


def _says(told: str, row: Words) -> bool:
    """Whether what rows are called is told: 单笔订单, at least one order."""
    return any(each in told for each in row.zh) or not set(told.split(" ")).isdisjoint(row.en)

"""How the words of a question hang together in the model: whose rows, whose names."""

from sqlglot import exp

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from warehouse.model import Route
from warehouse.query import Attribute, Condition, Dated, Did, Filter, Not, Ranged, Total


def routes(phrase: Phrase, name: str) -> list[Route]:
    """The routes of a metric, or of those that its formula names."""
    metric = phrase.model.metric(name)
    if metric.formula is None:
        return list(metric.routes)
    parts = {column.name for column in metric.formula.find_all(exp.Column)}
    return [route for part in sorted(parts) for route in phrase.model.metric(part).routes]


def counts_done(phrase: Phrase, metric: str, behaviour: str) -> bool:
    """Whether all that a metric counts was done so, at that time: of its routes one is by the rows of what was done."""
    done, formula = phrase.model.behaviour(behaviour), phrase.model.metric(metric).formula
    parts = {column.name for column in formula.find_all(exp.Column)} if formula is not None else {metric}
    rows = [each for each in (done, done.otherwise) if each is not None]
    return all(
        any(
            (route.source, route.at) == (each.source, each.time) and each.where in {None, route.where}
            for route in phrase.model.metric(part).routes
            for each in rows
        )
        for part in parts
    )


def counts_people(phrase: Phrase, name: str) -> bool:
    """Whether a metric is a number of customers."""
    model = phrase.model
    customers = [each.customer for each in model.behaviours.values()]
    return model.metric(name).unit is None and any(
        each.source == model.customer.source or (each.aggregate == "count_distinct" and each.expression in customers)
        for each in routes(phrase, name)
    )


def sources(phrase: Phrase, frame: Frame) -> set[str]:
    """The sources whose rows are counted, filtered, or told of what was done."""
    found = {route.source for each in frame.measures for route in routes(phrase, each.metric)}
    for condition in frame.where:
        inner = condition.not_ if isinstance(condition, Not) else condition
        match inner:
            case Did():
                found.add(phrase.model.behaviour(inner.behaviour).source)
            case Total():
                found |= {route.source for route in routes(phrase, inner.metric)}
            case Filter() | Ranged() | Dated():
                found.add(phrase.dimension(inner.dimension).source)
            case _:
                pass
    return found


def names(condition: Condition, dimension: str, phrase: Phrase) -> bool:
    """Whether a dimension's name only says what a condition is on: itself, or the rows of its source."""
    inner = condition.not_ if isinstance(condition, Not) else condition
    if isinstance(inner, Did | Total):
        return any(names(each, dimension, phrase) for each in inner.where)
    if not isinstance(inner, Attribute):
        return False
    row = phrase.model.sources.get(phrase.dimension(inner.dimension).source)
    home = phrase.dimension(dimension)
    called = (
        row is not None and row.row is not None and home.source == row.name and set(home.words.zh) & set(row.row.zh)
    )
    return inner.dimension == dimension or bool(called)


def counts_customers(phrase: Phrase, place: int) -> bool:
    """Whether a metric that counts all customers stands there: registered users."""
    part = phrase.part(place)
    told = routes(phrase, part.measure.metric) if isinstance(part, Shown) else []
    return any((each.source, each.reach) == (phrase.model.customer.source, "through") for each in told)


def number_of_customers(phrase: Phrase) -> str | None:
    """The metric that is the number of customers there are; None in a model without one."""
    for metric in phrase.model.metrics.values():
        for route in metric.routes[:1]:
            whole = route.reach == "through" and route.where is None and route.aggregate == "count"
            if whole and route.source == phrase.model.customer.source:
                return metric.name
    return None

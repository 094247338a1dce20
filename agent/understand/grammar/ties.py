"""How the words of a question hang together in the model: whose rows, whose names."""

from sqlglot import exp

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.phrase import Phrase
from warehouse.model import Route, SemanticModel
from warehouse.query import Attribute, Condition, Dated, Did, Filter, Not, Ranged, Total


def parts(model: SemanticModel, name: str) -> list[str]:
    """The metrics that a metric's formula names; itself where it has none."""
    formula = model.metric(name).formula
    return [name] if formula is None else sorted({column.name for column in formula.find_all(exp.Column)})


def routes(phrase: Phrase, name: str) -> list[Route]:
    """The routes of a metric, or of those that its formula names."""
    return [route for part in parts(phrase.model, name) for route in phrase.model.metric(part).routes]


def counts_done(phrase: Phrase, metric: str, behaviour: str) -> bool:
    """Whether all that a metric counts was done so, at that time: of its routes one is by the rows of what was done."""
    done = phrase.model.behaviour(behaviour)
    rows = [each for each in (done, done.otherwise) if each is not None]
    return all(
        any(
            (route.source, route.at) == (each.source, each.time) and each.where in {None, route.where}
            for route in phrase.model.metric(part).routes
            for each in rows
        )
        for part in parts(phrase.model, metric)
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

"""The words that a plan uses and what they mean: shared by the tools that answer plans."""

from collections.abc import Iterable, Iterator

from sqlglot import exp

from tools.tool import Defined
from warehouse.model import Metric, SemanticModel
from warehouse.resolved import Amount, Deed, Either, Every, Held, Member, Negation


def of_metrics(metrics: Iterable[Metric], model: SemanticModel) -> Iterator[Defined]:
    """Each metric, and those that its formula names."""
    for metric in metrics:
        yield Defined(metric.words.label, metric.definition)
        if metric.formula is not None:
            names = dict.fromkeys(column.name for column in metric.formula.find_all(exp.Column, bfs=False))
            yield from of_metrics((model.metric(name) for name in names), model)


def of_conditions(held: Iterable[Held], model: SemanticModel) -> Iterator[Defined]:
    """Each behaviour, metric and segment that conditions name, however deep."""
    for each in held:
        match each:
            case Deed():
                yield Defined(each.behaviour.words.label, each.behaviour.definition)
            case Amount():
                yield from of_metrics((each.metric,), model)
            case Member():
                yield Defined(each.segment.words.label, each.segment.definition)
                yield from of_conditions(each.where, model)
            case Every() | Either():
                yield from of_conditions(each.of, model)
            case Negation():
                yield from of_conditions((each.of,), model)


def once(definitions: Iterable[Defined]) -> tuple[Defined, ...]:
    """Each word once, in the order used."""
    return tuple(dict.fromkeys(definitions))

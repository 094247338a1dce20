"""Which metrics count, and what: rows, the times something was done, who did it, the customers there are."""

from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.ties import parts
from warehouse.model import Behaviour, Metric, Route, SemanticModel


def rows_counted(metric: Metric) -> str | None:
    """The source whose rows a metric counts; None where it counts no rows."""
    return next((each.source for each in metric.routes[:1] if each.aggregate == "count"), None)


def of_rows(metric: Metric, done: Behaviour) -> Route | None:
    """How a metric is reckoned over all rows of what was done, by its time; None where it is over others."""
    for route in metric.routes[:1]:
        same = (route.source, route.at, route.where) == (done.source, done.time, done.where)
        if same and route.having is None and route.reach == "period":
            return route
    return None


def counts_times(metric: Metric, done: Behaviour) -> bool:
    """Whether a metric counts how often something was done."""
    route = of_rows(metric, done)
    if route is None or done.counts is None:
        return route is not None and route.aggregate == "count"
    return (route.aggregate, route.expression) == ("count_distinct", done.counts)


def counts_who(metric: Metric, done: Behaviour, model: SemanticModel) -> bool:
    """Whether a metric counts the customers who did something."""
    route = of_rows(metric, done)
    if route is None or route.expression != done.customer:
        return False
    row_for_each = route.source == model.customer.source and route.aggregate == "count"
    return row_for_each or route.aggregate == "count_distinct"


def counts_people(model: SemanticModel, name: str) -> bool:
    """Whether a metric is a number of customers."""
    told = [model.metric(part).routes for part in parts(model, name)]
    return model.metric(name).unit is None and all(any(_of_people(each, model) for each in routes) for routes in told)


def _of_people(route: Route, model: SemanticModel) -> bool:
    if route.aggregate == "count":
        return route.source == model.customer.source
    return route.aggregate == "count_distinct" and (
        route.source == model.customer.source
        or route.expression in [each.customer for each in model.behaviours.values()]
    )


def number_of_customers(model: SemanticModel) -> str | None:
    """The metric that is the number of customers there are; None in a model without one."""
    for metric in model.metrics.values():
        for route in metric.routes[:1]:
            whole = route.reach == "through" and route.where is None
            if whole and rows_counted(metric) == model.customer.source:
                return metric.name
    return None


def counts_members(model: SemanticModel, segment: str) -> str | None:
    """The metric that is the number of a segment's customers, by its name: 熟人数 of 熟人."""
    names = {f"{each}{end}" for each in model.segment(segment).words.zh for end in ("数", "人数")}
    return next((each.name for each in model.metrics.values() if names & set(each.words.zh)), None)


def counts_arrivals(phrase: Phrase) -> bool:
    """Whether all that is measured are customers by when they came: that does not bound what they did later."""
    told = [phrase.model.metric(shown.measure.metric) for _, shown in phrase.of(Shown)]
    source = phrase.model.customer.source
    return bool(told) and all(rows_counted(each) == source and each.routes[0].reach == "period" for each in told)

"""Every expression of a model file: where it stands, over which source, and what it may be."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from warehouse.checks.mistake import Place
from warehouse.checks.scope import Scope
from warehouse.spec import DeedSpec, RouteSpec

# A column; an expression over one row; one over the rows of a group, aggregates in it.
Form = Literal["column", "row", "group"]

ROUTE: Mapping[str, Form] = {
    "sum": "row",
    "avg": "row",
    "count": "row",
    "count_distinct": "row",
    "where": "row",
    "having": "group",
    "at": "column",
}
BEHAVIOUR: Mapping[str, Form] = {"customer": "column", "time": "column", "counts": "column", "where": "row"}


class Use(NamedTuple):
    """An expression: its place, its text, the source whose columns it names bare, and its form."""

    place: Place
    text: str
    source: str
    form: Form


def uses(scope: Scope) -> Iterator[Use]:
    """Every expression over columns, in the order of the file's sections."""
    customer = scope.spec.roles.customer
    if customer.since is not None:
        yield Use(("roles", "customer", "since"), customer.since, customer.source, "column")
    for name, role in scope.roles.items():
        yield from (Use(("roles", name, "parts", part), text, role.source, "row") for part, text in role.parts.items())
    for name, dimension in scope.spec.dimensions.items():
        if dimension.source is not None:
            yield Use(("dimensions", name, "expression"), dimension.expression or name, dimension.source, "row")
    for name, metric in scope.spec.metrics.items():
        for at, route in enumerate(metric.routes):
            yield from _told(("metrics", name, "routes", at), route, route.of, ROUTE)
    for name, behaviour in scope.spec.behaviours.items():
        yield from _told(("behaviours", name), behaviour, behaviour.source, BEHAVIOUR)
        other = behaviour.otherwise
        if other is not None:
            yield from _told(("behaviours", name, "otherwise"), other, other.source, BEHAVIOUR)


def _told(place: Place, spec: RouteSpec | DeedSpec, source: str, forms: Mapping[str, Form]) -> Iterator[Use]:
    for field, form in forms.items():
        text = getattr(spec, field)
        if text is not None:
            yield Use((*place, field), text, source, form)

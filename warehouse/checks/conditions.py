"""Whether the conditions of a segment can be asked: the names in them, and a dimension's kind of test."""

from collections.abc import Iterator, Mapping, Sequence

from warehouse.checks.mistake import Mistake, Place, unknown
from warehouse.checks.names import DIMENSION, METRIC
from warehouse.checks.scope import Scope
from warehouse.model import Kind
from warehouse.query import All, Any_, Condition, Dated, Did, Filter, Not, Ranged, Segment, Total
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS

KINDS: Mapping[type, tuple[Kind, ...]] = {
    Filter: ("category", "attribute"),
    Ranged: ("number", "birth_year"),
    Dated: ("date",),
}
WRITTEN: Mapping[Kind, Text] = {
    "category": Text("按 values 写", "write values"),
    "attribute": Text("按 values 写", "write values"),
    "number": Text("按 bounds 写", "write bounds"),
    "birth_year": Text("按 bounds 写", "write bounds"),
    "date": Text("按 period 写", "write a period"),
}


def conditions(scope: Scope) -> Iterator[Mistake]:
    """Segments' conditions name what is there, test a dimension as its kind is, and never lead back to themselves."""
    for name, segment in scope.spec.segments.items():
        for place, condition in _each(segment.where, ("segments", name, "where")):
            yield from _condition(place, condition, scope)
        if name in _segments(name, scope):
            yield Mistake(("segments", name, "where"), Text("人群绕成了圈", "the segment leads back to itself"))


def _each(conditions: Sequence[Condition], place: Place) -> Iterator[tuple[Place, Condition]]:
    """Every condition, those inside others too, with its place."""
    for at, condition in enumerate(conditions):
        here = (*place, at)
        yield here, condition
        match condition:
            case All(all=inner):
                yield from _each(inner, (*here, "all"))
            case Any_(any=inner):
                yield from _each(inner, (*here, "any"))
            case Not(not_=negated):
                yield from (((*here, "not", *inner[len(here) + 1 :]), one) for inner, one in _each((negated,), here))


def _condition(place: Place, condition: Condition, scope: Scope) -> Iterator[Mistake]:
    match condition:
        case Filter() | Ranged() | Dated():
            yield from _attribute(place, condition, scope, scope.spec.roles.customer.source)
        case Did(behaviour=name):
            if not scope.has("behaviours", name):
                yield unknown((*place, "behaviour"), Text("行为", "behaviour"), name, scope.names("behaviours"))
            behaviour = scope.spec.behaviours.get(name)
            rows = None if behaviour is None else behaviour.otherwise or behaviour
            for at, each in enumerate(condition.where):
                yield from _attribute((*place, "where", at), each, scope, None if rows is None else rows.source)
        case Total(metric=name):
            if not scope.has("metrics", name):
                yield unknown((*place, "metric"), METRIC, name, scope.names("metrics"))
            for at, each in enumerate(condition.where):
                yield from _attribute((*place, "where", at), each, scope, None)
        case Segment(segment=name):
            if not scope.has("segments", name):
                yield unknown((*place, "segment"), Text("人群", "segment"), name, scope.names("segments"))


def _attribute(place: Place, condition: Filter | Ranged | Dated, scope: Scope, source: str | None) -> Iterator[Mistake]:
    """`source` is the one whose rows are tested, None where a metric's routes tell it."""
    name = condition.dimension
    if name not in TIME_PARTS and not scope.has("dimensions", name):
        yield unknown((*place, "dimension"), DIMENSION, name, scope.names("dimensions"))
        return
    kind, origin = scope.kind(name), scope.origin(name)
    if kind is not None and kind not in KINDS[type(condition)]:
        yield Mistake(place, Text(f"{name} 的种类是 {kind}", f"{name} is of kind {kind}"), WRITTEN[kind])
    if source is not None and origin is not None and not scope.tied(source, origin[0]):
        wrong = Text(
            f"{source} 没有连到 {name} 的 {origin[0]}", f"{source} is not joined to {origin[0]}, which has {name}"
        )
        yield Mistake((*place, "dimension"), wrong)
    if isinstance(condition, Filter) and condition.op == "in":
        yield from _values(place, condition, scope)


def _values(place: Place, condition: Filter, scope: Scope) -> Iterator[Mistake]:
    """Of a banded dimension every value is known."""
    spec = scope.spec.dimensions.get(condition.dimension)
    if spec is None or spec.bands is None:
        return
    labels = (*spec.bands.labels, spec.bands.missing)
    for at, value in enumerate(condition.values):
        if value not in labels:
            yield unknown((*place, "values", at), Text("取值", "value"), value, labels)


def _segments(name: str, scope: Scope) -> list[str]:
    """The segments that a segment's conditions lead to."""
    found, queue = list[str](), [name]
    for each in queue:
        spec = scope.spec.segments.get(each)
        named = [one.segment for _, one in _each(spec.where if spec else (), ()) if isinstance(one, Segment)]
        new = [one for one in named if one not in found]
        found += new
        queue += new
    return found

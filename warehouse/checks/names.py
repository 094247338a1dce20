"""Whether every name that a part of the model gives another is there, and may be given."""

import re
from collections.abc import Callable, Iterator, Mapping

from warehouse.checks.mistake import Mistake, Place, unknown
from warehouse.checks.scope import Scope
from warehouse.roles import ROLES
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS

SOURCE = Text("数据源", "source")
DIMENSION = Text("维度", "dimension")
METRIC = Text("指标", "metric")
BUCKETS = ("hour", "day", "week", "month", "quarter", "year")
# What compiled queries call their own parts.
PARTS = frozenset({"buckets", "groups", "spine", "result", "shown", "ranked"})
PARAMETERS = ("as_of", "start", "end", "time", "holiday")
# What a result adds to the name of a metric, or of a dimension of days, for further columns.
ADDED_TO_METRICS = re.compile(
    r"(.+)_(before|difference|growth|share|share_of_parent|running|moving_\d+"
    r"|(mean|median|percentile_\d+|stdev|variance|highest|lowest)_by_(day|week|month|row|customer))"
)
ADDED_TO_DIMENSIONS = re.compile(rf"(.+)_({'|'.join(BUCKETS)}|({'|'.join(BUCKETS)})s_since)")


def sources(scope: Scope) -> Iterator[Mistake]:
    """Sources that are named are there, and a joined one tells by what."""
    for place, name in _sources_named(scope):
        if not scope.has("sources", name):
            yield unknown(place, SOURCE, name, scope.names("sources"))
    for at, each in enumerate(scope.spec.complete):
        known = scope.spec.sources.get(each.source)
        if known is not None and known.sql is not None:
            wrong = Text(f"{each.source} 是查询，不是表", f"{each.source} is a query, not a table")
            yield Mistake(("complete", at, "source"), wrong, Text("写它所读的表", "name a table that it reads"))
    for name, source in scope.spec.sources.items():
        if source.table is not None and scope.tables is not None and source.table not in scope.tables:
            yield unknown(("sources", name, "table"), Text("表", "table"), source.table, scope.tables)
        for far, join in source.joins.items():
            known = scope.spec.sources.get(far)
            if known is not None and known.key is None and (isinstance(join, str) or join.to is None):
                yield Mistake(
                    ("sources", name, "joins", far),
                    Text(f"数据源 {far} 没有 key", f"the source {far} has no key"),
                    Text("给它 key，或在此写明 to", "give it a key, or tell `to` here"),
                )


def _sources_named(scope: Scope) -> Iterator[tuple[Place, str]]:
    spec = scope.spec
    yield from ((("complete", at, "source"), each.source) for at, each in enumerate(spec.complete))
    for name, source in spec.sources.items():
        yield from ((("sources", name, "joins", far), far) for far in source.joins)
    yield ("roles", "customer", "source"), spec.roles.customer.source
    yield from ((("roles", name, "source"), role.source) for name, role in scope.roles.items())
    for name, dimension in spec.dimensions.items():
        if dimension.source is not None:
            yield ("dimensions", name, "source"), dimension.source
    for name, metric in spec.metrics.items():
        yield from ((("metrics", name, "routes", at, "of"), route.of) for at, route in enumerate(metric.routes))
    for name, behaviour in spec.behaviours.items():
        yield ("behaviours", name, "source"), behaviour.source
        if behaviour.otherwise is not None:
            yield ("behaviours", name, "otherwise", "source"), behaviour.otherwise.source


def dimensions(scope: Scope) -> Iterator[Mistake]:
    """Dimensions that are named are there; a step up leads to another one, and never round."""
    spec = scope.spec
    for place, name in _dimensions_named(scope):
        if not scope.has("dimensions", name):
            yield unknown(place, DIMENSION, name, scope.names("dimensions"))
    for name, dimension in spec.dimensions.items():
        if dimension.bands is not None and scope.kind(dimension.bands.of) not in {"number", None}:
            yield Mistake(
                ("dimensions", name, "bands", "of"),
                Text(f"{dimension.bands.of} 不是数值维度", f"{dimension.bands.of} is not of kind number"),
            )
        own, up = scope.origin(name), scope.origin(dimension.within or "")
        if own and up and not scope.tied(own[0], up[0]):
            yield _not_tied(("dimensions", name, "within"), own[0], up[0])
    withins = {name: [each.within] if each.within else [] for name, each in spec.dimensions.items()}
    for name in _rounds(withins):
        yield Mistake(("dimensions", name, "within"), Text("within 绕成了圈", "within leads back to itself"))


def _dimensions_named(scope: Scope) -> Iterator[tuple[Place, str]]:
    customer = scope.spec.roles.customer
    yield from ((("roles", "customer", "listed", at), each) for at, each in enumerate(customer.listed))
    yield ("roles", "customer", "breakdown"), customer.breakdown
    for name, dimension in scope.spec.dimensions.items():
        if dimension.within is not None:
            yield ("dimensions", name, "within"), dimension.within
        if dimension.bands is not None:
            yield ("dimensions", name, "bands", "of"), dimension.bands.of


def customers(scope: Scope) -> Iterator[Mistake]:
    """What a list of customers shows is the customer's own, and what it is broken down by is a category."""
    customer = scope.spec.roles.customer
    shown = [*enumerate(customer.listed), (None, customer.breakdown)]
    for at, name in shown:
        place: Place = ("roles", "customer", "breakdown") if at is None else ("roles", "customer", "listed", at)
        origin = scope.origin(name)
        if origin and not scope.tied(customer.source, origin[0]):
            yield _not_tied(place, customer.source, origin[0])
    if scope.kind(customer.breakdown) not in {"category", None}:
        what = customer.breakdown
        yield Mistake(
            ("roles", "customer", "breakdown"), Text(f"{what} 不是分类维度", f"{what} is not of kind category")
        )


def roles(scope: Scope) -> Iterator[Mistake]:
    """A role tells the parts that it must, and no others."""
    for name, role in scope.roles.items():
        place = ("roles", name, "parts")
        for part in role.parts:
            if part not in ROLES[name].all:
                yield unknown((*place, part), Text("部分", "part"), part, ROLES[name].all)
        for part in ROLES[name].required:
            if part not in role.parts:
                yield Mistake(place, Text(f"缺少 {part}", f"the part {part} is missing"))


def free_names(scope: Scope) -> Iterator[Mistake]:
    """Names can be columns of a result, and no other column's."""
    for section in ("sources", "dimensions", "metrics", "behaviours", "segments", "parameters"):
        for name in getattr(scope.spec, section):
            if not name.isidentifier():
                wanted = Text("只用字母、数字和下划线", "use letters, digits and underscores")
                yield Mistake((section, name), Text("不能作名字", "cannot be a name"), wanted)
    taken: Mapping[str, Callable[[str], bool]] = {
        "sources": lambda name: name in PARTS or scope.spec.sources[name].table in PARTS,
        "dimensions": lambda name: name in TIME_PARTS or name in BUCKETS or name in scope.spec.metrics,
        "metrics": lambda name: name in TIME_PARTS or name in BUCKETS or _added(scope, name),
        "parameters": lambda name: name in PARAMETERS,
    }
    for section, is_taken in taken.items():
        for name in getattr(scope.spec, section):
            if is_taken(name) or (section == "dimensions" and _added(scope, name)):
                wrong = Text("这个名字已有别的用处", "the name is taken: results, or expressions, use it")
                yield Mistake((section, name), wrong, Text("换一个名字", "choose another"))


def _added(scope: Scope, name: str) -> bool:
    """Whether a result may have a further column of that name."""
    of_metric, of_dimension = ADDED_TO_METRICS.fullmatch(name), ADDED_TO_DIMENSIONS.fullmatch(name)
    dated = of_dimension is not None and scope.kind(of_dimension[1]) == "date"
    return dated or (of_metric is not None and of_metric[1] in scope.spec.metrics)


def _not_tied(place: Place, near: str, far: str) -> Mistake:
    return Mistake(place, Text(f"{near} 没有连到 {far}", f"{near} is not joined to {far}"))


def _rounds(steps: Mapping[str, list[str]]) -> Iterator[str]:
    """The names from which steps lead back to them."""
    for start in steps:
        found = list(steps[start])
        for name in found:
            found += [each for each in steps.get(name, []) if each not in found]
        if start in found:
            yield start

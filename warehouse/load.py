"""A semantic model, made from what its file says."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from sqlglot import exp

from warehouse.calendar import Calendar, Festival, Holiday
from warehouse.check import check
from warehouse.checks.mistake import Mistake
from warehouse.errors import ModelError
from warehouse.expression import column, parsed
from warehouse.garbage import uncollected
from warehouse.model import (
    Behaviour,
    Customer,
    Dimension,
    Join,
    Metric,
    Role,
    Route,
    SegmentDefinition,
    SemanticModel,
    Source,
    TimeColumn,
    Unclear,
    Words,
)
from warehouse.spec import (
    BandsSpec,
    BehaviourSpec,
    CalendarSpec,
    CustomerSpec,
    DeedSpec,
    DimensionSpec,
    JoinSpec,
    MetricSpec,
    ModelSpec,
    RoleSpec,
    RouteSpec,
    SegmentSpec,
    SourceSpec,
    UnclearSpec,
)
from warehouse.text import Text
from warehouse.undone import undone

DEMO = Path(__file__).parent / "semantic" / "demo.yml"


@uncollected()
def load(path: Path) -> SemanticModel:
    """The model in the file at `path`; raises `ModelError` naming the line of the first mistake."""
    spec, mistakes = check(path)
    if spec is None or mistakes:
        raise _wrong(path, mistakes)
    return _model(spec)


def _model(spec: ModelSpec) -> SemanticModel:
    return SemanticModel(
        name=spec.name.text(),
        calendar=_calendar(spec.calendar),
        sources={name: _source(name, each, spec.sources) for name, each in spec.sources.items()},
        dimensions={name: _dimension(name, each, spec.dimensions) for name, each in spec.dimensions.items()},
        metrics={name: _metric(name, each, spec.metrics) for name, each in spec.metrics.items()},
        behaviours={name: _behaviour(name, each) for name, each in spec.behaviours.items()},
        segments={name: _segment(name, each) for name, each in spec.segments.items()},
        customer=_customer(spec.roles.customer),
        roles={name: _role(name, each) for name, each in spec.roles if isinstance(each, RoleSpec)},
        complete=tuple(TimeColumn(each.source, each.column) for each in spec.complete),
        parameters=spec.parameters,
        unclear=tuple(_unclear(each) for each in spec.unclear),
    )


def _calendar(spec: CalendarSpec) -> Calendar:
    festivals = (Festival(each.words().label, each.first, each.last, (*each.zh, *each.en)) for each in spec.festivals)
    holidays = (Holiday(each.words().label, spec.country, each.listed, (*each.zh, *each.en)) for each in spec.holidays)
    return Calendar(spec.country, (*festivals, *holidays))


def _source(name: str, spec: SourceSpec, sources: Mapping[str, SourceSpec]) -> Source:
    joins = {}
    for far, join in spec.joins.items():
        told = JoinSpec(column=join) if isinstance(join, str) else join
        joins[far] = Join(name, told.column, far, told.to or cast("str", sources[far].key), told.always)
    return Source(
        name=name,
        table=spec.table or name,
        sql=None if spec.sql is None else cast("exp.Query", parsed(spec.sql)),
        key=spec.key,
        joins=joins,
        days=frozenset(spec.days),
        private=spec.private,
        row=None if spec.row is None else spec.row.words(),
    )


def _dimension(name: str, spec: DimensionSpec, dimensions: Mapping[str, DimensionSpec]) -> Dimension:
    bands = () if spec.bands is None else (*spec.bands.labels, spec.bands.missing)
    values = {value: Words(Text(value, value), (value,), ()) for value in bands}
    origin = spec if spec.bands is None else dimensions[spec.bands.of]
    expression = parsed(origin.expression or (name if spec.bands is None else spec.bands.of))
    return Dimension(
        name=name,
        words=spec.words(),
        source=cast("str", origin.source),
        expression=expression if spec.bands is None else _banded(expression, spec.bands),
        type=spec.type,
        kind=spec.kind,
        values=values | {value: each.words(value) for value, each in spec.values.items()},
        unit=spec.unit,
        bands=bands,
        within=spec.within,
        verbs=spec.verbs,
    )


def _banded(number: exp.Expr, spec: BandsSpec) -> exp.Case:
    """The label of the band that holds a number, the last having no upper end; one of its own where there is none."""
    case = exp.Case()
    for start, label in zip(spec.starts, spec.labels, strict=False):
        case = case.when(exp.LT(this=exp.paren(number.copy()), expression=_number(start)), exp.Literal.string(label))
    last = exp.GTE(this=exp.paren(number.copy()), expression=_number(spec.starts[-1]))
    return case.when(last, exp.Literal.string(spec.labels[-1])).else_(exp.Literal.string(spec.missing))


def _number(value: int | float) -> exp.Expr:
    return exp.convert(value)


def _metric(name: str, spec: MetricSpec, metrics: Mapping[str, MetricSpec]) -> Metric:
    return Metric(
        name=name,
        words=spec.words(),
        per=spec.per,
        definition=spec.definition.text(),
        routes=tuple(_route(each) for each in spec.routes),
        formula=None if spec.formula is None else _formula(spec.formula, metrics),
        unit=spec.unit,
        ranks=spec.ranks,
        ranks_last=spec.ranks_last,
        ranks_people=spec.ranks_people,
        low_is_good=spec.low_is_good,
        beside=spec.beside,
    )


def _formula(text: str, metrics: Mapping[str, MetricSpec]) -> exp.Expr:
    """The formula with every metric that has a formula of its own replaced by it."""

    def expanded(node: exp.Expr) -> exp.Expr:
        inner = metrics[node.name].formula if isinstance(node, exp.Column) else None
        return node if inner is None else exp.paren(_formula(inner, metrics), copy=False)

    return parsed(text).copy().transform(expanded, copy=False)


def _route(spec: RouteSpec) -> Route:
    aggregates = {"sum": spec.sum, "avg": spec.avg, "count": spec.count, "count_distinct": spec.count_distinct}
    aggregate, text = next((name, text) for name, text in aggregates.items() if text is not None)
    return Route(
        source=spec.of,
        aggregate=aggregate,  # type: ignore[arg-type]
        expression=parsed(text),
        where=_optional(spec.where),
        having=_optional(spec.having),
        at=None if spec.at is None else column(spec.at),
        reach=spec.reach,
        days=spec.days,
    )


def _behaviour(name: str, spec: BehaviourSpec) -> Behaviour:
    other = None if spec.otherwise is None else _deed(name, spec, spec.otherwise, None)
    return _deed(name, spec, spec, other)


def _deed(name: str, spec: BehaviourSpec, rows: DeedSpec, otherwise: Behaviour | None) -> Behaviour:
    return Behaviour(
        name=name,
        words=spec.words(),
        negated=undone(spec.words().label) if spec.negated is None else spec.negated.words(),
        bare=spec.bare,
        definition=spec.definition.text(),
        source=rows.source,
        customer=column(rows.customer),
        time=column(rows.time),
        where=_optional(rows.where),
        counts=None if rows.counts is None else column(rows.counts),
        counted=spec.counted.words(),
        about=spec.about,
        otherwise=otherwise,
    )


def _segment(name: str, spec: SegmentSpec) -> SegmentDefinition:
    return SegmentDefinition(name, spec.words(), spec.definition.text(), spec.where, spec.taken)


def _customer(spec: CustomerSpec) -> Customer:
    since = None if spec.since is None else column(spec.since)
    return Customer(spec.source, spec.words(), spec.key, spec.listed, spec.breakdown, since)


def _role(name: str, spec: RoleSpec) -> Role:
    return Role(name, spec.source, {part: parsed(text) for part, text in spec.parts.items()})


def _optional(text: str | None) -> exp.Expr | None:
    return None if text is None else parsed(text)


def _wrong(path: Path, mistakes: Sequence[Mistake]) -> ModelError:
    first = mistakes[0]
    said, more = first.said(), len(mistakes) - 1
    command = f"app.py model check {path}"
    return ModelError(
        Text(f"{path.name} 第 {first.line} 行有误：{said.zh}。", f"{path.name}, line {first.line}: {said.en}."),
        Text(
            f"请改正后再启动；还有 {more} 处，用 {command} 可全部看到。" if more else "请改正后再启动。",
            f"Mend it and start again; {command} shows the {more} others." if more else "Mend it and start again.",
        ),
    )


def _unclear(spec: UnclearSpec) -> Unclear:
    return Unclear(spec.words(), tuple(each.text() for each in spec.readings), spec.why.text())

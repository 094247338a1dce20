"""Reading a semantic model from its YAML file."""

from pathlib import Path

import sqlglot
import yaml
from pydantic import ValidationError
from sqlglot import exp

from warehouse.calendar import Calendar, Festival, Holiday
from warehouse.errors import ModelError
from warehouse.model import Behaviour, Customer, Dimension, Metric, SemanticModel, Source, TimeColumn
from warehouse.spec import BehaviourSpec, CalendarSpec, CustomerSpec, DimensionSpec, MetricSpec, ModelSpec
from warehouse.text import Text

DEMO = Path(__file__).parent / "semantic" / "demo.yml"
MODEL_DIALECT = "duckdb"


def load(path: Path) -> SemanticModel:
    """The model in the file at `path`; raises `ModelError` naming the place of the first mistake."""
    try:
        document = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        return _model(ModelSpec.model_validate(document))
    except (OSError, yaml.YAMLError) as error:
        raise _wrong(path, str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise _wrong(path, f"{place}: {first['msg']}") from error
    except KeyError as error:
        raise _wrong(path, f"{error.args[0]} is not declared") from error
    except sqlglot.ParseError as error:
        raise _wrong(path, str(error).splitlines()[0]) from error


def _model(spec: ModelSpec) -> SemanticModel:
    model = SemanticModel(
        name=spec.name.text(),
        calendar=_calendar(spec.calendar),
        sources={name: Source(name, each.table, each.key, each.joins) for name, each in spec.sources.items()},
        dimensions={name: _dimension(name, each) for name, each in spec.dimensions.items()},
        metrics={name: _metric(name, each) for name, each in spec.metrics.items()},
        behaviours={name: _behaviour(name, each) for name, each in spec.behaviours.items()},
        customer=_customer(spec.roles.customer),
        complete=tuple(TimeColumn(each.source, each.column) for each in spec.complete),
    )
    _check(model)
    return model


def _calendar(spec: CalendarSpec) -> Calendar:
    festivals = (Festival(each.words().label, each.first, each.last, (*each.zh, *each.en)) for each in spec.festivals)
    holidays = (Holiday(each.words().label, spec.country, each.listed, (*each.zh, *each.en)) for each in spec.holidays)
    return Calendar((*festivals, *holidays))


def _dimension(name: str, spec: DimensionSpec) -> Dimension:
    return Dimension(
        name=name,
        words=spec.words(),
        source=spec.source,
        expression=_expression(spec.expression),
        type=spec.type,
        kind=spec.kind,
        values={value: each.words(value) for value, each in spec.values.items()},
        unit=spec.unit,
    )


def _metric(name: str, spec: MetricSpec) -> Metric:
    return Metric(
        name=name,
        words=spec.words(),
        per=spec.per,
        definition=spec.definition.text(),
        source=spec.source,
        aggregate=spec.aggregate,
        expression=_expression(spec.expression),
        where=None if spec.where is None else _expression(spec.where),
        time=spec.time,
        unit=spec.unit,
    )


def _behaviour(name: str, spec: BehaviourSpec) -> Behaviour:
    return Behaviour(
        name=name,
        words=spec.words(),
        negated=spec.negated.words(),
        bare=spec.bare,
        definition=spec.definition.text(),
        source=spec.source,
        customer=spec.customer,
        time=spec.time,
        where=None if spec.where is None else _expression(spec.where),
    )


def _customer(spec: CustomerSpec) -> Customer:
    return Customer(spec.source, spec.words(), spec.key, spec.listed, spec.breakdown)


def _expression(text: str) -> exp.Expr:
    return sqlglot.parse_one(text, dialect=MODEL_DIALECT)


def _check(model: SemanticModel) -> None:
    """Every name that one part of the model gives another is declared; raises KeyError of one that is not."""
    for source in model.sources.values():
        for far in source.joins:
            if model.sources[far].key is None:
                raise KeyError(f"the key of {far}, which {source.name} joins,")
    parts: list[Dimension | Metric | Behaviour | TimeColumn] = [*model.dimensions.values(), *model.metrics.values()]
    for part in (*parts, *model.behaviours.values(), *model.complete):
        model.sources[part.source]
    for name in (*model.customer.listed, model.customer.breakdown):
        model.dimensions[name]


def _wrong(path: Path, what: str) -> ModelError:
    return ModelError(
        Text(f"模型文件 {path.name} 有误：{what}。", f"The model file {path.name} is wrong: {what}."),
        Text("请改正后再启动。", "Mend it and start again."),
    )

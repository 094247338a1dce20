"""What is known of each customer, and how often it is so in a group and in the others: by SQL, the group marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from tools.tool import Context
from warehouse.model import Behaviour, Dimension, SemanticModel
from warehouse.resolved import Amount, Crowd, Deed, Test, leaves_of
from warehouse.table import Column
from warehouse.text import Text
from warehouse.timepart import named_of_period
from warehouse.warehouse import Reading

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

MOST_VALUES = 100_000
MARKED = "CASE WHEN customer.key IN (SELECT customer FROM members) THEN 1 ELSE 0 END AS marked"
BUYING = {"purchases": Text("购买次数", "purchases of a buyer"), "amount": Text("每次购买金额", "amount per purchase")}


@dataclass(frozen=True)
class Counted:
    """A value of a dimension, and how many of the group and of the others have it."""

    dimension: Dimension
    value: str
    inside: int
    outside: int


@dataclass(frozen=True)
class Facts:
    """What the group and the others are: values counted, and columns by customer beside who is `marked`."""

    counted: tuple[Counted, ...]
    marked: "Array"
    behaviours: tuple[tuple[Behaviour, "Array"], ...]
    numbers: tuple[tuple[Text, "Array"], ...]
    sql: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What may be asked of customers, without what the group's own conditions tell; `own` is what that is."""

    dimensions: tuple[Dimension, ...]
    behaviours: tuple[Behaviour, ...]
    numbers: tuple[Dimension, ...]
    buying: Mapping[str, Text]
    own: tuple[Text, ...]


def told(crowd: Crowd, reading: Reading) -> Told:
    """The dimensions, behaviours and numbers of customers that do not follow from how the group is told."""
    model, leaves = reading.model, tuple(leaves_of(crowd.where))
    tested = [each.dimension for each in leaves if isinstance(each, Test)]
    done = [model.behaviour(each.asked.behaviour) for each in leaves if isinstance(each, Deed)]
    people = [each for each in model.dimensions.values() if _of_people(each, reading)]
    own = [
        each for each in people if any(_same(each, other, model) for other in tested) or _of_deeds(each, done, model)
    ]
    implied = [each for each in model.behaviours.values() if any(_implies(other, each) for other in done)]
    buying: dict[str, Text] = {} if "purchase" not in model.roles else dict(BUYING)
    bought = any(isinstance(each, Amount) for each in leaves), any(_of_purchases(each, model) for each in done)
    left = [
        buying.pop(name) for name, out in (("purchases", any(bought)), ("amount", bought[0])) if out and name in buying
    ]
    return Told(
        dimensions=tuple(each for each in people if each.kind == "category" and each not in own),
        behaviours=tuple(each for each in model.behaviours.values() if each not in implied),
        numbers=tuple(each for each in people if each.kind == "number" and each not in own),
        buying=buying,
        own=(*(each.words.label for each in own), *(each.words.label for each in implied), *left),
    )


def facts(crowd: Crowd, among: Crowd | None, asked: Told, context: Context) -> Facts:
    """Values counted by the engine, and one row a customer of what was done and of numbers; `among` alone, if told."""
    context.begin(Text("数各项取值", "counting values"))
    counted, first = _counted(crowd, among, asked, context)
    context.begin(Text("读取每个人做过什么", "reading what each one did"))
    arrays, second = _by_customer(crowd, among, asked, context)
    names = [each.words.label for each in asked.numbers] + list(asked.buying.values())
    return Facts(
        counted,
        arrays["marked"] == 1,
        tuple((each, arrays[f"did_{each.name}"] == 1) for each in asked.behaviours),
        tuple((name, arrays[f"number_{at}"].astype(float)) for at, name in enumerate(names)),
        (*first, second),
    )


def _counted(
    crowd: Crowd, among: Crowd | None, asked: Told, context: Context
) -> tuple[tuple[Counted, ...], tuple[str, ...]]:
    if not asked.dimensions:
        return (), ()
    shown = ", ".join(f"customer.{each.name}" for each in asked.dimensions)
    each_value = " UNION ALL ".join(
        f"SELECT {at} AS place, CAST(told.{each.name} AS VARCHAR) AS value, sum(told.marked) AS inside, "
        f"count(*) - sum(told.marked) AS outside FROM told WHERE told.{each.name} IS NOT NULL GROUP BY told.{each.name}"
        for at, each in enumerate(asked.dimensions)
    )
    sql = (
        f"WITH told AS (SELECT {MARKED}, {shown} FROM customer) SELECT counted.place, counted.value, counted.inside, "
        f"counted.outside FROM ({each_value}) AS counted ORDER BY counted.place, counted.value"
    )
    names = ("place", "value", "inside", "outside")
    columns = [Column(each, Text(each, each), "integer", "measure") for each in names]
    compiled = context.reading.compiler.over_roles(sql, columns, population=among, members=crowd)
    read = context.reading.read(compiled, limit=MOST_VALUES, stop=context.stop)
    found = (
        Counted(asked.dimensions[int(str(place))], str(value), int(str(inside)), int(str(outside)))
        for place, value, inside, outside in read.table.rows
    )
    return tuple(found), (read.sql,)


def _by_customer(crowd: Crowd, among: Crowd | None, asked: Told, context: Context) -> tuple[Any, str]:
    did = context.reading.compiler.did(asked.behaviours)
    tables = {f"did_rows_{at}": tree for at, tree in enumerate(did.values())}
    shown, joins, parts = [MARKED], [], ""
    for at, names in enumerate(did):
        shown += (f"coalesce(did_rows_{at}.{name}, 0) AS did_{name}" for name in names)
        joins.append(f"LEFT JOIN did_rows_{at} ON customer.key = did_rows_{at}.customer")
    numbers = [f"customer.{each.name}" for each in asked.numbers]
    if asked.buying:
        numbers += (f"bought.{each}" for each in asked.buying)
        joins.append("LEFT JOIN bought ON customer.key = bought.customer")
        parts = (
            "WITH bought AS (SELECT customer, count(*) AS purchases, avg(amount) AS amount FROM purchase "
            "GROUP BY customer) "
        )
    shown += (f"{each} AS number_{at}" for at, each in enumerate(numbers))
    sql = f"{parts}SELECT {', '.join(shown)} FROM customer {' '.join(joins)} ORDER BY customer.key"
    compiled = context.reading.compiler.over_roles(sql, (), population=among, members=crowd, tables=tables)
    return context.reading.arrays(compiled, stop=context.stop)


def _of_people(dimension: Dimension, reading: Reading) -> bool:
    shown = dimension.kind in {"category", "number"} and not named_of_period(dimension)
    return shown and reading.resolver.about_people(dimension) and dimension.name not in {"key", "since"}


def _same(one: Dimension, other: Dimension, model: SemanticModel) -> bool:
    """Whether two dimensions are told by the same columns, or one is a step of the other."""
    if one.source == other.source and _columns(one) & _columns(other):
        return True
    return one.name in _steps(other, model) or other.name in _steps(one, model)


def _of_deeds(dimension: Dimension, done: Sequence[Behaviour], model: SemanticModel) -> bool:
    """Whether a dimension is reckoned from the very rows that what was done is told by."""
    source = model.sources[dimension.source]
    read = set() if source.sql is None else {each.name for each in source.sql.find_all(exp.Table)}
    return any(model.sources[each.source].table in read for each in done)


def _columns(dimension: Dimension) -> frozenset[tuple[str, str]]:
    return frozenset((each.table, each.name) for each in dimension.expression.find_all(exp.Column))


def _steps(dimension: Dimension, model: SemanticModel) -> Iterator[str]:
    while dimension.within is not None:
        yield dimension.within
        dimension = model.dimension(dimension.within)


def _implies(done: Behaviour, other: Behaviour) -> bool:
    """Whether who did the one did the other, by the same rows."""
    return other.name == done.name or (other.source == done.source and other.where in {None, done.where})


def _of_purchases(behaviour: Behaviour, model: SemanticModel) -> bool:
    sources = {model.roles[each].source for each in ("purchase", "line") if each in model.roles}
    return behaviour.source in sources or (behaviour.otherwise is not None and behaviour.otherwise.source in sources)

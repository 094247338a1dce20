"""Customers' features fetched, and the customers grouped by them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tools.cluster.features import CUSTOMER, Facet, Feature, facets, query
from tools.stats import clusters, rules
from tools.tool import Context
from warehouse.compile import Compiled
from warehouse.errors import NotEnoughData
from warehouse.query import People
from warehouse.resolved import Crowd
from warehouse.table import Column
from warehouse.text import Text
from warehouse.warehouse import Reading

if TYPE_CHECKING:
    import numpy as np

FEWEST_CUSTOMERS = 100
FEWEST_EACH = 20


@dataclass(frozen=True)
class Fitted:
    """The customers with a purchase, by key, their features as they are and standardised, and their groups."""

    facets: tuple[Facet, ...]
    customers: "np.ndarray[Any, Any]"
    columns: "np.ndarray[Any, Any]"
    standardised: "np.ndarray[Any, Any]"
    scales: tuple[clusters.Scale, ...]
    directions: "np.ndarray[Any, Any]"
    clusters: clusters.Clusters
    rules: rules.Rules
    sql: str

    @property
    def features(self) -> tuple[Feature, ...]:
        """Every feature, as the columns stand."""
        return tuple(each for facet in self.facets for each in facet.features)


def fitted(args: People, count: int | None, context: Context) -> Fitted:
    """The customers grouped, made once for the data as they stand.

    Raises `NotEnoughData` where too few of them ever bought.
    """
    key = ("cluster", args.where, count)
    return context.reading.fitted(key, lambda reading: _fitted(args, count, replace(context, reading=reading)))


def _fitted(args: People, count: int | None, context: Context) -> Fitted:
    import numpy as np  # noqa: PLC0415 - for models alone

    crowd = context.reading.resolver.people(args)
    context.begin(Text("读取每个人的特征", "reading each one's features"))
    told = facets(context.reading, crowd, context.stop)
    compiled = by_customer(told, crowd, context.reading)
    arrays, sql = context.reading.arrays(compiled, stop=context.stop)
    customers = arrays[CUSTOMER]
    _check_enough(len(customers), count)
    features = [each for facet in told for each in facet.features]
    columns = np.column_stack([arrays[each.name].astype(float) for each in features])
    blocks = [at for at, facet in enumerate(told) for _ in facet.features]
    context.stop.check()
    scales = tuple(clusters.scale(columns[:, at]) for at in range(len(features)))
    standardised = clusters.standardised(columns, scales)
    directions = clusters.directions(standardised, blocks)
    found = clusters.grouped(standardised @ directions, count, lambda tried: context.begin(_trying(tried)))
    context.begin(Text("画决策树", "growing decision trees"))
    rules_of = rules.told(columns, found.labels)
    return Fitted(told, customers, columns, standardised, scales, directions, found, rules_of, sql)


def _trying(count: int) -> Text:
    return Text(f"试分 {count} 类", f"trying {count} clusters")


def by_customer(told: Sequence[Facet], crowd: Crowd, reading: Reading, around: str = "") -> Compiled:
    """A row a buyer of the crowd with every feature; inside a query that reads it as `told`, where there is one."""
    features = [each for facet in told for each in facet.features]
    values: dict[str, Any] = {each.name: each.value for each in features if each.value is not None}
    shown = [Column(each.name, each.label, "number", "measure", each.unit) for each in features]
    inner = query(told)
    sql = around.format(told=f"({inner}) AS told") if around else inner
    return reading.compiler.over_roles(sql, shown, population=crowd, **values)


def members(fitted: Fitted, cluster: int, crowd: Crowd, reading: Reading) -> Compiled:
    """The customers of a cluster, by the engine: those to whom its centre is the nearest.

    The square of the distance to a centre is, but for what is the same of all centres, linear in the features.
    """
    centres = fitted.clusters.centres
    weights, own = -2 * fitted.directions @ centres.T, (centres**2).sum(axis=1)
    distances = ", ".join(
        f"{_linear(fitted, weights[:, at].tolist(), float(own[at]))} AS d{at}" for at in range(len(centres))
    )
    nearest = " AND ".join(
        f"d{cluster} {'<' if at < cluster else '<='} d{at}" for at in range(len(centres)) if at != cluster
    )
    around = (
        f"SELECT customer FROM (SELECT told.customer AS customer, {distances} FROM {{told}}) AS far WHERE {nearest}"
    )
    return by_customer(fitted.facets, crowd, reading, around)


def _linear(fitted: Fitted, weights: Sequence[float], constant: float) -> str:
    """A weighted sum of the standardised features, as SQL."""
    terms = [f"CAST({constant!r} AS DOUBLE)"]
    for each, scale, weight in zip(fitted.features, fitted.scales, weights, strict=True):
        if scale.spread:
            value = f"coalesce(told.{each.name}, {scale.known!r})"
            value = f"ln(1 + {value})" if scale.log else value
            cut = f"least(greatest({value}, {scale.low!r}), {scale.high!r})"
            terms.append(f"({weight / scale.spread!r}) * ({cut} - ({scale.mean!r}))")
    return " + ".join(terms)


def _check_enough(found: int, count: int | None) -> None:
    needed = max(FEWEST_CUSTOMERS, FEWEST_EACH * (count or 0))
    if found < needed:
        raise NotEnoughData(
            Text(
                f"聚类至少要 {needed} 位买过东西的人，这里只有 {found} 位。",
                f"Clusters need at least {needed} people who bought something; here are {found}.",
            ),
            Text("请放宽人群条件，或减少类数。", "Ask about more people, or for fewer clusters."),
        )

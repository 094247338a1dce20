"""Customers' features fetched, and the customers grouped by them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.cluster.features import Facet, Feature, facets, query
from tools.stats import clusters, rules
from tools.tool import Context
from warehouse.errors import NotEnoughData
from warehouse.resolved import Crowd
from warehouse.table import Column
from warehouse.text import Text

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
    clusters: clusters.Clusters
    rules: rules.Rules
    sql: str

    @property
    def features(self) -> tuple[Feature, ...]:
        """Every feature, as the columns stand."""
        return tuple(each for facet in self.facets for each in facet.features)


def fitted(crowd: Crowd, count: int | None, context: Context) -> Fitted:
    """The crowd's customers grouped; raises `NotEnoughData` where too few of them ever bought."""
    import numpy as np  # noqa: PLC0415 - for models alone

    told = facets(context.reading, crowd, context.stop)
    features = [each for facet in told for each in facet.features]
    values: dict[str, Any] = {each.name: each.value for each in features if each.value is not None}
    shown = [Column(each.name, each.label, "number", "measure", each.unit) for each in features]
    compiled = context.reading.compiler.over_roles(query(told), shown, population=crowd, **values)
    arrays, sql = context.reading.arrays(compiled, stop=context.stop)
    customers = arrays["customer"]
    _check_enough(len(customers), count)
    columns = np.column_stack([arrays[each.name].astype(float) for each in features])
    blocks = [at for at, facet in enumerate(told) for _ in facet.features]
    context.stop.check()
    standardised = clusters.standardised(columns)
    found = clusters.grouped(clusters.components(standardised, blocks), count)
    context.stop.check()
    return Fitted(told, customers, columns, standardised, found, rules.told(columns, found.labels), sql)


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

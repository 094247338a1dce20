"""The clusters as a table, and the numbers that tell how firm they are."""

from collections.abc import Sequence
from typing import Any

from tools.cluster.fitting import Fitted
from tools.cluster.naming import rule
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text

MOST_FEATURES = 8
NUMBER = Column("cluster", Text("群号", "group"), "integer", "group")
NAME = Column("name", Text("名称", "name"), "text", "group")
SHARE = Column("share", Text("占比", "share"), "number", "measure", "ratio")
RULE = (
    Column("rule", Text("规则", "rule"), "text", "attribute"),
    Column("rule_precision", Text("合规则者的准确率", "right of those by the rule"), "number", "measure", "ratio"),
    Column("rule_coverage", Text("规则覆盖率", "covered by the rule"), "number", "measure", "ratio"),
)
APART = Column("apart", Text("与平均之差（标准差）", "from the mean (standard deviations)"), "number", "measure")
FEATURE = Column("feature", Text("特征", "feature"), "text", "group")
QUALITY = (
    Column("customers", Text("人数", "people"), "integer", "measure"),
    Column("clusters", Text("类数", "clusters"), "integer", "measure"),
    Column("silhouette", Text("轮廓系数", "silhouette"), "number", "measure"),
    Column("stability", Text("换种子的一致度", "agreement of other seeds"), "number", "measure"),
    Column("accuracy", Text("规则准确率", "accuracy of the rules"), "number", "measure", "ratio"),
    Column("baseline", Text("全猜最大类的准确率", "accuracy of always the largest"), "number", "measure", "ratio"),
)


def people_column(label: Text) -> Column:
    """How many customers there are, by what the model calls them."""
    return Column("users", Text(f"{label.zh}数", f"{label.en}s"), "integer", "measure")


def main_features(fitted: Fitted) -> list[int]:
    """What sets each cluster apart most, and by what all of them differ most, in the features' order."""
    means = _means(fitted.standardised, fitted)
    own = [int(abs(row).argmax()) for row in means]
    widest = sorted(range(means.shape[1]), key=lambda at: -float(means[:, at].std()))
    return sorted(list(dict.fromkeys([*own, *widest]))[:MOST_FEATURES])


def table(fitted: Fitted, names: Sequence[Text], people: Text, language: Language) -> Table:
    """A row a cluster, the largest first."""
    shown = main_features(fitted)
    features = [fitted.features[at] for at in shown]
    columns = (
        NUMBER, NAME, people_column(people), SHARE,
        *(Column(each.name, each.label, "number", "measure", each.unit) for each in features),
        *RULE,
    )  # fmt: skip
    means, total = _means(fitted.columns, fitted), len(fitted.customers)
    rows: list[tuple[Cell, ...]] = []
    for at, name in enumerate(names):
        size = int((fitted.clusters.labels == at).sum())
        said, precision, coverage = rule(fitted, at)
        told = None if said is None else said.said(language)
        values = (_known(means[at, column]) for column in shown)
        rows.append((at + 1, name.said(language), size, size / total, *values, told, precision, coverage))
    return Table(columns, tuple(rows), len(rows))


def drawn(fitted: Fitted, names: Sequence[Text], language: Language) -> Table:
    """How far each cluster lies from the mean of all, by feature."""
    means = _means(fitted.standardised, fitted)
    rows = [
        (_called(at, name.said(language)), fitted.features[column].label.said(language), float(means[at, column]))
        for at, name in enumerate(names)
        for column in main_features(fitted)
    ]
    return Table((NAME, FEATURE, APART), tuple(rows), len(rows))


def quality(fitted: Fitted) -> Table:
    """How many, in how many clusters, and how firm these are."""
    found, told = fitted.clusters, fitted.rules
    firm = (found.silhouettes[found.count], found.stability)
    row = (len(fitted.customers), found.count, *firm, told.accuracy, told.baseline)
    return Table(QUALITY, (row,), 1)


def _called(at: int, name: str) -> str:
    return f"{at + 1} {name}"


def _known(value: float) -> float | None:
    return None if value != value else float(value)  # noqa: PLR0124 - NaN alone is not itself


def _means(columns: Any, fitted: Fitted) -> Any:
    import numpy as np  # noqa: PLC0415 - for models alone

    labels = fitted.clusters.labels
    return np.array([np.nanmean(columns[labels == each], axis=0) for each in range(fitted.clusters.count)])

"""Customers grouped by how they shop: K-means, each cluster named and told by rules."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel, Field

from tools import population
from tools.chart import Chart
from tools.cluster.features import left_out
from tools.cluster.fitting import Fitted, fitted, members
from tools.cluster.naming import names
from tools.cluster.tables import NAME, NUMBER, drawn, quality, table
from tools.definitions import of_conditions, once
from tools.tool import ArgumentWords, Asked, Context, Export, Figure, Result, Sentence, Understood
from warehouse.compile import Compiled
from warehouse.errors import UnknownName
from warehouse.lexicon.phrases import Phrases
from warehouse.query import People
from warehouse.stop import Stop
from warehouse.table import Cell, Column, Table
from warehouse.text import Text
from warehouse.trees import column
from warehouse.warehouse import Reading

MOST_CLUSTERS = 12
BATCH = 10_000
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
CLUSTERED = Text("用户聚类", "clustering")


class ClusterArgs(People):
    """Whom to group, and in how many clusters; without a number as many as the silhouette chooses."""

    clusters: int | None = Field(None, ge=2, le=MOST_CLUSTERS)


class ClusterTool:
    """Kinds of customers that the data show."""

    name: ClassVar[str] = "cluster"
    answers: ClassVar[Text] = Text("用户聚类：按购物习惯自动分群", "clusters: customers grouped by how they shop")
    Args: ClassVar[type[BaseModel]] = ClusterArgs
    asked: ClassVar[Asked] = Asked(
        cues=Phrases(
            zh=(
                "聚类", "聚成", "聚一下类", "分成(几|{n})[个](类|群|种|群体|类型|类别)", "自动分群", "分群模型",
                "K均值", "K-means", "kmeans",
            ),
            en=(
                "cluster", "clusters", "clustering", "clustered", "k-means", "kmeans",
                "(segment|group|split|divide) … into (a few|several|{n}) (groups|segments|clusters|types)",
            ),
        ),
        beside=Phrases(
            zh=(
                "[看看|看][都]有(哪些|哪几|什么)[个](类型|类别|种类|群体|类|群|种)[的][人|用户|客户|顾客]",
                "每[一]类[各|都|分别](有|是)(多少人|什么样|什么特点|什么特征)",
            ),
            en=(
                "[and ](see|show me|tell me) (what|which) (types|kinds|groups|clusters) there are",
                "what (types|kinds|groups) (are there|there are|do we have)",
            ),
        ),
        arguments={
            "clusters": ArgumentWords(
                "number",
                phrases=Phrases(
                    zh=("[分|聚][成|为]{n}[个](类|群|种|群体|类型|类别)", "k[=| = |为]{n}"),
                    en=("[into ]{n} (groups|segments|clusters|types)", "k[ = |=| of ]{n}"),
                ),
            ),
            "where": ArgumentWords("people"),
        },
        examples=(
            Text("{people}聚类", "{people}s clustered"),
            Text("把{people}聚成4类", "{people}s clustered into 4 clusters"),
        ),
    )  # fmt: skip

    def run(self, args: ClusterArgs, context: Context) -> Result:
        """The clusters, the largest first, how firm they are, and what sets each apart."""
        reading = context.reading
        crowd = reading.resolver.people(args)
        found = fitted(args, args.clusters, context)
        called, label = names(found), reading.model.customer.words.label
        rows, firm = table(found, called, label, context.language), quality(found)
        understood = self.say(args, reading, dated=True)
        return Result(
            understood=understood,
            sentences=_sentences(rows, firm, label, called),
            table=rows,
            witnesses=(firm,),
            chart=Chart(
                "bar", Text("各类与平均之差", "How clusters differ from the mean"), understood, x="feature",
                y=("apart",), facet=NAME.name, data=drawn(found, called, context.language),
            ),
            sql=(found.sql,),
            definitions=once(of_conditions(crowd.where, reading.model)),
            notes=_notes(found, args, context),
        )  # fmt: skip

    def say(self, args: ClusterArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The plan in words."""
        further = (each.words for each in _further(args))
        return population.said(CLUSTERED, reading.resolver.people(args), reading, *further, dated=dated)

    def pieces(self, args: ClusterArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        return population.pieces(CLUSTERED, reading.resolver.people(args), reading, *_further(args))

    def export(self, args: ClusterArgs, context: Context) -> Export:
        """Every customer with the cluster that it is in."""
        reading = context.reading
        found = fitted(args, args.clusters, context)
        told = [each.said(context.language) for each in names(found)]
        return Export((_key(reading), NUMBER, NAME), _members(found, told))

    def groups(self, args: ClusterArgs, reading: Reading) -> Mapping[str, tuple[Text, ...]]:
        """The clusters by their numbers."""
        count = args.clusters or fitted(args, None, _quiet(reading)).clusters.count
        return {str(at): _called(at) for at in range(1, count + 1)}

    def members(self, args: ClusterArgs, group: str, reading: Reading) -> Compiled:
        """The customers of one cluster."""
        found = fitted(args, args.clusters, _quiet(reading))
        if group not in {str(at + 1) for at in range(found.clusters.count)}:
            raise UnknownName(
                Text(f"没有 {group} 号群。", f"There is no group {group}."),
                Text(f"共有 {found.clusters.count} 类。", f"There are {found.clusters.count}."),
            )
        return members(found, int(group) - 1, reading.resolver.people(args), reading)


def _called(number: int) -> tuple[Text, ...]:
    """What people call a cluster: by its number."""
    told = (str(number), NUMERALS[number - 1])
    others = [f"第{each}{kind}" for each in told for kind in ("类", "群", "组", "个类", "个群", "个组")]
    english = [f"cluster {number}", f"segment {number}"]
    return (Text(f"{number}号群", f"group {number}"), *(Text(zh, en) for zh in others for en in english))


def _quiet(reading: Reading) -> Context:
    """A context for what is fitted on the way of another question."""
    return Context(reading, None, Stop(), "zh")


def _further(args: ClusterArgs) -> tuple[Understood, ...]:
    """The number of clusters, where it is told."""
    if args.clusters is None:
        return ()
    return (Understood("output", Text(f"分成{args.clusters}类", f"into {args.clusters} clusters"), "clusters"),)


def _sentences(rows: Table, firm: Table, label: Text, called: Sequence[Text]) -> tuple[Sentence, ...]:
    customers, clusters, silhouette, stability, accuracy, baseline = firm.rows[0]
    _, _, largest, share, *_ = rows.rows[0]
    return (
        Sentence((
            Figure(customers), Text(f" 位买过东西的{label.zh}分成 ", f" {label.en}s who bought something fall into "),
            Figure(clusters),
            Text(f" 类；最大的一类是“{called[0].zh}”，", f' clusters; the largest is "{called[0].en}", '),
            Figure(largest), Text(" 位，占 ", ", or "), Figure(share, "ratio"), Text("。", "."),
        )),
        Sentence((
            Text("轮廓系数 ", "The silhouette is "), Figure(silhouette),
            Text("；换随机种子重分，调整兰德指数最低 ", "; other seeds agree with an adjusted Rand of at least "),
            Figure(stability),
            Text("。每类一棵深度不超过 3 的决策树，在没见过的人里说对 ", ". Trees of depth 3, one a cluster, put "),
            Figure(accuracy, "ratio"),
            Text("，全猜最大类只能对 ", " of unseen people right, always saying the largest "),
            Figure(baseline, "ratio"), Text("。", "."),
        )),
    )  # fmt: skip


def _notes(found: Fitted, args: ClusterArgs, context: Context) -> tuple[Text, ...]:
    reading, features = context.reading, found.features
    zh, en = ("、".join(each.label.zh for each in features), ", ".join(each.label.en for each in features))
    notes = [
        Text(
            f"方法：K 均值，{len(features)} 项特征：{zh}。偏态的取对数，标准化，取多重因子分析中各组特征共有的成分。",
            f"Method: K-means on {len(features)} features: {en}. Logarithms of the skewed, standardised; distances by "
            f"the components that the kinds of features share (multiple factor analysis).",
        ),
        Text(
            f"数据：{reading.model.calendar.first_day} 至 {reading.as_of} 的全部记录。没买过东西的不分类。",
            f"Data: all from {reading.model.calendar.first_day} through {reading.as_of}. Who never bought is in none.",
        ),
    ]
    if args.clusters is None:
        tried = "、".join(f"{count} 类 {value:.3f}" for count, value in found.clusters.silhouettes.items())
        each = ", ".join(f"{count}: {value:.3f}" for count, value in found.clusters.silhouettes.items())
        notes.append(
            Text(
                f"类数按轮廓系数选，且换种子要分得一致：{tried}。",
                f"The number of clusters is chosen by the silhouette, of those that other seeds find again: {each}.",
            )
        )
    missing = left_out(reading.model)
    if missing:
        notes.append(
            Text(
                f"模型没有说明角色 {'、'.join(missing)}，它们的特征没有用上。",
                f"The model fills no role {', '.join(missing)}: their features are left out.",
            )
        )
    return tuple(notes)


def _key(reading: Reading) -> Column:
    """The customers' key, by the dimension that tells it where there is one."""
    customer = reading.model.customer
    told = [
        each
        for each in reading.model.dimensions.values()
        if each.source == customer.source and each.expression == column(customer.key)
    ]
    if told:
        return Column(told[0].name, told[0].words.label, told[0].type, "key")
    return Column(customer.key, customer.words.label, "text", "key")


def _members(found: Fitted, called: Sequence[str]) -> Iterator[Sequence[tuple[Cell, ...]]]:
    keys, labels = found.customers.tolist(), found.clusters.labels.tolist()
    for start in range(0, len(keys), BATCH):
        part = zip(keys[start : start + BATCH], labels[start : start + BATCH], strict=True)
        yield [(key, label + 1, called[label]) for key, label in part]

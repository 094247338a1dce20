"""The segments: how many buyers each has, and what they bring; the buyers by two scores; each buyer's scores."""

from collections.abc import Sequence

from tools.chart import Chart
from tools.rfm.args import RfmPlan
from tools.rfm.segments import SEGMENTS
from tools.tool import Context, Figure, Result, Sentence
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

SEGMENT = Column("segment", Text("RFM分层", "RFM segment"), "text", "group")
SIZES = """
SELECT segment, count(*) AS people, sum(monetary) AS amount, avg(recency) AS recency, avg(frequency) AS frequency
FROM scores
GROUP BY segment
"""
CELLS = "SELECT r, f, count(*) AS people FROM scores GROUP BY r, f ORDER BY r, f"
MEMBERS = "SELECT customer, segment, recency, frequency, monetary, r, f, m FROM scores ORDER BY customer"
SCORES = (
    Column("r", Text("R分（越近越高）", "R score (recent is high)"), "integer", "group"),
    Column("f", Text("F分（越多越高）", "F score (often is high)"), "integer", "group"),
)


def amount_column(plan: RfmPlan, name: str = "amount") -> Column:
    """What buyers paid in all, called as the model calls it."""
    summed = plan.reading.model.summing("purchase", "amount")
    label = Text("购买金额", "paid amount") if summed is None else summed.words.label
    return Column(name, label, "number", "measure", None if summed is None else summed.unit)


def people_column(plan: RfmPlan) -> Column:
    """How many customers."""
    label = plan.reading.model.customer.words.label
    return Column("people", Text(f"{label.zh}数", f"{label.en}s"), "integer", "measure")


def member_columns(plan: RfmPlan) -> tuple[Column, ...]:
    """A buyer's scores, and what they are reckoned from."""
    label = plan.reading.model.customer.words.label
    return (
        Column("customer", label, "text", "key"),
        SEGMENT,
        Column("recency", Text("距上次支付", "since last paid"), "integer", "attribute", "days"),
        Column("frequency", Text("购买次数", "paid orders"), "integer", "attribute"),
        amount_column(plan, "monetary"),
        *(Column(each, Text(f"{each.upper()}分", f"{each.upper()} score"), "integer", "attribute") for each in "rfm"),
    )


def sizes(plan: RfmPlan, context: Context) -> Result:
    """A row a segment, all eight, in the order of the definition."""
    columns = (
        SEGMENT,
        people_column(plan),
        Column("share", Text("人数占比", "share of buyers"), "number", "measure", "ratio"),
        amount_column(plan),
        Column("amount_share", Text("金额占比", "share of the amount"), "number", "measure", "ratio"),
        Column("recency", Text("平均距上次支付", "mean since last paid"), "number", "measure", "days"),
        Column("frequency", Text("平均次数", "mean paid orders"), "number", "measure"),
        Column("advice", Text("建议", "What to do"), "text", "attribute"),
    )
    read = plan.reading.read(plan.compiled(SIZES, columns), limit=None, stop=context.stop)
    plan.check(sum(int(str(people)) for _, people, *_ in read.table.rows))
    table = Table(columns, tuple(_rows(read.table.rows, context)), len(SEGMENTS))
    people = columns[1].label
    return Result(
        understood=Text("", ""),
        sentences=_sentences(plan, table),
        table=table,
        witnesses=(_totals(plan, table),),
        chart=Chart(
            "bar",
            Text(f"各层{people.zh}", f"{people.en.capitalize()} by segment"),
            Text("", ""),
            x="segment",
            y=("people",),
        ),
        sql=(read.sql,),
    )


def grid(plan: RfmPlan, context: Context) -> Result:
    """A row a pair of R and F scores that somebody has."""
    columns = (*SCORES, people_column(plan))
    read = plan.reading.read(plan.compiled(CELLS, columns), limit=None, stop=context.stop)
    plan.check(sum(int(str(people)) for *_, people in read.table.rows))
    people, (r, f, most) = columns[2].label, max(read.table.rows, key=lambda row: int(str(row[2])))
    return Result(
        understood=Text("", ""),
        sentences=(
            Sentence(
                (
                    Text("人最多的一格有 ", "Most, "),
                    Figure(most),
                    Text(f" 位{people.zh.removesuffix('数')}：R ", f" {people.en}, have R "),
                    Figure(r),
                    Text(" 分、F ", " and F "),
                    Figure(f),
                    Text(" 分。", "."),
                )
            ),
        ),
        table=read.table,
        chart=Chart(
            "heatmap",
            Text(f"R × F 各格的{people.zh}", f"{people.en.capitalize()} by R and F score"),
            Text("", ""),
            x="f",
            y=("people",),
            series="r",
        ),
        sql=(read.sql,),
    )


def _rows(found: Sequence[Sequence[Cell]], context: Context) -> Sequence[tuple[Cell, ...]]:
    by_name = {row[0]: row[1:] for row in found}
    buyers, paid = (sum(float(str(row[at])) for row in by_name.values()) for at in (0, 1))
    rows: list[tuple[Cell, ...]] = []
    for each in SEGMENTS:
        people, amount, recency, frequency = by_name.get(each.name.zh, (0, 0, None, None))
        shares = (float(str(people)) / buyers, float(str(amount)) / paid if paid else None)
        advice = each.advice.said(context.language)
        rows.append((each.name.zh, people, shares[0], amount, shares[1], recency, frequency, advice))
    return rows


def _totals(plan: RfmPlan, table: Table) -> Table:
    """How many buyers there are, and what they paid."""
    columns = (people_column(plan), amount_column(plan))
    people, amounts = table.column("people"), table.column("amount")
    return Table(columns, ((sum(int(str(each)) for each in people), sum(float(str(each)) for each in amounts)),), 1)


def _sentences(plan: RfmPlan, table: Table) -> tuple[Sentence, ...]:
    """How many buyers there are, and the segment that pays most."""
    unit = amount_column(plan).unit
    buyers = sum(int(str(each)) for each in table.column("people"))
    top = max(table.rows, key=lambda row: float(str(row[3])))
    names = {each.name.zh: each.name.en for each in SEGMENTS}
    return (
        Sentence(
            (
                Text("共 ", ""),
                Figure(buyers),
                Text(
                    f" 位有过购买；{top[0]}贡献最多：",
                    f" buyers in all. {names[str(top[0])].capitalize()} ({top[0]}) bring most: ",
                ),
                Figure(top[1]),
                Text(" 人（占 ", " of them ("),
                Figure(top[2], "ratio"),
                Text("），", ") with "),
                Figure(top[3], unit),
                Text("，占金额的 ", ", "),
                Figure(top[4], "ratio"),
                Text("。", " of the amount."),
            )
        ),
    )

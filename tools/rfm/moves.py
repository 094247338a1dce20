"""Who moved between the segments over some days."""

from tools.chart import Chart
from tools.rfm.args import RfmPlan
from tools.rfm.segments import SEGMENTS
from tools.rfm.sizes import people_column
from tools.tool import Context, Figure, Result, Sentence
from warehouse.table import Column, Table
from warehouse.text import Text

NEW = Text("（当时还未购买）", "(no purchase by then)")
MOVES = """
SELECT b.segment AS before, a.segment AS segment, count(*) AS people
FROM scores AS a
LEFT JOIN scores_before AS b ON b.customer = a.customer
GROUP BY b.segment, a.segment
"""


def moves(plan: RfmPlan, context: Context) -> Result:
    """A row a pair of segments, then and now, in the order of the definition; new buyers come from none."""
    columns = (
        Column("before", Text(f"{plan.before} 的分层", f"segment on {plan.before}"), "text", "group"),
        Column("segment", Text(f"{plan.span.end} 的分层", f"segment on {plan.span.end}"), "text", "group"),
        people_column(plan),
    )
    read = plan.reading.read(plan.compiled(MOVES, columns), limit=None, stop=context.stop)
    order = {each.name.zh: place for place, each in enumerate(SEGMENTS)}
    rows = sorted(read.table.rows, key=lambda row: (order.get(str(row[0]), len(order)), order[str(row[1])]))
    found = {(None if then is None else str(then), str(now)): int(str(people)) for then, now, people in rows}
    plan.check(sum(found.values()))
    new = sum(people for (then, _), people in found.items() if then is None)
    stayed = sum(people for (then, now), people in found.items() if then == now)
    moved = sum(found.values()) - new - stayed
    told = ((NEW.said(context.language) if then is None else then, now, people) for then, now, people in rows)
    table = Table(columns, tuple(told), len(rows))
    return Result(
        understood=Text("", ""),
        sentences=(
            Sentence(
                (
                    Figure(moved),
                    Text(" 位换了分层，", " buyers moved to another segment, "),
                    Figure(stayed),
                    Text(" 位未变，", " stayed, "),
                    Figure(new),
                    Text(" 位是期间首次购买的。", " bought for the first time since."),
                )
            ),
        ),
        table=table,
        witnesses=(Table((columns[2],), ((moved,), (stayed,), (new,)), 3),),
        chart=Chart(
            "heatmap",
            Text("分层之间的流转", "Moves between segments"),
            Text("", ""),
            x="segment",
            y=("people",),
            series="before",
            types=("heatmap", "table"),
        ),
        sql=(read.sql,),
    )

"""The segments by a dimension of customers: how many of each group are in each segment."""

from collections import Counter

from tools.chart import Chart
from tools.rfm.args import RfmPlan
from tools.rfm.segments import SEGMENTS
from tools.rfm.sizes import SEGMENT, people_column
from tools.tool import Context, Figure, Result, Sentence
from warehouse.model import Dimension
from warehouse.saying import by
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

SHARE = Column("share", Text("组内占比", "share of its group"), "number", "measure", "ratio")
MOST_GROUPS = 20


def by_group(plan: RfmPlan, cut: Dimension, context: Context) -> Result:
    """A row a group and segment that somebody is in, the largest group first; the scores are among all buyers."""
    group = Column(cut.name, cut.words.label, "text", "group")
    columns = (group, SEGMENT, people_column(plan))
    sql = (
        f"SELECT customer.{cut.name}, scores.segment, count(*) AS people FROM scores "
        f"JOIN customer ON customer.key = scores.customer GROUP BY customer.{cut.name}, scores.segment"
    )
    read = plan.reading.read(plan.compiled(sql, columns), limit=None, stop=context.stop)
    versus = plan.args.compare
    found = [each for each in read.table.rows if versus is None or each[0] in {versus.first, versus.second}]
    sizes: Counter[Cell] = Counter()
    for told, _, people in found:
        sizes[told] += int(str(people))
    plan.check(sizes.total())
    order = {each.name.zh: place for place, each in enumerate(SEGMENTS)}
    groups = {each: place for place, each in enumerate(sorted(sizes, key=lambda each: (-sizes[each], str(each))))}
    rows = sorted(found, key=lambda row: (groups[row[0]], order[str(row[1])]))
    cells = tuple((told, segment, people, int(str(people)) / sizes[told]) for told, segment, people in rows)
    table = Table((*columns, SHARE), cells, len(cells))
    drawn = tuple(row for row in cells if groups[row[0]] < MOST_GROUPS)
    return Result(
        understood=Text("", ""),
        sentences=(_largest(cells[0][0], cells, columns[2].label),),
        table=table.first(context.limit),
        witnesses=(table,),
        chart=Chart(
            "heatmap",
            Text(f"各层在{cut.words.label.zh}里的占比", f"Segments as shares, {by(cut).en}"),
            Text("", ""),
            x="segment",
            y=("share",),
            series=cut.name,
            types=("heatmap", "table"),
            data=Table(table.columns, drawn, len(drawn)),
        ),
        sql=(read.sql,),
    )


def _largest(first: Cell, rows: tuple[tuple[Cell, ...], ...], people: Text) -> Sentence:
    """The segment that most of the largest group are in."""
    _, segment, number, share = max((row for row in rows if row[0] == first), key=lambda row: int(str(row[2])))
    name = next(each.name for each in SEGMENTS if each.name.zh == segment)
    named = "—" if first is None else str(first)
    return Sentence(
        (
            Text(
                f"{named}的{people.zh.removesuffix('数')}里，{name.zh}最多：",
                f"In the largest group, {named}, most are {name.en} ({name.zh}): ",
            ),
            Figure(number),
            Text(" 人，占组内 ", ", or "),
            Figure(share, "ratio"),
            Text("。", " of it."),
        )
    )

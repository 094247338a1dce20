"""One customer's scores."""

from tools.rfm.args import RfmPlan
from tools.rfm.segments import SEGMENTS
from tools.rfm.sizes import member_columns
from tools.tool import Context, Figure, Result, Sentence
from warehouse.errors import NotEnoughData
from warehouse.text import Text

ONE = """
SELECT customer, segment, recency, frequency, monetary, r, f, m
FROM scores
WHERE CAST(customer AS VARCHAR) = $customer
"""


def one_customer(plan: RfmPlan, context: Context) -> Result:
    """One row: the customer's segment, numbers and scores among all buyers."""
    who = str(plan.args.customer)
    columns = member_columns(plan)
    read = plan.reading.read(plan.compiled(ONE, columns), limit=1, stop=context.stop)
    if not read.table.rows:
        raise NotEnoughData(
            Text(f"{who} 在所选范围里没有支付过，没有分数。", f"{who} has not bought in that time, so has no scores."),
            Text("请核对编号，或放宽时间和条件。", "Check the key, or widen the period and the conditions."),
        )
    row = dict(zip([each.name for each in columns], read.table.rows[0], strict=True))
    segment = next(each for each in SEGMENTS if each.name.zh == row["segment"])
    return Result(
        understood=Text("", ""),
        sentences=(
            Sentence(
                (
                    Text(f"{who}：{segment.name.zh}，R ", f"{who}: {segment.name.en} ({segment.name.zh}), R "),
                    Figure(row["r"]),
                    Text(" 分、F ", ", F "),
                    Figure(row["f"]),
                    Text(" 分、M ", ", M "),
                    Figure(row["m"]),
                    Text(f" 分。建议：{segment.advice.zh}。", f". What to do: {segment.advice.en}."),
                )
            ),
        ),
        table=read.table,
        sql=(read.sql,),
    )

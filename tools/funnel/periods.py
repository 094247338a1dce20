"""A funnel of two periods: that asked, and the one that it is compared with."""

from tools.funnel.args import FunnelArgs
from warehouse.days import Span
from warehouse.errors import QueryError
from warehouse.model import SemanticModel
from warehouse.period import Day, Period, Range
from warehouse.query import Against, Condition, Not, People, Segment
from warehouse.resolved import Comparison
from warehouse.table import Column
from warehouse.text import Text
from warehouse.warehouse import Reading

DAYS = Column("period", Text("时间", "period"), "text", "group")


def compared(args: FunnelArgs, against: Against, reading: Reading) -> Comparison:
    """The period compared with; raises `QueryError` where no period is told, or a cut beside it."""
    if args.by is not None:
        raise QueryError(
            Text("两段时间的漏斗对比时，不能再按维度拆分。", "A funnel of two periods takes no grouping."),
            Text("请去掉拆分，或只看其中一段时间。", "Leave out the grouping, or ask for one of the periods."),
        )
    return reading.resolver.against(against, args.period)


def people(args: FunnelArgs, earlier: Comparison, reading: Reading) -> People:
    """The customers of the period compared with: who is new in a period is another one then."""
    days = earlier.window.period or _named(earlier.window.span)
    return People(where=tuple(_moved(each, args.period, days, reading.model) for each in args.where))


def days(span: Span) -> str:
    """The days of a period, as the rows name it."""
    return str(span.start) if span.start == span.end else f"{span.start}–{span.end}"


def _moved(condition: Condition, asked: Period | None, then: Period, model: SemanticModel) -> Condition:
    if isinstance(condition, Not):
        return Not(not_=_moved(condition.not_, asked, then, model))
    if not isinstance(condition, Segment) or condition.period != asked:
        return condition
    stays = model.segment(condition.segment).taken == "at_end"
    return condition if stays else condition.model_copy(update={"period": then})


def _named(span: Span) -> Period:
    first, last = (Day(year=each.year, month=each.month, day=each.day) for each in span)
    return Range(first=first, last=last)

"""RFM: the eight segments of buyers and what they bring, who moved between them, one customer's scores."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from tools import population
from tools.definitions import of_conditions, once
from tools.rfm.args import RfmArgs, RfmPlan, bound
from tools.rfm.asked import ASKED
from tools.rfm.customer import one_customer
from tools.rfm.moves import moves
from tools.rfm.parts import by_group
from tools.rfm.segments import RFM, SEGMENTS
from tools.rfm.sizes import MEMBERS, grid, member_columns, sizes
from tools.tool import Asked, Context, Export, Result, Understood
from warehouse import values
from warehouse.compile import Compiled
from warehouse.saying import by
from warehouse.text import Text
from warehouse.warehouse import Reading

TITLE = Text("RFM分析", "RFM analysis")
MOVES = Text("各层迁移情况", "moves between segments")
OF_ALL = {"customer": None, "by": None, "compare": None}
GRID = Text("R×F热力图", "R × F heat map")


class RfmTool:
    """The segments of buyers by recency, frequency and monetary value."""

    name: ClassVar[str] = "rfm"
    answers: ClassVar[Text] = Text(
        "RFM分层：八类客户的人数与贡献", "RFM: eight segments of buyers, and what they bring"
    )
    Args: ClassVar[type[BaseModel]] = RfmArgs
    asked: ClassVar[Asked] = ASKED

    def run(self, args: RfmArgs, context: Context) -> Result:
        """The segments with their shares, the moves between them, or one customer's scores."""
        plan = bound(args, context.reading)
        if args.customer is not None:
            found = one_customer(plan, context)
        elif plan.cut is not None:
            found = by_group(plan, plan.cut, context)
        else:
            found = {"moves": moves, "grid": grid, "segments": sizes}[args.show](plan, context)
        understood = _say(plan, dated=True)
        return replace(
            found,
            understood=understood,
            chart=None if found.chart is None else replace(found.chart, subtitle=understood),
            definitions=(RFM, *once(of_conditions(plan.crowd.where, plan.reading.model))),
            notes=(_data(plan), *found.notes),
            suggestions=_suggestions(args, plan.reading),
        )

    def say(self, args: RfmArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The whole plan in words."""
        return _say(bound(args, reading), dated=dated)

    def pieces(self, args: RfmArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        plan = bound(args, reading)
        return population.pieces(TITLE, plan.crowd, reading, *_further(plan, dated=True))

    def export(self, args: RfmArgs, context: Context) -> Export | None:
        """Of the segments every buyer with scores and segment."""
        plan = bound(args, context.reading)
        if args.show != "segments" or args.customer is not None:
            return None
        compiled = plan.compiled(MEMBERS, member_columns(plan))
        return Export(compiled.columns, context.reading.stream(compiled, stop=context.stop))

    def groups(self, args: RfmArgs, reading: Reading) -> Mapping[str, tuple[Text, ...]]:  # noqa: ARG002 - the same of any data
        """The eight segments; none of one customer's scores."""
        return {} if args.customer is not None else {each.name.zh: (each.name,) for each in SEGMENTS}

    def members(self, args: RfmArgs, group: str, reading: Reading) -> Compiled:
        """The buyers of one segment, at the end of the period."""
        plan = bound(
            args.model_copy(update={"show": "segments", "customer": None, "by": None, "compare": None}), reading
        )
        where = next(f"segment = '{each.name.zh}'" for each in SEGMENTS if each.name.zh == group)
        return plan.compiled(f"SELECT customer FROM scores WHERE {where}", ())


def _say(plan: RfmPlan, *, dated: bool) -> Text:
    further = (each.words for each in _further(plan, dated=dated))
    return population.said(TITLE, plan.crowd, plan.reading, *further, dated=dated)


def _further(plan: RfmPlan, *, dated: bool) -> tuple[Understood, ...]:
    """What else is asked: the period, the moves, the customer."""
    sayer, args = replace(plan.reading.sayer, dated=dated), plan.args
    told = []
    if args.period is not None or population.dated(plan.crowd):
        told.append(Understood("time", sayer.window(plan.window), "period"))
    if args.show != "segments":
        told.append(Understood("output", MOVES if args.show == "moves" else GRID, "show"))
    if plan.cut is not None and args.compare is not None:
        pair = (args.compare.first, args.compare.second)
        versus = values.said(plan.cut, pair, plan.reading.model, Text("对比", " versus "))
        told.append(Understood("comparison", versus, "compare"))
    elif plan.cut is not None:
        told.append(Understood("dimension", by(plan.cut), "by"))
    if args.customer is not None:
        label = plan.reading.model.customer.words.label
        who = Text(f"{label.zh}{args.customer}", f"{label.en} {args.customer}")
        told.append(Understood("filter", who, "customer"))
    return tuple(told)


def _data(plan: RfmPlan) -> Text:
    """Which purchases were scored, and that a score is relative to the others scored."""
    zh, en = f"{plan.span.start} 至 {plan.span.end}", f"{plan.span.start} to {plan.span.end}"
    return Text(
        f"用 {zh} 的购买打分；分数是和同一批人比出来的，换一批人或一段时间会不同",
        f"Scored on the paid orders of {en}; scores are relative to these buyers, and differ for others or other days",
    )


def _suggestions(args: RfmArgs, reading: Reading) -> tuple[Text, ...]:
    shown = [args.model_copy(update={"show": each, **OF_ALL}) for each in ("grid", "moves", "segments")]
    told = dict.fromkeys(each for each in (*shown, RfmArgs()) if each != args)
    return tuple(_say(bound(each, reading), dated=False) for each in told)

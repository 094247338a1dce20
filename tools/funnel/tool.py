"""How many users get from step to step, and where most are lost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from tools import population
from tools.chart import Chart, ChartType
from tools.definitions import of_conditions, once
from tools.funnel import periods
from tools.funnel.args import ASKED, FunnelArgs
from tools.funnel.findings import NAME, TRANSLATED, Compared, Counts, by_group, table
from tools.funnel.query import FUNNEL, Bound, bound, compiled
from tools.funnel.sentences import THIN, sentences
from tools.tool import Asked, Context, Defined, Export, Result, Understood
from warehouse import values
from warehouse.compile import dimension_column
from warehouse.errors import NotEnoughData
from warehouse.query import Versus
from warehouse.saying import by, join
from warehouse.table import Column, Table
from warehouse.text import Text
from warehouse.warehouse import Read, Reading

MOST_SUGGESTED = 3
DAYS = ("day", "days")
GROUP = Column("group", Text("人群", "group"), "text", "group")


class FunnelTool:
    """Steps, how many reach each, and where most are lost."""

    name: ClassVar[str] = "funnel"
    answers: ClassVar[Text] = Text(
        "漏斗：每一步多少人，哪一步流失最多", "funnels: users by step, and where most are lost"
    )
    Args: ClassVar[type[BaseModel]] = FunnelArgs
    asked: ClassVar[Asked] = ASKED

    def run(self, args: FunnelArgs, context: Context) -> Result:
        """The users of each step, of everybody or by group."""
        reading = context.reading
        funnel = bound(args, reading)
        reads = [reading.read(each, limit=None, stop=context.stop) for each in compiled(funnel, reading)]
        groups = _counts(funnel, reads)
        _check(funnel, groups)
        whole = self._table(funnel, groups, context)
        return Result(
            understood=_say(funnel, reading),
            sentences=sentences(funnel, groups, reading),
            table=whole.first(context.limit),
            witnesses=(whole,),
            chart=_chart(funnel, whole, whole.first(context.limit), reading),
            sql=tuple(each.sql for each in reads),
            definitions=once(
                (
                    *(Defined(each.label, each.definition) for each in funnel.steps),
                    *(Defined(each.words.label, each.definition) for each in funnel.segments),
                    *of_conditions(funnel.crowd.where, reading.model),
                )
            ),
            notes=tuple(_notes(funnel, groups, reading)),
            suggestions=tuple(self._suggestions(args, reading)),
        )

    def say(self, args: FunnelArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The funnel in words."""
        return _say(bound(args, reading), reading, dated=dated)

    def pieces(self, args: FunnelArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        funnel = bound(args, reading)
        told = enumerate(funnel.steps if args.steps else ())
        steps = (Understood("behaviour", each.label, "steps", at) for at, each in told)
        return population.pieces(FUNNEL, funnel.crowd, reading, *steps, *_further(funnel, reading))

    def export(self, args: FunnelArgs, context: Context) -> Export:
        """Every group's steps."""
        funnel = bound(args, context.reading)
        reads = [context.reading.read(e, limit=None, stop=context.stop) for e in compiled(funnel, context.reading)]
        whole = self._table(funnel, _counts(funnel, reads), context)
        return Export(whole.columns, iter([whole.rows]))

    def _table(self, funnel: Bound, groups: list[Counts], context: Context) -> Table:
        compared = Compared(groups[0], groups[1]) if funnel.groups else None
        return table(groups, [each.label for each in funnel.steps], _key(funnel), compared, context.language)

    def _suggestions(self, args: FunnelArgs, reading: Reading) -> Iterator[Text]:
        """The same by what people are grouped by, or without."""
        if args.by is not None or args.compare is not None:
            yield self.say(args.model_copy(update={"by": None, "compare": None}), reading)
        cuts = [each.name for each in reading.model.groupings if reading.resolver.about_people(each)]
        for name in [each for each in cuts if each != args.by][:MOST_SUGGESTED]:
            yield self.say(args.model_copy(update={"by": name, "compare": None}), reading)


def _counts(funnel: Bound, reads: list[Read]) -> list[Counts]:
    """The groups, those compared in the order told; a group that nobody is of has zeros."""
    count = len(funnel.steps)
    if funnel.cut is not None:
        found = by_group(reads[0].table.rows, count)
    else:
        names = funnel.groups or (None,)
        rows = [(name, *row) for name, read in zip(names, reads, strict=True) for row in read.table.rows]
        found = by_group(rows, count)
    if funnel.groups is None:
        return found
    known = {each.group: each for each in found}
    return [known.get(name, Counts(name, (0,) * count)) for name in funnel.groups]


def _check(funnel: Bound, groups: list[Counts]) -> None:
    """Raise `NotEnoughData` where nobody took the first step: there is nothing to take a share of."""
    empty = [each for each in groups if not each.users[0]]
    if groups and not (empty if funnel.groups else len(empty) == len(groups)):
        return
    first, window = funnel.steps[0].label, funnel.window.span
    whose = Text("", "")
    if funnel.earlier is not None:
        window = window if empty[0] is groups[0] else funnel.earlier.window.span
    elif funnel.groups:
        named = "、".join(str(each.group) for each in empty), ", ".join(str(each.group) for each in empty)
        whose = Text(f"{named[0]}里", f" of {named[1]}")
    raise NotEnoughData(
        Text(
            f"{window.start} 至 {window.end}，{whose.zh}没有人走到第一步“{first.zh}”，没有漏斗可算。",
            f"From {window.start} to {window.end} nobody{whose.en} took the first step, “{first.en}”.",
        ),
        Text(
            "至少要有一个人：请放宽时间或人群，或换一个起点。",
            "One user is needed: ask of more days or people, or begin with another step.",
        ),
    )


def _key(funnel: Bound) -> Column | None:
    if funnel.earlier is not None:
        return periods.DAYS
    if funnel.cut is not None:
        return dimension_column(funnel.cut.dimension)
    return GROUP if funnel.groups else None


def _chart(funnel: Bound, whole: Table, shown: Table, reading: Reading) -> Chart:
    """The steps as a funnel; groups beside each other by their shares, for they are of different sizes."""
    understood, data = _say(funnel, reading), whole if shown.truncated else None
    key, x = _key(funnel), TRANSLATED.name if TRANSLATED in whole.columns else NAME.name
    if key is None:
        title = Text("漏斗：各步人数", "Funnel: users by step")
        y = ("users", "share_of_first", "share_of_previous")
        return Chart("funnel", title, understood, x=x, y=y, types=("funnel", "bar", "table"), data=data)
    title = Text(f"漏斗：占第一步的比例，按{key.label.zh}", f"Funnel: share of the first step by {key.label.en}")
    y = ("share_of_first", "share_of_previous", "users")
    types: tuple[ChartType, ...] = ("funnel", "bar", "heatmap", "table")
    return Chart("funnel", title, understood, x=x, y=y, series=key.name, types=types, data=data)


def _say(funnel: Bound, reading: Reading, *, dated: bool = True) -> Text:
    further = (each.words for each in _further(funnel, reading, dated=dated))
    return population.said(_title(funnel), funnel.crowd, reading, *further, dated=dated)


def _title(funnel: Bound) -> Text:
    """The funnel by its steps, where they were told."""
    if not funnel.args.steps:
        return FUNNEL
    steps = join([each.label for each in funnel.steps], Text("、", ", "))
    return Text(f"{steps.zh}的漏斗", f"the funnel of {steps.en}")


def _further(funnel: Bound, reading: Reading, *, dated: bool = True) -> Iterator[Understood]:
    """What else is asked: the period, the window of each user, the cut."""
    sayer, args = replace(reading.sayer, dated=dated), funnel.args
    if args.period is not None or population.dated(funnel.crowd):
        yield Understood("time", sayer.window(funnel.window), "period")
    if args.within is not None:
        done = Text(f"{args.within}天内完成", f"done within {args.within} {DAYS[args.within > 1]}")
        yield Understood("filter", done, "within")
    if funnel.earlier is not None:
        yield Understood("comparison", sayer.against(funnel.earlier), "compare")
    elif isinstance(args.compare, Versus):
        pair = (args.compare.first, args.compare.second)
        dimension = reading.model.dimension(args.compare.dimension)
        versus = values.said(dimension, pair, reading.model, Text("对比", " versus "))
        yield Understood("comparison", versus, "compare")
    elif funnel.cut is not None:
        yield Understood("dimension", by(funnel.cut.dimension), "by")


def _notes(funnel: Bound, groups: list[Counts], reading: Reading) -> Iterator[Text]:
    """How it is counted, of how many users and which days, and what to beware of."""
    span = funnel.window.span
    first = max(span.start, reading.model.calendar.first_day)
    users = sum(each.users[0] for each in (groups if funnel.earlier is None else groups[:1]))
    yield Text(
        f"每一步都要发生在上一步最早一次的同时或之后；{first} 至 {span.end}，共 {users:,} 人走到第一步。",
        f"Each step is taken at or after the earliest time of the step before; {users:,} users took the first step, "
        f"{first} to {span.end}.",
    )
    if funnel.args.within is not None:
        yield Text(
            f"各步都要在本人第一步之后 {funnel.args.within} 天内；最后几天才开始的人可能还没走完。",
            f"Every step is within {funnel.args.within} days of the user's first; those who began last may go on.",
        )
    if funnel.cut is not None and funnel.cut.of == "event":
        label = funnel.cut.dimension.words.label
        yield Text(f"每个人按第一步那次的{label.zh}归组。", f"A user counts in the {label.en} of their first step.")
    if funnel.cut is not None and funnel.groups is None:
        yield Text("各组走完的比例用卡方检验比较，显著水平 5%。", "Groups are compared by a chi-square test at 5%.")
    if funnel.groups is not None:
        yield Text(
            "两组用双比例 z 检验比较，各步的 p 值按 Holm 法校正，显著水平 5%。",
            "The two groups are compared by two-proportion z tests at 5%, the steps' p-values corrected after Holm.",
        )
    if funnel.earlier is not None:
        yield Text(
            "每段时间各算各的，跨在两段之间的算没有走完；两段都来的人各算一次，检验当作互不相关。",
            "Each period stands by itself: who goes on after its end has not gone on. Users of both count in each, and "
            "the tests take the two as independent.",
        )
    if funnel.earlier is not None and funnel.earlier.window.span.start < reading.model.calendar.first_day:
        began = reading.model.calendar.first_day
        yield Text(f"数据从 {began} 开始，对比的那段不完整。", f"The data begin on {began}: the other period is cut.")
    if any(0 < each.users[0] < THIN for each in groups):
        yield Text(f"第一步不足 {THIN} 人的，比例仅供参考。", f"Shares of fewer than {THIN} users are rough.")

"""Who of a cohort comes back, and how long after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import ClassVar

from pydantic import BaseModel

from tools import population
from tools.chart import Chart, ChartType
from tools.definitions import of_conditions, once
from tools.retention.args import ASKED, Back, RetentionArgs, Unit
from tools.retention.findings import Counted, Point, average_table, averages, table
from tools.retention.query import Bound, bound, compiled
from tools.retention.sentences import THIN, WHOSE, called, nth, sentences
from tools.tool import Asked, Context, Defined, Export, Result, Understood
from warehouse.days import Span, shift, unit_start
from warehouse.errors import NotEnoughData
from warehouse.labels import BY_GRAIN
from warehouse.saying import by
from warehouse.table import Table
from warehouse.text import Text
from warehouse.warehouse import Read, Reading

MOST_SUGGESTED = 2
RETENTION = Text("留存率", "retention")
BACK: Mapping[Back, Text] = {
    "event": Text("又回来", "who came back"),
    "purchase": Text("又购买", "who bought again"),
    "order": Text("又下单", "who ordered again"),
}
MEANS: Mapping[Back, Text] = {
    "event": Text("有任意行为事件", "any event"),
    "purchase": Text("有购买，按购买的时间", "a purchase, by its time"),
    "order": Text("有订单，按下单的时间", "an order, by the time of order"),
}
SPANS: Mapping[Unit, Text] = {"day": Text("天", "day"), "week": Text("周", "week"), "month": Text("个月", "month")}


class RetentionTool:
    """Cohorts, and the share of each that came back after so many days, weeks or months."""

    name: ClassVar[str] = "retention"
    answers: ClassVar[Text] = Text(
        "留存：各批用户过后还有多少回来", "retention: how many of each cohort came back, and how long after"
    )
    Args: ClassVar[type[BaseModel]] = RetentionArgs
    asked: ClassVar[Asked] = ASKED

    def run(self, args: RetentionArgs, context: Context) -> Result:
        """Each cohort in each period, a heat map of them, and what they have on average."""
        reading = context.reading
        asked = bound(args, reading)
        read, points = self._points(asked, context)
        whole = table(points, asked)
        mean = average_table(averages(points, by_part=False), replace(asked, by=None))
        groups = average_table(averages(points, by_part=True), asked)
        return Result(
            understood=_say(asked, reading),
            sentences=sentences(asked, points, reading),
            table=whole.first(context.limit),
            witnesses=(whole, mean, groups),
            chart=_chart(asked, whole, groups, reading),
            sql=(read.sql,),
            definitions=once((*_definitions(asked), *of_conditions(asked.crowd.where, reading.model))),
            notes=tuple(_notes(asked, points, _data(reading))),
            suggestions=tuple(self._suggestions(args, reading)),
        )

    def say(self, args: RetentionArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The retention asked, in words."""
        return _say(bound(args, reading), reading, dated=dated)

    def pieces(self, args: RetentionArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        asked = bound(args, reading)
        return population.pieces(RETENTION, asked.crowd, reading, *_whose(asked), *_further(asked, reading))

    def export(self, args: RetentionArgs, context: Context) -> Export:
        """Every cohort in every period."""
        asked = bound(args, context.reading)
        whole = table(self._points(asked, context)[1], asked)
        return Export(whole.columns, iter([whole.rows]))

    def _points(self, asked: Bound, context: Context) -> tuple[Read, list[Point]]:
        """Raises `NotEnoughData` where nobody came, or no period asked is over for anybody."""
        reading = context.reading
        read = reading.read(compiled(asked, reading), limit=None, stop=context.stop)
        points = Counted.of(read.table.rows, asked, _data(reading)).points()
        _check(asked, points, reading)
        return read, points

    def _suggestions(self, args: RetentionArgs, reading: Reading) -> Iterator[Text]:
        """The same for every period, and by what people are grouped by."""
        if args.single is not None:
            yield self.say(args.model_copy(update={"n": None, "within": None}), reading)
        if args.by is not None:
            yield self.say(args.model_copy(update={"by": None}), reading)
        cuts = [each.name for each in reading.model.groupings if reading.resolver.about_people(each)]
        for name in [each for each in cuts if each != args.by][:MOST_SUGGESTED]:
            yield self.say(args.model_copy(update={"by": name}), reading)


def _data(reading: Reading) -> Span:
    """The days that have data."""
    return Span(reading.model.calendar.first_day, reading.as_of)


def _check(asked: Bound, points: Sequence[Point], reading: Reading) -> None:
    if any(each.returned is not None for each in points):
        return
    span, whose = asked.window.span, WHOSE[asked.args.cohort or "registration"]
    if not points:
        raise NotEnoughData(
            Text(
                f"{span.start} 至 {span.end} 没有{whose.zh}，没有留存可算。",
                f"There are no {whose.en} from {span.start} to {span.end}.",
            ),
            Text("至少要有一位：请放宽时间或人群。", "At least one is needed: ask of more days or more people."),
        )
    n = asked.args.single or 1
    said, over = called(asked, n), shift(unit_start(span.start, asked.unit), asked.unit, n + 1)
    raise NotEnoughData(
        Text(
            f"还没有一批用户的{said.zh}已经过完（数据截至 {reading.as_of}）。",
            f"For no cohort is {said.en} over yet (data through {reading.as_of}).",
        ),
        Text(
            f"最早要到 {over} 才过完：请选更早的用户。", f"The first will be by {over}: ask of users who came earlier."
        ),
    )


def _chart(asked: Bound, whole: Table, groups: Table, reading: Reading) -> Chart:
    """A heat map of cohorts and periods; curves of groups; of one period the cohorts one after another."""
    understood, y = _say(asked, reading), ("retention",)
    title, whole, groups = Text("留存率", "Retention"), _after(whole), _after(groups)
    if asked.by is not None:
        types: tuple[ChartType, ...] = (
            ("bar", "table") if asked.args.single is not None else ("line", "heatmap", "table")
        )
        x, series = (asked.by.name, None) if asked.args.single is not None else ("n", asked.by.name)
        return Chart(types[0], title, understood, x=x, y=y, series=series, types=types, data=groups)
    if asked.args.single is not None:
        if asked.args.cohorts is None:
            return Chart("number", title, understood, y=y)
        return Chart("line", title, understood, x="cohort", y=y, types=("line", "bar", "table"), data=whole)
    if asked.args.cohorts is None:
        return Chart("line", title, understood, x="n", y=y, types=("line", "bar", "table"), data=whole)
    types = ("heatmap", "line", "table")
    return Chart("heatmap", title, understood, x="n", y=y, series="cohort", types=types, data=whole)


def _after(table: Table) -> Table:
    """The periods after the first, where there are any: all the others are pale beside it."""
    rows = tuple(row for row, n in zip(table.rows, table.column("n"), strict=True) if n != 0)
    return Table(table.columns, rows, len(rows)) if rows else table


def _say(asked: Bound, reading: Reading, *, dated: bool = True) -> Text:
    further = (each.words for each in _further(asked, reading, dated=dated))
    return population.said(_title(asked), asked.crowd, reading, *further, dated=dated)


def _title(asked: Bound) -> Text:
    """Whose retention it is, in words that name the analysis."""
    whose, *returned = (each.words for each in _whose(asked))
    back = next(iter(returned), Text("", ""))
    return Text(f"{whose.zh}的{back.zh}{RETENTION.zh}", f"{back.en} {RETENTION.en} of {whose.en}".lstrip())


def _whose(asked: Bound) -> Iterator[Understood]:
    """Whose it is, and what they came back to do, where it is told."""
    yield Understood("filter", WHOSE[asked.args.cohort or "registration"], "cohort")
    if asked.returned is not None:
        yield Understood("behaviour", asked.returned.words.label, "returned")


def _further(asked: Bound, reading: Reading, *, dated: bool = True) -> Iterator[Understood]:
    """What else is asked: the period, which of the periods after, what is coming back, the cut."""
    args, said = asked.args, SPANS[asked.unit]
    if args.period is not None or population.dated(asked.crowd):
        yield Understood("time", replace(reading.sayer, dated=dated).window(asked.window), "period")
    if args.n is not None:
        yield Understood("filter", nth(asked.unit, args.n), "n", also=("unit",))
    elif args.within is not None:
        within = called(asked, args.within)
        least = Text(f"{within.zh}至少一次", f"at least once {within.en}")
        yield Understood("filter", least, "within", also=("unit",))
    elif args.through is not None:
        en = f"the following {args.through} {said.en}s" if args.through > 1 else f"the following 1 {said.en}"
        yield Understood("filter", Text(f"之后{args.through}{said.zh}内", en), "through", also=("unit",))
    elif args.unit is not None and args.unit != args.grain:
        after = Text(f"{said.zh.removeprefix('个')}留存".replace("天", "日"), f"after {said.en}s")
        yield Understood("filter", after, "unit")
    if args.back is not None:
        yield Understood("behaviour", BACK[args.back], "back")
    if args.grain is not None:
        yield Understood("dimension", BY_GRAIN[args.grain], "grain")
    if asked.by is not None:
        yield Understood("dimension", by(asked.by), "by")


def _definitions(asked: Bound) -> Iterator[Defined]:
    if asked.args.cohort == "first_purchase":
        yield Defined(Text("首购", "first purchase"), Text("数据里最早的一笔购买", "the earliest purchase in the data"))
    returned = asked.returned
    if returned is not None:
        yield Defined(Text("回来", "came back"), returned.definition)
    else:
        yield Defined(Text("回来", "came back"), MEANS[asked.back])


def _notes(asked: Bound, points: Sequence[Point], data: Span) -> Iterator[Text]:
    """How it is counted, of whom and which days, and what to beware of."""
    span, grain = asked.window.span, asked.args.cohorts
    users = sum(max(e.users for e in of) for _, of in groupby(points, lambda e: (e.start, e.part)))
    unit = {
        "day": Text("天", "day"),
        "week": Text("个自然周", "calendar week"),
        "month": Text("个自然月", "calendar month"),
    }
    said = unit[asked.unit]
    came = Text(f"第 N {said.zh}里", f"in the Nth {said.en} after")
    if asked.args.within is not None:
        came = Text(f"第 1 到第 N {said.zh}里至少一次", f"at least once in the first to the Nth {said.en} after")
    yield Text(
        f"留存率 = 进来之后{came.zh}回来的人 ÷ 这批人；{span.start} 至 {span.end} 进来的共 {users:,} 人。",
        f"Retention: who came back {came.en}, over all of the cohort; {users:,} users came "
        f"from {span.start} to {span.end}.",
    )
    if grain is None:
        yield Text("只算第 N 天已经过完的人。", "Only users whose Nth day is over are counted.")
    elif any(each.returned is None for each in points):
        yield Text("还没过完的时段留空，不是零。", "Periods that are not over are left empty: they are not zero.")
    if grain is not None and unit_start(span.start, grain) != span.start:
        yield Text(
            f"第一批不完整：从 {span.start} 起算。", f"The first cohort is not whole: it counts from {span.start}."
        )
    if asked.args.cohort == "first_purchase" and span.start <= data.start:
        yield Text(
            f"数据从 {data.start} 开始：最早的批次里，可能有更早就买过的人。",
            f"The data begin on {data.start}: some of the first cohort may have bought before.",
        )
    yield Text("各批次（或各组）用卡方检验比较，显著水平 5%。", "Cohorts, or groups, are compared by chi-square at 5%.")
    if any(0 < each.users < THIN for each in points):
        yield Text(f"不足 {THIN} 人的批次，留存率仅供参考。", f"Retention of cohorts below {THIN} users is rough.")

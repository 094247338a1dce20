"""Metrics by dimensions and over time."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import BaseModel

from tools.chart import Chart, ChartType, fitting
from tools.tool import Context, Defined, Export, Figure, Result, Sentence, Understood
from warehouse.days import Grain, unfinished, unit_start
from warehouse.query import Query
from warehouse.resolve import Measurement
from warehouse.saying import BY_GRAIN, GRAIN_NAMES, Sayer, bucket, by, grains, join
from warehouse.table import Cell, Column, Table
from warehouse.text import Text
from warehouse.warehouse import Reading

DrawnAs = Literal["line", "bar", "stacked", "pie", "heatmap", "table"]
CHART_WORDS: Mapping[str, Text] = {
    "line": Text("折线图", "as a line chart"),
    "bar": Text("柱状图", "as a bar chart"),
    "stacked": Text("堆叠图", "as a stacked chart"),
    "pie": Text("饼图", "as a pie chart"),
    "heatmap": Text("热力图", "as a heat map"),
    "table": Text("表格", "as a table"),
}
MOST_SUGGESTIONS = 3


class QueryArgs(Query):
    """A query, and the chart asked for."""

    chart: DrawnAs | None = None


class QueryTool:
    """Metrics by dimensions, over time."""

    name: ClassVar[str] = "query"
    answers: ClassVar[Text] = Text("指标：按维度、按时间", "metrics by dimensions and over time")
    Args: ClassVar[type[BaseModel]] = QueryArgs

    def run(self, args: QueryArgs, context: Context) -> Result:
        """The groups and their metrics, a chart that fits, and the first thing worth saying."""
        reading = context.reading
        asked = reading.resolver.query(args)
        read = reading.read(reading.compiler.measurement(asked), limit=context.limit, stop=context.stop)
        chart, note = _chart(args, asked, read.table, reading)
        return Result(
            understood=_say(args, asked, reading.sayer),
            sentences=_sentences(asked, read.table, reading.sayer),
            table=read.table,
            chart=chart,
            pieces=_pieces(asked, reading.sayer),
            sql=(read.sql,),
            definitions=tuple(Defined(each.words.label, each.definition) for each in asked.metrics),
            notes=(*note, *_partial(asked), *_before_the_data(asked, reading)),
            suggestions=self._suggestions(args, asked, reading),
        )

    def say(self, args: QueryArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The query in words."""
        return _say(args, reading.resolver.query(args), replace(reading.sayer, dated=dated))

    def export(self, args: QueryArgs, context: Context) -> Export:
        """Every group."""
        compiled = context.reading.compiler.measurement(context.reading.resolver.query(args))
        return Export(compiled.columns, context.reading.stream(compiled, stop=context.stop))

    def _suggestions(self, args: QueryArgs, asked: Measurement, reading: Reading) -> tuple[Text, ...]:
        """The same metrics cut in other ways that they have."""
        plain = args.model_copy(update={"by": (), "grain": None, "chart": None})
        filtered = {each.dimension.name for each in asked.where}
        variants = [plain.model_copy(update={"grain": grain}) for grain in _trends(asked)]
        variants += [
            plain.model_copy(update={"by": (each.name,)})
            for each in reading.model.groupings
            if each.name not in filtered and reading.resolver.tied(asked.metrics, each)
        ]
        others = [each for each in variants if (each.by, each.grain) != (args.by, args.grain)]
        return tuple(self.say(each, reading) for each in others[:MOST_SUGGESTIONS])


def _trends(asked: Measurement) -> list[Grain]:
    days = asked.window.span.days
    return ["month"] if days > 92 else ["day"] if days > 1 else []


def _say(args: QueryArgs, asked: Measurement, sayer: Sayer) -> Text:
    said = sayer.measurement(asked)
    if args.chart is None:
        return said
    chart = CHART_WORDS[args.chart]
    return Text(f"{said.zh}，{chart.zh}", f"{said.en}, {chart.en}")


def _pieces(asked: Measurement, sayer: Sayer) -> tuple[Understood, ...]:
    return (
        *(Understood("metric", each.words.label) for each in asked.metrics),
        Understood("time", sayer.window(asked.window)),
        *(Understood("filter", sayer.condition(each)) for each in asked.where),
        *(Understood("dimension", BY_GRAIN[each]) for each in grains(asked.grain)),
        *(Understood("dimension", by(each)) for each in asked.by),
    )


def _sentences(asked: Measurement, table: Table, sayer: Sayer) -> tuple[Sentence, ...]:
    keys = [column for column in table.columns if column.role != "measure"]
    scope = _scope(asked, sayer)
    if not table.rows:
        return (Sentence((Text(f"{scope.zh}没有数据。", f"There is no data: {scope.en}."),)),)
    if not keys:
        return (_total(asked, table, scope),)
    return (_peak(asked, table, keys, scope),)


def _scope(asked: Measurement, sayer: Sayer) -> Text:
    window, filters = sayer.window(asked.window), [sayer.condition(each) for each in asked.where]
    return Text(
        "".join([window.zh, "、".join(each.zh for each in filters)]), ", ".join(each.en for each in [window, *filters])
    )


def _total(asked: Measurement, table: Table, scope: Text) -> Sentence:
    parts: list[Text | Figure] = []
    for place, (metric, value) in enumerate(zip(asked.metrics, table.rows[0], strict=True)):
        label = metric.words.label
        first = Text(f"{scope.zh}的{label.zh}为 ", f"{label.en}, {scope.en}: ")
        parts += [first if place == 0 else Text(f"，{label.zh}为 ", f"; {label.en}: "), Figure(value, metric.unit)]
    return Sentence((*parts, Text("。", ".")))


def _peak(asked: Measurement, table: Table, keys: list[Column], scope: Text) -> Sentence:
    """The row where the first metric is greatest; of equal ones the first."""
    metric = asked.metrics[0]
    values = table.column(metric.name)
    top = max(range(len(values)), key=lambda row: (values[row] is not None, values[row] or 0, -row))
    group = _group(table.rows[top][: len(keys)], asked.grain)
    label = metric.words.label
    return Sentence(
        (
            Text(f"{scope.zh}，{label.zh}最高的是{group.zh}，为 ", f"{label.en}, {scope.en}: highest for {group.en}, "),
            Figure(values[top], metric.unit),
            Text("；共 ", "; "),
            Figure(table.row_count),
            Text(" 行。", " rows in all."),
        )
    )


def _group(cells: Sequence[Cell], grain: Grain | None) -> Text:
    said = [Text("—", "—") if cell is None else Text(str(cell), str(cell)) for cell in cells]
    if grain is not None and isinstance(cells[0], datetime.date):
        said[0] = bucket(cells[0], grain)
    return join(said, Text(" · ", " · "))


def _before_the_data(asked: Measurement, reading: Reading) -> tuple[Text, ...]:
    """A note where the period ends before the metrics' first row: an empty answer is not one of nothing sold."""
    first = min(map(reading.first_day, asked.metrics))
    if asked.window.span.end >= first:
        return ()
    return (Text(f"这段时间没有数据：数据从 {first} 开始。", f"This period has no data: they begin on {first}."),)


def _partial(asked: Measurement) -> tuple[Text, ...]:
    """A note where the first bucket begins before the period does, and so is short."""
    start = asked.window.span.start
    if asked.grain is None or unit_start(start, asked.grain) == start:
        return ()
    name = GRAIN_NAMES[asked.grain]
    return (
        Text(
            f"第一个时段不完整：从 {start} 起算。",
            f"The first {name.en} is not whole: it counts from {start}.",
        ),
    )


def _chart(
    args: QueryArgs, asked: Measurement, table: Table, reading: Reading
) -> tuple[Chart | None, tuple[Text, ...]]:
    """The chart asked for where it fits, else the one that fits best and a note."""
    if not table.rows:
        return None, ()
    fits = fitting(table, additive=all(each.aggregate != "count_distinct" for each in asked.metrics))
    kind = args.chart if args.chart in fits else fits[0]
    notes = () if args.chart in (None, kind) else (_unfit(args.chart, kind),)
    keys = [column.name for column in table.columns if column.role != "measure"]
    unit = asked.metrics[0].unit
    metrics = join([each.words.label for each in asked.metrics])
    groups = join([*(BY_GRAIN[each] for each in grains(asked.grain)), *map(by, asked.by)])
    scope = _scope(asked, reading.sayer)
    cut = None
    if asked.grain is not None and asked.window.span.end == reading.as_of:
        cut = unfinished(asked.grain, asked.window.span, reading.as_of)
    last = max(str(cell) for cell in table.column(keys[0])) if cut else None
    chart = Chart(
        type=kind,
        title=Text(f"{metrics.zh}{groups.zh and '，' + groups.zh}", f"{metrics.en}{groups.en and ' ' + groups.en}"),
        subtitle=scope,
        alt=reading.sayer.measurement(asked),
        x=keys[0] if keys else None,
        y=tuple(each.name for each in asked.metrics if each.unit == unit),
        series=keys[1] if len(keys) > 1 else None,
        types=tuple(each for each in fits if each not in {kind, "table"}),
        unfinished=last,
    )
    return chart, notes


def _unfit(asked: ChartType, drawn: ChartType) -> Text:
    names = [CHART_WORDS.get(each, Text(each, each)) for each in (asked, drawn)]
    return Text(
        f"{names[0].zh}不适合这样的数据，改用{names[1].zh}。", f"{names[0].en}: does not fit these data; {names[1].en}."
    )

"""Metrics by dimensions and over time."""

import datetime
import decimal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import BaseModel

from tools.chart import Chart, ChartType, fitting
from tools.tool import Context, Defined, Export, Figure, Result, Sentence, Understood
from warehouse.days import Grain, unfinished, unit_start
from warehouse.period import Last
from warehouse.query import Query
from warehouse.resolve import Measurement
from warehouse.saying import BY_GRAIN, GRAIN_NAMES, Sayer, bucket, by, grains, join
from warehouse.table import Cell, Table
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
MOST_DRAWN = 2_000  # rows that a chart is drawn from
A_MONTH = Last(n=30, unit="day")


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
        wide = None if context.limit is None else max(context.limit, MOST_DRAWN)
        read = reading.read(reading.compiler.measurement(asked), limit=wide, stop=context.stop)
        whole = read.table
        top = whole if not whole.truncated else _leading(asked, context)
        table = whole.first(context.limit)
        chart, notes = _chart(args, asked, whole, reading)
        return Result(
            understood=_say(args, asked, reading.sayer),
            sentences=_sentences(asked, whole, top, reading.sayer),
            table=table,
            witnesses=(whole, top),
            chart=chart if chart is None or not table.truncated else replace(chart, data=whole),
            pieces=_pieces(asked, reading.sayer),
            sql=(read.sql,),
            definitions=tuple(Defined(each.words.label, each.definition) for each in asked.metrics),
            notes=(*notes, *_partial(asked), *_outside_the_data(asked, reading)),
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
        """The same metrics cut in other ways that they have, of all where they were filtered, over a longer time."""
        plain = args.model_copy(update={"by": (), "grain": None, "chart": None})
        filtered = {each.dimension.name for each in asked.where}
        variants = [plain.model_copy(update={"grain": grain}) for grain in _trends(asked)]
        variants += [
            plain.model_copy(update={"by": (each.name,)})
            for each in reading.model.groupings
            if each.name not in filtered and reading.resolver.tied(asked.metrics, each)
        ]
        variants.append(plain.model_copy(update={"where": ()}))
        variants.append(plain.model_copy(update={"period": A_MONTH, "grain": "day"}))
        others = [each for each in dict.fromkeys(variants) if each != args.model_copy(update={"chart": None})]
        return tuple(self.say(each, reading) for each in others[:MOST_SUGGESTIONS])


def _leading(asked: Measurement, context: Context) -> Table:
    """The one row where the first metric is greatest."""
    compiled = context.reading.compiler.measurement(asked, ranked=True)
    return context.reading.read(compiled, limit=1, stop=context.stop).table


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


def _sentences(asked: Measurement, whole: Table, top: Table, sayer: Sayer) -> tuple[Sentence, ...]:
    keys = [column for column in whole.columns if column.role != "measure"]
    scope = _scope(asked, sayer)
    if not whole.rows:
        return (Sentence((Text(f"{scope.zh}没有数据。", f"There is no data: {scope.en}."),)),)
    if not keys:
        return (_total(asked, whole, scope),)
    return (_extremes(asked, whole, top, len(keys), scope),)


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


def _extremes(asked: Measurement, whole: Table, top: Table, keys: int, scope: Text) -> Sentence:
    """Where the first metric is greatest, and where least; of equal ones the first."""
    metric = asked.metrics[0]
    label, values = metric.words.label, top.column(metric.name)
    ranked = sorted(range(len(values)), key=lambda row: (values[row] is None, -(_size(values[row])), row))
    high = _group(top.rows[ranked[0]][:keys], asked.grain)
    parts: list[Text | Figure] = [
        Text(f"{scope.zh}，{label.zh}最高的是{high.zh}，为 ", f"{label.en}, {scope.en}: highest for {high.en}, "),
        Figure(values[ranked[0]], metric.unit),
    ]
    if 1 < whole.row_count <= MOST_DRAWN:
        low = _group(top.rows[ranked[-1]][:keys], asked.grain)
        parts += [
            Text(f"；最低的是{low.zh}，为 ", f"; lowest for {low.en}, "),
            Figure(values[ranked[-1]], metric.unit),
        ]
    parts += [Text("；共 ", "; "), Figure(whole.row_count), Text(" 行。", " rows in all.")]
    return Sentence(tuple(parts))


def _size(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float | decimal.Decimal) else 0.0


def _group(cells: Sequence[Cell], grain: Grain | None) -> Text:
    said = [Text("—", "—") if cell is None else Text(str(cell), str(cell)) for cell in cells]
    if grain is not None and isinstance(cells[0], datetime.date):
        said[0] = bucket(cells[0], grain)
    return join(said, Text(" · ", " · "))


def _outside_the_data(asked: Measurement, reading: Reading) -> tuple[Text, ...]:
    """A note where a period that was told begins before the metrics' first row: what is empty there is not zero."""
    first, span = min(map(reading.first_day, asked.metrics)), asked.window.span
    if asked.window.period is None or span.start >= first:
        return ()
    if span.end < first:
        return (Text(f"这段时间没有数据：数据从 {first} 开始。", f"This period has no data: they begin on {first}."),)
    return (Text(f"数据从 {first} 开始，之前没有。", f"The data begin on {first}; before it there are none."),)


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
    if table.row_count > MOST_DRAWN:
        return None, (
            Text(f"多于 {MOST_DRAWN:,} 行，没有画图。", f"More than {MOST_DRAWN:,} rows: no chart is drawn."),
        )
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
        x=keys[0] if keys else None,
        y=tuple(each.name for each in asked.metrics if each.unit == unit),
        series=keys[1] if len(keys) > 1 else None,
        types=tuple(each for each in fits if each not in {kind, "table"}),
        unfinished=last,
        grain=asked.grain,
    )
    return chart, notes


def _unfit(asked: ChartType, drawn: ChartType) -> Text:
    names = [CHART_WORDS.get(each, Text(each, each)) for each in (asked, drawn)]
    return Text(
        f"{names[0].zh}不适合这样的数据，改用{names[1].zh}。", f"{names[0].en}: does not fit these data; {names[1].en}."
    )

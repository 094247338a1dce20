"""Metrics by dimensions and over time."""

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from tools.chart import CHART_WORDS, DrawnAs
from tools.definitions import of_conditions, of_metrics, once
from tools.edits.piece import Edits
from tools.query.drawing import MOST_DRAWN, drawing
from tools.query.edits import EDITS
from tools.query.notes import notes
from tools.query.sentences import sentences
from tools.query.suggestions import suggestions
from tools.tool import Asked, Context, Export, Result, Understood
from warehouse.query import Query
from warehouse.resolved import Measurement
from warehouse.saying import Sayer
from warehouse.table import Table
from warehouse.text import Text
from warehouse.warehouse import Reading


class QueryArgs(Query):
    """A query, and the chart asked for."""

    chart: DrawnAs | None = None


class QueryTool:
    """Metrics by dimensions, over time, compared, ranked and shared."""

    name: ClassVar[str] = "query"
    answers: ClassVar[Text] = Text(
        "指标：按维度、按时间，对比、排名、占比", "metrics by dimensions and over time, compared, ranked, shared"
    )
    Args: ClassVar[type[BaseModel]] = QueryArgs
    asked: ClassVar[Asked] = Asked(
        examples=(
            Text("{period}{metric}是多少？", "What was {metric} in {period}?"),
            Text("{period}各{dimension}的{metric}", "{metric} by {dimension} in {period}"),
        )
    )
    edits: ClassVar[Edits] = EDITS

    def run(self, args: QueryArgs, context: Context) -> Result:
        """The groups and their metrics, a chart that fits, and the first thing worth saying."""
        reading, sayer = context.reading, context.reading.sayer
        asked = reading.resolver.query(args)
        wide = None if context.limit is None else max(context.limit, MOST_DRAWN)
        read = reading.read(reading.compiler.measurement(asked), limit=wide, stop=context.stop)
        whole = read.table
        top = _leading(asked, context) if whole.truncated and asked.order is None else whole
        table = whole.first(context.limit)
        chart, unfit = drawing(args.chart, asked, whole, reading)
        return Result(
            understood=_say(args, asked, sayer),
            sentences=sentences(asked, whole, top, sayer),
            table=table,
            witnesses=(whole, top),
            chart=chart if chart is None or not table.truncated else replace(chart, data=whole),
            sql=(read.sql,),
            definitions=once(
                (
                    *of_metrics((each.metric for each in asked.shown), reading.model),
                    *of_conditions(asked.where, reading.model),
                )
            ),
            notes=(*unfit, *notes(asked, reading)),
            suggestions=tuple(self.say(QueryArgs(**dict(each)), reading) for each in suggestions(args, asked, reading)),
        )

    def say(self, args: QueryArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The query in words."""
        return _say(args, reading.resolver.query(args), replace(reading.sayer, dated=dated))

    def pieces(self, args: QueryArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece; last the chart, where one was asked for."""
        told = [Understood(*each) for each in reading.sayer.pieces(reading.resolver.query(args))]
        return (*told, *([] if args.chart is None else [Understood("output", CHART_WORDS[args.chart], "chart")]))

    def export(self, args: QueryArgs, context: Context) -> Export:
        """Every group."""
        compiled = context.reading.compiler.measurement(context.reading.resolver.query(args))
        return Export(compiled.columns, context.reading.stream(compiled, stop=context.stop))


def _leading(asked: Measurement, context: Context) -> Table:
    """The one row where the first metric is greatest."""
    compiled = context.reading.compiler.measurement(asked, ranked=True)
    return context.reading.read(compiled, limit=1, stop=context.stop).table


def _say(args: QueryArgs, asked: Measurement, sayer: Sayer) -> Text:
    said = sayer.measurement(asked)
    if args.chart is None:
        return said
    chart = CHART_WORDS[args.chart]
    return Text(f"{said.zh}，{chart.zh}", f"{said.en}, {chart.en}")

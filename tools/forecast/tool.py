"""What a metric will be: days, weeks or months ahead, with intervals and how far off such forecasts were."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from tools.definitions import of_conditions, of_metrics, once
from tools.forecast.args import ForecastArgs
from tools.forecast.asked import ASKED
from tools.forecast.history import History, query, read
from tools.forecast.horizon import Horizon, horizon
from tools.tool import Asked, Context, Result, Understood
from warehouse.errors import QueryError
from warehouse.labels import join
from warehouse.period import Next
from warehouse.query import Filter, Group
from warehouse.resolved import Measurement, Window
from warehouse.saying import Sayer
from warehouse.text import Text
from warehouse.timepart import of_day
from warehouse.warehouse import Reading

FIELDS = {"metrics": "metric", "period": "ahead"}  # of a query, as a forecast calls them


class ForecastTool:
    """A metric ahead of the as-of day."""

    name: ClassVar[str] = "forecast"
    answers: ClassVar[Text] = Text(
        "预测：指标未来几天、几周、几个月，可按维度拆分，带区间和回测误差",
        "forecasts: a metric days, weeks or months ahead, by a dimension, with intervals and its backtested error",
    )
    Args: ClassVar[type[BaseModel]] = ForecastArgs
    asked: ClassVar[Asked] = ASKED

    def run(self, args: ForecastArgs, context: Context) -> Result:
        """The buckets ahead with their intervals, what they come to, and the error on held-out data."""
        from tools.forecast import reckoning, tables, words  # noqa: PLC0415 - numpy is slow to load

        reading = context.reading
        asked, ahead = _ahead(args, reading)

        def fit(reading: Reading) -> tuple[History, reckoning.Reckoned]:
            past = read(args, ahead, replace(context, reading=reading))
            return past, reckoning.reckon(past, ahead, context)

        history, made = reading.fitted(("forecast", args), fit)
        table = tables.ahead(history, ahead, made)
        summary, held = tables.summary(history, ahead, made), words.held(made)
        scope = _scope(replace(asked, window=Window(args.ahead, ahead.covered)), reading.sayer)
        covered = words.coverage(held)
        return Result(
            understood=_say(args, asked, reading.sayer),
            sentences=(
                *words.sentences(history, ahead, made, summary, scope),
                *([] if covered is None else [covered]),
            ),
            table=table.first(context.limit),
            witnesses=(table, summary, held),
            chart=tables.chart(history, ahead, made, scope),
            sql=history.sql,
            definitions=once(
                (
                    *of_metrics((history.shown.metric,), reading.model),
                    *of_conditions(asked.where, reading.model),
                    *words.MEASURES,
                )
            ),
            notes=tuple(words.notes(history, ahead, made)),
            suggestions=tuple(self.say(each, reading) for each in _others(args, reading)),
        )

    def say(self, args: ForecastArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The forecast in words."""
        return _say(args, _ahead(args, reading)[0], replace(reading.sayer, dated=dated))

    def pieces(self, args: ForecastArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        asked, _ = _ahead(args, reading)
        told = (replace(Understood(*e), field=FIELDS.get(e.field, e.field)) for e in reading.sayer.pieces(asked))
        return (*told, *_past(args))

    def export(self, args: ForecastArgs, context: Context) -> None:
        """`run` gives all there is."""


def _others(args: ForecastArgs, reading: Reading) -> Iterator[ForecastArgs]:
    """The same by the first dimension that the metric has, and by longer buckets."""
    metric = reading.model.metric(args.metric.metric)
    settled = {each.dimension for each in args.where if isinstance(each, Filter)}
    cuts = (each.name for each in reading.model.groupings if reading.resolver.tied([metric], each))
    cut = next((each for each in cuts if each not in settled), None)
    if args.by is None and cut is not None:
        yield args.model_copy(update={"by": Group(dimension=cut)})
    if args.grain == "day":
        yield args.model_copy(update={"grain": "week", "ahead": Next(n=12, unit="week")})


def _ahead(args: ForecastArgs, reading: Reading) -> tuple[Measurement, Horizon]:
    """The question that the history answers, with the days ahead, as they are named, for its period."""
    found = horizon(args.ahead, args.grain, reading.as_of, reading.model.calendar)
    asked = reading.resolver.query(query(args))
    for each in asked.by:
        if of_day(each.dimension):
            raise _told_by_the_day(each.dimension.words.label)
    return replace(asked, window=Window(args.ahead, args.ahead.whole(reading.as_of, reading.model.calendar))), found


def _say(args: ForecastArgs, asked: Measurement, sayer: Sayer) -> Text:
    told = [sayer.measurement(asked), *(each.words for each in _past(args))]
    return Text(f"预测{'，'.join(each.zh for each in told)}", f"forecast {', '.join(each.en for each in told)}")


def _past(args: ForecastArgs) -> Iterator[Understood]:
    """The data that it learns from, where they are told."""
    if (days := args.history) is not None:
        said = Text(f"根据最近{days}天的数据", f"from the last {days} days of data")
        yield Understood("output", said, "history")


def _scope(asked: Measurement, sayer: Sayer) -> Text:
    """The days of the buckets ahead, and the conditions."""
    conditions = [each.words for each in sayer.pieces(asked) if each.kind in {"filter", "behaviour"}]
    return join([sayer.window(asked.window), *conditions], Text("，", ", "))


def _told_by_the_day(label: Text) -> QueryError:
    return QueryError(
        Text(
            f"{label.zh}由日期决定，不能按它拆开预测。", f"A forecast is not cut by {label.en}: the day alone tells it."
        ),
        Text("逐日的预测里已经含有它。", "The forecast by day has it already."),
    )

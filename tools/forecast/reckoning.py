"""From a history to forecasts: the arrays that the mathematics takes, and what is too little for it."""

from dataclasses import dataclass

import numpy as np

from tools.forecast.args import Length
from tools.forecast.history import History
from tools.forecast.horizon import UNIT_NAMES, Horizon
from tools.forecast.known_days import Known, known_days
from tools.stats.forecasting.forecast import Forecast, forecast
from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.smoothing import Floats, Integers
from tools.tool import Context
from warehouse.errors import NotEnoughData
from warehouse.table import Cell
from warehouse.text import Text

SEASONS: dict[Length, tuple[int, int]] = {"day": (7, 365), "week": (1, 52), "month": (12, 0)}
LEAST: dict[Length, int] = {"day": 28, "week": 12, "month": 12}  # values that candidates are fitted to at least


@dataclass(frozen=True)
class Reckoned:
    """The forecasts of each group, the last one's that of their total where `summing`.

    `lengths` tells how many values each has from its first on; `filled` how many of a ratio's had no denominator.
    """

    found: Forecast
    groups: tuple[Cell, ...]
    summing: bool
    lengths: tuple[int, ...]
    filled: int
    unseen: tuple[Text, ...]

    @property
    def least(self) -> int:
        """How many values the series have that the error is measured on."""
        return min(self.lengths)


def reckon(history: History, horizon: Horizon, context: Context) -> Reckoned:
    """Raises `NotEnoughData` where the longest series leaves nothing to measure the error on."""
    groups = tuple(history.series)
    summing = history.adds_up and len(groups) > 1
    values, starts, filled = _values(history, summing=summing)
    longest = values.shape[1] - int(starts.min())
    _check_enough(longest, horizon)
    values, starts = values[:, -longest:], starts - int(starts.min())
    past = history.starts[-longest:]
    known = known_days(past, horizon.starts, horizon.grain, context.reading.model.calendar)
    panel = _panel(values, starts, known, horizon, share=_is_share(history, values))
    found = forecast(
        panel,
        len(horizon.starts),
        least=LEAST[horizon.grain],
        begin=lambda done: context.begin(_testing(done)),
        summing=summing,
        skip=horizon.skip,
    )
    lengths = tuple(int(each) for each in values.shape[1] - starts)
    return Reckoned(found, groups, summing, lengths, filled, known.unseen)


def _testing(done: float) -> Text:
    return Text(f"回测 {done:.0%}", f"backtesting, {done:.0%} done")


def _values(history: History, *, summing: bool) -> tuple[Floats, Integers, int]:
    """Series from their first value other than 0 on; a ratio's without a denominator stay as they were before."""
    told = [[np.nan if each is None else each for each in series] for series in history.series.values()]
    values = np.array(told, dtype=np.float64)
    if summing:
        values = np.vstack([values, np.nansum(values, axis=0)])
    begun = ~np.isnan(values) & (values != 0)
    starts = np.where(begun.any(axis=1), begun.argmax(axis=1), 0)
    filled = 0
    for row, start in zip(values, starts, strict=True):
        row[:start] = np.nan
        missing = np.isnan(row[start:])
        filled += int(missing.sum())
        row[start:] = _carried(row[start:])
    return values, starts, filled


def _carried(values: Floats) -> Floats:
    """Gaps filled with the value before; 0 where there is none."""
    known = ~np.isnan(values)
    before = np.maximum.accumulate(np.where(known, np.arange(len(values)), -1))
    return np.where(before >= 0, values[before], 0.0)


def _panel(values: Floats, starts: Integers, known: Known, horizon: Horizon, *, share: bool) -> Panel:
    period, year = SEASONS[horizon.grain]
    return Panel(values, starts, period, known.rows, known.penalties, year=year, share=share)


def _is_share(history: History, values: Floats) -> bool:
    unit = history.shown.metric.unit
    return unit == "ratio" and float(np.nanmin(values)) >= 0 and float(np.nanmax(values)) <= 1


def _check_enough(longest: int, horizon: Horizon) -> None:
    steps, least, name = len(horizon.starts), LEAST[horizon.grain], UNIT_NAMES[horizon.grain]
    if longest >= least + steps:
        return
    needed = least + steps
    zh = f"历史只有 {longest} {name.zh}；预测 {steps} {name.zh}至少要 {needed} {name.zh}，"
    zh += f"其中 {least} {name.zh}用来拟合，{steps} {name.zh}用来检验。"
    en = f"There are {longest} {name.en} of history; {steps} {name.en} ahead need {needed}: "
    en += f"{least} to fit to and {steps} to measure the error on."
    raise NotEnoughData(Text(zh, en), _less(longest - least, horizon))


def _less(most: int, horizon: Horizon) -> Text:
    name = UNIT_NAMES[horizon.grain]
    if most > horizon.skip:
        return Text(
            f"现有的历史最多可以预测到 {most} {name.zh}之后。", f"These are enough for {most} {name.en} ahead at most."
        )
    return Text(
        "请等数据多一些，或放宽筛选，或改用更短的时段。",
        "Wait for more data, widen the filters, or use shorter buckets.",
    )

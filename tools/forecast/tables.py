"""The rows of a forecast: the buckets ahead, what the whole of them comes to and how good it is, and what is drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isnan

from tools.chart import Chart
from tools.forecast.history import History
from tools.forecast.horizon import Horizon
from tools.forecast.reckoning import Reckoned
from tools.stats.forecasting.forecast import Band
from warehouse.days import Bucket
from warehouse.labels import BY_GRAIN, GRAIN_NAMES, join, measure_label
from warehouse.saying import by
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

DIGITS = 6  # behind the point: what is beyond may differ from machine to machine
DRAWN_BACK = 3  # horizons of history that are drawn, at least
FEWEST_DRAWN: dict[Bucket, int] = {"day": 90, "week": 26, "month": 24}
BANDS = (("low_95", "high_95"), ("low_80", "high_80"))
FEW_DIGITS, SOME_DIGITS, LARGE = 2, 4, 100.0


def ahead(history: History, horizon: Horizon, made: Reckoned) -> Table:
    """A row for each bucket asked for and group."""
    digits = _digits(history)
    rows = [
        (start, *_key(history, group), *_numbers(made, row, step, digits))
        for step, start in enumerate(horizon.starts)
        if step >= horizon.skip
        for row, group in enumerate(made.groups)
    ]
    return Table((*_keys(history, horizon), *_measures(history)), tuple(rows), len(rows))


def summary(history: History, horizon: Horizon, made: Reckoned) -> Table:
    """For each group, and their total: all buckets together (of what does not add up the mean), and the errors."""
    columns = (
        Column("group", Text("分组", "group"), "text", "group"),
        *_measures(history),
        *(Column(name, label, "number", "measure", unit) for name, label, unit in ERRORS),
        Column("history", Text("历史长度", "history"), "integer", "measure"),
    )
    names = [*(None if each is None else str(each) for each in made.groups), *(["—"] if made.summing else [])]
    found, digits = made.found, _digits(history)
    errors = (found.errors.mase, found.naive_errors.mase, found.errors.smape, found.naive_errors.smape)
    shares = 1 if history.adds_up else len(horizon.asked)
    rows = tuple(
        (
            name,
            _rounded(_whole(made, row, horizon.skip, digits) / shares, digits),
            *(_rounded(end[row] / shares, digits) for band in _bands(found.total_bands) for end in band),
            *(_rounded(each[row]) for each in errors),
            made.lengths[row],
        )
        for row, name in enumerate(names)
    )
    return Table(columns, rows, len(rows))


def _whole(made: Reckoned, row: int, skip: int, digits: int) -> float:
    """The sum of a group's rounded forecasts; the total's is that of all groups', as anyone would add up the rows."""
    rows = range(len(made.groups)) if row == len(made.groups) else (row,)
    return sum(_rounded(each, digits) or 0.0 for of in rows for each in made.found.point[of, skip:])


def _digits(history: History) -> int:
    """How many digits behind the point tell enough: few of large numbers."""
    if history.shown.metric.unit == "ratio":
        return DIGITS
    sizes = [abs(each) for series in history.series.values() for each in series if each is not None]
    return FEW_DIGITS if sum(sizes) >= LARGE * max(len(sizes), 1) else SOME_DIGITS


ERRORS = (
    ("mase", Text("MASE", "MASE"), None),
    ("naive_mase", Text("季节性朴素法的 MASE", "MASE of the seasonal naive"), None),
    ("smape", Text("sMAPE", "sMAPE"), "ratio"),
    ("naive_smape", Text("季节性朴素法的 sMAPE", "sMAPE of the seasonal naive"), "ratio"),
)


def chart(history: History, horizon: Horizon, made: Reckoned, scope: Text) -> Chart:
    """One line a group: what was, then, dashed, what is to come with its intervals."""
    label = measure_label(history.shown)
    cut = join([BY_GRAIN[horizon.grain], *(by(each) for each in history.asked.by)], Text("，", " "))
    return Chart(
        "line",
        Text(f"{label.zh}预测，{cut.zh}", f"{label.en} forecast {cut.en}"),
        scope,
        x=horizon.grain,
        y=("forecast",),
        series=None if history.group is None else history.group.name,
        data=_drawn(history, horizon, made),
        unfinished=str(horizon.asked[0]),
        grain=horizon.grain,
        bands=BANDS,
    )


def _drawn(history: History, horizon: Horizon, made: Reckoned) -> Table:
    """The last of the history and what is ahead, in one column; at most so many groups as are told apart."""
    back = max(DRAWN_BACK * len(horizon.starts), FEWEST_DRAWN[horizon.grain])
    value, *ends = _measures(history)
    value = replace(value, label=measure_label(history.shown))
    rows: list[tuple[Cell, ...]] = [
        (start, *_key(history, group), each, *[None] * len(ends))
        for group, values in history.series.items()
        for start, each in list(zip(history.starts, values, strict=True))[-back:]
    ]
    rows += ahead(history, horizon, made).rows
    return Table((*_keys(history, horizon), value, *ends), tuple(rows), len(rows))


def _keys(history: History, horizon: Horizon) -> tuple[Column, ...]:
    grain = horizon.grain
    time = Column(grain, GRAIN_NAMES[grain], "date", "time", grain=grain)
    return (time,) if history.group is None else (time, history.group)


def _key(history: History, group: Cell) -> tuple[Cell, ...]:
    return () if history.group is None else (group,)


def _measures(history: History) -> tuple[Column, ...]:
    label, unit = measure_label(history.shown), history.shown.metric.unit
    named = [("forecast", Text(f"{label.zh}预测", f"{label.en} forecast"))]
    for level in (80, 95):
        named += [
            (f"low_{level}", Text(f"{level}% 区间下限", f"{level}% interval, low")),
            (f"high_{level}", Text(f"{level}% 区间上限", f"{level}% interval, high")),
        ]
    return tuple(Column(name, told, "number", "measure", unit) for name, told in named)


def _numbers(made: Reckoned, row: int, step: int, digits: int) -> Iterator[Cell]:
    yield _rounded(made.found.point[row, step], digits)
    for band in _bands(made.found.bands):
        yield _rounded(band.low[row, step], digits)
        yield _rounded(band.high[row, step], digits)


def _bands(bands: Mapping[float, Band]) -> list[Band]:
    """The narrower one first."""
    return [bands[level] for level in sorted(bands)]


def _rounded(value: float, digits: int = DIGITS) -> float | None:
    number = round(float(value), digits)
    return None if isnan(number) else number + 0.0  # no −0

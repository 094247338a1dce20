"""What a forecast says: how much is expected, how good that has been, by what method, from which data."""

from collections.abc import Iterator
from math import isnan

from tools.forecast.args import Length
from tools.forecast.history import MOST_SERIES, History
from tools.forecast.horizon import UNIT_NAMES, Horizon
from tools.forecast.reckoning import Reckoned
from tools.tool import Defined, Figure, Sentence
from warehouse.days import unit_of
from warehouse.labels import bucket, join, measure_label
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

METHODS = {
    "seasonal_naive": Text("季节性朴素法", "seasonal naive"),
    "theta": Text("Theta", "Theta"),
    "ets": Text("带趋势的指数平滑（ETS）", "exponential smoothing with a trend (ETS)"),
    "mstl": Text("MSTL 分解", "MSTL decomposition"),
    "calendar_regression": Text("带节日的日历回归", "regression on the calendar with its festivals"),
}
LEAST_SHARE = 0.005
MEASURES = (
    Defined(
        Text("MASE", "MASE"),
        Text(
            "平均绝对误差，除以拟合数据里隔一个季节的平均绝对变化（Hyndman 与 Koehler 2006）；越小越好，没有上限。",
            "the mean absolute error over the mean absolute change from season to season in the data fitted to "
            "(Hyndman and Koehler 2006); the smaller the better",
        ),
    ),
    Defined(
        Text("sMAPE", "sMAPE"),
        Text(
            "误差绝对值的两倍除以预测与实际绝对值之和，取平均；在 0 与 200% 之间。",
            "twice the absolute error over the sum of forecast and value in size, on average; between 0 and 200%",
        ),
    ),
)
SEASON_NAMES: dict[Length, Text] = {
    "day": Text("上周同一天", "the same weekday a week before"),
    "week": Text("上一周", "the week before"),
    "month": Text("去年同月", "the same month a year before"),
}
EACH: dict[Length, Text] = {
    "day": Text("平均每天", "a day on average"),
    "week": Text("平均每周", "a week on average"),
    "month": Text("平均每月", "a month on average"),
}


def sentences(history: History, horizon: Horizon, made: Reckoned, summary: Table, scope: Text) -> tuple[Sentence, ...]:
    """What is expected of the whole, or of the greatest group, and the error beside the naive one's."""
    best = _leading(made, summary)
    row = summary.rows[best]
    cells = dict(zip((each.name for each in summary.columns), row, strict=True))
    name = "" if made.summing or history.group is None else f"{row[0] or '—'}"
    return tuple(_expected(history, horizon, made, cells, name, scope)) + tuple(_errors(cells, name))


def held(made: Reckoned) -> Table:
    """How many windows the errors were measured on, and the share of values that the intervals held."""
    columns = [Column("windows", Text("检验窗口数", "windows"), "integer", "measure")]
    cells: list[Cell] = [made.found.windows]
    for level, covered in sorted(made.found.coverage.items()):
        percent = round(level * 100)
        label = Text(f"{percent}% 区间的实际覆盖", f"held by the {percent}% interval")
        columns.append(Column(f"coverage_{percent}", label, "number", "measure", "ratio"))
        cells.append(None if covered is None else round(covered, 6))
    return Table(tuple(columns), (tuple(cells),), 1)


def coverage(table: Table) -> Sentence | None:
    """The share of held-out values within the intervals."""
    cells = table.rows[0]
    if cells[1] is None:
        return None
    return Sentence(
        (
            Text("回测的 ", "In "),
            Figure(cells[0]),
            Text(" 个窗口里，80% 区间含住了 ", " windows held out, the 80% interval held "),
            Figure(cells[1], "ratio"),
            Text(" 的实际值，95% 区间含住了 ", " of the values, the 95% interval "),
            Figure(cells[2], "ratio"),
            Text("。", "."),
        )
    )


def notes(history: History, horizon: Horizon, made: Reckoned) -> Iterator[Text]:
    """Method, data, what is assumed, and what a reader should know besides."""
    yield _method(made, horizon)
    yield _data(history, horizon, made)
    yield Text(
        "假设：规律照旧，节日和假期如日历所列；没有计入将来价格、投放和供货的变化。",
        "Assumes that patterns go on and the calendar's festivals and holidays come as listed; future prices, ads and "
        "supply are not known to it.",
    )
    if made.summing:
        yield Text(
            "各组与合计各自预测，再按各自的回测误差调和，各组相加等于合计。",
            "Groups and their total are forecast apart, then reconciled by their errors in the backtest: the groups "
            "sum to the total.",
        )
    elif history.group is not None:
        yield Text(
            "这个指标各组不能相加，各组分别直接预测。", "Groups of this metric do not sum: each is forecast by itself."
        )
    yield from _cautions(history, horizon, made)


def _leading(made: Reckoned, summary: Table) -> int:
    """The total's row, else that of the group of which most is expected."""
    if made.summing:
        return len(summary.rows) - 1
    return max(range(len(summary.rows)), key=lambda row: (float(str(summary.rows[row][1])), -row))


def _expected(
    history: History, horizon: Horizon, made: Reckoned, cells: dict[str, Cell], name: str, scope: Text
) -> Iterator[Sentence]:
    label, unit = measure_label(history.shown), history.shown.metric.unit
    many = Text(f"，最高的是{name}", f", highest for {name}") if name and len(made.groups) > 1 else Text("", "")
    each = Text("共", "in all") if history.adds_up else EACH[horizon.grain]
    how = Text(f"预计{each.zh} ", f"expected {each.en}: ")
    if made.summing and history.groups > len(made.groups):
        many = Text(f"，最大的 {len(made.groups)} 组", f", the {len(made.groups)} largest groups")
    yield Sentence(
        (
            Text(f"{scope.zh}的{label.zh}{many.zh}，{how.zh}", f"{label.en}, {scope.en}{many.en}, {how.en}"),
            Figure(cells["forecast"], unit),
            Text("，80% 区间 ", "; 80% interval "),
            Figure(cells["low_80"], unit),
            Text(" 至 ", " to "),
            Figure(cells["high_80"], unit),
            Text("，95% 区间 ", "; 95% interval "),
            Figure(cells["low_95"], unit),
            Text(" 至 ", " to "),
            Figure(cells["high_95"], unit),
            Text("。", "."),
        )
    )


def _errors(cells: dict[str, Cell], name: str) -> Iterator[Sentence]:
    of = Text(f"{name}在", f"{name}: on") if name else Text("在", "On")
    if cells["mase"] is None:
        return
    yield Sentence(
        (
            Text(f"{of.zh}没有用来拟合的数据上，MASE 为 ", f"{of.en} data held out, MASE is "),
            Figure(cells["mase"]),
            Text("（季节性朴素法 ", " (seasonal naive "),
            Figure(cells["naive_mase"]),
            Text("），sMAPE 为 ", "), sMAPE "),
            Figure(cells["smape"], "ratio"),
            Text("（季节性朴素法 ", " (seasonal naive "),
            Figure(cells["naive_smape"], "ratio"),
            Text("）。", ")."),
        )
    )


def _method(made: Reckoned, horizon: Horizon) -> Text:
    """The candidates that count, greatest weight first, and how they were chosen."""
    shares = {name: float(share.mean()) for name, share in made.found.shares.items()}
    used = sorted((name for name, share in shares.items() if share >= LEAST_SHARE), key=lambda name: -shares[name])
    told = [Text(f"{METHODS[e].zh} {shares[e]:.0%}", f"{METHODS[e].en} {shares[e]:.0%}") for e in used]
    listed = join(told if len(used) > 1 else [METHODS[used[0]]], Text("、", ", "))
    tried = join([METHODS[each] for each in shares], Text("、", ", "))
    windows, steps, name = made.found.windows, len(horizon.starts), UNIT_NAMES[horizon.grain]
    naive = SEASON_NAMES[horizon.grain]
    return Text(
        f"方法：{listed.zh}；在 {windows} 个 {steps} {name.zh}窗口的滚动回测里，取误差最小的和与它相近的，平均而成。"
        f"试过的有：{tried.zh}。季节性朴素法重复{naive.zh}。",
        f"Method: {listed.en}: the best and those close to it in a rolling backtest of {windows} windows of {steps} "
        f"{name.en}, averaged. Tried: {tried.en}. The seasonal naive repeats {naive.en}.",
    )


def _data(history: History, horizon: Horizon, made: Reckoned) -> Text:
    longest, name, series = max(made.lengths), UNIT_NAMES[horizon.grain], len(made.groups)
    first, last = history.starts[-longest], unit_of(history.starts[-1], horizon.grain).end
    return Text(
        f"数据：{first} 至 {last}，{longest:,} {name.zh}，{series} 条序列，{history.rows:,} 行。",
        f"Data: {first} to {last}, {longest:,} {name.en}, {series} series, {history.rows:,} rows.",
    )


def _cautions(history: History, horizon: Horizon, made: Reckoned) -> Iterator[Text]:
    grain = horizon.grain
    if horizon.unfinished is not None:
        cut = bucket(horizon.unfinished, grain)
        yield Text(f"{cut.zh}还没有结束，不算历史。", f"Not history, for it is not over: {cut.en}.")
    if made.found.left_out:
        left = join([METHODS[each] for each in made.found.left_out])
        yield Text(f"序列太多，为省时间没有试：{left.zh}。", f"Not tried, to save time with so many series: {left.en}.")
    untested = made.found.errors.mase
    short = [group for group, error in zip(made.groups, untested, strict=False) if isnan(error)]
    if short:
        named = "、".join("—" if each is None else str(each) for each in short[:5])
        yield Text(
            f"{len(short)} 组历史太短，按各组共同的权重和误差预测：{named}。",
            f"{len(short)} groups are too short to be tested, so they take the weights and errors of all: {named}.",
        )
    if history.groups > len(made.groups):
        yield Text(
            f"共 {history.groups:,} 组，只预测最大的 {len(made.groups)} 组（最多 {MOST_SERIES} 组），其余不在内。",
            f"Of {history.groups:,} groups the {len(made.groups)} largest are forecast (at most {MOST_SERIES}); the "
            "rest is left out.",
        )
    if made.unseen:
        named = "、".join(each.zh for each in made.unseen)
        yield Text(
            f"历史里没有出现过{named}，它的影响没有计入。",
            f"The history never had {', '.join(each.en for each in made.unseen)}: what it does is not known.",
        )
    if made.filled:
        yield Text(
            f"{made.filled:,} 个时段没有分母，按前一个时段的值填补。",
            f"{made.filled:,} buckets had no denominator and are taken as the one before.",
        )
    if made.found.windows > made.found.independent:
        yield Text(
            "历史不长，检验窗口互相重叠，误差和覆盖偏乐观。",
            "The history is short, so the windows overlap: errors and coverage are on the bright side.",
        )
    if made.found.windows == 1:
        yield Text(
            "历史只够一个检验窗口，区间的覆盖无从检验。",
            "The history has one window to test on: coverage is not known.",
        )

"""The names and units of an answer's columns, which sayings use too."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from warehouse.days import Bucket
from warehouse.query import Over, Statistic
from warehouse.resolved import Grouped, Shown
from warehouse.text import Text

Further = Literal["before", "difference", "growth"]

GRAIN_NAMES: Mapping[Bucket, Text] = {
    "hour": Text("小时", "hour"),
    "day": Text("日期", "day"),
    "week": Text("周", "week"),
    "month": Text("月份", "month"),
    "quarter": Text("季度", "quarter"),
    "year": Text("年份", "year"),
}
BY_GRAIN: Mapping[Bucket, Text] = {
    "hour": Text("逐小时", "hour by hour"),  # "by hour" may be the hour of the day
    "day": Text("按天", "by day"),
    "week": Text("按周", "by week"),
    "month": Text("按月", "by month"),
    "quarter": Text("按季度", "by quarter"),
    "year": Text("按年", "by year"),
}
PASSED: Mapping[Bucket, Text] = {
    "hour": Text("小时数", "hours"),
    "day": Text("天数", "days"),
    "week": Text("周数", "weeks"),
    "month": Text("月数", "months"),
    "quarter": Text("季度数", "quarters"),
    "year": Text("年数", "years"),
}
OF_DAY = re.compile(r"(?:时间|日期| time| date)$|^(?:time|date) of ")  # what dimensions of days add to what happened
STATISTIC_NAMES: Mapping[Statistic, Text] = {
    "mean": Text("平均值", "average {of}"),
    "median": Text("中位数", "median {of}"),
    "percentile": Text("{n}分位数", "{nth} percentile of {of}"),
    "stdev": Text("标准差", "standard deviation of {of}"),
    "variance": Text("方差", "variance of {of}"),
    "highest": Text("最高值", "highest {of}"),
    "lowest": Text("最低值", "lowest {of}"),
}
OVER: Mapping[Over, Text] = {
    "day": Text("按天", "daily {of}"),
    "week": Text("按周", "weekly {of}"),
    "month": Text("按月", "monthly {of}"),
    "row": Text("按单条记录", "{of} (per record)"),
    "customer": Text("按用户", "{of} (per customer)"),
}
AVERAGED = re.compile(r"(?:average|mean) ")  # "daily average" is a mean over days
OVER_APART: Mapping[Over, str] = {"day": "{of} (daily)", "week": "{of} (weekly)", "month": "{of} (monthly)"}
MEANS: Mapping[Over, str] = {"day": "日均", "week": "周均", "month": "月均"}
FURTHER: Mapping[Further, Text] = {
    "before": Text("对比期{of}", "{of} (comparison period)"),
    "difference": Text("{of}差值", "{of} difference"),
    "growth": Text("{of}增长率", "{of} growth rate"),
}
EN_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def measure_label(shown: Shown) -> Text:
    """A metric as it is shown: revenue, share of revenue, median daily revenue."""
    of, n = shown.metric.words.label, shown.measure.n
    match shown.measure.show:
        case "value":
            return of
        case "share":
            return Text(f"{of.zh}占比", f"share of total {of.en}")
        case "share_of_parent":
            return Text(f"{of.zh}组内占比", f"share of {of.en} within its group")
        case "running":
            return Text(f"累计{of.zh}", f"cumulative {of.en}")
        case "moving":
            return Text(f"{of.zh}的{n}期移动平均", f"{n}-period moving average of {of.en}")
        case statistic:
            return _statistic(shown, statistic, shown.measure.over or "row", n or 0)


def group_label(grouped: Grouped) -> Text:
    """What is grouped by: city, registration month, months since registration."""
    label, group = grouped.dimension.words.label, grouped.group
    if group.since is not None:
        what, passed = _what_happened(label), PASSED[group.since]
        return Text(f"距{what.zh}的{passed.zh}", f"{passed.en} since {what.en}")
    if group.grain is not None:
        what, unit = _what_happened(label), GRAIN_NAMES[group.grain]
        return Text(what.zh + ("日" if group.grain == "day" else unit.zh), f"{what.en} {unit.en}")
    return label


def further_label(name: Further, shown: Shown) -> Text:
    """A column of a comparison: the metric in the period compared with, the difference, or the growth rate."""
    of, form = measure_label(shown), FURTHER[name]
    return Text(form.zh.format(of=of.zh), form.en.format(of=of.en))


def measure_unit(shown: Shown, further: Further | None = None) -> str | None:
    """The unit of a metric as it is shown, or of what a comparison adds; ratios differ by percentage points."""
    unit = shown.metric.unit
    if shown.measure.show in {"share", "share_of_parent"}:
        unit = "ratio"
    elif shown.measure.show == "variance":
        unit = None  # the square of one
    match further:
        case "growth":
            return "ratio"
        case "difference" if unit == "ratio":
            return "pp"
        case _:
            return unit


def bucket(first: datetime.datetime | datetime.date, grain: Bucket) -> Text:
    """One bucket, by its first day, or its first moment for an hour."""
    match grain:
        case "hour":
            return Text(f"{first:%Y-%m-%d %H}点", f"{first:%Y-%m-%d %H}:00")
        case "day":
            return Text(f"{first:%Y-%m-%d}", f"{first:%Y-%m-%d}")
        case "week":
            return Text(f"{first:%Y-%m-%d} 起的一周", f"the week of {first:%Y-%m-%d}")
        case "month":
            return Text(f"{first.year}年{first.month}月", f"{first:%Y-%m}")
        case "quarter":
            quarter = (first.month + 2) // 3
            return Text(f"{first.year}年第{quarter}季度", f"{first.year} Q{quarter}")
        case "year":
            return Text(f"{first.year}年", str(first.year))


def join(words: Sequence[Text], mark: Text = Text("、", " and ")) -> Text:  # noqa: B008
    """Words as one list."""
    return Text(mark.zh.join(each.zh for each in words), mark.en.join(each.en for each in words))


def _statistic(shown: Shown, statistic: Statistic, over: Over, n: int) -> Text:
    name, of = STATISTIC_NAMES[statistic], shown.metric.words.label
    en = name.en.format(of=_taken_over(shown, over), nth=_nth(n))
    if statistic == "mean" and over in MEANS:
        return Text(f"{MEANS[over]}{of.zh}", en)
    return Text(f"{of.zh}的{name.zh.format(n=n)}（{OVER[over].zh}）", en)


def _taken_over(shown: Shown, over: Over) -> str:
    """A metric with the unit beside it, in brackets where before its name it would make another one of it."""
    of = shown.metric.words.label.en
    before = OVER[over].en.format(of=of)
    named = {name.casefold() for per in shown.metric.per.values() for name in per}
    apart = AVERAGED.match(of) or before.casefold() in named
    return OVER_APART.get(over, OVER[over].en).format(of=of) if apart else before


def _what_happened(label: Text) -> Text:
    """The event that a dimension of days dates: of a registration date the registration."""
    return Text(OF_DAY.sub("", label.zh) or label.zh, OF_DAY.sub("", label.en) or label.en)


def _nth(n: int) -> str:
    ending = "th" if n % 100 in {11, 12, 13} else EN_ORDINALS.get(n % 10, "th")
    return f"{n}{ending}"

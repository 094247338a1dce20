"""Resolved plans in words: canonical, complete, and read back as the same plan."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.calendar import Calendar
from warehouse.days import Grain
from warehouse.model import Behaviour, Dimension
from warehouse.resolve import Condition, Crowd, Deed, Measurement, Window
from warehouse.text import LANGUAGES, Text

GRAIN_NAMES: dict[Grain, Text] = {
    "day": Text("日期", "day"),
    "week": Text("周", "week"),
    "month": Text("月份", "month"),
    "quarter": Text("季度", "quarter"),
    "year": Text("年份", "year"),
}
BY_GRAIN: dict[Grain, Text] = {
    "day": Text("按天", "by day"),
    "week": Text("按周", "by week"),
    "month": Text("按月", "by month"),
    "quarter": Text("按季度", "by quarter"),
    "year": Text("按年", "by year"),
}
ALL_TIME = Text("全部时间", "all time")
SAME_DAYS = Text("同期", "in the same days")
PREPOSITIONS = {"last": "in ", "part": "in ", "year": "in ", "day": "on ", "occasion": "during "}
GENERATION_YEARS = 5
DECADE_YEARS = 10


@dataclass(frozen=True)
class Sayer:
    """Says plans of one model on one as-of day; `dated` says the days beside the words that name them."""

    as_of: datetime.date
    calendar: Calendar
    dated: bool = True

    def measurement(self, asked: Measurement) -> Text:
        """A query, whole."""
        window = self.window(asked.window)
        metrics = join([each.words.label for each in asked.metrics])
        filters = [self.condition(each) for each in asked.where]
        groups = [*(BY_GRAIN[each] for each in grains(asked.grain)), *(by(each) for each in asked.by)]
        zh = f"{window.zh}{'、'.join(each.zh for each in filters)}的{metrics.zh}"
        en = f"{metrics.en}, {window.en}"
        return Text(
            "，".join([zh, *(each.zh for each in groups)]),
            ", ".join([en, *(each.en for each in filters), *(each.en for each in groups)]),
        )

    def crowd(self, crowd: Crowd, people: Text) -> Text:
        """A set of customers, whole."""
        deeds = self.deeds(crowd.did)
        filters = [self.condition(each) for each in crowd.where]
        zh = f"{'、'.join(each.zh for each in deeds)}的{people.zh}" if deeds else f"全部{people.zh}"
        en = f"{people.en} who {', '.join(each.en for each in deeds)}" if deeds else f"all {people.en}"
        return Text("，".join([zh, *(each.zh for each in filters)]), ", ".join([en, *(each.en for each in filters)]))

    def deeds(self, deeds: Sequence[Deed]) -> list[Text]:
        """What was done and what was not, each with its days; those of the one before are said as the same."""
        said, before = [], None
        for deed in deeds:
            same = before is not None and deed.window.period == before.window.period
            said.append(self._deed(deed, SAME_DAYS if same else self.window(deed.window)))
            before = deed
        return said

    def window(self, window: Window) -> Text:
        """A period with its days."""
        if window.period is None:
            start, end = window.span
            days = Text(f"（{start} 至 {end}）", f" ({start} to {end})") if self.dated else Text("", "")
            return Text(ALL_TIME.zh + days.zh, ALL_TIME.en + days.en)
        period = window.period
        if self.dated:
            return Text(*(period.say_days(each, self.as_of, self.calendar) for each in LANGUAGES))
        return Text(*(period.say(each, self.calendar) for each in LANGUAGES))

    def condition(self, condition: Condition) -> Text:
        """A filter, complete in itself."""
        values = condition.filter.values
        if condition.dimension.kind == "birth_year":
            return _born(int(values[0]), int(values[-1]), dated=self.dated)
        return join([_value(condition.dimension, str(value)) for value in values], Text("或", " or "))

    def _deed(self, deed: Deed, window: Text) -> Text:
        words = (deed.behaviour.negated if deed.negated else deed.behaviour.words).label
        kind = None if window == SAME_DAYS or deed.window.period is None else deed.window.period.kind
        preposition = PREPOSITIONS.get(kind or "", "")
        return Text(f"{window.zh}{words.zh}", f"{words.en} {preposition}{window.en}")


def bucket(first: datetime.date, grain: Grain) -> Text:
    """One bucket, by its first day."""
    match grain:
        case "day":
            return Text(str(first), str(first))
        case "week":
            return Text(f"{first} 起的一周", f"the week of {first}")
        case "month":
            return Text(f"{first.year}年{first.month}月", f"{first:%Y-%m}")
        case "quarter":
            quarter = (first.month + 2) // 3
            return Text(f"{first.year}年第{quarter}季度", f"{first.year} Q{quarter}")
        case "year":
            return Text(f"{first.year}年", str(first.year))


def by(dimension: Dimension) -> Text:
    """Grouping by a dimension."""
    label = dimension.words.label
    return Text(f"按{label.zh}", f"by {label.en}")


def deed_word(behaviour: Behaviour, *, negated: bool) -> Text:
    """The behaviour, or its negation, without a window."""
    return (behaviour.negated if negated else behaviour.words).label


def grains(grain: Grain | None) -> tuple[Grain, ...]:
    """The grain, if there is one."""
    return () if grain is None else (grain,)


def join(words: Sequence[Text], mark: Text = Text("、", " and ")) -> Text:  # noqa: B008
    """Words as one list."""
    return Text(mark.zh.join(each.zh for each in words), mark.en.join(each.en for each in words))


def _value(dimension: Dimension, value: str) -> Text:
    """A value; where the model does not list it, with its dimension, as it may be a word elsewhere."""
    words = dimension.values.get(value)
    if words is None:
        label = dimension.words.label
        return Text(f"{label.zh}：{value}", f"{label.en}: {value}")
    return Text(value, f"{value} ({words.en[0]})" if words.en else value)


def _born(first: int, last: int, *, dated: bool) -> Text:
    if first == last:
        return Text(f"{first}年出生", f"born in {first}")
    years = Text(f"{first}–{last}年出生", f"born {first}–{last}")
    length = last - first + 1
    decade = first % DECADE_YEARS == 0 and length == DECADE_YEARS
    half = first % DECADE_YEARS == GENERATION_YEARS and length == GENERATION_YEARS
    if not (decade or half):
        return years
    generation = f"{first % 100:02d}后"
    return Text(f"{generation}（{years.zh}）" if dated else generation, years.en)

"""Conditions on dimensions in words: 红或蓝, 重量至少2公斤, 95后（1995–1999年出生）."""

import datetime
from dataclasses import dataclass

from warehouse import values
from warehouse.amounts import within
from warehouse.lexicon.lexicon import lexicon
from warehouse.model import Dimension, SemanticModel
from warehouse.query import Bounds, Filter, Ranged
from warehouse.resolved import Test, Window
from warehouse.text import LANGUAGES, Text
from warehouse.timepart import HOUR, WEEKDAY

ALL_TIME = Text("全部时间", "all time")
GENERATION_YEARS = 5
DECADE_YEARS = 10
GENERATIONS = range(1930, 2030)  # 30后 of a century before or after are not called so
WEEKDAYS = range(1, 8)
HOURS = range(24)
OPS = {
    "starts": (Text("以{}开头", "starting with {}"), Text("不以{}开头", "not starting with {}")),
    "ends": (Text("以{}结尾", "ending with {}"), Text("不以{}结尾", "not ending with {}")),
    "contains": (Text("包含{}", "containing {}"), Text("不包含{}", "not containing {}")),
    "missing": (Text("为空", "missing"), Text("不为空", "not missing")),
}


@dataclass(frozen=True)
class AttributeSayer:
    """Says conditions on dimensions; `dated` says days, hours and years of birth beside the words that name them."""

    as_of: datetime.date
    model: SemanticModel
    dated: bool

    def test(self, test: Test) -> Text:
        """A condition on a dimension, complete in itself."""
        dimension, label = test.dimension, test.dimension.words.label
        match test.asked:
            case Filter():
                return self.filtered(dimension, test.asked, negated=False)
            case Ranged():
                return self._ranged(dimension, test.asked.bounds)
            case None:
                window = self.window(test.window) if test.window is not None else ALL_TIME
                return Text(f"{label.zh}：{window.zh}", f"{label.en}: {window.en}")

    def filtered(self, dimension: Dimension, asked: Filter, *, negated: bool) -> Text:
        """A filter of words, or its negation."""
        if asked.op == "in":
            say = values.excluded if negated else values.said
            return say(dimension, asked.values, self.model)
        label, form = dimension.words.label, OPS[asked.op][negated]
        told_values = [values.quoted(each) for each in asked.values]
        return Text(
            label.zh + form.zh.format(values.OR.zh.join(told_values)),
            f"{label.en} {form.en.format(values.OR.en.join(told_values))}",
        )

    def window(self, window: Window) -> Text:
        """A period, with its days where they are said; all of the data where there is none."""
        if window.period is None:
            return self.glossed(ALL_TIME, _days(window)) if self.dated else ALL_TIME
        begun = window.period.whole(self.as_of, self.model.calendar).start <= self.as_of
        if self.dated and begun:
            return Text(*(window.period.say_days(each, self.as_of, self.model.calendar) for each in LANGUAGES))
        words = Text(*(window.period.say(each, self.model.calendar) for each in LANGUAGES))
        return self.beside(words, window)  # days to come, where a forecast's window lies

    def beside(self, words: Text, window: Window) -> Text:
        """Words that name a window, with its days beside them where they are said and are not the words."""
        days = _days(window)
        return words if not self.dated or words == days else self.glossed(words, days)

    def glossed(self, words: Text, gloss: Text) -> Text:
        """Words, with what they mean beside them where that is said."""
        if not self.dated or words == gloss:
            return words
        return Text(f"{words.zh}（{gloss.zh}）", f"{words.en} ({gloss.en})")

    def _ranged(self, dimension: Dimension, bounds: Bounds) -> Text:
        if dimension.kind == "birth_year":
            said = self._born(bounds)
        elif dimension.name == WEEKDAY.name:
            said = _weekdays(bounds)
        elif dimension.name == HOUR.name:
            said = self._hours(bounds)
        else:
            said = None
        if said is not None:
            return said
        label, numbers = dimension.words.label, within(bounds, dimension.unit)
        if dimension.kind == "birth_year":
            numbers = Text(*(each.replace(",", "") for each in numbers))  # years have no thousands
        return Text(f"{label.zh}{numbers.zh}", f"{label.en} {numbers.en}")

    def _born(self, bounds: Bounds) -> Text | None:
        """Years of birth: a year, a generation, years between two, or those to one side."""
        match bounds:
            case Bounds(at_least=int(first), at_most=int(last)):
                return self._born_between(first, last)
            case Bounds(at_least=int(year), at_most=None, less_than=None):
                return Text(f"{year}年及以后出生", f"born in {year} or later")
            case Bounds(at_most=int(year), at_least=None, more_than=None):
                return Text(f"{year}年及以前出生", f"born in {year} or earlier")
            case Bounds(more_than=int(year), at_most=None, less_than=None):
                return Text(f"{year}年之后出生", f"born after {year}")
            case Bounds(less_than=int(year), at_least=None, more_than=None):
                return Text(f"{year}年之前出生", f"born before {year}")
            case _:
                return None

    def _born_between(self, first: int, last: int) -> Text:
        if first == last:
            return Text(f"{first}年出生", f"born in {first}")
        years = Text(f"{first}–{last}年出生", f"born {first}–{last}")
        length = last - first + 1
        decade = first % DECADE_YEARS == 0 and length == DECADE_YEARS
        half = first % DECADE_YEARS == GENERATION_YEARS and length == GENERATION_YEARS
        if first not in GENERATIONS or not (decade or half):
            return years
        return Text(self.glossed(Text(f"{first % 100:02d}后", ""), years).zh, years.en)

    def _hours(self, bounds: Bounds) -> Text | None:
        """Hours of the day, both ends in: from 18 to 20 is until 20:59."""
        low, high = bounds.at_least, bounds.at_most
        if not (isinstance(low, int) and isinstance(high, int) and low in HOURS and high in HOURS):
            return None
        clock = f"{low:02d}:00–{high:02d}:59"
        zh = f"{low}点" if low == high else f"{low}点到{high}点"
        return Text(self.glossed(Text(zh, ""), Text(clock, "")).zh, clock)


def _weekdays(bounds: Bounds) -> Text | None:
    low, high = bounds.at_least, bounds.at_most
    if not (isinstance(low, int) and isinstance(high, int) and low in WEEKDAYS and high in WEEKDAYS):
        return None
    zh = [f"周{lexicon('zh').time.weekdays[day - 1][0]}" for day in (low, high)]
    en = [f"{lexicon('en').time.weekdays[day - 1][0]}s" for day in (low, high)]
    return Text(zh[0], en[0]) if low == high else Text("到".join(zh), " to ".join(en))


def _days(window: Window) -> Text:
    start, end = (str(each) for each in window.span)
    if start == end:
        return Text(start, start)
    return Text(*(lexicon(each).time.say("range", first=start, last=end) for each in LANGUAGES))

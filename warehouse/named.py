"""What every kind of period can do: resolve its days, compare them, say its name."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from warehouse.calendar import Calendar
from warehouse.days import Span, month_end, shift_months
from warehouse.errors import QueryError
from warehouse.lexicon.lexicon import lexicon
from warehouse.text import Language, Text


class NotBegun(QueryError):
    """A period that begins after the as-of day; `latest` is the latest of its kind that has begun."""

    def __init__(self, period: "Named", latest: "Named", as_of: date, calendar: Calendar) -> None:
        self.period, self.latest = period, latest
        asked = Text(period.say("zh", calendar), period.say("en", calendar))
        has = Text(*(latest.say_days(language, as_of, calendar) for language in ("zh", "en")))
        super().__init__(
            Text(
                f"“{asked.zh}”还没有开始，数据截至 {as_of}。", f"“{asked.en}” has not begun: the data end on {as_of}."
            ),
            Text(f"已经开始的最近一个是{has.zh}。", f"The latest that has begun is {has.en}."),
        )


class NoSuchDays(QueryError):
    """A period without days: a February 29 of a common year, an end before its start, a holiday not held."""

    def __init__(self, period: "Named", calendar: Calendar) -> None:
        super().__init__(
            Text(f"没有“{period.say('zh', calendar)}”这样的日子。", f"“{period.say('en', calendar)}” has no days."),
            Text("请换一个时间。", "Please name another period."),
        )


class Named(BaseModel, ABC):
    """What every kind of period can do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        """The days it names, those after the as-of day too."""

    @abstractmethod
    def _latest(self, as_of: date, calendar: Calendar) -> "Named":
        """The latest of its kind that has begun by the as-of day."""

    @abstractmethod
    def say(self, language: Language, calendar: Calendar) -> str:
        """Its name in canonical words, which read again give an equal period."""

    @model_serializer(mode="wrap")
    def _told(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = serialize(self)
        return {"kind": fields["kind"], **{name: value for name, value in fields.items() if value is not None}}

    def say_days(self, language: Language, as_of: date, calendar: Calendar) -> str:
        """Its name and its days: 最近7天（2026-06-24 至 2026-06-30）; the days alone where they are the name."""
        said, span = self.say(language, calendar), self.resolve(as_of, calendar)
        days = _say_days(language, span)
        return said if said == days else lexicon(language).time.say("glossed", period=said, days=days)

    def whole(self, as_of: date, calendar: Calendar) -> Span:
        """Its days, those after the as-of day too, which a forecast is of. Raises NoSuchDays where there are none."""
        try:
            return self._whole(as_of, calendar)
        except (ValueError, OverflowError) as error:
            raise NoSuchDays(self, calendar) from error

    def resolve(self, as_of: date, calendar: Calendar) -> Span:
        """Its days through the as-of day. Raises NotBegun where all come later, NoSuchDays where there are none."""
        whole = self.whole(as_of, calendar)
        if whole.start > as_of:
            raise NotBegun(self, self._latest(as_of, calendar), as_of, calendar)
        return Span(whole.start, min(whole.end, as_of))

    def previous(self, as_of: date, calendar: Calendar) -> Span:
        """环比: as many days just before; for units of the calendar the units before, cut as these are."""
        span, whole = self.resolve(as_of, calendar), self._whole(as_of, calendar)
        if not self._in_units(whole):
            return span.just_before()
        before = whole.months_before() if whole.whole_months else whole.just_before()
        return before if span == whole else before.first(span.days)

    def year_earlier(self, as_of: date, calendar: Calendar) -> Span:
        """同比: the same days a year earlier; for whole months of the calendar the same months."""
        span, whole = self.resolve(as_of, calendar), self._whole(as_of, calendar)
        earlier = span.year_earlier()
        if span == whole and span.whole_months and self._in_units(whole):
            return Span(earlier.start, month_end(earlier.end))
        return earlier

    def beside(self, cut: "Named", as_of: date, calendar: Calendar) -> Span:
        """Its days that are compared with those of another period, which the as-of day may cut.

        Where it does: the same calendar days where the two begin whole years apart, else as many days from the start.
        """
        mine = self.resolve(as_of, calendar)
        span, whole = cut.resolve(as_of, calendar), cut._whole(as_of, calendar)
        if span == whole:
            return mine
        months = (mine.start.year - span.start.year) * 12
        if shift_months(span.start, months) == mine.start:
            return Span(mine.start, min(mine.end, shift_months(span.end, months)))
        return mine.first(span.days)

    def _in_units(self, _whole: Span) -> bool:
        """Whether it is named by units of the calendar, so that the one before it is whole too."""
        return False


def _say_days(language: Language, span: Span) -> str:
    if span.days == 1:
        return str(span.start)
    return lexicon(language).time.say("range", first=str(span.start), last=str(span.end))

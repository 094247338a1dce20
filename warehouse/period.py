"""Periods: spans of days kept as they were named, so that a kept plan is resolved anew on each as-of day.

A period names its days, which the as-of day cuts, since the data end with it. It is written as JSON by its kind:
`{"kind": "last", "n": 7, "unit": "day"}`, `{"kind": "part", "unit": "month", "number": 3, "year": "last"}`.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from warehouse.calendar import Calendar
from warehouse.days import MONTHS, Span, Unit, YearNumber, shift, unit_of, unit_start, year_later
from warehouse.errors import Unfit
from warehouse.lexicon.lexicon import lexicon
from warehouse.named import Named, NoSuchDays
from warehouse.text import Language
from warehouse.yearly import Yearly

Offset = Annotated[int, Field(ge=-2, le=2)]


class Counted(Named):
    """So many units, the as-of day being the edge. Half a year stands alone: 最近半年."""

    n: int = Field(ge=1, le=9999)
    unit: Unit

    @model_validator(mode="after")
    def _half_alone(self) -> Self:
        if self.unit == "half" and self.n > 1:
            raise Unfit(
                f"unit: half 时 n 为 1：写 {6 * self.n} 个 month",
                f"n must be 1 for unit half: write {6 * self.n} months",
            )
        return self


class Last(Counted):
    """The last n units through the as-of day: 最近7天."""

    kind: Literal["last"] = "last"

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        return Span(shift(as_of, self.unit, -self.n) + timedelta(1), as_of)

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return self

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        return lexicon(language).time.say_counted("last", self.n, self.unit)


class Next(Counted):
    """The next n units after the as-of day: a forecast's horizon, never days of the data."""

    kind: Literal["next"] = "next"

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        return Span(as_of + timedelta(1), shift(as_of, self.unit, self.n))

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return Last(n=self.n, unit=self.unit)

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        return lexicon(language).time.say_counted("next", self.n, self.unit)


class Relative(Named):
    """A unit of the calendar counted from the as-of day's: 本周 is 0, 上周 −1; 明天 is day 1, 5天前 day −5."""

    kind: Literal["relative"] = "relative"
    unit: Literal["day", "week", "month", "quarter", "year"]
    offset: int = Field(ge=-9999, le=2)

    @model_validator(mode="after")
    def _days_alone(self) -> Self:
        if self.offset < -2 and self.unit != "day":
            raise Unfit(
                f"往前 {-self.offset} 个只能按天，不能按 {self.unit}",
                f"{-self.offset} units ago are told of days alone, not of unit {self.unit}",
            )
        return self

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        return unit_of(shift(unit_start(as_of, self.unit), self.unit, self.offset), self.unit)

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return self.model_copy(update={"offset": 0})

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        time = lexicon(language).time
        if self.offset < -2:
            return time.say("days_ago", n=-self.offset)
        return time.say_relative(self.unit, self.offset)

    @override
    def _in_units(self, _whole: Span) -> bool:
        return True


TODAY = Relative(unit="day", offset=0)


class Weekday(Named):
    """A day of a week counted from the as-of day's: 上周五 is week −1, day 5; Monday is 1."""

    kind: Literal["weekday"] = "weekday"
    week: Offset
    day: int = Field(ge=1, le=7)

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        day = unit_start(as_of, "week") + timedelta(7 * self.week + self.day - 1)
        return Span(day, day)

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return self.model_copy(update={"week": 0 if self.day <= as_of.isoweekday() else -1})

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        return lexicon(language).time.say(
            "weekday", week=lexicon(language).time.say_relative("week", self.week), weekday=self.day
        )


class DayOfMonth(Named):
    """A day of a month counted from the as-of day's: 上个月15日 is month −1, day 15."""

    kind: Literal["day_of_month"] = "day_of_month"
    month: Offset
    day: int = Field(ge=1, le=31)

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        day = shift(unit_start(as_of, "month"), "month", self.month).replace(day=self.day)
        return Span(day, day)

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return self.model_copy(update={"month": 0 if self.day <= as_of.day else -1})

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        month = lexicon(language).time.say_relative("month", self.month)
        return lexicon(language).time.say("day_of_month", near_month=month, d=self.day)


class Year(Named):
    """A year by its number: 2026年."""

    kind: Literal["year"] = "year"
    year: YearNumber

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        return unit_of(date(self.year, 1, 1), "year")

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        return Year(year=as_of.year)

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        return lexicon(language).time.say("year", y=self.year)

    @override
    def _in_units(self, _whole: Span) -> bool:
        return True


class Part(Yearly):
    """A month, a quarter or a half of a year: 3月, 2026年第1季度, 去年上半年."""

    kind: Literal["part"] = "part"
    unit: Literal["month", "quarter", "half"]
    number: int = Field(ge=1, le=12)

    @model_validator(mode="after")
    def _in_year(self) -> Self:
        if self.number * MONTHS[self.unit] > MONTHS["year"]:
            most = MONTHS["year"] // MONTHS[self.unit]
            raise Unfit(
                f"一年有 {most} 个 {self.unit}，没有第 {self.number} 个",
                f"a year has {most} of unit {self.unit}, not {self.number}",
            )
        return self

    @override
    def _days(self, year: int, calendar: Calendar) -> Span:
        return unit_of(date(year, self.number * MONTHS[self.unit], 1), self.unit)

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        return lexicon(language).time.say(
            self.unit, **lexicon(language).time.year_slots(self.year), **{self.unit: self.number}
        )

    @override
    def _in_units(self, _whole: Span) -> bool:
        return True


class Day(Yearly):
    """A day by its date: 2026-03-05, 3月5日."""

    kind: Literal["day"] = "day"
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _on_calendar(self) -> Self:
        date(self.year if isinstance(self.year, int) else 2000, self.month, self.day)
        return self

    @override
    def _days(self, year: int, calendar: Calendar) -> Span | None:
        try:
            day = date(year, self.month, self.day)
        except ValueError:
            return None
        return Span(day, day)

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        if isinstance(self.year, int):
            return f"{self.year}-{self.month:02}-{self.day:02}"
        return lexicon(language).time.say(
            "day", **lexicon(language).time.year_slots(self.year), month=self.month, d=self.day
        )


class Occasion(Yearly):
    """A festival or public holiday of the model's calendar, by its Chinese name: 去年618期间."""

    kind: Literal["occasion"] = "occasion"
    name: str

    @override
    def _days(self, year: int, calendar: Calendar) -> Span | None:
        return calendar.occasion(self.name).days(year)

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        name = calendar.occasion(self.name).name.said(language)
        return lexicon(language).time.say("occasion", **lexicon(language).time.year_slots(self.year), occasion=name)


Simple = Annotated[Relative | Weekday | DayOfMonth | Year | Part | Day | Occasion, Field(discriminator="kind")]


class Range(Named):
    """From the first day of one period to the last day of another, both in: 1月 至 4月.

    An end without a year stands in the year that the other end tells. With no year told it is the latest that has
    begun.
    """

    kind: Literal["range"] = "range"
    first: Simple
    last: Simple

    @model_validator(mode="after")
    def _share_year(self) -> Self:
        first, last = self.first, self.last
        if last == TODAY:
            raise Unfit(
                "到今天为止写 kind: open, side: since",
                "a range to today is an open period since its first one: kind open, side since",
            )
        if isinstance(first, Part | Day) and isinstance(last, Part | Day):
            turn = int(_days_of_year(last)[1] < _days_of_year(first)[0])
            if last.year is None and first.year is not None:
                object.__setattr__(self, "last", last.model_copy(update={"year": year_later(first.year, turn)}))
            elif first.year is None and last.year is not None:
                object.__setattr__(self, "first", first.model_copy(update={"year": year_later(last.year, -turn)}))
        return self

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        first, last = self.first, self.last
        if isinstance(last, Yearly) and last.year is None:
            start = first._whole(as_of, calendar).start
            end = last._first_ending_by(start, calendar).end
        else:
            end = last._whole(as_of, calendar).end
            yearless = isinstance(first, Yearly) and first.year is None
            start = first._whole(min(end, as_of) if yearless else as_of, calendar).start
        if end < start:
            raise NoSuchDays(self, calendar)
        return Span(start, end)

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        first = self.first._latest(as_of, calendar)
        if isinstance(self.last, Yearly):
            return Range.model_validate({"first": first, "last": self.last.model_copy(update={"year": None})})
        return first

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        time = lexicon(language).time
        first, last = self.first.say(language, calendar), self.last.say(language, calendar)
        if isinstance(self.first, Day | DayOfMonth) and isinstance(self.last, Part | Relative) and _of_month(self.last):
            last = time.say("said_end", of=last)
        return time.say("range", first=first, last=last)

    @override
    def _in_units(self, whole: Span) -> bool:
        return whole.whole_months > 0


class Open(Named):
    """Days open to one side: since or after a period through the as-of day; until or before one from the data's start.

    Since and until take the period in, after and before leave it out.
    """

    kind: Literal["open"] = "open"
    side: Literal["since", "after", "until", "before"]
    of: Simple

    @model_validator(mode="after")
    def _not_current(self) -> Self:
        if self.side == "since" and isinstance(self.of, Relative) and self.of.offset == 0:
            raise Unfit(
                f"本 {self.of.unit} 以来就是本 {self.of.unit}：kind: relative, offset: 0",
                f"since this {self.of.unit} is this {self.of.unit}: kind relative, offset 0",
            )
        return self

    @override
    def _whole(self, as_of: date, calendar: Calendar) -> Span:
        of, day = self.of._whole(as_of, calendar), timedelta(1)
        match self.side:
            case "since":
                return Span(of.start, max(as_of, of.start))
            case "after":
                return Span(of.end + day, max(as_of, of.end + day))
            case "until":
                return Span(min(calendar.first_day, of.end), of.end)
            case "before":
                return Span(min(calendar.first_day, of.start - day), of.start - day)

    @override
    def _latest(self, as_of: date, calendar: Calendar) -> Named:
        if self.side == "since":
            latest = self.of._latest(as_of, calendar)
            return latest if isinstance(latest, Relative) else self.model_copy(update={"of": latest})
        return TODAY

    @override
    def previous(self, as_of: date, calendar: Calendar) -> Span:
        of = self.of._whole(as_of, calendar)
        current = self.side == "since" and of.start <= as_of <= of.end  # since this month is this month so far
        return self.of.previous(as_of, calendar) if current else super().previous(as_of, calendar)

    @override
    def say(self, language: Language, calendar: Calendar) -> str:
        return lexicon(language).time.say(self.side, of=self.of.say(language, calendar))


Period = Annotated[
    Last | Next | Relative | Weekday | DayOfMonth | Year | Part | Day | Occasion | Range | Open,
    Field(discriminator="kind"),
]


def _of_month(period: Part | Relative) -> bool:
    return period.unit == "month"


def _days_of_year(period: Part | Day) -> tuple[tuple[int, int], tuple[int, int]]:
    """Its first and last month and day, whatever the year."""
    if isinstance(period, Day):
        return (period.month, period.day), (period.month, period.day)
    last = period.number * MONTHS[period.unit]
    return (last - MONTHS[period.unit] + 1, 1), (last, 31)

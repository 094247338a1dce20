"""A time told by the one before: the month before, 前一周, 去年同期, after a question of a month or a week."""

from agent.understand.loose import Before, Loose, Same
from warehouse.days import Span, shift
from warehouse.period import Day, Part, Period, Range, Relative, Year
from warehouse.warehouse import Reading

A_YEAR_EARLIER = Same(unit="year", back=1)
LAST = -2  # the earliest unit that has a name of its own, but for days


def shifted(held: Period | None, told: Loose, reading: Reading) -> Period | None:
    """The time that lies so far before the one asked about; None where it has no name."""
    if not isinstance(told, Before | Same):
        return None
    if held is not None and told == A_YEAR_EARLIER and not isinstance(held, Year):
        return _dated(held.year_earlier(reading.as_of, reading.model.calendar))
    back = told.n if isinstance(told, Before) else told.back
    match held:
        case Relative(unit=unit, offset=offset) if unit == told.unit and (unit == "day" or offset - back >= LAST):
            return Relative(unit=unit, offset=offset - back)
        case Year(year=year) if told.unit == "year":
            return Year(year=year - back)
        case Part(unit=unit, number=number) if unit == told.unit and number > back:
            return held.model_copy(update={"number": number - back})
        case Part(year=int(year)) if told.unit == "year":
            return held.model_copy(update={"year": year - back})
        case _:
            return None


def _dated(span: Span) -> Period:
    """Days by their dates; a whole month by its name."""
    first, last = span.start, span.end
    if span.whole_months == 1:
        return Part(unit="month", number=first.month, year=first.year)
    days = [Day(month=each.month, day=each.day, year=each.year) for each in (first, last)]
    return days[0] if first == last else Range(first=days[0], last=days[1])


def same_day(held: Period | None, told: Loose, reading: Reading) -> Period | None:
    """The same day so many units before a day: the same day last week, of yesterday; None of any longer time."""
    if held is None or not isinstance(told, Same):
        return None
    span = held.resolve(reading.as_of, reading.model.calendar)
    if span.days != 1:
        return None
    day = shift(span.start, told.unit, -told.back)
    if isinstance(held, Relative):
        return Relative(unit="day", offset=held.offset - (span.start - day).days)
    return Day(month=day.month, day=day.day, year=day.year)

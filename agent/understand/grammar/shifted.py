"""A time told by the one before: the month before, 前一周, 去年同期, after a question of a month or a week."""

from agent.understand.loose import Before, Loose, Same
from warehouse.period import Part, Period, Relative, Year

LAST = -2  # the earliest unit that has a name of its own, but for days


def shifted(held: Period | None, told: Loose) -> Period | None:
    """The unit of the calendar that lies so far before the one asked about; None where it has no name."""
    if not isinstance(told, Before | Same):
        return None
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

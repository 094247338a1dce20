"""The words for time: what a language calls units, months and days, and the forms that it puts them in."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from warehouse.days import YEAR_OFFSETS, Unit, YearWord
from warehouse.lexicon.form import Form


class TimeWords(BaseModel):
    """The words for time of one language; the first of each list is the one that is said.

    `words` are classes that forms name. `counted` follow a number, `single` stand without one; `starts` and `ends` are
    the beginnings and ends of the units of now, `thirds` the parts of a month, `to_date` units of now whole, `relative`
    units by their offset from the as-of day's, `current` these units where nothing stands before, `previous` the unit
    before the period asked about, `earlier` its days a unit earlier. `weekdays` begin on Monday; `alone` says a month
    that would be another word by itself. `forms` are by kind of period; `guards` are by a period's first character
    those that may not stand before it; `shields` look like periods and are none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Mapping[str, tuple[str, ...]]
    counted: Mapping[Unit, tuple[str, ...]]
    single: Mapping[Unit, tuple[str, ...]]
    starts: Mapping[Unit, tuple[str, ...]]
    ends: Mapping[Unit, tuple[str, ...]]
    thirds: tuple[tuple[str, ...], ...] = ()
    to_date: Mapping[Unit, tuple[str, ...]]
    current: Mapping[Unit, tuple[str, ...]]
    previous: Mapping[Unit, tuple[str, ...]]
    earlier: Mapping[Unit, tuple[str, ...]]
    relative: Mapping[Unit, Mapping[int, tuple[str, ...]]]
    this: tuple[str, ...] = ()
    weekdays: tuple[tuple[str, ...], ...] = Field(min_length=7, max_length=7)
    months: tuple[tuple[str, ...], ...] = Field(min_length=12, max_length=12)
    alone: Mapping[int, str] = Field(default_factory=dict)
    quarters: tuple[tuple[str, ...], ...] = Field(min_length=4, max_length=4)
    halves: tuple[tuple[str, ...], ...] = Field(min_length=2, max_length=2)
    guards: Mapping[str, str] = Field(default_factory=dict)
    forms: Mapping[str, tuple[Form, ...]]
    shields: tuple[Form, ...]

    def say(self, kind: str, **slots: str | int) -> str:
        """The first form of that kind that has just these slots; numbers of units become their names."""
        said = {name: self._name(name, value) for name, value in slots.items()}
        if slots.keys() == {"month"} and int(slots["month"]) in self.alone:
            return self.alone[int(slots["month"])]
        form = next(form for form in self.forms[kind] if form.slots == said.keys())
        return form.say(self.words, said)

    def say_counted(self, kind: str, n: int, unit: Unit) -> str:
        """So many units: 最近7天, the last 7 days; 最近一个月, the past month."""
        if n == 1:
            return self.say(kind, single=self.single[unit][0])
        return self.say(kind, n=str(n), units=self.counted[unit][0])

    def say_relative(self, unit: Unit, offset: int) -> str:
        """上上周, the week before last."""
        return self.relative[unit][offset][0]

    def year_slots(self, year: int | YearWord | None) -> dict[str, str]:
        """The slot that a year fills: `y` for its number, `year` for a word, none where it is not told."""
        if year is None:
            return {}
        if isinstance(year, int):
            return {"y": str(year)}
        return {"year": self.say_relative("year", YEAR_OFFSETS[year])}

    def _name(self, slot: str, value: str | int) -> str:
        names = {"weekday": self.weekdays, "month": self.months, "quarter": self.quarters, "half": self.halves}
        return names[slot][value - 1][0] if slot in names and isinstance(value, int) else str(value)

"""Whether the `holidays` library knows the calendar's country, and the names that its holidays are listed by."""

from collections.abc import Iterator

from warehouse.calendar import holiday_names, is_listed
from warehouse.checks.mistake import Mistake, nearest
from warehouse.checks.scope import Scope
from warehouse.errors import ModelError
from warehouse.text import Text


def holidays(scope: Scope) -> Iterator[Mistake]:
    """A country that has public holidays, and names of some of them."""
    calendar = scope.spec.calendar
    try:
        names = holiday_names(calendar.country)
    except ModelError:
        wrong = Text(f"没有国家“{calendar.country}”的假日", f"there are no holidays of a country “{calendar.country}”")
        yield Mistake(("calendar", "country"), wrong, Text("写两个字母的代码，例如 CN", "write its two letters: CN"))
        return
    for at, each in enumerate(calendar.holidays):
        if not any(is_listed(each.listed, name) for name in names):
            wrong = Text(f"没有名为 {each.listed} 的假日", f"there is no holiday named {each.listed}")
            yield Mistake(("calendar", "holidays", at, "listed"), wrong, nearest(each.listed, names))

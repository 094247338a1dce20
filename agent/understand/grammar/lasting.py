"""How long something was not done, told with no word for the last days: 90天没下单, nothing bought in 60 days."""

from collections.abc import Iterator

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, When
from agent.understand.quantities import Quantity
from warehouse.days import Unit
from warehouse.period import Last, Relative

UNITS: dict[str | None, Unit] = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter",
    "years_long": "year",
}
LASTING = frozenset({"for", "in", "within", "over"})


def lasting(phrase: Phrase, place: int) -> bool:
    """A length of time in which something was not done, which ends with the as-of day."""
    told = phrase.part(place)
    unit = UNITS.get(told.unit) if isinstance(told, Quantity) else None
    least = _least(told, unit) if isinstance(told, Quantity) and unit is not None else None
    if unit is None or least is None:
        return False
    if not (_behind(phrase, place) if phrase.english(place) else _ahead(phrase, place)):
        return False
    first = phrase.before(place) if phrase.told(phrase.before(place)) in LASTING else place
    phrase.join(first, place, When(Last(n=least, unit=unit)))
    return True


def _least(told: Quantity, unit: Unit) -> int | None:
    """How many units it was at least; more than 30 days are 31, of a month nobody tells the day."""
    bounds = told.bounds
    if not told.bare and (bounds.at_most is not None or bounds.less_than is not None):
        return None
    least = bounds.at_least if bounds.more_than is None else bounds.more_than + int(unit == "day")
    return int(least) if least is not None and least == int(least) and least >= 1 else None


def since_done(phrase: Phrase, _frame: Frame) -> Iterator[int]:
    """Days that count from what was done, and are no days on which it was: 下单3天没付款, ordered in 3 days."""
    for place, told in phrase.of(Quantity):
        deed = phrase.before(place, over=("at",))
        if told.unit in UNITS and told.bare and isinstance(phrase.part(deed), Deed):
            within = phrase.english(place) and phrase.told(phrase.before(place)) in LASTING
            then = phrase.after(place)
            denied = phrase.word(then, "negation") or phrase.word(then, "never")
            dated = isinstance(phrase.part(phrase.before(deed)), When)
            if within or (denied and not dated and not phrase.english(place)):
                yield place


def counted_from_deeds(phrase: Phrase, _frame: Frame) -> Iterator[int]:
    """Days that count from what was done, not from the as-of day: 下单3天内, 上周下单当天."""
    periods = list(phrase.of(When))
    for place, when in periods:
        told, before = phrase.told(place), phrase.part(phrase.before(place))
        ago = isinstance(when.period, Relative) and when.period.unit == "day" and told.endswith("前")
        within = isinstance(before, Deed) and told[:1].isdigit() and told.endswith("内")
        again = told.startswith("当") and len(periods) > 1 and sum(each == when for _, each in periods) == 1
        if within or again or (ago and any(True for _ in phrase.of(Deed))):
            yield place


def _ahead(phrase: Phrase, place: int) -> bool:
    """Whether what was not done follows, and nothing done that the time might count from stands before: 90天没下单."""
    at, before = phrase.after(place, over=("all_of",)), phrase.before(place)
    deed = phrase.part(at)
    denied = phrase.word(at, "negation") or phrase.word(at, "never") or (isinstance(deed, Deed) and deed.negated)
    return bool(denied) and not isinstance(phrase.part(before), Deed) and not phrase.word(before, "in_a_row")


def _behind(phrase: Phrase, place: int) -> bool:
    """Whether what was not done stands before, in the same clause: haven't ordered for 90 days."""
    if phrase.told(phrase.before(place)) not in LASTING:
        return False
    deeds = [at for at in range(place) if isinstance(phrase.part(at), Deed)]
    if not deeds or any(phrase.word(at, "comma") for at in range(deeds[-1], place)):
        return False
    deed = phrase.part(deeds[-1])
    before = phrase.before(deeds[-1], over=("aux",))
    denied = phrase.word(before, "negation") or phrase.word(before, "never")
    return bool(denied) or (isinstance(deed, Deed) and deed.negated)

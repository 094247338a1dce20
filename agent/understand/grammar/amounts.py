"""Numbers that say how much or how often: of a metric, of something done."""

from collections.abc import Mapping

from agent.understand.grammar.done import Done
from agent.understand.grammar.node import Choice, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, People, Word
from agent.understand.quantities import Quantity
from warehouse.model import Behaviour
from warehouse.query import Bounds

SECONDS: Mapping[str | None, int] = {"minutes": 60, "hours": 3600}
TIMES = frozenset({"times", "orders"})
PIECES = frozenset({"times", "pieces", "things", None})
ONE = Bounds(at_least=1, at_most=1)
COUNTED = frozenset({"times", "orders", "pieces", "people", "things"})


def is_total(phrase: Phrase, place: int) -> bool:
    """Whether a metric is told with bounds: 至少3000元的里程, spent more than 800 yuan, at least 3 orders."""
    shown = phrase.part(place)
    own = isinstance(phrase.part(phrase.before(place)), Deed) and not phrase.english(place)
    return (
        isinstance(shown, Shown) and shown.measure.show == "value" and not own and bounds_of(phrase, place) is not None
    )


def is_asked(phrase: Phrase, place: int) -> bool:
    """Whether a metric is asked for, not told with bounds that people must meet, nor joined with conditions."""
    if _joined_in_brackets(phrase, place):
        return False
    shown = phrase.part(place)
    bounded = bounds_of(phrase, place) is not None or noun_of(phrase, place) is not None
    return not bounded or (isinstance(shown, Shown) and shown.measure.show != "value")


def _joined_in_brackets(phrase: Phrase, place: int) -> bool:
    """Whether it is joined with a condition in brackets, as a condition: （红且退款）."""
    opened = max((at for at in range(place) if phrase.word(at, "open")), default=None)
    if opened is None or any(phrase.word(at, "close") for at in range(opened, place)):
        return False
    joints = (at for at in range(opened, place) if phrase.word(at, "and") or phrase.word(at, "or"))
    return any(isinstance(phrase.part(at - 1), Test | Choice) for at in joints)


def bounds_of(phrase: Phrase, place: int) -> int | None:
    """Where the number stands that bounds a metric: behind it, or before it in English."""
    after = phrase.after(place, over=("at", "aux", "total"))
    if phrase.word(after, "open"):
        after = _past_bracket(phrase, after)
    if _bounds(phrase, place, after):
        return after
    before = place - 1
    if not phrase.english(place) or not _bounds(phrase, place, before):
        return None
    quantity, shown = phrase.part(before), phrase.part(place)
    counted = isinstance(shown, Shown) and phrase.model.metric(shown.measure.metric).unit is None
    return before if counted or (isinstance(quantity, Quantity) and quantity.unit is not None) else None


def describes_people(phrase: Phrase, place: int, at: int) -> bool:
    """Whether a metric with bounds tells what customers had, not what groups came to: 里程满100的客户."""
    if phrase.english(place):
        before = phrase.before(min(place, at), over=("aux", "came_to"))
        return any(phrase.word(before, kind) for kind in ("who", "whose")) and isinstance(
            phrase.part(phrase.before(before)), People | None
        )
    last = max(place, at)
    after = first = phrase.after(last)
    while isinstance(phrase.part(after), Test | Choice):
        after = phrase.after(after)
    owned = phrase.followed_by("tie", last)
    told = isinstance(phrase.part(after), People) or (after > first and isinstance(phrase.part(after), Word | None))
    return owned and told


def _past_bracket(phrase: Phrase, place: int) -> int:
    """Past a bracket of conditions: 里程（红）至少3000."""
    close = next((at for at in range(place, len(phrase.nodes)) if phrase.word(at, "close")), place)
    inner = [phrase.part(at) for at in range(place + 1, close)]
    return close + 1 if inner and all(isinstance(each, Test | Choice | Word) for each in inner) else place


def _bounds(phrase: Phrase, place: int, at: int) -> bool:
    """Whether a number with a comparing word, of the metric's own unit, stands there."""
    shown, quantity = phrase.part(place), phrase.part(at)
    if not isinstance(quantity, Quantity) or quantity.bare or phrase.nodes[at] in phrase.taken:
        return False
    if not isinstance(shown, Shown):
        return False
    metric = phrase.model.metric(shown.measure.metric)
    scored = quantity.unit == "star" and metric.unit is None and any(each.aggregate == "avg" for each in metric.routes)
    return scored or in_unit(quantity, _unit(phrase, shown))


def _unit(phrase: Phrase, shown: Shown) -> str | None:
    """The unit of a metric as it is shown: a share is a ratio."""
    if shown.measure.show in {"share", "share_of_parent"}:
        return "ratio"
    return None if shown.measure.show == "variance" else phrase.model.metric(shown.measure.metric).unit


def in_unit(quantity: Quantity, unit: str | None) -> bool:
    """Whether a number may be a metric's: in its unit, or told without one, or a count of a metric that has none."""
    counted = unit is None and quantity.unit in COUNTED
    ratio = {quantity.unit, unit} == {"ratio", "pp"}
    return quantity.unit in {None, unit} or counted or ratio or is_timed(quantity, unit)


def is_timed(quantity: Quantity, unit: str | None) -> bool:
    """Whether a length of time is told of what has hours or minutes for its unit."""
    return unit in SECONDS and quantity.unit == "seconds"


def bounds_in(quantity: Quantity, unit: str | None) -> Bounds:
    """The bounds of a number in a unit of the model: hours and minutes are told in seconds."""
    if not is_timed(quantity, unit):
        return quantity.bounds
    told = quantity.bounds.model_dump(exclude_none=True)
    return Bounds(**{end: value / SECONDS[unit] for end, value in told.items()})


def noun_of(phrase: Phrase, place: int) -> Behaviour | None:
    """The behaviour whose times a noun behind a number counts: between 2 and 4 refunds."""
    quantity, told = phrase.part(place - 1), phrase.told(place)
    if not isinstance(quantity, Quantity) or quantity.bare or quantity.unit is not None or place == 0:
        return None
    if phrase.nodes[place - 1] in phrase.taken:
        return None
    behaviours = phrase.model.behaviours.values()
    named = [each for each in behaviours if told in each.counted.en and phrase.english(place)]
    return named[0] if len(named) == 1 else None


def count(phrase: Phrase, done: Done, place: int, quantity: Quantity) -> None:
    """Tell how often, or on how many days, something was done; a number that counts something else is left."""
    nouns = _nouns(phrase, done, place)
    if quantity.bare and done.negated:
        phrase.take(*((place, *nouns) if quantity.bounds == ONE and _counts(phrase, done, place, quantity) else ()))
        return
    if quantity.unit == "days" and done.row:
        done.in_a_row = at_least(quantity.bounds)
    elif quantity.unit == "days":
        done.days = quantity.bounds
    elif _counts(phrase, done, place, quantity):
        done.times = quantity.bounds
    else:
        return
    done.row = False
    phrase.take(place, *nouns)
    phrase.owned.update(phrase.nodes[each] for each in nouns)


def of_anything(phrase: Phrase, place: int, one: Quantity) -> bool:
    """Whether not even one is of anything at all, whatever was named before: 一单没下, 一分钱没花; not 一次没买."""
    return one.unit not in PIECES or phrase.word(place + 1, "thing_done") is not None


def _counts(phrase: Phrase, done: Done, place: int, quantity: Quantity) -> bool:
    """Whether a number is one of how often it was done."""
    unnamed = quantity.unit is None and bool(_nouns(phrase, done, place))
    return quantity.unit in TIMES or unnamed or _classified(phrase, done, place)


def count_in_brackets(phrase: Phrase, done: Done | None, place: int, close: int) -> bool:
    """How often something was done, told behind it in brackets: ordered (at least 2 orders)."""
    quantity = phrase.part(place + 1)
    if done is None or not done.open_to_count or not isinstance(quantity, Quantity):
        return False
    count(phrase, done, place + 1, quantity)
    if not all(phrase.nodes[at] in phrase.taken or phrase.light(at) for at in range(place + 1, close)):
        return False
    phrase.take(place, close)
    return True


def _classified(phrase: Phrase, done: Done, place: int) -> bool:
    """Whether a number is told with what one time is called: 3单, 5条."""
    counted = done.behaviour.counted.zh if done.behaviour is not None else ()
    return any(each in phrase.told(place) for each in counted)


def _nouns(phrase: Phrase, done: Done, place: int) -> list[int]:
    """What is counted, after an English number: at least 3 orders."""
    at = phrase.after(place, over=("distinct", "in_a_row"))
    counted = done.behaviour.counted.en if done.behaviour is not None else ()
    found = [each for each in range(place + 1, min(at, len(phrase.nodes))) if phrase.word(each, "distinct")]
    return [*found, at] if phrase.told(at) in counted or phrase.word(at, "thing_done") else found


def at_least(bounds: Bounds) -> int | None:
    """The least whole number of a range without an upper end, or of one number."""
    low = bounds.at_least if bounds.at_least is not None else (bounds.more_than or 0) + 1
    return int(low) if bounds.at_most is None or bounds.at_most == bounds.at_least else None

"""Conditions on what rows and customers are: values and lists of them, numbers, days, and what is left out."""

from agent.understand.grammar import row_names
from agent.understand.grammar.amounts import bounds_in, is_timed
from agent.understand.grammar.node import Choice, Link, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.texts import MISSING
from agent.understand.mentions import Born, Dating, Deed, Dimension, People, Value, When, Word
from agent.understand.quantities import Quantity
from agent.understand.words import normal
from warehouse.model import Dimension as Dimension_
from warehouse.query import Any_, Bounds, Dated, Filter, Not, Ranged
from warehouse.timepart import HOUR, WEEKDAY

LINKS: tuple[Link, ...] = ("or", "and", "listed")
UNITS_OF_DIMENSIONS = frozenset({"CNY", "years", "star", "days", "seconds", "pieces"})
OLDEST = 120


def lists(phrase: Phrase, place: int) -> bool:
    """Values of one dimension in a row."""
    first = phrase.part(place)
    if not isinstance(first, Value):
        return False
    dimension, values = first.dimension, [first.value]
    link: Link = "one"
    last = _translated(phrase, place, dimension, values)
    while (following := _listed(phrase, last, dimension, values)) is not None:
        told, last, dimension = following
        value = phrase.part(last)
        values += [value.value] if isinstance(value, Value) and value.value not in values else []
        link = told if link == "one" or LINKS.index(told) < LINKS.index(link) else link
        last = _translated(phrase, last, dimension, values)
    last = _counted(phrase, last, len(values))
    phrase.join(place, last, Choice(dimension, tuple(values), "one" if len(values) == 1 else link))
    return True


def _listed(phrase: Phrase, place: int, dimension: str, values: list[str]) -> tuple[Link, int, str] | None:
    """How the next value is joined, its place, and the dimension that all of them are of."""
    after = place + 1
    link: Link = "listed"
    while phrase.part(after) is not None:
        part = phrase.part(after)
        if isinstance(part, Value):
            near = not phrase.gap(place, after).strip() or after > place + 1
            home = _home(phrase, dimension, values, part)
            return (link, after, home) if home is not None and near else None
        if phrase.word(after, "or"):
            link = "or"
        elif phrase.word(after, "and"):
            link = "and" if link != "or" else link
        elif not (phrase.word(after, "pause") or phrase.word(after, "comma") or _repeated(phrase, after, dimension)):
            again = link != "listed" and phrase.word(after, "at") and phrase.english(after)  # in one and in another
            if not again:
                return None
        after += 1
    return None


def _home(phrase: Phrase, dimension: str, values: list[str], value: Value) -> str | None:
    """The dimension of a list with one more value: a city of its province's name is the province beside provinces."""
    if value.dimension == dimension:
        return dimension
    if _inside(phrase, dimension, value.dimension):
        return value.dimension if set(values) <= set(phrase.reading.values[value.dimension]) else None
    inside = _inside(phrase, value.dimension, dimension)
    return dimension if inside and value.value in phrase.reading.values[dimension] else None


def _inside(phrase: Phrase, inner: str, outer: str) -> bool:
    """Whether a dimension lies within another."""
    step = phrase.dimension(inner).within
    while step is not None and step != outer:
        step = phrase.dimension(step).within
    return step is not None


def _repeated(phrase: Phrase, place: int, dimension: str) -> bool:
    """The dimension's own name amid its values: 红色品类和蓝色品类."""
    return phrase.part(place) == Dimension(dimension) or isinstance(phrase.part(place), People) or phrase.light(place)


def _translated(phrase: Phrase, last: int, dimension: str, values: list[str]) -> int:
    """The end of the translation in brackets behind the last of the values."""
    close = next((at for at in range(last + 1, len(phrase.nodes)) if phrase.word(at, "close")), last)
    if not phrase.word(last + 1, "open") or close == last:
        return last
    words = phrase.dimension(dimension).values.get(values[-1])
    told = phrase.words.text[phrase.nodes[last + 1].end : phrase.nodes[close].start]
    return close if words is not None and told in map(normal, (*words.zh, *words.en)) else last


def _counted(phrase: Phrase, last: int, values: int) -> int:
    """The end of a number that only counts the values: 红和蓝这两个平台."""
    at = phrase.after(last)
    number = phrase.part(at)
    only_counts = isinstance(number, Quantity) and number.bare and number.bounds.at_least == values > 1
    return at if only_counts else last


def named(phrase: Phrase, place: int) -> bool:
    """Values with their dimension's name beside them: 城市：甲城, 红色品类, delivery city is Hangzhou."""
    choice = phrase.part(place)
    if not isinstance(choice, Choice):
        return False
    own = Dimension(choice.dimension)
    before = phrase.before(place, over=("colon", "belonging", "at"))
    if before == place - 1 and any(phrase.told_by(kind, place) for kind in MISSING):
        return False  # of a product that is called "missing", too, "product missing" tells that there is none
    if phrase.part(before) == own and not _cuts(phrase, before):
        phrase.join(before, place, choice)
        return True
    if phrase.word(before, "except") and (verb := _verb_of(phrase, before, own)) is not None:
        del phrase.nodes[verb:before]
        return True
    after = phrase.after(place, over=("that",))
    if (
        phrase.part(after) == own
        and (after == place + 1 or phrase.word(place + 1, "that"))
        and not phrase.word(after + 1, "spread")
    ):
        phrase.join(place, after, choice)
        return True
    return False


def _verb_of(phrase: Phrase, place: int, own: Dimension) -> int | None:
    """Where the verb stands that tells of what what is left out is: shipped to provinces other than Guangdong."""
    at = phrase.before(place, over=("at",))
    at = phrase.before(at, over=("at",)) if isinstance(phrase.part(at), Dimension) and phrase.part(at) != own else at
    part = phrase.part(at)
    return at if isinstance(part, Dimension) and part.verb and part == own else None


def _cuts(phrase: Phrase, place: int) -> bool:
    """Whether a word before makes the dimension one to group by."""
    before = phrase.before(place)
    while any(phrase.word(before, kind) for kind in ("and", "pause", "comma")) and _names(
        phrase, phrase.before(before)
    ):
        before = phrase.before(phrase.before(before))
    return any(phrase.word(before, kind) for kind in ("each", "by", "which"))


def _names(phrase: Phrase, place: int) -> bool:
    return isinstance(phrase.part(place), Dimension)


def left_out(phrase: Phrase, place: int) -> bool:
    """Values that are left out: 除了甲省, 甲省以外, except Guangdong, not Shanghai."""
    choice = phrase.part(place)
    if not isinstance(choice, Choice):
        return False
    before, after = phrase.before(place, over=("at",)), phrase.after(place)
    bare = phrase.word(before, "except_begun") and not phrase.word(after, "outside")
    first = before if (phrase.word(before, "except") and not bare) or _denied(phrase, before, place) else place
    last = after if phrase.word(after, "outside") else place
    if first == last == place:
        return False
    filtered = Filter(dimension=choice.dimension, values=choice.values)
    phrase.join(first, last, Test(Not(not_=filtered)))
    return True


def _denied(phrase: Phrase, before: int, place: int) -> bool:
    """A negation before a value: not Shanghai, do not live in Shanghai, 不是甲城, 非甲城, 不在甲城."""
    if phrase.word(before, "negation") is None:
        return False
    led = all(phrase.word(at, "at") for at in range(before + 1, place))
    if not phrase.english(before):
        led = led and not isinstance(phrase.part(phrase.after(place, over=("at", "aux"))), Deed)
    return led or phrase.gap(before, place).strip() in {"", "是"}


def ranges(phrase: Phrase, place: int) -> bool:
    """Numbers of a dimension, of the only one they fit where none is told: 标价200元以上, orders over 200 yuan."""
    part = phrase.part(place)
    if isinstance(part, Quantity):
        return _of_the_unit(phrase, place, part)
    if not isinstance(part, Dimension) or phrase.dimension(part.name).kind not in {"number", "birth_year"}:
        return False
    after = phrase.after(place, over=("belonging", "colon", "at"))
    quantity = phrase.part(after)
    if not isinstance(quantity, Quantity) or not _fits(quantity, phrase.dimension(part.name).unit):
        return False
    if quantity.bare and not (after > place + 1 or part.verb):
        return False
    bounds = bounds_in(quantity, phrase.dimension(part.name).unit)
    phrase.join(place, after, Test(Ranged(dimension=part.name, bounds=bounds)))
    return True


def _fits(quantity: Quantity, unit: str | None) -> bool:
    plain = unit is None and quantity.unit in {"star", "times", "hour"}
    return quantity.unit in {None, unit} or plain or is_timed(quantity, unit)


def _of_the_unit(phrase: Phrase, place: int, quantity: Quantity) -> bool:
    """A number that only one dimension can be told by."""
    if quantity.unit == "hour":
        return _ranged(phrase, place, place, HOUR.name, quantity.bounds)
    if quantity.unit == "weekday" and not (quantity.bare and phrase.word(place + 1, "than")):
        return _ranged(phrase, place, place, WEEKDAY.name, quantity.bounds)
    if quantity.unit == "years" or _of_people(phrase, place, quantity):
        ages = [
            each.name
            for each in phrase.model.dimensions.values()
            if phrase.about_people(each.name) and (each.unit == "years" or _called(phrase, place, each))
        ]
        return len(ages) == 1 and _ranged(phrase, place, place, ages[0], quantity.bounds)
    before = phrase.before(place, over=("at", "whose"))
    source = row_names.named(phrase, phrase.after(place)) or row_names.named_before(phrase, before)
    if source is None or quantity.bare or quantity.unit not in UNITS_OF_DIMENSIONS:
        return False
    fitting = [
        each.name
        for each in phrase.model.dimensions.values()
        if each.source == source and each.kind == "number" and each.unit == quantity.unit
    ]
    return len(fitting) == 1 and _ranged(phrase, place, place, fitting[0], quantity.bounds)


def _of_people(phrase: Phrase, place: int, quantity: Quantity) -> bool:
    """Whether a number right behind people, which counts nothing behind it, is how old they are: men over 50."""
    before, after = phrase.part(place - 1), phrase.part(place + 1)
    of_whom = isinstance(before, People) or (isinstance(before, Choice) and phrase.about_people(before.dimension))
    alone = after is None or (isinstance(after, Word) and not after.harmless) or isinstance(after, When | Deed)
    ends = [quantity.bounds.at_least, quantity.bounds.more_than, quantity.bounds.at_most, quantity.bounds.less_than]
    of_an_age = all(each is None or each <= OLDEST for each in ends)
    return of_whom and alone and of_an_age and not quantity.bare and quantity.unit is None and phrase.english(place)


def _called(phrase: Phrase, place: int, dimension: Dimension_) -> bool:
    """Whether a number begins with the name of a dimension without a unit: age at least 30."""
    names = (f"{normal(each)} " for each in dimension.words.en)
    return dimension.kind == "number" and dimension.unit is None and phrase.told(place).startswith(tuple(names))


def _ranged(phrase: Phrase, first: int, last: int, dimension: str, bounds: Bounds) -> bool:
    phrase.join(first, last, Test(Ranged(dimension=dimension, bounds=bounds)))
    return True


def births(phrase: Phrase, place: int) -> bool:
    """Years of birth; several generations in a list are any of them."""
    dimension = next((each.name for each in phrase.model.dimensions.values() if each.kind == "birth_year"), None)
    if dimension is None or not isinstance(phrase.part(place), Born):
        return False
    found, last, at = [], place, place
    while isinstance(born := phrase.part(at), Born):
        condition = Ranged(dimension=dimension, bounds=born.bounds)
        found += [] if condition in found else [condition]
        last, joint = at, phrase.after(at)
        linked = any(phrase.word(joint, kind) for kind in ("pause", "or", "open")) or _lists(phrase, joint)
        at = phrase.after(joint) if linked else joint
        linked_to_born = isinstance(phrase.part(at), Born)
        if not linked_to_born or not (linked or not phrase.gap(last, at).strip()):
            break
    last = (
        last + 1 if phrase.has("open") and phrase.word(last + 1, "close") and len(found) == 1 and last > place else last
    )
    phrase.join(place, last, Test(found[0] if len(found) == 1 else Any_(any=tuple(found))))
    return True


def _lists(phrase: Phrase, place: int) -> bool:
    """Whether a word for "and" joins names in a list; one within brackets, but between names, joins conditions."""
    bracketed = any(phrase.word(at, "open") for at in range(place))
    return phrase.word(place, "and") is not None and not (bracketed and not phrase.word(place, "joining_names"))


def days(phrase: Phrase, place: int) -> bool:
    """A dimension of days within a period: 今年上架, launched this year, 注册日期：上个月."""
    when, at = phrase.part(place), phrase.after(place)
    dating = phrase.part(at)
    if isinstance(when, When) and isinstance(dating, Dating):
        phrase.join(place, at, Test(Dated(dimension=dating.dimension, period=when.period)))
        return True
    if isinstance(when, Dating | Dimension):
        name = when.dimension if isinstance(when, Dating) else when.name
        at = phrase.after(place, over=("colon", "at", "belonging"))
        period = phrase.part(at)
        direct = isinstance(when, Dating) or at > place + 1
        if isinstance(period, When) and phrase.dimension(name).kind == "date" and direct:
            phrase.join(place, at, Test(Dated(dimension=name, period=period.period)))
            return True
    return False


def settled(phrase: Phrase, place: int) -> bool:
    """A choice that no other rule wanted is a filter."""
    choice = phrase.part(place)
    if not isinstance(choice, Choice):
        return False
    phrase.put(place, Test(Filter(dimension=choice.dimension, values=choice.values)))
    return True

"""Values that are told by a name for people: 女性, 95后; not 甲城."""

from agent.understand.grammar.node import Choice, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.words import normal
from warehouse.query import Attribute, Condition, Not


def person_like(phrase: Phrase, place: int) -> bool:
    """Whether a value is told by a name for people."""
    part = phrase.part(place)
    name = part.dimension if isinstance(part, Choice) else None
    name = dimension_of(part.condition) if isinstance(part, Test) else name
    if name is None or not phrase.about_people(name):
        return False
    dimension = phrase.dimension(name)
    if dimension.kind in {"birth_year", "number"}:
        return True
    nouns = tuple(phrase.model.customer.words.zh)
    called = any(each.endswith(nouns) for words in dimension.values.values() for each in words.zh if len(each) > 1)
    return called and (phrase.told(place) not in map(normal, dimension.values) or phrase.told(place).endswith(nouns))


def dimension_of(condition: Condition) -> str | None:
    """The dimension that a test of rows is on, or its opposite."""
    inner = condition.not_ if isinstance(condition, Not) else condition
    return inner.dimension if isinstance(inner, Attribute) else None

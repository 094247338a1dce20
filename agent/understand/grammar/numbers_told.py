"""Numbers that only say how many there are of what is asked for: all four warehouses, and days by their noun."""

from dataclasses import replace

from agent.understand.grammar.node import Cut
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension
from agent.understand.quantities import Quantity
from warehouse.query import Group


def all_of_them(phrase: Phrase, place: int) -> bool:
    """The number of all values of a dimension, of which each is asked for: 三个平台分别多少."""
    number, named = phrase.part(place), phrase.part(place + 1)
    if not isinstance(number, Quantity) or not number.bare or not isinstance(named, Dimension):
        return False
    values = phrase.reading.values.get(named.name, ())
    if not values or number.bounds.at_least != len(values) or not phrase.has("each_own") or phrase.has("most", "top"):
        return False
    phrase.join(place, place + 1, Cut((Group(dimension=named.name),), each=True))
    return True


def days_done(phrase: Phrase, place: int) -> bool:
    """The number of days on which something was done, by its noun: 下单天数超过3天的用户."""
    quantity = phrase.part(place + 1)
    if not phrase.word(place, "days_noun") or not isinstance(phrase.part(place - 1), Deed):
        return False
    if not isinstance(quantity, Quantity) or quantity.unit not in {None, "days"}:
        return False
    phrase.join(place, place + 1, replace(quantity, unit="days"))
    return True

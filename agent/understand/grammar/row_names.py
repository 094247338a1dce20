"""Whose rows are named at a place: 订单, paid orders, placed an order."""

from agent.understand.grammar.counts import rows_counted
from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension, Rows
from agent.understand.quantities import Quantity
from agent.understand.words import normal


def named(phrase: Phrase, place: int) -> str | None:
    """The source whose rows are named there."""
    part = phrase.part(place)
    if isinstance(part, Rows):
        return part.source
    if isinstance(part, Dimension):
        source = phrase.model.sources.get(phrase.dimension(part.name).source)
        return source.name if source is not None and _calls(phrase, source.name, phrase.told(place)) else None
    return None


def named_before(phrase: Phrase, place: int) -> str | None:
    """The source whose rows English names there, before a number: paid orders of, with an order, placed an order."""
    part, told = phrase.part(place), phrase.told(place).split(" ")[-1]
    if not phrase.english(place):
        return None
    if isinstance(part, Shown):
        return rows_counted(phrase.model.metric(part.measure.metric)) if part.measure.show == "value" else None
    if isinstance(part, Deed):
        source = phrase.model.behaviour(part.behaviour).source
        return source if _calls(phrase, source, told) else None
    if isinstance(part, Quantity) and not part.bare:
        sources = {each.source for each in phrase.model.behaviours.values()}
        called = [each for each in sources if _calls(phrase, each, told)]
        return called[0] if len(called) == 1 else None
    return part.source if isinstance(part, Rows) else None


def _calls(phrase: Phrase, source: str, told: str) -> bool:
    """Whether a row of a source is called so."""
    row = phrase.model.sources[source].row
    return row is not None and told in map(normal, (*row.zh, *row.en))

"""What was spent on a channel of advertising, which is no spending of the customers who came by it."""

from collections.abc import Iterator

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import People
from agent.understand.words import normal
from warehouse.model import Role
from warehouse.query import Filter


def spent_on(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A name of a metric that is part of one of ad spend's, where the value beside is a channel of both."""
    ads = phrase.model.roles.get("ad_spend")
    if ads is None or any(isinstance(node.part, People) for node in phrase.nodes):
        return
    told = [each for each in frame.where if isinstance(each, Filter)]
    elsewhere = [each for each in told if phrase.dimension(each.dimension).source not in {None, ads.source}]
    channels = set(_values(phrase, ads.source))
    if any(channels & set(each.values) for each in elsewhere):
        names = _names(phrase, ads)
        yield from (place for place, _ in phrase.of(Shown) if any(phrase.told(place) in each for each in names))


def _values(phrase: Phrase, source: str) -> Iterator[str]:
    """The values of the dimensions of a source."""
    for name, values in phrase.reading.values.items():
        if name in phrase.model.dimensions and phrase.model.dimension(name).source == source:
            yield from values


def _names(phrase: Phrase, ads: Role) -> list[str]:
    """The names of the metrics that sum what was spent, in normal form."""
    spend = ads.parts.get("spend")
    metrics = (
        each
        for each in phrase.model.metrics.values()
        if any(route.source == ads.source and route.expression == spend for route in each.routes)
    )
    return [normal(name) for metric in metrics for name in (*metric.words.zh, *metric.words.en)]

"""Metrics that are told of what was done, or by what stands beside them."""

from agent.understand.grammar.counts import counts_who
from agent.understand.grammar.node import Choice
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.ties import routes
from agent.understand.mentions import Deed, Measure
from agent.understand.words import normal


def who_did(phrase: Phrase, place: int) -> bool:
    """Those that a metric counts, of whom more is told: buyers of dresses who never bought shirts."""
    measure = phrase.part(place)
    if not isinstance(measure, Measure) or not phrase.english(place):
        return False
    bought = isinstance(phrase.part(phrase.after(place, over=("at",))), Choice)
    if not bought or not any(phrase.word(at, "who") for at in range(place, len(phrase.nodes))):
        return False
    model, metric = phrase.model, phrase.model.metric(measure.metric)
    deeds = [each for each in model.behaviours.values() if each.source != model.customer.source]
    done = [each.name for each in deeds if counts_who(metric, each, model)]
    if len(done) != 1:
        return False
    phrase.put(place, Deed(done[0]))
    return True


def of_the_same_rows(phrase: Phrase, place: int) -> bool:
    """A name that another metric has beside metrics of its own rows."""
    told, others = phrase.told(place), {part.metric for at, part in phrase.of(Measure) if at != place}
    rows = {route.source for each in others for route in routes(phrase, each)}
    if not isinstance(phrase.part(place), Measure) or len(rows) != 1:
        return False
    for metric in phrase.model.metrics.values():
        named = told in map(normal, metric.beside) and metric.name not in others
        if named and {route.source for route in routes(phrase, metric.name)} == rows:
            phrase.put(place, Measure(metric.name))
            return True
    return False

"""A tool's examples as whole questions, their slots filled with what a model has."""

import string
from collections.abc import Iterator

from tools.tool import Asked
from warehouse.period import Relative
from warehouse.text import LANGUAGES, Text
from warehouse.warehouse import Reading

LAST_MONTH = Relative(unit="month", offset=-1)


def examples(asked: Asked, reading: Reading) -> tuple[Text, ...]:
    """The examples that this model can fill."""
    slots = dict(_slots(reading))
    return tuple(_filled(each, slots) for each in asked.examples if _named(each) <= slots.keys())


def _slots(reading: Reading) -> Iterator[tuple[str, Text]]:
    """The model's first metric and what it is cut by, a value of that, a behaviour, the customers, a period."""
    model, calendar = reading.model, reading.model.calendar
    zh, en = (LAST_MONTH.say(language, calendar) for language in LANGUAGES)
    yield "period", Text(zh, en)
    yield "people", model.customer.words.label
    if model.behaviours:
        yield "behaviour", next(iter(model.behaviours.values())).words.label
    for metric in list(model.metrics.values())[:1]:
        yield "metric", metric.words.label
        cuts = [each for each in model.groupings if reading.resolver.tied([metric], each)]
        if cuts:
            yield "dimension", cuts[0].words.label
            values = cuts[0].bands or reading.values.get(cuts[0].name, ())
            yield from (("value", Text(each, each)) for each in values[:1])


def _named(example: Text) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(example.zh + example.en) if name}


def _filled(example: Text, slots: dict[str, Text]) -> Text:
    zh, en = (
        example.said(language).format(**{name: each.said(language) for name, each in slots.items()})
        for language in LANGUAGES
    )
    return Text(zh, en)

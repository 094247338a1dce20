"""Values of dimensions in words: alone where everybody knows what they are of, else with their dimension."""

import re
from collections.abc import Iterator, Sequence

from warehouse.model import Dimension, SemanticModel, Words
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS, of_clock

# What our own words for time are in English; a model's values have translations of their own.
TIMES = {"周末": "weekends", "工作日": "weekdays", "节假日": "public holidays", "平日": "ordinary days"}
TOKEN = re.compile(r"[\w.+-]+")
PHRASE = re.compile(r"[\w.+-]+(?: [\w.+-]+)*")
JOINING = re.compile(r"或|且|以外|对比|\b(?:or|and|not|versus)\b", re.IGNORECASE)  # words that sayings join values with
OR = Text("或", " or ")


def said(dimension: Dimension, values: Sequence[str], model: SemanticModel, mark: Text = OR) -> Text:
    """Values with a mark between them: 红或蓝 where they stand alone, else 颜色：紫或橙."""
    label, told = _told(dimension, values, model, mark)
    return told if label is None else Text(f"{label.zh}：{told.zh}", f"{label.en}: {told.en}")


def excluded(dimension: Dimension, values: Sequence[str], model: SemanticModel) -> Text:
    """None of the values: 红或蓝以外, 颜色：紫以外."""
    label, told = _told(dimension, values, model, OR)
    if label is None:
        return Text(f"{told.zh}以外", f"other than {told.en}")
    return Text(f"{label.zh}：{told.zh}以外", f"{label.en} other than {told.en}")


def stand_alone(dimension: Dimension, values: Sequence[str], model: SemanticModel) -> bool:
    """Whether values by themselves mean that they are this dimension's.

    They do where the model lists them for the dimension, which is none of bands, no metric, behaviour or other thing is
    called so, and every other dimension that lists them is named after this one (收货城市 after 城市) or lies above it
    (the province).
    """
    if dimension.bands or not all(value in dimension.values and _is_word(value) for value in values):
        return False
    known = {**model.dimensions, **TIME_PARTS}
    above = [dimension.name, *_above(dimension, model)]
    rivals = [
        each
        for each in known.values()
        if each.name not in above and not _named_after(each, [known[name] for name in above])
    ]
    names = names_of(model)
    listed = {mark.join(values).casefold() for mark in OR}
    return not (listed & names) and not any(
        value.casefold() in names or any(value in each.values for each in rivals) for value in values
    )


def quoted(value: str) -> str:
    """A value in quotes; quotes in it are doubled."""
    return f"“{value.replace('“', '““').replace('”', '””')}”"


def _told(dimension: Dimension, values: Sequence[str], model: SemanticModel, mark: Text) -> tuple[Text | None, Text]:
    """The dimension's label, where it must be told, and the values."""
    alone = stand_alone(dimension, values, model)
    written = values if alone else [each if _is_token(each) else quoted(each) for each in values]
    zh = [_spoken(dimension, each) for each in values] if alone else written
    en = [_in_english(dimension, value, each) for value, each in zip(values, written, strict=True)]
    return None if alone else dimension.words.label, Text(mark.zh.join(zh), mark.en.join(en))


def _spoken(dimension: Dimension, value: str) -> str:
    """A value as a sentence has it: one of a single character by its next name, that reads better."""
    names = dimension.values[value].zh
    return names[1] if len(value) == 1 and len(names) > 1 and _is_word(names[1]) else value


def _in_english(dimension: Dimension, value: str, written: str) -> str:
    """A value as it is written, its translation beside it."""
    if of_clock(dimension):
        return TIMES[value]
    words = dimension.values.get(value)
    return f"{written} ({words.en[0]})" if words is not None and words.en else written


def _is_token(value: str) -> bool:
    return TOKEN.fullmatch(value) is not None and not JOINING.search(value)


def _is_word(value: str) -> bool:
    spoken = not value.isdigit() and not (value.isascii() and len(value) == 1)
    return spoken and PHRASE.fullmatch(value) is not None and not JOINING.search(value)


def _above(dimension: Dimension, model: SemanticModel) -> Iterator[str]:
    while dimension.within is not None:
        yield dimension.within
        dimension = model.dimensions[dimension.within]


def _named_after(other: Dimension, plain: Sequence[Dimension]) -> bool:
    label = other.words.label.zh
    return any(label.endswith(each.words.label.zh) and label != each.words.label.zh for each in plain)


def names_of(model: SemanticModel) -> frozenset[str]:
    """What metrics, dimensions, behaviours, segments, the customers and unclear words are called."""
    words: list[Words] = [
        *(each.words for each in model.metrics.values()),
        *(each.words for each in model.dimensions.values()),
        *(each.words for each in model.behaviours.values()),
        *(each.negated for each in model.behaviours.values()),
        *(each.words for each in model.segments.values()),
        *(each.words for each in model.unclear),
        model.customer.words,
    ]
    return frozenset(surface.casefold() for each in words for surface in (*each.zh, *each.en))

"""Other numbers and ranges of numbers: another comparison with the same number, and numbers that were typed."""

import re
from collections.abc import Iterator

from tools.edits.piece import changed
from warehouse.amounts import HUNDREDTHS
from warehouse.lexicon.lexicon import lexicon
from warehouse.query import Bounds, Number
from warehouse.text import LANGUAGES

ENDS = tuple(Bounds.model_fields)
DIGITS = re.compile(r"(?<![\d.])-?\d{1,15}(?:,\d{3})*(?:\.\d{1,9})?\s*(?P<scale>[^\W\d_]*)")
LARGEST = 10**15


def typed(text: str, unit: str | None = None) -> list[Number]:
    """The numbers of a text, 1.5万 and 3k among them; of ratios they are percentages."""
    scales = {each: size for language in LANGUAGES for each, size in lexicon(language).numbers.suffixes.items()}
    found: list[Number] = []
    for match in DIGITS.finditer(text):
        scale = match["scale"].casefold()
        value = float(match.group().removesuffix(match["scale"]).replace(",", "")) * scales.get(scale, 1)
        value = value / 100 if unit in HUNDREDTHS else value
        if abs(value) <= LARGEST:
            found.append(int(value) if value.is_integer() else round(value, 9))
    return found


def compared_otherwise(bounds: Bounds) -> Iterator[Bounds]:
    """The same number as another end of the range; none where the range has two."""
    told = _told(bounds)
    if len(told) == 1:
        (number,) = told.values()
        yield from (Bounds(**{end: number}) for end in ENDS if end not in told)


def with_numbers(bounds: Bounds, sought: str, unit: str | None = None) -> Iterator[Bounds]:
    """The range with the typed number at its end, or between the two that were typed."""
    match typed(sought, unit):
        case [number]:
            for end in _told(bounds):
                if (other := changed(Bounds(**{end: number}))) is not None:
                    yield other
        case [first, second]:
            yield Bounds(at_least=min(first, second), at_most=max(first, second))


def _told(bounds: Bounds) -> dict[str, Number]:
    return {end: getattr(bounds, end) for end in ENDS if getattr(bounds, end) is not None}

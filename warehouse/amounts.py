"""Numbers and ranges of numbers in words: at least ¥1,000, between 18 and 24 years."""

from collections.abc import Mapping
from decimal import Decimal

from warehouse.lexicon.lexicon import Comparator, lexicon
from warehouse.model import Words
from warehouse.query import Bounds, Number
from warehouse.text import LANGUAGES, Language, Text

SYMBOLS: Mapping[str, Text] = {"CNY": Text("", "¥")}  # what stands before the digits
UNITS: Mapping[str, Text] = {
    "CNY": Text("元", ""),
    "ratio": Text("%", "%"),
    "pp": Text("个百分点", " percentage point"),
    "days": Text("天", " day"),
    "seconds": Text("秒", " second"),
    "years": Text("岁", " year"),
}
HUNDREDTHS = frozenset({"ratio", "pp"})


def amount(value: Number, unit: str | None) -> Text:
    """A number with its unit; a ratio, or a difference of ratios ("pp"), is told as a fraction."""
    return Text(*(_with_unit(value, unit, each) for each in LANGUAGES))


def within(bounds: Bounds, unit: str | None = None, *, counted: Words | None = None) -> Text:
    """A range of numbers, in a unit or of what is counted."""
    return Text(*(_within(bounds, unit, counted, each) for each in LANGUAGES))


def digits(value: Number | Decimal) -> str:
    """All digits of a number, thousands separated, without zeros at the end."""
    exactly = value if isinstance(value, Decimal) else Decimal(repr(value))
    whole = exactly == exactly.to_integral_value()
    return f"{int(exactly):,d}" if whole else f"{exactly.normalize():,f}"


def _within(bounds: Bounds, unit: str | None, counted: Words | None, language: Language) -> str:
    words = lexicon(language).comparators
    gap, both = (" ", " and ") if language == "en" else ("", "且")

    def ended(comparator: Comparator, value: Number) -> str:
        return f"{words[comparator].before[0]}{gap}{_counted(value, unit, counted, language)}"

    low, high = bounds.at_least, bounds.at_most
    if low is not None and high is not None:
        if low == high:
            return ended("=", low)
        between = words["between"]
        opening = f"{between.before[0]} " if language == "en" else ""
        joined = f"{gap}{between.joined[0]}{gap}"
        return f"{opening}{_first(low, unit, language)}{joined}{_counted(high, unit, counted, language)}"
    ends: list[tuple[Comparator, Number | None]] = [
        (">=", low),
        (">", bounds.more_than),
        ("<=", high),
        ("<", bounds.less_than),
    ]
    return both.join(ended(comparator, value) for comparator, value in ends if value is not None)


def _first(value: Number, unit: str | None, language: Language) -> str:
    """The lower of two numbers, whose unit the higher one tells."""
    if unit == "ratio":
        return _with_unit(value, unit, language)
    return _symbol(unit, language) + _told(value, unit)


def _counted(value: Number, unit: str | None, counted: Words | None, language: Language) -> str:
    if counted is None:
        return _with_unit(value, unit, language)
    if language == "zh":
        return f"{digits(value)}{counted.label.zh}"
    several = counted.label.en
    one = next((each for each in counted.en if f"{each}s" == several), several)
    return f"{digits(value)} {one if value == 1 else several}"


def _with_unit(value: Number, unit: str | None, language: Language) -> str:
    if unit is None:
        return digits(value)
    told = _told(value, unit)
    if unit not in UNITS:
        return f"{told} {unit}"
    sign, size = ("-", told[1:]) if told.startswith("-") else ("", told)
    name = UNITS[unit].said(language)
    plural = "s" if name.startswith(" ") and size != "1" else ""
    return f"{sign}{_symbol(unit, language)}{size}{name}{plural}"


def _told(value: Number, unit: str | None) -> str:
    return digits(Decimal(repr(value)) * 100) if unit in HUNDREDTHS else digits(value)


def _symbol(unit: str | None, language: Language) -> str:
    return "" if unit is None else SYMBOLS.get(unit, Text("", "")).said(language)

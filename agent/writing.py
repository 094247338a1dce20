"""Numbers written for people, the one way for sentences, tables and charts."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from warehouse.text import Language, Text

Numeric = int | float | Decimal

MISSING = "—"
SIGNIFICANT_DIGITS = 12

UNIT_NAMES = {
    "CNY": Text("元", "¥"),
    "ratio": Text("%", "%"),
    "pp": Text("个百分点", "pp"),
    "seconds": Text("秒", "s"),
    "days": Text("天", "days"),
}


class Scale(NamedTuple):
    """A short form of large numbers: from `start` on, `size` of them are one `word`."""

    start: int
    size: int
    word: str


SCALES: dict[Language, tuple[Scale, ...]] = {
    "zh": (Scale(10**8, 10**8, "亿"), Scale(10**4, 10**4, "万")),
    "en": (Scale(10**9, 10**9, "B"), Scale(10**6, 10**6, "M"), Scale(10**4, 10**3, "K")),
}
PLAIN = Scale(0, 1, "")


def number(value: Numeric | None, unit: str | None, language: Language) -> str:
    """A value as a sentence says it: 1,234.56万元, ¥12.35M, 12.3%, 1分15秒.

    Ratios and percentage points ("pp") come as fractions. Numbers under 10,000 are never shortened; one
    that is missing or not finite is a dash.
    """
    if value is None or not math.isfinite(value):
        return MISSING
    exactly = decimal(value)
    match unit:
        case "ratio":
            return f"{fixed(exactly * 100, 1)}%"
        case "pp":
            return _with_unit(fixed(exactly * 100, 1), unit, language)
        case "seconds" if abs(exactly) >= 60:
            return _duration(exactly, language)
        case _:
            return _with_unit(_shortened(exactly, unit, language), unit, language)


def exact(value: Numeric | None, unit: str | None, language: Language) -> str:
    """All digits of a value (12 significant ones where it was computed), with its unit."""
    if value is None or not math.isfinite(value):
        return MISSING
    digits = decimal(value) * (100 if unit in {"ratio", "pp"} else 1)
    if isinstance(value, float):
        digits = digits if digits == 0 else round(digits, SIGNIFICANT_DIGITS - 1 - digits.adjusted())
    trimmed = _trimmed(digits)
    cents = unit == "CNY" and trimmed.as_tuple().exponent == -1
    return _with_unit(f"{trimmed:,.2f}" if cents else f"{trimmed:,f}", unit, language)


def scale_for(largest: float | Decimal, language: Language) -> Scale:
    """The short form that suits an axis or a column whose greatest size is `largest`."""
    return next((scale for scale in SCALES[language] if decimal(largest).copy_abs() >= scale.start), PLAIN)


def unit_name(unit: str | None, scale: Scale, language: Language) -> str:
    """A unit as the head of a column or an axis names it: 万元, ¥M, %; empty where there is none."""
    name = UNIT_NAMES[unit].said(language) if unit in UNIT_NAMES else unit or ""
    return f"{name}{scale.word}" if language == "en" else f"{scale.word}{name}"


def decimal(value: Numeric) -> Decimal:
    """The decimal number that a value is written as."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def fixed(value: Decimal, places: int) -> str:
    """Rounded half up, as people do it, with thousands separated; zero carries no sign."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,f}"


def _shortened(value: Decimal, unit: str | None, language: Language) -> str:
    below = [*(scale.size for scale in SCALES[language][1:]), 1]
    for scale, lower in zip(SCALES[language], below, strict=True):
        as_shown_below = (abs(value) / lower).quantize(Decimal("0.01"), ROUND_HALF_UP) * lower
        if as_shown_below >= scale.start:
            return fixed(value / scale.size, 2) + scale.word
    if value == value.to_integral_value():
        return fixed(value, 0)
    if unit == "CNY":
        return fixed(value, 2)
    places = 2 if abs(value) >= Decimal("0.1") else 1 - value.adjusted()
    return f"{_trimmed(Decimal(fixed(value, places).replace(',', ''))):,f}"


def _with_unit(digits: str, unit: str | None, language: Language) -> str:
    if unit is None:
        return digits
    if unit == "ratio":
        return f"{digits}%"
    if language == "zh":
        return digits + UNIT_NAMES[unit].zh if unit in UNIT_NAMES else f"{digits} {unit}"
    if unit == "CNY":
        return f"-¥{digits[1:]}" if digits.startswith("-") else f"¥{digits}"
    if unit == "days" and digits == "1":
        return "1 day"
    return f"{digits} {UNIT_NAMES[unit].en if unit in UNIT_NAMES else unit}"


def _duration(seconds: Decimal, language: Language) -> str:
    whole = int(abs(seconds).quantize(Decimal(1), ROUND_HALF_UP))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    words = ("小时", "分", "秒") if language == "zh" else ("h", "m", "s")
    parts = [(hours, words[0]), (minutes, words[1])] if hours else [(minutes, words[1]), (rest, words[2])]
    joined = ("" if language == "zh" else " ").join(f"{count}{word}" for count, word in parts if count)
    return f"-{joined}" if seconds < 0 else joined


def _trimmed(value: Decimal) -> Decimal:
    """Without zeros at the end, never in powers of ten."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

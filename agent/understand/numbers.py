"""Numbers in a question: digits, Chinese numerals and English words, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from warehouse.lexicon.form import any_of
from warehouse.lexicon.lexicon import NumberWords, lexicon

DATE = (
    r"(?<!\d)\d{4}(?P<mark>[-/.])\d{1,2}(?:(?P=mark)\d{1,2})?(?![\d.])|(?<!\d)\d{4}\s?年|\d{1,2}:\d\d"
    r"|(?<!\d)\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"
)
DIGITS = r"(?<![\d.])(?<!(?<![a-z])[a-z])(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d)"
NO_CODE = r"(?![a-z](?![a-z]))"
GUESSED = re.compile("[一二两三四五六七八九]{2}")
PAIR = 2
TEN = 10
MYRIAD = 10_000
THOUSAND = 1_000


@dataclass(frozen=True)
class Number:
    """A number; a percentage or another share is its fraction, 30% being 0.3."""

    value: Decimal
    percent: bool = False


@dataclass(frozen=True)
class FoundNumber:
    """A number and its place in the normalised text."""

    start: int
    end: int
    number: Number


def find(text: str) -> list[FoundNumber]:
    """Every number in a normalised text (NFKC, lower case), in order, none inside another; not the digits of dates."""
    return list(_found(text))


def read_integer(text: str) -> int | None:
    """A whole number written in digits, Chinese numerals or English words; None where the text is none."""
    value = _value(text)
    return int(value) if value is not None and value == int(value) else None


def _found(text: str) -> Iterator[FoundNumber]:
    for match in _pattern().finditer(text):
        number = _number(match)
        if number is not None:
            yield FoundNumber(match.start(), match.end(), number)


def _number(match: re.Match[str]) -> Number | None:
    words = _words()
    if match["parts"]:
        whole, part = _parts(match["parts"]), _value(match["part"])
        return Number(part / whole, percent=True) if whole and part is not None else None
    if match["share"]:
        return Number(words.shares[" ".join(match["share"].split())], percent=True)
    value = _value(match["body"]) if match["body"] else None
    if value is None:
        return None
    if match["suffix"]:
        value *= words.suffixes[match["suffix"]]
    if match["tail"]:
        value += Decimal(match["tail"]) * words.suffixes[match["tail_suffix"]]
    value = -value if match["sign"] else value
    if match["tenths"]:
        return Number((value + (Decimal("0.5") if match["half"] else 0)) / 10, percent=True)
    if match["of_hundred"] or match["percent"]:
        return Number(value / 100, percent=True)
    return Number(value)


def _parts(text: str) -> Decimal | None:
    """What a fraction is of: three thirds, a thousand thousandths."""
    scale = lexicon("zh").numbers.scales.get(text)
    return Decimal(scale) if scale else _value(text)


def _value(text: str) -> Decimal | None:
    if text[0] in "0123456789":
        return Decimal(text.replace(",", ""))
    return _english(text) if text[0].isascii() else _chinese(text)


def _chinese(text: str) -> Decimal | None:
    """一万二 is 12,000, 两千五 2,500; 二〇二六 is read digit by digit; 三五 and 七八百 are guesses, and none."""
    words = lexicon("zh").numbers
    whole, point, fraction = text.partition(words.point)
    if point:
        scale = words.scales.get(fraction[-1], 1)
        places = _in_digits(fraction if scale == 1 else fraction[:-1])
        value = _chinese(whole)
        return None if value is None else (value + Decimal(f"0.{places}")) * scale
    if not all(each in words.digits for each in whole):
        return None if GUESSED.search(whole) else Decimal(_scaled(whole))
    digits = _in_digits(whole)
    return None if len(digits) == PAIR and "0" not in digits else Decimal(digits)


def _in_digits(text: str) -> str:
    return "".join(str(lexicon("zh").numbers.digits[each]) for each in text)


def _scaled(text: str) -> int:
    words = lexicon("zh").numbers
    total, section, digit, scale = 0, 0, 0, 1
    for each in text:
        if each in words.digits:
            digit, scale = words.digits[each], scale if words.digits[each] else 1
            continue
        scale = words.scales[each]
        if scale < MYRIAD:
            section += (digit or 1) * scale
        elif scale == MYRIAD:
            total, section = total + (section + digit or 1) * scale, 0
        else:
            total, section = (total + section + digit or 1) * scale, 0
        digit = 0
    return total + section + digit * max(scale // 10, 1)


def _english(text: str) -> Decimal:
    words = lexicon("en").numbers
    total, section = 0, 0
    for each in re.split(r"[\s-]+", text):
        if each in words.digits:
            section += words.digits[each]
        elif each in words.scales:
            section = (section or 1) * words.scales[each]
            if section >= THOUSAND:
                total, section = total + section, 0
    return Decimal(total + section)


@cache
def _words() -> NumberWords:
    """The words of both languages: they are read together."""
    zh, en = lexicon("zh").numbers, lexicon("en").numbers
    return zh.model_copy(
        update={
            "suffixes": {**zh.suffixes, **en.suffixes},
            "shares": {**zh.shares, **en.shares},
            "percent_after": (*zh.percent_after, *en.percent_after),
            "shields": (*zh.shields, *en.shields),
        }
    )


def english_number() -> str:
    """A regular expression for a number in English words."""
    words = lexicon("en").numbers
    tens = any_of(word for word, value in words.digits.items() if value >= 20)
    ones = any_of(word for word, value in words.digits.items() if 0 < value < 10)
    small, scale = rf"(?:(?:{tens})(?:[\s-](?:{ones})\b)?|(?:{any_of(words.digits)}))", f"(?:{any_of(words.scales)})"
    join, article = any_of(words.joining[:1]), any_of(words.joining[1:])
    return (
        rf"(?<![a-z])(?:{small}|(?:{article})\s+(?={scale}))(?:\s*\b{scale}(?:\s+(?:(?:{join})\s+)?{small})?)*(?![a-z])"
    )


def chinese_number() -> str:
    """A regular expression for a number in Chinese numerals."""
    words = lexicon("zh").numbers
    digits, scales = "".join(words.digits), "".join(words.scales)
    ten = next(word for word, value in words.scales.items() if value == 10)
    return rf"[{digits}{ten}][{digits}{scales}]*(?:{words.point}[{digits}]+[{scales}]?)?"


@cache
def _pattern() -> re.Pattern[str]:
    words, zh = _words(), lexicon("zh").numbers
    digits, scales = "".join(zh.digits), "".join(name for name, worth in zh.scales.items() if worth > TEN)
    suffix = rf"(?:{any_of(words.suffixes)})(?![a-z])"
    return re.compile(
        rf"(?:{DATE})"
        rf"|(?<![a-z])(?P<share>{any_of(words.shares)})(?![a-z])"
        rf"|(?<![a-z])(?:{any_of(words.shields)})(?![a-z])"
        rf"|(?P<parts>{DIGITS}|[{scales}]|{chinese_number()})分之(?P<part>{DIGITS}|{chinese_number()})"
        rf"|(?P<sign>(?:(?<![\w)%-])|(?<=[{zh.signed_after}]))-)?(?:(?P<of_hundred>{any_of(words.percent_before)})\s?)?"
        rf""
        rf"(?P<body>{DIGITS}|{chinese_number()}|(?<![{digits}{scales}{zh.none_before}\d])[{scales}](?=[{zh.alone_before}])"
        rf"|{english_number()})"
        rf"(?:(?<=\d)\s?(?P<suffix>{suffix})(?:(?P<tail>\d+(?:\.\d+)?)(?P<tail_suffix>{suffix}))?)?{NO_CODE}"
        rf"(?:\s?(?P<percent>{any_of(words.percent_after)})(?![a-z])"
        rf"|(?P<tenths>{any_of(words.tenths)})(?![{words.tenths_not_before}])(?P<half>半)?)?"
    )

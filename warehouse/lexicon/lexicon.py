"""The closed classes of words of a language: time, numbers, comparisons."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from warehouse.lexicon.time import TimeWords
from warehouse.text import Language

HERE = Path(__file__).parent

Comparator = Literal[">=", "<=", ">", "<", "=", "between"]


class NumberWords(BaseModel):
    """The words for numbers.

    `digits` are worth themselves, `scales` multiply what stands before them, `suffixes` what is written in digits;
    `percent_before` and `percent_after` make a percentage, `tenths` so many tenths; `shares` are whole numbers of their
    own. `joining` words stand inside a number; `shields` are words that only look as if they held one. After a
    character of `signed_after` a hyphen is a sign; before one of `alone_before`, and not after one of `none_before`, a
    scale is a number by itself: 千元.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    digits: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    point: str
    percent_before: tuple[str, ...]
    percent_after: tuple[str, ...]
    tenths: tuple[str, ...]
    tenths_not_before: str = ""
    shares: Mapping[str, Decimal]
    joining: tuple[str, ...]
    shields: tuple[str, ...]
    signed_after: str = ""
    alone_before: str = ""
    none_before: str = ""


class ComparatorWords(BaseModel):
    """Words of one comparison, before or after its number, or joining two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: tuple[str, ...]
    after: tuple[str, ...]
    joined: tuple[str, ...] = ()


class UnitWords(BaseModel):
    """What a unit is called before or after its number; `not_before` is a regular expression that may not follow."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: str = ""


class QuantityWords(BaseModel):
    """The words around numbers.

    `seconds` are lengths of time by their worth in seconds, `told` words that are a number of times by themselves;
    `modifiers` may stand before a unit. `ages` are comparing words that tell the unit too, `superlatives` those that
    mean the most or the least where what is counted is no amount; after `ranks` a number only counts places. `join`
    stands between two ends of one range, `within` between two numbers that a word around them makes a range. After
    `never_before` no comparing word is read; `unless_followed` are comparing words by the regular expression before
    which they are none; those of `during` are none beside a length of time, behind which `ago` says when.
    `vague_before` and `vague_after`, regular expressions, make a number none; `unequal` leaves out one number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: Mapping[str, UnitWords]
    seconds: Mapping[str, int]
    told: Mapping[str, int]
    modifiers: tuple[str, ...]
    ages: Mapping[str, str]
    superlatives: tuple[str, ...]
    ranks: tuple[str, ...]
    join: tuple[str, ...]
    within: tuple[str, ...]
    never_before: tuple[str, ...]
    unless_followed: Mapping[str, str]
    during: tuple[str, ...]
    ago: tuple[str, ...]
    vague_before: tuple[str, ...]
    vague_after: tuple[str, ...]
    unequal: tuple[str, ...]


class ClockWords(BaseModel):
    """The words for hours of the day and for days of the week as they recur.

    `hour` follows an hour, unless `hour_not_before`, a regular expression, follows; `half_days` stand before one and
    say to which hours, the first and the last, twelve are added; `named` are hours by themselves. `since_before` and
    `since` open hours to the end of the day, `until_before` and `until` from its beginning. `every` before a day of the
    week says that it recurs, `week` stands before its name, `weekday_not_after` are characters that it may not touch.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hour: tuple[str, ...]
    hour_not_before: str
    half_days: Mapping[str, tuple[int, int]]
    am: tuple[str, ...]
    pm: tuple[str, ...]
    named: Mapping[str, int]
    since_before: tuple[str, ...]
    until_before: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    every: tuple[str, ...]
    week: tuple[str, ...]
    weekday_not_after: str


class Lexicon(BaseModel):
    """The closed classes of words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time: TimeWords
    numbers: NumberWords
    comparators: Mapping[Comparator, ComparatorWords]
    quantities: QuantityWords
    clock: ClockWords


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language, read once."""
    text = (HERE / f"{language}.yml").read_text(encoding="utf-8")
    return Lexicon.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506

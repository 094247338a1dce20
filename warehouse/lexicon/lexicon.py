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
    own. `joining` words stand inside a number; `shields` are words that only look as if they held one.
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


class ComparatorWords(BaseModel):
    """Words of one comparison, before or after its number, or joining two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: tuple[str, ...]
    after: tuple[str, ...]
    joined: tuple[str, ...] = ()


class Lexicon(BaseModel):
    """The closed classes of words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time: TimeWords
    numbers: NumberWords
    comparators: Mapping[Comparator, ComparatorWords]


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language, read once."""
    text = (HERE / f"{language}.yml").read_text(encoding="utf-8")
    return Lexicon.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506

"""What is refused, by kind, read from refusals.yml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from warehouse.lexicon.phrases import Phrases
from warehouse.lexicon.tools import Label

FILE = Path(__file__).with_name("refusals.yml")


class RefusalWords(Phrases):
    """The phrases of one kind of what is refused, why it is, and what can be asked instead.

    `unless` are words that make a clause a question about what it names.
    """

    why: Label
    instead: Label
    unless: Phrases = Phrases()


class RefusalLexicon(BaseModel):
    """Every kind, and the classes of words that the phrases name, in lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: Mapping[str, tuple[tuple[str, ...], ...]]
    kinds: Mapping[str, RefusalWords]


@cache
def refusals() -> RefusalLexicon:
    """The kinds, in the order in which one is told where a question has several."""
    return RefusalLexicon.model_validate(yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader))

"""The analyses that are known by name but not there yet, read from tools.yml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from warehouse.lexicon.phrases import Phrases
from warehouse.text import Text

FILE = Path(__file__).with_name("tools.yml")


class Label(BaseModel):
    """A name in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    def text(self) -> Text:
        """As the program holds it."""
        return Text(self.zh, self.en)


class ToolWords(Phrases):
    """What asks for a tool: its cues, and in `but` what only looks like one; `label` is what it is called."""

    label: Label
    but: Phrases = Phrases()


@cache
def later() -> Mapping[str, ToolWords]:
    """By name, in the order in which one is preferred."""
    document = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
    return TypeAdapter(dict[str, ToolWords]).validate_python(document)

"""The closed-class words of questions, read from questions.yml."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from warehouse.text import LANGUAGES

FILE = Path(__file__).parent / "questions.yml"


class QuestionWord(NamedTuple):
    """A surface, and what it does in a question: its kind, and which of the kind's meanings it has."""

    surface: str
    kind: str
    argument: str | None


@cache
def question_words() -> tuple[QuestionWord, ...]:
    """Every closed-class word, in the file's order."""
    document = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
    return tuple(word for kind, entry in document.items() for word in _words(kind, entry))


def _words(kind: str, entry: Mapping[str, Any]) -> Iterator[QuestionWord]:
    plain = set(entry) <= set(LANGUAGES)
    for argument, by_language in {None: entry}.items() if plain else entry.items():
        for language in LANGUAGES:
            yield from (QuestionWord(each, kind, argument) for each in _flat(by_language.get(language, ())))


def _flat(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _flat(child)
    elif isinstance(node, str):
        yield node
    else:
        raise TypeError(f"{FILE.name}: {node!r} is no text: put it in quotes")

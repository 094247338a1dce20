"""The closed-class words of questions, read from questions.yml."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).parent / "questions.yml"


class QuestionWord(NamedTuple):
    """A surface, and what it does in a question; `argument` is the grain or the chart that it names."""

    surface: str
    kind: str
    argument: str | None


@cache
def question_words() -> tuple[QuestionWord, ...]:
    """Every closed-class word, in the file's order."""
    document = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
    return tuple(_words(document))


def _words(document: dict[str, dict[str, object]]) -> Iterator[QuestionWord]:
    for kind, entry in document.items():
        if kind in {"grains", "charts"}:
            for argument, surfaces in entry.items():
                yield from (QuestionWord(surface, kind.removesuffix("s"), argument) for surface in _flat(surfaces))
        else:
            yield from (QuestionWord(surface, kind, None) for surface in _flat(entry))


def _flat(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for child in node.values():
            yield from _flat(child)
    elif isinstance(node, list):
        for child in node:
            yield from _flat(child)
    elif isinstance(node, str):
        yield node
    else:
        raise TypeError(f"{FILE.name}: {node!r} is no text: put it in quotes")

"""Words and phrases that stand beside numbers, found before or after a place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from warehouse.lexicon.form import any_of

T = TypeVar("T")


@dataclass(frozen=True)
class Place(Generic[T]):
    """A phrase in its place, and what it is worth."""

    start: int
    end: int
    word: str
    worth: T


@dataclass(frozen=True)
class Phrases(Generic[T]):
    """Phrases by what they are worth; an English one stands as words of its own."""

    worth: Mapping[str, T]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(either(self.worth))

    def all(self, text: str) -> list[Place[T]]:
        """Every phrase in the text, none inside another."""
        return [self._place(match) for match in self._pattern.finditer(text)]

    def ends(self, text: str) -> dict[int, Place[T]]:
        """By where a number may follow it, each phrase in the text."""
        ends: dict[int, Place[T]] = {}
        for place in self.all(text):
            ends[place.end] = place
            if text[place.end : place.end + 1] == " ":
                ends[place.end + 1] = place
        return ends

    def at(self, text: str, start: int) -> Place[T] | None:
        """The phrase that stands there, after a space perhaps."""
        match = self._pattern.match(text, start + (text[start : start + 1] == " "))
        return self._place(match) if match else None

    def _place(self, match: re.Match[str]) -> Place[T]:
        return Place(match.start(), match.end(), match[0], self.worth[match[0]])


def either(words: Iterable[str]) -> str:
    """A regular expression for one of the words, an English one standing by itself."""
    told = list(words)
    english = any_of(word for word in told if _is_letter(word[0]) and _is_letter(word[-1]))
    others = any_of(word for word in told if not (_is_letter(word[0]) and _is_letter(word[-1])))
    parts = [rf"(?<![a-z])(?:{english})(?![a-z])" if english else "", others]
    return "(?:" + "|".join(part for part in parts if part) + ")" if any(parts) else "(?!)"


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()

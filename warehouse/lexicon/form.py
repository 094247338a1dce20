"""Forms: the patterns of words in the lexicon, one object to say them and to read them by.

`最近{n}{units}` has slots; `<recent>` is one of a class of words, the first of which is said; `[…]` may be left out
when reading and is never said. A space is any space.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pydantic import BaseModel, ConfigDict, model_validator

PIECES = re.compile(r"\{(?P<slot>\w+)\}|<(?P<words>\w+)>|(?P<mark>[\[\]])|(?P<gap> +)|(?P<text>[^\[\]{}<> ]+)")
Words = Mapping[str, Sequence[str]]


class Form(BaseModel):
    """A pattern, and where it does not count.

    `not_after` are characters that it may not touch, `not_before` regular expressions that may not follow it; `apart`
    asks for no letter just before it. `alone_after` are words one of which must stand before it unless it is joined to
    another period; where `unsure` lists words, that holds for these alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    not_after: str = ""
    not_before: tuple[str, ...] = ()
    apart: bool = False
    alone_after: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, data: object) -> object:
        return {"form": data} if isinstance(data, str) else data

    @cached_property
    def slots(self) -> frozenset[str]:
        """The names of its slots."""
        return frozenset(match["slot"] for match in PIECES.finditer(self.form) if match["slot"])

    def say(self, words: Words, slots: Mapping[str, str]) -> str:
        """The form with its slots filled."""
        said, depth = [], 0
        for piece in PIECES.finditer(self.form):
            if piece["mark"]:
                depth += 1 if piece["mark"] == "[" else -1
            elif not depth:
                said.append(
                    slots[piece["slot"]] if piece["slot"] else words[piece["words"]][0] if piece["words"] else piece[0]
                )
        return "".join(said)

    def pattern(self, words: Words, slots: Mapping[str, str], gap: str) -> str:
        """A regular expression for the form, `gap` between its pieces; each slot becomes a group of its name."""
        return gap.join(_pattern(piece, words, slots) for piece in PIECES.finditer(self.form))

    def firsts(self, words: Words, slots: Mapping[str, str]) -> str:
        """The characters that it may begin with, given those of its slots."""
        firsts, optional, begun = "", False, False
        for piece in PIECES.finditer(self.form):
            if piece["mark"]:
                optional, begun = piece["mark"] == "[", False
                continue
            if not begun:
                firsts += slots[piece["slot"]] if piece["slot"] else "".join(word[0] for word in _choices(piece, words))
            if not optional:
                break
            begun = True
        return firsts.lower()

    def around(self, words: Words, gap: str) -> list[str]:
        """Regular expressions for what stands before, between and after the slots."""
        parts = re.split(r"\{\w+\}", self.form)
        return [gap.join(_pattern(piece, words, {}) for piece in PIECES.finditer(part)) for part in parts]


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest that fits; either apostrophe, any space."""
    return "|".join(_written(word) for word in sorted(words, key=lambda each: (-len(each), each)))


def _written(word: str) -> str:
    spaced = r"\s+".join(re.escape(part) for part in word.lower().split(" "))
    return spaced.replace("'", "['’]")


def _choices(piece: re.Match[str], words: Words) -> Sequence[str]:
    return words[piece["words"]] if piece["words"] else [piece[0]]


def _pattern(piece: re.Match[str], words: Words, slots: Mapping[str, str]) -> str:
    if piece["slot"]:
        return f"(?P<{piece['slot']}>{slots[piece['slot']]})"
    if piece["words"]:
        return f"(?:{any_of(words[piece['words']])})"
    if piece["mark"]:
        return "(?:" if piece["mark"] == "[" else ")?"
    return r"\s+" if piece["gap"] else _written(piece[0])

"""Forms: the patterns of words in the lexicon, one object to say them and to read them by.

`最近{n}{units}` has slots; `<recent>` is one of a class of words, the first of which is said; `[…]` may be left out
when reading and is never said. A space is any space.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator

PIECES = re.compile(r"\{(?P<slot>\w+)\}|<(?P<words>\w+)>|(?P<mark>[\[\]])|(?P<gap> +)|(?P<text>[^\[\]{}<> ]+)")
Words = Mapping[str, Sequence[str]]


PieceKind = Literal["slot", "words", "gap", "text"]


class Piece(NamedTuple):
    """A piece of a form: the name of a slot or of a class of words, a space, or words themselves."""

    kind: PieceKind
    told: str


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

    @cached_property
    def spellings(self) -> tuple[tuple[Piece, ...], ...]:
        """The form's pieces, once for each choice of what may be left out."""
        told: list[tuple[Piece, ...]] = [()]
        outside = told
        for piece in PIECES.finditer(self.form):
            if piece["mark"] == "[":
                outside = told
            elif piece["mark"] == "]":
                told = [*outside, *told]
            else:
                told = [(*each, _piece(piece)) for each in told]
        return tuple(dict.fromkeys(told))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest that fits; either apostrophe, any space."""
    return "|".join(_written(word) for word in sorted(words, key=lambda each: (-len(each), each)))


def _written(word: str) -> str:
    spaced = r"\s+".join(re.escape(part) for part in word.lower().split(" "))
    return spaced.replace("'", "['’]")


def _piece(piece: re.Match[str]) -> Piece:
    kind: PieceKind = "slot" if piece["slot"] else "words" if piece["words"] else "gap" if piece["gap"] else "text"
    return Piece(kind, " " if kind == "gap" else piece["slot"] or piece["words"] or piece[0])

"""Phrases: words that stand for one thing, with gaps, in both languages; files of the lexicon and tools hold them.

`(x|y)` is one of two, `[x|y]` may be left out, `<class>` is one of a class of words, `{n}` a slot, `…` anything within
a sentence. `^` asks for the beginning of a clause; words of the class `polite` may stand before it. A space is any
space, or none beside a Chinese character; between two of those there may be one. Latin letters are found as whole
words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from warehouse.lexicon.form import any_of

PIECES = re.compile(
    r"\{(?P<slot>\w+)\}|<(?P<words>\w+)>|(?P<mark>[\[\]()|])|(?P<any> ?… ?)|(?P<gap> +)|(?P<text>[^\[\]()|{}<> …]+)"
)
CHOICES = re.compile(
    r"\((?P<choice>[^()]*)\)|(?P<optional>\[[^\[\]]*\])|<(?P<words>\w+)>|(?P<slot>\{\w+\})|(?P<text>[^\[\]()|{}<> …]+)"
)
ALTERNATIVES = re.compile(r"(?<=[(\[])[^()\[\]]*\|[^()\[\]]*(?=[)\]])")
LITERAL = re.compile(r"[^\[\]()|{}<> …]+(?![^{}]*\})")
BOUND = r"(?:(?<![a-z0-9])|(?![a-z0-9]))"
ANY = r"[^.。!！?？;；\n]{0,80}?"
GAP = (
    r"(?:\s+|(?<=[^\x00-\xff])|(?=[^\x00-\xff]))"  # texts may have none beside Chinese characters; a wide class is slow
)
END = rf"(?:{GAP}|(?<=\s))"  # of what may be nothing, the gap before it being all
CLAUSE = r"(?:^|(?<=[,，.。;；!！?？:：、\n]))\s*"
POLITE = "polite"
MARKS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}
Classes = Mapping[str, Sequence[str]]


class Phrases(BaseModel):
    """Phrases of one meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Those of both languages: a question may mix them."""
        return (*self.zh, *self.en)


class Place(NamedTuple):
    """A stretch of a text, from `start` up to `end`."""

    start: int
    end: int

    def within(self, others: Iterable["Place"]) -> bool:
        """Whether one of the others covers it."""
        return any(each.start <= self.start and self.end <= each.end for each in others)

    def cuts(self, others: Iterable["Place"]) -> bool:
        """Whether it begins or ends inside one of the others that it does not stand in: 原因是 in 退款原因是哪些."""
        return any(
            each.start < self.start < each.end < self.end or self.start < each.start < self.end < each.end
            for each in others
        )


class Found(NamedTuple):
    """A phrase in a text: its place, the places of its own words without its gaps and slots, and the slots' places."""

    place: Place
    parts: tuple[Place, ...]
    slots: Mapping[str, Place]


class Pattern:
    """Phrases made ready to be looked for in normalised texts (NFKC, lower case).

    `slots` tells a regular expression for each slot, without groups.
    """

    def __init__(
        self, phrases: Iterable[str], classes: Classes | None = None, slots: Mapping[str, str] | None = None
    ) -> None:
        self._phrases = [_Phrase(each, classes or {}, slots or {}) for each in phrases]

    def find(self, text: str) -> Iterator[Found]:
        """Every phrase found, the first place of each first; what makes a clause begin is no part of it."""
        packed = text.replace(" ", "")
        for phrase in self._phrases:
            if phrase.may_stand_in(packed):
                yield from map(_found, phrase.expression.finditer(text))


class _Phrase:
    """One phrase; its regular expression is made when a text has what the phrase needs, as few have."""

    def __init__(self, phrase: str, classes: Classes, slots: Mapping[str, str]) -> None:
        self._phrase, self._classes, self._slots = ALTERNATIVES.sub(_longest_first, phrase), classes, slots
        self._needed = _needed(phrase, classes)

    def may_stand_in(self, packed: str) -> bool:
        """Whether a text without spaces has one of the words of which the phrase needs one."""
        return not self._needed or any(each in packed for each in self._needed)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The phrase as a regular expression, itself the group `phrase`, its gaps and slots groups too."""
        pieces = list(PIECES.finditer(self._phrase.removeprefix("^")))
        if "".join(piece[0] for piece in pieces) != self._phrase.removeprefix("^"):
            raise ValueError(f"{self._phrase!r} has a mark that is none of a phrase's")
        body = "".join(_pattern(piece, at, self._classes, self._slots) for at, piece in enumerate(pieces))
        lead = CLAUSE if self._phrase.startswith("^") else ""
        if lead and POLITE in self._classes:
            lead += rf"(?:(?:{any_of(self._classes[POLITE])})\s*)*"
        return re.compile(f"{lead}{BOUND}(?P<phrase>{body}){BOUND}")


def _longest_first(alternatives: re.Match[str]) -> str:
    return "|".join(sorted(alternatives[0].split("|"), key=len, reverse=True))


def _needed(phrase: str, classes: Classes) -> tuple[str, ...]:
    """Words one of which stands wherever the phrase does: the longest one outside brackets, else those of a choice.

    Empty where there are none.
    """
    always: list[str] = []
    choice: dict[str, tuple[str, ...]] = {}
    for part in CHOICES.finditer(phrase.removeprefix("^")):
        if part["choice"] is not None:
            words = [max(LITERAL.findall(each), key=len, default="") for each in part["choice"].split("|")]
            choice.setdefault("any", tuple(words) if all(words) else ())
        elif part["words"]:
            choice.setdefault("any", tuple(each.lower().replace(" ", "") for each in classes[part["words"]]))
        elif part["text"]:
            always.append(part["text"])
    needed = (max(always, key=len),) if always else choice.get("any", ())
    return tuple(each.lower().replace("’", "'") for each in needed)


def _found(match: re.Match[str]) -> Found:
    whole = Place(*match.span("phrase"))
    slots = {name: Place(*match.span(name)) for name in match.groupdict() if name != "phrase" and match[name]}
    parts, start = [], whole.start
    for each in sorted(slots.values()):
        parts.append(Place(start, each.start))
        start = each.end
    parts.append(Place(start, whole.end))
    named = {name: place for name, place in slots.items() if not name.startswith("gap")}
    return Found(whole, tuple(each for each in parts if each.start < each.end), named)


def _pattern(piece: re.Match[str], at: int, classes: Classes, slots: Mapping[str, str]) -> str:
    if piece["slot"]:
        return rf"\s?(?P<{piece['slot']}>{slots[piece['slot']]})\s?"
    if piece["words"]:
        return rf"\s?(?:{any_of(classes[piece['words']])})"
    if piece["mark"]:
        return MARKS[piece["mark"]]
    if piece["any"]:
        before, after = (GAP if piece[0].startswith(" ") else ""), (END if piece[0].endswith(" ") else "")
        return f"{before}(?P<gap{at}>{ANY}){after}"
    return GAP if piece["gap"] else _written(piece[0])


def _written(text: str) -> str:
    """The text in lower case, any space between Chinese characters."""
    return "".join(
        re.escape(each) if each.isascii() or not place else rf"\s?{re.escape(each)}"
        for place, each in enumerate(text.lower().replace("’", "'"))
    )

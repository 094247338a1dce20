"""A question as it is read: width, case, script and spaces made one, each character tied to where it stood."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from agent.understand.characters import has_han, simplified

PARTING = frozenset("。，、；：？！…·「」『』《》“”‘’()[].,;:?\"'")
# Marks that people type one for the other.
SAME = {**dict.fromkeys("’‘ʼ′`´", "'"), **dict.fromkeys("„‟″〝〞", '"'), **dict.fromkeys("‐‑−", "-")}
OVER = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"  # marks that are written over the character before them
ANY_OVER = re.compile(f"[{OVER}]")
LETTER = re.compile(f".[{OVER}]*", re.DOTALL)
PLAIN = re.compile(r"[A-Za-z0-9一-鿿]*|[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
PLAIN_LINES = re.compile(r"[A-Za-z0-9一-鿿\n ]*")
AT_ONCE = 500
SPACED_SCRIPTS_END = "\u0e00"  # scripts before this one part their words by spaces


@dataclass(frozen=True)
class Words:
    """Normalised text; `places` holds, for each of its characters and for its end, the place in `original`."""

    original: str
    text: str
    places: tuple[int, ...]

    def told(self, start: int, end: int) -> str:
        """What the asker wrote at these places of the normalised text."""
        if start >= end:
            return ""
        return self.original[self.places[start] : max(self.places[end], self.places[end - 1] + 1)].strip()


def read(question: str) -> Words:
    """Compatibility forms, lower case, simplified characters; control characters and runs of space as one space.

    Exclamation marks that end the question are spaces, joiners and marks of direction nothing, nor is a space beside a
    Chinese character.
    """
    ending = len(question.rstrip("!！ \t\n")) or len(question)
    text: list[str] = []
    places: list[int] = []
    for place, letter in _letters(question):
        for plain in _plain(letter):
            shown = " " if plain == "!" and place >= ending else plain
            if text and text[-1] == " " and has_han(shown):
                text.pop()
                places.pop()
            if shown != " " or (text and text[-1] != " " and not has_han(text[-1])):
                text.append(shown)
                places.append(place)
    return Words(question, "".join(text), (*places, len(question)))


def normal(surface: str) -> str:
    """A surface as questions have it after normalisation."""
    if PLAIN.fullmatch(surface):
        return surface.lower().translate(simplified())
    return read(surface).text.strip()


def packed(surface: str) -> str:
    """A surface's normal form without its spaces: what tells whether two are spelt alike."""
    return normal(surface).replace(" ", "")


def all_packed(surfaces: Iterable[str]) -> Iterator[str]:
    """The packed forms of many surfaces, in their order: several times as fast as one by one."""
    rest = iter(surfaces)
    while batch := list(islice(rest, AT_ONCE)):
        joined = "\n".join(batch)
        if PLAIN_LINES.fullmatch(joined) and joined.count("\n") == len(batch) - 1:
            yield from joined.lower().translate(simplified()).replace(" ", "").split("\n")
        else:
            yield from map(packed, batch)


def whole(text: str, start: int, end: int) -> bool:
    """Whether no word of letters and no number is cut at either end."""
    return not (_joined(text, start) or _joined(text, end))


def counts(character: str) -> bool:
    """Whether a character left out of a reading could matter: all but spaces and the marks that only part words."""
    return not character.isspace() and character not in PARTING


def _joined(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if before >= SPACED_SCRIPTS_END or after >= SPACED_SCRIPTS_END:
        return False
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())


def _letters(question: str) -> Iterable[tuple[int, str]]:
    """Each character with the marks over it, and its place."""
    if ANY_OVER.search(question) is None:
        return enumerate(question)
    return ((match.start(), match.group()) for match in LETTER.finditer(question))


@lru_cache(maxsize=20_000)
def _plain(letter: str) -> str:
    """What a character is read as: a space for what is empty or controls, nothing for what nobody sees."""
    return "".join(map(_shown, unicodedata.normalize("NFKC", SAME.get(letter, letter)).lower()))


def _shown(character: str) -> str:
    match unicodedata.category(character):
        case "Lo":
            return simplified().get(ord(character), character)
        case "Cc" | "Zs" | "Zl" | "Zp":
            return " "
        case "Cf":
            return ""
        case "Mn" if unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
            return ""
        case "Cs":
            return "\ufffd"  # half a character, which no output can carry
        case _:
            return SAME.get(character, character)


def replaced(question: str, told: str, phrase: str) -> str:
    """A question with a phrase in place of the words told, spaces around it where Latin letters would touch."""
    before, _, after = question.partition(told)
    left = " " if before[-1:].isascii() and before[-1:].isalnum() and phrase[:1].isascii() else ""
    right = " " if after[:1].isascii() and after[:1].isalnum() and phrase[-1:].isascii() else ""
    return f"{before}{left}{phrase}{right}{after}"

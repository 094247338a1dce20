"""A question as it is read: width, case and spaces made one, each character tied to where it stood."""

import unicodedata
from dataclasses import dataclass

PARTING = frozenset("。，、；：？！…·「」『』《》“”‘’()[].,;:?\"'")


@dataclass(frozen=True)
class Words:
    """Normalised text; `places` holds, for each of its characters and for its end, the place in `original`."""

    original: str
    text: str
    places: tuple[int, ...]

    def told(self, start: int, end: int) -> str:
        """What the asker wrote at these places of the normalised text."""
        return self.original[self.places[start] : self.places[end]].strip()


def read(question: str) -> Words:
    """Compatibility forms, lower case, control characters and runs of space as one space."""
    ends = {place for place in range(1, len(question) + 1) if not question[place : place + 1].strip("!！ \t\n")}
    text: list[str] = []
    places: list[int] = []
    for place, character in enumerate(question.replace("’", "'")):
        for plain in unicodedata.normalize("NFKC", character).lower():
            if unicodedata.category(plain) == "Cf":
                continue  # joiners and marks of direction, which nobody sees
            ending = plain == "!" and place + 1 in ends
            shown = " " if plain.isspace() or unicodedata.category(plain) == "Cc" or ending else plain
            if shown != " " or (text and text[-1] != " "):
                text.append(shown)
                places.append(place)
    return Words(question, "".join(text), (*places, len(question)))


def counts(character: str) -> bool:
    """Whether a character left out of a reading could matter: all but spaces and the marks that only part words."""
    return not character.isspace() and character not in PARTING

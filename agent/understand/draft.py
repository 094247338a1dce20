"""A plan in the making: each rule takes the mentions it can carry, and what no rule takes is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from agent.understand.mentions import Born, Deed, Filler, Meaning, Mention, People, Value, Word
from agent.understand.words import Words

M = TypeVar("M")
CLAUSE_ENDS = (Word("join"), Word("but"))


@dataclass
class Draft:
    """The mentions of one question in order, and which of them the plan carries by now.

    `follows` tells whether an answer stands before the question.
    """

    words: Words
    mentions: tuple[Mention, ...]
    follows: bool
    taken: set[int] = field(default_factory=set)

    def all(self, kind: type[M]) -> Iterator[tuple[int, M]]:
        """The mentions of a kind, with their places in the list."""
        for place, mention in enumerate(self.mentions):
            if isinstance(mention.meaning, kind):
                yield place, mention.meaning

    def left(self, kind: type[M]) -> Iterator[tuple[int, M]]:
        """Those of a kind that nothing carries yet."""
        return ((place, meaning) for place, meaning in self.all(kind) if place not in self.taken)

    def words_left(self, *kinds: str) -> Iterator[int]:
        """The places of closed-class words of these kinds that nothing carries yet."""
        return (place for place, word in self.left(Word) if word.kind in kinds)

    def has(self, *kinds: str) -> bool:
        """Whether a closed-class word of one of these kinds stands anywhere."""
        return any(word.kind in kinds for _, word in self.all(Word))

    def meaning(self, place: int) -> Meaning | None:
        """What stands at a place of the list; None past its ends."""
        return self.mentions[place].meaning if 0 <= place < len(self.mentions) else None

    def told(self, place: int) -> str:
        """What the asker wrote there."""
        return self.words.told(self.mentions[place].start, self.mentions[place].end)

    def between(self, place: int, other: int) -> str:
        """The normalised text between two mentions."""
        return self.words.text[self.mentions[place].end : self.mentions[other].start]

    def text_after(self, place: int) -> str:
        """The normalised text after a mention."""
        return self.words.text[self.mentions[place].end :].lstrip()

    def beside(self, place: int, step: int) -> int:
        """The nearest place before (-1) or after (1) that holds no filler."""
        place += step
        while isinstance(self.meaning(place), Filler):
            place += step
        return place

    def put(self, place: int, meaning: Meaning) -> None:
        """Read a mention as something else."""
        changed = self.mentions[place]._replace(meaning=meaning)
        self.mentions = (*self.mentions[:place], changed, *self.mentions[place + 1 :])

    def take(self, *places: int) -> None:
        """The plan carries these."""
        self.taken.update(places)

    def drop(self, *places: int) -> None:
        """The plan does not carry these after all."""
        self.taken.difference_update(places)

    def clause(self, place: int) -> int:
        """The number of the clause that a mention stands in; people told after what they did end a clause, too."""
        clauses, deed = 0, -1
        for at, each in enumerate(self.mentions[:place]):
            if isinstance(each.meaning, Deed):
                deed = at
            people = isinstance(each.meaning, People)
            people = people or (isinstance(each.meaning, Value | Born) and deed >= 0 and "的" in self.between(deed, at))
            clauses += each.meaning in CLAUSE_ENDS or (deed >= 0 and people)
        return clauses

    def mark(self, place: int) -> bool:
        """Whether it is written with marks alone: a comma, no word."""
        return not any(character.isalnum() for character in self.told(place))

    def unused(self) -> tuple[str, ...]:
        """The asker's words that the plan does not carry, fillers and parting marks aside."""
        return tuple(
            self.told(place)
            for place, mention in enumerate(self.mentions)
            if place not in self.taken
            and not isinstance(mention.meaning, Filler)
            and not (mention.meaning == Word("join") and self.mark(place))
        )

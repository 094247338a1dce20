"""A plan in the making: each rule takes the mentions it can carry, and what no rule takes is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from agent.understand.mentions import Filler, Meaning, Mention, Word
from agent.understand.words import Words

M = TypeVar("M")


@dataclass
class Draft:
    """The mentions of one question in order, and which of them the plan carries by now."""

    words: Words
    mentions: tuple[Mention, ...]
    taken: set[int] = field(default_factory=set)

    def left(self, kind: type[M]) -> Iterator[tuple[int, M]]:
        """The mentions of a kind that nothing carries yet, with their places in the list."""
        for place, mention in enumerate(self.mentions):
            if place not in self.taken and isinstance(mention.meaning, kind):
                yield place, mention.meaning

    def words_left(self, *kinds: str) -> Iterator[int]:
        """The places of closed-class words of these kinds that nothing carries yet."""
        return (place for place, word in self.left(Word) if word.kind in kinds)

    def has(self, *kinds: str) -> bool:
        """Whether a closed-class word of one of these kinds stands anywhere."""
        return any(isinstance(each.meaning, Word) and each.meaning.kind in kinds for each in self.mentions)

    def meaning(self, place: int) -> Meaning | None:
        """What stands at a place of the list; None past its ends."""
        return self.mentions[place].meaning if 0 <= place < len(self.mentions) else None

    def beside(self, place: int, step: int) -> int:
        """The nearest place before (-1) or after (1) that holds no filler."""
        place += step
        while isinstance(self.meaning(place), Filler):
            place += step
        return place

    def take(self, *places: int) -> None:
        """The plan carries these."""
        self.taken.update(places)

    def clause(self, place: int) -> int:
        """The number of the clause that a mention stands in."""
        return sum(isinstance(each.meaning, Word) and each.meaning.kind == "join" for each in self.mentions[:place])

    def unused(self) -> tuple[str, ...]:
        """The asker's words that the plan does not carry, fillers and joining words aside."""
        return tuple(
            self.words.told(mention.start, mention.end)
            for place, mention in enumerate(self.mentions)
            if place not in self.taken and not isinstance(mention.meaning, Filler) and mention.meaning != Word("join")
        )

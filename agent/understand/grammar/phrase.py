"""A question as a row of nodes, which rules join and take."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from agent.understand.closed_class import holds, surfaces
from agent.understand.grammar.node import Node, Part
from agent.understand.mentions import Word
from agent.understand.words import Words
from warehouse.model import Dimension, SemanticModel
from warehouse.query import Attribute
from warehouse.timepart import TIME_PARTS
from warehouse.warehouse import Reading

Kind = TypeVar("Kind")

CLAUSE_END = re.compile("[,;。?!]")


@dataclass
class Phrase:
    """The nodes of one reading of a question, in order; `taken` are those that the plan carries.

    `owned` are the metrics that people have: they are not asked for; `done_to` is what the customers of the question
    before did something to, and `follows` says that it is read as a change of that one.
    """

    words: Words
    reading: Reading
    nodes: list[Node]
    taken: set[Node] = field(default_factory=set)
    owned: set[Node] = field(default_factory=set)
    forks: dict[str, bool] = field(default_factory=dict)
    glosses: list[str] = field(default_factory=list)
    done_to: tuple[Attribute, ...] = ()
    follows: bool = False

    def fork(self, name: str) -> bool:
        """Which of two ways to read something is tried now; both are, one after the other."""
        return self.forks.setdefault(name, False)

    @property
    def model(self) -> SemanticModel:
        """The model asked."""
        return self.reading.model

    def part(self, place: int) -> Part | None:
        """What stands at a place; None past the ends."""
        return self.nodes[place].part if 0 <= place < len(self.nodes) else None

    def word(self, place: int, kind: str) -> str | None:
        """Which meaning of a kind of closed-class word stands at a place; None where there is no such word."""
        return self.nodes[place].word(kind) if 0 <= place < len(self.nodes) else None

    def light(self, place: int) -> bool:
        """Whether a word that changes nothing by itself stands at a place."""
        part = self.part(place)
        return isinstance(part, Word) and part.harmless

    def after(self, place: int, *, over: tuple[str, ...] = ()) -> int:
        """The next place that holds no word that changes nothing, nor one of these kinds."""
        place += 1
        while self.light(place) or any(self.word(place, kind) for kind in over):
            place += 1
        return place

    def before(self, place: int, *, over: tuple[str, ...] = ()) -> int:
        """The place before that holds no word that changes nothing, nor one of these kinds."""
        place -= 1
        while place >= 0 and (self.light(place) or any(self.word(place, kind) for kind in over)):
            place -= 1
        return place

    def told(self, place: int) -> str:
        """The normalised text of a node; none past the ends."""
        if not 0 <= place < len(self.nodes):
            return ""
        return self.words.text[self.nodes[place].start : self.nodes[place].end]

    def gap(self, first: int, second: int) -> str:
        """The normalised text between two nodes."""
        return self.words.text[self.nodes[first].end : self.nodes[second].start]

    def tied(self, first: int, second: int) -> bool:
        """Whether a word between two nodes ties them: 红的 before 车."""
        return holds("tie", self.gap(first, second))

    def clause_behind(self, place: int) -> str:
        """The normalised text behind a node up to the end of its clause."""
        return CLAUSE_END.split(self.words.text[self.nodes[place].end :])[0]

    def followed_by(self, kind: str, place: int) -> bool:
        """Whether a closed-class word of that kind stands right behind a node, be it a part of another."""
        return self.words.text[self.nodes[place].end :].startswith(surfaces(kind))

    def english(self, place: int) -> bool:
        """Whether a node is written in Latin letters."""
        return self.told(place).isascii()

    def join(self, first: int, last: int, part: Part) -> None:
        """Make one node of those from `first` through `last`."""
        self.nodes[first : last + 1] = [Node(self.nodes[first].start, self.nodes[last].end, part)]

    def put(self, place: int, part: Part) -> None:
        """Read a node as something else."""
        self.join(place, place, part)

    def take(self, *places: int) -> None:
        """The plan carries these."""
        self.taken.update(self.nodes[place] for place in places)

    def drop(self, *places: int) -> None:
        """The plan does not carry these after all."""
        self.taken.difference_update(self.nodes[place] for place in places)

    def of(self, kind: type[Kind]) -> Iterator[tuple[int, Kind]]:
        """The parts of a kind with their places, taken or not."""
        return ((place, node.part) for place, node in enumerate(self.nodes) if isinstance(node.part, kind))

    def left(self, kind: type[Kind]) -> Iterator[tuple[int, Kind]]:
        """The parts of a kind with their places that nothing took."""
        return ((place, part) for place, part in self.of(kind) if self.nodes[place] not in self.taken)

    def places(self, *kinds: str) -> list[int]:
        """Where closed-class words of these kinds stand that nothing took."""
        return [place for place, _ in self.left(Word) if any(self.word(place, kind) for kind in kinds)]

    def has(self, *kinds: str) -> bool:
        """Whether a closed-class word of one of these kinds stands anywhere."""
        return any(node.word(kind) for node in self.nodes for kind in kinds)

    def told_by(self, kind: str, place: int) -> bool:
        """Whether a node is told by nothing but a closed-class word of that kind."""
        return self.told(place) in surfaces(kind)

    def ends_with(self, kind: str, place: int) -> bool:
        """Whether a node is told by a name that ends with a closed-class word of that kind."""
        return self.told(place).endswith(surfaces(kind))

    def dimension(self, name: str) -> Dimension:
        """A dimension of the model, or a part of the time."""
        return TIME_PARTS[name] if name in TIME_PARTS else self.model.dimension(name)

    def about_people(self, name: str) -> bool:
        """Whether a dimension says something of a customer."""
        return self.reading.resolver.about_people(self.dimension(name))

    def unused(self) -> tuple[str, ...]:
        """The asker's words that the plan does not carry; those that change nothing aside."""
        return tuple(
            told
            for place, node in enumerate(self.nodes)
            if node not in self.taken and not self.light(place)
            for told in [self.words.told(node.start, node.end)]
            if told
        )


Rule = Callable[[Phrase, int], bool]


def everywhere(phrase: Phrase, rule: Rule) -> None:
    """Apply a rule at every place; where it joined nodes, again from the first that it may have joined."""
    place = 0
    while place < len(phrase.nodes):
        nodes = len(phrase.nodes)
        if not rule(phrase, place) or len(phrase.nodes) >= nodes:
            place += 1
        else:
            place = max(0, place - (nodes - len(phrase.nodes)))

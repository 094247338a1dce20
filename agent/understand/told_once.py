"""A word told once that a value's name ends with and a metric's begins with: the spend of search ads is ads spend."""

from collections.abc import Collection, Iterator, Sequence

from agent.understand.closed_class import surfaces
from agent.understand.mentions import Measure, Mention
from agent.understand.vocabulary import Vocabulary
from agent.understand.words import whole
from warehouse.warehouse import Reading

Stretch = tuple[int, int, Collection[str]]  # where a value stands, and the dimensions that it is of


class ToldOnce:
    """Finds the metrics that a value beside them gives their first word."""

    def __init__(self, vocabulary: Vocabulary, reading: Reading) -> None:
        self._vocabulary = vocabulary
        self._reading = reading

    def read(self, text: str, known: Sequence[Mention], values: Sequence[Stretch]) -> list[Mention]:
        """What is known, each such metric as the longer one, and no longer one that would cut the value's name."""
        found = list(known)
        for mention in known:
            for start, end, homes in values:
                if isinstance(mention.meaning, Measure) and _follows(text, end, mention):
                    found = self._settled(text, found, mention, (start, end, homes))
        return found

    def _settled(self, text: str, known: list[Mention], mention: Mention, value: Stretch) -> list[Mention]:
        start, end, homes = value
        for place in range(start + 1, end):
            longer = self._longer(text, (place, end), mention)
            if not longer or (mention.meaning not in longer and not self._tells_apart(mention, longer[0], homes)):
                continue
            meant = mention if mention.meaning in longer else mention._replace(meaning=longer[0])
            cut = (each for each in known if not (start < each.start < end <= mention.start < each.end == mention.end))
            return [meant if each == mention else each for each in cut]
        return known

    def _longer(self, text: str, tail: tuple[int, int], mention: Mention) -> list[Measure]:
        """What the end of a value's name and a metric's name mean together."""
        if not whole(text, tail[0], mention.end):
            return []
        space = " " if text[mention.start : mention.end].isascii() and text[tail[0] : tail[1]].isascii() else ""
        name = text[slice(*tail)] + space + text[mention.start : mention.end]
        return [each for each in self._vocabulary.means(name) if isinstance(each, Measure)]

    def _tells_apart(self, mention: Mention, longer: Measure, homes: Collection[str]) -> bool:
        """Whether the value is of what the longer name counts, and not of what the shorter one does."""
        return bool(set(self._tied(longer, homes)) - set(self._tied(mention.meaning, homes)))

    def _tied(self, measure: object, homes: Collection[str]) -> Iterator[str]:
        model, resolver = self._reading.model, self._reading.resolver
        for name in homes:
            if isinstance(measure, Measure) and resolver.tied([model.metric(measure.metric)], model.dimension(name)):
                yield name


def _follows(text: str, end: int, mention: Mention) -> bool:
    """Whether a metric stands right behind, a word that ties it at most between them."""
    return end <= mention.start and text[end : mention.start].strip() in {"", *surfaces("tie")}

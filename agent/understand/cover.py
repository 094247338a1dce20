"""Choosing the mentions that explain a question at least cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from agent.understand.mentions import Filler, Mention
from agent.understand.words import Words, counts

UNREAD = 10.0
UNREAD_MARK = 0.01
MENTION = 1.0
FILLER = 1.25


@dataclass(frozen=True)
class Cover:
    """The stretches chosen, in order, each with all it may mean, and the asker's words that none explains."""

    stretches: tuple[tuple[Mention, ...], ...]
    unread: tuple[str, ...]

    def readings(self) -> Iterator[tuple[Mention, ...]]:
        """Every way to take each stretch for one of its meanings."""
        return product(*self.stretches)


def cover(words: Words, mentions: Iterable[Mention]) -> Cover:
    """The cheapest reading: a character left out costs most, then many small mentions for one large."""
    starting: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        starting[mention.start].append(mention)
    size = len(words.text)
    costs = [0.0] * (size + 1)
    steps: list[Mention | None] = [None] * size
    for place in range(size - 1, -1, -1):
        costs[place] = costs[place + 1] + (UNREAD if counts(words.text[place]) else UNREAD_MARK)
        for mention in starting[place]:
            cost = costs[mention.end] + _cost(words, mention)
            if cost <= costs[place]:  # of equal ones the longest
                costs[place], steps[place] = cost, mention
    chosen, unread = _walk(words, steps)
    stretches = (tuple(dict.fromkeys((each, *_rivals(each, starting[each.start])))) for each in chosen)
    return Cover(tuple(stretches), tuple(unread))


def _cost(words: Words, mention: Mention) -> float:
    """A mark that means something is worth reading; of words, one that matters before one that does not."""
    if not any(map(counts, words.text[mention.start : mention.end])):
        return 0.0
    return FILLER if isinstance(mention.meaning, Filler) else MENTION


def _rivals(chosen: Mention, others: Iterable[Mention]) -> list[Mention]:
    """What else the stretch may mean; a filler is no rival, nor has it one."""
    return [
        other
        for other in others
        if other.end == chosen.end and not isinstance(other.meaning, Filler) and not isinstance(chosen.meaning, Filler)
    ]


def _walk(words: Words, steps: list[Mention | None]) -> tuple[list[Mention], list[str]]:
    chosen: list[Mention] = []
    unread: list[str] = []
    place, begun = 0, None
    while place < len(steps):
        mention = steps[place]
        if mention is None and counts(words.text[place]) and begun is None:
            begun = place
        if begun is not None and (mention is not None or words.text[place] == " "):
            unread.append(words.told(begun, place))
            begun = None
        if mention is not None:
            chosen.append(mention)
        place = place + 1 if mention is None else mention.end
    if begun is not None:
        unread.append(words.told(begun, len(steps)))
    return chosen, unread

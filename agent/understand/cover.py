"""Choosing the mentions that explain a question at least cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from agent.understand.mentions import Measure, Member, Mention, Unknown, Vague, Word
from agent.understand.words import Words, counts

UNREAD = 10.0
UNREAD_MARK = 0.01
MENTION = 1.0
HARMLESS = 1.25
SAME = 1e-9  # sums of floats that differ by less are one cost
LONGER = 1e-6  # of as many mentions, those with the longest one: 按+日期类型 before 按日期+类型
MOST_READINGS = 24
LONGEST_RUN = 12
LISTING = ("list", "export")


@dataclass(frozen=True)
class Cover:
    """The stretches chosen, in order, each with all it may mean; what none explains is one of its own, unknown."""

    stretches: tuple[tuple[Mention, ...], ...]

    def readings(self) -> Iterator[tuple[Mention, ...]]:
        """Every way to take each stretch for one of its meanings, a bounded number of them."""
        stretches: list[Sequence[Mention]] = list(self.stretches)
        while prod(map(len, stretches)) > MOST_READINGS:
            widest = max(range(len(stretches)), key=lambda place: len(stretches[place]))
            stretches[widest] = stretches[widest][:-1]
        return product(*stretches)

    def likelier(self) -> "Cover":
        """The same, but that what may be a metric and people of a kind is the likelier: active users are counted.

        Where it is asked who they are, or for a list, or somebody belongs to them, they are the people.
        """
        listed = any(_is_word(each, *LISTING) for each in self.stretches)
        asked, kept = False, []
        for at, each in enumerate(self.stretches):
            belongs = at > 0 and _is_word(self.stretches[at - 1], "belonging")
            out = Measure if listed or asked or belongs else Member
            kept.append(tuple(mention for mention in each if not _is_other(mention, each, out)))
            asked = asked or _is_word(each, "who")
        return Cover(tuple(kept))

    @property
    def unknown(self) -> tuple[Mention, ...]:
        """The stretches that nothing explains."""
        return tuple(each[0] for each in self.stretches if isinstance(each[0].meaning, Unknown))


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
            cost = costs[mention.end] + _cost(words, mention) - LONGER * (mention.end - mention.start) ** 2
            step = steps[place]
            as_cheap = abs(cost - costs[place]) < SAME
            if (cost < costs[place] and not as_cheap) or (as_cheap and _goes_first(mention, step)):
                costs[place], steps[place] = cost, mention
    return Cover(tuple(_without_runs(_walk(words, steps, starting))))


def _goes_first(mention: Mention, step: Mention | None) -> bool:
    """Whether, of two as cheap, it is a name before a closed-class word, else the shorter: 大区+分, not 大+区分."""
    if step is None or step.end == mention.end:
        return step is None
    closed, other = isinstance(mention.meaning, Word), isinstance(step.meaning, Word)
    return mention.end < step.end if closed == other else other


def _without_runs(stretches: Iterator[tuple[Mention, ...]]) -> Iterator[tuple[Mention, ...]]:
    """The stretches without the end of a long run of words that change nothing."""
    run = 0
    for each in stretches:
        meaning = each[0].meaning
        run = run + 1 if isinstance(meaning, Word) and meaning.harmless else 0
        if run <= LONGEST_RUN:
            yield each


def _cost(words: Words, mention: Mention) -> float:
    """A mark that means something is worth reading; what is clear before what is not, or changes nothing."""
    if not any(map(counts, words.text[mention.start : mention.end])):
        return 0.0
    if isinstance(mention.meaning, Vague):
        return HARMLESS
    return HARMLESS if _changes_nothing(mention) else MENTION


def _is_word(stretch: Sequence[Mention], *kinds: str) -> bool:
    meaning = stretch[0].meaning
    return isinstance(meaning, Word) and any(meaning.get(kind) for kind in kinds)


def _is_other(mention: Mention, stretch: Sequence[Mention], kind: type[Measure | Member]) -> bool:
    """Whether a mention is of that kind, in a stretch that may be a metric and people."""
    kinds = {type(each.meaning) for each in stretch}
    return isinstance(mention.meaning, kind) and {Measure, Member} <= kinds


def _changes_nothing(mention: Mention) -> bool:
    return isinstance(mention.meaning, Word) and mention.meaning.harmless


def _walk(
    words: Words, steps: Sequence[Mention | None], starting: defaultdict[int, list[Mention]]
) -> Iterator[tuple[Mention, ...]]:
    place, begun = 0, None
    while place <= len(steps):
        mention = steps[place] if place < len(steps) else None
        ended = place == len(steps) or mention is not None or words.text[place] == " "
        if begun is not None and ended:
            yield (Mention(begun, place, Unknown(words.text[begun:place])),)
            begun = None
        if mention is not None:
            same = (each for each in starting[place] if each.end == mention.end)
            yield tuple(dict.fromkeys(sorted(same, key=_changes_nothing)))
        elif place < len(steps) and counts(words.text[place]) and begun is None:
            begun = place
        place = place + 1 if mention is None else mention.end

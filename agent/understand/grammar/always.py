"""What is told of all that somebody did, which no condition on some of it says: bought only this, every month."""

from collections.abc import Iterator

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bucketed, Choice, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, People, When
from agent.understand.quantities import Quantity


def nothing_else(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A word for "only" before something done, or what it was done to: 只买过红, only bought red; not 只下过一单."""
    told = range(len(phrase.nodes)) if frame.where else ()
    yield from (place for place in told if phrase.word(place, "only") == "alone" and _of_deed(phrase, place))


def _of_deed(phrase: Phrase, place: int) -> bool:
    """Whether a word belongs to something done whose times are not told."""
    for at in range(place + 1, len(phrase.nodes)):
        part = phrase.part(at)
        if isinstance(part, Quantity | People | Shown) or phrase.word(at, "who") or phrase.word(at, "comma"):
            return False
        if isinstance(part, Deed):
            return not isinstance(phrase.part(phrase.after(at, over=("aux",))), Quantity)
        if isinstance(part, Test | Choice | When) and isinstance(phrase.part(phrase.before(place)), Deed):
            return True
    return False


def every_time(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Lengths of time in each of which people did something, or a metric was within bounds: 每月都来的客户.

    Where somebody asks how many people did it, each month's number is the answer.
    """
    bounded = bool(frame.bounds) and phrase.has("all_of")
    if not bounded and (frame.counted or not (frame.customers or frame.people)):
        return
    for place, bucket in phrase.of(Bucketed):
        english = phrase.english(place) and any(isinstance(node.part, Deed) for node in phrase.nodes[:place])
        english = english and not (frame.measures and phrase.word(place - 1, "comma"))
        if not bucket.which and (bounded or phrase.word(place + 1, "all_of") or english):
            yield place


def running_of_one(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A running total over buckets that no rule made one: 累计日活."""
    if frame.people or not (frame.grain or frame.trend or frame.implied):
        return
    yield from (place for place in range(len(phrase.nodes)) if phrase.word(place, "running"))

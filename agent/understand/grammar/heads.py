"""What is put in order, where several things could be: customers, the groups of a cut, lengths of time."""

from collections.abc import Iterator

from agent.understand.closed_class import holds
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bucketed, Cut, Ranking, Sorting
from agent.understand.grammar.persons import person_like
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Dimension, People


def ranks_customers(phrase: Phrase, frame: Frame) -> bool:
    """Whether customers are put in order: 里程最高的3个客户, which customer, who; not 平台是谁, the most customers."""
    if frame.ranking is None and frame.sorting is None:
        return False
    for place in range(len(phrase.nodes)):
        before = phrase.before(place)
        if isinstance(phrase.part(place), People):
            counted = phrase.english(place) and phrase.told_by("most", before)
            ordered = isinstance(phrase.part(before), Ranking | Sorting) and not counted
            if ordered or phrase.word(before, "which"):
                return True
        elif _person(phrase, place, before) or _asked_for(phrase, place, before):
            return True
    return not (frame.by or frame.grain or frame.trend) and frame.customers


def _asked_for(phrase: Phrase, place: int, before: int) -> bool:
    return phrase.word(place, "who") is not None and not isinstance(phrase.part(before), People | Dimension | Cut)


def _person(phrase: Phrase, place: int, before: int) -> bool:
    """Whether people are told by what they are, and nothing of theirs behind: the 10 women, 里程最多的10个女性."""
    alone = not isinstance(phrase.part(phrase.after(place)), Dimension | Cut)
    return isinstance(phrase.part(before), Ranking) and person_like(phrase, place) and alone


def unplaced(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A ranking within each length of time, or of customers beside a cut that is not told to be each one's."""
    cut = bool(frame.by) or frame.heads
    for place, ranking in phrase.of(Ranking):
        buckets = [part for _, part in phrase.of(Bucketed) if not part.which]
        within = any(cut or ranking.of not in {None, part.grain} for part in buckets)
        if (within and not _of_rows(phrase, place)) or (frame.heads and frame.by and frame.each is None):
            yield place


def _of_rows(phrase: Phrase, place: int) -> bool:
    """Whether the first so many are of all rows, of which the order was told: 按月，按平台，按里程从高到低，前3名."""
    told = [phrase.told(at) for at, part in phrase.of(Bucketed) if not part.which]
    apart = all(holds("by", each) and not holds("each", each) for each in told)
    at = phrase.before(place, over=("comma",))
    at = phrase.before(at, over=("comma",)) if isinstance(phrase.part(at), Cut) else at
    order = phrase.part(at)
    return apart and isinstance(order, Sorting) and order.by is not None

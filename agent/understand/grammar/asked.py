"""Which metrics are asked for and which describe people, and what stands within brackets."""

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Shown
from agent.understand.grammar.objects import closing
from agent.understand.grammar.phrase import Phrase


def bracketed(phrase: Phrase, place: int) -> bool:
    """Whether it stands within brackets that the plan carries."""
    opened = [at for at in range(place) if phrase.word(at, "open") and closing(phrase, at) > place]
    return any(phrase.nodes[at] in phrase.taken for at in opened)


def of_totals(phrase: Phrase, place: int) -> bool:
    """Whether people are told by a total that they have: users who had at least 3 orders."""
    total = next((at for at in range(place, len(phrase.nodes)) if isinstance(phrase.part(at), Shown)), None)
    told = phrase.word(place + 1, "who") is not None or phrase.word(place + 1, "whose") is not None
    return told and total is not None and phrase.nodes[total] in phrase.owned


def asked(phrase: Phrase) -> list[int]:
    """Where metrics stand that are asked for, not told with bounds that people must meet."""
    return [
        place
        for place, _ in phrase.of(Shown)
        if not _is_share(phrase, place) and phrase.nodes[place] not in phrase.owned
    ]


def _is_share(phrase: Phrase, place: int) -> bool:
    """Whether a metric stands for a word that asks for the share of another one."""
    return phrase.told_by("share", place)


def bounded(phrase: Phrase, frame: Frame, place: int) -> bool:
    """Whether a metric was told with bounds on the finished groups."""
    shown = phrase.part(place)
    return isinstance(shown, Shown) and any(each.measure == shown.measure for each in frame.bounds)

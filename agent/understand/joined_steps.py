"""Which tool a question names by things done one after another: 浏览到支付的转化 is a funnel of the two."""

from collections.abc import Iterator, Sequence
from functools import cache

from agent.understand.mentions import Deed, Mention, Word
from agent.understand.tool_cues import Cue
from tools.registry import TOOLS
from warehouse.lexicon.phrases import Pattern, Place


def find(text: str, mentions: Sequence[Mention], names: Sequence[tuple[int, int]]) -> Cue | None:
    """The phrase beside what was done from one step to another, unless all of it is a name of the model."""
    steps = list(_joined(text, mentions))
    for tool, phrases in _phrases():
        for place in sorted(each.place for each in phrases.find(text)) if steps else ():
            for run in steps:
                led = run.start in _behind(text, mentions, place.end, "at")
                tied = place.start in _behind(text, mentions, run.end, "tie")
                whole = Place(min(run.start, place.start), max(run.end, place.end))
                if (led or tied) and not whole.within([Place(*each) for each in names]):
                    return Cue(*place, tool)
    return None


def _joined(text: str, mentions: Sequence[Mention]) -> Iterator[Place]:
    """From where a thing done begins to where the next one ends, with a word that leads to it between."""
    done = [each for each in mentions if isinstance(each.meaning, Deed) and not each.meaning.negated]
    for first in done:
        after = _behind(text, mentions, first.end, "onward")[1:]
        yield from (Place(first.start, then.end) for then in done if then.start in after)


def _behind(text: str, mentions: Sequence[Mention], at: int, kind: str) -> list[int]:
    """The place, and those behind a word of that kind that stands there."""
    at = _past_spaces(text, at)
    words = [each for each in mentions if each.start == at and isinstance(each.meaning, Word)]
    ends = [each.end for each in words if isinstance(each.meaning, Word) and each.meaning.get(kind)]
    return [at, *(_past_spaces(text, each) for each in ends)]


def _past_spaces(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


@cache
def _phrases() -> tuple[tuple[str, Pattern], ...]:
    return tuple((each.name, Pattern(each.asked.of_steps.all)) for each in TOOLS)

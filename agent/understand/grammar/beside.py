"""What is set side by side without being cut: two metrics, and the months that a range is split into."""

from agent.understand.grammar.node import Bucketed, Comparing, Contrast, Nobody, Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import When, Word
from warehouse.period import Part, Range

LISTED = Word((("pause", None),))
SPLITS = ("split", "spread", "by")


def metrics(phrase: Phrase, place: int) -> bool:
    """Metrics compared, which are shown together: 里程和趟数对比, revenue vs profit."""
    kind = phrase.word(place, "than")
    if kind not in {"alone", "pair"} or any(isinstance(node.part, Comparing | Contrast) for node in phrase.nodes):
        return False
    before, after = phrase.before(place), phrase.after(place, over=("at",))
    if isinstance(phrase.part(before), Shown) and isinstance(phrase.part(after), Shown):
        phrase.put(place, LISTED)
        return True
    several = len({part.measure for _, part in phrase.of(Shown)}) > 1
    base = any(isinstance(phrase.part(at), When) for at in (before, after)) and before >= 0
    if kind != "alone" or not several or base:
        return False
    phrase.put(place, Nobody())
    phrase.take(place)
    return True


def split_range(phrase: Phrase, place: int) -> bool:
    """A range of units of time that numbers are split between: revenue split between May and June."""
    when = phrase.part(phrase.after(place))
    if not any(phrase.word(place, kind) for kind in SPLITS) or not isinstance(when, When):
        return False
    span = when.period
    if not isinstance(span, Range) or not isinstance(span.first, Part) or not isinstance(span.last, Part):
        return False
    unit = span.first.unit
    if unit != span.last.unit or unit == "half" or phrase.light(place):
        return False
    phrase.put(place, Bucketed(unit))
    return True

"""Comparisons: 环比, year on year, 比上个月, 红和蓝对比."""

from typing import Literal, cast

from agent.understand.grammar.node import Choice, Comparing, Contrast, Cut, Further, Node, Ranking, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.loose import Before, Same
from agent.understand.mentions import Loosely, People, When
from warehouse.period import Period, Relative
from warehouse.query import Against, Filter, Group

TWO = 2
Column = Literal["before", "difference", "growth"]
LINKS = ("and", "than", "pause", "at")
BETWEEN = ("came_to", "gap", "aux")  # of a group and what it has more of: did Douyin bring in more revenue than Tmall


def against(phrase: Phrase, place: int) -> bool:
    """A comparison that names its kind: 环比, 同比, MoM, 和去年同期比."""
    if kind := phrase.word(place, "against"):
        first = _lead(phrase, place)
        phrase.join(first, _tail(phrase, place), Comparing(Against(period=cast("Period", kind))))
        return True
    if _is_last(phrase, place):
        phrase.join(_lead(phrase, place), place, Comparing(Against(period="previous")))
        return True
    part = phrase.part(place)
    if not isinstance(part, Loosely) or not isinstance(part.loose, Before | Same):
        return False
    compared = phrase.has("than", "growth", "gap")
    if not compared or (isinstance(part.loose, Same) and part.loose.back != 1):
        return False
    yearly = part.loose.unit == "year" and not (isinstance(part.loose, Before) and part.loose.n > 1)
    kind = "year_earlier" if yearly else "previous"
    beside = None if yearly else part.loose
    phrase.join(_lead(phrase, place), _tail(phrase, place), Comparing(Against(period=cast("Period", kind)), beside))
    return True


def _is_last(phrase: Phrase, place: int) -> bool:
    """Whether the unit before the one told stands there, by no name of its own: this quarter vs last."""
    now = any(
        isinstance(when.period, Relative) and when.period.offset == 0 for at, when in phrase.of(When) if at < place
    )
    return now and phrase.word(place, "the_last") is not None and phrase.word(phrase.before(place), "than") is not None


def paired(phrase: Phrase, place: int) -> bool:
    """Two periods told side by side where a word compares: 5月和4月的里程对比, May and April compared."""
    when, joint = phrase.part(place), phrase.before(place)
    first = phrase.part(phrase.before(joint))
    joined = phrase.word(joint, "and") or phrase.word(joint, "pause")
    if not (isinstance(when, When) and isinstance(first, When) and joined and _compared(phrase, place)):
        return False
    if when.period == first.period or any(True for _ in phrase.of(Comparing)):
        return False
    phrase.join(joint, _tail(phrase, place), Comparing(Against(period=when.period)))
    return True


def glossed(phrase: Phrase, place: int) -> bool:
    """The days in brackets behind a comparison only say which days are compared with."""
    days = (
        isinstance(phrase.part(place + 2), When) and phrase.word(place + 1, "open") and phrase.word(place + 3, "close")
    )
    if not isinstance(phrase.part(place), Comparing) or not days:
        return False
    phrase.join(place, place + 3, phrase.nodes[place].part)
    return True


def base(phrase: Phrase, place: int) -> bool:
    """A period compared with: 比上个月, compared with last month, 和去年12月相比, 5月和4月对比."""
    when = phrase.part(place)
    if not isinstance(when, When) or not phrase.has("than", "growth"):
        return False
    if any(other.period == when.period for at, other in phrase.of(When) if at != place):
        return False
    if _leads(phrase, phrase.before(place)) and any(True for _ in phrase.of(Comparing)):
        return False
    before, after = phrase.before(place), phrase.after(place)
    leading = phrase.word(before, "than") and _is_base(phrase, before)
    compared = any(phrase.word(at, "comparing") for at in range(place)) and phrase.told(place - 1) in {"with", "to"}
    leading = leading or (compared and _second(phrase, place))
    trailing = phrase.word(after, "than") and (phrase.word(before, "and") or _second(phrase, place))
    if leading or trailing:
        first = _lead(phrase, place)
        phrase.join(first, _tail(phrase, place), Comparing(Against(period=when.period)))
        return True
    return False


def _leads(phrase: Phrase, place: int) -> bool:
    """Whether a word that begins what is compared stands there: compare, 对比."""
    first = phrase.word(place, "comparing_first") and phrase.before(place) < 0
    return bool(phrase.word(place, "comparing") or first)


def _is_base(phrase: Phrase, place: int) -> bool:
    """Whether the word before a period compares with it; English from and over do so only of a change."""
    later = any(isinstance(node.part, When | Comparing) for node in phrase.nodes[place + 2 :])
    beside = phrase.part(phrase.before(place))
    if isinstance(beside, Choice) and len(beside.values) > 1 and sum(1 for _ in phrase.of(When)) == 1:
        return False  # of two groups in one time: 红和蓝对比上个月的里程
    if _leads(phrase, place) and later:
        return False
    return not phrase.word(place, "of_change") or phrase.has("growth", "gap")


def _second(phrase: Phrase, place: int) -> bool:
    return any(isinstance(phrase.part(at), When) for at in range(place))


def _lead(phrase: Phrase, place: int) -> int:
    """Where the words that lead to a period compared with begin: 跟, 和, compared with, compare … to."""
    before = phrase.before(place)
    if phrase.told(before) in {"with", "to"} and any(_leads(phrase, at) for at in range(before)):
        return before
    while (
        before >= 0
        and any(phrase.word(before, kind) for kind in ("than", "and"))
        and not isinstance(phrase.part(before - 1), Choice)
    ):
        place, before = before, phrase.before(before)
    return place


def _tail(phrase: Phrase, place: int) -> int:
    after = phrase.after(place)
    return after if phrase.word(after, "than") else place


def columns(phrase: Phrase, place: int) -> bool:
    """A column that a comparison adds, to order or bound by: 按里程差值从高到低."""
    shown, before = phrase.part(place), phrase.before(place)
    if not isinstance(shown, Shown) or not any(isinstance(node.part, Comparing | Contrast) for node in phrase.nodes):
        return False
    leading = phrase.word(before, "compared_period") is not None
    asked = phrase.before(before) if leading else before
    if not (phrase.word(asked, "by") or phrase.word(asked, "only") or isinstance(phrase.part(asked), Ranking)):
        return False
    bracketed = phrase.word(place + 1, "open") and phrase.word(place + 2, "compared_period")
    names = {"growth": phrase.word(place + 1, "growth_rate"), "difference": phrase.word(place + 1, "difference")}
    name = "before" if leading or bracketed else next((each for each, told in names.items() if told), None)
    if name is None:
        return False
    last = place + 3 if bracketed else place if leading else place + 1
    phrase.join(before if leading else place, last, Further(shown.measure, cast("Column", name)))
    return True


def contrasts(phrase: Phrase, place: int) -> bool:
    """Two groups compared: 红和蓝对比, 周末的日均里程比工作日, Tmall versus JD."""
    first = phrase.part(place)
    if not isinstance(first, Choice):
        return False
    if len(first.values) == TWO and first.link in {"and", "listed"} and _compared(phrase, place):
        phrase.put(place, Contrast(first.dimension, *first.values))
        return True
    if len(first.values) > TWO and first.link in {"and", "listed"} and _set_beside(phrase, place):
        return _several(phrase, place)
    at = phrase.after(place, over=BETWEEN)
    between = [at] if isinstance(phrase.part(at), Shown | People) else []
    at = phrase.after(at, over=BETWEEN) if between else phrase.after(place)
    if not phrase.word(at, "than"):
        return False
    then = phrase.after(at)
    second = phrase.part(then)
    if (
        not isinstance(second, Choice)
        or second.dimension != first.dimension
        or len(first.values) + len(second.values) > TWO
    ):
        return False
    if phrase.word(phrase.after(then), "than") and isinstance(phrase.part(phrase.after(phrase.after(then))), Choice):
        return _several(phrase, place)
    contrast = Contrast(first.dimension, first.values[0], second.values[0])
    if not between:
        phrase.join(place, then, contrast)
        return True
    phrase.join(at, then, contrast)
    phrase.nodes[place : place + 1] = []
    return True


def _several(phrase: Phrase, place: int) -> bool:
    """More than two groups compared, which are told one after the other: Shanghai vs Beijing vs Guangzhou."""
    values: list[str] = []
    at, last, dimension = place, place, ""
    while isinstance(choice := phrase.part(at), Choice) and choice.dimension in {
        dimension,
        dimension or choice.dimension,
    }:
        values += [each for each in choice.values if each not in values]
        last, dimension, joint = at, choice.dimension, phrase.after(at)
        at = phrase.after(joint) if phrase.word(joint, "than") else -1
    phrase.join(place, last, Cut((Group(dimension=dimension),)))
    start, end = phrase.nodes[place].start, phrase.nodes[place].end
    phrase.nodes.insert(place, Node(start, end, Test(Filter(dimension=dimension, values=tuple(values)))))
    return True


def _set_beside(phrase: Phrase, place: int) -> bool:
    """Whether a word sets side by side what is told, before it or behind it."""
    others = [at for at in range(len(phrase.nodes)) if at != place]
    return any(phrase.word(at, "than") == "alone" for at in others)


def _compared(phrase: Phrase, place: int) -> bool:
    """Whether a word asks to compare: than, which is higher."""
    others = [at for at in range(len(phrase.nodes)) if at != place]
    return any(
        (phrase.word(at, "than") and not phrase.word(at, "of_change")) or phrase.word(at, "gap") for at in others
    )

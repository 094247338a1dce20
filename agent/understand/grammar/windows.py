"""When things were done, where several times are told for one of them, or one stands for another told before."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, cast

from agent.understand.grammar.node import Bucketed, Node
from agent.understand.grammar.phrase import Phrase
from agent.understand.loose import Then
from agent.understand.mentions import Deed, Dimension, Loosely, Measure, Unknown, When, Whens
from agent.understand.readers import SIMPLE, unit_told
from warehouse.days import Bucket
from warehouse.period import TODAY, Open, Period, Range

LINKS = ("pause", "and", "or")
BUCKETS = frozenset({"day", "week", "month", "quarter", "year"})
COMPARES = ("than", "gap", "growth", "against", "comparing", "comparing_first")
SMALL = ("at", "all_of", "again", "also", "aux")  # between a time and what was done
Way = Literal["each", "any", "unclear"]


def several(phrase: Phrase, place: int) -> bool:
    """Several periods of one thing done: 5月和6月都没买, bought in May or June, in both May and June."""
    if not isinstance(phrase.part(place), When):
        return False
    periods, last, links = _listed(phrase, place)
    if len(periods) < 2 or len(links) != 1:
        return False
    one = _of_one_english if phrase.english(place) else _of_one_chinese
    link = one(phrase, place, last, "or" in links)
    if link is None:
        return False
    if link == "unclear":
        phrase.join(place, last, Unknown(phrase.told(place)))
        return True
    both = phrase.before(place, over=("at",))
    if phrase.english(place) and phrase.word(both, "all_of"):
        phrase.take(both)
    phrase.join(place, last, Whens(tuple(periods), link))
    return True


def each_by_itself(phrase: Phrase, place: int) -> bool:
    """Units of time that follow one another: 5月和6月的里程分别多少 is by month; else both are tried."""
    if not isinstance(phrase.part(place), When) or phrase.has(*COMPARES) or _of_before(phrase, place):
        return False
    periods, last, links = _listed(phrase, place)
    measured = any(True for _ in phrase.of(Measure))
    simple = [each for each in periods if isinstance(each, SIMPLE)]
    if not 1 < len(simple) == len(periods) or links != {"and"} or not measured:
        return False
    units = {unit_told(each) for each in simple}
    days = {each: each.resolve(phrase.reading.as_of, phrase.model.calendar) for each in simple}
    told = sorted(simple, key=lambda each: days[each].start)
    joined = all((days[after].start - days[before].end).days == 1 for before, after in pairwise(told))
    unit = units.pop()
    if units or unit not in BUCKETS or not joined:
        return False
    first, final = told[0], told[-1]
    whole = Open(side="since", of=first) if final == TODAY else Range(first=first, last=final)
    start, end = phrase.nodes[place].start, phrase.nodes[last].end
    own = any(phrase.word(at, "each_own") and not isinstance(part, Dimension) for at, part in _followed(phrase))
    alone = own or (not phrase.has("total") and phrase.fork("each time by itself"))
    cut = [Node(end, end, Bucketed(cast("Bucket", unit)))] if alone else []
    phrase.nodes[place : last + 1] = [Node(start, end, When(whole)), *cut]
    return True


def _of_before(phrase: Phrase, place: int) -> bool:
    """Whether a Chinese time is that of what was done before it: 首次下单在去年、今年…."""
    at = phrase.before(place)
    if phrase.word(at, "at") is None or phrase.english(place):
        return False
    clause = (part for each, part in phrase.of(Deed) if each < at and not _parted(phrase, each, at))
    return any(True for _ in clause)


def _parted(phrase: Phrase, first: int, last: int) -> bool:
    """Whether another clause begins between two places."""
    return any(phrase.word(at, kind) for at in range(first, last) for kind in (*LINKS, "comma"))


def _followed(phrase: Phrase) -> Iterator[tuple[int, object]]:
    """Every place with what stands behind it."""
    return ((at, phrase.part(phrase.after(at))) for at in range(len(phrase.nodes)))


def _listed(phrase: Phrase, place: int) -> tuple[list[Period], int, set[str]]:
    """The periods in a row, where the last stands, and the kinds of the words between them."""
    periods: list[Period] = []
    links: set[str] = set()
    last = at = place
    while isinstance(when := phrase.part(at), When):
        periods, last = [*periods, when.period], at
        link = next((kind for kind in LINKS if phrase.word(at + 1, kind)), None)
        at = phrase.after(at + 1, over=("at",))
        if link is None or not isinstance(phrase.part(at), When):
            break
        links.add("or" if link == "or" else "and")
    return list(dict.fromkeys(periods)), last, links


def _of_one_english(phrase: Phrase, first: int, _last: int, either: bool) -> Way | None:
    """How one thing done just before has all of the periods; None where they are told of something else."""
    before = phrase.before(first, over=("at",))
    if phrase.word(before, "all_of"):
        return "unclear" if either else "each"
    denied = phrase.word(before, "negation") is not None or phrase.told(before) == "but not"
    done = next((at for at in range(before, -1, -1) if isinstance(phrase.part(at), Deed | Measure)), None)
    if not either or done is None or isinstance(phrase.part(done), Measure):
        return None
    if any(phrase.word(at, "comma") for at in range(done, first)) and not denied:
        return None
    return "each" if denied or _denied(phrase, done) else "any"


def _of_one_chinese(phrase: Phrase, _first: int, last: int, either: bool) -> Way | None:
    """How one thing done just after has all of the periods; None where none is."""
    at = phrase.after(last, over=SMALL)
    denied = phrase.word(at, "negation") is not None or phrase.word(at, "never") is not None
    at = phrase.after(at, over=SMALL) if denied else at
    done = phrase.part(at)
    if not isinstance(done, Deed):
        return None
    denied = denied or done.negated
    all_of = any(phrase.word(each, "all_of") for each in range(last + 1, at))
    if either:
        return "unclear" if all_of or denied else "any"
    return "each" if all_of or denied else "unclear"


def _denied(phrase: Phrase, place: int) -> bool:
    part, before = phrase.part(place), phrase.before(place, over=("aux", "at"))
    return (isinstance(part, Deed) and part.negated) or phrase.word(before, "negation") is not None


def the_same(phrase: Phrase, place: int) -> bool:
    """A unit that was told before, for what was done later: 上个月注册、当月下单."""
    part = phrase.part(place)
    if not isinstance(part, Loosely) or not isinstance(part.loose, Then):
        return False
    before = [(at, when.period) for at, when in phrase.of(When) if at < place]
    if not before or any(True for _ in phrase.of(Measure)):
        return False
    at, period = before[-1]
    done = any(isinstance(phrase.part(each), Deed) for each in range(at, place))
    again = isinstance(phrase.part(phrase.after(place, over=("at", "also", "again", "aux"))), Deed)
    if not (done and again and isinstance(period, SIMPLE) and unit_told(period) == part.loose.unit):
        return False
    phrase.put(place, When(period))
    return True

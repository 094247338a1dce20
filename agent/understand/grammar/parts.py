"""A part and its whole: 红占里程的多少, 红贡献了多少比例的里程, red's share of sales, how much of sales is red."""

from collections.abc import Iterator

from agent.understand.grammar.node import Choice, Nobody, Node, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.shares import counting, ratio
from agent.understand.mentions import Dimension, Grouping, Measure, People, When, Word
from warehouse import query
from warehouse.query import Filter

BESIDE = (When, Choice, Test)  # what may tell more of the whole
SMALL = ("at", "aux", "total", "came_to")
INNER = (*SMALL, "each", "grains", "everyone")
OF = ("at", "total", "to")


def stands_for(phrase: Phrase, place: int) -> bool:
    """What a part comes to of a whole that is told behind: 红占上周里程的多少, 红贡献了多少比例的里程."""
    verb = phrase.word(place, "part_of")
    if not verb:
        return False
    told = list(_told(phrase, place))
    whole = next((at for at in told if isinstance(phrase.part(at), Measure)), None)
    asked = [at for at in told if _asks(phrase, at)]
    percent = [at for at in asked if not phrase.word(at, "how_many") or phrase.word(at, "share")]
    before = phrase.before(place)
    if whole is None and verb == "stands" and isinstance(phrase.part(before), Measure) and _totals(phrase, told):
        whole = before
    if whole is None or not (percent or [at for at in asked if at > whole or verb == "stands"]):
        return False
    metric = phrase.part(whole)
    subject = _subject(phrase, min(place, whole))
    if not isinstance(metric, Measure) or (shares := _shares(phrase, subject, metric.metric)) is None:
        return False
    _nobody(phrase, place, *asked, *_totals(phrase, told))
    both = verb == "gives" and not percent and shares[0].show == "share"
    _put(phrase, whole, [query.Measure(metric=metric.metric)] * both + shares)
    return True


def _told(phrase: Phrase, place: int) -> Iterator[int]:
    """What is told behind a verb, of one whole."""
    whole, at = False, place + 1
    while (part := phrase.part(at)) is not None:
        small = phrase.light(at) or _asks(phrase, at) or (not whole and any(phrase.word(at, each) for each in INNER))
        if not small and (whole or not isinstance(part, Measure | When | Choice | Test | Dimension)):
            return
        whole = whole or isinstance(part, Measure)
        yield at
        at += 1


def _asks(phrase: Phrase, place: int) -> bool:
    return any(phrase.word(place, kind) for kind in ("share", "in_percent", "how_many"))


def _totals(phrase: Phrase, told: list[int]) -> list[int]:
    return [at for at in told if phrase.word(at, "total") or phrase.word(at, "everyone")]


def _subject(phrase: Phrase, place: int) -> int:
    """Where what a verb is said of stands: before its time, and the noun for people."""
    at = phrase.before(place, over=SMALL)
    while isinstance(phrase.part(at), When):
        at = phrase.before(at, over=SMALL)
    described = isinstance(phrase.part(at), People) and isinstance(phrase.part(phrase.before(at)), Choice)
    return phrase.before(at) if described else at


def _shares(phrase: Phrase, subject: int, whole: str) -> list[query.Measure] | None:
    """The measure that tells the part, which is marked; None where a part is told that no share is of."""
    part = phrase.part(subject)
    if isinstance(part, Measure) and part.metric == whole:  # the rows of both: 红的趟数占总趟数
        _nobody(phrase, subject)
        return _shares(phrase, phrase.before(subject), whole)
    numerators = {part.metric} if isinstance(part, Measure) else counting(phrase, subject)
    if (named := ratio(phrase, numerators, whole)) is not None:
        _nobody(phrase, subject)
        return [query.Measure(metric=named)]
    grouped = part is None or isinstance(part, Dimension | Grouping)
    grouped = grouped or (isinstance(part, Word) and not part.get("part_of"))
    if isinstance(part, Choice):
        share_of(phrase, subject)
    return [query.Measure(metric=whole, show="share")] if grouped or isinstance(part, Choice) else None


def share_of(phrase: Phrase, place: int) -> None:
    """Mark values as those whose share is asked for."""
    choice = phrase.part(place)
    if isinstance(choice, Choice):
        phrase.put(place, Test(Filter(dimension=choice.dimension, values=choice.values), shared=True))


def _nobody(phrase: Phrase, *places: int) -> None:
    for place in places:
        phrase.put(place, Nobody())
    phrase.take(*places)


def _put(phrase: Phrase, place: int, measures: list[query.Measure]) -> None:
    start, end = phrase.nodes[place].start, phrase.nodes[place].end
    phrase.nodes[place : place + 1] = [Node(start, end, Shown(each)) for each in measures]


def owner(phrase: Phrase, place: int) -> bool:
    """Values right before a share of something, or that it came from: red's share of sales, share of sales from red."""
    if not phrase.word(place, "share") or not phrase.english(place):
        return False
    whole = phrase.after(place, over=OF)
    inner = phrase.part(whole)
    while isinstance(phrase.part(whole), BESIDE):
        whole = phrase.after(whole, over=OF)
    if not isinstance(phrase.part(whole), Measure) or whole == phrase.after(place):
        return False
    if isinstance(inner, Choice) and any(phrase.word(at, "to") for at in range(place, whole)):
        share_of(phrase, phrase.after(place, over=OF))
        return True
    before, behind = phrase.before(place), _source(phrase, whole)
    if isinstance(phrase.part(before), People) and isinstance(phrase.part(phrase.before(before)), Choice):
        before = phrase.before(before)
    at = before if isinstance(phrase.part(before), Choice) else behind
    if not isinstance(phrase.part(at), Choice) or (at == behind and _narrows(phrase, whole, at)):
        return False
    share_of(phrase, at)
    return True


def _narrows(phrase: Phrase, whole: int, place: int) -> bool:
    """Whether what something is only "from" is tried as what narrows the whole: share of sales from red by city."""
    verb = any(phrase.word(at, "came_to") for at in range(whole, len(phrase.nodes)))
    cut = any(isinstance(phrase.part(at), Dimension) for at in range(place, len(phrase.nodes)))
    return cut and not verb and phrase.fork("values narrow the whole")


def _source(phrase: Phrase, whole: int) -> int:
    """Where it stands what a whole came from, or whose it is; past the ends where nothing says so."""
    at, told = phrase.after(whole), False
    while isinstance(phrase.part(at), When) or any(phrase.word(at, kind) for kind in SMALL):
        told = told or phrase.word(at, "came_to") is not None or phrase.word(at, "out_of") is not None
        at = phrase.after(at)
    verb = phrase.after(at)
    verb = phrase.after(verb) if isinstance(phrase.part(verb), People) else verb
    joined = any(phrase.word(each, "be") for each in range(whole, at))
    return at if told or joined or phrase.word(verb, "came_to") else -1


def over_another(phrase: Phrase, place: int) -> bool:
    """One metric as a share of another: refunds as a share of sales, what share of customers were repeat customers.

    Of itself it is the share of what narrows it: red sales as a share of total sales.
    """
    if not phrase.word(place, "share") or not phrase.english(place):
        return False
    whole, before = phrase.after(place, over=OF), phrase.before(place)
    behind = phrase.after(whole, over=SMALL)
    metric = phrase.part(whole)
    if not isinstance(metric, Measure):
        return False
    for at in (before, behind):
        part = phrase.part(at)
        if not isinstance(part, Measure):
            continue
        owner = phrase.before(at)
        if part == metric and at == before and isinstance(phrase.part(owner), Choice):
            share_of(phrase, owner)
            named = None
        elif (named := ratio(phrase, {part.metric}, metric.metric)) is None:
            continue
        _nobody(phrase, at)
        if named is not None:
            _nobody(phrase, place)
            _put(phrase, whole, [query.Measure(metric=named)])
        return True
    return False


def how_much_of(phrase: Phrase, place: int) -> bool:
    """How much of a whole is a part's, which asks for the amount and for the share: how much of sales is red."""
    whole = phrase.after(place, over=("at", "total"))
    while isinstance(phrase.part(whole), When):
        whole = phrase.after(whole, over=("at", "total"))
    metric = phrase.part(whole)
    if not phrase.word(place, "how_much_of") or not isinstance(metric, Measure):
        return False
    source = _source(phrase, whole)
    if not isinstance(phrase.part(source), Choice):
        return False
    share_of(phrase, source)
    _nobody(phrase, place)
    _put(phrase, whole, [query.Measure(metric=metric.metric), query.Measure(metric=metric.metric, show="share")])
    return True

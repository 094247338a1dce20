"""A question after another: whether it leans on the one before, and the plan before with what it changes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from agent.understand.grammar import changes, conditions, crowds, passes, rises, slots
from agent.understand.grammar.changes import Edit
from agent.understand.grammar.found import pointing
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bucketed, Comparing, Cut, Drawn, Node, Shown, Sorting
from agent.understand.grammar.orders import BUCKETS
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.set_beside import set_beside
from agent.understand.grammar.shifted import shifted
from agent.understand.mentions import Deed, Dimension, Loosely, Member, People, Unknown, When
from agent.understand.quantities import Quantity
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from warehouse.period import Last, Period
from warehouse.query import Condition, Did, Filter, Group, Measure, Not, Segment, Total

Stance = Literal["follows", "either", "new"]
STRONG = ("also", "drop", "instead")
CUES = (*STRONG, "follow", "only")
ASKS = ("how_many", "how_much", "which", "who", "whether", "total")
LEADS_CLAUSE = (*STRONG, "only", "negation")
BETWEEN = ("comma", "pause", "at", "and", "but")
DROPPED = (Bucketed, Cut, Dimension, Shown, Comparing, Drawn, Sorting)


def stance(phrase: Phrase, frame: Frame, nodes: Sequence[Node]) -> Stance:
    """Whether a question leans on the one before: it has a cue for it, or no head of its own.

    It may be taken either way where it has both, or is a metric's name alone. `nodes` are those before any rule.
    """
    told = [place for place in range(len(phrase.nodes)) if not _empty(phrase, place)]
    first, last = _cue(nodes), _cue(list(reversed(nodes)), ending=True)
    ordered = any(True for _ in phrase.of(Sorting)) and all(isinstance(phrase.part(at), Shown | Sorting) for at in told)
    if _of_them(phrase) or pointing(nodes) is not None or ordered or not _headed(phrase, frame):
        return "follows"
    timed = not timeless(nodes)
    if first in STRONG or last in STRONG:
        return "either" if timed and "also" in {first, last} else "follows"
    if frame.measures and all(phrase.told_by("share", place) for place, _ in phrase.of(Shown)):
        return "either" if timed or any(True for _ in phrase.of(People)) else "follows"
    if first is not None or (last == "follow" and not phrase.has(*ASKS)):
        return "either" if timed else "follows"
    bare = all(isinstance(phrase.part(place), Shown) or phrase.word(place, "and") for place in told)
    if bare and not timed:
        return "either" if _asks(phrase) else "follows"
    return "either" if _subjectless(phrase, frame) else "new"


def _subjectless(phrase: Phrase, frame: Frame) -> bool:
    """Whether something done is counted, and not told of whom: 买过红色的有多少."""
    people = any(True for _ in phrase.of(People)) or phrase.has("who", "whose")
    filters = [each.not_ if isinstance(each, Not) else each for each in frame.where]
    of_whom = any(isinstance(each, Filter) and phrase.about_people(each.dimension) for each in filters)
    return not (frame.measures or people or of_whom)


def cued(nodes: Sequence[Node]) -> bool:
    """Whether a question begins, or ends, as one that goes on from another: 那…呢, what about."""
    return "follow" in {_cue(nodes), _cue(list(reversed(nodes)), ending=True)}


def timeless(nodes: Sequence[Node]) -> bool:
    """Whether a question tells no time: read as a new one it would lose the one that was asked."""
    return not any(isinstance(each.part, When) or each.word("all_time") or each.word("now") for each in nodes[1:]) and (
        not nodes or (not isinstance(nodes[0].part, When) and not nodes[0].word("all_time"))
    )


def _asks(phrase: Phrase) -> bool:
    words = {phrase.told(place).split(" ")[0] for place in range(len(phrase.nodes))}
    return phrase.has(*ASKS) or bool(words & {"what", "what's", "how", "whats"})


def _empty(phrase: Phrase, place: int) -> bool:
    return phrase.light(place) or any(phrase.word(place, kind) for kind in ("comma", "pause", "at", *ASKS))


def _cue(nodes: Sequence[Node], *, ending: bool = False) -> str | None:
    """The cue word that stands first, before anything else that counts; `ending` where the nodes stand in reverse."""
    for node in nodes:
        for kind in CUES:
            if node.word(kind) and not (ending and kind == "only"):
                return kind
        if not any(node.word(kind) for kind in ("filler", "comma", "at")):
            return None
    return None


def _of_them(phrase: Phrase) -> bool:
    """Whether those of the answer before are meant: no one was told of earlier in the question itself."""
    for place in range(len(phrase.nodes)):
        if phrase.word(place, "them"):
            return True
        if isinstance(phrase.part(place), Deed | Member | People):
            return False
    return False


def _headed(phrase: Phrase, frame: Frame) -> bool:
    """Whether a metric, or customers by what they are called or did, are asked for.

    Customers of whom nothing is told are those of the answer before.
    """
    if frame.measures:
        return True
    if any(True for _ in phrase.of(People)) and (frame.where or phrase.has("everyone", "total", "now")):
        return True
    did = any(True for _ in phrase.of(Deed)) or any(True for _ in phrase.of(Member))
    asked = phrase.has("who", "whose", "list", "how_many", "headcount", "which")
    return did and asked and not any(_done_to(phrase, place) for place in range(len(phrase.nodes)))


def _done_to(phrase: Phrase, place: int) -> bool:
    """Whether a word for those of the answer before stands right before what was done: those paid with a card."""
    return phrase.word(place, "ones") is not None and isinstance(phrase.part(phrase.after(place)), Deed)


def clauses(nodes: Sequence[Node]) -> list[list[Node]]:
    """The parts of a question that each change something: 不按月了，按平台看; drop refunds, add orders."""
    parts: list[list[Node]] = [[]]
    for place, node in enumerate(nodes):
        if node.word("comma") and _parts(nodes, place):
            parts.append([])
        else:
            parts[-1].append(node)
    return [each for each in parts if each]


def _parts(nodes: Sequence[Node], comma: int) -> bool:
    behind = _first(nodes[comma + 1 :])
    clause = list(nodes[:comma])
    start = max((at + 1 for at, each in enumerate(clause) if each.word("comma")), default=0)
    before, end = _first(clause[start:]), _first(list(reversed(clause)))
    takes_away = any(each is not None and (each.word("drop") or each.word("negation")) for each in (before, end))
    return behind is not None and (takes_away or any(behind.word(kind) for kind in LEADS_CLAUSE))


def _first(nodes: Sequence[Node]) -> Node | None:
    """The first node that is no word that changes nothing."""
    return next((each for each in nodes if not each.word("filler") and not each.word("at")), None)


class Told:
    """What the words of a clause ask, before rules join them."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        kinds = [kind for node in nodes for kind in ("drop", "top", "most", "champion") if node.word(kind)]
        first = _first(nodes)
        self.lifts = "drop" in kinds
        self.first_in_order = "top" in kinds and not {"most", "champion"} & set(kinds)
        self.again = first is not None and first.word("again") is not None


def edited(before: Mapping[str, Any], phrase: Phrase, single: frozenset[str]) -> QueryArgs | AudienceArgs | None:
    """The plan before with what a clause changes; None where it cannot be changed so.

    Raises `QueryError` for what the model cannot give. `single` are the dimensions of which one value is meant that
    the answer before found.
    """
    told = Told(phrase.nodes)
    passes.apply(phrase)
    frame = slots.read(phrase)
    if before["tool"] == "query":
        query = QueryArgs.model_validate(before["args"])
        if any(_done_to(phrase, place) for place in range(len(phrase.nodes))):
            return None  # what was done to rows is no deed of customers
        query = set_beside(phrase, frame, query)
        _as_long(phrase, frame, {query.period})
        _reversed(phrase, frame, query)
        _which_of_groups(phrase, frame, query)
        _before(phrase, frame, {query.period})
        edit = _settled(phrase, frame, single, query.where, told, None if query.grain else query.period)
        if edit.drops:
            _partly_named(phrase, frame, query.metrics)
        return changes.changed(query, edit)
    if before["tool"] == "audience":
        people = AudienceArgs.model_validate(before["args"])
        _as_long(phrase, frame, conditions.windows(people.where))
        _before(phrase, frame, conditions.windows(people.where))
        return crowds.changed(people, _settled(phrase, frame, single, people.where, told))
    return None


def _settled(
    phrase: Phrase,
    frame: Frame,
    single: frozenset[str],
    held: Sequence[Condition],
    told: Told,
    period: Period | None = None,
) -> Edit:
    """The clause with what only a question after another may leave out: whose period it is, what a name is for."""
    for place, when in list(phrase.left(When)):
        if frame.period is None or frame.period == when.period:
            frame.period = when.period
            phrase.take(place)
    drops = phrase.has("drop") or _negates(phrase)
    if not drops:
        rises.against_untold(phrase, frame, None if frame.grain else frame.period or period)
    if frame.ranking is not None and (which := phrase.places("which")):
        frame.which = "one"
        phrase.take(*which)
    _groups(phrase, frame, single, held)
    _each_of(phrase, frame)
    edit = Edit(
        phrase,
        frame,
        adds=phrase.has("also") or told.again,
        drops=drops,
        swaps=phrase.has("instead"),
        of_them=_of_them(phrase),
        lifts=told.lifts,
        first_in_order=told.first_in_order,
        shown=_shown(phrase),
        single=single,
    )
    phrase.take(
        *phrase.places(*CUES, "again", "them", "ones", "each_own", "split", "grouped", "split_after", "export"),
        *phrase.places("comma", "but"),
    )
    return edit


def _as_long(phrase: Phrase, frame: Frame, windows: Collection[object]) -> None:
    """A length of time in the place of the one window's own: make it 60 days, after the last 30 days."""
    told = [(place, each) for place, each in phrase.left(Quantity) if each.bare and each.unit in BUCKETS]
    window = next(iter(windows)) if len(windows) == 1 else None
    if len(told) != 1 or not isinstance(window, Last) or not phrase.has("instead") or frame.period is not None:
        return
    place, length = told[0]
    frame.period = Last(n=int(length.bounds.at_least or 0), unit=BUCKETS[length.unit or ""])
    phrase.take(place)


def _before(phrase: Phrase, frame: Frame, windows: Collection[Any]) -> None:
    """A time told by the one that was asked about: the month before, after a question of last month."""
    told = list(phrase.left(Loosely))
    if len(told) == 1 and len(windows) == 1 and frame.period is None and not frame.all_time:
        frame.period = shifted(next(iter(windows)), told[0][1].loose, phrase.reading)
        if frame.period is not None:
            phrase.take(told[0][0])


def _reversed(phrase: Phrase, frame: Frame, query: QueryArgs) -> None:
    """The order before, turned round."""
    places = phrase.places("reverse")
    if places and query.order is not None and frame.ranking is not None:
        phrase.take(*(places if frame.ranking.descending != query.order.descending else ()))
    ordered = next((each for each in query.metrics if query.order and each.column == query.order.column), None)
    if places and query.order is not None and ordered is not None and _unsorted(frame):
        frame.sorting = Sorting(not query.order.descending, ordered)
        phrase.take(*places, *phrase.places("rank"))


def _which_of_groups(phrase: Phrase, frame: Frame, query: QueryArgs) -> None:
    """Who is first of the groups before, no customer: 谁最高, after a cut by platform."""
    ordered = frame.ranking is not None or frame.sorting is not None
    if query.by and ordered and phrase.has("who") and not any(True for _ in phrase.of(People)):
        frame.customers = frame.heads = frame.listed = False
        frame.which = "one"


def _unsorted(frame: Frame) -> bool:
    """Whether no order is told, but for the word that things are ordered at all."""
    return frame.ranking is None and (frame.sorting is None or frame.sorting.by is None)


def _negates(phrase: Phrase) -> bool:
    """Whether a negation takes away how the numbers were shown: 不按月了, not by month."""
    for place in phrase.places("negation"):
        if isinstance(phrase.part(phrase.after(place, over=("at",))), DROPPED):
            phrase.take(place)
            return True
    return False


def _groups(phrase: Phrase, frame: Frame, single: frozenset[str], held: Sequence[Condition]) -> None:
    """A dimension's name alone is one to group by; a number before it may say how many values are asked: 两个平台."""
    for place, dimension in list(phrase.left(Dimension)):
        if dimension.verb:
            continue
        if dimension.name not in single:
            group = Group(dimension=dimension.name)
            frame.by += [] if group in frame.by else [group]
        phrase.take(place)
    asked = {each.dimension: len(each.values) for each in held if isinstance(each, Filter)}
    for place, number in list(phrase.left(Quantity)):
        behind = phrase.part(place + 1)
        grouped = [each.dimension for each in behind.groups] if isinstance(behind, Cut) else []
        names = [behind.name] if isinstance(behind, Dimension) else grouped
        if number.bare and len(names) == 1 and number.bounds.at_least == asked.get(names[0]):
            phrase.take(place)


def _each_of(phrase: Phrase, frame: Frame) -> None:
    """Values of which each is asked for by itself are groups, too: 甲城和乙城分别多少."""
    listed = [each for each in frame.where if isinstance(each, Filter) and len(each.values) > 1]
    if phrase.has("each_own") and len(listed) == 1 and not frame.by:
        frame.by.append(Group(dimension=listed[0].dimension))


def _partly_named(phrase: Phrase, frame: Frame, shown: Sequence[Measure]) -> None:
    """A metric to be taken away by a part of its name that no other one shown has: drop the stay time."""
    told = [(place, part.text.strip()) for place, part in phrase.left(Unknown)]
    if not told:
        return
    named = [each for each in shown if all(_in_name(text, each, phrase) for _, text in told)]
    if len(named) == 1:
        frame.measures.append(named[0])
        phrase.take(*(place for place, _ in told))


def _in_name(text: str, measure: Measure, phrase: Phrase) -> bool:
    words = phrase.model.metric(measure.metric).words
    if text.isascii():
        return any(text in name.lower().split() for name in words.en)
    return len(text) > 1 and any(text in name for name in words.zh)


def _shown(phrase: Phrase) -> dict[str, Any] | None:
    """How the metrics before are to be shown: their shares, their mean over days."""
    for place in phrase.places("share"):
        phrase.take(place)
        return {"show": "share_of_parent" if phrase.word(place, "share") == "parent" else "share"}
    for place in phrase.places("running"):
        phrase.take(place)
        return {"show": "running"}
    for place in phrase.places("mean"):
        if (over := phrase.word(place, "mean")) in {"day", "week", "month"}:
            phrase.take(place)
            return {"show": "mean", "over": over}
    return None


def acts(frame: Frame) -> bool:
    """Whether a question tells of anything done, or of a segment."""
    inner = (each.not_ if isinstance(each, Not) else each for each in frame.where)
    return any(isinstance(each, Did | Total | Segment) for each in inner)

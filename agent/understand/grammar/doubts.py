"""What grammar would allow, and may yet mean something else: the places that a plan does not carry for that reason."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from agent.understand.closed_class import holds
from agent.understand.grammar.always import every_time, nothing_else, running_of_one
from agent.understand.grammar.amounts import bounds_of
from agent.understand.grammar.asked import asked, bounded, bracketed, of_totals
from agent.understand.grammar.counts import number_of_customers
from agent.understand.grammar.cuts import by_nothing
from agent.understand.grammar.exclusive import contradictions, others_of_none
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.heads import unplaced
from agent.understand.grammar.lasting import counted_from_deeds, since_done
from agent.understand.grammar.node import (
    Bucketed,
    Choice,
    Comparing,
    Contrast,
    Cut,
    Nobody,
    Ranking,
    Shown,
    Sorting,
    Test,
)
from agent.understand.grammar.owners import bounds_of_nobody, compared
from agent.understand.grammar.persons import dimension_of, person_like
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.several_asked import counted_beside, listed_people
from agent.understand.grammar.spending import spent_on
from agent.understand.grammar.verbs import denied_before
from agent.understand.mentions import Deed, Dimension, Member, People, Rows, When, Word
from warehouse.query import Total

Doubt = Callable[[Phrase, Frame], Iterator[int]]
OUTCOMES = (Shown, Cut, Bucketed, Comparing, Contrast, Sorting, Ranking, Nobody, Dimension)


def drop(phrase: Phrase, frame: Frame) -> None:
    """Let the plan not carry what is doubtful."""
    for doubt in DOUBTS:
        phrase.drop(*doubt(phrase, frame))


def no_people(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """What was done, or what somebody is, where nothing says that people are asked for: 昨天下单多少, 甲省有哪些."""
    ranked = frame.ranking is not None and (frame.by or frame.grain)  # by how often it was done
    if not frame.people or ranked or _asks_people(phrase, frame):
        return
    yield from _places(phrase, Deed, Test, Choice, Shown, Member)


def _asks_people(phrase: Phrase, frame: Frame) -> bool:
    if phrase.has("who", "headcount", "them") or any(isinstance(node.part, People | Member) for node in phrase.nodes):
        return True
    if any(node.word("list") == "names" for node in phrase.nodes) and any(
        isinstance(each, Total) for each in frame.where
    ):
        return True  # 里程超过1万，拉个名单
    deeds = [place for place, _ in phrase.of(Deed)]
    if deeds and not phrase.english(deeds[-1]):
        after = phrase.clause_behind(deeds[-1])
        if isinstance(phrase.part(phrase.after(deeds[-1])), Rows):
            return False
        return holds("tie", after) or not after.strip()
    named = any(person_like(phrase, place) for place, _ in [*phrase.of(Test), *phrase.of(Choice)])
    return named or phrase.has("whose")


def deeds_of_metrics(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """What was done, told of a metric and not of people: 首购GMV, 返修趟数."""
    if frame.people:
        return
    for place, deed in phrase.of(Deed):
        if not deed.bare and not _before_people(phrase, place):
            yield place


def _before_people(phrase: Phrase, place: int) -> bool:
    """Whether people are named beside what they did, before the metric."""
    if phrase.english(place):
        number = number_of_customers(phrase.model)
        return any(
            isinstance(part := phrase.part(at), People)
            or (isinstance(part, Shown) and part.measure.metric == number)
            or any(phrase.word(at, kind) for kind in ("who", "whose"))
            for at in range(place)
        )
    for at in range(place + 1, len(phrase.nodes)):
        if isinstance(phrase.part(at), Shown) and phrase.nodes[at] not in phrase.owned:
            return False
        if isinstance(phrase.part(at), People) or person_like(phrase, at):
            return True
    owned = phrase.word(place + 1, "tie") or any(phrase.word(at, "comma") for at in range(place))
    return bool(owned) and any(isinstance(node.part, Shown) for node in phrase.nodes[:place])


def objects_that_are_people(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Values of people right behind a verb: they may be what it was done to: 买过iOS, visited Shanghai."""
    for place, _ in phrase.of(Deed):
        after = place + 1
        part = phrase.part(after)
        if isinstance(part, Choice | Test) and not phrase.gap(place, after).strip():
            name = part.dimension if isinstance(part, Choice) else dimension_of(part.condition)
            asked_who = phrase.has("who") and not phrase.english(place)
            plain = asked_who or not person_like(phrase, after)
            near = name is not None and phrase.about_people(name) and plain
            if near and not isinstance(phrase.part(after + 1), People):
                yield after


def side_by_side(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Two things done with nothing between them, or of which only the first is denied before "and"."""
    deeds = list(phrase.of(Deed))
    for (first, _), (second, other) in pairwise(deeds):
        if phrase.english(first) and phrase.english(second):
            denied = (
                denied_before(phrase, first)
                and not denied_before(phrase, second)
                and phrase.told(phrase.before(second)) == "and"
            )
        else:
            between = [at for at in range(first + 1, second) if not phrase.light(at)]
            touching = not between and not phrase.tied(first, second) and not other.negated
            joined = len(between) == 1 and phrase.word(between[0], "joining_names")
            stroke = len(between) == 1 and phrase.word(between[0], "stroke")
            denied = bool(touching or stroke or (joined and denied_before(phrase, first)))
        if denied:
            yield second


def amid_measures(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """What stands before the last metric alone, and would hold for all: 本月GMV，女性趟数."""
    shown = asked(phrase)
    for first, second in pairwise(shown):
        if phrase.nodes[first].part == phrase.nodes[second].part:
            continue
        told = [
            at for at in range(first + 1, second) if isinstance(phrase.part(at), Test | Choice | When | Cut | Bucketed)
        ]
        told = [at for at in told if not (isinstance(phrase.part(at), When) and phrase.english(at))]
        yield from (at for at in told if not any(_parts(phrase, after) for after in range(at, second)))


def _parts(phrase: Phrase, place: int) -> bool:
    return any(phrase.word(place, kind) for kind in ("comma", "pause", "and", "but"))


def unlisted_measures(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Metrics with nothing between them that lists them: 里程 of active users; two with a stroke may be a ratio."""
    shown = asked(phrase)
    strokes = sum(phrase.word(place, "stroke") is not None for place in range(len(phrase.nodes)))
    for first, second in pairwise(shown):
        if bounds_of(phrase, second) is not None or bounded(phrase, frame, second):
            continue
        between = range(first + 1, second)
        listing = [
            at for at in between if any(phrase.word(at, kind) for kind in ("pause", "and", "comma", "also", "but"))
        ]
        stroke = [at for at in listing if phrase.word(at, "stroke")]
        told_of = any(isinstance(phrase.part(at), Ranking | Sorting | Contrast | Comparing) for at in between)
        same_node = phrase.nodes[first].start == phrase.nodes[second].start
        if not same_node and not told_of and (not listing or (stroke and strokes == 1 and len(shown) == 2)):
            yield second
        if (
            phrase.nodes[first].part == phrase.nodes[second].part
            and phrase.told(first) == phrase.told(second)
            and not same_node
        ):
            yield second


def joined_unlike(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Words for "and" between what does not make a list: GMV和上个月, 女性和各平台趟数, 各平台和甲城, 返修但未下单."""
    for place in range(len(phrase.nodes)):
        if phrase.word(place, "but") and isinstance(phrase.part(phrase.before(place)), Shown):
            yield from [place] if isinstance(phrase.part(phrase.after(place)), Deed) else []
        if frame.people and phrase.word(place, "and"):
            both = isinstance(phrase.part(phrase.before(place)), People | Test | Choice) and isinstance(
                phrase.part(place + 1), Test | Choice
            )
            yield from [place] if both and phrase.word(place, "joining_names") else []
        if frame.people or not phrase.word(place, "and") or phrase.word(place, "aux") or phrase.word(place, "also"):
            continue
        left, right = (
            phrase.part(phrase.before(place, over=("at", "each", "by", "total"))),
            phrase.part(phrase.after(place, over=("at", "each", "by", "total"))),
        )
        if isinstance(left, Shown) and isinstance(right, Test | Choice | When | People):
            yield place
        apart = not bracketed(phrase, place)
        both = isinstance(left, Test | Choice | People) or (isinstance(left, Cut) and not isinstance(right, Cut))
        if apart and both and isinstance(right, Test | Choice | Cut):
            yield place
        if isinstance(left, Cut) and not isinstance(right, OUTCOMES) and phrase.word(phrase.after(place), "total"):
            yield place


def people_of_metrics(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """People that a metric describes, or who are counted beside it: 有GMV的用户, how many users and orders."""
    if frame.people:
        return
    for place, _ in phrase.of(People):
        before, after = phrase.before(place), phrase.after(place, over=("aux",))
        counted = phrase.word(before, "how_many") and isinstance(phrase.part(place), People)
        listed = phrase.word(after, "and") and isinstance(phrase.part(phrase.after(after)), Shown)
        owned = isinstance(phrase.part(before), Shown) and phrase.tied(before, place)
        owns = (
            phrase.english(place)
            and not of_totals(phrase, place)
            and (phrase.word(place + 1, "whose") or phrase.told(place + 1) in {"have", "had", "has"})
        )
        numbered = phrase.told(place + 1).isdigit() and not phrase.gap(place, place + 1).strip()
        ranked = frame.ranking is not None or (frame.customers and bool(frame.sorting))
        if ((counted or listed or owned or owns) and not ranked) or numbered:
            yield place


def described_by_metrics(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """What people are, told behind a metric that they have: 有GMV的女性用户."""
    if not frame.people:
        for place in _places(phrase, Test, Choice):
            before = phrase.before(place)
            if isinstance(phrase.part(before), Shown) and phrase.tied(before, place):
                yield place


def cut_apart(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Metrics of which each is cut its own way: 里程 by platform, orders by city."""
    measures = {part.measure: place for place, part in reversed(list(phrase.of(Shown)))}
    shown, cuts = sorted(measures.values()), list(_places(phrase, Cut, Bucketed))
    amid = [place for place in cuts if shown and shown[0] < place < shown[-1]]
    yield from (place for place in cuts if amid and place > shown[-1] and phrase.english(place))


def counted_people(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A number of people of whom more is told: buyers of dresses who never bought shirts."""
    for place, shown in phrase.of(Shown):
        routes = phrase.model.metric(shown.measure.metric).routes
        counted = any(each.aggregate == "count_distinct" for each in routes)
        if not (counted and phrase.english(place)):
            continue
        end = next((at for at in range(place, len(phrase.nodes)) if phrase.word(at, "comma")), len(phrase.nodes))
        if any(phrase.word(at, "who") for at in range(place, end)):
            yield place


def how_much_was_done(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """How much of something was done, or how it is, not how many people or who: 用户下单了多少, 用户评价怎么样."""
    for place, _ in phrase.of(Deed):
        asked = phrase.after(place)
        counts = phrase.word(asked, "how_many_bare") and not phrase.tied(place, asked)
        counts = counts or phrase.word(place + 1, "how_it_is") is not None
        if frame.people and counts and not isinstance(phrase.part(phrase.after(asked)), People):
            yield place


def asked_twice(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A second question in the same breath, as in 本月GMV多少，红呢."""
    for place, node in enumerate(phrase.nodes):
        if isinstance(node.part, Test | Choice | When) and phrase.word(place + 1, "and_that"):
            earlier = any(phrase.word(at, "comma") for at in range(place))
            if earlier and any(isinstance(each.part, Shown) for each in phrase.nodes[:place]):
                yield place


def listed_measures(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A list of what is one number; a list of people that are to be broken down."""
    for place in range(len(phrase.nodes)):
        which = phrase.word(place, "which") == "some" and not phrase.english(place)
        if (phrase.word(place, "list") or which) and not phrase.light(place):
            one_number = not frame.people and not (frame.by or frame.grain or frame.ranking or frame.trend)
            if one_number or (frame.people and frame.by and not which):
                yield place


def not_all(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """不都, 不是都: not all is another thing than none."""
    for place in range(len(phrase.nodes)):
        if phrase.word(place, "negation") and phrase.words.text[phrase.nodes[place].end :].startswith(
            ("都", "是都", "全")
        ):
            yield place


def of_time(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A word for "within" behind a time, or a metric: 6月中, 甲城GMV中位."""
    for place in range(1, len(phrase.nodes)):
        inner = phrase.word(place, "of_each") and phrase.word(place, "inside")
        if inner and isinstance(phrase.part(place - 1), When | Shown | Deed):
            yield place


def labels(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A colon behind something done: the name of a dimension that is called so."""
    for place, _ in phrase.of(Deed):
        yield from [place + 1] if phrase.word(place + 1, "colon") else []


def whole_beside_part(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """All there is, in a list with some of it: 总体和红车的里程, 红车和总体的里程."""
    for place in range(len(phrase.nodes)):
        first, last = phrase.before(place), phrase.after(place)
        if not (phrase.word(place, "and") or phrase.word(place, "pause")):
            continue
        if phrase.word(first, "total") and isinstance(phrase.part(last), Test | Choice):
            yield first
        if (
            phrase.word(last, "total")
            and isinstance(phrase.part(first), Test | Choice)
            and phrase.word(last + 1, "tie")
        ):
            yield last


def prepositions(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A small word before nothing that it could belong to: 在用的用户."""
    for place, node in enumerate(phrase.nodes):
        if isinstance(node.part, Word) and node.word("at") and not phrase.light(place) and not phrase.english(place):
            after = phrase.part(place + 1)
            used = phrase.word(place, "using") and phrase.followed_by("aspect", place)
            if used or (
                isinstance(after, Word) and (after.get("at") or after.get("aux")) and phrase.word(place, "being")
            ):
                yield place


def _places(phrase: Phrase, *kinds: type) -> Iterator[int]:
    yield from (place for place, node in enumerate(phrase.nodes) if isinstance(node.part, kinds))


DOUBTS: tuple[Doubt, ...] = (
    no_people,
    deeds_of_metrics,
    objects_that_are_people,
    side_by_side,
    amid_measures,
    unlisted_measures,
    joined_unlike,
    people_of_metrics,
    described_by_metrics,
    cut_apart,
    counted_people,
    counted_beside,
    listed_people,
    others_of_none,
    how_much_was_done,
    counted_from_deeds,
    since_done,
    asked_twice,
    listed_measures,
    running_of_one,
    not_all,
    of_time,
    contradictions,
    labels,
    prepositions,
    whole_beside_part,
    unplaced,
    compared,
    bounds_of_nobody,
    by_nothing,
    nothing_else,
    every_time,
    spent_on,
)

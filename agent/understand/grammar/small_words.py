"""Words that count only in company: each is taken where the rest of the question gives it its meaning."""

from dataclasses import replace

from agent.understand.closed_class import holds
from agent.understand.grammar.company import (
    asks_shown,
    asks_whether,
    came_to,
    counts_groups,
    during,
    each_of_several,
    in_stock,
    to_people,
    unmeant,
)
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.heads import ranks_customers
from agent.understand.grammar.node import Choice, Contrast, Ranking, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.ties import names, sources
from agent.understand.mentions import Deed, Dimension, Member, People, Rows, When
from agent.understand.quantities import Quantity
from warehouse.query import Filter, Group, Ranged

ANYWHERE = ("pause", "comma", "colon", "open", "aux", "at", "now", "split", "thing_done")
OF_METRICS = (
    "running",
    "who",
    "also",
    "total",
    "list",
    "of_each",
    "and",
    "but",
    "export",
    "everyone",
    "belonging",
)
OF_PEOPLE = (
    "who",
    "whose",
    "list",
    "headcount",
    "total",
    "and",
    "but",
    "belonging",
    "everyone",
    "same",
    "export",
)


def take(phrase: Phrase, frame: Frame) -> None:
    """Take the words that the rest of the question gives their meaning."""
    phrase.take(*phrase.places("all_time"), *(place for place in phrase.places("towards") if to_people(phrase, place)))
    for place in phrase.places("by"):
        ordered = phrase.part(phrase.after(place))
        if frame.ranking is not None and isinstance(ordered, Shown):
            frame.ranking = replace(frame.ranking, by=ordered.measure)
            phrase.take(place)
    if frame.compare is not None and phrase.has("gap"):
        phrase.take(*(place for place in phrase.places("which") if phrase.word(place, "which") == "one"))
    if frame.compare is not None:
        phrase.take(*phrase.places("than", "growth", "gap", "same"))
    _of_outcomes(phrase, frame)
    money = any(phrase.model.metric(each.metric).unit is not None for each in frame.measures)
    phrase.take(*phrase.places("how_much") if money or frame.compare is not None else ())
    phrase.take(*(place for place in phrase.places("how_much") if asks_shown(phrase, place)))
    phrase.take(*came_to(phrase) if frame.measures else ())
    phrase.take(*(place for place in phrase.places("how_many") if not unmeant(phrase, place, frame)))
    phrase.take(*(at for at in phrase.places("than", "only_then") if during(phrase, at) or _in_its_time(phrase, at)))
    phrase.take(*phrase.places("whose") if frame.bounds or phrase.owned else ())
    phrase.take(*phrase.places("left") if in_stock(phrase, frame) else ())
    units = {phrase.model.metric(each.metric).unit for each in frame.measures}
    phrase.take(*(place for place in phrase.places("in_unit") if phrase.word(place, "in_unit") in units))
    frame.growth, frame.falling = phrase.has("growth") and not _ranks_value(phrase), phrase.has("falling")
    asks = range(len(phrase.nodes))
    frame.counts = sum(phrase.word(place, "how_many") is not None and not phrase.light(place) for place in asks)
    frame.total = phrase.has("total")
    frame.each_own = phrase.has("each_own") or each_of_several(phrase, frame)
    frame.counted = phrase.has("how_many", "headcount")
    some = [place for place in phrase.places("which") if phrase.word(place, "which") == "some"]
    phrase.take(*some)
    frame.listed = phrase.has("list") or bool(some) or (phrase.has("who") and not frame.counted and not frame.by)
    if frame.compare is not None or not frame.people:
        phrase.take(*(place for place in phrase.places("whether") if asks_whether(phrase, place)))
    phrase.take(*phrase.places(*ANYWHERE, *(OF_PEOPLE if frame.people else OF_METRICS)))
    frame.listed = frame.listed or (frame.people and not frame.counted and _everyone(phrase))
    frame.customers = any(True for _ in phrase.of(People)) or phrase.has("who")
    frame.heads = ranks_customers(phrase, frame)
    phrase.take(*(place for place, _ in list(phrase.left(People))))
    if frame.by:
        phrase.take(*phrase.places("spread"))
        phrase.take(*(place for place in phrase.places("than") if phrase.word(place, "than") == "alone"))
    phrase.take(*(place for place, each in list(phrase.left(Quantity)) if counts_groups(phrase, frame, place, each)))
    phrase.take(*phrase.places("anything") if frame.where else ())
    phrase.take(*(place for place in phrase.places("came_from") if _led_to(phrase, place, frame)))
    phrase.take(
        *(place for place in phrase.places("by") if isinstance(phrase.part(phrase.after(place)), Test | Choice))
    )
    counted = sources(phrase, frame)
    named = [place for place, rows in phrase.left(Rows) if rows.source in counted]
    phrase.take(*(place for place in named if not _beside_people(phrase, place)))
    phrase.take(*(place for place in phrase.places("only") if frame.where or frame.bounds))
    phrase.take(*(place for place in phrase.places("them") if place))
    _names(phrase, frame)


def _several(phrase: Phrase, frame: Frame) -> bool:
    """Whether there is more than one of which each could be asked for."""
    told = [each for _, each in phrase.of(Choice) if len(each.values) > 1]
    tests = [each.condition for _, each in phrase.of(Test)]
    ranged = any(isinstance(each, Ranged) or len(getattr(each, "values", ())) > 1 for each in tests)
    cut = frame.by or frame.grain or frame.trend or frame.compare or frame.ranking or frame.sorting
    return len(frame.measures) != 1 or bool(cut or told or ranged or frame.several)


def _in_its_time(phrase: Phrase, place: int) -> bool:
    """Whether a time, and no length of it, stands before, and behind what was done in it: 上个月才预约."""
    done = isinstance(phrase.part(phrase.after(place, over=("aux",))), Deed | Member)
    return bool(done and phrase.word(place, "only_then")) and isinstance(
        phrase.part(phrase.before(place, over=("at",))), When
    )


def _ranks_value(phrase: Phrase) -> bool:
    """Whether a ranking is of a metric's own value, told right beside it: 里程最高的平台环比增长多少."""
    for place, ranking in phrase.of(Ranking):
        if not phrase.english(place) and isinstance(phrase.part(phrase.before(place)), Shown):
            return True
        told = [at for at, shown in phrase.of(Shown) if shown.measure == ranking.by]
        if phrase.english(place) and told and not any(phrase.word(phrase.after(at), "growth") for at in told):
            return True
    return False


def _of_outcomes(phrase: Phrase, frame: Frame) -> None:
    """Words beside a ratio or a trend, and which one a ranking is of, told at its end: 里程最高的平台是哪家."""
    last = frame.measures[-1] if frame.measures else None
    if last is not None and (last.show == "share" or phrase.model.metric(last.metric).unit == "ratio"):
        phrase.take(*phrase.places("in_percent"))
    own = [place for place in phrase.places("each_own") if phrase.word(place, "each") or _several(phrase, frame)]
    phrase.take(*(own if not frame.people else ()))
    if frame.compare is None and (frame.grain or frame.trend):
        phrase.take(*phrase.places("changing"))
    if frame.ranking is not None and (frame.by or frame.grain):
        ends = {len(phrase.nodes), *phrase.places("comma")}
        ending = [place for place in phrase.places("which") if min(phrase.after(place), len(phrase.nodes)) in ends]
        phrase.take(*(place for place in ending if phrase.word(place, "which") == "one"))


def _names(phrase: Phrase, frame: Frame) -> None:
    """Names of dimensions that only say what a group or a condition is of."""
    for place, dimension in list(phrase.left(Dimension)):
        had = phrase.english(place) and phrase.word(place - 1, "whose")  # what is had says more: with weekdays
        if had or dimension.verb:
            continue
        if phrase.word(phrase.before(place), "everyone"):
            phrase.take(place)
        if (
            Group(dimension=dimension.name) in frame.by
            or any(names(each, dimension.name, phrase) for each in frame.where)
            or _of_their_kind(phrase, place, frame)
        ):
            phrase.take(place)


def _beside_people(phrase: Phrase, place: int) -> bool:
    """Whether rows stand in a list with people, and are asked for themselves: 昨天的趟和乘客."""
    beside = [(place + 1, phrase.after(place + 1)), (place - 1, phrase.before(place - 1))]
    joints = [at for joint, at in beside if any(phrase.word(joint, kind) for kind in ("and", "pause"))]
    return any(isinstance(phrase.part(at), People) for at in joints)


def _led_to(phrase: Phrase, place: int, frame: Frame) -> bool:
    """Whether what stands right before is told with a word for where from: 通过甲来的."""
    before, told = place - 1, phrase.told(place)
    if frame.people and any(told in (*each.words.zh, *each.bare) for each in phrase.model.behaviours.values()):
        return False
    verb = phrase.told(place + 1)
    if isinstance(phrase.part(place + 1), Deed | Shown) and holds("aspect", verb):
        return True
    told_of = phrase.followed_by("tie", place)
    return isinstance(phrase.part(before), Test | Choice) and (told_of or phrase.word(before - 1, "at") is not None)


def _of_their_kind(phrase: Phrase, place: int, frame: Frame) -> bool:
    """Whether a name only says what a value right before it is a kind of: senior trainers, 甲省城市."""
    part, name = phrase.part(place - 1), phrase.part(place)
    if not isinstance(name, Dimension) or frame.ranking is not None or frame.sorting is not None:
        return False
    step = phrase.dimension(name.name).within
    if isinstance(part, Contrast):
        return part.dimension == step
    told = part.condition if isinstance(part, Test) else None
    return isinstance(told, Filter) and told.op == "in" and told.dimension == step and told in frame.where


def _everyone(phrase: Phrase) -> bool:
    """Whether all customers are named: 全部客户."""
    return any(phrase.word(phrase.before(place), "everyone") for place, _ in phrase.of(People))

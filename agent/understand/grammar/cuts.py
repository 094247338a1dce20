"""What the numbers are cut by: dimensions, lengths of time, and charts."""

from collections.abc import Iterator
from typing import Literal, cast

from agent.understand.closed_class import holds
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bucketed, Choice, Cut, Drawn, Node, Ranking, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Dimension, Grouping
from tools.chart import DrawnAs
from warehouse.days import Bucket
from warehouse.query import Filter, Group
from warehouse.timepart import TIME_PARTS

JOINTS = ("pause", "and", "comma")
LEADS = ("each", "by")


def buckets(phrase: Phrase, place: int) -> bool:
    """A length of time: 每天, by month, which month, the trend."""
    if which := phrase.word(place, "which_bucket"):
        phrase.put(place, Bucketed(cast("Bucket", which), which=True))
        return True
    if grain := phrase.word(place, "grains"):
        last = phrase.after(place)
        if (
            phrase.word(last, "and")
            and phrase.english(place)
            and (named := _group(phrase, phrase.after(last))) is not None
        ):
            phrase.join(last, phrase.after(last), Cut((named,)))
            last = phrase.after(place)
        phrase.join(place, last if phrase.word(last, "trend") else place, Bucketed(cast("Bucket", grain)))
        return True
    unit = phrase.word(place + 1, "unit_of_time")
    if unit and phrase.english(place) and (phrase.word(place, "each") or phrase.word(place, "by")):
        phrase.join(place, place + 1, Bucketed(cast("Bucket", unit)))
        return True
    if phrase.word(place, "trend"):
        phrase.put(place, Bucketed(None))
        return True
    return False


def charts(phrase: Phrase, place: int) -> bool:
    """A chart asked for."""
    if (chart := phrase.word(place, "charts")) is None:
        return False
    phrase.put(place, Drawn(cast("DrawnAs", chart)))
    return True


def cuts(phrase: Phrase, place: int) -> bool:
    """Dimensions to group by: 各平台, by platform and city, 城市分布, 拆到平台, which brands."""
    if which := phrase.word(place, "which"):
        return _which(phrase, place, which)
    group = _group(phrase, place)
    if group is not None and _asks(phrase, place):
        groups, last = _groups(phrase, place)
        phrase.join(place, last, Cut(tuple(groups), which="one" if len(groups) == 1 else None))
        return True
    if group is not None and phrase.ends_with("spread", place):
        phrase.put(place, Cut((group,)))
        return True
    if group is not None and (values := _values_told(phrase, place, group)):
        start, end = phrase.nodes[place].start, phrase.nodes[place].end
        told = Test(Filter(dimension=group.dimension, values=values))
        phrase.nodes[place : place + 1] = [Node(start, end, Cut((group,))), Node(start, end, told)]
        return True
    if group is not None:
        return _after_name(phrase, place)
    lead = _lead(phrase, place)
    if lead is None:
        return False
    at = phrase.after(place)
    groups, last = _groups(phrase, at)
    if not groups:
        return False
    end = phrase.after(last)
    unit = phrase.after(end)
    if phrase.word(end, "and") and (grain := phrase.word(unit, "unit_of_time")) and phrase.english(unit):
        phrase.join(end, unit, Bucketed(cast("Bucket", grain)))
    last = end if any(phrase.word(end, kind) for kind in ("spread", "grouped", "split_after")) else last
    phrase.join(place, last, Cut(tuple(groups), each=lead == "each"))
    return True


def _asks(phrase: Phrase, place: int) -> bool:
    """Whether the name of a part of the time asks which one: 星期几."""
    told = phrase.told(place)
    names = {each for part in TIME_PARTS.values() for each in part.words.zh}
    return told in names and holds("how_many_bare", told)


def _values_told(phrase: Phrase, place: int, group: Group) -> tuple[str, ...]:
    """The values that a dimension is called by: 男女."""
    told = phrase.told(place)
    values = tuple(each for each in phrase.dimension(group.dimension).values if len(each) == 1 and each in told)
    return values if len(values) > 1 else ()


def _lead(phrase: Phrase, place: int) -> str | None:
    """The word that begins a cut, without one that orders: 按 before 里程 is not asked for here."""
    if phrase.word(place, "split") and not phrase.light(place):
        return "by"
    return next((kind for kind in LEADS if phrase.word(place, kind)), None)


def _group(phrase: Phrase, place: int) -> Group | None:
    match phrase.part(place):
        case Dimension(name):
            return Group(dimension=name)
        case Grouping(group):
            return group
        case _:
            return None


def _groups(phrase: Phrase, place: int) -> tuple[list[Group], int]:
    """Dimensions in a list, and the place of the last; a word such as 各 may stand before each."""
    groups: list[Group] = []
    last = place
    at = phrase.after(place - 1, over=LEADS)
    while (group := _group(phrase, at)) is not None:
        groups += [] if group in groups else [group]
        last = at
        joint = phrase.after(at)
        joined = (
            any(phrase.word(joint, kind) for kind in JOINTS) or phrase.word(joint, "by") or phrase.word(joint, "each")
        )
        at = phrase.after(joint, over=LEADS) if joined else -1
    return groups, last


def _which(phrase: Phrase, place: int, which: str) -> bool:
    """哪个品类, 哪些品牌, which brands."""
    at = phrase.after(place)
    while isinstance(phrase.part(at), Ranking | Choice | Test):
        at = phrase.after(at)
    group = _group(phrase, at)
    if group is None:
        return False
    one: Literal["one", "some"] = "one" if which == "one" or singular(phrase, at) else "some"
    if at == phrase.after(place):
        phrase.join(place, at, Cut((group,), which=one))
    else:
        phrase.take(place)
        phrase.put(at, Cut((group,), which=one))
    return True


def singular(phrase: Phrase, place: int) -> bool:
    """Whether a dimension is told by an English name that is no plural."""
    part = phrase.part(place)
    if not phrase.english(place) or not isinstance(part, Dimension):
        return False
    told = phrase.told(place)
    return not told.endswith("s") or told.endswith("ss")


def by_nothing(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A word that asks for parts, where it is not told which: break down revenue."""
    if not (frame.by or frame.grain or frame.trend or frame.several):
        yield from (place for place in range(len(phrase.nodes)) if phrase.word(place, "split") == "apart")


def _after_name(phrase: Phrase, place: int) -> bool:
    """A dimension before a word that cuts by it: 城市分布, 平台维度, 各品类 told before."""
    end = phrase.after(place)
    after = phrase.part(end)
    spread = phrase.word(end, "spread") or phrase.word(end, "dimension")
    if not spread or after is None:
        return False
    group = _group(phrase, place)
    phrase.join(place, end, Cut((group,) if group else ()))
    return True

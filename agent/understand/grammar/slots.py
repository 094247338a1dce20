"""Filling the slots of a question from left to right; what fills none is left in the phrase."""

from dataclasses import replace

from agent.understand.closed_class import holds
from agent.understand.grammar import rises
from agent.understand.grammar.amounts import bounds_in, bounds_of, describes_people, is_asked
from agent.understand.grammar.cuts import singular
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import (
    Bounded,
    Bucketed,
    Choice,
    Comparing,
    Contrast,
    Cut,
    Drawn,
    Further,
    Nobody,
    Ranking,
    Shown,
    Sorting,
    Test,
)
from agent.understand.grammar.people import Telling
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.renamed import asks_how_many
from agent.understand.grammar.small_words import take
from agent.understand.grammar.ties import counts_done, names
from agent.understand.mentions import Deed, Dimension, Member, People, Rows, When, Word
from agent.understand.quantities import Quantity
from warehouse.period import Period
from warehouse.query import Attribute, Filter, Group, Measure
from warehouse.timepart import HOUR


def read(phrase: Phrase) -> Frame:
    """Fill the slots from left to right; what fills none is left in the phrase."""
    frame = Frame()
    frame.people = _about_people(phrase)
    _bounded(phrase, frame)
    _bounded_columns(phrase, frame)
    frame.bounds += rises.read(phrase)
    _measures(phrase, frame)
    _outcome(phrase, frame)
    _conditions(phrase, frame)
    _ranked_group(phrase, frame)
    _shared_group(phrase, frame)
    _last_name(phrase, frame)
    take(phrase, frame)
    _brackets(phrase)
    return frame


def _brackets(phrase: Phrase) -> None:
    """Brackets around what the plan carries."""
    for place in range(len(phrase.nodes)):
        if not phrase.word(place, "open"):
            continue
        close = next((at for at in range(place, len(phrase.nodes)) if phrase.word(at, "close")), None)
        if close is not None and all(phrase.nodes[at] in phrase.taken for at in range(place + 1, close)):
            phrase.take(place, close)


def _about_people(phrase: Phrase) -> bool:
    """Whether customers are asked for, not a number: no metric stands by itself, or orders groups."""
    ordered = any(isinstance(each.by, Measure) for _, each in phrase.of(Sorting))
    return not ordered and not any(is_asked(phrase, place) for place, _ in phrase.of(Shown))


def _bounded(phrase: Phrase, frame: Frame) -> None:
    """Bounds on finished groups: a metric with bounds where groups are asked for, not customers."""
    _bounded_group(phrase)
    cut, bucketed = any(True for _ in phrase.of(Cut)), [each for _, each in phrase.of(Bucketed)]
    grouped = cut or any(each.which for each in bucketed)
    customers = any(isinstance(phrase.part(place), People) for place in range(len(phrase.nodes)))
    deeds = any(True for _ in phrase.of(Deed)) or any(True for _ in phrase.of(Member))
    for place, shown in list(phrase.of(Shown)):
        kept = (cut or bucketed) and phrase.word(phrase.before(place), "only")
        if _of_customers(phrase, place) or not (kept or (grouped and not (customers and deeds))):
            continue
        at = bounds_of(phrase, place)
        quantity = phrase.part(at) if at is not None else None
        if at is not None and isinstance(quantity, Quantity) and not describes_people(phrase, place, at):
            unit = phrase.model.metric(shown.measure.metric).unit
            frame.bounds.append(Bounded(shown.measure, bounds_in(quantity, unit)))
            frame.people = False
            phrase.take(at)


def _of_customers(phrase: Phrase, place: int) -> bool:
    """Whether a metric with bounds describes customers: 里程至少100的客户, customers who had at least 100 orders."""
    if phrase.english(place):
        told = range(place - 1, -1, -1)
        last = next((at for at in told if phrase.word(at, "who") or phrase.word(at, "only") or _has(phrase, at)), -1)
        return last >= 0 and not phrase.word(last, "only")
    depth = 0
    for at in range(place, len(phrase.nodes)):
        depth += 1 if phrase.word(at, "open") else -1 if phrase.word(at, "close") else 0
        if phrase.word(at, "comma") and depth == 0:
            return False
        if isinstance(phrase.part(at), People) and phrase.word(at - 1, "tie"):
            return True
    return False


def _has(phrase: Phrase, place: int) -> bool:
    """Whether a word tells what people have: customers who had."""
    return phrase.word(place, "whose") is not None and isinstance(phrase.part(place - 1), People)


def _bounded_columns(phrase: Phrase, frame: Frame) -> None:
    """Bounds on the columns that a comparison adds."""
    for place, further in list(phrase.of(Further)):
        at = phrase.after(place)
        quantity = phrase.part(at)
        if isinstance(quantity, Quantity):
            frame.bounds.append(Bounded(further.measure, quantity.bounds, f"_{further.name}"))
            phrase.take(place, at)


def _bounded_group(phrase: Phrase) -> None:
    """A dimension whose groups a metric's bounds describe: 里程超过1万的品牌."""
    if any(isinstance(node.part, People | Deed | Member) for node in phrase.nodes):
        return
    for place, dimension in list(phrase.of(Dimension)):
        before = phrase.before(place)
        bounded = isinstance(phrase.part(before), Quantity) and isinstance(
            phrase.part(phrase.before(before, over=("at", "aux"))), Shown
        )
        if (bounded and phrase.tied(before, place)) or _bounded_after(phrase, place):
            phrase.put(place, Cut((Group(dimension=dimension.name),), which="some"))


def _bounded_after(phrase: Phrase, place: int) -> bool:
    """Whether an English name is followed by a metric with bounds: cities with at least 30 buyers."""
    at = phrase.after(place, over=("whose", "at", "aux", "came_to"))
    at = at + 1 if isinstance(phrase.part(at), Quantity) else at
    told = isinstance(phrase.part(at), Shown) and phrase.english(place)
    return told and bounds_of(phrase, at) is not None and not phrase.word(phrase.before(place), "by")


def _measures(phrase: Phrase, frame: Frame) -> None:
    if frame.people:
        return
    for place, shown in list(phrase.left(Shown)):
        bounded = any(each.measure == shown.measure for each in frame.bounds)
        if is_asked(phrase, place) or bounded:
            if shown.measure not in frame.measures:
                frame.measures.append(shown.measure)
            frame.implied |= {shown.per} if shown.per else set()
            phrase.take(place)


def _outcome(phrase: Phrase, frame: Frame) -> None:
    for place, cut in list(phrase.left(Cut)):
        first = cut.each and frame.each is None
        told = [each for each in cut.groups if each not in frame.by]
        frame.by = [*told, *frame.by] if first else [*frame.by, *told]
        frame.which = cut.which or frame.which
        frame.each = cut.groups[0] if first else frame.each
        frame.of_each = frame.of_each or (cut.each and _of_ranking(phrase, place))
        phrase.take(place)
    _buckets(phrase, frame)
    for kind, slot in ((Comparing, "compare"), (Contrast, "compare"), (Ranking, "ranking"), (Sorting, "sorting")):
        for place, part in list(phrase.left(kind)):
            if getattr(frame, slot) is None:
                setattr(frame, slot, part)
                phrase.take(place)
            elif getattr(frame, slot) == part or (isinstance(part, Ranking) and _merged(frame, part)):
                phrase.take(place)
    for place, drawn in list(phrase.left(Drawn)):
        if frame.chart in {None, drawn.chart}:
            frame.chart = drawn.chart
            phrase.take(place)
    _ranked_buckets(frame)
    if not frame.measures and frame.sorting is not None and isinstance(frame.sorting.by, Measure):
        frame.measures.append(frame.sorting.by)


def _of_ranking(phrase: Phrase, place: int) -> bool:
    """Whether a ranking stands right beside: 每个平台前3名, first 3 of each platform."""
    return isinstance(phrase.part(phrase.before(place)), Ranking) or isinstance(phrase.part(place + 1), Ranking)


def _buckets(phrase: Phrase, frame: Frame) -> None:
    """The one length of time to cut by; another one is left."""
    for place, bucket in list(phrase.left(Bucketed)):
        if bucket.grain is None:
            frame.trend = True
        elif frame.grain in {None, bucket.grain}:
            frame.grain = bucket.grain
            frame.which = "one" if bucket.which else frame.which
        else:
            continue
        phrase.take(place)


def _ranked_buckets(frame: Frame) -> None:
    """The length of time that a ranking counts: the 3 days, the 5 hours of the day with the most orders."""
    of = frame.ranking.of if frame.ranking is not None else None
    hours = Group(dimension=HOUR.name)
    if frame.grain == "hour" and hours in frame.by:
        frame.grain = None
    if of == "hour" and hours not in frame.by:
        frame.by.append(hours)
    elif of is not None and of != "hour":
        frame.grain = frame.grain or of


def _merged(frame: Frame, other: Ranking) -> bool:
    """Two tellings of one ranking, joined: 最高的是哪些，给我前10个."""
    mine = frame.ranking
    if mine is None or mine.descending != other.descending or None not in {mine.n, other.n}:
        return False
    if len({mine.by, other.by} - {None}) > 1:
        return False  # of two orders, one within the other
    frame.ranking = replace(mine, n=mine.n or other.n, by=mine.by or other.by, of=mine.of or other.of)
    return True


def _ranked_group(phrase: Phrase, frame: Frame) -> None:
    """A dimension that a ranking is of, told without a word that cuts: 里程最高的5个品牌, top 10 products."""
    if frame.ranking is None and frame.sorting is None and frame.chart is None and not frame.bounds:
        return
    for place, dimension in list(phrase.left(Dimension)):
        group = Group(dimension=dimension.name)
        noun, ranked = any(names(each, dimension.name, phrase) for each in frame.where), _beside_ranking(phrase, place)
        others = any(each != frame.each for each in frame.by) or any(
            _beside_ranking(phrase, at) for at, _ in phrase.left(Dimension) if at != place
        )
        if dimension.verb or (noun and (frame.ranking is None or (others and not ranked))):
            continue
        if group in frame.by:
            phrase.take(place)
        elif ranked or phrase.nodes[place] is phrase.nodes[-1] or frame.ranking is not None:
            frame.by.append(group)
            frame.which = frame.which or (None if not phrase.english(place) or singular(phrase, place) else "some")
            phrase.take(place)


def _beside_ranking(phrase: Phrase, place: int) -> bool:
    """Whether a number of groups, or their order, is told right beside their name."""
    before, after = phrase.part(phrase.before(place)), phrase.part(phrase.after(place))
    return isinstance(before, Ranking | Quantity | Sorting) or isinstance(after, Ranking | Sorting)


def _shared_group(phrase: Phrase, frame: Frame) -> None:
    """A dimension right before the share of a metric is what is shared among: 品牌里程占比."""
    for place, dimension in list(phrase.left(Dimension)):
        shown = phrase.part(phrase.after(place))
        if not frame.by and isinstance(shown, Shown) and shown.measure.show == "share":
            frame.by.append(Group(dimension=dimension.name))
            phrase.take(place)


def _last_name(phrase: Phrase, frame: Frame) -> None:
    """A dimension told last of all in few words is what to group by: 里程 上周 平台."""
    if not frame.measures or frame.by or not phrase.nodes:
        return
    last = max((place for place in range(len(phrase.nodes)) if not phrase.light(place)), default=0)
    name, before = phrase.part(last), phrase.part(last - 1)
    terse = all(isinstance(node.part, Shown | When | Dimension | Test) or node.word("comma") for node in phrase.nodes)
    counted = asks_how_many(phrase, last - 1) and not phrase.gap(last - 1, last)
    if isinstance(name, Dimension) and isinstance(before, Shown | When | Word) and terse and not counted:
        frame.by.append(Group(dimension=name.name))
        phrase.take(last)


def _conditions(phrase: Phrase, frame: Frame) -> None:
    if not frame.people:
        _metric_period(phrase, frame)
        _all_time(phrase, frame)
        _told_twice(phrase, frame)
    frame.several = next((each for _, each in phrase.of(Choice) if each.link in {"and", "listed"}), None)
    _kept(phrase, frame)
    telling = Telling(phrase)
    telling.read()
    frame.all_time, frame.window = frame.all_time or telling.all_time, telling.window
    for place, choice in list(phrase.left(Choice)):
        phrase.put(place, Test(Filter(dimension=choice.dimension, values=choice.values)))
    frame.where += telling.conditions()
    for place, test in list(phrase.left(Test)):
        if isinstance(test.condition, Attribute) or not frame.people:
            frame.where += [test.condition] if test.condition not in frame.where else []
            phrase.take(place)
    if not frame.people and frame.period is None and not frame.all_time:
        frame.period = _left_period(phrase) or frame.window


def _kept(phrase: Phrase, frame: Frame) -> None:
    """Finished groups to be shown, told behind the cut: 里程占比，按平台，只看红."""
    for place, choice in list(phrase.left(Choice)):
        cut = any(each.dimension == choice.dimension for each in frame.by)
        only = phrase.before(place)
        behind = any(isinstance(node.part, Cut) for node in phrase.nodes[:place])
        if cut and behind and phrase.word(only, "only"):
            frame.keep.append(Filter(dimension=choice.dimension, values=choice.values))
            phrase.take(only, place)


def _told_twice(phrase: Phrase, frame: Frame) -> None:
    """What a metric counts anyway is no condition on people: 各省份都在星期几下单多，趟数."""
    for place, deed in list(phrase.of(Deed)):
        counted = all(counts_done(phrase, each.metric, deed.behaviour) for each in frame.measures)
        told = deed.negated or (deed.bare and phrase.english(place)) or _asks_rows(phrase, place)
        beside = [at for at, pause in ((place - 2, place - 1), (place + 2, place + 1)) if phrase.word(pause, "pause")]
        listed = any(isinstance(phrase.part(at), Shown) for at in beside)
        if frame.measures and counted and not _of_people(phrase, place) and not (told or listed):
            phrase.put(place, Nobody())
            phrase.take(place)


def _asks_rows(phrase: Phrase, place: int) -> bool:
    """Whether the rows of what was done are asked for themselves, beside a metric: 多少笔付款的趟，多少里程."""
    rows = phrase.after(place)
    counted = phrase.word(place - 1, "how_many") is not None
    listed = any(phrase.word(rows + 1, kind) for kind in ("and", "pause", "comma"))
    return isinstance(phrase.part(rows), Rows) and (counted or listed)


def _of_people(phrase: Phrase, place: int) -> bool:
    """Whether what was done describes people: 下单的用户, customers who ordered."""
    if phrase.english(place):
        return any(isinstance(phrase.part(at), People) or phrase.word(at, "who") for at in range(place))
    rows = any(isinstance(phrase.part(at), Rows) for at in (phrase.after(place), phrase.after(place + 1)))
    tied = holds("tie", phrase.clause_behind(place)) and not rows
    return tied or isinstance(phrase.part(phrase.after(place)), People)


def _metric_period(phrase: Phrase, frame: Frame) -> None:
    """The period of the metrics: one that stands in no clause of something done."""
    deeds = _told_of_people(phrase)
    for place, when in list(phrase.left(When)):
        apart = not deeds or all(_apart(phrase, place, deed) for deed in deeds)
        if apart and (frame.period is None or frame.period == when.period):
            frame.period = when.period
            phrase.take(place)


def _all_time(phrase: Phrase, frame: Frame) -> None:
    """All of the data told for the metrics."""
    deeds = _told_of_people(phrase)
    for place in phrase.places("all_time"):
        if not deeds or all(_apart(phrase, place, deed) for deed in deeds):
            frame.all_time = True
            phrase.take(place)


def _told_of_people(phrase: Phrase) -> list[int]:
    """Where it stands what people did, are or have."""
    kinds = [place for place, node in enumerate(phrase.nodes) if isinstance(node.part, Deed) or _dated(phrase, place)]
    return sorted({*kinds, *(place for place, _ in phrase.of(Shown) if not is_asked(phrase, place))})


def _dated(phrase: Phrase, place: int) -> bool:
    """Whether a segment stands at a place that may be one of some days: not one that an analysis found."""
    part = phrase.part(place)
    return isinstance(part, Member) and phrase.model.segment(part.segment).keys is None


def _apart(phrase: Phrase, place: int, deed: int) -> bool:
    """Whether a metric stands between a period and something done, or the people who did it do behind a metric's.

    Chinese may put what was done first.
    """
    between = range(min(place, deed) + 1, max(place, deed))
    only = max((at for at in range(max(place, deed)) if phrase.word(at, "only")), default=-1)
    if only > place:
        return True
    if -1 < only < place and not any(is_asked(phrase, at) for at, _ in phrase.of(Shown) if at > only):
        return False
    if any(isinstance(phrase.part(at), Shown | Cut) for at in between):
        return True
    if phrase.english(place) and any(isinstance(phrase.part(at), People) or phrase.word(at, "who") for at in between):
        return place < deed and any(isinstance(node.part, Shown) for node in phrase.nodes[:place])
    tied = phrase.tied(deed, place) or phrase.ends_with("tie", deed)  # 注册的 may be one word
    return place > deed and not phrase.english(place) and tied


def _left_period(phrase: Phrase) -> Period | None:
    left = list(phrase.left(When))
    if len({when.period for _, when in left}) != 1:
        return None
    phrase.take(*(place for place, _ in left))
    return left[0][1].period

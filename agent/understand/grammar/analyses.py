"""A tool that a question names: its arguments, from the slots that the rest of the question fills."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Choice, Contrast
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.plan import compared, period_asked
from agent.understand.mentions import Deed, Member, People, Unknown, When, Word
from tools.tool import ArgumentKind, ArgumentWords, Tool
from warehouse.errors import QueryError
from warehouse.period import Period
from warehouse.query import Condition, Filter, Group, Part
from warehouse.text import Text

TAKEN_OUT = Word((("filler", None),))  # where a tool's own words stood


@dataclass(frozen=True)
class Lacking:
    """What a tool needs and a question that names it does not tell: an argument; `told` are the others."""

    tool: Tool
    field: str
    words: ArgumentWords
    told: Mapping[str, object]


class Untold(ValueError):
    """An argument that the tool needs is not told."""

    def __init__(self, lacking: Lacking) -> None:
        super().__init__(f"{lacking.tool.name} needs {lacking.field}")
        self.lacking = lacking


@dataclass
class Slots:
    """What a question tells a tool; `left` are the slots that no argument has taken yet."""

    frame: Frame
    phrase: Phrase
    steps: tuple[str, ...] = ()
    left: dict[str, Text] = field(default_factory=dict)


def steps(phrase: Phrase, *, one: bool = False) -> tuple[str, ...]:
    """Things done one after another, as a funnel has them: they are no conditions on customers. Takes their words.

    Of a tool that takes `one`, what stands right before its name: 浏览留存率.
    """
    for place, deed in phrase.of(Deed):
        if one:
            if not deed.negated and phrase.part(place + 1) == TAKEN_OUT:
                del phrase.nodes[place]
                return (deed.behaviour,)
            continue
        run = [place]
        while (then := _next_step(phrase, run[-1])) is not None:
            run.append(then)
        behind = run[-1] + (2 if phrase.word(run[-1] + 1, "tie") else 1)
        if isinstance(phrase.part(behind), People) or phrase.word(phrase.before(place), "who"):
            continue  # what customers did, one after the other or not, is no step
        if len(run) > 1:
            names = [each.behaviour for at in run if isinstance(each := phrase.part(at), Deed)]
            del phrase.nodes[run[0] : run[-1] + 1]
            return tuple(names)
        if phrase.part(behind) == TAKEN_OUT:  # 购买漏斗: no condition on customers, and no order of steps
            phrase.take(*(at for at, node in enumerate(phrase.nodes) if not isinstance(node.part, Unknown)))
            raise QueryError(
                Text("只说出了一步。", "Only one step is told."),
                Text("请说出每一步，或都不说。", "Name each of the steps, or none."),
            )
    return ()


def _next_step(phrase: Phrase, place: int) -> int | None:
    """The place of the next thing done, where only a mark or a word for what comes next stands between."""
    after = phrase.after(place, over=("pause", "comma", "then", "and", "onward", "at"))
    return after if isinstance(phrase.part(after), Deed) else None


def arguments(tool: Tool, told: Mapping[str, object], frame: Frame, phrase: Phrase, done: tuple[str, ...]) -> Part:
    """The tool's arguments. Raises `QueryError` for what it takes none of, `ValueError` for what is no call of it."""
    _side_by_side(tool, frame)
    slots = Slots(frame, phrase, done, dict(_filled(frame, done)))
    values = dict(told)
    for name, words in tool.asked.arguments.items():
        if words.kind in TAKEN:
            for slot in TAKEN[words.kind]:
                slots.left.pop(slot, None)
            value = READ[words.kind](slots, words)
            if value is not None:
                values[name] = value
    if slots.left:
        raise _takes_no(tool, next(iter(slots.left.values())))
    try:
        args = tool.Args.model_validate(values)
    except ValidationError as error:
        for name, words in tool.asked.arguments.items():
            if words.needed is not None and name not in values:
                raise Untold(Lacking(tool, name, words, values)) from error
        raise
    if not isinstance(args, Part):
        raise TypeError(f"the arguments of {tool.name} are a Part")
    return args


def _side_by_side(tool: Tool, frame: Frame) -> None:
    """Two groups compared are cut by what they are groups of, where the tool only cuts."""
    kinds = {words.kind for words in tool.asked.arguments.values()}
    pair = frame.compare
    if isinstance(pair, Contrast) and "comparison" not in kinds and "dimension" in kinds:
        frame.compare = None
        frame.by = list(dict.fromkeys((*frame.by, Group(dimension=pair.dimension))))
        frame.where.append(Filter(dimension=pair.dimension, values=(pair.first, pair.second)))


def _filled(frame: Frame, done: tuple[str, ...]) -> Iterator[tuple[str, Text]]:
    """The slots that a question fills, by what people call them."""
    yield from (
        (name, words)
        for name, (value, words) in {
            "measures": (frame.measures, Text("指标", "metric")),
            "by": (frame.by, Text("分组", "grouping")),
            "grain": (frame.grain or frame.trend, Text("时间粒度", "length of time")),
            "period": (frame.period, Text("时间", "period")),
            "where": (frame.where, Text("条件", "condition")),
            "compare": (frame.compare, Text("比较", "comparison")),
            "bounds": (frame.bounds or frame.keep, Text("数值范围", "bound")),
            "order": (frame.ranking or frame.sorting, Text("排序", "order")),
            "steps": (done, Text("步骤", "step")),
        }.items()
        if value
    )


def _takes_no(tool: Tool, slot: Text) -> QueryError:
    return QueryError(
        Text(f"「{tool.answers.zh}」不接受{slot.zh}。", f"“{tool.answers.en}” takes no {slot.en}."),
        Text("请去掉这一项再问。", "Ask without it."),
    )


def _period(slots: Slots, _: ArgumentWords) -> Any:
    return period_asked(slots.frame)


def _comparison(slots: Slots, _: ArgumentWords) -> Any:
    return compared(slots.frame, [], slots.phrase.reading)


def _conditions(slots: Slots, _: ArgumentWords) -> Any:
    return tuple(dict.fromkeys(slots.frame.where)) or None


def _metrics(slots: Slots, _: ArgumentWords) -> Any:
    return tuple(slots.frame.measures) or None


def _metric(slots: Slots, _: ArgumentWords) -> Any:
    if len(slots.frame.measures) > 1:
        raise QueryError(
            Text("一次只算一个指标。", "It takes one metric at a time."),
            Text("请分开来问。", "Ask for each by itself."),
        )
    return next(iter(slots.frame.measures), None)


def _dimensions(slots: Slots, _: ArgumentWords) -> Any:
    return _groups(slots.frame) or None


def _groups(frame: Frame) -> tuple[str, ...]:
    """The dimensions asked for; that of groups compared is not asked for by itself."""
    contrast = frame.compare
    told = (each.dimension for each in frame.by)
    return tuple(each for each in told if not isinstance(contrast, Contrast) or each != contrast.dimension)


def _dimension(slots: Slots, _: ArgumentWords) -> Any:
    told = _groups(slots.frame)
    if len(told) > 1:
        raise QueryError(
            Text("一次只按一个维度拆分。", "It is cut by one dimension at a time."),
            Text("请只留一个维度。", "Keep one of them."),
        )
    return next(iter(told), None)


def _grain(slots: Slots, _: ArgumentWords) -> Any:
    return slots.frame.grain


def _steps(slots: Slots, _: ArgumentWords) -> Any:
    return slots.steps or None


def _values(slots: Slots, words: ArgumentWords) -> Any:
    """Values of the dimension that plays a part: they are no conditions then."""
    kept: list[Condition] = []
    values: list[str] = []
    for each in slots.frame.where:
        if isinstance(each, Filter) and each.op == "in" and _plays(each.dimension, words, slots.phrase):
            values += each.values
        else:
            kept.append(each)
    slots.frame.where = kept
    if not kept:
        slots.left.pop("where", None)
    return tuple(values) or None


def _plays(name: str, words: ArgumentWords, phrase: Phrase) -> bool:
    if words.of is None:
        return True
    role, part = words.of
    dimension, played = phrase.dimension(name), phrase.model.roles.get(role)
    return played is not None and (dimension.source, dimension.expression) == (played.source, played.parts.get(part))


READ: Mapping[ArgumentKind, Callable[[Slots, ArgumentWords], Any]] = {
    "values": _values,
    "period": _period,
    "comparison": _comparison,
    "people": _conditions,
    "filters": _conditions,
    "metric": _metric,
    "metrics": _metrics,
    "dimension": _dimension,
    "dimensions": _dimensions,
    "grain": _grain,
    "behaviours": _steps,
}
TAKEN: Mapping[ArgumentKind, tuple[str, ...]] = {
    "values": (),
    "period": ("period",),
    "comparison": ("compare",),
    "people": ("where",),
    "filters": ("where",),
    "metric": ("measures",),
    "metrics": ("measures",),
    "dimension": ("by",),
    "dimensions": ("by",),
    "grain": ("grain",),
    "behaviours": ("steps",),
}


def period_beside(phrase: Phrase, words: Collection[tuple[int, int]]) -> Period | None:
    """The period right behind the tool's own English `words` where the customers have another one, which takes it.

    Funnel of last month, users who bought in May: English tells the days behind what was done.
    """
    if len(list(phrase.of(When))) == 1:
        return None
    for place, node in enumerate(phrase.nodes):
        behind = phrase.after(place, over=("at",))
        when = phrase.part(behind)
        if (node.start, node.end) not in words or not isinstance(when, When) or not phrase.english(behind):
            continue
        if not isinstance(phrase.part(phrase.after(behind)), People | Deed | Member | Choice):
            phrase.put(behind, TAKEN_OUT)
            return when.period
    return None


def period_left(phrase: Phrase, frame: Frame, *, shared: bool) -> None:
    """The one period that nothing else took; else, where it is `shared`, that of the customers' clause."""
    left = list(phrase.left(When))
    for place, _ in left:
        if any(phrase.word(phrase.before(place), kind) for kind in ("except", "outside")):
            phrase.take(*range(len(phrase.nodes)))  # whatever else is told, it cannot be given
            raise _not_without(phrase.words.told(phrase.nodes[place].start, phrase.nodes[place].end))
    if frame.period is None and len({when.period for _, when in left}) == 1:
        frame.period = left[0][1].period
        phrase.take(*(place for place, _ in left))
    if frame.period is None and shared and not frame.all_time:
        frame.period = frame.window


def _not_without(days: str) -> QueryError:
    return QueryError(
        Text(f"不能把「{days}」从里面去掉：一段时间要么整段算，要么不算。", f"“{days}” cannot be left out of it."),
        Text(
            "请去掉这个条件，或改问不含这些天的一段时间。",
            "Ask without that, or for a period that has none of these days.",
        ),
    )

"""What a question changes in the plan of the one before it: a query changed slot by slot."""

from dataclasses import dataclass, replace
from typing import Any

from agent.understand.grammar import conditions, plan
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bounded, Ranking
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.rebound import rebound
from agent.understand.quantities import Quantity
from tools.query.tool import QueryArgs
from warehouse.query import WINDOWED, Against, Condition, Filter, Group, Measure, Not, Order, Versus, plain


@dataclass(frozen=True)
class Edit:
    """One clause of a question after another, and what its cue words ask to do with the slots it fills.

    `shown` is how the metrics before are to be shown; `single` are dimensions of which the question names one value
    that the answer before found; `lifts` says that the words take a condition away rather than ask for its opposite,
    `first_in_order` that the first ones are asked for in whatever order there is.
    """

    phrase: Phrase
    frame: Frame
    adds: bool = False
    drops: bool = False
    swaps: bool = False
    of_them: bool = False
    lifts: bool = False
    first_in_order: bool = False
    shown: dict[str, Any] | None = None
    single: frozenset[str] = frozenset()


def changed(old: QueryArgs, edit: Edit) -> QueryArgs | None:
    """The query with the slots that the question fills; None where they cannot be changed so.

    Raises `QueryError` for what the model cannot give.
    """
    if edit.drops:
        return _without(old, edit)
    _bound(old, edit)
    old = _uncut(_found_by(old, edit), edit)
    where, metrics = _where(old, edit), _metrics(old, edit)
    if where is None or metrics is None or not _possible(old, edit):
        return None
    made = _shares_kept(
        old, edit, plan.query(_merged(old, edit, [*where, *_ungrouped(old, edit)], metrics), edit.phrase)
    )
    kept = _kept(old, made, edit.frame, edit.phrase) if _sound(made) else None
    return None if kept is None else QueryArgs.model_validate(plain(made) | kept)


def _shares_kept(old: QueryArgs, edit: Edit, made: QueryArgs) -> QueryArgs:
    """Values whose shares are asked for choose among the groups: of all of them is each a share."""
    told = [each for each in edit.frame.where if isinstance(each, Filter) and each.op == "in" and each not in old.where]
    if not any(each.show == "share" for each in made.metrics):
        return made
    grouped = {each.dimension for each in made.by}
    keep = tuple(each for each in told if each.dimension in grouped and each not in made.keep)
    where = tuple(each for each in made.where if each not in keep)
    return made.model_copy(update={"keep": (*made.keep, *keep), "where": where})


def _ungrouped(old: QueryArgs, edit: Edit) -> list[Filter]:
    """Values that chose among groups which are asked for no more: they narrow the rows, or their share is asked for."""
    groups = {each.dimension for each in (*_cut(old, edit)[0], *old.by * bool(edit.single))}
    told = {name for each in edit.frame.where for name in conditions.dimensions(each)}
    return [each for each in old.keep if each.dimension not in {*groups, *told}]


def _possible(old: QueryArgs, edit: Edit) -> bool:
    """Whether what is added is of the same days, what is ordered has groups, and what is counted can be."""
    frame = edit.frame
    elsewhen = edit.adds and frame.period not in {None, old.period}
    ordered = frame.ranking is not None or frame.sorting is not None
    grouped = old.by or old.grain or frame.by or frame.grain or frame.trend
    within = frame.each is not None and frame.ranking is not None and not {*old.by, *frame.by} - {frame.each}
    return not (elsewhen or within or (ordered and not grouped) or (edit.of_them and not _countable(old, edit)))


def _merged(old: QueryArgs, edit: Edit, where: list[Condition], metrics: list[Measure]) -> Frame:
    """The slots of the query before with those that the question fills."""
    frame = edit.frame
    by, grain = _cut(old, edit)
    return replace(
        frame,
        measures=metrics,
        by=list(by),
        grain=grain,
        period=None if frame.all_time else frame.period or old.period,
        where=where,
        shared=_ungrouped(old, edit),
        chart=frame.chart or (old.chart if bool(old.grain) == bool(grain or frame.trend) else None),
        ranking=None if frame.ranking is None else _ranked(old, edit, frame.ranking, metrics),
        people=False,
    )


def _sound(made: QueryArgs) -> bool:
    """Whether no share is of itself, and no period is compared with itself."""
    shared = any(each.show in WINDOWED for each in made.metrics) and not (made.by or made.grain)
    return not shared and not (isinstance(made.compare, Against) and made.compare.period == made.period)


def _countable(old: QueryArgs, edit: Edit) -> bool:
    """Whether "how many of them" can be asked of what the metrics before count."""
    counts = [place for place in range(len(edit.phrase.nodes)) if edit.phrase.word(place, "how_many")]
    units = [edit.phrase.model.metric(each.metric).unit for each in old.metrics]
    return not any(map(edit.phrase.english, counts)) or all(unit is None for unit in units)


def _bound(old: QueryArgs, edit: Edit) -> None:
    """A number told with a comparison is a bound on the one metric before, where groups are asked for: 超过10万的."""
    frame, phrase = edit.frame, edit.phrase
    metrics = [*frame.measures, *(old.metrics if not frame.measures or edit.adds else ())]
    for place, quantity in list(phrase.left(Quantity)):
        fits = quantity.unit in {None, phrase.model.metric(metrics[0].metric).unit}
        if not quantity.bare and fits and len(metrics) == 1 and (old.by or old.grain or frame.by or frame.grain):
            frame.bounds.append(Bounded(metrics[0], quantity.bounds))
            phrase.take(place)


def _found_by(old: QueryArgs, edit: Edit) -> QueryArgs:
    """Where the one that was found is asked about, how it was found is no more asked."""
    if not edit.single:
        return old
    by = tuple(each for each in old.by if each.dimension not in edit.single)
    fewer = {"by": by, "order": None, "limit": None, "limit_per": None, "having": (), "keep": (), "compare": None}
    return old.model_copy(update=fewer)


def _uncut(old: QueryArgs, edit: Edit) -> QueryArgs:
    """One value of what is now to be cut by is asked no more: it would be the only group."""
    cut = {each.dimension for each in edit.frame.by}
    alone = [each for each in old.where if isinstance(each, Filter) and each.op == "in" and len(each.values) == 1]
    gone = [each for each in alone if each.dimension in cut]
    return old.model_copy(update={"where": tuple(each for each in old.where if each not in gone)}) if gone else old


def _metrics(old: QueryArgs, edit: Edit) -> list[Measure] | None:
    frame, told = edit.frame, list(edit.frame.measures)
    if edit.shown is not None:
        told = [*told, *(each.model_copy(update=edit.shown) for each in old.metrics if each.show == "value")]
        if len(told) == len(frame.measures):
            return None
    if not told:
        by = frame.sorting.by if frame.sorting is not None else frame.ranking.by if frame.ranking is not None else None
        return _sorted_by(old, by) if edit.swaps and isinstance(by, Measure) else list(old.metrics)
    if edit.adds:
        return [*old.metrics, *(each for each in told if each not in old.metrics)]
    return told


def _sorted_by(old: QueryArgs, by: Measure) -> list[Measure]:
    """Another metric in the place of the one that ordered before."""
    if by in old.metrics:
        return list(old.metrics)
    ordered = old.order.column if old.order is not None else old.metrics[0].column
    placed = [by if each.column == ordered else each for each in old.metrics]
    return placed if by in placed else [*placed, by]


def _ranked(old: QueryArgs, edit: Edit, ranking: Ranking, metrics: list[Measure]) -> Ranking:
    """So many of the first, by what ordered before where nothing else is told, and in that order."""
    by = ranking.by or _ordered_by(old, metrics)
    n = ranking.n or (old.limit if edit.frame.which is None and old.order is not None else None)
    kept = edit.first_in_order and ranking.by is None and ranking.descending and old.order is not None
    return replace(ranking, by=by, n=n, descending=old.order.descending if kept and old.order else ranking.descending)


def _ordered_by(old: QueryArgs, metrics: list[Measure]) -> Measure | None:
    """The metric that ordered before, where it is still shown."""
    return next((each for each in metrics if old.order is not None and each.column == old.order.column), None)


def _where(old: QueryArgs, edit: Edit) -> tuple[Condition, ...] | None:
    new = list(edit.frame.where)
    if len(conditions.windows(new)) == 0 and old.period is not None:
        new = conditions.within(new, old.period, edit.phrase.model)
    outcome = edit.frame.measures or edit.frame.by or edit.frame.grain
    excluded = all(isinstance(each, Not) and conditions.is_filter(each) for each in new)
    if edit.adds and not excluded and not edit.phrase.has("only"):
        return None if outcome else conditions.united(old.where, new)
    if edit.of_them:
        return tuple(dict.fromkeys((*old.where, *new)))
    return conditions.narrowed(old.where, new, edit.phrase.model, lifts=edit.lifts)


def _cut(old: QueryArgs, edit: Edit) -> tuple[tuple[Group, ...], Any]:
    """Groups replace groups and buckets buckets; where only one of the two was there, either replaces it."""
    frame = edit.frame
    bucketed = frame.grain is not None or frame.trend
    if edit.adds:
        return (*old.by, *(each for each in frame.by if each not in old.by)), frame.grain or old.grain
    if frame.each is not None and frame.ranking is not None and frame.by == [frame.each]:
        return (frame.each, *(each for each in old.by if each != frame.each)), old.grain
    if frame.by and bucketed:
        return tuple(frame.by), frame.grain
    if frame.by:
        return tuple(frame.by), old.grain if old.by else None
    if bucketed:
        narrowed = frozenset(name for each in frame.where for name in conditions.dimensions(each))
        by = tuple(each for each in old.by if each.dimension not in narrowed)
        shared = any(each.show in {"share", "share_of_parent"} for each in old.metrics)
        return by if old.grain is not None or shared else (), frame.grain
    return old.by, old.grain


def _kept(old: QueryArgs, made: QueryArgs, frame: Frame, phrase: Phrase) -> dict[str, Any] | None:
    """What the question says nothing of and the query before told; None where it would be lost."""
    kept: dict[str, Any] = {}
    groups = {each.column for each in made.by}
    if frame.compare is None and (not isinstance(old.compare, Versus) or old.compare.dimension in groups):
        kept["compare"] = compare = plan.bucketed(old, made.grain, phrase.reading)
        if compare is None and old.compare is not None:
            return None
    columns = {each.column for each in made.metrics}
    if any(not _of_column(each.column, columns) for each in old.having):
        return None
    if made.by or made.grain is not None:
        kept["having"] = rebound(old.having, made.having, phrase)
    kept["keep"] = made.keep or tuple(
        each for each in old.keep if each.dimension in {group.dimension for group in made.by}
    )
    if frame.ranking is None and frame.sorting is None:
        kept |= _order(old, made)
    elif frame.ranking is None:
        kept["limit"] = old.limit
    return {name: _written(value) for name, value in kept.items()}


def _of_column(column: str, columns: set[str]) -> bool:
    return any(column == each or column.startswith(f"{each}_") for each in columns)


def _order(old: QueryArgs, made: QueryArgs) -> dict[str, Any]:
    """The order before: by the same column, or by what stands in its place."""
    if old.order is None or not (made.by or made.grain):
        return {"order": None, "limit": None, "limit_per": None}
    column: str | None = old.order.column
    metrics = {each.column for each in made.metrics}
    groups = {each.column for each in made.by} | {str(made.grain)}
    told = next((each.column for each in old.metrics if _of_column(old.order.column, {each.column})), None)
    if told is not None and not _of_column(old.order.column, metrics):
        column = made.metrics[0].column
    elif told is None and old.order.column not in groups:
        column = None
    if column is None:
        return {"order": None, "limit": None, "limit_per": None}
    per = old.limit_per if old.limit_per in {each.column for each in made.by} else None
    return {"order": Order(column=column, descending=old.order.descending), "limit": old.limit, "limit_per": per}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def _without(old: QueryArgs, edit: Edit) -> QueryArgs | None:
    """The query without what is named: a metric, a group, a value, the buckets, a comparison, an order, a chart."""
    frame, phrase = edit.frame, edit.phrase
    compares = frame.compare is not None or bool(phrase.places("than", "growth", "gap"))
    orders = frame.sorting is not None or frame.ranking is not None
    phrase.take(*phrase.places("than", "growth", "gap"))
    metrics = tuple(_plainly(each, edit) for each in old.metrics if each not in frame.measures)
    by = tuple(each for each in old.by if each not in frame.by)
    named = {each.dimension for each in frame.by if each not in old.by}
    where: tuple[Condition, ...] | None = tuple(each for each in old.where if not conditions.dimensions(each) & named)
    where = conditions.without(where or (), list(map(conditions.positive, frame.where)), lifts=True)
    update: dict[str, Any] = {"metrics": metrics, "by": by, "where": where}
    update |= {"grain": None} if frame.grain == old.grain or frame.trend else {}
    update |= {"period": None} if frame.period is not None and frame.period == old.period else {}
    update |= {"compare": None} if compares else {}
    update |= {"chart": None} if frame.chart is not None else {}
    update |= {"order": None, "limit": None, "limit_per": None} if orders else {}
    lost = where is None or not metrics or not _all_gone(old, frame) or (compares and old.compare is None)
    if lost or (update.get("period", old.period) is old.period and frame.period is not None):
        return None
    rest = old.model_copy(update=update)
    kept = _kept(rest, rest, Frame(), phrase) if rest.order is not None else {}
    return None if kept is None else QueryArgs.model_validate(plain(rest) | kept)


def _plainly(measure: Measure, edit: Edit) -> Measure:
    """A metric as its value, where the way to show it is taken away."""
    ways = edit.shown or {}
    return Measure(metric=measure.metric) if ways and measure.show == ways["show"] else measure


def _all_gone(old: QueryArgs, frame: Frame) -> bool:
    """Whether all that is named to go was there."""
    filtered = {name for each in old.where for name in conditions.dimensions(each)}
    return (
        all(each in old.metrics for each in frame.measures)
        and all(each in old.by or each.dimension in filtered for each in frame.by)
        and (frame.grain is None or frame.grain == old.grain)
        and (not frame.trend or old.grain is not None)
        and (frame.chart is None or old.chart is not None)
        and ((frame.sorting is None and frame.ranking is None) or old.order is not None)
    )

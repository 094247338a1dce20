"""What a question changes in the customers of the one before it: who they are, how they are shown, what they did."""

from agent.understand.grammar import conditions, plan
from agent.understand.grammar.changes import Edit
from agent.understand.grammar.counts import number_of_customers
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from warehouse.query import Condition, Filter, Measure


def changed(old: AudienceArgs, edit: Edit) -> AudienceArgs | QueryArgs | None:
    """The customers as the question changes them, or metrics of them; None where they cannot be changed so.

    Raises `QueryError` for what the model cannot give.
    """
    frame = edit.frame
    if frame.measures or _shares(edit):
        return _measured(old, edit)
    where = _where(old, edit)
    if where is None or not _possible(edit):
        return None
    if frame.by:
        return AudienceArgs(where=where, show="breakdown", by=frame.by[0].dimension)
    if frame.counted or frame.listed or edit.phrase.has("export"):
        return AudienceArgs(where=where, show="count" if frame.counted and not frame.listed else "list")
    return AudienceArgs(where=where, show=old.show, by=old.by)


def _shares(edit: Edit) -> bool:
    """Whether the share of some among the customers is asked for, which is that of their number."""
    frame, counted = edit.frame, number_of_customers(edit.phrase.model)
    told = [each for each in frame.where if isinstance(each, Filter)]
    if edit.shown is None or counted is None or len(told) != 1 or len(frame.where) != 1:
        return False
    frame.measures, frame.shared = [Measure(metric=counted, **edit.shown)], told
    return True


def _possible(edit: Edit) -> bool:
    """Whether nothing is asked that customers do not have: buckets, an order, a chart, two groups at once."""
    frame = edit.frame
    ordered = frame.compare or frame.ranking or frame.sorting or frame.bounds
    bucketed = frame.grain or frame.trend or frame.chart or edit.shown
    return not (ordered or bucketed or len(frame.by) > 1 or (edit.drops and frame.by))


def _where(old: AudienceArgs, edit: Edit) -> tuple[Condition, ...] | None:
    """The conditions with those told; a period alone moves what was done."""
    frame = edit.frame
    if frame.period is not None or frame.all_time:
        return None if frame.where else conditions.moved(old.where, frame.period)
    windows = conditions.windows([each for each in old.where if not conditions.becoming(each, edit.phrase.model)])
    new = (
        conditions.within(frame.where, next(iter(windows)), edit.phrase.model)
        if len(windows) == 1
        else list(frame.where)
    )
    if edit.drops:
        return conditions.without(old.where, list(map(conditions.positive, new)), lifts=True)
    widens = edit.adds and new and all(map(conditions.is_filter, new)) and not edit.phrase.has("only")
    if widens and not edit.of_them:
        return conditions.united(old.where, new)
    if edit.of_them or edit.adds:
        return tuple(dict.fromkeys((*old.where, *new)))
    otherwise = conditions.done_otherwise(old.where, new) and not (edit.swaps or edit.phrase.has("follow"))
    if otherwise and (edit.phrase.has("only") or edit.phrase.fork("of those before")):
        return tuple(dict.fromkeys((*old.where, *new)))
    return conditions.narrowed(old.where, new, edit.phrase.model, lifts=edit.lifts)


def _measured(old: AudienceArgs, edit: Edit) -> QueryArgs | None:
    """Metrics of the customers before, in the window of what they did where none is told."""
    frame = edit.frame
    windows = conditions.windows(old.where)
    if edit.drops or edit.adds or (frame.period is None and not frame.all_time and len(windows) > 1):
        return None
    if frame.period is None and not frame.all_time and windows:
        frame.period = next(iter(windows))  # type: ignore[assignment]
    frame.where = list(dict.fromkeys((*old.where, *frame.where)))
    frame.people = False
    return plan.query(frame, edit.phrase)

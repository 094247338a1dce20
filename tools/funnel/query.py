"""The funnel as SQL: each step's users joined to those of the step before."""

from dataclasses import dataclass, replace
from typing import Literal

from tools.funnel import periods
from tools.funnel.args import FunnelArgs
from tools.funnel.steps import Step, steps
from warehouse.compile import Compiled, dimension_column
from warehouse.days import Span
from warehouse.declined import no_tie, unfit_group
from warehouse.model import Dimension, SegmentDefinition
from warehouse.query import Against, People, Segment, Versus
from warehouse.resolved import Comparison, Crowd, Window
from warehouse.role_sql import Deeds
from warehouse.table import Column
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS
from warehouse.warehouse import Reading

FUNNEL = Text("漏斗", "the funnel")
STEP = Column("step", Text("步骤", "step"), "integer", "group")
USERS = Column("users", Text("人数", "users"), "integer", "measure")


@dataclass(frozen=True)
class Cut:
    """What a funnel is cut by: a dimension of the customer, or of the event that reached the first step."""

    dimension: Dimension
    of: Literal["customer", "event"]


@dataclass(frozen=True)
class Bound:
    """A funnel bound to the model.

    Two groups that are segments, not values, are counted one after the other, and so are two periods, of which
    `earlier` is the one compared with.
    """

    args: FunnelArgs
    steps: tuple[Step, ...]
    window: Window
    crowd: Crowd
    cut: Cut | None
    segments: tuple[SegmentDefinition, ...] = ()
    earlier: Comparison | None = None

    @property
    def groups(self) -> tuple[str, ...] | None:
        """The groups, or periods, compared, as the rows name them."""
        if self.earlier is not None:
            return periods.days(self.window.span), periods.days(self.earlier.window.span)
        versus = self.args.compare
        return (versus.first, versus.second) if isinstance(versus, Versus) else None


def bound(args: FunnelArgs, reading: Reading) -> Bound:
    """The arguments by the model's objects; raises as the resolver does, and `QueryError` for a dimension untied."""
    model = reading.model
    found = steps(args.steps, model)
    window = _window(args, reading)
    crowd = reading.resolver.people(args)
    if isinstance(args.compare, Against):
        return Bound(args, found, window, crowd, None, earlier=periods.compared(args, args.compare, reading))
    name = args.by if args.compare is None else args.compare.dimension
    if name is None:
        return Bound(args, found, window, crowd, None)
    first = found[0].deeds(model, window)
    tied = [each.words.label for each in model.groupings if _is_tied(each, first, reading)]
    if name in TIME_PARTS:
        raise no_tie(FUNNEL, TIME_PARTS[name].words.label, tied)
    dimension = model.dimension(name)
    if dimension.kind != "category":
        raise unfit_group(dimension.words.label)
    if reading.resolver.about_people(dimension):
        return Bound(args, found, window, crowd, Cut(dimension, "customer"))
    if model.path(first.source, dimension.source) is not None:
        return Bound(args, found, window, crowd, Cut(dimension, "event"))
    if segments := _as_segments(args, reading):
        return Bound(args, found, window, crowd, None, segments)
    raise no_tie(FUNNEL, dimension.words.label, tied)


def compiled(funnel: Bound, reading: Reading) -> tuple[Compiled, ...]:
    """The queries of it: one, or one for each of two segments or periods."""
    if funnel.earlier is not None:
        then = reading.resolver.people(periods.people(funnel.args, funnel.earlier, reading))
        before = replace(funnel, window=funnel.earlier.window)
        return _compiled(funnel, funnel.crowd, reading), _compiled(before, then, reading)
    if not funnel.segments:
        return (_compiled(funnel, funnel.crowd, reading),)
    wholes = [
        People(where=(*funnel.args.where, Segment(segment=each.name, period=funnel.args.period)))
        for each in funnel.segments
    ]
    return tuple(_compiled(funnel, reading.resolver.people(each), reading) for each in wholes)


def _compiled(funnel: Bound, crowd: Crowd, reading: Reading) -> Compiled:
    deeds = {f"step_{at}": each.deeds(reading.model, funnel.window) for at, each in enumerate(funnel.steps, 1)}
    key = () if funnel.cut is None else (dimension_column(funnel.cut.dimension),)
    first, second = funnel.groups if funnel.groups and funnel.cut else ("", "")
    return reading.compiler.over_roles(
        _sql(funnel),
        (*key, STEP, USERS),
        population=crowd,
        deeds={**deeds, "begun": deeds["step_1"]},
        first=first,
        second=second,
    )


def _sql(funnel: Bound) -> str:
    """One aggregation a step, and a count of each: of everybody, or by what the funnel is cut by."""
    count = len(funnel.steps)
    parts = [_reached(at, funnel.args.within) for at in range(1, count + 1)]
    if funnel.cut is None:
        counts = [f"SELECT {at} AS step, count(*) AS users FROM reached_{at}" for at in range(1, count + 1)]
        shown = "step, users"
    else:
        parts.append(_parts(funnel.cut))
        only = "WHERE parts.part IN ($first, $second)" if funnel.groups else ""
        counts = [
            f"SELECT parts.part, {at} AS step, count(*) AS users FROM reached_{at} "
            f"JOIN parts ON parts.customer = reached_{at}.customer {only} GROUP BY parts.part"
            for at in range(1, count + 1)
        ]
        shown = "part, step, users"
    order = shown.removesuffix(", users")
    return f"WITH {', '.join(parts)} SELECT {shown} FROM ({' UNION ALL '.join(counts)}) AS counts ORDER BY {order}"


def _reached(at: int, within: int | None) -> str:
    """The users of a step, each with the earliest time of it at or after that of the step before."""
    first = "" if within is None else ", min(time) AS began"
    if at == 1:
        return f"reached_1 AS (SELECT customer, min(time) AS time{first} FROM step_1 GROUP BY customer)"
    began, timely = "", ""
    if within is not None:
        began = f", min(reached_{at - 1}.began) AS began"
        timely = f"AND step_{at}.time <= reached_{at - 1}.began + INTERVAL {within} DAY "
    return (
        f"reached_{at} AS (SELECT step_{at}.customer, min(step_{at}.time) AS time{began} FROM step_{at} "
        f"JOIN reached_{at - 1} ON reached_{at - 1}.customer = step_{at}.customer "
        f"WHERE step_{at}.time >= reached_{at - 1}.time {timely}GROUP BY step_{at}.customer)"
    )


def _parts(cut: Cut) -> str:
    """The group of each user: their own, or that of the event that reached the first step."""
    name = f'"{cut.dimension.name}"'
    if cut.of == "customer":
        return f"parts AS (SELECT key AS customer, {name} AS part FROM customer)"
    return (
        f"parts AS (SELECT begun.customer, min(begun.{name}) AS part FROM begun "
        "JOIN reached_1 ON reached_1.customer = begun.customer AND reached_1.time = begun.time "
        "GROUP BY begun.customer)"
    )


def _window(args: FunnelArgs, reading: Reading) -> Window:
    if args.period is None:
        return Window(None, Span(reading.model.calendar.first_day, reading.as_of), since_ever=True)
    return Window(args.period, args.period.resolve(reading.as_of, reading.model.calendar))


def _is_tied(dimension: Dimension, first: Deeds, reading: Reading) -> bool:
    of_people = reading.resolver.about_people(dimension)
    return of_people or reading.model.path(first.source, dimension.source) is not None


def _as_segments(args: FunnelArgs, reading: Reading) -> tuple[SegmentDefinition, ...]:
    """The segments that two values compared are as well the names of."""
    if not isinstance(args.compare, Versus):
        return ()
    named = {each.words.label.zh: each for each in reading.model.segments.values()}
    told = (args.compare.first, args.compare.second)
    return tuple(named[each] for each in told) if all(each in named for each in told) else ()

"""Cohorts and who of them came back, as SQL."""

from dataclasses import dataclass
from datetime import timedelta

from tools.retention.args import USUAL, Back, RetentionArgs, Unit
from warehouse.compile import Compiled, dimension_column
from warehouse.days import Span, shift, unit_start
from warehouse.declined import unfit_group
from warehouse.errors import ModelError, QueryError
from warehouse.labels import GRAIN_NAMES
from warehouse.model import Behaviour, Dimension, SemanticModel
from warehouse.resolved import Crowd, Window
from warehouse.role_sql import Deeds
from warehouse.table import Column
from warehouse.text import Text
from warehouse.warehouse import Reading

SIZE = -1  # the age that stands for the cohort itself
CURVE_DAYS = 30  # how far a curve of days goes, where it is not told
START = Column("start", GRAIN_NAMES["day"], "date", "time")
AGE = Column("n", Text("第几个", "n"), "integer", "group")
PEOPLE = Column("people", Text("人数", "users"), "integer", "measure")


@dataclass(frozen=True)
class Bound:
    """Retention bound to the model. `window` are the days in which the cohorts came, `returned` None for the usual."""

    args: RetentionArgs
    window: Window
    crowd: Crowd
    returned: Behaviour | None
    by: Dimension | None

    @property
    def unit(self) -> Unit:
        """How long a period is."""
        return self.args.periods

    @property
    def back(self) -> Back:
        """What coming back is, where no behaviour of the model is told."""
        return self.args.back or USUAL[self.args.cohort or "registration"]

    @property
    def keyed_by(self) -> Unit:
        """The buckets that people are counted in: their cohorts, or days, of which one cohort is made."""
        return self.args.cohorts or self.unit

    @property
    def own(self) -> str:
        """The column of a member's own first period: that of the cohort, where both are as long."""
        return "start" if self.keyed_by == self.unit else "own"

    @property
    def through(self) -> int | None:
        """The last period listed; None for all that have begun."""
        last = self.args.single or self.args.through
        return CURVE_DAYS if last is None and self.unit == "day" else last


def bound(args: RetentionArgs, reading: Reading) -> Bound:
    """The arguments by the model's objects; raises as the resolver does, `ModelError` for a role that is missing."""
    model = reading.model
    if args.cohort is None:
        raise QueryError(
            Text(
                "没有说是哪一批用户的留存：注册的，还是首购的。",
                "Whose retention is not told: registered, or first bought?",
            ),
            Text(
                "请问“注册用户的留存率”或“首购用户的留存率”。",
                "Ask for the retention of users who registered, or of users who first bought.",
            ),
        )
    if args.cohort == "registration" and model.customer.since is None:
        raise ModelError(
            Text("模型没有说明用户何时注册。", "The model does not tell when users registered."),
            Text("请在 roles.customer.since 里补上。", "Add it as roles.customer.since."),
        )
    by = None if args.by is None else reading.resolver.breakdown(args.by)
    if by is not None and by.kind != "category":
        raise unfit_group(by.words.label)
    if args.period is None:
        window = Window(None, Span(model.calendar.first_day, reading.as_of), since_ever=True)
    else:
        window = Window(args.period, args.period.resolve(reading.as_of, model.calendar))
    returned = model.behaviour(args.returned[0]) if args.returned else None
    if returned is not None and returned.source == model.customer.source:
        raise QueryError(
            Text(
                f"{returned.words.label.zh}只有一次，没有人会再来一次。",
                f"Nobody comes back by what is done once: {returned.words.label.en}.",
            ),
            Text("请换一种回来的行为。", "Name another way of coming back."),
        )
    return Bound(args, window, reading.resolver.people(args), returned, by)


def compiled(asked: Bound, reading: Reading) -> Compiled:
    """Rows of start, n and people; n is −1 for the size of a cohort."""
    span, model = asked.window.span, reading.model
    key = () if asked.by is None else (dimension_column(asked.by),)
    ever = Window(None, Span(model.calendar.first_day, reading.as_of), since_ever=True)
    deeds = {"returned": _returned(asked, model, _returns(asked, reading))}
    if asked.args.cohort == "first_purchase":
        deeds["entry"] = Deeds.of_role(model.role("purchase"), ever)
    return reading.compiler.over_roles(
        _sql(asked),
        (START, *key, AGE, PEOPLE),
        population=asked.crowd,
        deeds=deeds,
        start=span.start,
        after=span.end + timedelta(1),
    )


def _returns(asked: Bound, reading: Reading) -> Window:
    """The days in which a return may fall: no others are read."""
    unit, span = asked.unit, asked.window.span
    first, end = unit_start(span.start, unit), reading.as_of
    if asked.through is not None:
        end = min(end, shift(unit_start(span.end, unit), unit, asked.through + 1) - timedelta(1))
    if asked.args.n is not None:
        first = shift(first, unit, asked.args.n)
    return Window(None, Span(min(first, end), end))


def _returned(asked: Bound, model: SemanticModel, window: Window) -> Deeds:
    if asked.returned is not None:
        return Deeds.of_behaviour(asked.returned, window)
    if asked.back == "order":
        purchase = model.role("purchase")
        return Deeds(purchase.source, purchase.part("customer"), purchase.part("placed"), None, window)
    return Deeds.of_role(model.role(asked.back), window)


def _sql(asked: Bound) -> str:
    part = "" if asked.by is None else ", part"
    returns = _all_periods(asked) if asked.args.single is None else _one_period(asked, asked.args.single)
    parts = [f"members AS ({_members(asked)})", *returns[:-1]]
    sizes = f"SELECT start{part}, {SIZE} AS n, count(*) AS people FROM members GROUP BY start{part}"
    return (
        f"WITH {', '.join(parts)} SELECT start{part}, n, people FROM ({sizes} UNION ALL {returns[-1]}) AS counts "
        f"ORDER BY start{part}, n"
    )


def _members(asked: Bound) -> str:
    """Each customer who came in the days asked: the first day of their cohort, and of their own period."""
    name = None if asked.by is None else f'"{asked.by.name}"'
    began = "begun.since" if asked.args.cohort == "registration" else "begun.time"
    shown = [f"begun.{'key' if asked.args.cohort == 'registration' else 'customer'} AS customer"]
    shown += [f"{_start(began, asked.keyed_by)} AS start"]
    shown += [] if asked.own == "start" else [f"{_start(began, asked.unit)} AS own"]
    if asked.args.cohort == "registration":
        source = "customer AS begun"
        shown += [] if name is None else [f"begun.{name} AS part"]
    else:
        source = "(SELECT customer, min(time) AS time FROM entry GROUP BY customer) AS begun"
        if name is not None:
            source += " JOIN customer AS person ON person.key = begun.customer"
            shown.append(f"person.{name} AS part")
    return f"SELECT {', '.join(shown)} FROM {source} WHERE {began} >= $start AND {began} < $after"


def _one_period(asked: Bound, n: int) -> list[str]:
    """Those with a return between the ends of their own Nth period, or of all from the first after through it."""
    first, unit = n if asked.args.within is None else 1, asked.unit.upper()
    part, of = ("", "") if asked.by is None else (", part", ", due.part")
    due = (
        f"due AS (SELECT customer, start{part}, CAST({asked.own} + INTERVAL {first} {unit} AS DATE) AS begins, "
        f"CAST({asked.own} + INTERVAL {n + 1} {unit} AS DATE) AS ends FROM members)"
    )
    came = (
        f"came AS (SELECT DISTINCT due.customer, due.start{of} FROM due "
        "JOIN returned ON returned.customer = due.customer "
        "WHERE returned.time >= due.begins AND returned.time < due.ends)"
    )
    return [due, came, f"SELECT start{part}, {n} AS n, count(*) AS people FROM came GROUP BY start{part}"]


def _all_periods(asked: Bound) -> list[str]:
    """Each customer's periods with a return, by how long after their own they are."""
    part = "" if asked.by is None else ", members.part"
    age = _between(f"members.{asked.own}", "visits.begins", asked.unit)
    last = "" if asked.through is None else f" AND {age} <= {asked.through}"
    visits = f"visits AS (SELECT DISTINCT customer, {_start('time', asked.unit)} AS begins FROM returned)"
    ages = (
        f"SELECT members.start{part}, {age} AS n, count(*) AS people FROM members "
        f"JOIN visits ON visits.customer = members.customer WHERE visits.begins >= members.{asked.own}{last} "
        f"GROUP BY members.start{part}, {age}"
    )
    return [visits, ages]


def _start(time: str, unit: Unit) -> str:
    """The first day of a time's unit; of a day faster than of a time."""
    day = f"CAST({time} AS DATE)"
    return day if unit == "day" else f"CAST(date_trunc('{unit}', {day}) AS DATE)"


def _between(start: str, end: str, unit: Unit) -> str:
    """How many units lie between two first days."""
    if unit == "month":
        return f"date_diff('month', {start}, {end})"
    return f"date_diff('day', {start}, {end})" + (" // 7" if unit == "week" else "")

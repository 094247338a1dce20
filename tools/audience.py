"""Customers who did or are something: a list, a count, or a breakdown."""

from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, model_validator

from tools.chart import Chart
from tools.tool import Context, Defined, Export, Figure, Result, Sentence, Understood
from warehouse.compile import PEOPLE, Compiled
from warehouse.model import Dimension
from warehouse.query import People
from warehouse.resolve import Crowd
from warehouse.saying import Sayer, by, deed_word
from warehouse.table import Table
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_BARS = 15
MOST_SUGGESTIONS = 3
MOST_SUGGESTIONS = 3


class AudienceArgs(People):
    """Which customers, and whether to list them, count them, or break them down by a dimension."""

    show: Literal["list", "count", "breakdown"] = "list"
    by: str | None = None

    @model_validator(mode="after")
    def _broken_down_by(self) -> Self:
        if (self.show == "breakdown") != (self.by is not None):
            raise ValueError("`by` goes with show: breakdown, and only with it")
        return self


class AudienceTool:
    """Who did or is what."""

    name: ClassVar[str] = "audience"
    answers: ClassVar[Text] = Text("人群：名单、人数或分布", "people: a list, a count or a breakdown")
    Args: ClassVar[type[BaseModel]] = AudienceArgs

    def run(self, args: AudienceArgs, context: Context) -> Result:
        """The customers, how many there are in all, and the same customers by a dimension as the chart."""
        reading = context.reading
        crowd = reading.resolver.people(args)
        read = reading.read(_compiled(args, crowd, reading), limit=context.limit, stop=context.stop)
        chart, sql = self._chart(args, crowd, read.table, context)
        return Result(
            understood=_say(args, crowd, reading, reading.sayer),
            sentences=(_sentence(args, crowd, read.table, reading),),
            table=read.table,
            chart=chart,
            pieces=_pieces(args, crowd, reading),
            sql=(read.sql, *sql),
            definitions=_definitions(crowd),
            suggestions=self._suggestions(args, reading),
        )

    def say(self, args: AudienceArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The customers in words."""
        return _say(args, reading.resolver.people(args), reading, replace(reading.sayer, dated=dated))

    def export(self, args: AudienceArgs, context: Context) -> Export:
        """Every row, of a list every customer."""
        compiled = _compiled(args, context.reading.resolver.people(args), context.reading)
        return Export(compiled.columns, context.reading.stream(compiled, stop=context.stop))

    def _chart(
        self, args: AudienceArgs, crowd: Crowd, table: Table, context: Context
    ) -> tuple[Chart | None, tuple[str, ...]]:
        understood = _say(args, crowd, context.reading, context.reading.sayer)
        people = context.reading.model.customer.words.label
        if args.show == "count":
            return Chart("number", Text(f"{people.zh}数", f"{people.en}s"), understood, y=(PEOPLE,)), ()
        if not table.rows:
            return None, ()
        dimension = _drawn_by(args, context.reading)
        if dimension is None:
            return None, ()
        data: Table | None = None
        sql: tuple[str, ...] = ()
        if args.show == "list":
            compiled = context.reading.compiler.breakdown(crowd, dimension)
            read = context.reading.read(compiled, limit=MOST_BARS, stop=context.stop)
            data, sql = read.table, (read.sql,)
        title = _chart_title(data or table, people, by(dimension))
        return Chart("bar", title, understood, x=dimension.name, y=(PEOPLE,), data=data), sql

    def _suggestions(self, args: AudienceArgs, reading: Reading) -> tuple[Text, ...]:
        """The same customers shown in other ways."""
        filtered = {each.dimension for each in args.where}
        cuts = [each for each in reading.model.groupings if reading.resolver.about_people(each)]
        shown = [("breakdown", each.name) for each in cuts if each.name not in filtered]
        ways = [*shown[:2], ("count", None), ("list", None)]
        others = [args.model_copy(update={"show": show, "by": name}) for show, name in ways]
        if args.where and args.did:
            others.append(args.model_copy(update={"where": ()}))
        return tuple(self.say(each, reading) for each in others if each != args)[:MOST_SUGGESTIONS]


def _drawn_by(args: AudienceArgs, reading: Reading) -> Dimension | None:
    """The dimension of the chart: the one asked, else the model's own choice, else another that no filter settles."""
    if args.by is not None:
        return reading.model.dimension(args.by)
    settled = {each.dimension for each in args.where if len(each.values) == 1}
    choices = [reading.model.dimension(reading.model.customer.breakdown), *reading.model.groupings]
    return next((each for each in choices if each.name not in settled and reading.resolver.about_people(each)), None)


def _compiled(args: AudienceArgs, crowd: Crowd, reading: Reading) -> Compiled:
    if args.show == "count":
        return reading.compiler.count(crowd)
    if args.by is not None:
        return reading.compiler.breakdown(crowd, reading.resolver.breakdown(args.by))
    listed = [reading.model.dimension(name) for name in reading.model.customer.listed]
    return reading.compiler.listing(crowd, listed)


def _say(args: AudienceArgs, crowd: Crowd, reading: Reading, sayer: Sayer) -> Text:
    label = reading.model.customer.words.label
    people = Text(label.zh, f"{label.en}s")
    said = sayer.crowd(crowd, people)
    if args.show == "count":
        return Text(f"{said.zh}，人数", f"how many {said.en}")
    if args.by is not None:
        cut = by(reading.resolver.breakdown(args.by))
        return Text(f"{said.zh}，{cut.zh}", f"{said.en}, {cut.en}")
    return said


def _sentence(args: AudienceArgs, crowd: Crowd, table: Table, reading: Reading) -> Sentence:
    label = reading.model.customer.words.label
    said = reading.sayer.crowd(crowd, Text(label.zh, f"{label.en}s"))
    if args.show == "breakdown":
        return _largest(table, said)
    count = table.rows[0][0] if args.show == "count" else table.row_count
    return Sentence((Text("共有 ", ""), Figure(count), Text(f" 位：{said.zh}。", f" {said.en}.")))


def _largest(table: Table, said: Text) -> Sentence:
    if not table.rows:
        return Sentence((Text("共有 ", ""), Figure(table.row_count), Text(f" 位：{said.zh}。", f" {said.en}.")))
    group, people = table.rows[0]
    return Sentence(
        (
            Text(f"{said.zh}：{group}最多，有 ", f"{said.en}: most in {group}, "),
            Figure(people),
            Text(" 位；共 ", "; "),
            Figure(table.row_count),
            Text(" 组。", " groups in all."),
        )
    )


def _chart_title(data: Table, people: Text, cut: Text) -> Text:
    if not data.truncated:
        return Text(f"{people.zh}数，{cut.zh}", f"{people.en}s {cut.en}")
    shown = len(data.rows)
    return Text(f"{people.zh}数，{cut.zh}，最多的 {shown} 个", f"{people.en}s {cut.en}, the top {shown}")


def _pieces(args: AudienceArgs, crowd: Crowd, reading: Reading) -> tuple[Understood, ...]:
    behaviours = (Understood("behaviour", each) for each in reading.sayer.deeds(crowd.did))
    filters = (Understood("filter", reading.sayer.condition(each)) for each in crowd.where)
    cuts = (Understood("dimension", by(reading.resolver.breakdown(each))) for each in [args.by] if each is not None)
    return (*behaviours, *filters, *cuts)


def _definitions(crowd: Crowd) -> tuple[Defined, ...]:
    return tuple(
        Defined(deed_word(each.behaviour, negated=False), each.behaviour.definition)
        for each in {deed.behaviour.name: deed for deed in crowd.did}.values()
    )
